"""What every tariff does to what the players want: one equilibrium, and one transposed linear solve a player.

Derivatives are taken in ln(1 + tariff) and in the logarithm of trade costs. Together they say all that a reply needs
(`reply`): a tariff and a trade cost divert trade alike, but only the tariff leaves its proceeds at home, so their
difference is what money paid to an exporter is worth at the margin.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
from jax import Array

from detente.economy import Base, Equilibrium, Rules, Shock, accounts_of, equilibrium, government_welfare_hat


class Slopes(NamedTuple):
    """Objectives and their derivatives at a policy.

    utility [k]: u = 100 ln(real income, or political welfare, new ÷ old). by_tariff and by_cost are du[k] in ln(1 +
    tariff) and in ln(trade cost) of what importer m buys: [m, i, s] where every importer has its own objective (m = k),
    else [k, m, i, s]. by_transfer [k, m]: du[k] in money that m receives. share [m, i, s]: of m's expenditure.
    """

    utility: Array
    by_tariff: Array
    by_cost: Array
    by_transfer: Array
    share: Array
    found: Equilibrium


class Outlook(NamedTuple):
    """u [n] of every economy under a policy, and the equilibrium."""

    utility: Array
    found: Equilibrium


@partial(jax.jit, static_argnames=("rules", "joint"))
def slopes(base: Base, shock: Shock, rules: Rules, root: Any, weights: Array | None, who: Array, joint: bool) -> Slopes:
    """The slopes of the objectives of `who` in the tariffs of `who`; `joint`: of each in the tariffs of all."""

    def objectives(log_tariff: Array, log_cost: Array, transfer: Array) -> tuple[Array, Equilibrium]:
        put = shock._replace(tariff=jnp.expm1(log_tariff), iceberg=jnp.exp(log_cost), transfer=transfer)
        found = equilibrium(base, put, rules, root)
        return utilities(base, found, weights)[who], found

    at = jnp.log1p(shock.tariff), jnp.log(shock.iceberg), shock.transfer
    utility, pull, found = jax.vjp(objectives, *at, has_aux=True)
    by_tariff, by_cost, by_transfer = jax.vmap(pull)(jnp.eye(who.shape[0]))
    share = accounts_of(base, rules).trade_share * found.share_hat
    return Slopes(
        utility=utility,
        by_tariff=_theirs(by_tariff, who, joint),
        by_cost=_theirs(by_cost, who, joint),
        by_transfer=by_transfer[:, who],
        share=_bought(share, who),
        found=found,
    )


@partial(jax.jit, static_argnames=("rules",))
def outcome(base: Base, shock: Shock, rules: Rules, root: Any, weights: Array | None) -> Outlook:
    """Every economy's utility under a policy."""
    found = equilibrium(base, shock, rules, root)
    return Outlook(utilities(base, found, weights), found)


def utilities(base: Base, found: Equilibrium, weights: Array | None) -> Array:
    """u [n] = 100 ln of real income, or of political welfare where weights are given, new ÷ old."""
    if weights is None:
        return 100 * jnp.log(found.real_income_hat)
    return 100 * jnp.log(government_welfare_hat(accounts_of(base, Rules("ossa")), found, weights))


def _bought(values: Array, who: Array) -> Array:
    """[i, n, s] → what the players buy, [m, i, s]."""
    return values[:, who].transpose(1, 0, 2)


def _theirs(values: Array, who: Array, joint: bool) -> Array:
    """[k, i, n, s] → [k, m, i, s], or the players' own [m, i, s]."""
    bought = values[:, :, who].transpose(0, 2, 1, 3)
    return bought if joint else jnp.einsum("mmis->mis", bought)
