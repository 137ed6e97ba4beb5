"""The files of a dispute folder, and the digest that tells one state of it from another."""

from __future__ import annotations

import hashlib
from pathlib import Path

_ENDINGS = (".yaml", ".yml", ".csv")


def record_files(folder: Path) -> list[Path]:
    """The YAML and CSV files under a folder, links among them, in order of name."""
    found = (f for f in folder.rglob("*") if f.suffix in _ENDINGS)
    return sorted(f for f in found if f.is_symlink() or f.is_file())


def digest_of(folder: Path) -> str:
    """SHA-256 over the names and bytes of the files of a folder. A link that leaves the folder counts by its name."""
    root = folder.resolve()
    total = hashlib.sha256()
    for file in record_files(folder):
        inside = file.resolve().is_relative_to(root) and file.exists()
        raw = file.read_bytes() if inside else b"outside"
        total.update(f"{file.relative_to(folder).as_posix()}\0{len(raw)}\0".encode())
        total.update(raw)
    return total.hexdigest()
