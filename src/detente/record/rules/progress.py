"""Commitments in parts, and the reports of their delivery."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from detente.record.compliance import group_names
from detente.record.entries import Arrangement, Commitment, Progress
from detente.record.rules.books import Books, Breach, Where, rule

_DAY = timedelta(days=1)


@rule("R61", "the id of a commitment, and a group of its parts; or no group, for all of it")
def _progress_is_of_something(books: Books) -> Iterator[Breach]:
    """A report of progress is of a commitment of the record, and of a group that it has."""
    for report, owed in _reports(books):
        if owed is None:
            if books.lacks(report.commitment, books.commitments):
                detail = books.missing("commitment", report.commitment, books.commitments)
                yield Breach("progress", report.id, ("commitment",), detail)
        elif report.group is not None and report.group not in group_names(owed):
            detail = books.missing("group", report.group, group_names(owed))
            yield Breach("progress", report.id, ("group",), detail)


@rule("R62", "the unit of the commitment (or measured, for what is counted beside it), and days told of when over")
def _progress_can_be_counted(books: Books) -> Iterator[Breach]:
    """A report of progress counts in the unit of the commitment, and tells of days since it began and not to come."""
    for report, owed in _reports(books):
        if report.until - _DAY > report.published:
            detail = f"It tells of days through {report.until - _DAY}; published {report.published}."
            yield Breach("progress", report.id, ("until",), detail)
        if owed is None:
            continue
        unit = _unit(owed)
        if unit is not None and report.unit not in (None, unit) and report.measured is None:
            yield Breach("progress", report.id, ("unit",), f"It counts {report.unit}, what is owed is {unit}.")
        if report.until <= owed.from_:
            detail = f"It ends before {report.until}; {owed.id} begins on {owed.from_}."
            yield Breach("progress", report.id, ("until",), detail)


@rule("R63", "groups of the parts, days of the commitment, and ids of measures and sources")
def _parts_fit(books: Books) -> Iterator[Breach]:
    """The parts of a commitment lie within its days in one unit; its sums, bases and measures are of things there."""
    for arrangement in books.arrangements:
        for index, owed in enumerate(arrangement.commitments):
            yield from _misfits(books, arrangement, ("commitments", index), owed)


def _misfits(books: Books, arrangement: Arrangement, where: Where, owed: Commitment) -> Iterator[Breach]:
    for n, part in enumerate(owed.parts):
        if part.from_ < owed.from_ or part.until <= part.from_ or (owed.due is not None and part.until > owed.due):
            detail = f"The part runs from {part.from_} until {part.until} (exclusive)."
            yield Breach("arrangements", arrangement.id, (*where, "parts", n, "from"), detail)
        if part.unit != owed.parts[0].unit:
            detail = f"One part is in {owed.parts[0].unit}, another in {part.unit}."
            yield Breach("arrangements", arrangement.id, (*where, "parts", n, "unit"), detail)
    groups = {*group_names(owed)}
    named = [(b.group, ("bases", n, "group")) for n, b in enumerate(owed.bases)]
    named += [(x, ("groups", n, "sum")) for n, g in enumerate(owed.groups) for x in g.sum]
    for name, below in named:
        if name not in groups:
            yield Breach("arrangements", arrangement.id, (*where, *below), books.missing("group", name, groups))
    for n, base in enumerate(owed.bases):
        for name in base.sources:
            if books.lacks(name, books.by_id["sources"]):
                detail = books.missing("source", name, books.by_id["sources"])
                yield Breach("arrangements", arrangement.id, (*where, "bases", n, "sources"), detail)
    for n, name in enumerate(owed.measures):
        if books.lacks(name, books.by_id["measures"]):
            detail = books.missing("measure", name, books.by_id["measures"])
            yield Breach("arrangements", arrangement.id, (*where, "measures", n), detail)


def _unit(owed: Commitment) -> str | None:
    return owed.quantity.unit if owed.quantity else owed.parts[0].unit if owed.parts else None


def _reports(books: Books) -> Iterator[tuple[Progress, Commitment | None]]:
    for report in books.loaded.entries["progress"]:
        yield report, books.commitments.get(report.commitment)
