"""Reading a long table, one value a line: by pandas in pieces, and line by line where a piece has a fault.

The fast way knows only that something is wrong in half a million lines; so when it stumbles the file is read again,
slowly, to say what is wrong on which line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from detente.terms import Fault, InputFault, did_you_mean
from detente.worlds.sources import Floats
from detente.worlds.tables.many import SHOWN, ManyFaults
from detente.worlds.tables.request import Progress
from detente.worlds.tables.text import BROKEN, Entry, Head, broken, head_of, opened, rows_of, why_no_number

CHUNK: Final = 500_000
ENOUGH: Final = 1000 * SHOWN
"""After so many faults the slow reading stops; the count is then a lower bound."""

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Columns:
    """Which columns of a file are read, by the name the reader gives them.

    keys are labels, value a number, year (where there is one) picks the lines of a year; flags are labels that may
    be empty. A name on the left, the column's names in the file on the right, in order of preference.
    """

    keys: Mapping[str, Sequence[str]]
    value: Sequence[str]
    year: Sequence[str] = ()
    flags: Mapping[str, Sequence[str]] = field(default_factory=dict)
    negative: bool = False


@dataclass(eq=False)
class Long:
    """A long table of one year: for each key the labels and the place of each line among them, values, flags and line
    numbers; `years` counts lines by year where the file has years."""

    name: str
    labels: dict[str, tuple[str, ...]]
    codes: dict[str, Integers]
    values: Floats
    lines: Integers
    years: dict[int, int]

    def select(self, keep: npt.NDArray[np.bool_]) -> Long:
        """Some of the lines."""
        codes = {key: code[keep] for key, code in self.codes.items()}
        return Long(self.name, self.labels, codes, self.values[keep], self.lines[keep], self.years)

    def dense(self, keys: Sequence[str], places: Mapping[str, Integers], shape: Sequence[int]) -> Floats:
        """Sum values into an array over `keys`, with the place of each label; −1 leaves out."""
        at = [places[key][self.codes[key]] for key in keys]
        kept = np.all([place >= 0 for place in at], axis=0)
        flat = np.ravel_multi_index(tuple(place[kept] for place in at), tuple(shape))
        summed = np.bincount(flat, self.values[kept], minlength=int(np.prod(shape)))
        return np.asarray(summed.reshape(tuple(shape)), dtype=np.float64)


def read_long(entry: Entry, columns: Columns, year: int | None = None, progress: Progress | None = None) -> Long:
    """Read a long table. Raises `InputFault` with every fault by line, lines given twice among them."""
    head = head_of(entry)
    faults = ManyFaults()
    found = _find(entry, head, columns, faults)
    faults.raise_if_any()
    try:
        table = _fast(entry, head, columns, found, year, progress)
    except BROKEN as error:
        raise InputFault([broken(entry.name, error)]) from error
    except (ValueError, OverflowError) as error:  # pandas' own parser error is a ValueError too
        _diagnose(entry, head, columns, found, faults, progress)
        faults.raise_if_any()
        raise InputFault([Fault(entry.name, f"Cannot be read: {error}", allowed="CSV as UTF-8")]) from error
    if len(table.years) > 1 and year is None:
        years = ", ".join(str(y) for y in sorted(table.years))
        faults.add("years", entry.name, "Holds several years and none is picked.", None, f"--year, one of {years}")
    elif not len(table.values):
        have = f" It has {', '.join(str(y) for y in sorted(table.years))}." if table.years else ""
        which = f" of {year}" if year is not None else ""
        faults.add("years", entry.name, f"Has no lines{which}.{have}", None, "--year with a year of the table")
    else:
        _check_doubles(table, list(columns.keys), faults)
    faults.raise_if_any()
    return table


def _find(entry: Entry, head: Head, columns: Columns, faults: ManyFaults) -> dict[str, str]:
    """The column of the file for each name; what is needed and missing is a fault."""
    have = {cell.strip().casefold(): cell for cell in head.lines[0]}
    wanted = {**columns.keys, "value": columns.value, **({"year": columns.year} if columns.year else {})}
    found: dict[str, str] = {}
    for name, names in {**wanted, **columns.flags}.items():
        column = next((have[one.casefold()] for one in names if one.casefold() in have), None)
        if column is not None:
            found[name] = column
        elif name in columns.keys or name == "value":
            hint = did_you_mean(names[0], [cell.strip() for cell in head.lines[0]])
            allowed = f"a header with {', '.join(' or '.join(names) for names in wanted.values())}"
            faults.add("missing columns", entry.name, f"Has no column {names[0]}.{hint}", 1, allowed)
    repeated = [cell for cell, count in Counter(head.lines[0]).items() if count > 1 and cell in found.values()]
    for cell in repeated:
        faults.add("columns given twice", entry.name, f"Has two columns {cell}.", 1, "each column once")
    return found


def _fast(
    entry: Entry, head: Head, columns: Columns, found: dict[str, str], year: int | None, progress: Progress | None
) -> Long:
    labelled = [*columns.keys, *(flag for flag in columns.flags if flag in found)]
    labels: dict[str, dict[str, int]] = {key: {} for key in labelled}
    pieces: list[dict[str, npt.NDArray[Any]]] = []
    years: Counter[int] = Counter()
    line = 2
    for chunk in _chunks(entry, head, labelled, found, progress):
        at = np.arange(line, line + len(chunk))
        line += len(chunk)
        values = chunk[found["value"]].to_numpy()
        if not np.isfinite(values).all() or (not columns.negative and (values < 0).any()):
            raise ValueError("a value is not finite, or negative")
        keep = np.ones(len(chunk), dtype=bool)
        if "year" in found:
            at_year = chunk[found["year"]].to_numpy()
            if not np.isfinite(at_year).all() or (at_year != np.floor(at_year)).any():
                raise ValueError("a year is no whole number")
            years.update({int(y): int(c) for y, c in zip(*np.unique(at_year, return_counts=True), strict=True)})
            keep = at_year == year if year is not None else keep
        if not keep.any():
            continue
        piece: dict[str, npt.NDArray[Any]] = {"values": values[keep], "lines": at[keep]}
        for key in labelled:
            piece[key] = _codes(chunk[found[key]], labels[key], key in columns.flags)[keep]
        pieces.append(piece)
    if not pieces:
        empty = np.zeros(0, dtype=np.int64)
        return Long(
            entry.name, dict.fromkeys(labels, ()), dict.fromkeys(labels, empty), np.zeros(0), empty, dict(years)
        )
    whole = {name: np.concatenate([piece[name] for piece in pieces]) for name in pieces[0]}
    return Long(
        entry.name,
        {key: tuple(known) for key, known in labels.items()},
        {key: whole[key] for key in labelled},
        whole["values"],
        whole["lines"],
        dict(years),
    )


def _chunks(
    entry: Entry, head: Head, labelled: Sequence[str], found: dict[str, str], progress: Progress | None
) -> Iterator[pd.DataFrame]:
    types: dict[str, Any] = {found[key]: "category" for key in labelled} | {found["value"]: np.float64}
    if "year" in found:
        types[found["year"]] = np.float64
    with opened(entry, progress) as file:
        yield from pd.read_csv(
            file,
            sep=head.delimiter,
            usecols=list(types),
            dtype=types,
            chunksize=CHUNK,
            keep_default_na=False,
            na_values=[],
            encoding="utf-8-sig",
            skip_blank_lines=False,
        )


def _codes(column: pd.Series[Any], known: dict[str, int], may_be_empty: bool) -> npt.NDArray[np.int32]:
    """Places of a column's labels among those known so far, to which new ones are added as they come."""
    names = [str(name).strip() for name in column.cat.categories]
    codes = column.cat.codes.to_numpy()
    places = np.zeros(len(names), dtype=np.int32)
    for code in pd.unique(codes):
        if code < 0 or not (names[code] or may_be_empty):
            raise ValueError("a label is missing or empty")
        places[code] = known.setdefault(names[code], len(known))
    return places[codes]


