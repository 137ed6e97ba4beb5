"""Deals in which one side may pay the other."""

from __future__ import annotations

import numpy as np
import pytest

from detente.economy import Policy, World, solve
from detente.game import Talk, nash, talk
from tests.game.worlds import two

A, B = "A", "B"


@pytest.fixture(scope="module")
def unequal() -> tuple[World, Policy]:
    """A large economy that wins the war, and the war."""
    world = two(0.9)
    return world, Policy(tariff=nash(world, [A, B], closure="armington").tariff)


def free_trade_with(world: World, paid: float) -> list[float]:
    """u of both at free trade when A receives `paid` of B: solved apart from any game."""
    result = solve(world, Policy(transfer={A: paid, B: -paid}), closure="armington", deficits="nominal")
    return [float(x) for x in 100 * np.log(result.real_income_hat)]


def test_the_winner_of_the_war_can_be_paid(unequal: tuple[World, Policy]) -> None:
    """Without subsidies free trade gives the winner less than the war, and nothing else is on the frontier; with money
    both gain, at free trade, all along the frontier (Kennan and Riezman's winner is bought off)."""
    world, war = unequal
    alone = talk(world, (A, B), war, closure="armington", points=3, policy=war)
    paid = talk(world, (A, B), war, closure="armington", points=4, transfers=True, policy=war)
    assert paid.status.converged, paid.status
    assert paid.zone.exists
    assert paid.zone.largest > alone.zone.largest
    ends = paid.frontier[0].gain, paid.frontier[-1].gain
    assert (ends[0][B], ends[1][A]) == pytest.approx((0, 0), abs=1e-7)
    assert paid.ks_point is not None
    assert paid.ks_point.gain[A] / ends[0][A] == pytest.approx(paid.ks_point.gain[B] / ends[1][B], abs=1e-7)
    for point in (*paid.frontier, paid.nash_point, paid.ks_point):
        assert point is not None
        assert abs(point.tariff).max() < 1e-7
        assert point.transfer[A] == pytest.approx(-point.transfer[B], abs=1e-12)
        assert point.transfer[A] > 0
        assert list(point.utility.values()) == pytest.approx(free_trade_with(world, point.transfer[A]), abs=1e-7)


def test_equal_players_pay_nothing() -> None:
    """Two equal economies share equally at free trade without a payment."""
    world = two(0.5)
    war = nash(world, [A, B], closure="armington")
    found = talk(world, (A, B), war, closure="armington", points=3, transfers=True)
    assert found.status.converged, found.status
    assert found.nash_point is not None
    assert found.nash_point.transfer[A] == pytest.approx(0, abs=1e-8)
    assert found.nash_point.gain[A] == pytest.approx(found.nash_point.gain[B], abs=1e-6)


def test_subsidies_pay_as_money_does(unequal: tuple[World, Policy]) -> None:
    """Of two economies with one good, import subsidies do what transfers do (Mayer 1981): where they are allowed the
    frontier is the same with money and without."""
    world, war = unequal

    def points(transfers: bool) -> Talk:
        return talk(
            world, (A, B), war, closure="armington", bounds=(-0.5, 2.25), points=3, transfers=transfers, policy=war
        )

    alone, paid = points(False), points(True)
    assert alone.status.converged, alone.status
    assert paid.status.converged, paid.status
    for mine, theirs in zip(alone.frontier, paid.frontier, strict=True):
        assert list(mine.utility.values()) == pytest.approx(list(theirs.utility.values()), abs=1e-6)
    assert alone.nash_point is not None
    assert paid.nash_point is not None
    assert alone.nash_point.utility[A] == pytest.approx(paid.nash_point.utility[A], abs=1e-6)


def test_money_adds_to_what_can_be_reached() -> None:
    """Among three economies with several sectors no point of the frontier lies inside that without money."""
    from tests.economy.made import made

    arrays = made(4)
    world = arrays.world()
    one, other = world.economies[:2]
    war = nash(world, [one, other], targets=[one, other])
    assert war.status.converged

    def found(transfers: bool) -> Talk:
        start = Policy(tariff=war.tariff)
        return talk(world, (one, other), war, policy=start, points=4, transfers=transfers)

    alone, paid = found(False), found(True)
    assert alone.status.converged, alone.status
    assert paid.status.converged, paid.status
    assert paid.zone.largest >= alone.zone.largest - 1e-9
    level = [p.utility[other] for p in paid.frontier]
    best = [p.utility[one] for p in paid.frontier]
    for point in alone.frontier:
        if level[0] <= point.utility[other] <= level[-1]:
            assert point.utility[one] <= np.interp(point.utility[other], level, best) + 1e-3
    for ends in ((0, one), (-1, other)):
        assert paid.frontier[ends[0]].gain[ends[1]] >= alone.frontier[ends[0]].gain[ends[1]] - 1e-8
