"""Where balancing starts, and how far it moved each block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from detente.worlds.balance import Balanced
from detente.worlds.shape_2022 import ECONOMIES, SECTORS
from detente.worlds.sources import Floats


@dataclass(frozen=True, eq=False)
class Start:
    """Shares before balancing: cost [economy, input, using], labour [economy, using], final_share [economy, input].

    `cost` and `labour` (value added) sum to one over inputs and value added.
    """

    cost: Floats
    labour: Floats
    final_share: Floats

    def inputs(self, economy: int, sales: Floats) -> Floats:
        """Inputs [input, using] of one economy at its sales [economy, using]."""
        return np.asarray(self.cost[economy] * sales[economy])

    def value_added(self, economy: int, sales: Floats) -> Floats:
        """Value added [using] of one economy at its sales [economy, using]."""
        return np.asarray(self.labour[economy] * sales[economy])

    def final(self, economy: int, spent: Floats, sales: Floats) -> Floats:
        """Final demand [input] of one economy: its shares of what purchases leave after all inputs."""
        left = spent[economy].sum() - self.inputs(economy, sales).sum()
        return np.asarray(self.final_share[economy] * left)


def movement(start: Start, balanced: list[Balanced], spent: Floats, sales: Floats) -> dict[str, Any]:
    """The balance report: by economy and by sector, how far cost, value added and final demand moved.

    `cost_moved`: Σ |ΔM| ÷ sales; `value_added_moved`: Σ |ΔV| ÷ value added; `final_moved`: Σ |Δ final share| ÷ 2;
    `negative_before`: negative final demand that the starting shares would have left, over all final demand. Flows
    are held.
    """
    economies = range(len(ECONOMIES))
    table0 = np.stack([start.inputs(n, sales) for n in economies])
    labour0 = np.stack([start.value_added(n, sales) for n in economies])
    final0 = np.stack([start.final(n, spent, sales) for n in economies])
    table, labour = np.stack([b.inputs for b in balanced]), np.stack([b.value_added for b in balanced])
    final = np.stack([b.final for b in balanced])
    left = spent - table0.sum(2)
    shares0, shares = final0 / final0.sum(1, keepdims=True), final / final.sum(1, keepdims=True)
    by_economy = {
        code: {
            "rounds": balanced[n].rounds,
            "cost_moved": _ratio(np.abs(table - table0)[n].sum(), sales[n].sum()),
            "value_added_moved": _ratio(np.abs(labour - labour0)[n].sum(), labour0[n].sum()),
            "value_added_before": round(float(labour0[n].sum()), 1),
            "value_added": round(float(labour[n].sum()), 1),
            "final_moved": _ratio(np.abs(shares - shares0)[n].sum(), 2.0),
            "negative_before": _ratio(abs(left[n].clip(max=0).sum()), left[n].sum()),
            "negative_sectors_before": [code for k, code in enumerate(SECTORS) if left[n, k] < 0],
        }
        for n, code in enumerate(ECONOMIES)
    }
    by_sector = {
        code: {
            "cost_moved": _ratio(np.abs(table - table0)[:, :, k].sum(), sales[:, k].sum()),
            "value_added_moved": _ratio(np.abs(labour - labour0)[:, k].sum(), labour0[:, k].sum()),
            "final_moved": _ratio(np.abs(final - final0)[:, k].sum(), final0[:, k].sum()),
        }
        for k, code in enumerate(SECTORS)
    }
    return {
        "cost_moved": _ratio(np.abs(table - table0).sum(), sales.sum()),
        "value_added_moved": _ratio(np.abs(labour - labour0).sum(), labour0.sum()),
        "final_moved": _ratio(np.abs(final - final0).sum(), final0.sum()),
        "by_economy": by_economy,
        "by_sector": by_sector,
    }


def _ratio(part: float, whole: float) -> float:
    return round(float(part / whole), 4)
