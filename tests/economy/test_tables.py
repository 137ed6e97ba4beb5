"""Results as tables: identities between columns and arrays, and files that read back equal."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from detente.economy import Policy, Result, solve, write_tables
from detente.terms import InputFault
from tests.economy.made import changed_tariff, made

MADE = made(4)
WORLD = MADE.world()


@pytest.fixture(scope="module")
def result() -> Result:
    """A made world under new tariffs."""
    return solve(WORLD, Policy(tariff=changed_tariff(MADE, 4)))


@pytest.fixture(scope="module")
def frames(result: Result) -> dict[str, pd.DataFrame]:
    """Its tables, the flows taken as millions of USD."""
    return result.to_frames(usd_bn=1e-3)


def summed(frame: pd.DataFrame, by: str, column: str) -> np.ndarray:
    """Sums of a column over the rows of each economy, in the world's order."""
    return frame.groupby(by, sort=False)[column].sum().loc[list(WORLD.economies)].to_numpy()


def test_frames_hold_the_arrays(result: Result, frames: dict[str, pd.DataFrame]) -> None:
    """Every row of the flows is the cell of the array with its labels."""
    flows = frames["flows"].set_index(["exporter", "importer", "sector"])["flow_after_usd_bn"].to_xarray()
    wanted = result.flows.transpose(*flows.dims).sel({d: flows[d] for d in flows.dims})
    np.testing.assert_allclose(1e3 * flows.to_numpy(), wanted.to_numpy(), rtol=1e-14)
    output = frames["sectors"].set_index(["economy", "sector"])["output_after_usd_bn"]
    assert 1e3 * output["E2", "s1"] == pytest.approx(float(result.output.sel(economy="E2", sector="s1")))


def test_sums_agree(frames: dict[str, pd.DataFrame]) -> None:
    """Imports and exports are sums of flows abroad, output is all sales, trade of a pair sums its sectors."""
    flows = frames["flows"]
    crossing = flows[flows.exporter != flows.importer]
    for when in ("before", "after", "change"):
        column = f"flow_{when}_usd_bn"
        economies = frames["economies"]
        np.testing.assert_allclose(summed(crossing, "importer", column), economies[f"imports_{when}_usd_bn"])
        np.testing.assert_allclose(summed(crossing, "exporter", column), economies[f"exports_{when}_usd_bn"])
        output = summed(frames["sectors"], "economy", f"output_{when}_usd_bn")
        np.testing.assert_allclose(summed(flows, "exporter", column), output)
        pairs = frames["pairs"].set_index(["exporter", "importer"])[f"trade_{when}_usd_bn"]
        bilateral = flows.groupby(["exporter", "importer"])[column].sum()
        np.testing.assert_allclose(bilateral.loc[pairs.index], pairs)


def test_revenue_is_duty_times_flow(frames: dict[str, pd.DataFrame]) -> None:
    """Import duties are the rate of each cell times its flow, before and after."""
    flows = frames["flows"].copy()
    for when in ("before", "after"):
        flows["duty"] = flows[f"tariff_{when}_pct"] / 100 * flows[f"flow_{when}_usd_bn"]
        wanted = frames["economies"][f"tariff_revenue_{when}_usd_bn"]
        np.testing.assert_allclose(summed(flows, "importer", "duty"), wanted)


def test_worth_and_numeraire(result: Result, frames: dict[str, pd.DataFrame]) -> None:
    """Equivalent variation is income times the change of real income; world value added does not change."""
    economies = frames["economies"]
    worth = economies["income_before_usd_bn"] * (np.asarray(result.real_income_hat) - 1)
    np.testing.assert_allclose(economies["ev_usd_bn"], worth)
    np.testing.assert_allclose(1e3 * economies["ev_usd_bn"], result.equivalent_variation)
    sectors = frames["sectors"]
    world_change = sectors["value_added_change_usd_bn"].sum()
    assert world_change == pytest.approx(0, abs=1e-10 * sectors["value_added_before_usd_bn"].sum())
    np.testing.assert_allclose(summed(sectors, "economy", "value_added_before_usd_bn") * 1e3, WORLD.value_added)


