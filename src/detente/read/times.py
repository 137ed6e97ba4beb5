"""Days and spans a sentence tells, as intervals relative to the day the text was published.

"Three weeks prior" to 6 June 2025 is about 16 May; "this week" its Monday to the next; "within 90 days" ends 90 days
on. A day without a year is the nearest one that suits the tense; the choice is left open until the clause is known
(`Time.when(ahead)`).
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from detente.read.proposal import When
from detente.read.words import Sentence, Word

_MONTHS = {m.lower(): i for i, m in enumerate(calendar.month_name) if m} | {
    m.lower(): i for i, m in enumerate(calendar.month_abbr) if m
}
_MONTHS["sept"] = 9
_WEEKDAYS = {d.lower(): i for i, d in enumerate(calendar.day_name)}
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100, "couple": 2, "several": 3, "few": 3,
}  # fmt: skip
_UNITS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "q1": 1, "q2": 2, "q3": 3, "q4": 4}
_SEASONS = {"spring": (3, 6), "summer": (6, 9), "autumn": (9, 12), "fall": (9, 12), "winter": (12, 15)}
_SINCE = frozenset("since".split())
_FROM = frozenset("from effective starting beginning".split())
_BY = frozenset("by before within until till through".split())
_FIRST = date(1900, 1, 1)
_LAST = date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Time:
    """Words `[start, end)` that tell a time. `role`: at, from, since, by, until or for (a length).

    `past` and `ahead` are the readings in a clause about what was and about what is to come; `days` a stated length.
    """

    start: int
    end: int
    role: str
    past: When | None
    ahead: When | None
    days: int | None = None

    def when(self, ahead: bool) -> When | None:
        """The reading that suits the clause."""
        return self.ahead if ahead else self.past


@dataclass(frozen=True, slots=True)
class _Span:
    end: int
    past: When
    ahead: When


def times(sentence: Sentence, published: date, last: date | None = None) -> list[Time]:
    """Every time a sentence tells, in order; `last` is the day told last before it ("the same day", "a week later")."""
    out: list[Time] = []
    i = 0
    while i < len(sentence.words):
        found = _at(sentence.words, i, published, last)
        if found is None or (out and found.start < out[-1].end):
            i += 1
            continue
        out.append(found)
        i = found.end
        last = day_told(found, False) or last
    return out


def day_told(time: Time, ahead: bool) -> date | None:
    """The day a time tells, if it tells one."""
    when = time.when(ahead)
    return when.from_ if when is not None and when.precision == "day" else None


def _at(words: list[Word], i: int, published: date, last: date | None) -> Time | None:
    return (
        _length(words, i, published)
        or _from_last(words, i, last or published)
        or _distance(words, i, published)
        or _dated(words, i, published, last)
    )


_SAME = frozenset("day date moment afternoon evening morning night".split())


def _from_last(words: list[Word], i: int, last: date) -> Time | None:
    """'the same day', 'two days before', 'a week later', 'the next day': counted from the day told last."""
    low, following = _low(words, i), _low(words, i + 1)
    if low in ("same", "that") and following in _SAME and not (low == "that" and following == "day" and _low(words, i + 2) == "when"):
        role, start = _role(words, i)
        return Time(start, i + 2, role, *_twice(_one_day(last)))
    if low in ("next", "following") and following in ("day", "morning"):
        return Time(i, i + 2, "at", *_twice(_one_day(_shift(last, 1))))
    if low in ("day", "evening", "night") and following == "before" and _low(words, i - 1) in ("the", "on"):
        return Time(i, i + 2, "at", *_twice(_one_day(_shift(last, -1))))
    if low == "hours" and (following in ("later", "after") or _low(words, i - 1) == "within"):
        return Time(i, i + 1 if following != "later" else i + 2, "at", *_twice(_one_day(last)))
    counted = _count(words, i)
    if counted is None:
        return None
    number, unit, end = counted
    after = _low(words, end)
    if after == "later" or (after in ("before", "earlier") and unit == "day" and _low(words, i - 1) != "the" and _low(words, end + 1) in ("", ".", ",", "when")):
        sign = 1 if after == "later" else -1
        return Time(i, end + 1, "at", *_twice(_about(last, sign * number, unit)))
    if after == "after" and _low(words, end + 1) in ("he", "she", "it", "they", "the", "his", "a"):
        return Time(end, end + 1, "at", *_twice(_about(last, -number, unit)))
    return None


def _dated(words: list[Word], i: int, published: date, last: date | None) -> Time | None:
    span = (
        _day_range(words, i, published)
        or _day(words, i, published)
        or _nth(words, i, published, last or published)
        or _calendar(words, i, published)
    )
    if span is None:
        return None
    role, start = _role(words, i)
    return Time(start, span.end, role, span.past, span.ahead)


def _role(words: list[Word], i: int) -> tuple[str, int]:
    """What the words before a date make of it."""
    before = [w.low for w in words[max(0, i - 3) : i]]
    if before[-1:] and before[-1] in ("the", "on", "in") and len(before) > 1 and before[-2] in _SINCE | _FROM | _BY:
        return _role_word(before[-2]), i - 2
    if before[-2:] == ["as", "of"] or before[-2:] in (["starting", "on"], ["beginning", "on"], ["starting", "in"]):
        return "from", i - 2
    if before[-1:] and before[-1] in _SINCE | _FROM | _BY:
        return _role_word(before[-1]), i - 1
    return "at", i - 1 if before[-1:] and before[-1] in ("on", "in", "at") else i


def _role_word(word: str) -> str:
    if word in _SINCE:
        return "since"
    if word in _FROM:
        return "from"
    return "until" if word in ("until", "till") else "through" if word == "through" else "by"


def _day_range(words: list[Word], i: int, published: date) -> _Span | None:
    """'10-11 May', 'May 10 and 11', 'from 10 to 12 May', 'between May 10 and May 12'."""
    first = _day_number(words, i)
    if first is not None and i + 2 < len(words) and words[i + 1].text in "-–—" or (first and _low(words, i + 1) in ("and", "to")):
        second = _day_number(words, i + 2)
        if second is not None and _month(words, i + 3):
            return _range(words, i + 4, _month(words, i + 3), int(first or 0), second, published)
    month = _month(words, i)
    if month and (first := _day_number(words, i + 1)) and _low(words, i + 2) in ("-", "–", "—", "and", "to"):
        second = _day_number(words, i + 3)
        if second is not None and not _month(words, i + 4):
            return _range(words, i + 4, month, first, second, published)
    return None


def _range(words: list[Word], end: int, month: int, first: int, second: int, published: date) -> _Span | None:
    year, end = _year_after(words, end, published)
    if not 0 < first < second <= 31:
        return None

    def one(y: int) -> When | None:
        start, last = _safe(y, month, first), _safe(y, month, second)
        return When(start, last + timedelta(1), "period") if start and last else None

    return _by_year(year, one, published, end)


def _day(words: list[Word], i: int, published: date) -> _Span | None:
    """One day, with or without its year, a weekday, or a word such as 'yesterday'."""
    return _iso(words, i) or _day_month(words, i, published) or _weekday(words, i, published) or _nearby(words, i, published)


def _nth(words: list[Word], i: int, published: date, last: date) -> _Span | None:
    """'the 24th': of the month told last."""
    number = _day_number(words, i)
    if number is None or _low(words, i + 1) not in ("st", "nd", "rd", "th") or _low(words, i - 1) != "the":
        return None
    months = [last, published, _shift(published.replace(day=1), -1)] if abs((last - published).days) < 60 else [published, _shift(published.replace(day=1), -1)]
    days = [day for m in months if (day := _safe(m.year, m.month, number))]
    return _same(i + 2, _one_day(days[0])) if days else None


def _iso(words: list[Word], i: int) -> _Span | None:
    if i + 4 < len(words) and words[i + 1].text == "-" and words[i + 3].text == "-" and len(words[i].text) == 4:
        texts = [words[i + k].text for k in (0, 2, 4)]
        if all(t.isdecimal() and t.isascii() for t in texts):
            day = _safe(int(texts[0]), int(texts[1]), int(texts[2]))
            if day:
                return _same(i + 5, _one_day(day))
    return None


def _day_month(words: list[Word], i: int, published: date) -> _Span | None:
    month, number, end = _month(words, i + 1), _day_number(words, i), i + 2
    if number is None and _low(words, i) == "the":
        return None
    if number and _low(words, i + 1) == "of" and _month(words, i + 2):
        month, end = _month(words, i + 2), i + 3
    if not (month and number):
        month, number, end = _month(words, i), _day_number(words, i + 1), i + 2
        if month and number and _low(words, i + 2) in ("st", "nd", "rd", "th"):
            end = i + 3
        if _low(words, i + 2) in ("%", "per", "percent", "percentage"):
            return None
    if not (month and number):
        return None
    year, end = _year_after(words, end, published)
    span = _by_year(year, lambda y: _one(y, month, number), published, end)
    if span is not None and _low(words, i - 1) == "last":
        return _last(span, lambda y: _one(y, month, number), published)
    return span


def _last(span: _Span, make: Callable[[int], When | None], published: date) -> _Span:
    """'last July', 'last Sept. 1': the latest before publication, however near the next one is."""
    found = [w for y in (published.year - 1, published.year) if (w := make(y)) and w.from_ <= published]
    return _same(span.end, found[-1]) if found else span


def _one(year: int, month: int, day: int) -> When | None:
    found = _safe(year, month, day)
    return _one_day(found) if found else None


def _by_year(year: int | None, make: Callable[[int], When | None], published: date, end: int) -> _Span | None:
    """The interval in its stated year, else in the nearest: before publication for the past, after it for what comes."""
    if year is not None:
        one = make(year)
        return _same(end, one) if one else None
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
    return _Span(end, past, ahead)


def _weekday(words: list[Word], i: int, published: date) -> _Span | None:
    low = _low(words, i)
    if low not in _WEEKDAYS or not words[i].capital:
        return None
    target = _WEEKDAYS[low]
    dated = _day_month(words, i + 2 if _low(words, i + 1) == "," else i + 1, published)
    if dated is not None:
        return dated
    before = _low(words, i - 1) if i else ""
    back = (published.weekday() - target) % 7
    past = published - timedelta(back)
    ahead = published + timedelta((target - published.weekday()) % 7)
    monday = published - timedelta(published.weekday())
    end = i + 1
    if before == "last":
        past = ahead = published - timedelta(back or 7)
    elif before == "next":
        past = ahead = monday + timedelta(7 + target)
    elif before == "this":
        past = ahead = monday + timedelta(target)
    elif before == "coming":
        past = ahead
    elif _low(words, i + 1) == "last" and _low(words, i + 2) == "week":
        past = ahead = monday + timedelta(target - 7)
        end = i + 3
    elif ahead == published:
        past = published
    if _low(words, end) in ("morning", "evening", "night", "afternoon"):
        end += 1
    if _low(words, end) in ("and", "to") and _low(words, end + 1) == calendar.day_name[(target + 1) % 7].lower():
        return _Span(end + 2, _days_from(past, 2), _days_from(ahead, 2))
    return _Span(end, _one_day(past), _one_day(ahead))


def _nearby(words: list[Word], i: int, published: date) -> _Span | None:
    low = _low(words, i)
    shift = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}.get(low)
    if shift is not None:
        return _same(i + 1, _one_day(published + timedelta(shift)))
    if low == "overnight":
        return _same(i + 1, _one_day(published))
    if low in ("earlier", "later") and _low(words, i + 1) in ("today", "yesterday"):
        return _nearby(words, i + 1, published)
    if low == "this" and _low(words, i + 1) in ("morning", "afternoon", "evening"):
        return _same(i + 2, _one_day(published))
    if low == "weekend":
        return _weekend(words, i, published)
    if low == "new" and _low(words, i + 1) == "year" and _low(words, i + 2) == "'s" and _low(words, i + 3) == "day":
        return _by_year(None, lambda y: _one(y, 1, 1), published, i + 4)
    return None


def _weekend(words: list[Word], i: int, published: date) -> _Span:
    saturday = published - timedelta((published.weekday() - 5) % 7)
    before = _low(words, i - 1)
    if before in ("next", "coming") or (before == "this" and published.weekday() < 5):
        saturday = published + timedelta((5 - published.weekday()) % 7)
    when = When(saturday, saturday + timedelta(2), "period")
    return _Span(i + 1, when, when)


def _calendar(words: list[Word], i: int, published: date) -> _Span | None:
    return _relative_period(words, i, published) or _month_alone(words, i, published) or _quarter(words, i, published) or _year(words, i) or _season(words, i, published)


def _relative_period(words: list[Word], i: int, published: date) -> _Span | None:
    """'this week', 'last month', 'earlier this year', 'later this month', 'early next week', 'the coming weeks'."""
    low = _low(words, i)
    side = low if low in ("earlier", "later", "early", "late", "mid") else ""
    at = i + 1 if side else i
    if side and _low(words, at) in ("in", "-"):
        at += 1
    if _low(words, at) == "the":
        at += 1
    which = {"this": 0, "current": 0, "last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}.get(_low(words, at))
    unit = _low(words, at + 1)
    if which is None:
        return None
    if unit in ("weeks", "months", "days") and which:
        return _some_time(words, at, which, unit, published)
    if unit == "few" and _low(words, at + 2) in ("weeks", "months", "days"):
        return _some_time(words, at + 1, which, _low(words, at + 2), published)
    if unit not in ("week", "month", "year", "quarter"):
        return None
    if unit == "year" and which == 0 and _low(words, at + 2) == "and" and _low(words, at + 3) == "next":
        return _same(at + 4, When(date(published.year, 1, 1), date(published.year + 2, 1, 1), "period"))
    whole = _period(unit, which, published)
    if side == "earlier":
        whole = replace(whole, until=min(whole.until or published, published + timedelta(1)))
    elif side == "later":
        whole = replace(whole, from_=max(whole.from_, published))
    elif side == "early" and whole.until:
        whole = replace(whole, until=whole.from_ + (whole.until - whole.from_) / 2 if unit != "week" else whole.from_ + timedelta(3))
    elif side == "late" and whole.until:
        whole = replace(whole, from_=whole.from_ + (whole.until - whole.from_) / 2)
    return _same(at + 2, whole)


def _some_time(words: list[Word], at: int, which: int, unit: str, published: date) -> _Span:
    days = 3 * _UNITS[unit[:-1]]
    when = When(published, published + timedelta(days), "about") if which > 0 else When(published - timedelta(days), published + timedelta(1), "about")
    return _same(at + 2, when)


def _period(unit: str, which: int, published: date) -> When:
    if unit == "week":
        monday = published - timedelta(published.weekday()) + timedelta(7 * which)
        return When(monday, monday + timedelta(7), "week")
    if unit == "year":
        return When(date(published.year + which, 1, 1), date(published.year + which + 1, 1, 1), "year")
    if unit == "quarter":
        return _quarter_of(published.year * 4 + (published.month - 1) // 3 + which)
    index = published.year * 12 + published.month - 1 + which
    return _month_of(index)


def _month_of(index: int) -> When:
    return When(date(index // 12, index % 12 + 1, 1), date((index + 1) // 12, (index + 1) % 12 + 1, 1), "month")


def _quarter_of(index: int) -> When:
    return When(date(index // 4, index % 4 * 3 + 1, 1), date((index + 1) // 4, (index + 1) % 4 * 3 + 1, 1), "quarter")


def _month_alone(words: list[Word], i: int, published: date) -> _Span | None:
    """'May 2025', 'in May', 'early May', 'mid-May', 'the end of May'."""
    low = _low(words, i)
    part, at = "", i
    if low in ("early", "late", "mid", "earlier", "later"):
        part, at = {"earlier": "", "later": ""}.get(low, low), i + 1
        if _low(words, at) in ("-", "in"):
            at += 1
    elif low in ("end", "start", "beginning", "middle") and _low(words, i + 1) == "of":
        part, at = {"end": "end", "start": "start", "beginning": "start", "middle": "mid"}[low], i + 2
        if _low(words, at) in ("this", "next") and _low(words, at + 1) in ("month", "year"):
            which = 0 if _low(words, at) == "this" else 1
            return _same(at + 2, _part(_period(_low(words, at + 1), which, published), part))
        if _low(words, at) == "the" and _low(words, at + 1) in ("month", "year", "week", "quarter"):
            return _same(at + 2, _part(_period(_low(words, at + 1), 0, published), part))
    month = _month(words, at)
    if not month:
        return _part_of_year(words, i, at, part)
    if not part and not (_low(words, i - 1) in ("in", "since", "by", "until", "of", "last", "next", "this", "from", "before", "through", "during", "for", "to", "and", "-") if i else False) and _year_after(words, at + 1, published)[0] is None:
        return None
    year, end = _year_after(words, at + 1, published)
    last, nxt = _low(words, i - 1) == "last", _low(words, i - 1) == "next"

    def one(y: int) -> When | None:
        return _part(_month_of(y * 12 + month - 1), part) if 1900 <= y < 2199 else None

    span = _by_year(year, one, published, end)
    if span and last:
        return _last(span, one, published)
    return _Span(end, span.ahead, span.ahead) if span and nxt else span


def _part_of_year(words: list[Word], i: int, at: int, part: str) -> _Span | None:
    if not part:
        return None
    found = _year(words, at)
    if found is None or found.past.until is None:
        return None
    return _same(found.end, _part(found.past, part))


def _part(whole: When, part: str) -> When:
    if not part or whole.until is None:
        return whole
    third = (whole.until - whole.from_) // 3
    week = min(timedelta(7), third)
    bounds = {
        "end": (whole.until - week, whole.until), "start": (whole.from_, whole.from_ + week),
        "early": (whole.from_, whole.from_ + third), "mid": (whole.from_ + third, whole.until - third), "late": (whole.until - third, whole.until)}
    start, end = bounds[part]
    return When(start, end, "about")


def _quarter(words: list[Word], i: int, published: date) -> _Span | None:
    low = _low(words, i)
    if low not in _QUARTERS:
        return None
    at = i + 1
    if not low.startswith("q"):
        if _low(words, at) != "quarter":
            return None
        at += 1
        if _low(words, at) == "of":
            at += 1
    year, end = _year_after(words, at, published)
    number = _QUARTERS[low]
    return _by_year(year, lambda y: _quarter_of(y * 4 + number - 1), published, end if year else at)


def _year(words: list[Word], i: int) -> _Span | None:
    text = words[i].text if i < len(words) else ""
    if not (len(text) == 4 and text.isdecimal() and text.isascii() and 1990 <= int(text) <= 2060):
        return None
    before = _low(words, i - 1) if i else ""
    if before in ("$", "€", "£", "some", "about", "around", "to", "than") and _low(words, i - 2) not in ("early", "back") and before != "to":
        return None
    if _low(words, i + 1) in ("%", "tariff", "lines", "goods", "items", "products", "billion", "tonnes", "companies", "categories"):
        return None
    year = int(text)
    return _same(i + 1, When(date(year, 1, 1), date(year + 1, 1, 1), "year"))


def _season(words: list[Word], i: int, published: date) -> _Span | None:
    """'this summer', 'last winter', 'in the autumn', 'the summer of 2020'."""
    low = _low(words, i)
    if low not in ("this", "last", "next", "the"):
        return None
    season = _SEASONS.get(_low(words, i + 1))
    if season is None or (low == "the" and _low(words, i - 1) not in ("in", "since", "of", "through", "until", "by", "during")):
        return None
    if _low(words, i + 1) == "fall" and _low(words, i + 2) in ("in", "of"):
        return None
    year, end = _year_after(words, i + 2, published)
    if year is None and _low(words, i + 2) == "of":
        return None
    if low == "next":
        year = year or published.year + (published.month >= season[0])
    past = When(_month_of(published.year * 12 + season[0] - 1).from_, _month_of(published.year * 12 + season[1] - 1).from_, "period")
    if year is None and past.from_ > published or (year is None and low == "last" and past.until is not None and past.until > published):
        year = published.year - 1
    year = year or published.year
    start, stop = year * 12 + season[0] - 1, year * 12 + season[1] - 1
    return _same(end if end > i + 2 else i + 2, When(_month_of(start).from_, _month_of(stop).from_, "period"))


def _distance(words: list[Word], i: int, published: date) -> Time | None:
    """'three weeks ago', 'two days earlier', 'a month later', 'within 90 days', 'in the next 30 days', 'in 90 days'."""
    before = _low(words, i - 1) if i else ""
    counted = _count(words, i)
    if counted is None:
        return None
    number, unit, end = counted
    after = _low(words, end)
    days = number * _UNITS[unit]
    if after in ("ago", "earlier", "prior", "previously", "back"):
        return Time(i, end + 1, "at", *_twice(_about(published, -number, unit)))
    if after in ("later", "hence") or (after == "from" and _low(words, end + 1) in ("now", "today")):
        return Time(i, end + 1, "at", *_twice(_about(published, number, unit)))
    ahead = {_low(words, i - 1), _low(words, i - 2), _low(words, i - 3)} if i else set()
    if before == "within" or (ahead & {"next", "coming"} and ahead & {"within", "in", "over"}):
        return Time(i, end, "by", *_twice(When(published, _shift(published, days + 1), "deadline")))
    if before == "in" and after not in ("of", "row") and number > 1:
        return Time(i, end, "at", None, _about(published, number, unit))
    if before in ("to", "than") and unit in ("day", "month") and number > 1:
        return Time(i, end, "for", None, None, _days(counted))
    if before in ("next", "coming"):
        return Time(i, end, "by", *_twice(When(published, _shift(published, days + 1), "deadline")))
    if before in ("last", "past"):
        return Time(i, end, "since", *_twice(When(_shift(published, -days), _shift(published, 1), "period")))
    return None


def _about(published: date, number: int, unit: str) -> When:
    """The day so many units away; a count of weeks tells the week about it, of months the month."""
    if unit in ("day", "week", "fortnight"):
        day = _shift(published, number * _UNITS[unit])
        if unit == "day":
            return _one_day(day)
        monday = _shift(day, -day.weekday())
        return When(monday, _shift(monday, 7), "about")
    if unit == "month":
        return replace(_month_of(max(12 * 1900, published.year * 12 + published.month - 1 + number)), precision="about")
    year = min(max(published.year + number, 1900), 2198)
    return When(date(year, 1, 1), date(year + 1, 1, 1), "about")


def _length(words: list[Word], i: int, published: date) -> Time | None:
    """'90-day', 'one-year', 'for 90 days', 'for another year': how long something is to last."""
    adjective = _count(words, i)
    hyphened = adjective is not None and _low(words, adjective[2] - 2) in ("-", "–") and adjective[2] - 2 > i
    if adjective and hyphened:
        return Time(i, adjective[2], "for", None, None, _days(adjective))
    if _low(words, i) != "for":
        return None
    at = i + 1
    while _low(words, at) in ("another", "a", "further", "an", "additional", "the", "next", "at", "least", "up", "to", "about", "initial") and _count(words, at) is None:
        at += 1
    counted = _count(words, at)
    if counted is None and _low(words, at - 1) == "another" and _low(words, at) in _UNITS:
        counted = (1, _low(words, at), at + 1)
    if counted is None:
        return None
    return Time(i, counted[2], "for", None, None, _days(counted))


def _days(counted: tuple[int, str, int]) -> int:
    number, unit, _ = counted
    return min(number * _UNITS[unit], 36_500)


def _count(words: list[Word], i: int) -> tuple[int, str, int] | None:
    """A number and a unit of time from word i on, and where they end."""
    low = _low(words, i)
    number = _number(low)
    if number is None:
        return None
    at = i + 1
    if low == "a" and _low(words, at) in ("few", "couple"):
        number, at = _NUMBERS[_low(words, at)], at + 1
    if _low(words, at) == "of":
        at += 1
    if _low(words, at) in ("-", "–"):
        at += 1
    elif _low(words, at) in ("more", "further", "additional", "calendar", "full", "working", "or"):
        at += 1
    unit = _low(words, at)
    unit = unit[:-1] if unit.endswith("s") else unit
    return (number, unit, at + 1) if unit in _UNITS else None


def _number(low: str) -> int | None:
    if low.isdecimal() and low.isascii() and len(low) <= 4:
        return int(low)
    return _NUMBERS.get(low)


def _month(words: list[Word], i: int) -> int:
    if not 0 <= i < len(words) or not words[i].capital:
        return 0
    return _MONTHS.get(words[i].low.rstrip("."), 0)


def _day_number(words: list[Word], i: int) -> int | None:
    text = _low(words, i)
    if not text[:1].isdigit():
        return None
    digits = text if text.isdecimal() and text.isascii() else ""
    return int(digits) if digits and len(digits) <= 2 and 1 <= int(digits) <= 31 else None


def _year_after(words: list[Word], i: int, published: date) -> tuple[int | None, int]:
    """A year that follows a month or a day, with or without a comma, and the word after it."""
    at = i + 1 if _low(words, i) == "," else i
    if _low(words, at) == "of":
        at += 1
    text = _low(words, at)
    if len(text) == 4 and text.isdecimal() and text.isascii() and 1900 <= int(text) <= 2198:
        return int(text), at + 1
    which = {"last": -1, "this": 0, "next": 1}.get(text)
    if which is not None and _low(words, at + 1) == "year":
        return published.year + which, at + 2
    return None, i


def _low(words: list[Word], i: int) -> str:
    return words[i].low if 0 <= i < len(words) else ""


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year < 2199 else None
    except ValueError:
        return None


def _one_day(day: date) -> When:
    return When(day, _shift(day, 1), "day")


def _shift(day: date, days: int) -> date:
    """Days on or back, kept within the years this reader knows."""
    try:
        moved = day + timedelta(days)
    except OverflowError:
        moved = _LAST if days > 0 else _FIRST
    return min(max(moved, _FIRST), _LAST)


def _days_from(day: date, count: int) -> When:
    return When(day, _shift(day, count), "period")


def _same(end: int, when: When) -> _Span:
    return _Span(end, when, when)


def _twice(when: When) -> tuple[When, When]:
    return when, when

