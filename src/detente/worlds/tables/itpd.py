"""The International Trade and Production Database for Estimation (ITPD-E) of the USITC, releases 1 to 3.

One line a flow: exporter_iso3, importer_iso3, year, industry_id, industry_descr, broad_sector, trade (USD million),
flag_mirror, flag_zero. Trade of an economy with itself is its domestic sales. flag_zero `u` marks zeros that were
filled in where nothing is known. There are no input-output links: every sale is value added, every purchase final.

Domestic sales are missing for many industries, and missing is not zero. Where no member of an economy has them for
any industry of a sector that it exports, the table is refused with a remedy; where some have, the share of exports
they stand for is reported.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from detente.terms import FaultList
from detente.worlds.sources import Floats
from detente.worlds.tables.account import Table
from detente.worlds.tables.long import Columns, Integers, Long, read_long
from detente.worlds.tables.many import ManyFaults
from detente.worlds.tables.mapping import Grouping, Mapping
from detente.worlds.tables.request import Progress
from detente.worlds.tables.text import Entry, Head

COLUMNS: Final = Columns(
    keys={"exporter": ("exporter_iso3",), "importer": ("importer_iso3",), "sector": ("industry_id",)},
    value=("trade",),
    year=("year",),
    flags={"name": ("industry_descr",), "broad": ("broad_sector",), "zero": ("flag_zero",), "mirror": ("flag_mirror",)},
)
UNIT: Final = "USD million, as reported by customs and production statistics"
UNKNOWN: Final = "u"
NOBODY: Final = -1


def looks_like(head: Head) -> bool:
    """Whether the header is that of the database."""
    return {"exporter_iso3", "importer_iso3", "industry_id"} <= {cell.strip().casefold() for cell in head.lines[0]}


def read(entry: Entry, _head: Head, year: int | None, mapping: Mapping, progress: Progress | None) -> Table:
    """Read a year. Raises `InputFault` with every fault, by line."""
    long = read_long(entry, COLUMNS, year, progress)
    return trade_table(long, mapping, year if year is not None else next(iter(long.years)))


def trade_table(long: Long, mapping: Mapping, year: int) -> Table:
    """A table of a year's lines."""
    wrong = FaultList()
    partners = sorted({*long.labels["exporter"], *long.labels["importer"]})
    economies = mapping.group("economy", partners, wrong, may_leave_out=True)
    sectors = mapping.group("sector", _in_order(long.labels["sector"]), wrong, may_leave_out=True)
    wrong.raise_if_any()
    places = {
        "exporter": places_of(long.labels["exporter"], economies),
        "importer": places_of(long.labels["importer"], economies),
        "sector": places_of(long.labels["sector"], sectors),
    }
    n, s = len(economies.labels), len(sectors.labels)
    known = long.select(~_filled_in(long))
    flows = known.dense(("exporter", "importer", "sector"), places, (n, n, s))
    coverage = _coverage(known, places, (n, s))
    _need_domestic(long.name, coverage, flows, economies, sectors)
    names, broad = _text_of(long, "name"), _text_of(long, "broad")
    members = sectors.members()
    return Table(
        year=year,
        unit=UNIT,
        economies=economies.members(),
        sectors=members,
        flows=flows,
        names={label: names[codes[0]] for label, codes in members.items() if len(codes) == 1 and names.get(codes[0])},
        services=tuple(
            label
            for label, codes in members.items()
            if all(broad.get(code, "").casefold() == "services" for code in codes)
        ),
        reports=_reports(long, known, places, coverage, flows, economies, sectors),
        notes=["no input-output links: every sale is value added and every purchase final"],
    )


def _in_order(labels: tuple[str, ...]) -> list[str]:
    return sorted(labels, key=lambda label: (0, int(label), "") if label.isdigit() else (1, 0, label))


def places_of(labels: tuple[str, ...], group: Grouping) -> Integers:
    """The place of each label in the world, −1 for those left out."""
    place = (group.place[label] for label in labels)
    return np.array([NOBODY if one is None else one for one in place], dtype=np.int64)


def _filled_in(long: Long) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Lines whose zero stands for not known."""
    if "zero" not in long.codes:
        return np.zeros(len(long.values), dtype=bool)
    labels = np.array([label.casefold() == UNKNOWN for label in long.labels["zero"]], dtype=bool)
    return labels[long.codes["zero"]]


def _coverage(known: Long, places: dict[str, Integers], shape: tuple[int, int]) -> Floats:
    """The share of exports [economy, sector] that members and industries with domestic sales stand for; NaN: none."""
    exporter = np.array(known.labels["exporter"])[known.codes["exporter"]]
    domestic = exporter == np.array(known.labels["importer"])[known.codes["importer"]]
    many = len(known.labels["sector"])
    cell = known.codes["exporter"].astype(np.int64) * many + known.codes["sector"]
    has_domestic = np.zeros(len(known.labels["exporter"]) * many, dtype=bool)
    has_domestic[cell[domestic]] = True
    abroad = known.select(~domestic)
    covered = known.select(~domestic & has_domestic[cell])
    keys = ("exporter", "sector")
    whole, part = (one.dense(keys, places, shape) for one in (abroad, covered))
    # An economy that sells at home only needs no exports to be covered.
    home = known.select(domestic).dense(keys, places, shape)
    share = np.divide(part, whole, out=np.full(shape, np.nan), where=whole > 0)
    return np.where((whole == 0) & (home > 0), 1.0, share)


def _need_domestic(name: str, coverage: Floats, flows: Floats, economies: Grouping, sectors: Grouping) -> None:
    faults = ManyFaults()
    exports = flows.sum(1)
    for n, k in np.argwhere(coverage == 0):
        message = (
            f"{economies.labels[n]} exports {exports[n, k]:,.6g} of {sectors.labels[k]}, and its domestic sales are "
            "not known."
        )
        allowed = (
            f"in --aggregate, a larger economy or sector in which some are known, or economy,{economies.labels[n]},- "
            f"or sector,{sectors.labels[k]},- to leave it out"
        )
        faults.add("economies and sectors without domestic sales", name, message, None, allowed)
    faults.raise_if_any()


def _text_of(long: Long, flag: str) -> dict[str, str]:
    """What a flag says of each sector, by its last line."""
    if flag not in long.codes:
        return {}
    last = np.zeros(len(long.labels["sector"]), dtype=np.int64)
    last[long.codes["sector"]] = long.codes[flag]
    return {label: long.labels[flag][last[place]] for place, label in enumerate(long.labels["sector"])}


def _reports(
    long: Long,
    known: Long,
    places: dict[str, Integers],
    coverage: Floats,
    flows: Floats,
    economies: Grouping,
    sectors: Grouping,
) -> dict[str, Any]:
    partly = {
        f"{economies.labels[n]} {sectors.labels[k]}": round(float(coverage[n, k]), 4)
        for n, k in np.argwhere((coverage > 0) & (coverage < 1))
    }
    worst = dict(sorted(partly.items(), key=lambda item: item[1])[:10])
    out = 1 - flows.sum() / known.values.sum() if known.values.sum() > 0 else 0.0
    mirror = [label in ("1", "1.0") for label in long.labels.get("mirror", ())]
    mirrored = float(known.values[np.array(mirror, dtype=bool)[known.codes["mirror"]]].sum()) if mirror else 0.0
    return {
        "lines": len(long.values),
        "filled_in_zeros": int(_filled_in(long).sum()),
        "mirrored_share": mirrored / float(known.values.sum() or 1.0),
        "left_out_share": float(max(out, 0.0)),
        "domestic_sales_partly_known": {"cells": len(partly), "least": worst},
    }
