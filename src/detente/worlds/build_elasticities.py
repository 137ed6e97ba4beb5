"""How `elasticities.csv` is built from published figures by ICIO industry.

Industries that a sector merges are averaged with the world's cross-border trade of 2022 as weights. The default set
is the sector-by-sector median of the six papers. One column of the table is left out: its paper could not be named.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

import numpy as np

from detente.terms import Fault, FaultList, InputFault
from detente.worlds.elasticities import DEFAULT, FIGURES
from detente.worlds.shape_2022 import SECTORS, sector_of
from detente.worlds.sources import Icio, need_files, read_icio, read_rows

TABLE: Final = "elasticities/by_icio_sector.csv"
FLOWS: Final = "icio/flows-2022.npz"

PAPERS: Final = {
    "bagwell-staiger-yurukoglu": "BSY",
    "caliendo-parro": "CP",
    "fontagne-guimbard-orefice": "FGO_ICIO_native",
    "giri-yi-yilmazkuday": "GYY",
    "lashkaripour-lugovskyy": "LL",
    "shapiro": "Shap",
}
"""The column of each paper."""

FILL: Final = {"FGO_ICIO_native": "FGO"}
"""Where a column has no figure, the column that fills it."""

UNIFORM: Final = {
    "uniform-4": 4.0,
    "boehm-long-run": 2.0,
    "boehm-long-run-low": 1.75,
    "boehm-long-run-high": 2.25,
    "boehm-one-year": 0.76,
}
"""Sets of one published figure for all sectors; whether it is θ or σ is in `elasticity_sets.csv`."""

Figures = dict[str, tuple[float, bool]]


def build_elasticities(source: Path, out: Path) -> Path:
    """Write the figures of every set to a file in `out` and return it: set, sector, figure, filled."""
    need_files(source, (TABLE, FLOWS))
    table = read_table(source / TABLE)
    weights = trade_weights(read_icio(source / FLOWS))
    sets = {name: merge(table, column, weights) for name, column in PAPERS.items()}
    median = {code: (float(np.median([one[code][0] for one in sets.values()])), False) for code in SECTORS}
    sets = {DEFAULT: median} | sets
    sets |= {name: dict.fromkeys(SECTORS, (figure, False)) for name, figure in UNIFORM.items()}
    out.mkdir(parents=True, exist_ok=True)
    path = out / FIGURES
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("set", "sector", "figure", "filled"))
        for name, figures in sets.items():
            for code, (figure, filled) in figures.items():
                writer.writerow((name, code, f"{figure:.6g}", "yes" if filled else "no"))
    return path


def read_table(path: Path) -> dict[str, dict[str, float | None]]:
    """The published figures [column][industry]; None where the paper has none."""
    columns: dict[str, dict[str, float | None]] = {}
    for _, row in read_rows(path):
        for column, cell in row.items():
            if column != "sector":
                columns.setdefault(column, {})[row["sector"]] = float(cell) if cell.strip() else None
    faults = FaultList()
    for column in {*PAPERS.values(), *FILL.values()} - columns.keys():
        faults.add(str(path), f"Has no column {column}.", line=1, allowed=", ".join(columns))
    faults.raise_if_any()
    return columns


def trade_weights(icio: Icio) -> dict[str, float]:
    """Cross-border trade by ICIO industry."""
    own = np.einsum("iis->s", icio.flows)
    return dict(zip(icio.sectors, (icio.flows.sum((0, 1)) - own).tolist(), strict=True))


def merge(table: dict[str, dict[str, float | None]], column: str, weights: dict[str, float]) -> Figures:
    """One column over the world's sectors, each figure with whether it was filled.

    A figure counts as filled where the paper has none for any industry of the sector, and for services, which no
    paper estimates.
    """
    merged: Figures = {}
    for code in SECTORS:
        own = {industry: table[column].get(industry) for industry in weights if sector_of(industry) == code}
        known = {industry: figure for industry, figure in own.items() if figure is not None}
        filler = table[FILL.get(column, column)]
        used = known or {industry: figure for industry in own if (figure := filler.get(industry)) is not None}
        total = sum(weights[industry] for industry in used)
        if not used or total <= 0:
            raise InputFault([Fault(column, f"No figure for {code}.", allowed="a figure for each sector")])
        figure = sum(weights[industry] * used[industry] for industry in used) / total
        merged[code] = (figure, not known or code == "services")
    return merged
