"""Who plays, with which tariffs, from where: the input of every game, read and checked once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar, get_args

import jax.numpy as jnp
import numpy as np

from detente.economy import (
    Base,
    Outcome,
    Policy,
    Rules,
    Shock,
    World,
    accounts_of,
    no_change,
    reach,
    read_weights,
    without_deficits,
)
from detente.game.reply import Floats, InstrumentName, Rights, Worth
from detente.game.sensitivities import Outlook, Slopes, outcome, slopes
from detente.terms import FaultList, did_you_mean

INSTRUMENTS: tuple[InstrumentName, ...] = get_args(InstrumentName)
_CLOSURES = ("caliendo-parro", "armington", "ossa", "free-entry")
_SEARCH = 1e-12  # of the equilibria a game is played on

Bounds = tuple[float, float] | Mapping[str, tuple[float, float]]


Answer = TypeVar("Answer", Slopes, Outlook)


class LostEquilibrium(ArithmeticError):
    """The world has no equilibrium that could be found under tariffs a search came by."""


@dataclass(frozen=True, eq=False)
class Arena:
    """A world as a game sees it. `base` has its deficits closed if the rules say so; `start` [i, n, s] holds the
    tariffs given, others' included; `rights` are those of the `players` in their order. transfers: whether players who
    agree may pay each other."""

    world: World
    base: Base
    rules: Rules
    weights: Floats | None
    players: tuple[str, ...]
    who: tuple[int, ...]
    rights: Rights
    start: Floats
    asked_deficits: Any = "zero"
    transfers: bool = False

    @property
    def elasticity(self) -> Floats:
        """θ [s]."""
        return np.asarray(self.base.elasticity)

    @property
    def income(self) -> Floats:
        """Base income [n], in the currency of the flows."""
        return np.asarray(accounts_of(self.base, self.rules).income)

    def rates(self, tariff: Floats) -> Floats:
        """1 + the players' own tariffs, [m, i, s]."""
        return 1 + tariff[:, list(self.who)].transpose(1, 0, 2)

    def tariffs(self, rates: Floats) -> Floats:
        """All tariffs [i, n, s], the players' from their rates [m, i, s]."""
        full = self.start.copy()
        given = self.start[:, list(self.who)].transpose(1, 0, 2)
        full[:, list(self.who)] = np.where(self.rights.free, rates - 1, given).transpose(1, 0, 2)
        return full

    def only(self, player: str, tariff: Floats) -> Arena:
        """The same with one player left and the others' tariffs as given."""
        at = self.players.index(player)
        mine = slice(at, at + 1)
        rights = replace(
            self.rights, free=self.rights.free[mine], low=self.rights.low[mine], high=self.rights.high[mine]
        )
        return replace(self, players=(player,), who=(self.who[at],), rights=rights, start=tariff)

    def worths(self, found: Slopes, rates: Floats, mix: Floats | None = None) -> Worth:
        """What each importer makes of its purchases; `mix` [k]: all of them by this sum of the objectives."""
        by_tariff, by_cost = np.asarray(found.by_tariff), np.asarray(found.by_cost)
        if mix is not None:
            by_tariff, by_cost = (np.einsum("k,kmis->mis", mix, part) for part in (by_tariff, by_cost))
        return Worth.read(by_tariff, by_cost, np.asarray(found.share), rates, self.elasticity)


class Board:
    """Evaluates policies on an arena, each search starting where the last one ended."""

    def __init__(self, arena: Arena, root: Any = None) -> None:
        self.arena = arena
        self.root = no_change(arena.base, arena.rules) if root is None else root
        self.solves = 0
        self._none = Shock.none(arena.base)

    def slopes(self, tariff: Floats, joint: bool = False, received: Floats | None = None) -> Slopes:
        """Objectives of the players and their derivatives; received [n]: money. Raises `LostEquilibrium`."""
        arena = self.arena

        def ask(shock: Shock) -> Slopes:
            who = jnp.array(arena.who)
            found: Slopes = slopes(arena.base, shock, arena.rules, self.root, arena.weights, who, joint)
            return found

        return self._found(tariff, ask, received)

    def utilities(self, tariff: Floats) -> Floats:
        """u [n] of every economy. Raises `LostEquilibrium`."""
        arena = self.arena

        def ask(shock: Shock) -> Outlook:
            found: Outlook = outcome(arena.base, shock, arena.rules, self.root, arena.weights)
            return found

        return np.asarray(self._found(tariff, ask).utility)

    def _found(self, tariff: Floats, ask: Callable[[Shock], Answer], received: Floats | None = None) -> Answer:
        """An answer at an equilibrium: from the last one, else in strides from the base."""
        self.solves += 1
        shock = self._none._replace(tariff=jnp.asarray(tariff))
        if received is not None:
            shock = shock._replace(transfer=jnp.asarray(received))
        answer = ask(shock)
        if answer.found.report.outcome is not Outcome.CONVERGED:
            far = reach(self.arena.base, shock, self.arena.rules)
            if not far.converged:
                raise LostEquilibrium(far.report.outcome.value)
            self.root = far.found.root
            answer = ask(shock)
        self.root = answer.found.root
        return answer


