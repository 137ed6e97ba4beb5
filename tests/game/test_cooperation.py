"""Cooperation and talks: published results, identities, and answers where there is nothing to agree on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.economy import Policy, solve
from detente.game import cooperate, nash, talk
from detente.terms import InputFault
from tests.game.worlds import OSSA_REGIONS, ossa_2007, ossa_weights, symmetric, two


@pytest.mark.shared
def test_equal_gains_of_the_seven_regions(shared_data: Path) -> None:
    """From factual tariffs, political weights, equal gains: 0.5% for each government (Ossa 2014, abstract)."""
    world, weights = ossa_2007(shared_data), ossa_weights(shared_data)
    deal = cooperate(world, OSSA_REGIONS, closure="ossa", weights=weights, objective="equal-gains")
    assert deal.status.converged, deal.status
    before = solve(world, closure="ossa", weights=weights).government_welfare_hat
    gains = 100 * (deal.equilibrium.government_welfare_hat / before - 1).to_numpy()
    assert np.ptp(gains) < 1e-7
    assert round(float(gains.mean()), 1) == 0.5
    assert max(deal.foc.values()) < 1e-6


def test_symmetric_players_agree_on_free_trade() -> None:
    """From the war, two equal economies agree on equal tariffs, and get back what free trade gives them."""
    world = symmetric()
    war = nash(world, ["E0", "E1"], closure="armington")
    deal = cooperate(world, ["E0", "E1"], closure="armington", policy=Policy(tariff=war.tariff))
    assert deal.status.converged, deal.status
    assert list(deal.utility.values()) == pytest.approx([0, 0], abs=1e-7)
    assert all(gain > 0.5 for gain in deal.deviation_gain.values())  # leaving tempts both: a prisoner's dilemma


def test_talk_from_the_war() -> None:
    """The frontier of two equal economies is symmetric, and both bargaining points lie in its middle."""
    world = symmetric()
    war = nash(world, ["E0", "E1"], closure="armington")
    found = talk(world, ("E0", "E1"), war, closure="armington", policy=Policy(tariff=war.tariff), points=5)
    assert found.status.converged, found.status
    assert found.zone.exists
    ends = found.frontier[0].gain, found.frontier[-1].gain
    assert ends[0]["E0"] == pytest.approx(ends[1]["E1"], abs=1e-6)
    for point in (found.nash_point, found.ks_point):
        assert point is not None
        assert point.gain["E0"] == pytest.approx(point.gain["E1"], abs=1e-6)
        assert point.gain["E0"] == pytest.approx(-war.utility["E0"], abs=1e-6)


def test_empty_zone_is_an_answer() -> None:
    """At free trade two equal economies have nothing to agree on that is better: said so, no point invented."""
    world = symmetric()
    found = talk(world, ("E0", "E1"), Policy(), closure="armington", points=3)
    assert not found.zone.exists
    assert found.zone.words.startswith("Empty")
    assert (found.nash_point, found.ks_point, found.frontier) == (None, None, ())


def test_side_that_prefers_the_fallback_is_named() -> None:
    """A large economy would rather have the war than free trade."""
    world = two(0.9)
    war = nash(world, ["A", "B"], closure="armington")
    found = talk(world, ("A", "B"), war, closure="armington", points=3)
    assert found.zone.prefer_fallback == ("A",)
    assert "A would rather" in found.zone.words


def test_bad_input() -> None:
    """Everything wrong is told at once."""
    with pytest.raises(InputFault) as caught:
        nash(symmetric(), ["E0", "E2"], instruments="mfn", bounds=(0.5, 0.1), sectors=["al"])
    assert {f.path for f in caught.value.faults} == {"bounds", "instruments", "players", "sectors"}
    with pytest.raises(InputFault, match="two economies"):
        talk(symmetric(), ["E0"], Policy())
    with pytest.raises(InputFault, match="Nothing is left"):
        talk(symmetric(), ("E0", "E1"), Policy(), keep=["all"])
