"""Derivatives of an equilibrium in the policy, with their labels."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import xarray as xr
from jax import Array

from detente.economy.base import Base, Shock
from detente.economy.equilibria import Rules, equilibrium
from detente.economy.result import Result


def tariff_gradient(result: Result) -> xr.DataArray:
    """d ln real income [economy, exporter, importer, sector] in every tariff, at the equilibrium of a result.

    Exact, by the implicit function theorem: one transposed linear solve an economy. NaN if it did not
    converge.
    """
    values = np.asarray(_gradient(result.base, result.shock, _fixed(result.rules), result.found.root))
    dims = {"economy": result.world.economies, **result.world.trade_dims}
    if not result.status.converged:
        values = np.full_like(values, np.nan)
    coords = {dim: list(labels) for dim, labels in dims.items()}
    return xr.DataArray(values, dims=tuple(dims), coords=coords, name="tariff_gradient")


def _fixed(rules: Rules) -> Rules:
    """A result's base has its deficits closed already."""
    return replace(rules, deficits="nominal") if rules.deficits == "zero" else rules


@partial(jax.jit, static_argnames="rules")
def _gradient(base: Base, shock: Shock, rules: Rules, root: object) -> Array:
    def log_real_income(tariff: Array) -> Array:
        return jnp.log(equilibrium(base, shock._replace(tariff=tariff), rules, root).real_income_hat)

    gradient: Array = jax.jacrev(log_real_income)(shock.tariff)
    return gradient
