"""The arrays an equilibrium is computed from, and the accounts they imply.

A base is given by its flows; every other account is derived from them here and nowhere else, so a base is
consistent by construction: output is the sum of sales, expenditure the sum of purchases with tariffs, value
added what output leaves after inputs, final demand what expenditure leaves after inputs, and the deficit
imports less exports. All functions are pure and differentiable in every array.

Axes: i exporter, n importer, s sector, k input. Values are in the currency of the flows.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax import Array


class Base(NamedTuple):
    """What calibrates a world. Without intermediates both shares are None.

    flows [i, n, s]: value at the border, net of the importer's tariff, own sales on the diagonal.
    tariff [i, n, s]: fractions. elasticity [s]: θ = σ − 1.
    value_added_share [i, s]: of sales. input_share [i, k, s]: of input k in the inputs of s, summing to one
    over k.
    """

    flows: Array
    tariff: Array
    elasticity: Array
    value_added_share: Array | None = None
    input_share: Array | None = None

    def without_inputs(self) -> Base:
        """The same flows with every sale value added and every purchase final."""
        return self._replace(value_added_share=None, input_share=None)


class Limits(NamedTuple):
    """Limits on delivered quantities, one a row.

    cells [k, 3]: exporter, importer, sector. most [k]: logarithm of the largest quantity, new ÷ old. to_importer [k]:
    1 where the importer holds the licence and has the rent, 0 where the exporter has it.
    """

    cells: Array
    most: Array
    to_importer: Array


class Shock(NamedTuple):
    """What a policy changes, all [i, n, s] but transfer [n].

    tariff: new level. export_tax: new level on the producer's price, base zero. iceberg: factor on trade
    costs, new ÷ old. transfer: money received from the others, summing to zero. limits: on quantities, None = none.
    """

    tariff: Array
    export_tax: Array
    iceberg: Array
    transfer: Array
    limits: Limits | None = None

    @staticmethod
    def none(base: Base) -> Shock:
        """The policy of the base."""
        return Shock(
            tariff=base.tariff,
            export_tax=jnp.zeros_like(base.tariff),
            iceberg=jnp.ones_like(base.tariff),
            transfer=jnp.zeros_like(base.tariff[0, :, 0]),
        )


class Accounts(NamedTuple):
    """A base with everything its flows imply; `value_added_share` and `input_cost` are None without inputs.

    input_cost [i, k, s] is the share of input k in the sales of s. Shares with nothing to share are zero.
    labour_share [i, s] is that of wages in sales, labour_income [n] what wages pay: all of value added unless there
    are profits.
    """

    flows: Array
    tariff: Array
    elasticity: Array
    value_added_share: Array | None
    input_cost: Array | None
    trade_share: Array
    expenditure: Array
    final_share: Array
    value_added: Array
    income: Array
    deficit: Array
    labour_share: Array
    labour_income: Array


@partial(jax.jit, static_argnames="profits")
def account_for(base: Base, profits: bool = False) -> Accounts:
    """Derive the accounts of a base. One compiled program a shape: op by op it takes a second the first time.

    With `profits` firms charge the markup σ ÷ (σ − 1) and keep it: 1 ÷ σ of sales are profits.
    """
    spent = base.flows * (1 + base.tariff)
    expenditure, sales = spent.sum(0), base.flows.sum(1)
    input_cost = None
    value_added, final = sales, expenditure
    if base.value_added_share is not None and base.input_share is not None:
        input_cost = (1 - base.value_added_share)[:, None, :] * base.input_share
        value_added = base.value_added_share * sales
        final = expenditure - (input_cost * sales[:, None, :]).sum(2)
    income = final.sum(1)
    labour_share = jnp.ones_like(sales) if base.value_added_share is None else base.value_added_share
    if profits:
        labour_share = labour_share - 1 / (1 + base.elasticity)
    return Accounts(
        flows=base.flows,
        tariff=base.tariff,
        elasticity=base.elasticity,
        value_added_share=base.value_added_share,
        input_cost=input_cost,
        trade_share=spent / jnp.where(expenditure > 0, expenditure, 1.0),
        expenditure=expenditure,
        final_share=final / jnp.where(income != 0, income, 1.0)[:, None],
        value_added=value_added.sum(1),
        income=income,
        deficit=abroad(base.flows).sum((0, 2)) - abroad(base.flows).sum((1, 2)),
        labour_share=labour_share,
        labour_income=(labour_share * sales).sum(1),
    )


def abroad(flows: Array) -> Array:
    """Flows [i, n, s] with own sales set to zero. Subtracting them from totals would lose the digits of an
    economy that hardly trades."""
    count = flows.shape[0]
    return jnp.where(jnp.eye(count, dtype=bool)[:, :, None], 0.0, flows)