def _check_doubles(table: Long, keys: Sequence[str], faults: ManyFaults) -> None:
    """No two lines for the same labels."""
    shape = tuple(len(table.labels[key]) for key in keys)
    flat = np.ravel_multi_index(tuple(table.codes[key] for key in keys), shape)
    order = np.argsort(flat, kind="stable")
    again = order[1:][flat[order[1:]] == flat[order[:-1]]]
    if not len(again):
        return
    first = {int(flat[row]): int(table.lines[row]) for row in order[::-1]}
    for row in np.sort(again):
        names = ", ".join(table.labels[key][table.codes[key][row]] for key in keys)
        message = f"{names} was given on line {first[int(flat[row])]:,} already."
        faults.add("lines given twice", table.name, message, int(table.lines[row]), "each value once")
        if faults.full("lines given twice", table.name):
            break
    faults.count("lines given twice", table.name, len(again))


def _diagnose(
    entry: Entry, head: Head, columns: Columns, found: dict[str, str], faults: ManyFaults, progress: Progress | None
) -> None:
    """Read line by line and name what is wrong."""
    width, count = len(head.lines[0]), 0
    at = {name: head.lines[0].index(column) for name, column in found.items()}
    for line, cells in rows_of(entry, head.delimiter, progress):
        if line == 1:
            continue
        if len(cells) != width:
            message = f"Has {len(cells)} cells, the header {width}."
            allowed = "the whole line; the file may be cut short, or a number may hold the delimiter"
            faults.add("lines of another length", entry.name, message, line, allowed)
            count += 1
        else:
            count += _name_faults(entry.name, columns, at, head.lines[0], line, cells, faults)
        if count >= ENOUGH:
            faults.add("the rest", entry.name, f"Not read past line {line:,}: too many faults.", None, "another file")
            return


def _name_faults(
    name: str,
    columns: Columns,
    at: dict[str, int],
    header: Sequence[str],
    line: int,
    cells: list[str],
    faults: ManyFaults,
) -> int:
    found = 0
    for key in columns.keys:
        if not cells[at[key]].strip():
            faults.add("empty labels", name, f"The {header[at[key]]} is empty.", line, "a label")
            found += 1
    for number in ("value", "year"):
        if number not in at:
            continue
        cell, column = cells[at[number]], header[at[number]]
        try:
            value = float(cell)
        except ValueError:
            value = np.nan
        if not np.isfinite(value) or "_" in cell or (number == "year" and not cell.strip().isdigit()):
            why, allowed = why_no_number(cell)
            faults.add("cells that are no number", name, f"Column {at[number] + 1} ({column}) {why}.", line, allowed)
            found += 1
        elif number == "value" and value < 0 and not columns.negative:
            message = f"Column {at[number] + 1} ({column}) is negative: {cell}."
            faults.add("negative values", name, message, line, "values ≥ 0")
            found += 1
    return found
