"""Every dated fact is in the record: the ledger names the entries that hold it, and the days agree."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from detente import record as r
from detente.terms import economy
from tests.support import shared

LEDGERS = Path(__file__).parent / "coverage"
NAMES = ("us_china", "us_world")
DATED = ("tariff", "tariff-change", "suspension", "country-rate")
SECTIONS = (
    "measures",
    "instruments",
    "arrangements",
    "talks",
    "claims",
    "progress",
    "scopes",
    "discrepancies",
    "deadlines",
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def ledger(name: str) -> dict[str, dict[str, str]]:
    """The rows of a ledger by fact."""
    with (LEDGERS / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len({row["fact"] for row in rows}) == len(rows)
    return {row["fact"]: row for row in rows}


def facts(name: str) -> list[dict[str, Any]]:
    """The facts themselves, where they are at hand."""
    text = shared("facts", f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@cache
def entries() -> dict[str, Any]:
    """Every entry of the shipped records and the officials, as `folder:id`."""
    out: dict[str, Any] = {f"officials:{x.id}": x for x in r.officials()}
    for folder in r.shipped():
        record = r.dispute(folder).record
        for section in SECTIONS:
            out |= {f"{folder}:{x.id}": x for x in getattr(record, section)}
        out |= {f"{folder}:{c.id}": c for a in record.arrangements for c in a.commitments}
    return out


def days(thing: Any) -> Iterator[date]:
    """Every day an entry states, at any depth, but not the day somebody last checked it."""
    if isinstance(thing, date):
        yield thing
    elif isinstance(thing, list | tuple):
        for x in thing:
            yield from days(x)
    elif hasattr(thing, "__dict__"):
        for key, value in vars(thing).items():
            if key != "checked":
                yield from days(value)


@pytest.mark.parametrize("name", NAMES)
def test_entries_named_exist(name: str) -> None:
    """Every entry a ledger names is in the shipped record, and a row without entries says why."""
    for fact, row in ledger(name).items():
        unknown = [x for x in row["entries"].split() if x not in entries()]
        assert not unknown, f"{fact}: {unknown}"
        assert row["entries"] or row["remark"], f"{fact} has neither entries nor a remark"


@pytest.mark.shared
@pytest.mark.parametrize("name", NAMES)
def test_every_fact_is_in_the_ledger(name: str) -> None:
    """The ledger has a row for every fact, and none for what is no fact."""
    assert list(ledger(name)) == [fact["id"] for fact in facts(name)]


@pytest.mark.shared
@pytest.mark.parametrize("name", NAMES)
def test_days_of_tariff_facts(name: str) -> None:
    """The day a tariff was announced and the day it took effect stand among the days of its entries."""
    rows = ledger(name)
    wrong = []
    for fact in facts(name):
        row = rows[fact["id"]]
        if fact["kind"] not in DATED or row["remark"]:
            continue
        known = {d.isoformat() for x in row["entries"].split() for d in days(entries()[x])}
        asked = {fact[k] for k in ("announced", "effective") if _DAY.fullmatch(fact[k])}
        if asked - known:
            wrong.append(f"{fact['id']}: {sorted(asked - known)} not among the days of {row['entries']}")
    assert not wrong, "\n".join(wrong)


def rate_said(text: str) -> tuple[Decimal, bool]:
    """The rate of a country table and whether it counts the base duty in: '+30%', '15% total including MFN'."""
    number = re.match(r"\+?([\d.]+)%", text)
    assert number is not None, text
    return Decimal(number[1]) / 100, "total" in text


@pytest.mark.shared
def test_country_tables() -> None:
    """Every rate of the country tables is what the record says of that partner on the day it took effect."""
    wrong = []
    later = date(2026, 10, 10)
    for fact in (x for x in facts("us_world") if x["kind"] == "country-rate"):
        partner, day = economy(fact["target"]), date.fromisoformat(fact["effective"])
        china = partner in ("CHN", "HKG", "MAC")
        folder, tail = ("us-china", "") if china else ("us-world", "-world")
        measure = ("us-301-forced-labour" if "-T3-" in fact["id"] else "us-reciprocal") + tail
        view = r.dispute(folder).as_of(day, later if "retroactive" in fact["note"] else day)
        standing = view.standing(measure, partner)
        if (standing.rate, standing.ceiling) != rate_said(fact["rate_or_term"]):
            wrong.append(f"{fact['id']}: {fact['rate_or_term']}, the record has {standing.rate} {standing.ceiling}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.shared
def test_officials_have_the_days_of_the_facts() -> None:
    """Every row of the table of officials is an office with its days and with how far they were checked."""
    rows = ledger("us_world")
    for fact in (x for x in facts("us_world") if x["kind"] == "official"):
        held = [o for x in rows[fact["id"]]["entries"].split() for o in entries()[x].offices]
        same = [o for o in held if o.from_.isoformat() == fact["effective"] and o.verified == fact["verification"]]
        ends = {o.until.isoformat() if o.until else "open" for o in same}
        assert fact["ends"] in ends or (fact["ends"] == "unknown" and same[0].seen), fact["id"]