def test_against_another_result(result: Result) -> None:
    """Against itself nothing changes; against the base's own policy it is the change from the base."""
    same = result.to_frames(against=result)
    assert same["economies"]["real_income_pct"].abs().max() == 0
    assert same["flows"]["flow_change_value"].abs().max() == 0
    assert len(same["diversion"]) == 0
    idle = solve(WORLD)
    for name, frame in result.to_frames(against=idle).items():
        pd.testing.assert_frame_equal(frame, result.to_frames()[name], rtol=1e-9, atol=1e-9)


def test_another_base_is_refused(result: Result) -> None:
    """Results of different bases cannot be compared."""
    with pytest.raises(InputFault, match="same base"):
        result.to_frames(against=solve(made(5).world()))


def test_diversion_of_a_pair() -> None:
    """A prohibitive duty of one on another turns its imports to third economies, and the other's exports away."""
    tariff = MADE.tariff.copy()
    tariff[1, 0] += 10
    found = solve(WORLD, Policy(tariff=tariff))
    got = found.to_frames()["diversion"]
    assert set(zip(got.member, got.partner, strict=True)) == {("E0", "E1"), ("E1", "E0")}
    assert set(got.third) == {"E2", "E3"}
    turned = got[(got.member == "E0") & (got.direction == "imports")]
    before, after = np.asarray(WORLD.flows), np.asarray(found.flows)
    np.testing.assert_allclose(turned.trade_change_value, (after - before)[2:, 0].sum(1))
    assert (turned.trade_change_value > 0).all()
    chosen = found.to_frames(pairs=[("E2", "E3")])["diversion"]
    assert set(chosen.third) == {"E0", "E1"}


def test_unknown_pairs() -> None:
    """Every wrong name of a pair is said at once."""
    with pytest.raises(InputFault) as fault:
        solve(WORLD).to_frames(pairs=[("E0", "E9"), ("E1", "E1")])
    assert len(fault.value.faults) == 2


def test_nothing_looks_like_a_result_without_one() -> None:
    """A solve that stopped early has its status in every row and no number."""
    stopped = solve(WORLD, Policy(tariff=changed_tariff(MADE, 4)), max_steps=1, tolerance=1e-300)
    for frame in stopped.to_frames().values():
        assert (frame["status"] != "converged").all()
        assert frame.select_dtypes("number").isna().all(axis=None)
    assert np.isnan(stopped.to_dataset()["real_income_pct"]).all()


def test_columns_of_a_closure() -> None:
    """Wages by sector stand where labour is specific, firms where they enter, licences' rents with their holder."""
    fixed = solve(WORLD, Policy(tariff=changed_tariff(MADE, 4)), labour_mobility=0.5)
    got = fixed.to_frames()["sectors"]
    wages = 100 * (np.asarray(fixed.real_sector_wage_hat).ravel() - 1)
    np.testing.assert_allclose(got["real_sector_wage_pct"], wages)
    assert "firms_pct" not in got
    assert "firms_pct" in solve(WORLD, closure="free-entry").to_dataset()
    weighed = solve(WORLD, Policy(tariff=changed_tariff(MADE, 4)), closure="ossa", weights=np.ones((4, 3)))
    political = 100 * (np.asarray(weighed.government_welfare_hat) - 1)
    np.testing.assert_allclose(weighed.to_dataset()["government_welfare_pct"], political)
    assert "government_welfare_pct" not in fixed.to_dataset()
    limit = np.full(MADE.flows.shape, np.nan)
    limit[0, 1] = 0.5
    for holder, column in (("exporter", "E0"), ("importer", "E1")):
        held = solve(WORLD, Policy(quantity_limit=limit, rent_to=holder))  # type: ignore[arg-type]
        frames = held.to_frames()
        rents = frames["economies"].set_index("economy")["rents_received_after_value"]
        assert rents[column] == pytest.approx(float(frames["flows"]["rents_after_value"].sum()))
        assert rents[column] > 0
        assert rents.drop(column).abs().max() < 1e-12


