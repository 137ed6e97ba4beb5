"""Clocks: the ends that acts have set, and what became or will become of each; and the term of an arrangement.

Nothing here is typed in the record: a clock is the `until` of a suspension or an exemption, and a truce lasts as
long as the suspensions by which it is carried out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal
from weakref import WeakKeyDictionary

from detente.record.doubt import fold_with_doubt
from detente.record.fold import Act, Word, acting, edges
from detente.record.view import View
from detente.terms import Interval, joined

if TYPE_CHECKING:
    from detente.record.entries import Arrangement, Measure


ClockState = Literal["running", "moot", "renewed", "lapsed", "unknown"]


@dataclass(frozen=True, slots=True)
class Clock:
    """One end set by an act. `state` is running, moot, renewed, lapsed or unknown; `why` explains unknown."""

    act: Act
    measure: Measure
    partner: str
    goods: str
    state: ClockState
    renewed_by: str | None = None
    why: str | None = None

    @property
    def until(self) -> date:
        """The first day after it."""
        assert self.act.change.until is not None
        return self.act.change.until


@dataclass(frozen=True, slots=True)
class Term:
    """How long an arrangement holds, as known. `until` None is open-ended; `state` is announced, scheduled, in force,
    lapsed or unknown; `by` are the instruments that carry it out."""

    arrangement: Arrangement
    start: date
    until: date | None
    state: Word
    by: tuple[str, ...]
    announced_until: date | None = None


_FOUND: WeakKeyDictionary[View, list[Clock]] = WeakKeyDictionary()  # terms ask for them again and again


def clocks(view: View) -> list[Clock]:
    """Every clock between the parties that is known, in order of its day."""
    if view not in _FOUND:
        _FOUND[view] = _all_clocks(view)
    return _FOUND[view]


def _all_clocks(view: View) -> list[Clock]:
    found = [_clock(view, a, m, p) for m, p in _pairs(view) for a in _timed(view, m, p)]
    unique = {(c.act.instrument.id, c.measure.id, c.goods, c.until, c.partner): c for c in found}
    return sorted(unique.values(), key=lambda c: (c.until, c.measure.id, c.goods))


def _pairs(view: View) -> Iterable[tuple[Measure, str]]:
    return {(m.id, p): (m, p) for m, p, _ in view.parts}.values()


def _timed(view: View, measure: Measure, partner: str) -> Iterator[Act]:
    for act in view.reaching(measure, partner):
        if act.change.until is not None and (act.pauses or act.op == "exempt") and not act.empty:
            yield act


def _clock(view: View, act: Act, measure: Measure, partner: str) -> Clock:
    goods = act.change.exempt or act.change.goods or measure.goods
    rivals = _rivals(view, act, measure, partner)
    until = act.change.until
    assert until is not None
    if act not in acting(rivals, _last_day(act)) or not any(a.op == "set" for a in acting(rivals, until)):
        return Clock(act, measure, partner, goods, "moot")
    if view.on < until:
        return Clock(act, measure, partner, goods, "running")
    heir = next((a for a in acting(rivals, until) if _continues(a, act)), None)
    if heir is not None:
        return Clock(act, measure, partner, goods, "renewed", heir.instrument.id)
    if not any(a.op == "set" for a in acting(rivals, view.on)):
        return Clock(act, measure, partner, goods, "moot")
    standing = fold_with_doubt([a for a in rivals if a.op != "exempt" or a is act], view.on, view.knowledge)
    if standing.word == "unknown":
        return Clock(act, measure, partner, goods, "unknown", why=standing.why)
    return Clock(act, measure, partner, goods, "lapsed")


def _last_day(act: Act) -> date:
    until = act.change.until
    assert until is not None
    return date.fromordinal(until.toordinal() - 1)


def _rivals(view: View, act: Act, measure: Measure, partner: str) -> list[Act]:
    """The acts that bear on what this one pauses: the same goods or all of them, and the same exemption."""
    goods = act.change.goods
    out = []
    for other in view.reaching(measure, partner):
        if other.op == "exempt":
            fits = other.change.exempt == act.change.exempt
        else:
            fits = act.op == "exempt" or goods is None or other.change.goods in (None, goods)
        if fits:
            out.append(other)
    return out


def _continues(heir: Act, act: Act) -> bool:
    if act.op == "exempt":
        return heir.op == "exempt" and heir.change.exempt == act.change.exempt
    return heir.pauses and heir.change.goods in (None, act.change.goods)


def terms(view: View) -> list[Term]:
    """Every arrangement known, with the term it has on the day of the view."""
    known = [a for a in view.record.arrangements if a.published <= view.known]
    return [_term(view, a) for a in known]


def truce(view: View) -> Term | None:
    """The truce in force on the day, or the one whose clock ran out without a known outcome; None if neither."""
    truces = [t for t in terms(view) if t.arrangement.kind == "truce"]
    holding = [t for t in truces if t.state == "in force"] or [t for t in truces if t.state == "unknown"]
    return max(holding, key=lambda t: t.start, default=None)


def _term(view: View, arrangement: Arrangement) -> Term:
    carriers = tuple(i.id for i in view.instruments if i.carries_out == arrangement.id)
    spans = list(_spans(view, arrangement))
    start = arrangement.from_ or min((s.start for s in spans), default=arrangement.published)
    if not spans and (arrangement.clock or not (arrangement.from_ or carriers)):
        return Term(arrangement, start, None, "announced", carriers, _extension(view, arrangement))
    until = _end(spans) if spans else _settled_on(view, arrangement)
    extended = _extension(view, arrangement)
    return Term(arrangement, start, until, _state(view, arrangement, start, until), carriers, extended)


def _end(spans: list[Interval]) -> date | None:
    return joined([Interval(min(s.start for s in spans), s.until) for s in spans])[-1].until


def _state(view: View, arrangement: Arrangement, start: date, until: date | None) -> Word:
    if view.on < start:
        return "scheduled"
    if until is None or view.on < until:
        return "in force"
    mine = [c for c in clocks(view) if c.act.instrument.carries_out == arrangement.id and c.until == until]
    return "unknown" if any(c.state == "unknown" for c in mine) else "lapsed"


def _spans(view: View, arrangement: Arrangement) -> Iterator[Interval]:
    """The days on which carriers suspend the clock measures, cut short where they were undone."""
    for measure, partner in _pairs(view):
        if measure.id not in arrangement.clock:
            continue
        acts = view.reaching(measure, partner)
        for act in acts:
            if act.pauses and act.instrument.carries_out == arrangement.id:
                yield Interval(act.change.from_, _ends(act, acts))


def _ends(act: Act, acts: list[Act]) -> date | None:
    """The first day from its beginning on which the act no longer acts."""
    days = [d for d in edges(acts) if d >= act.change.from_]
    return next((d for d in days if act not in acting(acts, d)), None)


def _settled_on(view: View, arrangement: Arrangement) -> date | None:
    """The end of an arrangement without a clock: when a known claim says it is over, or an act makes it so."""
    endings = [c.published for c in view.record.claims if arrangement.id in c.settles and c.published <= view.known]
    ending = [i for i in view.instruments if arrangement.id in i.settles]
    endings += [min((c.from_ for c in i.changes), default=i.published) for i in ending]
    return min(endings, default=None)


def _extension(view: View, arrangement: Arrangement) -> date | None:
    days = [
        c.extends_to
        for c in view.record.claims
        if c.extends_to is not None and arrangement.id in c.about and c.published <= view.known
    ]
    return max(days, default=None)
