"""Build `policy/data/hs6_sector.csv`: the sectors of a world to which each HS 6-digit heading belongs, with shares.

    python scripts/build_concordance.py --from ../shared/data

From the United Nations Statistics Division's correspondence of the HS with ISIC Rev. 4. Several ISIC classes of one
heading share it equally, as the correspondence gives no weights. Classes outside goods (35 on) are left out; where
that leaves a heading nothing, it is not in the file.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from collections import Counter
from pathlib import Path

OUT = Path(__file__).parents[1] / "src" / "detente" / "policy" / "data"
GROUPS = {
    "A01_02": (1, 2),
    "A03": (3, 3),
    "B05_06": (5, 6),
    "B07_08": (7, 8),
    "B09": (9, 9),
    "C10T12": (10, 12),
    "C13T15": (13, 15),
    "C16": (16, 16),
    "C17_18": (17, 18),
    "C19": (19, 19),
    "C20": (20, 20),
    "C21": (21, 21),
    "C22": (22, 22),
    "C23": (23, 23),
    "C24": (24, 24),
    "C25": (25, 25),
    "C26": (26, 26),
    "C27": (27, 27),
    "C28": (28, 28),
    "C29": (29, 29),
    "C30": (30, 30),
    "C31T33": (31, 33),
}


def sector_of(division: str) -> str | None:
    """The sector of an ISIC division; None outside goods, and where the source gives none (NA)."""
    if not division.isdigit():
        return None
    number = int(division)
    return next((s for s, (first, last) in GROUPS.items() if first <= number <= last), None)


def build(source: Path, out: Path) -> None:
    """Write the concordance and its manifest."""
    file = source / "concordance" / "hs6_isic4.csv"
    classes: dict[str, set[tuple[str, str]]] = {}
    with file.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            sector = sector_of(row["ISIC4_2d"])
            if sector is not None:
                classes.setdefault(row["HS_6d"], set()).add((row["ISIC4_4d"], sector))
    out.mkdir(parents=True, exist_ok=True)
    target = out / "hs6_sector.csv"
    with target.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["hs6", "sector", "share"])
        for heading, members in sorted(classes.items()):
            counts = Counter(sector for _, sector in members)
            for sector, count in sorted(counts.items()):
                writer.writerow([heading, sector, f"{count / len(members):.6g}"])
    manifest = {
        "hs6_sector.csv": {
            "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
            "inputs": {"concordance/hs6_isic4.csv": hashlib.sha256(file.read_bytes()).hexdigest()},
            "source": "United Nations Statistics Division, correspondence HS to ISIC Rev. 4",
            "builder": "scripts/build_concordance.py",
            "headings": len(classes),
        }
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="source", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    build(given.source, given.out)
