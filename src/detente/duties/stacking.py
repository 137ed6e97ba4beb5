"""How measures meet on the same goods: which give way to which, and what the sum can be.

What gives way to what is data of the record (`View.gives_way_to`), not code. A measure that gives way to another is not
charged on the value that falls under that other; one that has itself given way keeps nobody out. Where a measure is in
doubt its cases are gone through with those of the others, so that the sum is bounded by what can happen together: of
the value of a good either the part pays the metal duty or the rest pays the reciprocal duty, never both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

from detente.duties.layers import HALF, ONE, UNBOUNDED, ZERO, Alone, Case

if TYPE_CHECKING:
    from detente.record import Measure, Standing

Ways = Mapping[str, frozenset[str]]
MOST_CORNERS = 4096
NO_BASE = (ZERO, None)


@dataclass(frozen=True, slots=True)
class Layer:
    """What one measure adds after stacking. `low` and `high` are equal where it is known; `high` None has no known
    bound. `standing` is what the measure says when lists of unknown membership are left out; `why` says what is in
    doubt or why nothing is charged. `central` is a best single number (see `Alone`), a ceiling before the base."""

    measure: Measure
    standing: Standing
    low: Decimal
    high: Decimal | None
    why: str | None = None
    central: Decimal = ZERO

    @property
    def rate(self) -> Decimal | None:
        """The rate where it is known."""
        return self.low if self.low == self.high else None

    @property
    def possible(self) -> bool:
        """True where something may be charged."""
        return self.high is None or self.high > ZERO


@dataclass(frozen=True, slots=True)
class Corner:
    """One way everything in doubt can turn out: a case of each measure, and the share of the value left to it."""

    cases: tuple[Case, ...]
    left: tuple[Decimal, ...]

    def charges(self, base: Decimal) -> list[Decimal]:
        """What each measure adds to a base."""
        charges = (c.charge(base) for c in self.cases)
        return [ZERO if left == ZERO else charge * left for charge, left in zip(charges, self.left, strict=True)]


@dataclass(frozen=True, slots=True)
class Stack:
    """The measures on goods of one kind, stacked, for any base. `why` and `central` [measure] are as in `Layer`."""

    alone: tuple[Alone, ...]
    corners: tuple[Corner, ...]
    why: tuple[str | None, ...]
    central: tuple[Decimal, ...]

    def layers(self, base: tuple[Decimal, Decimal | None] = NO_BASE) -> tuple[Layer, ...]:
        """The layers on a base that lies between two numbers (the second None: no known bound)."""
        out = []
        for at, one in enumerate(self.alone):
            low, high = self._between(base, at)
            why = self.why[at]
            if why is None and low != high:
                why = "the ceiling counts in the base duty, which is not known"
            out.append(Layer(one.measure, one.standing, low, high, why, self.central[at]))
        return tuple(out)

    def total(self, base: tuple[Decimal, Decimal | None] = NO_BASE) -> tuple[Decimal, Decimal | None]:
        """The lowest and the highest possible sum (None: no known bound)."""
        return self._between(base, None)

    def _between(self, base: tuple[Decimal, Decimal | None], at: int | None) -> tuple[Decimal, Decimal | None]:
        least, most = base[0], UNBOUNDED if base[1] is None else base[1]
        low = min((_sum(c.charges(most), at) for c in self.corners), default=ZERO)
        high = max((_sum(c.charges(least), at) for c in self.corners), default=ZERO)
        return low, None if high == UNBOUNDED else high


def _sum(charges: list[Decimal], at: int | None) -> Decimal:
    return sum(charges, ZERO) if at is None else charges[at]


def stack(alone: Sequence[Alone], ways: Ways) -> Stack:
    """Stack measures; `ways` [measure] are those it gives way to. Their order does not matter."""
    ids = [x.measure.id for x in alone]
    rivals = [[j for j, name in enumerate(ids) if name in ways.get(ids[i], ()) and j != i] for i in range(len(ids))]
    corners = [Corner(cases, _left(cases, rivals)) for cases in product(*_all_cases(alone))]
    distinct = {(c.cases, c.left): c for c in corners}
    why = tuple(_why(i, alone, rivals[i], corners) for i in range(len(ids)))
    central = tuple(_central(i, alone, rivals[i]) for i in range(len(ids)))
    return Stack(tuple(alone), tuple(distinct.values()), why, central)


def _all_cases(alone: Sequence[Alone]) -> list[tuple[Case, ...]]:
    """The cases of each; the outer ones only, where going through all would take too long."""
    found = [x.cases for x in alone]
    size = 1
    for cases in found:
        size *= len(cases)
    if size <= MOST_CORNERS:
        return found
    return [(min(c, key=lambda x: x.rate), max(c, key=lambda x: x.rate)) if len(c) > 2 else c for c in found]


def _left(cases: Sequence[Case], rivals: Sequence[Sequence[int]]) -> tuple[Decimal, ...]:
    """The share of the value left to each measure by those it gives way to and that are charged themselves."""
    left: dict[int, Decimal] = {}

    def of(i: int, above: tuple[int, ...] = ()) -> Decimal:
        if i not in left:
            ahead = [j for j in rivals[i] if cases[j].subject and j not in above]
            taken = max((cases[j].share * of(j, (*above, i)) for j in ahead), default=ZERO)
            left[i] = ONE - taken
        return left[i]

    return tuple(of(i) for i in range(len(cases)))


def _why(i: int, alone: Sequence[Alone], rivals: Sequence[int], corners: Sequence[Corner]) -> str | None:
    """Why a measure is in doubt or charges nothing, in words."""
    lefts = {c.left[i] for c in corners}
    if not alone[i].may_be_subject or lefts == {ONE}:
        return alone[i].why
    names = [alone[j].measure.id for j in rivals if alone[j].may_be_subject]
    if lefts == {ZERO}:
        sure = [alone[j].measure.id for j in rivals if alone[j].surely_subject]
        return f"not charged on goods subject to {', '.join(sure[:1] or names)}"
    return f"not charged on goods, or the part of their value, subject to {', '.join(names)}"


def _central(i: int, alone: Sequence[Alone], rivals: Sequence[int]) -> Decimal:
    ahead = [alone[j] for j in rivals if alone[j].may_be_subject]
    if any(x.surely_subject for x in ahead):
        return ZERO
    return alone[i].central * (HALF if any(x.central > ZERO for x in ahead) else ONE)
