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

from detente.read.days import (
    UNITS,
    Told,
    about,
    counted_at,
    day_number,
    days_from,
    days_in,
    month_at,
    month_when,
    one_day,
    part_of,
    period_of,
    quarter_when,
    real_day,
    season_at,
    shifted,
    told_once,
    twice,
    word_at,
    year_after,
)
from detente.read.proposal import When
from detente.read.words import Sentence, Word

_WEEKDAYS = {d.lower(): i for i, d in enumerate(calendar.day_name)}
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "q1": 1, "q2": 2, "q3": 3, "q4": 4}
_SINCE = frozenset({"since"})
_FROM = frozenset({"from", "effective", "starting", "beginning"})
_BY = frozenset({"by", "before", "within", "until", "till", "through"})


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
        or _from_last(words, i, published, last or published)
        or _distance(words, i, published)
        or _dated(words, i, published, last)
    )


_SAME = frozenset({"day", "date", "moment", "afternoon", "evening", "morning", "night"})


def _from_last(words: list[Word], i: int, published: date, last: date) -> Time | None:
    """'the same day', 'two days before', 'a week later', 'the next day': counted from the day told last."""
    low, following = word_at(words, i), word_at(words, i + 1)
    if (
        low in ("same", "that")
        and following in _SAME
        and not (low == "that" and following == "day" and word_at(words, i + 2) == "when")
    ):
        role, start = _role(words, i)
        return Time(start, i + 2, role, *twice(one_day(last)))
    if low in ("next", "following") and following in ("day", "morning"):
        return Time(i, i + 2, "at", *twice(one_day(shifted(last, 1))))
    if low in ("day", "evening", "night") and following == "before" and word_at(words, i - 1) in ("the", "on"):
        return Time(i, i + 2, "at", *twice(one_day(shifted(last, -1))))
    if (
        low == "hours"
        and abs((last - published).days) < 10
        and (following in ("later", "after") or word_at(words, i - 1) == "within")
    ):
        return Time(i, i + 1 if following != "later" else i + 2, "at", *twice(one_day(last)))
    counted = counted_at(words, i)
    if counted is None:
        return None
    number, unit, end = counted
    after = word_at(words, end)
    if after == "later" or (
        after in ("before", "earlier")
        and unit == "day"
        and word_at(words, i - 1) != "the"
        and word_at(words, end + 1) in ("", ".", ",", "when")
    ):
        sign = 1 if after == "later" else -1
        if sign > 0 and last > published and unit in ("day", "week"):
            return None  # a day still ahead is not what 'two days later' counts from
        return Time(i, end + 1, "at", *twice(about(last, sign * number, unit)))
    if after == "after" and word_at(words, end + 1) in ("he", "she", "it", "they", "the", "his", "a"):
        return Time(end, end + 1, "at", *twice(about(last, -number, unit)))
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


def _day_range(words: list[Word], i: int, published: date) -> Told | None:
    """'10-11 May', 'May 10 and 11', 'from 10 to 12 May', 'between May 10 and May 12'."""
    first = day_number(words, i)
    if (first is not None and i + 2 < len(words) and words[i + 1].text in "-–—") or (
        first and word_at(words, i + 1) in ("and", "to")
    ):
        second = day_number(words, i + 2)
        if second is not None and month_at(words, i + 3):
            return _range(words, i + 4, month_at(words, i + 3), int(first or 0), second, published)
    month = month_at(words, i)
    if month and (first := day_number(words, i + 1)) and word_at(words, i + 2) in ("-", "–", "—", "and", "to"):
        second = day_number(words, i + 3)
        if second is not None and not month_at(words, i + 4):
            return _range(words, i + 4, month, first, second, published)
    return None


def _range(words: list[Word], end: int, month: int, first: int, second: int, published: date) -> Told | None:
    year, end = year_after(words, end, published)
    if not 0 < first < second <= 31:
        return None

    def one(y: int) -> When | None:
        start, last = real_day(y, month, first), real_day(y, month, second)
        return When(start, last + timedelta(1), "period") if start and last else None

    return _by_year(year, one, published, end)


