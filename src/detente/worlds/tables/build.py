"""From a public table to a stored world.

1. The format is guessed from the head of the file, or checked against it.
2. The table is read in pieces, over the labels of the world (`mapping`), with its own sums compared.
3. Tariffs and elasticities are put to the world's labels.
4. The accounts are brought together (`account`), and the world is written with what it comes from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from detente._version import __version__
from detente.terms import Fault, FaultList, InputFault, did_you_mean
from detente.worlds.sources import Floats
from detente.worlds.stored import write_world
from detente.worlds.tables import icio, itpd, plain, wiod
from detente.worlds.tables.account import Accounts, Table, account
from detente.worlds.tables.credits import COMMON, CREDITS, FLOWS, NO_TARIFFS, PUBLISHERS, TERMS
from detente.worlds.tables.mapping import Mapping, read_mapping
from detente.worlds.tables.request import FORMATS, Progress, Request
from detente.worlds.tables.text import Entry, Head, digest, ends_in_a_line, entry_of, head_of
from detente.worlds.tables.theta import Choice, choose

Reader = Callable[[Entry, Head, Any, Mapping, Progress | None], Table]

LAYOUTS: Final[dict[str, tuple[Callable[[Head], bool], Reader]]] = {
    "icio": (icio.looks_like, icio.read),
    "wiod": (wiod.looks_like, wiod.read),
    "itpd": (itpd.looks_like, itpd.read),
    "csv": (plain.looks_like, plain.read),
}
ISIC: Final = ("icio", "wiod")
"""The formats whose sector labels are industry codes."""


@dataclass(frozen=True)
class Found:
    """A table before it is read."""

    entry: Entry
    head: Head
    format: str
    guessed: bool


def build_table(asked: Request, out: Path, progress: Progress | None = None) -> dict[str, Any]:
    """Read a table and write a world to `out`; returns its manifest. Raises `InputFault` with every fault."""
    wrong = FaultList()
    mapping = read_mapping(asked.aggregate, wrong)
    found = _find(asked, wrong)
    wrong.raise_if_any()
    assert found is not None
    table = _read(asked, found, mapping, progress)
    choice = choose(_elasticity(asked, found), table.sectors, found.format in ISIC, wrong)
    tariff, tariff_file = _tariffs(asked, found, table, progress)
    wrong.raise_if_any()
    accounts = account(table, tariff, found.entry.name, wrong)
    wrong.raise_if_any()
    assert accounts is not None
    arrays = {
        "economies": np.array(tuple(table.economies)),
        "sectors": np.array(tuple(table.sectors)),
        **accounts.arrays,
        "tariff": tariff,
        "tariff_before": tariff,
    }
    return write_world(out, _manifest(asked, found, table, choice, accounts, tariff_file), arrays)


def _find(asked: Request, wrong: FaultList) -> Found | None:
    """The table and its format; faults where there is none, or another one than asked for."""
    if asked.format is not None and asked.format not in FORMATS:
        message = f"There is no format '{asked.format}'.{did_you_mean(asked.format, FORMATS)}"
        wrong.add("format", message, allowed=", ".join(FORMATS))
        return None
    try:
        entry = _entry(asked)
        head = head_of(entry)
    except InputFault as fault:
        wrong.faults.extend(fault.faults)
        return None
    if asked.format is not None:
        return Found(entry, head, asked.format, False)
    for name, (looks_like, _) in LAYOUTS.items():
        if looks_like(head):
            return Found(entry, head, name, True)
    first = ", ".join(cell.strip()[:20] for cell in head.lines[0][:5])
    message = f"Is no table of a known layout; its first line begins {first}."
    wrong.add(entry.name, message, 1, f"--format, one of {', '.join(FORMATS)}; layouts are in docs/own-data.md")
    return None


def _entry(asked: Request) -> Entry:
    folder = asked.source
    if folder.is_dir() and asked.format in (None, "csv") and (folder / plain.FLOWS).is_file():
        return Entry(folder / plain.FLOWS)
    return entry_of(folder, asked.year)


def _read(asked: Request, found: Found, mapping: Mapping, progress: Progress | None) -> Table:
    year = asked.year
    if found.format in ISIC:
        named = found.entry.year
        year = asked.year or named
        if year is None:
            raise InputFault([Fault(found.entry.name, "Does not say its year.", None, "--year")])
        if named is not None and named != year:
            message = f"Is of {named} by its name, and {year} was asked for."
            raise InputFault([Fault(found.entry.name, message, None, f"--year {named}, or a name without a year")])
    table = LAYOUTS[found.format][1](found.entry, found.head, year, mapping, progress)
    if not ends_in_a_line(found.entry.path):
        table.notes.append("the file does not end with a line break: its last number may be cut short")
    return table


def _elasticity(asked: Request, found: Found) -> str | None:
    beside = found.entry.path.parent / "elasticities.csv"
    if asked.elasticity is None and found.format == "csv" and beside.is_file():
        return str(beside)
    return asked.elasticity


def _tariffs(asked: Request, found: Found, table: Table, progress: Progress | None) -> tuple[Floats, Path | None]:
    """Tariffs over the world's labels, zero where none are given, and the file they come from."""
    beside = plain.files_of(found.entry).get("tariffs.csv") if found.format == "csv" else None
    path = asked.tariffs or beside
    return (np.zeros_like(table.flows), None) if path is None else (plain.read_tariffs(path, table, progress), path)


