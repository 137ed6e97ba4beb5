"""The closures beyond perfect competition: against published numbers, closed forms, and each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.economy import CLOSURES, Policy, Result, World, solve
from tests.economy.made import changed_tariff, made
from tests.economy.published import ossa_2007

WAR_WELFARE = (  # China raises all tariffs on US goods by 20 points, from Ossa's programs
    (1.000140625251, 1.000139057032, 0.999965914205, 0.999983185219, 1.000182283783, 1.000338457890, 0.998064039729)
)
WAR_WAGES = (
    1.000233229241,
    1.006598305589,
    0.999826810017,
    0.999879557300,
    1.000876912149,
    0.999927029175,
    0.992454541437,
)


@pytest.mark.shared
def test_ossa_counterfactual(shared_data: Path) -> None:
    """Welfare and wages of China's 20 points on US goods, to 1e-10."""
    world = ossa_2007(shared_data)
    tariff = world.tariff.copy()
    tariff.loc[{"exporter": "USA", "importer": "CHN"}] += 0.20
    result = solve(world, Policy(tariff=tariff), closure="ossa")
    assert result.status.converged
    np.testing.assert_allclose(result.real_income_hat, WAR_WELFARE, rtol=0, atol=1e-10)
    np.testing.assert_allclose(result.wage_hat, WAR_WAGES, rtol=0, atol=1e-10)
    weights = np.ones((7, 33))
    weighted = solve(world, Policy(tariff=tariff), closure="ossa", weights=weights).government_welfare_hat
    np.testing.assert_allclose(weighted, WAR_WELFARE, rtol=0, atol=1e-10)


def to_autarky(world: World, closure: Any, cost: float = 1e6) -> Result:
    """Trade made so dear that next to none is left."""
    count, sectors = len(world.economies), len(world.sectors)
    iceberg = np.full((count, count, sectors), cost)
    iceberg[np.arange(count), np.arange(count)] = 1
    return solve(world, Policy(iceberg=iceberg), closure=closure, deficits="zero")


def balanced(seed: int) -> World:
    """A made world without tariffs or deficits; its θ of at least 4 leave next to no trade at a millionfold cost."""
    parts = made(seed, inputs=False)
    theta = np.array([4.0, 6.0, 9.0])
    open_world = parts.world(elasticity=theta, tariff=None)
    flows = solve(open_world, closure="armington", deficits="zero").flows
    return World.from_arrays(flows, **parts.labels, elasticity=theta)


