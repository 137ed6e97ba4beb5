"""A policy: what is put to a world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import jax.numpy as jnp
import numpy as np

from detente.economy.base import Limits, Shock
from detente.economy.checks import read_tariff
from detente.economy.labelled import Floats, forbid, read_array
from detente.economy.world import World
from detente.terms import FaultList, did_you_mean

_SMALLEST = 1e-12  # a ban
_EVEN = 1e-9  # of what is paid: what transfers may sum to
_NO_LIMIT = 1e3  # logarithm of a quantity nothing reaches


@dataclass(frozen=True, eq=False)
class Policy:
    """Tariffs, export taxes, trade costs and transfers after the change; None = as in the world's base.

    Each but `transfer` is an array [exporter, importer, sector] in the world's order, or a DataArray with those dimensions
    and the world's labels in any order.

    tariff: new levels, fractions of the value at the importer's border, > −1.
    export_tax: new levels, fractions of the producer's price, > −1; the base has none. The exporter
    collects it. iceberg: factor on the cost of delivering, new ÷ old, > 0: 1.1 makes every unit 10% dearer
    to deliver. quantity_limit: the largest delivered quantity, a ratio to the base's ≥ 0, nan = no limit; 0 is taken as
    one part in a trillion, and where nothing was traded a limit changes nothing. rent_to: who holds the licences,
    "exporter" or "importer". transfer: money each economy receives from the others (below 0: pays), summing to zero, in
    the currency of the flows with world value added as numeraire: an array or DataArray [economy], or amounts by
    name, the rest nothing.
    """

    tariff: Any = None
    export_tax: Any = None
    iceberg: Any = None
    quantity_limit: Any = None
    rent_to: Literal["exporter", "importer"] = "exporter"
    transfer: Any = None

    def shock(self, world: World, faults: FaultList) -> Shock | None:
        """The policy over the labels of a world; None if it has faults, which are noted."""
        dims = world.trade_dims
        known = len(faults.faults)
        base = Shock.none(world.base)
        tariff = export_tax = iceberg = None
        if self.tariff is not None:
            tariff = read_tariff(self.tariff, "policy.tariff", dims, faults)
        if self.export_tax is not None:
            export_tax = read_tariff(self.export_tax, "policy.export_tax", dims, faults)
        if self.iceberg is not None:
            iceberg = _read_iceberg(self.iceberg, world, faults)
        if self.rent_to not in ("exporter", "importer"):
            faults.add("policy.rent_to", f"'{self.rent_to}' is unknown.", allowed="exporter, importer")
        transfer = None if self.transfer is None else _read_transfer(self.transfer, world, faults)
        limits = None if self.quantity_limit is None else self._limits(world, faults)
        if len(faults.faults) > known:
            return None
        return Shock(
            base.tariff if tariff is None else jnp.asarray(tariff),
            base.export_tax if export_tax is None else jnp.asarray(export_tax),
            base.iceberg if iceberg is None else jnp.asarray(iceberg),
            base.transfer if transfer is None else jnp.asarray(transfer),
            limits,
        )

    def _limits(self, world: World, faults: FaultList) -> Limits | None:
        """The limits as rows, filled up to a power of two so that few programs are compiled."""
        array = read_array(self.quantity_limit, "policy.quantity_limit", world.trade_dims, faults)
        if array is None:
            return None
        allowed = "ratios ≥ 0 between different economies, nan where there is no limit"
        wrong = (array < 0) | np.isinf(array)
        forbid(wrong, "policy.quantity_limit", "Not a ratio", world.trade_dims, faults, allowed)
        own = np.eye(len(world.economies), dtype=bool)[:, :, None] & ~np.isnan(array)
        forbid(own, "policy.quantity_limit", "A limit on own sales", world.trade_dims, faults, allowed)
        cells = np.argwhere(~np.isnan(array) & (np.asarray(world.base.flows) > 0))
        if len(cells) == 0:
            return None
        room = 1 << (len(cells) - 1).bit_length()
        filled = np.zeros((room, 3), dtype=int)
        filled[: len(cells)] = cells
        most = np.full(room, _NO_LIMIT)
        most[: len(cells)] = np.log(np.maximum(array[tuple(cells.T)], _SMALLEST))
        at_home = np.full(room, float(self.rent_to == "importer"))
        return Limits(jnp.asarray(filled), jnp.asarray(most), jnp.asarray(at_home))


def _read_iceberg(value: Any, world: World, faults: FaultList) -> Floats | None:
    array = read_array(value, "policy.iceberg", world.trade_dims, faults)
    if array is not None:
        wrong = ~(np.isfinite(array) & (array > 0))
        allowed = "factors above 0, new ÷ old (1 is unchanged)"
        forbid(wrong, "policy.iceberg", "Not a positive number", world.trade_dims, faults, allowed)
    return array


def _read_transfer(value: Any, world: World, faults: FaultList) -> Floats | None:
    """Money received by economy [n]: finite and summing to zero."""
    dims = {"economy": world.economies}
    if isinstance(value, Mapping):
        for name in sorted(set(value) - set(world.economies)):
            words = f"'{name}' is unknown.{did_you_mean(str(name), world.economies)}"
            faults.add("policy.transfer", words, allowed=", ".join(world.economies))
        value = [value.get(name, 0.0) for name in world.economies]
    array = read_array(value, "policy.transfer", dims, faults)
    if array is None:
        return None
    forbid(~np.isfinite(array), "policy.transfer", "Not a number", dims, faults, "amounts in the currency of the flows")
    if np.isfinite(array).all() and abs(array.sum()) > _EVEN * np.abs(array).sum():
        faults.add("policy.transfer", f"What is paid and received differs by {array.sum():g}.", allowed="a sum of zero")
    return array
