"""Every line of the tariff schedule at once, for one partner or for all.

Lines that belong to the same scopes pay the same, so lines are grouped by membership. A measure is asked once for each
kind of membership of its own scopes and each class of partners its acts treat alike; what groups and partners have in
common is stacked once. What a line pays comes from the same code as a single product's; only the base, which differs
from line to line, is taken off ceilings here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from detente.duties.base import base_rates
from detente.duties.homes import home_of
from detente.duties.layers import UNBOUNDED, Alone, alone, tariffs
from detente.duties.stacking import Stack, stack
from detente.duties.trade import us_imports
from detente.record import Measure, View, dispute
from detente.terms import Fault, InputFault

if TYPE_CHECKING:
    import pandas as pd

IN, OUT, OPEN = 1, 0, 2
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Groups:
    """Lines grouped by the scopes they belong to: `scopes` name the rows of `member` [scope, group], and `of` [line] is
    the group; `kinds` keeps the kinds of membership of sets of scopes."""

    scopes: tuple[str, ...]
    member: NDArray[np.int8]
    of: NDArray[np.intp]
    kinds: dict[tuple[str, ...], tuple[list[Callable[[str], bool | None]], NDArray[np.intp]]] = field(
        default_factory=dict
    )


@dataclass(frozen=True, slots=True)
class Lines:
    """Additional duty by line on goods of one partner. `low` and `high` [line] are fractions, equal where known (`high`
    inf: no known bound); `central` [line] is the best single number (see `Alone`), ceilings net of the base;
    `by_measure` [measure → line] holds the known part of each layer, NaN where it is not known. `base_low` and
    `base_high` [line] bound the estimated base (`base_high` inf: unknown)."""

    low: Floats
    high: Floats
    central: Floats
    by_measure: dict[str, Floats]
    base_low: Floats
    base_high: Floats

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where the additional duty is known [line]."""
        return np.asarray(self.low == self.high)

    @property
    def base(self) -> Floats:
        """The estimated base [line], NaN where it is not known."""
        return np.where(self.base_low == self.base_high, self.base_low, np.nan)


