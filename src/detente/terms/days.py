"""Days and half-open intervals.

An interval is `[from, until)`: the first day it holds and the first day it no longer holds; `until=None` is open.
So 90 days from 14 May 2025 is `[2025-05-14, 2025-08-12)`, in force through 11 August and lapsed on the 12th. A day
is local to the imposer. `tests/terms/test_days.py` pins the arithmetic of the published clocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from detente.terms.faults import Fault, InputFault

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


def parse_day(text: str, path: str = "date") -> date:
    """Read `YYYY-MM-DD`; raises `InputFault` for anything else, naming the argument in `path`."""
    try:
        if not _ISO_DAY.match(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        fault = Fault(path, f"'{text}' is not a day.", allowed="a calendar day as YYYY-MM-DD")
        raise InputFault([fault]) from None


def days_after(start: date, days: int) -> date:
    """The first day after a term of `days` that begins on `start` (the exclusive end)."""
    return start + timedelta(days=days)


def say_day(day: date) -> str:
    """A day in words: 11 Aug 2025."""
    return f"{day.day} {day:%b} {day.year}"


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """`[start, until)` in days; `until=None` means open."""

    start: date
    until: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.until is None or day < self.until)

    @property
    def empty(self) -> bool:
        """True when no day lies in it."""
        return self.until is not None and self.until <= self.start

    def __str__(self) -> str:
        if self.until is None:
            return f"from {say_day(self.start)}"
        last = self.until - timedelta(days=1)
        return f"from {say_day(self.start)} through {say_day(last)}; lapses {say_day(self.until)}"


def joined(intervals: Iterable[Interval]) -> list[Interval]:
    """The same days as few intervals: overlapping and adjoining ones merged, empty ones dropped, in order."""
    out: list[Interval] = []
    for piece in sorted((i for i in intervals if not i.empty), key=lambda i: i.start):
        last = out[-1] if out else None
        if last is None or (last.until is not None and last.until < piece.start):
            out.append(piece)
        elif last.until is not None:
            end = None if piece.until is None else max(last.until, piece.until)
            out[-1] = Interval(last.start, end)
    return out
