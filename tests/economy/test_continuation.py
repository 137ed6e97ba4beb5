"""Equilibria that one leap does not reach: curves that turn, and why there is none where there is none."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
import pytest

from detente.economy import Outcome, Policy, Rules, Shock, World, reach, solve, unstable_directions
from detente.economy.arclength import Curve
from detente.economy.stability import shortfall_slopes
from tests.economy.made import changed_tariff, made


def curve(steepness: float) -> Curve:
    """The curve t = 2u³ − 3u² + steepness · u from nothing; below 1.5 it turns back and forth again."""

    def equations(both: np.ndarray, rounded: float) -> np.ndarray:
        u, t = both
        return np.array([2 * u**3 - 3 * u**2 + steepness * u - t])

    def derivatives(both: np.ndarray, rounded: float) -> np.ndarray:
        return np.array([[6 * both[0] ** 2 - 6 * both[0] + steepness, -1.0]])

    return Curve(
        equations, derivatives, lambda flat: flat, lambda point: False, np.ones(2), np.zeros(2), np.array([0.0, 1.0])
    )


@pytest.mark.parametrize("steepness", [3.0, 1.4, 1.2, 0.9])
def test_a_curve_that_turns(steepness: float) -> None:
    """The end is reached through both turns: the only real root of the cubic at t = 1."""
    found = curve(steepness).followed()
    roots = np.roots([2, -3, steepness, -1])
    assert found.end == "reached"
    assert found.point[0] == pytest.approx(roots[np.abs(roots.imag) < 1e-9].real[0], abs=1e-9)


def test_a_curve_that_does_not_come_back() -> None:
    """t = u − u² comes as far as a quarter: said, and how far it came."""
    parabola = curve(1.0)
    parabola.equations = lambda both, rounded: np.array([both[0] - both[0] ** 2 - both[1]])
    parabola.derivatives = lambda both, rounded: np.array([[1 - 2 * both[0], -1.0]])
    found = parabola.followed()
    assert found.end == "turned"
    assert 0.2 < found.furthest <= 0.25


def deficits(by: float) -> World:
    """Two economies with one sector; the first buys more than it sells by a part of what it sells."""
    flows = np.array([[8.0, 2.0], [2.0 * (1 + by), 8.0]])[:, :, None]
    return World.from_arrays(flows, ["A", "B"], ["all"], 4.0)


def test_deficits_that_cannot_be_paid() -> None:
    """Under prohibitive tariffs on both sides nothing pays for a kept deficit: said so. Closed first, it is solved."""
    wall = Policy(tariff=np.array([[0.0, 1000.0], [1000.0, 0.0]])[:, :, None])
    kept = solve(deficits(0.8), wall, deficits="nominal")
    assert kept.status.outcome is Outcome.UNPAID
    assert "of the change of policy" in kept.status.message
    assert np.isnan(kept.real_income_hat).all()
    assert solve(deficits(0.8), wall, deficits="zero").status.converged


@pytest.mark.parametrize("share", [0.15, 0.3, 0.6])
def test_stability_of_a_closed_economy(share: float) -> None:
    """Nearly closed, sales a firm fall by 1 − (1 − γ) ÷ (γ θ) as firms enter: stable if and only if γ σ > 1."""
    flows = np.array([[1.0, 1e-9], [1e-9, 1.0]])[:, :, None]
    theta, labour = 3.0, np.full((2, 1), share)
    world = World.from_arrays(
        flows, ["A", "B"], ["all"], theta, input_share=np.ones((2, 1, 1)), value_added_share=labour
    )
    slope = 1 - (1 - share) / (share * theta)
    np.testing.assert_allclose(shortfall_slopes(world.base, Rules("free-entry")), slope, rtol=1e-6)
    assert unstable_directions(world.base, Rules("free-entry")) == (0 if share * (1 + theta) > 1 else 2)


def test_no_inputs_no_instability() -> None:
    """Without inputs returns to scale times the elasticity of trade are one: firms that enter lose, in any world."""
    for seed in range(20):
        assert unstable_directions(made(seed, 5, 4, inputs=False).world().base, Rules("free-entry")) == 0
    assert unstable_directions(made(0).world().base, Rules()) == 0


@pytest.mark.parametrize("seed", [10, 11])
def test_unstable_base_is_said(seed: int) -> None:
    """Where firms draw firms and no equilibrium is found, the reason is the base, not the policy."""
    arrays = made(seed, 6, 6, imbalance=0.3)
    world = arrays.world(elasticity=np.random.default_rng(seed).uniform(1.5, 20, 6))
    result = solve(world, Policy(tariff=changed_tariff(arrays, seed, 0.3)), closure="free-entry", deficits="zero")
    assert unstable_directions(world.base, Rules("free-entry")) > 0
    assert result.status.outcome is Outcome.UNSTABLE
    assert "while closing the deficits" in result.status.message


def test_a_sector_closed_with_the_deficits() -> None:
    """Where deficits closed leave a sector without firms, it sells nothing in the base that policies are put to."""
    arrays = made(2, 2, 4, inputs=False)
    base = arrays.world(elasticity=12.0).base
    shock = Shock.none(base)._replace(tariff=jnp.asarray(changed_tariff(arrays, 2)))
    reached = reach(base, shock, Rules("free-entry", deficits="zero"))
    assert reached.converged
    gone = np.asarray(reached.base.flows).sum(1) == 0
    assert gone.any()
    np.testing.assert_array_equal(np.asarray(reached.found.sales)[gone], 0.0)
    assert np.abs(np.asarray(reached.found.labour_gap)).max() < 1e-9
