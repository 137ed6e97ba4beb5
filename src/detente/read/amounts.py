"""Rates and quantities a sentence tells: "25%", "25 per cent", "10 points", "from 84% to 34%", "$50 billion"."""

from __future__ import annotations

from dataclasses import dataclass

from detente.read.tables import word_set
from detente.read.words import Sentence, Word

_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "twenty-five": 25, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip
_MONTHS = word_set("amounts months")
_SCALES = frozenset({"million", "billion", "trillion", "thousand", "bn", "tn", "mn"})
_UNITS = word_set("amounts units")


@dataclass(frozen=True, slots=True)
class Rate:
    """Words `[start, end)` that tell a rate as a fraction. `role`: level, change, from (the old) or to (the new)."""

    start: int
    end: int
    value: float
    role: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """Words `[start, end)` that tell an amount of money or goods."""

    start: int
    end: int


def rates(sentence: Sentence, after_rates: bool = False) -> list[Rate]:
    """The rates of a sentence in order; after a sentence with rates a number may go without its unit ("it pays 15")."""
    out: list[Rate] = []
    words = sentence.words
    i = 0
    while i < len(words):
        found = (
            _rate(words, i)
            or _fraction(words, i)
            or _dated(words, i)
            or _bare(words, i, out)
            or (_alone(words, i, out) if after_rates else None)
        )
        if found is None:
            i += 1
        else:
            out.append(found)
            i = found.end
    return out


def quantities(sentence: Sentence) -> list[Quantity]:
    """Amounts of money and of goods, in order."""
    out: list[Quantity] = []
    words = sentence.words
    i = 0
    while i < len(words):
        end = _quantity_end(words, i)
        if end is not None:
            out.append(Quantity(i, end))
            i = end
        else:
            i += 1
    return out


def _rate(words: list[Word], i: int) -> Rate | None:
    number, at = _number(words, i)
    if number is None:
        return None
    shared = None if i and _low(words, i - 1).rstrip(".") in _MONTHS else _shared_unit(words, at)
    unit = _unit(words, at) or shared
    if unit is None or number > 10_000:
        return None
    end, points = unit
    if shared is not None and _unit(words, at) is None:
        end = at
    return Rate(i, end, round(number / 100, 6), "change" if points else _role(words, i, end))


def _bare(words: list[Word], i: int, before: list[Rate]) -> Rate | None:
    """A number whose unit stands with an earlier one: '10 per cent instead of 25', '25% for Japan, 30 for Laos'."""
    if not before or i - before[-1].end > 14 or not _low(words, i).isdecimal() or len(_low(words, i)) > 3:
        return None
    following, ahead = _low(words, i + 1), _low(words, i - 1)
    role = _role(words, i, i + 1)
    money = any(_low(words, k) in ("$", "€", "£", "¥") for k in range(i - 1, i))
    if money or ahead.rstrip(".") in _MONTHS or following in _MONTHS or following not in _AFTER_BARE:
        return None
    listed = ahead in _BEFORE_BARE and (following in _STOPS or following == "for") and role == "level"
    if not (listed or role in ("from", "to")):
        return None
    return Rate(i, i + 1, round(float(_low(words, i)) / 100, 6), role)


_FRACTIONS = {"quarter": 0.25, "tenth": 0.1, "fifth": 0.2, "third": 0.333333}
_PAID = word_set("amounts paid")


def _fraction(words: list[Word], i: int) -> Rate | None:
    """'has been paying a quarter more', 'a tenth on aluminium': a part of the value, where duties are spoken of."""
    value = _FRACTIONS.get(_low(words, i))
    if (
        value is None
        or _low(words, i - 1) not in ("a", "extra")
        or _low(words, i + 1) not in ("more", "on", "already", ",")
    ):
        return None
    if _low(words, i - 2) in ("in", "of", "for", "by", "over") or not any(w.low in _PAID for w in words):
        return None
    return Rate(i, i + 1, value, "level")


def _dated(words: list[Word], i: int) -> Rate | None:
    """'Feb. 10: 15 on coal and gas': a line of a timeline."""
    low = _low(words, i)
    day = _low(words, 0).rstrip(".") in _MONTHS or _low(words, 1).rstrip(".") in _MONTHS
    if not (day and i < 6 and low.isdecimal() and len(low) <= 3 and _low(words, i - 1) == ":"):
        return None
    return Rate(i, i + 1, round(int(low) / 100, 6), "level") if _low(words, i + 1) == "on" else None


_LEADING_ALONE = word_set("amounts leading alone")
_FIGURES = frozenset({"ten", "fifteen", "twenty", "twenty-five", "thirty", "forty", "fifty", "five", "hundred"})


