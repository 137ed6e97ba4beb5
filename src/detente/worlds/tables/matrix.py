"""Reading an inter-country matrix row by row: what a layout says its rows and columns are, summed as it is read.

Nothing of the size of the matrix is kept. A row is read, checked (as many cells as the header, every cell a number),
added to the flows, inputs and final uses of the world's labels, and to the sums of rows and columns at the labels of
the file, which are compared with each other and with the output the table states. Rows are read by pandas some
millions of cells at a time; where one has a fault the file is read again, line by line, to name all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from detente.terms import FaultList, InputFault, did_you_mean
from detente.worlds.sources import Floats
from detente.worlds.tables.many import ManyFaults
from detente.worlds.tables.mapping import Grouping, Mapping
from detente.worlds.tables.request import Progress
from detente.worlds.tables.text import BROKEN, Entry, broken, opened, rows_of, why_no_number

TOLERATED: Final = 0.01
"""By how much of its output a row, a column and the stated output of a sector may differ from one another."""

CELLS: Final = 1 << 22
"""How many cells are read at a time; pandas takes long for wide files in short pieces."""

SMALL: Final = 1.0
"""Differences up to this, in the unit of the table, are tolerated too: tables are rounded and drop small cells."""

Role = Literal["sector", "final", "value", "total"]


@dataclass(frozen=True)
class Place:
    """What a row or column is: a sector of an economy, a final use of one, a row of value added, or a total.

    `label` is the label in the file, `code` the sector, use or row; totals are compared with, `total` of the code
    `output` is the output stated.
    """

    role: Role
    label: str
    economy: str = ""
    code: str = ""


@dataclass(frozen=True)
class Layout:
    """The columns of a file after `skip` cells of labels and `header` lines, and how a row's labels are read (None:
    unknown)."""

    columns: tuple[Place, ...]
    skip: int
    header: int
    row: Callable[[list[str]], Place | None]
    value_rows: tuple[str, ...]


@dataclass(eq=False)
class Sums:
    """What reading gives. Over the world's labels: flows [exporter, importer, sector], inputs [economy, input,
    using]. Over the file's: rows and columns of sectors by label, with the output stated."""

    economies: Grouping
    sectors: Grouping
    flows: Floats
    inputs: Floats
    row_sum: dict[str, float] = field(default_factory=dict)
    row_stated: dict[str, float] = field(default_factory=dict)
    row_line: dict[str, int] = field(default_factory=dict)
    column_sum: dict[str, float] = field(default_factory=dict)
    column_stated: dict[str, float] = field(default_factory=dict)
    value_rows: dict[str, float] = field(default_factory=dict)
    negative_final: dict[str, float] = field(default_factory=dict)
    negative_inputs: tuple[int, float] = (0, 0.0)
    negative_value_added: dict[str, float] = field(default_factory=dict)


def read_matrix(entry: Entry, layout: Layout, delimiter: str, mapping: Mapping, progress: Progress | None) -> Sums:
    """Read a matrix. Raises `InputFault` naming faults by line and column; mapping faults before a row is read."""
    faults = ManyFaults()
    _check_columns(entry.name, layout, faults)
    wrong = FaultList()
    inner = [place for place in layout.columns if place.role == "sector"]
    buyers = [place.economy for place in layout.columns if place.role in ("sector", "final")]
    economies = mapping.group("economy", buyers, wrong, may_leave_out=False)
    sectors = mapping.group("sector", (place.code for place in inner), wrong, may_leave_out=False)
    faults.raise_if_any()
    wrong.raise_if_any()
    try:
        return _fast(entry, layout, delimiter, _Reader(entry.name, layout, economies, sectors, ManyFaults()), progress)
    except BROKEN as error:
        raise InputFault([broken(entry.name, error)]) from error
    except ValueError:  # a fault: read again line by line, to name every one
        reader = _Reader(entry.name, layout, economies, sectors, faults)
        for line, cells in rows_of(entry, delimiter, progress):
            if line > layout.header:
                reader.read(line, cells)
        return reader.finish()


