"""Following equilibria along a way that may turn back: pseudo-arclength continuation (Keller 1977).

Where sectors lose all their firms, or deficits weigh heavily, the equilibria between the base and a policy form a curve
that is no function of how far the policy has gone: it may turn back, and forth again. So how far, t, is an unknown
like the others, and each point is looked for in the plane across the last two:

    residual(u, t) = 0,    direction · (u − u₀, t − t₀) = stride

Corners of the equations (no firm left, a limit that begins to bind) are rounded a little, else the curve may turn in a
corner where no plane meets it. The Jacobian is built whole and factorised, and serves several steps: near a turn Krylov
methods stall, and this is the last resort.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jax.flatten_util import ravel_pytree
from scipy.linalg import lu_factor, lu_solve

from detente.economy.closures import Closure, Unknown
from detente.economy.labelled import Floats
from detente.economy.newton import LARGEST_STEP, jacobian_of
from detente.economy.way import Way, setting_at

End = Literal["reached", "turned", "left", "lost"]

_ROUNDED = (1e-6, 1e-8, 1e-10, 1e-12, 0.0)  # along the way, and then at its end
_CLOSE, _CLOSER = 1e-7, 1e-11  # largest residual along the way, and at its end
_FIRST_STRIDE, _LONGEST_STRIDE, _SHORTEST_STRIDE = 0.05, 0.5, 1e-6
_MOST_POINTS, _MOST_STEPS = 250, 25
_FEWEST_JACOBIANS, _MOST_JACOBIANS, _WORK = 60, 400, 8e11  # of k unknowns: work ÷ k³, between the two
_BEND, _CORNER = 1.2, 1e-4  # a point further off than this many strides lies on another curve, but in a corner
_BACK = 0.02  # a curve that ends this far behind where it came has turned
_TURNED = -0.25  # how far back behind the base a curve is followed
_FAR_OUT = 12.0  # in logarithms: a price or wage five orders of magnitude from the base's is on its way out
_WORTHWHILE = 0.4  # a step with an old Jacobian that leaves more of the residual than this calls for a new one


class Followed(NamedTuple):
    """Where the curve ended, how, how far it ever came and the point there, and the steps taken in all."""

    point: Any
    end: End
    furthest: float
    furthest_point: Any
    steps: int


def follow(way: Way, closure: Closure) -> Followed:
    """The curve of equilibria from the base to the end of a way, or to where it turns back, leaves for
    infinity or is lost."""
    return Curve.at_base(way, closure).followed()


@dataclass
class Curve:
    """A curve under way. Points are [k + 1], the unknowns and last t, each unknown weighed by 1 ÷ √k so that a stride
    means the same whatever their number."""

    equations: Callable[[Floats, float], Floats]
    derivatives: Callable[[Floats, float], Floats]
    unflatten: Callable[[Any], Any]
    left: Callable[[Any], bool]
    weights: Floats
    at: Floats
    direction: Floats
    factors: Any = None
    furthest: Floats = field(default_factory=lambda: np.zeros(1))
    steps: int = 0
    jacobians: int = 0
    rounded: float = field(default=_ROUNDED[0])

    @classmethod
    def at_base(cls, way: Way, closure: Closure) -> Curve:
        """The beginning: nothing has changed."""
        flat, unflatten = ravel_pytree(closure.start(*way.base.flows.shape[1:]))
        upward = np.append(np.zeros(flat.size), 1.0)
        weights = np.append(np.full(flat.size, flat.size**-0.5), 1.0)

        def equations(both: Floats, rounded: float) -> Floats:
            along = way._replace(rounded=rounded)
            return np.asarray(_equations(along, unflatten(jnp.asarray(both[:-1])), jnp.asarray(both[-1]), closure))

        def derivatives(both: Floats, rounded: float) -> Floats:
            along = way._replace(rounded=rounded)
            return np.asarray(_derivatives(along, unflatten(jnp.asarray(both[:-1])), jnp.asarray(both[-1]), closure))

        return cls(equations, derivatives, unflatten, _left, weights, np.zeros(flat.size + 1), upward)

    def followed(self) -> Followed:
        begun = self._corrected(self.at, self.direction, 0.0, _CLOSE)
        if begun is None:
            return self._ended("lost")
        self.at, stride = begun, _FIRST_STRIDE
        self._point_along()
        for _ in range(_MOST_POINTS):
            before = self.steps
            ahead = self._corrected(self.at + stride * self.direction, self.direction, stride, _CLOSE)
            if ahead is None or np.linalg.norm(ahead - self.at) > _BEND * max(stride, _CORNER):
                stride /= 3
                if stride < _SHORTEST_STRIDE:
                    return self._ended("lost")
                self._point_along()
                continue
            gone = ahead - self.at
            self.direction, self.at = gone / np.linalg.norm(gone), ahead
            self.furthest = max(self.furthest, ahead, key=lambda point: float(point[-1]))
            if ahead[-1] >= 1:
                return self._sharpened()
            if ahead[-1] < _TURNED:
                return self._ended("turned")
            if self.left(self._point(ahead)):
                return self._ended("left")
            if self.jacobians > max(_FEWEST_JACOBIANS, min(_MOST_JACOBIANS, _WORK / len(ahead) ** 3)):
                return self._ended("lost")
            taken = self.steps - before
            stride = min(_LONGEST_STRIDE, stride * (1.8 if taken <= 5 else 1.0 if taken <= 10 else 0.6))
        return self._ended("lost")

    def _sharpened(self) -> Followed:
        """At the end, t = 1, the corners are made sharp again."""
        upward = np.append(np.zeros(len(self.at) - 1), 1.0)
        for self.rounded in _ROUNDED:
            self.factors = None
            found = self._corrected(self.at, upward, 1.0 - self.at[-1], _CLOSER)
            if found is None:
                return self._ended("lost")
            self.at = found
        return self._ended("reached")

    def _corrected(self, begin: Floats, across: Floats, stride: float, close: float) -> Floats | None:
        """The point of the curve in the plane `stride` ahead, by Newton's method with Jacobians used more than once."""
        point, last, fresh = begin.copy(), np.inf, False
        for _ in range(_MOST_STEPS):
            missed = np.append(self.equations(point / self.weights, self.rounded), across @ (point - self.at) - stride)
            size = float(np.linalg.norm(missed))
            if not np.isfinite(size) or (fresh and size > 2 * last and last < 1):
                return None
            if np.abs(missed).max() <= close:
                return point
            fresh = self.factors is None or size > _WORTHWHILE * last
            if fresh:
                jacobian = self._jacobian(point)
                if not np.isfinite(jacobian).all():
                    return None
                self.factors = lu_factor(np.vstack([jacobian, across]), check_finite=False)
            step = -lu_solve(self.factors, missed, check_finite=False)
            if not np.isfinite(step).all():
                self.factors = None
                return None
            point = point + step * min(1.0, LARGEST_STEP / np.abs(step / self.weights).max())
            self.steps, last = self.steps + 1, size
        return None

    def _jacobian(self, point: Floats) -> Floats:
        self.jacobians += 1
        return self.derivatives(point / self.weights, self.rounded) / self.weights

    def _point_along(self) -> None:
        """The exact direction of the curve here, onward."""
        jacobian = self._jacobian(self.at)
        self.factors = lu_factor(np.vstack([jacobian, self.direction]), check_finite=False)
        ahead = lu_solve(self.factors, np.append(np.zeros(len(jacobian)), 1.0), check_finite=False)
        if np.isfinite(ahead).all():
            self.direction = ahead / np.linalg.norm(ahead)

    def _ended(self, end: End) -> Followed:
        furthest = self.at if len(self.furthest) == 1 else self.furthest
        if end != "reached" and self.at[-1] < furthest[-1] - _BACK:
            end = "turned"
        return Followed(self._point(self.at), end, float(furthest[-1]), self._point(furthest), self.steps)

    def _point(self, both: Floats) -> Any:
        return self.unflatten(jnp.asarray((both / self.weights)[:-1]))


def _left(point: Unknown) -> bool:
    """Whether a price or wage is on its way out; the number of firms is no logarithm, and may be large."""
    logs = jax.tree.leaves(point._replace(firms=None))
    return max(float(np.abs(part).max()) for part in logs) > _FAR_OUT


@partial(jax.jit, static_argnames="closure")
def _equations(way: Way, point: Any, part: Array, closure: Closure) -> Array:
    """The residual [k] at a point."""
    value: Array = ravel_pytree(closure.residual(point, setting_at(way, part, closure)))[0]
    return value


@partial(jax.jit, static_argnames="closure")
def _derivatives(way: Way, point: Any, part: Array, closure: Closure) -> Array:
    """The Jacobian [k, k + 1] of the residual in the point and in t."""
    flat, unflatten = ravel_pytree(point)

    def residual(both: Array) -> Array:
        value: Array = _equations(way, unflatten(both[:-1]), both[-1], closure)
        return value

    return jacobian_of(residual, jnp.append(flat, part), closure.limits + 1)
