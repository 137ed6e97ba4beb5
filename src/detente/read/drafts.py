"""Drafts of proposals, and what every finder of events needs: places, days, people and sides of a stretch of words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from detente.read.amounts import Rate
from detente.read.clauses import Parsed
from detente.read.gazetteer import found_at, places
from detente.read.names import Discourse, Mention
from detente.read.proposal import Kind, When
from detente.read.tables import word_set
from detente.read.times import Time
from detente.read.verbs import Group

_TRIM = frozenset(",;:.–—-\"“”‘’'()[]?!#*")
_LEADING = word_set("drafts leading")


@dataclass
class Draft:
    """A proposal in the making; `spans` in code points, the first the main one. `weak` ones come from a title."""

    kind: Kind
    parties: tuple[str, ...]
    spans: list[tuple[int, int]]
    people: tuple[str, ...] = ()
    speaker: str | None = None
    date: When | None = None
    days: int | None = None
    rate: Rate | None = None
    products: tuple[str, ...] = ()
    quantity: str | None = None
    place: str | None = None
    key: str = ""
    paragraph: int = 0
    weak: bool = False
    made: bool = False  # an arrangement the words tell the making of
    definite: bool = False  # "the truce": a thing already told, if there is one
    apart: bool = False  # told as another event than the one the text is about
    note: str | None = None
    tentative: bool = False  # a promise only where the text tells of a deal just made
    order: int = 0


def span_of(p: Parsed, start: int, end: int) -> tuple[int, int]:
    """The place of words `[start, end)` without the marks and joining words around them."""
    while start < end - 1 and (p.words[start].text in _TRIM or p.low(start) in _LEADING):
        start += 1
    while end - 1 > start and (p.words[end - 1].text in _TRIM or p.low(end - 1) in ("and", "but", "or", "that")):
        end -= 1
    return p.words[start].start, p.words[end - 1].end


def clause_span(p: Parsed, group: Group) -> tuple[int, int]:
    """The clause of a verb, with the verb an infinitive hangs on."""
    start = group.left
    at = group
    while (
        (at.infinitive or at.form == "g" or at.marker == "reduced")
        and at.governor is not None
        and at.governor.right >= at.left - 1
    ):
        at = at.governor
        start = min(start, at.left)
    return span_of(p, start, max(group.right, group.end))


def times_of(p: Parsed, group: Group, climb: bool = True) -> list[Time]:
    """The times of a clause, with those of the verb it hangs on, or one that opens the sentence, where it tells no day.

    `climb` is false for what is only said or promised: when that was said is not when it is to be.
    """
    if group.marker == "when" and (opening := opening_times(p)) and opening[0].end <= group.left:
        return opening  # 'in February, when he received Modi'
    own = [t for t in p.times if group.left <= t.start and t.end <= max(group.right, group.end)]
    if group.head_left >= 0:
        own += [t for t in p.times if group.head_left <= t.start and t.end <= group.head_right]
    if any(t.role != "for" for t in own):
        return own
    if not climb:
        return own + [t for t in opening_times(p) if t.role != "at" or group.governor is None]
    return own + (_times_above(p, group) or opening_times(p))


def times_below(p: Parsed, group: Group) -> list[Time]:
    """The times of what hangs on a verb: 'should be surprised to see money this quarter'."""
    below = [g for g in p.groups if hangs_on(g, group) and g.marker not in ("if", "unless", "attribute")]
    return [t for t in p.times if any(g.left <= t.start < max(g.right, g.end) for g in below)]


def hangs_on(group: Group, above: Group) -> bool:
    """Whether a verb hangs on another, directly or through others."""
    at = group.governor
    while at is not None:
        if at is above:
            return True
        at = at.governor
    return False


def _times_above(p: Parsed, group: Group) -> list[Time]:
    """The times of the clause a clause belongs to."""
    if group.marker in ("when", "where"):
        main = next((g for g in reversed(p.groups) if g.start < group.left and g.marker != "attribute"), group)
        if found := [t for t in p.times if main.left <= t.start < max(main.right, main.end)]:
            return found
    at = group
    while at.governor is not None and (at.infinitive or at.form == "g" or at.marker in ("reduced", "that", "which")):
        at = at.governor
        if found := [t for t in p.times if at.left <= t.start < at.right]:
            return found
    return []


def day_nearby(p: Parsed, seen: Discourse) -> When | None:
    """The only day of the sentence, else the one told last in this paragraph or the one before if it is recent."""
    days = [t for t in p.times if t.role == "at" and t.past is not None and t.past.precision in ("day", "period")]
    if len(days) == 1 and days[0].past is not None and days[0].past.from_ <= seen.published:
        return days[0].past
    if days or not 0 <= p.sentence.paragraph - seen.last_paragraph <= 1 or seen.last_day is None:
        return None
    recent = 0 <= (seen.published - seen.last_day).days <= 4
    return When(seen.last_day, seen.last_day + timedelta(1), "day") if recent else None


def _in_date(p: Parsed, i: int) -> bool:
    """The comma of 'On February 20, 2026, the court ruled'."""
    return any(t.start <= i < t.end for t in p.times)


def opening_times(p: Parsed) -> list[Time]:
    """Times before the first comma of a sentence that stand before its first verb: 'On Monday, …'."""
    first = next((i for i, w in enumerate(p.words) if w.text == "," and not _in_date(p, i)), 0)
    start = p.groups[0].start if p.groups else len(p.words)
    opening = [t for t in p.times if t.end <= first and t.end <= start]
    return opening or ([p.item] if p.item is not None else [])


def day_of(found: list[Time], ahead: bool, published: date | None = None) -> When | None:
    """The day of an act or a contact; for what is to come by a day, from publication, where it is given, until then."""
    if ahead and published is not None:
        by = next((t for t in found if t.role == "by" and t.ahead is not None), None)
        if by is not None and by.ahead is not None and not any(t.role in ("at", "from") for t in found):
            end = by.ahead.from_ if by.ahead.precision == "period" else by.ahead.until or by.ahead.from_
            return When(published, end, "deadline") if end > published else by.ahead
    for role in ("at", "from", "by", "since", "until"):
        for time in found:
            if time.role == role and (when := time.when(ahead) or (time.past if ahead else None)):
                return still_to_come(when, published) if ahead and published is not None else when
    return None


def still_to_come(when: When, published: date, weeks: bool = False) -> When:
    """Of 'this month' or 'this year', for what lies ahead, the part after publication; of a week where asked."""
    if when.precision == "week" and not weeks:
        return when
    if when.until is not None and when.from_ < published < when.until:
        return When(published, when.until, when.precision)
    return when


def a_year_back(when: When) -> When:
    """The day a year before: a day without a year, of what has happened, lies behind."""
    back = timedelta(365)
    return When(when.from_ - back, when.until - back if when.until else None, when.precision)


def term_of(found: list[Time], ahead: bool, published: date, kind: str = "") -> When | None:
    """From when a measure or promise holds: its start until its stated end; a deadline where only an end is told."""
    start = end = deadline = None
    for time in found:
        when = time.when(ahead) or (time.past if ahead else None)
        if when is None:
            continue
        if time.role in ("from", "since", "at") and (start is None or (time.role != "at" and start[0] == "at")):
            start = (time.role, when)
        elif time.role in ("until", "through"):
            later = time.ahead or when
            end = later.from_ if time.role == "until" else later.until
        elif time.role == "by" and deadline is None:
            deadline = time.ahead or when
    days = length_of(found)
    if start is not None:
        if ahead and start[1].precision != "day":
            return _from(still_to_come(start[1], published), end, days)
        return _from(start[1], end, days)
    if end is not None:
        return When(published, end, "period") if end > published else None
    if deadline is not None:
        until = deadline.until or deadline.from_
        return When(published, until, "deadline") if until > published else deadline
    return None


def _from(start: When, end: date | None, days: int | None) -> When:
    if end is not None and end > start.from_:
        return When(start.from_, end, "period")
    if start.precision != "day":
        return start
    if days:
        return When(start.from_, start.from_ + timedelta(days), "period")
    return When(start.from_, None, "day")


def length_of(found: list[Time]) -> int | None:
    """A stated length in days."""
    return next((t.days for t in found if t.role == "for" and t.days), None)


def place_of(p: Parsed, start: int, end: int) -> str | None:
    """Where: a city or country after 'in' or 'at', else None; 'open' where the text says it is not fixed."""
    lows = [p.low(i) for i in range(start, end)]
    text = " ".join(lows)
    for phrase in (
        "yet - to - be - determined location",
        "location yet to be",
        "place yet to be",
        "at a location to be",
        "undisclosed location",
        "venue has not",
        "no venue",
        "place has not",
        "location has not",
        "no location",
        "venue was not",
        "place not yet",
        "unspecified location",
        "venue is still",
        "place still to be",
        "venue still to be",
        "venue to be",
        "place to be",
        "location to be",
    ):
        if phrase in text:
            return "open"
    for i in range(start, end):
        before = p.low(i - 1)
        if before == "the":
            before = p.low(i - 2)
        if before not in ("in", "at", "to", "near", "from", "outside") or not p.words[i].capital:
            continue
        hits = found_at(p.sentence, i, places())
        if hits:
            return hits[0].name
        mention = next((m for m in p.named if m.start == i and m.kind == "place"), None)
        if mention is not None:
            return mention.name
    return None


def people_in(named: list[Mention] | tuple[Mention, ...]) -> tuple[str, ...]:
    """The people a list of names holds, each once."""
    out: list[str] = []
    for m in named:
        out.extend(m.people or ((m.name,) if m.kind == "person" or (m.kind == "pronoun" and m.name) else ()))
    return tuple(dict.fromkeys(out))


def sides_in(named: list[Mention] | tuple[Mention, ...]) -> tuple[str, ...]:
    """The sides a list of names holds, each once, in order."""
    return tuple(dict.fromkeys(c for m in named if m.kind != "place" for c in m.parties))


def with_other(parties: tuple[str, ...], seen: Discourse) -> tuple[str, ...]:
    """Two sides where the words name one and the text is about two."""
    if len(parties) != 1:
        return parties or seen.pair()
    other = seen.other(parties[0])
    return (*parties, other) if other else parties


def products_in(p: Parsed, start: int, end: int) -> tuple[str, ...]:
    """The goods a stretch names."""
    return tuple(dict.fromkeys(name for s, e, name in p.products if s >= start and e <= end))


def quantity_in(p: Parsed, start: int, end: int) -> str | None:
    """The first amount of money or goods of a stretch, in the text's words."""
    for q in p.quantities:
        if q.start >= start and q.end <= end:
            return p.sentence_text(q.start, q.end)
    return None
