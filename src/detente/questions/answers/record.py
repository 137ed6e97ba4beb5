"""Answers about a record: status, timeline, check."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from detente.questions.answers.base import Answer, Provenance
from detente.record import ClockState, Word

DueWord = Literal["not yet due", "due", "open-ended"]


@dataclass(frozen=True, kw_only=True)
class Truce(Answer):
    """The truce on the day. `days_left` is null when it is open-ended or its outcome is unknown."""

    arrangement: str
    title: str
    from_: date
    until: date | None
    days_elapsed: int
    days_left: int | None
    status: Word
    announced_until: date | None = None
    carried_out_by: list[str]


@dataclass(frozen=True, kw_only=True)
class Outcome(Answer):
    """What a measure says in one of the cases that are possible; a `ceiling` counts the base duty in."""

    status: Word
    rate: float | None
    state: str | None = None
    ceiling: bool = False


@dataclass(frozen=True, kw_only=True)
class MeasureLine(Answer):
    """One measure towards one partner for one part of its goods, as it stands.

    In a record on everybody `partners` are all for whom the line holds, ALL meaning those that no act names. A
    `ceiling` is a rate that counts the base duty in: what is added is the rate less the base, at least nothing.
    `rate` is the schedule of the day as known; `charged` what customs asked for on the day itself; `owed` what is
    lawfully due as now known. `nominal` is the rate before `suspended` points come off.
    """

    measure: str
    title: str
    kind: str
    authority: str
    imposer: str
    partner: str
    partners: list[str]
    goods: str
    goods_title: str
    status: Word
    rate: float | None
    ceiling: bool
    nominal: float | None
    suspended: float | None
    state: str | None
    charged: float | None
    owed: float | None
    since: date | None
    instruments: list[str]
    why: str | None = None
    if_extended: Outcome | None = None
    if_lapsed: Outcome | None = None


@dataclass(frozen=True, kw_only=True)
class AdditionalDuty(Answer):
    """Additional duty on a good that no list names and nothing exempts: the sum of the blanket measures.

    `total` is null where a part is unknown. `emergency` is the part under emergency powers (IEEPA), null likewise.
    `ceilings` are the measures whose rate counts the base duty in, so that `total` is the most they can add.
    `partners` are all for whom the sum holds (ALL: those that no act names).
    """

    imposer: str
    partner: str
    partners: list[str]
    total: float | None
    charged: float | None
    owed: float | None
    emergency: float | None
    by_measure: dict[str, float | None]
    ceilings: list[str]


@dataclass(frozen=True, kw_only=True)
class NextStep(Answer):
    """A later day on which something changes, as known, for all of `partners` (ALL: those that no act names)."""

    day: date
    measure: str
    imposer: str
    partner: str
    partners: list[str]
    goods: str
    before: Outcome
    after: Outcome
    instruments: list[str]
    why: str | None = None


@dataclass(frozen=True, kw_only=True)
class ClockLine(Answer):
    """An end set by an act, and its state: running, moot, renewed, lapsed or unknown."""

    instrument: str
    measure: str
    partner: str
    partners: list[str]
    goods: str
    until: date
    state: ClockState
    renewed_by: str | None = None
    why: str | None = None


@dataclass(frozen=True, kw_only=True)
class ArrangementLine(Answer):
    """An arrangement and the term it has as known."""

    arrangement: str
    kind: str
    title: str
    published: date
    from_: date
    until: date | None
    status: Word
    announced_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class PersonLine(Answer):
    """A person in a talk and the office held on its day; `office` and `verified` are None where none is known."""

    name: str
    side: str
    office: str | None
    verified: str | None


@dataclass(frozen=True, kw_only=True)
class TalkLine(Answer):
    """A contact between the sides as reported by the day asked from. `place` is 'open' where none was fixed."""

    talk: str
    kind: str
    title: str
    from_: date | None
    until: date | None
    place: str | None
    persons: dict[str, list[str]]
    offices: list[PersonLine]
    outcome: str | None
    verified: str
    sources: list[str]


@dataclass(frozen=True, kw_only=True)
class Talks(Answer):
    """The last contact held and the contacts that lie ahead."""

    last: TalkLine | None
    next: list[TalkLine]


@dataclass(frozen=True, kw_only=True)
class CommitmentLine(Answer):
    """Who owes what by when under which arrangement. `due` is exclusive."""

    commitment: str
    arrangement: str
    by: str
    to: str
    text: str
    from_: date
    due: date | None
    days_left: int | None
    quantity: float | None
    unit: str | None
    status: DueWord
    verified: str


@dataclass(frozen=True, kw_only=True)
class ClaimLine(Answer):
    """A statement by a party; `open` while nothing known has settled it."""

    claim: str
    kind: str
    by: str
    speaker: str | None
    published: date
    about: list[str]
    text: str
    quote: str | None
    answered_by: list[str]
    open: bool
    verified: str
    sources: list[str]


@dataclass(frozen=True, kw_only=True)
class Status(Answer):
    """What stands in a dispute on a day, as known on a day."""

    dispute: str
    title: str
    on: date
    known: date
    covered_through: date
    beyond_coverage: bool
    truce: Truce | None
    additional: list[AdditionalDuty]
    in_force: list[MeasureLine]
    unknown: list[MeasureLine]
    suspended: list[MeasureLine]
    announced: list[str]
    next: list[NextStep]
    clocks: list[ClockLine]
    arrangements: list[ArrangementLine]
    talks: Talks
    commitments: list[CommitmentLine]
    claims: list[ClaimLine]
    provenance: Provenance


@dataclass(frozen=True, kw_only=True)
class Event(Answer):
    """One dated entry of a timeline."""

    day: date
    until: date | None = None
    kind: Literal["published", "takes effect", "clock", "arrangement", "talk", "claim", "due", "deadline"]
    id: str
    title: str
    detail: str | None = None
    status: str | None = None
    persons: list[PersonLine] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Timeline(Answer):
    """What happened and what is due, in order of day, as known; `undated` are talks announced without a day."""

    dispute: str
    since: date | None
    until: date | None
    known: date
    covered_through: date
    events: list[Event]
    undated: list[TalkLine]
    provenance: Provenance


@dataclass(frozen=True, kw_only=True)
class FaultLine(Answer):
    """One thing wrong with a record."""

    path: str
    line: int | None
    message: str
    allowed: str | None
    rule: str | None


@dataclass(frozen=True, kw_only=True)
class Check(Answer):
    """Whether a record holds together: its counts, and every fault."""

    dispute: str
    ok: bool
    counts: dict[str, int]
    rules: int
    faults: list[FaultLine]
    provenance: Provenance
