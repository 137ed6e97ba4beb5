"""The shipped code lists and import weights are what their builders make, and what their manifests say they are."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente import record as r
from tests.support import shared

ROOT = Path(__file__).parents[2]
SCOPES = ROOT / "src" / "detente" / "record" / "disputes" / "us-china" / "scopes"
IMPORTS = ROOT / "src" / "detente" / "duties" / "data"


def run(script: str, source: Path, out: Path) -> None:
    """Run a builder of `scripts/`."""
    command = [sys.executable, str(ROOT / "scripts" / script), "--from", str(source), "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)


def manifest(folder: Path) -> Any:
    """The manifest of a folder."""
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


@pytest.mark.shared
def test_code_lists_are_built_from_the_lists(tmp_path: Path) -> None:
    """Building again gives the same bytes, file by file."""
    run("build_scopes.py", shared("data"), tmp_path)
    built = {f.name: f.read_bytes() for f in tmp_path.iterdir()}
    shipped = {f.name: f.read_bytes() for f in SCOPES.iterdir() if f.suffix in (".csv", ".json")}
    assert built.keys() == shipped.keys()
    assert [name for name in built if built[name] != shipped[name]] == []


@pytest.mark.shared
def test_import_weights_are_built_from_the_census(tmp_path: Path) -> None:
    """Building again gives equal arrays and the same manifest, the hash of the compressed file apart."""
    run("build_imports.py", shared("data"), tmp_path)
    with np.load(tmp_path / "us_imports_2024.npz") as built, np.load(IMPORTS / "us_imports_2024.npz") as shipped:
        assert sorted(built.files) == sorted(shipped.files)
        assert all(np.array_equal(built[name], shipped[name]) for name in built.files)
    assert manifest(tmp_path) | {"sha256": ""} == manifest(IMPORTS) | {"sha256": ""}


def test_manifest_of_code_lists() -> None:
    """Every shipped list has its hash, its counts and the act and day of its scope."""
    entries = {s.id: s for s in r.dispute("us-china").record.scopes}
    listed = manifest(SCOPES)
    assert listed.keys() == {f.name for f in SCOPES.glob("*.csv")}
    assert listed.keys() == {s.codes.removeprefix("scopes/") for s in entries.values() if s.codes}
    for name, said in listed.items():
        raw, scope = (SCOPES / name).read_bytes(), entries[name.removesuffix(".csv")]
        rows = list(csv.reader(raw.decode().splitlines()[1:]))
        assert said["sha256"] == hashlib.sha256(raw).hexdigest(), name
        assert (said["act"], said["known"], said["vintage"]) == (scope.act, str(scope.known), scope.vintage)
        assert sum(said["codes"].values()) == len(rows), name
        assert [c for c, _ in rows] == sorted({c for c, _ in rows}), name


def test_manifest_of_import_weights() -> None:
    """The weights have the hash and the sums the manifest names; the European Union is there once."""
    said = manifest(IMPORTS)
    file = IMPORTS / said["file"]
    assert said["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    with np.load(file) as data:
        assert int(data["imports"].sum()) == said["imports_usd"]
        assert int(data["duty"].sum()) == said["duty_usd"]
        assert list(data["code"]) == sorted(data["code"])
        partners = set(data["partner"].astype(str))
    assert "EU" in partners
    assert "SVK" not in partners


def covered_share(*scopes: str) -> float:
    """The share of imports from China in 2024 on any of these lists."""
    with np.load(IMPORTS / "us_imports_2024.npz") as data:
        rows = data["partner_index"] == list(data["partner"].astype(str)).index("CHN")
        code, value = data["code"].astype(str)[data["line"][rows]], data["imports"][rows]
    codes = r.dispute("us-china").record.codes
    held = {scope: codes[scope] for scope in scopes}
    inside = [any(longest(listed, c) for listed in held.values()) for c in code]
    return float(value[inside].sum() / value.sum())


def longest(listed: dict[str, bool | None], code: str) -> bool:
    """Whether the longest listed prefix of a code says that it is in."""
    return bool(next((listed[code[:n]] for n in range(10, 1, -1) if code[:n] in listed), False))


def test_lists_reach_the_trade_they_should() -> None:
    """The memorandum on electronics reached about 22% of imports from China; lists 1 to 3 about 31%, list 4A 22%."""
    assert covered_share("electronics-2025-04") == pytest.approx(0.223, abs=0.002)
    assert covered_share("annex-ii", "electronics-2025-04") == pytest.approx(0.268, abs=0.002)
    assert covered_share("list-1", "list-2", "list-3") == pytest.approx(0.314, abs=0.002)
    assert covered_share("list-4a") == pytest.approx(0.223, abs=0.002)


def test_no_line_is_on_two_of_the_older_lists() -> None:
    """One rate a product: lists 1 to 4B share no code."""
    codes = r.dispute("us-china").record.codes
    on = [{c for c, inside in codes[f"list-{x}"].items() if inside} for x in ("1", "2", "3", "4a", "4b")]
    assert len(set().union(*on)) == sum(map(len, on))


def test_counts_the_acts_give() -> None:
    """Annex II had 1,039 lines and grew by 38 and magnets; 237 lines of farm goods; 80 of copper."""
    codes = r.dispute("us-china").record.codes
    sizes = {s: len(codes[s]) for s in ("annex-ii", "annex-ii-2025-09", "farm-goods-2025-11", "copper-articles")}
    assert sizes == {"annex-ii": 1039, "annex-ii-2025-09": 38, "farm-goods-2025-11": 237, "copper-articles": 80}
