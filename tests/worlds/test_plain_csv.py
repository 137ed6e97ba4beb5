"""Worlds in plain CSV: published worlds written out come back and solve alike; faults by file and line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente import worlds
from detente.economy import Policy, solve
from detente.worlds import Request
from detente.worlds.shape_2022 import ICIO_SECTORS
from detente.worlds.sources import Floats, read_icio, read_regional
from tests.economy.published import kite_7x44
from tests.support import shared
from tests.worlds.tables import write_plain, write_rows
from tests.worlds.test_icio_csv import build, faults_of

ECONOMIES, SECTORS = ("AAA", "BBB"), ("food", "cars")


def small(seed: int = 0) -> tuple[Floats, Floats, Floats]:
    """Flows, inputs and value added of two economies that add up."""
    rng = np.random.default_rng(seed)
    flows = rng.uniform(1, 2, (2, 2, 2)) + 10 * np.eye(2)[:, :, None]
    sales = flows.sum(1)
    inputs = rng.uniform(0.1, 0.2, (2, 2, 2)) * sales[:, None, :]
    return flows, inputs, sales - inputs.sum(1)


def theta(folder: Path, rows: list[tuple[object, ...]] | None = None) -> Path:
    """elasticities.csv beside the others."""
    return write_rows(folder / "elasticities.csv", rows or [("sector", "theta"), ("food", 3), ("cars", 5)])


@pytest.mark.shared
def test_kite(tmp_path: Path) -> None:
    """The 7 × 44 world of KITE, written as flows, inputs and tariffs, gives its real incomes again, to 1e-9."""
    published, tariff = kite_7x44(shared("data"))
    base = [np.asarray(array) for array in published.base]
    flows, before, own, labour, shares = base
    spent, bought, sales = (flows * (1 + before)).sum(0), flows.sum(0), flows.sum(1)
    inputs = (1 - labour)[:, None, :] * shares * sales[:, None, :]
    net = inputs / np.where(bought > 0, spent / np.where(bought > 0, bought, 1), 1)[:, :, None]
    economies, sectors = published.economies, published.sectors
    folder = write_plain(tmp_path / "kite", economies, sectors, flows, net, tariff=before)
    write_rows(folder / "elasticities.csv", [("sector", "theta"), *zip(sectors, own.tolist(), strict=True)])
    stored = build(folder, tmp_path / "world", year=2017)
    assert stored.manifest["balance"]["balanced"] == {}
    np.testing.assert_allclose(stored.flows, flows, rtol=1e-12)
    np.testing.assert_allclose(stored.inputs, inputs, rtol=1e-9, atol=1e-9 * inputs.max())
    ours = solve(worlds.world(tmp_path / "world"), Policy(tariff=tariff), deficits="nominal")
    theirs = solve(published, Policy(tariff=tariff), deficits="nominal")
    assert ours.status.converged
    np.testing.assert_allclose(np.asarray(ours.real_income_hat), np.asarray(theirs.real_income_hat), rtol=1e-9)


@pytest.mark.shared
def test_regional_tables_are_balanced(tmp_path: Path) -> None:
    """The 7 × 44 tables of 2017, which do not add up, are balanced: flows stay, what moved is told, and it solves."""
    got = read_regional(shared("data", "trade7x44-2017"))
    economies = ("BRA", "CHN", "EU", "IND", "JPN", "ROW", "USA")
    sectors = tuple(f"s{n:02}" for n in range(1, 45))
    own = np.einsum("iis->is", got.tariff)
    tariff = got.tariff.copy()
    tariff[np.arange(7), np.arange(7)] = 0
    assert np.isfinite(own).all()
    flows = got.flows / (1 + tariff)
    sales, average = flows.sum(1), got.flows.sum(0) / flows.sum(0)
    inputs = (1 - got.value_added_share)[:, None, :] * got.input_share * sales[:, None, :] / average[:, :, None]
    folder = write_plain(tmp_path / "7x44", economies, sectors, flows, inputs, tariff=tariff)
    write_rows(folder / "elasticities.csv", [("sector", "theta"), *((code, 5) for code in sectors)])
    stored = build(folder, tmp_path / "world", year=2017)
    np.testing.assert_allclose(stored.flows, flows, rtol=1e-12)
    np.testing.assert_allclose(stored.tariff, tariff, rtol=1e-12)
    report = stored.manifest["balance"]
    assert report["negative_final_demand"]["cells"] > 0
    assert set(report["balanced"]) <= set(economies)
    assert solve(worlds.world(tmp_path / "world")).status.converged


@pytest.mark.shared
@pytest.mark.parametrize("year", [2017, 2019, 2022])
def test_flows_of_81_economies(tmp_path: Path, year: int) -> None:
    """Flows of 81 economies in 28 sectors, written as flows.csv and summed by a mapping, are the npz's sums."""
    got = read_icio(shared("data", "icio", f"flows-{year}.npz"))
    folder = write_plain(tmp_path / "flows", got.economies, got.sectors, got.flows)
    rows = [("kind", "from", "to"), *(("sector", code, ICIO_SECTORS.get(code, code)) for code in got.sectors)]
    stored = build(folder, tmp_path / "w", year=year, aggregate=write_rows(tmp_path / "map.csv", rows))
    assert stored.economies == got.economies
    assert stored.flows.sum() == pytest.approx(got.flows.sum(), rel=1e-12)
    metals = [got.sectors.index(code) for code in ("C24A", "C24B")]
    np.testing.assert_allclose(
        stored.flows[:, :, stored.sectors.index("C24")], got.flows[:, :, metals].sum(2), rtol=1e-9, atol=1e-9
    )


