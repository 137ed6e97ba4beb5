"""The OECD's tables in CSV: real figures written in the published layout come back, editions, and what is refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from detente import worlds
from detente.economy import Policy, solve
from detente.terms import InputFault
from detente.worlds import Request
from detente.worlds.tables.text import why_no_number
from tests.support import shared
from tests.worlds.tables import USES, Icio, made_icio, write_rows

CODES = ("A01_02", "B05_06", "C10T12", "C26", "G", "J62_63")
ECONOMIES = ("ARG", "CHN", "MEX", "USA", "ROW")


def build(source: Path, out: Path, **more: object) -> worlds.StoredWorld:
    """Build a world and read it back."""
    worlds.build_from(Request("mine", source, **more), out)  # type: ignore[arg-type]
    assert worlds.check(out).ok
    return worlds.read_world(out)


def faults_of(source: Path, out: Path, **more: object) -> InputFault:
    """The faults of a table that is refused; nothing is written."""
    with pytest.raises(InputFault) as caught:
        worlds.build_from(Request("mine", source, **more), out)  # type: ignore[arg-type]
    assert not out.exists()
    return caught.value


@pytest.fixture
def table() -> Icio:
    """A made table of five economies and six sectors."""
    return made_icio(ECONOMIES, CODES)


@pytest.fixture
def file(table: Icio, tmp_path: Path) -> Path:
    """The made table as a file."""
    return table.write(tmp_path / "2019_SML.csv")


def edited(file: Path, line: int, change: object) -> Path:
    """The file with one line changed: cells are given to `change`, which returns cells (None: the line goes)."""
    lines = file.read_text("utf-8").splitlines()
    cells = change(lines[line - 1].split(","))  # type: ignore[operator]
    lines[line - 1 : line] = [] if cells is None else [",".join(cells)]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def g20(tmp_path: Path) -> tuple[Icio, Path]:
    """The table of 2019, 19 economies and ROW in 20 sections, in the published layout."""
    with np.load(shared("data", "icio2019-g20", "icio_oecd2023_2019_isic_g20.npz"), allow_pickle=False) as npz:
        data = np.asarray(npz["data"], dtype=np.float64)
        economies, sectors = ([str(code) for code in npz[name]] for name in ("country_codes", "sector_codes"))
    cells = len(economies) * len(sectors)
    table = Icio(
        economies,
        sectors,
        use=data[:cells, :cells],
        final=data[:cells, cells:],
        taxes=data[cells, :cells],
        value_added=data[cells + 1 :, :cells].sum(0),
        uses=("HFCE", "GFCF", "DPABR"),
    )
    return table, table.write(tmp_path / "2019_SML.csv")


@pytest.mark.shared
def test_real_table_comes_back(tmp_path: Path) -> None:
    """Every account of the table of 2019 agrees with the npz to 1e-9."""
    table, file = g20(tmp_path)
    stored = build(file, tmp_path / "world")
    n, s = len(table.economies), len(table.sectors)
    use = table.use.reshape(n, s, n, s)
    final = table.final.reshape(n, s, n, 3)
    flows = (use.sum(3) + final.sum(3)).transpose(0, 2, 1)
    exact = {"rtol": 1e-9, "atol": 1e-9 * flows.sum() / flows.size}
    assert (stored.economies, stored.sectors, stored.manifest["base_year"]) == (table.economies, table.sectors, 2019)
    np.testing.assert_allclose(stored.flows, flows, **exact)
    np.testing.assert_allclose(stored.inputs, use.sum(0).transpose(1, 0, 2), **exact)
    labour = stored.value_added_share * stored.sales
    np.testing.assert_allclose(labour, (table.taxes + table.value_added).reshape(n, s), **exact)
    np.testing.assert_allclose(stored.spent - stored.inputs.sum(2), final.sum((0, 3)).T, **exact)
    np.testing.assert_allclose(stored.value_added, (table.taxes + table.value_added).reshape(n, s).sum(1), **exact)
    assert stored.manifest["balance"]["balanced"] == {}
    assert stored.services == tuple("DEFGHIJKLMNOPQRST")


@pytest.mark.shared
def test_real_table_solves(tmp_path: Path) -> None:
    """A war of 25 points on the real table converges, and Walras' law holds: what is spent is what is earned."""
    _, file = g20(tmp_path)
    build(file, tmp_path / "world")
    world = worlds.world(tmp_path / "world")
    tariff = np.array(world.tariff)
    usa, chn = world.economies.index("USA"), world.economies.index("CHN")
    tariff[chn, usa, :3] += 0.25
    tariff[usa, chn, :3] += 0.25
    found = solve(world, Policy(tariff=tariff))
    assert found.status.converged
    hats = np.asarray(found.real_income_hat)
    assert hats[usa] < 1
    assert hats[chn] < 1
    flows = np.asarray(found.flows)
    # What sales pay to labour and capital is what they earn at the new wages, in every economy.
    labour = (np.asarray(world.base.value_added_share) * flows.sum(1)).sum(1)
    earned = np.asarray(world.value_added) * np.asarray(found.wage_hat)
    np.testing.assert_allclose(labour, earned, rtol=1e-9)
    imports, exports = (flows.sum(axes) - np.einsum("iis->i", flows) for axes in ((0, 2), (1, 2)))
    share = np.asarray(world.deficit) / np.asarray(world.value_added).sum()
    income = earned.sum() + (flows * tariff).sum()
    np.testing.assert_allclose(imports - exports, share * income, rtol=1e-7, atol=1e-9 * income)


