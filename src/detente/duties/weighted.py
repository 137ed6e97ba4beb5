"""Average duties of the United States, weighted by imports of 2024: of a partner on a day, and over time by partner,
chapter, section or authority."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from detente.duties.homes import home_of
from detente.duties.layers import tariffs
from detente.duties.schedule import Lines, lines
from detente.duties.trade import Trade, us_imports
from detente.record import Dispute, View, dispute
from detente.terms import Fault, InputFault

By = Literal["partner", "chapter", "section", "sector", "authority"]
Division = Callable[[NDArray[np.str_]], tuple[NDArray[np.float64], Sequence[str]]]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Average:
    """Averages over a year's imports, as fractions of their value.

    `central` is over all lines at the best single number each has (see `Layer`).
    `additional` is over lines whose additional duty is known (`known_share` of imports), `between` over all lines with
    the unknown at its lowest and highest (None: no known bound). `total` adds the base over lines that have one;
    `matched_share` is their share. `collected` is duty over value in the year of the weights.
    """

    exporter: str
    importer: str
    dispute: Dispute
    view: View
    year: int
    imports_usd: float
    central: float
    additional: float | None
    between: tuple[float, float | None]
    by_measure: dict[str, float]
    total: float | None
    base: float | None
    known_share: float
    matched_share: float
    collected: float


@dataclass(frozen=True, slots=True)
class Row:
    """Averages of one part of the imports from a day on, as fractions of the value of that part.

    `key` is a partner, a chapter, a section or an authority. `additional` is over the imports whose additional duty is
    known (`known_share`); `low` and `high` are over all, with the unknown at its lowest and highest (`high` None: no
    known bound), `central` over all at the best single number of each line, preferences and half-charged goods taken
    out. `total` adds the estimated `base` over the `matched_share` that has one. `collected` is duty over value in the
    year of the weights. By authority, the parts are of all imports asked about and add up to `central` at most: what is
    known of that authority stands in `additional`, and there is no base.
    """

    day: date
    key: str
    imports_usd: float
    additional: float | None
    low: float | None
    high: float | None
    central: float | None
    base: float | None
    total: float | None
    known_share: float
    matched_share: float | None
    collected: float | None


@dataclass(frozen=True, slots=True)
class Averages:
    """Average duties over time: a row for each part on each day on which any of them changes, and on the first."""

    importer: str
    partners: tuple[str, ...]
    by: By
    since: date
    until: date
    known: date
    year: int
    digests: tuple[str, ...]
    rows: tuple[Row, ...]


def average(exporter: str, importer: str, on: date | None = None, known: date | None = None) -> Average:
    """The trade-weighted average duty on a partner's goods. Raises `InputFault` where there are no weights."""
    home, sender, receiver = home_of(exporter, importer, on or date.today())
    trade = us_imports()
    _has_weights(trade, sender, receiver)
    view = home.as_of(on, known)
    found = lines(view, receiver, sender, trade.code)
    return _averaged(home, view, sender, receiver, trade, found)


def averages(
    importer: str = "USA",
    partners: Sequence[str] | None = None,
    by: By = "partner",
    since: date | None = None,
    until: date | None = None,
    known: date | None = None,
    division: Division | None = None,
) -> Averages:
    """Averages by partner, chapter, section, sector or authority over `since` to `until` (default: today alone), as
    `known` on a day (default today), for some partners (default: all of the imports of 2024).

    By sector, `division` gives from the codes the shares [line, sector] in which lines belong to sectors, and the
    sectors' names; what belongs to none is called unmatched.

    Raises `InputFault` for an unknown part, days out of order, or a partner without weights.
    """
    first, last = since or until or date.today(), until or since or date.today()
    if last < first:
        raise InputFault([Fault("until", f"{last} is before {first}.", allowed="a day from since on")])
    ways = (*_PARTS, "authority", *(("sector",) if division else ()))
    if by not in ways:
        raise InputFault([Fault("by", f"'{by}' is no way to divide imports.", allowed=", ".join(ways))])
    trade, load = us_imports(), cache(dispute)
    split = None if division is None or by != "sector" else _by_sector(trade, division)
    homes = [home_of(p, importer, first, load) for p in partners or trade.partner]
    for _, sender, receiver in homes:
        _has_weights(trade, sender, receiver)
    views = {home.record.digest: home.as_of(first, known) for home, _, _ in homes}
    place = {sender: views[home.record.digest] for home, sender, _ in homes}
    rows: list[Row] = []
    before: list[Row] = []
    for day in _days(place, first, last):
        now = list(_rows(place, trade, by, day, split))
        if [_numbers(r) for r in now] != [_numbers(r) for r in before]:
            rows += now
        before = now
    one = next(iter(views.values()))
    return Averages("USA", tuple(place), by, first, last, one.known, trade.year, tuple(views), tuple(rows))


