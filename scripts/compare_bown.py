"""Build `docs/bown-series.md`: both sides' average duties at the 77 dates of Chad P. Bown's series, ours beside it.

    python scripts/compare_bown.py --from ../shared/data

The file of the series is read, not shipped. Every step that differs by more than two points has a row in
`bown_reasons.csv` with the reason and the comparison that shows it: the steps of several dates taken together, or the
average worked out again with the one thing changed that the reason names.
"""

from __future__ import annotations

import argparse
import copy
import csv
import itertools
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from detente import duties as d
from detente import policy, worlds
from detente import record as r

ROOT = Path(__file__).parents[1]
PAGE, REASONS = ROOT / "docs" / "bown-series.md", Path(__file__).parent / "bown_reasons.csv"
SERIES = Path("tariffs") / "us_china_average_2018_2025.csv"
SIDES = {"us_on_cn": "United States on China", "cn_on_us": "China on the United States"}
LIMIT = 2.0
SPANS = ("2018-01-01", "2020-02-14", "2025-01-01", "2025-03-10", "2025-04-05", "2025-05-14", "2025-08-18", "2025-11-14")
Edit = Callable[[Any], None]


@dataclass(frozen=True)
class Reason:
    """Why a step differs, and the comparison that shows it."""

    day: date
    side: str
    compare: str
    text: str


class Averages:
    """Our averages in points, on any day as known at the end of the record; `dispute` may be an altered copy."""

    def __init__(self, dispute: r.Dispute) -> None:
        self.dispute = dispute
        self.known = dispute.record.header.covered_through
        trade, world = d.us_imports(), worlds.read_world("world-2022")
        value = trade.column("CHN")
        self.codes, self.share = trade.code[value > 0], value[value > 0] / value.sum()
        usa, chn = world.economies.index("USA"), world.economies.index("CHN")
        self.exports, self.sectors = world.flows[usa, chn] / 1e3, world.sectors

    def on(self, side: str, day: date, known: date | None = None) -> float:
        """The average additional duty of a side on a day, in points."""
        view = self.dispute.as_of(day, known or self.known)
        if side == "us_on_cn":
            return 100 * float(d.lines(view, "USA", "CHN", self.codes).central @ self.share)
        average = policy.china_average(view, self.exports, self.sectors)
        assert average is not None
        return 100 * average


def altered(
    dispute: r.Dispute, measures: Edit | None = None, scopes: Edit | None = None, codes: Edit | None = None
) -> r.Dispute:
    """A copy of a dispute with its measures, scopes or code lists changed, under a digest of its own."""
    record = copy.copy(dispute.record)
    fields = vars(record)
    fields["digest"] = f"{dispute.record.digest}-{measures}-{scopes}-{codes}"
    for name, edit in (("measures", measures), ("scopes", scopes)):
        if edit is not None:
            fields[name] = [copy.copy(x) for x in fields[name]]
            for entry in fields[name]:
                edit(entry)
    if codes is not None:
        fields["codes"] = {scope: dict(listed) for scope, listed in dispute.record.codes.items()}
        codes(fields["codes"])
    return r.Dispute(record, dispute.folder)


def parts_stacked(measure: Any) -> None:
    """Let goods that pay the duty on car parts pay the reciprocal duty as well."""
    if measure.id == "us-reciprocal":
        kept = [m for m in measure.not_on_goods_subject_to if m != "us-232-auto-parts"]
        vars(measure)["not_on_goods_subject_to"] = kept


def counted_in(codes: dict[str, Any]) -> None:
    """Count the codes of August 2025 of which only some goods may belong as belonging."""
    listed = codes["derivatives-2025-08"]
    listed.update({code: True for code, inside in listed.items() if inside is None})


def whole_value(scope: Any) -> None:
    """Charge goods that pay on their metal on their whole value."""
    vars(scope)["on_content"] = False


def march_on_whole_value(scope: Any) -> None:
    """Charge the articles of March 2025 that pay on their metal on all of their value: no reciprocal duty then."""
    if scope.id.endswith("-content-2025-03"):
        vars(scope)["on_content"] = False


def no_batteries(codes: dict[str, Any]) -> None:
    """Take lithium batteries off the list of car parts."""
    for code in [c for c in codes["car-parts"] if c.startswith("850760")]:
        codes["car-parts"][code] = False


