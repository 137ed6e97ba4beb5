"""Times told by other words than a date: 'since midnight', 'during the month', 'the week before', 'at once'.

Each finder looks at one place of a sentence and answers with a `Time`, or with None where its words do not stand there.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from detente.read.days import (
    NUMBERS,
    SEASONS,
    UNITS,
    counted_at,
    month_at,
    month_when,
    one_day,
    part_of,
    period_of,
    real_day,
    shifted,
    word_at,
    year_after,
)
from detente.read.proposal import When
from detente.read.tables import word_set
from detente.read.words import Word

Reading = tuple[int, int, str, When | None, When | None]

_WEEKDAYS = {d.lower(): i for i, d in enumerate(calendar.day_name)}
_PERIODS = frozenset({"week", "month", "year", "quarter"})
_COUNTED = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINALS = {word: i + 1 for i, word in enumerate(_COUNTED.split(" "))} | {"thirtieth": 30}


_FIRST_WORDS = word_set("times first words") | frozenset(NUMBERS)


def told_otherwise(words: list[Word], i: int, published: date, last: date) -> Reading | None:
    """The time that begins at word i: (start, end, role, past, ahead)."""
    low = words[i].low
    if low not in _FIRST_WORDS and not words[i].capital and not low.isdecimal():
        return None
    for finder in (_midnight, _at_once, _within_period, _exact, _around_last, _some, _half, _part_of_next, _week_of):
        found = finder(words, i, published, last)
        if found is not None:
            return found
    return None


def _midnight(words: list[Word], i: int, published: date, last: date) -> Reading | None:
    """'since midnight', 'as of 12:01 a.m. today' is left to the day beside it."""
    if word_at(words, i) != "midnight":
        return None
    following = word_at(words, i + 1)
    since = any(word_at(words, i - k) == "since" for k in range(1, 5))
    if following in ("yesterday", "today"):
        when = one_day(shifted(published, -1 if following == "yesterday" else 0))
        return (i - 1, i + 2, "since" if since else "at", when, when)
    if following in ("on", "of", "tonight") or following in _WEEKDAYS or month_at(words, i + 1):
        return None
    before = word_at(words, i - 1)
    role = "since" if since else "from" if before in ("from", "of") else "at"
    told = any(
        w.low in _WEEKDAYS for w in words[max(0, i - 14) : i]
    )  # 'ordered late on Thursday, in force at midnight'
    when = one_day(shifted(last, 1) if told else published)
    return (i - 1, i + 1, role, when, when)


def _at_once(words: list[Word], i: int, published: date, last: date) -> Reading | None:
    """'with immediate effect', 'effective immediately', 'in effect at once'."""
    pair = (word_at(words, i), word_at(words, i + 1))
    if pair not in {
        ("immediate", "effect"),
        ("effective", "immediately"),
        ("effect", "immediately"),
        ("force", "immediately"),
        ("at", "once"),
        ("effect", "today"),
    }:
        return None
    day = last if 0 <= (published - last).days <= 6 else published
    when = one_day(day)
    return (i, i + 2, "from", when, when)


def _within_period(words: list[Word], i: int, published: date, last: date) -> Reading | None:
    """'during the month', 'within the fortnight', 'before the year is out', 'for the rest of the year'."""
    low, unit = word_at(words, i), word_at(words, i + 2)
    if low in ("during", "within") and word_at(words, i + 1) == "the":
        if unit == "fortnight":
            when = When(published, shifted(published, 15), "deadline")
            return (i, i + 3, "by", when, when)
        if unit in _PERIODS and word_at(words, i + 3) not in ("of", "before", "to", "since"):
            return _until_end(i, i + 3, period_of(unit, 0, published), published)
    if low == "rest" and word_at(words, i + 1) == "of" and word_at(words, i + 3) in _PERIODS:
        whole = period_of(word_at(words, i + 3), 0, published)
        when = When(published, whole.until, "period")
        return (i, i + 4, "at", when, when)
    if low == "before":
        return _before_out(words, i, published, last)
    return None


def _before_out(words: list[Word], i: int, published: date, last: date) -> Reading | None:
    at = i + 1 if word_at(words, i + 1) != "the" else i + 2
    was = word_at(words, at + 1) == "was" and last != published
    over = word_at(words, at + 1) in ("is", "was", "'s") and word_at(words, at + 2) in ("out", "over", "up")
    if not over and word_at(words, at + 1) != "ends":
        return None
    end = at + 3 if over else at + 2
    if was and word_at(words, at) in _PERIODS:
        until = period_of(word_at(words, at), 0, last).until
        when = When(last, until, "period")
        return (i, end, "at", when, when)
    if word_at(words, at) in _PERIODS:
        return _until_end(i, end, period_of(word_at(words, at), 0, published), published)
    if word_at(words, at) in SEASONS:
        stop = SEASONS[word_at(words, at)][1]
        year = published.year + (published.month >= stop)
        return _until_end(i, end, When(published, month_when(year * 12 + stop - 1).from_, "period"), published)
    month = month_at(words, at)
    if month:
        index = published.year * 12 + month - 1 + (12 if month < published.month else 0)
        return _until_end(i, end, month_when(index), published)
    return None


def _until_end(start: int, end: int, whole: When, published: date) -> Reading:
    when = When(published, whole.until, "deadline")
    return (start, end, "by", when, when)


def _exact(words: list[Word], i: int, published: date, last: date) -> Reading | None:
    """'two weeks ago today', 'two weeks old today', 'the day before yesterday', 'the first of May'."""
    low = word_at(words, i)
    if low == "day" and word_at(words, i + 1) in ("before", "after"):
        shift = {"yesterday": -2, "tomorrow": 2}.get(word_at(words, i + 2))
        if shift is not None:
            when = one_day(shifted(published, shift))
            return (i, i + 3, "at", when, when)
    counted = counted_at(words, i)
    if counted is not None:
        number, unit, end = counted
        if word_at(words, end) in ("ago", "old") and word_at(words, end + 1) == "today":
            when = one_day(_back(published, number, unit))
            return (i, end + 2, "at", when, when)
        if word_at(words, end) == "ago" and word_at(words, end + 1) == "this" and word_at(words, end + 2) in _PERIODS:
            when = period_of(word_at(words, end + 2), 0, _back(published, number, unit))
            return (i, end + 3, "at", when, when)
        if word_at(words, end) == "ago" and word_at(words, end + 1) == "on" and word_at(words, end + 2) in _WEEKDAYS:
            return None
    return _ordinal_day(words, i, published) or _holiday(words, i, published) or _nth_told(words, i, published, last)


def _back(published: date, number: int, unit: str) -> date:
    if unit in ("month", "year"):
        months = published.year * 12 + published.month - 1 - number * (12 if unit == "year" else 1)
        year, month = divmod(months, 12)
        return real_day(year, month + 1, published.day) or shifted(published, -number * UNITS[unit])
    return shifted(published, -number * UNITS[unit])


def _holiday(words: list[Word], i: int, published: date) -> Reading | None:
    """'before Christmas', 'by Independence Day', 'on New Year's Eve'."""
    if not words[i].capital or words[i].low not in _HOLIDAY_WORDS:
        return None
    for name, (month, number) in _HOLIDAYS.items():
        if tuple(w.low for w in words[i : i + len(name)]) == name:
            days = [d for y in (-1, 0, 1) if (d := real_day(published.year + y, month, number))]
            past = max(d for d in days if d <= published)
            ahead = min(d for d in days if d >= published)
            lead = word_at(words, i - 1)
            role = {"since": "since", "by": "by", "before": "by", "until": "until", "from": "from"}.get(lead, "at")
            if lead == "before":
                past, ahead = shifted(past, -1), shifted(ahead, -1)
            return (i - 1 if role != "at" else i, i + len(name), role, one_day(past), one_day(ahead))
    return None


