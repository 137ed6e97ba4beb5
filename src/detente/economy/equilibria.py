"""The equilibrium as a pure function of arrays: compiled, batched (`jax.vmap`) and differentiated by others.

`equilibrium(base, shock, rules)` is what `solve` calls once; games and sweeps call it directly.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, NamedTuple

import jax
import jax.numpy as jnp
from jax import Array

from detente.economy.base import Accounts, Base, Shock
from detente.economy.closures import Closure, DeficitRule, Setting, State, Trade, market_under, trade_at
from detente.economy.newton import Report, find_root

ClosureName = Literal["caliendo-parro", "armington", "ossa", "free-entry"]
Deficits = Literal["world-share", "nominal", "zero"]
MOBILE = float("inf")


@dataclass(frozen=True)
class Rules:
    """How a world answers a policy. Hashable: one program is compiled for each set of rules and array shapes.

    closure: "caliendo-parro" (perfect competition, inputs if the base has them), "armington" (no inputs, any σ > 0),
    "ossa" (fixed entry, no inputs) or "free-entry" (inputs if the base has them).
    deficits: "world-share" keeps each deficit's share of world income, "nominal" keeps its value with world
    value added as numeraire, "zero" first closes all deficits under the base's policy and compares with
    that. mobility: ε ≥ 0 with which hours follow a sector's relative wage, infinite where labour is mobile.
    tolerance: of the largest residual, in logarithms.
    """

    closure: ClosureName = "caliendo-parro"
    deficits: Deficits = "world-share"
    tolerance: float = 1e-12
    max_steps: int = 60
    mobility: float = MOBILE


class Equilibrium(NamedTuple):
    """An equilibrium beside its base; hats are new ÷ old, values are in units in which the world's payroll (without
    profits: world value added) is that of the base at the new wages. `root` is the closure's unknown, from which a
    nearby solve may start. `policy` counts the licences of limits into the duties.

    Axes: i exporter, n importer or economy, s sector.
    """

    wage_hat: Array  # [n]
    price_index_hat: Array  # [n], of final demand
    income_hat: Array  # [n]
    real_income_hat: Array  # [n]
    sector_price_hat: Array  # [n, s], paid by buyers
    unit_cost_hat: Array  # [i, s]
    sector_wage_hat: Array  # [i, s]
    firms_hat: Array  # [i, s]
    share_hat: Array  # [i, n, s]
    expenditure_hat: Array  # [n, s]
    flows: Array  # [i, n, s], at the border
    sales: Array  # [i, s], received by producers
    revenue_change: Array  # [n], new − old, import and export duties
    deficit: Array  # [n]
    labour_gap: Array  # [n], demand for labour over supply, less one: Walras
    policy: Shock
    root: Any
    report: Report


def equilibrium(base: Base, shock: Shock, rules: Rules, start: Any = None) -> Equilibrium:
    """What the base does under a shock; never raises, `report` says how the search ended.

    Differentiable in every array of `base` and `shock` (implicit function theorem). `start` is the `root`
    of a nearby equilibrium under the same rules, none = no change.
    """
    if rules.deficits != "zero":
        return settle(base, shock, rules, FOLLOWING[rules.deficits], start)
    closed, closing = without_deficits(base, rules)
    found = settle(closed, shock, rules, OPENED, start)
    return found._replace(report=_worse(closing, found.report))


def without_deficits(base: Base, rules: Rules) -> tuple[Base, Report]:
    """The base that would be observed under its own policy if no economy had a deficit."""
    found = settle(base, Shock.none(base), rules, CLOSED)
    return rebased(base, found), found.report


def accounts_of(base: Base, rules: Rules) -> Accounts:
    """The accounts of a base as these rules read it: profits under fixed entry, inputs where the closure has them."""
    return closure_of(base, Shock.none(base), rules).accounts(base)


def no_change(base: Base, rules: Rules) -> Any:
    """The `root` at which nothing has changed: where a search starts when nothing nearer is known."""
    return closure_of(base, Shock.none(base), rules).start(*base.flows.shape[1:])


def rebased(base: Base, found: Equilibrium) -> Base:
    """An equilibrium found under the base's own policy as a base. A sector that has lost all its firms sells nothing in
    it, and so cannot come back: changes from nothing are not known."""
    flows = jnp.where(found.firms_hat[:, None, :] < _GONE, 0.0, found.flows)
    return base._replace(flows=flows)


_GONE = 1e-9

CLOSED = DeficitRule(kept=0.0, shared=0.0)
OPENED = DeficitRule(kept=0.0, shared=0.0, before=0.0)
KEPT = DeficitRule(kept=1.0, shared=0.0)
FOLLOWING = {"nominal": KEPT, "world-share": DeficitRule(kept=0.0, shared=1.0), "zero": OPENED}


def settle(
    base: Base, shock: Shock, rules: Rules, rule: DeficitRule, start: Any = None, dense: bool = False
) -> Equilibrium:
    """One search, with the deficits that a rule leaves whatever `rules.deficits` says; `dense` as in `find_root`."""
    closure = closure_of(base, shock, rules)
    if not closure.inputs:
        base = base.without_inputs()
    if start is None:
        start = closure.start(*base.flows.shape[1:])
    mobility = rules.mobility if closure.sticky else 0.0
    found: Equilibrium = _settled(base, shock, start, rule, rules.tolerance, rules.max_steps, mobility, closure, dense)
    return found


def closure_of(base: Base, shock: Shock, rules: Rules) -> Closure:
    """The parts that rules switch on; without inputs Caliendo–Parro and Armington have the same equations."""
    inputs = base.input_share is not None and rules.closure in ("caliendo-parro", "free-entry")
    entry: dict[str, Any] = {"ossa": "fixed", "free-entry": "free"}
    return Closure(
        inputs=inputs,
        entry=entry.get(rules.closure, "none"),
        sticky=rules.mobility != MOBILE,
        limits=0 if shock.limits is None else int(shock.limits.most.shape[0]),
        complements=not inputs and rules.closure not in entry,
    )


@partial(jax.jit, static_argnames=("closure", "dense"))
def _settled(
    base: Base,
    shock: Shock,
    start: Any,
    rule: DeficitRule,
    tolerance: Array,
    max_steps: Array,
    mobility: Array,
    closure: Closure,
    dense: bool,
) -> Equilibrium:
    """One program for each closure and shape of arrays."""
    accounts = closure.accounts(base)
    setting = Setting(accounts, shock, market_under(accounts, shock), rule, mobility)
    root, report = find_root(
        partial(closure.residual, setting=setting), start, tolerance, max_steps, dense, closure.limits
    )
    state = closure.state(root, setting)
    return _described(accounts, state, trade_at(accounts, state, rule), root, report)


def _described(accounts: Accounts, state: State, trade: Trade, root: Any, report: Report) -> Equilibrium:
    index = (accounts.final_share * state.price).sum(1)
    there = accounts.income > 0
    income_hat = 1 + trade.income_change / jnp.where(there, accounts.income, 1.0)
    payroll = (accounts.labour_share * trade.sales).sum(1)
    earned = jnp.where(there, accounts.labour_income * jnp.exp(state.wage), 1.0)
    return Equilibrium(
        wage_hat=jnp.exp(state.wage),
        price_index_hat=jnp.exp(index),
        income_hat=income_hat,
        real_income_hat=income_hat * jnp.exp(-index),
        sector_price_hat=jnp.exp(state.price),
        unit_cost_hat=jnp.exp(state.unit_cost),
        sector_wage_hat=jnp.exp(state.sector_wage),
        firms_hat=jnp.exp(state.firms),
        share_hat=state.share,
        expenditure_hat=jnp.exp(state.expenditure),
        flows=trade.flows,
        sales=trade.sales,
        revenue_change=trade.revenue_change,
        deficit=trade.deficit,
        labour_gap=jnp.where(there, payroll / earned - 1, 0.0),
        policy=state.shock,
        root=root,
        report=report,
    )


def _worse(first: Report, second: Report) -> Report:
    """The report of two searches in a row: the first failure, the larger residual, all the steps."""
    return Report(
        jnp.maximum(first.residual, second.residual),
        first.iterations + second.iterations,
        jnp.where(first.code != 0, first.code, second.code),
    )
