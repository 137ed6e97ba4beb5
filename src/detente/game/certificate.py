"""The certificate of a game: what each player gains by the best reply that a second method finds.

The tariffs are shaken first, so that the search starts elsewhere, and it climbs the objective itself (L-BFGS-B, Byrd,
Lu, Nocedal and Zhu 1995) instead of solving first-order conditions: a minimum or a saddle does not pass. What it ends
at is brought to rest by `reply`, and the better of the two counts. With many players the climb is left out, and the
reply starts from the shaken tariffs.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize

from detente.game.arena import Arena, Board, LostEquilibrium
from detente.game.iterate import fixed_point
from detente.game.reply import Floats, reply

GAIN = 1e-9
_SHAKEN = 0.05
_CLIMBS = 12  # players up to whom the climb is affordable
_ASCENT = 10


def certify(arena: Arena, tariff: Floats) -> Floats:
    """What an independent best reply to `tariff` [i, n, s] adds to each player's u, [m]; ≥ 0 but for rounding."""
    board = Board(arena)
    board.utilities(tariff)
    climb = len(arena.players) <= _CLIMBS
    return np.array([_gain(arena.only(p, tariff), tariff, board.root, climb) for p in arena.players])


def _gain(mine: Arena, tariff: Floats, root: object, climb: bool) -> float:
    board = Board(mine, root)
    at = mine.who[0]
    now = float(board.utilities(tariff)[at])
    rights = mine.rights
    rng = np.random.default_rng(1)
    rates = mine.rates(tariff)
    shaken = rates * np.exp(_SHAKEN * rng.uniform(-1, 1, rates.shape))
    start = rights.level(np.clip(shaken, rights.low, rights.high), np.ones_like(rates))
    try:
        if climb:
            start = _climbed(mine, board, start)
        best = _rested(mine, board, start)
        return float(max(board.utilities(mine.tariffs(r))[at] for r in (start, best))) - now
    except LostEquilibrium:
        return float("nan")


def _climbed(mine: Arena, board: Board, start: Floats) -> Floats:
    """Up the objective from `start` [1, i, s]; instruments that share a rate move together."""
    rights = mine.rights
    free = rights.free
    count = rights.pooled(np.ones_like(start))[free]
    bounds = list(zip(np.log(rights.low[free]), np.log(rights.high[free]), strict=True))

    def downhill(point: Floats) -> tuple[float, Floats]:
        rates = start.copy()
        rates[free] = np.exp(point)
        found = board.slopes(mine.tariffs(rates))
        # A shared rate is written once for each of its flows, so each takes its part of the slope.
        slope = rights.pooled(np.asarray(found.by_tariff))[free] / count
        return -float(found.utility[0]), -slope

    found = minimize(
        downhill, np.log(start[free]), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": _ASCENT}
    )
    rates = start.copy()
    rates[free] = np.exp(found.x)
    return rates


def _rested(mine: Arena, board: Board, start: Floats) -> Floats:
    free = mine.rights.free

    def towards(point: Floats) -> Floats:
        rates = start.copy()
        rates[free] = np.exp(point)
        worth = mine.worths(board.slopes(mine.tariffs(rates)), rates)
        moved: Floats = np.log(reply(worth, rates, mine.rights)[free])
        return moved

    low, high = np.log(mine.rights.low[free]), np.log(mine.rights.high[free])
    fixed = fixed_point(towards, np.log(start[free]), low, high, 1e-7, 60)
    rates = start.copy()
    rates[free] = np.exp(fixed.point)
    return rates
