"""The OECD's Inter-Country Input-Output tables as published in CSV: editions of 2018, 2021, 2023 and 2025.

One header row, one label column. Labels are `USA_C10T12` (2023, 2025), `USA_D10T12` or `USA_10T12` (2018, 2021), final
uses `USA_HFCE`; the last column is OUT, or TOTAL in older editions. Below the sectors: taxes less subsidies on
products in one row (TLS) or one an economy (USA_TAXSUB), value added (VA, VALU), output (OUT, OUTPUT). Processing
zones of China and Mexico (CN1, CN2, MX1, MX2) have rows and columns of their own, with their economy's left at zero;
they are summed into CHN and MEX. Were a table to count them in both places its rows and columns would not add up, and
it would be refused for that.
"""

from __future__ import annotations

import re
from typing import Any, Final

from detente.terms import did_you_mean
from detente.worlds.tables.account import Table
from detente.worlds.tables.isic import are_services, divisions
from detente.worlds.tables.many import ManyFaults
from detente.worlds.tables.mapping import Mapping
from detente.worlds.tables.matrix import Layout, Place, Sums, read_matrix, report_of
from detente.worlds.tables.request import Progress
from detente.worlds.tables.text import Entry, Head

FINAL_USES: Final = ("HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "DPABR", "P33", "NONRES")
"""Final uses of all editions: consumption of households (residents' purchases abroad apart), non-profit institutions
and government, fixed investment, changes in inventories, purchases abroad (DPABR, P33), of non-residents (NONRES)."""

VALUE_ADDED: Final = ("VA", "VALU")
OUTPUT: Final = ("OUT", "OUTPUT", "TOTAL")
TAXES: Final = ("TLS", "TAXSUB")
PARTS: Final = {"CN1": "CHN", "CN2": "CHN", "CN3": "CHN", "CN4": "CHN", "MX1": "MEX", "MX2": "MEX", "MX3": "MEX"}
"""Parts of an economy with rows of their own, and the economy."""

UNIT: Final = "USD million at basic prices, net of tariffs"
_LABEL: Final = re.compile(r"([A-Z][A-Z0-9]{2})_(\w+)")


def looks_like(head: Head) -> bool:
    """Whether the header is one of these tables."""
    first = head.lines[0]
    labels = [cell.strip() for cell in first[1:]]
    return len(first) > 2 and sum(place_of(label) is not None for label in labels) > len(labels) // 2


def place_of(label: str) -> Place | None:
    """What a row or column label stands for; None for a label of no edition."""
    if label in VALUE_ADDED:
        return Place("value", label, code="value added")
    if label in OUTPUT:
        return Place("total", label, code="output")
    if label in TAXES:
        return Place("value", label, code="taxes")
    match = _LABEL.fullmatch(label)
    if not match:
        return None
    economy, code = PARTS.get(match[1], match[1]), match[2]
    if code in TAXES:
        return Place("value", label, economy, "taxes")
    if code in FINAL_USES:
        return Place("final", label, economy, code)
    return Place("sector", label, economy, code) if divisions(code) else None


def read(entry: Entry, head: Head, year: int, mapping: Mapping, progress: Progress | None) -> Table:
    """Read a table. Raises `InputFault` with every fault, by line and column."""
    columns = _columns(entry, head)
    layout = Layout(columns, 1, 1, lambda cells: place_of(cells[0].strip()), (*VALUE_ADDED, *TAXES, *OUTPUT))
    sums = read_matrix(entry, layout, head.delimiter, mapping, progress)
    return table_of(sums, year, UNIT, report_of(sums), _notes(columns, head))


def _columns(entry: Entry, head: Head) -> tuple[Place, ...]:
    faults = ManyFaults()
    places: list[Place] = []
    labels = [cell.strip() for cell in head.lines[0][1:]]
    while labels and not labels[-1]:
        labels.pop()
    for number, label in enumerate(labels, start=2):
        place = place_of(label)
        if place is None:
            known = [part for part in (*FINAL_USES, *OUTPUT) if part]
            hint = did_you_mean(label.partition("_")[2] or label, known)
            allowed = f"USA_C10T12 (a sector by its ISIC code), USA_HFCE (one of {', '.join(FINAL_USES)}), OUT or TOTAL"
            message = f"Column {number} has the label '{label[:40]}', which is in no edition known.{hint}"
            faults.add("unknown columns", entry.name, message, 1, allowed)
        else:
            places.append(place)
    faults.raise_if_any()
    return tuple(places)


def _notes(columns: tuple[Place, ...], head: Head) -> list[str]:
    notes = []
    parts = sorted({place.label[:3] for place in columns if place.label[:3] in PARTS})
    if parts:
        notes.append(f"{', '.join(parts)} are summed into the economies they belong to")
    if not any(place.role == "total" for place in columns):
        notes.append("the table states no output column: rows are compared with columns only")
    if head.delimiter != ",":
        notes.append(f"read with the delimiter {head.delimiter!r}")
    return notes


def table_of(sums: Sums, year: int, unit: str, reports: dict[str, Any], notes: list[str]) -> Table:
    """A table of what was summed."""
    sectors = sums.sectors.members()
    return Table(
        year=year,
        unit=unit,
        economies=sums.economies.members(),
        sectors=sectors,
        flows=sums.flows,
        inputs=sums.inputs,
        services=tuple(label for label, codes in sectors.items() if are_services(codes)),
        reports=reports,
        notes=notes,
    )
