"""What a solve returns: how it ended, and the new equilibrium with names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import xarray as xr

from detente.economy.base import Base, Shock, account_for
from detente.economy.equilibria import Equilibrium, Rules
from detente.economy.labelled import Floats
from detente.economy.newton import Outcome
from detente.economy.tables import dataset_of, frames_of
from detente.economy.welfare import FirstOrder, first_order, government_welfare_hat
from detente.economy.world import World


@dataclass(frozen=True)
class Status:
    """How a solve ended: the outcome, and a sentence that says how far it came."""

    outcome: Outcome
    message: str

    @property
    def converged(self) -> bool:
        """Whether the numbers are an equilibrium."""
        return self.outcome is Outcome.CONVERGED

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, eq=False)
class Result:
    """The equilibrium of a world under a policy. If `status.converged` is False every number is NaN.

    Hats are new ÷ old, where old is the base (with `deficits="zero"` the base after deficits were closed).
    Values are in the currency of the world's flows, with world value added as numeraire: it is the same
    before and after. residual: the largest error left in any equation, in logarithms. iterations: Newton
    steps, all stages together.
    """

    world: World
    rules: Rules
    status: Status
    residual: float
    iterations: int
    base: Base
    shock: Shock
    found: Equilibrium
    weights: Floats | None = None

    @property
    def real_income_hat(self) -> xr.DataArray:
        """Exact welfare [economy]: income ÷ price index. Income is wages, tariff revenue and deficit."""
        return self._by_economy(self.found.real_income_hat, "real_income_hat")

    @property
    def price_index_hat(self) -> xr.DataArray:
        """Price index of final demand [economy]."""
        return self._by_economy(self.found.price_index_hat, "price_index_hat")

    @property
    def wage_hat(self) -> xr.DataArray:
        """Wage [economy]."""
        return self._by_economy(self.found.wage_hat, "wage_hat")

    @property
    def income_hat(self) -> xr.DataArray:
        """Nominal income [economy]."""
        return self._by_economy(self.found.income_hat, "income_hat")

    @property
    def real_wage_hat(self) -> xr.DataArray:
        """Wage ÷ price index [economy]."""
        return self._by_economy(self.found.wage_hat / self.found.price_index_hat, "real_wage_hat")

    @property
    def sector_wage_hat(self) -> xr.DataArray:
        """Wage by sector [economy, sector]; that of the economy where labour is mobile."""
        return self._by_sector(self.found.sector_wage_hat, "sector_wage_hat")

    @property
    def real_sector_wage_hat(self) -> xr.DataArray:
        """Wage by sector ÷ price index [economy, sector]."""
        values = np.asarray(self.found.sector_wage_hat) / np.asarray(self.found.price_index_hat)[:, None]
        return self._by_sector(values, "real_sector_wage_hat")

    @property
    def firms_hat(self) -> xr.DataArray:
        """Number of firms [economy, sector]; one but under free entry."""
        return self._by_sector(self.found.firms_hat, "firms_hat")

    @property
    def licence_price(self) -> xr.DataArray:
        """What a licence under a quantity limit costs [exporter, importer, sector]: a fraction of the border value
        before it (held by the exporter) or of the value with tariff (held by the importer); 0 where none binds."""
        held = self.found.policy
        charge = (1 + held.export_tax) / (1 + self.shock.export_tax) * (1 + held.tariff) / (1 + self.shock.tariff)
        return self._or_nan(self.world.trade_array(np.asarray(charge - 1), "licence_price"))

    @property
    def rents(self) -> xr.DataArray:
        """Rents of licences [exporter, importer, sector], in the currency of the flows; part of the holder's income."""
        abroad, at_home = self._rents()
        return self._or_nan(self.world.trade_array(abroad + at_home, "rents"))

    @property
    def rents_received(self) -> xr.DataArray:
        """Rents of the licences an economy holds [economy], as exporter and as importer."""
        abroad, at_home = self._rents()
        return self._by_economy(abroad.sum((1, 2)) + at_home.sum((0, 2)), "rents_received")

    def _rents(self) -> tuple[Floats, Floats]:
        """Rents [exporter, importer, sector] of licences held by the exporter and by the importer."""
        held, flows = self.found.policy, self.found.flows
        abroad = flows * (1 - (1 + self.shock.export_tax) / (1 + held.export_tax))
        at_home = flows * (held.tariff - self.shock.tariff)
        return np.asarray(abroad), np.asarray(at_home)

    @property
    def government_welfare_hat(self) -> xr.DataArray:
        """Political welfare [economy] of closure ossa: Σ_s λ[s] × (wages, profits and the part of revenue that go to
        sector s) ÷ price index, revenue and deficit spread over sectors by payroll (Ossa 2014, equation 8 and its
        programs). Real income if no weights were given."""
        if self.weights is None:
            return self._by_economy(self.found.real_income_hat, "government_welfare_hat")
        values = government_welfare_hat(account_for(self.base, profits=True), self.found, self.weights)
        return self._by_economy(values, "government_welfare_hat")

    @property
    def lambda_hat(self) -> xr.DataArray:
        """The share of expenditure on own goods [economy, sector]."""
        own = np.einsum("nns->ns", np.asarray(self.found.share_hat))
        return self._by_sector(own, "lambda_hat")

    @property
    def sector_price_hat(self) -> xr.DataArray:
        """Buyers' prices with tariffs [economy, sector]."""
        return self._by_sector(self.found.sector_price_hat, "sector_price_hat")

    @property
    def output(self) -> xr.DataArray:
        """What producers receive [economy, sector]."""
        return self._by_sector(self.found.sales, "output")

    @property
    def flows(self) -> xr.DataArray:
        """Flows [exporter, importer, sector], with tariffs if and only if the world's flows were given so."""
        values = np.asarray(self.found.flows)
        if self.world.flows_include_tariff:
            values = values * (1 + np.asarray(self.shock.tariff))
        named = self.world.trade_array(values, "flows", includes_tariff=self.world.flows_include_tariff)
        return self._or_nan(named)

    @property
    def exports(self) -> xr.DataArray:
        """Sales abroad at the border [economy]."""
        return self._by_economy(_crossing(self.found.flows).sum((1, 2)), "exports")

    @property
    def imports(self) -> xr.DataArray:
        """Purchases from abroad at the border [economy]."""
        return self._by_economy(_crossing(self.found.flows).sum((0, 2)), "imports")

    @property
    def exports_hat(self) -> xr.DataArray:
        """Exports [economy]."""
        before = _crossing(self.base.flows).sum((1, 2))
        return self._by_economy(_ratio(_crossing(self.found.flows).sum((1, 2)), before), "exports_hat")

    @property
    def imports_hat(self) -> xr.DataArray:
        """Imports [economy]."""
        before = _crossing(self.base.flows).sum((0, 2))
        return self._by_economy(_ratio(_crossing(self.found.flows).sum((0, 2)), before), "imports_hat")

    @property
    def deficit(self) -> xr.DataArray:
        """Imports less exports [economy]."""
        return self._by_economy(self.found.deficit, "deficit")

    @property
    def tariff_revenue(self) -> xr.DataArray:
        """Import duties collected [economy]."""
        return self._by_economy((self.shock.tariff * self.found.flows).sum((0, 2)), "tariff_revenue")

    @property
    def export_tax_revenue(self) -> xr.DataArray:
        """Export taxes collected [economy]."""
        rate = self.shock.export_tax
        sales = self.found.flows / (1 + self.found.policy.export_tax)
        return self._by_economy((sales * rate).sum((1, 2)), "export_tax_revenue")

    @property
    def value_added(self) -> xr.DataArray:
        """Wages and profits [economy, sector]: sales less inputs; all of sales where nothing buys inputs."""
        share = self.base.value_added_share
        sales = np.asarray(self.found.sales)
        return self._by_sector(sales if share is None else sales * np.asarray(share), "value_added")

    @cached_property
    def first_order(self) -> FirstOrder:
        """Caliendo and Parro's first-order welfare and its two parts; `real_income_hat` is the exact one."""
        split = first_order(self.world, self.base, self.shock, self.found)
        parts = (split.welfare, split.terms_of_trade, split.volume_of_trade)
        return FirstOrder(*(self._or_nan(part) for part in parts))

    @property
    def walras(self) -> float:
        """The largest gap in any labour market, relative to its supply; none is an equation solved."""
        return float(np.abs(np.asarray(self.found.labour_gap)).max()) if self.status.converged else float("nan")

    @property
    def equivalent_variation(self) -> xr.DataArray:
        """What the change is worth at base prices [economy], in the currency of the flows."""
        worth = account_for(self.base).income * (self.found.real_income_hat - 1)
        return self._by_economy(worth, "equivalent_variation")

    def to_dataset(self, against: Result | None = None, usd_bn: float | None = None) -> xr.Dataset:
        """All results as one dataset, each variable with its `unit` and what it is (`long_name`) in its attributes.

        against: the result to compare with; None = the base. usd_bn: what one unit of the flows is in billion USD
        (1e-3 for millions); None = values stay in the currency of the flows. Names end in their unit: `_pct`, and
        `_usd_bn` or `_value`. Every number is NaN unless this result and the one compared with converged.

        Raises `InputFault` if the two do not rest on the same base.
        """
        return dataset_of(self, against, usd_bn)

    def to_frames(
        self,
        against: Result | None = None,
        usd_bn: float | None = None,
        pairs: Sequence[tuple[str, str]] | None = None,
    ) -> dict[str, pd.DataFrame]:
        """The dataset as tidy tables `economies`, `sectors`, `pairs` and `flows`, and `diversion`: the trade of each
        pair with every third economy. Each has a column `status`; `frame.attrs["columns"]` says units and meanings.

        pairs: those whose diversion is asked for; None = every pair between which the policy differs. The rest, and
        what it raises, is as in `to_dataset`.
        """
        return frames_of(self, against, usd_bn, pairs)

    def _by_economy(self, values: object, name: str) -> xr.DataArray:
        return self._or_nan(self.world.economy_array(np.asarray(values), name))

    def _by_sector(self, values: object, name: str) -> xr.DataArray:
        return self._or_nan(self.world.sector_array(np.asarray(values), name))

    def _or_nan(self, values: xr.DataArray) -> xr.DataArray:
        return values if self.status.converged else xr.full_like(values, np.nan)

    def __repr__(self) -> str:
        return f"Result({self.status.message})"


def _crossing(flows: object) -> Floats:
    values = np.array(flows, dtype=float)
    values[np.diag_indices(values.shape[0])] = 0.0
    return values


def _ratio(after: Floats, before: Floats) -> Floats:
    """New ÷ old; NaN where there was nothing."""
    return np.divide(after, before, out=np.full_like(after, np.nan), where=before > 0)
