"""Tariff levels of a scenario by the record: the duties of a day, and the same with an authority left out or replaced.

Both levels are the tariffs before the disputes plus the measures in force on the day, so that nothing counts twice.
What other economies charge is the same in both: what is compared is one country's legal basis, not a new dispute.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente import policy
from detente import record as r
from detente.terms import Fault, InputFault

if TYPE_CHECKING:
    from detente.economy import World
    from detente.questions.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Levels:
    """Tariff levels [exporter, importer, sector] in force and altered, what they are called, and what is to be said of
    them. `comparison` names the levels in force, `digest` the record."""

    in_force: NDArray[np.float64]
    altered: NDArray[np.float64]
    comparison: str
    known: str
    digest: str
    notes: tuple[str, ...]


def levels_by_record(scenario: Scenario, world: World, before: NDArray[np.float64]) -> Levels:
    """The levels of a scenario with a record, `before` being the tariffs before the disputes.

    With 'us-world' authorities are left out towards every partner, with 'us-china' towards China alone, third
    countries' duties being held. Past a clock whose outcome is not known the truce is taken as extended, and a note
    says so. Raises `InputFault` for names the record has not, with the line.
    """
    assert scenario.record is not None
    assert scenario.on is not None
    disputes = {name: r.dispute(name) for name in ("us-china", "us-world")}
    views = {name: one.as_of(scenario.on, scenario.known) for name, one in disputes.items()}
    altered = _altered(scenario, {n: v for n, v in views.items() if scenario.record in ("us-world", n)})
    exports = us_exports_bn(world)

    def added(how: dict[str, policy.Altered] | None) -> policy.Additional:
        return policy.additional(views, world.economies, world.sectors, exports, assume="extended", altered=how)

    now, then = added(None), added(altered)
    known = str(views[scenario.record].known)
    return Levels(
        in_force=before + now.rates,
        altered=before + then.rates,
        comparison=f"the duties in force on {scenario.on}, as known on {known}; other economies' duties are held",
        known=known,
        digest=disputes[scenario.record].record.digest,
        notes=(*_words(scenario, altered, now, then, world), *now.notes),
    )


def _altered(scenario: Scenario, views: dict[str, r.View]) -> dict[str, policy.Altered]:
    replaced = scenario.replace or {}
    gone = [*(scenario.remove_authority or ()), *replaced]
    try:
        return policy.altered_by(views, gone, replaced.values(), scenario.replacement_day)
    except InputFault as fault:
        raise InputFault([_placed(scenario, one) for one in fault.faults]) from None


def _placed(scenario: Scenario, one: Fault) -> Fault:
    """A fault of the record's names where it stands in the file."""
    named = one.path if getattr(scenario, one.path, None) is not None else "replace"
    file, line = scenario.place(named)
    return Fault(file, f"{named}: {one.message}", line, one.allowed)


def us_exports_bn(world: World) -> NDArray[np.float64]:
    """US exports to China [sector], billion; zeros in a world without one of them."""
    if not {"USA", "CHN"} <= set(world.economies):
        return np.zeros(len(world.sectors))
    usa, chn = world.economies.index("USA"), world.economies.index("CHN")
    return np.asarray(world.flows.to_numpy()[usa, chn], dtype=float) / 1e3


def _words(
    scenario: Scenario,
    altered: dict[str, policy.Altered],
    now: policy.Additional,
    then: policy.Additional,
    world: World,
) -> list[str]:
    """What was left out, taken instead, and what it does to the average additional duty."""
    without = sorted({a for one in altered.values() for a in one.without})
    taken = {m: d for one in altered.values() for m, d in one.taken_on.items()}
    towards = "every partner" if scenario.record == "us-world" else "China, Hong Kong and Macao"
    out = []
    if without:
        out.append(f"Left out towards {towards}: US duties under {', '.join(without)}.")
    if taken:
        out.append(f"Taken as on another day: {', '.join(f'{m} ({d})' for m, d in sorted(taken.items()))}.")
    if without or taken:
        old, new = (100 * average_on_usa(one.rates, world) for one in (now, then))
        out.append(f"Average additional US duty over the world's trade in goods: {old:.2f}% in force, {new:.2f}% here.")
    return out


def average_on_usa(rates: NDArray[np.float64], world: World) -> float:
    """The average of rates [exporter, importer, sector] over what the United States buys abroad of goods."""
    usa = world.economies.index("USA")
    flows = np.array(world.base.flows, dtype=float)[:, usa]
    flows[usa] = 0.0
    flows[:, [n for n, s in enumerate(world.sectors) if s == "services"]] = 0.0
    return float((rates[:, usa] * flows).sum() / flows.sum())
