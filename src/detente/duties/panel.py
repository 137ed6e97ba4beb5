"""Every line of the tariff schedule at once.

Lines that belong to the same scopes pay the same, so they are grouped by membership and each group is asked once; a
group's layers come from the same code as a single product's. A measure is asked again only when the memberships that
bear on it, or on what excludes it, differ.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from detente.duties.base import base_rates
from detente.duties.layers import Memo, layers, tariffs, total
from detente.record import View

IN, OUT, OPEN = 1, 0, 2


@dataclass(frozen=True, slots=True)
class Groups:
    """Lines grouped by the scopes they belong to. `inside` [group] answers for a scope, `of` [line] is the group."""

    inside: tuple[Callable[[str], bool | None], ...]
    of: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Lines:
    """Additional duty by line. `low` and `high` [line] are fractions, equal where known (`high` inf: no known bound);
    `central` [line] is the best single number (see `Layer`), ceilings net of the base; `by_measure` [measure → line]
    holds the known part of each layer, NaN where it is not known."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    central: NDArray[np.float64]
    by_measure: dict[str, NDArray[np.float64]]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where the additional duty is known [line]."""
        return np.asarray(self.low == self.high)


def lines(
    view: View,
    importer: str,
    exporter: str,
    codes: NDArray[np.str_],
    on: date | None = None,
    without: frozenset[str] = frozenset(),
) -> Lines:
    """Additional duties of `importer` on goods from `exporter` by line, `on` a day (default: that of the view), with
    the measures of the authorities in `without` left out."""
    groups = _groups(view, importer, exporter, codes)
    count = len(groups.inside)
    low, high, plain, ceiling = np.zeros(count), np.zeros(count), np.zeros(count), np.zeros(count)
    by_measure: dict[str, NDArray[np.float64]] = {}
    memo: Memo = {}
    for g, inside in enumerate(groups.inside):
        found = layers(view, importer, exporter, inside, None, on or view.on, without=without, memo=memo)
        lo, hi = total(found)
        low[g], high[g] = float(lo), np.inf if hi is None else float(hi)
        for layer in found:
            (ceiling if layer.standing.ceiling else plain)[g] += float(layer.central)
            row = by_measure.setdefault(layer.measure.id, np.zeros(count))
            row[g] = np.nan if layer.rate is None else float(layer.rate)
    spread = groups.of
    base = np.nan_to_num(base_rates(codes, exporter)) if ceiling.any() else 0.0
    central = plain[spread] + np.maximum(ceiling[spread] - base, 0.0)
    return Lines(low[spread], high[spread], central, {m: row[spread] for m, row in by_measure.items()})


def kinds(view: View, importer: str, exporter: str, codes: NDArray[np.str_]) -> NDArray[np.intp]:
    """A number for each line [line], the same for lines that no scope known to the view tells apart.

    Where no rate is a ceiling that counts the base in, such lines pay the same additional duty on every day.
    """
    return _groups(view, importer, exporter, codes).of


_kept: dict[tuple[str, str, str, int], Groups] = {}


def _groups(view: View, importer: str, exporter: str, codes: NDArray[np.str_]) -> Groups:
    """Group the lines; kept for the process, since scopes do not depend on the day and many days are asked about."""
    scopes = tuple(sorted(_scopes(view, importer, exporter)))
    key = (view.record.digest, importer, "|".join(scopes), len(codes))
    if key not in _kept:
        member = (
            np.stack([membership(view, s, codes) for s in scopes]) if scopes else np.zeros((1, len(codes)), np.int8)
        )
        unique, inverse = np.unique(member, axis=1, return_inverse=True)
        answers = [
            {s: _answer(int(x)) for s, x in zip(scopes, unique[:, g], strict=False)} for g in range(unique.shape[1])
        ]
        _kept[key] = Groups(tuple(a.__getitem__ for a in answers), inverse.reshape(-1))
    return _kept[key]


def membership(view: View, scope: str, codes: NDArray[np.str_]) -> NDArray[np.int8]:
    """Membership [line] of a scope: 1 in, 0 out, 2 not known. Codes are ten digits in order."""
    if not view.has_codes(scope):
        return np.full(len(codes), OUT if view.covers(scope, "0000000000") is False else OPEN, np.int8)
    listed = view.record.codes[scope]
    out = np.full(len(codes), _number(listed.get("*", False)), np.int8)
    prefixes = sorted((p for p in listed if p != "*"), key=len)
    bounds = np.searchsorted(codes, np.array([[p, p + "~"] for p in prefixes], str).reshape(-1, 2))
    for prefix, (first, last) in zip(prefixes, bounds, strict=True):
        out[first:last] = _number(listed[prefix])
    return out


def _number(inside: bool | None) -> int:
    return OPEN if inside is None else IN if inside else OUT


def _answer(number: int) -> bool | None:
    return None if number == OPEN else number == IN


def _scopes(view: View, importer: str, exporter: str) -> set[str]:
    return {s for m in tariffs(view, importer, exporter) for s in view.scopes_of(m.id)}