def _alone(words: list[Word], i: int, before: list[Rate]) -> Rate | None:
    """'it is charged 10', 'cars at fifteen', 'from 84 to 125': a number where others had their unit."""
    low, ahead, following = _low(words, i), _low(words, i - 1), _low(words, i + 1)
    figure = (low.isdecimal() and len(low) <= 3) or low in _FIGURES
    if not figure or ahead not in _LEADING_ALONE or following not in _AFTER_BARE | {"instead", "too", "on", "more"}:
        return None
    if ahead == "to" and not before and "from" not in [_low(words, k) for k in range(max(0, i - 5), i)]:
        return None  # a vote of 417 to 154
    number, end = _number(words, i)
    if number is None or not 0 < number <= 200 or _low(words, i - 2).rstrip(".") in _MONTHS or following in _MONTHS:
        return None
    return Rate(i, end, round(number / 100, 6), _role(words, i, end))


_STOPS = frozenset({",", ".", ";", ")", "on", ""})
_AFTER_BARE = _STOPS | {"for", "in", "from", "to", "as", "with", "since", "at", "after", "when", "and", "or", "if"}
_BEFORE_BARE = word_set("amounts before bare")


def _shared_unit(words: list[Word], at: int) -> tuple[int, bool] | None:
    """'between 10 and 25 percent', '10 to 25%': the unit stands after the second number only."""
    if _low(words, at) in ("to", "and", "or", "-", "–") and _number(words, at + 1)[0] is not None:
        unit = _unit(words, _number(words, at + 1)[1])
        return (at, unit[1]) if unit else None
    return None


def _number(words: list[Word], i: int) -> tuple[float | None, int]:
    low = _low(words, i)
    if low[:1].isdigit():
        text = low.replace(",", "")
        try:
            return (float(text), i + 1) if len(text) < 12 else (None, i)
        except ValueError:
            return None, i
    if low in _NUMBERS:
        tens = _NUMBERS[low]
        if _low(words, i + 1) == "-" and tens >= 20 and 0 < _NUMBERS.get(_low(words, i + 2), 99) < 10:
            return float(tens + _NUMBERS[_low(words, i + 2)]), i + 3
        return float(tens), i + 1
    return None, i


def _unit(words: list[Word], at: int) -> tuple[int, bool] | None:
    """Where the unit of a rate ends and whether it is points."""
    if _low(words, at) == "-":
        at += 1
    low = _low(words, at)
    if low == "%":
        return at + 1, False
    if low in ("percent", "pct"):
        return _points(words, at + 1) or (at + 1, False)
    if low == "per" and _low(words, at + 1) == "cent":
        return _points(words, at + 2) or (at + 2, False)
    if low == "per" and _low(words, at + 1) == "-" and _low(words, at + 2) == "cent":
        return at + 3, False
    if low == "percentage":
        return _points(words, at + 1)
    if low in ("point", "points", "pp"):
        return at + 1, True
    return None


def _points(words: list[Word], at: int) -> tuple[int, bool] | None:
    return (at + 1, True) if _low(words, at) in ("point", "points") else None


def _role(words: list[Word], i: int, end: int) -> str:
    before = _low(words, i - 1) if i else ""
    if before in ("a", "an", "the", "about", "just", "only", "nearly") and i > 1:
        before = _low(words, i - 2)
    before_that = _low(words, i - 2) if i > 1 else ""
    if (before_that in ("lieu", "place") and before == "of") or (
        before == "against" and _low(words, end) in ("hitherto", "before")
    ):
        return "from"
    if before_that in ("down", "up") and before == "from":
        return "from"
    if before == "from" or (before, before_that) == ("of", "instead") or (before == "than" and before_that == "rather"):
        return "from"
    if before == "to":
        return "level" if before_that == "up" else "to"
    if before == "by":
        return "change"
    return "level"


def told_rate(found: list[Rate]) -> Rate | None:
    """The rate to report of a clause's rates: the new level where one is told, else a level, else the change."""
    return next((r for role in ("to", "level", "change") for r in found if r.role == role), None)


def old_rate(found: list[Rate]) -> Rate | None:
    """The level before, where a clause tells it."""
    return next((r for r in found if r.role == "from"), None)


def is_change(rate: Rate) -> bool:
    """True for the size of a change, false for a level."""
    return rate.role == "change"


def _quantity_end(words: list[Word], i: int) -> int | None:
    low = _low(words, i)
    money = low in ("$", "€", "£", "¥") or (low in ("us", "c", "a", "ca") and _low(words, i + 1) == "$")
    at = i + (2 if low in ("us", "c", "a", "ca") else 1) if money else i
    number, at = _number(words, at)
    if number is None:
        return None
    scaled = _low(words, at) in _SCALES
    if scaled:
        at += 1
    if money:
        return at
    if scaled and _low(words, at) in ("dollars", "euros", "yuan", "pounds", "us"):
        return at + 1
    if at < len(words) and words[at].capital and _low(words, at + 1) in _UNITS:
        return at + 2  # '200 Boeing aircraft'
    if _low(words, at) in _UNITS:
        return at + 2 if _low(words, at) == "metric" else at + 1
    return None


def _low(words: list[Word], i: int) -> str:
    return words[i].low if 0 <= i < len(words) else ""
