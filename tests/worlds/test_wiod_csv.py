"""WIOD's tables of 2016 as CSV: the sheet and the frame, their extra rows, and what is not read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente import worlds
from tests.worlds.tables import Icio, made_icio, write_rows
from tests.worlds.test_icio_csv import build, faults_of

CODES = ("A01", "C10-C12", "C31_C32", "D35", "R_S")
ECONOMIES = ("AUS", "USA", "ROW")
USES = ("CONS_h", "CONS_np", "CONS_g", "GFCF", "INVEN")


@pytest.fixture
def table() -> Icio:
    """A made table whose taxes are split over the rows that WIOD has and the OECD has not."""
    return made_icio(ECONOMIES, CODES, uses=USES)


def below(t: Icio) -> list[tuple[str, str, np.ndarray]]:
    """The rows under the sectors: code, number, values."""
    parts = {"TXSP": 0.5, "EXP_adj": 0.1, "PURR": 0.05, "PURNR": 0.05, "IntTTM": 0.3}
    rows = [("II_fob", "r65", t.use.sum(0))]
    rows += [(code, "r66", t.taxes * part) for code, part in parts.items()]
    return [*rows, ("VA", "r70", t.value_added), ("GO", "r73", t.output)]


def sheet(t: Icio, path: Path) -> Path:
    """The sheet saved as CSV: title lines, four header rows, four label columns."""
    inner = [(code, e, f"c{n}") for e in ECONOMIES for n, code in enumerate(CODES, 1)]
    outer = [(code, e, f"c{n}") for e in ECONOMIES for n, code in enumerate(USES, 57)]
    columns = [*inner, *outer, ("GO", "TOT", "c62")]
    rows: list[list[object]] = [["Intercountry Input-Output Table"], ["in current prices"]]
    rows += [["(industry-by-industry)", "", "", "", *(c[0] for c in columns)]]
    rows += [["(millions of US$)", "", "", "", *('"Name, of it"' for _ in columns)]]
    rows += [["", "", "", "", *(c[1] for c in columns)], ["", "", "", "", *(c[2] for c in columns)]]
    for (code, e, number), used, bought in zip(inner, t.use, t.final, strict=True):
        values = [*used.tolist(), *bought.tolist(), float(used.sum() + bought.sum())]
        rows.append([code, "Name", e, number.replace("c", "r"), *values])
    for code, number, values in below(t):
        rows.append([code, "Name", "TOT", number, *values.tolist(), *[0] * len(outer), 0])
    return write_rows(path, rows)


def frame(t: Icio, path: Path, prefix: str = "") -> Path:
    """The frame of the R (or, with v, Stata) file saved as CSV."""
    many = len(CODES)
    head = ["IndustryCode", "IndustryDescription", "Country", "RNr", "Year"]
    head += [f"{prefix}{e}{n}" for e in ECONOMIES for n in range(1, many + 1)]
    head += [f"{prefix}{e}{n}" for e in ECONOMIES for n in range(many + 1, many + 6)]
    rows: list[list[object]] = [[*head, "TOT"]]
    cells = [(code, e, n) for e in ECONOMIES for n, code in enumerate(CODES, 1)]
    for (code, e, n), used, bought in zip(cells, t.use, t.final, strict=True):
        values = [*used.tolist(), *bought.tolist(), float(used.sum() + bought.sum())]
        rows.append([code, '"Crops, animals"', e, n, 2014, *values])
    for code, number, values in below(t):
        rows.append([code, "Name", "TOT", number[1:], 2014, *values.tolist(), *[0] * 15, 0])
    return write_rows(path, rows)


def test_both_forms(table: Icio, tmp_path: Path) -> None:
    """Sheet, R frame and Stata frame give one world, and its accounts are the table's."""
    first = build(sheet(table, tmp_path / "WIOT2014_Nov16_ROW.csv"), tmp_path / "sheet")
    second = build(frame(table, tmp_path / "wiot.csv"), tmp_path / "frame", year=2014)
    third = build(frame(table, tmp_path / "wiot.csv", "v"), tmp_path / "stata", year=2014)
    n, s = len(ECONOMIES), len(CODES)
    final = table.final.reshape(n, s, n, 5)
    flows = (table.use.reshape(n, s, n, s).sum(3) + final.sum(3)).transpose(0, 2, 1)
    for stored in (first, second, third):
        assert (stored.economies, stored.sectors) == (ECONOMIES, CODES)
        assert stored.manifest["base_year"] == 2014
        assert stored.manifest["choices"]["format"].startswith("wiod (guessed")
        assert stored.services == ("D35", "R_S")
        np.testing.assert_allclose(stored.flows, flows, rtol=1e-12)
        labour = stored.value_added_share * stored.sales
        np.testing.assert_allclose(labour, (table.value_added + table.taxes).reshape(n, s), rtol=1e-9)
    theta = np.asarray(worlds.world(tmp_path / "sheet").base.elasticity)
    figures = worlds.elasticity_set("median").figures
    np.testing.assert_allclose(theta, [figures[c] for c in ("A01_02", "C10T12", "C31T33", "services", "services")])


def test_rows_that_are_not_there(table: Icio, tmp_path: Path) -> None:
    """Without transport margins columns do not add up; an unknown row is named."""
    table.taxes = table.output * 0.2
    table.use *= 0.7
    table.value_added = table.output - table.use.sum(0) - table.taxes
    path = sheet(table, tmp_path / "WIOT2014.csv")
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join("Int" + x if x.startswith("TTM") else x for x in lines if "IntTTM" not in x), "utf-8")
    told = str(faults_of(path, tmp_path / "w"))
    assert "AUS_A01 does not add up: its row sums to" in told
    assert "the column states" in told
    lines = [line.replace("PURNR,", "PURNS,") for line in lines]
    path.write_text("\n".join(lines), "utf-8")
    assert "The row 'PURNS Name TOT r66' fits no column." in str(faults_of(path, tmp_path / "w"))


def test_workbooks(tmp_path: Path) -> None:
    """The published workbook and R file are named for what they are, with the way out."""
    for name, content, words in (
        ("WIOT2014_Nov16_ROW.xlsb", b"PK\x03\x04", "an Excel workbook"),
        ("WIOT2014_October16_ROW.RData", b"RDX3\n", "an R data file"),
        ("WIOT2014_October16_ROW.dta", b"<stata_dta><header>", "a Stata file"),
    ):
        (tmp_path / name).write_bytes(content)
        told = str(faults_of(tmp_path / name, tmp_path / "w", format="wiod"))
        assert f"Is {words}, which is not read. Allowed: CSV" in told


def test_no_header(tmp_path: Path, table: Icio) -> None:
    """A sheet whose header rows were cut off, and a frame with a strange column."""
    path = sheet(table, tmp_path / "WIOT2014.csv")
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(lines[6:]), "utf-8")
    assert "Has no header rows" in str(faults_of(path, tmp_path / "w", format="wiod"))
    path = frame(table, tmp_path / "wiot2014.csv")
    path.write_text(path.read_text("utf-8").replace(",TOT\n", ",TOTL\n", 1), "utf-8")
    assert "The column 'TOTL' is none of this table. Did you mean TOT?" in str(faults_of(path, tmp_path / "w"))
