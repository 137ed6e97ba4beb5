"""The second entry of every number and day of the shipped records.

    python scripts/ledger.py              # what differs between the records and the ledger
    python scripts/ledger.py --accept     # write the ledger anew, after looking at the difference

A rate, a sign or a day of the record is entered twice on purpose: in the YAML, and as a row of
`tests/record/ledger/<dispute>.csv` with the entry, the way to the value inside it, and the value as the record reads
it. A slip of the hand in one shows against the other. Where a dated fact of the research data says the same of the
same thing, the row names it in `fact`, and a test looks the value up there; the other rows rest on the second entry
alone. A row keeps its fact as long as that holds; for new rows the facts at hand are searched.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel

from detente.record.entries import FOLDED, STACKING, Change
from detente.record.files import SHIPPED
from detente.record.folder import Loaded, load_folder
from detente.terms import InputFault, economy

ROOT = Path(__file__).parents[1]
LEDGER = ROOT / "tests" / "record" / "ledger"
FACTS = Path(os.environ.get("DETENTE_SHARED", ROOT.parent / "shared")) / "facts"
COLUMNS = ("part", "id", "where", "value", "fact")

Key = tuple[str, str, str]


class Row(NamedTuple):
    """One dated or rated statement: the part of the record, the entry, the way to the value, and the value."""

    part: str
    id: str
    where: str
    value: str
    fact: str = ""

    @property
    def key(self) -> Key:
        """What the row is a statement of."""
        return self.part, self.id, self.where


def records() -> dict[str, Path]:
    """The folders that are shipped, by name: the disputes, and what they share."""
    return {p.name: p for p in sorted(SHIPPED.iterdir()) if (p / "dispute.yaml").is_file()}


def statements(loaded: Loaded) -> list[Row]:
    """Every dated or rated statement of a record, in the order of its files; not of what it takes from others."""
    header = loaded.header
    rows = [Row("dispute", header.id, "covered_through", header.covered_through.isoformat())] if header else []
    for part, entries in loaded.entries.items():
        for entry in entries:
            if header is None or loaded.places[part, entry.id].path.startswith(f"{header.id}/"):
                rows += of_entry(part, entry)
    return rows


def of_entry(part: str, entry: Any) -> list[Row]:
    """The statements of one entry."""
    return [Row(part, entry.id, where, value) for where, value in _walk(entry, "")]


def _walk(thing: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(thing, Change):
        yield f"{where}.{_operation(thing)}", _said(thing)
    if isinstance(thing, date | Decimal):
        yield where, thing.isoformat() if isinstance(thing, date) else f"{thing.normalize():f}"
    elif isinstance(thing, BaseModel):
        for name in type(thing).model_fields:
            if name not in FOLDED:
                yield from _walk(getattr(thing, name), f"{where}.{name.rstrip('_')}".lstrip("."))
    elif isinstance(thing, list):
        for index, part in enumerate(thing):
            yield from _walk(part, f"{where}[{index + 1}]")


def _operation(change: Change) -> str:
    return next(k for k in (*FOLDED, *STACKING) if getattr(change, k) is not None)


def _said(change: Change) -> str:
    """What a change says, as the record reads it: a rate in percent, points, words, or the acts it names."""
    if change.set is not None:
        if change.set.rate is None:
            return str(change.set.state)
        return f"{_hundred(change.set.rate)}%{' total' if change.set.ceiling else ''}"
    if change.exempt is not None:
        return change.exempt
    for way in (change.not_on_goods_subject_to, change.also_on_goods_subject_to):
        if way is not None:
            return " ".join(way)
    named = change.suspend or change.revoke
    assert named is not None
    if change.suspend is not None and change.suspend.points is not None:
        return f"{_hundred(change.suspend.points)}pp"
    return "all" if named.everything else " ".join(named.instruments)


def _hundred(fraction: Decimal) -> str:
    return f"{(fraction * 100).normalize():f}"


def kept(dispute: str) -> list[Row]:
    """The ledger of a dispute; empty where there is none."""
    file = LEDGER / f"{dispute}.csv"
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        return [Row(**row) for row in csv.DictReader(lines)]


def differences(found: list[Row], ledger: list[Row]) -> list[str]:
    """What the record says and the ledger does not, and the other way round; every row by name."""
    read = {row.key: row.value for row in found}
    entered = {row.key: row.value for row in ledger}
    out = [f"in the ledger and not in the record: {_named(key, entered[key])}" for key in entered if key not in read]
    for key, value in read.items():
        if key not in entered:
            out.append(f"in the record and not in the ledger: {_named(key, value)}")
        elif value != entered[key]:
            out.append(f"the record says {_named(key, value)}, the ledger {entered[key]}")
    if len(read) != len(found) or len(entered) != len(ledger):
        out.append("a statement stands twice")
    return out


def _named(key: Key, value: str) -> str:
    return f"{' '.join(key)} = {value}"


Fact = dict[str, Any]


@cache
def facts() -> dict[str, Fact]:
    """The dated facts of the research data by id; none where they are not at hand."""
    lines = [line for file in sorted(FACTS.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]
    return {fact["id"]: fact for fact in map(json.loads, lines)}


def holds(fact: Fact, row: Row, days: set[str]) -> bool:
    """True when a fact says what a row says: the day itself; or the rate, together with one of the `days` of the
    statement it belongs to."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", row.value):
        wanted = [row.value]
        if row.part == "talks" and row.where.endswith("until"):  # exclusive here, the last day there
            wanted.append((date.fromisoformat(row.value) - timedelta(days=1)).isoformat())
        return any(day in _days(fact["id"]) for day in wanted)
    number = re.fullmatch(r"(\d+(?:\.\d+)?)(%|pp|% total|)", row.value)
    if number is None or not days & _days(fact["id"]):
        return False
    unit = {"pp": r"\s?(?:pp|points?|%| of)", "": r"(?![\d.,]*\d)"}.get(number[2], r"\s?%")
    return re.search(rf"(?<![\d.,]){re.escape(number[1])}{unit}", _text(fact["id"])) is not None


