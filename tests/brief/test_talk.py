"""Deals, asks and durability on the page."""

from __future__ import annotations

from datetime import date

import pytest

from detente.brief import render
from detente.questions import picture

DAY = date(2025, 6, 6)


@pytest.mark.slow
def test_deals_on_the_page() -> None:
    """With `talk` the page shows payoffs, the frontier with its data, asks and durability; without it none of them."""
    page = render(picture("us-china", DAY, DAY, talk=True))
    assert "Deals, asks, and whether the truce holds" in page
    assert "frontier.csv" in page
    assert "both break: the trade war (Nash)" in page
    assert "may ask" in page
    assert "prefers the breakdown" in page
    assert "<script" not in page
