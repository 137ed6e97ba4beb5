"""Equilibria against the plain NumPy nested loop, paired in one run.

    python benchmarks/equilibrium.py

needs the research data (see tests/support.py). Both sides solve the same world and tariffs. `error` is
measured: the largest difference from a solve to 1e-13 in wages, prices and real incomes. The loop is the
published one, which solves a dense system for expenditures; iterating them instead makes it some five times
faster at 31 x 40. `first` is the first solve of a fresh process, with an empty and with a warm folder of
compiled programs.

    python benchmarks/equilibrium.py --large

measures what has a target: a thousand scenarios, one sector in 194 economies, 80 x 45 with inputs, the gradient of one
economy's real income in all tariffs beside solves, and time and memory as worlds grow. Each time is the least of
several; they and the load of the machine go to docs/speed.json, and docs/speed.svg is drawn from it (`--chart`).
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import vl_convert

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.economy.made import changed_tariff, made  # noqa: E402
from tests.economy.nested_loop import nested_loop  # noqa: E402
from tests.economy.published import caliendo_parro_1993, kite_7x44  # noqa: E402
from tests.support import shared_data_folder  # noqa: E402

from detente.economy import Policy, Rules, Shock, World, equilibrium, solve, solve_many  # noqa: E402
from detente.worlds import world  # noqa: E402

ROUNDS = 15


class Case(NamedTuple):
    """A world, the tariffs put to it, and the tolerance of the nested loop."""

    world: World
    tariff: np.ndarray
    loop_tolerance: float


def cases() -> dict[str, Callable[[], Case]]:
    """The worlds measured, by name."""
    data = shared_data_folder()
    if data is None:
        sys.exit("The research data is not at ../shared/data nor in $DETENTE_SHARED/data.")

    def random() -> Case:
        arrays = made(0, 24, 23)
        return Case(arrays.world(), changed_tariff(arrays, 0), 1e-12)

    def war() -> Case:
        shipped = world("world-2022")
        tariff = np.array(shipped.tariff)
        usa, chn = shipped.economies.index("USA"), shipped.economies.index("CHN")
        tariff[chn, usa, :22] += 1.30
        tariff[usa, chn, :22] += 1.25
        return Case(shipped, tariff, 1e-12)

    return {
        "Caliendo-Parro 31 x 40": lambda: Case(*caliendo_parro_1993(data), 1e-10),
        "KITE 7 x 44": lambda: Case(*kite_7x44(data), 1e-12),
        "world-2022, 24 x 23, +130 and +125 points": war,
        "random 24 x 23": random,
    }


def ours(case: Case, tolerance: float = 1e-12) -> np.ndarray:
    """Hats of wages, prices and real incomes from the package."""
    result = solve(case.world, Policy(tariff=case.tariff), deficits="nominal", tolerance=tolerance)
    assert result.status.converged, result.status
    return np.array([result.wage_hat, result.price_index_hat, result.real_income_hat])


def theirs(case: Case) -> np.ndarray:
    """The same from the nested loop."""
    arrays = [np.asarray(array) for array in case.world.base]
    flows, tariff, theta, labour, inputs = arrays
    loop = nested_loop(flows, tariff, theta, labour, inputs, case.tariff, tolerance=case.loop_tolerance)
    return np.array([loop.wage, loop.price_index, loop.real_income])


def seconds(call: Callable[[], object], rounds: int) -> float:
    """The median time of a call."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def first_calls(name: str) -> tuple[float, float]:
    """Seconds of the first solve in a fresh process: empty and warm folder of compiled programs."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "JAX_COMPILATION_CACHE_DIR": folder,
            "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0.2",
        }
        command = [sys.executable, __file__, "--first", name]
        runs = [subprocess.run(command, env=environment, capture_output=True, text=True, check=True) for _ in range(2)]
    empty, warm = (float(run.stdout) for run in runs)
    return empty, warm


def scenarios(count: int) -> list[Policy]:
    """Tariffs of six random pairs of economies on all goods of world-2022, up to 100 points."""
    shipped = world("world-2022")
    rng, policies = np.random.default_rng(0), []
    for _ in range(count):
        tariff = np.array(shipped.tariff)
        for _ in range(6):
            one, other = rng.choice(len(shipped.economies), 2, replace=False)
            tariff[one, other, :22] += rng.uniform()
        policies.append(Policy(tariff=tariff))
    return policies


def thousand() -> dict[str, object]:
    """A thousand scenarios, warm, each with its status; against single solves of fifty of them."""
    shipped, policies = world("world-2022"), scenarios(1000)
    solve_many(shipped, policies[:2])
    took = []
    for _ in range(3):
        start = time.perf_counter()
        results = solve_many(shipped, policies)
        took.append(time.perf_counter() - start)
    alone = [solve(shipped, policy).real_income_hat for policy in policies[:50]]
    return {
        "seconds": round(min(took), 2),
        "refused": sum(not result.status.converged for result in results),
        "residual": max(result.residual for result in results),
        "from_single_solves": max(
            float(np.abs(a - b.real_income_hat).max()) for a, b in zip(alone, results, strict=False)
        ),
    }


def quickest(call: Callable[[], object], rounds: int = 7) -> float:
    """The least time of a call: what it costs where nothing else runs."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        jax.block_until_ready(call())
        times.append(time.perf_counter() - start)
    return min(times)


