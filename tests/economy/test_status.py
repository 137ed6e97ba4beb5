"""A solve never raises for want of an equilibrium: it says how it ended, and gives no numbers."""

from __future__ import annotations

import numpy as np
import pytest

from detente.economy import Outcome, Policy, World, solve
from tests.economy.made import changed_tariff, made

ARRAYS = made(1)


def test_spent_steps() -> None:
    """Too few steps: the status says so and how far it came; every number is NaN."""
    result = solve(ARRAYS.world(), Policy(tariff=changed_tariff(ARRAYS, 1)), max_steps=0)
    assert not result.status.converged
    assert result.status.outcome is Outcome.STEPS_SPENT
    assert "after 0% of the change of policy" in result.status.message
    assert result.residual > 0
    for name in (
        "real_income_hat",
        "price_index_hat",
        "wage_hat",
        "flows",
        "lambda_hat",
        "exports",
        "deficit",
    ):
        assert np.isnan(getattr(result, name)).all(), name
    assert np.isnan(result.first_order.welfare).all()
    assert np.isnan(result.walras)


def test_strides_reach_what_one_leap_does_not() -> None:
    """With few steps a stage, the policy is approached in strides, to the same answer."""
    policy = Policy(tariff=changed_tariff(ARRAYS, 1, most=1.3))
    whole = solve(ARRAYS.world(), policy)
    strides = solve(ARRAYS.world(), policy, max_steps=whole.iterations - 1)
    assert strides.status.converged
    assert strides.iterations > whole.iterations
    np.testing.assert_allclose(strides.real_income_hat, whole.real_income_hat, rtol=1e-11)


@pytest.mark.parametrize("points", [1.3, 10.0, 1000.0])
@pytest.mark.parametrize("closure", ["caliendo-parro", "armington"])
def test_large_shocks(points: float, closure: str) -> None:
    """A war between two economies of +130 points and far beyond ends in an equilibrium."""
    world = ARRAYS.world(elasticity=[4.0, 8.0, 30.0])
    tariff = ARRAYS.tariff.copy()
    tariff[0, 1] += points
    tariff[1, 0] += points
    result = solve(world, Policy(tariff=tariff), closure=closure)  # type: ignore[arg-type]
    assert result.status.converged, result.status
    assert result.walras < 1e-10
    assert (
        result.flows.sel(exporter="E0", importer="E1").sum() < 0.6 * world.flows.sel(exporter="E0", importer="E1").sum()
    )


def test_no_equilibrium_is_said() -> None:
    """An economy that imports and exports nothing cannot close its deficit: not finite, and no numbers."""
    flows = ARRAYS.flows.copy()
    flows[0, 1:] = 0
    world = World.from_arrays(flows, **ARRAYS.labels, elasticity=4.0)
    assert solve(world, deficits="nominal").status.converged
    result = solve(world, deficits="zero")
    assert result.status.outcome is Outcome.NOT_FINITE
    assert "while closing the deficits" in result.status.message
    assert np.isnan(result.wage_hat).all()


def test_outcomes_are_sentences() -> None:
    """Every outcome reads as a sentence."""
    assert all(outcome.value.endswith(".") and outcome.value[0].isupper() for outcome in Outcome)