def _has_weights(trade: Trade, sender: str, receiver: str) -> None:
    if receiver != "USA" or sender not in trade.partner:
        message = f"There are no import weights for {receiver} from {sender}."
        raise InputFault([Fault("from", message, allowed=f"imports of USA from one of {', '.join(trade.partner)}")])


def _days(place: dict[str, View], first: date, last: date) -> list[date]:
    """The first day and every later one on which some measure may change."""
    asked = {(id(v), m.id): v for p, v in place.items() for m in tariffs(v, "USA", p)}
    days = {d for (_, m), view in asked.items() for d in view.days_of(m)}
    return [first, *sorted(d for d in days if first < d <= last)]


def _numbers(row: Row) -> tuple[object, ...]:
    values = (row.additional, row.low, row.high, row.central, row.known_share)
    return row.key, *(None if x is None else round(x, 9) for x in values)


@dataclass(slots=True)
class _Sums:
    """Imports and duties on them in USD, by part."""

    value: Floats
    known: Floats
    additional: Floats
    low: Floats
    high: Floats
    central: Floats
    matched: Floats
    base: Floats
    total: Floats
    collected: Floats


_Split = tuple[NDArray[np.intp] | Floats, tuple[str, ...]]  # the part of each line, or shares [line, part]


def _rows(place: dict[str, View], trade: Trade, by: By, day: date, split: _Split | None) -> Iterator[Row]:
    if by == "authority":
        yield from _authorities(place, trade, day)
        return
    part, names = split or _PARTS[by](trade, tuple(place))
    sums = _Sums(*(np.zeros(len(names)) for _ in _Sums.__slots__))
    for at, (partner, view) in enumerate(place.items()):
        here = np.full(len(trade.code), at) if by == "partner" else part
        _add(sums, lines(view, "USA", partner, trade.code, day), trade, partner, here)
    for k, name in enumerate(names):
        if sums.value[k]:
            yield _row(day, name, sums, k)


def _add(sums: _Sums, found: Lines, trade: Trade, partner: str, part: NDArray[np.intp] | Floats) -> None:
    """Add one partner's imports to the sums; `part` [line] is where each line goes, or in which shares [line, part]."""
    weight = trade.column(partner)
    used = weight > 0
    weight, part = weight[used], part[used]
    known, base = found.known[used], found.base[used]
    both = known & np.isfinite(base)
    low, high, plain = found.low[used], found.high[used], np.where(both, base, 0.0)
    collected = trade.collected[used, trade.partner.index(partner)]
    terms = {
        "value": weight,
        "known": weight * known,
        "additional": weight * known * low,
        "low": weight * low,
        "high": weight * high,
        "central": weight * found.central[used],
        "matched": weight * both,
        "base": weight * plain,
        "total": weight * both * (low + plain),
        "collected": collected,
    }
    for name, term in terms.items():
        column = getattr(sums, name)
        if part.ndim == 2:
            column += _spread(term, part.astype(float))
        else:
            column += np.bincount(part, weights=term, minlength=len(column))


def _spread(term: Floats, part: Floats) -> Floats:
    """Terms over the parts they belong to; one without a bound leaves those parts without one."""
    bounded = np.where(np.isinf(term), 0.0, term) @ part
    return np.where(part[np.isinf(term)].sum(0) > 0, np.inf, bounded)


def _row(day: date, key: str, s: _Sums, k: int) -> Row:
    value, high = s.value[k], s.high[k] / s.value[k]
    return Row(
        day=day,
        key=key,
        imports_usd=float(value),
        additional=_ratio(s.additional[k], s.known[k]),
        low=float(s.low[k] / value),
        high=float(high) if np.isfinite(high) else None,
        central=float(s.central[k] / value),
        base=_ratio(s.base[k], s.matched[k]),
        total=_ratio(s.total[k], s.matched[k]),
        known_share=float(s.known[k] / value),
        matched_share=float(s.matched[k] / value),
        collected=float(s.collected[k] / value),
    )


def _ratio(part: float, whole: float) -> float | None:
    return float(part / whole) if whole > 0 else None


