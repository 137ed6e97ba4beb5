"""A world in plain CSV files: flows.csv, and beside it inputs.csv, tariffs.csv, sectors.csv, elasticities.csv.

    flows.csv         exporter, importer, sector, value [, year]   own sales among them; a pair without a line trades 0
    inputs.csv        economy, input, using, value                 net of tariffs; input `value_added`: labour, capital
    tariffs.csv       exporter, importer, sector, tariff           fractions, for every pair that trades
    sectors.csv       sector, name, goods                          goods yes or no; none: `all` goods are all sectors
    elasticities.csv  sector, theta   or   sector, sigma           over the labels of the world

All but flows.csv may be missing. An economy that exports of a sector must have a line of own sales, be it 0.
"""

from __future__ import annotations

from collections import abc
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from detente.terms import Fault, FaultList, InputFault
from detente.worlds.sources import Floats
from detente.worlds.tables.account import Table
from detente.worlds.tables.itpd import places_of
from detente.worlds.tables.long import Columns, Long, read_long
from detente.worlds.tables.many import ManyFaults
from detente.worlds.tables.mapping import Grouping, Mapping
from detente.worlds.tables.matrix import TOLERATED
from detente.worlds.tables.request import Progress
from detente.worlds.tables.text import Entry, Head, head_of, rows_of

FLOWS: Final = "flows.csv"
FILES: Final = (FLOWS, "inputs.csv", "tariffs.csv", "sectors.csv")
TRADE: Final = {"exporter": ("exporter",), "importer": ("importer",), "sector": ("sector",)}
FLOW_COLUMNS: Final = Columns(TRADE, ("value",), ("year",))
INPUT_COLUMNS: Final = Columns({"economy": ("economy",), "input": ("input",), "using": ("using",)}, ("value",))
TARIFF_COLUMNS: Final = Columns(TRADE, ("tariff",), negative=True)
VALUE_ADDED: Final = "value_added"
MOST: Final = 10.0
"""The highest tariff taken for a fraction; 25 is a percentage."""


def looks_like(head: Head) -> bool:
    """Whether the header is that of flows.csv."""
    return {*TRADE, "value"} <= {cell.strip().casefold() for cell in head.lines[0]}


def files_of(entry: Entry) -> dict[str, Path]:
    """The files of the world that are there, by name."""
    folder = entry.path.parent
    return {FLOWS: entry.path} | {name: folder / name for name in FILES[1:] if (folder / name).is_file()}


def read(entry: Entry, _head: Head, year: int | None, mapping: Mapping, progress: Progress | None) -> Table:
    """Read the files. Raises `InputFault` with every fault, by file and line."""
    files = files_of(entry)
    long = read_long(entry, FLOW_COLUMNS, year, progress)
    wrong = FaultList()
    linked = "inputs.csv" in files
    partners = dict.fromkeys([*long.labels["exporter"], *long.labels["importer"]])
    economies = mapping.group("economy", partners, wrong, may_leave_out=not linked)
    sectors = mapping.group("sector", long.labels["sector"], wrong, may_leave_out=not linked)
    wrong.raise_if_any()
    _need_own_sales(long)
    places = {key: places_of(long.labels[key], economies if key != "sector" else sectors) for key in TRADE}
    n, s = len(economies.labels), len(sectors.labels)
    flows = long.dense(tuple(TRADE), places, (n, n, s))
    inputs = _inputs(Entry(files["inputs.csv"]), economies, sectors, flows, progress) if linked else None
    names, services = _sectors(files.get("sectors.csv"), sectors)
    notes = [] if linked else ["no input-output links: every sale is value added and every purchase final"]
    found = year if year is not None else next(iter(long.years), None) or entry.year
    if found is None:
        raise InputFault([Fault(entry.name, "Does not say its year.", 1, "--year, or a column year")])
    return Table(
        year=found,
        unit="as in flows.csv, net of tariffs",
        economies=economies.members(),
        sectors=sectors.members(),
        flows=flows,
        inputs=inputs,
        names=names,
        services=services,
        reports={"lines": len(long.values)},
        notes=notes,
    )


def _need_own_sales(long: Long) -> None:
    """Who exports of a sector has a line of own sales: what is missing is not zero."""
    seller, buyer = (np.array(long.labels[key])[long.codes[key]] for key in ("exporter", "importer"))
    sector = np.array(long.labels["sector"])[long.codes["sector"]]
    own = set(zip(seller[seller == buyer].tolist(), sector[seller == buyer].tolist(), strict=True))
    faults = ManyFaults()
    abroad = (seller != buyer) & (long.values > 0)
    firsts: dict[tuple[str, str], int] = {}
    for place in np.flatnonzero(abroad):
        firsts.setdefault((str(seller[place]), str(sector[place])), int(long.lines[place]))
    for (economy, code), line in firsts.items():
        if (economy, code) not in own:
            message = f"{economy} exports {code} and has no line of own sales."
            allowed = f"a line {economy},{economy},{code},value, with 0 if it sells none at home"
            faults.add("missing own sales", long.name, message, line, allowed)
    faults.raise_if_any()


