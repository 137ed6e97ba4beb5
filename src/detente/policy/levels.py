"""Measures in force on a day as additional tariffs over the labels of a world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from detente.duties import View, us_imports
from detente.policy.china import china_on_us
from detente.policy.united_states import AS_IT_STANDS, CHINA, Altered, us_on_partners
from detente.terms import Fault, InputFault, members


@dataclass(frozen=True, slots=True)
class Additional:
    """Additional tariffs `rates` [exporter, importer, sector] in fractions, over the caller's labels.

    `matched` and `known` give, by exporter, the share of US imports that found a sector and whose duty is known. What
    could not be brought to a number is in `notes`, in words.
    """

    economies: tuple[str, ...]
    sectors: tuple[str, ...]
    rates: NDArray[np.float64]
    matched: dict[str, float]
    known: dict[str, float]
    notes: tuple[str, ...] = field(default=())


def additional(
    views: dict[str, View],
    economies: Sequence[str],
    sectors: Sequence[str],
    us_exports_bn: NDArray[np.float64],
    without: frozenset[str] = frozenset(),
    assume: Literal["extended", "lapsed"] | None = None,
    altered: Mapping[str, Altered] | None = None,
) -> Additional:
    """Additional tariffs on the days of the views of the records 'us-china' and, where given, 'us-world'.

    The two views may be of different days: that is how third countries are held while the two parties move. `without`
    names authorities whose measures between the parties are left out; `altered` alters the measures of the United
    States by record, as `views` name them. Where a clock ran out with unknown outcome the rates are NaN, unless
    `assume` says which of the two outcomes to take. `us_exports_bn` [sector] are US exports to China in billion USD.

    Raises `InputFault` when the world lacks an economy the dispute is between.
    """
    lacking = [e for e in ("USA", "CHN") if e not in economies]
    if lacking:
        message = f"The world has no economy {' and no economy '.join(lacking)}."
        raise InputFault([Fault("world", message, allowed="a world with USA and CHN")])
    names = tuple(economies)
    usa, chn = names.index("USA"), names.index("CHN")
    rates = np.zeros((len(names), len(names), len(sectors)))
    china, others = ((altered or {}).get(record, AS_IT_STANDS) for record in ("us-china", "us-world"))
    china = Altered(china.without | without, china.taken_on)
    side = us_on_partners(views, groups_of(names, views["us-china"].on), names, sectors, china, others)
    rates[:, usa, :] = side.additional
    goods = sum(s != "services" for s in sectors)
    rates[usa, chn, :], notes = china_on_us(views["us-china"], us_exports_bn, sectors, goods, assume)
    matched = {e: float(x) for e, x in zip(names, side.matched, strict=True) if np.isfinite(x)}
    known = {e: float(x) for e, x in zip(names, side.known, strict=True) if np.isfinite(x)}
    return Additional(names, tuple(sectors), rates, matched, known, tuple(notes))


def groups_of(economies: Sequence[str], on: date) -> dict[str, tuple[str, ...]]:
    """Which partners of the import figures belong to each economy of a world: China with Hong Kong and Macao, the EU
    as one, and to ROW all that are not named."""
    named = {"EU": ("EU", *members("EU", on)), "CHN": CHINA}
    out = {e: named.get(e, (e,)) for e in economies if e != "ROW"}
    taken = {p for group in out.values() for p in group}
    if "ROW" in economies:
        out["ROW"] = tuple(p for p in us_imports().partner if p not in taken and p != "USA")
    return {e: tuple(p for p in group if p in us_imports().partner) for e, group in out.items()}
