"""What does an outcome do to every economy?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente import economy as ec
from detente import worlds
from detente.questions import answers as a
from detente.questions.scenario import apply, read_scenario
from detente.terms import stamp

LIMITS = [
    "Long run: trade elasticities of seven and more years, labour moves between sectors, no unemployment.",
    "Duties by sector are averages over products weighted by trade; within a sector all goods pay the same.",
    "Export controls, port fees and other measures that are no rate are not in the equilibrium.",
]


def solve_scenario(file: str, world: str | None = None, elasticity: str | None = None) -> a.SolveAnswer:
    """Solve a scenario file. `world` and `elasticity` override what the file names. Raises `InputFault`."""
    given = read_scenario(Path(file))
    name = world or given.world
    chosen = elasticity or given.elasticity or worlds.default_elasticity(name)
    the_world = worlds.world(name, chosen)
    base = np.asarray(worlds.tariff_before(name) if given.base == "before" else the_world.tariff, dtype=float)
    new = apply(given, the_world, base, worlds.read_world(name).services)
    compared = None if given.base == "world" else _solved(the_world, base, given.closure, given.deficits)
    found = _solved(the_world, new, given.closure, given.deficits)
    words = ["detente", "solve", file, "--world", name, "--elasticity", chosen]
    comparison = {"world": "duties of the world's base year", "before": "duties before the disputes"}[given.base]
    return answer(
        title=given.title,
        world=name,
        elasticity=chosen,
        comparison=comparison,
        closure=given.closure,
        deficits=given.deficits,
        outcomes={"scenario": outcome(given.title, found, compared)},
        words=words,
    )


def _solved(world: ec.World, tariff: NDArray[np.float64], closure: str, deficits: str) -> ec.Result:
    return ec.solve(world, ec.Policy(tariff=tariff), closure=closure, deficits=deficits)  # type: ignore[arg-type]


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
) -> a.SolveAnswer:
    """Put outcomes together with what they rest on."""
    stored = worlds.read_world(world)
    return a.SolveAnswer(
        title=title,
        world=world,
        base_year=worlds.summarise(world).base_year,
        comparison=comparison,
        closure=closure,
        deficits=deficits,
        elasticity=elasticity,
        elasticity_title=worlds.elasticity_title(world, elasticity),
        outcomes=outcomes,
        limits=[*LIMITS, *(limits or [])],
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