def test_editions(table: Icio, tmp_path: Path) -> None:
    """Labels of 2018 and 2021 (D01T02, TOTAL, TAXSUB by economy, VALU, OUTPUT), BOM, quotes, semicolons: one world."""
    new = build(table.write(tmp_path / "2019_SML.csv"), tmp_path / "new")
    old_codes = dict(zip(CODES, ("D01T02", "D05T06", "D10T12", "D26", "D45T47", "D62T63"), strict=True))
    rows = list(table.rows("TOTAL", "TAXSUB", "VALU"))
    rename = {f"{e}_{c}": f"{e}_{old_codes[c]}" for e in ECONOMIES for c in CODES}
    rows = [
        [f'"{rename.get(cell, cell)}"' if n == 0 or not m else cell for m, cell in enumerate(row)]
        for n, row in enumerate(rows)
    ]
    half = [[f'"{e}_TAXSUB"', *(repr(float(x) / 2) for x in table.taxes), *["0"] * 30, "0"] for e in ("ARG", "CHN")]
    place = next(n for n, row in enumerate(rows) if row[0] == '"TAXSUB"')
    rows[place : place + 1] = half
    rows[-1][0] = '"OUTPUT"'
    path = tmp_path / "ICIO2021_2019.csv"
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(";".join(row) for row in rows).encode())
    old = build(path, tmp_path / "old")
    np.testing.assert_allclose(old.flows, new.flows, rtol=1e-14)
    np.testing.assert_allclose(old.input_share, new.input_share, rtol=1e-12, atol=1e-15)
    assert old.manifest["base_year"] == 2019
    assert old.sectors == tuple(old_codes.values())
    assert "read with the delimiter ';'" in old.manifest["notes"]
    np.testing.assert_allclose(
        np.asarray(worlds.world(tmp_path / "old").base.elasticity),
        np.asarray(worlds.world(tmp_path / "new").base.elasticity),
    )


def test_parts_of_china_and_mexico(table: Icio, tmp_path: Path) -> None:
    """CN1 and CN2, MX1 and MX2 in rows and columns of their own, beside empty or additional ones of CHN and MEX, give
    the world of CHN and MEX; counted in both places they do not add up."""
    whole = build(table.write(tmp_path / "2019_SML.csv"), tmp_path / "whole")
    path = tmp_path / "2019.csv"
    for own in (0.0, 0.5):
        write_split(table, path, own, 1 - own)
        parts = build(path, tmp_path / f"parts {own}")
        assert parts.economies == whole.economies
        np.testing.assert_allclose(parts.flows, whole.flows, rtol=1e-12)
        np.testing.assert_allclose(parts.inputs, whole.inputs, rtol=1e-12)
        assert parts.manifest["notes"][0].startswith("CN1, CN2, MX1, MX2 are summed")
    write_split(table, path, 1.0, 1.0)
    assert "CHN_C26 does not add up" in str(faults_of(path, tmp_path / "twice"))