def _day(words: list[Word], i: int, published: date) -> Told | None:
    """One day, with or without its year, a weekday, or a word such as 'yesterday'."""
    return (
        _iso(words, i)
        or _day_month(words, i, published)
        or _weekday(words, i, published)
        or _nearby(words, i, published)
    )


def _nth(words: list[Word], i: int, published: date, last: date) -> Told | None:
    """'the 24th': of the month told last."""
    number = day_number(words, i)
    if number is None or word_at(words, i + 1) not in ("st", "nd", "rd", "th") or word_at(words, i - 1) != "the":
        return None
    months = (
        [last, published, shifted(published.replace(day=1), -1)]
        if abs((last - published).days) < 60
        else [published, shifted(published.replace(day=1), -1)]
    )
    days = [day for m in months if (day := real_day(m.year, m.month, number))]
    return told_once(i + 2, one_day(days[0])) if days else None


def _iso(words: list[Word], i: int) -> Told | None:
    if i + 4 < len(words) and words[i + 1].text == "-" and words[i + 3].text == "-" and len(words[i].text) == 4:
        texts = [words[i + k].text for k in (0, 2, 4)]
        if all(t.isdecimal() and t.isascii() for t in texts):
            day = real_day(int(texts[0]), int(texts[1]), int(texts[2]))
            if day:
                return told_once(i + 5, one_day(day))
    return None


def _day_month(words: list[Word], i: int, published: date) -> Told | None:
    month, number, end = month_at(words, i + 1), day_number(words, i), i + 2
    if number is None and word_at(words, i) == "the":
        return None
    if number and word_at(words, i + 1) == "of" and month_at(words, i + 2):
        month, end = month_at(words, i + 2), i + 3
    if not (month and number):
        month, number, end = month_at(words, i), day_number(words, i + 1), i + 2
        if month and number and word_at(words, i + 2) in ("st", "nd", "rd", "th"):
            end = i + 3
        if word_at(words, i + 2) in ("%", "per", "percent", "percentage"):
            return None
    if not (month and number):
        return None
    year, end = year_after(words, end, published)
    span = _by_year(year, lambda y: _one(y, month, number), published, end)
    if span is not None and word_at(words, i - 1) == "last":
        return _last(span, lambda y: _one(y, month, number), published)
    return span


def _last(span: Told, make: Callable[[int], When | None], published: date) -> Told:
    """'last July', 'last Sept. 1': the latest before publication, however near the next one is."""
    found = [w for y in (published.year - 1, published.year) if (w := make(y)) and w.from_ <= published]
    return told_once(span.end, found[-1]) if found else span


def _one(year: int, month: int, day: int) -> When | None:
    found = real_day(year, month, day)
    return one_day(found) if found else None


def _by_year(year: int | None, make: Callable[[int], When | None], published: date, end: int) -> Told | None:
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


def _weekday(words: list[Word], i: int, published: date) -> Told | None:
    low = word_at(words, i)
    if low not in _WEEKDAYS or not words[i].capital:
        return None
    target = _WEEKDAYS[low]
    dated = _day_month(words, i + 2 if word_at(words, i + 1) == "," else i + 1, published)
    if dated is not None:
        return dated
    before = word_at(words, i - 1) if i else ""
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
    elif word_at(words, i + 1) == "last" and word_at(words, i + 2) == "week":
        past = ahead = monday + timedelta(target - 7)
        end = i + 3
    elif ahead == published:
        past = published
    if word_at(words, end) in ("morning", "evening", "night", "afternoon"):
        end += 1
    if word_at(words, end) in ("and", "to") and word_at(words, end + 1) == calendar.day_name[(target + 1) % 7].lower():
        return Told(end + 2, days_from(past, 2), days_from(ahead, 2))
    return Told(end, one_day(past), one_day(ahead))


