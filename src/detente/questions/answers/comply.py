"""Answers about commitments: what was owed, what is known to be done, who claims a breach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from detente.questions.answers.base import Answer, Provenance
from detente.record import OwedState


@dataclass(frozen=True, kw_only=True)
class ProgressLine(Answer):
    """One dated report. `amount` to `up_to` is in `unit`; `share` a fraction of what was owed; null where not given."""

    report: str
    published: date
    from_: date
    until: date
    group: str | None
    amount: float | None
    up_to: float | None
    unit: str | None
    bound: str
    share: float | None
    with_base: bool
    basis: str
    of: str | None
    measured: str | None
    says: str | None
    verified: str
    sources: list[str]
    note: str | None


@dataclass(frozen=True, kw_only=True)
class ChargeLine(Answer):
    """A claim of breach and the replies of the party that owes."""

    claim: str
    by: str
    speaker: str | None
    published: date
    text: str
    open: bool
    verified: str
    answers: list[str]


@dataclass(frozen=True, kw_only=True)
class TargetLine(Answer):
    """What is owed of a group over a span: on top of the base, the base on one side, and their sum."""

    group: str
    from_: date
    until: date
    extra: float
    base: float | None
    goal: float | None
    basis: str | None
    unit: str


@dataclass(frozen=True, kw_only=True)
class OwingLine(Answer):
    """A commitment and what became of it. `due` and every `until` are exclusive; unknown amounts are null.

    `goal` is `extra` plus `base`; `done` the deciding count, `share` its part of the goal, `short_by` what is missing,
    `over_base` how far it exceeds the base (negative: it lies below). `late`: delivered after its day.
    """

    commitment: str
    arrangement: str
    arrangement_title: str
    arrangement_status: str
    by: str
    to: str
    text: str
    from_: date
    due: date | None
    days_left: int | None
    state: OwedState
    why: str
    late: bool
    unit: str | None
    extra: float | None
    base: float | None
    goal: float | None
    done: float | None
    share: float | None
    short_by: float | None
    over_base: float | None
    accepts: list[str]
    acts: list[str]
    targets: list[TargetLine]
    reports: list[ProgressLine]
    charges: list[ChargeLine]
    verified: str
    note: str | None


@dataclass(frozen=True, kw_only=True)
class TradeCountLine(Answer):
    """A group over a span, as the file has it: `bought` against `goal`, which is cut to the months covered only where
    `pro_rated`. Null where the base on this side of the statistics is not known."""

    group: str
    from_: date
    until: date
    months_covered: int
    months: int
    pro_rated: bool
    bought: float
    extra: float
    base: float | None
    goal: float | None
    share: float | None
    short_by: float | None
    over_base: float | None


@dataclass(frozen=True, kw_only=True)
class TradeCount(Answer):
    """A trade file counted against a commitment on one side of the statistics. `accepted` says whether the text lets
    that side judge; null where it does not say."""

    commitment: str
    basis: str
    side: str
    accepted: bool | None
    unit: str
    rows: int
    lines: list[TradeCountLine]


@dataclass(frozen=True, kw_only=True)
class Comply(Answer):
    """Every commitment of a dispute on a day, as known on a day; `trade` is null where no file was given."""

    dispute: str
    title: str
    on: date
    known: date
    covered_through: date
    beyond_coverage: bool
    commitments: list[OwingLine]
    trade: list[TradeCount] | None
    provenance: Provenance