def write_split(t: Icio, path: Path, own: float, parts: float) -> None:
    """Write the made table as the extended tables are: shares of China's and Mexico's rows and columns in their own
    place and, by a third and two, in their parts'."""
    s = len(CODES)
    names = [*t.economies, "CN1", "CN2", "MX1", "MX2"]
    share = {"CN1": ("CHN", 1 / 3), "CN2": ("CHN", 2 / 3), "MX1": ("MEX", 1 / 3), "MX2": ("MEX", 2 / 3)}
    split = np.zeros((len(names), len(t.economies)))
    for row, name in enumerate(names):
        of, part = share.get(name, (name, 1.0))
        scale = own if name in ("CHN", "MEX") else parts if name in share else 1.0
        split[row, t.economies.index(of)] = part * scale
    grow = np.kron(split, np.eye(s))
    use, final = grow @ t.use @ grow.T, grow @ t.final
    columns = [f"{e}_{c}" for e in names for c in CODES] + [f"{e}_{u}" for e in t.economies for u in USES]
    rows: list[list[object]] = [["", *columns, "OUT"]]
    for label, used, bought in zip(columns, use, final, strict=False):
        rows.append([label, *used.tolist(), *bought.tolist(), float(used.sum() + bought.sum())])
    blank = [0] * final.shape[1]
    rows.append(["TLS", *(grow @ t.taxes).tolist(), *blank, 0])
    rows.append(["VA", *(grow @ t.value_added).tolist(), *blank, 0])
    rows.append(["OUT", *(grow @ t.output).tolist(), *blank, 0])
    write_rows(path, rows)


def test_aggregate(table: Icio, file: Path, tmp_path: Path) -> None:
    """Sums over economies and sectors are the sums of the table; order, names and services follow the mapping."""
    groups = [("economy", "USA", "USA"), ("economy", "CHN", "CHN"), ("economy", "*", "ROW")]
    goods = [("sector", c, "goods" if c[0] in "ABC" else "rest") for c in CODES]
    mapping = write_rows(tmp_path / "map.csv", [("kind", "from", "to"), *groups, *goods])
    stored = build(file, tmp_path / "world", aggregate=mapping)
    assert stored.economies == ("USA", "CHN", "ROW")
    assert stored.sectors == ("goods", "rest")
    assert stored.services == ("rest",)
    usa, chn = ECONOMIES.index("USA"), ECONOMIES.index("CHN")
    s, u = len(CODES), len(USES)
    rows = slice(chn * s, chn * s + 4)
    by_hand = table.use[rows, usa * s : (usa + 1) * s].sum() + table.final[rows, usa * u : (usa + 1) * u].sum()
    assert stored.flows[1, 0, 0] == pytest.approx(by_hand, rel=1e-12)
    assert stored.flows.sum() == pytest.approx(table.output.sum(), rel=1e-12)
    theta = np.asarray(worlds.world(tmp_path / "world").base.elasticity)
    figures = worlds.elasticity_set("median").figures
    assert theta[0] == pytest.approx(np.mean([figures[c] for c in ("A01_02", "B05_06", "C10T12", "C26")]))
    assert theta[1] == figures["services"]


