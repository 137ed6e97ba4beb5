"""One residual for every closure: what differs between them are a few parts, switched on or off.

Unknown are log changes, and only those a closure needs:

    wage w [n]            always: what an average hour earns
    income y [n]          without inputs, where every sector's expenditure moves with income
    price p [n, s], expenditure x [n, s]     with inputs
    sector wage w [n, s]  where labour does not move freely
    firms [i, s]          with free entry: ln M̂, but M̂ − 1 below one
    licence [k]           the log of one plus the shadow price, one for each limit on quantities

Equations, in changes (numbers of Caliendo and Parro 2015 where they have one):

    cost      c[i, s] = γ[i, s] w[i, s] + Σ_k (1 − γ[i, s]) γ[i, k, s] p[i, k]                       (10)
    price     P̂^(−θ) = Σ_i π M̂ (κ̂ ĉ)^(−θ)                                                          (11)
    share     π̂ = M̂ (κ̂ ĉ ÷ P̂)^(−θ)                                                                  (12)
    spending  X′[n, k] = Σ_s (1 − γ) γ[n, k, s] Y′[n, s] + α[n, k] I′[n]                             (13)
    balance   imports′ = exports′ + deficit′                                                         (14)
    firms     M̂ = Ŷ ÷ ĉ under free entry, 1 otherwise  (Krugman 1980; Costinot and Rodríguez-Clare 2014, section 4)
    profits   Y ÷ σ under fixed entry, part of income  (Ossa 2014, equations 5 to 9)
    labour    payroll of a sector = its hours × its wage; hours move with (ŵ[s] ÷ ŵ)^ε  (`sector_labour`)
    limit     licence ≥ 0, quantity ≤ limit, and one of the two holds with equality  (`beyond_limits`)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import jax.numpy as jnp
from jax import Array

from detente.economy.base import Accounts, Base, Shock, account_for
from detente.economy.closures.labour import sector_labour
from detente.economy.closures.limits import beyond_limits, with_licences
from detente.economy.closures.trade import (
    Cleared,
    DeficitRule,
    Market,
    State,
    income_after,
    market_clears,
    market_under,
    payments_gap,
    shares_and_prices,
)

Entry = Literal["none", "fixed", "free"]


_NO_FIRM = 1e-30  # of those there were


class Unknown(NamedTuple):
    """Log changes; those a closure does not need are None. `firms` is ln M̂ where they grow and M̂ − 1 where they do not,
    since a sector may lose all its firms, and a small one may grow a thousandfold."""

    wage: Array
    income: Array | None = None
    price: Array | None = None
    expenditure: Array | None = None
    sector_wage: Array | None = None
    firms: Array | None = None
    licence: Array | None = None


class Setting(NamedTuple):
    """What stays fixed while searching. `market` is that of the policy before any licence.

    rounded: the product of a number of firms and of what sales a firm fall short, and that of a licence and its slack;
    zero at an equilibrium, more while corners are rounded (`arclength`)."""

    accounts: Accounts
    shock: Shock
    market: Market
    rule: DeficitRule
    mobility: float | Array
    rounded: float | Array = 0.0


@dataclass(frozen=True)
class Closure:
    """Which parts are on. Hashable: one program is compiled for each closure and shape of arrays.

    inputs: sectors buy from sectors. entry: "none" (perfect competition), "fixed" (firms keep profits) or "free".
    sticky: labour moves between sectors with a finite elasticity. limits: how many quantities are limited.
    complements: θ ≤ 0 is allowed.
    """

    inputs: bool
    entry: Entry = "none"
    sticky: bool = False
    limits: int = 0
    complements: bool = False

    def accounts(self, base: Base) -> Accounts:
        """The accounts of a base under this closure."""
        used = base if self.inputs else base.without_inputs()
        accounts: Accounts = account_for(used, profits=self.entry == "fixed")
        return accounts

    def start(self, economies: int, sectors: int) -> Unknown:
        """No change."""
        one, two = jnp.zeros(economies), jnp.zeros((economies, sectors))
        return Unknown(
            wage=one,
            income=None if self.inputs else one,
            price=two if self.inputs else None,
            expenditure=two if self.inputs else None,
            sector_wage=two if self.sticky else None,
            firms=two if self.entry == "free" else None,
            licence=jnp.zeros(self.limits) if self.limits else None,
        )

    def residual(self, unknown: Unknown, setting: Setting) -> Unknown:
        """One equation for each unknown, in logarithms."""
        accounts, rule = setting.accounts, setting.rule
        cost = _unit_cost(unknown, accounts)
        spent = _expenditure(unknown, accounts)
        market = setting.market
        if unknown.licence is not None:
            market = market_under(accounts, with_licences(setting.shock, unknown.licence))
        cleared = market_clears(accounts, market, _appealing(unknown, cost, accounts), spent)
        income, deficit = income_after(accounts, cleared, unknown.wage, rule, setting.shock.transfer)
        gap = payments_gap(accounts, cleared, deficit, unknown.wage)
        out = Unknown(wage=gap, income=_income_gap(unknown, accounts, income))
        if unknown.price is not None:
            out = out._replace(
                price=cleared.price - unknown.price, expenditure=_spending_gap(unknown, accounts, cleared, income)
            )
        if unknown.sector_wage is not None:
            gap = sector_labour(accounts, cleared.sales, unknown.wage, unknown.sector_wage, setting.mobility)
            out = out._replace(sector_wage=gap)
        if unknown.firms is not None:
            out = out._replace(firms=_no_profit(setting, cleared.sales, unknown.firms, cost))
        if unknown.licence is not None:
            assert setting.shock.limits is not None
            out = out._replace(
                licence=beyond_limits(
                    setting, unknown.licence, market, cost, _appealing(unknown, cost, accounts), cleared, spent
                )
            )
        return out

    def state(self, unknown: Unknown, setting: Setting) -> State:
        """The root as a full state."""
        accounts = setting.accounts
        shock = setting.shock if unknown.licence is None else with_licences(setting.shock, unknown.licence)
        cost = _unit_cost(unknown, accounts)
        share, price = shares_and_prices(accounts, shock, _appealing(unknown, cost, accounts), self.complements)
        flat = jnp.zeros_like(price)
        return State(
            wage=unknown.wage,
            sector_wage=flat + _sector_wage(unknown),
            price=price,
            expenditure=_expenditure(unknown, accounts),
            unit_cost=cost,
            firms=flat if unknown.firms is None else jnp.log(_number(unknown.firms)),
            share=share,
            shock=shock,
        )


def _sector_wage(unknown: Unknown) -> Array:
    return unknown.wage[:, None] if unknown.sector_wage is None else unknown.sector_wage


def _unit_cost(unknown: Unknown, accounts: Accounts) -> Array:
    wage = _sector_wage(unknown)
    if unknown.price is None:
        return jnp.broadcast_to(wage, accounts.expenditure.shape)
    assert accounts.value_added_share is not None
    return accounts.value_added_share * wage + jnp.einsum("iks,ik->is", accounts.input_cost, unknown.price)


def _appealing(unknown: Unknown, cost: Array, accounts: Accounts) -> Array:
    """The cost [i, s] at which one firm would sell as much as all do: variety counts as cheapness."""
    return cost if unknown.firms is None else cost - jnp.log(_number(unknown.firms)) / accounts.elasticity


def _expenditure(unknown: Unknown, accounts: Accounts) -> Array:
    if unknown.expenditure is not None:
        return unknown.expenditure
    assert unknown.income is not None
    return jnp.broadcast_to(unknown.income[:, None], accounts.expenditure.shape)


def _income_gap(unknown: Unknown, accounts: Accounts, income: Array) -> Array | None:
    if unknown.income is None:
        return None
    there = accounts.income > 0
    ratio = jnp.where(there, income, 1.0) / jnp.where(there, accounts.income, 1.0)
    return jnp.log(ratio) - unknown.income


def _spending_gap(unknown: Unknown, accounts: Accounts, cleared: Cleared, income: Array) -> Array:
    assert unknown.expenditure is not None
    inputs = jnp.einsum("nks,ns->nk", accounts.input_cost, cleared.sales)
    demand = inputs + accounts.final_share * income[:, None]
    bought = accounts.expenditure > 0
    ratio = jnp.where(bought, demand, 1.0) / jnp.where(bought, accounts.expenditure, 1.0)
    return jnp.log(ratio) - unknown.expenditure


def _no_profit(setting: Setting, sales: Array, firms: Array, cost: Array) -> Array:
    """Firms enter until sales a firm have grown like the cost of entry; where they do not grow so far none is left.

    Fischer and Burmeister's function of the number of firms M̂ ≥ 0 and of what sales a firm fall short. Sales a firm
    are known with no firm at all, so a sector may close. It starts as one for one in the log of M̂.
    """
    before = setting.accounts.flows.sum(1)
    active = before > 0
    number = _number(firms)
    grown = jnp.where(active, sales, 1.0) / jnp.where(active, before, 1.0)
    short = 1 - grown / number * jnp.exp(-cost)
    raw = _unbounded(firms)
    gap = raw + short - jnp.sqrt(raw**2 + short**2 + 2 * setting.rounded)
    return jnp.where(active, gap, firms)


def _number(firms: Array) -> Array:
    """The number of firms, new ÷ old, from the unknown."""
    return jnp.maximum(_unbounded(firms), _NO_FIRM)


def _unbounded(firms: Array) -> Array:
    """The same where a search may try less than no firm."""
    return jnp.where(firms > 0, jnp.exp(jnp.maximum(firms, 0.0)), 1 + firms)
