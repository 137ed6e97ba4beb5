"""Limits on quantities: the licence price that keeps a flow within its limit, and who has the rent.

A limit holds on the delivered quantity, the value at the buyer's price over the change of that price. The licence is
an ad valorem charge: on the producer's side of the border if the exporter holds it (an export tax that goes to the
exporter's consumers), on the buyer's side if the importer does (a tariff).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import jax.numpy as jnp
from jax import Array

from detente.economy.base import Shock
from detente.economy.closures.trade import Cleared, Market, cost_of_trade

if TYPE_CHECKING:
    from detente.economy.closures.closure import Setting

_KINK = 1e-30  # rounds the corner of the complementarity function: 1e-15 where licence and slack are both zero


def with_licences(shock: Shock, licence: Array) -> Shock:
    """The policy with the log licence prices [k] counted into its duties."""
    limits = shock.limits
    assert limits is not None
    at = tuple(limits.cells.T)
    held_abroad = jnp.zeros_like(shock.tariff).at[at].add((1 - limits.to_importer) * licence)
    held_at_home = jnp.zeros_like(shock.tariff).at[at].add(limits.to_importer * licence)
    return shock._replace(
        tariff=(1 + shock.tariff) * jnp.exp(held_at_home) - 1,
        export_tax=(1 + shock.export_tax) * jnp.exp(held_abroad) - 1,
    )


def beyond_limits(
    setting: Setting, licence: Array, market: Market, cost: Array, appeal_cost: Array, cleared: Cleared, spent: Array
) -> Array:
    """Fischer and Burmeister's function [k] of licence price and slack: zero if and only if both are ≥ 0 and one is 0.

    Computed in logarithms: a quantity of one part in a trillion is as exact as any other.
    """
    accounts, shock = setting.accounts, setting.shock
    assert shock.limits is not None
    i, n, s = shock.limits.cells.T
    theta = accounts.elasticity[s]
    dearer = jnp.log(cost_of_trade(accounts, shock)[i, n, s]) + licence
    share = -theta * (dearer + appeal_cost[i, s] - cleared.price[n, s])
    quantity = share + spent[n, s] - dearer - cost[i, s]
    slack = jnp.where(accounts.flows[i, n, s] > 0, shock.limits.most - quantity, 1.0)
    return licence + slack - jnp.sqrt(licence**2 + slack**2 + 2 * setting.rounded + _KINK)
