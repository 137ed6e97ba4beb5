"""Trade talks between two players: which deals both prefer to what they fall back on, and what each should ask for.

A deal is a set of tariffs both may put on each other. The frontier is found point by point as the largest u of one with
the other's held at a level (never by weighted sums: the set need not be convex), between the players' ideals, each the
best for one with the other no worse than at the fallback. On it lie the bargaining points of Nash (1950) and of Kalai
and Smorodinsky (1975). Deficits are closed first, so that a deal is not paid for in the numeraire (Ossa 2014, II.C).
With transfers one side may pay the other as part of the deal, which moves demand and prices as any money does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import xarray as xr

from detente.economy import Policy, World
from detente.game.agree import Deal, Terms, agree
from detente.game.aims import AtLeast, EqualGains, NashProduct
from detente.game.arena import Arena, Board, Bounds, LostEquilibrium, read_arena
from detente.game.asks import Ask, asks
from detente.game.keep import held
from detente.game.nash import BOUNDS
from detente.game.reply import Floats
from detente.game.result import GameOutcome, GameResult, GameStatus
from detente.terms import FaultList

_RIGHT, _GAIN = 1e-6, 1e-7


@dataclass(frozen=True, eq=False)
class Point:
    """Terms and what they mean to each player: u = 100 ln(real income, new ÷ base), gain over the fallback and over
    the status quo in u, worth in the currency of the flows (equivalent variation at base prices)
    against the fallback; average_tariff over the base's trade. mix: the weights of the players' u for which the
    tariffs are best. transfer: money each receives from the other, in the currency of the flows; 0 where transfers are
    not on the table."""

    tariff: xr.DataArray
    utility: dict[str, float]
    gain: dict[str, float]
    over_status_quo: dict[str, float]
    worth: dict[str, float]
    average_tariff: dict[str, float]
    mix: dict[str, float]
    transfer: dict[str, float]


@dataclass(frozen=True)
class Zone:
    """Whether deals exist that both prefer to the fallback and to the status quo, and in words why or why not.

    largest: the largest gain both can have at once over the better of the two, in u. prefer_fallback: players for whom
    the fallback is better than the status quo.
    """

    exists: bool
    over_fallback: bool
    largest: float
    prefer_fallback: tuple[str, ...]
    words: str


@dataclass(frozen=True, eq=False)
class Talk:
    """What two players can agree on. `frontier` runs from the ideal of the first player to that of the second; points
    are None, and the frontier empty, where there is no deal both prefer to the fallback (`zone` says so). Numbers are
    given only if `status.converged`."""

    status: GameStatus
    players: tuple[str, str]
    status_quo: dict[str, float]
    fallback: dict[str, float]
    zone: Zone
    frontier: tuple[Point, ...]
    nash_point: Point | None
    ks_point: Point | None
    asks: tuple[Ask, ...]

    @property
    def free(self) -> tuple[Ask, ...]:
        """Cuts that cost the giver nothing or less."""
        return tuple(ask for ask in self.asks if ask.cost <= 0)


def talk(
    world: World,
    players: Sequence[str],
    fallback: Policy | GameResult | xr.DataArray,
    instruments: str = "bilateral-sector",
    keep: Sequence[str] = (),
    closure: str = "caliendo-parro",
    weights: Any = None,
    bounds: Bounds = BOUNDS,
    policy: Policy | None = None,
    sectors: Sequence[str] | None = None,
    deficits: str = "zero",
    points: int = 9,
    power: Sequence[float] = (0.5, 0.5),
    cut: float = 0.05,
    transfers: bool = False,
) -> Talk:
    """Which deals two players both prefer to a fallback, and which cuts each should ask for.

    players: two economies; they bargain over their tariffs on each other, third economies' tariffs held. policy: the
    status quo, None = the world's own. fallback: what follows if no deal is struck: a policy, or the result of a game.
    keep: tariffs not on the table, "SECTOR" or "PLAYER:SECTOR", held at the status quo. points: of the frontier. power:
    bargaining power of each in the Nash point. cut: size of the cuts asked for, as a fraction. transfers: whether one
    side may pay the other, up to half the smaller income. The rest as in `nash`.

    Never raises for want of a deal. Raises `InputFault`.
    """
    faults = FaultList()
    check_talk(points, faults, players, power, cut)
    faults.raise_if_any()
    arena = read_arena(world, players, instruments, closure, weights, bounds, policy, players, sectors, deficits)
    arena = replace(held(arena, keep), transfers=transfers)
    fallen = _fallback(fallback, arena)
    try:
        return _Talks(arena, fallen, np.asarray(power, dtype=float)).found(points, cut)
    except LostEquilibrium as lost:
        return _lost(arena, str(lost))


class _Talks:
    """One bargaining problem: the searches share a board, so that each starts near the last."""

    def __init__(self, arena: Arena, fallback: Floats, power: Floats) -> None:
        self.arena, self.power = arena, power / power.sum()
        self.board = Board(arena)
        self.at_fallback = self._utility(fallback)
        self.at_status_quo = self._utility(arena.start)
        self.broken: list[str] = []

    def found(self, points: int, cut: float) -> Talk:
        """Everything asked for."""
        even = self._agree(Terms.unpaid(self.arena.start), EqualGains.over(self.at_fallback), "the largest common gain")
        zone = self._zone(even)
        frontier: tuple[Point, ...] = ()
        nash_point = ks_point = None
        if zone.over_fallback:
            ideals = [self._ideal(which, even) for which in (0, 1)]
            unit = np.array([ideals[which].utility[which] for which in (0, 1)]) - self.at_fallback
            product = NashProduct(self.at_fallback, self.power)
            nash_point = self._point(self._agree(even.terms, product, "the Nash point", even))
            common = EqualGains.over(self.at_fallback, unit)
            ks_point = self._point(self._agree(even.terms, common, "the Kalai–Smorodinsky point", even))
            frontier = self._frontier(ideals, points)
        found = asks(self.arena, self.board, cut)
        return Talk(
            status=self._status(),
            players=(self.arena.players[0], self.arena.players[1]),
            status_quo=self._named(self.at_status_quo),
            fallback=self._named(self.at_fallback),
            zone=zone,
            frontier=frontier,
            nash_point=nash_point,
            ks_point=ks_point,
            asks=found,
        )

    def _zone(self, even: Deal) -> Zone:
        first, second = self.arena.players
        reference = np.maximum(self.at_fallback, self.at_status_quo)
        best = even
        if (reference > self.at_fallback).any():
            best = self._agree(even.terms, EqualGains.over(reference), "the zone", even)
        over_fallback = float((even.utility - self.at_fallback).min()) > _GAIN
        largest = float((best.utility - reference).min())
        prefer = tuple(
            p for p, gain in zip(self.arena.players, self.at_fallback - self.at_status_quo, strict=True) if gain > _GAIN
        )
        return Zone(
            largest > _GAIN, over_fallback, largest, prefer, _words(first, second, over_fallback, largest, prefer)
        )

    def _ideal(self, which: int, start: Deal) -> Deal:
        """The best for one with the other no worse than at the fallback."""
        aim = AtLeast.near(which, float(self.at_fallback[1 - which]), start.utility, start.mix)
        words = f"the ideal of {self.arena.players[which]}"
        return self._agree(start.terms, aim, words, start if self.arena.transfers else None)

    def _frontier(self, ideals: list[Deal], points: int) -> tuple[Point, ...]:
        low, high = ideals[0].utility[1], ideals[1].utility[1]
        deals = [ideals[0]]
        for level in np.linspace(low, high, points)[1:-1]:
            words = f"the frontier at u = {level:.4f} of {self.arena.players[1]}"
            last = deals[-1]
            aim = AtLeast.near(0, float(level), last.utility, last.mix)
            deals.append(self._agree(last.terms, aim, words, last))
        return tuple(self._point(deal) for deal in [*deals, ideals[1]])

    def _agree(self, start: Terms, aim: Any, words: str, near: Deal | None = None) -> Deal:
        deal = agree(self.arena, start, aim, self.board, near)
        if not deal.settled or deal.conditions.max() > _RIGHT:
            self.broken.append(f"{words} (conditions off by {deal.conditions.max():.1e}, its aim by {deal.off:.1e})")
        return deal

    def _point(self, deal: Deal) -> Point:
        arena = self.arena
        tariff, received = deal.terms
        worth = arena.income[list(arena.who)] * (np.exp(deal.utility / 100) - np.exp(self.at_fallback / 100))
        flows = np.asarray(arena.base.flows)[:, list(arena.who)].transpose(1, 0, 2)
        weight = np.where(arena.rights.free, flows, 0.0)
        mean = (weight * (arena.rates(tariff) - 1)).sum((1, 2)) / weight.sum((1, 2))
        return Point(
            tariff=arena.world.trade_array(tariff, "tariff", unit="fraction"),
            utility=self._named(deal.utility),
            gain=self._named(deal.utility - self.at_fallback),
            over_status_quo=self._named(deal.utility - self.at_status_quo),
            worth=self._named(worth),
            average_tariff=self._named(mean),
            mix=self._named(deal.mix),
            transfer=self._named(received[list(arena.who)]),
        )

    def _utility(self, tariff: Floats) -> Floats:
        found: Floats = self.board.utilities(tariff)[list(self.arena.who)]
        return found

    def _named(self, values: Floats) -> dict[str, float]:
        return {p: float(v) for p, v in zip(self.arena.players, values, strict=True)}

    def _status(self) -> GameStatus:
        if self.broken:
            return GameStatus(GameOutcome.NOT_FOUND, "Did not come to rest: " + "; ".join(self.broken) + ".")
        return GameStatus(GameOutcome.FOUND, f"All searches came to rest, {self.board.solves} equilibria.")


def _words(first: str, second: str, over_fallback: bool, largest: float, prefer: tuple[str, ...]) -> str:
    lapse = f" {' and '.join(prefer)} would rather have the fallback than the status quo." if prefer else ""
    if not over_fallback:
        return f"Empty: no deal gives both {first} and {second} more than the fallback does.{lapse}"
    if largest <= _GAIN:
        return (
            f"Empty: deals both prefer to the fallback exist, but none that both also prefer to the status quo.{lapse}"
        )
    return f"Deals exist that both prefer; both can gain {largest:.4f} in u (100 ln real income) at once.{lapse}"


def _fallback(fallback: Any, arena: Arena) -> Floats:
    """Tariffs [i, n, s] of what follows if no deal is struck."""
    faults = FaultList()
    allowed = "a Policy with tariffs, or a converged result of a game"
    if isinstance(fallback, GameResult):
        if not fallback.status.converged:
            faults.add("fallback", f"The game has no answer: {fallback.status}", allowed=allowed)
        fallback = Policy(tariff=fallback.tariff)
    elif isinstance(fallback, xr.DataArray):
        fallback = Policy(tariff=fallback)
    if not isinstance(fallback, Policy):
        faults.add("fallback", f"{type(fallback).__name__} is no fallback.", allowed=allowed)
    faults.raise_if_any()
    shock = fallback.shock(arena.world, faults)
    faults.raise_if_any()
    assert shock is not None
    return np.asarray(shock.tariff, dtype=float)


def check_talk(
    points: int,
    faults: FaultList,
    players: Sequence[str],
    power: Sequence[float] = (0.5, 0.5),
    cut: float = 0.05,
) -> None:
    """Whether talks can be held so."""
    if isinstance(players, str) or len(players) != 2:
        faults.add("players", "Talks are between two.", allowed="two economies of the world")
    if points < 3:
        faults.add("points", f"{points} points make no frontier.", allowed="3 or more")
    values = np.asarray(power, dtype=float)
    if values.shape != (2,) or not (np.isfinite(values).all() and (values > 0).all()):
        faults.add("power", "Not two numbers above 0.", allowed="such as (0.5, 0.5)")
    if not 0 < cut < 1:
        faults.add("cut", f"{cut} is no cut.", allowed="a fraction between 0 and 1, such as 0.05")


def _lost(arena: Arena, why: str) -> Talk:
    first, second = arena.players
    nothing = dict.fromkeys((first, second), float("nan"))
    words = "Not known: no equilibrium was found under tariffs the search came by."
    zone = Zone(False, False, float("nan"), (), words)
    status = GameStatus(GameOutcome.LOST, f"{GameOutcome.LOST.value} {why}")
    return Talk(status, (first, second), nothing, nothing, zone, (), None, None, ())
