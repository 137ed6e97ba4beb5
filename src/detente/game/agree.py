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
from detente.game.reply import Floats, conditions, reply
from detente.game.threads import single_threaded

_CLIMB, _CHECK, _MEMORY = 120, 8, 12
_RIGHT, _BETTER = 1e-6, 1e-7
_INNER, _OFF = 1e-11, 1e-7
_ROUNDS = 80
_LEAST = 1e-9  # weight of a player in a mix
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
    scale: Floats = np.sqrt(np.maximum(weight, _SMALLEST * weight.max()))
    return scale


def _finished(arena: Arena, board: Board, rates: Floats, mix: Floats, aim: Aim, before: int) -> Deal:
    """The root of the aim's equations near rates [m, i, s] and a mix."""
    search = _Finish(arena, board, rates)
    mix, off = search.mix_for(aim, np.maximum(mix / mix.sum(), _LEAST))
    at = search.replied(search.rates, mix)
    found = board.slopes(arena.tariffs(at), joint=True)
    wrong = np.abs(conditions(arena.worths(found, at, mix), at, arena.rights)).max((1, 2))
    good = search.rested and off <= _OFF
    return Deal(arena.tariffs(at), np.asarray(found.utility), mix, wrong, off, board.solves - before, good)


class _Finish:
    """Brings tariffs to rest for one mix after the other, each from where the last came to rest."""

    def __init__(self, arena: Arena, board: Board, rates: Floats) -> None:
        self.arena, self.board, self.rates = arena, board, rates
        self.rested = True

    def replied(self, rates: Floats, mix: Floats) -> Floats:
        """The rates [m, i, s] that are best for a mix at the prices of `rates`."""
        found = self.board.slopes(self.arena.tariffs(rates), joint=True)
        return reply(self.arena.worths(found, rates, mix), rates, self.arena.rights)

    def utilities_for(self, mix: Floats) -> Floats:
        """Bring the tariffs to rest for a mix; the utilities [k] there."""
        rights = self.arena.rights
        free = rights.free
        base = self.rates

        def rated(point: Floats) -> Floats:
            rates = base.copy()
            rates[free] = np.exp(point)
            return rates

        def towards(point: Floats) -> Floats:
            moved: Floats = np.log(self.replied(rated(point), mix)[free])
            return moved

        low, high = np.log(rights.low[free]), np.log(rights.high[free])
        fixed = fixed_point(towards, np.log(base[free]), low, high, _INNER, _ROUNDS)
        self.rested = fixed.settled
        reached = rated(fixed.point)
        if fixed.settled:
            self.rates = reached
        return np.asarray(self.board.slopes(self.arena.tariffs(reached), joint=True).utility)

    def mix_for(self, aim: Aim, mix: Floats) -> tuple[Floats, float]:
        """The mix at which the aim's equations hold, and by how much they are off."""
        if aim.equations(self.utilities_for(mix), mix) is None:
            return mix, 0.0

        def gaps(ratios: Floats) -> Floats:
            now = _whole(ratios)
            off = aim.equations(self.utilities_for(now), now)
            assert off is not None
            return off

        options = {"xtol": 1e-10, "eps": 1e-5, "maxfev": 40, "factor": 1.0}
        found = root(gaps, np.log(mix[1:] / mix[0]), method="hybr", options=options)
        return _whole(found.x), float(np.abs(gaps(found.x)).max())


def _whole(ratios: Floats) -> Floats:
    """A mix [k] summing to one from the logarithms of its ratios to the first [k − 1]."""
    full = np.exp(np.concatenate([[0.0], ratios]))
    mix: Floats = full / full.sum()
    return mix
