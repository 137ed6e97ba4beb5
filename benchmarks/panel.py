"""Every line from every partner at once, against the plain reference that stacks line by line, in the same run.

    python benchmarks/panel.py [--on 2025-08-20] [--sample 200]

Prints seconds and memory, and ends with status 1 where one line of the sample differs.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from datetime import date

import numpy as np

from detente import duties as d
from detente.duties.asked import stacked
from detente.duties.base import base_rate
from detente.duties.homes import home_of
from detente.record import View, dispute


def reference(view: View, code: str, exporter: str, on: date) -> tuple[float, float]:
    """One line from one partner, stacked alone."""
    found = stacked(view, "USA", exporter, lambda scope: view.covers(scope, code), on)
    low, high = found.total(base_rate(code, exporter, "USA").bounds)
    return float(low), float("inf") if high is None else float(high)


def main() -> int:
    """Measure, compare, and say so."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--on", type=date.fromisoformat, default=date(2025, 8, 20))
    parser.add_argument("--sample", type=int, default=200)
    chosen = parser.parse_args()
    known = date(2026, 11, 1)
    d.us_imports()
    start = time.perf_counter()
    panel = d.panel("USA", None, chosen.on, known)
    first = time.perf_counter() - start
    start = time.perf_counter()
    d.panel("USA", None, chosen.on, known)
    again = time.perf_counter() - start
    draw = np.random.default_rng(0)
    at = [(int(draw.integers(len(panel.code))), int(draw.integers(len(panel.partner)))) for _ in range(chosen.sample)]
    homes = {p: home_of(p, "USA", chosen.on)[0].record.header.id for p in {panel.partner[j] for _, j in at}}
    views = {name: dispute(name).as_of(chosen.on, known) for name in set(homes.values())}
    start = time.perf_counter()
    plain = [reference(views[homes[panel.partner[j]]], str(panel.code[i]), panel.partner[j], chosen.on) for i, j in at]
    each = (time.perf_counter() - start) / len(at)
    whole = each * panel.low.size
    gap = max(abs(lo - panel.low[i, j]) for (i, j), (lo, _) in zip(at, plain, strict=True))
    differ = [
        at[k] for k, (lo, hi) in enumerate(plain) if not np.allclose([lo, hi], [panel.low[at[k]], panel.high[at[k]]])
    ]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"panel of {panel.low.shape[0]:,} lines x {panel.low.shape[1]} partners on {chosen.on}")
    print(f"first {first:.2f} s, again {again:.2f} s, peak memory {peak:.2f} GB")
    print(f"line by line {each * 1e3:.2f} ms a line, {whole:,.0f} s for all: {whole / first:,.0f} times as long")
    print(f"largest difference over {len(at)} drawn lines {gap:.1e}; {len(differ)} differ")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
