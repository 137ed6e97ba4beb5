"""How a proposal gets its date: from its clause, from what follows it, from the sentences before and after."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from detente.read import Proposal, read

DAY = date(2025, 10, 8)  # a Wednesday
SETTING = "The United States and China have quarrelled over tariffs for years. "
ROWS = list(csv.DictReader((Path(__file__).parent / "dated.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=[r["text"][:40] for r in ROWS])
def test_dated(row: dict[str, str]) -> None:
    """A proposal of the kind has the start told; where an end is told, it lies within."""
    start, until = date.fromisoformat(row["from"]), date.fromisoformat(row["until"]) if row["until"] else None
    found = [p for p in read(SETTING + row["text"], DAY) if p.kind == row["kind"]]
    assert any(dated(p, start, until) for p in found), [(p.kind, p.date) for p in found]


def dated(p: Proposal, start: date, until: date | None) -> bool:
    """From the day told on, or within [start, until)."""
    if p.date is None:
        return False
    if until is None:
        return p.date.from_ == start
    return start <= p.date.from_ and p.date.until is not None and p.date.until <= until
