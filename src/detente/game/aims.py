"""What players who agree may aim at, each as a smooth objective of their utilities u [k] and as equations at its root.

At every aim's root the tariffs are best for some mix ω of the utilities. The climb (`agree`) follows `slope`, which is
that mix while searching, and `updated` moves the multipliers between climbs; `equations` are what holds at the root.
None of them is a sum with weights chosen beforehand, but for `Weighted`: the set of what players can reach need not be
convex, and a weighted sum would step over its hollows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol, Self

import numpy as np

from detente.game.reply import Floats

_LEAST = 1e-9  # a multiplier, or a part of a mix, that is none
_STIFFER = 4.0  # from climb to climb, which begin ever nearer: a bound that does not bind is soon let go
_SLIGHT = 0.01  # a multiplier that may come from a bound that does not bind


class Aim(Protocol):
    """An objective of utilities. `passes`: climbs before the root is sought."""

    @property
    def passes(self) -> int:
        """How many climbs."""
        ...

    def value(self, utility: Floats) -> float:
        """The smooth objective, to be made large."""
        ...

    def slope(self, utility: Floats) -> Floats:
        """Its derivative [k], ≥ 0."""
        ...

    def updated(self, utility: Floats) -> Self:
        """With the multipliers a climb that ended at these utilities says."""
        ...

    def at_root(self, utility: Floats, mix: Floats) -> Self:
        """With the multipliers that a root with this mix has."""
        ...

    def equations(self, utility: Floats, mix: Floats) -> Floats | None:
        """k − 1 numbers that are zero at the root, given the mix the tariffs are best for; None: any mix it has."""
        ...


@dataclass(frozen=True, eq=False)
class Weighted:
    """Σ ω u with given weights [k]."""

    weights: Floats
    passes: int = 1

    def value(self, utility: Floats) -> float:
        return float(self.weights @ utility)

    def slope(self, utility: Floats) -> Floats:
        return self.weights

    def updated(self, utility: Floats) -> Self:
        return self

    def at_root(self, utility: Floats, mix: Floats) -> Self:
        return self

    def equations(self, utility: Floats, mix: Floats) -> Floats | None:
        return None


@dataclass(frozen=True, eq=False)
class EqualGains:
    """The largest common gain: u[i] − fallback[i] = g × unit[i] with g as large as can be. Unit one: equal gains (Ossa
    2014, IV.D); unit the ideal gains: Kalai and Smorodinsky (1975). Smoothed as a soft minimum with multipliers ω."""

    fallback: Floats
    unit: Floats
    mix: Floats
    sharpness: float = 4.0
    passes: int = 4

    @classmethod
    def over(cls, fallback: Floats, unit: Floats | None = None) -> EqualGains:
        """From even multipliers."""
        unit = np.ones_like(fallback) if unit is None else unit
        return cls(fallback, unit, np.full_like(fallback, 1 / fallback.size))

    def value(self, utility: Floats) -> float:
        _, least, terms = self._terms(utility)
        return float(least - np.log(terms.sum()) / self.sharpness)

    def slope(self, utility: Floats) -> Floats:
        terms = self._terms(utility)[2]
        part: Floats = terms / terms.sum() / self.unit
        return part

    def updated(self, utility: Floats) -> Self:
        gains, _, terms = self._terms(utility)
        spread = float(np.ptp(gains))
        return replace(self, mix=terms / terms.sum(), sharpness=max(self.sharpness, min(2 / max(spread, 1e-9), 400.0)))

    def at_root(self, utility: Floats, mix: Floats) -> Self:
        part = mix * self.unit
        return replace(self, mix=part / part.sum())

    def equations(self, utility: Floats, mix: Floats) -> Floats | None:
        gains = (utility - self.fallback) / self.unit
        gaps: Floats = gains[1:] - gains[0]
        return gaps

    def _terms(self, utility: Floats) -> tuple[Floats, float, Floats]:
        gains = (utility - self.fallback) / self.unit
        least = float(gains.min())
        return gains, least, self.mix * np.exp(-self.sharpness * (gains - least))


@dataclass(frozen=True, eq=False)
class NashProduct:
    """Σ β ln(u − fallback): Nash (1950), with bargaining power β [k]. Only where every gain is above zero."""

    fallback: Floats
    power: Floats
    passes: int = 1

    def value(self, utility: Floats) -> float:
        gains = utility - self.fallback
        return float(self.power @ np.log(gains)) if gains.min() > 0 else -1e6 * (1 - float(gains.min()))

    def slope(self, utility: Floats) -> Floats:
        gains = utility - self.fallback
        return self.power / np.maximum(gains, 1e-12) if gains.min() > 0 else np.where(gains > 0, 0.0, 1e6)

    def updated(self, utility: Floats) -> Self:
        return self

    def at_root(self, utility: Floats, mix: Floats) -> Self:
        return self

    def equations(self, utility: Floats, mix: Floats) -> Floats | None:
        gains = np.maximum(utility - self.fallback, 1e-12)
        balance = np.log(mix * gains / self.power)
        gaps: Floats = balance[1:] - balance[0]
        return gaps


@dataclass(frozen=True, eq=False)
class AtLeast:
    """The largest u[which] while the other's u is at least `least` (two players): a point of the frontier. The bound
    enters by an augmented Lagrangian with multiplier `price`."""

    which: int
    least: float
    price: float = 1.0
    stiffness: float = 20.0
    passes: int = 4

    @classmethod
    def near(cls, which: int, least: float, utility: Floats, mix: Floats) -> AtLeast:
        """With the multiplier of a deal close by, which has these utilities and this mix, and the bound no stiffer than
        its distance asks for: a climb does not get over a steep wall. A deal at which the bound does not bind says
        nothing of its multiplier."""
        aim = cls(which, least)
        price = float(mix[1 - which] / max(mix[which], _LEAST))
        room = max(abs(float(utility[1 - which]) - least), _LEAST)
        return replace(aim, price=price, stiffness=min(aim.stiffness, price / room)) if price > _SLIGHT else aim

    def value(self, utility: Floats) -> float:
        push = self._push(utility)
        return float(utility[self.which] - (push**2 - self.price**2) / (2 * self.stiffness))

    def slope(self, utility: Floats) -> Floats:
        mix = np.ones(2)
        mix[1 - self.which] = self._push(utility)
        return mix

    def updated(self, utility: Floats) -> Self:
        return replace(self, price=self._push(utility), stiffness=_STIFFER * self.stiffness)

    def at_root(self, utility: Floats, mix: Floats) -> Self:
        return replace(self, price=float(mix[1 - self.which] / max(mix[self.which], 1e-12)))

    def equations(self, utility: Floats, mix: Floats) -> Floats | None:
        over = float(utility[1 - self.which] - self.least)
        return None if self.price <= _LEAST and over >= 0 else np.array([over])

    def _push(self, utility: Floats) -> float:
        return max(0.0, float(self.price + self.stiffness * (self.least - utility[1 - self.which])))
