"""Average duties of the United States on goods of a partner, weighted by imports of 2024."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from detente.duties.base import base_rates
from detente.duties.homes import home_of
from detente.duties.panel import Lines, lines
from detente.duties.trade import Trade, us_imports
from detente.record import Dispute, View
from detente.terms import Fault, InputFault


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


def average(exporter: str, importer: str, on: date | None = None, known: date | None = None) -> Average:
    """The trade-weighted average duty on a partner's goods. Raises `InputFault` where there are no weights."""
    home, sender, receiver = home_of(exporter, importer, on or date.today())
    trade = us_imports()
    if receiver != "USA" or sender not in trade.partner:
        partners = ", ".join(trade.partner)
        message = f"There are no import weights for {receiver} from {sender}."
        raise InputFault([Fault("from", message, allowed=f"imports of USA from one of {partners}")])
    view = home.as_of(on, known)
    found = lines(view, receiver, sender, trade.code)
    return _averaged(home, view, sender, receiver, trade, found)


def _averaged(home: Dispute, view: View, sender: str, receiver: str, trade: Trade, found: Lines) -> Average:
    weight = trade.column(sender)
    base = base_rates(trade.code, sender)
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
