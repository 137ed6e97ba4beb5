"""Days: what is known when, and in which order.

A record is replayed without hindsight, so a day that is too early is the worst fault it can have: the rules here say
what cannot have been known, or cannot have happened, by the day that is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from detente.record.entries import Arrangement, Entry
from detente.record.rules.books import Books, Breach, Where, rule

_YEAR = timedelta(days=366)
_FAR_AHEAD = timedelta(days=5 * 366)
_FAR_BACK = timedelta(days=3 * 366)
_SOON = timedelta(days=7)


@rule("R09", "an earlier day, or no announced where it was not spoken of before")
def _announced_first(books: Books) -> Iterator[Breach]:
    """An act is announced no later than it is published."""
    for instrument in books.instruments:
        if instrument.announced and instrument.announced > instrument.published:
            detail = f"Announced {instrument.announced}, published {instrument.published}."
            yield Breach("instruments", instrument.id, ("announced",), detail)


@rule("R10", "kind: announcement, an about, and a day after that of the claim")
def _extensions_are_announcements(books: Books) -> Iterator[Breach]:
    """Only an announcement extends a clock, to a day after it, and says which arrangement or act it is about."""
    for claim in books.claims:
        if claim.extends_to is None:
            continue
        about = ", ".join(claim.about) or "nothing"
        if claim.kind != "announcement" or claim.extends_to <= claim.published or not claim.about:
            detail = f"This {claim.kind} of {claim.published} is about {about}, to {claim.extends_to}."
            yield Breach("claims", claim.id, ("extends_to",), detail)


@rule("R11", "a day by then; move covered_through once the record is complete to a later day")
def _within_coverage(books: Books) -> Iterator[Breach]:
    """Nothing in the record was published after the day it is complete through."""
    header = books.loaded.header
    for section, entry, where, thing in books.published():
        if header is not None and thing.published > header.covered_through:
            detail = f"Published {thing.published}; covered_through is {header.covered_through}."
            yield Breach(section, entry.id, (*where, "published"), detail)


@rule("R12", "reports from the earliest to the latest, and an until (exclusive) after from")
def _reports_in_order(books: Books) -> Iterator[Breach]:
    """The reports of a talk stand in order of publication, and its end is after its beginning."""
    for talk in books.talks:
        days = [r.published for r in talk.reports]
        if days != sorted(days):
            yield Breach("talks", talk.id, ("reports",), f"The days are {', '.join(map(str, days))}.")
        begin = None
        for index, report in enumerate(talk.reports):
            begin = report.from_ or begin
            if begin and report.until and report.until <= begin:
                detail = f"From {begin} until {report.until} (exclusive)."
                yield Breach("talks", talk.id, ("reports", index, "until"), detail)


@rule("R13", "an outcome in a report of the first day of the talk or later")
def _no_hindsight_in_reports(books: Books) -> Iterator[Breach]:
    """A report says how a talk came out only when the talk had begun by the day of the report."""
    for talk in books.talks:
        begin = None
        for index, report in enumerate(talk.reports):
            begin = report.from_ or begin
            if report.outcome and begin is not None and report.published < begin:
                detail = f"Reported {report.published}, begun {begin}."
                yield Breach("talks", talk.id, ("reports", index, "outcome"), detail)


@rule("R15", "a day on or after that of the arrangement, or no carries_out")
def _carriers_belong(books: Books) -> Iterator[Breach]:
    """An instrument carries out an arrangement no earlier than the arrangement became known."""
    for instrument in books.instruments:
        arrangement: Entry | None = books.by_id["arrangements"].get(instrument.carries_out or "")
        if isinstance(arrangement, Arrangement) and instrument.published < arrangement.published:
            detail = f"Published {instrument.published}; {arrangement.id} is of {arrangement.published}."
            yield Breach("instruments", instrument.id, ("carries_out",), detail)


@rule("R30", "a day within three years before and five years after publication; check the year")
def _near_its_publication(books: Books) -> Iterator[Breach]:
    """A change takes effect near the day its act was published, and so ends what it suspends or exempts."""
    for instrument, index, change in books.changes():
        for key, day in (("from", change.from_), ("until", change.until)):
            if day and not instrument.published - _FAR_BACK <= day <= instrument.published + _FAR_AHEAD:
                where = ("changes", index, key)
                yield Breach("instruments", instrument.id, where, f"Published {instrument.published}, {key} {day}.")


@rule("R31", "the day somebody last looked, on or after publication and within a year of covered_through")
def _checked_in_time(books: Books) -> Iterator[Breach]:
    """A thing is checked after it was published, and not long after the record ends."""
    header = books.loaded.header
    for section, entry, where, thing in books.sourced():
        checked = getattr(thing, "checked", None)
        if checked is None:
            continue
        published = getattr(thing, "published", checked)
        if checked < published or (header is not None and checked > header.covered_through + _YEAR):
            detail = f"Checked {checked}, published {published}."
            yield Breach(section, entry.id, (*where, "checked"), detail)


@rule("R32", "a source of that day or later, or one without a date", whole=True)
def _sources_can_know(books: Books) -> Iterator[Breach]:
    """What an entry tells can stand in one of its sources: not all are older than the news."""
    for section, entry, where, thing in books.published():
        days = _dates(books, thing.sources)
        news = min(thing.published, getattr(thing, "announced", None) or thing.published)
        if days and None not in days and max(d for d in days if d) < news - _SOON:
            detail = f"It is of {news}; the newest source is of {max(d for d in days if d)}."
            yield Breach(section, entry.id, (*where, "sources"), detail)


@rule("R33", "a source of the time beside them", whole=True)
def _sources_of_the_time(books: Books) -> Iterator[Breach]:
    """What an entry tells does not rest on sources of three years later alone."""
    for section, entry, where, thing in books.published():
        days = _dates(books, thing.sources)
        if days and None not in days and min(d for d in days if d) > thing.published + _FAR_BACK:
            detail = f"It is of {thing.published}; the oldest source is of {min(d for d in days if d)}."
            yield Breach(section, entry.id, (*where, "sources"), detail)


def _dates(books: Books, names: list[str]) -> list[date | None]:
    known = books.by_id["sources"]
    return [known[n].date for n in names if n in known]


@rule("R34", "the day the list became public, by the day of the first act that uses it")
def _lists_are_known(books: Books) -> Iterator[Breach]:
    """A list of goods is known no later than the first change that uses it is published."""
    for instrument, index, change in books.changes():
        for key in ("goods", "exempt"):
            scope = books.by_id["scopes"].get(getattr(change, key) or "")
            if scope is not None and scope.known > instrument.published:
                where = ("changes", index, key)
                detail = f"'{scope.id}' is known from {scope.known}, the act is of {instrument.published}."
                yield Breach("instruments", instrument.id, where, detail)


@rule("R35", "a known on or after the day its act was announced")
def _lists_come_with_their_act(books: Books) -> Iterator[Breach]:
    """A list of goods is known no earlier than the act it belongs to."""
    for scope in books.scopes:
        act = books.by_id["instruments"].get(scope.act or "")
        if act is not None and scope.known < (act.announced or act.published):
            detail = f"Known {scope.known}; {act.id} is of {act.announced or act.published}."
            yield Breach("scopes", scope.id, ("known",), detail)


@rule("R36", "an earlier arrangement, commitment or claim; what is settled later is settled by a later entry")
def _settled_later(books: Books) -> Iterator[Breach]:
    """What settles or answers something comes no earlier than that."""
    days = {e.id: e.published for s in ("claims", "arrangements") for e in books.by_id[s].values()}
    days |= {c.id: a.published for a in books.arrangements for c in a.commitments}
    for section, entry, where, thing in books.published():
        for key in ("settles", "answers"):
            for index, name in enumerate(getattr(thing, key, ())):
                if name in days and days[name] > thing.published:
                    detail = f"'{name}' is of {days[name]}, this one of {thing.published}."
                    yield Breach(section, entry.id, (*where, key, index), detail)


@rule("R37", "entries of a file from the earliest to the latest; move this one up")
def _files_in_order(books: Books) -> Iterator[Breach]:
    """Acts and claims stand in their file in order of publication."""
    for section in ("instruments", "claims"):
        last: dict[str, date] = {}
        for entry in books.loaded.entries[section]:
            file = books.loaded.places[(section, entry.id)].path
            if entry.published < last.setdefault(file, entry.published):
                detail = f"It is of {entry.published} and stands after one of {last[file]}."
                yield Breach(section, entry.id, ("published",), detail)
            last[file] = max(last[file], entry.published)


@rule("R38", "a from near the claim's own day, and what is to come after it")
def _claims_look_ahead(books: Books) -> Iterator[Breach]:
    """A claim speaks of days within five years of its own."""
    for claim in books.claims:
        for key, day in (("from", claim.from_), ("extends_to", claim.extends_to)):
            where: Where = (key,)
            if day is not None and abs(day - claim.published) > _FAR_AHEAD:
                yield Breach("claims", claim.id, where, f"It is of {claim.published}, {key} {day}.")


@rule("R59", "what was known by then; say in the text what the claim looks ahead to")
def _claims_know_their_subject(books: Books) -> Iterator[Breach]:
    """A claim is about acts, arrangements, talks and claims that were known by its day."""
    days = {i.id: i.announced or i.published for i in books.instruments}
    days |= {a.id: a.published for a in books.arrangements}
    days |= {talk.id: talk.reports[0].published for talk in books.talks} | {c.id: c.published for c in books.claims}
    for claim in books.claims:
        for index, name in enumerate(claim.about):
            if name in days and days[name] > claim.published:
                detail = f"'{name}' is of {days[name]}, the claim of {claim.published}."
                yield Breach("claims", claim.id, ("about", index), detail)


@rule("R16", "the id of an instrument that sets the day; a deadline of an earlier day in replaces")
def _deadlines_hang_on_something(books: Books) -> Iterator[Breach]:
    """A deadline names an act of the record that set it, and replaces deadlines that were published before it."""
    acts, known = books.by_id["instruments"], books.by_id["deadlines"]
    for entry in books.loaded.entries["deadlines"]:
        if entry.instrument and books.lacks(entry.instrument, acts):
            detail = books.missing("instrument", entry.instrument, acts)
            yield Breach("deadlines", entry.id, ("instrument",), detail)
        for index, name in enumerate(entry.replaces):
            where: Where = ("replaces", index)
            if books.lacks(name, known):
                yield Breach("deadlines", entry.id, where, books.missing("deadline", name, known))
            elif name in known and known[name].published >= entry.published:
                detail = f"'{name}' was published on {known[name].published}, this one on {entry.published}."
                yield Breach("deadlines", entry.id, where, detail)
