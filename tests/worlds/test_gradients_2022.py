"""Derivatives on world-2022: every economy's real income in the tariffs, against central differences."""

from __future__ import annotations

import numpy as np
import pytest

from detente.economy import Policy, World, solve, tariff_gradient
from detente.worlds import world

STEP = 1e-3  # wide, since a derivative of 1e-6 must stand out from residuals of 1e-13


@pytest.fixture(scope="module")
def shipped() -> World:
    """The shipped world."""
    return world("world-2022")


@pytest.fixture(scope="module")
def exact(shipped: World) -> np.ndarray:
    """d ln real income [economy, exporter, importer, sector] at the base."""
    return tariff_gradient(solve(shipped)).to_numpy()


def log_income(shipped: World, tariff: np.ndarray) -> np.ndarray:
    """ln real income [economy] at a tariff."""
    result = solve(shipped, Policy(tariff=tariff), tolerance=1e-13)
    assert result.status.converged, result.status
    return np.log(result.real_income_hat.to_numpy())


def central(shipped: World, direction: np.ndarray) -> np.ndarray:
    """The central difference in a direction, to fourth order."""
    base = np.asarray(shipped.tariff)
    near, far = (
        log_income(shipped, base + n * STEP * direction) - log_income(shipped, base - n * STEP * direction)
        for n in (1, 2)
    )
    return (8 * near - far) / (12 * STEP)


def agree(shipped: World, exact: np.ndarray, cells: list[tuple[int, ...]]) -> None:
    """1e-6 of the derivative; and 1e-10 of real income a point, which the differences themselves leave."""
    for cell in cells:
        unit = np.zeros_like(np.asarray(shipped.tariff))
        unit[cell] = 1.0
        np.testing.assert_allclose(exact[:, *cell], central(shipped, unit), rtol=1e-6, atol=1e-10, err_msg=str(cell))


def test_tariffs_drawn_at_random(shipped: World, exact: np.ndarray) -> None:
    """Forty of the 13,248 tariffs, those of the two parties among them."""
    rng = np.random.default_rng(2022)
    n, s = len(shipped.economies), len(shipped.sectors)
    usa, chn = shipped.economies.index("USA"), shipped.economies.index("CHN")
    cells = [(usa, chn, 0), (chn, usa, 16), (chn, usa, 6), (usa, chn, 19)]
    cells += [tuple(int(x) for x in rng.integers([n, n, s])) for _ in range(36)]
    agree(shipped, exact, cells)


def test_all_tariffs_together(shipped: World, exact: np.ndarray) -> None:
    """Along random directions in all tariffs at once."""
    rng = np.random.default_rng(1)
    for _ in range(5):
        direction = rng.normal(size=exact.shape[1:])
        expected = np.tensordot(exact, direction, axes=3)
        np.testing.assert_allclose(expected, central(shipped, direction), rtol=1e-6, atol=1e-9)


@pytest.mark.slow
def test_every_tariff(shipped: World, exact: np.ndarray) -> None:
    """All 13,248 of them."""
    agree(shipped, exact, list(np.ndindex(exact.shape[1:])))
