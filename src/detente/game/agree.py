"""Tariffs that players set together: a climb to the neighbourhood of the aim, then its equations to the last digit.

The climb (L-BFGS-B on all tariffs at once, exact slopes) needs no good start and respects hollows of the frontier.
Near its end the tariffs are best for a mix of the utilities, and for a fixed mix they are found by `reply`, whatever
the flows; so what is left are as many equations as there are players, less one, in the mix.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize, root

from detente.game.aims import Aim
from detente.game.arena import Arena, Board
from detente.game.iterate import fixed_point
from detente.game.reply import Floats, Worth, conditions, reply
from detente.game.threads import single_threaded

_CLIMB, _CHECK, _MEMORY = 120, 8, 12
_RIGHT, _BETTER = 1e-6, 1e-7
_INNER, _OUTER = 1e-11, 1e-9
_ROUNDS = 80
_SMALLEST = 1e-6  # of the largest curvature a tariff has


class Deal(NamedTuple):
    """Tariffs [i, n, s], the players' u [k], the mix [k] they are best for, first-order conditions [m], the largest
    equation of the aim, how many slopes were taken, and whether all came to rest."""

    tariff: Floats
    utility: Floats
    mix: Floats
    conditions: Floats
    off: float
    solves: int
    settled: bool


def agree(arena: Arena, start: Floats, aim: Aim, board: Board | None = None, near: Deal | None = None) -> Deal:
    """The tariffs of all players that serve an aim best, from `start` [i, n, s]. Raises `LostEquilibrium`.

    near: a deal close by, whose mix is tried first; what comes of it counts only if a climb from there finds nothing
    better.
    """
    board = Board(arena) if board is None else board
    before = board.solves
    with single_threaded():
        if near is not None:
            quick = _finished(arena, board, arena.rates(near.tariff), near.mix, aim, before)
            if quick.settled and quick.conditions.max() < _RIGHT and _is_top(arena, board, quick, aim):
                return quick
        rates = arena.rights.level(arena.rates(start), np.ones_like(arena.rates(start)))
        for _ in range(aim.passes):
            rates, utility = _climbed(arena, board, rates, aim)
            aim = aim.updated(utility)
        return _finished(arena, board, rates, aim.slope(utility), aim, before)


def _is_top(arena: Arena, board: Board, deal: Deal, aim: Aim) -> bool:
    """Whether a climb from a deal leads nowhere: at its mix, the aim's multipliers say that it is the best."""
    there = aim.at_root(deal.utility, deal.mix)
    _, utility = _climbed(arena, board, arena.rates(deal.tariff), there, most=_CHECK)
    return there.value(utility) - there.value(deal.utility) < _BETTER


def _climbed(arena: Arena, board: Board, start: Floats, aim: Aim, most: int = _CLIMB) -> tuple[Floats, Floats]:
    """Up the aim from rates `start` [m, i, s], in steps scaled by what each flow weighs."""
    rights, free = arena.rights, arena.rights.free
    count = rights.pooled(np.ones_like(start))[free]
    scale = _scale(arena, board, start)[free]
    low, high = (np.log(part[free]) * scale for part in (rights.low, rights.high))
    reached: dict[str, Floats] = {}

    def downhill(point: Floats) -> tuple[float, Floats]:
        rates = start.copy()
        rates[free] = np.exp(point / scale)
        found = board.slopes(arena.tariffs(rates), joint=True)
        utility = np.asarray(found.utility)
        mixed = np.einsum("k,kmis->mis", aim.slope(utility), np.asarray(found.by_tariff))
        reached["utility"] = utility
        return -aim.value(utility), -rights.pooled(mixed)[free] / count / scale

    begin = np.clip(np.log(start[free]) * scale, low, high)
    options = {"maxiter": most, "maxcor": _MEMORY, "ftol": 1e-15, "gtol": 1e-8}
    bounds = list(zip(low, high, strict=True))
    found = minimize(downhill, begin, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    rates = start.copy()
    rates[free] = np.exp(found.x / scale)
    downhill(found.x)
    return rates, reached["utility"]


def _scale(arena: Arena, board: Board, rates: Floats) -> Floats:
    """Square roots of curvatures [m, i, s]: what a flow weighs in its buyer's income, times σ."""
    share = np.asarray(board.slopes(arena.tariffs(rates), joint=True).share)
    spent = np.asarray(arena.base.flows * (1 + arena.base.tariff)).sum(0)[list(arena.who)]
    weight = share * (spent / spent.sum(1, keepdims=True))[:, None, :] * (1 + arena.elasticity)
    weight = arena.rights.pooled(weight)
    return np.sqrt(np.maximum(weight, _SMALLEST * weight.max()))


def _finished(arena: Arena, board: Board, rates: Floats, mix: Floats, aim: Aim, before: int) -> Deal:
    """The root of the aim's equations near where the climb ended."""
    free = arena.rights.free
    state = {"rates": rates, "rest": True}

    def rated(point: Floats) -> Floats:
        out = rates.copy()
        out[free] = np.exp(point)
        return out

    def worth(at: Floats, mix: Floats) -> Worth:
        return arena.worths(board.slopes(arena.tariffs(at), joint=True), at, mix)

    def best_for(mix: Floats) -> Floats:
        """Bring the tariffs to rest for a mix; the utilities there."""

        def towards(point: Floats) -> Floats:
            at = rated(point)
            moved: Floats = np.log(reply(worth(at, mix), at, arena.rights)[free])
            return moved

        low, high = np.log(arena.rights.low[free]), np.log(arena.rights.high[free])
        fixed = fixed_point(towards, np.log(state["rates"][free]), low, high, _INNER, _ROUNDS)
        state["rest"] = fixed.settled
        if fixed.settled:
            state["rates"] = rated(fixed.point)
        found: Floats = np.asarray(board.slopes(arena.tariffs(rated(fixed.point)), joint=True).utility)
        return found

    mix, off = _mixed(aim, mix, best_for)
    at = state["rates"]
    at = rated(np.log(reply(worth(at, mix), at, arena.rights)[free]))
    found = board.slopes(arena.tariffs(at), joint=True)
    wrong = np.abs(conditions(arena.worths(found, at, mix), at, arena.rights)).max((1, 2))
    good = bool(state["rest"]) and off <= 1e-7
    return Deal(arena.tariffs(at), np.asarray(found.utility), mix, wrong, off, board.solves - before, good)


def _mixed(aim: Aim, mix: Floats, best_for: object) -> tuple[Floats, float]:
    """The mix at which the aim's equations hold, and by how much they are off."""
    assert callable(best_for)
    mix = mix / mix.sum()
    if aim.equations(best_for(mix), np.maximum(mix, 1e-300)) is None:
        return mix, 0.0

    def whole(ratios: Floats) -> Floats:
        full = np.exp(np.concatenate([[0.0], ratios]))
        part: Floats = full / full.sum()
        return part

    def equations(ratios: Floats) -> Floats:
        now = whole(ratios)
        gaps = aim.equations(best_for(now), now)
        assert gaps is not None
        return gaps

    found = root(
        equations,
        np.log(mix[1:] / mix[0]),
        method="hybr",
        options={"xtol": 1e-10, "eps": 1e-5, "maxfev": 40, "factor": 1.0},
    )
    return whole(found.x), float(np.abs(equations(found.x)).max())
