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

import numpy as np
import xarray as xr

from detente.economy.base import Base, Shock, account_for
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