_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
_IN_WORDS = re.compile(r"\b(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*(?: (20\d\d))?")


@cache
def _text(fact: str) -> str:
    keys = ("rate_or_term", "scope", "instrument", "source", "note")
    return "; ".join(str(facts()[fact][key]) for key in keys)


@cache
def _days(fact: str) -> frozenset[str]:
    """The days a fact names; a day without a year is of the years of its dates."""
    dated = {str(facts()[fact][key]) for key in ("announced", "effective", "ends")}
    years = {day[:4] for day in dated if day[:2] == "20"}
    found = dated | set(re.findall(r"20\d\d-\d\d-\d\d", _text(fact)))
    for day, month, year in _IN_WORDS.findall(_text(fact)):
        found |= {f"{y}-{_MONTHS.index(month) // 3 + 1:02d}-{int(day):02d}" for y in ([year] if year else years)}
    return frozenset(found)


_KINDS = {
    "talks": {"talks", "call", "leaders-meeting"},
    "claims": {"accusation", "response", "threat", "announcement"},
    "arrangements": {"truce", "agreement", "commitment"},
}
_NOT_ACTS = {"official", "data-point", *(k for kinds in _KINDS.values() for k in kinds)}
_ACTORS = {"USA": "US", "CHN": "CN", "CAN": "CA", "EU": "EU"}


def linked(part: str, entry: Any) -> list[Fact]:
    """The facts about an entry: those that name its number, else those of its kind, party and first day."""
    named = _numbers(entry)
    if part == "officials":
        return [f for f in facts().values() if f["kind"] == "official" and entry.name in str(f)]
    by_number = [f for f in facts().values() if f["kind"] not in ("official", "data-point") and _names(f, named)]
    if by_number or part not in ("instruments", *_KINDS):
        return by_number
    days = {value for where, value in _walk(entry, "") if where.split(".")[-1] in ("announced", "published", "from")}
    by = _ACTORS.get(getattr(entry, "by", ""), "")
    same = [f for f in facts().values() if days & {f["announced"], f["effective"]} and by in ("", f["actor"])]
    if part == "instruments":
        return [f for f in same if f["kind"] not in _NOT_ACTS]
    return [f for f in same if f["kind"] in _KINDS[part]]


def _numbers(entry: Any) -> list[Callable[[str], object]]:
    """Ways to find the number of an act in a text: an order's, a page of the journal, a ministry's of a year."""
    words = " ".join(str(getattr(entry, key, None) or "") for key in ("id", "number", "cites", "document", "act"))
    long = {n for n in re.findall(r"(?<!\d)\d{4,6}(?!\d)", words) if not 1990 <= int(n) <= 2040}
    found: list[Callable[[str], object]] = [re.compile(rf"(?<![\d.]){n}(?![\d.])").search for n in sorted(long)]
    for agency, year, number in re.findall(r"\bcn-(tc|mofcom|uel|mot)-(20\d\d)-(\d{1,2})(?![-\d])", words):
        name = {"tc": "Tariff Commission", "mofcom": "MOFCOM", "uel": "[Uu]nreliable", "mot": "[Tt]ransport"}[agency]
        found.append(re.compile(rf"{name}.*\bNos?\.? [^;]*\b{number}\b[^;]*{year}").search)
    return found


