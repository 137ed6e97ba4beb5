"""A file of trade beside what was promised: read it, say every fault at once, and count it by group and year.

The text of a commitment may let two sides of the statistics judge: the exports of the seller and the imports of the
buyer. They differ, and so do the bases; each is counted apart and both are shown where the file has both. A year that
the file covers in part is held against the whole year unless it is asked to be cut (`pro_rate`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from detente import record as r
from detente.questions import answers as a
from detente.terms import FaultList, InputFault, adjective, did_you_mean, economy

COLUMNS = ("reporter", "partner", "period", "value")
GOODS = ("group", "hs")
_UNITS = {"USD": ("USD bn", Decimal("1e-9")), "USD m": ("USD bn", Decimal("1e-3")), "USD bn": ("USD bn", Decimal(1))}
_UNITS |= {"t": ("Mt", Decimal("1e-6")), "Mt": ("Mt", Decimal(1))}
_PERIOD = re.compile(r"(\d{4})(?:-(\d{2}))?\Z")
_NUMBER = re.compile(r"\d+(\.\d+)?([eE][+-]?\d+)?\Z")
_MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file: `start` and `until` (exclusive) are first days of months; `amount` is in `unit`."""

    line: int
    reporter: str
    partner: str
    group: str | None
    hs: str | None
    start: date
    until: date
    amount: Decimal
    unit: str


def read_trade(file: str) -> list[Row]:
    """The rows of a trade file; raises `InputFault` with every fault, its line and what is allowed."""
    faults = FaultList()
    path = Path(file)
    if not path.is_file():
        faults.add("trade", f"There is no file '{file}'.", allowed="a CSV file")
        faults.raise_if_any()
    if path.stat().st_size > _MOST_BYTES:
        faults.add(file, f"The file holds {path.stat().st_size:,} bytes.", 1, f"at most {_MOST_BYTES:,}")
        faults.raise_if_any()
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        faults.add(file, "The file is not UTF-8 text.", 1, "a CSV file in UTF-8")
        faults.raise_if_any()
    numbered = [(n, x) for n, x in enumerate(lines, 1) if x.strip() and not x.lstrip().startswith("#")]
    if not numbered:
        faults.add(file, "The file is empty.", 1, _allowed_columns())
        faults.raise_if_any()
    names = [c.strip().casefold() for c in next(csv.reader([numbered[0][1]]))]
    _check_columns(names, file, numbered[0][0], faults)
    faults.raise_if_any()
    rows = [row for n, text in numbered[1:] if (row := _row(names, text, file, n, faults)) is not None]
    _check_overlaps(rows, file, faults)
    if not rows and not faults:
        faults.add(file, "The file has a heading and no rows.", numbered[0][0])
    faults.raise_if_any()
    return rows


def _allowed_columns() -> str:
    return "reporter, partner, group or hs, period, value, and optionally unit"


def _check_columns(names: list[str], file: str, line: int, faults: FaultList) -> None:
    known = (*COLUMNS, *GOODS, "unit")
    for name in names:
        if name not in known:
            faults.add(file, f"The column '{name}' is not known.{did_you_mean(name, known)}", line, _allowed_columns())
    for name in known:
        if names.count(name) > 1:
            faults.add(file, f"The column '{name}' stands twice.", line)
    for name in COLUMNS:
        if name not in names:
            faults.add(file, f"The column '{name}' is missing.", line, _allowed_columns())
    if not set(GOODS) & set(names):
        faults.add(file, "A column 'group' or 'hs' is missing.", line, _allowed_columns())


def _row(names: list[str], text: str, file: str, line: int, faults: FaultList) -> Row | None:
    cells = [c.strip() for c in next(csv.reader([text]))]
    if len(cells) != len(names):
        why = " A decimal comma or a thousands comma splits a number." if len(cells) > len(names) else ""
        faults.add(file, f"{len(cells)} values stand in {len(names)} columns.{why}", line)
        return None
    got = dict(zip(names, cells, strict=True))
    before = len(faults.faults)
    reporter, partner = (_economy(got[k], k, file, line, faults) for k in ("reporter", "partner"))
    span = _period(got["period"], file, line, faults)
    unit = _unit(got.get("unit") or "USD", file, line, faults)
    amount = _amount(got["value"], file, line, faults)
    group, hs = got.get("group") or None, (got.get("hs") or "").replace(".", "") or None
    if (group is None) == (hs is None):
        faults.add(file, "A row names its goods by 'group' or by 'hs'.", line, "one of the two")
    if hs is not None and not (hs.isdigit() and 2 <= len(hs) <= 10):
        faults.add(file, f"'{got['hs']}' is not a product code.", line, "2 to 10 digits")
    if len(faults.faults) > before or span is None or unit is None or amount is None:
        return None
    return Row(line, reporter, partner, group and group.casefold(), hs, *span, amount * unit[1], unit[0])


