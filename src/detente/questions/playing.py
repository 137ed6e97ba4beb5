"""What would each side do? Optimal tariffs, the trade war, and cooperation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

import numpy as np

from detente import economy as ec
from detente import game
from detente.questions import answers as a
from detente.questions.stakes import CLOSURE, LIMITS, Floats, Stakes, read_stakes, resting_on
from detente.terms import FaultList, did_you_mean

GAMES = ("optimal", "nash", "cooperate")
_TITLES = {
    "optimal": "The best tariffs of {} while all others keep theirs",
    "nash": "The trade war of {}",
    "cooperate": "The tariffs {} would set together",
}


def play(
    name: str,
    kind: str = "nash",
    players: Sequence[str] | None = None,
    instruments: str = "bilateral-sector",
    everyone: bool = False,
    on: date | None = None,
    known: date | None = None,
    world: str = "world-2022",
    elasticity: str = "median",
    starts: int = 1,
    bounds: tuple[float, float] = game.BOUNDS,
) -> a.PlayAnswer:
    """The tariffs a game on a dispute ends at, from the duties in force `on` the day.

    kind: "optimal" (of each player alone), "nash" or "cooperate" (Nash product of the gains over the duties in force).
    players: economies of the world, None = the parties. everyone: tariffs on all partners' goods, else on those of the
    other players. Raises `InputFault`.
    """
    _check(kind, players)
    stakes = read_stakes(name, on, known, world, elasticity)
    chosen = tuple(players) if players else stakes.players
    options: dict[str, Any] = {
        "instruments": instruments,
        "closure": CLOSURE,
        "bounds": bounds,
        "starts": starts,
        "policy": ec.Policy(tariff=stakes.now),
        "targets": None if everyone or len(chosen) == 1 else chosen,
        "sectors": stakes.goods,
    }
    found = _played(kind, stakes, chosen, options)
    words = ["detente", "play", name, "--game", kind, "--players", ",".join(chosen), "--instruments", instruments]
    words += ["--everyone"] if everyone else []
    words += ["--on", str(stakes.view.on), "--known", str(stakes.view.known), "--world", world]
    return _answer(stakes, kind, chosen, instruments, found, [*words, "--elasticity", elasticity])


def _played(kind: str, stakes: Stakes, players: tuple[str, ...], options: dict[str, Any]) -> list[game.GameResult]:
    """One result, or for optimal tariffs one for each player."""
    if kind == "optimal":
        return [game.optimal(stakes.world, player, **options) for player in players]
    if kind == "nash":
        return [game.nash(stakes.world, players, **options)]
    return [game.cooperate(stakes.world, players, **options)]


def _answer(
    stakes: Stakes,
    kind: str,
    players: tuple[str, ...],
    instruments: str,
    found: list[game.GameResult],
    words: list[str],
) -> a.PlayAnswer:
    good = all(one.status.converged for one in found)
    lines = {p: _line(stakes, p, found[at if kind == "optimal" else 0], good) for at, p in enumerate(players)}
    tariffs = {p: _tariffs(stakes, found[at if kind == "optimal" else 0], p) for at, p in enumerate(players) if good}
    changed = found[0] if len(found) == 1 else None
    return a.PlayAnswer(
        title=f"{_TITLES[kind].format(' and '.join(players))}, from the duties of {stakes.view.on}",
        game=kind,
        instruments=instruments,
        players=lines,
        converged=good,
        status=" ".join(str(one.status) for one in found),
        rounds=sum(one.steps for one in found),
        others_found=sum(len(one.others) for one in found),
        others_pct=_others(stakes, changed, players) if good and changed else {},
        tariffs=tariffs,
        deficits="zero",
        limits=[*LIMITS, *stakes.levels.limits, *stakes.notes],
        **cast(Any, resting_on(stakes, words)),
    )


def _line(stakes: Stakes, player: str, found: game.GameResult, good: bool) -> a.PlayerLine:
    if not good:
        nothing = dict.fromkeys(a.PlayerLine.__dataclass_fields__)
        return a.PlayerLine(**cast(Any, nothing))
    utility = stakes.utility(found.equilibrium)
    n = stakes.index(player)
    change = float(utility[n] - stakes.at_now[n])
    tariff = found.tariff.to_numpy()
    return a.PlayerLine(
        utility_change=change,
        real_income_pct=100 * float(np.expm1(change / 100)),
        ev_usd_bn=float(stakes.worth_bn(utility)[n]),
        tariff_now=stakes.average(stakes.now, player, _targets(stakes, found, player)),
        tariff=stakes.average(tariff, player, _targets(stakes, found, player)),
        deviation_gain=found.deviation_gain[player],
        condition=found.foc[player],
    )


def _targets(stakes: Stakes, found: game.GameResult, player: str) -> tuple[str, ...] | None:
    """The partners whose goods a player may put tariffs on, as far as that shows: None = all."""
    others = tuple(p for p in found.players if p != player)
    moved = np.abs(found.tariff.to_numpy() - stakes.now)[:, stakes.index(player)].sum(1) > 0
    named = {e for e, hit in zip(stakes.world.economies, moved, strict=True) if hit}
    return others if others and named <= set(others) else None


def _tariffs(stakes: Stakes, found: game.GameResult, player: str) -> dict[str, dict[str, float]]:
    partners = _targets(stakes, found, player) or tuple(e for e in stakes.world.economies if e != player)
    mine = found.tariff.sel(importer=player)
    return {e: {s: float(mine.sel(exporter=e, sector=s)) for s in stakes.goods} for e in partners}


def _others(stakes: Stakes, found: game.GameResult, players: tuple[str, ...]) -> dict[str, float | None]:
    change: Floats = stakes.utility(found.equilibrium) - stakes.at_now
    pairs = zip(stakes.world.economies, change, strict=True)
    return {e: 100 * float(np.expm1(x / 100)) for e, x in pairs if e not in players}


def _check(kind: str, players: Sequence[str] | None) -> None:
    faults = FaultList()
    if kind not in GAMES:
        faults.add("game", f"'{kind}' is unknown.{did_you_mean(kind, GAMES)}", allowed=", ".join(GAMES))
    if players is not None and kind == "cooperate" and len(players) < 2:
        faults.add("players", "Cooperation takes two.", allowed="two or more economies")
    faults.raise_if_any()
