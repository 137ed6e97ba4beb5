"""How much of the two-way trade falls under non-tariff measures, as far as goods can tell.

Licences, listings, import bans and fees name items, firms and ships; few are decided by a tariff code. What can be
said is a bound: `data/restriction_reach.csv` gives for each measure the headings under which all its goods lie, or
'all' where no figure on its firms, users or ships is at hand, or 'none' where what it reaches is not in the figures on
goods at all. A measure or part the file does not name may reach everything. No measure's goods fill a heading, so the
least that falls under one is not known to be more than nothing.

Goods of China into the United States are weighed by imports of 2024 by line. Goods of the United States into China are
at hand by sector only, and a heading counts its whole sector: a wide bound, but one.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.duties import View, us_imports
from detente.policy.concordance import sector_shares

_FILE = Path(__file__).parent / "data" / "restriction_reach.csv"


@dataclass(frozen=True, slots=True)
class Restricted:
    """Shares of an exporter's goods sold to the other side, as fractions of their value.

    What falls under a non-tariff measure in force lies between nothing and `high`; `by_goods` is the bound from the
    measures whose goods are known by heading. `measures` are those that may reach goods, `unmeasured` those among them
    whose reach no figure bounds. `doubtful` is true where a clock ran out and it is unknown what stands.
    """

    exporter: str
    by_goods: float
    high: float
    measures: tuple[str, ...]
    unmeasured: tuple[str, ...]
    doubtful: bool


def restricted_shares(view: View, exports_bn: NDArray[np.float64], sectors: Sequence[str]) -> tuple[Restricted, ...]:
    """The shares on the day of the view, of goods of CHN and of USA. `exports_bn` [sector] are US exports to China."""
    standing = list(_standing(view))
    return tuple(_share(exporter, standing, exports_bn, tuple(sectors)) for exporter in ("CHN", "USA"))


def _standing(view: View) -> list[tuple[str, str | None, bool]]:
    """The non-tariff measures and their parts that are in force, or may be; the last says that it is not known."""
    out: dict[tuple[str, str | None, bool], None] = {}
    for measure, partner, goods in view.parts:
        if measure.kind in ("tariff", "subsidy"):
            continue
        found = view.standing(measure.id, partner, goods)
        if found.in_force or found.word == "unknown":
            out[measure.id, goods, found.word == "unknown"] = None
    return list(out)


def _share(
    exporter: str,
    standing: Sequence[tuple[str, str | None, bool]],
    exports_bn: NDArray[np.float64],
    sectors: tuple[str, ...],
) -> Restricted:
    prefixes: set[str] = set()
    named: list[str] = []
    unmeasured: list[str] = []
    doubtful = False
    for measure, goods, unknown in standing:
        reach = _reach(measure, goods, exporter)
        if not reach:
            continue
        named.append(measure)
        doubtful |= unknown
        if "all" in reach:
            unmeasured.append(measure)
        else:
            prefixes |= reach
    by_goods = _bound(exporter, frozenset(prefixes), exports_bn, sectors)
    high = 1.0 if unmeasured else by_goods
    return Restricted(exporter, by_goods, high, _once(named), _once(unmeasured), doubtful)


def _once(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _reach(measure: str, goods: str | None, exporter: str) -> frozenset[str]:
    """Prefixes of the goods a measure may reach, {'all'}, or nothing."""
    table = _table()
    for part in (goods or "", ""):
        if (measure, part) in table:
            return table[measure, part].get(exporter, frozenset())
    return frozenset({"all"})


@cache
def _table() -> dict[tuple[str, str], dict[str, frozenset[str]]]:
    out: dict[tuple[str, str], dict[str, frozenset[str]]] = {}
    with _FILE.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            reach = frozenset(row["at_most"].split()) - {"none"}
            sides = ("CHN", "USA") if row["exporter"] == "both" else (row["exporter"],)
            out.setdefault((row["measure"], row["goods"]), {}).update(dict.fromkeys(sides, reach))
    return out


def _bound(exporter: str, prefixes: frozenset[str], exports_bn: NDArray[np.float64], sectors: tuple[str, ...]) -> float:
    if not prefixes:
        return 0.0
    inside = _lines_under(prefixes)
    if exporter == "CHN":
        weight = us_imports().column("CHN")
        return float(weight[inside].sum() / weight.sum())
    goods = np.array([s != "services" for s in sectors])
    touched = (_sectors_of_lines(sectors)[inside] > 0).any(axis=0) & goods
    return float(exports_bn[touched].sum() / exports_bn[goods].sum())


@cache
def _lines_under(prefixes: frozenset[str]) -> NDArray[np.bool_]:
    """Which lines of the US schedule lie under one of the prefixes [line]; codes are in order."""
    codes = us_imports().code
    out = np.zeros(len(codes), bool)
    for prefix in prefixes:
        first, last = np.searchsorted(codes, [prefix, prefix + "~"])
        out[first:last] = True
    return out


@cache
def _sectors_of_lines(sectors: tuple[str, ...]) -> NDArray[np.float64]:
    return sector_shares(us_imports().code, sectors)
