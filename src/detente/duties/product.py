"""The duty on one product: base, layer by layer, and after the next change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, partial

from detente.duties.asked import stacked
from detente.duties.base import Base, base_rate
from detente.duties.goods import digits
from detente.duties.homes import home_of
from detente.duties.layers import Inside, tariffs
from detente.duties.stacking import Layer, Stack
from detente.record import Dispute, View
from detente.terms import Fault, InputFault


@dataclass(frozen=True, slots=True)
class Sum:
    """Additional duty of a day: known, or between two bounds (`high` None: no known bound)."""

    low: Decimal
    high: Decimal | None

    @property
    def rate(self) -> Decimal | None:
        """The sum where it is known."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True, slots=True)
class NextChange:
    """The next day on which the additional duty changes, as known."""

    day: date
    additional: Sum
    layers: tuple[Layer, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """What is paid instead where something holds that no code decides: by origin, by use, on application, or by the
    day of loading. `scope` is the set of such goods and `condition` says it in words; taken one at a time."""

    scope: str
    condition: str
    additional: Sum
    layers: tuple[Layer, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """The duty on a product from one economy into another on a day, where none of the `alternatives` holds.

    `base` may lie between bounds. `charged` and `owed` are the additional duty as collected on the day itself, and as
    lawfully due as now known. `total` adds the base to what is additional, ceilings counting the base in.
    """

    code: str
    exporter: str
    importer: str
    dispute: Dispute
    view: View
    base: Base
    layers: tuple[Layer, ...]
    additional: Sum
    charged: Sum
    owed: Sum
    next_change: NextChange | None
    alternatives: tuple[Alternative, ...]

    @property
    def total(self) -> Decimal | None:
        """The additional duty with the base, where both are known."""
        rate = self.additional.rate
        return None if self.base.rate is None or rate is None else self.base.rate + rate


def duty(
    code: str,
    exporter: str,
    importer: str,
    on: date | None = None,
    known: date | None = None,
    part: Decimal | None = None,
) -> Duty:
    """The duty on a product by its HS or HTS code, layer by layer, `on` a day as `known` on a day (default today).

    `exporter` and `importer` are names or codes of economies; `part` is the share of the value that pays where a duty
    is charged on a part of it (the metal in the goods), if it is known.

    Raises `InputFault` for a code or an economy that is none, or where no shipped record covers the pair.
    """
    if part is not None and not 0 <= part <= 1:
        raise InputFault([Fault("part", f"{part} is no share of a value.", allowed="a fraction from 0 to 1")])
    product = digits(code)
    home, sender, receiver = home_of(exporter, importer, on or date.today())
    view = home.as_of(on, known)
    base = base_rate(product, sender, receiver)
    ask = _Asker(view, product, sender, receiver, base, part)
    now = ask.stack(view.on)
    early = _Asker(home.as_of(view.on, min(view.on, view.known)), product, sender, receiver, base, part)
    return Duty(
        code=product,
        exporter=sender,
        importer=receiver,
        dispute=home,
        view=view,
        base=base,
        layers=now.layers(base.bounds),
        additional=ask.sum(now),
        charged=ask.sum(early.stack(view.on)),
        owed=ask.sum(ask.stack(view.on, "owed")),
        next_change=ask.next_change(now),
        alternatives=tuple(ask.alternatives(now)),
    )


class _Asker:
    """One product from one exporter, asked about on several days."""

    def __init__(
        self, view: View, product: str, exporter: str, importer: str, base: Base, part: Decimal | None
    ) -> None:
        self.view = view
        self.exporter = exporter
        self.importer = importer
        self.base = base
        self.part = part
        self.inside = cache(lambda scope: view.covers(scope, product))

    def stack(self, on: date, book: str = "schedule", inside: Inside | None = None) -> Stack:
        """The measures on a day, stacked."""
        return stacked(self.view, self.importer, self.exporter, inside or self.inside, on, book, part=self.part)

    def sum(self, found: Stack) -> Sum:
        """The sum of a stack on the base."""
        return Sum(*found.total(self.base.bounds))

    def next_change(self, now: Stack) -> NextChange | None:
        """The first later day whose sum differs from that of the day asked about."""
        before = self.sum(now)
        ours = [m.id for m in tariffs(self.view, self.importer, self.exporter)]
        for day in sorted({d for m in ours for d in self.view.days_of(m) if d > self.view.on}):
            then = self.stack(day)
            if self.sum(then) != before:
                return NextChange(day, self.sum(then), then.layers(self.base.bounds))
        return None

    def alternatives(self, now: Stack) -> Iterator[Alternative]:
        """What differs from now where a condition holds that no code decides."""
        ours = tariffs(self.view, self.importer, self.exporter)
        scopes = {s.id: s for m in ours for s in self.view.conditions(m.id)}
        for scope in scopes.values():
            if scope.within is None or self.inside(scope.within):
                then = self.stack(self.view.on, inside=partial(self._as_if, scope.id))
                if self.sum(then) != self.sum(now):
                    yield Alternative(scope.id, scope.title, self.sum(then), then.layers(self.base.bounds))

    def _as_if(self, scope: str, name: str) -> bool | None:
        return True if name == scope else self.inside(name)
