"""The compiled index: a checked record as one JSON file in the user's cache, so that a question needs no YAML.

It is keyed by the digest of the folder and by the code that reads it, and rebuilt when either changes. Where the
cache cannot be written the record is compiled each time; nothing else differs.

Questions are to answer in under 0.4 s from a cold start, and importing pydantic and building its models takes most of
that. So what the index holds is not validated again: it becomes plain objects with the attributes of the models in
`entries.py`, and the models are loaded only to check and to compile; `tests/record/test_index.py` holds them equal.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import platformdirs

from detente.record.files import digest_of

if TYPE_CHECKING:
    from detente.record.entries import Record

_DAYS = frozenset(
    (
        "announced",
        "checked",
        "covered_through",
        "date",
        "day",
        "due",
        "extends_to",
        "from_",
        "known",
        "published",
        "seen",
        "until",
    )
)
_NUMBERS = frozenset(("amount", "compared_with", "points", "rate", "share", "up_to"))


class Compiled:
    """An entry out of the index: the attributes of its model and nothing else."""

    def __init__(self, fields: dict[str, Any]) -> None:
        self.__dict__.update(fields)

    def __repr__(self) -> str:
        return f"Compiled({self.__dict__!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Compiled) and self.__dict__ == other.__dict__

    __hash__ = None  # type: ignore[assignment]


class _Record(Compiled):
    """A record whose code lists, which few questions need, are read when first asked for."""

    def __init__(self, fields: dict[str, Any], codes: str) -> None:
        super().__init__(fields)
        self._codes = codes

    @cached_property
    def codes(self) -> dict[str, dict[str, bool | None]]:
        """Prefixes and their membership by scope."""
        return dict(json.loads(self._codes))


def compiled(folder: Path) -> Record:
    """The record of a folder, from the index if it is fresh; raises `InputFault` if the record does not check."""
    folder = folder.resolve()
    index = _index_path(folder)
    digest = digest_of(folder)
    text = _fresh(index, digest)
    if text is None:
        text = _compile(folder)
        _store(index, f"{digest} {_code_key()}\n{text}")
    return thaw(text)


def thaw(text: str) -> Record:
    """A record from its compiled text: a line of entries and a line of code lists."""
    entries, codes = text.split("\n")
    fields = vars(json.loads(entries, object_hook=_entry))
    return cast("Record", _Record(fields, codes))


def freeze(record: Record) -> str:
    """The compiled text of a record."""
    return f"{record.model_dump_json(exclude={'codes'})}\n{json.dumps(record.codes)}"


def _entry(fields: dict[str, Any]) -> Any:
    for key, value in fields.items():
        if value.__class__ is str:
            if key in _DAYS:
                fields[key] = date.fromisoformat(value)
            elif key in _NUMBERS:
                fields[key] = Decimal(value)
    return fields if _is_table(fields) else Compiled(fields)


def _is_table(fields: dict[str, Any]) -> bool:
    """True for a mapping that is data (persons by side) rather than an entry."""
    return not fields or not next(iter(fields)).islower()


def _compile(folder: Path) -> str:
    from detente.record.folder import (
        load_folder,  # the YAML reader and the models, not needed when the index is fresh
    )
    from detente.record.rules import broken

    loaded = load_folder(folder)
    broken(loaded)
    loaded.faults.raise_if_any()
    return freeze(loaded.record())


def _index_path(folder: Path) -> Path:
    key = hashlib.sha256(str(folder).encode()).hexdigest()[:16]
    return Path(platformdirs.user_cache_dir("detente")) / "records" / f"{folder.name}-{key}.json"


@cache
def _code_key() -> str:
    """A hash of the code that shapes the index, so that a change of code never reads an old one."""
    here = Path(__file__).parent
    names = ("bearing.py", "changes.py", "entries.py", "files.py", "folder.py", "yamltree.py", "index.py")
    files = [*(here / name for name in names), *sorted((here / "rules").glob("*.py"))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def _fresh(index: Path, digest: str) -> str | None:
    try:
        head, body = index.read_text(encoding="utf-8").split("\n", 1)
    except (OSError, ValueError):
        return None
    whole = body.endswith("}")
    return body if whole and head == f"{digest} {_code_key()}" else None


def _store(index: Path, text: str) -> None:
    """Write the index in one step; a cache that cannot be written is no fault."""
    with contextlib.suppress(OSError):
        index.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=index.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(index)
