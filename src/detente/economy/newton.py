"""Newton's method for the root of a closure, with derivatives by the implicit function theorem.

Each step solves the linear system by GMRES only as far as the step deserves (Eisenstat and Walker 1996),
caps it, and halves it until the residual falls. What became of the search is an `Outcome`, whose members
are sentences.
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
    TURNED_BACK = (
        "No equilibrium was found: those that begin at the base turn back on the way to this policy, "
        "beyond which there is none near them."
    )
    UNPAID = (
        "No equilibrium was found: on the way to this policy the income of an economy with a surplus falls to nothing, "
        "for too little trade is left to pay the others' deficits; deficits may be closed first."
    )
    UNSTABLE = (
        "No equilibrium was found: firms would not stay as they are in the base even without this policy, for returns "
        "to scale with inputs are too large; labour that moves at a cost, or larger elasticities, may help."
    )


_CODES = list(Outcome)
_RUNNING = -1


class Report(NamedTuple):
    """The largest residual (logarithms), the Newton steps taken, and the index of the `Outcome`."""

    residual: Array
    iterations: Array
    code: Array

    @property
    def outcome(self) -> Outcome:
        """The outcome, once the search has run."""
        return _CODES[int(self.code)]

    def told(self, outcome: Outcome) -> Report:
        """The same with another outcome: what continuation found out later."""
        return self._replace(code=jnp.array(_code(outcome)))


class _Search(NamedTuple):
    """The point reached, the largest residual there and its 2-norm (the merit); the step under trial."""

    point: Array
    size: Array
    norm: Array
    direction: Array
    fraction: Array
    iterations: Array
    code: Array


def find_root(
    residual: Callable[[T], T],
    start: T,
    tolerance: float | Array,
    max_steps: int | Array,
    dense: bool = False,
    costly: int = 0,
) -> tuple[T, Report]:
    """The root of `residual` near `start`; never raises. `dense`: each step by the whole Jacobian, which is slower but
    exact where so many sectors gain or lose firms that GMRES stalls. `costly` is for `jacobian_of`.

    Differentiable, forwards and backwards and repeatedly, in whatever `residual` closes over. Returns the
    last point and the report; the point is a root only where the report says so.
    """
    solve = partial(_search, tolerance=tolerance, max_steps=max_steps, dense=dense, costly=costly)
    root, told = jax.lax.custom_root(residual, start, solve, _tangent, has_aux=True)
    size, iterations, code = jax.lax.stop_gradient(told)
    return root, Report(size, iterations.astype(int), code.astype(int))


def _tangent(linear: Callable[[Any], Any], target: Any) -> Any:
    def invert(product: Callable[[Any], Any], right: Any) -> Any:
        return gmres(product, right, _DERIVATIVE)

    return jax.lax.custom_linear_solve(linear, target, invert, transpose_solve=invert)


def _search(
    residual: Callable[[Any], Any],
    start: Any,
    tolerance: float | Array,
    max_steps: int | Array,
    dense: bool,
    costly: int,
) -> tuple[Any, tuple[Array, Array, Array]]:
    flat_start, unflatten = ravel_pytree(start)

    def flat(point: Array) -> Array:
        value: Array = ravel_pytree(residual(unflatten(point)))[0]
        return value

    begun = _Search(
        point=flat_start,
        size=jnp.array(jnp.inf),
        norm=jnp.array(jnp.inf),
        direction=jnp.zeros_like(flat_start),
        fraction=jnp.array(1.0),
        iterations=jnp.array(0),
        code=jnp.array(_RUNNING),
    )
    end = jax.lax.while_loop(
        lambda at: at.code == _RUNNING, lambda at: _try_step(flat, at, tolerance, max_steps, dense, costly), begun
    )
    # All told in floats: `custom_root` cannot carry integers through a derivative.
    return unflatten(end.point), (end.size, end.iterations.astype(float), end.code.astype(float))


def _try_step(
    flat: Callable[[Array], Array],
    at: _Search,
    tolerance: float | Array,
    max_steps: int | Array,
    dense: bool,
    costly: int,
) -> _Search:
    """Look at the point under trial: go on from it if it is better, else try half the step.

    The equations are evaluated once, whether to judge the last step or to find the next: they are most of the
    program, and of the time to compile it.
    """
    trial = at.point + at.fraction * at.direction
    value, product = jax.linearize(flat, trial)
    size, norm = jnp.abs(value).max(), jnp.linalg.norm(value)
    better = jnp.isfinite(norm) & (norm <= (1 - 1e-4 * at.fraction) * at.norm)
    done = better & (size <= tolerance)
    onward = better & ~done & (at.iterations < max_steps)

    def onwards() -> Array:
        if dense:
            return _capped(jnp.linalg.solve(jacobian_of(flat, trial, costly), -value))
        enough = jnp.minimum(_LOOSEST, jnp.maximum(0.1 * size, 0.05 * tolerance / size))
        return _capped(gmres(product, -value, enough))

    direction = jax.lax.cond(onward, onwards, lambda: at.direction)
    fraction = jnp.where(better, 1.0, at.fraction / 2)
    exhausted = jnp.where(jnp.isfinite(norm), _code(Outcome.STALLED), _code(Outcome.NOT_FINITE))
    failing = jnp.where(fraction < 0.5**_HALVINGS, exhausted, _RUNNING)
    settled = jnp.where(done, _code(Outcome.CONVERGED), _code(Outcome.STEPS_SPENT))
    return _Search(
        point=jnp.where(better, trial, at.point),
        size=jnp.where(better, size, at.size),
        norm=jnp.where(better, norm, at.norm),
        direction=direction,
        fraction=fraction,
        iterations=at.iterations + onward,
        code=jnp.where(better, jnp.where(onward, _RUNNING, settled), failing),
    )


def _capped(direction: Array) -> Array:
    return direction * jnp.minimum(1.0, LARGEST_STEP / jnp.abs(direction).max())


def jacobian_of(function: Callable[[Array], Array], point: Array, costly: int = 0) -> Array:
    """The matrix of the derivatives of a function at a point.

    `costly`: how many of the last unknowns change the market itself, such as the prices of licences; with those held,
    the columns of all others cost a quarter. One column at a time: batched, the sums over inputs and partners leave the
    fast path and take up to thirteen times as long (measured at 2,000 unknowns).
    """
    cheap = point.size - costly
    held = point[cheap:]
    product = jax.linearize(lambda rest: function(jnp.concatenate([rest, held])), point[:cheap])[1]
    columns: Array = jax.lax.map(product, jnp.eye(cheap))
    if costly:
        whole = jax.linearize(lambda last: function(jnp.concatenate([point[:cheap], last])), held)[1]
        columns = jnp.concatenate([columns, jax.lax.map(whole, jnp.eye(costly))])
    return columns.T


def _code(outcome: Outcome) -> int:
    return _CODES.index(outcome)