def build(data: Path) -> str:
    """The page as text. Raises `SystemExit` where a larger difference has no reason."""
    with (data / SERIES).open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    days = [date.fromisoformat(x["date"]) for x in rows]
    series = {s: [float(x[s]) for x in rows] for s in SIDES}
    dispute = r.dispute("us-china")
    ours = Averages(dispute)
    own = {s: [ours.on(s, day) for day in days] for s in SIDES}
    reasons = read_reasons()
    large = [(s, n) for s in SIDES for n in range(1, len(days)) if abs(gap(own[s], series[s], n)) > LIMIT]
    missing = {(days[n], s) for s, n in large} ^ {(x.day, x.side) for x in reasons}
    if missing:
        words = "; ".join(f"{day} {side}" for day, side in sorted(missing))
        raise SystemExit(f"{REASONS.name}: a larger difference without a reason, or a reason without one: {words}")
    others = {
        "ours": ours,
        "parts-stacked": Averages(altered(dispute, measures=parts_stacked)),
        "parts-stacked-march-whole": Averages(altered(dispute, measures=parts_stacked, scopes=march_on_whole_value)),
        "march-whole": Averages(altered(dispute, scopes=march_on_whole_value)),
        "counted-in": Averages(altered(dispute, codes=counted_in)),
        "no-batteries": Averages(altered(dispute, codes=no_batteries)),
        "whole-value": Averages(altered(dispute, codes=counted_in, scopes=whole_value)),
    }
    found = [explained(x, days, own[x.side], series[x.side], others) for x in reasons]
    parts = [head(days, own, series, large, found), larger(found), levels(days, own, series, ours, data)]
    return "\n".join([*parts, table(days, own, series, large)])


def read_reasons() -> list[Reason]:
    """The rows of the file of reasons."""
    with REASONS.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return [Reason(date.fromisoformat(x["date"]), x["side"], x["compare"], x["reason"]) for x in rows]


def step(values: Sequence[float], n: int) -> float:
    """From the date before to date n."""
    return values[n] - values[n - 1]


def gap(ours: Sequence[float], series: Sequence[float], n: int) -> float:
    """Our step less that of the series."""
    return step(ours, n) - step(series, n)


@dataclass(frozen=True)
class Explained:
    """A larger difference with its reason: both steps, and both steps compared as the reason says."""

    reason: Reason
    text: str
    ours: float
    series: float
    how: str
    ours_then: float
    series_then: float


def explained(
    reason: Reason, days: list[date], ours: list[float], series: list[float], others: dict[str, Averages]
) -> Explained:
    """Make the comparison that a reason names."""
    n = days.index(reason.day)
    kind, _, rest = reason.compare.partition(":")
    if kind == "together":
        first, last = (days.index(date.fromisoformat(x)) for x in rest.split(":"))
        then = ours[last] - ours[first - 1], series[last] - series[first - 1]
        how = f"the dates from {days[first]} to {days[last]} together"
    elif kind == "march-whole":
        first, last = (days.index(date.fromisoformat(x)) for x in rest.split(":"))
        other = others[kind]
        moved = other.on(reason.side, days[last]) - other.on(reason.side, days[first - 1])
        then = moved, series[last] - series[first - 1]
        how = f"the dates from {days[first]} to {days[last]} together, articles of March 2025 on their whole value"
    else:
        other = others[kind]
        then = other.on(reason.side, days[n]) - other.on(reason.side, days[n - 1]), step(series, n)
        how = HOW[kind]
    text = reason.text
    if "{own_days}" in text:
        moves = own_days(others["ours"], reason.side, days, n)
        text = text.replace("{own_days}", ", ".join(map(pts, moves[:2])) + f" and then {pts(moves[2])}")
    for word, name in (("{batteries}", "no-batteries"), ("{whole}", "whole-value")):
        if word in text:
            there = others[name]
            text = text.replace(word, f"{abs(there.on(reason.side, days[n]) - there.on(reason.side, days[n - 1])):.1f}")
    return Explained(reason, text, step(ours, n), step(series, n), how, *then)


def own_days(ours: Averages, side: str, days: list[date], n: int) -> list[float]:
    """Our steps to three dates, each as known on its day."""
    values = [ours.on(side, day, day) for day in days[n - 1 : n + 3]]
    return [step(values, k) for k in (1, 2, 3)]


HOW = {
    "parts-stacked": "if car parts paid the reciprocal duty too",
    "parts-stacked-march-whole": "if car parts paid it too, and articles of March 2025 on their whole value did not",
    "counted-in": "with the open codes of August 2025 counted in",
}


def pts(value: float) -> str:
    """Points with a sign."""
    return "0.0" if abs(value) < 0.05 else f"{value:+.1f}".replace("-", "−")


