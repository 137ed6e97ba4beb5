"""What does an outcome do to every economy?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente import economy as ec
from detente import worlds
from detente.questions import answers as a
from detente.questions.by_record import levels_by_record
from detente.questions.scenario import Scenario, apply, read_scenario
from detente.questions.tables import Solved, write_outcomes
from detente.terms import Fault, InputFault, stamp

_LABOUR = "Long run: trade elasticities of seven and more years, {}, no unemployment."
LIMITS = [
    "Duties by sector are averages over products weighted by trade; within a sector all goods pay the same.",
    "Export controls, port fees and other measures that are no rate are not in the equilibrium.",
]


def solve_scenario(
    file: str,
    world: str | None = None,
    elasticity: str | None = None,
    on: date | None = None,
    known: date | None = None,
    out: str | None = None,
) -> a.SolveAnswer:
    """Solve a scenario file. `world` and `elasticity` override what the file names, and, where it names a record, `on`
    and `known` its days. `out` is a file or folder for all results as tables. Raises `InputFault`."""
    given = _on_days(read_scenario(Path(file)), on, known)
    name = world or given.world
    chosen = elasticity or given.elasticity or worlds.default_elasticity(name)
    the_world = worlds.world(name, chosen)
    base = _base(given, name, the_world)
    compared = None if base.is_worlds_own else _solved(the_world, ec.Policy(tariff=base.compared), given)
    found = _solved(the_world, apply(given, the_world, base.start, worlds.read_world(name).services), given)
    words = ["detente", "solve", file, "--world", name, "--elasticity", chosen]
    words += ["--on", str(given.on), "--known", base.known] if base.known else []
    result = answer(
        title=given.title,
        world=name,
        elasticity=chosen,
        comparison=base.comparison,
        closure=given.closure,
        deficits=given.deficits,
        outcomes={"scenario": outcome(given.title, found, compared, base.notes)},
        words=words,
        record_digest=base.digest,
        limits=_limits(given),
        labour_mobility=None if given.labour_mobility == ec.MOBILE else given.labour_mobility,
    )
    return result if out is None else write_outcomes(out, {"scenario": Solved(found, compared)}, result)


@dataclass(frozen=True, slots=True)
class _Base:
    """Tariff levels [exporter, importer, sector]: those a scenario is compared with and those its duties start from.

    They differ where an authority is left out. `is_worlds_own` where the comparison needs no solve.
    """

    compared: NDArray[np.float64]
    start: NDArray[np.float64]
    comparison: str
    is_worlds_own: bool = False
    known: str | None = None
    digest: str | None = None
    notes: tuple[str, ...] = ()


def _on_days(given: Scenario, on: date | None, known: date | None) -> Scenario:
    if on is None and known is None:
        return given
    if given.record is None:
        message = "The scenario names no record, so no day bears on it."
        raise InputFault([Fault("on", message, allowed="a scenario with a record, or none of --on and --known")])
    return given.model_copy(update={k: v for k, v in (("on", on), ("known", known)) if v is not None})


def _base(given: Scenario, name: str, world: ec.World) -> _Base:
    if given.record is not None:
        before = np.asarray(worlds.tariff_before(name), dtype=float)
        levels = levels_by_record(given, world, before)
        return _Base(
            levels.in_force,
            levels.altered,
            levels.comparison,
            known=levels.known,
            digest=levels.digest,
            notes=levels.notes,
        )
    if given.base == "before":
        before = np.asarray(worlds.tariff_before(name), dtype=float)
        return _Base(before, before, "duties before the disputes")
    own = np.asarray(world.tariff, dtype=float)
    return _Base(own, own, "duties of the world's base year", is_worlds_own=True)


def _solved(world: ec.World, policy: ec.Policy, given: Scenario) -> ec.Result:
    return ec.solve(
        world, policy, closure=given.closure, deficits=given.deficits, labour_mobility=given.labour_mobility
    )


def _limits(given: Scenario) -> list[str]:
    """What a reader of this scenario must know besides."""
    if given.record is None:
        return []
    return ["Duties by line whose membership is not known enter at their best single number; see docs/averages.md."]


def answer(
    title: str,
    world: str,
    elasticity: str,
    comparison: str,
    closure: str,
    deficits: str,
    outcomes: dict[str, a.SolvedOutcome],
    words: list[str],
    record_digest: str | None = None,
    limits: list[str] | None = None,
    labour_mobility: float | None = None,
) -> a.SolveAnswer:
    """Put outcomes together with what they rest on; `labour_mobility` None: labour is mobile between sectors."""
    labour = "labour moves between sectors"
    if labour_mobility is not None:
        labour = f"hours in a sector follow its relative wage with elasticity {labour_mobility:g}"
    stored = worlds.read_world(world)
    return a.SolveAnswer(
        title=title,
        world=world,
        base_year=worlds.summarise(world).base_year,
        comparison=comparison,
        closure=closure,
        deficits=deficits,
        labour_mobility=labour_mobility,
        elasticity=elasticity,
        elasticity_title=worlds.elasticity_title(world, elasticity),
        outcomes=outcomes,
        limits=[_LABOUR.format(labour), *LIMITS, *(limits or [])],
        provenance=a.Provenance(**stamp(words, record_digest, stored.sha256).as_dict()),
    )


def outcome(
    title: str, found: ec.Result, compared: ec.Result | None = None, notes: tuple[str, ...] = ()
) -> a.SolvedOutcome:
    """A result against another (none: against the base of the world). Nothing is a number unless both converged."""
    good = found.status.converged and (compared is None or compared.status.converged)
    message = str(found.status) if compared is None or compared.status.converged else f"Comparison: {compared.status}"
    table = _economies(found, compared) if good else {e: _nothing() for e in found.world.economies}
    return a.SolvedOutcome(
        title=title,
        converged=good,
        status=message,
        residual=float(found.residual),
        iterations=int(found.iterations),
        notes=list(notes),
        economies=table,
        exports_pct=_pairs(found, compared) if good else {},
    )


_HATS = {
    "real_income_pct": "real_income_hat",
    "exports_pct": "exports_hat",
    "imports_pct": "imports_hat",
    "price_index_pct": "price_index_hat",
    "real_wage_pct": "real_wage_hat",
}


def _economies(found: ec.Result, compared: ec.Result | None) -> dict[str, a.EconomyOutcome]:
    """Each economy's changes in percent of the comparison, and what they are worth to it."""

    def values(result: ec.Result, name: str) -> NDArray[np.float64]:
        return np.asarray(getattr(result, name), dtype=float)

    changes = {
        field: 100 * (values(found, hat) / (1.0 if compared is None else values(compared, hat)) - 1)
        for field, hat in _HATS.items()
    }
    worth = values(found, "equivalent_variation")
    if compared is not None:
        worth = worth - values(compared, "equivalent_variation")
    return {
        e: a.EconomyOutcome(**{k: float(v[n]) for k, v in changes.items()}, ev_usd_bn=float(worth[n]) / 1e3)
        for n, e in enumerate(found.world.economies)
    }


def _nothing() -> a.EconomyOutcome:
    return a.EconomyOutcome(
        real_income_pct=None,
        exports_pct=None,
        imports_pct=None,
        price_index_pct=None,
        real_wage_pct=None,
        ev_usd_bn=None,
    )


def _pairs(found: ec.Result, compared: ec.Result | None) -> dict[str, dict[str, float | None]]:
    """Change of all trade between each pair in percent; null where there was none."""
    names = found.world.economies
    new = np.asarray(found.flows).sum(2)
    old = np.asarray((found.world if compared is None else compared).flows).sum(2)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = 100 * (new / old - 1)
    return {
        e: {i: float(ratio[x, y]) if old[x, y] > 0 else None for y, i in enumerate(names) if x != y}
        for x, e in enumerate(names)
    }
