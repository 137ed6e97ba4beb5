"""The parts of the builder on small cases worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from detente import worlds
from detente.terms import InputFault
from detente.worlds.balance import balance
from detente.worlds.shape_2022 import GOODS, REGIONS, SECTORS
from detente.worlds.tariffs_2022 import aggregate, measures_in_force, member_tariffs


def test_balance_leaves_a_balanced_table_alone() -> None:
    """A table that already sums comes back as it was."""
    inputs = np.array([[10.0, 20.0], [30.0, 5.0]])
    labour, final = np.array([60.0, 75.0]), np.array([70.0, 65.0])
    done = balance(inputs, labour, final, inputs.sum(1) + final, inputs.sum(0) + labour)
    np.testing.assert_allclose(done.inputs, inputs, rtol=1e-12)
    np.testing.assert_allclose(done.value_added, labour, rtol=1e-12)
    np.testing.assert_allclose(done.final, final, rtol=1e-12)


@pytest.mark.parametrize("weight", [1.0, 0.25])
def test_balance_meets_its_sums(weight: float) -> None:
    """Rows and columns sum, and what starts positive stays so, though inputs start above purchases."""
    rng = np.random.default_rng(7)
    inputs, labour, final = rng.uniform(1, 9, (4, 4)), rng.uniform(5, 9, 4), rng.uniform(1, 2, 4)
    purchases, sales = np.array([8.0, 40.0, 30.0, 60.0]), np.array([20.0, 30.0, 40.0, 35.0])
    assert (purchases - inputs.sum(1)).min() < 0
    done = balance(inputs, labour, final, purchases, sales, weight)
    np.testing.assert_allclose(done.inputs.sum(1) + done.final, purchases, rtol=1e-12)
    np.testing.assert_allclose(done.inputs.sum(0) + done.value_added, sales, rtol=1e-12)
    assert min(done.inputs.min(), done.value_added.min(), done.final.min()) > 0


def test_balance_is_the_nearest() -> None:
    """Any other table with the same sums is farther in relative entropy."""
    rng = np.random.default_rng(3)
    inputs, labour, final = rng.uniform(1, 5, (3, 3)), rng.uniform(5, 9, 3), rng.uniform(4, 9, 3)
    done = balance(inputs, labour, final, np.array([20.0, 18.0, 25.0]), np.array([17.0, 22.0, 19.0]), 0.25)

    def entropy(table: np.ndarray, start: np.ndarray) -> float:
        return float((table * np.log(table / start) - table + start).sum())

    def distance(step: np.ndarray) -> float:
        table, wages = done.inputs + step, done.value_added - step.sum(0)
        return entropy(table, inputs) + entropy(wages, labour) + entropy(done.final - step.sum(1), final) / 4

    best = distance(np.zeros((3, 3)))
    assert all(distance(rng.normal(0, 0.01, (3, 3))) > best for _ in range(50))


def test_balance_with_an_empty_sector() -> None:
    """A sector that sells nothing uses nothing; what it is bought from abroad still goes to its users."""
    inputs = np.array([[2.0, 0.0], [3.0, 0.0]])
    done = balance(inputs, np.array([5.0, 0.0]), np.array([4.0, 4.0]), np.array([6.0, 8.0]), np.array([12.0, 0.0]))
    assert (done.inputs[:, 1] == 0).all()
    np.testing.assert_allclose(done.inputs.sum(1) + done.final, [6.0, 8.0], rtol=1e-12)


def test_tariffs_weigh_by_trade() -> None:
    """Two members of an economy count as they trade; trade within it is left out."""
    rates = np.array([[[0.0], [0.5], [0.1]], [[0.5], [0.0], [0.3]], [[0.2], [0.4], [0.0]]])
    flows = np.array([[[9.0], [9.0], [1.0]], [[9.0], [9.0], [3.0]], [[0.0], [0.0], [9.0]]])
    groups = np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    mean = aggregate(rates, flows, groups)
    assert mean[0, 1, 0] == pytest.approx((0.1 * 1 + 0.3 * 3) / 4)
    assert mean[1, 0, 0] == pytest.approx(0.3), "nothing is traded: the plain mean"
    assert mean[0, 0, 0] == mean[1, 1, 0] == 0


def test_tariffs_of_members() -> None:
    """The region's rate, ROW's average within ROW, zero under an agreement and into a free port."""
    regional = np.full((7, 7, 44), 0.05)
    rest = REGIONS.index("ROW")
    regional[:, rest] = 0.08
    regional[rest, rest] = 0.0
    members = ("USA", "CHN", "HKG", "MEX", "KOR", "NOR", "DEU", "GBR")
    rates = member_tariffs(regional, members, tuple(SECTORS))
    at = {code: place for place, code in enumerate(members)}
    car, food = SECTORS_AT["C29"], SECTORS_AT["C10T12"]
    assert rates[at["CHN"], at["USA"], car] == 0.05
    assert rates[at["NOR"], at["MEX"], car] == pytest.approx(0.08)
    assert rates[at["USA"], at["MEX"], [car, food]].max() == 0
    assert rates[at["USA"], at["KOR"], car] == 0
    assert rates[at["USA"], at["KOR"], food] == pytest.approx(0.08)
    assert rates[at["USA"], at["HKG"]].max() == 0
    assert rates[at["NOR"], at["NOR"]].max() == 0
    assert rates[:, :, len(GOODS) :].max() == 0


SECTORS_AT = {code: place for place, code in enumerate(SECTORS)}


def test_measures_in_force() -> None:
    """Only the USA and, on the USA, China add anything; what a sector weighs does not matter, the coverage is told."""
    economies, sectors = ("USA", "CHN", "TUR", "ROW"), ("C24", "C29", "services")
    added, told = measures_in_force(economies, sectors, np.array([6e3, 7e3, 5e4]))
    assert added.shape == (4, 4, 3)
    assert {(int(i), int(n)) for i, n in np.argwhere(added.max(2) > 0)} == {(1, 0), (0, 1), (2, 0), (3, 0)}
    assert (added[:, :, 2] == 0).all(), "no duty on services"
    assert added[2, 0, 0] > 0.1, "Turkish steel pays Section 232"
    assert added[1, 0, 1] > 0.15, "parts of cars are on List 3"
    assert (told["day"], told["known"], told["notes"]) == ("2022-07-01", "2022-07-01", [])
    np.testing.assert_array_equal(measures_in_force(economies, sectors, np.ones(3))[0], added)


def test_measures_need_both_parties() -> None:
    """A world without China is one fault."""
    with pytest.raises(InputFault, match="no economy CHN"):
        measures_in_force(("USA", "EU"), ("C24", "services"), np.ones(2))


def test_default_elasticities() -> None:
    """The default is the median of the six papers, sector by sector."""
    sets = {one.name: one for one in worlds.elasticity_sets()}
    assert next(iter(sets)) == "median"
    papers = [name for name in sets if name != "median" and "boehm" not in name and "uniform" not in name]
    assert len(papers) == 6
    sectors = list(SECTORS)
    expected = np.median([sets[name].theta(sectors) for name in papers], axis=0)
    np.testing.assert_allclose(sets["median"].theta(sectors), expected, rtol=2e-6)


@pytest.mark.parametrize(
    ("name", "sector", "theta"),
    [
        ("boehm-one-year", "C26", 0.76 - 1),
        ("boehm-long-run", "C26", 1.0),
        ("boehm-long-run-low", "C10T12", 0.75),
        ("boehm-long-run-high", "services", 1.25),
        ("caliendo-parro", "C13T15", 8.10),
        ("caliendo-parro", "C19", 64.85),
        ("bagwell-staiger-yurukoglu", "C25", 9.56),
        ("lashkaripour-lugovskyy", "C13T15", 3.359),
        ("shapiro", "C20", 1.55),
        ("uniform-4", "A03", 4.0),
    ],
)
def test_elasticities(name: str, sector: str, theta: float) -> None:
    """θ as published, or σ − 1 where σ is published."""
    assert worlds.elasticity_set(name).theta([sector])[0] == pytest.approx(theta, rel=1e-6)


def test_elasticity_sets_are_documented() -> None:
    """Every set names its paper, says what it is, covers every sector and stays above σ = 0."""
    for one in worlds.elasticity_sets():
        assert one.paper
        assert one.title
        assert one.kind in ("θ", "σ")
        assert (one.theta(list(SECTORS)) > -1).all()
        assert set(one.filled) <= set(SECTORS)


def test_unknown_elasticities() -> None:
    """An unknown set or sector is one fault with what there is."""
    with pytest.raises(InputFault, match="Did you mean caliendo-parro"):
        worlds.elasticity_set("caliendo-paro")
    with pytest.raises(InputFault, match="no figure for C99"):
        worlds.elasticity_set().theta(["C26", "C99"])
