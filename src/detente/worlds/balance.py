"""Balancing one economy's use of goods with its purchases and sales.

Given purchases E[k] (with tariffs) and sales Y[s], find inputs M[k, s], value added V[s] and final demand F[k] with

    Σ_s M[k, s] + F[k] = E[k]        and        Σ_k M[k, s] + V[s] = Y[s]

nearest to where they start in relative entropy, Σ x ln(x / x⁰) − x + x⁰, final demand counting `final_weight` as
much. The answer is M = r[k] s[s] M⁰, V = s[s] V⁰, F = r[k]^(1/final_weight) F⁰: everything that starts positive stays
positive, so final demand cannot turn negative. Taking E − Σ M⁰ for final demand, without balancing, does: where a
region's shares are borrowed, inputs exceed purchases. The scales are found row by row and column by column (RAS),
since the problem is convex and a round costs next to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detente.terms import Fault, InputFault

Floats = npt.NDArray[np.float64]

ROUNDS = 20_000
TOLERANCE = 1e-14


@dataclass(frozen=True, eq=False)
class Balanced:
    """Inputs [input, using], value added [using] and final demand [input] in the unit given; rounds taken."""

    inputs: Floats
    value_added: Floats
    final: Floats
    rounds: int


def balance(
    inputs: Floats, value_added: Floats, final: Floats, purchases: Floats, sales: Floats, final_weight: float = 1.0
) -> Balanced:
    """Balance one economy.

    inputs [input, using], value_added [using], final [input]: where to start, ≥ 0. purchases [input] and sales
    [using]: what rows and columns sum to. A sector that sells nothing has no column.

    Raises `InputFault` where no scales can meet the sums.
    """
    live = sales > 0
    columns = np.where(live, 1.0, 0.0)
    rows = np.ones_like(purchases)
    for done in range(1, ROUNDS + 1):
        rows = _scale_rows((inputs * columns).sum(1), final, purchases, final_weight, rows)
        cost = rows @ inputs + value_added
        after = np.divide(sales, cost, out=np.zeros_like(sales), where=live)
        moved = np.abs(after - columns).max()
        columns = after
        if moved <= TOLERANCE:
            rows = _scale_rows((inputs * columns).sum(1), final, purchases, final_weight, rows)
            table = rows[:, None] * inputs * columns
            return Balanced(table, sales - table.sum(0), rows ** (1 / final_weight) * final, done)
    raise InputFault([Fault("sales", f"No balance in {ROUNDS} rounds.", allowed="positive starting shares")])


def _scale_rows(bought: Floats, final: Floats, purchases: Floats, weight: float, start: Floats) -> Floats:
    """Solve bought · r + final · r^(1/weight) = purchases for r > 0 by Newton; the left side rises and is convex."""
    rows = start
    power = 1 / weight
    for _ in range(100):
        excess = bought * rows + final * rows**power - purchases
        slope = bought + final * power * rows ** (power - 1)
        step = np.divide(excess, slope, out=np.zeros_like(excess), where=slope > 0)
        # From below the root a Newton step overshoots once and then falls; from above a tenth bounds the fall.
        rows = np.maximum(rows - step, rows / 10)
        if (np.abs(step) <= 1e-15 * rows).all():
            break
    return rows
