"""Times as intervals relative to the day of publication, and the day of publication itself."""

from __future__ import annotations

from datetime import date

import pytest

from detente.read import published_in
from detente.read.drafts import day_of, term_of
from detente.read.times import Time, times
from detente.read.words import sentences

DAY = date(2025, 6, 6)  # a Friday


def told(words: str, published: date = DAY, last: date | None = None) -> list[Time]:
    """The times of one sentence."""
    return times(next(sentences(words)), published, last)


@pytest.mark.parametrize(
    ("words", "start", "until"),
    [
        ("The truce was agreed three weeks prior.", "2025-05-12", "2025-05-19"),
        ("It was agreed three weeks ago.", "2025-05-12", "2025-05-19"),
        ("It was agreed two days ago.", "2025-06-04", "2025-06-05"),
        ("Earlier this month they met.", "2025-06-01", "2025-06-07"),
        ("They met this week.", "2025-06-02", "2025-06-09"),
        ("They met last month.", "2025-05-01", "2025-06-01"),
        ("They met on Tuesday.", "2025-06-03", "2025-06-04"),
        ("They met last Friday.", "2025-05-30", "2025-05-31"),
        ("They met on Saturday and Sunday.", "2025-05-31", "2025-06-02"),
        ("They met on May 10-11.", "2025-05-10", "2025-05-12"),
        ("They met on 10 and 11 May.", "2025-05-10", "2025-05-12"),
        ("They met on 2 December 2024.", "2024-12-02", "2024-12-03"),
        ("They met on Dec. 2.", "2024-12-02", "2024-12-03"),
        ("They met on Sept. 24 of last year.", "2024-09-24", "2024-09-25"),
        ("They met on 2025-05-12.", "2025-05-12", "2025-05-13"),
        ("They met yesterday.", "2025-06-05", "2025-06-06"),
        ("They met in the first quarter of 2020.", "2020-01-01", "2020-04-01"),
        ("They met last winter.", "2024-12-01", "2025-03-01"),
        ("They met over the weekend.", "2025-05-31", "2025-06-02"),
        ("They met in early May.", "2025-05-01", "2025-05-11"),
        ("The first since January 17.", "2025-01-17", "2025-01-18"),
        ("They met last July.", "2024-07-01", "2024-08-01"),
    ],
)
def test_past(words: str, start: str, until: str) -> None:
    """What was, in words, as an interval."""
    when = day_of(told(words), ahead=False)
    assert when is not None
    assert (when.from_.isoformat(), when.until and when.until.isoformat()) == (start, until)


@pytest.mark.parametrize(
    ("words", "start", "until"),
    [
        ("It takes effect from 1 August.", "2025-08-01", None),
        ("It takes effect on Tuesday.", "2025-06-10", None),
        ("It must be done within 90 days.", "2025-06-06", "2025-09-05"),
        ("It must be done by 1 August.", "2025-06-06", "2025-08-02"),
        ("It is suspended until 10 November.", "2025-06-06", "2025-11-10"),
        ("It is suspended through 10 November.", "2025-06-06", "2025-11-11"),
        ("It is suspended from 14 May 2025 for 90 days.", "2025-05-14", "2025-08-12"),
        ("It will start next month.", "2025-07-01", "2025-08-01"),
        ("It will start in the first quarter of 2026.", "2026-01-01", "2026-04-01"),
        ("They will meet this coming Monday.", "2025-06-09", None),
    ],
)
def test_ahead(words: str, start: str, until: str | None) -> None:
    """What is to come: starts, ends, terms and deadlines."""
    when = term_of(told(words), ahead=True, published=DAY)
    assert when is not None
    assert (when.from_.isoformat(), when.until.isoformat() if when.until else None) == (start, until)


def test_counted_from_the_last_day() -> None:
    """'The same day', 'a day later', 'the day before' count from the day told last."""
    last = date(2018, 5, 19)
    assert told("A day later he spoke.", last=last)[0].past.from_ == date(2018, 5, 20)  # type: ignore[union-attr]
    assert told("It came into force the same day.", last=last)[0].past.from_ == last  # type: ignore[union-attr]
    assert told("They met on the 24th.", date(2018, 5, 30), last)[0].past.from_ == date(2018, 5, 24)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("words", "days"), [("A 90-day truce.", 90), ("A pause for another year.", 365), ("It holds for six months.", 180)]
)
def test_lengths(words: str, days: int) -> None:
    """A stated length, in days."""
    assert [t.days for t in told(words) if t.role == "for"] == [days]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Agency\nPolitics\n06/06/2025 10h41\n\nThe text.", "2025-06-06"),
        ("GENEVA, 12 May 2025 - The talks ended.", "2025-05-12"),
        ("A title\n\nJune 6, 2025\n\nThe text.", "2025-06-06"),
        ("A title\n\n14.10.2025\n\nThe text.", "2025-10-14"),
        ("A title\n\n25/12/2025\n\nThe text.", "2025-12-25"),
        ("A title\n\n03/04/2025\n\nThe text.", None),
        ("LONDON, July 28 - The text.", None),
        ("A title\n\nA treaty was signed on 12 May 2025, and since then nobody has looked at it again at all.", None),
        ("", None),
    ],
)
def test_published_in(text: str, day: str | None) -> None:
    """The date of a head or dateline, where it can mean only one day."""
    found = published_in(text)
    assert (found.isoformat() if found else None) == day
