"""Rounds told one after the other: 'the first on 5 January in Washington, the second …', and calls by phrases alone."""

from __future__ import annotations

from detente.read.clauses import Parsed
from detente.read.drafts import Draft, day_nearby, day_of, people_in, place_of, sides_in, span_of
from detente.read.names import Discourse
from detente.read.tables import word_set
from detente.read.things import Thing

_ORDINALS = word_set("contacts ordinals")
_AFTER_ORDINAL = frozenset(
    {"on", "in", "at", "had", "was", "took", "has", "ended", "came", "began", "opened", "one", ","}
)
_LINES = frozenset({"telephone", "phone", "line", "speakerphone"})


def series(p: Parsed, seen: Discourse) -> list[Draft]:
    """The rounds of a sentence that counts them."""
    rounds = [t for t in p.things if t.kind == "round"]
    near = seen.rounds_told >= 0 and 0 <= p.sentence.paragraph - seen.rounds_told <= 0
    if rounds:
        seen.rounds_told = p.sentence.paragraph
    if not rounds and not near:
        return []
    pair = seen.pair()
    return _counted(p, pair) or _dated(p, rounds, pair) if len(pair) == 2 else []


def _counted(p: Parsed, pair: tuple[str, ...]) -> list[Draft]:
    """'the first on 5 January in Washington, the second on 31 January', 'the fifth had taken place a week before'."""
    places = [
        i
        for i in range(1, len(p.words))
        if p.low(i) in _ORDINALS and p.low(i - 1) in ("the", "its", "their") and p.low(i + 1) in _AFTER_ORDINAL
    ]
    out = []
    for k, i in enumerate(places):
        end = places[k + 1] - 1 if k + 1 < len(places) else len(p.words)
        if any(g.start == i + 1 and g.lemma == "be" for g in p.groups):
            end = len(p.words)
        found = [t for t in p.times if i < t.start < end]
        date = day_of(found, ahead=False)
        if date is None or date.from_ > p.published:
            continue
        out.append(_round(p, i - 1, end, pair, found[0].end if found else end, date))
    return out


def _dated(p: Parsed, rounds: list[Thing], pair: tuple[str, ...]) -> list[Draft]:
    """'three sessions in Washington, in early May, from 19 to 22 May and from 9 to 12 June': one for each day."""
    plural = next((t for t in rounds if t.low in ("rounds", "sessions")), None)
    if plural is None:
        return []
    found = [t for t in p.times if t.start >= plural.end and t.role in ("at", "from") and t.past is not None]
    if len(found) < 2:
        return []
    out = []
    start = plural.start
    for time in found:
        date = time.past
        if date is not None and date.from_ <= p.published:
            out.append(_round(p, start, time.end, pair, time.end, date))
        start = time.end
    return out if len(out) > 1 else []


def _round(p: Parsed, start: int, end: int, pair: tuple[str, ...], told: int, date: object) -> Draft:
    named = [m for m in p.within(start, end) if m.kind == "person"]
    return Draft(
        "round",
        pair,
        [span_of(p, start, max(told, min(end, told)))],
        people=people_in(named) if len(sides_in(named)) > 1 else (),
        date=date,  # type: ignore[arg-type]
        place=place_of(p, start, end),
        key="round",
        apart=True,
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        order=p.words[start].start,
    )


def on_the_line(p: Parsed, seen: Discourse) -> list[Draft]:
    """'on the telephone with Trump she had obtained a month's grace': a call told by the phrase alone."""
    out = []
    for k in range(2, len(p.words) - 1):
        if p.low(k) not in _LINES or p.low(k + 1) != "with" or p.low(k - 1) not in ("the", "by", "over"):
            continue
        other = next((m for m in p.within(k + 2, k + 8) if m.kind == "person" and m.parties), None)
        mine = [
            m for m in p.named if other and m.kind in ("person", "pronoun") and m.parties != other.parties and m.parties
        ]
        if other is None or not mine:
            continue
        near = min(mine, key=lambda m: abs(m.start - k))
        date = day_of([t for t in p.times if t.role == "at"], ahead=False) or day_nearby(p, seen)
        out.append(
            Draft(
                "call",
                sides_in([near, other]),
                [span_of(p, k - 2, other.end)],
                people=people_in([near, other]),
                date=date,
                key="call",
                paragraph=p.sentence.paragraph,
                weak=p.sentence.heading,
                order=p.words[k].start,
            )
        )
    return out
