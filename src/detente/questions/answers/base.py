"""What every answer has: JSON as the published schema says, and its provenance."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, ClassVar


def _key(name: str) -> str:
    """The name of a field in JSON: `from_` is `from`."""
    return name.rstrip("_")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Base of all answers. Plain dataclasses, since a question must answer without loading pydantic."""

    __pydantic_config__: ClassVar[Any] = {"alias_generator": _key, "populate_by_name": True}

    def as_dict(self) -> dict[str, Any]:
        """The answer as plain JSON values, days as ISO text."""
        out = asdict(self, dict_factory=lambda pairs: {_key(k): v for k, v in pairs})
        return dict(json.loads(json.dumps(out, default=str)))

    def as_json(self) -> str:
        """The answer as JSON text."""
        return json.dumps(self.as_dict(), indent=2, ensure_ascii=False)


@dataclass(frozen=True, kw_only=True)
class Provenance(Answer):
    """The record, world and code behind an answer, and the command that gives it again."""

    command: str
    record_hash: str | None = None
    world_hash: str | None = None
    code_version: str
