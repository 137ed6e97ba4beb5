"""What a table says, over the labels of the world, before and after its accounts are brought together.

1. Flows are what sellers' rows say: intermediate use and all final uses, changes in inventories among them. Where a
   buyer's draw-down of inventories exceeds what it buys, its flow is negative; it is set to zero and the seller's
   other flows are scaled so that its sales stay. A seller whose sales are not positive in all is a fault.
2. Inputs are paid for with tariffs: each use of a good pays the importer's average, so input k costs E[k] ÷ B[k] of
   what the table says, with purchases E with and B without tariffs. A negative input (a by-product) is set to zero.
3. Value added is what sales leave after inputs, V = Y − Σ M. It holds value added as published, net taxes on the
   inputs, and whatever rows and columns differ by. Final demand is what purchases leave, F = E − Σ M.
4. Where no V or F is negative, that is the world, and it agrees with the table to the last digit. Elsewhere the
   economy is balanced (`balance`) from the nearest start that is positive.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from detente.terms import FaultList
from detente.worlds.balance import Balanced, balance
from detente.worlds.sources import Floats

FINAL_WEIGHT: Final = 0.25
"""How much final demand counts when an economy is balanced, as in world-2022: cost shares move slowly."""

LEAST_LABOUR: Final = 1e-3
"""The share of sales that value added starts from where the table has it at or below zero."""

LEAST_FINAL: Final = 1e-6
"""The share of purchases that final demand starts from where the table has it below zero."""

ROUNDING: Final = 1e-12
"""How far below zero, of the whole, rounding alone can bring a remainder."""

WORST: Final = 10
"""How many places a report names."""


@dataclass(eq=False)
class Table:
    """A table over the labels of the world.

    flows [exporter, importer, sector], inputs [economy, input, using] (None: the table has no input-output links),
    in the unit and as published, net of tariffs. `economies` and `sectors` give the members of each label, `names`
    what a sector is called, `services` the sectors that `all` goods leave out. `reports` say what did not add up in
    the table as published, `notes` what a reader of the world has to know.
    """

    year: int
    unit: str
    economies: Mapping[str, Sequence[str]]
    sectors: Mapping[str, Sequence[str]]
    flows: Floats
    inputs: Floats | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    services: tuple[str, ...] = ()
    reports: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Accounts:
    """The arrays of the world as they are stored, but for tariffs, and the report on how they came about."""

    arrays: dict[str, Floats]
    report: dict[str, Any]


def account(table: Table, tariff: Floats, name: str, faults: FaultList) -> Accounts | None:
    """Bring the accounts of a table together; None, with faults noted, where that cannot be done."""
    economies, sectors = tuple(table.economies), tuple(table.sectors)
    flows, moved = without_negative(table.flows, economies, sectors, name, faults)
    if faults:
        return None
    spent, bought, sales = (flows * (1 + tariff)).sum(0), flows.sum(0), flows.sum(1)
    inputs = np.zeros((*sales.shape, sales.shape[1])) if table.inputs is None else table.inputs
    _need_supply(inputs, bought, economies, sectors, name, faults)
    by_products = worst_places(inputs, (economies, sectors, sectors))
    inputs = inputs.clip(min=0) * _ratio(spent, bought, 1.0)[:, :, None]
    labour, final = sales - inputs.sum(1), spent - inputs.sum(2)
    report: dict[str, Any] = {
        "negative_flows": moved,
        "negative_inputs": by_products,
        "negative_value_added": worst_places(_beyond_rounding(labour, sales), (economies, sectors)),
        "negative_final_demand": worst_places(_beyond_rounding(final, spent), (economies, sectors)),
    }
    _need_income(sales, spent, economies, name, faults)
    if faults:
        return None
    fixed, report["balanced"] = _balance_each(inputs, labour, final, spent, sales, economies, name, faults)
    if fixed is None:
        return None
    return Accounts(_arrays(flows, *fixed, sales), report)


def without_negative(
    flows: Floats, economies: Sequence[str], sectors: Sequence[str], name: str, faults: FaultList
) -> tuple[Floats, dict[str, Any]]:
    """Flows with negative ones at zero and every seller's sales as they were; what moved."""
    negative = worst_places(flows, (economies, economies, sectors))
    sales, kept = flows.sum(1), flows.clip(min=0)
    hopeless = (sales < 0) & (sales < -ROUNDING * kept.sum(1))
    for n, k in np.argwhere(hopeless)[:WORST]:
        message = f"{economies[n]} sells {sales[n, k]:,.3g} of {sectors[k]} in all, which is negative."
        faults.add(name, message, allowed="sales ≥ 0: sum this sector or economy with another in --aggregate")
    scale = _ratio(sales.clip(min=0), kept.sum(1), 0.0)
    return kept * np.where((flows < 0).any(1), scale, 1.0)[:, None, :], negative


def _need_supply(
    inputs: Floats, bought: Floats, economies: Sequence[str], sectors: Sequence[str], name: str, faults: FaultList
) -> None:
    """What is used has to be bought from somebody."""
    used = inputs.clip(min=0).sum(2)
    for n, k in np.argwhere((used > 0) & (bought <= 0))[:WORST]:
        message = f"{economies[n]} uses {used[n, k]:,.3g} of {sectors[k]} as an input but buys none."
        faults.add(name, message, allowed="flows to it, from itself or others")


