"""Games with an answer on paper."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import brentq

from detente.game import nash, optimal
from tests.game.worlds import symmetric, two


def test_symmetric_prisoners_dilemma() -> None:
    """Two equal economies, θ = 4: tariffs of 0.3138559355 in the war, which costs 3.829% against free trade, and
    0.3770224 as the best reply to free trade, which gains."""
    world = symmetric()
    war = nash(world, ["E0", "E1"], instruments="bilateral-sector", closure="armington")
    assert war.tariff.sel(exporter="E1", importer="E0").item() == pytest.approx(0.3138559355, abs=1e-9)
    assert 100 * (war.equilibrium.real_income_hat - 1).to_numpy() == pytest.approx([-3.829, -3.829], abs=5e-4)
    reply = optimal(world, "E0", instruments="bilateral-sector", closure="armington")
    assert reply.tariff.sel(exporter="E1", importer="E0").item() == pytest.approx(0.3770224, abs=1e-7)
    assert reply.utility["E0"] > 0 > reply.equilibrium.real_income_hat.sel(economy="E1").item() - 1


@pytest.mark.parametrize("size", [0.5, 0.1, 0.01, 1e-4])
def test_optimal_tariff_of_one_against_the_rest(size: float) -> None:
    """t = 1 ÷ (θ λ̃), λ̃ the rest's new share of its output that it keeps; it tends to 1 ÷ θ as home shrinks."""
    world = two(size)
    found = optimal(world, "A", instruments="mfn-sector", closure="armington")
    flows = found.equilibrium.flows.to_numpy()[:, :, 0]
    kept = flows[1, 1] / flows[1].sum()
    tariff = found.tariff.sel(exporter="B", importer="A").item()
    assert tariff == pytest.approx(1 / (4.0 * kept), abs=1e-9)
    assert tariff == pytest.approx(0.25, abs=0.5 * size)


def test_nash_by_a_second_method() -> None:
    """The symmetric war solved as one equation in one unknown: with both tariffs t trade is balanced at equal wages, so
    t = 1 ÷ (θ λ̃) with λ̃ = τ^θ ... found by bisection on the shares alone."""
    theta = 4.0

    def gap(t: float) -> float:
        foreign = (1 + t) ** -theta
        home_value, foreign_value = 1 / (1 + foreign), foreign / (1 + foreign) / (1 + t)
        return t - (home_value + foreign_value) / (theta * home_value)

    war = nash(symmetric(theta), ["E0", "E1"], instruments="mfn-uniform", closure="armington")
    assert war.tariff.sel(exporter="E1", importer="E0").item() == pytest.approx(brentq(gap, 0.1, 1), abs=1e-9)


def test_large_economy_wins_the_war() -> None:
    """Of two economies unequal enough the larger gains from the war (Kennan and Riezman 1988)."""
    war = nash(two(0.9), ["A", "B"], instruments="bilateral-sector", closure="armington")
    assert war.utility["A"] > 0 > war.utility["B"]


def test_all_instruments_agree_where_they_must() -> None:
    """Two economies and one sector: the four kinds of tariff are one."""
    found = [
        nash(two(0.3), ["A", "B"], instruments=kind, closure="armington").tariff.to_numpy()
        for kind in ("bilateral-sector", "mfn-sector", "bilateral-uniform", "mfn-uniform")
    ]
    assert np.ptp(found, axis=0).max() < 1e-9