def test_tariffs_of_members(file: Path, tmp_path: Path) -> None:
    """Tariffs in members' labels are the mean over pairs; inputs and final uses pay them, value added gives way."""
    mapping = write_rows(
        tmp_path / "map.csv", [("kind", "from", "to"), ("economy", "USA", "USA"), ("economy", "*", "W")]
    )
    rows = [
        (i, n, c, 0.1 * ECONOMIES.index(i) if n == "USA" else 0.05) for i in ECONOMIES for n in ECONOMIES for c in CODES
    ]
    tariffs = write_rows(tmp_path / "t.csv", [("exporter", "importer", "sector", "tariff"), *rows])
    free = build(file, tmp_path / "free", aggregate=mapping)
    stored = build(file, tmp_path / "taxed", aggregate=mapping, tariffs=tariffs)
    assert stored.economies == ("USA", "W")
    np.testing.assert_allclose(stored.tariff[1, 0], np.mean([0.0, 0.1, 0.2, 0.4]))
    np.testing.assert_allclose(stored.tariff[0, 1], 0.05)
    assert not stored.tariff[[0, 1], [0, 1]].any()
    np.testing.assert_allclose(stored.flows, free.flows)
    assert (stored.inputs > free.inputs).all()
    labour = [world.value_added_share * world.sales for world in (stored, free)]
    np.testing.assert_allclose(labour[0] + stored.inputs.sum(1), labour[1] + free.inputs.sum(1))
    assert stored.manifest["provisional"] == []


def test_mapping_faults(file: Path, tmp_path: Path) -> None:
    """Gaps, doubles, strangers, unknown kinds and what cannot be left out: all at once, with line and remedy."""
    rows = [
        ("kind", "from", "to"),
        ("economy", "ARG", "ROW"),
        ("economy", "ARG", "USA"),
        ("economi", "CHN", "CHN"),
    ]
    first = str(faults_of(file, tmp_path / "w", aggregate=write_rows(tmp_path / "map.csv", rows)))
    assert "map.csv:3: The economy 'ARG' is named twice: to ROW on line 2" in first
    assert "map.csv:4: 'economi' is no kind. Did you mean economy?" in first
    rows = [
        ("kind", "from", "to"),
        ("economy", "ARG", "-"),
        ("economy", "CHM", "CHN"),
        ("economy", "USA", "USA"),
        ("economy", "ROW", "ROW"),
    ]
    second = str(faults_of(file, tmp_path / "w", aggregate=write_rows(tmp_path / "map.csv", rows)))
    assert "The economy 'CHN' of the table has no row. Did you mean CHM?" in second
    assert "map.csv:3: The table has no economy 'CHM'. Did you mean CHN?" in second
    assert "The economy 'MEX' of the table has no row" in second
    assert "map.csv:2: The economy 'ARG' cannot be left out" in second


def test_zip_and_years(table: Icio, tmp_path: Path) -> None:
    """An archive of several years asks for one; a member is read as the file is, and hashed as the archive."""
    path = tmp_path / "2016-2020_SML.zip"
    plain = build(table.write(tmp_path / "2019_SML.csv"), tmp_path / "plain")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(tmp_path / "2019_SML.csv", "2019_SML.csv")
        archive.writestr("2020_SML.csv", "nothing")
    assert "--year, one of 2019, 2020" in str(faults_of(path, tmp_path / "w"))
    assert "none of 2011" in str(faults_of(path, tmp_path / "w", year=2011))
    stored = build(path, tmp_path / "zipped", year=2019)
    np.testing.assert_array_equal(stored.flows, plain.flows)
    assert stored.manifest["sources"][0]["title"] == "member 2019_SML.csv"
    path.write_bytes(path.read_bytes()[:-200])
    assert "damaged or cut short" in str(faults_of(path, tmp_path / "w", year=2019))


def test_cut_short(file: Path, tmp_path: Path) -> None:
    """A file that ends within a row: the row, the rows that are missing and the value added, with lines."""
    text = file.read_text("utf-8")
    place = text.index("MEX_C26,", text.index("\nMEX_A01_02,"))
    file.write_text(text[: place + 60], "utf-8")
    told = str(faults_of(file, tmp_path / "w"))
    assert "2019_SML.csv:17: The row MEX_C26 has" in told
    assert "14 of 30 rows are missing: MEX_G, MEX_J62_63, USA_A01_02" in told
    assert "Has no row of value added." in told