def _inputs(entry: Entry, economies: Grouping, sectors: Grouping, flows: Floats, progress: Progress | None) -> Floats:
    """Inputs [economy, input, using]; with value added they must come to sales."""
    long = read_long(entry, INPUT_COLUMNS, None, progress)
    faults = ManyFaults()
    for key, group in (("economy", economies), ("input", sectors), ("using", sectors)):
        known = set(group.place) | ({VALUE_ADDED} if key == "input" else set())
        for place, label in enumerate(long.labels[key]):
            if label not in known:
                line = int(long.lines[np.argmax(long.codes[key] == place)])
                message = f"The {key} '{label}' is not in {FLOWS}."
                faults.add(f"unknown labels of {key}", entry.name, message, line, "labels of flows.csv, or value_added")
    faults.raise_if_any()
    is_value = np.array([label == VALUE_ADDED for label in long.labels["input"]])[long.codes["input"]]
    goods, labour = long.select(~is_value), long.select(is_value)
    at = {
        "economy": places_of(long.labels["economy"], economies),
        "using": places_of(long.labels["using"], sectors),
        "input": places_of(
            tuple(x if x != VALUE_ADDED else next(iter(sectors.place)) for x in long.labels["input"]), sectors
        ),
    }
    n, s = len(economies.labels), len(sectors.labels)
    inputs = goods.dense(("economy", "input", "using"), at, (n, s, s))
    if len(labour.values):
        paid = labour.dense(("economy", "using"), at, (n, s))
        _compare(entry.name, inputs.sum(1), paid, flows.sum(1), economies, sectors)
    return inputs


def _compare(name: str, inputs: Floats, paid: Floats, sales: Floats, economies: Grouping, sectors: Grouping) -> None:
    """Inputs and value added come to sales, to a hundredth."""
    faults = ManyFaults()
    off = np.abs(inputs + paid - sales) > TOLERATED * np.maximum(sales, inputs + paid) + 1e-9 * sales.sum()
    for n, k in np.argwhere(off):
        where = f"{economies.labels[n]} {sectors.labels[k]}"
        said = f"inputs {inputs[n, k]:,.6g} and value added {paid[n, k]:,.6g}, sales {sales[n, k]:,.6g}"
        allowed = f"agreement to {TOLERATED:.0%}"
        faults.add("sectors that do not add up", name, f"{where} does not add up: {said}.", None, allowed)
    faults.raise_if_any()


def _sectors(path: Path | None, sectors: Grouping) -> tuple[dict[str, str], tuple[str, ...]]:
    """Names of sectors that stand for themselves, and which are services."""
    if path is None:
        return {}, ()
    faults = ManyFaults()
    head = head_of(Entry(path))
    header = [cell.strip().casefold() for cell in head.lines[0]]
    names: dict[str, str] = {}
    goods: dict[str, bool] = {}
    for line, cells in list(rows_of(Entry(path), head.delimiter))[1:]:
        row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        code = row.get("sector", "")
        if code not in sectors.place or row.get("goods", "").casefold() not in ("yes", "no"):
            message = f"'{','.join(cells)[:60]}' does not say of a sector of {FLOWS} whether it is a good."
            faults.add("sectors", str(path), message, line, "sector,name,goods with goods yes or no")
            continue
        names[code], goods[code] = row.get("name", code), row["goods"].casefold() == "yes"
    for code in sectors.place:
        if code not in goods:
            faults.add("sectors", str(path), f"Has no line for {code}.", None, "one line a sector")
    faults.raise_if_any()
    members = sectors.members()
    titles = {label: names[codes[0]] for label, codes in members.items() if len(codes) == 1}
    return titles, tuple(label for label, codes in members.items() if not any(goods[code] for code in codes))


def read_tariffs(path: Path, table: Table, progress: Progress | None) -> Floats:
    """Tariffs [exporter, importer, sector] over the labels of the world, from a file in its labels or its members'.

    Members' tariffs are weighted by nothing finer than is known: the simple mean over the pairs of members that the
    file gives. Every pair that trades must be given; own trade pays none.
    """
    long = read_long(Entry(path), TARIFF_COLUMNS, None, progress)
    faults = ManyFaults()
    economies, sectors = _homes(table.economies), _homes(table.sectors)
    at = {}
    for key in TRADE:
        home = sectors if key == "sector" else economies
        for place, label in enumerate(long.labels[key]):
            if label not in home:
                line = int(long.lines[np.argmax(long.codes[key] == place)])
                faults.add("unknown labels", long.name, f"The {key} '{label}' is not in the world.", line, "its labels")
        at[key] = np.array([home.get(label, -1) for label in long.labels[key]], dtype=np.int64)
    for odd in np.flatnonzero((long.values > MOST) | (long.values <= -1)):
        message = f"The tariff {long.values[odd]:g} is no fraction."
        faults.add("tariffs", long.name, message, int(long.lines[odd]), "0.25 for 25%")
    faults.raise_if_any()
    shape = table.flows.shape
    ones = Long(long.name, long.labels, long.codes, np.ones_like(long.values), long.lines, long.years)
    total, count = (one.dense(tuple(TRADE), at, shape) for one in (long, ones))
    own = np.eye(shape[0], dtype=bool)[:, :, None] & np.ones(shape, dtype=bool)
    names = (tuple(table.economies), tuple(table.economies), tuple(table.sectors))
    for cell in np.argwhere((count == 0) & (table.flows > 0) & ~own):
        where = " ".join(labels[place] for labels, place in zip(names, cell, strict=True))
        faults.add("pairs without a tariff", long.name, f"Has no tariff for {where}, which trade.", None, "0 for none")
    faults.raise_if_any()
    mean = np.divide(total, count, out=np.zeros(shape), where=count > 0)
    # A union's members pay each other nothing: what a file gives within an economy of the world is not collected.
    return np.where(own, 0.0, mean)


def _homes(groups: abc.Mapping[str, Sequence[str]]) -> dict[str, int]:
    """The place in the world of each label and each member."""
    return {name: place for place, (label, inside) in enumerate(groups.items()) for name in (*inside, label)}
