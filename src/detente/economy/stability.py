"""Whether firms would stay where they are: the stability of a base under free entry.

Let a few more firms into a sector, and everything but firms adjust. Where sales a firm then fall short of what entry
costs, they leave again. With inputs they may not: more firms make inputs cheaper, so firms draw firms (Krugman and
Venables 1995), and the base is an equilibrium that no process of entry would keep. Without inputs that cannot be:
returns to scale are 1 ÷ θ and the elasticity of trade is θ, so that their product is just one (Kucheryavyy, Lyn and
Rodríguez-Clare 2024).
"""

from __future__ import annotations

from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jax.flatten_util import ravel_pytree

from detente.economy.base import Base, Shock
from detente.economy.closures import Closure
from detente.economy.equilibria import FOLLOWING, MOBILE, Rules, closure_of
from detente.economy.labelled import Floats
from detente.economy.newton import jacobian_of
from detente.economy.way import Way, setting_at

_ROUNDING = 1e-9


def unstable_directions(base: Base, rules: Rules) -> int:
    """In how many independent directions firms would leave the base of themselves; 0 where it is stable.

    Only free entry has any.
    """
    if rules.closure != "free-entry":
        return 0
    return int((shortfall_slopes(base, rules) < -_ROUNDING).sum())


def shortfall_slopes(base: Base, rules: Rules) -> Floats:
    """The real parts, ascending, of the eigenvalues of d (what sales a firm fall short) ÷ d (firms) at the base, all
    else adjusting."""
    none = Shock.none(base)
    closure = closure_of(base, none, rules)
    rule = FOLLOWING[rules.deficits]
    way = Way(base, none, rule, rule, 0.0 if rules.mobility == MOBILE else rules.mobility)
    whole = np.asarray(_slopes(way, closure))
    firms = base.flows.shape[0] * base.flows.shape[2]
    rest = len(whole) - firms
    own, across = whole[:rest, :rest], whole[:rest, rest:]
    adjusted = whole[rest:, rest:] - whole[rest:, :rest] @ np.linalg.solve(own, across)
    return np.sort(np.linalg.eigvals(adjusted).real)


@partial(jax.jit, static_argnames="closure")
def _slopes(way: Way, closure: Closure) -> Array:
    """The Jacobian of all equations at the base, firms last."""
    shape = way.base.flows.shape[1:]
    start = closure.start(*shape)
    setting = setting_at(way, 0.0, closure)
    rest, unflatten = ravel_pytree(start._replace(firms=None))

    def equations(both: Array) -> Array:
        at = unflatten(both[: rest.size])._replace(firms=both[rest.size :].reshape(shape))
        gaps: Any = closure.residual(at, setting)
        return jnp.concatenate([ravel_pytree(gaps._replace(firms=None))[0], gaps.firms.ravel()])

    size = rest.size + shape[0] * shape[1]
    return jacobian_of(equations, jnp.zeros(size))
