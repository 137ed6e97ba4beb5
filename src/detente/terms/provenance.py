"""What a number carries: the record and world it came from, the code, and the command that makes it again."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from detente._version import __version__


@dataclass(frozen=True, slots=True)
class Stamp:
    """Provenance of an answer. Hashes are the first 16 hex digits of SHA-256; None where none was used."""

    command: str
    record_hash: str | None = None
    world_hash: str | None = None
    code_version: str = __version__

    def as_dict(self) -> dict[str, Any]:
        """The stamp as plain JSON values."""
        return asdict(self)


def stamp(words: Sequence[str], record_digest: str | None = None, world_digest: str | None = None) -> Stamp:
    """A stamp for an answer; `words` are those of the command that gives it again."""
    return Stamp(shlex.join(words), record_digest and record_digest[:16], world_digest and world_digest[:16])
