"""What all closures share: who buys from whom at which cost, and the incomes that follow.

With c the log change of the exporter's unit cost, κ̂ that of tariffs, taxes and trade costs, π base shares,
the new share is π κ̂^(−θ) u[i] ÷ Σ π κ̂^(−θ) u[i] with u = exp(−θ c). So everything the equations need is a
product of a few matrices, fixed once the policy is known, with vectors by sector (`Market`,
`market_clears`): no power is taken of anything with three axes while searching, and derivatives are
products with the same matrices.

At the root the shares are computed once more, exactly (`shares_and_prices`). Taken literally,
P̂ = (Σ π exp(−θ y))^(−1/θ) loses all digits as θ → 0, overflows for large θ y, and does not return exactly
zero for no change because the shares sum to one only to rounding. So it is computed around the mean m = Σ π
(−θ y): log Σ π exp(−θ y) = m + log(1 + S), S = Σ π expm1(−θ y − m) ≥ 0, which never cancels
(`tests/economy/test_closed_forms.py`).
"""

from __future__ import annotations

from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax import Array

from detente.economy.base import Accounts, Shock

_LARGEST_EXPONENT = 600.0  # exp overflows at 709
_COBB_DOUGLAS = 1e-4  # below this |θ| the series is more exact than the formula


class DeficitRule(NamedTuple):
    """How deficits follow: the parts of each that keep its nominal value and its share of world income, and what counts
    of it before (none where deficits have been closed: rounding leaves some). Numbers, so that one compiled program
    serves all rules."""

    kept: float | Array
    shared: float | Array
    before: float | Array = 1.0


class State(NamedTuple):
    """An equilibrium: log changes of wage [n], sector_wage [n, s], price [n, s], expenditure [n, s], unit_cost [i, s]
    and number of firms [i, s], new ÷ old trade share [i, n, s] (not a logarithm: a base share of zero stays zero), and
    the policy with the licences of limits counted into its duties."""

    wage: Array
    sector_wage: Array
    price: Array
    expenditure: Array
    unit_cost: Array
    firms: Array
    share: Array
    shock: Shock


class Market(NamedTuple):
    """A base under a policy, as matrices [sector, importer, exporter] and diagonals [sector, economy].

    pull: π κ̂^(−θ). cross: pull at the border, net of tariffs, own sales left out. own: the diagonal left out.
    received: pull net of tariffs and of export taxes, own sales included.
    """

    pull: Array
    cross: Array
    own: Array
    received: Array


class Cleared(NamedTuple):
    """What a market does at given costs and spending: log price changes [n, s], the sales [i, s] that
    producers receive, and by economy receipts from abroad, payments to abroad, and duties on imports and
    exports [n]."""

    price: Array
    sales: Array
    receipts: Array
    payments: Array
    revenue: Array


def cost_of_trade(accounts: Accounts, shock: Shock) -> Array:
    """κ̂ [i, n, s]: buyers' price over exporter's cost, new ÷ old."""
    return (1 + shock.tariff) / (1 + accounts.tariff) * (1 + shock.export_tax) * shock.iceberg


def market_under(accounts: Accounts, shock: Shock) -> Market:
    """The matrices of a base under a policy."""
    pull = accounts.trade_share * cost_of_trade(accounts, shock) ** -accounts.elasticity
    border = (pull / (1 + shock.tariff)).transpose(2, 1, 0)
    same = jnp.eye(border.shape[1], dtype=bool)
    return Market(
        pull=pull.transpose(2, 1, 0),
        cross=jnp.where(same, 0.0, border),
        own=jnp.einsum("snn->sn", border),
        received=border / (1 + shock.export_tax).transpose(2, 1, 0),
    )


def market_clears(accounts: Accounts, market: Market, unit_cost: Array, expenditure: Array) -> Cleared:
    """What is traded at log changes of unit cost [i, s] and of expenditure [n, s]."""
    theta = accounts.elasticity
    ease = jnp.exp(-theta * unit_cost).T
    appeal = jnp.einsum("sni,si->sn", market.pull, ease)
    bought = accounts.expenditure > 0
    appeal = jnp.where(bought.T, appeal, 1.0)
    spent = (accounts.expenditure * jnp.exp(expenditure)).T
    weight = spent / appeal
    imports = weight * jnp.einsum("sni,si->sn", market.cross, ease)
    exports = ease * jnp.einsum("sni,sn->si", market.cross, weight)
    own = market.own * ease * weight
    sales = ease * jnp.einsum("sni,sn->si", market.received, weight)
    return Cleared(
        price=(-jnp.log(appeal).T) / jnp.where(theta == 0, 1.0, theta),
        sales=sales.T,
        receipts=exports.sum(0),
        payments=imports.sum(0),
        revenue=(spent - imports - own).sum(0) + (exports + own - sales).sum(0),
    )