def _nearby(words: list[Word], i: int, published: date) -> Told | None:
    low = word_at(words, i)
    shift = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}.get(low)
    if shift is not None:
        return told_once(i + 1, one_day(published + timedelta(shift)))
    if low == "overnight":
        return told_once(i + 1, one_day(published))
    if low in ("earlier", "later") and word_at(words, i + 1) in ("today", "yesterday"):
        return _nearby(words, i + 1, published)
    if low == "this" and word_at(words, i + 1) in ("morning", "afternoon", "evening"):
        return told_once(i + 2, one_day(published))
    if low == "weekend":
        return _weekend(words, i, published)
    if (
        low == "new"
        and word_at(words, i + 1) == "year"
        and word_at(words, i + 2) == "'s"
        and word_at(words, i + 3) == "day"
    ):
        return _by_year(None, lambda y: _one(y, 1, 1), published, i + 4)
    return None


def _weekend(words: list[Word], i: int, published: date) -> Told:
    saturday = published - timedelta((published.weekday() - 5) % 7)
    before = word_at(words, i - 1)
    if before in ("next", "coming") or (before == "this" and published.weekday() < 5):
        saturday = published + timedelta((5 - published.weekday()) % 7)
    when = When(saturday, saturday + timedelta(2), "period")
    return Told(i + 1, when, when)


def _calendar(words: list[Word], i: int, published: date) -> Told | None:
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

    span = _by_year(year, one, published, end)
    if span and last:
        return _last(span, one, published)
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
    return _by_year(year, lambda y: quarter_when(y * 4 + number - 1), published, end if year else at)


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


def _distance(words: list[Word], i: int, published: date) -> Time | None:
    """'three weeks ago', 'two days earlier', 'a month later', 'within 90 days', 'in the next 30 days', 'in 90 days'."""
    before = word_at(words, i - 1) if i else ""
    counted = counted_at(words, i)
    if counted is None:
        return None
    number, unit, end = counted
    after = word_at(words, end)
    days = number * UNITS[unit]
    if after in ("ago", "earlier", "prior", "previously", "back"):
        return Time(i, end + 1, "at", *twice(about(published, -number, unit)))
    if after in ("later", "hence") or (after == "from" and word_at(words, end + 1) in ("now", "today")):
        return Time(i, end + 1, "at", *twice(about(published, number, unit)))
    ahead = {word_at(words, i - 1), word_at(words, i - 2), word_at(words, i - 3)} if i else set()
    if before == "within" or (ahead & {"next", "coming"} and ahead & {"within", "in", "over"}):
        return Time(i, end, "by", *twice(When(published, shifted(published, days + 1), "deadline")))
    if before == "in" and after not in ("of", "row") and number > 1:
        return Time(i, end, "at", None, about(published, number, unit))
    if before in ("to", "than") and unit in ("day", "month") and number > 1:
        return Time(i, end, "for", None, None, days_in(counted))
    if before in ("next", "coming"):
        return Time(i, end, "by", *twice(When(published, shifted(published, days + 1), "deadline")))
    if before in ("last", "past"):
        return Time(i, end, "since", *twice(When(shifted(published, -days), shifted(published, 1), "period")))
    return None


def _length(words: list[Word], i: int, published: date) -> Time | None:
    """'90-day', 'one-year', 'for 90 days', 'for another year': how long something is to last."""
    adjective = counted_at(words, i)
    hyphened = adjective is not None and word_at(words, adjective[2] - 2) in ("-", "–") and adjective[2] - 2 > i
    if adjective and hyphened:
        return Time(i, adjective[2], "for", None, None, days_in(adjective))
    if word_at(words, i) != "for":
        return None
    at = i + 1
    while (
        word_at(words, at)
        in ("another", "a", "further", "an", "additional", "the", "next", "at", "least", "up", "to", "about", "initial")
        and counted_at(words, at) is None
    ):
        at += 1
    counted = counted_at(words, at)
    if counted is None and word_at(words, at - 1) == "another" and word_at(words, at) in UNITS:
        counted = (1, word_at(words, at), at + 1)
    if counted is None:
        return None
    return Time(i, counted[2], "for", None, None, days_in(counted))
