"""The layers of a duty, each measure taken alone: what it may add to goods of one kind from one exporter.

A measure is one number where everything it hangs on is known. Otherwise there are several cases: goods on a list whose
members are not known by code or not, a duty on the metal in goods charged on nothing or on all of their value, a clock
whose outcome is not known. How the measures meet is in `stacking.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from detente.record import Standing, View

if TYPE_CHECKING:
    from detente.record import Measure

ZERO, ONE, HALF = Decimal(0), Decimal(1), Decimal("0.5")
UNBOUNDED = Decimal("Infinity")
Inside = Callable[[str], bool | None]


@dataclass(frozen=True, slots=True)
class Case:
    """One thing a measure may charge: a rate (a fraction; with `ceiling` it counts the base in) on a share of the
    value. `subject` is true where the goods fall under the measure, whatever the sum comes to: a car whose base is
    above a ceiling pays nothing more, and is under the car duty all the same."""

    rate: Decimal
    ceiling: bool = False
    share: Decimal = ONE
    subject: bool = False

    def charge(self, base: Decimal) -> Decimal:
        """What is added to a base."""
        rate = max(self.rate - base, ZERO) if self.ceiling else self.rate
        return rate if rate == UNBOUNDED else rate * self.share


@dataclass(frozen=True, slots=True)
class Alone:
    """A measure before it meets the others. `central` is a best single number, for sums over many goods only: lists of
    unknown membership left out, half the value of goods that pay on a part of it, and the share of trade under a
    preference taken out; with `central_ceiling` it counts the base in."""

    measure: Measure
    standing: Standing
    cases: tuple[Case, ...]
    why: str | None
    central: Decimal
    central_ceiling: bool

    @property
    def may_be_subject(self) -> bool:
        """True where the goods may fall under the measure."""
        return any(c.subject for c in self.cases)

    @property
    def surely_subject(self) -> bool:
        """True where the whole value falls under the measure for certain."""
        return all(c.subject and c.share == ONE for c in self.cases)


def tariffs(view: View, importer: str, exporter: str) -> list[Measure]:
    """The tariffs of an importer that can reach goods from an exporter."""
    mine = [m for m in view.record.measures if m.kind == "tariff" and m.imposer == importer]
    return [m for m in mine if exporter in m.targets or "ALL" in m.targets]


def alone(
    view: View,
    measure: Measure,
    exporter: str,
    inside: Inside,
    on: date,
    book: str = "schedule",
    part: Decimal | None = None,
) -> Alone | None:
    """A measure taken alone on goods whose membership of scopes `inside` tells; None where it has nothing to do with
    them. `part` is the share of the value on which goods pay that pay on a part of it, where it is known."""
    without, counted = view.standings(measure.id, exporter, inside, on, "owed" if book == "owed" else "schedule")
    if without.word == "none" and counted.word == "none":
        return None
    found = [c for s in _standings(without, counted) for c in _cases(view, measure, s, part)]
    cases = tuple(dict.fromkeys(found))
    shown = without if without.word != "none" else counted
    why = without.why if len(cases) == 1 else _doubt(view, measure, without, counted, inside)
    best = without.if_extended if without.word == "unknown" and without.if_extended is not None else without
    central = _central(view, measure, best, part) * (1 - view.share_exempt(measure.id, exporter, on))
    return Alone(measure, shown, cases, why, central, best.ceiling)


def _standings(*standings: Standing) -> list[Standing]:
    """The standings possible: both ways of counting, and both ends of a clock whose outcome is unknown."""
    out: list[Standing] = []
    for s in standings:
        if s.word == "unknown" and s.if_extended is not None and s.if_lapsed is not None:
            out += [s.if_extended, s.if_lapsed]
        else:
            out.append(s)
    return out


def _cases(view: View, measure: Measure, standing: Standing, part: Decimal | None) -> list[Case]:
    if not standing.in_force and standing.word != "unknown":
        return [Case(ZERO)]
    if standing.rate is None:
        return [Case(ZERO, subject=True), Case(UNBOUNDED, subject=True)]
    if standing.rate == ZERO:
        return [Case(ZERO)]
    if not _on_part(view, measure, standing):
        return [Case(standing.rate, standing.ceiling, subject=True)]
    if part is not None:
        return [Case(standing.rate, standing.ceiling, part, part > ZERO)]
    return [Case(ZERO), Case(standing.rate, standing.ceiling, subject=True)]


def _on_part(view: View, measure: Measure, standing: Standing) -> bool:
    return view.on_content(standing.goods or measure.goods)


def _central(view: View, measure: Measure, standing: Standing, part: Decimal | None) -> Decimal:
    if not standing.in_force or standing.rate is None:
        return ZERO
    return standing.rate * (HALF if part is None else part) if _on_part(view, measure, standing) else standing.rate


def _doubt(view: View, measure: Measure, without: Standing, counted: Standing, inside: Inside) -> str:
    if "unknown" in (without.word, counted.word):
        return without.why or counted.why or "what followed a clock is not known"
    if not without.same_as(counted):
        open_lists = sorted(s for s in view.scopes_of(measure.id) if inside(s) is None)
        return f"whether the goods are on {', '.join(open_lists)} is not known by code"
    if _on_part(view, measure, without):
        return "charged on the value of a part of the goods, the metal in most, whose share is not known"
    return f"not a rate: {without.state}"