def read_arena(
    world: World,
    players: Sequence[str],
    instruments: str,
    closure: str,
    weights: Any,
    bounds: Bounds,
    policy: Policy | None = None,
    targets: Sequence[str] | None = None,
    sectors: Sequence[str] | None = None,
    deficits: str = "zero",
) -> Arena:
    """Read everything a game is asked with. Raises `InputFault` with all that is wrong."""
    faults = FaultList()
    _known(players, world.economies, "players", faults)
    _known(targets, world.economies, "targets", faults)
    _known(sectors, world.sectors, "sectors", faults)
    _one_of(instruments, INSTRUMENTS, "instruments", faults)
    _one_of(closure, _CLOSURES, "closure", faults)
    _one_of(deficits, ("zero", "nominal", "world-share"), "deficits", faults)
    read = None if weights is None else read_weights(weights, closure, world, faults)
    shock = (policy or Policy()).shock(world, faults)
    if shock is not None and shock.limits is not None:
        faults.add("policy", "Quantity limits have no place in a game of tariffs.", allowed="tariffs of others")
    low, high = _bounds(bounds, players, faults)
    faults.raise_if_any()
    assert shock is not None
    rules = Rules(closure, deficits, _SEARCH)  # type: ignore[arg-type]
    who = tuple(world.economies.index(p) for p in players)
    free = _free(world, who, targets, sectors, faults)
    faults.raise_if_any()
    base, rules = _opened(world, rules, faults)
    faults.raise_if_any()
    shape = free.shape
    rights = Rights(
        instruments,  # type: ignore[arg-type]
        free,
        np.broadcast_to(1 + low[:, None, None], shape),
        np.broadcast_to(1 + high[:, None, None], shape),
    )
    start = np.asarray(shock.tariff, dtype=float)
    return Arena(world, base, rules, read, tuple(players), who, rights, start, deficits)


def _opened(world: World, rules: Rules, faults: FaultList) -> tuple[Base, Rules]:
    """The base with its deficits closed, if the rules close them."""
    inputs = rules.closure in ("caliendo-parro", "free-entry")
    base = world.base if inputs else world.base.without_inputs()
    if rules.deficits != "zero":
        return base, rules
    closed, report = without_deficits(base, rules)
    if report.outcome is not Outcome.CONVERGED:
        faults.add("deficits", f"They cannot be closed: {report.outcome.value}", allowed="nominal, world-share")
    return closed, replace(rules, deficits="nominal")


def _free(world: World, who: tuple[int, ...], targets: Any, sectors: Any, faults: FaultList) -> Any:
    """Which tariffs may be set, [m, i, s]."""
    exporters = np.array([targets is None or e in targets for e in world.economies])
    goods = np.array([sectors is None or s in sectors for s in world.sectors])
    free = np.zeros((len(who), len(world.economies), len(world.sectors)), dtype=bool)
    free[:] = exporters[:, None] & goods
    for m, n in enumerate(who):
        free[m, n] = False
        if not free[m].any():
            faults.add(
                "targets", f"{world.economies[n]} is left no tariff to set.", allowed="a partner other than itself"
            )
    return free


def _bounds(bounds: Any, players: Sequence[str], faults: FaultList) -> tuple[Floats, Floats]:
    """Bounds [m] of the players' tariffs."""
    allowed = "(low, high) with -1 < low ≤ high, or one such pair for each player"
    pairs = bounds if isinstance(bounds, Mapping) else dict.fromkeys(players, bounds)
    missing = [p for p in players if p not in pairs]
    for player in missing:
        faults.add("bounds", f"None for {player}.", allowed=allowed)
    low, high = np.zeros(len(players)), np.zeros(len(players))
    for m, player in enumerate(players):
        try:
            low[m], high[m] = pairs.get(player, (0.0, 1.0))
        except (TypeError, ValueError):
            faults.add("bounds", f"{pairs[player]!r} is no pair of numbers.", allowed=allowed)
            continue
        if not (np.isfinite([low[m], high[m]]).all() and -1 < low[m] <= high[m]):
            words = "crossed" if low[m] > high[m] else "out of range"
            faults.add("bounds", f"({low[m]:g}, {high[m]:g}) of {player} are {words}.", allowed=allowed)
    return low, high


def _known(names: Sequence[str] | None, known: tuple[str, ...], path: str, faults: FaultList) -> None:
    if names is None:
        return
    if isinstance(names, str) or not names:
        faults.add(path, "There are none." if not names else f"'{names}' is one name.", allowed="a list of labels")
        return
    for name in names:
        if name not in known:
            faults.add(path, f"'{name}' is unknown.{did_you_mean(name, known)}", allowed=", ".join(known))
    doubled = sorted({name for name in names if list(names).count(name) > 1})
    if doubled:
        faults.add(path, f"{', '.join(doubled)} named more than once.", allowed="different labels")


def _one_of(name: str, known: Sequence[str], path: str, faults: FaultList) -> None:
    if name not in known:
        faults.add(path, f"'{name}' is unknown.{did_you_mean(name, known)}", allowed=", ".join(known))