def _economy(name: str, column: str, file: str, line: int, faults: FaultList) -> str:
    try:
        return economy(name)
    except InputFault as fault:
        faults.add(file, f"{column}: {fault.faults[0].message}", line, fault.faults[0].allowed)
        return ""


def _period(text: str, file: str, line: int, faults: FaultList) -> tuple[date, date] | None:
    ends = [_PERIOD.match(x) for x in text.split("/")]
    try:
        if len(ends) > 2:
            raise ValueError
        first, last = ends[0], ends[-1]
        if first is None or last is None:
            raise ValueError
        start = date(int(first[1]), int(first[2] or 1), 1)
        until = _next_month(date(int(last[1]), int(last[2] or 12), 1))
        if until <= start:
            raise ValueError
    except ValueError:
        allowed = "YYYY or YYYY-MM, or two of them as FIRST/LAST"
        faults.add(file, f"'{text}' is not a period.", line, allowed)
        return None
    return start, until


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _unit(text: str, file: str, line: int, faults: FaultList) -> tuple[str, Decimal] | None:
    found = _UNITS.get(text)
    if found is None:
        faults.add(file, f"'{text}' is not a unit.{did_you_mean(text, _UNITS)}", line, ", ".join(_UNITS))
    return found


def _amount(text: str, file: str, line: int, faults: FaultList) -> Decimal | None:
    try:
        if not _NUMBER.match(text):
            raise InvalidOperation
        return Decimal(text)
    except InvalidOperation:
        why = " A decimal comma is not read." if re.fullmatch(r"\d+,\d+", text) else ""
        empty = " An unknown value is left out with its row." if not text else ""
        allowed = "a number of at least 0 with a decimal point and no thousands marks"
        faults.add(file, f"'{text}' is not a value.{why}{empty}", line, allowed)
        return None


def _check_overlaps(rows: Sequence[Row], file: str, faults: FaultList) -> None:
    last: dict[tuple[str, str, str, str], Row] = {}
    for row in sorted(rows, key=lambda x: (x.start, x.line)):
        key = (row.reporter, row.partner, row.group or row.hs or "", row.unit)
        earlier = last.get(key)
        if earlier is not None and row.start < earlier.until:
            one, two = sorted((earlier.line, row.line))
            faults.add(file, f"This period of {key[2]} is already in line {one}.", two, "each period once")
        last[key] = row


def count_trade(
    view: r.View, owings: Sequence[r.Owing], rows: Sequence[Row], file: str, pro_rate: bool = False
) -> list[a.TradeCount]:
    """The file counted against every commitment it bears on; raises `InputFault` for rows that bear on none."""
    able = [o for o in owings if o.commitment.parts or o.commitment.codes]
    faults = FaultList()
    if not able:
        faults.add("trade", "No commitment of this dispute is counted by group or by product code.")
    for row in rows if able else ():
        _check_place(row, able, file, faults)
    faults.raise_if_any()
    counts: list[a.TradeCount] = []
    for owing in able:
        for basis in ("exports", "imports"):
            mine = [x for x in rows if _bears(x, owing) and _basis(x, owing) == basis]
            if mine:
                counts.append(_count(view, owing, basis, mine, pro_rate))
    return counts


def _check_place(row: Row, able: Sequence[r.Owing], file: str, faults: FaultList) -> None:
    pairs = {frozenset((o.commitment.by, o.commitment.to)) for o in able}
    if frozenset((row.reporter, row.partner)) not in pairs:
        named = " or ".join(" and ".join(sorted(p)) for p in sorted(pairs, key=sorted))
        faults.add(file, f"No purchase between {row.reporter} and {row.partner} was promised.", row.line, named)
        return
    groups = list(dict.fromkeys(g for o in able for g in r.group_names(o.commitment)))
    if row.group is not None and row.group not in groups:
        faults.add(file, f"'{row.group}' is no group.{did_you_mean(row.group, groups)}", row.line, ", ".join(groups))
        return
    if row.hs is not None and not any(_names(row, o) for o in able):
        codes = ", ".join(dict.fromkeys(c for o in able for c in o.commitment.codes))
        message = f"No commitment in the record names its goods by a code that holds {row.hs}."
        faults.add(file, message, row.line, codes or "groups")
        return
    fitting = [o for o in able if _names(row, o)]
    if not any(_bears(row, o) for o in fitting):
        spans = "; ".join(f"{o.commitment.from_} until {o.commitment.due or 'open'}" for o in fitting)
        units = ", ".join(dict.fromkeys(_unit_of(o) for o in fitting))
        faults.add(
            file, f"The period or unit ({row.unit}) lies outside what was promised.", row.line, f"{spans} ({units})"
        )


