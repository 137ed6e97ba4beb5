"""The shipped world: its identities, outside numbers, labels and manifest."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import detente
from detente import worlds
from detente.terms import InputFault
from detente.worlds.sources import sha256_of
from detente.worlds.stored import ARRAYS, DATA, MANIFEST

NAME = "world-2022"
FOLDER = DATA / NAME


@pytest.fixture(scope="module")
def stored() -> worlds.StoredWorld:
    """The shipped arrays."""
    return worlds.read_world(NAME)


@pytest.fixture(scope="module")
def rows() -> dict[str, worlds.EconomyRow]:
    """The economies of the report."""
    return {row.code: row for row in worlds.report(NAME).economies}


def test_identities() -> None:
    """Every accounting identity holds to 1e-10, and nothing is negative."""
    result = worlds.check(NAME)
    assert [check for check in result.checks if not check.ok] == []
    assert {check.tolerance for check in result.checks} == {0.0, 1e-12, 1e-10}
    assert len(result.checks) >= 18


def test_identities_by_hand(stored: worlds.StoredWorld) -> None:
    """Purchases with tariffs are inputs and final demand, worked out here from the arrays alone."""
    sales = stored.flows.sum(axis=1)
    spent = (stored.flows * (1 + stored.tariff)).sum(axis=0)
    inputs = np.einsum("nks,ns->nk", stored.input_share, (1 - stored.value_added_share) * sales)
    payroll = (stored.value_added_share * sales).sum(1)
    revenue = (stored.flows * stored.tariff).sum((0, 2))
    deficit = stored.flows.sum((0, 2)) - stored.flows.sum((1, 2))
    final = stored.final_share * (payroll + revenue + deficit)[:, None]
    np.testing.assert_allclose(inputs + final, spent, rtol=1e-10)
    assert final.min() >= 0
    assert abs(deficit.sum()) < 1e-10 * sales.sum()


def test_check_notices_a_broken_world(tmp_path: Path) -> None:
    """A flow that is changed breaks the identities, with the economy and sector named."""
    folder = tmp_path / "broken"
    shutil.copytree(FOLDER, folder)
    with np.load(FOLDER / ARRAYS) as file:
        arrays = dict(file)
    arrays["flows"][1, 0, 16] *= 1.01
    np.savez_compressed(folder / ARRAYS, **arrays)
    manifest = json.loads((folder / MANIFEST).read_text("utf-8")) | {"arrays_sha256": sha256_of(folder / ARRAYS)}
    (folder / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    result = worlds.check(folder)
    assert not result.ok
    broken = {check.rule: check.where for check in result.checks if not check.ok}
    assert broken["purchases with tariffs are inputs and final demand"] == "USA C26"


def test_value_added(rows: dict[str, worlds.EconomyRow]) -> None:
    """Near what others count in USD trillion.

    The USA: 25.3 on the same inputs before balancing. China: GDP of the mainland was 17.9 to 18.0 (National Bureau of
    Statistics, World Bank) and Hong Kong's 0.36, at market prices; at basic prices, without taxes on products, the
    tables of 2019 had 0.925 of GDP, which makes 17.0. The world: GDP of about 101 (World Bank), 0.95 of it at basic
    prices.
    """
    assert rows["USA"].value_added_usd_bn == pytest.approx(25_300, rel=0.005)
    assert rows["CHN"].value_added_usd_bn == pytest.approx(17_900, rel=0.04)
    assert rows["CHN"].value_added_usd_bn == pytest.approx((17_960 + 360) * 0.925, rel=0.04)
    assert sum(row.value_added_usd_bn for row in rows.values()) == pytest.approx(101_000 * 0.95, rel=0.03)


GDP_2022_USD_BN = {
    "EU": (16_700, 0.1),
    "JPN": (4_260, 0.1),
    "GBR": (3_100, 0.1),
    "IND": (3_350, 0.1),
    "CAN": (2_160, 0.1),
    "BRA": (1_950, 0.1),
    "AUS": (1_690, 0.1),
    "RUS": (2_270, 0.1),
    "TUR": (907, 0.1),
    "IDN": (1_320, 0.1),
    "ZAF": (407, 0.1),
    "TWN": (760, 0.1),
    "THA": (496, 0.1),
    "PHL": (404, 0.1),
    "SAU": (1_110, 0.15),
    "MEX": (1_460, 0.15),
    "MYS": (407, 0.25),
    "KOR": (1_670, 0.25),
    "SGP": (499, 0.3),
    "CHE": (818, 0.3),
    "VNM": (410, 0.4),
}
"""GDP at market prices (World Bank; Taiwan: DGBAS), and how near value added comes where shares are borrowed."""


@pytest.mark.parametrize("code", GDP_2022_USD_BN)
def test_value_added_near_gdp(rows: dict[str, worlds.EconomyRow], code: str) -> None:
    """Value added is near GDP less a twentieth for taxes on products; the wide tolerances are a known weakness."""
    gdp, tolerance = GDP_2022_USD_BN[code]
    assert rows[code].value_added_usd_bn == pytest.approx(gdp * 0.95, rel=tolerance)


def test_us_trade(rows: dict[str, worlds.EconomyRow], stored: worlds.StoredWorld) -> None:
    """US goods imports of 2.50 trillion USD, 0.454 of them from China with Hong Kong; a deficit of 3.8%."""
    usa, china = (stored.economies.index(code) for code in ("USA", "CHN"))
    assert rows["USA"].goods_imports_usd_bn == pytest.approx(2_500, rel=1e-3)
    assert stored.flows[china, usa, :22].sum() / 1e6 == pytest.approx(0.454, abs=5e-4)
    assert rows["USA"].deficit_share == pytest.approx(0.038, abs=5e-4)


def test_labels(stored: worlds.StoredWorld) -> None:
    """24 economies, 23 sectors; each ICIO economy belongs to one of them."""
    assert len(stored.economies) == len(set(stored.economies)) == 24
    assert len(stored.sectors) == len(set(stored.sectors)) == 23
    assert stored.sectors[-1] == "services"
    groups = stored.manifest["economies"]
    assert tuple(groups) == stored.economies
    assert groups["CHN"]["members"] == ["CHN", "HKG"]
    assert len(groups["EU"]["members"]) == 27
    everybody = [member for group in groups.values() for member in group["members"]]
    assert len(everybody) == len(set(everybody)) == 81


def test_manifest(stored: worlds.StoredWorld) -> None:
    """The manifest has the hash of the arrays, and a hash, credit and vintage for every source."""
    assert stored.sha256 == sha256_of(FOLDER / ARRAYS)
    assert stored.manifest["base_year"] == 2022
    assert "OECD" in stored.manifest["credit"]
    for source in stored.manifest["sources"]:
        assert {"file", "title", "publisher", "vintage", "terms"} <= source.keys()
        assert len(source["sha256"]) == 64
        assert not Path(source["file"]).is_absolute()
    assert stored.manifest["provisional"] == []
    measures = stored.manifest["measures"]
    assert (measures["day"], measures["known"]) == ("2022-07-01", "2022-07-01")
    assert set(measures["records"]) == {"us-china", "us-world"}
    assert {len(digest) for digest in measures["records"].values()} == {16}
    assert 0.95 < measures["us_imports_from_china"]["matched"] < 1
    assert 0.95 < measures["us_imports_from_china"]["known"] < 1
    assert measures["notes"] == []


def test_size() -> None:
    """The shipped folder stays under 2 MB."""
    assert worlds.summarise(NAME).size_bytes < 2_000_000


def test_tariffs(stored: worlds.StoredWorld) -> None:
    """Base and earlier tariffs differ for US imports and for China's from the USA only; free trade is free."""
    more = stored.tariff - stored.tariff_before
    usa, china = (stored.economies.index(code) for code in ("USA", "CHN"))
    pairs = {(int(i), int(n)) for i, n in np.argwhere(more.max(2) > 0)}
    assert {(china, usa), (usa, china)} <= pairs
    assert {n for i, n in pairs if (i, n) != (usa, china)} == {usa}
    assert (more >= 0).all()
    assert stored.tariff.max() < 1
    assert (stored.tariff[:, :, -1] == 0).all(), "services pay no tariff"
    for one, other in (("USA", "MEX"), ("CAN", "USA"), ("EU", "GBR"), ("USA", "SGP"), ("THA", "VNM")):
        pair = stored.economies.index(one), stored.economies.index(other)
        assert stored.tariff[pair].max() == 0