def _authorities(place: dict[str, View], trade: Trade, day: date) -> Iterator[Row]:
    """What is known of each authority's duties, over the imports asked about."""
    known: dict[str, float] = {}
    duty: dict[str, float] = {}
    value = sum(float(trade.column(p).sum()) for p in place)
    for partner, view in place.items():
        weight = trade.column(partner)
        by_authority: dict[str, Floats] = {}
        for measure, rates in lines(view, "USA", partner, trade.code, day).by_measure.items():
            authority = view.measure(measure).authority
            by_authority[authority] = by_authority.get(authority, np.zeros(len(weight))) + rates
        for authority, rates in by_authority.items():
            sure = np.isfinite(rates)
            known[authority] = known.get(authority, 0.0) + float(weight[~sure].sum())
            duty[authority] = duty.get(authority, 0.0) + float((weight[sure] * rates[sure]).sum())
    for authority in sorted(duty):
        sure_usd = value - known[authority]
        one = _ratio(duty[authority], sure_usd)
        share = sure_usd / value
        yield Row(day, authority, value, one, duty[authority] / value, None, None, None, None, share, None, None)


SECTIONS = (
    ("I", 1, 5), ("II", 6, 14), ("III", 15, 15), ("IV", 16, 24), ("V", 25, 27), ("VI", 28, 38), ("VII", 39, 40),
    ("VIII", 41, 43), ("IX", 44, 46), ("X", 47, 49), ("XI", 50, 63), ("XII", 64, 67), ("XIII", 68, 70), ("XIV", 71, 71),
    ("XV", 72, 83), ("XVI", 84, 85), ("XVII", 86, 89), ("XVIII", 90, 92), ("XIX", 93, 93), ("XX", 94, 96),
    ("XXI", 97, 97), ("XXII", 98, 99),
)  # fmt: skip


def _by_chapter(trade: Trade, _: tuple[str, ...]) -> tuple[NDArray[np.intp], tuple[str, ...]]:
    names, part = np.unique(np.array([c[:2] for c in trade.code.tolist()]), return_inverse=True)
    return part, tuple(names.tolist())


def _by_section(trade: Trade, _: tuple[str, ...]) -> tuple[NDArray[np.intp], tuple[str, ...]]:
    of = {f"{chapter:02d}": at for at, (_, a, b) in enumerate(SECTIONS) for chapter in range(a, b + 1)}
    return np.array([of[c[:2]] for c in trade.code.tolist()], np.intp), tuple(name for name, _, _ in SECTIONS)


def _by_partner(trade: Trade, partners: tuple[str, ...]) -> tuple[NDArray[np.intp], tuple[str, ...]]:
    return np.zeros(len(trade.code), np.intp), partners


def _by_sector(trade: Trade, division: Division) -> _Split:
    shares, names = division(trade.code)
    return np.column_stack([shares, 1 - shares.sum(1)]), (*names, "unmatched")


_PARTS: dict[str, Callable[[Trade, tuple[str, ...]], tuple[NDArray[np.intp], tuple[str, ...]]]] = {
    "partner": _by_partner,
    "chapter": _by_chapter,
    "section": _by_section,
}


def _averaged(home: Dispute, view: View, sender: str, receiver: str, trade: Trade, found: Lines) -> Average:
    weight = trade.column(sender)
    base = found.base
    both = found.known & np.isfinite(base)
    high = _mean(found.high, weight) if np.isfinite(found.high[weight > 0]).all() else None
    collected = trade.collected[:, trade.partner.index(sender)].sum() / weight.sum()
    return Average(
        exporter=sender,
        importer=receiver,
        dispute=home,
        view=view,
        year=trade.year,
        imports_usd=float(weight.sum()),
        central=_mean(found.central, weight) or 0.0,
        additional=_mean(found.low, weight * found.known),
        between=(_mean(found.low, weight) or 0.0, high),
        by_measure={m: float(np.nansum(r * weight) / weight.sum()) for m, r in found.by_measure.items()},
        total=_mean(found.low + np.where(both, base, 0.0), weight * both),
        base=_mean(np.where(both, base, 0.0), weight * both),
        known_share=float((weight * found.known).sum() / weight.sum()),
        matched_share=float((weight * both).sum() / weight.sum()),
        collected=float(collected),
    )


def _mean(values: NDArray[np.float64], weight: NDArray[np.float64]) -> float | None:
    total = weight.sum()
    used = weight > 0
    return float((values[used] * weight[used]).sum() / total) if total > 0 else None