def _names(row: Row, owing: r.Owing) -> bool:
    owed = owing.commitment
    if row.group is not None:
        return row.group in r.group_names(owed)
    return any((row.hs or "").startswith(c) for c in owed.codes)


def _unit_of(owing: r.Owing) -> str:
    owed = owing.commitment
    return owed.parts[0].unit if owed.parts else owed.quantity.unit if owed.quantity else ""


def _bears(row: Row, owing: r.Owing) -> bool:
    owed = owing.commitment
    inside = row.start >= owed.from_ and (owed.due is None or row.until <= owed.due)
    return (
        {row.reporter, row.partner} == {owed.by, owed.to}
        and _names(row, owing)
        and inside
        and (row.unit == _unit_of(owing))
    )


def _basis(row: Row, owing: r.Owing) -> str:
    """Exports where the seller reports. The party that owes purchases buys."""
    return "exports" if row.reporter == owing.commitment.to else "imports"


def _count(view: r.View, owing: r.Owing, basis: str, rows: Sequence[Row], pro_rate: bool) -> a.TradeCount:
    owed = owing.commitment
    who = owed.to if basis == "exports" else owed.by
    side: r.Side = "exports" if basis == "exports" else "imports"
    return a.TradeCount(
        commitment=owed.id,
        basis=basis,
        side=f"{adjective(who)} {basis}",
        accepted=None if not owed.accepts else basis in owed.accepts,
        unit=_unit_of(owing),
        rows=len(rows),
        lines=list(_lines(view, owed, side, rows, pro_rate)),
    )


def _lines(
    view: r.View, owed: r.Commitment, side: r.Side, rows: Sequence[Row], pro_rate: bool
) -> Iterator[a.TradeCountLine]:
    spans = sorted({(p.from_, p.until) for p in owed.parts}) or [(owed.from_, owed.due or date.max)]
    whole = [(owed.from_, owed.due or date.max)] if len(spans) > 1 else []
    for start, until in [*spans, *whole]:
        for group in r.group_names(owed) or ["all"]:
            goal = r.target(view, owed, group, start, until, side)
            found = _amount_of(owed, group, [x for x in rows if x.start >= start and x.until <= until])
            if goal is not None and found is not None:
                yield _line(goal, found, pro_rate)


@dataclass(frozen=True, slots=True)
class _Found:
    amount: Decimal
    months: frozenset[date]


def _amount_of(owed: r.Commitment, group: str, rows: Sequence[Row]) -> _Found | None:
    """What the file says of a group: its own rows, else the sum of the groups below if none of them is missing."""
    own = [x for x in rows if x.group == group or (x.hs is not None and not owed.parts)]
    if own:
        return _Found(sum((x.amount for x in own), Decimal(0)), frozenset(m for x in own for m in _months(x)))
    below = r.components(owed, group)
    found = [_amount_of(owed, name, rows) for name in below]
    known = [f for f in found if f is not None]
    if not known or len(known) < len(found) or len({f.months for f in known}) > 1:
        return None
    return _Found(sum((f.amount for f in known), Decimal(0)), known[0].months)


def _months(row: Row) -> Iterator[date]:
    day = row.start
    while day < row.until:
        yield day
        day = _next_month(day)


def _line(goal: r.Target, found: _Found, pro_rate: bool) -> a.TradeCountLine:
    span = Row(0, "", "", None, None, goal.start, goal.until, Decimal(0), "")
    months = len(list(_months(span)))
    covered = len(found.months)
    cut = Decimal(covered) / months if pro_rate else Decimal(1)
    whole = None if goal.goal is None else goal.goal * cut
    return a.TradeCountLine(
        group=goal.group,
        from_=goal.start,
        until=goal.until,
        months_covered=covered,
        months=months,
        pro_rated=pro_rate and covered < months,
        bought=float(found.amount),
        extra=float(goal.extra * cut),
        base=None if goal.base is None else float(goal.base * cut),
        goal=None if whole is None else float(whole),
        share=None if not whole else float(found.amount / whole),
        short_by=None if whole is None else float(whole - found.amount),
        over_base=None if goal.base is None else float(found.amount - goal.base * cut),
    )
