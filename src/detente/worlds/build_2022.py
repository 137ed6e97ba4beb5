"""How world-2022 is built from public tables.

1. Flows of 2022 between 81 economies in 27 goods industries and services are summed to 24 economies and 23 sectors.
   They are at basic prices: the ICIO tables book taxes on products, import duties among them, in rows of their own,
   so the flows are taken net of tariffs. They are not changed by what follows.
2. Tariffs before the disputes and in mid-2022 are set (`tariffs_2022`).
3. Each economy starts from cost shares (1 − value_added_share) × input_share and final shares of 2017, its own or a
   region's (`shape_2022.SHARES_FROM`); the 22 service industries are merged with their sales of 2017 as weights.
4. Each economy's uses are balanced with its purchases (with tariffs) and sales (`balance`). Final demand counts a
   quarter: cost shares are technology and move slowly, final shares are the looser guess. Of the weights tried (1, ½,
   ¼, 1/10) a quarter also comes nearest to the cost tables of 2019 that were not used in building.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np

from detente._version import __version__
from detente.terms import FaultList
from detente.worlds import compare_2019, tariffs_2022
from detente.worlds.balance import Balanced, balance
from detente.worlds.moved import Start, movement
from detente.worlds.shape_2022 import (
    ECONOMIES,
    GOODS,
    REGIONS,
    SECTORS,
    economy_of,
    members_of,
    sector_of,
    shares_from,
    tariffs_from,
)
from detente.worlds.sources import Floats, Icio, Regional, need_files, read_icio, read_regional, sha256_of
from detente.worlds.stored import write_world
from detente.worlds.texts_2022 import CHOICES, CREDIT, SOURCES, TITLE

NAME: Final = "world-2022"
FLOWS: Final = "icio/flows-2022.npz"
REGIONAL: Final = "trade7x44-2017"
FINAL_WEIGHT: Final = 0.25


def build_2022(source: Path, out: Path) -> dict[str, Any]:
    """Build world-2022 from the tables in `source` into the folder `out`; returns its manifest."""
    need_files(source, tuple(SOURCES))
    icio, regional = read_icio(source / FLOWS), read_regional(source / REGIONAL)
    check_labels(icio, source / FLOWS)
    groups, flows_by_member = group_matrix(icio.economies), sum_sectors(icio)
    flows = np.einsum("ai,ins,bn->abs", groups, flows_by_member, groups, optimize=True)
    tariffs = tariffs_2022.build_tariffs(
        regional.tariff, icio.economies, flows_by_member, ECONOMIES, tuple(SECTORS), groups
    )
    start = starting_shares(regional)
    spent, sales = (flows * (1 + tariffs.base)).sum(0), flows.sum(1)
    balanced = [
        balance(start.inputs(n, sales), start.value_added(n, sales), start.final(n, spent, sales), *sums, FINAL_WEIGHT)
        for n, sums in enumerate(zip(spent, sales, strict=True))
    ]
    arrays = world_arrays(flows, start, balanced) | {"tariff": tariffs.base, "tariff_before": tariffs.before}
    manifest = describe(source, icio, tariffs) | {
        "balance": {"flows_moved": conserved(icio.flows, flows)} | movement(start, balanced, spent, sales),
        "comparison_2019": compare_2019.compare(source / compare_2019.TABLE, flows, spent, balanced),
    }
    return write_world(out, manifest, arrays)


def check_labels(icio: Icio, path: Path) -> None:
    """Every economy and sector of the world must be among the labels of the flows, and none be unknown."""
    faults = FaultList()
    lacking = [e for e in ECONOMIES if not members_of(e, icio.economies)]
    lacking += [code for code in SECTORS if code not in {sector_of(label) for label in icio.sectors}]
    unknown = [label for label in icio.sectors if sector_of(label) not in SECTORS]
    if lacking:
        faults.add(str(path), f"Nothing for {', '.join(lacking)}.", allowed="ICIO economies and industries")
    if unknown:
        faults.add(str(path), f"Unknown sectors: {', '.join(unknown)}.", allowed="ICIO industries")
    faults.raise_if_any()


def group_matrix(members: tuple[str, ...]) -> Floats:
    """Which ICIO economy belongs to which economy [economy, member], 0 or 1."""
    groups = np.zeros((len(ECONOMIES), len(members)))
    for column, member in enumerate(members):
        groups[ECONOMIES.index(economy_of(member)), column] = 1.0
    return groups


def sum_sectors(icio: Icio) -> Floats:
    """Flows between ICIO economies over the world's sectors [exporter, importer, sector]."""
    codes = tuple(SECTORS)
    summed = np.zeros((*icio.flows.shape[:2], len(codes)))
    for column, label in enumerate(icio.sectors):
        summed[:, :, codes.index(sector_of(label))] += icio.flows[:, :, column]
    return summed


