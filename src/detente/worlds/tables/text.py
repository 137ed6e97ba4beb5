"""Opening the text of a public table: plain, zipped or gzipped, read in pieces and never whole.

What a file is written with (delimiter, byte-order mark, decimal mark) is looked up in its head. A table that is no
text, a year that is not in an archive and an archive that ends early are faults with a remedy.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from detente.terms import Fault, InputFault
from detente.worlds.tables.request import Progress

HEAD: Final = 1 << 20
DELIMITERS: Final = ",;\t|"
BROKEN: Final = (zipfile.BadZipFile, EOFError, OSError, zlib.error, UnicodeDecodeError)
"""What reading a damaged file raises."""

_BINARY: Final = {
    b"PK\x03\x04": "an Excel workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"<stata_dta": "a Stata file",
    b"RDX": "an R data file",
    b"PAR1": "a Parquet file",
    b"%PDF": "a PDF",
}
_CONVERT: Final = "CSV: open it in the program it was made for and save the sheet or table as CSV (UTF-8)"
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Entry:
    """One table: a file, or a member of an archive."""

    path: Path
    member: str | None = None

    @property
    def name(self) -> str:
        """How faults and manifests name it."""
        return str(self.path) if self.member is None else f"{self.path}/{self.member}"

    @property
    def year(self) -> int | None:
        """The one year in its name, if there is one."""
        found = set(_YEAR.findall(Path(self.member or self.path.name).name))
        # An edition and a year, as in ICIO2021_2018.csv: the year of the table comes last.
        last = _YEAR.findall(Path(self.member or self.path.name).name)[-1:] if found else []
        return int(last[0]) if last else None


@dataclass(frozen=True)
class Head:
    """The first lines of a table, its delimiter, and whether a byte-order mark was dropped."""

    lines: tuple[tuple[str, ...], ...]
    delimiter: str
    bom: bool


def ends_in_a_line(path: Path) -> bool:
    """Whether a plain file ends with a line break; archives know their own length, and count as doing so."""
    if path.suffix.lower() in (".zip", ".gz"):
        return True
    with path.open("rb") as file:
        file.seek(-1, 2)
        return file.read(1) in b"\r\n"


def digest(path: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def entry_of(path: Path, year: int | None) -> Entry:
    """The table of a year in a file, an archive, or a folder of either. Raises `InputFault` where it is not one."""
    if not path.exists():
        raise InputFault([Fault(str(path), "There is no such file or folder.", allowed="a table or a folder of them")])
    found = [entry for file in _files(path) for entry in _entries(file)]
    if not found:
        remedy = "CSV, or a zip or gz of it; save workbooks (xlsx, xlsb), R and Stata files as CSV first"
        raise InputFault([Fault(str(path), "Holds no CSV file.", allowed=remedy)])
    chosen = found if len(found) == 1 else [entry for entry in found if year is not None and entry.year == year]
    if len(chosen) == 1:
        return chosen[0]
    years = ", ".join(str(y) for y in sorted({entry.year for entry in found if entry.year}))
    names = ", ".join(Path(entry.member or entry.path).name for entry in found[:8])
    what = f"Holds {len(found)} tables ({names}{', …' if len(found) > 8 else ''})"
    which = "none is picked" if year is None else f"{len(chosen) or 'none'} of {year}"
    raise InputFault(
        [Fault(str(path), f"{what}; {which}.", allowed=f"--year, one of {years}" if years else "one file")]
    )


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(p for p in path.iterdir() if p.suffix.lower() in (".csv", ".txt", ".zip", ".gz"))


def _entries(path: Path) -> list[Entry]:
    if path.suffix.lower() != ".zip":
        return [Entry(path)]
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except BROKEN as error:
        raise InputFault([broken(str(path), error)]) from error
    return [Entry(path, name) for name in names if name.lower().endswith((".csv", ".txt"))]


def broken(name: str, error: Exception) -> Fault:
    """The fault of a file that cannot be read to its end."""
    if isinstance(error, UnicodeDecodeError):
        return Fault(name, f"Is not UTF-8 text: {error.reason} at byte {error.start}.", allowed="CSV saved as UTF-8")
    return Fault(name, f"Is damaged or cut short: {error}.", allowed="the whole file; download it again")


class _Counted(io.RawIOBase):
    """A file that tells how far it was read; archives are told by their packed bytes."""

    def __init__(self, path: Path, progress: Progress | None) -> None:
        super().__init__()
        self._file = path.open("rb", buffering=0)
        self._size, self._name, self._progress = path.stat().st_size, path.name, progress

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: Any) -> int:
        count = self._file.readinto(buffer)
        if self._progress:
            self._progress(self._name, self._file.tell(), self._size)
        return count

    def close(self) -> None:
        self._file.close()
        super().close()


@contextmanager
def opened(entry: Entry, progress: Progress | None = None) -> Iterator[BinaryIO]:
    """The bytes of a table, unpacked."""
    raw = io.BufferedReader(_Counted(entry.path, progress), 1 << 20)
    try:
        if entry.member is not None:
            with zipfile.ZipFile(raw) as archive, archive.open(entry.member) as file:
                yield file  # type: ignore[misc]
        elif entry.path.suffix.lower() == ".gz":
            with gzip.open(raw, "rb") as file:
                yield file  # type: ignore[misc]
        else:
            yield raw
    finally:
        raw.close()


def head_of(entry: Entry) -> Head:
    """The head of a table. Raises `InputFault` for what is no text or empty."""
    try:
        with opened(entry) as file:
            start = file.read(HEAD)
            while b"\n" not in start and (more := file.read(HEAD)):
                start += more
    except BROKEN as error:
        raise InputFault([broken(entry.name, error)]) from error
    for magic, what in _BINARY.items():
        if start.startswith(magic):
            raise InputFault([Fault(entry.name, f"Is {what}, which is not read.", allowed=_CONVERT)])
    if not start.strip() or b"\0" in start:
        what = "Is empty." if not start.strip() else "Is no text, or text in UTF-16."
        raise InputFault([Fault(entry.name, what, allowed="CSV saved as UTF-8")])
    bom = start.startswith(b"\xef\xbb\xbf")
    text = start.decode("utf-8-sig", errors="replace")
    rows = text.splitlines()
    rows = rows[:-1] if len(rows) > 1 and not text.endswith(("\n", "\r")) else rows
    bare = re.sub(r'"[^"]*"', "", rows[0])
    delimiter = max(DELIMITERS, key=bare.count)
    return Head(tuple(tuple(row) for row in csv.reader(rows[:12], delimiter=delimiter)), delimiter, bom)


def rows_of(entry: Entry, delimiter: str, progress: Progress | None = None) -> Iterator[tuple[int, list[str]]]:
    """Line numbers and cells, one line at a time. Raises `InputFault` where the file breaks off or is no UTF-8."""
    try:
        with opened(entry, progress) as file, io.TextIOWrapper(file, "utf-8-sig", newline="") as text:
            line = 1
            for row in text:
                row = row.rstrip("\r\n")
                cells = next(csv.reader([row], delimiter=delimiter), []) if '"' in row else row.split(delimiter)
                if row:
                    yield line, cells
                line += 1
    except BROKEN as error:
        raise InputFault([broken(entry.name, error)]) from error


_DECIMAL_COMMA: Final = re.compile(r"[-+]?\d+,\d+(?:[eE][-+]?\d+)?")
_DOTTED: Final = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_GROUPED: Final = re.compile(r"[-+]?\d{1,3}(?:[,' \u00a0]\d{3})+(?:\.\d+)?")


def why_no_number(text: str) -> tuple[str, str]:
    """Why a cell is not a finite number, and what would be."""
    cell = text.strip()
    if not cell:
        return "is empty", "a number; an unknown value is not zero, so write 0 only where nothing is traded"
    if cell.casefold() in ("na", "n/a", "nan", "null", "none", ".", "..", "-", ":", "n.a.", "#n/a"):
        return f"is missing ('{cell}')", "a number; an unknown value is not zero"
    if cell.casefold().lstrip("+-") in ("inf", "infinity"):
        return "is infinite", "a finite number"
    if _GROUPED.fullmatch(cell) and not _DECIMAL_COMMA.fullmatch(cell):
        return f"'{cell}' has thousands marks", "plain digits with a decimal point, as in 1234.5"
    if _DOTTED.fullmatch(cell) and "," in cell:
        return f"'{cell}' has thousands points and a decimal comma", "1234.5; save the table with a decimal point"
    if _DECIMAL_COMMA.fullmatch(cell):
        return f"'{cell}' has a decimal comma or a thousands mark", "1.5; save the table with a decimal point"
    return f"'{cell[:40]}' is text", "a number with a decimal point"
