"""The measures on one kind of goods from one exporter, stacked: what a product and a line of the panel both ask."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from detente.duties.layers import Inside, alone, tariffs
from detente.duties.stacking import Stack, stack
from detente.record import View


def stacked(
    view: View,
    importer: str,
    exporter: str,
    inside: Inside,
    on: date,
    book: str = "schedule",
    without: frozenset[str] = frozenset(),
    part: Decimal | None = None,
) -> Stack:
    """The stack of additional duty on goods from `exporter` whose membership of scopes `inside` tells.

    `without` names authorities whose measures are left out, as if they had never been made; `part` is the share of the
    value on which goods pay that pay on a part of it (their metal), where it is known.
    """
    measures = [m for m in tariffs(view, importer, exporter) if m.authority not in without]
    found = [alone(view, m, exporter, inside, on, book, part) for m in measures]
    there = [x for x in found if x is not None]
    return stack(there, {x.measure.id: view.gives_way_to(x.measure.id, exporter, on) for x in there})
