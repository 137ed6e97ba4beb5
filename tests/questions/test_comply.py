"""Commitments: outside numbers, states as then known, a trade file with what is wrong in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente import record as r
from detente.questions import comply
from detente.questions.answers import OwingLine
from detente.record.entries import Progress
from detente.record.folder import load_folder
from detente.terms import InputFault

EXAMPLE = Path(__file__).parents[2] / "examples" / "phase-one-trade.csv"
HEAD = "reporter,partner,group,period,value,unit\n"


def lines(on: str, known: str | None = None) -> dict[str, OwingLine]:
    """Every commitment by id."""
    answer = comply("us-china", date.fromisoformat(on), date.fromisoformat(known or on))
    return {x.commitment: x for x in answer.commitments}


def test_phase_one_against_published_numbers() -> None:
    """Bown (PIIE, February 2022): 288.8 of 502.4 bn, 57%, less than two years at the level of 2017."""
    x = lines("2026-10-01")["phase-one-purchases"]
    assert (x.goal, x.extra, x.base) == pytest.approx((502.4, 200.0, 302.4))
    assert x.done == 288.8
    assert x.share == pytest.approx(0.575, abs=5e-4)
    assert x.over_base == pytest.approx(-13.6)
    assert x.short_by == pytest.approx(213.6)
    assert x.state == "short"


def test_phase_one_sums_of_annex() -> None:
    """Annex 6.1: 76.7 and 123.3 by year; 77.7, 32.0, 52.4, 37.9 by group; 227.9 and 274.5 with the base."""
    targets = lines("2026-10-01")["phase-one-purchases"].targets
    extra = {(t.group, t.from_.year, t.until.year): t.extra for t in targets}
    assert extra["all", 2020, 2021] == pytest.approx(76.7)
    assert extra["all", 2021, 2022] == pytest.approx(123.3)
    both = {"manufactures": 77.7, "farm": 32.0, "energy": 52.4, "services": 37.9, "all": 200.0}
    assert {g: extra[g, 2020, 2022] for g in both} == pytest.approx(both)
    goal = {(t.group, t.from_.year, t.until.year): t.goal for t in targets}
    assert goal["all", 2020, 2021] == pytest.approx(227.9)
    assert goal["all", 2021, 2022] == pytest.approx(274.5)
    assert goal["goods", 2020, 2021] == pytest.approx(159.0)
    assert goal["farm", 2020, 2021] == pytest.approx(33.4)


def test_both_sides_of_the_statistics() -> None:
    """On Chinese imports 2020 asks for 173.1 of goods and 36.6 of farm goods; what has no base there is unknown."""
    view = r.dispute("us-china").as_of(date(2026, 10, 1), date(2026, 10, 1))
    owed = next(o.commitment for o in r.compliance(view) if o.commitment.id == "phase-one-purchases")
    year = (date(2020, 1, 1), date(2021, 1, 1))
    goods, farm, energy, everything = (
        r.target(view, owed, g, *year, "imports") for g in ("goods", "farm", "energy", "all")
    )
    assert goods is not None
    assert farm is not None
    assert energy is not None
    assert everything is not None
    assert float(goods.goal or 0) == pytest.approx(173.1)
    assert float(farm.goal or 0) == pytest.approx(36.6)
    assert energy.goal is None
    assert everything.goal is None
    assert float(everything.extra) == pytest.approx(76.7)


def test_shares_by_group_fit_the_total() -> None:
    """83, 59, 37 and 52% of the four goals come to 288.8 within the rounding of the shares."""
    x = lines("2026-10-01")["phase-one-purchases"]
    goals = {t.group: t.goal for t in x.targets if t.until.year - t.from_.year == 2}
    shares = {p.group: p.share for p in x.reports if p.share is not None and p.group != "goods"}
    assert set(shares) == {"manufactures", "farm", "energy", "services"}
    total = sum((goals[g] or 0) * s for g, s in shares.items() if g is not None)
    assert total == pytest.approx(288.8, abs=0.005 * 502.4)


@pytest.mark.parametrize(
    ("on", "state", "done", "late"),
    [
        ("2025-10-31", "not begun", None, False),
        ("2025-11-10", "not yet due", None, False),
        ("2025-11-20", "under way", 0.33, False),
        ("2025-12-20", "under way", 7, False),
        ("2026-01-05", "reported short", 8.5, False),
        ("2026-01-08", "partly reported", 8, False),
        ("2026-01-20", "reported delivered", 12, True),
    ],
)
def test_soybeans_as_then_known(on: str, state: str, done: float | None, late: bool) -> None:
    """The first 12 Mt: what each day's reports allow to say, and no more."""
    known = "2025-11-01" if on == "2025-10-31" else on
    x = lines(on, known)["busan-cn-soybeans-2025"]
    assert (x.state, x.done, x.late) == (state, done, late)