@pytest.mark.parametrize("seed", range(5))
def test_gains_from_trade_under_perfect_competition(seed: int) -> None:
    """Real income in autarky is Π λ^(β/θ) (Costinot and Rodríguez-Clare 2014, equation 15)."""
    world = balanced(seed)
    found = to_autarky(world, "caliendo-parro")
    assert found.status.converged
    flows = np.asarray(world.base.flows)
    own = np.einsum("nns->ns", flows) / flows.sum(0)
    weight = flows.sum(0) / flows.sum((0, 2))[:, None] / np.asarray(world.base.elasticity)
    np.testing.assert_allclose(found.real_income_hat, np.prod(own**weight, axis=1), rtol=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_gains_from_trade_under_free_entry(seed: int) -> None:
    """Real income in autarky is Π (λ e ÷ r)^(β/θ), with e and r spending and revenue shares (the same, equation 24)."""
    world = balanced(seed)
    found = to_autarky(world, "free-entry")
    assert found.status.converged
    flows = np.asarray(found.base.flows)
    own = np.einsum("nns->ns", flows) / flows.sum(0)
    spent = flows.sum(0) / flows.sum((0, 2))[:, None]
    earned = flows.sum(1) / flows.sum((1, 2))[:, None]
    expected = np.prod((own * spent / earned) ** (spent / np.asarray(world.base.elasticity)), axis=1)
    np.testing.assert_allclose(found.real_income_hat, expected, rtol=1e-8)


@pytest.mark.parametrize("seed", range(5))
def test_gains_from_trade_with_inputs(seed: int) -> None:
    """Real income in autarky is Π λ^(β a/θ), a the Leontief inverse of cost shares (the same, equation 28)."""
    parts = made(seed, inputs=True)
    world = parts.world(elasticity=np.array([4.0, 6.0, 9.0]), tariff=None)
    found = to_autarky(world, "caliendo-parro")
    assert found.status.converged
    flows = np.asarray(found.base.flows)
    own = np.einsum("nns->ns", flows) / flows.sum(0)
    cost = (1 - np.asarray(world.base.value_added_share))[:, None, :] * np.asarray(world.base.input_share)
    final = flows.sum(0) - np.einsum("iks,is->ik", cost, flows.sum(1))
    share = final / final.sum(1, keepdims=True)
    inverse = np.linalg.inv(np.eye(3) - cost)  # [n, k, s]: what of k is in s
    weight = np.einsum("ns,nks->nk", share, inverse)
    np.testing.assert_allclose(
        found.real_income_hat, np.prod(own ** (weight / np.asarray(world.base.elasticity)), axis=1), rtol=1e-8
    )


@pytest.mark.parametrize("seed", range(4))
def test_one_sector_closures_coincide(seed: int) -> None:
    """With one sector and no intermediates, perfect and monopolistic competition, with entry or without, are one."""
    parts = made(seed, sectors=1, inputs=False)
    policy = Policy(tariff=changed_tariff(parts, seed))
    found = [solve(parts.world(tariff=None), policy, closure=name, deficits="zero") for name in CLOSURES]
    for result in found:
        assert result.status.converged
    first, second, third, fourth = (np.asarray(r.real_income_hat) for r in found)
    np.testing.assert_allclose(second, first, rtol=1e-11)
    np.testing.assert_allclose(fourth, first, rtol=1e-10)
    np.testing.assert_allclose(third, first, rtol=1e-10)


def limit_on(world: World, cells: list[tuple[int, int, int]], most: float) -> Any:
    """A limit on some flows and none on the rest."""
    out = np.full(world.base.flows.shape, np.nan)
    for cell in cells:
        out[cell] = most
    return out


@pytest.mark.parametrize("closure", CLOSURES)
@pytest.mark.parametrize("rent_to", ["exporter", "importer"])
def test_a_limit_is_the_tax_that_gives_it(closure: Any, rent_to: Any) -> None:
    """A binding limit, and the export tax (or tariff) at its licence price, give the same world, rent and all."""
    parts = made(3)
    world = parts.world()
    cells = [(0, 1, 0), (0, 1, 1), (2, 3, 2)]
    limited = solve(
        world, Policy(quantity_limit=limit_on(world, cells, 0.6), rent_to=rent_to), closure, labour_mobility=2.0
    )
    assert limited.status.converged
    price = np.asarray(limited.licence_price)
    assert all(price[cell] > 0.01 for cell in cells)
    np.testing.assert_array_equal(price > 1e-9, ~np.isnan(limit_on(world, cells, 0.6)))
    tariff = (1 + np.asarray(world.tariff)) * (1 + price) - 1
    same = Policy(export_tax=price) if rent_to == "exporter" else Policy(tariff=tariff)
    taxed = solve(world, same, closure, labour_mobility=2.0)
    np.testing.assert_allclose(limited.real_income_hat, taxed.real_income_hat, rtol=1e-10)
    np.testing.assert_allclose(limited.flows, taxed.flows, rtol=1e-9, atol=1e-12)
    rent = np.asarray(limited.rents).sum()
    if rent_to == "exporter":
        np.testing.assert_allclose(rent, taxed.export_tax_revenue.sum(), rtol=1e-9)
    else:
        earned = np.asarray(taxed.tariff_revenue - limited.tariff_revenue).sum()
        np.testing.assert_allclose(rent, earned, rtol=1e-9)


def test_a_limit_holds_the_quantity_not_the_value() -> None:
    """The delivered quantity, value at the buyer's price over its change, is at the limit; a wide one is free."""
    world = made(5).world()
    limits = limit_on(world, [(1, 0, 2)], 0.5)
    limits[2, 0, 1] = 3.0
    result = solve(world, Policy(quantity_limit=limits))
    value = np.asarray(result.flows)[1, 0, 2] / np.asarray(world.flows)[1, 0, 2]
    licence = 1 + np.asarray(result.licence_price)[1, 0, 2]
    unit_value = np.asarray(result.found.unit_cost_hat)[1, 2] * licence
    np.testing.assert_allclose(value / unit_value, 0.5, rtol=1e-10)
    assert abs(value - 0.5) > 1e-3
    assert result.licence_price[2, 0, 1].item() == pytest.approx(0, abs=1e-12)


def test_a_ban() -> None:
    """A limit of zero leaves one part in a trillion."""
    world = made(6).world()
    result = solve(world, Policy(quantity_limit=limit_on(world, [(1, 0, 2)], 0.0)))
    assert result.status.converged
    assert np.asarray(result.flows)[1, 0, 2] < 1e-6


@pytest.mark.parametrize("closure", CLOSURES)
def test_lerner_symmetry(closure: Any) -> None:
    """A uniform tariff of an economy and a uniform tax on its exports are the same once deficits are closed."""
    world = made(2).world(tariff=None)
    own = np.eye(4)[:, :, None]
    tariff, tax = np.zeros((4, 4, 3)), np.zeros((4, 4, 3))
    tariff[:, 0], tax[0] = 0.3, 0.3
    tariff, tax = np.where(own, 0, tariff), np.where(own, 0, tax)
    one = solve(world, Policy(tariff=tariff), closure, deficits="zero")
    other = solve(world, Policy(export_tax=tax), closure, deficits="zero")
    assert one.status.converged
    assert other.status.converged
    np.testing.assert_allclose(one.real_income_hat, other.real_income_hat, rtol=1e-10)
    np.testing.assert_allclose(one.wage_hat[1:] / one.wage_hat[1], other.wage_hat[1:] / other.wage_hat[1], rtol=1e-10)


@pytest.mark.parametrize("closure", ["caliendo-parro", "armington", "ossa"])
def test_specific_labour_tends_to_mobile(closure: Any) -> None:
    """As its elasticity grows, labour becomes mobile; the distance falls in proportion."""
    parts = made(4)
    policy = Policy(tariff=changed_tariff(parts, 4))
    mobile = solve(parts.world(), policy, closure).real_income_hat
    gaps = []
    for mobility in (1e2, 1e4, 1e6):
        found = solve(parts.world(), policy, closure, labour_mobility=mobility)
        assert found.status.converged
        assert found.walras < 1e-9
        gaps.append(float(np.abs(found.real_income_hat - mobile).max()))
    np.testing.assert_allclose([gaps[0] / gaps[1], gaps[1] / gaps[2]], 100, rtol=0.1)


def test_specific_labour_keeps_hours() -> None:
    """At ε = 0 a sector's wage moves with its payroll, and sector wages average to the economy's."""
    parts = made(7)
    world = parts.world()
    found = solve(world, Policy(tariff=changed_tariff(parts, 7)), labour_mobility=0.0)
    assert found.status.converged
    payroll = np.asarray(world.base.value_added_share) * np.asarray(world.base.flows).sum(1)
    grown = np.asarray(found.output) / np.asarray(world.base.flows).sum(1)
    np.testing.assert_allclose(found.sector_wage_hat, grown, rtol=1e-10)
    mean = (payroll * np.asarray(found.sector_wage_hat)).sum(1) / payroll.sum(1)
    np.testing.assert_allclose(found.wage_hat, mean, rtol=1e-10)


@pytest.mark.parametrize("seed", range(6))
def test_free_entry_pays_no_profit(seed: int) -> None:
    """Firms grow with sales over cost, so that profits stay the fixed cost of firms; labour markets clear."""
    parts = made(seed)
    found = solve(parts.world(), Policy(tariff=changed_tariff(parts, seed)), "free-entry")
    assert found.status.converged
    assert found.walras < 1e-9
    grown = np.asarray(found.output) / np.asarray(parts.flows).sum(1)
    np.testing.assert_allclose(found.firms_hat, grown / np.asarray(found.found.unit_cost_hat), rtol=1e-9, atol=1e-12)