def income_after(
    accounts: Accounts, cleared: Cleared, wage: Array, rule: DeficitRule, transfer: Array
) -> tuple[Array, Array]:
    """Income and deficit [n] at a log change of wages [n]: wages, profits, duties and deficit."""
    earned = accounts.labour_income * jnp.exp(wage) + _profits(accounts, cleared.sales) + cleared.revenue
    deficit = _deficit(accounts, earned.sum() / accounts.income.sum(), rule, transfer)
    return earned + deficit, deficit


def payments_gap(accounts: Accounts, cleared: Cleared, deficit: Array, wage: Array) -> Array:
    """Log of foreign receipts over foreign payments [n], with the numeraire folded in.

    The balance of payments stands for the labour market: given the spending equations each implies the
    other, and its terms have the size of trade, not of output, so an economy that hardly trades is solved
    as exactly as an open one. One equation is redundant (Walras); world value added as numeraire is
    therefore added to each, and can only be met with all of them. An economy that sells nothing (there to fill
    up a shape) keeps its wage.
    """
    there = accounts.value_added > 0
    receipts = jnp.where(there, cleared.receipts + jnp.maximum(deficit, 0), 1.0)
    payments = jnp.where(there, cleared.payments + jnp.maximum(-deficit, 0), 1.0)
    level = jnp.log1p((accounts.labour_income * jnp.expm1(wage)).sum() / accounts.labour_income.sum())
    return jnp.where(there, jnp.log(receipts) - jnp.log(payments) - level, wage)


def shares_and_prices(
    accounts: Accounts, shock: Shock, unit_cost: Array, complements: bool = False
) -> tuple[Array, Array]:
    """Share hats [i, n, s] and log price changes [n, s] from log changes of unit cost [i, s], to the last
    digit.

    `complements` allows θ ≤ 0, through the Cobb–Douglas limit.
    """
    share, theta = accounts.trade_share, accounts.elasticity
    dearer = jnp.log(cost_of_trade(accounts, shock))
    delivered = jnp.where(share > 0, dearer + unit_cost[:, None, :], 0.0)
    pull = -theta * delivered
    centre = jax.lax.stop_gradient(jnp.maximum((share * pull).sum(0), pull.max(0) - _LARGEST_EXPONENT))
    weight = jnp.expm1(jnp.where(share > 0, pull - centre, 0.0))
    excess = (share * weight).sum(0)
    share_hat = (1 + weight) / (1 + excess)
    if not complements:
        return share_hat, -(centre + jnp.log1p(excess)) / theta
    small = jnp.abs(theta) < _COBB_DOUGLAS
    price = -(centre + jnp.log1p(excess)) / jnp.where(small, 1.0, theta)
    return share_hat, jnp.where(small, _near_cobb_douglas(share, delivered, theta), price)


def _near_cobb_douglas(share: Array, delivered: Array, theta: Array) -> Array:
    """The price change to third order in θ: the first cumulants of the delivered prices."""
    mean = (share * delivered).sum(0)
    spread = jnp.where(share > 0, delivered - mean, 0.0)
    variance, skew = (share * spread**2).sum(0), (share * spread**3).sum(0)
    return mean - theta * variance / 2 + theta**2 * skew / 6


def _profits(accounts: Accounts, sales: Array) -> Array:
    """What sales leave beyond wages and inputs [n]; none but under fixed entry."""
    share = 1.0 if accounts.value_added_share is None else accounts.value_added_share
    return ((share - accounts.labour_share) * sales).sum(1)


def _deficit(accounts: Accounts, world_income_hat: Array, rule: DeficitRule, transfer: Array) -> Array:
    """Money from abroad [n]: what is left of the base's deficit, and what others transfer."""
    return accounts.deficit * (rule.kept + rule.shared * world_income_hat) + transfer


class Trade(NamedTuple):
    """Flows and incomes at an equilibrium. flows [i, n, s] are at the border: net of the importer's tariff,
    with the exporter's tax; sales [i, s] are what producers receive. income_change [n] is new − old,
    computed from changes so that no change is exactly zero."""

    flows: Array
    sales: Array
    revenue_change: Array
    deficit: Array
    income_change: Array


def trade_at(accounts: Accounts, state: State, rule: DeficitRule) -> Trade:
    """The flows and incomes of a state."""
    shock = state.shock
    before, after = accounts.tariff, shock.tariff
    change = state.share * jnp.exp(state.expenditure) * ((1 + before) / (1 + after))
    flows = accounts.flows * change
    received = flows / (1 + shock.export_tax)
    duties = (after * flows - before * accounts.flows).sum((0, 2))
    revenue_change = duties + (flows - received).sum((1, 2))
    before_sales = accounts.flows.sum(1)
    profits_change = _profits(accounts, received.sum(1) - before_sales)
    earned_change = accounts.labour_income * jnp.expm1(state.wage) + profits_change + revenue_change
    deficit = _deficit(accounts, 1 + earned_change.sum() / accounts.income.sum(), rule, shock.transfer)
    return Trade(
        flows=flows,
        sales=received.sum(1),
        revenue_change=revenue_change,
        deficit=deficit,
        income_change=earned_change + (deficit - rule.before * accounts.deficit),
    )
