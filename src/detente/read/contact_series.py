"""Rounds told one after the other: 'the first on 5 January in Washington, the second …', and calls by phrases alone."""

from __future__ import annotations

from detente.read.clauses import Parsed
from detente.read.contact_parts import of_leaders
from detente.read.drafts import Draft, day_of, people_in, place_of, sides_in, span_of
from detente.read.gazetteer import found_at, places
from detente.read.names import Discourse
from detente.read.tables import word_set
from detente.read.things import Thing

_ORDINALS = word_set("contacts ordinals")
_AFTER_ORDINAL = frozenset(
    {"on", "in", "at", "had", "was", "took", "has", "ended", "came", "began", "opened", "one", ","}
)


def series(p: Parsed, seen: Discourse) -> list[Draft]:
    """The rounds of a sentence that counts them."""
    rounds = [t for t in p.things if t.kind == "round"]
    near = seen.rounds_told >= 0 and 0 <= p.sentence.paragraph - seen.rounds_told <= 0
    if rounds:
        seen.rounds_told = p.sentence.paragraph
    pair = seen.pair()
    if len(pair) != 2:
        return []
    if (rounds or near or p.has("twice", "times")) and (found := _counted(p, pair) or _dated(p, rounds, pair)):
        return found
    if near and not rounds and (one := _followed(p, pair)):
        return one
    return _placed(p, pair, seen, near) if rounds or near or _contacts_told(p) else []


def _followed(p: Parsed, pair: tuple[str, ...]) -> list[Draft]:
    """'London followed, on 9 and 10 June': one more round, by its city and day."""
    if not any(g.lemma in ("follow", "come") and not g.modal and not g.negated for g in p.groups):
        return []
    time = next((t for t in p.times if t.role == "at" and t.past is not None and t.past.from_ <= p.published), None)
    at = _city(p, 0, len(p.words), first=True)
    if time is None or at is None or len(p.words) > 16:
        return []
    draft = _round(p, min(at[1], time.start), max(at[2], time.end), pair, max(at[2], time.end), time.past)
    draft.place = at[0]
    return [draft]


def _contacts_told(p: Parsed) -> bool:
    return any(t.kind in ("talks", "meeting") for t in p.things) or any(
        g.classes & {"meet", "negotiate"} and g.marker != "attribute" for g in p.groups
    )


def _placed(p: Parsed, pair: tuple[str, ...], seen: Discourse, near: bool) -> list[Draft]:
    """'in Geneva on 10 May, in London in June', 'Paris (15 March)': one for each place with its day, two at least."""
    out: list[Draft] = []
    named = sides_in([m for m in p.named if m.kind != "pronoun"])
    two = named if len(named) == 2 else pair
    leaders = of_leaders(p.named, seen) or p.has("presidents", "leaders", "summits", "summit")
    for k, time in enumerate(p.times):
        if time.role not in ("at", "from") or time.past is None or time.past.from_ > p.published:
            continue
        lowest = p.times[k - 1].end if k else 0
        at = _city(p, max(lowest, time.start - 5), time.start, first=False)
        if at is None:
            highest = p.times[k + 1].start if k + 1 < len(p.times) else len(p.words)
            at = _city(p, time.end, min(highest, time.end + 3), first=True)
        if at is None:
            continue
        where, i, end = at
        draft = _round(p, min(i, time.start), max(end, time.end), two, max(end, time.end), time.past)
        draft.place = where
        draft.kind = "meeting" if leaders else "round"
        draft.key = draft.kind
        out.append(draft)
    places_told = {d.place for d in out}
    days = {d.date.from_ for d in out if d.date is not None}
    return out if len(out) > 1 and len(days) == len(out) and (len(places_told) > 1 or near or len(out) > 1) else []


def _city(p: Parsed, start: int, end: int, first: bool) -> tuple[str, int, int] | None:
    """The city named in a stretch: its name and its words."""
    found = [
        (hits[0].name, i, i + len(hits[0].words))
        for i in range(start, end)
        if p.words[i].capital and (hits := found_at(p.sentence, i, places()))
    ]
    found += [(m.name, m.start, m.end) for m in p.within(start, end) if m.kind == "place"]
    return None if not found else min(found, key=lambda f: f[1]) if first else max(found, key=lambda f: f[1])


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
    plural = next((t.end for t in rounds if t.low in ("rounds", "sessions")), None)
    if plural is None and p.has("twice", "times"):
        plural = next((g.end for g in p.groups if "meet" in g.classes and not g.modal), None)
    if plural is None:
        return []
    found = [t for t in p.times if t.start >= plural and t.role in ("at", "from") and t.past is not None]
    if len(found) < 2:
        return []
    out = []
    start = plural - 1
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
