"""What to build a world from, as asked; light, so that the room's door can show it without reading anything."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FORMATS: Final = ("icio", "wiod", "itpd", "csv")
"""The layouts that are read; docs/own-data.md shows them."""

Progress = Callable[[str, int, int], None]
"""Told the file's name, bytes done and bytes in all."""


@dataclass(frozen=True)
class Request:
    """What to build, as asked: None where it is to be found out or left as it is."""

    name: str
    source: Path
    format: str | None = None
    year: int | None = None
    aggregate: Path | None = None
    elasticity: str | None = None
    tariffs: Path | None = None
    out: Path | None = None

    @property
    def command(self) -> str:
        """The command that builds it again."""
        words = ["detente", "world", "build", self.name, "--from", str(self.source)]
        given = {"format": self.format, "year": self.year, "aggregate": self.aggregate, "elasticity": self.elasticity}
        for option, value in {**given, "tariffs": self.tariffs, "out": self.out}.items():
            words += [] if value is None else [f"--{option}", str(value)]
        return shlex.join(words)
