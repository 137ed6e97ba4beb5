"""Contacts and claims as press and ministries put them: kind, day, sides; and look-alikes that yield nothing."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from detente.read import Proposal, read

DAY = date(2025, 10, 8)  # a Wednesday
SETTING = "The United States and China have quarrelled over tariffs for years. "
ROWS = list(csv.DictReader((Path(__file__).parent / "phrases_talks.csv").read_text(encoding="utf-8").splitlines()))
# What the reader is known to get wrong, kept so that a change shows.
KNOWN_KINDS = 25
KNOWN_DAYS = 4
KNOWN_SIDES = 27


def found(row: dict[str, str]) -> list[Proposal]:
    """The proposals of one of the kinds a phrase tells; all of them where it tells nothing."""
    proposals = read(SETTING + row["sentence"], DAY)
    kinds = row["kinds"].split()
    return list(proposals) if kinds == ["none"] else [p for p in proposals if p.kind in kinds]


def test_kinds() -> None:
    """All but a few phrases are read as what they tell, and look-alikes as nothing."""
    wrong = [r["sentence"] for r in ROWS if (r["kinds"] == "none") == bool(found(r))]
    assert len(wrong) <= KNOWN_KINDS, wrong


def test_days() -> None:
    """What has a day is dated within it."""
    wrong = []
    for row in ROWS:
        told = found(row) if row["from"] else []
        if told and not within(told[0], date.fromisoformat(row["from"]), date.fromisoformat(row["until"])):
            wrong.append(row["sentence"])
    assert len(wrong) <= KNOWN_DAYS, wrong


def within(p: Proposal, start: date, until: date) -> bool:
    """Whether a proposal is dated within [start, until)."""
    return p.date is not None and start <= p.date.from_ and p.date.until is not None and p.date.until <= until


def test_sides() -> None:
    """The side that speaks comes first; of a contact, both are named."""
    wrong = []
    for row in ROWS:
        told = found(row) if row["parties"] else []
        wanted = row["parties"].split()
        if told and not agree(told[0], wanted, row["kinds"].startswith("claim")):
            wrong.append(row["sentence"])
    assert len(wrong) <= KNOWN_SIDES, wrong


def agree(p: Proposal, wanted: list[str], ordered: bool) -> bool:
    """Whether the sides are those wanted, in order where the order tells who speaks."""
    return list(p.parties[:2]) == wanted[:2] if ordered else set(p.parties) == set(wanted)
