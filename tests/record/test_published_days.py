"""The day each act became public: a wrong publication day must not pass.

`published_days.json` keeps the days apart from the record, so that a slip of the hand in one shows against the other;
the dated facts, where they are at hand, are the third reading.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from detente import record as r
from detente.terms import say_day
from tests.support import shared

KEPT = Path(__file__).parent / "published_days.json"


def test_publication_days() -> None:
    """Every instrument has the day kept for it, and every kept day its instrument."""
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    found = {i.id: i.published.isoformat() for i in r.dispute("us-china").record.instruments}
    assert found == kept


@pytest.mark.shared
def test_publication_days_against_the_facts() -> None:
    """Nine in ten publication days of acts that change a tariff stand in the dated facts."""
    facts = "".join(shared("facts", f"{name}.md").read_text(encoding="utf-8") for name in ("us_china", "us_world"))
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    days = [date.fromisoformat(d) for d in kept.values()]
    found = [d for d in days if d.isoformat() in facts or say_day(d) in facts]
    assert len(found) > 0.9 * len(days)
