"""Laws every equilibrium obeys, on made worlds."""

from __future__ import annotations

import numpy as np
import pytest

from detente.economy import DEFICITS, Policy, Result, World, solve
from tests.economy.made import changed_tariff, made
from tests.economy.nested_loop import nested_loop

HATS = ("wage_hat", "price_index_hat", "real_income_hat", "income_hat")
ARRAYS = made(1)


def hats(result: Result) -> np.ndarray:
    """Wage, price, real income and income hats [4, economy] of a converged result."""
    assert result.status.converged, result.status
    return np.array([getattr(result, name).to_numpy() for name in HATS])


@pytest.mark.parametrize("closure", ["caliendo-parro", "armington"])
@pytest.mark.parametrize("deficits", DEFICITS)
def test_no_change_is_exactly_no_change(closure: str, deficits: str) -> None:
    """A policy equal to the base leaves every number exactly as it is."""
    result = solve(ARRAYS.world(), Policy(tariff=ARRAYS.tariff), closure=closure, deficits=deficits)  # type: ignore[arg-type]
    assert (hats(result) == 1).all()
    assert (result.lambda_hat == 1).all()
    assert (result.sector_price_hat == 1).all()
    first = result.first_order
    assert (first.welfare == 0).all()
    if deficits != "zero":
        assert result.iterations == 0
        assert (result.flows == result.world.flows).all()


def test_no_change_of_flows_with_tariffs() -> None:
    """Flows given with tariffs come back with tariffs."""
    given = ARRAYS.flows * (1 + ARRAYS.tariff)
    world = ARRAYS.world(flows=given, flows_include_tariff=True)
    np.testing.assert_allclose(solve(world).flows, given, rtol=1e-15)
    np.testing.assert_allclose(hats(changed(world)), hats(changed(ARRAYS.world())), rtol=1e-11)


def changed(world: World, deficits: str = "world-share") -> Result:
    """The world of `ARRAYS` under a change of tariffs."""
    return solve(world, Policy(tariff=changed_tariff(ARRAYS, 1)), deficits=deficits)  # type: ignore[arg-type]


@pytest.mark.parametrize("deficits", DEFICITS)
def test_walras(deficits: str) -> None:
    """Labour markets clear, deficits sum to zero, and income is spent."""
    result = changed(ARRAYS.world(), deficits)
    assert result.walras < 1e-10
    assert abs(result.deficit.sum().item()) < 1e-10 * result.exports.sum().item()
    np.testing.assert_allclose(result.exports + result.deficit, result.imports, rtol=1e-10)


def test_deficit_rules() -> None:
    """Nominal deficits keep their value, world shares their share of world income, zero ones are gone."""
    world = ARRAYS.world()
    before = world.deficit
    payroll = world.value_added
    for rule in ("nominal", "world-share"):
        assert (changed(world, rule).wage_hat * payroll).sum().item() == pytest.approx(payroll.sum().item(), rel=1e-12)
    shared = changed(world)
    incomes = np.asarray(world.accounts.income)
    growth = (shared.income_hat.to_numpy() * incomes).sum() / incomes.sum()
    np.testing.assert_allclose(shared.deficit, before * growth, rtol=1e-10)
    np.testing.assert_allclose(changed(world, "zero").deficit, 0, atol=1e-10 * incomes.sum())


@pytest.mark.parametrize("deficits", DEFICITS)
def test_homogeneity(deficits: str) -> None:
    """The currency does not matter."""
    scaled = ARRAYS.world(flows=1e6 * ARRAYS.flows)
    np.testing.assert_allclose(hats(changed(scaled, deficits)), hats(changed(ARRAYS.world(), deficits)), rtol=1e-11)


