"""Random worlds and policies under every closure, filled up to a few sizes, and how the search for each ends.

Drawn: how many economies and sectors, flows (log-normal, up to four tenths of them zero), tariffs, inputs, deficits
from none to whatever falls, σ from 0.5 (under armington; 1.2 elsewhere) to 30, and a policy: tariffs, export taxes and
trade costs from small to prohibitive, limits on up to half of the flows down to a ban. Where little trade is left to
pay for deficits (tariffs beyond 150%, or limits) they are closed in four draws of five, and small in the fifth: some of
those have no equilibrium. Under free entry with inputs every economy sells ten times as much at home, in every sector,
and inputs are at most 0.8 (1 − 1 ÷ σ) of sales: there firms that enter lose (`stability`); without it nearly every base
of some size is an equilibrium that firms would leave of themselves.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np

from detente.economy import Base, Policy, Reached, Rules, Shock, World, padded, reach
from detente.economy.base import Limits
from detente.terms import FaultList, InputFault
from tests.economy.made import Floats, made

LIMITS = 8  # in each policy that has any: as many as fill one compiled shape
TOLERANCE = 1e-10
_SMALL = 0.1  # deficits about as large as the world's
_HOME, _INPUTS = 10.0, 0.8  # own sales, and the most that inputs are of (1 − 1 ÷ σ) of sales, where firms draw firms
_FAR = 1.5  # beyond such tariffs little trade is left to pay for a deficit


class Kind(NamedTuple):
    """A closure with its parts; each is a program of its own at every size."""

    closure: Any
    inputs: bool = False
    mobility: float = float("inf")
    limits: bool = False


_SOME = 1.0  # any finite mobility is the same program; the world draws its own
KINDS = (
    Kind("caliendo-parro", inputs=True),
    Kind("armington"),
    Kind("ossa"),
    Kind("free-entry", inputs=True),
    Kind("caliendo-parro", inputs=True, mobility=_SOME),
    Kind("caliendo-parro", inputs=True, limits=True),
    Kind("free-entry"),
    Kind("armington", mobility=_SOME),
    Kind("ossa", mobility=_SOME),
    Kind("free-entry", inputs=True, mobility=_SOME),
    Kind("ossa", limits=True),
    Kind("caliendo-parro", inputs=True, mobility=_SOME, limits=True),
    Kind("armington", limits=True),
    Kind("free-entry", inputs=True, limits=True),
    Kind("caliendo-parro"),
)


class Drawn(NamedTuple):
    """A world, what is put to it, and the rules."""

    base: Base
    shock: Shock
    rules: Rules


def draw(seed: int, size: tuple[int, int], kind: Kind) -> Drawn | InputFault:
    """World and policy number `seed` for one size and kind, or why its arrays are no world."""
    rng = np.random.default_rng([seed, 77])
    economies = int(rng.integers(max(2, size[0] * 2 // 3), size[0] + 1))
    sectors = int(rng.integers(max(1, size[1] * 2 // 3), size[1] + 1))
    number, zeros = int(rng.integers(1 << 31)), float(rng.choice([0.0, 0.1, 0.4]))
    most = float(rng.choice([0.1, 0.5, 1.5, 10.0, 1000.0], p=[0.25, 0.35, 0.2, 0.1, 0.1]))
    hard_to_pay = most > _FAR or kind.limits
    deficits = str(rng.choice(["world-share", "nominal", "zero"], p=[0.1, 0.1, 0.8] if hard_to_pay else None))
    small = hard_to_pay and deficits != "zero"
    imbalance = _SMALL if small else float(rng.choice([0.0, _SMALL, 0.4, 1.0]))
    stable = kind.closure == "free-entry" and kind.inputs
    parts = made(number, economies, sectors, kind.inputs, zeros, imbalance, home=_HOME if stable else 1.0)
    sigma = np.exp(rng.uniform(np.log(0.5 if kind.closure == "armington" else 1.2), np.log(30), sectors))
    if stable and parts.value_added_share is not None:
        parts = parts._replace(value_added_share=np.maximum(parts.value_added_share, 1 - _INPUTS * (1 - 1 / sigma)))
    try:
        world = parts.world(elasticity=sigma - 1)
    except InputFault as fault:
        return fault
    shock = _policy(rng, world, kind, most)
    mobility = float(rng.choice([0.0, 0.3, 2.0, 20.0])) if kind.mobility == _SOME else kind.mobility
    return Drawn(world.base, shock, Rules(kind.closure, deficits, TOLERANCE, mobility=mobility))


def _policy(rng: np.random.Generator, world: World, kind: Kind, most: float) -> Shock:
    """Tariffs by pair and by sector, from small to prohibitive; now and then export taxes and trade costs."""
    shape = world.base.flows.shape
    abroad = ~np.eye(shape[0], dtype=bool)[:, :, None]
    hit = rng.uniform(size=shape[:2])[:, :, None] < rng.choice([0.1, 0.4, 1.0])
    tariff = np.asarray(world.base.tariff) + hit * most * rng.uniform(size=shape)
    tax = _now_and_then(rng) * 0.3 * rng.uniform(size=shape)
    iceberg = np.exp(_now_and_then(rng) * rng.normal(0, 0.2, size=shape))
    policy = Policy(np.where(abroad, tariff, 0), np.where(abroad, tax, 0), np.where(abroad, iceberg, 1))
    faults = FaultList()
    shock = policy.shock(world, faults)
    faults.raise_if_any()
    assert shock is not None
    return shock._replace(limits=_limits(rng, world.base.flows)) if kind.limits else shock


def _now_and_then(rng: np.random.Generator) -> float:
    return float(rng.uniform() < 0.25)


def _limits(rng: np.random.Generator, flows: Any) -> Limits:
    """Up to `LIMITS` flows limited to between all and none of what they are, or to less than what they would be."""
    traded = np.asarray(flows) > 0
    traded[np.diag_indices(len(traded))] = False
    cells = rng.permutation(np.argwhere(traded))[: min(LIMITS, int(traded.sum()) // 2)]
    filled = np.zeros((LIMITS, 3), dtype=int)
    filled[: len(cells)] = cells
    most = np.full(LIMITS, 1e3)
    most[: len(cells)] = np.log(np.maximum(rng.choice([rng.uniform(0, 1.2), 0.5, 1e-12], p=[0.8, 0.15, 0.05]), 1e-12))
    most[: len(cells)] += rng.normal(0, 0.2, len(cells))
    return Limits(jnp.asarray(filled), jnp.asarray(most), jnp.full(LIMITS, float(rng.integers(2))))


def settle(drawn: Drawn, size: tuple[int, int]) -> Reached:
    """The search for the equilibrium of a world filled up to its size."""
    base, shock = padded(drawn.base, drawn.shock, *size)
    return reach(base, shock, drawn.rules)


def reason(reached: Reached) -> str:
    """Why a world was refused, or "solved"."""
    if reached.converged:
        return "solved"
    place = " (while closing the deficits)" if "deficits" in reached.where else ""
    return f"{reached.report.outcome.name.lower().replace('_', ' ')}{place}"


def real_incomes(reached: Reached, economies: int) -> Floats:
    """ln real income of the economies that are there."""
    return np.log(np.asarray(reached.found.real_income_hat)[:economies])
