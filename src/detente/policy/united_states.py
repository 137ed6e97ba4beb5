"""The United States' additional duties by exporter and sector of a world, from lines weighted by imports of 2024."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from detente.duties import View, lines, us_imports
from detente.policy.concordance import sector_shares

CHINA = ("CHN", "HKG", "MAC")


@dataclass(frozen=True, slots=True)
class Altered:
    """How the measures on a partner differ from those of the day: authorities `without` which, and measures `taken_on`
    another day by id (see `duties.lines`)."""

    without: frozenset[str] = frozenset()
    taken_on: Mapping[str, date] = field(default_factory=dict)

    @property
    def key(self) -> tuple[object, ...]:
        """The same for the same alteration."""
        return self.without, tuple(sorted(self.taken_on.items()))


AS_IT_STANDS = Altered()


@dataclass(frozen=True, slots=True)
class Side:
    """Additional duties [exporter, sector]. `matched` [exporter] is the share of imports that found a sector, `known`
    [exporter] the share whose duty is known; of the rest the central number of `Lines` is taken."""

    additional: NDArray[np.float64]
    matched: NDArray[np.float64]
    known: NDArray[np.float64]


def us_on_partners(
    views: dict[str, View],
    groups: dict[str, tuple[str, ...]],
    economies: Sequence[str],
    sectors: Sequence[str],
    china: Altered = AS_IT_STANDS,
    others: Altered = AS_IT_STANDS,
) -> Side:
    """Additional duties of the United States on every other economy of a world.

    `views` holds the record for China ('us-china') and for everybody else ('us-world'), the latter optional: without
    it third countries pay nothing more. `groups` says which partners of the import figures belong to an economy,
    `china` and `others` what is altered in the measures on either.
    """
    shape = (len(economies), len(sectors))
    weight, duty = np.zeros(shape), np.zeros(shape)
    value, matched, known = np.zeros(len(economies)), np.zeros(len(economies)), np.zeros(len(economies))
    for row, economy in enumerate(economies):
        for partner in groups.get(economy, (economy,)) if economy != "USA" else ():
            view = views.get("us-china" if partner in CHINA else "us-world")
            one = _partner(view, partner, tuple(sectors), china if partner in CHINA else others)
            weight[row] += one.weight
            duty[row] += one.duty
            value[row] += one.value
            matched[row] += one.weight.sum()
            known[row] += one.known
    with np.errstate(invalid="ignore", divide="ignore"):
        rates = np.where(weight > 0, duty / weight, 0.0)
        return Side(rates, np.where(value > 0, matched / value, np.nan), np.where(value > 0, known / value, np.nan))


@dataclass(frozen=True, slots=True)
class _Partner:
    """One partner's imports [sector], duties on them in USD [sector], and totals in USD."""

    weight: NDArray[np.float64]
    duty: NDArray[np.float64]
    value: float
    known: float


_kept: dict[tuple[object, ...], _Partner] = {}


def _partner(view: View | None, partner: str, sectors: tuple[str, ...], altered: Altered) -> _Partner:
    """A partner's sums at central duties, kept for the process: outcomes share most partners."""
    day = (view.record.digest, view.on, view.known) if view is not None else None
    key = (day, partner, sectors, altered.key)
    if key not in _kept:
        imports, shares = us_imports().column(partner), _shares(sectors)
        low, sure = _duties(view, partner, altered)
        _kept[key] = _Partner(imports @ shares, (imports * low) @ shares, imports.sum(), float(imports @ sure))
    return _kept[key]


def _duties(view: View | None, partner: str, altered: Altered) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Central duties [line] and where they are known."""
    codes = us_imports().code
    if view is None:
        return np.zeros(len(codes)), np.ones(len(codes), bool)
    found = lines(view, "USA", partner, codes, view.on, altered.without, altered.taken_on)
    return found.central, found.known


@cache
def _shares(sectors: tuple[str, ...]) -> NDArray[np.float64]:
    return sector_shares(us_imports().code, sectors)
