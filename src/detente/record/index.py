"""The compiled index: a checked record as one JSON file in the user's cache, so that a question needs no YAML.

It is keyed by the digest of the folder and by the code that reads it, and rebuilt when either changes. Where the
cache cannot be written the record is compiled each time; nothing else differs.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path

import platformdirs
from pydantic import ValidationError

from detente.record.folder import Record, digest_of, load_folder, record_files
from detente.record.rules import broken


def compiled(folder: Path) -> Record:
    """The record of a folder, from the index if it is fresh; raises `InputFault` if the record does not check."""
    folder = folder.resolve()
    index = _index_path(folder)
    record = _fresh(index, digest_of(folder, record_files(folder)))
    if record is None:
        record = checked(folder)
        _store(index, record)
    return record


def checked(folder: Path) -> Record:
    """Read and check a folder from its YAML; raises `InputFault` with every fault."""
    loaded = load_folder(folder)
    broken(loaded)
    loaded.faults.raise_if_any()
    return loaded.record()


def _index_path(folder: Path) -> Path:
    key = hashlib.sha256(str(folder).encode()).hexdigest()[:16]
    return Path(platformdirs.user_cache_dir("detente")) / "records" / f"{folder.name}-{key}.json"


@cache
def _code_key() -> str:
    """A hash of the code that shapes the index, so that a change of code never reads an old one."""
    here = Path(__file__).parent
    names = ("entries.py", "folder.py", "rules.py", "yamltree.py", "index.py")
    return hashlib.sha256(b"".join((here / name).read_bytes() for name in names)).hexdigest()[:16]


def _fresh(index: Path, digest: str) -> Record | None:
    try:
        head, body = index.read_text(encoding="utf-8").split("\n", 1)
        return Record.model_validate_json(body) if head == f"{digest} {_code_key()}" else None
    except (OSError, ValueError, ValidationError):
        return None


def _store(index: Path, record: Record) -> None:
    """Write the index in one step; a cache that cannot be written is no fault."""
    text = f"{record.digest} {_code_key()}\n{record.model_dump_json(by_alias=True, exclude_defaults=True)}"
    with contextlib.suppress(OSError):
        index.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=index.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(index)
