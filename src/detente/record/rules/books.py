"""What every rule is written with: the entries by id, a breach, and the register of rules."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from detente.record.entries import Arrangement, Change, Claim, Instrument, Measure, Scope, Talk
from detente.record.fold import Act, in_order
from detente.record.folder import SECTIONS, Loaded
from detente.terms import did_you_mean

MAX_BREACHES = 200
MAX_HINTS = 50

Where = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where a rule does not hold: the entry, the way to the value inside it, and the particulars."""

    section: str
    id: str
    where: Where
    detail: str
    allowed: str | None = None


Check = Callable[["Books"], Iterator[Breach]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its number, what must hold in words, what to do where it does not, and the search for breaches.

    A rule for the `whole` looks for what is not there, and waits until every entry can be read.
    """

    number: str
    says: str
    remedy: str
    check: Check
    whole: bool


RULES: dict[str, Rule] = {}


def rule(number: str, remedy: str, whole: bool = False) -> Callable[[Check], Check]:
    """Register a rule under its number; `remedy` says what is allowed, the docstring what must hold."""

    def register(function: Check) -> Check:
        assert number not in RULES, f"{number} stands twice"
        RULES[number] = Rule(number, " ".join((function.__doc__ or "").split()), remedy, function, whole)
        return function

    return register


class Books:
    """The entries of a record by id, for the rules to look things up."""

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self.by_id: dict[str, dict[str, Any]] = {s: {e.id: e for e in loaded.entries[s]} for s in SECTIONS}
        self.hints = MAX_HINTS
        self.commitments = {c.id: c for a in self.arrangements for c in a.commitments}

    @property
    def instruments(self) -> list[Instrument]:
        """All instruments."""
        return self.loaded.entries["instruments"]

    @property
    def measures(self) -> list[Measure]:
        """All measures."""
        return self.loaded.entries["measures"]

    @property
    def arrangements(self) -> list[Arrangement]:
        """All arrangements."""
        return self.loaded.entries["arrangements"]

    @property
    def talks(self) -> list[Talk]:
        """All talks."""
        return self.loaded.entries["talks"]

    @property
    def claims(self) -> list[Claim]:
        """All claims."""
        return self.loaded.entries["claims"]

    @property
    def scopes(self) -> list[Scope]:
        """All scopes."""
        return self.loaded.entries["scopes"]

    def measure(self, name: str) -> Measure | None:
        """A measure by id, if there is one."""
        return self.by_id["measures"].get(name)

    def changes(self) -> Iterator[tuple[Instrument, int, Change]]:
        """Every change with its instrument and its place in it."""
        for instrument in self.instruments:
            for index, change in enumerate(instrument.changes):
                yield instrument, index, change

    @cached_property
    def acts(self) -> dict[str, list[Act]]:
        """The acts on each measure in the order in which they are folded."""
        out: dict[str, list[Act]] = {}
        for act in in_order(self.instruments):
            out.setdefault(act.change.measure, []).append(act)
        return out

    def lacks(self, name: str, known: Container[str]) -> bool:
        """True for a name that is not known, and not that of an entry with faults of its own."""
        return name not in known and name not in self.loaded.unread and not self.loaded.lost

    def missing(self, kind: str, name: str, known: Iterable[str]) -> str:
        """That there is no such thing, with the nearest name; looking for that is slow, so not without end."""
        self.hints -= 1
        hint = did_you_mean(name, {*known, *self.loaded.unread}) if self.hints >= 0 else ""
        return f"There is no {kind} '{name}'.{hint}"

    def sourced(self) -> Iterator[tuple[str, Any, Where, Any]]:
        """Everything that names sources: section, entry, way to it, and the thing itself."""
        for section in SECTIONS:
            for entry in self.loaded.entries[section]:
                if hasattr(entry, "sources"):
                    yield section, entry, (), entry
        for talk in self.talks:
            for index, report in enumerate(talk.reports):
                yield "talks", talk, ("reports", index), report

    def published(self) -> Iterator[tuple[str, Any, Where, Any]]:
        """Everything that became public on a day of its own: section, entry, way to it, and the thing itself."""
        return (found for found in self.sourced() if hasattr(found[3], "published"))


def broken(loaded: Loaded) -> None:
    """Run every rule and add what is broken to the faults of the loaded record."""
    books = Books(loaded)
    loaded.rules = len(RULES)
    for one in RULES.values():
        for count, breach in enumerate(one.check(books) if loaded.whole or not one.whole else ()):
            place = loaded.places[(breach.section, breach.id)]
            line = place.line(*breach.where)
            if count == MAX_BREACHES:
                loaded.faults.add(place.path, f"{one.says} There is more of this.", line, one.remedy, one.number)
                break
            loaded.faults.add(place.path, f"{one.says} {breach.detail}", line, breach.allowed or one.remedy, one.number)
