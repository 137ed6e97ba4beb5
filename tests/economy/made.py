"""Worlds and policies made for tests."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.economy import World

Floats = NDArray[np.float64]


class Made(NamedTuple):
    """The arrays of a made world, in the order and under the names `World.from_arrays` takes."""

    flows: Floats
    elasticity: Floats
    tariff: Floats
    input_share: Floats | None = None
    value_added_share: Floats | None = None

    @property
    def labels(self) -> dict[str, list[str]]:
        """Names for the economies and sectors."""
        count, _, sectors = self.flows.shape
        return {
            "economies": [f"E{i}" for i in range(count)],
            "sectors": [f"s{i}" for i in range(sectors)],
        }

    def world(self, **changed: Any) -> World:
        """The world of these arrays."""
        return World.from_arrays(**{**self._asdict(), **self.labels, **changed})


def made(
    seed: int,
    economies: int = 4,
    sectors: int = 3,
    inputs: bool = True,
    zeros: float = 0.0,
    imbalance: float = 1.0,
    home: float = 1.0,
) -> Made:
    """A random world: log-normal flows, home bias, tariffs up to 30%, θ from 1 to 10, deficits as they fall.

    `zeros` is the chance that a flow, own sales included, is zero; economies always sell a first sector at
    home and to the next economy, so that trade connects the world. `imbalance` is what is left of the difference
    between a flow and the one in return, sector by sector, and so of deficits. `home` makes own sales that much
    larger, and above one none of them is zero.
    """
    rng = np.random.default_rng(seed)
    shape = (economies, economies, sectors)
    flows = np.exp(rng.normal(0, 1, shape))
    own = np.arange(economies)
    flows[own, own] *= 2 * economies
    own_sales = home * flows[own, own]
    flows = np.where(rng.uniform(size=shape) < zeros, 0.0, flows)
    if home > 1:
        flows[own, own] = own_sales
    flows[own, own, 0] = np.maximum(flows[own, own, 0], economies)
    flows[own, (own + 1) % economies, 0] += 0.5
    flows = (1 - imbalance) * (flows + flows.transpose(1, 0, 2)) / 2 + imbalance * flows
    tariff = rng.uniform(0, 0.3, shape)
    tariff[own, own] = 0
    theta = rng.uniform(1, 10, sectors)
    if not inputs:
        return Made(flows, theta, tariff)
    return Made(flows, theta, tariff, *_inputs(rng, flows, tariff))


def _inputs(rng: np.random.Generator, flows: Floats, tariff: Floats) -> tuple[Floats, Floats]:
    """Random input shares [i, k, s] that leave at least a tenth of every purchase to final demand."""
    spent, sales = (flows * (1 + tariff)).sum(0), flows.sum(1)
    weight = rng.uniform(0.2, 1, (*spent.shape, spent.shape[1])) * spent[:, :, None]
    share = weight / weight.sum(1, keepdims=True)
    wish = rng.uniform(0.2, 0.7, spent.shape)
    use = np.einsum("iks,is->ik", share, wish * sales)
    room = np.divide(0.9 * spent, use, out=np.full_like(spent, np.inf), where=use > 0).min(1)
    return share, 1 - wish * np.minimum(room, 1)[:, None]


def changed_tariff(made: Made, seed: int, most: float = 0.5) -> Floats:
    """New tariffs: each pair of economies draws a change up to `most`, abroad only."""
    rng = np.random.default_rng(10_000 + seed)
    tariff = made.tariff * rng.uniform(0, 1.5, made.tariff.shape)
    tariff += rng.uniform(0, most, made.tariff.shape) * (rng.uniform(size=made.tariff.shape[:2]) < 0.3)[:, :, None]
    own = np.arange(len(tariff))
    tariff[own, own] = 0
    return tariff


def two_economies(theta: float, own_share: float = 0.5, tariff: float = 0.0) -> World:
    """Two equal economies with one sector, balanced trade and the same tariff on each other."""
    abroad = (1 - own_share) / (1 + tariff)
    flows = np.array([[own_share, abroad], [abroad, own_share]])[:, :, None]
    rates = np.array([[0.0, tariff], [tariff, 0.0]])[:, :, None]
    return World.from_arrays(flows, ["A", "B"], ["all"], theta, tariff=rates)
