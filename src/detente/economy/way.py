"""A way from one setting to another: what continuation moves along."""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp
from jax import Array

from detente.economy.base import Base, Shock
from detente.economy.closures import Closure, DeficitRule, Setting, market_under

_ROOM = 0.5  # logarithm of the least quantity that limits begin at, new ÷ old


class Way(NamedTuple):
    """Between t = 0, the base, and t = 1: policies from the base's to `shock`, deficits from one rule to another.

    rounded: what corners of the equations are rounded by (`Setting`).
    """

    base: Base
    shock: Shock
    first: DeficitRule
    last: DeficitRule
    mobility: float | Array
    rounded: float | Array = 0.0


def policy_at(way: Way, part: float | Array) -> Shock:
    """The policy `part` of the way, in logarithms of price factors. Limits come down from well above the base's
    quantity: one that just begins to bind is a corner, at which to begin would be to begin in the dark."""
    before, after = way.base.tariff, way.shock
    factor = (1 + before) * ((1 + after.tariff) / (1 + before)) ** part
    limits = after.limits
    if limits is not None:
        begin = jnp.maximum(limits.most, _ROOM)
        limits = limits._replace(most=limits.most + (1 - part) * (begin - limits.most))
    return Shock(
        tariff=factor - 1,
        export_tax=(1 + after.export_tax) ** part - 1,
        iceberg=after.iceberg**part,
        transfer=part * after.transfer,
        limits=limits,
    )


def deficits_at(way: Way, part: float | Array) -> DeficitRule:
    """The rule of deficits `part` of the way."""
    return DeficitRule(*(a + part * (b - a) for a, b in zip(way.first, way.last, strict=True)))


def setting_at(way: Way, part: float | Array, closure: Closure) -> Setting:
    """What stays fixed while searching `part` of the way."""
    accounts = closure.accounts(way.base)
    shock = policy_at(way, part)
    return Setting(accounts, shock, market_under(accounts, shock), deficits_at(way, part), way.mobility, way.rounded)
