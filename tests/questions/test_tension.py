"""The tension index: what it is made of, what it may know, and that its one firm statement holds."""

from __future__ import annotations

import csv
import io
import itertools
import json
import math
import re
from datetime import date
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner

from detente import duties as d
from detente import record as r
from detente import terms
from detente.cli import main
from detente.policy import restricted_shares
from detente.questions import schema_of, tension_index
from detente.questions.answers import Tension, TensionDay
from detente.questions.duty_levels import DutyLevels
from detente.questions.tension import BAND, PARTS, vertices
from detente.questions.turns import turns


@pytest.fixture(scope="module")
def series() -> Tension:
    """Every day of the record, each as known that day."""
    return tension_index("us-china")


def at(series: Tension, day: str) -> TensionDay:
    """The line that stands on a day."""
    return [x for x in series.days if x.day <= date.fromisoformat(day)][-1]


def one(day: str, **given: object) -> Tension:
    """One day."""
    return tension_index("us-china", on=date.fromisoformat(day), **given)  # type: ignore[arg-type]


def test_it_peaks_in_april_2025_under_every_weighting(series: Tension) -> None:
    """From 2018 to October 2026 April 2025 is the highest month at each vertex, hence at every weighting."""
    assert (series.months[0].month, series.months[-1].month) == ("2018-01", "2026-10")
    assert series.peak is not None
    assert series.peak.months == ["2025-04"]
    assert series.peak.weightings == len(vertices()) == 12


def test_it_falls_in_may_2025_under_every_weighting(series: Tension) -> None:
    """May is below April, and 14 May below 13 May, at each vertex and whatever the share under licences was."""
    april, may = (np.array(means(series, m)) for m in ("2025-04", "2025-05"))
    before, after = (np.array(parts(at(series, x))) for x in ("2025-05-13", "2025-05-14"))
    for corner in vertices():
        assert (april @ corner > may @ corner).all()
        assert (before @ corner > after @ corner).all()


def parts(line: TensionDay) -> list[list[float]]:
    """The four parts at their lowest and their highest."""
    bounds = [getattr(line, p) for p in PARTS[:3]]
    return [[*(b.low for b in bounds), line.events], [*(b.high for b in bounds), line.events]]


