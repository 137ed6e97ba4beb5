"""Answers about duties: one product, and averages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from detente.questions.answers.base import Answer, Provenance
from detente.record import Word


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
class DutyAlternative(Answer):
    """What is paid instead where a condition holds that no code decides: by origin, by use, or by the day of loading.
    Conditions are taken one at a time."""

    scope: str
    condition: str
    additional: float | None
    between: Bounds
    total: float | None
    layers: list[DutyLayer]


@dataclass(frozen=True, kw_only=True)
class DutyAnswer(Answer):
    """The duty on a product, layer by layer. Rates are fractions of the customs value; unknown is null.

    `base` is the duty before any measure of the record, an estimate, and lies between the bounds of `base_between`;
    `additional` is the sum of the layers, `total` both. `charged` is the additional duty as collected on the day
    itself, `owed` as lawfully due as now known. `alternatives` are what is paid instead where one of their
    conditions holds.
    """

    code: str
    exporter: str
    importer: str
    on: date
    known: date
    covered_through: date
    beyond_coverage: bool
    base: float | None
    base_is_estimate: bool
    base_between: Bounds
    base_note: str
    layers: list[DutyLayer]
    additional: float | None
    additional_between: Bounds
    charged: float | None
    owed: float | None
    total: float | None
    next_change: DutyChange | None
    alternatives: list[DutyAlternative]
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
    base_is_estimate: bool
    total: float | None
    known_share: float
    matched_share: float
    collected: float
    by_measure: dict[str, float]
    provenance: Provenance


@dataclass(frozen=True, kw_only=True)
class AverageRow(Answer):
    """Averages of one part of imports from a day on. `high` null has no known bound; `central` takes one best number a
    line, with preferences taken out. By authority, only `additional` and `low` are given."""

    day: date
    key: str
    imports_usd_bn: float
    additional: float | None
    low: float | None
    high: float | None
    central: float | None
    base: float | None
    total: float | None
    known_share: float
    matched_share: float | None
    collected: float | None


@dataclass(frozen=True, kw_only=True)
class AveragesAnswer(Answer):
    """Average duties over time, a row for each part on each day on which any of them changes, and on the first.

    Rates are fractions of the value of imports in `weights_year`; `collected` is duty over value in that year.
    """

    importer: str
    exporters: list[str]
    by: str
    since: date
    until: date
    known: date
    weights_year: int
    base_is_estimate: bool
    rows: list[AverageRow]
    provenance: Provenance


@dataclass(frozen=True, kw_only=True)
class PanelAnswer(Answer):
    """What a panel file holds: a row for each line and partner. Shares are of rows, not of trade."""

    file: str
    importer: str
    exporters: list[str]
    on: date
    known: date
    lines: int
    rows: int
    known_share: float
    base_is_estimate: bool
    columns: list[str]
    provenance: Provenance
