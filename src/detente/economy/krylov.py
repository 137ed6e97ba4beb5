"""Restarted GMRES (Saad and Schultz 1986), for use inside compiled programs.

The linear systems here have a spectrum bounded away from zero (input shares below one, payments rows scaled
by trade), so some tens of products with the Jacobian replace a factorisation that would cost (2NS)³. The
Hessenberg matrix is kept triangular by an accumulated rotation, so that the residual is known at every step
without solving.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

import jax
import jax.numpy as jnp
from jax import Array
from jax.flatten_util import ravel_pytree

T = TypeVar("T")

_BASIS = 40
_CYCLES = 12


class _Cycle(NamedTuple):
    step: Array
    basis: Array  # [m + 1, size], orthonormal rows
    triangle: Array  # [m, m], upper
    rotation: Array  # [m + 1, m + 1]
    error: Array


def gmres(product: Callable[[T], T], target: T, tolerance: float | Array) -> T:
    """Solve product(x) = target for a pytree x, to a 2-norm of `tolerance` × that of the target."""
    flat_target, unflatten = ravel_pytree(target)
    size = flat_target.size

    def flat_product(vector: Array) -> Array:
        flat: Array = ravel_pytree(product(unflatten(vector)))[0]
        return flat

    goal: Array = tolerance * jnp.linalg.norm(flat_target)

    def unfinished(carry: tuple[Array, Array, Array]) -> Array:
        cycle, _, rest = carry
        still: Array = (cycle < _CYCLES) & (jnp.linalg.norm(rest) > goal)
        return still

    def improve(carry: tuple[Array, Array, Array]) -> tuple[Array, Array, Array]:
        cycle, guess, rest = carry
        correction, rest = _one_cycle(flat_product, rest, goal, min(_BASIS, size))
        return cycle + 1, guess + correction, rest

    begun = jnp.array(0), jnp.zeros_like(flat_target), flat_target
    solved: T = unflatten(jax.lax.while_loop(unfinished, improve, begun)[1])
    return solved


def _one_cycle(product: Callable[[Array], Array], target: Array, goal: Array, width: int) -> tuple[Array, Array]:
    """The best correction within `width` Krylov directions, and what it leaves of the target."""
    norm = jnp.linalg.norm(target)
    start = _Cycle(
        step=jnp.array(0),
        basis=jnp.zeros((width + 1, target.size)).at[0].set(target / norm),
        triangle=jnp.eye(width),
        rotation=jnp.eye(width + 1),
        error=norm,
    )

    def unfinished(at: _Cycle) -> Array:
        return (at.step < width) & (at.error > goal)

    end = jax.lax.while_loop(unfinished, lambda at: _extend(product, at, norm), start)
    used = jnp.arange(width) < end.step
    weights = jnp.where(used, norm * end.rotation[:width, 0], 0.0)
    correction = jax.scipy.linalg.solve_triangular(end.triangle, weights) @ end.basis[:width]
    last = end.rotation[end.step]
    return correction, (norm * last[0] * last) @ end.basis


def _extend(product: Callable[[Array], Array], at: _Cycle, norm: Array) -> _Cycle:
    """Add one direction; orthogonalised twice, which is as good as Householder reflections."""
    width = at.triangle.shape[0]
    fresh = product(at.basis[at.step])
    once = at.basis @ fresh
    fresh = fresh - once @ at.basis
    twice = at.basis @ fresh
    fresh = fresh - twice @ at.basis
    length = jnp.linalg.norm(fresh)
    column = at.rotation @ (once + twice).at[at.step + 1].set(length)
    top, bottom = column[at.step], column[at.step + 1]
    radius = jnp.hypot(top, bottom)
    cosine, sine = top / radius, bottom / radius
    upper, lower = at.rotation[at.step], at.rotation[at.step + 1]
    rotation = at.rotation.at[at.step].set(cosine * upper + sine * lower)
    rotation = rotation.at[at.step + 1].set(cosine * lower - sine * upper)
    column = column.at[at.step].set(radius).at[at.step + 1].set(0.0)
    kept = jnp.where(jnp.arange(width) <= at.step, column[:width], 0.0)
    return _Cycle(
        step=at.step + 1,
        basis=at.basis.at[at.step + 1].set(fresh / jnp.where(length > 0, length, 1.0)),
        triangle=at.triangle.at[:, at.step].set(kept),
        rotation=rotation,
        error=jnp.abs(norm * rotation[at.step + 1, 0]),
    )