def test_nothing_known_is_neither_zero_nor_breach() -> None:
    """No source tells of the 25 Mt of 2026: not due, number unknown; of a sum fallen due: nothing known, or unknown."""
    x = lines("2026-10-01")["busan-cn-soybeans-2026"]
    assert (x.state, x.done, x.share, x.goal) == ("not yet due", None, None, 25)
    assert lines("2026-10-01")["geneva-cn-non-tariff"].state == "due, nothing known"
    later = lines("2027-02-01")["busan-cn-soybeans-2026"]
    assert later.state == "unknown"
    assert "after the record ends" in later.why


def test_phase_one_before_the_count() -> None:
    """In June 2021 no total was known; from October 2021 a breach was claimed, and the count came in February 2022."""
    early = lines("2021-06-01")["phase-one-purchases"]
    assert early.state == "not yet due"
    assert early.base is None, "the base of services was not public"
    assert early.goal is None
    assert early.extra == pytest.approx(200.0)
    assert lines("2022-02-07")["phase-one-purchases"].state == "breach claimed"
    assert lines("2022-02-07")["phase-one-purchases"].done is None
    assert lines("2022-02-08")["phase-one-purchases"].state == "short"


def test_claims_and_answers_of_june_2025() -> None:
    """On 6 June 2025 both sides had cut tariffs by acts; the non-tariff promise was disputed; London settled that."""
    then = lines("2025-06-06")
    assert then["geneva-us-tariffs"].state == then["geneva-cn-tariffs"].state == "carried out"
    assert then["geneva-us-tariffs"].acts == ["us-eo-14298"]
    assert then["geneva-cn-non-tariff"].state == "disputed"
    assert all(c.answers for c in then["geneva-cn-non-tariff"].charges)
    assert lines("2025-06-01")["geneva-cn-non-tariff"].state == "breach claimed"
    assert lines("2025-05-20")["geneva-cn-non-tariff"].state == "not yet due"


def test_overtaken_and_unknown() -> None:
    """The fentanyl duty fell to the ruling of February 2026; past the clock of November 2026 nobody knows."""
    assert lines("2026-02-01")["busan-us-fentanyl"].state == "carried out"
    assert lines("2026-10-01")["busan-us-fentanyl"].state == "overtaken"
    assert lines("2026-11-23")["busan-cn-general-licences"].state == "unknown"
    assert lines("2019-09-01")["osaka-cn-farm"].state == "overtaken"
    assert lines("2026-10-01")["washington-us-list"].state == "announced"


def test_example_file() -> None:
    """The shipped example gives 57.5% on US data; four months of goods are shown on both sides, the goal whole."""
    answer = comply("us-china", date(2026, 10, 1), date(2026, 10, 1), str(EXAMPLE))
    assert answer.trade is not None
    exports, imports = answer.trade
    assert (exports.side, imports.side) == ("US exports", "Chinese imports")
    assert exports.accepted
    assert imports.accepted
    total = next(x for x in exports.lines if x.group == "all")
    assert (total.bought, total.goal, total.over_base) == pytest.approx((288.8, 502.4, -13.6))
    goods = next(x for x in imports.lines if x.group == "goods" and x.until.year == 2021)
    assert (goods.months_covered, goods.months, goods.pro_rated) == (4, 12, False)
    assert goods.goal == pytest.approx(173.1)


def test_pro_rated_only_when_asked() -> None:
    """A third of 173.1 is 57.7 for January to April 2020; the tracker of the time printed 57.6, and 45%."""
    answer = comply("us-china", date(2026, 10, 1), date(2026, 10, 1), str(EXAMPLE), pro_rate=True)
    assert answer.trade is not None
    goods = next(x for x in answer.trade[1].lines if x.group == "goods" and x.until.year == 2021)
    assert goods.pro_rated
    assert goods.goal == pytest.approx(57.6, abs=0.15)
    assert goods.share == pytest.approx(0.45, abs=0.005)


def write(tmp_path: Path, text: str) -> str:
    """A trade file."""
    file = tmp_path / "trade.csv"
    file.write_text(text, encoding="utf-8")
    return str(file)


def faults(tmp_path: Path, text: str) -> list[str]:
    """What is said of a trade file."""
    with pytest.raises(InputFault) as caught:
        comply("us-china", date(2026, 10, 1), date(2026, 10, 1), write(tmp_path, text))
    return [str(f) for f in caught.value.faults]


