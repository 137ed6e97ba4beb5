"""A dispute as a game sees it: a world, the duties in force on the day, and what comes without a deal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from detente import economy as ec
from detente import game, worlds
from detente import record as r
from detente.questions.outcomes import PEAK, Case, Levels
from detente.terms import Fault, InputFault, parse_day, stamp

Floats = NDArray[np.float64]
CLOSURE: Final = "caliendo-parro"
LIMITS = (
    "Deficits are closed first: the world is one of balanced trade, since kept deficits reward moving prices.",
    "Tariffs are the only instruments: no export controls, quotas or subsidies; third economies do not answer.",
    "Duties by sector are averages over products weighted by trade; services carry none.",
    "Governments are taken to maximise real income; politics, unemployment and security are not in it.",
)


@dataclass(eq=False)
class Stakes:
    """What is at stake in a dispute on a day. `levels` makes tariffs [exporter, importer, sector] of any day's
    measures; `now` holds those in force, `notes` what is to be said of them."""

    dispute: r.Dispute
    view: r.View
    world_name: str
    elasticity: str
    world: ec.World
    players: tuple[str, str]
    goods: tuple[str, ...]
    levels: Levels
    now: Floats
    notes: list[str]
    income: Floats = field(init=False)
    at_now: Floats = field(init=False)

    def __post_init__(self) -> None:
        result = self.solved(self.now)
        self.income = np.asarray(ec.accounts_of(result.base, result.rules).income)
        self.at_now = self.utility(result)

    def solved(self, tariff: Floats, transfer: Mapping[str, float] | None = None) -> ec.Result:
        """The world under tariffs, and money received by economy, its deficits closed first."""
        policy = ec.Policy(tariff=tariff, transfer=transfer)
        return ec.solve(self.world, policy, closure=CLOSURE, deficits="zero")

    @staticmethod
    def utility(result: ec.Result) -> Floats:
        """u = 100 ln(real income, new ÷ base) [economy]; NaN unless the solve converged."""
        utility: Floats = 100 * np.log(np.asarray(result.real_income_hat, dtype=float))
        return utility

    def worth_bn(self, utility: Floats) -> Floats:
        """Equivalent variation against the duties in force [economy], billion USD at base prices."""
        worth: Floats = self.income * (np.exp(utility / 100) - np.exp(self.at_now / 100)) / 1e3
        return worth

    def index(self, player: str) -> int:
        """Where a player stands among the economies."""
        return self.world.economies.index(player)

    def average(self, tariff: Floats, importer: str, partners: tuple[str, ...] | None = None) -> float:
        """An importer's average tariff on goods of partners (none = all), weighted by the world's trade."""
        n = self.index(importer)
        flows = np.array(self.world.base.flows, dtype=float)[:, n]
        flows[n] = 0.0
        flows[:, [s not in self.goods for s in self.world.sectors]] = 0.0
        if partners is not None:
            flows[[e not in partners for e in self.world.economies]] = 0.0
        return float((flows * tariff[:, n]).sum() / flows.sum())

    def fallback(self, what: str, war: game.GameResult | None = None) -> tuple[Floats, str]:
        """Tariffs of what follows without a deal, and words: "lapse", a day, or "nash" (`war`, where it was found
        before). Raises `InputFault`."""
        if what == "lapse":
            return self._lapse()
        if what == "nash":
            war = war or self.war()
            if not war.status.converged:
                raise InputFault([Fault("fallback", f"The trade war has no answer here: {war.status}")])
            return war.tariff.to_numpy(), "the trade war (Nash tariffs on each other's goods)"
        day = parse_day(what, "fallback")
        if day > self.view.known and day > self.view.on:
            allowed = f"lapse, nash, or a day up to {self.view.known}"
            raise InputFault([Fault("fallback", f"Nothing is known yet of the duties of {day}.", allowed=allowed)])
        return self._day(day), f"the duties of {day}"

    def retaliation(self) -> tuple[Floats, str] | None:
        """The duties of the recorded retaliation at its height, if it was known on the day."""
        return (self._day(PEAK), f"the duties of {PEAK}") if self.view.known >= PEAK else None

    def war(self) -> game.GameResult:
        """Nash tariffs of both on each other's goods, all else as in force."""
        return game.nash(
            self.world,
            self.players,
            closure=CLOSURE,
            policy=ec.Policy(tariff=self.now),
            targets=self.players,
            sectors=self.goods,
        )

    def _lapse(self) -> tuple[Floats, str]:
        term = r.truce(self.view)
        if term is None or term.until is None:
            words = "The record has no truce with a clock on this day, so nothing lapses."
            raise InputFault([Fault("fallback", words, allowed="a day such as 2025-04-12, or nash")])
        day = max(term.until, self.view.on)
        case = Case("lapse", self.dispute.as_of(day, self.view.known), assume="lapsed")
        return self.levels.of(case)[0], f"the truce lapses on {term.until}"

    def _day(self, day: date) -> Floats:
        return self.levels.of(Case(str(day), self.dispute.as_of(day, self.view.known), assume="extended"))[0]


def read_stakes(name: str, on: date | None, known: date | None, world: str, elasticity: str) -> Stakes:
    """Read a dispute as a game. Raises `InputFault` for a dispute, world or set that is not there, or a dispute whose
    duties are not at hand for both sides (so far: us-china)."""
    dispute = r.dispute(name)
    if dispute.record.header.id != "us-china":
        message = f"The duties of '{name}' cannot be put to a world yet, so no game can be played on it."
        raise InputFault([Fault("dispute", message, allowed="us-china")])
    view = dispute.as_of(on, known)
    the_world = worlds.world(world, elasticity)
    players = ("USA", "CHN")
    missing = [p for p in players if p not in the_world.economies]
    if missing:
        words = f"The world {world} has no {' and no '.join(missing)}."
        raise InputFault([Fault("world", words, allowed="a world with both parties, such as world-2022")])
    services = worlds.read_world(world).services
    levels = Levels(dispute, view, the_world, np.asarray(worlds.tariff_before(world), dtype=float))
    now, notes = levels.of(Case("in force", view, assume="extended"))
    return Stakes(
        dispute=dispute,
        view=view,
        world_name=world,
        elasticity=elasticity,
        world=the_world,
        players=players,
        goods=tuple(s for s in the_world.sectors if s not in services),
        levels=levels,
        now=now,
        notes=notes,
    )


def resting_on(stakes: Stakes, words: list[str]) -> dict[str, object]:
    """What every answer of a game carries: world, set, comparison and provenance."""
    stored = worlds.read_world(stakes.world_name)
    from detente.questions import answers as a

    provenance = stamp(words, stakes.dispute.record.digest, stored.sha256).as_dict()
    return {
        "world": stakes.world_name,
        "base_year": worlds.summarise(stakes.world_name).base_year,
        "closure": CLOSURE,
        "elasticity": stakes.elasticity,
        "elasticity_title": worlds.elasticity_title(stakes.world_name, stakes.elasticity),
        "comparison": f"the duties in force on {stakes.view.on}, third countries' duties held",
        "provenance": a.Provenance(**provenance),
    }
