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
    check_keep(keep, arena.players, arena.world.sectors, faults)
    faults.raise_if_any()
    free = arena.rights.free.copy()
    for item in keep:
        player, _, sector = item.rpartition(":")
        rows = [arena.players.index(player)] if player else list(range(len(arena.players)))
        free[rows, :, arena.world.sectors.index(sector)] = False
    if not free.any():
        faults.add("keep", "Nothing is left to bargain about.", allowed="fewer names")
    faults.raise_if_any()
    return replace(arena, rights=replace(arena.rights, free=free))


def check_keep(keep: Sequence[str], players: Sequence[str], sectors: Sequence[str], faults: FaultList) -> None:
    """Whether what is not on the table has names of sectors and players."""
    for item in keep:
        player, _, sector = item.rpartition(":")
        if sector not in sectors:
            faults.add("keep", f"'{sector}' is unknown.{did_you_mean(sector, sectors)}", allowed=", ".join(sectors))
        if player and player not in players:
            faults.add("keep", f"'{player}' does not play.", allowed=", ".join(players))
