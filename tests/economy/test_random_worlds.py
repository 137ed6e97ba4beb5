"""Two hundred random worlds are solved; the ten thousand are `benchmarks/random_worlds.py`."""

from __future__ import annotations

from collections import Counter

import pytest

from detente.terms import InputFault
from tests.economy.random_worlds import KINDS, TOLERANCE, draw, reason, settle


@pytest.mark.parametrize("size", [(4, 4), pytest.param((12, 12), marks=pytest.mark.slow)])
def test_random_worlds(size: tuple[int, int]) -> None:
    """Every closure with its parts in turn: at most two of two hundred are refused, and those for a reason that says
    why there may be no equilibrium; the others hold to 1e-10."""
    told: Counter[str] = Counter()
    for number in range(200):
        drawn = draw(number, size, KINDS[number % len(KINDS)])
        assert not isinstance(drawn, InputFault), drawn
        reached = settle(drawn, size)
        told[reason(reached)] += 1
        if reached.converged:
            assert float(reached.report.residual) <= TOLERANCE
            assert abs(reached.found.labour_gap).max() < 1e-6
    assert told["solved"] >= 198, told
    assert set(told) <= {"solved", "turned back", "unpaid", "not finite"}, told
