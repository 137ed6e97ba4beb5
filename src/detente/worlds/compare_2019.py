"""World-2022 beside the inter-country table of 2019, which was not used in building it.

Four blocks (agriculture A, mining B, manufacturing C, the rest), the economies that both have. Differences are what a
region's shares, three years and the prices of 2022 make: energy is dear, so mining and refining weigh more.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from detente.worlds.balance import Balanced
from detente.worlds.shape_2022 import ECONOMIES, SECTORS
from detente.worlds.sources import Floats

TABLE: Final = "icio2019-g20/icio_oecd2023_2019_isic_g20.npz"
BLOCKS: Final = ("A", "B", "C", "services")


@dataclass(frozen=True, eq=False)
class Blocks:
    """Accounts by block: flows [exporter, importer, block] net of tariffs, spent [economy, block] with them, inputs
    [economy, input, using] as they are paid for, value_added [economy, block]."""

    economies: tuple[str, ...]
    flows: Floats
    spent: Floats
    inputs: Floats
    value_added: Floats

    @property
    def sales(self) -> Floats:
        """Sales [economy, block]."""
        return np.asarray(self.flows.sum(1))


def compare(table: Path, flows: Floats, spent: Floats, balanced: list[Balanced]) -> dict[str, Any]:
    """Shares of 2022 and 2019 by economy and block, and the distance of the cost tables.

    `cost_distance`: Σ |Δ cost share| over inputs, averaged over using blocks with sales of 2019 as weights.
    """
    old, new = blocks_2019(table), blocks_2022(flows, spent, balanced)
    shared = [economy for economy in new.economies if economy in old.economies and economy != "ROW"]
    return {"blocks": list(BLOCKS), "economies": {code: _compare_one(code, old, new) for code in shared}}


def _compare_one(code: str, old: Blocks, new: Blocks) -> dict[str, Any]:
    then, now = _shares(old, old.economies.index(code)), _shares(new, new.economies.index(code))
    weights = old.sales[old.economies.index(code)]
    distance = (np.abs(now["cost"] - then["cost"]).sum(0) * weights).sum() / weights.sum()
    report: dict[str, Any] = {"cost_distance": round(float(distance), 4)}
    for name in ("value_added_share", "import_share", "intermediate_share"):
        report[name] = {"2022": now[name].round(4).tolist(), "2019": then[name].round(4).tolist()}
    return report


def _shares(blocks: Blocks, n: int) -> dict[str, Floats]:
    bought, sales = blocks.flows[:, n].sum(0), blocks.sales[n]
    return {
        "cost": blocks.inputs[n] / sales,
        "value_added_share": blocks.value_added[n] / sales,
        "import_share": 1 - blocks.flows[n, n] / bought,
        "intermediate_share": blocks.inputs[n].sum(1) / blocks.spent[n],
    }


def blocks_2022(flows: Floats, spent: Floats, balanced: list[Balanced]) -> Blocks:
    """World-2022 by block."""
    group = np.array([[_block_of(code) == block for code in SECTORS] for block in BLOCKS], dtype=float)
    inputs = np.stack([one.inputs for one in balanced])
    labour = np.stack([one.value_added for one in balanced])
    table = np.einsum("ak,nks,bs->nab", group, inputs, group, optimize=True)
    return Blocks(ECONOMIES, flows @ group.T, spent @ group.T, table, labour @ group.T)


def blocks_2019(table: Path) -> Blocks:
    """The table of 2019 by block: 20 economies × 20 sections, three final uses, taxes and two rows of value added."""
    with np.load(table, allow_pickle=False) as file:
        data = np.asarray(file["data"], dtype=np.float64)
        economies = tuple(str(code) for code in file["country_codes"])
        sections = [str(code) for code in file["sector_codes"]]
    many, each = len(economies), len(sections)
    group = np.array([[_block_of(code) == block for code in sections] for block in BLOCKS], dtype=float)
    cells = many * each
    use = data[:cells, :cells].reshape(many, each, many, each)
    final = data[:cells, cells:].reshape(many, each, many, -1).sum(3)
    flows = (use.sum(3) + final).transpose(0, 2, 1)
    labour = data[cells + 1 :, :cells].sum(0).reshape(many, each)
    inputs = np.einsum("ak,ikns,bs->nab", group, use, group, optimize=True)
    return Blocks(economies, flows @ group.T, flows.sum(0) @ group.T, inputs, labour @ group.T)


def _block_of(code: str) -> str:
    """The block of a sector or section code."""
    return code[0] if code[0] in BLOCKS else "services"
