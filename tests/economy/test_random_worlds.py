"""Two hundred random worlds are solved; the ten thousand are `benchmarks/random_worlds.py`."""

from __future__ import annotations

from collections import Counter

import pytest

from detente.terms import InputFault
from tests.economy.random_worlds import KINDS, TOLERANCE, Kind, draw, reason, settle

SIZES = ((4, 4), (8, 2))
# A program each to compile, the rest on demand. Free entry with inputs is not among them because a twentieth of it is
# refused (docs/equilibrium.md): with it the quick test fails its bound.
QUICK = (*KINDS[:3], *KINDS[4:7])


def test_random_worlds() -> None:
    """At most two of two hundred are refused, and those that are solved hold to 1e-10."""
    count(QUICK, SIZES[:1])


@pytest.mark.slow
def test_random_worlds_of_every_kind() -> None:
    """The same with every closure and its parts."""
    count(KINDS, SIZES)


def count(kinds: tuple[Kind, ...], sizes: tuple[tuple[int, int], ...]) -> None:
    """Two hundred worlds, kinds and sizes in turn."""
    told: Counter[str] = Counter()
    for number in range(200):
        size = sizes[number % len(kinds) % len(sizes)]
        drawn = draw(number, size, kinds[number % len(kinds)])
        assert not isinstance(drawn, InputFault), drawn
        reached = settle(drawn, size)
        told[reason(reached)] += 1
        if reached.converged:
            assert float(reached.report.residual) <= TOLERANCE
            assert abs(reached.found.labour_gap).max() < 1e-6
    assert told["solved"] >= 198, told
