"""Days and spans a sentence tells, as intervals relative to the day the text was published.

"Three weeks prior" to 6 June 2025 is about 16 May; "this week" its Monday to the next; "within 90 days" ends 90 days
on. A day without a year is the nearest one that suits the tense; the choice is left open until the clause is known
(`Time.when(ahead)`).
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from detente.read.day_words import told_otherwise
from detente.read.days import (
    NUMBERS,
    UNITS,
    Told,
    about,
    counted_at,
    day_number,
    days_from,
    days_in,
    month_at,
    one_day,
    real_day,
    shifted,
    told_once,
    twice,
    word_at,
    year_after,
)
from detente.read.periods import by_year, calendar_at, last_of
from detente.read.proposal import When
from detente.read.tables import word_set
from detente.read.words import Sentence, Word

_WEEKDAYS = {d.lower(): i for i, d in enumerate(calendar.day_name)}
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
        if out and (joined := _joined(sentence.words, out[-1], found)) is not None:
            out[-1] = found = joined
        else:
            out.append(found)
        i = found.end
        last = day_told(found, False) or last
    return out


_JOINING = frozenset({"and", "to", "-", "–", "through", "until", ",", "or"})


def _joined(words: list[Word], a: Time, b: Time) -> Time | None:
    """'31 January and 1 February', 'from Thursday to Saturday', 'between 1 June and 1 September': one stretch."""
    joint = word_at(words, a.end)
    if b.end <= a.end or b.start > a.end + 1 or joint not in _JOINING or a.past is None or b.past is None:
        return None
    before = word_at(words, a.start - 1) if a.role == "at" else ""
    between = before == "between" or word_at(words, a.start) == "between"
    ranged = (a.role == "from" and joint in ("to", "through", "until", "-", "–")) or (between and joint == "and")
    first, second = a.past, b.past
    if a.ahead is None or b.ahead is None or first.until is None or second.until is None:
        return None
    if first.precision not in ("day", "period") or second.precision not in ("day", "period"):
        return _longer(a, b) if ranged else None
    length_of_second = second.until - second.from_
    if word_at(words, b.start) in _WEEKDAYS or word_at(words, b.end - 1) in _WEEKDAYS:
        second = one_day(shifted(first.from_, (second.from_.weekday() - first.from_.weekday()) % 7))
    apart = (second.from_ - first.from_).days
    close = 0 < apart <= 6 and joint != "or" and (b.role == "at" or joint in ("to", "through", "until"))
    if not (ranged and apart > 0) and not (close and a.role == "at"):
        return None
    length = timedelta(apart) + length_of_second
    return Time(
        a.start,
        b.end,
        "at",
        When(first.from_, first.from_ + length, "period"),
        When(a.ahead.from_, a.ahead.from_ + length, "period"),
    )


def _longer(a: Time, b: Time) -> Time | None:
    """'from 2018 to 2020', 'from June to August'."""
    if a.past is None or b.past is None or a.ahead is None or b.ahead is None or b.past.from_ < a.past.from_:
        return None
    past = When(a.past.from_, b.past.until, "period")
    return Time(a.start, b.end, "at", past, When(a.ahead.from_, b.ahead.until, "period"))


def day_told(time: Time, ahead: bool) -> date | None:
    """The day a time tells, if it tells one."""
    when = time.when(ahead)
    return when.from_ if when is not None and when.precision == "day" else None


_STARTING = word_set("times starting") | word_set("times first words") | frozenset(NUMBERS)


def _at(words: list[Word], i: int, published: date, last: date | None) -> Time | None:
    word = words[i]
    if not (word.low in _STARTING or word.low[:1].isdigit() or word.capital):
        return None  # no time begins with such a word
    other = told_otherwise(words, i, published, last or published)
    if other is not None:
        start, end, role, past, ahead = other
        return Time(max(start, 0), end, role, past, ahead)
    return (
        _length(words, i, published)
        or _from_last(words, i, published, last or published)
        or _distance(words, i, published)
        or _dated(words, i, published, last)
    )


_SAME = frozenset({"day", "date", "moment", "afternoon", "evening", "morning", "night"})


_CLAUSE_STARTS = frozenset({"he", "she", "they", "the", "it", "his", "her", "their"})


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
    ahead_of = after == "before" and unit in ("day", "week")
    if ahead_of and (word_at(words, end + 1) in _CLAUSE_STARTS or (end + 1 < len(words) and words[end + 1].capital)):
        return Time(end, end + 1, "at", *twice(about(last, number, unit)))  # 'a week before the two met'
    if after == "later" or (
        after in ("before", "earlier")
        and unit == "day"
        and word_at(words, i - 1) != "the"
        and (word_at(words, end + 1) in ("", ".", ",", "when") or i == 0)
    ):
        sign = 1 if after == "later" else -1
        if sign > 0 and last > published and unit in ("day", "week"):
            return None  # a day still ahead is not what 'two days later' counts from
        return Time(i, end + 1, "at", *twice(about(last, sign * number, unit)))
    near = number * UNITS[unit] <= 14
    whose = word_at(words, end + 1)
    named = end + 1 < len(words) and words[end + 1].capital
    if near and after == "after" and (named or whose in ("he", "she", "it", "they", "the", "his", "a")):
        return Time(end, end + 1, "at", *twice(about(last, -number, unit)))
    return None


def _dated(words: list[Word], i: int, published: date, last: date | None) -> Time | None:
    span = (
        _day_range(words, i, published)
        or _day(words, i, published)
        or _nth(words, i, published, last or published)
        or calendar_at(words, i, published)
    )
    if span is None:
        return None
    role, start = _role(words, i)
    if role == "by" and word_at(words, start) == "before":
        return Time(start, span.end, role, _day_before(span.past), _day_before(span.ahead))
    return Time(start, span.end, role, span.past, span.ahead)


def _day_before(when: When) -> When:
    """'before 5 May' ends with the fourth."""
    return one_day(shifted(when.from_, -1)) if when.precision == "day" else when


def _role(words: list[Word], i: int) -> tuple[str, int]:
    """What the words before a date make of it."""
    before = [w.low for w in words[max(0, i - 3) : i]]
    if before[-1:] == ["the"]:
        before = [w.low for w in words[max(0, i - 4) : i - 1]]
        if tuple(before) in _LEADS:
            return _LEADS[tuple(before)], i - 4
        before = [*before[1:], "the"]
    if tuple(before) in _LEADS:
        return _LEADS[tuple(before)], i - 3
    if tuple(before[-2:]) in _LEADS:
        return _LEADS[tuple(before[-2:])], i - 2
    if before[-1:] and before[-1] in ("the", "on", "in") and len(before) > 1 and before[-2] in _SINCE | _FROM | _BY:
        return _role_word(before[-2]), i - 2
    if before[-2:] == ["as", "of"] or before[-2:] in (["starting", "on"], ["beginning", "on"], ["starting", "in"]):
        return "from", i - 2
    if before[-1:] and before[-1] in _SINCE | _FROM | _BY:
        return _role_word(before[-1]), i - 1
    return "at", i - 1 if before[-1:] and before[-1] in ("on", "in", "at") else i


_LEADS: dict[tuple[str, ...], str] = {
    ("on", "or", "after"): "from",
    ("no", "later", "than"): "by",
    ("not", "later", "than"): "by",
    ("no", "earlier", "than"): "from",
    ("up", "and", "including"): "through",
    ("to", "and", "including"): "through",
    ("not", "before"): "from",
    ("backdated", "to"): "from",
    ("back", "to"): "from",
    ("retroactive", "to"): "from",
    ("retroactively", "to"): "from",
    ("effective", "on"): "from",
    ("effect", "on"): "from",
    ("force", "on"): "from",
    ("starting", "in"): "from",
    ("up", "to"): "until",
    ("latest", "by"): "by",
}


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

    return by_year(year, one, published, end)


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
    if not days:
        return None
    later = [published, shifted(published.replace(day=1), 31)]
    coming = [day for m in later if (day := real_day(m.year, m.month, number)) and day >= published]
    gone = next((day for day in days if day <= published), days[0])
    return Told(i + 2, one_day(gone), one_day(coming[0] if coming and days[0] < published else days[0]))


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
    if number and word_at(words, i + 1) in ("st", "nd", "rd", "th"):
        at = i + 3 if word_at(words, i + 2) == "of" else i + 2
        month, end = month_at(words, at), at + 1  # 'the 28th of March'
    if not (month and number):
        month, number, end = month_at(words, i), day_number(words, i + 1), i + 2
        if month and number and word_at(words, i + 2) in ("st", "nd", "rd", "th"):
            end = i + 3
        if word_at(words, i + 2) in ("%", "per", "percent", "percentage"):
            return None
    if not (month and number):
        return None
    year, end = year_after(words, end, published)
    span = by_year(year, lambda y: _one(y, month, number), published, end)
    if span is not None and word_at(words, i - 1) == "last":
        return last_of(span, lambda y: _one(y, month, number), published)
    return span


def _one(year: int, month: int, day: int) -> When | None:
    found = real_day(year, month, day)
    return one_day(found) if found else None


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
    elif word_at(words, i + 1) in ("last", "this", "next") and word_at(words, i + 2) == "week":
        past = ahead = monday + timedelta(target + {"last": -7, "this": 0, "next": 7}[word_at(words, i + 1)])
        end = i + 3
    elif word_at(words, i + 1) == "of" and word_at(words, i + 2) in _WHICH_WEEK and word_at(words, i + 3) == "week":
        past = ahead = monday + timedelta(target + _WHICH_WEEK[word_at(words, i + 2)])
        end = i + 4
    elif word_at(words, i + 1) == "week" and word_at(words, i + 2) in ("", ".", ",", ";"):
        past = ahead = shifted(ahead, 7)
        end = i + 2
    elif word_at(words, i + 1) == "next" and word_at(words, i + 2) in ("", ".", ",", ";"):
        past = ahead
        end = i + 2
    elif ahead == published:
        past = published
    if word_at(words, end) in ("morning", "evening", "night", "afternoon"):
        end += 1
    if word_at(words, end) in ("and", "to") and word_at(words, end + 1) == calendar.day_name[(target + 1) % 7].lower():
        return Told(end + 2, days_from(past, 2), days_from(ahead, 2))
    return Told(end, one_day(past), one_day(ahead))


_WHICH_WEEK = {"last": -7, "this": 0, "next": 7, "the": 0}


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
        return by_year(None, lambda y: _one(y, 1, 1), published, i + 4)
    return None


def _weekend(words: list[Word], i: int, published: date) -> Told:
    saturday = published - timedelta((published.weekday() - 5) % 7)
    before = word_at(words, i - 1)
    if before in ("next", "coming") or (before == "this" and published.weekday() < 5):
        saturday = published + timedelta((5 - published.weekday()) % 7)
    when = When(saturday, saturday + timedelta(2), "period")
    return Told(i + 1, when, when)


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
    if before == "in" and after not in ("of", "row") and number > 1 and word_at(words, i - 2) not in ("time", "first"):
        return Time(i, end, "at", None, about(published, number, unit))
    if before in ("to", "than") and unit in ("day", "month") and number > 1:
        return Time(i, end, "for", None, None, days_in(counted))
    if before == "by" and number > 1 and after in ("", ".", ",", "to", "and", "until", "last", ";"):
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
