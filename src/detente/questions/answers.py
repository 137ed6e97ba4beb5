"""The answers of the questions about a record: what `--json` prints and its published schema describes.

Rates are fractions and unknown is null. Days are ISO; intervals are half-open (`until` is the first day after).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, ClassVar, Literal

from detente.record import ClockState, Word

DueWord = Literal["not yet due", "due", "open-ended"]


def _key(name: str) -> str:
    """The name of a field in JSON: `from_` is `from`."""
    return name.rstrip("_")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Base of all answers. Plain dataclasses, since a question must answer without loading pydantic."""

    __pydantic_config__: ClassVar[Any] = {"alias_generator": _key, "populate_by_name": True}

    def as_dict(self) -> dict[str, Any]:
        """The answer as plain JSON values, days as ISO text."""
        out = asdict(self, dict_factory=lambda pairs: {_key(k): v for k, v in pairs})
        return dict(json.loads(json.dumps(out, default=str)))

    def as_json(self) -> str:
        """The answer as JSON text."""
        return json.dumps(self.as_dict(), indent=2, ensure_ascii=False)


@dataclass(frozen=True, kw_only=True)
class Provenance(Answer):
    """The record, world and code behind an answer, and the command that gives it again."""

    command: str
    record_hash: str | None = None
    world_hash: str | None = None
    code_version: str


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
    """What a measure says in one of the cases that are possible."""

    status: Word
    rate: float | None
    state: str | None = None


@dataclass(frozen=True, kw_only=True)
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


@dataclass(frozen=True, kw_only=True)
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


@dataclass(frozen=True, kw_only=True)
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


@dataclass(frozen=True, kw_only=True)
class ClockLine(Answer):
    """An end set by an act, and its state: running, moot, renewed, lapsed or unknown."""

    instrument: str
    measure: str
    partner: str
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
class TalkLine(Answer):
    """A contact between the sides as reported by the day asked from. `place` is 'open' where none was fixed."""

    talk: str
    kind: str
    title: str
    from_: date | None
    until: date | None
    place: str | None
    persons: dict[str, list[str]]
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
    kind: Literal["published", "takes effect", "clock", "arrangement", "talk", "claim", "due"]
    id: str
    title: str
    detail: str | None = None
    status: str | None = None
    sources: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Timeline(Answer):
    """What happened and what is due, in order of day, as known."""

    dispute: str
    since: date | None
    until: date | None
    known: date
    covered_through: date
    events: list[Event]
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


@dataclass(frozen=True, kw_only=True)
class Bounds(Answer):
    """A rate that is known (`low` equals `high`) or lies between two; `high` null has no known bound."""

    low: float
    high: float | None


@dataclass(frozen=True, kw_only=True)
class DutyLayer(Answer):
    """What one measure adds. `rate` is null where it is not known; then `between` bounds it and `why` says why."""

    measure: str
    title: str
    authority: str
    status: Word
    rate: float | None
    between: Bounds
    from_: date | None
    until: date | None
    instrument: str | None
    why: str | None


@dataclass(frozen=True, kw_only=True)
class DutyChange(Answer):
    """The next day on which the additional duty changes, as known."""

    day: date
    additional: float | None
    between: Bounds
    total: float | None
    layers: list[DutyLayer]


@dataclass(frozen=True, kw_only=True)
class DutyAnswer(Answer):
    """The duty on a product, layer by layer. Rates are fractions of the customs value; unknown is null.

    `base` is the duty before any measure of the record, `additional` the sum of the layers, `total` both. `charged` is
    the additional duty as collected on the day itself, `owed` as lawfully due as now known.
    """

    code: str
    exporter: str
    importer: str
    on: date
    known: date
    covered_through: date
    beyond_coverage: bool
    base: float | None
    base_note: str
    layers: list[DutyLayer]
    additional: float | None
    additional_between: Bounds
    charged: float | None
    owed: float | None
    total: float | None
    next_change: DutyChange | None
    provenance: Provenance


@dataclass(frozen=True, kw_only=True)
class AverageAnswer(Answer):
    """The average duty on a partner's goods, weighted by a year's imports. Rates are fractions of their value.

    `additional` is over imports whose additional duty is known (`known_share`), `additional_between` over all with the
    unknown at its lowest and highest. `total` adds the estimated base over imports that have one (`matched_share`).
    `collected` is duty over value in the year of the weights, `by_measure` the part of each measure.
    """

    exporter: str
    importer: str
    on: date
    known: date
    covered_through: date
    beyond_coverage: bool
    weights_year: int
    imports_usd_bn: float
    additional: float | None
    additional_between: Bounds
    base: float | None
    total: float | None
    known_share: float
    matched_share: float
    collected: float
    by_measure: dict[str, float]
    provenance: Provenance


@dataclass(frozen=True, kw_only=True)
class EconomyOutcome(Answer):
    """What an outcome does to an economy, in percent of the comparison. `ev_usd_bn` is the equivalent variation."""

    real_income_pct: float | None
    exports_pct: float | None
    imports_pct: float | None
    price_index_pct: float | None
    real_wage_pct: float | None
    ev_usd_bn: float | None


@dataclass(frozen=True, kw_only=True)
class SolvedOutcome(Answer):
    """One outcome: whether an equilibrium was found, and what it does. Every number is null where none was."""

    title: str
    converged: bool
    status: str
    residual: float
    iterations: int
    notes: list[str]
    economies: dict[str, EconomyOutcome]
    exports_pct: dict[str, dict[str, float | None]]


@dataclass(frozen=True, kw_only=True)
class SolveAnswer(Answer):
    """Outcomes in a world, each against the same comparison. `exports_pct[exporter][importer]` are goods and services
    between the pair."""

    title: str
    world: str
    base_year: int
    comparison: str
    closure: str
    deficits: str
    elasticity: str
    elasticity_title: str
    outcomes: dict[str, SolvedOutcome]
    limits: list[str]
    provenance: Provenance


@dataclass(frozen=True, kw_only=True)
class WorldLine(Answer):
    """A world at hand."""

    world: str
    title: str
    base_year: int
    economies: int
    sectors: int
    size_bytes: int


@dataclass(frozen=True, kw_only=True)
class WorldList(Answer):
    """The worlds at hand, and the named sets of elasticities."""

    worlds: list[WorldLine]
    elasticities: list[dict[str, str]]


@dataclass(frozen=True, kw_only=True)
class WorldShow(Answer):
    """What a world holds: its economies and sectors, where they come from, what was chosen and how far it moved."""

    world: str
    title: str
    base_year: int
    unit: str
    credit: str
    provisional: list[str]
    economies: list[dict[str, Any]]
    sectors: list[dict[str, Any]]
    choices: dict[str, str]
    sources: list[dict[str, str]]
    balance: dict[str, Any]
    provenance: Provenance


@dataclass(frozen=True, kw_only=True)
class WorldCheckAnswer(Answer):
    """Whether a world's accounts hold: each rule with the worst departure found."""

    world: str
    ok: bool
    checks: list[dict[str, Any]]
