"""ITPD-E: years, flags, domestic sales that are missing, lines given twice, and what is left out."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from detente import worlds
from detente.economy import solve
from detente.worlds.tables import long
from tests.worlds.tables import write_rows
from tests.worlds.test_icio_csv import build, faults_of

HEAD = (
    *("exporter_iso3", "exporter_name", "importer_iso3", "importer_name", "year", "industry_id"),
    *("industry_descr", "broad_sector", "trade", "flag_mirror", "flag_zero"),
)
SECTORS = {1: ("Wheat", "Agriculture"), 30: ("Steel, basic", "Manufacturing"), 160: ("Finance", "Services")}
ECONOMIES = ("CHN", "NAM", "USA")


def line(exporter: str, importer: str, year: int, sector: int, trade: object, mirror: int = 0, zero: str = "p") -> list:
    """One line as published; names may hold commas."""
    name, broad = SECTORS[sector]
    return [exporter, '"Name, of"', importer, "Name", year, sector, f'"{name}"', broad, trade, mirror, zero]


def panel() -> list[list]:
    """Two years, three economies, three industries; zeros that were filled in among them."""
    rng = np.random.default_rng(1)
    rows = []
    for year in (2018, 2019):
        for e in ECONOMIES:
            for i in ECONOMIES:
                for s in SECTORS:
                    filled = e == "NAM" and i == "CHN" and s == 160
                    trade = 0 if filled else round(rng.uniform(1, 9) * (50 if e == i else 1), 3)
                    rows.append(line(e, i, year, s, trade, int(e == "CHN"), "u" if filled else "p"))
    return rows


def theta(tmp_path: Path, *codes: str) -> str:
    """A file of elasticities."""
    return str(write_rows(tmp_path / "theta.csv", [("sector", "theta"), *((code, 4) for code in codes)]))


def write(tmp_path: Path, rows: list[list]) -> Path:
    """The panel as a file."""
    return write_rows(tmp_path / "ITPD_E_R03.csv", [HEAD, *rows])


def test_a_year(tmp_path: Path) -> None:
    """A year of the panel: flows as given, no links, services by broad sector, and it solves."""
    rows = panel()
    own = theta(tmp_path, "1", "30", "160")
    file = write(tmp_path, rows)
    assert "--year, one of 2018, 2019" in str(faults_of(file, tmp_path / "w", elasticity=own))
    assert "Has no lines of 2011. It has 2018, 2019." in str(faults_of(file, tmp_path / "w", elasticity=own, year=2011))
    stored = build(file, tmp_path / "w", year=2019, elasticity=own)
    assert (stored.economies, stored.sectors, stored.services) == (ECONOMIES, ("1", "30", "160"), ("160",))
    assert stored.manifest["sectors"]["30"] == "Steel, basic"
    for row in rows[len(rows) // 2 :]:
        place = ECONOMIES.index(row[0]), ECONOMIES.index(row[2]), list(SECTORS).index(row[5])
        assert stored.flows[place] == pytest.approx(row[8], rel=1e-12)
    np.testing.assert_array_equal(stored.value_added_share, 1.0)
    report = stored.manifest["balance"]
    assert report["lines"] == 27
    assert report["filled_in_zeros"] == 1
    assert 0.2 < report["mirrored_share"] < 0.6
    world = worlds.world(tmp_path / "w")
    np.testing.assert_array_equal(np.asarray(world.base.elasticity), 4.0)
    assert solve(world).status.converged
    with gzip.open(tmp_path / "ITPD_E_R03.csv.gz", "wb") as packed:
        packed.write(file.read_bytes())
    again = build(tmp_path / "ITPD_E_R03.csv.gz", tmp_path / "gz", year=2019, elasticity=own)
    np.testing.assert_array_equal(again.flows, stored.flows)


def test_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in pieces of seven lines, the panel gives the same world and the same line numbers."""
    own = theta(tmp_path, "1", "30", "160")
    rows = panel()
    whole = build(write(tmp_path, rows), tmp_path / "whole", year=2019, elasticity=own)
    monkeypatch.setattr(long, "CHUNK", 7)
    pieces = build(write(tmp_path, rows), tmp_path / "pieces", year=2019, elasticity=own)
    np.testing.assert_array_equal(pieces.flows, whole.flows)
    file = write(tmp_path, [*rows, rows[30]])
    told = str(faults_of(file, tmp_path / "w", year=2019, elasticity=own))
    assert f"ITPD_E_R03.csv:{len(rows) + 2}: CHN, NAM, 1 was given on line 32 already." in told


