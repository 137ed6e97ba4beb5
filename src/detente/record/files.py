"""The files of a dispute folder, and the digest that tells one state of it from another."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

SHIPPED = Path(__file__).parent / "disputes"
OFFICIALS = SHIPPED / "officials"  # people and their offices, shared by all disputes; no dispute of its own
_BORROWED = re.compile(rb"codes: ([a-z0-9][a-z0-9-]*):")
_ENDINGS = (".yaml", ".yml", ".csv")


def record_files(folder: Path) -> list[Path]:
    """The YAML and CSV files under a folder, links among them, in order of name."""
    found = (f for f in folder.rglob("*") if f.suffix in _ENDINGS)
    return sorted(f for f in found if f.is_symlink() or f.is_file())


def borrowed_list(codes: str) -> Path | None:
    """The file that `codes: us-china:annex-ii` means: a code list of a shipped dispute. None for a file name."""
    owner, colon, scope = codes.partition(":")
    return SHIPPED / owner / "scopes" / f"{scope}.csv" if colon else None


def digest_of(folder: Path) -> str:
    """SHA-256 over the names and bytes of the files of a folder, and of the shipped code lists it borrows.

    A link that leaves the folder counts by its name.
    """
    root = folder.resolve()
    total = hashlib.sha256()
    owners: set[str] = set()
    for file in record_files(folder):
        inside = file.resolve().is_relative_to(root) and file.exists()
        raw = file.read_bytes() if inside else b"outside"
        total.update(f"{file.relative_to(folder).as_posix()}\0{len(raw)}\0".encode())
        total.update(raw)
        owners |= {m.decode() for m in _BORROWED.findall(raw)} if file.suffix == ".yaml" else set()
    for owner in sorted(owners):
        for file in sorted((SHIPPED / owner / "scopes").glob("*.csv")):
            total.update(file.name.encode() + b"\0" + file.read_bytes())
    return total.hexdigest()
