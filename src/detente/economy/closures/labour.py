"""Labour that does not move freely between sectors.

Hours supplied to a sector move with the ε-th power of its wage relative to the economy's:
L̂[s] = (ŵ[s] ÷ ŵ)^ε with ŵ^(1+ε) = Σ_s b[s] ŵ[s]^(1+ε), b the payroll shares of the base. It is the supply of
workers who differ in what they can do where (Galle, Rodríguez-Clare and Yi 2023, with κ = 1 + ε), and of a
transformation frontier with constant elasticity. ε = 0 keeps every sector's hours; as ε grows labour becomes mobile.
"""

from __future__ import annotations

import jax.numpy as jnp
from jax import Array

from detente.economy.base import Accounts


def sector_labour(accounts: Accounts, sales: Array, wage: Array, sector_wage: Array, mobility: float | Array) -> Array:
    """Log payroll demanded less supplied [n, s], over 1 + ε so that it stays of one size as ε grows.

    That the sector wages average to `wage` is not an equation: it follows once the balance of payments holds.
    """
    before = accounts.labour_share * accounts.flows.sum(1)
    employed = before > 0
    demanded = jnp.log(jnp.where(employed, accounts.labour_share * sales, 1.0) / jnp.where(employed, before, 1.0))
    moves = mobility / (1 + mobility)
    gap = demanded / (1 + mobility) + moves * wage[:, None] - sector_wage
    return jnp.where(employed, gap, wage[:, None] - sector_wage)
