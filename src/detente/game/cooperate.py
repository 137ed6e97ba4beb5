"""Cooperation: the tariffs that players would set together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np

from detente.economy import Policy, World
from detente.game.agree import Deal, Terms, agree
from detente.game.aims import Aim, EqualGains, NashProduct, Weighted
from detente.game.arena import Arena, Board, Bounds, LostEquilibrium, read_arena
from detente.game.nash import BOUNDS, check_search
from detente.game.reply import Floats
from detente.game.result import GameOutcome, GameResult, GameStatus, result_of
from detente.terms import FaultList, did_you_mean

Objective = Literal["nash-product", "equal-gains"] | Mapping[str, float]
_NAMED = ("nash-product", "equal-gains")
_RIGHT = 1e-6


def cooperate(
    world: World,
    players: Sequence[str],
    instruments: str = "bilateral-sector",
    closure: str = "caliendo-parro",
    weights: Any = None,
    bounds: Bounds = BOUNDS,
    tol: float = 1e-10,
    starts: int = 1,
    policy: Policy | None = None,
    targets: Sequence[str] | None = None,
    sectors: Sequence[str] | None = None,
    deficits: str = "zero",
    seed: int = 0,
    objective: Objective = "nash-product",
) -> GameResult:
    """The tariffs players would set together, starting from `policy` (None = the world's own), which is also what they
    fall back on; arguments as in `nash`.

    objective: "nash-product" (Nash 1950: the largest product of gains), "equal-gains" (the largest gain common to all,
    Ossa 2014) or a weight ≥ 0 for each player. `deviation_gain` of the result is what each player would gain by leaving
    alone, before anyone answers: under cooperation it is as a rule above zero. With more than one start the search is
    repeated from free trade and from random tariffs; the best by the objective is returned.

    Never raises for want of an answer. Raises `InputFault` with all that is wrong with the input.
    """
    check_search(tol, starts)
    arena = read_arena(world, players, instruments, closure, weights, bounds, policy, targets, sectors, deficits)
    given = _read_objective(objective, arena)
    try:
        return _searched(arena, given, starts, seed)
    except LostEquilibrium:
        nothing = np.full(len(arena.players), np.nan)
        return result_of(arena, arena.start, GameStatus(GameOutcome.LOST, GameOutcome.LOST.value), nothing, nothing, 0)


def aim_of(
    arena: Arena, board: Board, objective: Objective | Floats, start: Terms, fallback: Floats
) -> tuple[Aim, Terms]:
    """The aim, and terms to begin from: the Nash product needs a start at which everyone gains."""
    if isinstance(objective, np.ndarray):
        return Weighted(objective / objective.sum()), start
    if objective == "equal-gains":
        return EqualGains.over(fallback), start
    even = agree(arena, start, EqualGains.over(fallback), board)
    return NashProduct(fallback, np.full_like(fallback, 1 / fallback.size)), even.terms


def _searched(arena: Arena, objective: Objective | Floats, starts: int, seed: int) -> GameResult:
    board = Board(arena)
    fallback = board.utilities(arena.start)[list(arena.who)]
    rng = np.random.default_rng(seed)
    low, high = arena.rights.low, arena.rights.high
    begins = [arena.start, arena.tariffs(np.clip(np.ones_like(low), low, high))]
    begins += [arena.tariffs(low + (high - low) * rng.uniform(size=low.shape)) for _ in range(max(0, starts - 2))]
    best: tuple[float, Deal, Aim] | None = None
    for begin in begins[:starts]:
        aim, start = aim_of(arena, board, objective, Terms.unpaid(begin), fallback)
        deal = agree(arena, start, aim, board)
        worth = aim.value(deal.utility)
        if best is None or (deal.settled, worth) > (best[1].settled, best[0]):
            best = worth, deal, aim
    assert best is not None
    return _named(arena, board, best[1], best[2], fallback)


def _named(arena: Arena, board: Board, deal: Deal, aim: Aim, fallback: Floats) -> GameResult:
    gains = deal.utility - fallback
    if isinstance(aim, NashProduct) and gains.min() <= 0:
        words = "No deal was found that every player prefers to what it falls back on."
        return _result(arena, deal, GameOutcome.NOT_FOUND, words)
    good = deal.settled and deal.conditions.max() < _RIGHT
    outcome = GameOutcome.FOUND if good else GameOutcome.NOT_FOUND
    words = f"{'The best common tariffs were found' if good else 'None was found'}: conditions off by "
    words += f"{deal.conditions.max():.1e}, the aim by {deal.off:.1e}, {deal.solves} equilibria."
    return _result(arena, deal, outcome, words)


def _result(arena: Arena, deal: Deal, outcome: GameOutcome, words: str) -> GameResult:
    from detente.game.certificate import certify

    gains = certify(arena, deal.terms.tariff) if outcome is GameOutcome.FOUND else np.full(len(arena.players), np.nan)
    return result_of(arena, deal.terms.tariff, GameStatus(outcome, words), gains, deal.conditions, deal.solves)


def _read_objective(objective: Objective, arena: Arena) -> Objective | Floats:
    faults = FaultList()
    allowed = "nash-product, equal-gains, or a weight for each player"
    if isinstance(objective, str):
        if objective not in _NAMED:
            faults.add("objective", f"'{objective}' is unknown.{did_you_mean(objective, _NAMED)}", allowed=allowed)
        faults.raise_if_any()
        return objective
    for name in objective:
        if name not in arena.players:
            faults.add("objective", f"'{name}' does not play.{did_you_mean(name, arena.players)}", allowed=allowed)
    values = np.array([float(objective.get(p, np.nan)) for p in arena.players])
    if not (np.isfinite(values).all() and (values >= 0).all() and values.sum() > 0):
        faults.add("objective", "Not a weight ≥ 0 for each player, one at least above 0.", allowed=allowed)
    faults.raise_if_any()
    return values
