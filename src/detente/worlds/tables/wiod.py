"""The World Input-Output Tables of WIOD's release of 2016, saved as CSV: 43 economies and ROW in 56 industries.

Two forms are read. The *sheet*, as the published workbook (WIOT2014_Nov16_ROW.xlsb) shows it: four label columns (code,
description, economy, r1…), header rows of codes, descriptions, economies and c1…, the last column GO. The *frame*, as
the R and Stata files hold it: columns IndustryCode, IndustryDescription, Country, RNr, Year, then AUS1 … ROW61 (Stata:
vAUS1), numbered through industries and the five final uses, and TOT. The workbooks and the R and Stata files
themselves are not read.

Rows of the economy TOT follow the sectors. Output is II_fob + TXSP + EXP_adj + PURR + PURNR + VA + IntTTM: what is
no input from a seller the table names counts as value added, international transport margins among it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from detente.terms import Fault, InputFault, did_you_mean
from detente.worlds.tables.account import Table
from detente.worlds.tables.icio import table_of
from detente.worlds.tables.mapping import Mapping
from detente.worlds.tables.matrix import Layout, Place, read_matrix, report_of
from detente.worlds.tables.request import Progress
from detente.worlds.tables.text import Entry, Head, rows_of

FINAL_USES: Final = ("CONS_h", "CONS_np", "CONS_g", "GFCF", "INVEN")
VALUE_ROWS: Final = {
    "TXSP": "taxes",
    "EXP_adj": "adjustment",
    "PURR": "purchases abroad",
    "PURNR": "purchases of non-residents",
    "VA": "value added",
    "IntTTM": "transport margins",
}
TOTAL_ROWS: Final = {"II_fob": "inputs", "GO": "output"}
UNIT: Final = "USD million at basic prices, net of tariffs"

_FRAME: Final = ("IndustryCode", "IndustryDescription", "Country", "RNr")
_NUMBERED: Final = re.compile(r"v?([A-Z]{3})(\d{1,2})")
_SHEET_HEAD: Final = 12
"""Within how many lines the sheet's header has to end."""

Lines = Iterator[tuple[int, list[str]]]


def looks_like(head: Head) -> bool:
    """Whether the head is one of the two forms."""
    return _is_frame(head) or _header_rows([(n, list(row)) for n, row in enumerate(head.lines)]) is not None


def _is_frame(head: Head) -> bool:
    return tuple(cell.strip() for cell in head.lines[0][:4]) == _FRAME


def read(entry: Entry, head: Head, year: int, mapping: Mapping, progress: Progress | None) -> Table:
    """Read a table. Raises `InputFault` with every fault, by line and column."""
    layout = (_frame if _is_frame(head) else _sheet)(entry, rows_of(entry, head.delimiter))
    sums = read_matrix(entry, layout, head.delimiter, mapping, progress)
    notes = ["international transport margins have no seller in the table and count as value added"]
    return table_of(sums, year, UNIT, report_of(sums), notes)


def _row(cells: list[str]) -> Place | None:
    """What a row is, by its code and economy."""
    if len(cells) < 3:
        return None
    code, economy = cells[0].strip(), cells[2].strip()
    if economy == "TOT":
        if code in VALUE_ROWS:
            return Place("value", code, code=VALUE_ROWS[code])
        return Place("total", code, code=TOTAL_ROWS[code]) if code in TOTAL_ROWS else None
    return Place("sector", f"{economy}_{code}", economy, code)


def _column(code: str, economy: str) -> Place | None:
    if economy == "TOT":
        return Place("total", "GO", code="output")
    if code in FINAL_USES:
        return Place("final", f"{economy}_{code}", economy, code)
    return Place("sector", f"{economy}_{code}", economy, code) if economy and code else None


def _sheet(entry: Entry, lines: Lines) -> Layout:
    """The layout of the sheet: header rows are found by what is in them, not by their number."""
    start = list(islice(lines, _SHEET_HEAD))
    found = _header_rows(start)
    if found is None:
        what = "Has no header rows with codes (A01, …, CONS_h), economies (AUS, …) and numbers (c1, …)."
        raise InputFault([Fault(entry.name, what, 1, "the sheet of the year, saved as CSV with all of its rows")])
    codes, economies, first = found
    columns = _places(entry, start[first - 1][0], zip(codes[4:], economies[4:], strict=False))
    return Layout(columns, 4, start[first - 1][0], _row, (*VALUE_ROWS, *TOTAL_ROWS))


def _header_rows(start: list[tuple[int, list[str]]]) -> tuple[list[str], list[str], int] | None:
    """Codes, economies and the place of the first row of numbers."""
    numbers = next((n for n, (_, row) in enumerate(start) if len(row) > 5 and row[4].strip() == "c1"), None)
    if numbers is None:
        return None
    rows = [[cell.strip() for cell in row] for _, row in start[:numbers]]
    codes = next((row for row in rows if "CONS_h" in row), None)
    economies = next((row for row in rows if "TOT" in row), None)
    return (codes, economies, numbers + 1) if codes and economies else None


def _frame(entry: Entry, lines: Lines) -> Layout:
    """The layout of the frame: columns are numbered, and the first economy's rows say which number is what."""
    _, header = next(lines)
    labels = [cell.strip() for cell in header]
    skip = 5 if labels[4:5] == ["Year"] else 4
    numbered = [_NUMBERED.fullmatch(label) for label in labels[skip:]]
    highest = max((int(match[2]) for match in numbered if match), default=0)
    ahead = list(islice(lines, max(highest - len(FINAL_USES), 0)))
    codes = [row[0].strip() for _, row in ahead] + list(FINAL_USES)
    pairs: list[tuple[str, str]] = []
    for label, match in zip(labels[skip:], numbered, strict=True):
        if match and 0 < int(match[2]) <= len(codes):
            pairs.append((codes[int(match[2]) - 1], match[1]))
        else:
            pairs.append(("GO", "TOT") if label in ("TOT", "GO") else ("", label))
    return Layout(_places(entry, 1, pairs), skip, 1, _row, (*VALUE_ROWS, *TOTAL_ROWS))


def _places(entry: Entry, line: int, pairs: Iterable[tuple[str, str]]) -> tuple[Place, ...]:
    places: list[Place] = []
    faults: list[Fault] = []
    for code, economy in pairs:
        place = _column(code, economy)
        if place is None:
            label = economy or code
            hint = did_you_mean(label, (*FINAL_USES, "TOT"))
            faults.append(Fault(entry.name, f"The column '{label}' is none of this table.{hint}", line, "AUS1, …, TOT"))
        else:
            places.append(place)
    if faults:
        raise InputFault(faults[:20])
    return tuple(places)
