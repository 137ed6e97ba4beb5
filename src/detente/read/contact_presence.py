"""Contacts told by presence alone: people of two sides at one place on one day, or in one clause on the telephone."""

from __future__ import annotations

from detente.read.clauses import Parsed
from detente.read.contact_parts import acting, acting_words, of_leaders
from detente.read.drafts import (
    Draft,
    clause_span,
    day_nearby,
    day_of,
    opening_times,
    people_in,
    place_of,
    sides_in,
    span_of,
    times_of,
)
from detente.read.factuality import factuality
from detente.read.gazetteer import found_at, places
from detente.read.names import Discourse, Mention
from detente.read.proposal import Kind, When
from detente.read.speech import reporter_of
from detente.read.tables import word_set
from detente.read.times import Time
from detente.read.verbs import Group

_LINES = frozenset({"telephone", "phone", "line", "speakerphone", "video", "videolink"})
_BY_LINE = frozenset({"the", "by", "over", "via", "on", "per"})
_TEAMS = word_set("contacts teams")
_GIVING = word_set("contacts giving")
_APART = word_set("contacts apart")
_ACROSS = _GIVING | {"put", "table", "reject", "accept", "concede", "demand", "propose", "press"}
_HOUSES = frozenset({"White House", "Oval Office", "Mar-a-Lago", "Bedminster", "Turnberry", "Camp David"})


