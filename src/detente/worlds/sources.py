"""Readers of the public tables that worlds are built from, one a source; they say what is missing or unknown."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from detente.terms import Fault, FaultList, InputFault
from detente.worlds.shape_2022 import REGIONS

Floats = npt.NDArray[np.float64]

INDUSTRIES = 44
"""Industries of the regional tables; the first 22 are goods."""


@dataclass(frozen=True, eq=False)
class Icio:
    """Flows of one year from the inter-country tables.

    flows [exporter, importer, sector], USD million at basic prices, own sales on the diagonal, intermediate and
    final use together.
    """

    year: int
    economies: tuple[str, ...]
    sectors: tuple[str, ...]
    flows: Floats


@dataclass(frozen=True, eq=False)
class Regional:
    """The 7 × 44 tables of 2017: regions in the order of `REGIONS`, industries in theirs.

    flows, tariff [exporter, importer, industry] (USD million with tariffs; fractions), value_added_share [region,
    industry], input_share [region, input, using], final_share [region, industry].
    """

    flows: Floats
    tariff: Floats
    value_added_share: Floats
    input_share: Floats
    final_share: Floats


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def need_files(folder: Path, names: Sequence[str]) -> None:
    """Raise one fault list naming every file that is not there."""
    faults = FaultList()
    if not folder.is_dir():
        faults.add(str(folder), "There is no such folder.", allowed="a folder with the source tables")
    else:
        for name in names:
            if not (folder / name).is_file():
                faults.add(str(folder / name), "There is no such file.", allowed="the table this world is built from")
    faults.raise_if_any()


def read_icio(path: Path) -> Icio:
    """Read flows of one year: arrays `flows_usd_m`, `exporter`, `importer`, `sector`, `year` of an npz file."""
    wanted = {"flows_usd_m", "exporter", "importer", "sector", "year"}
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
    except (OSError, ValueError) as error:
        raise InputFault([Fault(str(path), f"Cannot be read: {error}", allowed="an npz file")]) from error
    faults = FaultList()
    if missing := wanted - arrays.keys():
        faults.add(str(path), f"Has no array {', '.join(sorted(missing))}.", allowed=", ".join(sorted(wanted)))
        faults.raise_if_any()
    economies, sectors = _labels(arrays["exporter"]), _labels(arrays["sector"])
    flows = np.asarray(arrays["flows_usd_m"], dtype=np.float64)
    if _labels(arrays["importer"]) != economies:
        faults.add(str(path), "Exporters and importers differ.", allowed="the same economies in the same order")
    if flows.shape != (len(economies), len(economies), len(sectors)):
        faults.add(str(path), f"Flows have the shape {flows.shape}.", allowed="exporter × importer × sector")
    if not np.isfinite(flows).all() or (flows < 0).any():
        faults.add(str(path), "Flows are negative or not finite.", allowed="finite numbers ≥ 0")
    faults.raise_if_any()
    return Icio(int(arrays["year"]), economies, sectors, flows)


def _labels(array: npt.NDArray[np.str_]) -> tuple[str, ...]:
    return tuple(str(label) for label in array)


def read_regional(folder: Path) -> Regional:
    """Read the 7 × 44 tables from their folder; every cell must be given once."""
    faults = FaultList()
    trade = ("iso_o", "iso_d", "indcode")
    flows = read_cells(folder / "TradeFlow2017.csv", trade, "tradevalue", faults)
    tariff = read_cells(folder / "tariff_prewar2017.csv", trade, "AHS_simple", faults)
    labour = read_cells(folder / "vashare.csv", ("iso_o", "indcode"), "vashare", faults)
    inputs = read_cells(folder / "IOshare.csv", ("iso_o", "input_ind", "output_ind"), "valueshare", faults)
    final = read_cells(folder / "finalshare.csv", ("iso_o", "input_ind"), "finalshare", faults)
    faults.raise_if_any()
    return Regional(flows, tariff, labour, inputs, final)


def read_cells(path: Path, keys: Sequence[str], value: str, faults: FaultList) -> Floats:
    """A long table as an array with one axis a key: a region by its code, an industry by its number from 1."""
    regions = {code: place for place, code in enumerate(REGIONS)}
    numbers = {str(number): number - 1 for number in range(1, INDUSTRIES + 1)}
    axes = [regions if key.startswith("iso") else numbers for key in keys]
    cells = np.full([len(axis) for axis in axes], np.nan)
    for line, row in read_rows(path):
        if missing := [name for name in (*keys, value) if name not in row]:
            faults.add(str(path), f"Has no column {', '.join(missing)}.", line=1, allowed=", ".join((*keys, value)))
            return cells
        places = [axis.get(row[key].strip()) for axis, key in zip(axes, keys, strict=True)]
        number = _number(row[value])
        if None in places or number is None:
            faults.add(str(path), f"Cannot be placed: {', '.join(row.values())}.", line=line, allowed="known labels")
            continue
        cells[tuple(place for place in places if place is not None)] = number
    if lacking := int(np.isnan(cells).sum()):
        faults.add(str(path), f"{lacking} of {cells.size} cells are missing.", allowed="every cell once")
    return cells


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with their line numbers; a byte-order mark is dropped."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            yield line, {str(name): str(cell) for name, cell in row.items()}


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