def _need_income(sales: Floats, spent: Floats, economies: Sequence[str], name: str, faults: FaultList) -> None:
    """An economy without sales or purchases has no income to spend."""
    for n, economy in enumerate(economies):
        if sales[n].sum() <= 0 or spent[n].sum() <= 0:
            what = "sells" if sales[n].sum() <= 0 else "buys"
            faults.add(name, f"{economy} {what} nothing.", allowed="sum it with another economy in --aggregate")


def worst_places(values: Floats, labels: Sequence[Sequence[str]]) -> dict[str, Any]:
    """How many values are negative, what they sum to, of all, and the worst by place."""
    below = np.minimum(values, 0.0)
    cells = np.argwhere(below < 0)
    order = np.argsort(below[tuple(cells.T)])[:WORST]
    worst = {
        " ".join(str(names[place]) for names, place in zip(labels, cells[one], strict=True)): float(
            round(values[tuple(cells[one])], 6)
        )
        for one in order
    }
    whole = float(np.abs(values).sum())
    return {
        "cells": len(cells),
        "sum": float(round(below.sum(), 6)),
        "share": float(-below.sum() / whole) if whole else 0.0,
        "worst": worst,
    }


def _beyond_rounding(remainder: Floats, whole: Floats) -> Floats:
    return np.where(remainder < -ROUNDING * whole, remainder, remainder.clip(min=0))


def _ratio(over: Floats, under: Floats, otherwise: float) -> Floats:
    return np.divide(over, under, out=np.full_like(over, otherwise), where=under > 0)


Blocks = tuple[Floats, Floats, Floats]


def _balance_each(
    inputs: Floats,
    labour: Floats,
    final: Floats,
    spent: Floats,
    sales: Floats,
    economies: Sequence[str],
    name: str,
    faults: FaultList,
) -> tuple[Blocks | None, dict[str, Any]]:
    """Balance the economies that need it; inputs, value added, final demand of all, and by how much they moved."""
    moved: dict[str, Any] = {}
    done: list[Blocks] = []
    for n, economy in enumerate(economies):
        low = (labour[n] < -ROUNDING * sales[n]).any() or (final[n] < -ROUNDING * spent[n]).any()
        if not low:
            done.append((inputs[n], labour[n].clip(min=0), final[n].clip(min=0)))
            continue
        try:
            one = _balance_one(inputs[n], labour[n], final[n], spent[n], sales[n])
        except ValueError:
            message = f"{economy}: no inputs, value added and final demand ≥ 0 meet its purchases and sales."
            faults.add(name, message, allowed="a coarser --aggregate, or inputs that fit the flows")
            continue
        done.append((one.inputs, one.value_added, one.final))
        moved[economy] = {
            "rounds": one.rounds,
            "inputs_moved": float(round(np.abs(one.inputs - inputs[n]).sum() / sales[n].sum(), 6)),
            "value_added_moved": float(round(np.abs(one.value_added - labour[n]).sum() / sales[n].sum(), 6)),
            "final_moved": float(round(np.abs(one.final - final[n]).sum() / spent[n].sum(), 6)),
        }
    if faults:
        return None, moved
    blocks = tuple(np.stack(parts) for parts in zip(*done, strict=True))
    return (blocks[0], blocks[1], blocks[2]), moved


def _balance_one(inputs: Floats, labour: Floats, final: Floats, spent: Floats, sales: Floats) -> Balanced:
    """Balance one economy from the nearest positive start; goods nobody buys have no row to balance."""
    start_labour = np.where(labour > 0, labour, LEAST_LABOUR * sales)
    start_final = np.where(final > 0, final, LEAST_FINAL * spent)
    held = np.where(spent[:, None] > 0, inputs, 0.0)
    return balance(held, start_labour, start_final, spent, sales, FINAL_WEIGHT)


def _arrays(flows: Floats, inputs: Floats, labour: Floats, final: Floats, sales: Floats) -> dict[str, Floats]:
    """Shares of what there is; where a sector makes or buys nothing, shares that mean nothing but sum to one."""
    cost = inputs.sum(1)
    # What a sector buys elsewhere in the world stands in for one that buys nothing here.
    world = inputs.sum(0) + np.eye(inputs.shape[1]) * (inputs.sum((0, 1)) == 0)
    shares = np.where(cost[:, None, :] > 0, inputs / np.where(cost > 0, cost, 1.0)[:, None, :], world / world.sum(0))
    # Sales less inputs, so that the two shares agree to the last digit with what they are shares of.
    labour_share = np.where(cost > 0, 1 - _ratio(cost, sales, 0.0), 1.0).clip(0.0, 1.0)
    return {
        "flows": flows,
        "input_share": shares,
        "value_added_share": labour_share,
        "final_share": final / final.sum(1, keepdims=True),
        "value_added": labour.sum(1),
        "deficit": flows.sum((0, 2)) - flows.sum((1, 2)),
    }
