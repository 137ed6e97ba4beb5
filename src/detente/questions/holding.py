"""Would the truce hold? Each side's temptation and loss, a breach being answered in each of three ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from detente import economy as ec
from detente import game, worlds
from detente import record as r
from detente.questions import answers as a
from detente.questions.stakes import Floats, Stakes
from detente.terms import Fault, FaultList, InputFault

SHORT = "boehm-one-year"
_YEAR = 365.25


@dataclass(frozen=True)
class Terms:
    """What durability hangs on besides welfare: the lag of an answer in days, discount and hazard of a breakdown a
    year, the probability of renewal, and the elasticities of the lag."""

    lag_days: float = 60.0
    discount: float = 0.04
    hazard: float = 0.0
    renewal: float = 0.0
    short: str = SHORT

    def checked(self) -> Terms:
        """The same; raises `InputFault` for what is out of range or unknown."""
        faults = FaultList()
        try:
            game.Durability.checked(0.0, 0.0, self.lag_days / _YEAR, None, self.discount, self.hazard, self.renewal)
        except InputFault as fault:
            faults.faults += [self._in_days(one) if one.path == "lag" else one for one in fault.faults]
        try:
            worlds.elasticity_set(self.short)
        except InputFault as fault:
            faults.faults += [replace(one, path="short") for one in fault.faults]
        faults.raise_if_any()
        return self

    def _in_days(self, fault: Fault) -> Fault:
        return replace(fault, path="lag_days", message=f"{self.lag_days:g} days are no lag.", allowed="days above 0")

    def as_dict(self, stakes: Stakes) -> dict[str, float | None]:
        """The numbers, with the days the truce has left."""
        left = _left(stakes)
        return {
            "lag_days": self.lag_days,
            "discount": self.discount,
            "hazard": self.hazard,
            "renewal": self.renewal,
            "days_left": None if left is None else left * _YEAR,
        }


def durability_of(
    stakes: Stakes, war: game.GameResult, replies: dict[str, game.GameResult], terms: Terms
) -> list[a.HoldLine]:
    """A line for each side and each way a breach is answered: the recorded lapse, the recorded retaliation, Nash.

    The tariffs of a breach are the best reply of the long run. What it brings until it is answered is taken at the
    elasticities of the lag (closure armington, since some are below one), what it costs afterwards at those of the long
    run. Nothing is told where the record has no truce on the day.
    """
    if r.truce(stakes.view) is None:
        return []
    answers = _answers(stakes, war)
    short = _Short(stakes, terms.short)
    return [
        _line(stakes, player, replies[player], name, answer, short, terms)
        for player in stakes.players
        for name, answer in answers.items()
    ]


def nearer(lines: Sequence[a.HoldLine]) -> dict[str, str | None]:
    """Which side is nearer to breaking, by elasticities and answer: the one that prefers the breakdown, else the one
    whose margin is the smaller; null if both prefer it or it is not known."""
    out: dict[str, str | None] = {}
    for key in dict.fromkeys((x.elasticity, x.answered) for x in lines):
        both = [x for x in lines if (x.elasticity, x.answered) == key]
        eager = [x.player for x in both if x.prefers_breakdown]
        known = [x for x in both if x.margin is not None]
        least = min(known, key=lambda x: x.margin or 0.0).player if len(known) == len(both) else None
        out[" · ".join(key)] = eager[0] if len(eager) == 1 else None if len(eager) == 2 else least
    return out


class _Short:
    """The world at the elasticities of the lag."""

    def __init__(self, stakes: Stakes, name: str) -> None:
        self.world = worlds.world(stakes.world_name, name)
        self.now = self._utility(stakes.now)

    def gain(self, tariff: Floats) -> Floats:
        """What tariffs add to u [economy] against those in force; NaN where no equilibrium was found."""
        return self._utility(tariff) - self.now

    def _utility(self, tariff: Floats) -> Floats:
        found = ec.solve(self.world, ec.Policy(tariff=tariff), closure="armington", deficits="zero")
        utility: Floats = 100 * np.log(np.asarray(found.real_income_hat, dtype=float))
        return utility


def _answers(stakes: Stakes, war: game.GameResult) -> dict[str, Floats | None]:
    """u [economy] under each way a breach is answered, None where it is not known."""
    out: dict[str, Floats | None] = {}
    try:
        out["lapse"] = stakes.utility(stakes.solved(stakes.fallback("lapse")[0]))
    except InputFault:
        out["lapse"] = None
    peak = stakes.retaliation()
    out["retaliation"] = None if peak is None else stakes.utility(stakes.solved(peak[0]))
    out["nash"] = stakes.utility(war.equilibrium) if war.status.converged else None
    return {name: found for name, found in out.items() if found is not None}


def _line(
    stakes: Stakes,
    player: str,
    reply: game.GameResult,
    name: str,
    answer: Floats | None,
    short: _Short,
    terms: Terms,
) -> a.HoldLine:
    n = stakes.index(player)
    told = {"player": player, "elasticity": stakes.elasticity, "answered": name}
    if not reply.status.converged or answer is None:
        return _unknown(told)
    tempted = float(short.gain(reply.tariff.to_numpy())[n])
    long_run = float(stakes.utility(reply.equilibrium)[n] - stakes.at_now[n])
    loss = float(stakes.at_now[n] - answer[n])
    if not np.isfinite([tempted, long_run, loss]).all():
        return _unknown(told)
    left = _left(stakes)
    found = game.Durability(tempted, loss, terms.lag_days / _YEAR, left, terms.discount, terms.hazard, terms.renewal)
    return a.HoldLine(
        **told,
        temptation=tempted,
        temptation_long_run=long_run,
        loss=loss,
        prefers_breakdown=found.prefers_breakdown,
        kept=found.kept,
        margin=found.margin,
        least_patience=found.least_patience,
        unravels=_day(stakes, found, left),
    )


def _unknown(told: dict[str, str]) -> a.HoldLine:
    return a.HoldLine(
        **told,
        temptation=None,
        temptation_long_run=None,
        loss=None,
        prefers_breakdown=None,
        kept=None,
        margin=None,
        least_patience=None,
        unravels=None,
    )


def _left(stakes: Stakes) -> float | None:
    """Years until the truce ends, None if it has no end that is known."""
    term = r.truce(stakes.view)
    if term is None or term.until is None:
        return None
    return max((term.until - stakes.view.on).days, 0) / _YEAR


def _day(stakes: Stakes, found: game.Durability, left: float | None) -> str | None:
    """The first day on which the truce, if it is not renewed, is no longer kept."""
    term = r.truce(stakes.view)
    if left is None or found.unravels is None or term is None or term.until is None:
        return None
    if found.unravels <= 0:
        return None
    return str(max(term.until - timedelta(days=int(found.unravels * _YEAR)), term.start))
