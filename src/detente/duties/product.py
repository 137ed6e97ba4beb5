"""The duty on one product: base, layer by layer, and after the next change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from detente.duties.base import base_rate
from detente.duties.goods import digits
from detente.duties.homes import home_of
from detente.duties.layers import Layer, layers, total
from detente.record import Dispute, View


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
class Duty:
    """The duty on a product from one economy into another on a day. `base` None is unknown.

    `charged` and `owed` are the additional duty as collected on the day itself, and as lawfully due as now known.
    """

    code: str
    exporter: str
    importer: str
    dispute: Dispute
    view: View
    base: Decimal | None
    base_note: str
    layers: tuple[Layer, ...]
    additional: Sum
    charged: Sum
    owed: Sum
    next_change: NextChange | None


def duty(code: str, exporter: str, importer: str, on: date | None = None, known: date | None = None) -> Duty:
    """The duty on a product by its HS or HTS code, layer by layer, `on` a day as `known` on a day (default today).

    `exporter` and `importer` are names or codes of economies. Raises `InputFault` for a code or an economy that is
    none, or where no shipped record covers the pair.
    """
    product = digits(code)
    home, sender, receiver = home_of(exporter, importer, on or date.today())
    view = home.as_of(on, known)
    base, note = base_rate(product, sender, receiver)
    ask = _Asker(view, product, sender, receiver, base)
    now = ask.layers(view.on)
    early = _Asker(home.as_of(view.on, min(view.on, view.known)), product, sender, receiver, base)
    return Duty(
        code=product,
        exporter=sender,
        importer=receiver,
        dispute=home,
        view=view,
        base=base,
        base_note=note,
        layers=now,
        additional=Sum(*total(now)),
        charged=Sum(*total(early.layers(view.on))),
        owed=Sum(*total(ask.layers(view.on, "owed"))),
        next_change=ask.next_change(),
    )


class _Asker:
    """One product from one exporter, asked about on several days."""

    def __init__(self, view: View, product: str, exporter: str, importer: str, base: Decimal | None) -> None:
        self.view = view
        self.exporter = exporter
        self.importer = importer
        self.base = base
        self.inside = cache(lambda scope: view.covers(scope, product))

    def layers(self, on: date, book: str = "schedule") -> tuple[Layer, ...]:
        """The layers on a day."""
        return tuple(layers(self.view, self.importer, self.exporter, self.inside, self.base, on, book))

    def next_change(self) -> NextChange | None:
        """The first later day whose sum differs from that of the day asked about."""
        now = total(self.layers(self.view.on))
        ours = [m.id for m in self.view.record.measures if m.kind == "tariff" and m.imposer == self.importer]
        days = sorted({d for m in ours for d in self.view.days_of(m) if d > self.view.on})
        for day in days:
            then = self.layers(day)
            if total(then) != now:
                return NextChange(day, Sum(*total(then)), then)
        return None