def test_numbers(file: Path, tmp_path: Path) -> None:
    """Decimal commas, thousands marks, text, blanks and NaN are named by line and column, with the remedy."""

    def spoil(cells: list[str]) -> list[str]:
        for place, text in ((1, "NaN"), (2, "1.234e"), (3, ""), (4, "inf"), (5, "1 234.5")):
            cells[place] = text
        return cells

    told = str(faults_of(edited(file, 9, spoil), tmp_path / "w"))
    assert "2019_SML.csv:9: The row CHN_B05_06, column 2 (ARG_A01_02), is missing ('NaN')." in told
    assert "column 3 (ARG_B05_06), '1.234e' is text" in told
    assert "column 4 (ARG_C10T12), is empty. Allowed: a number; an unknown value is not zero" in told
    assert "column 5 (ARG_C26), is infinite" in told
    assert "column 6 (ARG_G), '1 234.5' has thousands marks" in told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1,5", "decimal comma or a thousands mark"),
        ("1.234,5", "thousands points and a decimal comma"),
        ("1,234,567.5", "thousands marks"),
        ("n.a.", "is missing ('n.a.')"),
        ("-inf", "is infinite"),
        (" ", "is empty"),
        ("1_000", "is text"),
        ("12 km", "is text"),
    ],
)
def test_why_no_number(text: str, words: str) -> None:
    """Each way of writing a number badly is told from the others."""
    assert words in why_no_number(text)[0]


def test_years_that_differ(file: Path, tmp_path: Path) -> None:
    """A file of one year is not taken for another's."""
    assert "Is of 2019 by its name, and 2018 was asked for." in str(faults_of(file, tmp_path / "w", year=2018))


def test_decimal_commas(table: Icio, tmp_path: Path) -> None:
    """A whole table with decimal commas: twenty cells named, the rest counted, the remedy said."""
    rows = [[row[0], *(cell.replace(".", ",") for cell in row[1:])] for row in list(table.rows())[1:]]
    path = tmp_path / "2019.csv"
    path.write_text("\n".join(";".join(row) for row in [next(iter(table.rows())), *rows]), "utf-8")
    fault = faults_of(path, tmp_path / "w")
    assert len(fault.faults) < 60
    assert "has a decimal comma or a thousands mark. Allowed: 1.5; save the table with a decimal point" in str(fault)
    assert "cells that are no number; the first 20 are named." in str(fault)


def test_labels(file: Path, tmp_path: Path) -> None:
    """Another edition's columns, repeated columns and rows, rows of nothing, missing columns of an economy."""

    def relabel(cells: list[str]) -> list[str]:
        return ["V1", "ARG-A01", *cells[2:-8], "USA_HFCX", *cells[-7:]]

    told = str(faults_of(edited(file, 1, relabel), tmp_path / "w", format="icio"))
    assert "Column 2 has the label 'ARG-A01'" in told
    assert "'USA_HFCX', which is in no edition known. Did you mean HFCE?" in told


def test_repeated_and_missing(file: Path, tmp_path: Path) -> None:
    """A column given twice is one fault with both numbers, and its economy lacks the one it stands for."""
    told = str(faults_of(edited(file, 1, lambda c: [*c[:2], c[1], *c[3:]]), tmp_path / "w"))
    assert "Column 3 repeats the label ARG_A01_02 of column 2." in told
    assert "ARG has no column for B05_06." in told


def test_repeated_rows(file: Path, tmp_path: Path) -> None:
    """A row given twice and a row of nothing known."""
    edited(file, 4, lambda c: ["ARG_A01_02", *c[1:]])
    told = str(faults_of(edited(file, 8, lambda c: ["CHN_A1", *c[1:]]), tmp_path / "w"))
    assert "2019_SML.csv:4: The row ARG_A01_02 is on line 2 already." in told
    assert "2019_SML.csv:8: The row 'CHN_A1' fits no column. Did you mean CHN_" in told
    assert "2 of 30 rows are missing: ARG_C10T12, CHN_A01_02." in told