def head(
    days: list[date],
    own: dict[str, list[float]],
    series: dict[str, list[float]],
    large: list[tuple[str, int]],
    found: list[Explained],
) -> str:
    """What is compared, and what comes of it."""
    steps = 2 * (len(days) - 1)
    moved = sum(
        abs(step(series[s], n)) >= 0.05 or abs(step(own[s], n)) >= 0.05 for s in SIDES for n in range(1, len(days))
    )
    then = sum(abs(x.ours_then - x.series_then) <= LIMIT for x in found)
    verdict = f"""So the levels differ by a base and by weights, and what can be compared are the steps from one date to
        the next. Of {steps} steps ({moved} of which move on either account) {steps - len(large)} agree within
        {LIMIT:.0f} points. The other {len(large)} have a reason each; compared as the reason says, {then} of the
        {len(large)} agree within {LIMIT:.0f} points too. No act or date of the record turned out wrong. Two code lists
        are coarse (car parts, articles of August 2025); what that does is worked out below."""
    return f"""# Our averages beside the published series

Chad P. Bown of the Peterson Institute for International Economics (PIIE) keeps a series of the average duties of the
United States and China on each other's goods. These are his figures at the {len(days)} dates of the vintage of November
2025, beside what our record and code give for the same days in hindsight. The page is made by
`scripts/compare_bown.py`; the file of the series is not part of this project.

The two do not mean the same:

| | the series | ours |
|---|---|---|
| counts | all duties, the most-favoured-nation rate too (3.1% and 8.0% at first) | additional duties only |
| weights, US side | trade of 2017 by six digits¹ | imports from China in 2024 by ten digits |
| weights, China's side | trade of 2017 by six digits¹ | US exports by sector, 2022; lists by announced trade |
| exclusions by description | left in, as its flat years 2020 to 2024 show | left in |
| goods that pay on their metal | not said | half the value |
| car parts | pay the reciprocal duty as well, as its steps show | do not, as the orders say |
| dates | some by its own convention | first day of effect; what reaches back counts from then |

¹ Its notes speak of the exporter's sales to the whole world; general knowledge, as the notes are not at hand.

{paragraph(verdict)}
"""


def larger(found: list[Explained]) -> str:
    """The steps that differ by more, with their reasons."""
    lines = ["## Steps that differ by more than two points\n"]
    for x in sorted(found, key=lambda x: (x.reason.side != "us_on_cn", x.reason.day)):
        ours, series = pts(x.ours_then), pts(x.series_then)
        lines.append(
            f"* **{x.reason.day}, {SIDES[x.reason.side]}: ours {pts(x.ours)}, the series {pts(x.series)}.** {x.text} "
            f"*Compared {x.how}: ours {ours}, the series {series}, difference {pts(x.ours_then - x.series_then)}.*"
        )
    return "\n".join(lines) + "\n"


def levels(
    days: list[date], own: dict[str, list[float]], series: dict[str, list[float]], ours: Averages, data: Path
) -> str:
    """Where the levels part, span by span, and what the weights do to it."""
    at = [days.index(date.fromisoformat(x)) for x in SPANS]
    head = [
        "## Levels",
        "",
        "What each span adds, in points; the sum is the difference of the levels above 1 January 2018.",
        "",
    ]
    lines = ["| from | through | US ours | series | difference | China ours | series | difference |", "|---" * 8 + "|"]
    for first, last in [*itertools.pairwise(at), (at[0], at[-1])]:
        cells = []
        for s in SIDES:
            mine, theirs = own[s][last] - own[s][first], series[s][last] - series[s][first]
            cells += [pts(mine), pts(theirs), pts(mine - theirs)]
        name = ("**all**", "") if (first, last) == (at[0], at[-1]) else (str(days[first]), str(days[last]))
        lines.append(f"| {' | '.join([*name, *cells])} |")
    return "\n".join([*head, *lines, "", weights(days, own, series, ours, data)])


def weights(
    days: list[date], own: dict[str, list[float]], series: dict[str, list[float]], ours: Averages, data: Path
) -> str:
    """What the weights do to the level after the first phase, on 14 February 2020."""
    day = date(2020, 2, 14)
    n = days.index(day)
    level, apart = own["us_on_cn"][n], series["us_on_cn"][n] - series["us_on_cn"][0] - own["us_on_cn"][n]
    listed = [days.index(date.fromisoformat(x)) for x in ("2018-07-06", "2018-08-23", "2018-09-24", "2019-06-01")]
    theirs = sum(step(series["us_on_cn"], k) for k in listed) / 25
    mine = share_of_lists(ours)
    with np.load(data / "icio" / "flows-2017.npz") as file:
        exporter, importer, sector = (list(file[x]) for x in ("exporter", "importer", "sector"))
        flow = file["flows_usd_m"]
    of_china = flow[exporter.index("CHN"), importer.index("USA")]
    of_us = flow[exporter.index("USA"), importer.index("CHN")]
    metals = [days.index(date.fromisoformat(x)) for x in ("2025-05-14", "2025-08-18")]
    ours_then, theirs_then = (x["us_on_cn"][metals[1]] - x["us_on_cn"][metals[0]] for x in (own, series))
    first = f"""The gap of the US side opened in 2018 and 2019, and it is the weights. The steps of the series for lists
        1 to 3 come to 25% on {theirs:.0%} of its trade; the lists are {mine:.1%} of imports of 2024. That is
        {25 * (theirs - mine):.1f} of the {apart:.1f} points between the levels of 14 February 2020. It is a shift
        between lines, not between sectors: with the sectors weighted by trade of 2017 (OECD tables) and our lines
        within them the average is {reweighted(ours, day, sector, of_china):.1f} instead of {level:.1f}. Buyers turned
        away from what paid, and imports of today count what they still buy; weights of 2017 by line are not at hand,
        so no more can be worked out. On China's side the sectors of 2017 make
        {reweighted_china(ours, day, sector, of_us):.1f} of {own["cn_on_us"][n]:.1f} on that day."""
    second = f"""After 2020 the higher rates of the 2024 review fall on goods that China hardly sells to the United
        States any more. The metals duties of June and August 2025 stand with us at half the value of the goods, and
        without the codes of which it is not known how far they belong: {pts(ours_then)} points beside
        {pts(theirs_then)} from 14 May to 18 August 2025. China's energy and farm lists of 2025 weigh more with us,
        whose exports are of 2022 and 2024."""
    return f"{paragraph(first)}\n\n{paragraph(second)}\n"


