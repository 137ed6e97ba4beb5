"""Worlds with an answer on paper, and the published ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.economy import World
from tests.economy.published import OSSA_REGIONS, ossa_2007

__all__ = ["OSSA_REGIONS", "ossa_2007", "ossa_weights", "symmetric", "two"]


def symmetric(theta: float = 4.0, home: float = 0.5, count: int = 2) -> World:
    """Economies of one sector that are alike; `home` is what each spends on its own goods (½ of two: no costs)."""
    flows = np.full((count, count, 1), (1 - home) / (count - 1))
    flows[np.diag_indices(count)] = home
    return World.from_arrays(flows, [f"E{n}" for n in range(count)], ["all"], theta)


def two(size: float, theta: float = 4.0) -> World:
    """Two economies without trade costs, one sector; the first has `size` of the world's income."""
    incomes = np.array([size, 1 - size])
    return World.from_arrays(np.outer(incomes, incomes)[:, :, None], ["A", "B"], ["all"], theta)


def ossa_weights(data: Path, name: str = "lambdapol") -> NDArray[np.float64]:
    """The published political weights [region, industry]."""
    return np.abs(np.loadtxt(data / "ossa2007" / f"{name}.csv", delimiter=","))
