"""What a world must satisfy before it is a world. Every fault is noted under the name of its argument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jax.numpy as jnp
import numpy as np

from detente.economy.base import Base
from detente.economy.labelled import Floats, Labels, forbid, read_array
from detente.terms import FaultList

AGREEMENT = 1e-6
"""How closely final shares and value added must agree with the flows (as shares, or relative)."""

SUMS = 1e-5
"""How closely shares must sum to one: published tables are rounded."""

BY_PRODUCT = 0.01
"""The most negative input share, in size: published tables book small by-products as negative inputs
(Canada's in Caliendo and Parro's is −0.0008), and the equations hold with them."""

_SPENDING_ROUNDS = 100_000


@dataclass(eq=False)
class WorldArrays:
    """The arrays of a world while they are checked; None = not given or not readable (then a fault says why).

    flows [i, n, s] net of tariffs (in `from_shares`: trade shares until the flows are known), tariff [i, n,
    s], elasticity [s], input_share [i, k, s], value_added_share [i, s], final_share [i, s].
    """

    economies: Labels
    sectors: Labels
    flows: Floats | None
    tariff: Floats | None
    elasticity: Floats | None
    input_share: Floats | None
    value_added_share: Floats | None
    final_share: Floats | None

    @classmethod
    def read(
        cls,
        economies: Labels,
        sectors: Labels,
        flows: Any,
        tariff: Any,
        elasticity: Any,
        input_share: Any,
        value_added_share: Any,
        final_share: Any,
        faults: FaultList,
        flows_name: str = "flows",
    ) -> WorldArrays:
        """Read every argument and check each on its own."""
        trade = {"exporter": economies, "importer": economies, "sector": sectors}
        local = {"economy": economies, "sector": sectors}
        inputs = {"economy": economies, "input": sectors, "using": sectors}
        shape = tuple(len(labels) for labels in trade.values())
        if (input_share is None) != (value_added_share is None):
            lacking = "input_share" if input_share is None else "value_added_share"
            faults.add(lacking, "Missing.", allowed="input_share and value_added_share together, or neither")
        return cls(
            economies,
            sectors,
            _read(flows, flows_name, trade, faults, least=0.0),
            np.zeros(shape) if tariff is None else read_tariff(tariff, "tariff", trade, faults),
            read_elasticity(elasticity, "elasticity", {"sector": sectors}, faults),
            _read(input_share, "input_share", inputs, faults, least=-BY_PRODUCT),
            _read(value_added_share, "value_added_share", local, faults, least=0.0, most=1.0),
            _read(final_share, "final_share", local, faults, least=0.0),
        )

    def base(self) -> Base:
        """The checked arrays as a base; shares are scaled by the last digits they miss in their sums."""
        assert self.flows is not None
        assert self.tariff is not None
        assert self.elasticity is not None
        core = jnp.asarray(self.flows), jnp.asarray(self.tariff), jnp.asarray(self.elasticity)
        if self.input_share is None or self.value_added_share is None:
            return Base(*core)
        total = self.input_share.sum(1, keepdims=True)
        shares = self.input_share / np.where(total > 0, total, 1.0)
        # A sector without inputs has nothing to share out: its value added is all of its cost.
        labour = np.where(total[:, 0, :] > 0, self.value_added_share, 1.0)
        return Base(*core, jnp.asarray(labour), jnp.asarray(shares))


def read_tariff(value: Any, path: str, dims: Mapping[str, Labels], faults: FaultList) -> Floats | None:
    """Tariffs as fractions above −100%."""
    array = _read(value, path, dims, faults)
    if array is not None:
        low = np.nan_to_num(array, nan=0.0) <= -1
        forbid(low, path, "−100% or less", dims, faults, "fractions above -1 (0.25 is 25%)")
    return None if array is None or (array <= -1).any() else array


def check_world(given: WorldArrays, faults: FaultList) -> None:
    """Whether the arrays agree with each other and leave every economy with an income."""
    if given.value_added_share is not None and given.input_share is not None:
        _check_inputs(given, faults)
    if given.final_share is not None:
        _check_sum(given.final_share, "final_share", {"economy": given.economies}, faults)
    if given.flows is None or given.tariff is None:
        return
    _check_supply(given, faults)
    _check_connected(given, faults)
    if not faults:
        _check_accounts(given, faults)


def flows_from_shares(given: WorldArrays, value_added: Any, deficit: Any, faults: FaultList) -> Floats | None:
    """Flows from trade shares, value added and deficits; None if a fault stands in the way."""
    dims = {"economy": given.economies}
    payroll = _read(value_added, "value_added", dims, faults, least=0.0)
    owed = np.zeros(len(given.economies)) if deficit is None else _read(deficit, "deficit", dims, faults)
    if given.final_share is None:
        faults.add("final_share", "Missing.", allowed="shares of final demand [economy, sector]")
    shares = given.flows
    if shares is not None:
        total = shares.sum(0)
        off = (np.abs(total - 1) > SUMS) & (total != 0)
        pairs = {"importer": given.economies, "sector": given.sectors}
        forbid(off, "trade_share", "Does not sum to one over exporters", pairs, faults, "sums of 1, or all 0")
    if owed is not None and payroll is not None and abs(owed.sum()) > AGREEMENT * payroll.sum():
        faults.add("deficit", f"The deficits sum to {owed.sum():g}.", allowed="deficits that sum to 0")
    if faults or shares is None or payroll is None or owed is None:
        return None
    flows = _spend(given, shares, payroll, owed)
    if flows is None:
        faults.add("value_added_share", "The inputs use up more than is sold: expenditure has no limit.")
        return None
    _check_payroll(given, flows, payroll, faults)
    return flows


def _spend(given: WorldArrays, shares: Floats, payroll: Floats, owed: Floats) -> Floats | None:
    """Iterate expenditure to rest: X = inputs + final share × (value added + revenue + deficit)."""
    assert given.final_share is not None
    assert given.tariff is not None
    inputs = _input_cost(given)
    spending = given.final_share * (payroll + owed)[:, None]
    last = np.inf
    for _ in range(_SPENDING_ROUNDS):
        flows = shares / (1 + given.tariff) * spending
        income = payroll + (flows * given.tariff).sum((0, 2)) + owed
        after = given.final_share * income[:, None] + _inputs_bought(inputs, flows.sum(1))
        moved = np.abs(after - spending).max()
        spending = after
        if moved >= last and moved <= 1e-12 * spending.max():  # only rounding is left
            settled: Floats = shares / (1 + given.tariff) * spending
            return settled
        last = moved
    return None


def _input_cost(given: WorldArrays) -> Floats | None:
    if given.input_share is None or given.value_added_share is None:
        return None
    cost: Floats = (1 - given.value_added_share)[:, None, :] * given.input_share
    return cost


def _inputs_bought(input_cost: Floats | None, sales: Floats) -> Floats:
    if input_cost is None:
        return np.zeros_like(sales)
    bought: Floats = (input_cost * sales[:, None, :]).sum(2)
    return bought


def _read(
    value: Any,
    path: str,
    dims: Mapping[str, Labels],
    faults: FaultList,
    least: float = -np.inf,
    most: float = np.inf,
) -> Floats | None:
    array = None if value is None else read_array(value, path, dims, faults)
    if array is None:
        return None
    allowed = "finite numbers" if least == -np.inf else f"finite numbers ≥ {least:g}"
    allowed += "" if most == np.inf else f" and ≤ {most:g}"
    infinite = ~np.isfinite(array)
    forbid(infinite, path, "Not a finite number", dims, faults, allowed)
    outside = ~infinite & ((array < least) | (array > most))
    forbid(
        outside,
        path,
        "Negative" if most == np.inf and least == 0 else "Outside its range",
        dims,
        faults,
        allowed,
    )
    return None if infinite.any() or outside.any() else array


def read_elasticity(value: Any, path: str, dims: Mapping[str, Labels], faults: FaultList) -> Floats | None:
    """θ [sector] from a number or one for each sector."""
    if np.ndim(value) == 0 and not hasattr(value, "dims"):
        value = [value] * len(dims["sector"])
    array = _read(value, path, dims, faults)
    if array is not None:
        allowed = "θ = σ − 1 above −1 (σ > 0)"
        forbid(array <= -1, path, "σ is zero or negative", dims, faults, allowed)
    return array


def _check_sum(shares: Floats, path: str, dims: Mapping[str, Labels], faults: FaultList) -> None:
    off = np.abs(shares.sum(1) - 1) > SUMS
    forbid(off, path, "Does not sum to one", dims, faults, f"sums of 1 to {SUMS:g}")


def _check_inputs(given: WorldArrays, faults: FaultList) -> None:
    """Input shares sum to one wherever a sector buys inputs."""
    assert given.input_share is not None
    assert given.value_added_share is not None
    total = given.input_share.sum(1)
    off = (np.abs(total - 1) > SUMS) & (given.value_added_share < 1)
    if given.flows is not None:
        off &= (given.flows.sum(1) > 0) | (total > 0)
    dims = {"economy": given.economies, "using": given.sectors}
    allowed = f"sums over inputs of 1 to {SUMS:g} where value_added_share is below 1"
    forbid(off, "input_share", "Does not sum to one", dims, faults, allowed)


def _check_supply(given: WorldArrays, faults: FaultList) -> None:
    """What is consumed or used as an input is bought from somebody; every economy sells something."""
    assert given.flows is not None
    flows = given.flows
    forbid(
        flows.sum((1, 2)) <= 0,
        "flows",
        "Sells nothing",
        {"economy": given.economies},
        faults,
        "sales by every economy",
    )
    bought = flows.sum(0)
    wanted = np.zeros_like(bought)
    if given.final_share is not None:
        wanted = wanted + given.final_share
    wanted = wanted + _inputs_bought(_input_cost(given), flows.sum(1))
    nowhere = (wanted.sum(0) > 0) & (bought.sum(0) == 0)
    sectors = {"sector": given.sectors}
    forbid(nowhere, "flows", "Consumed but made nowhere", sectors, faults, "sales of all that is consumed")
    unsupplied = (wanted > 0) & (bought == 0) & ~nowhere
    local = {"economy": given.economies, "sector": given.sectors}
    forbid(unsupplied, "flows", "Consumed but not bought from anybody", local, faults, "purchases of it")


def _check_connected(given: WorldArrays, faults: FaultList) -> None:
    """Wages of economies that do not trade with each other, even through others, have no ratio."""
    assert given.flows is not None
    linked = given.flows.sum(2) > 0
    linked |= linked.T
    reached = np.zeros(len(given.economies), dtype=bool)
    reached[0] = True
    for _ in given.economies:
        reached |= linked[reached].any(0)
    if len(given.economies) < 2:
        faults.add("economies", "There is only one economy.", allowed="at least two that trade")
    apart = {"economy": given.economies}
    first = given.economies[0]
    forbid(
        ~reached,
        "flows",
        f"No trade with {first}, direct or through others",
        apart,
        faults,
        "one trading world",
    )


def _check_accounts(given: WorldArrays, faults: FaultList) -> None:
    """What remains after inputs is an income, and agrees with the shares given."""
    assert given.flows is not None
    assert given.tariff is not None
    spent, sales = (given.flows * (1 + given.tariff)).sum(0), given.flows.sum(1)
    final = spent - _inputs_bought(_input_cost(given), sales)
    local = {"economy": given.economies, "sector": given.sectors}
    # Rounding in a sector bought only as an input leaves a final demand of ±1e-16 of its size.
    negative = final < -1e-12 * spent
    forbid(
        negative,
        "flows",
        "Inputs exceed purchases, so final demand is negative",
        local,
        faults,
        "flows balanced with input_share and value_added_share",
    )
    labour = sales if given.value_added_share is None else sales * given.value_added_share
    idle = (labour.sum(1) <= 0) | (final.sum(1) <= 0)
    forbid(idle, "flows", "No income", {"economy": given.economies}, faults, "positive value added and income")
    if not faults and given.final_share is not None:
        _compare_final(given.final_share, final / final.sum(1, keepdims=True), local, faults)


def _compare_final(given: Floats, implied: Floats, dims: Mapping[str, Labels], faults: FaultList) -> None:
    off = np.abs(given - implied)
    what = f"Differs from what flows, tariffs and inputs leave, by up to {off.max():.2g}"
    allowed = f"agreement to {AGREEMENT:g}: balance the world first, or give no final_share"
    forbid(off > AGREEMENT, "final_share", what, dims, faults, allowed)


def _check_payroll(given: WorldArrays, flows: Floats, payroll: Floats, faults: FaultList) -> None:
    sales = flows.sum(1)
    paid = sales.sum(1) if given.value_added_share is None else (sales * given.value_added_share).sum(1)
    off = np.abs(paid - payroll) > AGREEMENT * payroll
    what = "Not what sales pay under these shares"
    allowed = f"value added of an equilibrium, to {AGREEMENT:g}"
    forbid(off, "value_added", what, {"economy": given.economies}, faults, allowed)
