"""From a base and a policy to an equilibrium: at once where Newton's method gets there, else along the policy.

`reach` is what stands between the pure function `equilibrium`, which tries once, and `solve`, which gives names.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import jax
import numpy as np

from detente.economy.base import Base, Shock
from detente.economy.equilibria import Equilibrium, Rules, equilibrium, without_deficits
from detente.economy.newton import Outcome, Report

_FIRST_STRIDE, _SMALLEST_STRIDE = 0.25, 1 / 256
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
    return approach(ready, shock, opened_rules(rules), start, steps)


def open_base(base: Base, shock: Shock, rules: Rules) -> tuple[Base, int] | Reached:
    """The base that policies are put to, with the Newton steps taken: deficits are closed if the rules close them.

    `Reached` where they cannot be closed.
    """
    used = base if rules.closure in ("caliendo-parro", "free-entry") else base.without_inputs()
    if rules.deficits != "zero":
        return used, 0
    closed, closing = without_deficits(used, rules)
    steps = int(closing.iterations)
    if closing.outcome is Outcome.CONVERGED:
        return closed, steps
    empty = equilibrium(closed, shock, opened_rules(rules))
    return Reached(empty, closed, closing, steps, "while closing the deficits")


def opened_rules(rules: Rules) -> Rules:
    """The rules once deficits have been closed: those left are zero, so keeping them costs nothing."""
    return replace(rules, deficits="nominal") if rules.deficits == "zero" else rules


def approach(base: Base, shock: Shock, rules: Rules, start: Any = None, steps: int = 0) -> Reached:
    """Solve from `start`, else from the base, else in strides along the policy; `steps` were taken before."""
    for begin in (start, None) if start is not None else (None,):
        found = equilibrium(base, shock, rules, begin)
        steps += int(found.report.iterations)
        if found.report.outcome is Outcome.CONVERGED:
            return Reached(found, base, found.report, steps, "")
    return _in_strides(base, shock, rules, found, steps)


def _in_strides(base: Base, shock: Shock, rules: Rules, found: Equilibrium, steps: int) -> Reached:
    """Strides grow where they succeed and are halved where they fail; each starts on the line through the last two."""
    reached, stride = 0.0, _FIRST_STRIDE
    root, slope = jax.tree.map(np.zeros_like, found.root), None
    hasty = replace(rules, max_steps=min(rules.max_steps, _STEPS_A_STRIDE))
    while reached < 1 and stride >= _SMALLEST_STRIDE:
        goal = min(1.0, reached + stride)
        length = goal - reached
        begin = root if slope is None else jax.tree.map(lambda at, by, to=length: at + to * by, root, slope)
        found = equilibrium(base, _part_way(base, shock, goal), hasty, begin)
        steps += int(found.report.iterations)
        if found.report.outcome is Outcome.CONVERGED:
            slope = jax.tree.map(lambda new, old, to=length: (new - old) / to, found.root, root)
            reached, root, stride = goal, found.root, 1.5 * stride
        else:
            stride, slope = stride / 2, None
    where = "" if reached == 1 else f"after {reached:.0%} of the change of policy"
    return Reached(found, base, found.report, steps, where)


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
