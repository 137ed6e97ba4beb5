"""Calls, meetings and rounds between the sides, held or still ahead."""

from __future__ import annotations

from detente.read.clauses import Parsed
from detente.read.contact_ahead import talk_ahead
from detente.read.contact_nouns import by_noun, part_of_round, same_as_before
from detente.read.contact_parts import acting, lasting, of_leaders, speaks
from detente.read.contact_series import on_the_line, series
from detente.read.contact_verbs import contact_of, is_due
from detente.read.drafts import (
    Draft,
    a_year_back,
    clause_span,
    day_nearby,
    day_of,
    opening_times,
    people_in,
    place_of,
    products_in,
    sides_in,
    span_of,
    still_to_come,
    times_below,
    times_of,
    with_other,
)
from detente.read.factuality import Fact, factuality
from detente.read.names import Discourse, Mention
from detente.read.proposal import Kind
from detente.read.speech import speaker_of
from detente.read.verbs import Group

_CONTACT = frozenset({"call", "meeting", "round", "talks", "visit"})
_OFFICES = (
    "minister",
    "leader",
    "president",
    "commissioner",
    "secretary",
    "premier",
    "chancellor",
    "phone",
    "telephone",
)
_MEMBERS = frozenset(
    {"ministers", "leaders", "presidents", "officials", "men", "negotiators", "envoys", "deputies", "delegations"}
)


def contacts(p: Parsed, seen: Discourse) -> list[Draft]:
    """The contacts a sentence tells, by verb ('met', 'spoke by phone') and by noun ('a round of talks')."""
    out = [d for g in p.groups if (d := _by_verb(p, g, seen) or talk_ahead(p, g, seen)) is not None]
    listed = series(p, seen)
    for thing in p.things:
        if thing.kind not in _CONTACT or part_of_round(p, thing) or same_as_before(p, thing):
            continue
        if listed and thing.kind == "round":
            continue
        draft = by_noun(p, thing, seen)
        if draft is not None and not any(_same_clause(draft, d) for d in out):
            out.append(draft)
    out += [d for k in range(len(p.words)) if (d := _by_time_with(p, k, seen)) is not None]
    out += [
        d for d in (*listed, *on_the_line(p, seen)) if not any(_same_clause(d, x) and x.kind == d.kind for x in out)
    ]
    return out


def _same_clause(a: Draft, b: Draft) -> bool:
    return any(x[0] < y[1] and y[0] < x[1] for x in a.spans for y in b.spans)