def test_base_is_before_and_measures(stored: worlds.StoredWorld) -> None:
    """The base holds nothing but the earlier tariffs and the records' measures of mid-2022, asked for here by hand."""
    usa, china, day = stored.economies.index("USA"), stored.economies.index("CHN"), date(2022, 7, 1)
    views = {name: detente.record.dispute(name).as_of(day, day) for name in ("us-china", "us-world")}
    added = detente.policy.additional(views, stored.economies, stored.sectors, stored.flows[usa, china] / 1e3)
    now = {name: view.record.digest[:16] for name, view in views.items()}
    hint = f"Rebuild world-2022: records are {now}, the world has {stored.manifest['measures']['records']}"
    np.testing.assert_allclose(stored.tariff, stored.tariff_before + added.rates, rtol=1e-12, atol=1e-15, err_msg=hint)


@pytest.mark.parametrize(
    ("exporter", "importer", "points", "tolerance", "bown"),
    [("CHN", "USA", 10.3, 0.3, 19.3 - 3.1), ("USA", "CHN", 11.9, 0.3, 21.1 - 8.0)],
)
def test_added_by_the_disputes(
    stored: worlds.StoredWorld, exporter: str, importer: str, points: float, tolerance: float, bown: float
) -> None:
    """What the measures added by mid-2022, on average over goods of the pair, and below Bown's averages.

    Bown (Peterson Institute) says 16.2 points on Chinese and 13.1 on US goods, line by line with weights of 2017, from
    before the duties. Our US lines are weighted with imports of 2024: by then buyers had turned from lines at 25%, and
    the telephones and computers of list 4B, which never paid, weigh more. China's duties are published averages by
    sector, here over its imports of 2022.
    """
    pair = stored.economies.index(exporter), stored.economies.index(importer)
    more = (stored.tariff - stored.tariff_before)[pair]
    average = 100 * (more * stored.flows[pair]).sum() / stored.flows[pair][:22].sum()
    assert average == pytest.approx(points, abs=tolerance)
    assert average < bown


