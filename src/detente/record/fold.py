"""Folding acts into what stands on a day.

Acts are taken in order of publication. A change acts on a day when the day lies in its interval and no later change
that itself acts has undone it: a `revoke`, or the suspension (a stay) of the instrument that made it. What a measure
says is its last acting `set`; acting suspensions take points off it (the largest, they do not add up); an acting
`exempt` takes the goods out whatever is set. So a snapback needs no code of its own: when a suspension's interval
ends, what it suspended shows again, unless a revocation has undone that first. `tests/record/test_fold.py` pins it,
with the order of 12 May 2025 and the notices of April 2025 as the cases.

Past a clock that ran out the fold may not know what stands; `record/doubt.py` says when.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from detente.record.entries import Change, Instrument

ZERO = Decimal(0)

Word = Literal[
    "announced",
    "scheduled",
    "in force",
    "suspended",
    "exempt",
    "lapsed",
    "revoked",
    "struck down",
    "unknown",
    "none",
]


class Act:
    """One change with the instrument that makes it.

    `op` is `set`, `suspend`, `revoke` or `exempt`; `pauses` is true for a suspension of points or of everything (not
    for the stay of an instrument), `undoing` for an act that can keep others from acting; `empty` when it acts on no
    day. They are worked out once, as the fold asks for them many times.
    """

    __slots__ = ("_from", "_until", "change", "empty", "instrument", "op", "pauses", "undoing")

    def __init__(self, change: Change, instrument: Instrument) -> None:
        self.change = change
        self.instrument = instrument
        self.op = next(k for k in ("set", "suspend", "revoke", "exempt") if getattr(change, k) is not None)
        self.pauses = change.suspend is not None and not change.suspend.instruments
        self.undoing = change.revoke is not None or (change.suspend is not None and bool(change.suspend.instruments))
        self._from = change.from_
        self._until = change.until or date.max
        self.empty = self._until <= change.from_

    def __contains__(self, day: date) -> bool:
        return self._from <= day < self._until


@dataclass(frozen=True, slots=True)
class Standing:
    """What a measure says of some goods from some partner on a day.

    `rate` is a fraction (None: it is a state, or unknown) and with `ceiling` counts the base duty in; `nominal` is the
    rate before suspension, `suspended` the points taken off it. `by` is the act that set (or ended) it, `since` the
    first day of that act's change, `acts` all that bear on it, `goods` the scope it is set for. When unknown, `why`
    says so and the two outcomes stand in `if_extended` and `if_lapsed`.
    """

    word: Word
    rate: Decimal | None = None
    state: str | None = None
    nominal: Decimal | None = None
    suspended: Decimal | None = None
    by: str | None = None
    since: date | None = None
    acts: tuple[str, ...] = ()
    why: str | None = None
    if_extended: Standing | None = None
    if_lapsed: Standing | None = None
    ceiling: bool = False
    goods: str | None = None

    @property
    def in_force(self) -> bool:
        """True where it is charged or applies in full or in part."""
        return self.word == "in force"

    @property
    def share(self) -> Decimal | None:
        """What it adds to a sum of duties: zero where nothing is charged, None where that is unknown."""
        if self.word == "unknown" or (self.in_force and self.rate is None):
            return None
        return self.rate if self.in_force else ZERO

    def same_as(self, other: Standing) -> bool:
        """True when both say the same to somebody at the border."""
        mine = (self.word, self.rate, self.state, self.ceiling)
        return mine == (other.word, other.rate, other.state, other.ceiling)


def in_order(instruments: Iterable[Instrument]) -> list[Act]:
    """All acts in the order in which they are folded: publication, number, id; within one by first day.

    Changes of what a measure gives way to say nothing of the measure itself and are no acts here.
    """
    return [Act(c, i) for c, i in changes_in_order(instruments) if not stacks(c)]


_ordered: list[tuple[Sequence[Instrument], list[Act]]] = []


def known_in_order(instruments: Sequence[Instrument], known: date) -> list[Act]:
    """The acts published by `known`, in order. A record is asked about on many days: its order is found once."""
    acts = next((acts for held, acts in _ordered if held is instruments), None)
    if acts is None:
        acts = in_order(instruments)
        _ordered[:] = [(instruments, acts), *_ordered[:3]]
    return [a for a in acts if a.instrument.published <= known]


def changes_in_order(instruments: Iterable[Instrument]) -> list[tuple[Change, Instrument]]:
    """All changes with their instruments, in the order in which they count."""
    ordered = sorted(instruments, key=lambda i: (i.published, i.number or 0, i.id))
    return [(c, i) for i in ordered for c in sorted(i.changes, key=lambda c: c.from_)]


def stacks(change: Change) -> bool:
    """True for a change of what a measure gives way to."""
    return change.not_on_goods_subject_to is not None or change.also_on_goods_subject_to is not None


def acting(acts: Sequence[Act], day: date) -> list[Act]:
    """The acts that act on the day, in order. Taken last to first: only a later act undoes an earlier one."""
    alive: list[Act] = []
    undoing: list[Act] = []
    for act in reversed(acts):
        if not act._from <= day < act._until or (undoing and any(undoes(later, act) for later in undoing)):
            continue
        alive.append(act)
        if act.undoing:
            undoing.append(act)
    return alive[::-1]


def undoes(later: Act, earlier: Act) -> bool:
    """True when `later`, while it acts, keeps `earlier` from acting."""
    revoke, suspend = later.change.revoke, later.change.suspend
    if revoke is not None:
        return revoke.everything or earlier.instrument.id in revoke.instruments
    return suspend is not None and earlier.instrument.id in suspend.instruments


def fold(acts: Sequence[Act], day: date) -> Standing:
    """What the acts (of one measure, one partner, some goods) say on the day, taking every clock at its word."""
    return stand(acting(acts, day), acts, day)


def stand(now: Sequence[Act], acts: Sequence[Act], day: date) -> Standing:
    """The standing that results from the acts acting now; `acts` are all, to say why nothing stands."""
    setting = next((a for a in reversed(now) if a.op == "set"), None)
    if setting is None or setting.change.set is None:
        return _nothing(acts, day)
    pausing = [a for a in now if a.pauses]
    exempting = [a for a in now if a.op == "exempt"]
    bearing = tuple(dict.fromkeys(a.instrument.id for a in (setting, *pausing, *exempting)))
    nominal, state = setting.change.set.rate, setting.change.set.state
    off = max((_points(a, nominal) for a in pausing), default=ZERO)
    rate = None if nominal is None else max(nominal - off, ZERO)
    word: Word = "suspended" if _paused_whole(pausing) or (off and rate == ZERO) else "in force"
    if exempting:
        word, rate = "exempt", ZERO if nominal is not None else None
    by, since = setting.instrument.id, setting.change.from_
    ceiling, goods = setting.change.set.ceiling, setting.change.goods
    return Standing(word, rate, state, nominal, off or None, by, since, bearing, ceiling=ceiling, goods=goods)


def _paused_whole(pausing: Sequence[Act]) -> bool:
    return any(a.change.suspend is not None and a.change.suspend.everything for a in pausing)


def _points(act: Act, nominal: Decimal | None) -> Decimal:
    suspend = act.change.suspend
    if suspend is None or nominal is None:
        return ZERO
    return nominal if suspend.everything else (suspend.points or ZERO)


def _nothing(acts: Sequence[Act], day: date) -> Standing:
    """Nothing is set: was it ended, by what, or is it still to come?"""
    coming = sorted({a.change.from_ for a in acts if a.op == "set" and a.change.from_ > day})
    first = next((d for d in coming if any(a.op == "set" and a.change.from_ == d for a in acting(acts, d))), None)
    if first is not None:
        value = stand(acting(acts, first), acts, first)
        said = (value.rate, value.state, value.nominal)
        return Standing("scheduled", *said, by=value.by, since=first, acts=value.acts, ceiling=value.ceiling)
    was = [a for a in acts if a.op == "set" and a.change.from_ <= day]
    ended = next((a for a in reversed(acting(acts, day)) if was and undoes(a, was[-1])), None)
    if ended is None:
        return Standing("none")
    ending: Word = "lapsed" if ended.instrument is was[-1].instrument else "revoked"
    word: Word = "struck down" if ended.instrument.form == "judgment" else ending
    return Standing(word, by=ended.instrument.id, since=ended.change.from_, acts=(ended.instrument.id,))


def edges(acts: Iterable[Act]) -> list[date]:
    """Every day on which what stands may change, in order."""
    return sorted({d for a in acts for d in (a.change.from_, a.change.until) if d is not None})


def spells(acts: Sequence[Act], at: Callable[[date], Standing]) -> list[tuple[date, Standing]]:
    """The history of what stands: each first day with its standing, from the first edge on."""
    out: list[tuple[date, Standing]] = []
    for day in edges(acts):
        standing = at(day)
        if not out or not out[-1][1].same_as(standing):
            out.append((day, standing))
    return out
