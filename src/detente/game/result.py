"""What a game returns: how the search ended, the tariffs, and the certificate that they answer the question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
import xarray as xr

from detente.economy import Policy, Result, solve
from detente.game.arena import Arena
from detente.game.reply import Floats


class GameOutcome(Enum):
    """How a search for tariffs ended."""

    FOUND = "Tariffs were found from which no player would move."
    SEVERAL = "More than one answer was found: different starts ended at different tariffs, each of which holds."
    NOT_FOUND = "None was found: the tariffs were still moving when all steps were spent."
    GAINS_LEFT = "None was found: the tariffs came to rest, but a player gains by leaving them."
    LOST = "None was found: the search came by tariffs under which no equilibrium of the world was found."


@dataclass(frozen=True)
class GameStatus:
    """The outcome of a search, and a sentence that says how far it came."""

    outcome: GameOutcome
    message: str

    @property
    def converged(self) -> bool:
        """Whether the tariffs are an answer."""
        return self.outcome in (GameOutcome.FOUND, GameOutcome.SEVERAL)

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, eq=False)
class GameResult:
    """Tariffs chosen by players, and the equilibrium under them. Numbers are NaN unless `status.converged`.

    utility: u = 100 ln(real income, or political welfare, new ÷ base) of each player, the base after deficits were
    closed where they are. deviation_gain: what each player's independent best reply adds to its u. foc: its largest
    first-order condition relative to its own size. average_tariff: over what a player may put tariffs on, weighted by
    the base's trade at the border. steps: of the search. others: further answers, if starts ended apart.
    """

    status: GameStatus
    players: tuple[str, ...]
    tariff: xr.DataArray
    equilibrium: Result
    utility: Mapping[str, float]
    deviation_gain: Mapping[str, float]
    foc: Mapping[str, float]
    average_tariff: Mapping[str, float]
    steps: int
    others: tuple[GameResult, ...] = field(default=())

    def __repr__(self) -> str:
        return f"GameResult({self.status.message})"


def result_of(
    arena: Arena,
    tariff: Floats,
    status: GameStatus,
    gains: Floats,
    conditions: Floats,
    steps: int,
) -> GameResult:
    """Name what was found."""
    good = status.converged
    world = arena.world
    weights = arena.weights
    equilibrium = solve(
        world,
        Policy(tariff=tariff),
        closure=arena.rules.closure,
        deficits=arena.asked_deficits,
        weights=weights,
        tolerance=arena.rules.tolerance,
    )
    hats = equilibrium.real_income_hat if weights is None else equilibrium.government_welfare_hat
    welfare = 100 * np.log(np.asarray(hats, dtype=float))
    return GameResult(
        status=status,
        players=arena.players,
        tariff=world.trade_array(tariff if good else np.full_like(tariff, np.nan), "tariff", unit="fraction"),
        equilibrium=equilibrium,
        utility=_named(arena, welfare[list(arena.who)], good),
        deviation_gain=_named(arena, gains, good),
        foc=_named(arena, conditions, good),
        average_tariff=_named(arena, averages(arena, tariff, equilibrium), good),
        steps=steps,
    )


def averages(arena: Arena, tariff: Floats, equilibrium: Result) -> Floats:
    """Tariffs of each player over what it may put tariffs on, weighted by trade at the border of the base."""
    flows = np.asarray(equilibrium.base.flows)
    out = np.zeros(len(arena.who))
    for m, n in enumerate(arena.who):
        weight = np.where(arena.rights.free[m], flows[:, n], 0.0)
        out[m] = (weight * tariff[:, n]).sum() / weight.sum() if weight.sum() > 0 else np.nan
    return out


def _named(arena: Arena, values: Floats, good: bool) -> dict[str, float]:
    return {p: float(v) if good else float("nan") for p, v in zip(arena.players, values, strict=True)}