@dataclass(frozen=True, slots=True)
class Panel:
    """The duty on every line from every partner on a day. Arrays are [line, partner], fractions of the customs value.

    `low` and `high` bound the additional duty (equal where known; `high` inf: no known bound), `by_authority` holds its
    known part by authority and `base` the estimated base, NaN where not known. `digests` name the records asked.
    """

    importer: str
    on: date
    known_by: date
    digests: tuple[str, ...]
    code: NDArray[np.str_]
    partner: tuple[str, ...]
    base: Floats
    low: Floats
    high: Floats
    by_authority: dict[str, Floats]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where the additional duty is known [line, partner]."""
        return np.asarray(self.low == self.high)

    @property
    def additional(self) -> Floats:
        """The additional duty [line, partner], NaN where not known."""
        return np.where(self.known, self.low, np.nan)

    @property
    def total(self) -> Floats:
        """The additional duty with the estimated base [line, partner], NaN where either is not known."""
        return np.asarray(self.additional + self.base)

    @property
    def names(self) -> list[str]:
        """The names of the columns, in order."""
        first, last = ["hs10", "partner", "base_estimate"], ["additional", "additional_low", "additional_high"]
        return [*first, *self.by_authority, *last, "total", "known"]

    def columns(self) -> dict[str, NDArray[Any]]:
        """The panel as columns, a row for each line and partner, lines first."""
        count, width = self.low.shape
        columns: dict[str, NDArray[Any]] = {
            "hs10": np.repeat(self.code, width),
            "partner": np.tile(np.array(self.partner), count),
            "base_estimate": self.base.ravel(),
        }
        columns |= {name: rates.ravel() for name, rates in self.by_authority.items()}
        high = np.where(np.isinf(self.high), np.nan, self.high)
        columns |= {"additional": self.additional.ravel(), "additional_low": self.low.ravel()}
        columns |= {"additional_high": high.ravel(), "total": self.total.ravel(), "known": self.known.ravel()}
        return columns

    def to_frame(self) -> pd.DataFrame:
        """The panel as a frame, one row for each line and partner."""
        import pandas as pd

        return pd.DataFrame(self.columns())

    def to_csv(self, path: str | Path) -> None:
        """Write the panel as CSV; rates are fractions and what is not known is empty."""
        self.to_frame().to_csv(path, index=False, float_format="%.6g", lineterminator="\n")

    def to_parquet(self, path: str | Path) -> None:
        """Write the panel as Parquet; raises `InputFault` where pyarrow is not installed."""
        if find_spec("pyarrow") is None:
            message = "Parquet needs pyarrow, which is not installed."
            raise InputFault([Fault("panel", message, allowed="a file that ends in .csv")])
        self.to_frame().to_parquet(path, index=False)


def panel(
    importer: str = "USA",
    partners: Sequence[str] | None = None,
    on: date | None = None,
    known: date | None = None,
    codes: NDArray[np.str_] | None = None,
) -> Panel:
    """The duty of an importer on every line (default: those of the imports of 2024, ten digits in order) from each
    partner (default: those of the same imports), `on` a day as `known` on a day (default today).

    Raises `InputFault` for an economy that is none, an importer without a schedule at hand, or a pair no record covers.
    """
    trade = us_imports()
    codes = trade.code if codes is None else codes
    load = cache(dispute)
    homes = [home_of(p, importer, on or date.today(), load) for p in partners or trade.partner]
    if any(receiver != "USA" for _, _, receiver in homes):
        raise InputFault([Fault("to", f"The lines of {importer}'s schedule are not at hand.", allowed="USA")])
    names = tuple(dict.fromkeys(sender for _, sender, _ in homes))
    views = {home.record.digest: home.as_of(on, known) for home, _, _ in homes}
    place = {sender: home.record.digest for home, sender, _ in homes}
    authorities = sorted({m.authority for n in names for m in tariffs(views[place[n]], "USA", n)})
    shape = (len(codes), len(names))
    by_authority = {a: np.zeros(shape) for a in authorities}
    low, high, base = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for at, name in enumerate(names):
        view = views[place[name]]
        found = lines(view, "USA", name, codes)
        low[:, at], high[:, at], base[:, at] = found.low, found.high, found.base
        for measure, rates in found.by_measure.items():
            by_authority[view.measure(measure).authority][:, at] += rates
    one = next(iter(views.values()))
    return Panel("USA", one.on, one.known, tuple(views), codes, names, base, low, high, by_authority)


def lines(
    view: View,
    importer: str,
    exporter: str,
    codes: NDArray[np.str_],
    on: date | None = None,
    without: frozenset[str] = frozenset(),
    taken_on: Mapping[str, date] | None = None,
) -> Lines:
    """Additional duties of `importer` on goods from `exporter` by line, `on` a day (default: that of the view), with
    the measures of the authorities in `without` left out. `taken_on` names measures that are taken as they stand on
    another day, whatever their authority: they meet the others as on that day. `codes` are ten digits in order."""
    day, other = on or view.on, taken_on or {}
    groups = _groups(view, importer, codes)
    measures = [m for m in tariffs(view, importer, exporter) if m.authority not in without or m.id in other]
    charges, of_group = _charges(view, measures, exporter, groups, {m.id: other.get(m.id, day) for m in measures})
    low, high = base_rates(codes, exporter)
    return _spread(charges, of_group[groups.of], low, high)


def kinds(view: View, importer: str, exporter: str, codes: NDArray[np.str_]) -> NDArray[np.intp]:
    """A number for each line [line], the same for lines that pay the same additional duty on every day: no scope known
    to the view tells them apart, nor does their base where a ceiling may count it in."""
    groups = _groups(view, importer, codes)
    measures = tariffs(view, importer, exporter)
    rows = [groups.scopes.index(s) for s in sorted({s for m in measures for s in view.scopes_of(m.id)})]
    capped = _under_ceilings(view, groups, measures)
    _, base = np.unique(np.stack(base_rates(codes, exporter)), axis=1, return_inverse=True)
    apart = np.where(capped[groups.of], base.reshape(-1) + 1, 0)
    return _distinct(np.vstack([groups.member[rows][:, groups.of].astype(np.intp), apart]))[1]


def _under_ceilings(view: View, groups: Groups, measures: Sequence[Measure]) -> NDArray[np.bool_]:
    """Groups of which some good may be under a ceiling on some day [group]."""
    named = {m.id: m.goods for m in measures}
    changes = [c for i in view.instruments for c in i.changes if c.measure in named and c.set is not None]
    scopes = {c.goods or named[c.measure] for c in changes if c.set is not None and c.set.ceiling}
    if not scopes <= set(groups.scopes):
        return np.ones(groups.member.shape[1], bool)
    rows = [groups.scopes.index(s) for s in scopes]
    return np.asarray((groups.member[rows] != OUT).any(axis=0))


@dataclass(frozen=True, slots=True)
class Formula:
    """What a stack, or one measure of it, charges on any base: for each way things can turn out a sum of plain rates,
    and ceilings with the share of the value they stand on."""

    corners: tuple[tuple[float, tuple[tuple[float, float], ...]], ...]

    @property
    def plain(self) -> float | None:
        """The one number that it is on every base, if it is one."""
        return self.corners[0][0] if len(self.corners) == 1 and not self.corners[0][1] else None

    def bounds(self, least: Floats, most: Floats) -> tuple[Any, Any]:
        """Lowest and highest charge on bases between two arrays [line]."""
        lows = [plain + _ceilings(ceilings, most) for plain, ceilings in self.corners]
        highs = [plain + _ceilings(ceilings, least) for plain, ceilings in self.corners]
        if len(lows) == 1:
            return lows[0], highs[0]
        return np.minimum.reduce(np.broadcast_arrays(*lows)), np.maximum.reduce(np.broadcast_arrays(*highs))


def _ceilings(ceilings: tuple[tuple[float, float], ...], base: Floats) -> Any:
    return sum((np.maximum(rate - base, 0.0) * weight for rate, weight in ceilings), 0.0)


def _formula(one: Stack, place: int | None) -> Formula:
    """The formula of a stack, or of the measure at a place in it."""
    out = []
    for corner in one.corners:
        plain, ceilings = Decimal(0), []
        pairs = list(zip(corner.cases, corner.left, strict=True))
        for case, left in pairs if place is None else [pairs[place]]:
            weight = case.share * left
            if case.ceiling and weight:
                ceilings.append((float(case.rate), float(weight)))
            elif weight:
                plain += UNBOUNDED if case.rate == UNBOUNDED else case.rate * weight
        out.append((float(plain), tuple(ceilings)))
    return Formula(tuple(dict.fromkeys(out)))


@dataclass(frozen=True, slots=True)
class Charge:
    """A stack made ready for many lines: its formula, those of its measures, and their best single numbers."""

    total: Formula
    measures: tuple[tuple[str, Formula], ...]
    central: float
    central_ceilings: tuple[float, ...]


def _charge(found: tuple[Alone, ...], ways: dict[str, frozenset[str]]) -> Charge:
    one = stack(found, ways)
    best = list(zip(found, one.central, strict=True))
    return Charge(
        _formula(one, None),
        tuple((x.measure.id, _formula(one, at)) for at, x in enumerate(found)),
        float(sum((c for x, c in best if not x.central_ceiling), Decimal(0))),
        tuple(float(c) for x, c in best if x.central_ceiling and c),
    )


def _charges(
    view: View, measures: Sequence[Measure], exporter: str, groups: Groups, days: Mapping[str, date]
) -> tuple[list[Charge], NDArray[np.intp]]:
    """The distinct charges, and which of them each group has [group]; each measure on its day."""
    ways = {m.id: view.gives_way_to(m.id, exporter, days[m.id]) for m in measures}
    kept = _kept_charges(view.record.digest)
    asked: list[list[Alone | None]] = []
    kind = np.zeros((len(measures), groups.member.shape[1]), np.intp)
    for row, measure in enumerate(measures):
        kinds, kind[row] = _kinds(groups, tuple(view.scopes_of(measure.id)))
        asked.append([alone(view, measure, exporter, inside, days[measure.id]) for inside in kinds])
    columns, of_group = _distinct(kind)
    charges = []
    for column in columns.T:
        found = tuple(x for row, k in enumerate(column) if (x := asked[row][k]) is not None)
        key = tuple((x.measure.id, x.cases, x.central, x.central_ceiling, ways[x.measure.id]) for x in found)
        if key not in kept:
            kept[key] = _charge(found, ways)
        charges.append(kept[key])
    return charges, of_group


@lru_cache(maxsize=4)
def _kept_charges(digest: str) -> dict[tuple[object, ...], Charge]:
    """Charges by the measures they hold, made once: most partners have most of them in common."""
    return {}


def _kinds(groups: Groups, scopes: tuple[str, ...]) -> tuple[list[Callable[[str], bool | None]], NDArray[np.intp]]:
    """The kinds of membership of some scopes there are, and which each group is of [group]."""
    if scopes not in groups.kinds:
        rows = [groups.scopes.index(s) for s in scopes]
        unique, of_group = _distinct(groups.member[rows])
        if not rows:
            unique, of_group = np.zeros((0, 1), np.int8), np.zeros(groups.member.shape[1], np.intp)
        answers = [{s: _answer(int(x)) for s, x in zip(scopes, column, strict=True)} for column in unique.T]
        groups.kinds[scopes] = [a.__getitem__ for a in answers], of_group
    return groups.kinds[scopes]


def _spread(charges: Sequence[Charge], of: NDArray[np.intp], base_low: Floats, base_high: Floats) -> Lines:
    """Charges over the lines that have them [line], each on its own base."""
    count = len(of)
    low, high, central = np.zeros(count), np.zeros(count), np.zeros(count)
    by_measure = {name: np.zeros(count) for c in charges for name, _ in c.measures}
    finite = np.where(np.isinf(base_high), 0.0, base_high)
    order = np.argsort(of, kind="stable")
    edges = np.searchsorted(of[order], np.arange(len(charges) + 1))
    for k, one in enumerate(charges):
        at = order[edges[k] : edges[k + 1]]
        if not one.measures or not len(at):
            continue
        low[at], high[at] = one.total.bounds(base_low[at], base_high[at])
        central[at] = one.central
        for rate in one.central_ceilings:
            central[at] += np.maximum(rate - finite[at], 0.0)
        for name, formula in one.measures:
            if formula.plain is not None:
                by_measure[name][at] = formula.plain
            else:
                lo, hi = formula.bounds(base_low[at], base_high[at])
                by_measure[name][at] = np.where(lo == hi, lo, np.nan)
    return Lines(low, high, central, by_measure, base_low, base_high)


_grouped: dict[tuple[str, str, int, str], Groups] = {}


def _groups(view: View, importer: str, codes: NDArray[np.str_]) -> Groups:
    """Group the lines by every scope of the importer's tariffs; kept for the process, since many days are asked about.
    Acts not yet known on the day bring scopes that no measure then asks for."""
    mine = [m for m in view.record.measures if m.kind == "tariff" and m.imposer == importer]
    scopes = tuple(sorted({s for m in mine for s in view.scopes_of(m.id)}))
    key = (view.record.digest, "|".join(scopes), len(codes), str(codes[:1]) + str(codes[-1:]))
    if key not in _grouped:
        found = [membership(view, s, codes) for s in scopes] or [np.zeros(len(codes), np.int8)]
        _grouped[key] = Groups(scopes, *_distinct(np.stack(found)))
    return _grouped[key]


def _distinct(columns: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """The distinct columns of an array, and which each column is; far faster than sorting them."""
    seen: dict[bytes, int] = {}
    of = [seen.setdefault(column.tobytes(), len(seen)) for column in np.ascontiguousarray(columns.T)]
    _, first = np.unique(of, return_index=True)
    return columns[:, first], np.array(of, np.intp)


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
