"""Derivatives of equilibria are exact."""

from __future__ import annotations

from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from detente.economy import Base, Equilibrium, Outcome, Policy, Rules, Shock, equilibrium, solve, tariff_gradient
from detente.economy.base import Limits
from tests.economy.made import Made, changed_tariff, made
from tests.economy.random_worlds import Kind

STEP = 2e-4


def log_incomes(arrays: Made, tariff: np.ndarray, **rules: Any) -> np.ndarray:
    """ln real income [economy] at a tariff."""
    result = solve(arrays.world(), Policy(tariff=tariff), tolerance=1e-13, **rules)
    assert result.status.converged, result.status
    return np.log(result.real_income_hat.to_numpy())


def central(arrays: Made, tariff: np.ndarray, cell: tuple[int, ...], **rules: Any) -> np.ndarray:
    """The central difference in one tariff, to fourth order."""
    unit = np.zeros_like(tariff)
    unit[cell] = STEP
    near = log_incomes(arrays, tariff + unit, **rules) - log_incomes(arrays, tariff - unit, **rules)
    far = log_incomes(arrays, tariff + 2 * unit, **rules) - log_incomes(arrays, tariff - 2 * unit, **rules)
    return (8 * near - far) / (12 * STEP)


CASES = [
    {"closure": "caliendo-parro", "deficits": "world-share"},
    {"closure": "caliendo-parro", "deficits": "zero"},
    {"closure": "armington", "deficits": "nominal"},
]


@pytest.mark.parametrize("rules", CASES, ids=lambda rules: "-".join(rules.values()))
@pytest.mark.parametrize("seed", [1, 2])
def test_real_income_in_every_tariff(rules: dict[str, Any], seed: int) -> None:
    """Every economy's real income in every tariff: central differences to 1e-6 of the derivative.

    Beside that, 1e-10 of real income per point of tariff is allowed: what the differences themselves leave.
    """
    arrays = made(seed)
    tariff = changed_tariff(arrays, seed)
    exact = tariff_gradient(solve(arrays.world(), Policy(tariff=tariff), **rules)).to_numpy()
    for cell in np.ndindex(tariff.shape):
        differences = central(arrays, tariff, cell, **rules)
        np.testing.assert_allclose(exact[:, *cell], differences, rtol=1e-6, atol=1e-10, err_msg=str(cell))


Values = dict[str, jax.Array]


def entries() -> Values:
    """Every array an equilibrium depends on, for a made world under a change of tariffs."""
    arrays = made(3)
    base = arrays.world().base
    shock = Shock.none(base)._replace(tariff=jnp.asarray(changed_tariff(arrays, 3)))
    values = {**base._asdict(), **shock._asdict()}
    del values["limits"]
    given = 0.02 * base.flows.sum() * jnp.array([1.0, -1.5] + [0.5 / (len(base.flows) - 2)] * (len(base.flows) - 2))
    return {**values, "base_tariff": base.tariff, "transfer": given}


def directions(values: Values) -> Values:
    """A random direction for each entry; input shares keep their sums."""
    rng = np.random.default_rng(5)
    moved = {name: jnp.asarray(rng.normal(size=value.shape)) * 0.1 * abs(value) for name, value in values.items()}
    moved["export_tax"] = jnp.asarray(0.1 * rng.normal(size=values["export_tax"].shape))
    moved["transfer"] -= moved["transfer"].mean()
    moved["input_share"] -= values["input_share"] * moved["input_share"].sum(1, keepdims=True)
    return moved


@jax.jit
def log_income(values: Values) -> jax.Array:
    """ln real income [economy] as a function of every entry."""
    base = Base(*(values[name] for name in ("flows", "base_tariff", *Base._fields[2:])))
    shock = Shock(*(values[name] for name in Shock._fields if name != "limits"))
    return jnp.log(equilibrium(base, shock, Rules(tolerance=1e-13)).real_income_hat)


def test_every_parameter() -> None:
    """Derivatives in every array, parameters and policy, agree with central differences and with each
    other.
    """
    values = entries()
    direction = directions(values)
    backward = jax.jit(jax.jacrev(log_income))(values)
    total = jax.jit(lambda v, d: jax.jvp(log_income, (v,), (d,))[1])(values, direction)
    parts = {name: jnp.einsum("e...,...->e", backward[name], direction[name]) for name in values}
    np.testing.assert_allclose(sum(parts.values()), total, rtol=1e-9)
    for name, part in parts.items():
        ahead = log_income({**values, name: values[name] + 1e-4 * direction[name]})
        behind = log_income({**values, name: values[name] - 1e-4 * direction[name]})
        np.testing.assert_allclose(part, (ahead - behind) / 2e-4, rtol=1e-6, atol=1e-9, err_msg=name)


def test_batches_agree_with_single_solves() -> None:
    """`jax.vmap` over tariffs gives what single solves give."""
    arrays = made(1)
    base = arrays.world().base
    tariffs = jnp.stack([jnp.asarray(changed_tariff(arrays, seed)) for seed in range(4)])
    none = Shock.none(base)

    def incomes(tariff: jax.Array) -> jax.Array:
        return equilibrium(base, none._replace(tariff=tariff), Rules()).real_income_hat

    batch = jax.vmap(incomes)(tariffs)
    single = jnp.stack([incomes(tariff) for tariff in tariffs])
    np.testing.assert_allclose(batch, single, rtol=1e-11)


