"""Worlds filled up to standard sizes, so that few programs are compiled for many worlds.

What is added sells nothing, buys nothing and earns nothing. Every equation of an added economy or sector says that it
does not change, so the search takes the same steps and the rest of the world is what it would be without it.
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
from jax import Array

from detente.economy.base import Base, Shock
from detente.economy.equilibria import Equilibrium

STANDARD_SIZES: tuple[tuple[int, int], ...] = (
    *((4, 1), (4, 4), (6, 10), (8, 2), (8, 6), (8, 20), (12, 1), (12, 4), (12, 12), (16, 8)),
    *((16, 24), (20, 1), (20, 16), (24, 6), (24, 24), (30, 12), (30, 30), (40, 1), (40, 16), (40, 30)),
)
"""(economies, sectors), by economies."""


def standard_size(economies: int, sectors: int) -> tuple[int, int]:
    """The smallest standard size with room for a world; its own size where there is none."""
    room = [size for size in STANDARD_SIZES if size[0] >= economies and size[1] >= sectors]
    return min(room, key=lambda size: size[0] ** 2 * size[1], default=(economies, sectors))


def padded(base: Base, shock: Shock, economies: int, sectors: int) -> tuple[Base, Shock]:
    """The same world and policy among `economies` and `sectors`, those added last and empty.

    Raises ValueError if the world is larger.
    """
    count, _, kinds = base.flows.shape
    if economies < count or sectors < kinds:
        raise ValueError(f"A world of {count} × {kinds} does not fit into {economies} × {sectors}.")
    more, kind = (0, economies - count), (0, sectors - kinds)

    def fill(array: Array | None, *room: tuple[int, int], value: float = 0.0) -> Any:
        return None if array is None else jnp.pad(jnp.asarray(array), room, constant_values=value)

    filled = Base(
        flows=fill(base.flows, more, more, kind),
        tariff=fill(base.tariff, more, more, kind),
        elasticity=fill(base.elasticity, kind, value=1.0),
        value_added_share=fill(base.value_added_share, more, kind, value=1.0),
        input_share=fill(base.input_share, more, kind, kind),
    )
    policy = Shock(
        tariff=fill(shock.tariff, more, more, kind),
        export_tax=fill(shock.export_tax, more, more, kind),
        iceberg=fill(shock.iceberg, more, more, kind, value=1.0),
        transfer=fill(shock.transfer, more),
        limits=shock.limits,
    )
    return filled, policy


def cropped(found: Equilibrium, economies: int, sectors: int) -> Equilibrium:
    """The first `economies` and `sectors` of an equilibrium of a world filled up. Its root starts a world of the size
    it is cut to."""
    by_name: dict[str, tuple[int, ...]] = {
        **dict.fromkeys(_BY_ECONOMY, (economies,)),
        **dict.fromkeys(_BY_SECTOR, (economies, sectors)),
        **dict.fromkeys(_BY_TRADE, (economies, economies, sectors)),
    }
    cut = {name: _corner(getattr(found, name), shape) for name, shape in by_name.items()}
    policy = found.policy
    trade = (economies, economies, sectors)
    duties = {name: _corner(getattr(policy, name), trade) for name in _DUTIES}
    return found._replace(
        **cut,
        policy=policy._replace(**duties, transfer=_corner(policy.transfer, (economies,))),
        root=_root(found.root, economies, sectors),
    )


_BY_ECONOMY = (
    "wage_hat",
    "price_index_hat",
    "income_hat",
    "real_income_hat",
    "revenue_change",
    "deficit",
    "labour_gap",
)
_BY_SECTOR = ("sector_price_hat", "unit_cost_hat", "sector_wage_hat", "firms_hat", "expenditure_hat", "sales")
_BY_TRADE = ("share_hat", "flows")
_DUTIES = ("tariff", "export_tax", "iceberg")


def _root(root: Any, economies: int, sectors: int) -> Any:
    """The unknowns by economy and sector, cut; licences have no economy."""
    cut = {
        name: _corner(value, (economies, sectors)[: value.ndim])
        for name, value in root._asdict().items()
        if value is not None and name != "licence"
    }
    return root._replace(**cut)


def _corner(array: Any, shape: tuple[int, ...]) -> Any:
    return jax.lax.slice(jnp.asarray(array), (0,) * len(shape), shape)
