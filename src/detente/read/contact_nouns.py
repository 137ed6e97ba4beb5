"""Calls, meetings and rounds told by a noun: 'a phone call', 'a third round of talks', 'the summit planned for'."""

from __future__ import annotations

from datetime import timedelta

from detente.read.clauses import Parsed, over
from detente.read.contact_facts import ended, noun_kind
from detente.read.contact_kinds import contact_noun, domestic, mere_talk, none_held, noun_start, other_talks
from detente.read.contact_parts import acting, lasting, listed_before, of_leaders
from detente.read.days import counted_at
from detente.read.drafts import (
    Draft,
    day_nearby,
    day_of,
    length_of,
    opening_times,
    people_in,
    place_of,
    products_in,
    sides_in,
    span_of,
    still_to_come,
    times_of,
    with_other,
)
from detente.read.names import Discourse
from detente.read.proposal import Kind, When
from detente.read.speech import speaker_of
from detente.read.tables import word_set
from detente.read.things import Thing
from detente.read.times import Time
from detente.read.verbs import Group

_CONTACT = frozenset({"call", "meeting", "round", "talks", "visit"})


def by_noun(p: Parsed, thing: Thing, seen: Discourse) -> Draft | None:
    if any(g.start <= thing.start < g.end for g in p.groups) or mere_talk(p, thing):
        return None  # 'to talk about'
    group = over(p, thing.start) or _next_verb(p, thing)
    group = _said_of(p, thing, group)
    start, end = _phrase(p, thing, group)
    contact = contact_noun(p, thing, start, end)
    if contact is None or none_held(p, thing) or domestic(p, thing) or other_talks(p, thing):
        return None
    if (passing := _in_passing(p, thing, contact, seen)) is not None:
        return passing
    if contact == "round" and of_leaders(p.within(start, end), seen):
        contact = "meeting"
    kind, doubtful = noun_kind(p, thing, group, contact)
    if kind is None or (thing.kind == "visit" and kind == "meeting" and not _with_somebody(p, thing)):
        return None
    named = p.within(start, end)
    if group is not None:
        named = [*listed_before(p, group), *[m for m in group.subjects if m not in named], *named]
    named = acting(p, named)
    parties = sides_in(named)
    people = () if p.has("respective") else people_in(named)
    if len(parties) > 2 and not (kind == "planned-talk" and p.has("three") and parties == seen.three()):
        parties = _two_of(parties, seen)
    if "review" in thing.low and len(seen.three()) == 3:
        parties = seen.three()
    if len(parties) < 2:
        there = group is not None and p.low(group.left) == "there" and any(t.role == "at" for t in p.times)
        told_with = _with_somebody(p, thing) or _over_a_meal(p, thing, group) or _began_with(p, thing, group)
        told_with = told_with or _own_day(p, thing)
        if doubtful and kind in ("call", "meeting") and not (there or told_with or _between_sides(p, start, end)):
            return None
        parties = _with_host(p, parties, start, end, seen)
    if len(parties) < 2:
        return None
    found = (
        _nearest([t for t in p.times if start <= t.start and t.end <= end], thing.end)
        or (times_of(p, group) if group else [])
        or opening_times(p)
    )
    ahead = kind in ("planned-talk", "claim-expectation")
    date = _length_of_talks(p, thing, group, day_of(found, ahead, seen.published)) or (
        day_nearby(p, seen) if not ahead and (not doubtful or (kind == "call" and people)) else None
    )
    if date is not None and kind == "planned-talk":
        date = still_to_come(date, seen.published, weeks=True)
    if date is not None and date.from_ > seen.published and kind in _CONTACT:
        kind = "planned-talk"
    if _first_since(p, thing):
        return _earlier(p, thing, contact, parties, people, seen, start, end)
    if doubtful and date is None and not people and place_of(p, start, end) is None:
        return None
    return Draft(
        kind,
        parties,
        [span_of(p, start, end)],
        people=people,
        speaker=speaker_of(p, group, seen) if group is not None else p.according_to,
        date=date,
        days=length_of(found) if False else None,
        place=place_of(p, start, end),
        key=contact,
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        products=products_in(p, 0, len(p.words)),
        quantity=lasting(p, start, end) if not ahead else None,
        definite=p.low(noun_start(p, thing) - 1) in ("the", "this", "that"),
        order=p.words[thing.start].start,
    )


