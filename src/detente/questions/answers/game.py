"""Answers about what each side would do, and which deals both would prefer.

u is 100 ln(real income): a change of one is about one percent. Rates are fractions; what was not found is null.
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.questions.answers.base import Answer, Provenance


@dataclass(frozen=True, kw_only=True)
class PlayerLine(Answer):
    """What a game means to one player, against the duties in force on the day. `tariff_now` and `tariff` are averages
    over what it may put tariffs on, weighted by the world's trade. `deviation_gain` is what an independent best reply
    would add to u, `condition` its largest scaled first-order condition."""

    utility_change: float | None
    real_income_pct: float | None
    ev_usd_bn: float | None
    tariff_now: float | None
    tariff: float | None
    deviation_gain: float | None
    condition: float | None


@dataclass(frozen=True, kw_only=True)
class PlayAnswer(Answer):
    """The tariffs a game ends at. `tariffs[importer][exporter][sector]` are the players' own; `others_pct` is what it
    does to the real income of those who do not play. `others_found` counts further answers."""

    title: str
    game: str
    instruments: str
    players: dict[str, PlayerLine]
    converged: bool
    status: str
    rounds: int
    others_found: int
    others_pct: dict[str, float | None]
    tariffs: dict[str, dict[str, dict[str, float]]]
    world: str
    base_year: int
    closure: str
    deficits: str
    elasticity: str
    elasticity_title: str
    comparison: str
    limits: list[str]
    provenance: Provenance


@dataclass(frozen=True, kw_only=True)
class Payoff(Answer):
    """What one situation means to both: change of u and equivalent variation against the duties in force, and the
    average tariff of each on the other."""

    title: str
    utility_change: dict[str, float | None]
    ev_usd_bn: dict[str, float | None]
    tariff: dict[str, float | None]


@dataclass(frozen=True, kw_only=True)
class DealPoint(Answer):
    """A deal: gain over the fallback and over the duties in force in u, its worth, money received from the other (below
    zero: paid; zero where none is on the table), and the tariffs of each on the other by sector."""

    gain: dict[str, float]
    over_status_quo: dict[str, float]
    ev_usd_bn: dict[str, float]
    received_usd_bn: dict[str, float]
    tariff: dict[str, float]
    tariffs: dict[str, dict[str, float]]


@dataclass(frozen=True, kw_only=True)
class AskLine(Answer):
    """A cut the asker may ask for, from the duties in force. `cost` below zero: the giver gains as well (free)."""

    asker: str
    giver: str
    sector: str
    before: float
    after: float
    gain: float
    cost: float
    ratio: float | None
    free: bool


@dataclass(frozen=True, kw_only=True)
class HoldLine(Answer):
    """Whether one side keeps the truce if a breach is answered in one way (`answered`: lapse, retaliation or nash).

    All in u a year: temptation d − c in the short and the long run, loss c − p. `kept` null: not computed. `unravels`
    is the first day on which a truce that is not renewed is no longer kept, null where there is none before the end.
    """

    player: str
    elasticity: str
    answered: str
    temptation: float | None
    temptation_long_run: float | None
    loss: float | None
    prefers_breakdown: bool | None
    kept: bool | None
    margin: float | None
    least_patience: float | None
    unravels: str | None


@dataclass(frozen=True, kw_only=True)
class TalkAnswer(Answer):
    """Which deals both prefer, what to ask for, and whether the truce holds. `matrix` holds the four situations of the
    2 × 2 game (each keeps the duties in force or breaks by its best reply), `payoffs` the other outcomes. `transfers`:
    whether one side may pay the other as part of a deal."""

    title: str
    players: list[str]
    fallback: str
    converged: bool
    status: str
    zone_exists: bool | None
    zone: str
    prefer_fallback: list[str]
    matrix: dict[str, Payoff]
    payoffs: dict[str, Payoff]
    frontier: list[DealPoint]
    nash_point: DealPoint | None
    ks_point: DealPoint | None
    asks: list[AskLine]
    durability: list[HoldLine]
    nearer_to_breaking: dict[str, str | None]
    terms: dict[str, float | None]
    truce_until: str | None
    transfers: bool
    kept_off_the_table: list[str]
    world: str
    base_year: int
    closure: str
    elasticity: str
    elasticity_title: str
    comparison: str
    limits: list[str]
    provenance: Provenance
