"""Economy codes, the names that stand for them, and the members of unions."""

from __future__ import annotations

import csv
import unicodedata
from contextlib import suppress
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.terms.economies import (
    adjective,
    all_codes,
    economy,
    economy_name,
    is_economy,
    members,
    union_of,
)
from detente.terms.faults import InputFault

TABLES = files("detente.terms") / "data"
SHARED = Path(__file__).parents[2].parent / "shared" / "data"
TODAY = date(2026, 11, 23)


def table(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((TABLES / name).read_text(encoding="utf-8").splitlines()))


ROWS = table("economies.csv")
ALIASES = table("aliases.csv")
SPELLINGS = [(text, row["code"]) for row in ROWS for text in row.values() if text] + [
    (row["alias"], row["code"]) for row in ALIASES if "|" not in row["code"]
]


def plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


DRESSINGS = [str, str.upper, str.lower, str.swapcase, plain, "the {}".format, "  {} ".format, "{}'s".format]


def shared(*parts: str) -> Path:
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the research data is not beside the checkout: {path}")
    return path


def test_code_counts() -> None:
    """There are 249 ISO codes, Kosovo, the EU and the rest of the world, each once and in order."""
    assert len(all_codes()) == 249 + 3
    assert list(all_codes()) == sorted(set(all_codes()))
    assert {"XKX", "EU", "ROW", "NAM"} <= set(all_codes())
    assert "ALL" not in all_codes()


@pytest.mark.parametrize("column", ["alpha2", "name", "adjective", "capital"])
def test_columns_unique(column: str) -> None:
    """No two economies share an alpha-2 code, a name, an adjective or a capital."""
    texts = [row[column] for row in ROWS if row[column]]
    assert len(texts) == len(set(texts))


def test_code_shapes() -> None:
    """Alpha-3 codes have three capitals and alpha-2 codes two, except EU and ROW."""
    ours = {"EU": ("EU", "EU"), "ROW": ("ROW", "")}
    for row in ROWS:
        code, alpha2 = row["code"], row["alpha2"]
        assert (code, alpha2) == ours.get(code, (code, alpha2))
        assert code.isupper()
        assert code in ours or (len(code), len(alpha2)) == (3, 2)


@given(st.sampled_from(SPELLINGS), st.sampled_from(DRESSINGS))
def test_every_spelling_is_read(spelling: tuple[str, str], dress: object) -> None:
    """Each cell of the tables gives its code back, in any case, without accents, after 'the', possessive."""
    text, code = spelling
    assert callable(dress)
    assert economy(dress(text)) == code


def test_no_spelling_is_shadowed() -> None:
    """No name, adjective, capital or alias is claimed by another economy."""
    assert [(text, code) for text, code in SPELLINGS if economy(text) != code] == []


@given(st.sampled_from(all_codes()))
def test_round_trips(code: str) -> None:
    """The code, name and adjective that we print are read as the same code."""
    assert is_economy(code)
    assert economy(code) == economy(economy_name(code)) == economy(adjective(code)) == code


@given(st.text())
def test_any_text(text: str) -> None:
    """Any text is one code or an InputFault, and nothing else."""
    with suppress(InputFault):
        assert is_economy(economy(text))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("U.S.", "USA"),
        ("American", "USA"),
        ("America", "USA"),
        ("Washington, D.C.", "USA"),
        ("British", "GBR"),
        ("the U.K.", "GBR"),
        ("London", "GBR"),
        ("Dutch", "NLD"),
        ("Beijing", "CHN"),
        ("the mainland", "CHN"),
        ("CHINA (MAINLAND)", "CHN"),
        ("China (People's Republic of)", "CHN"),
        ("Brussels", "EU"),
        ("the bloc", "EU"),
        ("Belgium", "BEL"),
        ("Turkey", "TUR"),
        ("Turkiye", "TUR"),
        ("Macau", "MAC"),
        ("China, Hong Kong SAR", "HKG"),
        ("Chinese Taipei", "TWN"),
        ("Korea", "KOR"),
        ("KOREA, SOUTH", "KOR"),
        ("Korea, Rep.", "KOR"),
        ("Korea, Dem. People's Rep.", "PRK"),
        ("Czech Republic", "CZE"),
        ("Viet Nam", "VNM"),
        ("Ivory Coast", "CIV"),
        ("Cote d’Ivoire", "CIV"),
        ("BURMA (MYANMAR)", "MMR"),
        ("Swaziland", "SWZ"),
        ("N. Macedonia", "MKD"),
        ("Cape Verde", "CPV"),
        ("Congo (Kinshasa)", "COD"),
        ("Congo, Dem. Rep.", "COD"),
        ("Congo, Republic of the Congo", "COG"),
        ("Gambia, The", "GMB"),
        ("St Vincent & the Grenadines", "VCT"),
        ("Micronesia, Fed. Sts.", "FSM"),
        ("Georgia", "GEO"),
        ("Guinea", "GIN"),
        ("Niger", "NER"),
        ("Kosovo", "XKX"),
        ("rest of the world", "ROW"),
    ],
)
def test_known_spellings(name: str, code: str) -> None:
    """The spellings that trade data and articles are full of."""
    assert economy(name) == code


