"""The files of a dispute folder, and the digest that tells one state of it from another.

A folder is not trusted: it is walked without following links, only so deep and so far, and bytes are read only when
all of it is small enough. What is left out is said, so that nobody takes half a record for a whole one.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SHIPPED = Path(__file__).parent / "disputes"
OFFICIALS = SHIPPED / "officials"  # people and their offices, shared by all disputes; no dispute of its own
INTERRUPTED = ".detente-accept"  # what an accept has still to carry out; see journal.py
MAX_FOLDER_BYTES = 12_000_000
MAX_FILES = 2_000
MAX_FOLDERS_DEEP = 6
_BORROWED = re.compile(rb"codes: ([a-z0-9][a-z0-9-]*):")
_OWNED = re.compile(r"([a-z0-9][a-z0-9-]*):([a-z0-9][a-z0-9.-]*)\Z")
_INCLUDES = re.compile(r"^includes: *\[([^\]\n]*)\] *(?:#.*)?$", re.MULTILINE)
_PARTIES = re.compile(r"^parties: *\[([^\]\n]*)\] *(?:#.*)?$", re.MULTILINE)
MAX_INCLUDED = 20
MAX_HEADER_BYTES = 2_000_000
_ENDINGS = (".yaml", ".yml", ".csv")


@dataclass(slots=True)
class Listing:
    """The YAML and CSV files under a folder, in order of name, and what is wrong with it as a folder.

    A fault is where it is, in words what is wrong, and what is allowed. `size` is the bytes of all files.
    """

    files: list[Path] = field(default_factory=list)
    faults: list[tuple[Path, str, str]] = field(default_factory=list)
    size: int = 0

    @property
    def bounded(self) -> bool:
        """True for a folder small enough to be read."""
        return self.size <= MAX_FOLDER_BYTES and len(self.files) <= MAX_FILES


def listing(folder: Path) -> Listing:
    """Walk a dispute folder; never raises for what is in it, and stops where it holds too many files."""
    out = Listing()
    root = os.path.realpath(folder)
    todo = [(folder, 0)]
    while todo and out.bounded:
        here, depth = todo.pop()
        folders = [Path(entry.path) for entry in _entries(here, out) if _is_folder(entry, root, out)]
        if folders and depth >= MAX_FOLDERS_DEEP:
            message = "Folders lie too deep in one another."
            out.faults.append((folders[0], message, f"at most {MAX_FOLDERS_DEEP} levels"))
        else:
            todo += [(path, depth + 1) for path in folders]
    out.files.sort()
    out.faults.sort()
    return out


def _entries(here: Path, out: Listing) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(here) as entries:
            for entry in entries:
                if not entry.name.startswith("."):
                    yield entry
                if not out.bounded:
                    return
    except OSError as error:
        out.faults.append((here, f"The folder cannot be read: {error.strerror}.", "folders that may be read"))


def _is_folder(entry: os.DirEntry[str], root: str, out: Listing) -> bool:
    """Take an entry of a folder as a file of the record, or say why not; True for a folder to go into."""
    _sort(entry, Path(entry.path), root, out)
    return entry.is_dir(follow_symlinks=False)


def _sort(entry: os.DirEntry[str], path: Path, root: str, out: Listing) -> None:
    """Take an entry of a folder as a file of the record, or say why not; other files are not looked at."""
    if entry.is_symlink() and os.path.isdir(path):
        out.faults.append((path, "This is a link to a folder.", "folders and files of the record itself"))
        return
    if path.suffix not in _ENDINGS:
        return
    if not _printable(entry.name):
        out.faults.append((path, "The name of the file is not text.", "names in UTF-8 without control characters"))
    elif entry.is_symlink() and not os.path.realpath(path).startswith(root.rstrip("/") + "/"):
        out.faults.append((path, "The file is a link that leaves the folder.", "files inside the folder"))
    elif not os.path.exists(path):
        out.faults.append((path, "The file is a link to nothing.", "files inside the folder"))
    elif not os.path.isfile(path):
        out.faults.append((path, "This is not a file.", f"plain files with the ending {path.suffix}"))
    elif not os.access(path, os.R_OK):
        out.faults.append((path, "The file cannot be read.", "a file that whoever checks the record may read"))
    else:
        out.files.append(path)
        out.size += entry.stat().st_size


def _printable(name: str) -> bool:
    return name.isprintable() and "\ufffd" not in shown_name(name)


def shown_name(name: str) -> str:
    """A file name as text that can be shown, bytes that are no text replaced."""
    return os.fsencode(name).decode("utf-8", "replace")


def record_files(folder: Path) -> list[Path]:
    """The YAML and CSV files under a folder, in order of name; none that lie outside or cannot be read."""
    return listing(folder).files


def borrowed_list(codes: str) -> Path | None:
    """The file that `codes: us-china:annex-ii` means: a code list of a shipped dispute. None for a file name."""
    named = _OWNED.match(codes)
    return SHIPPED / named[1] / "scopes" / f"{named[2]}.csv" if named else None


def includes_of(folder: Path) -> list[str]:
    """The names in the line `includes: [a, b]` of its dispute.yaml, found without reading the YAML."""
    return _line_of(folder, _INCLUDES)


def parties_of(folder: Path) -> list[str]:
    """The parties in the line `parties: [USA, EU]` of its dispute.yaml, found without reading the YAML."""
    return _line_of(folder, _PARTIES)


def _line_of(folder: Path, pattern: re.Pattern[str]) -> list[str]:
    file = folder / "dispute.yaml"
    try:
        if not os.path.isfile(file) or file.stat().st_size > MAX_HEADER_BYTES:
            return []
        text = file.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return []
    found = pattern.search(text)
    return [name for raw in found[1].split(",") if (name := raw.strip(" '\""))] if found else []


def included(name: str, folder: Path) -> Path:
    """The folder that `name` in the includes of `folder` means, there or not: a shipped record, or one beside it."""
    if "/" in name:
        return folder / name
    return SHIPPED / name if os.path.isdir(SHIPPED / name) else folder.parent / name


def with_included(folder: Path) -> list[Path]:
    """The folder and every folder it includes, directly or not, each once. Missing ones are left out."""
    out: list[Path] = []
    ahead = [folder]
    while ahead and len(out) < MAX_INCLUDED:
        here = Path(os.path.realpath(ahead.pop()))
        if here not in out and os.path.isdir(here):
            out.append(here)
            ahead += [included(name, here) for name in reversed(includes_of(here))]
    return out


def digest_of(folder: Path) -> str:
    """SHA-256 over the names and bytes of the files of a folder, of the folders it includes, and of the shipped code
    lists they borrow.

    What is no file of the record counts by its name, and so do all files of a folder too large to be read.
    """
    total = hashlib.sha256()
    owners: set[str] = set()
    for part in with_included(folder) or [folder]:
        owners |= _digest_files(part, total)
    for owner in sorted(owners):
        for file in sorted((SHIPPED / owner / "scopes").glob("*.csv")):
            total.update(file.name.encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


def _digest_files(folder: Path, total: hashlib._Hash) -> set[str]:
    """Take the files of one folder into a digest; the shipped disputes whose code lists they borrow."""
    found = listing(folder)
    owners: set[str] = set()
    for path, fault, _ in found.faults:
        total.update(os.fsencode(f"{path.relative_to(folder).as_posix()}\0{fault}\0"))
    for file in found.files:
        raw = _bytes(file) if found.bounded else b"too large"
        total.update(os.fsencode(f"{file.relative_to(folder).as_posix()}\0{len(raw)}\0"))
        total.update(raw)
        owners |= {m.decode() for m in _BORROWED.findall(raw)} if file.suffix == ".yaml" else set()
    return owners


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b"unreadable"
