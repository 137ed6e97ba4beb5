"""Build `duties/data/us_imports_2024.npz`: United States imports of 2024 by HTS line and partner, as weights.

    python scripts/build_imports.py --from ../shared/data

From the US Census Bureau (public domain): imports for consumption, customs value, and duty collected, in USD. The
European Union stands as one row set; a partner reported beside it that is its member is left out, being counted in it.
Arrays: `code` and `partner` (strings, in order), and one entry a row in `line`, `partner_index`, `imports`, `duty`.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from detente.terms import members

OUT = Path(__file__).parents[1] / "src" / "detente" / "duties" / "data"
ROWS = "census-2024/us_imports_hs10.parquet"
NAMES = "census-2024/country_codes.csv"
EU_ROWS = "0003"
ALL_PARTNERS_USD_BN = 3267
YEAR = 2024


def partners(names: Path) -> dict[str, str]:
    """The economy code of each Census code. Codes are strings: a missing one is the empty string, never NaN."""
    with names.open(encoding="utf-8", newline="") as handle:
        out = {row["CTY_CODE"]: row["ISO3"] for row in csv.DictReader(handle) if row["CTY_CODE"]}
    return out | {EU_ROWS: "EU"}


def rows_of(source: Path) -> tuple[pd.DataFrame, dict[str, int]]:
    """The rows that count, with their economy code, and the imports of the partners left out."""
    table = pd.read_parquet(source / ROWS)
    table["partner"] = table["CTY_CODE"].map(partners(source / NAMES))
    unknown = sorted(set(table.loc[table["partner"].isna(), "CTY_NAME"]))
    if unknown:
        raise SystemExit(f"No economy code for {', '.join(unknown)}.")
    inside = table["partner"].isin(members("EU", date(YEAR, 12, 31)))
    _check_counted_in_union(table, inside)
    left_out = {str(k): round(v) for k, v in table[inside].groupby("partner")["imports"].sum().items()}
    kept = table[~inside & ((table["imports"] > 0) | (table["duty"] > 0))]
    return kept.sort_values(["HS10", "partner"], ignore_index=True), left_out


def _check_counted_in_union(table: pd.DataFrame, inside: pd.Series[bool]) -> None:
    """A member reported apart is in the row set of the union: no line of it is larger than the union's."""
    union = table[table["partner"] == "EU"].set_index("HS10")["imports"]
    member = table[inside].groupby("HS10")["imports"].sum()
    if (member > union.reindex(member.index).fillna(0)).any():
        raise SystemExit("A member of the European Union is reported apart and is not counted in it.")


def arrays(rows: pd.DataFrame) -> dict[str, Any]:
    """The arrays of the file."""
    code, line = np.unique(rows["HS10"].to_numpy(dtype="S10"), return_inverse=True)
    partner, index = np.unique(rows["partner"].to_numpy(dtype="S3"), return_inverse=True)
    return {
        "code": code,
        "partner": partner,
        "line": line.astype(np.uint16),
        "partner_index": index.astype(np.uint8),
        "imports": rows["imports"].round().to_numpy(dtype=np.int64),
        "duty": rows["duty"].round().to_numpy(dtype=np.int64),
    }


def build(source: Path, out: Path) -> None:
    """Write the arrays and their manifest."""
    rows, left_out = rows_of(source)
    data = arrays(rows)
    out.mkdir(parents=True, exist_ok=True)
    file = out / "us_imports_2024.npz"
    np.savez_compressed(file, **data)
    (out / "manifest.json").write_text(json.dumps(manifest(source, file, data, left_out), indent=2) + "\n", "utf-8")


def manifest(source: Path, file: Path, data: dict[str, Any], left_out: dict[str, int]) -> dict[str, Any]:
    """What the file is, from what, and what it sums to."""
    of = {p.decode(): int(data["imports"][data["partner_index"] == i].sum()) for i, p in enumerate(data["partner"])}
    return {
        "file": file.name,
        "sha256": _sha256(file),
        "source": "US Census Bureau, imports for consumption by HTS line and partner; public domain",
        "year": YEAR,
        "unit": "USD",
        "vintage": "HTS 2024",
        "inputs": {name: _sha256(source / name) for name in (ROWS, NAMES)},
        "lines": len(data["code"]),
        "rows": len(data["line"]),
        "imports_usd": int(data["imports"].sum()),
        "duty_usd": int(data["duty"].sum()),
        "imports_usd_by_partner": of,
        "counted_in_the_union": left_out,
        "coverage": (
            f"{len(of)} partners. All partners together sold about {ALL_PARTNERS_USD_BN} billion dollars; partners not "
            "named here are missing, and there is no rest."
        ),
    }


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="source", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=OUT)
    chosen = parser.parse_args()
    build(chosen.source, chosen.out)
