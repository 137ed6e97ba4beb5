"""Optimal tariffs and the trade war: replies at given prices, prices at given tariffs, until both agree.

Each round solves the world once, and once more transposed for each player; then every player sets the tariffs that are
best at those prices and values of money (`reply`), all at once. Rounds are mixed (`iterate`) and end where the
tariffs come to rest. That they are an answer is then shown apart (`certificate`).

Sources: Johnson (1953); Ossa (2014), sections III and IV; the values of money are the multipliers of Dixit (1985).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from detente.economy import Policy, World
from detente.game.arena import Arena, Board, Bounds, LostEquilibrium, read_arena
from detente.game.certificate import GAIN, certify
from detente.game.iterate import fixed_point
from detente.game.reply import Floats, Worth, conditions, reply
from detente.game.result import GameOutcome, GameResult, GameStatus, result_of
from detente.game.threads import single_threaded
from detente.terms import FaultList

BOUNDS = (0.0, 2.25)
_ROUNDS = 300
_SAME_TARIFF, _SAME_UTILITY = 1e-4, 1e-6  # trade-weighted; beyond these two answers are different ones


def nash(
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
) -> GameResult:
    """The trade war: tariffs of all players, each the best for itself given those of the others.

    players: economies of the world (a customs union is one of its economies). instruments: "bilateral-sector",
    "mfn-sector" (one rate on all targets), "bilateral-uniform" (one rate on all sectors) or "mfn-uniform". targets: on
    whose goods they may put tariffs, None = everyone's; sectors: on which goods, None = all. policy: the tariffs from
    which all start and which those who do not play keep, None = the world's own. weights: political weights [economy,
    sector] under closure ossa. bounds of tariffs, for all or by player. deficits: "zero" closes them first, since kept
    deficits reward moving the numeraire (Ossa 2014, II.C). tol: of the largest change of ln(1 + tariff) in a round.
    starts: searches, the first from the policy, then free trade, then drawn at random (`seed`).

    Never raises for want of an answer: `status` says how the search ended. Autarky, which is always Nash as well where
    tariffs are unbounded (Dixit 1987), is not looked for. Raises `InputFault` with all that is wrong with the input.
    """
    check_search(tol, starts)
    arena = read_arena(world, players, instruments, closure, weights, bounds, policy, targets, sectors, deficits)
    with single_threaded():
        found = [_search(arena, start, tol) for start in _starts(arena, starts, seed)]
    return _best(found)


def optimal(
    world: World,
    player: str,
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
) -> GameResult:
    """The tariffs that are best for one player while all others keep theirs; arguments as in `nash`."""
    return nash(
        world, [player], instruments, closure, weights, bounds, tol, starts, policy, targets, sectors, deficits, seed
    )


def rest(arena: Arena, start: Floats, tol: float) -> tuple[Floats, Floats, int, bool]:
    """Where replies to replies come to rest from the tariffs `start` [i, n, s]: tariffs, first-order conditions [m],
    rounds, and whether they did. Raises `LostEquilibrium`."""
    board = Board(arena)
    free = arena.rights.free

    def rated(point: Floats) -> tuple[Floats, Worth]:
        rates = arena.rates(arena.start)
        rates[free] = np.exp(point)
        return rates, arena.worths(board.slopes(arena.tariffs(rates)), rates)

    def towards(point: Floats) -> Floats:
        rates, worth = rated(point)
        moved: Floats = np.log(reply(worth, rates, arena.rights)[free])
        return moved

    begin = arena.rights.level(arena.rates(start), np.asarray(arena.base.flows)[:, list(arena.who)].transpose(1, 0, 2))
    low, high = np.log(arena.rights.low[free]), np.log(arena.rights.high[free])
    fixed = fixed_point(towards, np.log(begin[free]), low, high, tol, _ROUNDS)
    if not np.isfinite(fixed.gap):
        raise LostEquilibrium
    # Once more by the map itself: mixing may leave a rate a hair off the bound that holds it.
    rates, worth = rated(towards(fixed.point))
    wrong = np.abs(conditions(worth, rates, arena.rights)).max((1, 2))
    return arena.tariffs(rates), wrong, fixed.steps, fixed.settled


def _search(arena: Arena, start: Floats, tol: float) -> GameResult:
    nothing = np.full(len(arena.players), np.nan)
    try:
        tariff, wrong, rounds, settled = rest(arena, start, tol)
    except LostEquilibrium:
        return result_of(arena, start, GameStatus(GameOutcome.LOST, GameOutcome.LOST.value), nothing, nothing, 0)
    if not settled:
        message = f"{GameOutcome.NOT_FOUND.value} {rounds} rounds, conditions off by {wrong.max():.1e}."
        return result_of(arena, tariff, GameStatus(GameOutcome.NOT_FOUND, message), nothing, wrong, rounds)
    gains = certify(arena, tariff)
    outcome = GameOutcome.FOUND if gains.max() < GAIN and wrong.max() < 1e-6 else GameOutcome.GAINS_LEFT
    message = f"{outcome.value} {rounds} rounds; best replies gain {gains.max():.1e}, conditions off {wrong.max():.1e}."
    return result_of(arena, tariff, GameStatus(outcome, message), gains, wrong, rounds)


def _starts(arena: Arena, count: int, seed: int) -> list[Floats]:
    """Tariffs to begin from: as given, none, then drawn evenly within the bounds."""
    rng = np.random.default_rng(seed)
    low, high = arena.rights.low, arena.rights.high
    drawn = [low + (high - low) * rng.uniform(size=low.shape) for _ in range(max(0, count - 2))]
    return [arena.start, *(arena.tariffs(np.clip(r, low, high)) for r in [np.ones_like(low), *drawn])][:count]


def _best(found: list[GameResult]) -> GameResult:
    """The first answer, with those that differ from it; if there is none, the first search."""
    held = [one for one in found if one.status.converged]
    if not held:
        return found[0]
    first = held[0]
    others: list[GameResult] = []
    for one in held[1:]:
        if all(_differ(one, known) for known in (first, *others)):
            others.append(one)
    if not others:
        return first
    words = f"{GameOutcome.SEVERAL.value} {1 + len(others)} of {len(found)} starts."
    status = GameStatus(GameOutcome.SEVERAL, words)
    return GameResult(**{**first.__dict__, "status": status, "others": tuple(others)})


def _differ(one: GameResult, other: GameResult) -> bool:
    """Whether two answers differ in welfare or in trade-weighted tariffs: single tariffs on next to no trade do not
    tell."""
    return any(
        abs(one.utility[p] - other.utility[p]) > _SAME_UTILITY
        or abs(one.average_tariff[p] - other.average_tariff[p]) > _SAME_TARIFF
        for p in one.players
    )


def check_search(tol: float, starts: int) -> None:
    faults = FaultList()
    if not tol > 0:
        faults.add("tol", f"{tol} is not above 0.", allowed="such as 1e-10")
    if starts < 1:
        faults.add("starts", f"{starts} searches find nothing.", allowed="1 or more")
    faults.raise_if_any()
