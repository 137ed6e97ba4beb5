"""From the short run to the long: the same policy at elasticities that grow with the years since it began.

Each point is an equilibrium of its own beside the same base, with the trade elasticity and the labour mobility of its
year; nobody looks ahead and nothing is saved or built up meanwhile. It is what estimates by horizon speak of (Boehm,
Levchenko and Pandalai-Nayar 2023), not a dynamic model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import jax.numpy as jnp
import numpy as np
import xarray as xr

from detente.economy.checks import read_elasticity
from detente.economy.labelled import Floats
from detente.economy.policy import Policy
from detente.economy.result import Result
from detente.economy.solve import solve
from detente.economy.world import World
from detente.terms import FaultList


@dataclass(frozen=True, eq=False)
class Path:
    """Results by year, in the order asked for."""

    years: tuple[float, ...]
    results: tuple[Result, ...]

    @property
    def real_income_hat(self) -> xr.DataArray:
        """Exact welfare [year, economy]; NaN in years whose solve did not converge."""
        return self._by_year("real_income_hat")

    @property
    def flows(self) -> xr.DataArray:
        """Flows [year, exporter, importer, sector]."""
        return self._by_year("flows")

    @property
    def converged(self) -> bool:
        """Whether every year is an equilibrium."""
        return all(r.status.converged for r in self.results)

    def _by_year(self, name: str) -> xr.DataArray:
        found = [getattr(r, name).expand_dims(year=[y]) for r, y in zip(self.results, self.years, strict=True)]
        joined: xr.DataArray = xr.concat(found, dim="year")
        return joined


def path(
    world: World,
    policy: Policy,
    elasticity: Mapping[float, Any],
    years: Sequence[float],
    mobility: Mapping[float, float] | None = None,
    **rules: Any,
) -> Path:
    """The equilibria of a policy `years` after it began.

    elasticity: θ = σ − 1, a number or [sector], by years since the beginning ({1: −0.24, 10: 1.0}); between two years
    it is on the line between theirs, before the first and after the last it is theirs. mobility: ε of labour in the
    same way (none = mobile). rules: as in `solve` (closure, deficits, …).

    Raises `InputFault` for years below zero or elasticities that are none.
    """
    faults = FaultList()
    known = _in_order({year: _theta(world, value, year, faults) for year, value in elasticity.items()})
    moving = None if mobility is None else _in_order({y: np.asarray(float(m)) for y, m in mobility.items()})
    for name, listed in (("elasticity", elasticity), ("years", years), ("mobility", mobility or {0: 0})):
        if not list(listed) or min(listed) < 0:
            faults.add(name, "There is no year, or one below zero.", allowed="years since the policy began, ≥ 0")
    faults.raise_if_any()
    found = []
    for year in years:
        at = replace(world, base=world.base._replace(elasticity=jnp.asarray(_on_the_line(known, year))))
        given: dict[str, Any] = {} if moving is None else {"labour_mobility": float(_on_the_line(moving, year))}
        found.append(solve(at, policy, **given, **rules))
    return Path(tuple(float(y) for y in years), tuple(found))


def _theta(world: World, value: Any, year: float, faults: FaultList) -> Floats:
    found = read_elasticity(value, f"elasticity.{year}", {"sector": world.sectors}, faults)
    return np.zeros(len(world.sectors)) if found is None else found


def _in_order(values: Mapping[float, Floats]) -> list[tuple[float, Floats]]:
    return sorted(values.items(), key=lambda pair: pair[0])


def _on_the_line(known: list[tuple[float, Floats]], year: float) -> Floats:
    """The value of a year, linear between the years that are known."""
    years = [y for y, _ in known]
    stacked = np.stack([np.asarray(v, dtype=float) for _, v in known])
    flat = stacked.reshape(len(years), -1)
    found = np.array([np.interp(year, years, column) for column in flat.T])
    return found.reshape(stacked.shape[1:])
