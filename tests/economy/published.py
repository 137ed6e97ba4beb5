"""The published models the room must agree with, read from the research data. None stands in a test's own
file, so that benchmarks read the same."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from detente.economy import World

Floats = NDArray[np.float64]

OSSA_REGIONS = ["BRA", "CHN", "EU", "IND", "JPN", "ROW", "USA"]


class Published(NamedTuple):
    """A world and the tariffs [exporter, importer, sector] of its published counterfactual."""

    world: World
    tariff: Floats


def caliendo_parro_1993(data: Path) -> Published:
    """NAFTA, 31 × 40, deficits closed; file axes are [sector, importer, exporter]."""
    arrays = np.load(data / "cp1993" / "base.npz", allow_pickle=True)
    goods = np.loadtxt(data / "cp1993" / "T.txt")
    theta = np.concatenate([goods, np.full(40 - len(goods), 8.22)])
    world = World.from_shares(
        arrays["noS_pi"].transpose(2, 1, 0),
        economies=[str(name) for name in arrays["countries"]],
        sectors=[f"{number:02d}" for number in range(1, 41)],
        elasticity=theta,
        value_added=arrays["noS_VA"],
        final_share=arrays["alphas"].T,
        tariff=arrays["tau1993"].transpose(2, 1, 0) - 1,
        input_share=arrays["G"],
        value_added_share=arrays["B"].T,
    )
    return Published(world, arrays["tau_nafta"].transpose(2, 1, 0) - 1)


def kite_7x44(data: Path) -> Published:
    """The US–China war of KITE, 7 × 44; origin is exporter, destination importer."""
    folder = data / "kite7x44"
    labels = pd.read_csv(folder / "trade_share.csv")
    economies, sectors = sorted(labels["origin"].unique()), sorted(labels["sector"].unique())
    size = {"origin": economies, "destination": economies, "country": economies}
    size |= {"sector": sectors, "input": sectors, "output": sectors}

    def cube(name: str, *axes: str) -> Floats:
        frame = pd.read_csv(folder / f"{name}.csv").set_index(list(axes))["value"].sort_index()
        return frame.to_numpy(dtype=float).reshape([len(size[axis]) for axis in axes])

    pairs = ("origin", "destination", "sector")
    world = World.from_shares(
        cube("trade_share", *pairs),
        economies=economies,
        sectors=sectors,
        elasticity=1 / cube("trade_elasticity", "sector"),
        value_added=cube("value_added_kite_baseline", "country"),
        final_share=cube("consumption_share", "country", "sector"),
        deficit=-cube("trade_balance", "country"),
        tariff=cube("tariff", *pairs) - 1,
        input_share=cube("intermediate_share", "country", "input", "output"),
        value_added_share=cube("factor_share", "country", "sector"),
    )
    return Published(world, cube("tariff_new", *pairs) - 1)


def ossa_2007(data: Path) -> World:
    """Seven regions and 33 industries of 2007, trade balanced (Ossa 2014); regions under the names of the paper."""
    folder = data / "ossa2007"
    sigma = pd.read_csv(folder / "sigma.csv")
    flows, tariff = (
        pd.read_csv(folder / f"{name}.csv").set_index(["i", "j", "s"])["value"].sort_index().to_numpy()
        for name in ("trade", "tariff")
    )
    shape = (7, 7, len(sigma))
    return World.from_arrays(
        flows.reshape(shape),
        economies=OSSA_REGIONS,
        sectors=list(sigma["label"]),
        elasticity=sigma["sigma"].to_numpy() - 1,
        tariff=tariff.reshape(shape),
    )
