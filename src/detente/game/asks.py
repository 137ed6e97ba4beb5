"""What to ask for: a cut of each tariff by the other side, what it gives the asker and what it costs the giver."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.game.arena import Arena, Board


@dataclass(frozen=True)
class Ask:
    """A cut the asker may ask of the giver, one sector, from the status quo.

    before and after: the giver's tariff on the asker's goods in the sector. gain of the asker and cost to the giver in
    u (100 ln real income); negative cost: the giver gains as well. ratio: gain ÷ cost, None where the cut
    costs nothing.
    """

    asker: str
    giver: str
    sector: str
    before: float
    after: float
    gain: float
    cost: float
    ratio: float | None


def asks(arena: Arena, board: Board, cut: float) -> tuple[Ask, ...]:
    """Every cut on the table, solved exactly; by gain per cost, free ones first. Tariffs are cut by `cut`, at most to
    their lower bound; those at it are left out. Raises `LostEquilibrium`."""
    now = board.utilities(arena.start)[list(arena.who)]
    rates = arena.rates(arena.start)
    floor = np.maximum(arena.rights.low, rates - cut)
    found = []
    for giver, asker in ((0, 1), (1, 0)):
        exporter = arena.who[asker]
        for s, sector in enumerate(arena.world.sectors):
            if not arena.rights.free[giver, exporter, s] or rates[giver, exporter, s] <= floor[giver, exporter, s]:
                continue
            given = rates.copy()
            given[giver, exporter, s] = floor[giver, exporter, s]
            then = board.utilities(arena.tariffs(given))[list(arena.who)]
            gain, cost = float(then[asker] - now[asker]), float(now[giver] - then[giver])
            found.append(
                Ask(
                    asker=arena.players[asker],
                    giver=arena.players[giver],
                    sector=sector,
                    before=float(rates[giver, exporter, s] - 1),
                    after=float(given[giver, exporter, s] - 1),
                    gain=gain,
                    cost=cost,
                    ratio=gain / cost if cost > 0 else None,
                )
            )
    return tuple(sorted(found, key=lambda ask: (ask.asker, ask.cost > 0, -(ask.ratio or ask.gain))))
