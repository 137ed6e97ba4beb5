"""Claims as press and ministries put them, plainly and in passing; and look-alikes that are none."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

from detente.read import Proposal, read
from detente.read.tables import table

DAY = date(2025, 10, 15)  # a Wednesday
SETTING = "Washington and Beijing imposed tariffs of 25% on each other's goods in 2018, both said.\n\n"
ROWS = list(csv.DictReader((Path(__file__).parent / "phrases_claims.csv").read_text(encoding="utf-8").splitlines()))
# How many of each kind the reader is known to get wrong, kept so that a change shows.
KNOWN = {
    "claim-breach": 11,
    "claim-denial": 16,
    "claim-expectation": 21,
    "claim-offer": 16,
    "claim-threat": 25,
    "none": 2,
}
KNOWN_MEASURES = 12


def found(sentence: str) -> list[Proposal]:
    """What a sentence tells, beyond the one that sets the scene."""
    return [p for p in read(SETTING + sentence, DAY) if p.evidence[-1].end > len(SETTING)]


def test_kinds() -> None:
    """All but the known few are read as the claims they are, and look-alikes as none."""
    wrong: Counter[str] = Counter()
    for row in ROWS:
        claims = {p.kind for p in found(row["sentence"]) if p.kind.startswith("claim")}
        wrong[row["kind"]] += bool(claims) if row["kind"] == "none" else row["kind"] not in claims
    assert {k: wrong[k] for k in KNOWN if wrong[k] > KNOWN[k]} == {}


def test_no_measures() -> None:
    """What is only threatened, offered or expected is taken for no measure."""
    taken = [
        row["sentence"]
        for row in ROWS
        if row["kind"] in ("claim-threat", "claim-offer", "claim-expectation")
        and any(p.kind.startswith("measure") for p in found(row["sentence"]))
    ]
    assert len(taken) <= KNOWN_MEASURES, taken


def test_lists_once() -> None:
    """Every list of words stands in its file once: of two, the second would hide the first."""
    twice = [name for name, n in Counter(row["list"] for row in table("words.csv")).items() if n > 1]
    assert twice == []
