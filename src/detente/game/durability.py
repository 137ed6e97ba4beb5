"""Would a truce hold? What a side gains by breaking it against what it loses once the other has answered.

Flows of welfare a year: c while the truce is kept, d while it is broken and not yet answered (the best reply), p once
it is answered. L is the lag until the answer, T what remains of the truce, r discount and h hazard of a breakdown that
comes anyway, R = r + h, both a year. The side keeps the truce if

    (d − c)(1 − e^(−RL)) ≤ (c − p)(e^(−RL) − e^(−RT)) + R e^(−RT) ΔV                                           (*)

with ΔV what a truce kept to its end is worth then: renewed with probability ρ, for good, it is ρ (c − p) ÷ R. A truce
without end holds if the side is patient enough, e^(−r) ≥ δ = e^h ((d − c) ÷ (d − p))^(1 ÷ L). Without renewal and with
R → 0, (*) becomes T ≥ L (d − p) ÷ (c − p): nearer to its end than that the truce unravels, from the end backwards. If
c ≤ p the side would rather be in the breakdown. That each side without trade at all is always an equilibrium as well is
not used: what follows a breach is one of the three p given.

Sources: Dixit (1987), "Strategic aspects of trade policy" (trigger strategies in tariffs); Benoit and Krishna (1985),
"Finitely repeated games" (unravelling, and renewal as what prevents it); Bagwell and Staiger (2002), The Economics of
the World Trading System, chapter 6 (self-enforcement).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from detente.terms import FaultList


@dataclass(frozen=True)
class Durability:
    """One side of a truce, all flows a year in the same unit (u or money).

    temptation: d − c, at elasticities of the lag; loss: c − p, at those of the long run. lag L and left T in years,
    left None = without end; discount r and hazard h a year; renewal ρ in [0, 1].

    Raises `InputFault` from `checked`.
    """

    temptation: float
    loss: float
    lag: float
    left: float | None
    discount: float
    hazard: float = 0.0
    renewal: float = 0.0

    @classmethod
    def checked(
        cls,
        temptation: float,
        loss: float,
        lag: float,
        left: float | None,
        discount: float,
        hazard: float = 0.0,
        renewal: float = 0.0,
    ) -> Durability:
        """The same, after all that is wrong with the input was looked for."""
        faults = FaultList()
        for name, value in (("temptation", temptation), ("loss", loss)):
            if not math.isfinite(value):
                faults.add(name, f"{value} is no number.", allowed="a flow a year")
        if not 0 < lag < math.inf:
            faults.add("lag", f"{lag} is no lag.", allowed="years above 0")
        if left is not None and not 0 <= left < math.inf:
            faults.add("left", f"{left} is no time.", allowed="years from 0 on, or None for a truce without end")
        for name, value in (("discount", discount), ("hazard", hazard)):
            if not 0 <= value < math.inf:
                faults.add(name, f"{value} is no rate.", allowed="a rate a year from 0 on")
        if not 0 <= renewal <= 1:
            faults.add("renewal", f"{renewal} is no probability.", allowed="0 to 1")
        faults.raise_if_any()
        return cls(temptation, loss, lag, left, discount, hazard, renewal)

    @property
    def rate(self) -> float:
        """R = r + h."""
        return self.discount + self.hazard

    @property
    def prefers_breakdown(self) -> bool:
        """c ≤ p: what follows a breach is no worse than the truce."""
        return self.loss <= 0

    @property
    def margin(self) -> float:
        """By how much keeping beats breaking, as present value: the right of (*) less the left, over R."""
        ahead = _years(self.rate, self.left)
        unanswered = min(_years(self.rate, self.lag), ahead)
        renewed = self.renewal > 0 and self.left is not None
        later = self.renewal * self.loss * _tail(self.rate, self.left) if renewed else 0.0
        return self.loss * (ahead - unanswered) + later - self.temptation * unanswered

    @property
    def kept(self) -> bool:
        """Whether the side keeps the truce."""
        return not self.prefers_breakdown and self.margin >= 0

    @property
    def least_patience(self) -> float | None:
        """δ: the least e^(−r) at which a truce without end holds; None if it holds for no patience (δ > 1) or the side
        prefers the breakdown; 0 if there is nothing to gain by breaking."""
        if self.prefers_breakdown:
            return None
        if self.temptation <= 0:
            return 0.0
        ratio = self.temptation / (self.temptation + self.loss)
        patience = math.exp(self.hazard) * ratio ** (1 / self.lag)
        return patience if patience <= 1 else None

    @property
    def unravels(self) -> float | None:
        """Years before its end from which a truce that is not renewed is no longer kept, at R → 0: L (d − p) ÷ (c − p).
        None if the side prefers the breakdown; 0 if there is nothing to gain by breaking."""
        if self.prefers_breakdown:
            return None
        return self.lag * (self.temptation + self.loss) / self.loss if self.temptation > 0 else 0.0


def _years(rate: float, span: float | None) -> float:
    """∫ e^(−R t) over a span, None = for ever."""
    if span is None:
        return math.inf if rate == 0 else 1 / rate
    return span if rate == 0 else -math.expm1(-rate * span) / rate


def _tail(rate: float, span: float | None) -> float:
    """∫ e^(−R t) from a span on."""
    if span is None:
        return 0.0
    return math.inf if rate == 0 else math.exp(-rate * span) / rate
