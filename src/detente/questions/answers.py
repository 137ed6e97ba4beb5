"""The answers of the questions about a record, as pydantic models: what `--json` prints and its schema describes.

Rates are fractions and unknown is null. Days are ISO; intervals are half-open (`until` is the first day after).
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Word = Literal[
    "announced",
    "scheduled",
    "in force",
    "suspended",
    "exempt",
    "lapsed",
    "revoked",
    "struck down",
    "unknown",
    "none",
]


class Answer(BaseModel):
    """Base of all answers."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)


class Provenance(Answer):
    """The record, world and code behind an answer, and the command that gives it again."""

    command: str
    record_hash: str | None = None
    world_hash: str | None = None
    code_version: str


class Truce(Answer):
    """The truce on the day. `days_left` is null when it is open-ended or its outcome is unknown."""

    arrangement: str
    title: str
    from_: date = Field(alias="from")
    until: date | None
    days_elapsed: int
    days_left: int | None
    status: Word
    announced_until: date | None = None
    carried_out_by: list[str]


class Outcome(Answer):
    """What a measure says in one of the cases that are possible."""

    status: Word
    rate: float | None
    state: str | None = None


class MeasureLine(Answer):
    """One measure towards one partner for one part of its goods, as it stands.

    `rate` is the schedule of the day as known; `charged` what customs asked for on the day itself; `owed` what is
    lawfully due as now known. `nominal` is the rate before `suspended` points come off.
    """

    measure: str
    title: str
    kind: str
    authority: str
    imposer: str
    partner: str
    goods: str
    goods_title: str
    status: Word
    rate: float | None
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


class AdditionalDuty(Answer):
    """Additional duty on a good that no list names and nothing exempts: the sum of the blanket measures.

    `total` is null where a part is unknown. `emergency` is the part under emergency powers (IEEPA), null likewise.
    """

    imposer: str
    partner: str
    total: float | None
    charged: float | None
    owed: float | None
    emergency: float | None
    by_measure: dict[str, float | None]


class NextStep(Answer):
    """A later day on which something changes, as known."""

    day: date
    measure: str
    imposer: str
    partner: str
    goods: str
    before: Outcome
    after: Outcome
    instruments: list[str]
    why: str | None = None


class ClockLine(Answer):
    """An end set by an act, and its state: running, moot, renewed, lapsed or unknown."""

    instrument: str
    measure: str
    partner: str
    goods: str
    until: date
    state: Literal["running", "moot", "renewed", "lapsed", "unknown"]
    renewed_by: str | None = None
    why: str | None = None


class ArrangementLine(Answer):
    """An arrangement and the term it has as known."""

    arrangement: str
    kind: str
    title: str
    published: date
    from_: date = Field(alias="from")
    until: date | None
    status: Word
    announced_until: date | None = None


class TalkLine(Answer):
    """A contact between the sides as reported by the day asked from. `place` is 'open' where none was fixed."""

    talk: str
    kind: str
    title: str
    from_: date | None = Field(alias="from")
    until: date | None
    place: str | None
    persons: dict[str, list[str]]
    outcome: str | None
    verified: str
    sources: list[str]


class Talks(Answer):
    """The last contact held and the contacts that lie ahead."""

    last: TalkLine | None
    next: list[TalkLine]


class CommitmentLine(Answer):
    """Who owes what by when under which arrangement. `due` is exclusive."""

    commitment: str
    arrangement: str
    by: str
    to: str
    text: str
    from_: date = Field(alias="from")
    due: date | None
    days_left: int | None
    quantity: float | None
    unit: str | None
    status: Literal["not yet due", "due", "open-ended"]
    verified: str


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


class Event(Answer):
    """One dated entry of a timeline."""

    day: date
    until: date | None = None
    kind: Literal["published", "takes effect", "clock", "arrangement", "talk", "claim", "due"]
    id: str
    title: str
    detail: str | None = None
    status: str | None = None
    sources: list[str] = Field(default_factory=list)


class Timeline(Answer):
    """What happened and what is due, in order of day, as known."""

    dispute: str
    since: date | None
    until: date | None
    known: date
    covered_through: date
    events: list[Event]
    provenance: Provenance


class FaultLine(Answer):
    """One thing wrong with a record."""

    path: str
    line: int | None
    message: str
    allowed: str | None
    rule: str | None


class Check(Answer):
    """Whether a record holds together: its counts, and every fault."""

    dispute: str
    ok: bool
    counts: dict[str, int]
    rules: int
    faults: list[FaultLine]
    provenance: Provenance
