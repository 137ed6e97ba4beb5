"""Derivatives of equilibria are exact."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from detente.economy import Base, Policy, Rules, Shock, equilibrium, solve, tariff_gradient
from tests.economy.made import Made, changed_tariff, made

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
    return {**values, "base_tariff": base.tariff}


def directions(values: Values) -> Values:
    """A random direction for each entry; input shares keep their sums."""
    rng = np.random.default_rng(5)
    moved = {name: jnp.asarray(rng.normal(size=value.shape)) * 0.1 * abs(value) for name, value in values.items()}
    moved["export_tax"] = jnp.asarray(0.1 * rng.normal(size=values["export_tax"].shape))
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