def _nth_told(words: list[Word], i: int, published: date, last: date) -> Reading | None:
    """'since the tenth', 'on the twentieth': of the month told last."""
    lead = word_at(words, i - 1)
    number = _ORDINALS.get(word_at(words, i + 1))
    if word_at(words, i) != "the" or number is None or lead not in ("since", "on", "from", "until"):
        return None
    after = words[i + 2] if i + 2 < len(words) else None
    if after is not None and (after.text.isalpha() and after.low not in ("been", "the", "and", "of", "both", "in")):
        return None
    day = real_day(last.year, last.month, number) or real_day(published.year, published.month, number)
    if day is None or (after is not None and after.low == "of"):
        return None
    role = lead if lead != "on" else "at"
    return (i - 1, i + 2, role, one_day(day), one_day(day))


_HOLIDAYS: dict[tuple[str, ...], tuple[int, int]] = {
    ("christmas",): (12, 25),
    ("new", "year", "'s", "eve"): (12, 31),
    ("independence", "day"): (7, 4),
    ("canada", "day"): (7, 1),
    ("may", "day"): (5, 1),
    ("valentine", "'s", "day"): (2, 14),
}
_HOLIDAY_WORDS = frozenset(name[0] for name in _HOLIDAYS)


def _ordinal_day(words: list[Word], i: int, published: date) -> Reading | None:
    """'the first of October', 'the twenty-third of May'."""
    if word_at(words, i) != "the":
        return None
    number, at = _ORDINALS.get(word_at(words, i + 1)), i + 2
    tens = {"twenty": 20, "thirty": 30}.get(word_at(words, i + 1))
    if tens and word_at(words, i + 2) == "-" and _ORDINALS.get(word_at(words, i + 3), 99) < 10:
        number, at = tens + _ORDINALS[word_at(words, i + 3)], i + 4
    if number is None or word_at(words, at) != "of" or not month_at(words, at + 1):
        return None
    month = month_at(words, at + 1)
    year, end = year_after(words, at + 2, published)
    days = [d for y in ([year] if year else [published.year - 1, published.year, published.year + 1])
            if (d := real_day(y, month, number))]  # fmt: skip
    if not days:
        return None
    past = max((d for d in days if d <= published), default=days[0])
    ahead = min((d for d in days if d >= published), default=days[-1])
    role = {"since": "since", "from": "from", "by": "by", "until": "until"}.get(word_at(words, i - 1), "at")
    return (i - 1 if role != "at" else i, max(end, at + 2), role, one_day(past), one_day(ahead))


