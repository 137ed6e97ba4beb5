"""Money given by one economy to another: textbook answers to the transfer problem, and deficits as transfers."""

from __future__ import annotations

import numpy as np
import pytest

from detente.economy import Policy, World, solve, solve_many
from detente.terms import InputFault
from detente.worlds import world as load
from tests.economy.made import made

THETA = 4.0


def two(home: tuple[float, float], incomes: tuple[float, float] = (1.0, 1.0)) -> World:
    """Two economies, one sector, balanced trade; `home` is what each spends on its own goods."""
    own = np.array(home) * incomes
    assert incomes[0] - own[0] == pytest.approx(incomes[1] - own[1])
    flows = np.array([[own[0], incomes[0] - own[0]], [incomes[1] - own[1], own[1]]])
    return World.from_arrays(flows[:, :, None], ["A", "B"], ["all"], THETA)


def test_no_secondary_burden_without_costs() -> None:
    """Where all economies spend alike a transfer moves no price: the receiver gains it, the giver loses it and no
    more (Samuelson 1952)."""
    incomes = np.array([2.0, 1.0, 5.0])
    flows = np.outer(incomes, incomes) / incomes.sum()
    world = World.from_arrays(flows[:, :, None], ["A", "B", "C"], ["all"], THETA)
    result = solve(world, Policy(transfer={"A": 0.3, "C": -0.3}), closure="armington", deficits="nominal")
    np.testing.assert_allclose(result.real_income_hat, 1 + np.array([0.3, 0, -0.3]) / incomes, rtol=1e-11)
    np.testing.assert_allclose(result.wage_hat, 1, rtol=1e-11)


@pytest.mark.parametrize("home", [(0.8, 0.8), (0.6, 0.8), (0.3, 0.65)])
def test_secondary_burden(home: tuple[float, float]) -> None:
    """With tastes for one's own goods a small transfer T turns the terms of trade to the receiver by
    (λ₁ + λ₂ − 1) T ÷ (M (1 + θ (λ₁ + λ₂))), from the balance of payments with import elasticities 1 + θ λ; where λ₁ + λ₂
    is below one, against it."""
    incomes = (1.0, (1 - home[0]) / (1 - home[1]))
    small = 1e-5
    found = []
    for sign in (1, -1):
        policy = Policy(transfer=np.array([sign, -sign]) * small)
        result = solve(two(home, incomes), policy, closure="armington", deficits="nominal", tolerance=1e-13)
        found.append((np.log(result.wage_hat.to_numpy()), np.log(result.real_income_hat.to_numpy())))
    wage, real = ((ahead - behind) / (2 * small) for ahead, behind in zip(*found, strict=True))
    both = sum(home)
    turned = (both - 1) / ((1 - home[0]) * (1 + THETA * both))
    assert wage[0] - wage[1] == pytest.approx(turned, abs=1e-7)
    assert real[0] == pytest.approx(1 / incomes[0] + (1 - home[0]) * turned, abs=1e-7)
    assert real[1] == pytest.approx(-1 / incomes[1] - (1 - home[1]) * turned, abs=1e-7)


@pytest.mark.parametrize("closure", ["caliendo-parro", "ossa"])
def test_deficits_are_transfers(closure: str) -> None:
    """A transfer of every deficit back to where it came from closes all of them: the same as deficits of zero, in every
    number."""
    world = load("world-2022")
    base = solve(world, closure=closure, deficits="nominal")
    back = solve(world, Policy(transfer=-base.deficit.to_numpy()), closure=closure, deficits="nominal")
    closed = solve(world, closure=closure, deficits="zero")
    assert back.status.converged and closed.status.converged
    np.testing.assert_allclose(back.deficit, 0, atol=1e-9 * abs(base.deficit.to_numpy()).max())
    np.testing.assert_allclose(back.flows, closed.base.flows, rtol=1e-8, atol=1e-6)


def test_many() -> None:
    """Policies that differ in what is transferred, one of them far, are solved as each alone."""
    world = made(2).world()
    amount = 0.2 * float(np.asarray(world.base.flows).sum((0, 2)).min())
    policies = [Policy(transfer={"E0": x * amount, "E1": -x * amount}) for x in (0.0, 0.5, -1.0)]
    names = dict(zip(("E0", "E1"), world.economies[:2], strict=True))
    policies = [Policy(transfer={names[k]: v for k, v in p.transfer.items()}) for p in policies]
    for one, policy in zip(solve_many(world, policies, tolerance=1e-12), policies, strict=True):
        alone = solve(world, policy, tolerance=1e-12)
        np.testing.assert_allclose(one.real_income_hat, alone.real_income_hat, rtol=1e-10)


def test_bad_transfers() -> None:
    """Unknown names, sums other than zero and what is no number are named at once or alone."""
    world = two((0.8, 0.8))
    with pytest.raises(InputFault, match="did you mean|unknown") as caught:
        solve(world, Policy(transfer={"a": 1.0, "B": -0.5}))
    assert "differs by -0.5" in str(caught.value)
    with pytest.raises(InputFault, match="Not a number: B"):
        solve(world, Policy(transfer=[0.0, np.nan]))
    with pytest.raises(InputFault, match="shape"):
        solve(world, Policy(transfer=[0.0, 0.0, 0.0]))


def test_more_than_there_is() -> None:
    """A transfer larger than the giver's income is refused, not solved."""
    result = solve(two((0.8, 0.8)), Policy(transfer=[3.0, -3.0]), closure="armington", deficits="nominal")
    assert not result.status.converged
    assert np.isnan(result.real_income_hat).all()
