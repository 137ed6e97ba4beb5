"""The game agrees with what Ossa's programs and paper give (2014), from outside the package."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.game import GameResult, nash, optimal
from tests.game.worlds import OSSA_REGIONS, ossa_2007, ossa_weights

pytestmark = pytest.mark.shared


def test_us_optimal_mfn_tariffs(shared_data: Path) -> None:
    """US optimal MFN tariffs, others at factual: welfare to 1e-9, trade-weighted mean to 1e-4."""
    world = ossa_2007(shared_data)
    found = optimal(world, "USA", instruments="mfn-sector", closure="ossa")
    assert found.status.converged, found.status
    assert found.equilibrium.real_income_hat.sel(economy="USA").item() == pytest.approx(1.0231705097, abs=1e-9)
    assert found.average_tariff["USA"] == pytest.approx(0.634142, abs=1e-4)
    tariffs = found.tariff.sel(importer="USA", exporter="CHN").to_numpy()
    assert tariffs.mean() == pytest.approx(0.569411, abs=2e-3)
    assert np.median(tariffs) == pytest.approx(0.608153, abs=2e-3)


def test_us_optimal_unconstrained(shared_data: Path) -> None:
    """Free to differ by partner, the United States gains a little more, and no reply gains on it."""
    found = optimal(ossa_2007(shared_data), "USA", instruments="bilateral-sector", closure="ossa")
    assert found.status.converged
    assert found.equilibrium.real_income_hat.sel(economy="USA").item() > 1.0231705097
    assert found.deviation_gain["USA"] < 1e-9
    assert found.foc["USA"] < 1e-6


@pytest.mark.parametrize("instruments", ["mfn-sector", "bilateral-sector"])
def test_nash(shared_data: Path, instruments: str) -> None:
    """The war of the seven regions: certificates hold, and real income falls in most of them."""
    found = nash(ossa_2007(shared_data), OSSA_REGIONS, instruments=instruments, closure="ossa")
    assert found.status.converged, found.status
    assert max(found.deviation_gain.values()) < 1e-9
    assert max(found.foc.values()) < 1e-6


def test_political_averages(shared_data: Path) -> None:
    """With political weights: medians average 62% alone and in the war, and the war costs 2.9 log points of welfare.

    A median over all flows moves by two tenths of a point with those of next to no trade, on which tariffs are not
    identified; so only flows above 0.001 (of 33 million) are counted. As plain percentages the loss is 2.82.
    """
    world, weights = ossa_2007(shared_data), ossa_weights(shared_data)
    traded = world.flows.to_numpy() > 1e-3

    def median(found: GameResult, region: int) -> float:
        abroad = np.arange(7) != region
        return float(np.median(found.tariff.to_numpy()[abroad, region][traded[abroad, region]]))

    alone = [
        median(optimal(world, region, closure="ossa", weights=weights), number)
        for number, region in enumerate(OSSA_REGIONS)
    ]
    war = nash(world, OSSA_REGIONS, closure="ossa", weights=weights)
    assert np.mean(alone) == pytest.approx(0.620, abs=1e-3)
    assert np.mean([median(war, number) for number in range(7)]) == pytest.approx(0.620, abs=1e-3)
    assert -np.mean(list(war.utility.values())) == pytest.approx(2.9, abs=0.05)
    lost = 100 * (1 - war.equilibrium.government_welfare_hat.to_numpy())
    assert lost.mean() == pytest.approx(2.82, abs=0.005)
