"""Many policies at once: each what it is alone, whatever else is asked."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from detente.economy import Policy, solve, solve_many
from detente.terms import InputFault
from tests.economy.made import changed_tariff, made

ARRAYS = made(1)
WORLD = ARRAYS.world()
POLICIES = [Policy(tariff=changed_tariff(ARRAYS, seed)) for seed in range(20)]


@pytest.mark.parametrize(
    "rules", [{}, {"deficits": "zero"}, {"closure": "ossa", "weights": np.ones((4, 3))}], ids=lambda r: "-".join(r)
)
def test_each_as_alone(rules: dict[str, Any]) -> None:
    """Every result is that of a solve of its own, in order, with its own status."""
    batch = solve_many(WORLD, POLICIES, tolerance=1e-12, **rules)
    assert len(batch) == len(POLICIES)
    for policy, found in zip(POLICIES, batch, strict=True):
        alone = solve(WORLD, policy, **rules)
        assert found.status.converged
        np.testing.assert_allclose(found.real_income_hat, alone.real_income_hat, rtol=1e-11)
        np.testing.assert_allclose(found.flows, alone.flows, rtol=1e-9)
        np.testing.assert_allclose(found.government_welfare_hat, alone.government_welfare_hat, rtol=1e-11)


def test_threads_change_nothing() -> None:
    """The same digits from one thread and from three."""
    one, three = (solve_many(WORLD, POLICIES * 2, threads=count) for count in (1, 3))
    for first, second in zip(one, three, strict=True):
        np.testing.assert_array_equal(first.real_income_hat, second.real_income_hat)


def test_a_neighbour_saves_steps() -> None:
    """On a ladder of tariffs searches start from the step below, so they are short."""
    tariff = np.array(ARRAYS.tariff)
    ladder = []
    for step in range(16):
        tariff[0, 1] = ARRAYS.tariff[0, 1] + 0.05 * step
        ladder.append(Policy(tariff=tariff.copy()))
    together = sum(result.iterations for result in solve_many(WORLD, ladder))
    alone = sum(solve(WORLD, policy, tolerance=1e-10).iterations for policy in ladder)
    assert together < 0.8 * alone


def test_one_that_fails_is_alone_in_it() -> None:
    """A policy whose search fails has its status and no numbers; the others are solved."""
    unsolved = solve_many(WORLD, [Policy(), POLICIES[0]], max_steps=0)
    assert unsolved[0].status.converged
    assert not unsolved[1].status.converged
    assert np.isnan(unsolved[1].real_income_hat).all()


def test_limits_among_others() -> None:
    """Policies with and without limits may stand together."""
    most = np.full(WORLD.base.flows.shape, np.nan)
    most[0, 1, 0] = 0.5
    mixed = [POLICIES[0], Policy(quantity_limit=most), POLICIES[1], Policy(quantity_limit=most, tariff=ARRAYS.tariff)]
    found = solve_many(WORLD, mixed)
    assert all(result.status.converged for result in found)
    np.testing.assert_allclose(found[1].licence_price, found[3].licence_price, atol=1e-9)
    assert float(found[1].licence_price[0, 1, 0]) > 0


def test_faults_name_their_policy() -> None:
    """What is wrong in any policy is said at once, with its place in the list."""
    wrong = [POLICIES[0], Policy(tariff=np.zeros((2, 2, 2))), Policy(iceberg=-np.ones((4, 4, 3)))]
    with pytest.raises(InputFault) as raised:
        solve_many(WORLD, wrong)
    assert [fault.path for fault in raised.value.faults] == ["policies[1].tariff", "policies[2].iceberg"]


def test_none_asked() -> None:
    """No policies, no results."""
    assert solve_many(WORLD, []) == []
