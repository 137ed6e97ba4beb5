"""Days and intervals, with the terms the published acts state."""

from __future__ import annotations

from datetime import date

import pytest

from detente.terms import InputFault, Interval, days_after, joined, parse_day


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2025-05-14", 90, "2025-08-12"),
        ("2025-08-12", 90, "2025-11-10"),
        ("2026-02-24", 150, "2026-07-24"),
    ],
)
def test_published_terms(start: str, days: int, end: str) -> None:
    """The 90 days of Geneva, the 90 that followed, and the 150 of Section 122."""
    assert days_after(parse_day(start), days) == parse_day(end)


def test_half_open() -> None:
    """The first day is in, the last is the day before `until`."""
    truce = Interval(date(2025, 5, 14), date(2025, 8, 12))
    assert date(2025, 5, 14) in truce
    assert date(2025, 8, 11) in truce
    assert date(2025, 8, 12) not in truce
    assert str(truce) == "from 14 May 2025 through 11 Aug 2025; lapses 12 Aug 2025"


@pytest.mark.parametrize("text", ["2025-02-30", "06/06/2025", "2025-6-6", "", "today", "2025-06-06T00:00"])
def test_not_a_day(text: str) -> None:
    """Anything but YYYY-MM-DD is refused in words."""
    with pytest.raises(InputFault, match="is not a day"):
        parse_day(text, "on")


def test_joined() -> None:
    """Adjoining spells are one, a gap keeps them apart, an empty one is none."""
    a, b, c, d = date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1), date(2025, 4, 1)
    assert joined([Interval(b, c), Interval(a, b)]) == [Interval(a, c)]
    assert joined([Interval(a, b), Interval(c, d), Interval(d, d)]) == [Interval(a, b), Interval(c, d)]
    assert joined([Interval(a), Interval(b, c)]) == [Interval(a)]
