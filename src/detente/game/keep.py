"""What is not on the table: tariffs that stay as they are whatever else is agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.game.arena import Arena
from detente.terms import FaultList, did_you_mean


def held(arena: Arena, keep: Sequence[str]) -> Arena:
    """The arena with the tariffs named in `keep` taken off the table: "SECTOR", or "PLAYER:SECTOR" for one side's.

    Raises `InputFault` for unknown names, or when nothing is left to bargain about.
    """
    faults = FaultList()
    free = arena.rights.free.copy()
    sectors = arena.world.sectors
    for item in keep:
        player, _, sector = item.rpartition(":")
        if sector not in sectors:
            faults.add("keep", f"'{sector}' is unknown.{did_you_mean(sector, sectors)}", allowed=", ".join(sectors))
        if player and player not in arena.players:
            faults.add("keep", f"'{player}' does not play.", allowed=", ".join(arena.players))
        if sector in sectors and (not player or player in arena.players):
            rows = [arena.players.index(player)] if player else list(range(len(arena.players)))
            free[rows, :, sectors.index(sector)] = False
    if not faults and not free.any():
        faults.add("keep", "Nothing is left to bargain about.", allowed="fewer names")
    faults.raise_if_any()
    return replace(arena, rights=replace(arena.rights, free=free))
