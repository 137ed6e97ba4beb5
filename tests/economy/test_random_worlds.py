"""Two hundred random worlds under every closure are solved; the ten thousand are `benchmarks/random_worlds.py`."""

from __future__ import annotations

from collections import Counter

from detente.terms import InputFault
from tests.economy.random_worlds import KINDS, TOLERANCE, draw, reason, settle

SIZES = ((4, 4), (8, 2))


def test_random_worlds() -> None:
    """At most two of two hundred are refused, and those that are solved hold to 1e-10."""
    told: Counter[str] = Counter()
    for number in range(200):
        size = SIZES[number % len(KINDS) % len(SIZES)]
        drawn = draw(number, size, KINDS[number % len(KINDS)])
        assert not isinstance(drawn, InputFault), drawn
        reached = settle(drawn, size)
        told[reason(reached)] += 1
        if reached.converged:
            assert float(reached.report.residual) <= TOLERANCE
            assert abs(reached.found.labour_gap).max() < 1e-6
    assert told["solved"] >= 198, told
