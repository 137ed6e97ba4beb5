"""Answers about what an outcome does."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.questions.answers.base import Answer, Provenance


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
    between the pair. `labour_mobility` null: labour is mobile. `files` are those written on request."""

    title: str
    world: str
    base_year: int
    comparison: str
    closure: str
    deficits: str
    labour_mobility: float | None = None
    elasticity: str
    elasticity_title: str
    outcomes: dict[str, SolvedOutcome]
    limits: list[str]
    provenance: Provenance
    files: list[str] = field(default_factory=list)
