"""The published nested loop (Caliendo and Parro 2015, after Alvarez and Lucas 2007) in plain NumPy: a second
implementation, short and slow, that shares nothing with the package.

Guess wages; iterate prices to rest; solve the linear system of expenditures; move wages towards
excess demand for labour.
Axes: i exporter, n importer, s sector, k input; deficits are kept in units of world value added.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Loop(NamedTuple):
    """Hats of wage [n], price index [n], real income [n]; how many outer and inner steps; the last excess."""

    wage: Floats
    price_index: Floats
    real_income: Floats
    outer: int
    inner: int
    excess: float


def nested_loop(
    flows: Floats,
    tariff: Floats,
    theta: Floats,
    labour: Floats,
    input_share: Floats,
    new_tariff: Floats,
    tolerance: float = 1e-12,
    speed: float = 0.3,
    most: int = 20_000,
) -> Loop:
    """Solve for the new equilibrium. labour [i, s] is the share of value added, the other arrays as in
    World.
    """
    spent, sales = (flows * (1 + tariff)).sum(0), flows.sum(1)
    share = flows * (1 + tariff) / np.where(spent > 0, spent, 1)
    inputs = (1 - labour)[:, None, :] * input_share
    payroll = (labour * sales).sum(1)
    deficit = flows.sum((0, 2)) - flows.sum((1, 2))
    final = spent - np.einsum("nks,ns->nk", inputs, sales)
    income = final.sum(1)
    alpha = final / income[:, None]
    dearer = (1 + new_tariff) / (1 + tariff)

    nations = np.arange(len(payroll))
    wage, price = np.ones(len(payroll)), np.ones_like(spent)
    outer, inner, last = 0, 0, np.inf
    while outer < most:
        outer += 1
        for _ in range(most):
            inner += 1
            cost = wage[:, None] ** labour * np.exp(np.einsum("iks,ik->is", inputs, np.log(price)))
            powers = share * (dearer * cost[:, None, :]) ** -theta
            total = powers.sum(0)
            after = np.where(spent > 0, np.where(spent > 0, total, 1) ** (-1 / theta), 1)
            moved, price = np.abs(after / price - 1).max(), after
            if moved < tolerance / 10:
                break
        new_share = powers / np.where(total > 0, total, 1)
        border = new_share / (1 + new_tariff)
        revenue = np.einsum("nk,ns->nks", alpha, (border * new_tariff).sum(0))
        chain = np.einsum("nks,nms->nkms", inputs, border)
        chain[nations, :, nations] += revenue
        system = np.eye(spent.size) - chain.reshape(spent.size, spent.size)
        spending = np.linalg.solve(system, (alpha * (wage * payroll + deficit)[:, None]).ravel())
        spending = spending.reshape(spent.shape)
        earned = wage * payroll + (border * new_tariff * spending).sum((0, 2)) + deficit
        excess = (labour * (border * spending).sum(1)).sum(1) / (wage * payroll) - 1
        worst = np.abs(excess).max()
        if worst < tolerance:
            break
        speed, last = (speed if worst < last else max(0.7 * speed, 0.01)), worst
        wage = wage * (1 + speed * excess)
        wage = wage * payroll.sum() / (wage * payroll).sum()
    index = np.prod(price**alpha, axis=1)
    return Loop(wage, index, earned / income / index, outer, inner, float(worst))
