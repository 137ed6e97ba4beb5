"""China's additional duties on United States goods by sector.

Blanket measures reach everything by definition. The lists of 2018–19 are not at hand by code: their averages by sector
at the peak of September 2019 are published, and every other day is that profile times the ratio of what the lists
charged then, each weighted by the trade it was said to reach. The lists of 2025 come by the exports on them.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from detente.duties import View

_DATA = Path(__file__).parent / "data"
_OLD = ("cn-232-response", "cn-301-response", "cn-301-response-2019")
_NEW = ("cn-energy-2025", "cn-farm-2025")
_BLANKET = ("cn-retaliation-2025",)


@dataclass(frozen=True, slots=True)
class Reach:
    """A list's trade: `usd_bn` of United States exports, of one sector or of all ('')."""

    scope: str
    sector: str
    usd_bn: float


def china_on_us(
    view: View,
    exports_bn: NDArray[np.float64],
    sectors: Sequence[str],
    goods: int,
    assume: Literal["extended", "lapsed"] | None = None,
) -> tuple[NDArray[np.float64], list[str]]:
    """Additional duty [sector] of China on US goods on the day of the view, and what is not known.

    `exports_bn` [sector] are US exports to China of the world in billion USD, `goods` the number of leading sectors
    that are goods. A measure whose outcome is unknown gives NaN, unless `assume` says which outcome to take.
    """
    notes: list[str] = []
    out = profile(sectors) * _ratio(view)
    for measure in _NEW:
        for reach in _reaches():
            rate = _rate(view, measure, reach.scope)
            if rate and reach.sector in sectors:
                at = list(sectors).index(reach.sector)
                out[at] += rate * min(reach.usd_bn / exports_bn[at], 1.0) if exports_bn[at] > 0 else 0.0
    for measure in _BLANKET:
        standing = view.standing(measure, "USA")
        if standing.word == "unknown":
            taken = f"; taken as {assume}" if assume else ""
            notes.append(f"{measure}: {standing.why}{taken}")
            standing = {"extended": standing.if_extended, "lapsed": standing.if_lapsed}.get(assume or "") or standing
        share = standing.share
        out[:goods] += np.nan if share is None else float(share)
    return out, notes


def china_average(view: View, exports_bn: NDArray[np.float64], sectors: Sequence[str]) -> float | None:
    """China's average additional duty on US goods, weighted by US exports [sector] to China; None where unknown."""
    goods = sum(s != "services" for s in sectors)
    rates, _ = china_on_us(view, exports_bn, sectors, goods)
    mean = float((rates[:goods] * exports_bn[:goods]).sum() / exports_bn[:goods].sum())
    return None if np.isnan(mean) else mean


def china_rates(
    view: View,
    exports_bn: NDArray[np.float64],
    sectors: Sequence[str],
    assume: Literal["extended", "lapsed"] | None = None,
) -> NDArray[np.float64]:
    """China's additional duty on US goods [goods sector]; NaN where unknown and nothing is assumed."""
    goods = sum(s != "services" for s in sectors)
    return china_on_us(view, exports_bn, sectors, goods, assume)[0][:goods]


def profile(sectors: Sequence[str]) -> NDArray[np.float64]:
    """China's average additional duty on US goods at its peak of September 2019 [sector]; zero where none is known."""
    with (_DATA / "cn_profile.csv").open(encoding="utf-8", newline="") as handle:
        rates = {row["sector"]: float(row["rate"]) for row in csv.DictReader(handle)}
    return np.array([rates.get(s, 0.0) for s in sectors])


def _ratio(view: View) -> float:
    """What the old lists charge on the day of the view over what they charged at their peak."""
    return _charge(view, view.on) / _peak(view)


def _peak(view: View) -> float:
    return sum(r.usd_bn * _PEAK_RATES.get(r.scope, 0.0) for r in _reaches())


_PEAK_RATES = {
    "cn-232-response-15": 0.15,
    "cn-232-response-25": 0.25,
    "cn-list-1": 0.25,
    "cn-list-2": 0.25,
    "cn-list-3-25": 0.25,
    "cn-list-3-20": 0.20,
    "cn-list-3-10": 0.10,
    "cn-list-3-5": 0.05,
    "cn-75bn-part-1-10": 0.10,
    "cn-75bn-part-1-5": 0.05,
}


def _charge(view: View, on: date) -> float:
    return sum(r.usd_bn * _rate(view, m, r.scope, on) for m in _OLD for r in _reaches())


def _rate(view: View, measure: str, scope: str, on: date | None = None) -> float:
    """What a measure charges a list on the day; zero where it does not reach it, NaN where that is unknown."""
    standing = view.standing(measure, "USA", goods=scope, on=on)
    if standing.word == "unknown":
        return float("nan")  # shows in the sum as unknown; nothing would hide it
    known: Decimal | None = standing.share if standing.goods == scope else Decimal(0)
    return float("nan") if known is None else float(known)


@cache
def _reaches() -> tuple[Reach, ...]:
    with (_DATA / "cn_trade.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(Reach(r["scope"], r["sector"], float(r["usd_bn"])) for r in csv.DictReader(handle))
