"""What a language model proposed, held against the article: kept only as far as it is in the article's words.

The form is that of a proposal. A quote must stand in the text; offsets that are wrong are put right where the quote
stands once. Names, places, products, amounts and rates must be written in the text, parties named in it, and a day be
one that the evidence can mean; what is not is dropped from the proposal, and without evidence or parties all of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, get_args

from detente.read.article import Article
from detente.read.proposal import KINDS, Person, Precision, Proposal, Span, When
from detente.terms import InputFault, economy, is_economy

MAX_PROPOSALS = 200
_RELATIVE = re.compile(
    r"\b(?:today|yesterday|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|day|days|week|weeks|month|months|year|years|"
    r"quarter|earlier|last|next|recent|recently|ago|prior|since|until|within|by)\b",
    re.IGNORECASE,
)
_WORDY = re.compile(r"\b[A-Z][\w.]*(?:\s[A-Z][\w.]*)*")
PRECISIONS: tuple[Precision, ...] = get_args(Precision)
_NEAR = timedelta(days=400)

Drops = list[str]


def checked(content: Any, article: Article, known: Sequence[Proposal]) -> tuple[list[Proposal], Drops]:
    """The proposals that stand, in the order given, and a word for each thing that was dropped."""
    dropped: Drops = []
    rows = content.get("proposals") if isinstance(content, dict) else content
    if not isinstance(rows, list):
        return [], ["answers without a list of proposals"]
    out: list[Proposal] = []
    for row in rows[:MAX_PROPOSALS]:
        proposal = _proposal(row, article, dropped)
        if proposal is None:
            continue
        if any(_same(proposal, other) for other in (*known, *out)):
            continue  # told already: nothing is lost
        out.append(proposal)
    dropped += ["proposals over the number that is read"] * max(0, len(rows) - MAX_PROPOSALS)
    return out, dropped


def _proposal(row: Any, article: Article, dropped: Drops) -> Proposal | None:
    if not isinstance(row, dict) or row.get("kind") not in KINDS:
        dropped.append("proposals of no known kind")
        return None
    evidence = _evidence(row, article.text, dropped)
    if not evidence:
        dropped.append("proposals without evidence in the text")
        return None
    parties = _parties(row.get("parties"), article.text, dropped)
    if not parties:
        dropped.append("proposals without a party that the text names")
        return None
    words = " ".join(s.quote for s in evidence)
    rate = _rate(row.get("rate"), words, dropped)
    return Proposal(
        kind=row["kind"],
        parties=parties,
        evidence=evidence,
        persons=tuple(Person(n) for n in _in_text(_names(row.get("persons")), article.text, "persons", dropped)),
        attributed_to=_one(row.get("attributed_to"), article.text, "sources", dropped),
        date=_when(row.get("date"), words, article, dropped),
        rate=rate,
        rate_is="level" if rate is not None else None,
        products=tuple(_in_text(_names(row.get("products")), article.text, "products", dropped)),
        quantity=_one(row.get("quantity"), article.text, "amounts", dropped),
        place="open" if row.get("place") == "open" else _one(row.get("place"), article.text, "places", dropped),
        note="Proposed by the language model; its words are in the text.",
    )


def _evidence(row: dict[str, Any], text: str, dropped: Drops) -> tuple[Span, ...]:
    rows = row.get("evidence")
    if not isinstance(rows, list):
        rows = [{"quote": row.get("quote"), "start": row.get("start"), "end": row.get("end")}]
    out = []
    for one in rows[:10]:
        span = _span({"quote": one} if isinstance(one, str) else one, text)
        if span is None:
            dropped.append("quotes that are not in the text")
        elif span not in out:
            out.append(span)
    return tuple(out)


def _span(row: Any, text: str) -> Span | None:
    quote = row.get("quote") if isinstance(row, dict) else None
    if not isinstance(quote, str) or len(quote.split()) < 2 or len(quote) > 2000:
        return None
    start = row.get("start")
    if isinstance(start, int) and not isinstance(start, bool) and start >= 0 and text.startswith(quote, start):
        return Span(start, start + len(quote), quote)
    first = text.find(quote)
    if first < 0 or text.find(quote, first + 1) >= 0:
        return None
    return Span(first, first + len(quote), quote)


def _parties(value: Any, text: str, dropped: Drops) -> tuple[str, ...]:
    named = _named_economies(text)
    out: list[str] = []
    for code in value[:10] if isinstance(value, list) else ():
        if isinstance(code, str) and is_economy(code) and code in named:
            if code not in out:
                out.append(code)
        else:
            dropped.append("parties that the text does not name")
    return tuple(out)


def _named_economies(text: str) -> set[str]:
    """The economies whose name, adjective or capital is written in the text."""
    found = set()
    for words in set(_WORDY.findall(text)):
        parts = words.split()
        for size in (1, 2, 3):
            for n in range(len(parts) - size + 1):
                found |= _codes(" ".join(parts[n : n + size]))
    return found


def _codes(words: str) -> set[str]:
    if len(words) < 2 or (len(words) <= 3 and not words.isupper() and "." not in words):
        return set()
    try:
        code = economy(words.rstrip(".") if words.count(".") == 1 else words)
    except InputFault:
        return set()
    return {code} if words.upper() != words or words in (code, "US", "U.S.", "U.S", "EU", "UK", "PRC") else set()


def _names(value: Any) -> list[str]:
    rows = value[:30] if isinstance(value, list) else []
    names = [x.get("name") if isinstance(x, dict) else x for x in rows]
    return [x.strip() for x in names if isinstance(x, str) and x.strip()]


def _in_text(names: list[str], text: str, what: str, dropped: Drops) -> list[str]:
    flat = _flat(text)
    out = [x for x in names if _written(x, flat)]
    dropped += [f"{what} that the text does not name"] * (len(names) - len(out))
    return list(dict.fromkeys(out))


def _one(value: Any, text: str, what: str, dropped: Drops) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return None
    return next(iter(_in_text([value.strip()], text, what, dropped)), None)


def _written(words: str, flat: str) -> bool:
    """Whole words of the text, whatever their case and spacing."""
    return len(words) <= 300 and re.search(rf"(?<!\w){re.escape(_flat(words))}(?!\w)", flat) is not None


def _flat(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


def _rate(value: Any, words: str, dropped: Drops) -> float | None:
    """A fraction whose percentage is written in the evidence."""
    if value is None:
        return None
    number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if number and 0 <= value <= 3:
        written = f"{round(float(value) * 100, 4):g}"
        if re.search(
            rf"(?<![\d.]){re.escape(written)}(?:\.0+)?\s*(?:%|per\s?cent|percent|points?|pp)", words, re.IGNORECASE
        ):
            return float(value)
    dropped.append("rates that are not in the evidence")
    return None


def _when(value: Any, words: str, article: Article, dropped: Drops) -> When | None:
    """A day that the evidence can mean: written in it, or near the day of publication where it speaks of time."""
    if not isinstance(value, dict) or value.get("from") is None:
        return None
    start, until, precision = _day(value.get("from")), _day(value.get("until")), str(value.get("precision"))
    sound = start is not None and (until is None or until > start) and (until is not None or value.get("until") is None)
    if sound and start is not None and (_day_written(start, words) or _day_near(start, words, article.published)):
        return When(start, until, next((p for p in PRECISIONS if p == precision), "about"))
    dropped.append("days that the evidence does not tell")
    return None


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def _day_written(day: date, words: str) -> bool:
    month = rf"{day:%b}(?:{f'{day:%B}'[3:]})?\.?"
    pattern = (
        rf"\b(?:{day.day}(?:st|nd|rd|th)?\s+(?:of\s+)?{month}|{month}\s+{day.day}(?:st|nd|rd|th)?|{day.isoformat()})\b"
    )
    return re.search(pattern, words, re.IGNORECASE) is not None


def _day_near(day: date, words: str, published: date) -> bool:
    return abs(day - published) <= _NEAR and _RELATIVE.search(words) is not None


def _same(one: Proposal, other: Proposal) -> bool:
    """Of one kind, resting on words that overlap."""
    return one.kind == other.kind and any(
        a.start < b.end and b.start < a.end for a in one.evidence for b in other.evidence
    )
