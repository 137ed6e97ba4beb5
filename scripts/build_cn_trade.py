"""Build `policy/data/cn_trade.csv`: how much United States exports to China each Chinese list reaches, by sector; and
`cn_profile.csv`: China's average additional duty on United States goods by sector at its peak of September 2019.

    python scripts/build_cn_trade.py --from ../shared/data

The lists of March 2025 carry US exports of 2024 by heading (US Census Bureau, public domain), brought to sectors with
`hs6_sector.csv`. The older lists are known by the totals the announcements and reports gave; they have no sector of
their own, and only their ratio to each other is used. Each row says what it rests on.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).parents[1] / "src" / "detente" / "policy" / "data"
_CODES = "A01_02 A03 B05_06 B07_08 B09 C10T12 C13T15 C16 C17_18 C19 C20 C21 C22 C23 C24 C25 C26 C27 C28 C29 C30 C31T33"
SECTORS = _CODES.split()
MARCH_2025 = {f"cn-farm-{rate}": f"china-{rate}-percent-US-exports-030425.csv" for rate in (15, 10)}
ANNOUNCED = "announced trade of the list"
BY_LINES = "60 billion dollars of List 3 by the number of lines in each annex (2,493, 1,078, 974, 662)"
BY_AVERAGE = "estimated from the step it makes in the published average duty (Bown, PIIE)"
PRESS = "general knowledge of 2024 trade, unverified"
TOTALS = [
    ("cn-232-response-15", "", 1.0, ANNOUNCED),
    ("cn-232-response-25", "", 2.0, ANNOUNCED),
    ("cn-list-1", "", 28.0, ANNOUNCED + ", less cars"),
    ("cn-list-2", "", 13.0, ANNOUNCED + ", less cars"),
    ("cn-autos-list-1", "", 6.0, BY_AVERAGE),
    ("cn-autos-list-2", "", 3.0, BY_AVERAGE),
    ("cn-list-3-25", "", 28.7, BY_LINES),
    ("cn-list-3-20", "", 12.4, BY_LINES),
    ("cn-list-3-10", "", 11.2, BY_LINES),
    ("cn-list-3-5", "", 7.6, BY_LINES),
    ("cn-75bn-part-1-10", "", 10.5, BY_AVERAGE),
    ("cn-75bn-part-1-5", "", 9.5, BY_AVERAGE),
    ("cn-energy-15", "B05_06", 4.3, PRESS),
    ("cn-energy-10", "B05_06", 6.0, PRESS),
    ("cn-energy-10", "C28", 0.2, PRESS),
    ("cn-energy-10", "C29", 3.0, PRESS),
]


def build(source: Path, out: Path) -> None:
    """Write the table."""
    shares: dict[str, list[tuple[str, float]]] = defaultdict(list)
    with (out / "hs6_sector.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            shares[row["hs6"]].append((row["sector"], float(row["share"])))
    rows = list(TOTALS)
    for scope, name in MARCH_2025.items():
        sums: dict[str, float] = defaultdict(float)
        with (source / "china-lists" / name).open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                for sector, share in shares.get(row["hs-code"].zfill(6), []):
                    sums[sector] += float(row["exports"]) * share / 1e9
        rows += [(scope, s, usd, "US exports of 2024 on the list") for s, usd in sorted(sums.items()) if usd > 0]
    with (out / "cn_trade.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["scope", "sector", "usd_bn", "basis"])
        writer.writerows((scope, sector, f"{usd:.6g}", basis) for scope, sector, usd, basis in rows)
    build_profile(source, out)


def build_profile(source: Path, out: Path) -> None:
    """Write the averages of September 2019 by sector, in the order of the goods sectors."""
    with (source / "trade7x44-2017" / "tariff_China.csv").open(encoding="utf-8", newline="") as handle:
        rates = [float(row["China_tariff_wave5"]) for row in csv.DictReader(handle)]
    with (out / "cn_profile.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["sector", "rate"])
        writer.writerows((sector, f"{rate:.6f}") for sector, rate in zip(SECTORS, rates, strict=True))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="source", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=DATA)
    given = parser.parse_args()
    build(given.source, given.out)