def _names(fact: Fact, numbers: list[Callable[[str], object]]) -> bool:
    return any(number(_text(fact["id"])) for number in numbers)


def confirmed(entry: Any, row: Row, about: list[Fact]) -> str:
    """The facts `about` an entry that say what a row says, by id; for a rate of several partners one for each of them,
    or nothing."""
    days, partners = around(entry, row)
    candidates = [f for f in about if holds(f, row, days)]
    general = [f for f in candidates if f["kind"] != "country-rate"]
    if re.fullmatch(r"\d{4}-.*", row.value) and candidates:
        return str((general or candidates)[0]["id"])
    by_partner = {_economy(f["target"]): f["id"] for f in reversed(candidates) if f["kind"] == "country-rate"}
    if partners and all(p in by_partner for p in partners):
        return " ".join(by_partner[p] for p in partners)
    return str(general[0]["id"]) if general else ""


def _economy(code: str) -> str:
    try:
        return economy(code)
    except InputFault:
        return code


def around(entry: Any, row: Row) -> tuple[set[str], list[str]]:
    """The days of the change (or else of the entry) a row belongs to, and the partners it is on."""
    change = re.match(r"changes\[(\d+)\]", row.where)
    days = {getattr(entry, key, None) for key in ("published", "announced")}
    partners: list[str] = []
    if change:
        one = entry.changes[int(change[1]) - 1]
        days = {one.from_} if one.set is not None else {*days, one.from_}
        partners = one.on or []
    return {day.isoformat() for day in days if day}, partners


def renewed(loaded: Loaded, ledger: list[Row]) -> list[Row]:
    """The ledger as the record is now. A fact stays while its row does and it still holds, or is not at hand."""
    before = {row.key: row for row in ledger}
    about: dict[tuple[str, str], list[Fact]] = {}
    out = []
    for row in statements(loaded):
        old = before.get(row.key)
        stays = old.fact if old and old.value == row.value else ""
        if facts() and row.part != "dispute" and not (stays and refuted(loaded, row._replace(fact=stays)) is None):
            entry = entry_of(loaded, row)
            key = row.part, row.id
            about[key] = about[key] if key in about else linked(row.part, entry)
            stays = confirmed(entry, row, about[key])
        out.append(row._replace(fact=stays))
    return out


def entry_of(loaded: Loaded, row: Row) -> Any:
    """The entry a row is a statement of."""
    return next(entry for entry in loaded.entries[row.part] if entry.id == row.id)


def refuted(loaded: Loaded, row: Row) -> str | None:
    """What is wrong with the facts a row names; None where each is there and says what the row says."""
    days, _ = around(entry_of(loaded, row), row)
    for name in row.fact.split():
        if name not in facts():
            return f"there is no fact {name}"
        if not holds(facts()[name], row, days):
            return f"{name} does not say {_named(row.key, row.value)}"
    return None


def write(dispute: str, rows: list[Row]) -> None:
    """Write the ledger of a dispute."""
    LEDGER.mkdir(exist_ok=True)
    with (LEDGER / f"{dispute}.csv").open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle, lineterminator="\n")
        out.writerow(COLUMNS)
        out.writerows(rows)


def main() -> int:
    """Show the difference, or write it; 1 where there is one left."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--accept", action="store_true", help="write the ledger as the records are now")
    parser.add_argument("disputes", nargs="*", help="default: all")
    words = parser.parse_args()
    left = 0
    for dispute in words.disputes or records():
        loaded = load_folder(records()[dispute])
        ledger = kept(dispute)
        for line in (found := differences(statements(loaded), ledger)):
            print(f"{dispute}: {line}")
        if words.accept:
            write(dispute, rows := renewed(loaded, ledger))
            confirmed_rows = sum(bool(row.fact) for row in rows)
            print(f"{dispute}: {len(rows)} rows, {confirmed_rows} of them confirmed by a fact")
        else:
            left += len(found)
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
