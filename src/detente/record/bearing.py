"""What an included record has to say on the parties of the record that includes it.

The record on everybody is large; a question about two parties needs little of it. So the compiled record keeps of what
is included only what bears on its parties: measures of one on another, the acts and scopes these need, arrangements
and talks between them, claims about what is kept. The targets of a kept measure are narrowed to the parties, as what
it says to others has been left out. Nothing the record itself wrote is touched, and the rules run before on the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.record.entries import Change, Claim, Deadline, Discrepancy, Instrument, Measure, Record

Key = tuple[str, str]


def on_the_parties(record: Record, own: set[Key]) -> Record:
    """The record with its own entries (`own`: their section and id) and, of the others, what bears on its parties."""
    return _Bearing(record, own).kept()


class _Bearing:
    """One record being narrowed. A record with the party ALL is about everybody and keeps everything."""

    def __init__(self, record: Record, own: set[Key]) -> None:
        self.record = record
        self.own = own
        self.parties = record.header.parties
        self.targets = {m.id: self._reached(m.imposer, m.targets) for m in record.measures}

    def kept(self) -> Record:
        """The narrowed record."""
        if "ALL" in self.parties:
            return self.record
        record = self.record
        measures = [self._measure(m) for m in record.measures if self._is_own("measures", m) or self.targets[m.id]]
        instruments = [i for x in record.instruments if (i := self._instrument(x)) is not None]
        arrangements = [a for a in record.arrangements if self._is_own("arrangements", a) or self._both(a.parties)]
        talks = [t for t in record.talks if self._is_own("talks", t) or self._both(t.parties)]
        names = {x.id for group in (measures, instruments, arrangements, talks) for x in group}
        names |= {c.id for a in arrangements for c in a.commitments}
        claims = [c for c in record.claims if self._is_own("claims", c) or self._claimed(c, names)]
        goods = {c.goods for i in instruments for c in i.changes} | {c.exempt for i in instruments for c in i.changes}
        goods |= {m.goods for m in measures}
        scopes = [s for s in record.scopes if self._is_own("scopes", s) or s.id in goods]
        names |= {c.id for c in claims} | {s.id for s in scopes}
        deadlines = self._deadlines(names)
        names |= {d.id for d in deadlines}
        progress = [x for x in record.progress if self._is_own("progress", x) or x.commitment in names]
        people = [o for o in record.officials if self._is_own("officials", o) or o.party in (None, *self.parties)]
        differing = [d for d in record.discrepancies if self._is_own("discrepancies", d) or _within(d, names)]
        reports = (r for t in talks for r in t.reports)
        cited = _cited(measures, instruments, arrangements, claims, scopes, reports, deadlines, people, progress)
        cited |= {r.source for d in differing for r in d.readings}
        return record.model_copy(
            update={
                "measures": measures,
                "instruments": instruments,
                "arrangements": arrangements,
                "talks": talks,
                "claims": claims,
                "scopes": scopes,
                "discrepancies": differing,
                "deadlines": deadlines,
                "progress": progress,
                "officials": people,
                "sources": [s for s in record.sources if self._is_own("sources", s) or s.id in cited],
                "codes": {name: codes for name, codes in record.codes.items() if name in {s.id for s in scopes}},
            }
        )

    def _is_own(self, section: str, entry: Any) -> bool:
        return (section, entry.id) in self.own

    def _reached(self, imposer: str, targets: list[str]) -> list[str]:
        """The parties a measure of that imposer reaches."""
        others = [p for p in self.parties if p != imposer]
        return [p for p in others if p in targets or "ALL" in targets] if imposer in self.parties else []

    def _measure(self, measure: Measure) -> Measure:
        if self._is_own("measures", measure):
            return measure
        return measure.model_copy(update={"targets": self.targets[measure.id]})

    def _instrument(self, act: Instrument) -> Instrument | None:
        """An act with the changes that reach the parties; None where it has changes and none of them does."""
        if self._is_own("instruments", act):
            return act
        if not act.changes:
            return act if not act.concerns or set(act.concerns) & set(self.parties) else None
        changes = [c for c in act.changes if self._reaches(c)]
        return act.model_copy(update={"changes": changes}) if changes else None

    def _reaches(self, change: Change) -> bool:
        reached = set(self.targets[change.measure]) - set(change.not_on)
        return bool(reached if change.on is None or "ALL" in change.on else reached & set(change.on))

    def _both(self, parties: Iterable[str]) -> bool:
        return len(set(parties) & set(self.parties)) > 1

    def _claimed(self, claim: Claim, names: set[str]) -> bool:
        if claim.by not in self.parties or claim.against not in (None, *self.parties):
            return False
        return not claim.about or bool(names & set(claim.about))

    def _deadlines(self, names: set[str]) -> list[Deadline]:
        """Those set by acts, about things or in place of deadlines that are kept."""
        kept: dict[str, Deadline] = {}
        for entry in sorted(self.record.deadlines, key=lambda d: d.published):
            hangs_on = {entry.instrument, *entry.about} - {None}
            alone = not (hangs_on or entry.replaces)
            if self._is_own("deadlines", entry) or alone or hangs_on & names or kept.keys() & set(entry.replaces):
                kept[entry.id] = entry
        return [d for d in self.record.deadlines if d.id in kept]


def _within(entry: Discrepancy, names: set[str]) -> bool:
    return names >= set(entry.about)


def _cited(*groups: Iterable[Any]) -> set[str]:
    return set(_sources(x for group in groups for x in group))


def _sources(things: Iterable[Any]) -> Iterator[str]:
    for thing in things:
        yield from thing.sources
