"""Integrity rules: what must hold between the entries of a record.

Each rule is a small function; its docstring is the message a person reads, followed by the detail it yields. Rules
run on whatever could be read, so that one look shows everything that is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from detente.record.entries import Arrangement, Change, Claim, Entry, Instrument, Measure
from detente.record.folder import SECTIONS, Loaded
from detente.record.officials import folded_name
from detente.terms import did_you_mean

Where = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where a rule does not hold: the entry, the way to the value inside it, and the particulars."""

    section: str
    id: str
    where: Where
    detail: str
    allowed: str | None = None


Rule = Callable[["Books"], Iterator[Breach]]
RULES: dict[str, Rule] = {}


def _rule(number: str) -> Callable[[Rule], Rule]:
    def register(function: Rule) -> Rule:
        RULES[number] = function
        return function

    return register


class Books:
    """The entries of a record by id, for the rules to look things up."""

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self.by_id: dict[str, dict[str, Any]] = {s: {e.id: e for e in loaded.entries[s]} for s in SECTIONS}
        self.commitments = {c.id: c for a in self.arrangements for c in a.commitments}

    @property
    def instruments(self) -> list[Instrument]:
        """All instruments."""
        return self.loaded.entries["instruments"]

    @property
    def arrangements(self) -> list[Arrangement]:
        """All arrangements."""
        return self.loaded.entries["arrangements"]

    @property
    def claims(self) -> list[Claim]:
        """All claims."""
        return self.loaded.entries["claims"]

    def measure(self, name: str) -> Measure | None:
        """A measure by id, if there is one."""
        return self.by_id["measures"].get(name)

    def changes(self) -> Iterator[tuple[Instrument, int, Change]]:
        """Every change with its instrument and its place in it."""
        for instrument in self.instruments:
            for index, change in enumerate(instrument.changes):
                yield instrument, index, change

    def sourced(self) -> Iterator[tuple[str, Any, Where, Any]]:
        """Everything that names sources: section, entry, way to it, and the thing itself."""
        for section in ("measures", "instruments", "arrangements", "claims", "scopes", "deadlines", "officials"):
            for entry in self.loaded.entries[section]:
                yield section, entry, (), entry
        for talk in self.loaded.entries["talks"]:
            for index, report in enumerate(talk.reports):
                yield "talks", talk, ("reports", index), report


def broken(loaded: Loaded) -> None:
    """Run every rule and add what is broken to the faults of the loaded record."""
    books = Books(loaded)
    loaded.rules = len(RULES)
    for number, rule in RULES.items():
        for breach in rule(books):
            place = loaded.places[(breach.section, breach.id)]
            message = f"{(rule.__doc__ or '').strip()} {breach.detail}"
            loaded.faults.add(place.path, message, place.line(*breach.where), breach.allowed, number)


def _missing(kind: str, name: str, known: Iterable[str]) -> str:
    known = list(known)
    return f"There is no {kind} '{name}'.{did_you_mean(name, known)}"


@_rule("R01")
def _sources_exist(books: Books) -> Iterator[Breach]:
    """Every source named is a source of the record."""
    known = books.by_id["sources"]
    for section, entry, where, thing in books.sourced():
        for index, name in enumerate(thing.sources):
            if name not in known:
                yield Breach(section, entry.id, (*where, "sources", index), _missing("source", name, known))
    for entry in books.loaded.entries["discrepancies"]:
        for index, reading in enumerate(entry.readings):
            if reading.source not in known:
                below: Where = ("readings", index, "source")
                yield Breach("discrepancies", entry.id, below, _missing("source", reading.source, known))


@_rule("R02")
def _measures_exist(books: Books) -> Iterator[Breach]:
    """A change is to a measure of the record."""
    known = books.by_id["measures"]
    for instrument, index, change in books.changes():
        if change.measure not in known:
            where = ("changes", index, "measure")
            yield Breach("instruments", instrument.id, where, _missing("measure", change.measure, known))
    for arrangement in books.arrangements:
        for index, name in enumerate(arrangement.clock):
            if name not in known:
                clock: Where = ("clock", index)
                yield Breach("arrangements", arrangement.id, clock, _missing("measure", name, known))


@_rule("R03")
def _scopes_exist(books: Books) -> Iterator[Breach]:
    """Goods are 'all' or a scope of the record."""
    known = {"all", *books.by_id["scopes"]}
    for measure in books.loaded.entries["measures"]:
        if measure.goods not in known:
            yield Breach("measures", measure.id, ("goods",), _missing("scope", measure.goods, known))
    for instrument, index, change in books.changes():
        for key in ("goods", "exempt"):
            name = getattr(change, key)
            if name is not None and name not in known:
                where = ("changes", index, key)
                yield Breach("instruments", instrument.id, where, _missing("scope", name, known))


