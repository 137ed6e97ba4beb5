"""What the outcomes of a dispute do: the truce kept, the truce lapsed, the duties of a day, all emergency duties void.

Every outcome is compared with the duties in force on the day asked about, and third countries' duties are held at
what the United States charges them that day. A level is the tariffs before the disputes plus the measures in force on
the day, so that nothing counts twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from detente import economy as ec
from detente import policy, worlds
from detente import record as r
from detente.questions import answers as a
from detente.questions.by_record import us_exports_bn
from detente.questions.solve import answer, outcome
from detente.questions.tables import Solved, write_outcomes
from detente.terms import Fault, InputFault

PEAK = date(2025, 4, 12)
EMERGENCY = frozenset({"IEEPA"})
NAMES = ("kept", "lapse", "april-2025", "void")


@dataclass(frozen=True, slots=True)
class Case:
    """One outcome to solve: its words, the day whose measures it takes, and what is left out or assumed."""

    title: str
    view: r.View
    without: frozenset[str] = frozenset()
    assume: str | None = None


def solve_dispute(
    name: str,
    on: date | None = None,
    known: date | None = None,
    world: str = "world-2022",
    elasticity: str = "median",
    out: str | None = None,
) -> a.SolveAnswer:
    """What each outcome of a dispute does to every economy, against the duties in force `on` the day.

    `out` is a file or folder for all results as tables.

    Raises `InputFault` for a dispute, world or set that is not there, a dispute without duties at hand for both sides
    (so far: us-china), or a world without its parties.
    """
    dispute = r.dispute(name)
    if dispute.record.header.id != "us-china":
        message = f"The duties of '{name}' cannot be put to a world yet."
        raise InputFault([Fault("dispute", message, allowed="us-china, or a scenario file")])
    view = dispute.as_of(on, known)
    the_world = worlds.world(world, elasticity)
    ec.solve(the_world)  # compiles, or loads what was compiled, while another thread may be summing lines
    levels = Levels(dispute, view, the_world, np.asarray(worlds.tariff_before(world), dtype=float))
    now = Case("duties in force on the day", view, assume="extended")
    base, notes = levels.of(now)
    compared = _solved(the_world, base)
    outcomes, solved = {}, {}
    for key, case in cases(dispute, view).items():
        tariff, more = levels.of(case)
        solved[key] = Solved(_solved(the_world, tariff), compared)
        outcomes[key] = outcome(case.title, solved[key].found, compared, tuple(more))
    words = ["detente", "solve", name, "--on", str(view.on), "--known", str(view.known)]
    words += ["--world", world, "--elasticity", elasticity]
    found = answer(
        title=f"{dispute.record.header.title}: outcomes as of {view.on}, as known on {view.known}",
        world=world,
        elasticity=elasticity,
        comparison=f"the duties in force on {view.on}, third countries' duties held",
        closure="caliendo-parro",
        deficits="world-share",
        outcomes=outcomes,
        words=words,
        record_digest=dispute.record.digest,
        limits=[*levels.limits, *notes],
    )
    return found if out is None else write_outcomes(out, solved, found)


def policy_of(view: r.View, world: ec.World, before: object = None) -> ec.Policy:
    """The measures of a record in force on the day of the view, as a policy over the world's labels.

    Levels are `before` [exporter, importer, sector], the tariffs before the measures, plus the measures. None takes
    those of the shipped world of the same labels, or else the world's own tariffs. Third countries' duties are those of
    the same days. Raises `InputFault` for a dispute that cannot be put to a world, or a world without its parties.
    """
    if view.record.header.id != "us-china":
        message = f"The duties of '{view.record.header.id}' cannot be put to a world yet."
        raise InputFault([Fault("view", message, allowed="a view of us-china")])
    start = np.asarray(_before(world) if before is None else before, dtype=float)
    others = r.dispute("us-world").as_of(view.on, view.known)
    exports = us_exports_bn(world)
    added = policy.additional({"us-china": view, "us-world": others}, world.economies, world.sectors, exports)
    return ec.Policy(tariff=start + added.rates)


def _before(world: ec.World) -> object:
    for shipped in worlds.shipped():
        known = worlds.tariff_before(shipped.name)
        if tuple(known.exporter.values) == world.economies and tuple(known.sector.values) == world.sectors:
            return known
    return world.tariff


def cases(dispute: r.Dispute, view: r.View) -> dict[str, Case]:
    """The outcomes that make sense on the day."""
    term = r.truce(view)
    open_question = term is not None and term.state == "unknown"
    kept = "the truce is taken as extended" if open_question else "the truce is kept"
    out = {"kept": Case(kept, view, assume="extended")}
    if term is not None and term.until is not None:
        lapse = max(term.until, view.on)
        out["lapse"] = Case(f"the truce lapses on {term.until}", dispute.as_of(lapse, view.known), assume="lapsed")
    if view.known >= PEAK:
        out["april-2025"] = Case(f"the duties of {PEAK}", dispute.as_of(PEAK, view.known))
    if _emergency(view):
        out["void"] = Case("US emergency duties on China void", view, EMERGENCY, "extended")
    return out


def _emergency(view: r.View) -> bool:
    lines = view.lines()
    return any(x.standing.in_force and x.measure.authority in EMERGENCY for x in lines)


class Levels:
    """Tariff levels of a world under the measures of a day."""

    def __init__(self, dispute: r.Dispute, view: r.View, world: ec.World, before: NDArray[np.float64]) -> None:
        self.before = before
        self.world = world
        self.others = r.dispute("us-world").as_of(view.on, view.known)
        self.exports_bn = us_exports_bn(world)
        self.limits: list[str] = []

    def of(self, case: Case) -> tuple[NDArray[np.float64], list[str]]:
        """Levels [exporter, importer, sector] of a case, and what is to be said of them."""
        views = {"us-china": case.view, "us-world": self.others}
        assume = case.assume if case.assume in ("extended", "lapsed") else None
        added = policy.additional(
            views,
            self.world.economies,
            self.world.sectors,
            self.exports_bn,
            case.without,
            assume,  # type: ignore[arg-type]
        )
        if not self.limits:
            self.limits = _coverage(added)
        return self.before + added.rates, list(added.notes)


def _coverage(added: policy.Additional) -> list[str]:
    matched, known = added.matched.get("CHN"), added.known.get("CHN")
    if matched is None or known is None:
        return []
    return [
        f"US duties on China: {matched:.1%} of 2024 imports found a sector; the duty of {known:.1%} is known by line.",
        "China's lists of 2018-19 enter by their published averages of September 2019, scaled by the trade they reach.",
    ]


def _solved(world: ec.World, tariff: NDArray[np.float64]) -> ec.Result:
    return ec.solve(world, ec.Policy(tariff=tariff))