def _around_last(words: list[Word], i: int, published: date, last: date) -> Reading | None:
    """'the week before', 'the following Monday', 'the same month': counted from the day told last."""
    low, following = word_at(words, i), word_at(words, i + 1)
    if low in _PERIODS and following == "before" and word_at(words, i - 1) == "the":
        if word_at(words, i + 2) in ("", ".", ",", ";", "and", "by", "in", "with", "when"):
            when = period_of(low, -1, last)
            return (i, i + 2, "at", when, when)
        return None
    if low == "same" and following in _PERIODS:
        when = period_of(following, 0, last)
        return (i, i + 2, "at", when, when)
    if low == "that" and following in _WEEKDAYS and words[i + 1].capital:
        shift = (_WEEKDAYS[following] - last.weekday()) % 7
        day = shifted(last, shift if shift <= 3 else shift - 7)
        return (i, i + 2, "at", one_day(day), one_day(day))
    if low == "following" and following in _WEEKDAYS:
        day = shifted(last, ((_WEEKDAYS[following] - last.weekday()) % 7) or 7)
        return (i, i + 2, "at", one_day(day), one_day(day))
    if low == "following" and following in _PERIODS and last != published:
        when = period_of(following, 1, last)
        return (i, i + 2, "at", when, when)
    ends = word_at(words, i + 2) in ("", ".", ",", ";")
    if low == "day" and following == "after" and word_at(words, i - 1) in ("the", "a") and ends:
        when = one_day(shifted(last, 1))
        return (i, i + 2, "at", when, when)
    return None


