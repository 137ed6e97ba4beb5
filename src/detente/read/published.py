"""The day a text says it was published: a full date in its head or dateline, and only where it can mean one day."""

from __future__ import annotations

import re
from datetime import date
from itertools import islice

from detente.read.times import times
from detente.read.words import Sentence, sentences

_HEAD = 12  # how many sentences from the top are looked at
_SHORT = 14  # a line of no more words is a title, a dateline or a date
_SLASHED = re.compile(r"(?<![\d/.])(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?![\d/])")
_ANY_DAY = date(2000, 1, 1)


def published_in(text: str) -> date | None:
    """The date in a head or dateline such as '06/06/2025 10h41', 'Geneva, 12 May 2025' or 'June 6, 2025'.

    None where there is none, where the year is left out, where the first such line names two days, and where day and
    month could be exchanged for another date (03/04/2025).
    """
    head = text[:4000]
    for sentence in islice(sentences(head), _HEAD):
        if not (sentence.heading or len(sentence.words) <= _SHORT):
            continue
        days = _days(sentence, head)
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def _days(sentence: Sentence, text: str) -> set[date | None]:
    """The days with a year that a line tells; None among them for one that cannot be decided."""
    line = text[sentence.start : sentence.end]
    out: set[date | None] = {_slashed(m) for m in _SLASHED.finditer(line)}
    for time in times(sentence, _ANY_DAY):
        if time.past is not None and time.past.precision == "day" and _dated(sentence, time.start, time.end):
            out.add(time.past.from_)
    return out


def _dated(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words of a time hold a year of four figures."""
    return any(len(w.text) == 4 and w.text.isdecimal() for w in sentence.words[start:end])


def _slashed(match: re.Match[str]) -> date | None:
    """Day and month of '06/06/2025': as they stand where dots part them or only one order is a date."""
    first, mark, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
    orders = [(first, second)] if mark == "." else [(first, second), (second, first)]
    found = {day for d, m in orders if (day := _safe(year, m, d)) is not None}
    return found.pop() if len(found) == 1 else None


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1990 <= year <= 2199 else None
    except ValueError:
        return None
