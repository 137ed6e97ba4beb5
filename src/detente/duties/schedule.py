"""Every line of the tariff schedule at once, for one partner or for all.

Lines that belong to the same scopes pay the same, so lines are grouped by membership. A measure is asked once for each
kind of membership of its own scopes and each class of partners its acts treat alike; what groups and partners have in
common is stacked once. What a line pays comes from the same code as a single product's; only the base, which differs
from line to line, is taken off ceilings here.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from importlib.util import find_spec
from math import isnan
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

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
MOST_KEPT, LINES_AT_ONCE = 50_000, 1_000
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Groups:
    """Lines grouped by the scopes they belong to: `scopes` name the rows of `member` [scope, group], and `of` [line] is
    the group. What is asked for again is kept: `kinds` of membership of sets of scopes, `columns` of kinds that several
    measures have together, and what a measure is `alone` on each kind."""

    scopes: tuple[str, ...]
    member: NDArray[np.int8]
    of: NDArray[np.intp]
    kinds: dict[tuple[str, ...], tuple[list[Callable[[str], bool | None]], NDArray[np.intp]]] = field(
        default_factory=dict
    )
    columns: dict[tuple[tuple[str, ...], ...], Columns] = field(default_factory=dict)
    alone: WeakKeyDictionary[View, dict[tuple[object, ...], list[Alone | None]]] = field(
        default_factory=WeakKeyDictionary
    )


@dataclass(frozen=True, slots=True)
class Columns:
    """The distinct kinds that measures have together on a group, `kind` [measure, column]; `of` [line] is the column,
    and the lines of a column are `order[edges[k] : edges[k + 1]]`."""

    kind: NDArray[np.intp]
    of: NDArray[np.intp]
    order: NDArray[np.intp]
    edges: NDArray[np.intp]

    def lines(self, k: int) -> NDArray[np.intp]:
        """The lines of one column."""
        return self.order[self.edges[k] : self.edges[k + 1]]


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
        high = np.where(np.isinf(self.high), np.nan, self.high)
        rates = [self.base, *self.by_authority.values(), self.additional, self.low, high, self.total, self.known]
        with Path(path).open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle, lineterminator="\n").writerow(self.names)
            for first in range(0, len(self.code), LINES_AT_ONCE):
                some = slice(first, first + LINES_AT_ONCE)
                starts = (f"{code},{partner}," for code in self.code[some].tolist() for partner in self.partner)
                handle.writelines(map(add, starts, _in_words([x[some].ravel() for x in rates])))

    def to_parquet(self, path: str | Path) -> None:
        """Write the panel as Parquet; raises `InputFault` where pyarrow is not installed."""
        if find_spec("pyarrow") is None:
            message = "Parquet needs pyarrow, which is not installed."
            raise InputFault([Fault("panel", message, allowed="a file that ends in .csv")])
        self.to_frame().to_parquet(path, index=False)


def _in_words(columns: Sequence[NDArray[Any]]) -> Iterator[str]:
    """Numbers, the last true or false, as ends of rows. Few sets of them differ: each is put in words once."""
    sets, of = _distinct(np.stack(columns))
    words = []
    for *rates, known in sets.T.tolist():
        words.append(",".join(["" if isnan(x) else f"{x:.6g}" for x in rates] + [str(known == 1)]) + "\n")
    return map(words.__getitem__, of.tolist())


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
    shape = (len(names), len(codes))  # partners apart in memory, as they are filled one by one
    by_authority = {a: np.zeros(shape).T for a in authorities}
    low, high, base = np.zeros(shape).T, np.zeros(shape).T, np.zeros(shape).T
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
) -> Lines:
    """Additional duties of `importer` on goods from `exporter` by line, `on` a day (default: that of the view), with
    the measures of the authorities in `without` left out. `codes` are ten digits in order."""
    day = on or view.on
    groups = _groups(view, importer, codes)
    measures = [m for m in tariffs(view, importer, exporter) if m.authority not in without]
    columns = _columns(groups, tuple(tuple(view.scopes_of(m.id)) for m in measures))
    charges = _charges(view, measures, exporter, groups, columns, day)
    low, high = base_rates(codes, exporter)
    return _spread(charges, columns, low, high)


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


@dataclass(frozen=True)
class Formula:
    """What a stack, or one measure of it, charges on any base: for each way things can turn out a sum of plain rates,
    and ceilings with the share of the value they stand on."""

    corners: tuple[tuple[float, tuple[tuple[float, float], ...]], ...]

    @cached_property
    def fixed(self) -> tuple[float, float] | None:
        """Lowest and highest charge where they are the same on every base."""
        if any(ceilings for _, ceilings in self.corners):
            return None
        return min(plain for plain, _ in self.corners), max(plain for plain, _ in self.corners)

    def bounds(self, least: Floats, most: Floats) -> tuple[Any, Any]:
        """Lowest and highest charge on bases between two arrays [line]."""
        lows = [plain + _ceilings(ceilings, most) for plain, ceilings in self.corners]
        highs = [plain + _ceilings(ceilings, least) for plain, ceilings in self.corners]
        if len(lows) == 1:
            return lows[0], highs[0]
        return np.minimum.reduce(np.broadcast_arrays(*lows)), np.maximum.reduce(np.broadcast_arrays(*highs))


NOTHING = Formula(((0.0, ()),))


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


@dataclass(frozen=True)
class Charge:
    """A stack made ready for many lines: its formula, those of its measures, and their best single numbers."""

    total: Formula
    measures: tuple[tuple[str, Formula], ...]
    central: float
    central_ceilings: tuple[float, ...]

    @cached_property
    def of(self) -> dict[str, Formula]:
        """The formulas by measure."""
        return dict(self.measures)


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
    view: View, measures: Sequence[Measure], exporter: str, groups: Groups, columns: Columns, day: date
) -> list[Charge]:
    """The charge of each column."""
    ways = {m.id: view.gives_way_to(m.id, exporter, day) for m in measures}
    kept = _kept()
    asked = [_alone(view, m, exporter, groups, day) for m in measures]
    signs = np.zeros_like(columns.kind)
    for row, (found, measure) in enumerate(zip(asked, measures, strict=True)):
        signs[row] = np.array([kept.sign(x, ways[measure.id]) for x in found])[columns.kind[row]]
    out = []
    for kinds, key in zip(columns.kind.T, np.ascontiguousarray(signs.T), strict=True):
        if (name := key.tobytes()) not in kept.charges:
            there = tuple(x for row, k in zip(asked, kinds, strict=True) if (x := row[k]) is not None)
            kept.charges[name] = _charge(there, ways)
        out.append(kept.charges[name])
    return out


def _alone(view: View, measure: Measure, exporter: str, groups: Groups, day: date) -> list[Alone | None]:
    """A measure alone on each kind of membership of its scopes, asked once for partners that its acts treat alike."""
    scopes = tuple(view.scopes_of(measure.id))
    exempt = view.share_exempt(measure.id, exporter, day)
    key = (measure.id, view.reach_key(measure.id, exporter), exempt, day)
    seen = groups.alone.setdefault(view, {})
    if key not in seen:
        seen[key] = [alone(view, measure, exporter, inside, day) for inside in _kinds(groups, scopes)[0]]
    return seen[key]


@dataclass(frozen=True, slots=True)
class _Kept:
    """Charges made once, by the signs of the measures they hold: most partners have most of them in common."""

    signs: dict[tuple[object, ...], int] = field(default_factory=dict)
    charges: dict[bytes, Charge] = field(default_factory=dict)

    def sign(self, one: Alone | None, ways: frozenset[str]) -> int:
        """A number for what a measure charges and gives way to; 0 for one that has nothing to do with the goods."""
        if one is None:
            return 0
        key = (one.measure.id, one.cases, one.central, one.central_ceiling, ways)
        return self.signs.setdefault(key, len(self.signs) + 1)


_charges_kept = _Kept()


def _kept() -> _Kept:
    """What is kept for the process: a charge hangs on nothing but its key, whatever record it is of."""
    if len(_charges_kept.charges) > MOST_KEPT:
        _charges_kept.signs.clear()
        _charges_kept.charges.clear()
    return _charges_kept


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


def _columns(groups: Groups, scopes: tuple[tuple[str, ...], ...]) -> Columns:
    """The distinct kinds that measures with these scopes have together."""
    if scopes not in groups.columns:
        kind = np.zeros((len(scopes), groups.member.shape[1]), np.intp)
        for row, names in enumerate(scopes):
            kind[row] = _kinds(groups, names)[1]
        distinct, of_group = _distinct(kind)
        of = of_group[groups.of]
        order = np.argsort(of, kind="stable")
        edges = np.searchsorted(of[order], np.arange(distinct.shape[1] + 1))
        groups.columns[scopes] = Columns(distinct, of, order, edges)
    return groups.columns[scopes]


def _spread(charges: Sequence[Charge], columns: Columns, base_low: Floats, base_high: Floats) -> Lines:
    """Charges over the lines that have them [line], each on its own base."""
    low, high = _bounds([c.total for c in charges], columns, base_low, base_high)
    central = np.array([c.central for c in charges])[columns.of]
    finite = np.where(np.isinf(base_high), 0.0, base_high)
    for k, one in enumerate(charges):
        for rate in one.central_ceilings:
            at = columns.lines(k)
            central[at] += np.maximum(rate - finite[at], 0.0)
    names = dict.fromkeys(name for one in charges for name, _ in one.measures)
    formulas = {name: [one.of.get(name, NOTHING) for one in charges] for name in names}
    by_measure = {}
    for name, each in formulas.items():
        least, most = _bounds(each, columns, base_low, base_high)
        by_measure[name] = least if least is most else np.where(least == most, least, np.nan)
    return Lines(low, high, central, by_measure, base_low, base_high)


def _bounds(
    formulas: Sequence[Formula], columns: Columns, base_low: Floats, base_high: Floats
) -> tuple[Floats, Floats]:
    """Lowest and highest charge [line] of the formulas of the columns; one array where they never differ."""
    fixed = [f.fixed for f in formulas]
    ends = np.array([f or (np.nan, np.nan) for f in fixed]).reshape(-1, 2)
    low = ends[columns.of, 0]
    moving = [k for k, f in enumerate(fixed) if f is None]
    if not moving and np.array_equal(ends[:, 0], ends[:, 1]):
        return low, low
    high = ends[columns.of, 1]
    for k in moving:
        at = columns.lines(k)
        low[at], high[at] = formulas[k].bounds(base_low[at], base_high[at])
    return low, high


_grouped: dict[tuple[str, str, int, str], Groups] = {}


def _groups(view: View, importer: str, codes: NDArray[np.str_]) -> Groups:
    """Group the lines by every scope of the importer's tariffs; kept for the process, since many days are asked about.
    Acts not yet known on the day bring scopes that no measure then asks for."""
    mine = {m.id: m.goods for m in view.record.measures if m.kind == "tariff" and m.imposer == importer}
    changes = [c for i in view.record.instruments for c in i.changes if c.measure in mine]
    named = {*mine.values(), *(c.goods for c in changes), *(c.exempt for c in changes)}
    scopes = tuple(sorted(s for s in named if s and s != "all"))
    ends = str(codes[:1]) + str(codes[-1:])
    key = (view.record.digest, "|".join(scopes), len(codes), ends)
    if key not in _grouped:
        found = [_member(view, s, codes, ends) for s in scopes] or [np.zeros(len(codes), np.int8)]
        _grouped[key] = Groups(scopes, *_distinct(np.stack(found)))
    return _grouped[key]


_members: dict[tuple[object, ...], NDArray[np.int8]] = {}


def _member(view: View, scope: str, codes: NDArray[np.str_], ends: str) -> NDArray[np.int8]:
    """Membership of a scope, found once for a list that several records hold."""
    if not view.has_codes(scope):
        return membership(view, scope, codes)
    key = (len(codes), ends, frozenset(view.record.codes[scope].items()))
    if key not in _members:
        _members[key] = membership(view, scope, codes)
    return _members[key]


def _distinct(columns: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """The distinct columns of an array, and which each column is; far faster than sorting them."""
    rows = np.ascontiguousarray(columns.T)
    if not rows.shape[1]:
        return columns[:, :1], np.zeros(len(rows), np.intp)
    whole = rows.view(np.dtype((np.void, rows.shape[1] * rows.itemsize))).ravel().tolist()
    place = {column: k for k, column in enumerate(dict.fromkeys(whole))}
    of = np.array([place[column] for column in whole], np.intp)
    first = np.zeros(len(place), np.intp)
    first[of[::-1]] = np.arange(len(of))[::-1]
    return columns[:, first], of


def membership(view: View, scope: str, codes: NDArray[np.str_]) -> NDArray[np.int8]:
    """Membership [line] of a scope: 1 in, 0 out, 2 not known. Codes are ten digits in order."""
    if not view.has_codes(scope):
        return np.full(len(codes), OUT if view.covers(scope, "0000000000") is False else OPEN, np.int8)
    listed = view.record.codes[scope]
    out = np.full(len(codes), _number(listed.get("*", False)), np.int8)
    prefixes = sorted((p for p in listed if p != "*"), key=len)
    bounds = np.searchsorted(codes, np.array([[p, p + "~"] for p in prefixes], str).reshape(-1, 2))
    for prefix, (first, last) in zip(prefixes, bounds.tolist(), strict=True):
        out[first:last] = _number(listed[prefix])
    return out


def _number(inside: bool | None) -> int:
    return OPEN if inside is None else IN if inside else OUT


def _answer(number: int) -> bool | None:
    return None if number == OPEN else number == IN
