"""Build `duties/data/us_base_2024.csv`: an estimate of the US most-favoured-nation rate by HS 6-digit heading.

    python scripts/build_base_rates.py

From duties collected in 2024 (`us_imports_2024.npz`) on goods of partners that pay the most-favoured-nation rate and
pay no Section 301 duty: none with a free-trade agreement, and none that may enter free as African (South Africa).
In chapters 72, 73 and 76 only those of them count whose metal came in under quotas free of Section 232; solar cells and
modules (8541.42, 8541.43) paid a safeguard duty and are left out. Where these partners sold too little of a heading
there is no estimate. The rate is duty over value of all of them together: a heading of several lines gets their mean,
weighted by trade.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections import defaultdict
from pathlib import Path

import numpy as np

DATA = Path(__file__).parents[1] / "src" / "detente" / "duties" / "data"
QUOTA = ("EU", "GBR", "JPN")
PAYING = (
    *QUOTA,
    "CHE",
    "NOR",
    "TWN",
    "IND",
    "VNM",
    "THA",
    "MYS",
    "IDN",
    "TUR",
    "BRA",
    "NZL",
    "BGD",
    "KHM",
    "PAK",
)
METALS = ("72", "73", "76")
SAFEGUARD = ("854142", "854143")
ENOUGH_USD = 100_000


def build(out: Path = DATA) -> None:
    """Write the table and note it in the manifest."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    weights = DATA / "us_imports_2024.npz"
    with np.load(weights) as file:
        code, partner = file["code"].astype(str), file["partner"].astype(str)
        rows = zip(file["line"], file["partner_index"], file["imports"], file["duty"], strict=True)
        for line, who, value, duty in rows:
            heading = code[line][:6]
            allowed = QUOTA if heading[:2] in METALS else PAYING
            if partner[who] in allowed and heading not in SAFEGUARD and heading[:2] != "98":
                sums[heading][0] += float(value)
                sums[heading][1] += float(duty)
    target = out / "us_base_2024.csv"
    with target.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["hs6", "rate", "imports_usd"])
        for heading, (value, duty) in sorted(sums.items()):
            if value >= ENOUGH_USD:
                writer.writerow([heading, f"{duty / value:.4f}", f"{value:.0f}"])
    manifest = {
        "file": target.name,
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "what": "estimate of the most-favoured-nation rate by HS 6-digit, duty over value in 2024",
        "source": "US Census Bureau, imports for consumption by HTS line and partner; public domain",
        "partners": list(PAYING),
        "inputs": {weights.name: hashlib.sha256(weights.read_bytes()).hexdigest()},
        "builder": "scripts/build_base_rates.py",
    }
    (out / "us_base_2024.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    build()
