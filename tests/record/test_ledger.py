"""Double entry: every rate, sign and day of the shipped records stands in the ledger as well, and nothing else does.

`scripts/ledger.py` shows a difference and, with --accept, writes it.
"""

from __future__ import annotations

import pytest
from scripts import ledger

from detente.record.folder import Loaded, load_folder
from tests.support import shared


@pytest.fixture(scope="module")
def records() -> dict[str, Loaded]:
    """The shipped records as read from their YAML."""
    return {name: load_folder(folder) for name, folder in ledger.records().items()}


def test_the_record_agrees_with_the_ledger(records: dict[str, Loaded]) -> None:
    """Each statement of the record is a row, each row a statement, with the same value."""
    found = [
        f"{name}: {line}"
        for name, loaded in records.items()
        for line in ledger.differences(ledger.statements(loaded), ledger.kept(name))
    ]
    assert not found, "\n".join([*found[:40], "if the record is right: python scripts/ledger.py --accept"])


def test_a_difference_is_named(records: dict[str, Loaded]) -> None:
    """A changed, a missing and an added statement are each told of by name."""
    rows = ledger.statements(records["us-china"])
    number = next(n for n, row in enumerate(rows) if row.value == "34%")
    changed = [*rows[:number], rows[number]._replace(value="43%"), *rows[number + 1 :]]
    (line,) = ledger.differences(changed, rows)
    assert line.startswith(f"the record says instruments {rows[number].id} {rows[number].where} = 43%")
    (line,) = ledger.differences(rows[:-1], rows)
    assert line.startswith("in the ledger and not in the record: ")
    assert rows[-1].id in line
    (line,) = ledger.differences(rows, rows[:-1])
    assert line.startswith("in the record and not in the ledger: ")
    assert rows[-1].id in line


def test_known_statements(records: dict[str, Loaded]) -> None:
    """The order of 12 May 2025 stands in the ledger as the order says."""
    said = {
        row.where: row.value
        for row in ledger.kept("us-china")
        if row.id == "us-eo-14298" and row.where.startswith(("published", "changes"))
    }
    assert said["published"] == "2025-05-12"
    assert {"34%", "24pp", "2025-05-14", "2025-08-12", "us-eo-14259 us-eo-14266"} <= set(said.values())


@pytest.mark.shared
def test_facts_say_what_the_rows_say(records: dict[str, Loaded]) -> None:
    """Every fact a row names is there and holds that day, or that rate on a day of its change."""
    shared("facts")
    wrong = [
        refuted
        for name, loaded in records.items()
        for row in ledger.kept(name)
        if row.fact and (refuted := ledger.refuted(loaded, row))
    ]
    assert not wrong, "\n".join(wrong[:40])


@pytest.mark.shared
def test_most_of_the_law_is_confirmed(records: dict[str, Loaded]) -> None:
    """At least two thirds of the publication days, first days, ends and rates of acts are confirmed by a fact."""
    shared("facts")
    rows = [r for name in ("us-china", "us-world") for r in ledger.kept(name) if r.part == "instruments"]
    days = [r for r in rows if r.where != "checked" and r.value[:2] == "20" and r.value[4:5] == "-"]
    rates = [r for r in rows if r.where.endswith(".set") and "%" in r.value]
    assert sum(bool(r.fact) for r in days) > len(days) * 2 / 3
    assert sum(bool(r.fact) for r in rates) > len(rates) * 2 / 3