def _manifest(
    asked: Request, found: Found, table: Table, choice: Choice, accounts: Accounts, tariff_file: Path | None
) -> dict[str, Any]:
    """What the world is and where it comes from."""
    kind = found.format
    tariffs = NO_TARIFFS if tariff_file is None else f"as in {tariff_file.name}; own trade pays none"
    said = f"{kind} ({'guessed from the head of the file' if found.guessed else 'as asked'})"
    return {
        "name": asked.name,
        "title": f"{asked.name}: {len(table.economies)} economies, {len(table.sectors)} sectors, {PUBLISHERS[kind]}",
        "base_year": table.year,
        "unit": table.unit,
        "credit": CREDITS[kind],
        "economies": {
            label: {
                "members": list(members),
                "shares_from": label if table.inputs is not None else "none",
                "tariffs_from": "none" if tariff_file is None else label,
            }
            for label, members in table.economies.items()
        },
        "sectors": {label: table.names.get(label) or _named(label, codes) for label, codes in table.sectors.items()},
        "sector_members": {label: list(codes) for label, codes in table.sectors.items()},
        "services": list(table.services),
        "elasticity": choice.name,
        "theta": dict(choice.theta),
        "elasticity_like": {label: list(codes) for label, codes in choice.like.items()},
        "sources": _sources(asked, found, table, tariff_file),
        "choices": {"format": said, "flows": FLOWS[kind], **COMMON, "tariff": tariffs},
        "notes": table.notes,
        "provisional": [] if tariff_file else ["tariff"],
        "balance": {**table.reports, **accounts.report},
        "comparison_2019": {},
        "built_with": f"detente {__version__}",
        "command": asked.command,
    }


def _named(label: str, codes: Any) -> str:
    return label if list(codes) == [label] else f"{label}: {', '.join(codes)}"


def _sources(asked: Request, found: Found, table: Table, tariff_file: Path | None) -> list[dict[str, str]]:
    """Every file read, with its hash."""
    kind = found.format
    files = dict.fromkeys([found.entry.path])
    if kind == "csv":
        files |= dict.fromkeys(path for path in plain.files_of(found.entry).values() if path.name != "tariffs.csv")
    own = _elasticity(asked, found)
    extra = (asked.aggregate, tariff_file, Path(own) if own and own.endswith(".csv") else None)
    files |= dict.fromkeys(path for path in extra if path is not None)
    return [
        {
            "title": f"member {found.entry.member}" if path == found.entry.path and found.entry.member else path.name,
            "publisher": PUBLISHERS[kind] if path == found.entry.path else PUBLISHERS["csv"],
            "vintage": str(table.year),
            "terms": TERMS[kind] if path == found.entry.path else TERMS["csv"],
            "file": path.name,
            "sha256": digest(path),
        }
        for path in files
    ]
