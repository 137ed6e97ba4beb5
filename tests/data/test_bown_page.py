"""The page that sets our averages beside the published series is what its script makes, and explains what it must."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import shared

ROOT = Path(__file__).parents[2]
PAGE, REASONS = ROOT / "docs" / "bown-series.md", ROOT / "scripts" / "bown_reasons.csv"
COLUMNS = {"us_on_cn": (2, 4, 5), "cn_on_us": (7, 9, 10)}


def rows() -> dict[str, list[str]]:
    """The cells of the table of all dates, by date."""
    text = PAGE.read_text(encoding="utf-8").split("## All dates")[1]
    cells = [[c.strip() for c in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| 20")]
    return {c[0]: c for c in cells}


def number(cell: str) -> float:
    """A figure as the page writes it."""
    return float(cell.strip("*").replace("−", "-"))


@pytest.mark.shared
def test_the_page_is_up_to_date(tmp_path: Path) -> None:
    """Building it again gives the same text; if not, run scripts/compare_bown.py --from ../shared/data."""
    made = tmp_path / "page.md"
    script = [
        sys.executable,
        str(ROOT / "scripts" / "compare_bown.py"),
        "--from",
        str(shared("data")),
        "--out",
        str(made),
    ]
    got = subprocess.run(script, capture_output=True, text=True, cwd=ROOT)
    assert got.returncode == 0, got.stderr
    assert made.read_text(encoding="utf-8") == PAGE.read_text(encoding="utf-8")


@pytest.mark.shared
def test_the_page_has_the_series() -> None:
    """All 77 dates, both sides, with the figures of the series as they are."""
    with shared("data", "tariffs", "us_china_average_2018_2025.csv").open(encoding="utf-8", newline="") as handle:
        series = list(csv.DictReader(handle))
    found = rows()
    assert list(found) == [x["date"] for x in series]
    assert len(found) == 77
    for x in series:
        assert (number(found[x["date"]][3]), number(found[x["date"]][8])) == (
            float(x["us_on_cn"]),
            float(x["cn_on_us"]),
        )


def test_every_larger_difference_has_a_reason() -> None:
    """A step that differs by more than two points has a row of reasons and stands bold; no other has."""
    with REASONS.open(encoding="utf-8", newline="") as handle:
        given = {(x["date"], x["side"]) for x in csv.DictReader(handle) if len(x["reason"]) > 30}
    bold, large = set(), set()
    for day, cells in rows().items():
        for side, (ours, series, difference) in COLUMNS.items():
            if cells[difference].startswith("*"):
                bold.add((day, side))
            if cells[difference] and abs(number(cells[ours]) - number(cells[series])) > 2.1:
                large.add((day, side))
    assert large <= bold == given


def test_every_reason_is_shown_by_a_number() -> None:
    """Compared as the reason says, the two differ by at most two points."""
    text = PAGE.read_text(encoding="utf-8")
    shown = [number(x) for x in re.findall(r"\*Compared .*?, difference ([+−\d.]+)\.\*", text)]
    assert len(shown) == len(REASONS.read_text(encoding="utf-8").splitlines()) - 1
    assert all(abs(x) <= 2 for x in shown)


def test_the_file_of_the_series_is_not_shipped() -> None:
    """No file of the project is that table."""
    for file in [*ROOT.glob("src/**/*.csv"), *ROOT.glob("scripts/*.csv"), *ROOT.glob("docs/**/*.csv")]:
        assert "us_on_cn,us_on_row" not in file.read_text(encoding="utf-8")