@_rule("R04")
def _named_instruments_exist(books: Books) -> Iterator[Breach]:
    """An instrument that is revoked or stayed is in the record, was published no later, and changed that measure."""
    known = books.by_id["instruments"]
    for instrument, index, change, key, name in _named(books):
        where = ("changes", index, key)
        earlier = known.get(name)
        if earlier is None:
            yield Breach("instruments", instrument.id, where, _missing("instrument", name, known))
        elif earlier.published > instrument.published:
            detail = f"'{name}' was published on {earlier.published}, after {instrument.published}."
            yield Breach("instruments", instrument.id, where, detail)
        elif not any(c.measure == change.measure for c in earlier.changes):
            yield Breach("instruments", instrument.id, where, f"'{name}' makes no change to {change.measure}.")


def _named(books: Books) -> Iterator[tuple[Instrument, int, Change, str, str]]:
    for instrument, index, change in books.changes():
        for key, value in (("revoke", change.revoke), ("suspend", change.suspend)):
            for name in value.instruments if value is not None else ():
                yield instrument, index, change, key, name


@_rule("R05")
def _suspended_is_there(books: Books) -> Iterator[Breach]:
    """A suspension lies within what it suspends: something is set by then, and no fewer points than are suspended."""
    for instrument, index, change in books.changes():
        suspend = change.suspend
        if suspend is None or suspend.instruments or change.interval.empty:
            continue
        rates = list(_set_before(books, instrument, change))
        where = ("changes", index, "suspend")
        if not rates:
            detail = f"Nothing is set for {change.measure} that {change.from_} could suspend."
            yield Breach("instruments", instrument.id, where, detail)
        elif suspend.points is not None and suspend.points > max(r if r is not None else Decimal(0) for r in rates):
            largest = max(r if r is not None else Decimal(0) for r in rates)
            detail = f"{suspend.points:.1%} is more than the {largest:.1%} set for {change.measure}."
            yield Breach("instruments", instrument.id, where, detail)


def _set_before(books: Books, instrument: Instrument, suspension: Change) -> Iterator[Decimal | None]:
    """The rates set by then (None for a state) for the same measure and some of the same goods and partners."""
    for other, _, change in books.changes():
        if change.set is None or change.measure != suspension.measure or other.published > instrument.published:
            continue
        if suspension.goods not in (None, change.goods) or (suspension.until and change.from_ >= suspension.until):
            continue
        if _share_partners(change, suspension):
            yield change.set.rate


def _share_partners(one: Change, other: Change) -> bool:
    if one.on is None or other.on is None or "ALL" in one.on or "ALL" in other.on:
        return True
    return bool(set(one.on) & set(other.on))


@_rule("R06")
def _partners_are_targets(books: Books) -> Iterator[Breach]:
    """The partners a change concerns are targets of the measure."""
    for instrument, index, change in books.changes():
        measure = books.measure(change.measure)
        if measure is None or "ALL" in measure.targets:
            continue
        strangers = [p for p in change.on or () if p not in measure.targets]
        if strangers:
            detail = f"{', '.join(strangers)} is not among {', '.join(measure.targets)}."
            yield Breach("instruments", instrument.id, ("changes", index, "on"), detail)


@_rule("R07")
def _arrangements_exist(books: Books) -> Iterator[Breach]:
    """What an entry carries out, renews, implements, answers or settles is in the record."""
    arrangements = books.by_id["arrangements"]
    for instrument in books.instruments:
        if instrument.carries_out and instrument.carries_out not in arrangements:
            detail = _missing("arrangement", instrument.carries_out, arrangements)
            yield Breach("instruments", instrument.id, ("carries_out",), detail)
    for arrangement in books.arrangements:
        for key in ("renews", "implements"):
            name = getattr(arrangement, key)
            if name and name not in arrangements:
                yield Breach("arrangements", arrangement.id, (key,), _missing("arrangement", name, arrangements))
    yield from _settled_exist(books)


def _settled_exist(books: Books) -> Iterator[Breach]:
    known = {**books.by_id["claims"], **books.by_id["arrangements"], **books.commitments}
    for section, entry, where, thing in books.sourced():
        for key in ("settles", "answers"):
            for index, name in enumerate(getattr(thing, key, ())):
                if name not in known:
                    detail = _missing("claim or arrangement", name, known)
                    yield Breach(section, entry.id, (*where, key, index), detail)


@_rule("R08")
def _about_something(books: Books) -> Iterator[Breach]:
    """A claim, a deadline or a discrepancy is about something in the record."""
    known = set(books.commitments)
    for section in ("measures", "instruments", "arrangements", "talks", "claims", "scopes"):
        known |= books.by_id[section].keys()
    for section in ("claims", "deadlines", "discrepancies"):
        for entry in books.loaded.entries[section]:
            for index, name in enumerate(entry.about):
                if name not in known:
                    yield Breach(section, entry.id, ("about", index), _missing("entry", name, known))


@_rule("R09")
def _announced_first(books: Books) -> Iterator[Breach]:
    """An act is announced no later than it is published."""
    for instrument in books.instruments:
        if instrument.announced and instrument.announced > instrument.published:
            detail = f"Announced {instrument.announced}, published {instrument.published}."
            yield Breach("instruments", instrument.id, ("announced",), detail)