def means(series: Tension, month: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The mean parts of a month."""
    days = [date.fromisoformat(f"{month}-{n:02}") for n in range(1, 31)]
    return np.mean([parts(at(series, str(x))) for x in days], axis=0)


def test_it_holds_beyond_the_band() -> None:
    """The peak stays in April 2025 for any weighting that gives duties at least a fifth, and not with steps alone."""
    wide = [(0.2 + (0.8 if k == 0 else 0), *(0.8 if k == n else 0.0 for n in (1, 2, 3))) for k in range(4)]
    for weights in wide:
        got = tension_index("us-china", weights=weights)
        assert max(got.months, key=lambda m: m.index.low).month == "2025-04"
    alone = tension_index("us-china", weights=(0, 0, 1, 0))
    assert max(alone.months, key=lambda m: m.index.low).month != "2025-04"


def test_vertices_are_the_whole_band() -> None:
    """Each vertex is a weighting of the band, and no weighting on a grid of it leads beyond the vertices."""
    corners = vertices()
    np.testing.assert_allclose(corners.sum(axis=1), 1)
    assert all(lo - 1e-9 <= w <= hi + 1e-9 for v in corners for w, (lo, hi) in zip(v, BAND, strict=True))
    grid = [np.linspace(lo, hi, 7) for lo, hi in BAND[:3]]
    inside = [(*g, 1 - sum(g)) for g in itertools.product(*grid) if BAND[3][0] <= 1 - sum(g) <= BAND[3][1]]
    assert len(inside) > 50
    for direction in np.random.default_rng(1).normal(size=(40, 4)):
        assert max(np.dot(g, direction) for g in inside) <= (corners @ direction).max() + 1e-9


def test_the_page_says_what_comes_out(series: Tension) -> None:
    """The table of docs/tension.md has the figures of today's record."""
    page = (Path(__file__).parents[2] / "docs" / "tension.md").read_text(encoding="utf-8")
    found = {x.month: x for x in series.months}
    for name, month in (("March", "2025-03"), ("April", "2025-04"), ("May", "2025-05")):
        x = found[month]
        cells = [f"{b.low:.2f} to {b.high:.2f}" for b in (x.index, x.band)]
        assert re.search(rf"\| {name} .*\| {cells[0]} \| {cells[1]} \|", page), (name, cells)


def test_the_index_is_its_parts(series: Tension) -> None:
    """On every line the index is the weighted sum of the parts, within the band."""
    weights = [getattr(series.weights, p) for p in PARTS]
    for line in series.days:
        low, high = (np.dot(x, weights) for x in parts(line))
        assert (line.index.low, line.index.high) == pytest.approx((low, high))
        assert line.index.high is not None
        assert line.band.high is not None
        assert line.band.low - 1e-9 <= line.index.low <= line.index.high <= line.band.high + 1e-9


def test_duties_are_the_mean_over_lines() -> None:
    """The levels agree with every line of the schedule weighed one by one, and with the average of `duty`."""
    levels = DutyLevels(r.dispute("us-china"), "world-2022")
    trade = d.us_imports()
    weight = trade.column("CHN") / trade.column("CHN").sum()
    for day in (date(2019, 10, 1), date(2025, 4, 20), date(2026, 5, 1)):
        found = d.lines(r.dispute("us-china").as_of(day, day), "USA", "CHN", trade.code).central
        level = levels.of("USA", day, day)
        assert level.extended == level.lapsed == pytest.approx(float(np.log1p(found) @ weight))
        assert level.rate == pytest.approx(d.average("CHN", "USA", day, day).central)


def test_a_blanket_duty_has_a_known_level() -> None:
    """On 20 April 2025 the index part is the mean of both sides' logs over ln 2, about 1.15."""
    got = one("2025-04-20")
    assert got.detail is not None
    us, cn = got.detail.us_on_cn.low, got.detail.cn_on_us.low
    assert got.days[0].duties.low == pytest.approx((us + cn) / 2 / math.log(2))
    assert math.log(1 + 1.25) < cn < math.log(1 + 1.5)


def test_no_hindsight() -> None:
    """On 10 April 2025 the exemption of electronics is not known; as known a week later it is."""
    then, later = one("2025-04-10"), one("2025-04-10", known=date(2025, 4, 17))
    assert then.days[0].duties.low > later.days[0].duties.low
    assert then.detail is not None
    assert all(e.day <= date(2025, 4, 10) for e in then.detail.events)


def test_the_lapse_is_scheduled_and_a_cut_is_not_tension() -> None:
    """Within 90 days of its lapse the truce counts as a rise; the cut of 12 May, not yet in force, does not."""
    june, may = one("2025-06-06"), one("2025-05-12")
    assert june.detail is not None
    lapse = next(s for s in june.detail.steps if s.day == date(2025, 8, 12))
    assert lapse.us_on_cn is not None
    assert lapse.cn_on_us is not None
    assert june.days[0].scheduled.low == pytest.approx((lapse.us_on_cn + lapse.cn_on_us) / 2 / math.log(2))
    assert may.days[0].scheduled.low == 0
    assert one("2025-05-13").days[0].scheduled.low == 0


def test_an_announced_extension_makes_the_step_unknown() -> None:
    """From 28 September 2026 the lapse of 10 November may or may not come: nothing, or the step of China's duty."""
    before, after = one("2026-09-20").days[0].scheduled, one("2026-09-30").days[0].scheduled
    assert before.low == before.high > 0.1
    assert (after.low, after.high) == (0, before.high)


def test_past_the_clock_the_duties_are_between_two() -> None:
    """On 23 November 2026 nobody knows whether the lapse came."""
    got = one("2026-11-23")
    assert got.beyond_coverage
    assert got.days[0].duties.low < got.days[0].duties.high  # type: ignore[operator]


def test_unknown_trade_is_never_zero(series: Tension) -> None:
    """A listing of firms leaves the share open up to all; before any measure it is known to be nothing."""
    assert at(series, "2018-06-01").nontariff.high == 0
    assert at(series, "2019-06-01").nontariff.high == 0.5
    now = at(series, "2025-06-06")
    assert (now.nontariff.low, now.nontariff.high) == (0, 1)
    assert 0 < now.nontariff_by_goods < 0.5
    assert "us-huawei-listing" in one("2019-06-01").detail.unmeasured  # type: ignore[union-attr]


def test_reach_of_a_licence() -> None:
    """Alone the licences on gallium and germanium bound their share by the imports of their headings."""
    dispute = r.dispute("us-china")
    levels = DutyLevels(dispute, "world-2022")
    view = dispute.as_of(date(2023, 9, 1), date(2023, 9, 1))
    china, usa = restricted_shares(view, levels.exports_bn, levels.sectors)
    assert china.measures == ("cn-gallium-germanium",)
    assert 0 < china.high == china.by_goods < 0.01
    assert usa.high == 1


def test_every_part_named_in_the_reach_file_is_in_the_record() -> None:
    """A row about a measure or a part that is not there would be dead."""
    from detente.policy.restrictions import _table

    record = r.dispute("us-china").record
    measures, scopes = {m.id for m in record.measures}, {s.id for s in record.scopes}
    assert {m for m, _ in _table()} <= measures
    assert {g for _, g in _table()} - {""} <= scopes


TURNS = {
    "us-eo-14259": "hostile",
    "us-eo-14298": "cooperative",
    "us-eo-14334": "cooperative",
    "us-memo-2025-04-11": "cooperative",
    "cn-tc-2025-6": "hostile",
    "cn-mofcom-2025-18": "hostile",
    "us-eo-14257": "both",
    "us-bis-2025-07-02": "cooperative",
    "us-breach-2025-05-30": "hostile",
    "call-2025-06-05": "cooperative",
    "geneva-2025": "cooperative",
    "us-threat-2025-10-10": None,
}


def test_turns_are_derived() -> None:
    """What raises is hostile, what lowers or renews a truce cooperative; judgments are no turn, threats none."""
    found = {e.id: e for e in turns(r.dispute("us-china"))}
    assert {k: found[k].turn for k in TURNS} == TURNS
    assert "us-scotus-2026-02-20" not in found
    assert found["us-threat-2025-10-10"].word == "threat"


def test_the_window_is_ninety_days(series: Tension) -> None:
    """An event counts on its day and the 89 after it."""
    last = date(2025, 4, 8).toordinal() + 89
    ids = [{e.id for e in one(str(date.fromordinal(n))).detail.events} for n in (last, last + 1)]  # type: ignore[union-attr]
    assert "us-eo-14259" in ids[0]
    assert "us-eo-14259" not in ids[1]
    line = at(series, "2025-04-20")
    assert line.events == pytest.approx((line.hostile - line.cooperative) / (line.hostile + line.cooperative + 5))


@pytest.mark.parametrize(
    ("weights", "says"),
    [
        ((1, 2, 3), "3 weights were given for 4 parts"),
        ((-1, 1, 1, 1), "cannot weigh less than zero"),
        ((0, 0, 0, 0), "nothing to weigh"),
        ((float("nan"), 1, 1, 1), "no number to weigh with"),
        ((-1, -2, 1), "3 weights were given"),
    ],
)
def test_weights_that_are_none(weights: tuple[float, ...], says: str) -> None:
    """Each fault is said with what is allowed, all at once."""
    with pytest.raises(terms.InputFault, match=says) as caught:
        tension_index("us-china", weights=weights)
    assert all(f.allowed for f in caught.value.faults)
    assert len(caught.value.faults) == (3 if len(weights) == 3 and weights[0] < 0 else 1)


def test_weights_are_scaled() -> None:
    """2,1,1,1 and 0.4,0.2,0.2,0.2 are the same; outside the band is said."""
    a, b = one("2025-06-06", weights=(2, 1, 1, 1)), one("2025-06-06")
    assert a.days == b.days
    assert a.in_band
    assert not one("2025-06-06", weights=(1, 0, 0, 0)).in_band


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["us-world"], "no trade weights for both sides of us-world"),
        (["us-chin"], "Did you mean us-china"),
        (["us-china", "--on", "2025-06-06", "--since", "2025-01-01"], "without --since and --until"),
        (["us-china", "--since", "2025-06-06", "--until", "2025-06-06"], "is not after"),
        (["us-china", "--on", "2010-01-01"], "is before it"),
        (["us-china", "--since", "2030-01-01"], "There is no day from"),
        (["us-china", "--weights", "a,b,c,d"], "'a' is not a number"),
        (["us-china", "--csv", "--json"], "not both"),
    ],
)
def test_wrong_usage(words: list[str], says: str) -> None:
    """Every mistake ends with status 2 and says what would do."""
    got = CliRunner().invoke(main, ["tension", *words])
    assert got.exit_code == 2
    assert says in got.output