def test_does_not_add_up(file: Path, tmp_path: Path) -> None:
    """A stated output off by a tenth is refused with what each side says; off by a thousandth it is told."""

    def scale(by: float) -> object:
        return lambda cells: [*cells[:-1], repr(float(cells[-1]) * by)]

    told = str(faults_of(edited(file, 5, scale(1.1)), tmp_path / "w"))
    assert "2019_SML.csv:5: ARG_C26 does not add up: its row sums to" in told
    assert "the row states" in told
    stored = build(edited(file, 5, scale(1.001 / 1.1)), tmp_path / "w")
    report = stored.manifest["balance"]["rows_less_stated"]
    assert next(iter(report["worst"])) == "ARG_C26"
    assert 0 < report["share"] < 1e-3


def test_negatives(table: Icio, tmp_path: Path) -> None:
    """Draw-downs of inventories and negative value added: told by size and place, and the world holds together."""
    s = len(CODES)
    inventories = USES.index("INVNT")
    row = ECONOMIES.index("USA") * s + 3
    column = ECONOMIES.index("ARG") * len(USES) + inventories
    bought = table.use[row, :s].sum() + table.final[row, : len(USES)].sum()
    table.final[row, column] -= 1.5 * bought
    table.value_added = table.output - table.use.sum(0) - table.taxes
    low = ECONOMIES.index("MEX") * s + 2
    gap = table.value_added[low] + table.taxes[low] + 5.0
    table.use[low, low] += gap
    table.final[low, ECONOMIES.index("MEX") * len(USES)] -= gap
    table.value_added[low] = table.output[low] - table.use[:, low].sum() - table.taxes[low]
    stored = build(table.write(tmp_path / "2019_SML.csv"), tmp_path / "w")
    report = stored.manifest["balance"]
    assert list(report["negative_flows"]["worst"]) == ["USA ARG C26"]
    assert report["negative_flows"]["worst"]["USA ARG C26"] == pytest.approx(-0.5 * bought, rel=1e-5)
    assert list(report["negative_value_added"]["worst"]) == ["MEX C10T12"]
    assert report["negative_value_added"]["worst"]["MEX C10T12"] == pytest.approx(-5.0, rel=1e-5)
    assert "MEX" in report["balanced"]
    assert report["published_negative_final_use"]["INVNT"] < 0
    usa = stored.economies.index("USA")
    np.testing.assert_allclose(stored.sales[usa], table.output.reshape(-1, s)[usa], rtol=1e-12)
    assert solve(worlds.world(tmp_path / "w")).status.converged


def test_hopeless(table: Icio, tmp_path: Path) -> None:
    """A seller whose sales are negative in all is refused."""
    table.final[3, USES.index("INVNT")] -= 2 * table.output[3]
    table.value_added = table.output - table.use.sum(0) - table.taxes
    told = str(faults_of(table.write(tmp_path / "2019_SML.csv"), tmp_path / "w"))
    assert "ARG sells" in told
    assert "of C26 in all, which is negative" in told


def test_not_a_table(tmp_path: Path) -> None:
    """Workbooks, empty files, UTF-16 and other text are refused, saying what to do."""
    for name, content, words in (
        ("2019.xlsx.csv", b"PK\x03\x04rest", "an Excel workbook, which is not read"),
        ("2019.csv", b"", "Is empty"),
        ("2019.csv", "a,b\n".encode("utf-16"), "text in UTF-16"),
        ("2019.csv", b"a,b,c\n1,2,3\n", "Is no table of a known layout"),
    ):
        (tmp_path / name).write_bytes(content)
        assert words in str(faults_of(tmp_path / name, tmp_path / "w"))
    assert "Did you mean icio?" in str(faults_of(tmp_path / "2019.csv", tmp_path / "w", format="ico"))
    assert "no such file" in str(faults_of(tmp_path / "nowhere.csv", tmp_path / "w"))


def test_a_name_of_the_package(file: Path, tmp_path: Path) -> None:
    """A world of one's own does not take a shipped world's name."""
    with pytest.raises(InputFault, match="is a world of the package"):
        worlds.build_from(Request("world-2022", file), tmp_path / "w")
