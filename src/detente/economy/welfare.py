"""Caliendo and Parro's first-order welfare, beside which exact real income stands in the result.

    d ln W[n] ≈ terms of trade + volume of trade                                       (2015, equation 15)
    terms of trade  = Σ_s Σ_i (E[n, i, s] d ln c[n, s] − M[i, n, s] d ln c[i, s]) ÷ I[n]
    volume of trade = Σ_s Σ_i t[i, n, s] M[i, n, s] (d ln M[i, n, s] − d ln c[i, s]) ÷ I[n]

with E exports and M imports of the base at the border, t base tariffs, c border prices of the exporter (its
unit cost, with its export tax and the change of trade costs if there are any) and I income. The
differentials are taken as relative changes, d ln c = ĉ − 1, as for the paper's Table 2. It is not exact:
for Mexico under NAFTA it gives 1.31% where real income rises by 0.007%.
"""

from __future__ import annotations

from dataclasses import dataclass

import jax.numpy as jnp
import numpy as np
import xarray as xr
from jax import Array
from jax.typing import ArrayLike

from detente.economy.base import Accounts, Base, Shock, account_for
from detente.economy.equilibria import Equilibrium
from detente.economy.world import World


@dataclass(frozen=True)
class FirstOrder:
    """First-order effects [economy], fractions of base income; `welfare` is the sum of the other two."""

    welfare: xr.DataArray
    terms_of_trade: xr.DataArray
    volume_of_trade: xr.DataArray


def first_order(world: World, base: Base, shock: Shock, found: Equilibrium) -> FirstOrder:
    """The first-order split of an equilibrium found from `base` (deficits closed, if they were)."""
    flows, tariff = np.asarray(base.flows), np.asarray(base.tariff)
    income = np.asarray(account_for(base).income)
    border = np.asarray(found.unit_cost_hat)[:, None, :] * np.asarray((1 + shock.export_tax) * shock.iceberg)
    cost = border - 1
    grown = np.divide(np.asarray(found.flows), flows, out=np.ones_like(flows), where=flows > 0)
    volume = grown - border
    sold = (flows * cost).sum((1, 2))
    bought = (flows * cost).sum((0, 2))
    terms = (sold - bought) / income
    volumes = (tariff * flows * volume).sum((0, 2)) / income
    return FirstOrder(
        world.economy_array(terms + volumes, "first_order_welfare", unit="fraction of base income"),
        world.economy_array(terms, "terms_of_trade", unit="fraction of base income"),
        world.economy_array(volumes, "volume_of_trade", unit="fraction of base income"),
    )


def government_welfare_hat(accounts: Accounts, found: Equilibrium, weights: ArrayLike) -> Array:
    """Political welfare, new ÷ old [n], under fixed entry with weights λ [n, s] averaging one (Ossa 2014).

    A sector's people earn its sales (wages and profits) and a part δ of revenue and deficit, δ the sector's share of
    the economy's payroll, that of the new equilibrium in the new.
    """
    weights = jnp.asarray(weights)
    before = _political(accounts, accounts.flows.sum(1), accounts.income, weights)
    after = _political(accounts, found.sales, found.income_hat * accounts.income, weights)
    return after / before / found.price_index_hat


def _political(accounts: Accounts, sales: Array, income: Array, weights: Array) -> Array:
    payroll = accounts.labour_share * sales
    spread = payroll / payroll.sum(1, keepdims=True)
    lump = income - sales.sum(1)
    return (weights * (sales + spread * lump[:, None])).sum(1)