def test_json_is_as_published() -> None:
    """A series and a day fit the schema."""
    for words in (["--since", "2025-04-01", "--until", "2025-06-01"], ["--on", "2026-11-23"]):
        got = CliRunner().invoke(main, ["tension", "us-china", *words, "--json"])
        assert got.exit_code == 0, got.output
        jsonschema.validate(json.loads(got.output), schema_of("tension"))


def test_csv_has_one_row_a_day() -> None:
    """April 2025 has thirty rows, and they say what the lines say."""
    words = ["tension", "us-china", "--since", "2025-04-01", "--until", "2025-05-01", "--csv"]
    rows = list(csv.DictReader(io.StringIO(CliRunner().invoke(main, words).output)))
    assert [x["day"] for x in rows] == [f"2025-04-{n:02}" for n in range(1, 31)]
    assert float(rows[19]["index_low"]) == pytest.approx(one("2025-04-20").days[0].index.low, rel=1e-5)


def test_screens() -> None:
    """The series names its highest month, the day its parts."""
    got = CliRunner().invoke(main, ["tension", "us-china", "--since", "2025-01-01", "--until", "2025-07-01"])
    assert "Highest month under every weighting of the band: 2025-04" in got.output
    got = CliRunner().invoke(main, ["tension", "us-china", "--on", "2025-06-06"])
    for says in ("0.398", "2025-08-12", "25 hostile, 10 cooperative; apart: 1 threats", "No figure bounds"):
        assert says in got.output


def test_help_examples_run() -> None:
    """Each example in the help works."""
    text = CliRunner().invoke(main, ["tension", "--help"]).output
    examples = [line.split() for line in text.splitlines() if line.strip().startswith("detente ")]
    assert len(examples) == 3
    for words in examples:
        assert CliRunner().invoke(main, words[1:]).exit_code == 0
