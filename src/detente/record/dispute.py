"""A dispute: shipped by name or a folder of one's own, and what stands in it as of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from detente.record.files import OFFICIALS, SHIPPED
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


def folder_of(name: str) -> Path:
    """The folder of a shipped dispute or of a path; raises `InputFault` with the nearest name."""
    if name in shipped():
        return SHIPPED / name
    path = Path(name)
    if path.is_dir() and (path / "dispute.yaml").is_file():
        return path
    names = ", ".join(shipped())
    reason = "There is no dispute.yaml in it." if path.is_dir() else did_you_mean(name, shipped()).strip()
    message = f"'{name}' is not a dispute. {reason}".strip()
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