def conserved(source: Floats, flows: Floats) -> dict[str, float]:
    """By how much summing and balancing moved the world's flows, relative to the source: over all, and own sales.

    Own sales of the world hold the trade within its economies, so only the total can be compared cell by cell.
    """
    return {"total": round(float(abs(flows.sum() / source.sum() - 1)), 12)}


def starting_shares(regional: Regional) -> Start:
    """Cost, value added and final shares of 2017 over the world's labels, services merged by their sales.

    The regional flows include tariffs by inference, so sales are taken net of them.
    """
    goods = len(GOODS)
    sales = (regional.flows / (1 + regional.tariff)).sum(1)
    weights = sales[:, goods:] / sales[:, goods:].sum(1, keepdims=True)
    cost = (1 - regional.value_added_share)[:, None, :] * regional.input_share
    rows = np.concatenate([cost[:, :goods], cost[:, goods:].sum(1, keepdims=True)], axis=1)
    services = (rows[:, :, goods:] * weights[:, None, :]).sum(2, keepdims=True)
    labour = (regional.value_added_share[:, goods:] * weights).sum(1, keepdims=True)
    final = regional.final_share
    place = [REGIONS.index(shares_from(economy)) for economy in ECONOMIES]
    return Start(
        cost=np.concatenate([rows[:, :, :goods], services], axis=2)[place],
        labour=np.concatenate([regional.value_added_share[:, :goods], labour], axis=1)[place],
        final_share=np.concatenate([final[:, :goods], final[:, goods:].sum(1, keepdims=True)], axis=1)[place],
    )


def world_arrays(flows: Floats, start: Start, balanced: list[Balanced]) -> dict[str, Any]:
    """The arrays of the world but for tariffs; a sector that sells nothing keeps the shares it started from."""
    sales = flows.sum(1)
    inputs = np.stack([one.inputs for one in balanced])
    labour = np.stack([one.value_added for one in balanced])
    final = np.stack([one.final for one in balanced])
    live = sales > 0
    bought = np.where(live, inputs.sum(1), start.cost.sum(1))
    return {
        "economies": np.array(ECONOMIES),
        "sectors": np.array(tuple(SECTORS)),
        "flows": flows,
        "input_share": np.where(live[:, None, :], inputs, start.cost) / bought[:, None, :],
        "value_added_share": np.divide(labour, sales, out=start.labour.copy(), where=live),
        "final_share": final / final.sum(1, keepdims=True),
        "value_added": labour.sum(1),
        "deficit": flows.sum((0, 2)) - flows.sum((1, 2)),
    }


def describe(source: Path, icio: Icio, tariffs: tariffs_2022.Tariffs) -> dict[str, Any]:
    """What the world is and where it comes from, for the manifest."""
    return {
        "name": NAME,
        "title": TITLE,
        "base_year": icio.year,
        "unit": "USD million, basic prices, net of tariffs",
        "credit": CREDIT,
        "economies": {
            economy: {
                "members": list(members_of(economy, icio.economies)),
                "shares_from": shares_from(economy),
                "tariffs_from": tariffs_from(economy),
            }
            for economy in ECONOMIES
        },
        "sectors": dict(SECTORS),
        "sources": [text | {"file": file, "sha256": sha256_of(source / file)} for file, text in SOURCES.items()],
        "choices": CHOICES,
        "provisional": [],
        "measures": tariffs.measures,
        "built_with": f"detente {__version__}",
        "command": f"detente world build {NAME} --from DIR",
    }