def test_every_column_says_what_it_is(result: Result, frames: dict[str, pd.DataFrame]) -> None:
    """Each has a unit that its name ends in, and words; a dataset says the same."""
    endings = {"percent": "_pct", "billion USD": "_usd_bn"}
    for frame in frames.values():
        for name, told in frame.attrs["columns"].items():
            assert told["meaning"]
            assert len(name) <= 32
            assert name.endswith(endings.get(told["unit"], ""))
    data = result.to_dataset()
    assert data["exports_after_value"].attrs["unit"] == "currency of the world's flows"


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".dta", ""])
def test_files_read_back_equal(frames: dict[str, pd.DataFrame], tmp_path: Path, ending: str) -> None:
    """Every table is in a file of its own, the first under the name asked for, and reads back equal."""
    if ending == ".parquet":
        pytest.importorskip("pyarrow")
    read = {".csv": pd.read_csv, ".parquet": pd.read_parquet, ".dta": pd.read_stata, "": pd.read_csv}[ending]
    target = tmp_path / f"out{ending}"
    written = write_tables(frames, target, {"command": "détente"})
    assert [f.is_file() for f in written] == [True] * 7
    assert ending == "" or written[0] == target
    for file, frame in zip(written, frames.values(), strict=False):
        back = read(file)
        assert list(back.columns) == list(frame.columns)
        pd.testing.assert_frame_equal(back, frame, check_dtype=False, rtol=1e-13, atol=0)
    assert read(written[-2]).loc[0, "value"] == "détente"


def test_stata_has_labels(frames: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    """Stata shows what a variable is and its unit."""
    file = write_tables(frames, tmp_path / "out.dta")[0]
    with pd.io.stata.StataReader(file) as reader:
        assert reader.variable_labels()["ev_usd_bn"].endswith("(billion USD)")


def sheets_of(file: Path) -> dict[str, list[list[object]]]:
    """The cells of each sheet, read from the file's XML: text as str, numbers as float, empty as None."""
    space = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(file) as archive:
        strings = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
        texts = ["".join(t.text or "" for t in s.iter(f"{{{space['x']}}}t")) for s in strings]
        names = [
            s.attrib["name"]
            for s in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter()
            if "sheetId" in s.attrib
        ]
        out: dict[str, list[list[object]]] = {}
        for at, name in enumerate(names, 1):
            root = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{at}.xml"))
            out[name] = [[_cell(c, texts, space) for c in row] for row in root.iterfind(".//x:row", space)]
    return out


def _cell(cell: ElementTree.Element, texts: list[str], space: dict[str, str]) -> object:
    value = cell.findtext("x:v", namespaces=space)
    return None if value is None else texts[int(value)] if cell.get("t") == "s" else float(value)


def test_excel_reads_back_equal(frames: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    """One sheet a table, and one each with provenance and units."""
    pytest.importorskip("xlsxwriter")
    file = write_tables(frames, tmp_path / "out.xlsx", {"command": "=1+1"})[0]
    sheets = sheets_of(file)
    assert list(sheets) == ["economies", "sectors", "pairs", "flows", "diversion", "about", "columns"]
    for name, frame in frames.items():
        head, *rows = sheets[name]
        assert head == list(frame.columns)
        back = pd.DataFrame(rows, columns=head)
        pd.testing.assert_frame_equal(back, frame, check_dtype=False, rtol=1e-13, atol=0)
    assert sheets["about"][1] == ["command", "=1+1"]
    assert ["economies", "ev_usd_bn", "billion USD"] in [row[:3] for row in sheets["columns"]]


def test_wrong_endings_and_missing_packages(
    frames: dict[str, pd.DataFrame], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An ending nobody knows, and a kind whose package is not there, are refused before anything is written."""
    with pytest.raises(InputFault, match=r"Did you mean \.xlsx\?"):
        write_tables(frames, tmp_path / "out.xls")
    monkeypatch.setattr("detente.economy.tables.find_spec", lambda name: None)
    for ending, package in ((".parquet", "pyarrow"), (".xlsx", "xlsxwriter")):
        with pytest.raises(InputFault, match=package):
            write_tables(frames, tmp_path / f"out{ending}")
    assert not list(tmp_path.iterdir())
