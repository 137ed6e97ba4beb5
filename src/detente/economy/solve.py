"""`solve`: put a policy to a world and find the equilibrium."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal, get_args

import jax
import numpy as np

from detente.economy.base import Base, Shock
from detente.economy.equilibria import (
    MOBILE,
    ClosureName,
    Deficits,
    Equilibrium,
    Rules,
    equilibrium,
    without_deficits,
)
from detente.economy.labelled import Floats, forbid, read_array
from detente.economy.newton import Outcome, Report
from detente.economy.policy import Policy
from detente.economy.result import Result, Status
from detente.economy.world import World
from detente.terms import FaultList, did_you_mean

CLOSURES: tuple[str, ...] = get_args(ClosureName)
DEFICITS: tuple[str, ...] = get_args(Deficits)

_SMALLEST_STRIDE = 1 / 64


def solve(
    world: World,
    policy: Policy | None = None,
    closure: Literal["caliendo-parro", "armington", "ossa", "free-entry"] = "caliendo-parro",
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
    _check_names(closure, deficits, labour_mobility, faults)
    if closure != "armington":
        theta = np.asarray(world.base.elasticity)
        allowed = "θ > 0, or closure armington"
        forbid(theta <= 0, "elasticity", f"θ ≤ 0 under {closure}", {"sector": world.sectors}, faults, allowed)
    read = None if weights is None else _read_weights(weights, closure, world, faults)
    shock = (policy or Policy()).shock(world, faults)
    faults.raise_if_any()
    assert shock is not None
    rules = Rules(closure, deficits, tolerance, max_steps, float(labour_mobility))
    return replace(_solve(world, shock, rules), weights=read)


def _read_weights(value: Any, closure: str, world: World, faults: FaultList) -> Floats | None:
    """Political weights averaging one over the sectors of each economy."""
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


def _solve(world: World, shock: Shock, rules: Rules) -> Result:
    base = world.base if rules.closure in ("caliendo-parro", "free-entry") else world.base.without_inputs()
    steps = 0
    if rules.deficits == "zero":
        base, closing = without_deficits(base, rules)
        steps = int(closing.iterations)
        if closing.outcome is not Outcome.CONVERGED:
            empty = equilibrium(base, shock, _open(rules))
            return _result(world, rules, base, shock, empty, closing, steps, "while closing the deficits")
    found, taken, reached = _approach(base, shock, _open(rules))
    where = "" if reached == 1 else f"after {reached:.0%} of the change of policy"
    return _result(world, rules, base, shock, found, found.report, steps + taken, where)


def _open(rules: Rules) -> Rules:
    """The rules once deficits have been closed: those left are zero, so keeping them costs nothing."""
    if rules.deficits != "zero":
        return rules
    return replace(rules, deficits="nominal")


def _approach(base: Base, shock: Shock, rules: Rules) -> tuple[Equilibrium, int, float]:
    """Solve at once, or else in strides along the policy; also the Newton steps and how far it came in [0,
    1].
    """
    found = equilibrium(base, shock, rules)
    steps = int(found.report.iterations)
    if found.report.outcome is Outcome.CONVERGED:
        return found, steps, 1.0
    reached, stride, start = 0.0, 0.25, None
    while reached < 1 and stride >= _SMALLEST_STRIDE:
        goal = min(1.0, reached + stride)
        tried = equilibrium(base, _part_way(base, shock, goal), rules, _or_base(start, found))
        steps += int(tried.report.iterations)
        if tried.report.outcome is Outcome.CONVERGED:
            reached, start, stride = goal, tried.root, 1.5 * stride
        else:
            stride /= 2
        found = tried
    return found, steps, reached


def _or_base(start: Any, like: Equilibrium) -> Any:
    return jax.tree.map(np.zeros_like, like.root) if start is None else start


def _part_way(base: Base, shock: Shock, part: float) -> Shock:
    """The policy `part` of the way from the base, in logarithms of price factors."""
    if part == 1:
        return shock
    before = Shock.none(base)
    factor = (1 + before.tariff) * ((1 + shock.tariff) / (1 + before.tariff)) ** part
    limits = shock.limits and shock.limits._replace(most=_nearer(shock.limits.most, part))
    return Shock(factor - 1, (1 + shock.export_tax) ** part - 1, shock.iceberg**part, limits)


def _nearer(most: Any, part: float) -> Any:
    """Limits that bind are approached; those above the base's quantity stay."""
    return np.where(np.asarray(most) < 0, part * np.asarray(most), np.asarray(most))


def _result(
    world: World,
    rules: Rules,
    base: Base,
    shock: Shock,
    found: Equilibrium,
    report: Report,
    steps: int,
    where: str,
) -> Result:
    residual = float(report.residual)
    return Result(
        world=world,
        rules=rules,
        status=Status(report.outcome, _message(report.outcome, residual, steps, where)),
        residual=residual,
        iterations=steps,
        base=base,
        shock=shock,
        found=jax.device_get(found),
    )


def _message(outcome: Outcome, residual: float, steps: int, where: str) -> str:
    place = f", {where}" if where else ""
    return f"{outcome.value} Largest residual {residual:.1e} after {steps} Newton steps{place}."