def test_sums_need_every_part(tmp_path: Path) -> None:
    """Goods are the sum of their three groups only where all three are there for the same months."""
    rows = HEAD + "USA,CHN,farm,2020,20,USD bn\nUnited States,China,energy,2020,7e9,USD\n"
    two = comply("us-china", date(2026, 10, 1), None, write(tmp_path, rows)).trade
    assert two is not None
    assert {x.group for x in two[0].lines} == {"farm", "energy"}
    rows += "USA,CHN,manufactures,2020,60000,USD m\n"
    three = comply("us-china", date(2026, 10, 1), None, write(tmp_path, rows)).trade
    assert three is not None
    goods = next(x for x in three[0].lines if x.group == "goods" and x.until.year == 2021)
    assert goods.bought == pytest.approx(87)
    assert goods.share == pytest.approx(87 / 159.0)


def test_soybeans_by_code(tmp_path: Path) -> None:
    """Rows by HS code and weight count for the commitment that names the code."""
    text = "reporter,partner,hs,period,value,unit\nCHN,USA,1201.90,2026-01,1000000,t\n"
    trade = comply("us-china", date(2026, 10, 1), None, write(tmp_path, text)).trade
    assert trade is not None
    assert trade[0].commitment == "busan-cn-soybeans-2026"
    assert trade[0].accepted is None
    assert trade[0].lines[0].bought == pytest.approx(1.0)
    assert trade[0].lines[0].share == pytest.approx(1 / 25)


def test_every_fault_at_once(tmp_path: Path) -> None:
    """Each wrong line is named with what would be right."""
    said = faults(
        tmp_path,
        HEAD
        + "Chnia,USA,farm,2020,5,USD bn\n"
        + 'USA,CHN,farm,2020,"1,5",USD bn\n'
        + "USA,CHN,farm,2020,n/a,USD bn\n"
        + "USA,CHN,farm,2020-13,5,USD bn\n"
        + "USA,CHN,farm,2021,5,EUR\n"
        + "USA,CHN,farm,2021,1,5,USD bn\n"
        + "USA,CHN,energy,2020,5,USD bn\n"
        + "USA,CHN,energy,2020-03,5,USD bn\n"
        + "USA,CHN,energy,2021,-5,USD bn\n",
    )
    text = "\n".join(said)
    assert len(said) == 8
    for number, words in (
        (2, "Chnia"),
        (3, "A decimal comma is not read"),
        (4, "'n/a' is not a value"),
        (5, "'2020-13' is not a period"),
        (6, "'EUR' is not a unit"),
        (7, "7 values stand in 6 columns"),
        (9, "already in line 8"),
        (10, "'-5' is not a value"),
    ):
        assert any(f"trade.csv:{number}:" in line and words in line for line in said), text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("reporter,partner,grup,period,value\n", "Did you mean group?"),
        ("", "The file is empty"),
        (HEAD, "no rows"),
        (HEAD + "USA,CHN,farms,2020,5,USD bn\n", "Did you mean farm?"),
        (HEAD + "USA,MEX,farm,2020,5,USD bn\n", "No purchase between USA and MEX was promised"),
        (HEAD + "USA,CHN,farm,2017,5,USD bn\n", "lies outside what was promised"),
        (HEAD + "USA,CHN,farm,2020,5,Mt\n", "lies outside what was promised"),
        ("reporter,partner,hs,period,value\nUSA,CHN,8703,2020,5\n", "No commitment in the record names its goods"),
    ],
)
def test_wrong_files(text: str, words: str, tmp_path: Path) -> None:
    """A file that cannot be counted says why."""
    assert words in "\n".join(faults(tmp_path, text))


def test_progress_of_the_record_hangs_together() -> None:
    """Each shipped report is of a commitment and group that exist, in its unit, within its days, with sources."""
    loaded = load_folder(r.folder_of("us-china"))
    owed = {c.id: c for x in loaded.entries["arrangements"] for c in x.commitments}
    sources = {s.id for s in loaded.entries["sources"]}
    measures = {m.id for m in loaded.entries["measures"]}
    reports: list[Progress] = loaded.entries["progress"]
    assert len(reports) > 30
    for p in reports:
        c = owed[p.commitment]
        assert p.group is None or p.group in r.group_names(c), p.id
        assert set(p.sources) <= sources, p.id
        assert p.until > c.from_, p.id
        assert p.published >= p.from_, p.id
        assert (p.until - p.published).days <= 1, f"{p.id} tells of days to come"
        unit = c.quantity.unit if c.quantity else c.parts[0].unit if c.parts else None
        assert p.measured or p.unit in (None, unit), p.id
    for c in owed.values():
        assert set(c.measures) <= measures, c.id
        assert {s for b in c.bases for s in b.sources} <= sources, c.id
        assert {b.group for b in c.bases} <= {*r.group_names(c)}, c.id
