"""Answers about tension: the index of a day, its parts, and the series."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from detente.questions.answers.base import Answer, Provenance
from detente.questions.answers.duty import Bounds

Turn = Literal["hostile", "cooperative", "both"]


@dataclass(frozen=True, kw_only=True)
class TensionWeights(Answer):
    """The weight of each part; they sum to one."""

    duties: float
    nontariff: float
    scheduled: float
    events: float


@dataclass(frozen=True, kw_only=True)
class TensionDay(Answer):
    """The index from a day on, until the next one listed, with its parts before weighting.

    `duties`, `nontariff` and `scheduled` lie in the unit of the index (1: duties of 100% both ways; all trade under a
    measure) and `events` between -1 and 1. A part is between two numbers where it is not known; null has no known
    bound. `nontariff_by_goods` is the upper bound from the measures whose goods are known by heading. `index` is at the
    weights asked for, `band` over all weightings of the band, both counting what is not known. `threats` and `offers`
    of the window are counted but not in the index.
    """

    day: date
    duties: Bounds
    nontariff: Bounds
    nontariff_by_goods: float
    scheduled: Bounds
    events: float
    hostile: int
    cooperative: int
    threats: int
    offers: int
    index: Bounds
    band: Bounds


@dataclass(frozen=True, kw_only=True)
class TensionMonth(Answer):
    """Means over the days of a month (`days` of them are in the span): the index at the weights asked for, and the
    least and greatest mean over the weightings of the band."""

    month: str
    days: int
    index: Bounds
    band: Bounds


@dataclass(frozen=True, kw_only=True)
class TensionPeak(Answer):
    """The month with the highest mean under every weighting of the band: `months` has one month where all agree."""

    months: list[str]
    weightings: int


@dataclass(frozen=True, kw_only=True)
class TensionEvent(Answer):
    """An entry that counts as a turn: an act that raises or lowers, a claim of breach, a contact held, an arrangement;
    or, with no turn, a threat or an offer."""

    day: date
    kind: Literal["act", "claim", "talk", "arrangement"]
    id: str
    title: str
    turn: Turn | None


@dataclass(frozen=True, kw_only=True)
class TensionStep(Answer):
    """A later day on which acts change a duty: the mean of ln(1 + duty) then, by imposer, less what it is today."""

    day: date
    us_on_cn: float | None
    cn_on_us: float | None


@dataclass(frozen=True, kw_only=True)
class TensionDetail(Answer):
    """What the index of one day is made of."""

    us_on_cn: Bounds
    cn_on_us: Bounds
    restricted: dict[str, Bounds]
    unmeasured: list[str]
    steps: list[TensionStep]
    events: list[TensionEvent]


@dataclass(frozen=True, kw_only=True)
class Tension(Answer):
    """The tension index of a dispute. `known` null means each day as known that day."""

    dispute: str
    since: date
    until: date
    known: date | None
    covered_through: date
    beyond_coverage: bool
    weights: TensionWeights
    in_band: bool
    band: list[TensionWeights]
    window_days: int
    horizon_days: int
    days: list[TensionDay]
    months: list[TensionMonth]
    peak: TensionPeak | None
    detail: TensionDetail | None
    notes: list[str]
    provenance: Provenance