def _in_passing(p: Parsed, thing: Thing, contact: Kind, seen: Discourse) -> Draft | None:
    """'after a first round in Geneva in May', 'following Monday's talks': held, whatever the verb tells."""
    first = noun_start(p, thing)
    owner = next((t for t in p.times if t.end == first - 1 and p.low(first - 1) == "'s"), None)
    start = first if owner is None else owner.start
    lead = p.low(start - 1) if p.low(start - 1) not in ("a", "an", "the", "its", "their") else p.low(start - 2)
    if lead not in ("after", "following", "since") or thing.kind == "visit":
        return None
    stop = next((k for k in range(thing.end, len(p.words)) if p.low(k) in (",", ";", ".")), len(p.words))
    stop = min([stop, *[g.left for g in p.groups if g.left >= thing.end]])
    time = owner or next((t for t in p.times if thing.end <= t.start < stop and t.role == "at"), None)
    if time is None or time.past is None or time.past.from_ > seen.published:
        return None
    named = acting(p, p.within(start, stop))
    parties = sides_in(named)
    group = over(p, thing.start)
    if len(parties) < 2 and group is not None:
        parties = tuple(dict.fromkeys((*parties, *sides_in(group.subjects))))
    parties = parties if len(parties) == 2 else with_other(parties[:1], seen)
    if len(parties) < 2:
        return None
    return Draft(
        contact if not (contact == "round" and of_leaders(named, seen)) else "meeting",
        parties,
        [span_of(p, start, max(time.end, thing.end))],
        people=people_in(named),
        date=time.past,
        place=place_of(p, start, stop),
        key=contact,
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        order=p.words[thing.start].start,
    )


def _with_host(p: Parsed, parties: tuple[str, ...], start: int, end: int, seen: Discourse) -> tuple[str, ...]:
    """The side named and its host ('American negotiators were in Delhi for talks'), else the two of the text."""
    hosts = [c for m in p.within(start, end) if m.kind == "place" for c in m.parties if c not in parties]
    host = next((c for c in hosts if seen.counts[c]), None)
    two = with_other(parties, seen)
    if len(parties) == 1 and host is not None and host not in two and seen.counts[host] >= seen.counts[two[-1]]:
        return (*parties, host)
    if len(parties) == 1:
        near = [m for m in p.named if m.kind in ("person", "party") and not m.adjective and m.end <= end]
        named = [c for m in reversed(near) for c in m.parties if c not in parties]
        return (named[0], *parties) if named else two
    return two


def _with_somebody(p: Parsed, thing: Thing) -> bool:
    """'the call with Xi': one of the other side, so that the text's own side is the first."""
    near = p.within(thing.end, thing.end + 6)
    one = any(m.kind in ("person", "party") and not m.adjective and len(m.parties) == 1 for m in near)
    return p.low(thing.end) in ("with", "to", "from") and one


def _own_day(p: Parsed, thing: Thing) -> bool:
    """'Friday's conversation', 'a telephone call on Sunday': a call with a day of its own is one of the two sides."""
    if thing.kind != "call" or thing.low in ("conference call", "teleconference") or p.has(*_CALLERS):
        return False
    near = any(t.role == "at" and (t.start == thing.end or t.end in (thing.start, thing.start - 1)) for t in p.times)
    by_phone = {"telephone", "phone", "video"} & set(thing.low.split()) and any(t.role == "at" for t in p.times)
    return near or bool(by_phone)


def _began_with(p: Parsed, thing: Thing, group: Group | None) -> bool:
    """'the process began with a video conference'."""
    opened = group is not None and bool(group.classes & {"open", "start", "conclude", "end"})
    return opened and "with" in (p.low(thing.start - 1), p.low(thing.start - 2))


def _over_a_meal(p: Parsed, thing: Thing, group: Group | None) -> bool:
    """'the truce agreed over dinner in Buenos Aires'."""
    return p.low(thing.start - 1) == "over" and group is not None and bool(group.classes & {"agree", "reach"})