@_rule("R10")
def _extensions_are_announcements(books: Books) -> Iterator[Breach]:
    """Only an announcement extends a clock, to a day after it, and says which arrangement or act it is about."""
    for claim in books.claims:
        if claim.extends_to is None:
            continue
        if claim.kind != "announcement" or claim.extends_to <= claim.published or not claim.about:
            detail = f"A {claim.kind} of {claim.published} about {claim.about or 'nothing'}, to {claim.extends_to}."
            yield Breach("claims", claim.id, ("extends_to",), detail)


@_rule("R11")
def _within_coverage(books: Books) -> Iterator[Breach]:
    """Nothing in the record was published after the day it is complete through."""
    header = books.loaded.header
    for section in ("instruments", "arrangements", "claims", "deadlines"):
        for entry in books.loaded.entries[section]:
            if header is not None and entry.published > header.covered_through:
                detail = f"Published {entry.published}; covered_through is {header.covered_through}."
                yield Breach(section, entry.id, ("published",), detail)


@_rule("R12")
def _reports_in_order(books: Books) -> Iterator[Breach]:
    """The reports of a talk stand in order of publication, and its end is after its beginning."""
    for talk in books.loaded.entries["talks"]:
        days = [r.published for r in talk.reports]
        if days != sorted(days):
            yield Breach("talks", talk.id, ("reports",), f"The days are {', '.join(map(str, days))}.")
        for index, report in enumerate(talk.reports):
            if report.from_ and report.until and report.until <= report.from_:
                detail = f"From {report.from_} until {report.until} (exclusive)."
                yield Breach("talks", talk.id, ("reports", index, "until"), detail)


@_rule("R13")
def _no_hindsight_in_reports(books: Books) -> Iterator[Breach]:
    """A report says how a talk came out only when the talk had begun by the day of the report."""
    for talk in books.loaded.entries["talks"]:
        begin = None
        for index, report in enumerate(talk.reports):
            begin = report.from_ or begin
            if report.outcome and begin is not None and report.published < begin:
                detail = f"Reported {report.published}, begun {begin}."
                yield Breach("talks", talk.id, ("reports", index, "outcome"), detail)


@_rule("R14")
def _ids_are_unique(books: Books) -> Iterator[Breach]:
    """An id names one thing in the whole record, sources and discrepancies apart."""
    seen: dict[str, str] = {}
    for section in ("measures", "instruments", "arrangements", "talks", "claims", "deadlines", "officials"):
        for entry in books.loaded.entries[section]:
            if entry.id in seen:
                yield Breach(section, entry.id, ("id",), f"'{entry.id}' is already in {seen[entry.id]}.")
            seen.setdefault(entry.id, section)
    yield from _commitment_ids(books, seen)


def _commitment_ids(books: Books, seen: dict[str, str]) -> Iterator[Breach]:
    for arrangement in books.arrangements:
        for index, commitment in enumerate(arrangement.commitments):
            if commitment.id in seen:
                detail = f"'{commitment.id}' is already in {seen[commitment.id]}."
                yield Breach("arrangements", arrangement.id, ("commitments", index, "id"), detail)
            seen[commitment.id] = "commitments"


@_rule("R15")
def _carriers_belong(books: Books) -> Iterator[Breach]:
    """An instrument carries out an arrangement no earlier than the arrangement became known."""
    for instrument in books.instruments:
        arrangement: Entry | None = books.by_id["arrangements"].get(instrument.carries_out or "")
        if isinstance(arrangement, Arrangement) and instrument.published < arrangement.published:
            detail = f"Published {instrument.published}; {arrangement.id} is of {arrangement.published}."
            yield Breach("instruments", instrument.id, ("carries_out",), detail)


@_rule("R16")
def _deadlines_hang_on_something(books: Books) -> Iterator[Breach]:
    """A deadline names an act of the record that set it, and replaces deadlines that were published before it."""
    acts, known = books.by_id["instruments"], books.by_id["deadlines"]
    for entry in books.loaded.entries["deadlines"]:
        if entry.instrument and entry.instrument not in acts:
            detail = _missing("instrument", entry.instrument, acts)
            yield Breach("deadlines", entry.id, ("instrument",), detail)
        for index, name in enumerate(entry.replaces):
            where: Where = ("replaces", index)
            if name not in known:
                yield Breach("deadlines", entry.id, where, _missing("deadline", name, known))
            elif known[name].published >= entry.published:
                detail = f"'{name}' was published on {known[name].published}, this one on {entry.published}."
                yield Breach("deadlines", entry.id, where, detail)


@_rule("R17")
def _names_tell_apart(books: Books) -> Iterator[Breach]:
    """A name or alias belongs to one official."""
    owner: dict[str, str] = {}
    for entry in books.loaded.entries["officials"]:
        for name in {folded_name(n) for n in (entry.name, *entry.aliases)}:
            if owner.setdefault(name, entry.id) != entry.id:
                yield Breach("officials", entry.id, ("aliases",), f"'{name}' already belongs to '{owner[name]}'.")
