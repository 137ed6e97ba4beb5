"""A world: a calibrated economy, who sells what to whom and with what inputs.

The flows are the truth. Value added, final demand, deficits and income are derived from them, so that the
world is in equilibrium to the last digit; shares that are given beside the flows must agree with them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import xarray as xr

from detente.economy.base import Accounts, Base, account_for
from detente.economy.checks import WorldArrays, check_world, flows_from_shares
from detente.economy.labelled import Floats, Labels, as_data_array, read_labels
from detente.terms import FaultList


@dataclass(frozen=True, eq=False)
class World:
    """A calibrated world; make one with `from_arrays` or `from_shares`.

    `base` holds its arrays for computing; the properties show them with their labels. Values are in the
    currency of the flows it was made from. `flows_include_tariff` says how the flows were given, and so how
    results are returned.
    """

    economies: Labels
    sectors: Labels
    base: Base
    flows_include_tariff: bool = False

    @classmethod
    def from_arrays(
        cls,
        flows: Any,
        economies: Sequence[str],
        sectors: Sequence[str],
        elasticity: Any,
        tariff: Any = None,
        flows_include_tariff: bool = False,
        input_share: Any = None,
        value_added_share: Any = None,
        final_share: Any = None,
    ) -> World:
        """A world from bilateral flows, own sales on the diagonal.

        flows, tariff [exporter, importer, sector]: values ≥ 0, with or without the importer's tariff;
        fractions, none = 0. elasticity θ = σ − 1, a number or [sector], > −1. input_share [economy, input,
        using] sums to one over inputs and value_added_share [economy, sector] lies in [0, 1]: the cost
        share of an input is (1 − value_added_share) × input_share. None = no intermediates. final_share
        [economy, sector] sums to one; it follows from the flows, and is checked against them to 1e-6.
        Arrays go by position, DataArrays by their names and labels.

        Raises `InputFault` with everything that is wrong.
        """
        faults = FaultList()
        labels = read_labels(economies, "economies", faults), read_labels(sectors, "sectors", faults)
        faults.raise_if_any()
        given = WorldArrays.read(
            *labels, flows, tariff, elasticity, input_share, value_added_share, final_share, faults
        )
        if given.flows is not None and given.tariff is not None and flows_include_tariff:
            given.flows = given.flows / (1 + given.tariff)
        check_world(given, faults)
        faults.raise_if_any()
        return cls(*labels, given.base(), flows_include_tariff)

    @classmethod
    def from_shares(
        cls,
        trade_share: Any,
        economies: Sequence[str],
        sectors: Sequence[str],
        elasticity: Any,
        value_added: Any,
        final_share: Any,
        deficit: Any = None,
        tariff: Any = None,
        input_share: Any = None,
        value_added_share: Any = None,
    ) -> World:
        """A world from shares and value added, as Caliendo–Parro and KITE publish theirs.

        trade_share [exporter, importer, sector]: shares of the importer's expenditure with tariffs, summing
        to one over exporters (or all zero, where nothing is bought). value_added and deficit [economy]:
        values, imports less exports, none = 0. The rest is as in `from_arrays`. Expenditure is solved from
        these; the flows it gives must pay each economy's value added to 1e-6, since otherwise the numbers
        are no equilibrium.

        Raises `InputFault` with everything that is wrong.
        """
        faults = FaultList()
        labels = read_labels(economies, "economies", faults), read_labels(sectors, "sectors", faults)
        faults.raise_if_any()
        given = WorldArrays.read(
            *labels,
            trade_share,
            tariff,
            elasticity,
            input_share,
            value_added_share,
            final_share,
            faults,
            "trade_share",
        )
        given.flows = flows_from_shares(given, value_added, deficit, faults)
        faults.raise_if_any()
        check_world(given, faults)
        faults.raise_if_any()
        return cls(*labels, given.base())

    @property
    def has_inputs(self) -> bool:
        """Whether sectors buy from sectors."""
        return self.base.input_share is not None

    @cached_property
    def accounts(self) -> Accounts:
        """All accounts of the base, as arrays."""
        accounts: Accounts = account_for(self.base)
        return accounts

    @property
    def flows(self) -> xr.DataArray:
        """Flows [exporter, importer, sector] as they were given, with or without tariffs."""
        values = np.asarray(self.base.flows)
        if self.flows_include_tariff:
            values = values * (1 + np.asarray(self.base.tariff))
        return self.trade_array(values, "flows", includes_tariff=self.flows_include_tariff)

    @property
    def tariff(self) -> xr.DataArray:
        """Base tariffs [exporter, importer, sector], fractions."""
        return self.trade_array(np.asarray(self.base.tariff), "tariff")

    @property
    def value_added(self) -> xr.DataArray:
        """Value added [economy]."""
        return self.economy_array(np.asarray(self.accounts.value_added), "value_added")

    @property
    def deficit(self) -> xr.DataArray:
        """Imports less exports [economy]."""
        return self.economy_array(np.asarray(self.accounts.deficit), "deficit")

    @property
    def final_share(self) -> xr.DataArray:
        """Shares of final demand [economy, sector]."""
        return self.sector_array(np.asarray(self.accounts.final_share), "final_share")

    @property
    def expenditure(self) -> xr.DataArray:
        """Expenditure with tariffs [economy, sector]."""
        return self.sector_array(np.asarray(self.accounts.expenditure), "expenditure")

    @property
    def trade_dims(self) -> Mapping[str, Labels]:
        """The dimensions of a trade array, in order."""
        return {"exporter": self.economies, "importer": self.economies, "sector": self.sectors}

    def trade_array(self, values: Floats, name: str, **attrs: Any) -> xr.DataArray:
        """Label an array [exporter, importer, sector]."""
        return as_data_array(values, self.trade_dims, name, **attrs)

    def sector_array(self, values: Floats, name: str, **attrs: Any) -> xr.DataArray:
        """Label an array [economy, sector]."""
        return as_data_array(values, {"economy": self.economies, "sector": self.sectors}, name, **attrs)

    def economy_array(self, values: Floats, name: str, **attrs: Any) -> xr.DataArray:
        """Label an array [economy]."""
        return as_data_array(values, {"economy": self.economies}, name, **attrs)

    def __repr__(self) -> str:
        links = "with" if self.has_inputs else "without"
        return f"World of {len(self.economies)} economies and {len(self.sectors)} sectors, {links} intermediates"