@pytest.mark.parametrize(
    ("exporter", "at_least", "at_most"),
    [("TUR", 0.005, 0.05), ("TWN", 0.001, 0.02), ("IND", 0.001, 0.02), ("EU", 0, 1e-4), ("MEX", 0, 0), ("AUS", 0, 0)],
)
def test_third_countries(stored: worlds.StoredWorld, exporter: str, at_least: float, at_most: float) -> None:
    """Turkish, Taiwanese and Indian metals pay Section 232; the EU has a quota, Mexico and Australia are exempt."""
    pair = stored.economies.index(exporter), stored.economies.index("USA")
    more = (stored.tariff - stored.tariff_before)[pair]
    average = (more * stored.flows[pair]).sum() / stored.flows[pair][:22].sum()
    assert at_least <= average <= at_most


def test_tariff_before(stored: worlds.StoredWorld) -> None:
    """The earlier tariffs come with labels and the hash of their world."""
    before = worlds.tariff_before(NAME)
    assert before.dims == ("exporter", "importer", "sector")
    assert before.attrs["world_sha256"] == stored.sha256
    assert float(before.sel(exporter="CHN", importer="USA", sector="C13T15")) == pytest.approx(0.077, abs=0.001)


def test_world(stored: worlds.StoredWorld) -> None:
    """As an economy it has the stored labels, flows and tariffs, and the elasticities asked for."""
    made = worlds.world(NAME, elasticity="uniform-4")
    assert tuple(made.economies) == stored.economies
    np.testing.assert_array_equal(made.flows.values, stored.flows)
    np.testing.assert_array_equal(made.tariff.values, stored.tariff)
    np.testing.assert_allclose(made.value_added.values, stored.value_added, rtol=1e-10)
    np.testing.assert_allclose(made.final_share.values, stored.final_share, rtol=1e-10, atol=1e-12)


def test_unknown_world() -> None:
    """An unknown name is one fault that suggests the nearest."""
    with pytest.raises(InputFault, match="Did you mean world-2022") as caught:
        worlds.read_world("world-2021")
    assert len(caught.value.faults) == 1


def test_tampered_arrays(tmp_path: Path) -> None:
    """Arrays without the manifest's hash are refused."""
    folder = tmp_path / "tampered"
    shutil.copytree(FOLDER, folder)
    (folder / ARRAYS).write_bytes((folder / ARRAYS).read_bytes() + b"0")
    with pytest.raises(InputFault, match="Differs from its manifest"):
        worlds.read_world(folder)


def test_report(rows: dict[str, worlds.EconomyRow]) -> None:
    """The report has a row an economy and sector, how far balancing moved each, and the comparison with 2019."""
    result = worlds.report(NAME)
    assert worlds.shipped() == (result.summary,)
    assert len(result.sectors) == 23
    assert set(result.balance["by_economy"]) == set(rows)
    assert result.balance["flows_moved"]["total"] == 0
    assert result.balance["value_added_moved"] < 0.02
    assert result.balance["cost_moved"] < 0.04
    for economy in ("USA", "CHN", "JPN", "GBR", "BRA"):
        assert result.comparison_2019["economies"][economy]["cost_distance"] < 0.05