def test_missing_domestic_sales(tmp_path: Path) -> None:
    """Domestic sales that are not there are not zero: refused with a remedy, and each remedy works."""
    rows = [row for row in panel() if not (row[0] == row[2] == "NAM" and row[5] == 30)]
    own = theta(tmp_path, "1", "30", "160")
    file = write(tmp_path, rows)
    told = str(faults_of(file, tmp_path / "w", year=2019, elasticity=own))
    assert "NAM exports" in told
    assert "of 30, and its domestic sales are not known." in told
    assert "economy,NAM,-" in told
    drop = write_rows(
        tmp_path / "drop.csv", [("kind", "from", "to"), *[("economy", e, "-" if e == "NAM" else e) for e in ECONOMIES]]
    )
    left = build(file, tmp_path / "left", year=2019, elasticity=own, aggregate=drop)
    assert left.economies == ("CHN", "USA")
    assert 0 < left.manifest["balance"]["left_out_share"] < 0.4
    sums = [("kind", "from", "to"), ("economy", "CHN", "CHN"), ("economy", "*", "ROW")]
    summed = build(file, tmp_path / "sum", year=2019, elasticity=own, aggregate=write_rows(tmp_path / "sum.csv", sums))
    partly = summed.manifest["balance"]["domestic_sales_partly_known"]
    assert list(partly["least"]) == ["ROW 30"]
    assert 0 < partly["least"]["ROW 30"] < 1


def test_elasticities_are_asked_for(tmp_path: Path) -> None:
    """Industries of the panel are in no named set, so a file has to give them; its faults have lines."""
    file = write(tmp_path, panel())
    assert "The set median has no figure for 3 sectors: 1, 30, 160." in str(faults_of(file, tmp_path / "w", year=2019))
    rows = [("sector", "sigma"), ("1", 5), ("31", 5), ("160", "1,5"), ("160", 0)]
    told = str(faults_of(file, tmp_path / "w", year=2019, elasticity=str(write_rows(tmp_path / "t.csv", rows, ";"))))
    assert "t.csv:3: The world has no sector '31'." in told
    assert "t.csv:4: The sigma of 160 '1,5' has a decimal comma" in told
    assert "t.csv:5: 160 is given twice." in told
    assert "Has no figure for 30." in told
    rows = [("sector", "sigma"), ("1", 5), ("30", 0), ("160", 2)]
    told = str(faults_of(file, tmp_path / "w", year=2019, elasticity=str(write_rows(tmp_path / "t.csv", rows))))
    assert "t.csv:3: The sigma of 30 is 0." in told


def test_bad_lines(tmp_path: Path) -> None:
    """Text, blanks, decimal commas, negative values, short lines and blank codes, by line and column, at once."""
    rows = panel()
    rows[3][8], rows[5][8], rows[7][8], rows[8][8] = "NaN", '"1,5"', -2, ""
    rows[10][0] = ""
    rows[12] = rows[12][:6]
    rows[14][4] = "MMXIX"
    told = str(faults_of(write(tmp_path, rows), tmp_path / "w", year=2019))
    for words in (
        ":5: Column 9 (trade) is missing ('NaN').",
        ":7: Column 9 (trade) '1,5' has a decimal comma or a thousands mark.",
        ":9: Column 9 (trade) is negative: -2.",
        ":10: Column 9 (trade) is empty.",
        ":12: The exporter_iso3 is empty.",
        ":14: Has 6 cells, the header 11.",
        ":16: Column 5 (year) 'MMXIX' is text.",
    ):
        assert words in told


def test_many_bad_lines(tmp_path: Path) -> None:
    """A file that is all wrong is twenty faults and a count."""
    rows = [line("USA", "CHN", 2019, 1, "x") for _ in range(500)]
    fault = faults_of(write(tmp_path, rows), tmp_path / "w", year=2019)
    assert len(fault.faults) == 21
    assert "500 cells that are no number; the first 20 are named." in str(fault)


def test_columns(tmp_path: Path) -> None:
    """A missing column is named with the nearest, a repeated one too."""
    head = [cell.replace("trade", "trada") for cell in HEAD]
    file = write_rows(tmp_path / "itpd.csv", [head, *panel()])
    assert "itpd.csv:1: Has no column trade. Did you mean trada?" in str(faults_of(file, tmp_path / "w", year=2019))
    head = ["year" if cell == "flag_mirror" else cell for cell in HEAD]
    file = write_rows(tmp_path / "itpd.csv", [head, *panel()])
    assert "Has two columns year." in str(faults_of(file, tmp_path / "w", year=2019))
