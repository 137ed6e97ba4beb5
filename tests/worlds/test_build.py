"""Building: the shipped world comes out again, and bad input is refused in one go."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from detente import worlds
from detente.terms import InputFault
from detente.worlds.build_2022 import check_labels
from detente.worlds.build_elasticities import build_elasticities
from detente.worlds.elasticities import FIGURES
from detente.worlds.shape_2022 import SECTORS, economy_of, sector_of
from detente.worlds.sources import Icio, read_icio, read_regional
from detente.worlds.stored import DATA, FIELDS
from tests.support import shared


@pytest.mark.shared
def test_rebuild(tmp_path: Path) -> None:
    """The builder makes the shipped arrays again, to 1e-12, from inputs with the manifest's hashes."""
    source = shared("data")
    worlds.build("world-2022", source, tmp_path / "again")
    again, shipped = worlds.read_world(tmp_path / "again"), worlds.read_world("world-2022")
    assert [s["sha256"] for s in again.manifest["sources"]] == [s["sha256"] for s in shipped.manifest["sources"]]
    assert (again.economies, again.sectors) == (shipped.economies, shipped.sectors)
    made, kept = again.manifest["measures"], shipped.manifest["measures"]
    hint = f"Rebuild world-2022: built with records {made['records']}, shipped with {kept['records']}"
    for field in FIELDS:
        np.testing.assert_allclose(getattr(again, field), getattr(shipped, field), rtol=1e-12, atol=1e-14, err_msg=hint)
    for entry in ("balance", "comparison_2019", "choices", "economies", "provisional"):
        assert again.manifest[entry] == shipped.manifest[entry]
    # The digests of the records change with every entry; what was in force in mid-2022 does not.
    assert made | {"records": kept["records"]} == kept, hint


@pytest.mark.shared
def test_rebuild_elasticities(tmp_path: Path) -> None:
    """The figures of every set come out again."""
    again = build_elasticities(shared("data"), tmp_path)
    assert again.read_text("utf-8") == (DATA / FIGURES).read_text("utf-8")


@pytest.mark.shared
def test_flows_are_the_published_ones() -> None:
    """Summing by hand gives the shipped flows: Chinese electronics to the USA, Hong Kong's with them."""
    icio = read_icio(shared("data", "icio", "flows-2022.npz"))
    where = {code: place for place, code in enumerate(icio.economies)}
    column = icio.sectors.index("C26")
    by_hand = sum(icio.flows[where[code], where["USA"], column] for code in ("CHN", "HKG"))
    stored = worlds.read_world("world-2022")
    assert stored.flows[1, 0, stored.sectors.index("C26")] == pytest.approx(by_hand, rel=1e-14)
    assert stored.flows.sum() == pytest.approx(icio.flows.sum(), rel=1e-12)


@pytest.mark.shared
def test_missing_cells(tmp_path: Path) -> None:
    """A regional table with a row missing and an unknown region is refused, with both faults."""
    folder = tmp_path / "trade7x44-2017"
    shutil.copytree(shared("data", "trade7x44-2017"), folder)
    table = folder / "vashare.csv"
    table.chmod(0o644)
    folder.chmod(0o755)
    lines = table.read_text("utf-8-sig").splitlines()
    table.unlink()
    table.write_text("\n".join([lines[0], lines[1].replace("BRA", "BRZ"), *lines[2:]]), "utf-8")
    with pytest.raises(InputFault) as caught:
        read_regional(folder)
    assert [fault.line for fault in caught.value.faults] == [None, 2]
    assert "1 of 308 cells are missing" in str(caught.value)


def test_missing_files(tmp_path: Path) -> None:
    """Every table that is not there is named at once, and nothing is written."""
    with pytest.raises(InputFault) as caught:
        worlds.build("world-2022", tmp_path, tmp_path / "out")
    assert len(caught.value.faults) == 7
    assert not (tmp_path / "out").exists()


def test_missing_folder(tmp_path: Path) -> None:
    """A source folder that is not there is one fault."""
    with pytest.raises(InputFault) as caught:
        worlds.build("world-2022", tmp_path / "nowhere", tmp_path / "out")
    assert len(caught.value.faults) == 1


def test_unknown_builder(tmp_path: Path) -> None:
    """A world without a builder is one fault that lists those with one."""
    with pytest.raises(InputFault, match="world-2022"):
        worlds.build("world-2023", tmp_path, tmp_path)
    assert worlds.buildable() == ("world-2022",)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"importer": np.array(["USA", "HKG"])}, "Exporters and importers differ"),
        ({"flows_usd_m": np.full((2, 2, 2), -1.0)}, "negative"),
        ({"flows_usd_m": np.full((2, 2, 2), np.nan)}, "not finite"),
        ({"flows_usd_m": np.ones((2, 2, 3))}, "shape"),
    ],
)
def test_bad_flows(tmp_path: Path, change: dict[str, np.ndarray], message: str) -> None:
    """Flows with other labels on the two sides, negative or infinite cells or another shape are refused."""
    codes = np.array(["USA", "CHN"])
    arrays = {"flows_usd_m": np.ones((2, 2, 2)), "exporter": codes, "importer": codes}
    arrays |= {"sector": np.array(["A03", "C26"]), "year": np.array(2022)} | change
    np.savez(tmp_path / "flows.npz", **arrays)
    with pytest.raises(InputFault, match=message):
        read_icio(tmp_path / "flows.npz")


def test_not_an_archive(tmp_path: Path) -> None:
    """A file that is no npz, or lacks arrays, is one fault."""
    (tmp_path / "text.npz").write_text("flows")
    with pytest.raises(InputFault, match="Cannot be read"):
        read_icio(tmp_path / "text.npz")
    np.savez(tmp_path / "empty.npz", year=np.array(2022))
    with pytest.raises(InputFault, match="Has no array exporter, flows_usd_m, importer, sector"):
        read_icio(tmp_path / "empty.npz")


def test_wrong_labels() -> None:
    """Flows without an economy of the world, or with an unknown industry, are refused with both named."""
    codes, industries = ("USA", "CHN"), (*SECTORS, "Z99")
    icio = Icio(2022, codes, industries, np.ones((2, 2, len(industries))))
    with pytest.raises(InputFault) as caught:
        check_labels(icio, Path("flows.npz"))
    assert "EU, GBR" in str(caught.value)
    assert "Unknown sectors: Z99" in str(caught.value)


def test_concordances() -> None:
    """Members and industries go where they belong."""
    assert [economy_of(code) for code in ("HKG", "DEU", "GBR", "NOR", "USA")] == ["CHN", "EU", "GBR", "ROW", "USA"]
    assert [sector_of(code) for code in ("A02", "C24B", "C301", "C26")] == ["A01_02", "C24", "C30", "C26"]
