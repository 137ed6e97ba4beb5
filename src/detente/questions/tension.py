"""How tense is the dispute? An index from stocks, with every part visible and a band over its weights.

    index = a · duties + b · non-tariff + c · scheduled + d · events

    duties      mean over both directions of the trade-weighted mean of ln(1 + additional duty), over ln 2
    non-tariff  mean over both directions of the share of trade under a non-tariff measure in force
    scheduled   how much higher `duties` will stand at its highest within 90 days, by acts already published
    events      (hostile − cooperative) ÷ (hostile + cooperative + 5), over the last 90 days

docs/tension.md says why each is taken so. The weights sum to one. Nobody has estimated them, so the index comes with
a band over all weightings in `BAND`; it is linear in the weights, so the ends of the band lie at the vertices of that
set, which are few and gone through one by one. What is not known makes a part an interval, and the index with it.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

import numpy as np
from numpy.typing import NDArray

from detente import policy
from detente import record as r
from detente.questions import answers as a
from detente.questions.duty_levels import DutyLevels
from detente.questions.history import SINCE
from detente.questions.turns import Entry, turns
from detente.terms import Fault, FaultList, InputFault, stamp

WINDOW, HORIZON, SHRINK = 90, 90, 5
PARTS = ("duties", "nontariff", "scheduled", "events")
WEIGHTS = (0.4, 0.2, 0.2, 0.2)
BAND = ((0.25, 0.55), (0.1, 0.3), (0.1, 0.3), (0.1, 0.3))
_DAY = timedelta(days=1)
Floats = NDArray[np.float64]


def tension_index(
    name: str,
    since: date | None = None,
    until: date | None = None,
    known: date | None = None,
    on: date | None = None,
    weights: Sequence[float] | None = None,
    world: str = "world-2022",
) -> a.Tension:
    """The index of a dispute for the days in `[since, until)`, or for one day `on` with what it is made of.

    By default each day is judged with what was known that day; `known` fixes one day for all of them. `weights` are
    four numbers, scaled to sum to one.

    Raises `InputFault` for a dispute that is not there or has no trade weights, days out of order, or weights that are
    none.
    """
    share = _weights(weights)
    dispute = r.dispute(name)
    first, last = _span(dispute, since, until, known, on)
    series = _Series(dispute, world, known)
    days = [first + n * _DAY for n in range((last - first).days)]
    low, high, rows = series.over(days)
    series.levels.save()
    header = dispute.record.header
    return a.Tension(
        dispute=header.id,
        since=first,
        until=last,
        known=known,
        covered_through=header.covered_through,
        beyond_coverage=days[-1] > header.covered_through,
        weights=a.TensionWeights(**dict(zip(PARTS, map(float, share), strict=True))),
        in_band=all(lo - 1e-9 <= w <= hi + 1e-9 for w, (lo, hi) in zip(share, BAND, strict=True)),
        band=[a.TensionWeights(**dict(zip(PARTS, map(float, v), strict=True))) for v in vertices()],
        window_days=WINDOW,
        horizon_days=HORIZON,
        days=list(_days(days, rows, low, high, share)),
        months=_months(days, low, high, share),
        peak=_peak(days, low, high) if on is None else None,
        detail=series.detail(days[0]) if on is not None else None,
        notes=series.notes(days, high),
        provenance=_provenance(series, name, first, last, on, weights),
    )


def vertices() -> Floats:
    """The vertices [vertex, part] of the set of weightings: each part within its bounds, all summing to one.

    At a vertex all parts but one are at a bound.
    """
    found: dict[tuple[float, ...], None] = {}
    for free in range(len(BAND)):
        others = [b for n, b in enumerate(BAND) if n != free]
        for ends in product(*others):
            rest = round(1 - sum(ends), 12)
            if BAND[free][0] - 1e-9 <= rest <= BAND[free][1] + 1e-9:
                found[(*ends[:free], rest, *ends[free:])] = None
    return np.array(sorted(found))


def _weights(given: Sequence[float] | None) -> Floats:
    if given is None:
        return np.array(WEIGHTS)
    faults = FaultList()
    allowed = "four numbers of at least zero, not all zero: a,b,c,d for " + ", ".join(PARTS)
    if len(given) != len(PARTS):
        faults.add("weights", f"{len(given)} weights were given for {len(PARTS)} parts.", allowed=allowed)
    for number, value in enumerate(given):
        part = PARTS[number] if number < len(PARTS) else f"number {number + 1}"
        if not math.isfinite(value):
            faults.add(
                "weights", f"The weight of {part} is {value}, which is no number to weigh with.", allowed=allowed
            )
        elif value < 0:
            faults.add(
                "weights", f"The weight of {part} is {value:g}; a part cannot weigh less than zero.", allowed=allowed
            )
    if len(given) == len(PARTS) and not faults and sum(given) == 0:
        faults.add("weights", "All weights are zero: there is nothing to weigh.", allowed=allowed)
    faults.raise_if_any()
    return np.array(given, float) / sum(given)


def _span(
    dispute: r.Dispute, since: date | None, until: date | None, known: date | None, on: date | None
) -> tuple[date, date]:
    """The days asked about, half-open; at most through today or the end of the record, whichever is earlier."""
    header = dispute.record.header
    faults = FaultList()
    if header.id != "us-china":
        message = f"There are no trade weights for both sides of {header.id}."
        faults.add("dispute", message, allowed="us-china, or a folder whose dispute.yaml has that id")
    if on is not None and (since or until):
        faults.add(
            "on", "A single day goes without --since and --until.", allowed="either --on, or --since and --until"
        )
    if since and until and until <= since:
        faults.add("until", f"{until} is not after {since}.", allowed="a later day than --since")
    begins = min((i.published for i in dispute.record.instruments), default=SINCE)
    first = on or since or SINCE
    if first < min(begins, SINCE):
        faults.add(
            "on" if on else "since",
            f"The record begins on {begins}; {first} is before it.",
            allowed=f"from {min(begins, SINCE)} on",
        )
    faults.raise_if_any()
    if on is not None:
        return on, on + _DAY
    last = until or min(header.covered_through, known or date.today()) + _DAY
    if last <= first:
        raise InputFault([Fault("since", f"There is no day from {first} to {last}.", allowed="an earlier --since")])
    return first, last


@dataclass(frozen=True, slots=True)
class _Row:
    """A day before weighting, in the fields of `TensionDay`."""

    by_goods: float
    hostile: int
    cooperative: int
    threats: int
    offers: int


class _Series:
    """The parts of the index, day by day."""

    def __init__(self, dispute: r.Dispute, world: str, known: date | None) -> None:
        self.dispute = dispute
        self.known = known
        self.levels = DutyLevels(dispute, world)
        self.entries = turns(dispute)
        self._entry_days = [e.day for e in self.entries]  # in order, as the entries are
        self._reach: dict[tuple[object, ...], tuple[policy.Restricted, ...]] = {}
        measures = {m.id for m in dispute.record.measures if m.kind not in ("tariff", "subsidy")}
        acts = [(act, c) for act in dispute.record.instruments for c in act.changes if c.measure in measures]
        self._changes = [(act.published, c.from_, c.until or date.max) for act, c in acts]
        self._extends = sorted(c.published for c in dispute.record.claims if c.extends_to is not None)

    def over(self, days: Sequence[date]) -> tuple[Floats, Floats, list[_Row]]:
        """The lowest and the highest value of each part [day, part], and the counts of each day."""
        low, high = np.zeros((len(days), len(PARTS))), np.zeros((len(days), len(PARTS)))
        rows = []
        for n, day in enumerate(days):
            duties, ahead = self._duties(day), self._ahead(day)
            reach = self.reach(day)
            counts = self._counts(day)
            low[n] = (min(duties), 0.0, min(ahead), counts[0])
            high[n] = (max(duties), sum(x.high for x in reach) / 2, max(ahead), counts[0])
            rows.append(_Row(sum(x.by_goods for x in reach) / 2, *counts[1]))
        return low, high, rows

    def _known(self, day: date) -> date:
        return self.known or day

    def _duties(self, day: date, known: date | None = None) -> tuple[float, float]:
        """The mean of both directions over ln 2, with clocks extended and run out."""
        sides = [self.levels.of(s, day, known or self._known(day)) for s in ("USA", "CHN")]
        both = sum(s.extended for s in sides) / 2, sum(s.lapsed for s in sides) / 2
        return both[0] / math.log(2), both[1] / math.log(2)

    def _ahead(self, day: date) -> tuple[float, float]:
        """How much higher the duties will stand at their highest in the days ahead, by acts known."""
        known = self._known(day)
        now = self._duties(day)
        later = [self._duties(s, known) for s in self.levels.steps(day, day + HORIZON * _DAY, known)]
        rise = [max([0.0, *(x[n] - now[n] for x in later)]) for n in (0, 1)]
        return rise[0], rise[1]

    def reach(self, day: date) -> tuple[policy.Restricted, ...]:
        """The shares of trade under non-tariff measures; days with the same changes acting have the same."""
        known = self._known(day)
        acting = tuple(n for n, (p, start, end) in enumerate(self._changes) if p <= known and start <= day < end)
        over = tuple(n for n, (p, _, end) in enumerate(self._changes) if p <= known and end <= day)
        header = self.dispute.record.header
        doubt = (sum(x <= known for x in self._extends), known > header.covered_through)
        key = (acting, over, *doubt)
        if key not in self._reach:
            view = self.dispute.as_of(day, known)
            self._reach[key] = policy.restricted_shares(view, self.levels.exports_bn, self.levels.sectors)
        return self._reach[key]

    def window(self, day: date) -> list[Entry]:
        """The entries of the last days that were known, the day itself included."""
        known = self._known(day)
        first, last = (bisect_right(self._entry_days, d) for d in (day - WINDOW * _DAY, day))
        return [e for e in self.entries[first:last] if e.known <= known]

    def _counts(self, day: date) -> tuple[float, tuple[int, int, int, int]]:
        seen = self.window(day)
        hostile = sum(e.turn in ("hostile", "both") for e in seen)
        cooperative = sum(e.turn in ("cooperative", "both") for e in seen)
        words = [sum(e.word == w for e in seen) for w in ("threat", "offer")]
        balance = (hostile - cooperative) / (hostile + cooperative + SHRINK)
        return balance, (hostile, cooperative, words[0], words[1])

    def detail(self, day: date) -> a.TensionDetail:
        """What the index of a day is made of."""
        known = self._known(day)
        reach = self.reach(day)
        us, cn = (self.levels.of(s, day, known) for s in ("USA", "CHN"))
        names = {"CHN": "CHN to USA", "USA": "USA to CHN"}
        return a.TensionDetail(
            us_on_cn=_bounds((us.extended, us.lapsed)),
            cn_on_us=_bounds((cn.extended, cn.lapsed)),
            restricted={names[x.exporter]: a.Bounds(low=0.0, high=x.high) for x in reach},
            unmeasured=sorted({m for x in reach for m in x.unmeasured}),
            steps=list(self._steps(day)),
            events=[
                a.TensionEvent(day=e.day, kind=e.kind, id=e.id, title=e.title, turn=e.turn) for e in self.window(day)
            ],
        )

    def _steps(self, day: date) -> Iterator[a.TensionStep]:
        """What is scheduled for later days on which a duty moves, clocks at their word."""
        known = self._known(day)
        now = last = [self.levels.of(s, day, known).lapsed for s in ("USA", "CHN")]
        for later in self.levels.steps(day, day + HORIZON * _DAY, known):
            then = [self.levels.of(s, later, known).lapsed for s in ("USA", "CHN")]
            if not np.allclose(then, last, atol=1e-9):
                yield a.TensionStep(day=later, us_on_cn=then[0] - now[0], cn_on_us=then[1] - now[1])
            last = then

    def notes(self, days: Sequence[date], high: Floats) -> list[str]:
        """What the index leaves open, in words."""
        out = []
        names = sorted({m for x in self.reach(days[-1]) for m in x.unmeasured})
        if names:
            listed = ", ".join(names)
            out.append(
                f"No figure bounds the trade under {listed}: that part may be anything up to all of a direction."
            )
        if not np.isfinite(high).all():
            out.append("Some duties are not known on some days; the index has no value there.")
        if days[-1] > self.dispute.record.header.covered_through:
            out.append("Days after the record ends have only the events the record holds.")
        return out


def _bounds(values: Sequence[float]) -> a.Bounds:
    return a.Bounds(low=min(values), high=max(values))


def _days(days: Sequence[date], rows: Sequence[_Row], low: Floats, high: Floats, share: Floats) -> list[a.TensionDay]:
    """One line for each day on which anything differs from the day before."""
    out: list[a.TensionDay] = []
    spread = low @ vertices().T, high @ vertices().T
    for n, day in enumerate(days):
        same = n > 0 and rows[n] == rows[n - 1] and np.array_equal(low[n], low[n - 1])
        if same and np.array_equal(high[n], high[n - 1]):
            continue
        parts = [a.Bounds(low=float(x), high=float(y)) for x, y in zip(low[n], high[n], strict=True)]
        row = rows[n]
        line = a.TensionDay(
            day=day,
            duties=parts[0],
            nontariff=parts[1],
            nontariff_by_goods=row.by_goods,
            scheduled=parts[2],
            events=parts[3].low,
            hostile=row.hostile,
            cooperative=row.cooperative,
            threats=row.threats,
            offers=row.offers,
            index=a.Bounds(low=float(low[n] @ share), high=float(high[n] @ share)),
            band=a.Bounds(low=float(spread[0][n].min()), high=float(spread[1][n].max())),
        )
        out.append(line)
    return out


def _months(days: Sequence[date], low: Floats, high: Floats, share: Floats) -> list[a.TensionMonth]:
    out = []
    corners = vertices()
    for month, count, least, most in zip(*_means(days, low, high), strict=True):
        index = a.Bounds(low=float(least @ share), high=float(most @ share))
        band = a.Bounds(low=float((corners @ least).min()), high=float((corners @ most).max()))
        out.append(a.TensionMonth(month=month, days=int(count), index=index, band=band))
    return out


def _peak(days: Sequence[date], low: Floats, high: Floats) -> a.TensionPeak:
    """The month that is highest at each vertex, with what is not known at its least and at its most.

    Where one month is highest at every vertex it is so at every weighting of the band: the difference of two months
    is linear in the weights as well.
    """
    months, _, least, most = _means(days, low, high)
    corners = vertices()
    found = {months[int(column.argmax())] for bound in (least, most) for column in corners @ bound.T}
    return a.TensionPeak(months=sorted(found), weightings=len(corners))


def _means(days: Sequence[date], low: Floats, high: Floats) -> tuple[list[str], NDArray[np.intp], Floats, Floats]:
    """The months, the number of their days, and the mean [month, part] of both bounds."""
    labels = [str(x)[:7] for x in days]
    months = list(dict.fromkeys(labels))
    place = np.array([months.index(x) for x in labels])
    count = np.bincount(place)
    least, most = (np.stack([np.bincount(place, x) for x in b.T], axis=1) / count[:, None] for b in (low, high))
    return months, count, least, most


def _provenance(
    series: _Series, name: str, first: date, last: date, on: date | None, weights: Sequence[float] | None
) -> a.Provenance:
    words = ["detente", "tension", name]
    words += ["--on", str(on)] if on else ["--since", str(first), "--until", str(last)]
    words += ["--known", str(series.known)] if series.known else []
    words += ["--weights", ",".join(str(float(x)) for x in weights)] if weights else []
    return a.Provenance(**stamp(words, series.dispute.record.digest, series.levels.world_digest).as_dict())
