"""From the short run to the long."""

from __future__ import annotations

import numpy as np
import pytest

from detente.economy import Policy, path, solve
from detente.terms import InputFault
from tests.economy.made import changed_tariff, made, two_economies


def test_ends_are_plain_solves() -> None:
    """At the years that are given the path is the solve at their elasticities, between them it lies on the line."""
    parts = made(1)
    policy = Policy(tariff=changed_tariff(parts, 1))
    theta = parts.elasticity
    found = path(parts.world(), policy, {1: theta / 4, 9: theta}, [0, 1, 5, 9, 30], {1: 0.5, 9: 4.0})
    assert found.converged
    first = solve(parts.world(elasticity=theta / 4), policy, labour_mobility=0.5).real_income_hat
    middle = solve(parts.world(elasticity=theta * 5 / 8), policy, labour_mobility=2.25).real_income_hat
    last = solve(parts.world(), policy, labour_mobility=4.0).real_income_hat
    expected = np.stack([first, first, middle, last, last])
    np.testing.assert_allclose(found.real_income_hat, expected, rtol=1e-11)
    assert found.real_income_hat.dims == ("year", "economy")


def test_trade_falls_further_as_years_pass() -> None:
    """With σ of 0.76 in a year and 2 after ten, two equal economies trade less and less under the same tariff."""
    world = two_economies(1.0)
    tariff = np.array([[0, 0.3], [0.3, 0]])[:, :, None]
    found = path(world, Policy(tariff=tariff), {1: -0.24, 10: 1.0}, [1, 4, 7, 10], closure="armington")
    crossing = found.flows.values[:, 0, 1, 0]
    assert found.converged
    assert (np.diff(crossing) < 0).all()
    # Two equals: wages stay, so sales abroad are λ ÷ (1 + t) of income, and income is 1 ÷ (1 − t λ ÷ (1 + t)).
    for value, theta in zip(crossing, (-0.24, -0.24 + 1.24 / 3, -0.24 + 2.48 / 3, 1.0), strict=True):
        share = 1.3**-theta / (1 + 1.3**-theta)
        income = 1 / (1 - 0.3 / 1.3 * share)
        assert value == pytest.approx(share / 1.3 * income, rel=1e-10)


def test_years_below_zero() -> None:
    """A year before the policy, no year at all, and an elasticity that is none are named together."""
    with pytest.raises(InputFault) as caught:
        path(two_economies(1.0), Policy(), {-1: 1.0, 2: -3.0}, [])
    assert {f.path for f in caught.value.faults} == {"elasticity", "elasticity.2", "years"}