def test_gradient_of_a_failed_solve_is_absent() -> None:
    """No derivative is given where there is no equilibrium."""
    arrays = made(1)
    result = solve(arrays.world(), Policy(tariff=changed_tariff(arrays, 1)), max_steps=0)
    assert np.isnan(tariff_gradient(result)).all()


WORLDS = [Kind("caliendo-parro", inputs=True), Kind("armington"), Kind("ossa"), Kind("free-entry")]
WORLDS += [Kind(kind.closure, kind.inputs, mobility=1.0) for kind in WORLDS]
WORLDS += [Kind("caliendo-parro", inputs=True, limits=True), Kind("ossa", limits=True)]
WORLDS += [Kind("free-entry", inputs=True), Kind("free-entry", inputs=True, mobility=1.0)]


QUICK = (WORLDS[3], WORLDS[6], WORLDS[8])  # free entry, profits with sticky labour, limits


@pytest.mark.parametrize(
    "kind",
    [k if k in QUICK else pytest.param(k, marks=pytest.mark.slow) for k in WORLDS],
    ids=lambda kind: "-".join(map(str, kind)),
)
def test_directions_under_every_closure(kind: Kind) -> None:
    """Ten worlds under each closure: real incomes along a random direction of tariffs, against central differences."""
    for seed in range(10):
        along_a_direction(kind, seed)


@pytest.mark.slow
@pytest.mark.parametrize("kind", WORLDS, ids=lambda kind: "-".join(map(str, kind)))
def test_directions_in_many_worlds(kind: Kind) -> None:
    """The same in a hundred worlds more under each closure."""
    for seed in range(10, 110):
        along_a_direction(kind, seed)


def along_a_direction(kind: Kind, seed: int) -> None:
    """One world, one direction; warm from its equilibrium, to 1e-6 beside 1e-9. Steps are shorter where within them a
    sector loses its last firm or gains its first: there real income has a corner."""
    base, shock, rules = smooth(kind, seed)
    here = equilibrium(base, shock, rules)
    assert here.report.outcome is Outcome.CONVERGED, (kind, seed)
    direction = np.random.default_rng(seed).normal(size=shock.tariff.shape)
    direction[np.diag_indices(len(direction))] = 0
    exact = _slope(base, shock, rules, here.root, jnp.asarray(direction))

    def moved(by: float) -> Equilibrium:
        there = equilibrium(base, shock._replace(tariff=shock.tariff + by * direction), rules, here.root)
        assert there.report.outcome is Outcome.CONVERGED, (kind, seed)
        return there

    for step in (STEP, STEP / 10, STEP / 100):
        there = [moved(times * step) for times in (1, -1, 2, -2)]
        closed = [np.asarray(at.firms_hat) < 1e-9 for at in there]
        if all((one == closed[0]).all() for one in closed):
            break
    ahead, behind, far_ahead, far_behind = (np.log(np.asarray(at.real_income_hat)) for at in there)
    differences = (8 * (ahead - behind) - (far_ahead - far_behind)) / (12 * step)
    np.testing.assert_allclose(exact, differences, rtol=1e-6, atol=1e-9, err_msg=f"{kind} {seed}")


def smooth(kind: Kind, seed: int) -> tuple[Base, Shock, Rules]:
    """A world and policy away from kinks: limits either bind well within what is traded or lie far above it."""
    draws_firms = kind.closure == "free-entry" and kind.inputs  # there firms stay only where much is sold at home
    parts = made(seed, inputs=kind.inputs, home=5.0 if draws_firms else 1.0)
    theta = np.random.default_rng(seed).uniform(1.5, 8, 3)
    if draws_firms and parts.value_added_share is not None:
        least = 1 - 0.8 * theta / (1 + theta)
        parts = parts._replace(value_added_share=np.maximum(parts.value_added_share, least))
    base = parts.world(elasticity=theta).base
    shock = Shock.none(base)._replace(tariff=jnp.asarray(changed_tariff(parts, seed, most=0.3)))
    if kind.limits:
        cells = np.array([[0, 1, 0], [1, 2, 1], [2, 3, 2], [3, 0, 0]])
        most = jnp.log(jnp.array([0.4, 0.3, 20.0, 20.0]))
        shock = shock._replace(limits=Limits(jnp.asarray(cells), most, jnp.full(4, float(seed % 2))))
    return base, shock, Rules(kind.closure, "world-share", tolerance=1e-13, mobility=kind.mobility)


@partial(jax.jit, static_argnames="rules")
def _slope(base: Base, shock: Shock, rules: Rules, root: Any, direction: jax.Array) -> jax.Array:
    def log_incomes(tariff: jax.Array) -> jax.Array:
        return jnp.log(equilibrium(base, shock._replace(tariff=tariff), rules, root).real_income_hat)

    return jax.jvp(log_incomes, (shock.tariff,), (direction,))[1]
