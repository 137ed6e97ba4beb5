"""Which labels of a table are summed into which of the world: a file `kind,from,to` or none.

`kind` is economy or sector; a kind that the file does not speak of is taken over as it is. `*` as `from` stands for
all labels not named, `-` as `to` leaves a label out. Every label of the table has to have a place and only one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from detente.terms import FaultList, did_you_mean
from detente.worlds.tables.text import Entry, head_of, rows_of

Kind = Literal["economy", "sector"]
KINDS: Final = ("economy", "sector")
COLUMNS: Final = ("kind", "from", "to")
REST: Final = "*"
OUT: Final = "-"


@dataclass(frozen=True)
class Grouping:
    """Labels of the world in order, and the place of each source label among them (None: left out)."""

    labels: tuple[str, ...]
    place: dict[str, int | None]

    def members(self) -> dict[str, tuple[str, ...]]:
        """The source labels of each label of the world."""
        found: dict[str, list[str]] = {label: [] for label in self.labels}
        for source, place in self.place.items():
            if place is not None:
                found[self.labels[place]].append(source)
        return {label: tuple(sources) for label, sources in found.items()}


@dataclass(frozen=True)
class Mapping:
    """A mapping file as read: for each kind, (line, to) by source label. `path` is None for no aggregation."""

    path: Path | None = None
    rows: dict[str, dict[str, tuple[int, str]]] = field(default_factory=dict)

    def group(self, kind: Kind, sources: Iterable[str], faults: FaultList, may_leave_out: bool) -> Grouping:
        """Place every source label; what has none, and rows that fit nothing, are noted as faults."""
        known = list(dict.fromkeys(sources))
        rows = self.rows.get(kind, {})
        if not rows:
            return Grouping(tuple(known), {label: place for place, label in enumerate(known)})
        self._check(kind, rows, known, faults, may_leave_out)
        rest = rows.get(REST)
        targets = {label: (rows.get(label) or rest or (0, label))[1] for label in known}
        used = set(targets.values())
        order = [to for to in dict.fromkeys(to for _, to in rows.values()) if to != OUT and to in used]
        return Grouping(
            tuple(order), {label: order.index(to) if to in order else None for label, to in targets.items()}
        )

    def _check(
        self, kind: Kind, rows: dict[str, tuple[int, str]], known: Sequence[str], faults: FaultList, may_leave_out: bool
    ) -> None:
        path = str(self.path)
        unused = [label for label in rows if label not in known and label != REST]
        for label in known:
            if label not in rows and REST not in rows:
                hint = did_you_mean(label, unused)
                faults.add(path, f"The {kind} '{label}' of the table has no row.{hint}", allowed=_row(kind, label))
        for label in unused:
            hint = did_you_mean(label, known)
            allowed = f"one of the {len(known)} labels of the table: {_some(known)}"
            faults.add(path, f"The table has no {kind} '{label}'.{hint}", rows[label][0], allowed)
        if not may_leave_out:
            for label, (line, to) in rows.items():
                if to == OUT:
                    message = f"The {kind} '{label}' cannot be left out of an input-output table."
                    faults.add(path, message, line, f"{kind},{label},ROW" if kind == "economy" else "another sector")


def read_mapping(path: Path | None, faults: FaultList) -> Mapping:
    """Read a mapping; columns, kinds and doubles are checked here, gaps when the labels are known."""
    if path is None:
        return Mapping()
    entry, name = Entry(path), str(path)
    if not path.is_file():
        faults.add(name, "There is no such file.", allowed="a CSV file with the columns kind, from, to")
        return Mapping(path)
    head = head_of(entry)
    rows: dict[str, dict[str, tuple[int, str]]] = {}
    columns: list[str] = []
    for line, cells in rows_of(entry, head.delimiter):
        stripped = [cell.strip() for cell in cells]
        if not columns:
            columns = [cell.casefold() for cell in stripped]
            if missing := [name for name in COLUMNS if name not in columns]:
                faults.add(name, f"Has no column {', '.join(missing)}.", line, "kind,from,to")
                return Mapping(path)
            continue
        _read_row(name, line, dict(zip(columns, stripped, strict=False)), rows, faults)
    return Mapping(path, rows)


def _read_row(
    path: str, line: int, row: dict[str, str], rows: dict[str, dict[str, tuple[int, str]]], faults: FaultList
) -> None:
    kind, source, to = (row.get(column, "") for column in COLUMNS)
    if kind not in KINDS:
        faults.add(path, f"'{kind}' is no kind.{did_you_mean(kind, KINDS)}", line, ", ".join(KINDS))
        return
    if not source or not to:
        faults.add(path, f"The {kind} '{source or to}' has no {'from' if not source else 'to'}.", line, "kind,from,to")
        return
    before = rows.setdefault(kind, {}).get(source)
    if before:
        message = f"The {kind} '{source}' is named twice: to {before[1]} on line {before[0]}, to {to} here."
        faults.add(path, message, line, "one row a label")
        return
    rows[kind][source] = (line, to)


def _row(kind: str, label: str) -> str:
    return f"a row {kind},{label},…, or {kind},*,… for all not named"


def _some(labels: Sequence[str]) -> str:
    return ", ".join(labels[:12]) + (", …" if len(labels) > 12 else "")
