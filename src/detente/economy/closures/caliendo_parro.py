"""Caliendo and Parro (2015): many sectors, input–output links, tariff revenue and deficits.

Unknown log changes: wage w [n], price p [n, s], expenditure x [n, s]. Equations (of the paper, in changes):

    cost      c[i, s] = γ[i, s] w[i] + Σ_k (1 − γ[i, s]) γ[i, k, s] p[i, k]                        (10)
    price     P̂^(−θ) = Σ_i π (κ̂ ĉ)^(−θ)                                                         (11)
    share     π̂ = (κ̂ ĉ ÷ P̂)^(−θ)                                                                 (12)
    spending  X′[n, k] = Σ_s (1 − γ) γ[n, k, s] Y′[n, s] + α[n, k] I′[n]                           (13)
    balance   imports′ = exports′ + deficit′                                                        (14)
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
    """Log changes: wage [n], price [n, s], expenditure [n, s]."""

    wage: Array
    price: Array
    expenditure: Array


@dataclass(frozen=True)
class CaliendoParro:
    """The closure with intermediates; every sector's θ must be positive."""

    def start(self, economies: int, sectors: int) -> Unknown:
        """No change."""
        flat = jnp.zeros((economies, sectors))
        return Unknown(jnp.zeros(economies), flat, flat)

    def residual(self, unknown: Unknown, accounts: Accounts, market: Market, rule: DeficitRule) -> Unknown:
        """Payments [n], price [n, s] and spending [n, s], in logarithms."""
        wage, price, expenditure = unknown
        cleared = market_clears(accounts, market, _unit_cost(unknown, accounts), expenditure)
        income, deficit = income_after(accounts, cleared, wage, rule)
        inputs = jnp.einsum("nks,ns->nk", accounts.input_cost, cleared.sales)
        demand = inputs + accounts.final_share * income[:, None]
        bought = accounts.expenditure > 0
        ratio = jnp.where(bought, demand, 1.0) / jnp.where(bought, accounts.expenditure, 1.0)
        return Unknown(
            wage=payments_gap(accounts, cleared, deficit, wage),
            price=cleared.price - price,
            expenditure=jnp.log(ratio) - expenditure,
        )

    def state(self, unknown: Unknown, accounts: Accounts, shock: Shock) -> State:
        """Read the root."""
        unit_cost = _unit_cost(unknown, accounts)
        share_hat, price = shares_and_prices(accounts, shock, unit_cost)
        return State(unknown.wage, price, unknown.expenditure, unit_cost, share_hat)


def _unit_cost(unknown: Unknown, accounts: Accounts) -> Array:
    assert accounts.value_added_share is not None
    inputs = jnp.einsum("iks,ik->is", accounts.input_cost, unknown.price)
    return accounts.value_added_share * unknown.wage[:, None] + inputs
