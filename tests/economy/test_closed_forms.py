"""Cases with an answer on paper."""

from __future__ import annotations

import numpy as np
import pytest

from detente.economy import Policy, World, solve, tariff_gradient
from tests.economy.made import changed_tariff, made, two_economies


def both_ways(rate: float) -> Policy:
    """The same tariff of two economies on each other."""
    return Policy(tariff=np.array([[0.0, rate], [rate, 0.0]])[:, :, None])


@pytest.mark.parametrize("closure", ["caliendo-parro", "armington"])
def test_symmetric_tariff_war(closure: str) -> None:
    """Two equal economies: λ′ = λ ÷ (λ + (1 − λ)(1 + t)^−θ), income 1 ÷ (1 − (1 − λ′) t ÷ (1 + t))."""
    own, theta, rate = 0.7, 5.0, 0.25
    result = solve(two_economies(theta, own), both_ways(rate), closure=closure)
    total = own + (1 - own) * (1 + rate) ** -theta
    income = 1 / (1 - (1 - own / total) * rate / (1 + rate))
    np.testing.assert_allclose(result.wage_hat, 1, atol=1e-12)
    np.testing.assert_allclose(result.price_index_hat, total ** (-1 / theta), rtol=1e-12)
    np.testing.assert_allclose(result.real_income_hat, income * total ** (1 / theta), rtol=1e-12)
    np.testing.assert_allclose(result.lambda_hat, 1 / total, rtol=1e-12)


def test_known_nash_tariff() -> None:
    """Two equal economies, θ = 4, no trade costs: at t = 0.3138559355 neither gains, and both are 3.829%
    poorer.
    """
    result = solve(two_economies(4.0), both_ways(0.3138559355))
    np.testing.assert_allclose(100 * (result.real_income_hat - 1), -3.829, atol=5e-4)
    own = tariff_gradient(result).sel(economy="A", exporter="B", importer="A", sector="all")
    assert abs(own.item()) < 1e-10


def test_known_best_reply() -> None:
    """Against free trade the best tariff in that case is 0.37702234446 (bisection of the closed form in 50
    digits; often quoted as 0.3770224)."""
    signs = []
    for level in (0.3770223444, 0.3770223445):
        rate = np.array([[0.0, 0.0], [level, 0.0]])[:, :, None]
        gradient = tariff_gradient(solve(two_economies(4.0), Policy(tariff=rate)))
        signs.append(gradient.sel(economy="A", exporter="B", importer="A", sector="all").item() > 0)
    assert signs == [True, False]


def test_one_sector_real_wage() -> None:
    """Arkolakis, Costinot and Rodríguez-Clare (2012): the real wage is λ̂^(−1/θ), whatever the shock."""
    arrays = made(1, 3, 1, inputs=False)
    abroad = ~np.eye(3, dtype=bool)[:, :, None]
    policy = Policy(tariff=arrays.tariff + 0.3 * abroad, iceberg=1 + 0.2 * abroad)
    result = solve(arrays.world(), policy)
    expected = result.lambda_hat.isel(sector=0) ** (-1 / arrays.elasticity[0])
    np.testing.assert_allclose(result.real_wage_hat, expected, rtol=1e-12)


def test_real_wage_with_inputs() -> None:
    """Costinot and Rodríguez-Clare (2014), equation 28: Π λ̂[k]^(−α[s] a[s, k] ÷ θ[k]), a the Leontief
    inverse.
    """
    arrays = made(1, 4, 3)
    result = solve(arrays.world(), Policy(tariff=changed_tariff(arrays, 1)))
    assert arrays.input_share is not None
    assert arrays.value_added_share is not None
    cost = (1 - arrays.value_added_share)[:, None, :] * arrays.input_share
    leontief = np.linalg.inv(np.eye(3) - cost.transpose(0, 2, 1))
    shares = result.world.final_share.to_numpy()
    logs = np.log(result.lambda_hat.to_numpy()) / arrays.elasticity
    expected = np.exp(-np.einsum("ns,nsk,nk->n", shares, leontief, logs))
    np.testing.assert_allclose(result.real_wage_hat, expected, rtol=1e-11)


@pytest.mark.parametrize("theta", [-0.6, -0.9e-4, 0.0, 0.9e-4, 2.0])
def test_armington_price(theta: float) -> None:
    """σ below, at and above one, and next to one: the price index is the CES index of the new wages."""
    rate = np.array([[0.0, 0.0], [3.0, 0.0]])[:, :, None]
    result = solve(two_economies(theta, 0.7), Policy(tariff=rate), closure="armington")
    assert result.status.converged, result.status
    shares, logs = np.array([0.7, 0.3]), np.log(result.wage_hat.to_numpy() * np.array([1.0, 4.0]))
    exact = -np.log1p(shares @ np.expm1(-theta * logs)) / theta if theta else shares @ logs
    found = np.log(result.price_index_hat.sel(economy="A").item())
    assert found == pytest.approx(exact, abs=1e-13)


def test_cobb_douglas_limit() -> None:
    """As θ → 0 from both sides the answer tends to that of θ = 0, without losing digits on the way."""
    rate = np.array([[0.0, 0.0], [0.3, 0.0]])[:, :, None]

    def income(theta: float) -> np.ndarray:
        world = two_economies(theta, 0.7)
        return solve(world, Policy(tariff=rate), closure="armington").real_income_hat.to_numpy()

    limit = income(0.0)
    for theta in (1e-3, 1.1e-4, 0.9e-4, 1e-9, -1e-9, -0.9e-4, -1.1e-4, -1e-3):
        np.testing.assert_allclose(income(theta), limit, atol=0.2 * abs(theta) + 1e-13)
    np.testing.assert_allclose(income(1.0001e-4), income(0.9999e-4), atol=1e-8)


def test_symmetric_cobb_douglas() -> None:
    """θ = 0 by hand: shares stay, P̂ = (1 + t)^(1 − λ), income 1 ÷ (1 − (1 − λ) t ÷ (1 + t))."""
    result = solve(two_economies(0.0, 0.6), both_ways(0.5), closure="armington")
    expected = 1 / (1 - 0.4 * 0.5 / 1.5) / 1.5**0.4
    np.testing.assert_allclose(result.real_income_hat, expected, rtol=1e-12)


def test_lerner_symmetry() -> None:
    """Without deficits, a tax on all exports does what a tariff on all imports does (Lerner 1936)."""
    arrays = made(1, 4, 3)
    world, none = arrays.world(tariff=None), np.zeros((4, 4, 3))
    imports, exports = none.copy(), none.copy()
    imports[1:, 0], exports[0, 1:] = 0.25, 0.25
    by_import = solve(world, Policy(tariff=imports), deficits="zero")
    by_export = solve(world, Policy(export_tax=exports), deficits="zero")
    assert by_import.status.converged
    np.testing.assert_allclose(by_export.real_income_hat, by_import.real_income_hat, rtol=1e-11)


def test_dearer_trade_is_a_tariff_thrown_away() -> None:
    """Trade costs move prices as a tariff does, and earn nothing: one economy alone loses the revenue."""
    world: World = two_economies(5.0, 0.7)
    factor = np.array([[1.0, 1.2], [1.2, 1.0]])[:, :, None]
    dearer = solve(world, Policy(iceberg=factor))
    levied = solve(world, both_ways(0.2))
    np.testing.assert_allclose(dearer.price_index_hat, levied.price_index_hat, rtol=1e-12)
    np.testing.assert_allclose(dearer.income_hat, 1, rtol=1e-12)
    assert (levied.income_hat > 1).all()