def together(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """Two sides at one place on a day: 'the delegations left Madrid on Tuesday', 'Trump told Ishiba over lunch'."""
    if group.negated or group.marker in ("attribute", "reduced") or group.modal or group.infinitive:
        return None
    if p.sentence.heading or factuality(p, group) != "actual":
        return None
    start, end = group.left, max(group.right, group.end)
    date = day_of([t for t in times_of(p, group) if t.role == "at"], ahead=False)
    if date is None or date.precision not in ("day", "period", "month") or date.from_ > seen.published:
        return None
    kind, named = _present(p, group, seen)
    if kind is None:
        return None
    place = place_of(p, start, end) or _opening_place(p, group)
    parties = sides_in(named) or seen.pair()
    if place is None or len(parties) != 2:
        return None
    return _draft(p, group, kind, parties, named, place, date)


def _present(p: Parsed, group: Group, seen: Discourse) -> tuple[Kind | None, list[Mention]]:
    """Who is together, and in what kind of contact."""
    words = acting_words(p, group)
    subjects = acting(p, [m for m in group.subjects if m.kind != "place"])
    sides = sides_in(subjects)
    if group.classes & {"say", "announce", "expect", "believe", "want"} or group.lemma in _APART:
        return _told_to_face(p, group, subjects)
    if words & _TEAMS and (len(sides) == 2 or (not sides and p.low(group.left) in ("the", "both", "two"))):
        return "round", subjects
    joint = [m for m in subjects if m.kind in ("person", "group", "pronoun")]
    if len(sides_in(joint)) == 2 and (any(m.people for m in joint) or _joined(p, joint)):
        return ("meeting" if of_leaders(joint, seen) or any(m.people for m in joint) else "round"), joint
    return _with_another(p, group, joint) or _told_to_face(p, group, subjects)


_BESIDE = frozenset({"with", "by", "beside", "alongside", "from", "to", "at", "between", "opposite", "before", "of"})


def _with_another(p: Parsed, group: Group, joint: list[Mention]) -> tuple[Kind | None, list[Mention]] | None:
    """One person with another of the other side in one clause: 'won a reprieve from Trump in Washington on Friday'."""
    end = max(group.right, group.end)
    people = [m for m in p.within(group.end, end) if m.kind == "person" and len(m.parties) == 1]
    others = [m for m in people if p.low(m.start - 1) in _BESIDE or m.start <= group.end + 1]
    mine = [m for m in joint if len(m.parties) == 1 and m.name]
    if not mine or not others or others[0].parties == mine[0].parties or p.low(others[0].end) == "'s":
        return None
    if any(t.kind in ("measure", "measures", "threat", "letter") and group.end <= t.start < end for t in p.things):
        return None
    return "meeting", [mine[0], others[0]]


def _joined(p: Parsed, joint: list[Mention]) -> bool:
    """'Bessent and He Lifeng': two people joined by 'and'."""
    return len(joint) >= 2 and any(p.low(k) == "and" for k in range(joint[0].end, joint[-1].start))


def _told_to_face(p: Parsed, group: Group, subjects: list[Mention]) -> tuple[Kind | None, list[Mention]]:
    """'told Ishiba', 'handed Xi a list': one person to another, at a house that receives guests."""
    mine = [m for m in subjects if m.kind in ("person", "pronoun") and len(m.parties) == 1]
    target = next(
        (m for m in p.within(group.end, group.end + 4) if m.kind == "person" and m.start <= group.end + 2), None
    )
    others = [m for m in p.within(group.end, max(group.right, group.end)) if m.kind in ("party", "person")]
    sides = sides_in([*subjects[:1], *[m for m in others if not m.adjective]])
    if group.lemma in _ACROSS and len(sides) == 2 and not set(sides) & set(_hosts(p)) and _hosts(p):
        return "round", [*subjects[:1], *[m for m in others if not m.adjective][:1]]
    facing = group.lemma in _GIVING and target is not None and bool(mine) and mine[0].parties != target.parties
    hosted = any(m.kind == "place" and m.name in _HOUSES for m in p.named) or p.has(
        "table", "lunch", "dinner", "person"
    )
    return ("meeting", [mine[0], target]) if facing and hosted and target is not None else (None, [])


def _hosts(p: Parsed) -> set[str]:
    """The sides in whose cities it was."""
    return {c for m in p.named if m.kind == "place" for c in m.parties}


def _opening_place(p: Parsed, group: Group) -> str | None:
    """'At the White House on 7 February, Trump …'."""
    comma = next((k for k in range(group.left + 1) if p.low(k) == ","), 0)
    return place_of(p, 0, comma) if comma and group.marker in ("", ",") else None


def _draft(
    p: Parsed, group: Group, kind: Kind, parties: tuple[str, ...], named: list[Mention], place: str | None, date: When
) -> Draft:
    start, end = clause_span(p, group)
    opening = opening_times(p)
    if opening and p.words[opening[0].start].start < start and group.marker in ("", ","):
        start = p.words[0].start
    return Draft(
        kind,
        parties,
        [(start, end)],
        people=people_in(named),
        date=date,
        place=place,
        key=kind,
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        order=p.words[group.head].start,
    )


def on_the_line(p: Parsed, seen: Discourse) -> list[Draft]:
    """'on the telephone with Trump she had obtained a month's grace': a call told by the phrase alone."""
    for k in range(1, len(p.words)):
        if p.low(k) not in _LINES or p.low(k - 1) not in _BY_LINE or p.low(k + 1) in ("call", "conversation", "and"):
            continue
        group = next((g for g in p.groups if g.left <= k < max(g.right, g.end) and g.marker != "attribute"), None)
        if group is None:
            group = next((g for g in p.groups if g.left > k and g.marker in ("", ",")), None)
        if group is None and p.groups:
            continue
        if group is not None and (group.negated or factuality(p, group) != "actual" or group.infinitive):
            continue
        pair = _speakers(p, k, group)
        if pair:
            return [_call(p, k, pair, group, seen)]
    return []


def _speakers(p: Parsed, k: int, group: Group | None) -> list[Mention]:
    """The two people of different sides nearest the phrase in its clause, the one who acts first."""
    start, end = (group.left, max(group.right, group.end)) if group is not None else (0, len(p.words))
    start = min(start, k)
    near = [m for m in p.within(start, end) if m.kind in ("person", "pronoun") and len(m.parties) == 1]
    own = [m for m in (group.subjects if group is not None else ()) if m.kind in ("person", "pronoun") and m.parties]
    people = [*own, *[m for m in near if m not in own]]
    after = next((m for m in people if m.start > k and p.low(m.start - 1) in ("with", "to", "and", "from")), None)
    first = next((m for m in people if after is None or m.parties != after.parties), None)
    other = after or next((m for m in people if first is not None and m.parties != first.parties), None)
    if first is None or other is None or (other is not after and group is not None and reporter_of(group) is not None):
        return []
    return [first, other] if any(m.name for m in (first, other)) else []


def _call(p: Parsed, k: int, pair: list[Mention], group: Group | None, seen: Discourse) -> Draft:
    found = times_of(p, group) if group is not None else list(p.times)
    start = min(k - 1, pair[1].start) if group is None or pair[1].start > k else pair[0].start
    return Draft(
        "call",
        sides_in(pair),
        [span_of(p, max(0, start), max(k + 1, pair[1].end))],
        people=people_in(pair),
        date=day_of([t for t in found if t.role == "at"], ahead=False) or day_nearby(p, seen),
        key="call",
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        order=p.words[k].start,
    )


_SIDES = frozenset({"delegations", "negotiators", "teams", "sides", "two", "governments", "envoys", "ministers"})


def settled_there(p: Parsed, group: Group) -> Kind | None:
    """'what the two presidents agreed in Busan on Thursday', 'at Geneva, on 10 May, both agreed': they met there."""
    made = group.classes & {"agree", "reach"} or group.lemma in ("strike", "hammer out", "clinch", "forge")
    if not made or group.modal or group.infinitive or group.negated:
        return None
    place, time = _there_and_then(p, group)
    if time is None or place is None or time.past is None or time.past.from_ >= p.published:
        return None
    end = max(group.right, group.end)
    by = next((k for k in range(group.end, end) if p.low(k) == "by"), None) if group.passive else None
    who = list(group.subjects) if not group.passive else [] if by is None else p.within(by, by + 7)
    words = acting_words(p, group)
    if len(sides_in(who)) < 2 and (who or not words & _SIDES):
        return None
    led = any(m.kind == "person" or m.people for m in who) or bool(words & {"presidents", "leaders"})
    return "meeting" if led else "round"


def _there_and_then(p: Parsed, group: Group) -> tuple[str | None, Time | None]:
    """Place and time after the verb, else those that open the sentence."""
    start, end = group.left, max(group.right, group.end)
    if p.low(start) in ("what", "all"):
        end = max(end, next((g.start for g in p.groups if g.start >= group.end), len(p.words)))
    place = place_of(p, group.end, end)
    time = next((t for t in p.times if group.end <= t.start < end and t.role == "at"), None)
    if time is None and group.marker in ("", ",") and start <= 12:
        time = next((t for t in p.times if t.end <= group.start and t.role == "at"), None)
        place = place or (place_of(p, 0, group.start) if time is not None else None)
    return place, time


def without_verb(p: Parsed, seen: Discourse) -> list[Draft]:
    """'5 June: call Trump-Xi', 'Next: Trump and Xi in Busan on 30 October': entries of timelines and diaries."""
    if any(g.marker != "attribute" for g in p.groups) or len(p.words) > 25:
        return []
    people = [m for m in p.named if m.kind == "person" and m.parties]
    houses = [m for m in p.named if m.kind == "place" and m.name in _HOUSES]
    hosts = tuple(c for m in houses for c in m.parties)
    parties = tuple(dict.fromkeys((*sides_in(people), *hosts)))
    when = p.item or next((t for t in p.times if t.role == "at"), None)
    if len(parties) != 2 or when is None or when.past is None or not people:
        return []
    by_phone = p.has("telephone", "phone", "call", "video")
    place = place_of(p, 0, len(p.words)) or next((m.name for m in houses), None)
    if place is None and not by_phone:
        return []
    kind: Kind = "call" if by_phone else "meeting" if of_leaders(people, seen) or houses else "round"
    return [
        Draft(
            "planned-talk" if when.past.from_ > seen.published else kind,
            parties,
            [span_of(p, 0, len(p.words))],
            people=people_in(people),
            date=when.past,
            place=place,
            key=kind,
            paragraph=p.sentence.paragraph,
            weak=p.sentence.heading,
            order=p.words[0].start,
        )
    ]


def in_one_sentence(p: Parsed, seen: Discourse) -> list[Draft]:
    """People of two sides, a place and a day past in one sentence that tells an act: they were together there."""
    people = [m for m in p.named if m.kind == "person" and len(m.parties) == 1]
    if p.sentence.heading or len(sides_in(people)) != 2:
        return []
    days = [
        t.past
        for t in p.times
        if t.role == "at" and t.past is not None and t.past.precision in ("day", "period", "month", "about", "week")
    ]
    place = place_of(p, 0, len(p.words))
    if not days or place is None or days[0].from_ > seen.published:
        return []
    if not any(g.past and factuality(p, g) == "actual" for g in p.groups):
        return []
    kind = _kind_of(p, people, seen)
    return [
        Draft(
            kind,
            sides_in(people),
            [span_of(p, 0, len(p.words))],
            people=people_in(people),
            date=days[0],
            place=None if kind == "call" else place,
            key=kind,
            paragraph=p.sentence.paragraph,
            order=p.words[0].start,
        )
    ]


def _kind_of(p: Parsed, people: list[Mention], seen: Discourse) -> Kind:
    """A call where the telephone is named, a round where delegations or talks are, else a meeting."""
    if p.has("telephone", "phone", "call", "telephoned", "rang", "video"):
        return "call"
    return "round" if p.has(*_BARGAINING) and not of_leaders(people, seen) else "meeting"


_BARGAINING = _TEAMS | {"talks", "negotiations", "negotiated", "negotiating", "round", "session", "bargaining"}


def entries(p: Parsed, seen: Discourse) -> list[Draft]:
    """'10-11 May: Geneva.', 'Stockholm, 28 and 29 July': a day and a city in a text that counts rounds."""
    verbs = any(g.marker != "attribute" for g in p.groups)
    if verbs or p.sentence.heading or len(p.words) > 12 or len(seen.pair()) != 2:
        return []
    time = p.item or next((t for t in p.times if t.role == "at"), None)
    if p.item is not None and p.has("telephone", "phone", "call", "line") and p.item.past is not None:
        return _entry(p, "call", seen.pair(), p.item.past, None)
    if seen.rounds_told < 0:
        return []
    hits = [(i, h[0]) for i in range(len(p.words)) if p.words[i].capital and (h := found_at(p.sentence, i, places()))]
    if time is None or time.past is None or time.past.from_ > seen.published or len(hits) != 1:
        return []
    if any(t.kind in ("measure", "measures", "deal") for t in p.things) or any(m.kind == "person" for m in p.named):
        return []
    return _entry(p, "round", seen.pair(), time.past, hits[0][1].name)


def _entry(p: Parsed, kind: Kind, parties: tuple[str, ...], date: When, place: str | None) -> list[Draft]:
    named = [m for m in p.named if m.kind == "person" and m.parties]
    return [
        Draft(
            kind,
            parties,
            [span_of(p, 0, len(p.words))],
            people=people_in(named),
            date=date,
            place=place,
            key=kind,
            apart=True,
            paragraph=p.sentence.paragraph,
            order=p.words[0].start,
        )
    ]