def test_na_is_namibia() -> None:
    """The string 'NA' is Namibia, and a missing value is a fault that says so."""
    assert economy("NA") == economy("na") == "NAM"
    with pytest.raises(InputFault, match="read as missing"):
        economy(float("nan"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "candidates"),
    [("Congo", "COG or COD"), ("Dominican", "DOM or DMA"), ("the Virgin Islands", "VGB or VIR")],
)
def test_ambiguous(name: str, candidates: str) -> None:
    """A word for two economies is a fault that names both."""
    with pytest.raises(InputFault) as caught:
        economy(name, path="partner")
    assert caught.value.faults[0].path == "partner"
    assert caught.value.faults[0].allowed == candidates


@pytest.mark.parametrize(("name", "hint"), [("Germny", "Germany"), ("Viet Nm", "Viet Nam"), ("XKY", "XKX")])
def test_nearest(name: str, hint: str) -> None:
    """An unknown name is a fault with the nearest known one."""
    with pytest.raises(InputFault, match=f"Did you mean {hint}"):
        economy(name)


@pytest.mark.parametrize("name", ["", " ", "the", "US-China", "Hong Kong and China", "South America", "ALL"])
def test_not_one_economy(name: str) -> None:
    """Nothing, two economies, a continent and 'every partner' are not an economy."""
    with pytest.raises(InputFault):
        economy(name)


def test_only_codes_are_codes() -> None:
    """Names, lower case and 'ALL' are no codes, and the fault offers the code that was meant."""
    assert not any(map(is_economy, ["chn", "CN", "China", "ALL", ""]))
    for ask in (economy_name, adjective, lambda code: union_of(code, TODAY)):
        with pytest.raises(InputFault, match="Did you mean CHN"):
            ask("CN")


def test_words_on_screen() -> None:
    """An adjective that two economies share gives way to the name."""
    assert (economy_name("TUR"), adjective("CHN"), adjective("USA")) == ("Türkiye", "Chinese", "US")
    assert (adjective("COD"), adjective("ROW")) == ("DR Congo", "Rest of the world")


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(1957, 12, 31), 0),
        (date(1958, 1, 1), 6),
        (date(1973, 1, 1), 9),
        (date(1981, 1, 1), 10),
        (date(1986, 1, 1), 12),
        (date(1995, 1, 1), 15),
        (date(2004, 4, 30), 15),
        (date(2004, 5, 1), 25),
        (date(2007, 1, 1), 27),
        (date(2013, 6, 30), 27),
        (date(2013, 7, 1), 28),
        (date(2020, 1, 31), 28),
        (date(2020, 2, 1), 27),
        (TODAY, 27),
    ],
)
def test_members_by_day(day: date, count: int) -> None:
    """The EU has as many members as on the day of each accession and exit."""
    assert len(members("EU", day)) == count


def test_membership_edges() -> None:
    """The last day of British membership is 31 January 2020, and the first of Croatia's 1 July 2013."""
    exit_day, accession = date(2020, 2, 1), date(2013, 7, 1)
    assert union_of("GBR", exit_day - timedelta(days=1)) == "EU"
    assert union_of("GBR", exit_day) is None
    assert union_of("HRV", accession - timedelta(days=1)) is None
    assert union_of("HRV", accession) == "EU"
    assert union_of("EU", TODAY) is None


@given(st.dates(), st.sampled_from(all_codes()))
def test_members_and_union_agree(day: date, code: str) -> None:
    """An economy is in the list of members exactly when the EU is its union."""
    assert (code in members("EU", day)) == (union_of(code, day) == "EU")


@pytest.mark.parametrize("union", ["USA", "eu", "Brussels"])
def test_not_a_union(union: str) -> None:
    """Members of anything but a union's code is a fault that names the unions."""
    with pytest.raises(InputFault, match="Allowed: EU"):
        members(union, TODAY)


def test_counted_union() -> None:
    """'EU28' is the EU while it had 28 members, on any day if none is given, and 'EU26' never was."""
    assert {economy(name) for name in ("EU28", "EU-27", "EU27_2020", "European Union (15 countries)")} == {"EU"}
    assert economy("EU28", on=date(2020, 1, 31)) == economy("EU27", on=TODAY) == "EU"
    with pytest.raises(InputFault, match="had 27 members on 1 Feb 2020, not 28"):
        economy("EU28", on=date(2020, 2, 1))
    with pytest.raises(InputFault, match="never had 26 members"):
        economy("EU26")


@pytest.mark.shared
def test_census_names() -> None:
    """Every code and name of the Census list of partners is read."""
    with shared("census-2024", "country_codes.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows
    assert [row for row in rows if economy(row["country"]) != row["ISO3"] or not is_economy(row["ISO3"])] == []


@pytest.mark.shared
def test_icio_labels() -> None:
    """Every exporter of the input-output tables is a code."""
    numpy = pytest.importorskip("numpy")
    with numpy.load(shared("icio", "flows-2022.npz")) as flows:
        assert [code for code in flows["exporter"].tolist() if not is_economy(code)] == []
