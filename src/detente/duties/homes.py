"""Which record answers for a pair of economies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from detente.record import Dispute, dispute, shipped, shipped_on
from detente.terms import Fault, FaultList, InputFault, economy, union_of


def home_of(
    exporter: str, importer: str, on: date, load: Callable[[str], Dispute] = dispute
) -> tuple[Dispute, str, str]:
    """The shipped record that holds the importer's measures on the exporter, and both as codes.

    A member of a customs union is asked about as the union. `load` reads a record, for many pairs once each.

    Raises `InputFault` for names that are no economy, or where no record covers the pair.
    """
    faults = FaultList()
    codes = [_code(name, path, on, faults) for name, path in ((exporter, "from"), (importer, "to"))]
    faults.raise_if_any()
    sender, receiver = codes
    for name in shipped_on(sender, receiver):
        home = load(name)
        tariffs = (m for m in home.record.measures if m.kind == "tariff" and m.imposer == receiver)
        if any(_reaches(m.targets, sender) for m in tariffs):
            return home, sender, receiver
    message = f"No record holds duties of {receiver} on goods from {sender}."
    raise InputFault([Fault("from", message, allowed=f"a pair covered by {', '.join(shipped())}")])


def _code(name: str, path: str, on: date, faults: FaultList) -> str:
    try:
        code = economy(name, on, path)
    except InputFault as fault:
        faults.faults += fault.faults
        return ""
    return union_of(code, on) or code


def _reaches(targets: list[str], exporter: str) -> bool:
    return exporter in targets or "ALL" in targets