_PLURAL = {"hours": 1, "days": 7, "weeks": 28, "months": 120}


def _some(words: list[Word], i: int, published: date, last: date) -> Reading | None:
    """'within days', 'in a matter of weeks', 'in the days ahead', 'weeks ago'."""
    low = word_at(words, i)
    if low not in _PLURAL:
        return None
    before = [word_at(words, i - k) for k in (1, 2, 3)]
    if before[0] in NUMBERS or before[0][:1].isdigit():
        return None
    after = word_at(words, i + 1)
    to_come = (
        before[0] == "within"
        or (before[0] == "of" and before[1] == "matter")
        or (before[0] == "the" and (after == "ahead" or (after == "to" and word_at(words, i + 2) == "come")))
    )
    if to_come and low != "hours":
        when = When(published, shifted(published, _PLURAL[low]), "about")
        return (i, i + 2 if after == "ahead" else i + 1, "at", None, when)
    if after == "ago" and low != "hours":
        when = When(shifted(published, -_PLURAL[low]), published, "about")
        return (i, i + 2, "at", when, when)
    return None


def _half(words: list[Word], i: int, published: date, last: date) -> Reading | None:
    """'the second half of July', 'the first half of next year', 'early in the week', 'later in the month'."""
    low = word_at(words, i)
    if low in ("first", "second") and word_at(words, i + 1) == "half" and word_at(words, i + 2) == "of":
        whole, end = _whole(words, i + 3, published)
        if whole is None or whole.until is None:
            return None
        middle = whole.from_ + (whole.until - whole.from_) / 2
        when = When(whole.from_, middle, "about") if low == "first" else When(middle, whole.until, "about")
        return (i, end, "at", when, when)
    unit = word_at(words, i + 3)
    inside = word_at(words, i + 1) == "in" and word_at(words, i + 2) == "the"
    if low in ("earlier", "later", "early", "late") and inside and unit in (*_PERIODS, "day"):
        when = _side_of(low, unit, published, last)
        return (i, i + 4, "at", when, when)
    return None


def _side_of(side: str, unit: str, published: date, last: date) -> When:
    if unit == "day":
        return one_day(last if abs((published - last).days) < 7 else published)
    whole = period_of(unit, 0, published)
    if side == "earlier":
        return When(whole.from_, min(whole.until or published, shifted(published, 1)), whole.precision)
    if side == "later":
        return When(max(whole.from_, published), whole.until, whole.precision)
    return part_of(whole, side)


def _whole(words: list[Word], i: int, published: date) -> tuple[When | None, int]:
    """A month, or 'this', 'next', 'last' or 'the' month, quarter or year."""
    month = month_at(words, i)
    if month:
        year, end = year_after(words, i + 1, published)
        index = (year or published.year) * 12 + month - 1
        return month_when(index), max(end, i + 1)
    which = {"this": 0, "the": 0, "next": 1, "last": -1, "coming": 1}.get(word_at(words, i))
    if which is not None and word_at(words, i + 1) in _PERIODS:
        return period_of(word_at(words, i + 1), which, published), i + 2
    text = word_at(words, i)
    if len(text) == 4 and text.isdecimal() and text.isascii() and 1990 <= int(text) <= 2100:
        return When(date(int(text), 1, 1), date(int(text) + 1, 1, 1), "year"), i + 1
    return None, i


