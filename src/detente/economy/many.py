"""`solve_many`: many policies put to one world.

Policies go to threads in groups of neighbours: JAX leaves the interpreter free while it computes, and separate
searches end as soon as each is done, where one batched search (`jax.vmap`) waits for its slowest and takes every
branch. Groups are of one size whatever the machine, so results do not depend on how many threads there are.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np

from detente.economy.base import Base, Shock
from detente.economy.continuation import Reached, approach, open_base
from detente.economy.equilibria import MOBILE, ClosureName, Deficits, Rules
from detente.economy.labelled import Floats
from detente.economy.policy import Policy
from detente.economy.result import Result
from detente.economy.solve import read_rules, result_of
from detente.economy.world import World
from detente.terms import FaultList

_GROUP = 16


def solve_many(
    world: World,
    policies: Iterable[Policy],
    closure: ClosureName = "caliendo-parro",
    deficits: Deficits = "world-share",
    weights: Any = None,
    labour_mobility: float = MOBILE,
    tolerance: float = 1e-10,
    max_steps: int = 60,
    threads: int | None = None,
) -> list[Result]:
    """The equilibrium of a world under each of many policies, in their order; arguments as in `solve`.

    Each result has its own status, and is what `solve` gives to within the tolerance. Policies that resemble each
    other should stand near each other: a search starts from the nearest policy solved among the fifteen before it,
    where one is nearer than the world's own. threads: none = the processor's cores.

    Raises `InputFault` with everything that is wrong in any policy (`policies[3].tariff`).
    """
    faults = FaultList()
    rules, read = read_rules(world, closure, deficits, weights, labour_mobility, tolerance, max_steps, faults)
    shocks = _shocks(world, policies, faults)
    faults.raise_if_any()
    if not shocks:
        return []
    opened = open_base(world.base, shocks[0], rules)
    if isinstance(opened, Reached):
        return [replace(result_of(world, rules, shock, opened), weights=read) for shock in shocks]

    def group(part: Sequence[Shock]) -> list[Result]:
        return [replace(result, weights=read) for result in _in_turn(world, opened[0], part, rules, opened[1])]

    parts = [shocks[first : first + _GROUP] for first in range(0, len(shocks), _GROUP)]
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        return [result for results in pool.map(group, parts) for result in results]


def _shocks(world: World, policies: Iterable[Policy], faults: FaultList) -> list[Shock]:
    """All policies over the world's labels; arrays that are the world's own are held once."""
    none = Shock.none(world.base)
    read = []
    for index, policy in enumerate(policies):
        own = FaultList()
        shock = policy.shock(world, own)
        for fault in own:
            faults.faults.append(replace(fault, path=fault.path.replace("policy", f"policies[{index}]", 1)))
        if shock is not None:
            kept = {name: getattr(none, name) for name in none._fields[:4] if getattr(policy, name) is None}
            read.append(shock._replace(**kept))
    return read


def _in_turn(world: World, base: Base, shocks: Sequence[Shock], rules: Rules, steps: int) -> list[Result]:
    """One policy after the other, each from the nearest root known."""
    solved: list[tuple[Floats, Any]] = []
    results = []
    traded = np.asarray(base.flows) > 0
    for shock in shocks:
        dearer = _dearer(base, shock, traded)
        reached = approach(base, shock, rules, _nearest(dearer, shock, solved), steps)
        if reached.converged:
            solved.append((dearer, reached.found.root))
        if shock.limits is None:
            reached = reached._replace(found=reached.found._replace(policy=shock))
        results.append(result_of(world, rules, shock, reached))
    return results


def _dearer(base: Base, shock: Shock, traded: Any) -> Floats:
    """The log of the change of every traded flow's cost of trade, then transfers over base income."""
    factor = (1 + np.asarray(shock.tariff)) / (1 + np.asarray(base.tariff))
    dearer: Floats = np.log((factor * (1 + np.asarray(shock.export_tax)) * np.asarray(shock.iceberg))[traded])
    given = np.asarray(shock.transfer) / np.maximum(np.asarray(base.flows * (1 + base.tariff)).sum((0, 2)), 1e-300)
    return np.concatenate([dearer, given])


def _nearest(dearer: Floats, shock: Shock, solved: list[tuple[Floats, Any]]) -> Any:
    """The root of the nearest policy, or None if the base is nearer. Policies with limits start from the base: a
    licence's place in the root is that of its own policy."""
    if shock.limits is not None:
        return None
    best, root = float(np.square(dearer).sum()), None
    for other, found in solved:
        distance = float(np.square(dearer - other).sum())
        if distance < best and found.licence is None:
            best, root = distance, found
    return root
