"""From a base and a policy to an equilibrium: at once where Newton's method gets there, else along the policy, in
strides and at last along a curve that may turn back (`arclength`).

`reach` is what stands between the pure function `equilibrium`, which tries once, and `solve`, which gives names.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import jax
import numpy as np

from detente.economy.arclength import Followed, follow
from detente.economy.base import Base, Shock, account_for
from detente.economy.equilibria import (
    CLOSED,
    FOLLOWING,
    KEPT,
    MOBILE,
    Equilibrium,
    Rules,
    closure_of,
    rebased,
    settle,
)
from detente.economy.newton import Outcome, Report
from detente.economy.stability import unstable_directions
from detente.economy.way import Way, deficits_at, policy_at

_FIRST_STRIDE, _SMALLEST_STRIDE = 1.0, 1 / 256
_POOR, _MATERIAL = 0.2, 1e-6  # of the base's income
_LARGEST_KNOWN = 4000  # unknowns: beyond, whether a base is stable takes long to say
_LARGEST_DENSE = 2000  # unknowns: beyond, whole Jacobians take minutes
_STEPS_A_STRIDE = 25  # a search that takes longer started too far away


class Reached(NamedTuple):
    """How far a search came: the equilibrium found, the base it is relative to (deficits closed, if the rules close
    them), the report of the last search, Newton steps in all, and where it ended in words ("" = at the policy)."""

    found: Equilibrium
    base: Base
    report: Report
    steps: int
    where: str

    @property
    def converged(self) -> bool:
        """Whether `found` is an equilibrium under the policy."""
        return self.where == "" and self.report.outcome is Outcome.CONVERGED


def reach(base: Base, shock: Shock, rules: Rules, start: Any = None) -> Reached:
    """The equilibrium of a base under a policy; `start` is the root of a nearby one, none = no change."""
    opened = open_base(base, shock, rules)
    if isinstance(opened, Reached):
        return opened
    ready, steps = opened
    return approach(ready, shock, rules, start, steps)


def open_base(base: Base, shock: Shock, rules: Rules) -> tuple[Base, int] | Reached:
    """The base that policies are put to, with the Newton steps taken: deficits are closed if the rules close them.

    `Reached` where they cannot be closed.
    """
    used = base if rules.closure in ("caliendo-parro", "free-entry") else base.without_inputs()
    if rules.deficits != "zero":
        return used, 0
    closing = _along(Way(used, Shock.none(used), KEPT, CLOSED, _mobility(rules)), rules)
    if closing.converged:
        return rebased(used, closing.found), closing.steps
    return closing._replace(found=settle(used, shock, rules, CLOSED))


def approach(base: Base, shock: Shock, rules: Rules, start: Any = None, steps: int = 0) -> Reached:
    """Solve from `start`, else from the base, else in strides along the policy; `steps` were taken before.

    The base is one that `open_base` gave: deficits that the rules close stay closed. Keeping what rounding has left of
    them instead would weigh where tariffs leave hardly any trade.
    """
    rule = FOLLOWING[rules.deficits]
    return _along(Way(base, shock, rule, rule, _mobility(rules)), rules, start, steps)


def _mobility(rules: Rules) -> float:
    return 0.0 if rules.mobility == MOBILE else rules.mobility


def _along(way: Way, rules: Rules, start: Any = None, steps: int = 0) -> Reached:
    """The equilibrium at the end of a way."""
    for begin in (start, None) if start is not None else (None,):
        found = settle(way.base, way.shock, rules, way.last, begin)
        steps += int(found.report.iterations)
        if found.report.outcome is Outcome.CONVERGED:
            return Reached(found, way.base, found.report, steps, "")
    size = sum(part.size for part in jax.tree.leaves(found.root))
    dense = size <= _LARGEST_DENSE
    reached = _in_strides(way, rules, found, steps, dense)
    if reached.converged or rules.max_steps < _STEPS_A_STRIDE or size > _LARGEST_KNOWN:
        return reached
    if unstable_directions(way.base, rules):  # the curve of a base that firms would leave winds without end
        return reached._replace(report=reached.report.told(Outcome.UNSTABLE))
    return _on_the_curve(way, rules, reached) if dense else reached


def _in_strides(way: Way, rules: Rules, found: Equilibrium, steps: int, dense: bool) -> Reached:
    """Strides grow where they succeed and are halved where they fail; each starts on the line through the last two."""
    reached, stride = 0.0, _FIRST_STRIDE
    root, slope = jax.tree.map(np.zeros_like, found.root), None
    hasty = replace(rules, max_steps=min(rules.max_steps, _STEPS_A_STRIDE))
    while reached < 1 and stride >= _SMALLEST_STRIDE:
        goal = min(1.0, reached + stride)
        length = goal - reached
        begin = root if slope is None else jax.tree.map(lambda at, by, to=length: at + to * by, root, slope)
        shock = way.shock if goal == 1 else policy_at(way, goal)
        found = settle(way.base, shock, hasty, deficits_at(way, goal), begin, dense)
        steps += int(found.report.iterations)
        if found.report.outcome is Outcome.CONVERGED:
            slope = jax.tree.map(lambda new, old, to=length: (new - old) / to, found.root, root)
            reached, root, stride = goal, found.root, 1.5 * stride
        else:
            stride, slope = stride / 2, None
    return Reached(found, way.base, found.report, steps, _place(way, reached))


def _place(way: Way, part: float) -> str:
    """Where on the way a search ended, in words."""
    if part >= 1:
        return ""
    closing = way.first is not way.last
    return f"while closing the deficits, after {part:.0%}" if closing else f"after {part:.0%} of the change of policy"


def _on_the_curve(way: Way, rules: Rules, reached: Reached) -> Reached:
    """The last resort where strides failed; says why where it fails too."""
    curve = follow(way, closure_of(way.base, way.shock, rules))
    steps = reached.steps + curve.steps
    found = settle(way.base, way.shock, rules, way.last, curve.point)
    if curve.end == "reached" and found.report.outcome is Outcome.CONVERGED:
        return Reached(found, way.base, found.report, steps + int(found.report.iterations), "")
    outcome = _why(way, rules, curve)
    report = reached.report if outcome is None else reached.report.told(outcome)
    return reached._replace(report=report, steps=steps, where=_place(way, min(curve.furthest, 0.999)))


def _why(way: Way, rules: Rules, curve: Followed) -> Outcome | None:
    """The reason there may be no equilibrium at the end of a way, if it is known."""
    if _unpaid(way, rules, curve):
        return Outcome.UNPAID
    return {"turned": Outcome.TURNED_BACK, "left": Outcome.NOT_FINITE}.get(curve.end)


def _unpaid(way: Way, rules: Rules, curve: Followed) -> bool:
    """Whether, where the curve came furthest, little is left to an economy that pays for others' deficits."""
    before = np.asarray(account_for(way.base).deficit)
    at, looking = curve.furthest, replace(rules, max_steps=0)
    found = settle(way.base, policy_at(way, at), looking, deficits_at(way, at), curve.furthest_point)
    poor = np.asarray(found.income_hat) < _POOR
    paying = before < -_MATERIAL * np.asarray(account_for(way.base).income)
    return way.last is not CLOSED and bool((poor & paying).any())
