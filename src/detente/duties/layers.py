"""The layers of a duty: what each measure adds to goods of one kind from one exporter, and how they stack.

Whether layers add, replace or exclude each other is data on the measures. A layer is a number where everything it
hangs on is known, and otherwise lies between two: a list whose members are not known by code, a duty on metal content
whose share is not known, a ceiling net of a base rate that is not known. Unknown is never zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from detente.record import Standing, View

if TYPE_CHECKING:
    from detente.record import Measure

ZERO = Decimal(0)
Inside = Callable[[str], bool | None]


Memo = dict[tuple[object, ...], "Layer | None"]


@dataclass(frozen=True, slots=True)
class Layer:
    """What one measure adds. `low` and `high` are equal where it is known; `high` None has no known bound.

    `standing` is what the measure says when lists of unknown membership are left out; `why` says what is in doubt or
    why nothing is charged. `central` is a best single number, for sums over many goods only: lists of unknown
    membership left out, a ceiling before the base is taken off, half the value of goods that pay on their metal, and
    the share of trade under a preference (USMCA) taken out.
    """

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
    def certain(self) -> bool:
        """True where something is charged for sure on the whole value."""
        return self.low > ZERO

    @property
    def possible(self) -> bool:
        """True where something may be charged."""
        return self.high is None or self.high > ZERO


def layers(
    view: View,
    importer: str,
    exporter: str,
    inside: Inside,
    base: Decimal | None,
    on: date,
    book: str = "schedule",
    without: frozenset[str] = frozenset(),
    memo: Memo | None = None,
) -> list[Layer]:
    """The layers of additional duty on goods from `exporter` whose membership of scopes `inside` tells, stacked.

    `without` names authorities whose measures are left out, as if they had never been made. `memo` keeps what each
    measure says of goods of the same membership, for many calls about one day, exporter and base.
    """
    measures = [m for m in tariffs(view, importer, exporter) if m.authority not in without]
    memo = {} if memo is None else memo
    alone = []
    for measure in measures:
        key = (measure.id, *(inside(s) for s in view.scopes_of(measure.id)))
        if key not in memo:
            memo[key] = _alone(view, measure, exporter, inside, base, on, book)
        if (layer := memo[key]) is not None:
            alone.append(layer)
    return [_stacked(x, alone) for x in alone]


def tariffs(view: View, importer: str, exporter: str) -> list[Measure]:
    """The tariffs of an importer that can reach goods from an exporter."""
    mine = [m for m in view.record.measures if m.kind == "tariff" and m.imposer == importer]
    return [m for m in mine if exporter in m.targets or "ALL" in m.targets]


def total(parts: Iterable[Layer]) -> tuple[Decimal, Decimal | None]:
    """The sum of layers, from its lowest to its highest possible value (None: no known bound)."""
    low, high = ZERO, ZERO
    bounded = True
    for part in parts:
        low += part.low
        if part.high is None:
            bounded = False
        else:
            high += part.high
    return low, high if bounded else None


def _alone(
    view: View, measure: Measure, exporter: str, inside: Inside, base: Decimal | None, on: date, book: str
) -> Layer | None:
    """A layer before it meets the others; None where the measure has nothing to do with these goods."""
    without, counted = view.standings(measure.id, exporter, inside, on, "owed" if book == "owed" else "schedule")
    if without.word == "none" and counted.word == "none":
        return None
    bounds = [_bounds(view, s, base) for s in _cases(without, counted)]
    low = min(b[0] for b in bounds)
    highs = [b[1] for b in bounds]
    high = None if None in highs else max(h for h in highs if h is not None)
    shown = without if without.word != "none" else counted
    why = _doubt(view, measure, without, counted, low, high, inside)
    central = _central(view, without) * (1 - view.share_exempt(measure.id, exporter, on))
    return Layer(measure, shown, low, high, why, central)


def _cases(*standings: Standing) -> list[Standing]:
    """The standings possible: both ways of counting, and both ends of a clock whose outcome is unknown."""
    out: list[Standing] = []
    for s in standings:
        if s.word == "unknown" and s.if_extended is not None and s.if_lapsed is not None:
            out += [s.if_extended, s.if_lapsed]
        else:
            out.append(s)
    return out


def _bounds(view: View, standing: Standing, base: Decimal | None) -> tuple[Decimal, Decimal | None]:
    if not standing.in_force:
        return ZERO, ZERO
    if standing.rate is None:
        return ZERO, None
    rate, low = standing.rate, standing.rate
    if standing.ceiling:
        rate = standing.rate if base is None else max(standing.rate - base, ZERO)
        low = ZERO if base is None else rate
    return (ZERO if standing.goods and view.on_content(standing.goods) else low), rate


HALF = Decimal("0.5")


def _central(view: View, standing: Standing) -> Decimal:
    if standing.word == "unknown" and standing.if_extended is not None:
        standing = standing.if_extended
    if not standing.in_force or standing.rate is None:
        return ZERO
    return standing.rate * HALF if standing.goods and view.on_content(standing.goods) else standing.rate


def _doubt(
    view: View,
    measure: Measure,
    without: Standing,
    counted: Standing,
    low: Decimal,
    high: Decimal | None,
    inside: Inside,
) -> str | None:
    if low == high:
        return without.why
    if "unknown" in (without.word, counted.word):
        return without.why or counted.why
    if not without.same_as(counted):
        open_lists = sorted(s for s in view.scopes_of(measure.id) if inside(s) is None)
        return f"whether the goods are on {', '.join(open_lists)} is not known by code"
    if without.goods and view.on_content(without.goods):
        return "charged on the value of the metal in the goods, whose share is not known"
    if without.rate is None:
        return f"not a rate: {without.state}"
    return "the ceiling counts in the base duty, which is not known"


def _stacked(layer: Layer, others: Sequence[Layer]) -> Layer:
    """The layer after the measures that keep it away from their goods."""
    rivals = [x for x in others if x.measure.id in layer.measure.not_on_goods_subject_to and x.possible]
    sure = next((x for x in rivals if x.certain), None)
    if not layer.possible or not rivals:
        return layer
    if sure is not None:
        why = f"not charged on goods subject to {sure.measure.id}"
        return replace(layer, low=ZERO, high=ZERO, central=ZERO, why=why)
    names = ", ".join(x.measure.id for x in rivals)
    left = HALF if any(x.central > ZERO for x in rivals) else 1
    why = f"not charged on goods, or the part of their value, subject to {names}"
    return replace(layer, low=ZERO, central=layer.central * left, why=why)