def _part_of_next(words: list[Word], i: int, published: date, last: date) -> Reading | None:
    """'the end of next week', 'the turn of the year', 'the new year', 'year-end'."""
    low = word_at(words, i)
    if low in ("end", "start", "beginning", "middle", "close") and word_at(words, i + 1) == "of":
        part = {"end": "end", "start": "start", "beginning": "start", "middle": "mid", "close": "end"}[low]
        which = {"this": 0, "next": 1, "last": -1}.get(word_at(words, i + 2))
        if which is not None and word_at(words, i + 3) in _PERIODS:
            when = part_of(period_of(word_at(words, i + 3), which, published), part)
            return _parted(words, i, i + 4, when)
        return None
    if low == "turn" and word_at(words, i + 1) == "of" and word_at(words, i + 3) == "year":
        first = date(published.year, 1, 1) if published.month <= 6 else date(published.year + 1, 1, 1)
        return _parted(words, i, i + 4, When(shifted(first, -3), shifted(first, 7), "about"))
    if low == "new" and word_at(words, i + 1) == "year" and word_at(words, i - 1) == "the":
        ahead = date(published.year + 1, 1, 1)
        return (i, i + 2, "at", None, When(ahead, date(published.year + 1, 4, 1), "about"))
    ends = low == "year" and word_at(words, i + 1) in ("-", "'s") and word_at(words, i + 2) == "end"
    if ends:
        whole = period_of("year", 0, published)
        return _parted(words, i, i + 3, part_of(whole, "end"))
    return None


def _by_or_at(words: list[Word], i: int) -> tuple[int, str]:
    before = [word_at(words, i - k) for k in (1, 2)]
    lead = before[1] if before[0] == "the" else before[0]
    role = {"by": "by", "before": "by", "until": "until", "till": "until", "through": "through", "since": "since",
            "from": "from"}.get(lead, "at")  # fmt: skip
    return (i - 2 if before[0] == "the" and role != "at" else i - 1 if role != "at" else i), role


def _parted(words: list[Word], i: int, end: int, when: When) -> Reading:
    start, role = _by_or_at(words, i)
    if role == "from" and word_at(words, i) in ("end", "close") and when.until is not None:
        when = one_day(shifted(when.until, -1))
    return (max(start, 0), end, role, when, when)


def _week_of(words: list[Word], i: int, published: date, last: date) -> Reading | None:
    """'the week of 16 June', 'the week beginning 16 June', 'the last week of May'."""
    if word_at(words, i) != "week":
        return None
    lead = word_at(words, i + 1)
    if lead not in ("of", "beginning", "starting", "from"):
        return None
    at = i + 3 if word_at(words, i + 2) == "the" else i + 2
    month, number, end = month_at(words, at), None, at
    text, after = word_at(words, at), word_at(words, at + 1)
    if month and after.isdecimal() and len(after) <= 2:
        number, end = int(after), at + 2
    elif text.isdecimal() and len(text) <= 2 and month_at(words, at + 1):
        month, number, end = month_at(words, at + 1), int(text), at + 2
    if month and number:
        return _week_from(i, end, month, number, published)
    nth = _ORDINALS.get(word_at(words, i - 1)) or (-1 if word_at(words, i - 1) in ("last", "final") else 0)
    if month and lead == "of" and -1 <= nth <= 4 and nth:
        year, end = year_after(words, at + 1, published)
        whole = month_when((year or published.year) * 12 + month - 1)
        first = shifted(whole.until, -7) if nth < 0 and whole.until else shifted(whole.from_, 7 * (nth - 1))
        when = When(first, shifted(first, 7), "about")
        return (i - 1, max(end, at + 1), "at", when, when)
    return None


def _week_from(i: int, end: int, month: int, number: int, published: date) -> Reading | None:
    days = [d for y in (published.year - 1, published.year, published.year + 1) if (d := real_day(y, month, number))]
    if not days:
        return None
    nearest = min(days, key=lambda d: abs((d - published).days))
    monday = shifted(nearest, -nearest.weekday())
    when = When(monday, monday + timedelta(7), "week")
    return (i, end, "at", when, when)
