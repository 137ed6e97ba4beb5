"""Months, quarters, years and periods as words tell them: 'May 2025', 'mid-May', 'last week', 'the second quarter'."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from detente.read.days import (
    UNITS,
    Told,
    month_at,
    month_when,
    part_of,
    period_of,
    quarter_when,
    season_at,
    told_once,
    word_at,
    year_after,
)
from detente.read.proposal import When
from detente.read.words import Word

_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "q1": 1, "q2": 2, "q3": 3, "q4": 4}


def calendar_at(words: list[Word], i: int, published: date) -> Told | None:
    return (
        _relative_period(words, i, published)
        or _month_alone(words, i, published)
        or _quarter(words, i, published)
        or _year(words, i)
        or season_at(words, i, published)
    )


def _relative_period(words: list[Word], i: int, published: date) -> Told | None:
    """'this week', 'last month', 'earlier this year', 'later this month', 'early next week', 'the coming weeks'."""
    low = word_at(words, i)
    side = low if low in ("earlier", "later", "early", "late", "mid") else ""
    at = i + 1 if side else i
    if side and word_at(words, at) in ("in", "-"):
        at += 1
    if word_at(words, at) == "the":
        at += 1
    which = {
        "this": 0,
        "current": 0,
        "last": -1,
        "past": -1,
        "previous": -1,
        "next": 1,
        "coming": 1,
        "following": 1,
    }.get(word_at(words, at))
    unit = word_at(words, at + 1)
    if which is None:
        return None
    if unit in ("weeks", "months", "days") and which:
        return _some_time(words, at, which, unit, published)
    if unit == "few" and word_at(words, at + 2) in ("weeks", "months", "days"):
        return _some_time(words, at + 1, which, word_at(words, at + 2), published)
    if unit not in ("week", "month", "year", "quarter"):
        return None
    if unit == "week" and word_at(words, at + 2) == "of" and month_at(words, at + 3):
        return None  # 'the last week of October'
    if unit == "year" and which == 0 and word_at(words, at + 2) == "and" and word_at(words, at + 3) == "next":
        return told_once(at + 4, When(date(published.year, 1, 1), date(published.year + 2, 1, 1), "period"))
    whole = period_of(unit, which, published)
    if side == "earlier":
        whole = replace(whole, until=min(whole.until or published, published + timedelta(1)))
    elif side == "later":
        whole = replace(whole, from_=max(whole.from_, published))
    elif side == "early" and whole.until:
        whole = replace(
            whole, until=whole.from_ + (whole.until - whole.from_) / 2 if unit != "week" else whole.from_ + timedelta(3)
        )
    elif side == "late" and whole.until:
        whole = replace(whole, from_=whole.from_ + (whole.until - whole.from_) / 2)
    return told_once(at + 2, whole)


def _some_time(words: list[Word], at: int, which: int, unit: str, published: date) -> Told:
    days = 3 * UNITS[unit[:-1]]
    when = (
        When(published, published + timedelta(days), "about")
        if which > 0
        else When(published - timedelta(days), published + timedelta(1), "about")
    )
    return told_once(at + 2, when)


def _month_alone(words: list[Word], i: int, published: date) -> Told | None:
    """'May 2025', 'in May', 'early May', 'mid-May', 'the end of May'."""
    low = word_at(words, i)
    part, at = "", i
    if low in ("early", "late", "mid", "earlier", "later"):
        part, at = {"earlier": "", "later": ""}.get(low, low), i + 1
        if word_at(words, at) in ("-", "in"):
            at += 1
    elif low in ("end", "start", "beginning", "middle") and word_at(words, i + 1) == "of":
        part, at = {"end": "end", "start": "start", "beginning": "start", "middle": "mid"}[low], i + 2
        if word_at(words, at) in ("this", "next") and word_at(words, at + 1) in ("month", "year"):
            which = 0 if word_at(words, at) == "this" else 1
            return told_once(at + 2, part_of(period_of(word_at(words, at + 1), which, published), part))
        if word_at(words, at) == "the" and word_at(words, at + 1) in ("month", "year", "week", "quarter"):
            return told_once(at + 2, part_of(period_of(word_at(words, at + 1), 0, published), part))
    month = month_at(words, at)
    if not month:
        return _part_of_year(words, i, at, part)
    if (
        not part
        and not (
            word_at(words, i - 1)
            in (
                "in",
                "since",
                "by",
                "until",
                "of",
                "last",
                "next",
                "this",
                "from",
                "before",
                "through",
                "during",
                "for",
                "to",
                "and",
                "-",
            )
            if i
            else False
        )
        and year_after(words, at + 1, published)[0] is None
    ):
        return None
    year, end = year_after(words, at + 1, published)
    last, nxt = word_at(words, i - 1) == "last", word_at(words, i - 1) == "next"

    def one(y: int) -> When | None:
        return part_of(month_when(y * 12 + month - 1), part) if 1900 <= y < 2199 else None

    span = by_year(year, one, published, end)
    if span and last:
        return last_of(span, one, published)
    return Told(end, span.ahead, span.ahead) if span and nxt else span


def _part_of_year(words: list[Word], i: int, at: int, part: str) -> Told | None:
    if not part:
        return None
    found = _year(words, at)
    if found is None or found.past.until is None:
        return None
    return told_once(found.end, part_of(found.past, part))


def _quarter(words: list[Word], i: int, published: date) -> Told | None:
    low = word_at(words, i)
    if low not in _QUARTERS:
        return None
    at = i + 1
    if not low.startswith("q"):
        if word_at(words, at) != "quarter":
            return None
        at += 1
        if word_at(words, at) == "of":
            at += 1
    year, end = year_after(words, at, published)
    number = _QUARTERS[low]
    return by_year(year, lambda y: quarter_when(y * 4 + number - 1), published, end if year else at)


def _year(words: list[Word], i: int) -> Told | None:
    text = words[i].text if i < len(words) else ""
    if not (len(text) == 4 and text.isdecimal() and text.isascii() and 1990 <= int(text) <= 2060):
        return None
    before = word_at(words, i - 1) if i else ""
    if (
        before in ("$", "€", "£", "some", "about", "around", "to", "than")
        and word_at(words, i - 2) not in ("early", "back")
        and before != "to"
    ):
        return None
    if word_at(words, i + 1) in (
        "%",
        "tariff",
        "lines",
        "goods",
        "items",
        "products",
        "billion",
        "tonnes",
        "companies",
        "categories",
    ):
        return None
    year = int(text)
    return told_once(i + 1, When(date(year, 1, 1), date(year + 1, 1, 1), "year"))


def by_year(year: int | None, make: Callable[[int], When | None], published: date, end: int) -> Told | None:
    """In its stated year, else in the nearest: before publication for the past, after it for what comes."""
    if year is not None:
        one = make(year)
        return told_once(end, one) if one else None
    options = [w for y in (published.year - 1, published.year, published.year + 1) if (w := make(y))]
    if not options:
        return None
    before = [w for w in options if w.from_ <= published]
    after = [w for w in options if w.from_ >= published]
    past = before[-1] if before else options[0]
    ahead = after[0] if after else options[-1]
    nearest = min(options, key=lambda w: abs((w.from_ - published).days))
    if (past.from_ - published).days < -200 and nearest is ahead:
        past = past if (published - past.from_).days < 270 else ahead
    if (ahead.from_ - published).days > 250 and nearest is past:
        ahead = past
    return Told(end, past, ahead)


def last_of(span: Told, make: Callable[[int], When | None], published: date) -> Told:
    """'last July', 'last Sept. 1': the latest before publication, however near the next one is."""
    found = [w for y in (published.year - 1, published.year) if (w := make(y)) and w.from_ <= published]
    return told_once(span.end, found[-1]) if found else span