def paragraph(text: str) -> str:
    """Words in lines as the other pages have them."""
    return textwrap.fill(" ".join(text.split()), 118, break_on_hyphens=False)


def folded(sector: list[str], flow: Any) -> dict[str, float]:
    """Flows of the tables of 2017 by the sectors of the world, which join some."""
    joined = {"A01": "A01_02", "A02": "A01_02", "B05": "B05_06", "B06": "B05_06", "B07": "B07_08", "B08": "B07_08"}
    joined |= {"C24A": "C24", "C24B": "C24", "C301": "C30", "C302T309": "C30"}
    out: dict[str, float] = {}
    for name, value in zip(sector, flow, strict=True):
        out[joined.get(name, name)] = out.get(joined.get(name, name), 0.0) + float(value)
    return out


def reweighted(ours: Averages, day: date, sector: list[str], flow: Any) -> float:
    """Our average with the trade of another year between sectors and our own lines within them."""
    goods = [s for s in ours.sectors if s != "services"]
    share = policy.sector_shares(ours.codes, goods)
    rates = d.lines(ours.dispute.as_of(day, ours.known), "USA", "CHN", ours.codes).central
    by_sector = ((ours.share * rates) @ share) / np.maximum(ours.share @ share, 1e-12)
    then = np.array([folded(sector, flow).get(s, 0.0) for s in goods])
    return 100 * float(by_sector @ then / then.sum())


def reweighted_china(ours: Averages, day: date, sector: list[str], flow: Any) -> float:
    """Our average of China's duties with US exports of another year between sectors."""
    goods = [s for s in ours.sectors if s != "services"]
    rates = policy.china_rates(ours.dispute.as_of(day, ours.known), ours.exports, ours.sectors)
    then = np.array([folded(sector, flow).get(s, 0.0) for s in goods])
    return 100 * float(rates @ then / then.sum())


def share_of_lists(ours: Averages) -> float:
    """The share of imports from China in 2024 on lists 1 to 3."""
    codes = ours.dispute.record.codes
    on = np.zeros(len(ours.codes), bool)
    for name in ("list-1", "list-2", "list-3"):
        for prefix, inside in codes[name].items():
            if inside:
                first, last = np.searchsorted(ours.codes, [prefix, prefix + "~"])
                on[first:last] = True
    return float(ours.share[on].sum())


def table(
    days: list[date], own: dict[str, list[float]], series: dict[str, list[float]], large: list[tuple[str, int]]
) -> str:
    """All dates."""
    lines = [
        "## All dates",
        "",
        "Levels in percent (ours: additional duties; the series: all duties), steps in points. Bold: a difference of",
        "steps over two points, with its reason above.",
        "",
        "| date | US ours | step | series | step | difference | China ours | step | series | step | difference |",
        "|---" * 11 + "|",
    ]
    for n, day in enumerate(days):
        cells = []
        for s in SIDES:
            moves = (
                [pts(step(own[s], n)), pts(step(series[s], n)), pts(gap(own[s], series[s], n))] if n else ["", "", ""]
            )
            moves[2] = f"**{moves[2]}**" if (s, n) in large else moves[2]
            cells += [f"{own[s][n]:.1f}", moves[0], f"{series[s][n]:.1f}", moves[1], moves[2]]
        lines.append(f"| {day} | {' | '.join(cells)} |")
    credit = "Figures of the series: Chad P. Bown, Peterson Institute for International Economics."
    return "\n".join([*lines, "", credit, ""])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="source", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=PAGE)
    given = parser.parse_args()
    given.out.write_text(build(given.source), encoding="utf-8")