def _next_verb(p: Parsed, thing: Thing) -> Group | None:
    """'All talks, he wrote, were terminated': the verb after an aside."""
    first = p.groups[0] if p.groups else None
    if first is None or thing.start > first.start or "say" not in first.classes or p.low(first.left) != ",":
        return None
    return next((g for g in p.groups[1:] if g.marker == "," and not g.infinitive), None)


def _said_of(p: Parsed, thing: Thing, group: Group | None) -> Group | None:
    """'talks are due to start', 'talks are to begin': the verb that counts is the one that hangs on 'are due'."""
    relative = next(
        (g for g in p.groups if g.marker in ("which", "that") and thing.end <= g.left <= thing.end + 1), None
    )
    if relative is not None and relative.classes & {"open", "start", "resume", "conclude", "end", "hold"}:
        return relative
    if group is None or thing.start >= group.start or not (group.lemma == "be" or group.passive):
        return group
    found = group
    for g in p.groups:
        if g.governor is found and g.infinitive and g.start - found.end <= 3:
            found = g
    return found


def _between_sides(p: Parsed, start: int, end: int) -> bool:
    """Whether a stretch that names one side speaks of two."""
    lows = {p.low(k) for k in range(start, end)}
    return bool(
        lows
        & {
            "counterpart",
            "counterparts",
            "two",
            "both",
            "sides",
            "leaders",
            "presidents",
            "other",
            "negotiators",
            "bilateral",
        }
    )


def _nearest(found: list[Time], place: int) -> list[Time]:
    """The times of a clause, those after a noun and near it first."""
    return sorted(found, key=lambda t: abs(t.start - place) + (20 if t.start < place else 0))


def _two_of(parties: tuple[str, ...], seen: Discourse) -> tuple[str, ...]:
    pair = [x for x in parties if x in seen.pair()]
    return tuple(pair) if len(pair) == 2 else parties[:2]


def _phrase(p: Parsed, thing: Thing, group: Group | None) -> tuple[int, int]:
    """The stretch a noun is read in: its clause, else its part of the sentence between commas."""
    if group is None:
        main = next((g for g in p.groups if g.left >= thing.end and g.marker != "attribute"), None)
        return 0, len(p.words) if main is None else max(main.right, main.end)
    end = max(group.right, thing.end)
    if any(p.low(k) in _LED for k in range(thing.end, len(p.words))) and thing.start < group.start:
        end = len(p.words)
    return min(group.left if group.head_left < 0 else group.head_left, thing.start), end


_CALLERS = word_set("contacts callers")
_LED = frozenset({"represented", "led", "headed", "attended", "joined", "accompanied"})


def _length_of_talks(p: Parsed, thing: Thing, group: Group | None, when: When | None) -> When | None:
    """'wrapped up two days of talks on Tuesday': those that end with the day told."""
    if when is None or when.precision != "day" or group is None or not ended(group):
        return when
    counted = next((t for k in (3, 4, 5) if (t := counted_at(p.words, thing.start - k)) and t[1] == "day"), None)
    if counted is None or not 1 < counted[0] < 8 or p.low(counted[2]) != "of":
        return when
    return When(when.from_ - timedelta(counted[0] - 1), when.until, "period")


def _first_since(p: Parsed, thing: Thing) -> bool:
    before = {p.low(k) for k in range(thing.start - 4, thing.start)}
    return "first" in before and any(t.role == "since" and t.start >= thing.end for t in p.times)


def _earlier(
    p: Parsed,
    thing: Thing,
    contact: Kind,
    parties: tuple[str, ...],
    people: tuple[str, ...],
    seen: Discourse,
    start: int,
    end: int,
) -> Draft | None:
    """'the first call since 17 January' tells of a call on 17 January."""
    since = next(t for t in p.times if t.role == "since" and t.start >= thing.end)
    when: When | None = since.past
    if when is None or when.precision not in ("day", "month"):
        return None
    two = parties if len(parties) == 2 else seen.pair()
    return Draft(
        contact,
        two,
        [span_of(p, start, end)],
        people=people,
        date=when,
        key=contact,
        apart=True,
        paragraph=p.sentence.paragraph,
        order=p.words[thing.start].start,
    )
