"""The tariffs a player would set at given prices and given values of money: a reply without a search.

Hold fixed what the equilibrium decides (costs, incomes, spending X). What importer m buys in a sector then enters its
objective in two ways only: through its price, worth −a a point, and through the money v[i] that each exporter
receives, worth c[i] a unit (an outflow: c < 0). With shares x[i] ∝ π (κ̂ ĉ)^(−θ), τ = 1 + t and v[i] = X x[i] ÷ τ[i],

    du ÷ d ln τ[i] = x[i] (θ M − a) − (1 + θ) X c[i] x[i] ÷ τ[i],        M = Σ_i X c[i] x[i] ÷ τ[i]

so at the best tariffs τ[i] = (1 + θ) X c[i] ÷ (θ M − a): proportional to what money is worth paid to each exporter.
Instruments that hold several flows to one rate have numerator and denominator summed over those flows. a and c follow
from derivatives in tariffs and in trade costs: those in trade costs sum to −a, and the two differ by X c[i] x[i] ÷
τ[i]. With one sector and two economies it is the textbook t = 1 ÷ (θ λ̃) (`tests/game/test_closed_forms.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
InstrumentName = Literal["bilateral-sector", "mfn-sector", "bilateral-uniform", "mfn-uniform"]

_POOLED: dict[str, tuple[int, ...]] = {
    "bilateral-sector": (),
    "mfn-sector": (1,),
    "bilateral-uniform": (2,),
    "mfn-uniform": (1, 2),
}
_SETTLED = 1e-14
_BISECTIONS = 200
_TOUCH = 1e-12  # rates go through logarithms, so a rate at its bound is there but for rounding


@dataclass(frozen=True, eq=False)
class Rights:
    """Which tariffs the players may set: free [m, i, s], rates 1 + t within [low, high] [m, i, s], and which flows
    share one rate (`kind`)."""

    kind: InstrumentName
    free: NDArray[np.bool_]
    low: Floats
    high: Floats

    def pooled(self, values: Floats) -> Floats:
        """Sums over the flows that share a rate, on every such flow."""
        axes = _POOLED[self.kind]
        kept = np.where(self.free, values, 0.0)
        return np.broadcast_to(kept.sum(axes, keepdims=True), kept.shape) if axes else kept

    def level(self, rate: Floats, weight: Floats) -> Floats:
        """Rates made one over the flows that share one (weighted means), within their bounds; others as they are."""
        total = self.pooled(weight)
        plain = self.pooled(np.ones_like(rate))
        mean = np.where(total > 0, self.pooled(weight * rate) / np.where(total > 0, total, 1.0), 0.0)
        mean = np.where(total > 0, mean, self.pooled(rate) / np.where(plain > 0, plain, 1.0))
        return np.where(self.free, np.clip(mean, self.low, self.high), rate)


@dataclass(frozen=True, eq=False)
class Worth:
    """What the objective of each importer makes of its purchases: spent a [m, s] (a point of price), paid X c [m, i, s]
    at the shares and rates it was read at, elasticity θ [s], pull [m, i, s]: shares before tariffs."""

    spent: Floats
    paid: Floats
    pull: Floats
    elasticity: Floats
    share: Floats

    @classmethod
    def read(cls, by_tariff: Floats, by_cost: Floats, share: Floats, rate: Floats, elasticity: Floats) -> Worth:
        """From derivatives [m, i, s] in ln(1 + tariff) and ln(trade cost), at shares and rates (1 + t) [m, i, s]."""
        paid = (by_cost - by_tariff) * rate
        unit = np.divide(paid, share, out=np.zeros_like(paid), where=share > 0)
        return cls(-by_cost.sum(1), unit, share * rate**elasticity, elasticity, share)

    def shares(self, rate: Floats) -> Floats:
        """Shares of expenditure [m, i, s] under rates 1 + t."""
        appeal = self.pull * rate**-self.elasticity
        total = appeal.sum(1, keepdims=True)
        return appeal / np.where(total > 0, total, 1.0)

    def thrift(self, share: Floats, rate: Floats) -> Floats:
        """θ M − a [m, 1, s], which is below zero: what spending a little less in a sector would add."""
        money = (self.paid * share / rate).sum(1, keepdims=True)
        thrift: Floats = self.elasticity * money - self.spent[:, None]
        return thrift


def reply(worth: Worth, rate: Floats, rights: Rights) -> Floats:
    """The best rates 1 + t [m, i, s] at the given values; bounds hold, flows that are not there keep theirs.

    With one rate a sector (or a flow) each sector is one equation in θ M − a, solved to the last digit. Rates shared by
    sectors are taken once at the present shares: searching on is left to the rounds.
    """
    bought = rights.free & (rights.pooled(worth.share) > 0)
    if 2 in _POOLED[rights.kind]:
        share = worth.shares(rate)
        below = rights.pooled(share * worth.thrift(share, rate))
        best = _best(rights.pooled((1 + worth.elasticity) * worth.paid * share), below, rate, rights)
        return np.where(bought, best, rate)
    weight = rights.pooled(worth.pull)
    unit = rights.pooled(worth.paid * worth.pull) / np.where(weight > 0, weight, 1.0)

    def at(thrift: Floats) -> Floats:
        return np.where(bought, _best((1 + worth.elasticity) * unit, thrift, rate, rights), rate)

    return at(_settle(worth, at, np.where(bought, rights.low, rate), np.where(bought, rights.high, rate)))


def conditions(worth: Worth, rate: Floats, rights: Rights) -> Floats:
    """First-order conditions [m, i, s], each relative to its own size (1 is as wrong as can be); 0 where a bound holds
    the rate against the objective's pull, or nothing is bought."""
    low, high = rights.low, rights.high
    share = worth.shares(rate)
    below = rights.pooled(share * worth.thrift(share, rate))
    above = rights.pooled((1 + worth.elasticity) * worth.paid * share) / rate
    gradient, size = below - above, np.abs(below) + np.abs(above)
    scaled = np.divide(gradient, size, out=np.zeros_like(gradient), where=size > 0)
    held = ((rate <= low * (1 + _TOUCH)) & (gradient < 0)) | ((rate >= high * (1 - _TOUCH)) & (gradient > 0))
    return np.where(rights.free & ~held, scaled, 0.0)


