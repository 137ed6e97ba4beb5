"""Days, months and counts as words tell them: the pieces the grammar of times is made of."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

from detente.read.proposal import When
from detente.read.words import Word

MONTHS = {m.lower(): i for i, m in enumerate(calendar.month_name) if m} | {
    m.lower(): i for i, m in enumerate(calendar.month_abbr) if m
}
MONTHS["sept"] = 9
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100, "couple": 2, "several": 3, "few": 3,
}  # fmt: skip  # fmt: skip
SEASONS = {"spring": (3, 6), "summer": (6, 9), "autumn": (9, 12), "fall": (9, 12), "winter": (12, 15)}
UNITS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
_FIRST = date(1900, 1, 1)
_LAST = date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Told:
    end: int
    past: When
    ahead: When


def period_of(unit: str, which: int, published: date) -> When:
    if unit == "week":
        monday = published - timedelta(published.weekday()) + timedelta(7 * which)
        return When(monday, monday + timedelta(7), "week")
    if unit == "year":
        return When(date(published.year + which, 1, 1), date(published.year + which + 1, 1, 1), "year")
    if unit == "quarter":
        return quarter_when(published.year * 4 + (published.month - 1) // 3 + which)
    index = published.year * 12 + published.month - 1 + which
    return month_when(index)


def month_when(index: int) -> When:
    return When(date(index // 12, index % 12 + 1, 1), date((index + 1) // 12, (index + 1) % 12 + 1, 1), "month")


def quarter_when(index: int) -> When:
    return When(date(index // 4, index % 4 * 3 + 1, 1), date((index + 1) // 4, (index + 1) % 4 * 3 + 1, 1), "quarter")


def part_of(whole: When, part: str) -> When:
    if not part or whole.until is None:
        return whole
    third = (whole.until - whole.from_) // 3
    week = min(timedelta(7), third)
    bounds = {
        "end": (whole.until - week, whole.until),
        "start": (whole.from_, whole.from_ + week),
        "early": (whole.from_, whole.from_ + third),
        "mid": (whole.from_ + third, whole.from_ + 2 * third),
        "late": (whole.until - third, whole.until),
    }
    start, end = bounds[part]
    return When(start, end, "about")


def about(published: date, number: int, unit: str) -> When:
    """The day so many units away; a count of weeks tells the week about it, of months the month."""
    if unit in ("day", "week", "fortnight"):
        day = shifted(published, number * UNITS[unit])
        if unit == "day":
            return one_day(day)
        monday = shifted(day, -day.weekday())
        return When(monday, shifted(monday, 7), "about")
    if unit == "month":
        return replace(
            month_when(max(12 * 1900, published.year * 12 + published.month - 1 + number)), precision="about"
        )
    year = min(max(published.year + number, 1900), 2198)
    return When(date(year, 1, 1), date(year + 1, 1, 1), "about")


def days_in(counted: tuple[int, str, int]) -> int:
    number, unit, _ = counted
    return min(number * UNITS[unit], 36_500)


def counted_at(words: list[Word], i: int) -> tuple[int, str, int] | None:
    """A number and a unit of time from word i on, and where they end."""
    low = word_at(words, i)
    number = number_of(low)
    if number is None:
        return None
    at = i + 1
    if low == "a" and word_at(words, at) in ("few", "couple"):
        number, at = NUMBERS[word_at(words, at)], at + 1
    if word_at(words, at) == "of":
        at += 1
    if word_at(words, at) in ("-", "–") or word_at(words, at) in (
        "more",
        "further",
        "additional",
        "calendar",
        "full",
        "working",
        "or",
    ):
        at += 1
    unit = word_at(words, at)
    unit = unit[:-1] if unit.endswith("s") else unit
    return (number, unit, at + 1) if unit in UNITS else None


def number_of(low: str) -> int | None:
    if low.isdecimal() and low.isascii() and len(low) <= 4:
        return int(low)
    return NUMBERS.get(low)


def month_at(words: list[Word], i: int) -> int:
    if not 0 <= i < len(words) or not words[i].capital:
        return 0
    return MONTHS.get(words[i].low.rstrip("."), 0)


def day_number(words: list[Word], i: int) -> int | None:
    text = word_at(words, i)
    if not text[:1].isdigit():
        return None
    digits = text if text.isdecimal() and text.isascii() else ""
    return int(digits) if digits and len(digits) <= 2 and 1 <= int(digits) <= 31 else None


def year_after(words: list[Word], i: int, published: date) -> tuple[int | None, int]:
    """A year that follows a month or a day, with or without a comma, and the word after it."""
    at = i + 1 if word_at(words, i) == "," else i
    if word_at(words, at) == "of":
        at += 1
    text = word_at(words, at)
    if len(text) == 4 and text.isdecimal() and text.isascii() and 1900 <= int(text) <= 2198:
        return int(text), at + 1
    which = {"last": -1, "this": 0, "next": 1}.get(text)
    if which is not None and word_at(words, at + 1) == "year":
        return published.year + which, at + 2
    return None, i


def word_at(words: list[Word], i: int) -> str:
    return words[i].low if 0 <= i < len(words) else ""


def real_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year < 2199 else None
    except ValueError:
        return None


def one_day(day: date) -> When:
    return When(day, shifted(day, 1), "day")


def shifted(day: date, days: int) -> date:
    """Days on or back, kept within the years this reader knows."""
    try:
        moved = day + timedelta(days)
    except OverflowError:
        moved = _LAST if days > 0 else _FIRST
    return min(max(moved, _FIRST), _LAST)


def days_from(day: date, count: int) -> When:
    return When(day, shifted(day, count), "period")


def told_once(end: int, when: When) -> Told:
    return Told(end, when, when)


def twice(when: When) -> tuple[When, When]:
    return when, when


def season_at(words: list[Word], i: int, published: date) -> Told | None:
    """'this summer', 'last winter', 'in the autumn', 'the summer of 2020'."""
    low = word_at(words, i)
    if low not in ("this", "last", "next", "the"):
        return None
    season = SEASONS.get(word_at(words, i + 1))
    if season is None or (
        low == "the" and word_at(words, i - 1) not in ("in", "since", "of", "through", "until", "by", "during")
    ):
        return None
    if word_at(words, i + 1) == "fall" and word_at(words, i + 2) in ("in", "of"):
        return None
    year, end = year_after(words, i + 2, published)
    if year is None and word_at(words, i + 2) == "of":
        return None
    if low == "next":
        year = year or published.year + (published.month >= season[0])
    past = When(
        month_when(published.year * 12 + season[0] - 1).from_,
        month_when(published.year * 12 + season[1] - 1).from_,
        "period",
    )
    if (year is None and past.from_ > published) or (
        year is None and low == "last" and past.until is not None and past.until > published
    ):
        year = published.year - 1
    told = year is not None
    year = year or published.year
    found = _season(season, year)
    end = end if end > i + 2 else i + 2
    if told and low != "the":
        return told_once(end, found)
    years = range(published.year - 1, published.year + 3)
    coming = next(w for y in years if (w := _season(season, y)).until is not None and w.until > published)
    return told_once(end, found) if low in ("last", "next") or end > i + 2 else Told(end, found, coming)


def _season(season: tuple[int, int], year: int) -> When:
    start, stop = year * 12 + season[0] - 1, year * 12 + season[1] - 1
    return When(month_when(start).from_, month_when(stop).from_, "period")
