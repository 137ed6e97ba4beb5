"""Armington: one factor, no intermediates, CES between origins within a sector, Cobb–Douglas between sectors.

Unknown log changes: wage w [n] and income [n]; costs are wages, and every sector's expenditure moves with
income. Any σ = 1 + θ > 0 is allowed. With θ > 0 the equations are those of Eaton and Kortum (2002) as well,
so `CaliendoParro` worlds without intermediates are solved here too (Costinot and Rodríguez-Clare 2014,
section 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import jax.numpy as jnp
from jax import Array

from detente.economy.base import Accounts, Shock
from detente.economy.closures.trade import (
    DeficitRule,
    Market,
    State,
    income_after,
    market_clears,
    payments_gap,
    shares_and_prices,
)


class Unknown(NamedTuple):
    """Log changes: wage [n], income [n]."""

    wage: Array
    income: Array


@dataclass(frozen=True)
class Armington:
    """The closure without intermediates."""

    def start(self, economies: int, sectors: int) -> Unknown:
        """No change."""
        return Unknown(jnp.zeros(economies), jnp.zeros(economies))

    def residual(self, unknown: Unknown, accounts: Accounts, market: Market, rule: DeficitRule) -> Unknown:
        """Payments [n] and income [n], in logarithms."""
        unit_cost, expenditure = _by_sector(unknown, accounts)
        cleared = market_clears(accounts, market, unit_cost, expenditure)
        income, deficit = income_after(accounts, cleared, unknown.wage, rule)
        gap = payments_gap(accounts, cleared, deficit, unknown.wage)
        return Unknown(gap, jnp.log(income / accounts.income) - unknown.income)

    def state(self, unknown: Unknown, accounts: Accounts, shock: Shock) -> State:
        """Read the root."""
        unit_cost, expenditure = _by_sector(unknown, accounts)
        share_hat, price = shares_and_prices(accounts, shock, unit_cost, complements=True)
        return State(unknown.wage, price, expenditure, unit_cost, share_hat)


def _by_sector(unknown: Unknown, accounts: Accounts) -> tuple[Array, Array]:
    """Unit cost and expenditure [n, s]: the same in every sector."""
    shape = accounts.expenditure.shape
    wage, income = unknown
    return jnp.broadcast_to(wage[:, None], shape), jnp.broadcast_to(income[:, None], shape)
