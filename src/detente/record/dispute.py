"""A dispute: shipped by name or a folder of one's own, and what stands in it as of a day."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from detente.record.files import OFFICIALS, SHIPPED, included, includes_of, parties_of
from detente.record.index import compiled
from detente.record.view import View
from detente.terms import Fault, InputFault, did_you_mean

if TYPE_CHECKING:
    from detente.record.entries import Record
    from detente.record.folder import Loaded


@dataclass(frozen=True, slots=True)
class Dispute:
    """A record with the folder it came from."""

    record: Record
    folder: Path

    def as_of(self, on: date | None = None, known: date | None = None) -> View:
        """What stands `on` a day with only what was published by `known`; both default to today."""
        today = date.today()
        return View(self.record, on or today, known or today)


def shipped() -> list[str]:
    """The names of the disputes that come with the package."""
    return sorted(p.name for p in SHIPPED.iterdir() if (p / "dispute.yaml").is_file() and p != OFFICIALS)


def shipped_on(one: str, other: str) -> list[str]:
    """The shipped disputes that may hold measures between two economies: those between the two first, the record on
    everybody last. What stands on the record on everybody adds nothing about third parties and is left out."""
    names = shipped()
    between = [n for n in names if {one, other} <= set(parties_of(SHIPPED / n))]
    everybody = [n for n in names if "ALL" in parties_of(SHIPPED / n)]
    others = [n for n in names if n not in (*between, *everybody) and not _stands_on_everybody(SHIPPED / n)]
    return [*between, *others, *everybody]


def _stands_on_everybody(folder: Path) -> bool:
    return any("ALL" in parties_of(included(name, folder)) for name in includes_of(folder))


def folder_of(name: str) -> Path:
    """The folder of a shipped dispute or of a path; raises `InputFault` with the nearest name."""
    if name in shipped():
        return SHIPPED / name
    path = Path(name)
    if os.path.isfile(path / "dispute.yaml"):  # Path.is_file raises for names that are too long
        return path
    names = ", ".join(shipped())
    reason = "There is no dispute.yaml in it." if os.path.isdir(path) else did_you_mean(name[:80], shipped()).strip()
    message = f"'{name[:80]}' is not a dispute. {reason}".strip()
    raise InputFault([Fault("dispute", message, allowed=f"{names}, or a folder with a dispute.yaml")])


def dispute(name: str) -> Dispute:
    """Open a dispute by name or folder; raises `InputFault` if it is not there or does not check."""
    folder = folder_of(name)
    return Dispute(compiled(folder), folder)


def examine(name: str) -> Loaded:
    """Read and check a dispute from its YAML and keep every fault; raises `InputFault` only if it is not there."""
    from detente.record.folder import load_folder  # heavy, and only needed here
    from detente.record.rules import broken

    loaded = load_folder(folder_of(name))
    broken(loaded)
    return loaded