def _by_verb(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    if is_due(p, group):
        return _draft_due(p, group, seen)
    contact = contact_of(p, group)
    if contact is None or group.marker == "attribute":
        return None
    region = p.within(group.left, max(group.right, group.end))
    named = acting(p, [*group.subjects, *[m for m in region if m not in group.subjects and m.start >= group.end]])
    if group.marker == "whom":
        named += [m for m in p.within(max(0, group.left - 9), group.left) if m.kind == "person"]
    parties = sides_in(named)
    if _own_side(group, named) or _habit(p, group):
        return None
    if "visit" in group.classes:
        parties = tuple(dict.fromkeys((*parties, *[c for m in region if m.kind == "place" for c in m.parties])))
    if len(parties) < 2:
        parties = _completed(p, group, parties, seen, contact)
    if len(parties) < 2:
        return None
    if contact == "round" and of_leaders(named, seen):
        contact = "meeting"
    kind = _kind(p, group, contact, factuality(p, group))
    people = (
        ()
        if {p.low(k) for k in range(group.left, group.start)} & {"teams", "delegations", "negotiators"}
        else people_in(named)
    )
    return None if kind is None else _draft(p, group, kind, parties, people, seen, contact)


def _by_time_with(p: Parsed, k: int, seen: Discourse) -> Draft | None:
    """'after an afternoon with Trump at the White House', 'emerging from two hours with Lutnick'."""
    if p.low(k) not in _HOURS or p.low(k + 1) not in ("with", "alongside"):
        return None
    if p.low(k - 1) in ("that", "this", "same", "the", "next") and not p.low(k).endswith("s"):
        return None
    other = next((m for m in p.within(k + 2, k + 9) if m.kind == "person" and m.parties), None)
    if other is None:
        return None
    mine = [m for m in p.named if m.kind in ("person", "pronoun", "body") and m.parties and m.parties != other.parties]
    if not mine:
        return None
    found = [t for t in p.times if t.start >= k] or opening_times(p)
    return Draft(
        "meeting",
        sides_in([mine[0], other]),
        [span_of(p, max(0, k - 2), other.end)],
        people=people_in([mine[0], other]),
        date=day_of(found, ahead=False),
        place=place_of(p, 0, len(p.words)),
        key="meeting",
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        order=p.words[k].start,
    )


_HOURS = frozenset(
    {"hour", "hours", "minutes", "afternoon", "morning", "evening", "lunch", "dinner", "breakfast", "days"}
)


def _own_side(group: Group, named: list[Mention]) -> bool:
    """An official who speaks to his own president: no contact between sides."""
    theirs = {c for m in group.subjects for c in m.parties}
    others = [m for m in named if m not in group.subjects and m.kind in ("person", "body")]
    return len(theirs) == 1 and bool(others) and all(set(m.parties) <= theirs for m in others if m.parties)


def _habit(p: Parsed, group: Group) -> bool:
    """'officials talk by telephone', 'while they talk': what goes on, and no contact of its own."""
    now = group.form in ("b", "s") and not (group.modal or group.infinitive or group.passive or group.perfect)
    return now and not any(t.role == "at" for t in p.times) and p.item is None and not p.sentence.heading


def _draft_due(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    places_of = [c for m in p.within(group.end, group.right) for c in m.parties]
    parties = tuple(dict.fromkeys((*sides_in(group.subjects), *places_of)))[:2]
    if len(parties) == 1 and not group.subjects:
        parties = tuple(reversed(with_other(parties, seen)))
    return (
        _draft(p, group, "planned-talk", parties, people_in(group.subjects), seen, "meeting")
        if len(parties) == 2
        else None
    )


def _completed(p: Parsed, group: Group, parties: tuple[str, ...], seen: Discourse, contact: Kind) -> tuple[str, ...]:
    """The second side of a contact that names one: 'his Chinese counterpart' names two, 'the negotiators met' none."""
    words = {p.low(k) for k in range(group.left, max(group.right, group.end))}
    if len(parties) == 1:
        held = [c for m in p.named if m.kind == "place" for c in m.parties if c not in parties and c in seen.counts]
        if held and contact != "call":
            return (*parties, held[0])
    bare = p.low(group.left) in _MEMBERS or p.low(group.left) in ("the", "both", "three", "two")
    if not parties and bare and words & _MEMBERS:
        return seen.three() if "three" in words and len(seen.three()) == 3 else seen.pair()
    if contact == "call" and not group.subjects and parties and not p.has(*_OFFICES):
        return parties
    if (
        words
        & {
            "counterpart",
            "counterparts",
            "negotiators",
            "teams",
            "delegations",
            "sides",
            "delegation",
            "team",
            "again",
            "pair",
            "they",
            "received",
        }
        or contact == "call"
    ):
        return with_other(parties, seen)
    return parties


def _kind(p: Parsed, group: Group, contact: Kind, fact: Fact) -> Kind | None:
    if fact in ("none", "denied", "asked", "claimed"):
        return None
    if group.negated:
        return None
    if fact == "actual":
        return contact
    if fact in ("future", "commit"):
        return "planned-talk"
    if fact == "expect":
        return "planned-talk" if group.infinitive else "claim-expectation"
    if fact == "threat" and group.modal in ("will", "would"):
        return "planned-talk"  # 'if there is progress, he will receive Xi'
    return "claim-expectation" if fact == "threat" and group.modal != "can" and speaks(group) else None


def _draft(
    p: Parsed,
    group: Group,
    kind: Kind,
    parties: tuple[str, ...],
    people: tuple[str, ...],
    seen: Discourse,
    contact: str,
) -> Draft:
    found = times_of(p, group, climb=kind in ("call", "meeting", "round"))
    start, end = group.left, max(group.right, group.end)
    held = kind in ("call", "meeting", "round")
    if not held and not any(t.role != "for" for t in found):
        found = times_below(p, group)
    date = day_of(found, not held, seen.published) or (day_nearby(p, seen) if held else None)
    long = date is not None and date.precision == "period" and date.until is not None
    if kind == "meeting" and long and len(people) < 3 and not of_leaders(list(group.subjects), seen):
        kind = "round" if date is not None and date.until is not None and (date.until - date.from_).days < 15 else kind
    if kind == "planned-talk" and date is not None:
        date = still_to_come(date, seen.published, weeks=True)
    if held and group.past and date is not None and (date.from_ - seen.published).days > 60:
        date = a_year_back(date)
    if held and group.past and date is not None and date.from_ > seen.published:
        date = None  # 'the same morning' as a day to come: told as done, it was not then
    if held and date is not None and date.from_ > seen.published:
        kind, held = "planned-talk", False
    return Draft(
        kind,
        parties[:2] if len(parties) > 2 and held else parties,
        [clause_span(p, group)],
        people=people,
        speaker=speaker_of(p, group, seen),
        date=date,
        days=None,
        place=place_of(p, start, end),
        products=products_in(p, 0, len(p.words)),
        quantity=lasting(p, start, end) if held else None,
        key=contact,
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        order=p.words[group.head].start,
    )
