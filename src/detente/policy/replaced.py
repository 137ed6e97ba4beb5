"""One authority left out, or another in its place: which measures of the records that means, and on which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from detente.duties import View
from detente.policy.united_states import Altered
from detente.terms import FaultList, did_you_mean


def altered_by(
    views: Mapping[str, View],
    without: Iterable[str] = (),
    instead: Iterable[str] = (),
    instead_on: date | None = None,
) -> dict[str, Altered]:
    """What leaving out authorities, and taking others `instead`, alters in the United States' duties of each record.

    An authority goes by its name ('Section 122', 'section-122'). What is taken instead may also be a measure by id; one
    of 'us-china' stands for its sister on everybody in 'us-world' as well. It is taken as it stands on `instead_on`;
    none = the first day on which it was in force, as known to the views.

    Raises `InputFault` for names no record has, or a day that says nothing.
    """
    faults = FaultList()
    names = {_slug(m.authority): m.authority for v in views.values() for m in _tariffs(v)}
    ids = {m.id.removesuffix(_EVERYBODY) for v in views.values() for m in _tariffs(v)}
    gone = frozenset(_authority(name, names, faults) for name in without)
    taken: dict[str, date] = {}
    for name in instead:
        known = name in ids or name.removesuffix(_EVERYBODY) in ids or _slug(name) in names
        if not known:
            hint = did_you_mean(name, [*names, *sorted(ids)])
            allowed = f"{', '.join(sorted(names))}, or a measure of the record"
            faults.add("replace", f"'{name}' is no authority and no measure.{hint}", allowed=allowed)
        else:
            taken |= _taken(views, name, instead_on, faults)
    faults.raise_if_any()
    mine = {r: {m.id for m in _tariffs(v)} for r, v in views.items()}
    return {r: Altered(gone, {m: d for m, d in taken.items() if m in mine[r]}) for r in views}


_EVERYBODY = "-world"


def _tariffs(view: View) -> list[Any]:
    """Tariffs of the United States; a view is all this room knows of records."""
    return [m for m in view.record.measures if m.kind == "tariff" and m.imposer == "USA"]


def _slug(name: str) -> str:
    return name.casefold().replace(" ", "-")


def _authority(name: str, names: Mapping[str, str], faults: FaultList) -> str:
    if _slug(name) not in names:
        allowed = ", ".join(sorted(names.values()))
        hint = did_you_mean(name, names.values())
        faults.add("remove_authority", f"No tariff rests on '{name}'.{hint}", allowed=allowed)
    return names.get(_slug(name), name)


def _taken(views: Mapping[str, View], name: str, on: date | None, faults: FaultList) -> dict[str, date]:
    """The measures a name means, each with the day it is taken on."""
    named = name.removesuffix(_EVERYBODY)
    found = [
        (v, m.id)
        for v in views.values()
        for m in _tariffs(v)
        if m.id.removesuffix(_EVERYBODY) == named or _slug(m.authority) == _slug(name)
    ]
    if on is not None:
        if not any(_in_force(v, m, on) for v, m in found):
            faults.add(
                "replacement_day", f"'{name}' is not in force on {on}.", allowed="a day on which it is, as known"
            )
        return {m: on for _, m in found}
    first = {m: next((d for d in v.days_of(m) if _in_force(v, m, d)), None) for v, m in found}
    days = sorted({d for d in first.values() if d is not None})
    if not days:
        faults.add("replace", f"'{name}' is never in force, as known on the day.", allowed="a later day in `known`")
    elif len(days) > 1:
        message = f"'{name}' came into force in steps from {days[0]} to {days[-1]}."
        faults.add("replacement_day", message, allowed="the day whose measures are meant")
    return {m: days[0] for m in first if days}


def _in_force(view: View, measure: str, on: date) -> bool:
    parts = [(p, goods) for m, p, goods in view.parts if m.id == measure]
    return any(view.standing(measure, p, goods, on=on).in_force for p, goods in parts)
