"""Fixed points, accelerated (Anderson 1965; Walker and Ni 2011, method of least squares).

A map that contracts slowly is mixed over its last few points, so that its slow directions are extrapolated: with one
unknown that is the secant. Where mixing makes the gap grow, the memory is dropped and the step shortened.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_MEMORY = 8
_WORSE = 4.0
_SHORTEST = 1 / 16
_ROUNDING = 1e-13
_NEAR = 10.0
_FURTHEST = 0.5  # no mixing carries any unknown further than this in a step, unless the map itself does


class Fixed(NamedTuple):
    """Where the iteration ended: the point, the gap |g(x) − x| there, the steps taken, and whether it is small."""

    point: Floats
    gap: float
    steps: int
    settled: bool


def fixed_point(
    towards: Callable[[Floats], Floats], start: Floats, low: Floats, high: Floats, tolerance: float, most: int
) -> Fixed:
    """x = g(x) within [low, high]; never raises. `towards` may raise `ArithmeticError` to end the search."""
    point, best, part = start, np.inf, 1.0
    points: list[Floats] = []
    gaps: list[Floats] = []
    gap = np.inf
    memory = min(_MEMORY, start.size)
    for step in range(most):
        try:
            move = towards(point) - point
        except ArithmeticError:
            return Fixed(point, np.inf, step, False)
        gap = float(np.abs(move).max(initial=0.0))
        if gap > _WORSE * best:
            points, gaps, part, best = [], [], max(part / 2, _SHORTEST), gap
        best = min(best, gap)
        points, gaps = [*points[-memory:], point], [*gaps[-memory:], move]
        onward = _step(points, gaps, part)
        # Along a direction in which the map hardly contracts a small gap is not a small error; the mixed step is.
        if gap <= tolerance and (gap <= _ROUNDING or np.abs(onward).max(initial=0.0) <= _NEAR * tolerance):
            return Fixed(np.clip(point + onward, low, high), gap, step + 1, True)
        point = np.clip(point + onward, low, high)
    return Fixed(point, gap, most, False)


def _step(points: list[Floats], gaps: list[Floats], part: float) -> Floats:
    """From the last point: the mixed step, no further than `_FURTHEST` or than the map's own."""
    plain = part * gaps[-1]
    if len(points) == 1:
        return plain
    steps = np.diff(np.array(points), axis=0)
    turns = np.diff(np.array(gaps), axis=0)
    weight = np.linalg.lstsq(turns.T, gaps[-1], rcond=1e-12)[0]
    mixed: Floats = plain - weight @ (steps + part * turns)
    furthest = max(_FURTHEST, float(np.abs(plain).max()))
    return mixed * min(1.0, furthest / max(float(np.abs(mixed).max()), 1e-300))
