"""Which deals would both sides prefer, what should each ask for, and would the truce hold?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, cast

import numpy as np

from detente import economy as ec
from detente import game
from detente import record as r
from detente.questions import answers as a
from detente.questions.holding import Terms, durability_of, nearer
from detente.questions.stakes import CLOSURE, LIMITS, Floats, Stakes, read_stakes, resting_on
from detente.terms import FaultList, InputFault

SETS = ("fontagne-guimbard-orefice", "boehm-long-run")
"""Elasticities under which durability is told besides those asked for."""
_NO_MONEY = "No side pays the other (--transfers puts money on the table)."


def talk(
    name: str,
    fallback: str = "lapse",
    keep: Sequence[str] = (),
    on: date | None = None,
    known: date | None = None,
    world: str = "world-2022",
    elasticity: str = "median",
    points: int = 9,
    terms: Terms | None = None,
    sets: Sequence[str] = SETS,
    transfers: bool = False,
) -> a.TalkAnswer:
    """The deals both parties of a dispute prefer to a fallback, what each should ask for, and whether the truce holds.

    fallback: "lapse" (the recorded truce runs out), a day whose duties come back, or "nash". keep: tariffs not on the
    table, "SECTOR" or "PLAYER:SECTOR". terms: lag, discount, hazard and renewal of durability. sets: elasticities under
    which durability is told too. transfers: whether one side may pay the other as part of a deal. Raises `InputFault`.
    """
    stakes = read_stakes(name, on, known, world, elasticity)
    terms = terms or Terms()
    _check(stakes, fallback, keep, points, terms)
    situations = _situations(stakes)
    given, words = stakes.fallback(fallback, situations.war)
    found = game.talk(
        stakes.world,
        stakes.players,
        ec.Policy(tariff=given),
        keep=keep,
        closure=CLOSURE,
        policy=ec.Policy(tariff=stakes.now),
        sectors=stakes.goods,
        points=points,
        transfers=transfers,
    )
    holds = durability_of(stakes, situations.war, situations.replies, terms)
    for other in sets:
        if other != elasticity:
            again = read_stakes(name, on, known, world, other)
            then = _situations(again)
            holds += durability_of(again, then.war, then.replies, terms)
    command = ["detente", "talk", name, "--fallback", fallback, *(x for k in keep for x in ("--keep", k))]
    command += ["--points", str(points), *(["--transfers"] if transfers else []), *_options(terms)]
    command += ["--on", str(stakes.view.on), "--known", str(stakes.view.known), "--world", world]
    command += ["--elasticity", elasticity]
    return _answer(stakes, found, situations, given, words, list(keep), holds, terms, transfers, command)


def _check(stakes: Stakes, fallback: str, keep: Sequence[str], points: int, terms: Terms) -> None:
    """Everything that is wrong with what was asked, before anything is solved."""
    faults = FaultList()
    parts: list[Callable[[], Any]] = [terms.checked]
    if fallback != "nash":
        parts.append(partial(stakes.fallback, fallback))
    for part in parts:
        try:
            part()
        except InputFault as wrong:
            faults.faults += wrong.faults
    game.check_keep(keep, stakes.players, stakes.goods, faults)
    game.check_talk(points, faults, stakes.players)
    faults.raise_if_any()


def _options(terms: Terms) -> list[str]:
    """The terms that are not the usual ones, as options."""
    usual = Terms()
    names = {"--lag": "lag_days", "--discount": "discount", "--hazard": "hazard", "--renewal": "renewal"}
    changed = {option: getattr(terms, name) for option, name in names.items()}
    return [x for o, value in changed.items() if value != getattr(usual, names[o]) for x in (o, f"{value:g}")]


@dataclass(frozen=True, eq=False)
class _Situations:
    """The best reply of each to the duties in force, and the war of both."""

    replies: dict[str, game.GameResult]
    war: game.GameResult


def _situations(stakes: Stakes) -> _Situations:
    options: dict[str, Any] = {
        "closure": CLOSURE,
        "policy": ec.Policy(tariff=stakes.now),
        "targets": stakes.players,
        "sectors": stakes.goods,
    }
    replies = {p: game.optimal(stakes.world, p, **options) for p in stakes.players}
    return _Situations(replies, stakes.war())


def _answer(
    stakes: Stakes,
    found: game.Talk,
    situations: _Situations,
    fallback: Floats,
    words: str,
    keep: list[str],
    holds: list[a.HoldLine],
    terms: Terms,
    transfers: bool,
    command: list[str],
) -> a.TalkAnswer:
    good = found.status.converged
    term = r.truce(stakes.view)
    return a.TalkAnswer(
        title=f"{stakes.dispute.record.header.title}: deals from the duties of {stakes.view.on}",
        players=list(stakes.players),
        fallback=words,
        converged=good,
        status=str(found.status),
        zone_exists=found.zone.exists if good else None,
        zone=found.zone.words,
        prefer_fallback=list(found.zone.prefer_fallback),
        matrix=_matrix(stakes, situations),
        payoffs=_payoffs(stakes, fallback, words, situations, found),
        frontier=[_point(stakes, p) for p in found.frontier] if good else [],
        nash_point=_point(stakes, found.nash_point) if good and found.nash_point else None,
        ks_point=_point(stakes, found.ks_point) if good and found.ks_point else None,
        asks=[a.AskLine(**vars(ask), free=ask.cost <= 0) for ask in found.asks] if good else [],
        durability=holds,
        nearer_to_breaking=nearer(holds),
        terms=terms.as_dict(stakes),
        truce_until=None if term is None or term.until is None else str(term.until),
        transfers=transfers,
        kept_off_the_table=keep,
        limits=[*LIMITS, *([] if transfers else [_NO_MONEY]), *stakes.levels.limits, *stakes.notes],
        **cast(Any, resting_on(stakes, command)),
    )


def _matrix(stakes: Stakes, found: _Situations) -> dict[str, a.Payoff]:
    """Each keeps the duties in force, or breaks: alone by its best reply, both by the war."""
    first, second = stakes.players
    out = {"keep, keep": _payoff(stakes, "both keep the duties in force", stakes.now)}
    for player, place in ((first, "break, keep"), (second, "keep, break")):
        reply = found.replies[player]
        tariff = reply.tariff.to_numpy() if reply.status.converged else None
        out[place] = _payoff(stakes, f"{player} breaks (best reply), the other keeps", tariff)
    war = found.war.tariff.to_numpy() if found.war.status.converged else None
    out["break, break"] = _payoff(stakes, "both break: the trade war (Nash)", war)
    return out


def _payoffs(
    stakes: Stakes, fallback: Floats, words: str, situations: _Situations, found: game.Talk
) -> dict[str, a.Payoff]:
    out = {"fallback": _payoff(stakes, words, fallback)}
    peak = stakes.retaliation()
    if peak is not None:
        out["retaliation"] = _payoff(stakes, peak[1], peak[0])
    for key, title, point in (
        ("nash-point", "the Nash bargain", found.nash_point),
        ("ks-point", "the Kalai–Smorodinsky bargain", found.ks_point),
    ):
        if point is not None and found.status.converged:
            out[key] = _payoff(stakes, title, point.tariff.to_numpy(), point.transfer)
    return out


def _payoff(stakes: Stakes, title: str, tariff: Floats | None, transfer: Mapping[str, float] | None = None) -> a.Payoff:
    """A situation against the duties in force; nulls where no equilibrium was found."""
    players = stakes.players
    nothing: dict[str, float | None] = dict.fromkeys(players)
    if tariff is None:
        return a.Payoff(title=title, utility_change=nothing, ev_usd_bn=nothing, tariff=nothing)
    utility = stakes.utility(stakes.solved(tariff, transfer))
    known = bool(np.isfinite(utility).all())
    worth = stakes.worth_bn(utility)
    at = {p: stakes.index(p) for p in players}
    return a.Payoff(
        title=title,
        utility_change={p: float(utility[n] - stakes.at_now[n]) if known else None for p, n in at.items()},
        ev_usd_bn={p: float(worth[n]) if known else None for p, n in at.items()},
        tariff={p: stakes.average(tariff, p, tuple(q for q in players if q != p)) for p in players},
    )


def _point(stakes: Stakes, point: game.Point) -> a.DealPoint:
    first, second = stakes.players
    return a.DealPoint(
        gain=point.gain,
        over_status_quo=point.over_status_quo,
        ev_usd_bn={p: x / 1e3 for p, x in point.worth.items()},
        received_usd_bn={p: x / 1e3 for p, x in point.transfer.items()},
        tariff=point.average_tariff,
        tariffs={
            p: {s: float(point.tariff.sel(exporter=q, importer=p, sector=s)) for s in stakes.goods}
            for p, q in ((first, second), (second, first))
        },
    )