def test_small_world(tmp_path: Path) -> None:
    """Two economies: accounts as given, names and services of sectors.csv, tariffs paid on inputs too."""
    flows, inputs, value_added = small()
    tariff = np.zeros((2, 2, 2))
    tariff[0, 1] = 0.1
    folder = write_plain(tmp_path / "two", ECONOMIES, SECTORS, flows, inputs, value_added, tariff)
    theta(folder, [("sector", "sigma"), ("food", 4), ("cars", 6)])
    write_rows(folder / "sectors.csv", [("sector", "name", "goods"), ("food", "Food", "yes"), ("cars", "Hire", "no")])
    stored = build(folder, tmp_path / "w", year=2024)
    np.testing.assert_allclose(stored.flows, flows)
    np.testing.assert_allclose(stored.inputs[0], inputs[0], rtol=1e-12)
    spent = (flows * (1 + tariff)).sum(0)
    np.testing.assert_allclose(stored.inputs[1], inputs[1] * (spent / flows.sum(0))[1][:, None], rtol=1e-12)
    assert stored.services == ("cars",)
    assert stored.manifest["sectors"] == {"food": "Food", "cars": "Hire"}
    assert [source["file"] for source in stored.manifest["sources"]] == [
        *("flows.csv", "inputs.csv", "sectors.csv", "tariffs.csv", "elasticities.csv")
    ]
    np.testing.assert_array_equal(np.asarray(worlds.world(tmp_path / "w").base.elasticity), [3, 5])
    assert worlds.elasticity_title(tmp_path / "w") == "the world's own"


