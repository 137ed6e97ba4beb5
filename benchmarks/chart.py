"""The chart of time and memory as worlds grow, from what `equilibrium.py --large` prints.

python benchmarks/equilibrium.py --large | python benchmarks/chart.py docs/solve-times.svg
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import vl_convert

ROW = re.compile(r"\s*(\d+) x (\d+)\s+(without|with) inputs:\s+([\d.]+) ms .*?(\d+) MiB")


def rows(text: str) -> list[dict[str, object]]:
    """One a line of the benchmark: the size, unknown flows, milliseconds, MiB."""
    return [
        {"size": f"{n} × {s}", "flows": int(n) ** 2 * int(s), "ms": float(ms), "MiB": int(mib), "inputs": kind}
        for n, s, kind, ms, mib in ROW.findall(text)
    ]


def panel(found: list[dict[str, object]], field: str, title: str) -> dict[str, object]:
    """One panel: points by size, both axes logarithmic."""
    x = {"field": "flows", "type": "quantitative", "scale": {"type": "log"}, "title": "flows (economies² × sectors)"}
    y = {"field": field, "type": "quantitative", "scale": {"type": "log"}, "title": title}
    text = {"type": "text", "dy": -10, "fontSize": 11}
    return {
        "width": 340,
        "height": 220,
        "encoding": {"x": x, "y": y},
        "layer": [
            {"mark": {"type": "point", "filled": True, "size": 60}},
            {"mark": text, "encoding": {"text": {"field": "size"}}},
        ],
        "data": {"values": found},
    }


def main() -> None:
    """Read the benchmark's lines, write the chart."""
    text = sys.stdin.read()
    print(text, end="")
    found = rows(text)
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "hconcat": [panel(found, "ms", "milliseconds a solve"), panel(found, "MiB", "MiB at most, whole process")],
        "config": {"font": "Helvetica, Arial, sans-serif", "view": {"stroke": None}, "axis": {"gridColor": "#e6e6e6"}},
    }
    Path(sys.argv[1]).write_text(vl_convert.vegalite_to_svg(spec), encoding="utf-8")


if __name__ == "__main__":
    main()
