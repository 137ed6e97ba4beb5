"""Newton's method for the root of a closure, with derivatives by the implicit function theorem.

Each step solves the linear system by GMRES only as far as the step deserves (Eisenstat and Walker 1996), caps it,
and halves it until the residual falls. What became of the search is an `Outcome`, whose members are sentences.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import partial
from typing import Any, NamedTuple, TypeVar

import jax
import jax.numpy as jnp
from jax import Array
from jax.flatten_util import ravel_pytree

from detente.economy.krylov import gmres

T = TypeVar("T")

LARGEST_STEP = 2.0  # in logarithms: no price or wage moves by more than a factor of about seven in a step
_HALVINGS = 10
_LOOSEST, _DERIVATIVE = 1e-2, 1e-13


class Outcome(Enum):
    """How a search ended."""

    CONVERGED = "An equilibrium was found."
    STEPS_SPENT = "The search ended before the equations held: all its steps were spent."
    STALLED = "The search ended before the equations held: no step along Newton's direction reduced the residual."
    NOT_FINITE = (
        "The search left the region where incomes and trade are positive and finite: "
        "there may be no equilibrium under this policy."
    )


_CODES = list(Outcome)


class Report(NamedTuple):
    """The largest residual (logarithms), the Newton steps taken, and the index of the `Outcome`."""

    residual: Array
    iterations: Array
    code: Array

    @property
    def outcome(self) -> Outcome:
        """The outcome, once the search has run."""
        return _CODES[int(self.code)]


class _Search(NamedTuple):
    point: Array
    size: Array  # largest residual
    norm: Array  # its 2-norm, the merit of the line search
    iterations: Array
    code: Array


def find_root(residual: Callable[[T], T], start: T, tolerance: float, max_steps: int) -> tuple[T, Report]:
    """The root of `residual` near `start`; never raises.

    Differentiable, forwards and backwards and repeatedly, in whatever `residual` closes over. Returns the last
    point and the report; the point is a root only where the report says so.
    """
    solve = partial(_search, tolerance=tolerance, max_steps=max_steps)
    root: tuple[T, Report] = jax.lax.custom_root(residual, start, solve, _tangent, has_aux=True)
    return root


def _tangent(linear: Callable[[Any], Any], target: Any) -> Any:
    def invert(product: Callable[[Any], Any], right: Any) -> Any:
        return gmres(product, right, _DERIVATIVE)

    return jax.lax.custom_linear_solve(linear, target, invert, transpose_solve=invert)


def _search(
    residual: Callable[[Any], Any], start: Any, tolerance: float, max_steps: int
) -> tuple[Any, Report]:
    flat_start, unflatten = ravel_pytree(start)

    def flat(point: Array) -> Array:
        return ravel_pytree(residual(unflatten(point)))[0]

    value = flat(flat_start)
    size = jnp.abs(value).max()
    begun = _Search(flat_start, size, jnp.linalg.norm(value), jnp.array(0), _judge(size, tolerance))
    running = _CODES.index(Outcome.STEPS_SPENT)

    def unfinished(at: _Search) -> Array:
        return (at.code == running) & (at.iterations < max_steps)

    end = jax.lax.while_loop(unfinished, lambda at: _step(flat, at, tolerance), begun)
    return unflatten(end.point), Report(end.size, end.iterations, end.code)


def _judge(size: Array, tolerance: float) -> Array:
    """The code at a point: converged, not finite, or (so far) steps spent."""
    open_code = jnp.where(jnp.isfinite(size), _CODES.index(Outcome.STEPS_SPENT), _CODES.index(Outcome.NOT_FINITE))
    return jnp.where(size <= tolerance, _CODES.index(Outcome.CONVERGED), open_code)


def _step(flat: Callable[[Array], Array], at: _Search, tolerance: float) -> _Search:
    value, product = jax.linearize(flat, at.point)
    enough = jnp.minimum(_LOOSEST, jnp.maximum(0.1 * at.size, 0.05 * tolerance / at.size))
    direction = gmres(product, -value, enough)
    direction = direction * jnp.minimum(1.0, LARGEST_STEP / jnp.abs(direction).max())
    fraction, point, size, norm = _line_search(flat, at, direction)
    reduced = norm < at.norm
    code = jnp.where(reduced, _judge(size, tolerance), _CODES.index(Outcome.STALLED))
    broken = ~jnp.isfinite(direction).all()
    code = jnp.where(broken, _CODES.index(Outcome.NOT_FINITE), code)
    kept = _Search(point, size, norm, at.iterations + 1, code)
    stuck = at._replace(iterations=at.iterations + 1, code=code)
    return jax.tree.map(partial(jnp.where, reduced & ~broken), kept, stuck)


def _line_search(
    flat: Callable[[Array], Array], at: _Search, direction: Array
) -> tuple[Array, Array, Array, Array]:
    """The first of 1, 1/2, 1/4, … of the step that reduces the norm enough, else the last one tried."""

    def measured(fraction: Array) -> tuple[Array, Array, Array, Array]:
        point = at.point + fraction * direction
        value = flat(point)
        return fraction, point, jnp.abs(value).max(), jnp.linalg.norm(value)

    def too_far(tried: tuple[Array, Array, Array, Array]) -> Array:
        fraction, _, _, norm = tried
        good = norm <= (1 - 1e-4 * fraction) * at.norm  # False when not finite
        return ~good & (fraction > 0.5**_HALVINGS)

    return jax.lax.while_loop(too_far, lambda tried: measured(tried[0] / 2), measured(jnp.array(1.0)))