def test_order_does_not_matter() -> None:
    """Economies and sectors in another order give the same numbers under their names."""
    economies, sectors = [2, 0, 3, 1], [1, 2, 0]
    names = {"economies": [f"E{i}" for i in economies], "sectors": [f"s{i}" for i in sectors]}
    trade = np.ix_(economies, economies, sectors)
    assert ARRAYS.input_share is not None
    assert ARRAYS.value_added_share is not None
    other = World.from_arrays(
        ARRAYS.flows[trade],
        **names,
        elasticity=ARRAYS.elasticity[sectors],
        tariff=ARRAYS.tariff[trade],
        input_share=ARRAYS.input_share[np.ix_(economies, sectors, sectors)],
        value_added_share=ARRAYS.value_added_share[np.ix_(economies, sectors)],
    )
    plain = ARRAYS.world()
    named = plain.trade_array(changed_tariff(ARRAYS, 1), "tariff")
    first, second = solve(plain, Policy(tariff=named)), solve(other, Policy(tariff=named))
    for name in (*HATS, "sector_price_hat", "flows"):
        ours = getattr(second, name)
        np.testing.assert_allclose(getattr(first, name).sel(ours.coords), ours, rtol=1e-10)
    assert list(second.flows.coords["exporter"].values) == names["economies"]


def test_halves_behave_as_one() -> None:
    """An economy split into two equal halves without barriers between them behaves as one."""
    whole = [0, 1, 2, 3, 3]
    part = np.array([1, 1, 1, 0.5, 0.5])
    trade = np.ix_(whole, whole, range(3))
    flows = ARRAYS.flows[trade] * part[:, None, None] * part[None, :, None]
    assert ARRAYS.input_share is not None
    assert ARRAYS.value_added_share is not None
    split = World.from_arrays(
        flows,
        economies=["E0", "E1", "E2", "half", "other half"],
        sectors=ARRAYS.labels["sectors"],
        elasticity=ARRAYS.elasticity,
        tariff=ARRAYS.tariff[trade],
        input_share=ARRAYS.input_share[whole],
        value_added_share=ARRAYS.value_added_share[whole],
    )
    tariff = changed_tariff(ARRAYS, 1)
    halves = hats(solve(split, Policy(tariff=tariff[trade])))
    np.testing.assert_allclose(halves, hats(changed(ARRAYS.world()))[:, whole], rtol=1e-11)


def test_zero_own_sales() -> None:
    """An economy that sells nothing of a sector to itself is no trouble."""
    flows = ARRAYS.flows.copy()
    flows[1, 1, 2] = flows[2, 2, 1] = 0
    arrays = made(1, inputs=False)._replace(flows=flows)
    result = solve(arrays.world(), Policy(tariff=changed_tariff(arrays, 1)))
    assert np.isfinite(hats(result)).all()
    assert result.flows.sel(exporter="E1", importer="E1", sector="s2").item() == 0


def test_sector_nobody_buys() -> None:
    """A sector an economy neither makes nor buys stays out of its price index."""
    flows = ARRAYS.flows.copy()
    flows[:, 1, 2] = flows[1, :, 2] = 0
    world = made(1, inputs=False)._replace(flows=flows).world()
    result = solve(world, Policy(tariff=changed_tariff(ARRAYS, 1)))
    assert np.isfinite(hats(result)).all()
    assert result.sector_price_hat.sel(economy="E1", sector="s2").item() == 1


SHAPES = [(3, 1, False, 0.0), (4, 3, True, 0.0), (4, 3, True, 0.3), (5, 3, True, 0.1)]


@pytest.mark.parametrize("shape", range(len(SHAPES)))
def test_random_worlds_agree_with_the_nested_loop(shape: int) -> None:
    """200 random worlds, shocks to 130 points: the plain NumPy loop finds the same equilibrium, to 1e-9."""
    economies, sectors, inputs, zeros = SHAPES[shape]
    for seed in range(shape, 200, len(SHAPES)):
        arrays = made(seed, economies, sectors, inputs, zeros)
        tariff = changed_tariff(arrays, seed, most=1.3)
        result = solve(arrays.world(), Policy(tariff=tariff), deficits="nominal")
        labour = np.ones((economies, sectors)) if arrays.value_added_share is None else arrays.value_added_share
        share = np.zeros((economies, sectors, sectors)) if arrays.input_share is None else arrays.input_share
        loop = nested_loop(arrays.flows, arrays.tariff, arrays.elasticity, labour, share, tariff)
        assert loop.excess < 1e-12, f"seed {seed}: the loop did not come to rest"
        ours = hats(result)[:3]
        theirs = [loop.wage, loop.price_index, loop.real_income]
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, err_msg=f"seed {seed}")
