"""`solve`: put a policy to a world and find the equilibrium."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import jax
import numpy as np

from detente.economy.base import Shock
from detente.economy.continuation import Reached, reach
from detente.economy.equilibria import MOBILE, ClosureName, Deficits, Rules
from detente.economy.labelled import Floats, forbid, read_array
from detente.economy.newton import Outcome
from detente.economy.policy import Policy
from detente.economy.result import Result, Status
from detente.economy.world import World
from detente.terms import FaultList, did_you_mean

CLOSURES: tuple[str, ...] = get_args(ClosureName)
DEFICITS: tuple[str, ...] = get_args(Deficits)


def solve(
    world: World,
    policy: Policy | None = None,
    closure: ClosureName = "caliendo-parro",
    deficits: Deficits = "world-share",
    weights: Any = None,
    labour_mobility: float = MOBILE,
    tolerance: float = 1e-12,
    max_steps: int = 60,
) -> Result:
    """The equilibrium of a world under a policy (none = its own).

    closure: "caliendo-parro" (perfect competition, input–output links if the world has them; θ > 0), "armington" (no
    intermediates: a world's input shares are left out; any σ > 0), "ossa" (Ossa 2014: monopolistic competition, the
    number of firms fixed, profits go to consumers, no intermediates; θ = σ − 1 > 0) or "free-entry" (Krugman 1980 with
    many sectors as in Costinot and Rodríguez-Clare 2014: firms enter until profits are gone; intermediates if the
    world has them; θ > 0).
    weights: political weights [economy, sector] ≥ 0 of closure ossa, for `result.government_welfare_hat`; they are
    scaled to average one in each economy.
    labour_mobility: ε ≥ 0 with which hours follow a sector's relative wage; 0 keeps every sector's hours, none =
    mobile.
    deficits: "world-share" of world income, "nominal" with world value added as numeraire, or "zero": closed
    first, the result being relative to the world without them.
    tolerance: of the largest residual, in logarithms; max_steps: Newton steps in each stage.

    Never raises for want of an equilibrium: `result.status` says how the search ended. Where Newton's
    method fails from the base, the policy is approached in strides. Raises `InputFault` for wrong input,
    all of it at once.
    """
    faults = FaultList()
    rules, read = read_rules(world, closure, deficits, weights, labour_mobility, tolerance, max_steps, faults)
    shock = (policy or Policy()).shock(world, faults)
    faults.raise_if_any()
    assert shock is not None
    return replace(result_of(world, rules, shock, reach(world.base, shock, rules)), weights=read)


def read_rules(
    world: World,
    closure: ClosureName,
    deficits: Deficits,
    weights: Any,
    labour_mobility: float,
    tolerance: float,
    max_steps: int,
    faults: FaultList,
) -> tuple[Rules, Floats | None]:
    """The rules and the political weights, checked against the world; what is wrong is noted."""
    _check_names(closure, deficits, labour_mobility, faults)
    if closure != "armington":
        theta = np.asarray(world.base.elasticity)
        allowed = "θ > 0, or closure armington"
        forbid(theta <= 0, "elasticity", f"θ ≤ 0 under {closure}", {"sector": world.sectors}, faults, allowed)
    read = None if weights is None else read_weights(weights, closure, world, faults)
    return Rules(closure, deficits, tolerance, max_steps, float(labour_mobility)), read


def read_weights(value: Any, closure: str, world: World, faults: FaultList) -> Floats | None:
    """Political weights [economy, sector] averaging one over the sectors of each economy; what is wrong is noted."""
    if closure != "ossa":
        faults.add("weights", f"Political weights have no meaning under {closure}.", allowed="closure ossa, or None")
        return None
    dims = {"economy": world.economies, "sector": world.sectors}
    array = read_array(value, "weights", dims, faults)
    if array is None:
        return None
    forbid(~(np.isfinite(array) & (array >= 0)), "weights", "Not a weight", dims, faults, "numbers ≥ 0")
    empty = {"economy": world.economies}
    forbid(array.sum(1) == 0, "weights", "All weights are zero", empty, faults, "at least one above 0 in each economy")
    return array / np.where(array.sum(1) == 0, 1.0, array.mean(1))[:, None]


def _check_names(closure: str, deficits: str, mobility: float, faults: FaultList) -> None:
    if closure not in CLOSURES:
        hint = did_you_mean(closure, CLOSURES)
        faults.add("closure", f"'{closure}' is unknown.{hint}", allowed=", ".join(CLOSURES))
    if deficits not in DEFICITS:
        hint = did_you_mean(deficits, DEFICITS)
        faults.add("deficits", f"'{deficits}' is unknown.{hint}", allowed=", ".join(DEFICITS))
    if not mobility >= 0:
        faults.add("labour_mobility", f"{mobility} is no elasticity.", allowed="0 (fixed) to inf (mobile)")


def result_of(world: World, rules: Rules, shock: Shock, reached: Reached) -> Result:
    """What was reached, with names."""
    report = reached.report
    residual = float(report.residual)
    return Result(
        world=world,
        rules=rules,
        status=Status(report.outcome, _message(report.outcome, residual, reached.steps, reached.where)),
        residual=residual,
        iterations=reached.steps,
        base=reached.base,
        shock=shock,
        found=jax.device_get(reached.found),
    )


def _message(outcome: Outcome, residual: float, steps: int, where: str) -> str:
    place = f", {where}" if where else ""
    return f"{outcome.value} Largest residual {residual:.1e} after {steps} Newton steps{place}."
