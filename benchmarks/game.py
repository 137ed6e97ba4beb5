"""How long the games take, warm: US optimum, the war of seven regions, and the war of 54 players.

    python benchmarks/game.py [--data ../shared/data] [--runs 3]

Each case is run once to compile and then timed; its certificate is printed beside the time. The reference in the same
run climbs the US objective by L-BFGS-B on the same exact derivatives, as a plain optimiser would.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.game.worlds import OSSA_REGIONS, ossa_2007  # noqa: E402

from detente.economy import World  # noqa: E402
from detente.game import GameResult, cooperate, nash, optimal  # noqa: E402
from detente.game.arena import Board, read_arena  # noqa: E402
from detente.terms import members  # noqa: E402


def icio_2022(data: Path) -> World:
    """The inter-country flows of 2022, the EU's members merged, FGO elasticities, no base tariffs."""
    arrays = np.load(data / "icio" / "flows-2022.npz", allow_pickle=True)
    inside = set(members("EU", pd.Timestamp("2022-07-01").date()))
    names = ["EU" if str(code) in inside else str(code) for code in arrays["exporter"]]
    economies = sorted(set(names))
    merged = np.array([[name == code for name in names] for code in economies], dtype=float)
    flows = np.einsum("ai,ins,bn->abs", merged, arrays["flows_usd_m"], merged)
    sectors = [str(code) for code in arrays["sector"]]
    published = pd.read_csv(data / "elasticities" / "by_icio_sector.csv").set_index("sector")["FGO"]
    return World.from_arrays(flows, economies, sectors, published[sectors].to_numpy(dtype=float))


def timed(name: str, play: Callable[[], GameResult], runs: int) -> None:
    """The least, middle and largest time after a first run, and the certificate."""
    start = time.perf_counter()
    found = play()
    first = time.perf_counter() - start
    spent = []
    for _ in range(runs):
        start = time.perf_counter()
        found = play()
        spent.append(time.perf_counter() - start)
    gain, wrong = max(found.deviation_gain.values()), max(found.foc.values())
    words = f"{min(spent):8.3f} {np.median(spent):8.3f} {max(spent):8.3f} s, first {first:6.1f} s"
    how = f"{found.steps} steps, best reply {gain:+.0e}, conditions {wrong:.0e}, {found.status.outcome.name}"
    print(f"{name:44} {words}; {how}")


def climbed(world: World) -> None:
    """The plain reference: the US objective climbed from the factual tariffs."""
    arena = read_arena(world, ["USA"], "bilateral-sector", "ossa", None, (0.0, 2.25))
    board, free = Board(arena), arena.rights.free
    rates = arena.rights.level(arena.rates(arena.start), np.ones_like(arena.rights.low))
    bounds = [(0.0, float(np.log(3.25)))] * int(free.sum())

    def downhill(point: np.ndarray) -> tuple[float, np.ndarray]:
        now = rates.copy()
        now[free] = np.exp(point)
        found = board.slopes(arena.tariffs(now))
        return -float(found.utility[0]), -np.asarray(found.by_tariff)[free]

    start = time.perf_counter()
    options = {"maxiter": 2000, "maxfun": 5000, "ftol": 1e-15, "gtol": 1e-9}
    found = minimize(downhill, np.log(rates[free]), jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    words = f"{time.perf_counter() - start:8.3f} s, {found.nfev} equilibria, welfare {np.exp(-found.fun / 100):.11f}"
    print(f"{'reference: L-BFGS-B, US, 198 tariffs':44} {words}")


def main() -> None:
    """Time them."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    world = ossa_2007(asked.data)
    print(f"load {os.getloadavg()[0]:.1f} at the start")
    timed("US optimum, 198 tariffs", lambda: optimal(world, "USA", closure="ossa"), asked.runs)
    found = optimal(world, "USA", closure="ossa").equilibrium.real_income_hat.sel(economy="USA").item()
    climbed(world)
    print(f"{'':44} welfare by replies {found:.11f}")
    timed("Nash, seven regions, 1,386 tariffs", lambda: nash(world, OSSA_REGIONS, closure="ossa"), asked.runs)
    timed(
        "cooperation, seven regions, equal gains",
        lambda: cooperate(world, OSSA_REGIONS, closure="ossa", objective="equal-gains"),
        asked.runs,
    )
    large = icio_2022(asked.data)
    players = [code for code in large.economies if code != "ROW"]
    timed(
        f"Nash, {len(players)} players × {len(large.sectors)} MFN tariffs",
        lambda: nash(large, players, instruments="mfn-sector", closure="armington"),
        1,
    )
    print(f"load {os.getloadavg()[0]:.1f} at the end")


if __name__ == "__main__":
    main()
