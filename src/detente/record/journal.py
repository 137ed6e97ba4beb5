"""Several files of a folder changed as one: a crash at any moment leaves each old or new, and the next run completes.

    staged      the new files lie in `.detente-accept.new`, each flushed to the disk
    committed   the folder of staged files is renamed to `.detente-accept`; from here on it is carried out
    applied     each staged file is renamed over the old one
    done        the folder of staged files is gone

Before the commit nothing has happened; after it every run of `finish` goes on where the last one ended. A file that
somebody changed in between is not overwritten.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from detente.record.files import INTERRUPTED
from detente.terms import Fault, InputFault

COMMITTED = INTERRUPTED
STAGED = f"{INTERRUPTED}.new"
_LIST = "journal.json"


def write_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files of a folder, named by their way from it, as one change. The caller holds the folder's lock."""
    finish(folder)
    _stage(folder, files)
    os.rename(folder / STAGED, folder / COMMITTED)
    flush(folder)
    finish(folder)


def finish(folder: Path) -> bool:
    """Carry out what was committed and undo what was only staged; True where something was left to carry out.

    Raises `InputFault` for a file that was changed since it was staged, which is left as it is.
    """
    if (folder / STAGED).exists():
        shutil.rmtree(folder / STAGED)
    here = folder / COMMITTED
    if not here.exists():
        return False
    if (here / _LIST).exists():
        _apply(folder, json.loads((here / _LIST).read_text(encoding="utf-8")))
        os.remove(here / _LIST)
        flush(here)
    os.rmdir(here)
    flush(folder)
    return True


def flush(path: Path) -> None:
    """Ask the disk to keep a file, or the names in a folder. Where folders cannot be flushed (Windows) it is left."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _stage(folder: Path, files: Mapping[str, bytes]) -> None:
    here = folder / STAGED
    os.mkdir(here)
    rows = []
    for number, (name, new) in enumerate(files.items()):
        target = _target(folder, name)
        (here / str(number)).write_bytes(new)
        if target.exists():
            shutil.copymode(target, here / str(number))
        flush(here / str(number))
        rows.append(
            {"file": name, "staged": str(number), "old": _digest(target), "new": hashlib.sha256(new).hexdigest()}
        )
    (here / _LIST).write_text(json.dumps(rows), encoding="utf-8")
    flush(here / _LIST)
    flush(here)


def _apply(folder: Path, rows: list[dict[str, str | None]]) -> None:
    changed = [r for r in rows if _digest(_target(folder, str(r["file"]))) not in (r["old"], r["new"])]
    if changed:
        raise InputFault([_changed_since(folder, str(r["file"]), str(r["staged"])) for r in changed])
    for row in rows:
        staged = folder / COMMITTED / str(row["staged"])
        if staged.exists():
            target = _target(folder, str(row["file"]))
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(staged, target)
            flush(target.parent)


def _changed_since(folder: Path, name: str, staged: str) -> Fault:
    message = "The file was changed after an accept was interrupted, so it is not completed."
    allowed = f"the changes of {COMMITTED}/{staged} taken over by hand, and then {COMMITTED} removed"
    return Fault(f"{folder.name}/{name}", message, 1, allowed)


def _target(folder: Path, name: str) -> Path:
    """Where a file of the folder lies; a link to a file of the folder stays a link."""
    return Path(os.path.realpath(folder / name))


def _digest(file: Path) -> str | None:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else None