def _best(above: Floats, below: Floats, rate: Floats, rights: Rights) -> Floats:
    """above ÷ below where both are below zero, which is a maximum; else the bound to which the objective points."""
    inside = (below < 0) & (above < 0)
    best = np.divide(above, below, out=np.ones_like(rate), where=inside)
    edge = np.where(below - above / rate > 0, rights.high, rights.low)
    held: Floats = np.clip(np.where(inside, best, edge), rights.low, rights.high)
    return held


def _settle(worth: Worth, at: Callable[[Floats], Floats], low: Floats, high: Floats) -> Floats:
    """θ M − a [m, 1, s] that agrees with the rates it leads to: bracketed, then found by false position (Illinois)."""

    def gap(thrift: Floats) -> Floats:
        rates = at(thrift)
        return worth.thrift(worth.shares(rates), rates) - thrift

    ends = [worth.thrift(worth.shares(rates), rates) for rates in (low, high)]
    money = worth.elasticity * np.stack([(worth.paid / rates).min(1, keepdims=True) for rates in (low, high)]).min(0)
    left = np.minimum(np.minimum(*ends), money - worth.spent[:, None]) - 1e-12
    right = np.maximum(np.maximum(*ends), -worth.spent[:, None]) + 1e-12
    at_left, at_right = gap(left), gap(right)
    for _ in range(_BISECTIONS):
        middle = right - at_right * (right - left) / np.where(at_right != at_left, at_right - at_left, 1.0)
        narrow = 1e-3 * (right - left)
        middle = np.where(at_right != at_left, np.clip(middle, left + narrow, right - narrow), (left + right) / 2)
        here = gap(middle)
        if np.abs(here / np.where(middle != 0, middle, 1.0)).max(initial=0.0) < _SETTLED:
            break
        up = here > 0
        at_right = np.where(up, at_right / 2, here)
        at_left = np.where(up, here, at_left / 2)
        left, right = np.where(up, middle, left), np.where(up, right, middle)
    settled: Floats = middle
    return settled