def test_tariffs_beside_a_table(tmp_path: Path) -> None:
    """Tariffs have to be given for every pair that trades, as fractions, over known labels."""
    flows, inputs, value_added = small()
    folder = write_plain(tmp_path / "two", ECONOMIES, SECTORS, flows, inputs, value_added)
    theta(folder)
    head = ("exporter", "importer", "sector", "tariff")
    rows = [head, ("AAA", "BBB", "food", 25), ("AAA", "BBC", "food", 0.1), ("BBB", "AAA", "food", "2,5")]
    path = write_rows(tmp_path / "t.csv", rows, ";")
    assert "t.csv:4: Column 4 (tariff) '2,5' has a decimal comma" in str(
        faults_of(folder, tmp_path / "w", year=2024, tariffs=path)
    )
    path = write_rows(tmp_path / "t.csv", rows[:3])
    told = str(faults_of(folder, tmp_path / "w", year=2024, tariffs=path))
    assert "t.csv:2: The tariff 25 is no fraction. Allowed: 0.25 for 25%." in told
    assert "t.csv:3: The importer 'BBC' is not in the world." in told
    path = write_rows(tmp_path / "t.csv", [head, ("AAA", "BBB", "food", 0.25)])
    assert "Has no tariff for AAA BBB cars, which trade." in str(
        faults_of(folder, tmp_path / "w", year=2024, tariffs=path)
    )


def test_missing_own_sales(tmp_path: Path) -> None:
    """Exports without a line of own sales are a fault; a line with 0 is not."""
    rows = [("exporter", "importer", "sector", "value"), ("AAA", "AAA", "food", 5), ("AAA", "BBB", "food", 1)]
    folder = write_rows(tmp_path / "two" / "flows.csv", [*rows, ("BBB", "AAA", "food", 1)]).parent
    theta(folder, [("sector", "theta"), ("food", 3)])
    told = str(faults_of(folder, tmp_path / "w", year=2024))
    assert "flows.csv:4: BBB exports food and has no line of own sales." in told
    write_rows(folder / "flows.csv", [*rows, ("BBB", "AAA", "food", 1), ("BBB", "BBB", "food", 0)])
    assert build(folder, tmp_path / "w", year=2024).flows[1, 1, 0] == 0


def test_inputs_that_do_not_fit(tmp_path: Path) -> None:
    """Unknown labels, value added that does not come to sales, inputs of what is not bought."""
    flows, inputs, value_added = small()
    folder = write_plain(tmp_path / "two", ECONOMIES, SECTORS, flows, inputs, value_added * 1.2)
    theta(folder)
    told = str(faults_of(folder, tmp_path / "w", year=2024))
    assert "inputs.csv: AAA food does not add up: inputs" in told
    path = folder / "inputs.csv"
    path.write_text(path.read_text("utf-8").replace("AAA,food,cars", "AAA,foot,cars"), "utf-8")
    assert "inputs.csv:3: The input 'foot' is not in flows.csv." in str(faults_of(folder, tmp_path / "w", year=2024))
    flows[:, 1, 0] = 0
    folder = write_plain(tmp_path / "three", ECONOMIES, SECTORS, flows, inputs)
    theta(folder)
    assert "BBB uses" in str(faults_of(folder, tmp_path / "w", year=2024))


def test_a_year_is_needed(tmp_path: Path) -> None:
    """A world has a base year: from the column, the option or the file, or it is asked for."""
    flows, inputs, _ = small()
    folder = write_plain(tmp_path / "two", ECONOMIES, SECTORS, flows, inputs)
    theta(folder)
    assert "Does not say its year. Allowed: --year, or a column year" in str(faults_of(folder, tmp_path / "w"))


def test_command(tmp_path: Path) -> None:
    """The manifest's command builds the same arrays again."""
    flows, inputs, _ = small()
    folder = write_plain(tmp_path / "two", ECONOMIES, SECTORS, flows, inputs)
    theta(folder)
    asked = Request("mine", folder, year=2024, out=tmp_path / "w")
    first = worlds.build_from(asked, tmp_path / "w")
    stored = worlds.read_world(tmp_path / "w")
    words = stored.manifest["command"].split()
    assert words[:4] == ["detente", "world", "build", "mine"]
    assert dict(zip(words[4::2], words[5::2], strict=True)) == {
        "--from": str(folder),
        "--year": "2024",
        "--out": str(tmp_path / "w"),
    }
    assert worlds.build_from(asked, tmp_path / "again").sha256 == first.sha256