def _fast(entry: Entry, layout: Layout, delimiter: str, reader: _Reader, progress: Progress | None) -> Sums:
    """Read with pandas, some millions of cells at a time. Raises `ValueError` where a row has any fault."""
    width = layout.skip + len(layout.columns)
    types: dict[Any, Any] = {n: str if n < layout.skip else np.float64 for n in range(width)}
    line = layout.header
    with opened(entry, progress) as file:
        for _ in range(layout.header):
            file.readline()
        chunks = pd.read_csv(
            file,
            sep=delimiter,
            header=None,
            dtype=types,
            chunksize=max(64, CELLS // width),
            keep_default_na=False,
            na_values=[],
            low_memory=False,
            skip_blank_lines=False,
        )
        for chunk in chunks:
            values = chunk.iloc[:, layout.skip :].to_numpy()
            if chunk.shape[1] != width or not np.isfinite(values).all():
                raise ValueError("a row is not whole")
            labels = chunk.iloc[:, : layout.skip].to_numpy(dtype=object).tolist()
            for cells, row in zip(labels, values, strict=True):
                line += 1
                reader.add(line, cells, row)
    return reader.finish()


def _check_columns(name: str, layout: Layout, faults: ManyFaults) -> None:
    """Every label once; every sector in every economy that has sectors."""
    line = layout.header
    seen: dict[str, int] = {}
    for number, place in enumerate(layout.columns, start=layout.skip + 1):
        if place.label in seen:
            message = f"Column {number} repeats the label {place.label} of column {seen[place.label]}."
            faults.add("columns that repeat a label", name, message, line, "each label once")
        seen[place.label] = number
    inner = [place for place in layout.columns if place.role == "sector"]
    if not inner:
        faults.add("no columns", name, "Has no columns of sectors.", line, "the table as it was published")
    codes = dict.fromkeys(place.code for place in inner)
    for economy in dict.fromkeys(place.economy for place in inner):
        have = {place.code for place in inner if place.economy == economy}
        lacking = [code for code in codes if code not in have]
        if lacking:
            message = f"{economy} has no column for {', '.join(lacking[:8])}{', …' if len(lacking) > 8 else ''}."
            faults.add("economies with missing columns", name, message, line, "the same sectors for every economy")
    users = {place.economy for place in layout.columns if place.role == "final"}
    # Processing zones (CN1, MX1, …) buy inputs only; their economy's final use is under its own code.
    lone = [e for e in dict.fromkeys(place.economy for place in inner) if e not in users]
    if lone:
        message = f"No final use for {', '.join(lone[:8])}{', …' if len(lone) > 8 else ''}."
        faults.add("economies without final use", name, message, line, "columns such as USA_HFCE")


class _Reader:
    """The sums as they grow."""

    def __init__(self, name: str, layout: Layout, economies: Grouping, sectors: Grouping, faults: ManyFaults) -> None:
        self._name, self._layout, self._faults = name, layout, faults
        n, s = len(economies.labels), len(sectors.labels)
        self._sums = Sums(economies, sectors, np.zeros((n, n, s)), np.zeros((n, s, s)))
        columns = layout.columns
        self._inner = np.array([i for i, place in enumerate(columns) if place.role == "sector"])
        self._final = np.array([i for i, place in enumerate(columns) if place.role == "final"], dtype=int)
        self._used = np.concatenate([self._inner, self._final])
        place = economies.place
        self._buyer = np.array([place[columns[i].economy] for i in self._used])
        using = [sectors.place[columns[i].code] or 0 for i in self._inner]
        self._cell = self._buyer[: len(self._inner)] * s + np.array(using)
        self._stated = next((i for i, p in enumerate(columns) if p.role == "total" and p.code == "output"), None)
        self._labels = {columns[i].label: columns[i] for i in self._inner}
        self._columns = np.zeros(len(columns))
        self._value_added = np.zeros(len(columns))
        self._seen: dict[str, int] = {}
        self._codes: set[str] = set()

    def read(self, line: int, cells: list[str]) -> None:
        """Add one row of text; what is wrong with it is noted."""
        place = self._known(line, cells)
        values = None if place is None else self._numbers(line, place.label, cells)
        if place is not None and values is not None:
            self._add(line, place, values)

    def add(self, line: int, labels: list[str], values: Floats) -> None:
        """Add one row of numbers. Raises `ValueError` where its labels have a fault."""
        place = self._known(line, labels)
        if place is None:
            raise ValueError("a row has no place")
        self._add(line, place, values)

    def _known(self, line: int, cells: list[str]) -> Place | None:
        """What a row is; None, with a fault, where it is unknown or was there already."""
        place = self._layout.row(cells)
        if place is None or (place.role == "sector" and place.label not in self._labels):
            self._unknown(line, cells)
            return None
        if place.label in self._seen:
            message = f"The row {place.label} is on line {self._seen[place.label]} already."
            self._faults.add("rows given twice", self._name, message, line, "each row once")
            return None
        self._seen[place.label] = line
        self._codes.add(place.code)
        return place

    def _add(self, line: int, place: Place, values: Floats) -> None:
        if place.role == "sector":
            self._add_sector(line, place, values)
        elif place.role == "value":
            self._columns += values
            self._sums.value_rows[place.label] = float(values.sum())
            if place.code == "value added":
                self._value_added += values
        elif place.code == "output":
            self._sums.column_stated = {self._layout.columns[i].label: float(values[i]) for i in self._inner}

    def _unknown(self, line: int, cells: list[str]) -> None:
        label = " ".join(cell.strip() for cell in cells[: self._layout.skip])
        hint = did_you_mean(label, [*self._labels, *self._layout.value_rows]) if len(label) < 40 else ""
        allowed = f"a row for each sector column, and {', '.join(self._layout.value_rows)}"
        message = f"The row '{label[:40]}' fits no column.{hint}"
        self._faults.add("rows that fit no column", self._name, message, line, allowed)

    def _numbers(self, line: int, label: str, cells: list[str]) -> Floats | None:
        """The cells of a row as numbers, in the order of the columns; None, with faults, where they are not."""
        layout = self._layout
        width = layout.skip + len(layout.columns)
        if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            cells = cells[:width]
        if len(cells) != width:
            message = f"The row {label} has {len(cells):,} cells, the header {width:,}."
            allowed = "the whole row; the file may be cut short, or numbers may hold the delimiter"
            self._faults.add("rows of another length", self._name, message, line, allowed)
            return None
        texts = cells[layout.skip :]
        try:
            values = np.array(list(map(float, texts)))
        except ValueError:
            values = np.full(1, np.nan)
        # A float may be written with underscores in Python, not in a table.
        if np.isfinite(values).all() and "_" not in "".join(texts):
            return values
        for number, text in enumerate(texts):
            if not _finite(text):
                why, allowed = why_no_number(text)
                where = f"column {number + layout.skip + 1} ({layout.columns[number].label})"
                message = f"The row {label}, {where}, {why}."
                self._faults.add("cells that are no number", self._name, message, line, allowed)
        return None

    def _add_sector(self, line: int, place: Place, values: Floats) -> None:
        sums = self._sums
        i, k = sums.economies.place[place.economy], sums.sectors.place[place.code]
        assert i is not None
        assert k is not None
        n, s = len(sums.economies.labels), len(sums.sectors.labels)
        used = values[self._used]
        sums.flows[i, :, k] += np.bincount(self._buyer, used, minlength=n)
        sums.inputs[:, k, :] += np.bincount(self._cell, values[self._inner], minlength=n * s).reshape(n, s)
        self._columns += values
        sums.row_sum[place.label], sums.row_line[place.label] = float(used.sum()), line
        if self._stated is not None:
            sums.row_stated[place.label] = float(values[self._stated])
        if (used < 0).any():
            self._note_negative(values)

    def _note_negative(self, values: Floats) -> None:
        inner = values[self._inner]
        count, total = self._sums.negative_inputs
        below = inner[inner < 0]
        self._sums.negative_inputs = count + len(below), total + float(below.sum())
        for i in self._final[values[self._final] < 0]:
            code = self._layout.columns[i].code
            self._sums.negative_final[code] = self._sums.negative_final.get(code, 0.0) + float(values[i])

    def finish(self) -> Sums:
        """Compare rows, columns and what is stated; raise what is wrong."""
        sums, name = self._sums, self._name
        lacking = [label for label in self._labels if label not in self._seen]
        if lacking:
            shown = f"{', '.join(lacking[:8])}{', …' if len(lacking) > 8 else ''}"
            message = f"{len(lacking):,} of {len(self._labels):,} rows are missing: {shown}."
            self._faults.add("missing rows", name, message, None, "the whole table; it may be cut short")
        if "value added" not in self._codes:
            message = "Has no row of value added."
            self._faults.add("missing rows", name, message, None, " or ".join(self._layout.value_rows))
        self._faults.raise_if_any()
        columns = self._layout.columns
        sums.column_sum = {columns[i].label: float(self._columns[i]) for i in self._inner}
        below = {columns[i].label: float(self._value_added[i]) for i in self._inner if self._value_added[i] < 0}
        sums.negative_value_added = dict(sorted(below.items(), key=lambda item: item[1])[:10])
        self._compare()
        self._faults.raise_if_any()
        return sums

    def _compare(self) -> None:
        """Where the row, the column and the stated outputs of a sector are too far apart."""
        sums = self._sums
        for label, row in sums.row_sum.items():
            said = {"its row sums to": row, "its column to": sums.column_sum[label]}
            for text, stated in (("the row states", sums.row_stated), ("the column states", sums.column_stated)):
                if label in stated:
                    said[text] = stated[label]
            low, high = min(said.values()), max(said.values())
            if high - low > max(TOLERATED * max(abs(low), abs(high)), SMALL):
                told = ", ".join(f"{text} {value:,.6g}" for text, value in said.items())
                message = f"{label} does not add up: {told}."
                allowed = f"agreement to {TOLERATED:.0%} of output or {SMALL:g}"
                self._faults.add("sectors that do not add up", self._name, message, sums.row_line[label], allowed)


def _finite(text: str) -> bool:
    try:
        return bool(np.isfinite(float(text))) and "_" not in text
    except ValueError:
        return False


def report_of(sums: Sums) -> dict[str, Any]:
    """What did not add up but was tolerated, by size and place."""

    def apart(one: dict[str, float], other: dict[str, float]) -> dict[str, Any]:
        off = {label: one[label] - other[label] for label in one if label in other}
        if not off:
            return {"compared": 0}
        whole = sum(abs(one[label]) for label in off)
        worst = sorted(off, key=lambda label: -abs(off[label]))[:5]
        return {
            "compared": len(off),
            "sum_of_differences": round(sum(map(abs, off.values())), 6),
            "share": sum(map(abs, off.values())) / whole if whole else 0.0,
            "worst": {label: round(off[label], 6) for label in worst if off[label]},
        }

    return {
        "rows_less_columns": apart(sums.row_sum, sums.column_sum),
        "rows_less_stated": apart(sums.row_sum, sums.row_stated),
        "columns_less_stated": apart(sums.column_sum, sums.column_stated),
        "value_rows": {label: round(value, 3) for label, value in sums.value_rows.items()},
        "published_negative_final_use": {code: round(value, 3) for code, value in sums.negative_final.items()},
        "published_negative_inputs": {
            "cells": sums.negative_inputs[0],
            "sum": round(sums.negative_inputs[1], 6),
        },
        "published_negative_value_added": sums.negative_value_added,
    }
