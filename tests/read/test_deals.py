"""Phrases of promises, arrangements and rulings; promises told as lists."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente.read import read
from tests.read.told import by_rules, faults, phrases

DAY = date(2025, 10, 8)
SETTING = "The United States and China have quarrelled over tariffs for years. "
# Phrases the reader is known to miss or to take for another kind; they are kept so that a change shows.
KNOWN = 48


def test_phrases() -> None:
    """All but a few phrases yield what they tell, with sides, rates and days, and nothing more."""
    known = phrases(Path(__file__).parent / "deals.txt")
    wrong = [f"{p.text}: {'; '.join(found)}" for p in known if (found := faults(p, by_rules(SETTING + p.text, DAY)))]
    assert len(wrong) <= KNOWN, wrong


@pytest.mark.parametrize(
    "text",
    [
        "What Canada promised. A border plan of $1.3 billion; a tsar for fentanyl; a strike force with America.",
        "Under the deal Canada will:\n- spend $1.3 billion on the border\n- appoint a tsar\n- list cartels",
        "The two made a deal on tariffs.\n\nFrom Canada\nBorder: $1.3 billion.\nFentanyl: a tsar.\nCartels: listed.\n",
    ],
)
def test_lists(text: str) -> None:
    """Each item of a list of promises is one, whether parted by semicolons, marks or lines."""
    text = "The United States and Canada have quarrelled over tariffs for weeks.\n\n" + text
    promised = [p for p in by_rules(text, DAY) if p.kind == "commitment"]
    assert [p.parties for p in promised] == [("CAN", "USA")] * 3


def test_no_list() -> None:
    """A title that tells of a promise opens no list, and what follows is told as it is."""
    text = (
        "China agrees to buy soybeans\n\nFarmers in Iowa were glad of the news. American tariffs on China stay.\n\n"
        "Prices rose by 3 cents in Chicago."
    )
    assert len([p for p in read(text, DAY) if p.kind == "commitment"]) <= 1