def large(economies: int, sectors: int, inputs: bool) -> dict[str, object]:
    """A random world: a solve, and the gradient of the first economy's real income in all tariffs."""
    arrays = made(0, economies, sectors, inputs, imbalance=0.1)
    made_world, tariff = arrays.world(), jnp.asarray(changed_tariff(arrays, 0))
    base, rules = made_world.base, Rules(tolerance=1e-10)
    none = Shock.none(base)

    def income(level: jax.Array, start: object = None) -> jax.Array:
        return jnp.log(equilibrium(base, none._replace(tariff=level), rules, start).real_income_hat[0])

    found = equilibrium(base, none._replace(tariff=tariff), rules)
    gradient = jax.jit(jax.grad(income))
    jax.block_until_ready(gradient(tariff, found.root))
    took = quickest(lambda: equilibrium(base, none._replace(tariff=tariff), rules))
    slope = quickest(lambda: gradient(tariff, found.root))
    return {
        "economies": economies,
        "sectors": sectors,
        "inputs": inputs,
        "milliseconds": round(1e3 * took, 2),
        "gradient_in_solves": round(slope / took, 2),
        "steps": int(found.report.iterations),
        "outcome": found.report.outcome.name.lower(),
        "memory_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


SIZES = [(50, 1, 0), (100, 1, 0), (194, 1, 0), (400, 1, 0)]
SIZES += [(20, 10, 1), (40, 20, 1), (80, 45, 1), (120, 55, 1), (160, 65, 1)]


def targets() -> None:
    """Everything that has a target, to docs/speed.json, and its chart; each world in a process of its own, so that
    memory is its own."""
    load = os.getloadavg()[0]
    rows = []
    for words in ["--thousand"], *(["--size", *map(str, size)] for size in SIZES):
        run = subprocess.run([sys.executable, __file__, *words], capture_output=True, text=True, check=True)
        print(run.stdout, end="", flush=True)
        rows.append(json.loads(run.stdout))
    told = {"load_before": round(load, 2), "load_after": round(os.getloadavg()[0], 2), "cores": os.cpu_count()}
    told = {**told, "thousand_scenarios": rows[0], "worlds": rows[1:]}
    (ROOT / "docs" / "speed.json").write_text(json.dumps(told, indent=1) + "\n")
    draw_chart()


def draw_chart() -> None:
    """docs/speed.svg, from docs/speed.json."""
    worlds = json.loads((ROOT / "docs" / "speed.json").read_text())["worlds"]
    for row in worlds:
        row["flows"] = row["economies"] ** 2 * row["sectors"]
        row["kind"] = "with inputs" if row["inputs"] else "one sector, no inputs"
        row["size"] = f"{row['economies']} × {row['sectors']}"
        row["inputs"] = int(row["inputs"])

    def panel(field: str, title: str, scale: dict[str, object]) -> dict[str, object]:
        """One measure against the size of the world; names above the one line and below the other."""
        axis = {"tickCount": 5, "format": ",~r"}
        places = {
            "x": {"field": "flows", "type": "quantitative", "scale": {"type": "log"}, "title": "flows", "axis": axis},
            "y": {"field": field, "type": "quantitative", "scale": scale, "title": title, "axis": axis},
            "color": {"field": "kind", "type": "nominal", "title": None, "scale": {"range": ["#1f5a99", "#b3322b"]}},
        }
        layers: list[object] = [{"mark": {"type": "line", "point": {"size": 45}, "strokeWidth": 2}, "encoding": places}]
        for with_inputs, below, right in (True, -10, -14), (False, 15, 12):
            mark = {"type": "text", "dy": below, "dx": right, "fontSize": 11}
            names = {**places, "text": {"field": "size"}}
            chosen = [{"filter": {"field": "inputs", "equal": int(with_inputs)}}]
            layers.append({"transform": chosen, "mark": mark, "encoding": names})
        return {"width": 340, "height": 260, "layer": layers}

    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": worlds},
        "background": "white",
        "hconcat": [
            panel("milliseconds", "milliseconds a solve", {"type": "log"}),
            panel("memory_mib", "MiB at most, of the whole process", {"type": "linear"}),
        ],
        "config": {
            "font": "Helvetica, Arial, sans-serif",
            "axis": {"labelFontSize": 12, "titleFontSize": 12, "gridColor": "#e6e6e6", "domainColor": "#999"},
            "legend": {"labelFontSize": 12, "orient": "top"},
            "view": {"stroke": None},
        },
    }
    (ROOT / "docs" / "speed.svg").write_text(vl_convert.vegalite_to_svg(spec) + "\n")


def main() -> None:
    """Print a table, or measure one thing."""
    if sys.argv[1:2] == ["--large"]:
        targets()
        return
    if sys.argv[1:2] == ["--size"]:
        economies, sectors, inputs = map(int, sys.argv[2:5])
        print(json.dumps(large(economies, sectors, bool(inputs))))
        return
    if sys.argv[1:2] == ["--thousand"]:
        print(json.dumps(thousand()))
        return
    if sys.argv[1:2] == ["--chart"]:
        draw_chart()
        return
    if sys.argv[1:2] == ["--first"]:
        case = cases()[sys.argv[2]]()
        print(seconds(lambda: ours(case), 1))
        return
    heads = f"{'loop s':>9}{'error':>9}{'ours ms':>9}{'error':>9}{'ratio':>7}{'first, empty s':>16}{'warm s':>8}"
    print(f"{'':24}{heads}")
    for name, make in cases().items():
        case = make()
        exact = ours(case, 1e-13)
        warm = seconds(lambda case=case: ours(case), ROUNDS)  # type: ignore[misc]
        error = np.abs(ours(case) - exact).max()
        loop = seconds(lambda case=case: theirs(case), 1)  # type: ignore[misc]
        loop_error = np.abs(theirs(case) - exact).max()
        empty, cached = first_calls(name)
        print(
            f"{name:24}{loop:9.2f}{loop_error:9.0e}{1e3 * warm:9.1f}{error:9.0e}"
            f"{loop / warm:7.0f}{empty:16.1f}{cached:8.1f}"
        )


if __name__ == "__main__":
    main()
