"""Calls, meetings and rounds between the sides, held or still ahead."""

from __future__ import annotations

from detente.read.clauses import Parsed
from detente.read.contact_ahead import talk_ahead
from detente.read.contact_kinds import part_of_round, same_as_before
from detente.read.contact_nouns import by_noun
from detente.read.contact_parts import acting, acting_words, fact_of, lasting, listed_before, of_leaders, speaks
from detente.read.contact_presence import entries, in_one_sentence, on_the_line, together, without_verb
from detente.read.contact_series import series
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
from detente.read.factuality import Fact
from detente.read.merge import dates_agree
from detente.read.names import Discourse, Mention
from detente.read.proposal import Kind
from detente.read.speech import speaker_of
from detente.read.tables import word_set
from detente.read.times import Time
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
_MEMBERS = word_set("contacts members")


def contacts(p: Parsed, seen: Discourse) -> list[Draft]:
    """The contacts a sentence tells, by verb ('met', 'spoke by phone') and by noun ('a round of talks')."""
    out = [d for g in p.groups if (d := _by_verb(p, g, seen) or talk_ahead(p, g, seen)) is not None]
    listed = series(p, seen)
    out = [d for d in out if d.kind not in ("round", "meeting") or sum(_same_clause(d, x) for x in listed) < 2]
    for thing in p.things:
        if thing.kind not in _CONTACT or part_of_round(p, thing) or same_as_before(p, thing):
            continue
        if listed and thing.kind in ("round", "talks", "meeting"):
            continue
        draft = by_noun(p, thing, seen)
        if draft is not None and not any(_same_clause(draft, d) and not _another_day(draft, d) for d in out):
            out.append(draft)
    out += [d for k in range(len(p.words)) if (d := _by_time_with(p, k, seen)) is not None]
    held = any(d.kind != "planned-talk" for d in out)
    present = [] if held else [d for g in p.groups if (d := together(p, g, seen)) is not None][:1]
    more = [*present, *listed, *on_the_line(p, seen), *without_verb(p, seen)]
    more += [] if out or more else [*in_one_sentence(p, seen), *entries(p, seen)]
    out += [d for d in more if not any(_same_clause(d, x) and x.kind == d.kind for x in out)]
    return out


def _another_day(a: Draft, b: Draft) -> bool:
    """Two contacts of one clause on days apart: 'the call on 5 June led to the talks in London on 9 June'."""
    return a.date is not None and b.date is not None and not dates_agree(a.date, b.date)


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
    named = [*listed_before(p, group), *named]
    if group.marker == "who":
        named += _joined_before(p, group, named)
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
    kind = _kind(p, group, contact, fact_of(p, group))
    people = (
        ()
        if {p.low(k) for k in range(group.left, group.start)} & {"teams", "delegations", "negotiators"}
        else people_in(named)
    )
    return None if kind is None else _draft(p, group, kind, parties, people, seen, contact)


def _joined_before(p: Parsed, group: Group, named: list[Mention]) -> list[Mention]:
    """'Xi and Trump, who are to meet': both of those named before the relative."""
    last = next((m for m in named if m in group.subjects and m.end <= group.left), None)
    if last is None or p.low(last.start - 1) != "and":
        return []
    return [m for m in p.named if m.kind == "person" and m.end == last.start - 1]


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
    now = (
        group.form in ("b", "s")
        and p.low(group.head) != "been"
        and not (group.modal or group.infinitive or group.passive or group.perfect)
    )
    return (
        now
        and fact_of(p, group) != "future"
        and not any(t.role == "at" for t in p.times)
        and p.item is None
        and not p.sentence.heading
    )


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
    subject = acting_words(p, group)
    words = subject | {p.low(k) for k in range(group.start, max(group.right, group.end))}
    if len(parties) == 1:
        held = [c for m in p.named if m.kind == "place" for c in m.parties if c not in parties and c in seen.counts]
        if held and contact != "call":
            return (*parties, held[0])
    first = p.low(group.head_left if group.head_left >= 0 else group.left)
    if not parties and (first in ("the", "both", "three", "two", "their") or first in _MEMBERS) and subject & _MEMBERS:
        return seen.three() if "three" in words and len(seen.three()) == 3 else seen.pair()
    if contact == "round" and group.passive and "negotiate" in group.classes and not parties:
        return seen.pair()
    if contact == "call" and not group.subjects and parties and not p.has(*_OFFICES):
        return parties
    if (
        words
        & {
            "counterpart",
            "counterparts",
            "negotiators",
            "deputies",
            "premiers",
            "mission",
            "envoys",
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
    if group.infinitive and group.lead in ("days", "weeks", "months", "time", "years") and contact == "round":
        return "planned-talk"
    if fact == "actual":
        return contact
    if fact in ("future", "commit"):
        return "planned-talk"
    if fact == "expect":
        return "planned-talk" if group.infinitive else "claim-expectation"
    if fact == "threat" and group.modal in ("will", "would"):
        return "planned-talk"  # 'if there is progress, he will receive Xi'
    return "claim-expectation" if fact == "threat" and group.modal != "can" and speaks(group) else None


def _own_times(p: Parsed, group: Group, found: list[Time]) -> list[Time]:
    """The times of a verb without those of a contact named before it: 'after the call on Friday they met on Sunday'."""
    before = [t.end for t in p.things if t.kind in _CONTACT and t.end <= group.start]
    own = [t for t in found if t.start >= group.end or not any(end <= t.start <= end + 4 for end in before)]
    return own if any(t.start >= group.end for t in own) else found


def _there_to(group: Group) -> bool:
    """'will be in Washington next week to meet him': the day of the journey is that of the contact."""
    above = group.governor
    return group.infinitive and above is not None and (above.lemma in ("be", "go", "come") or "visit" in above.classes)


def _draft(
    p: Parsed,
    group: Group,
    kind: Kind,
    parties: tuple[str, ...],
    people: tuple[str, ...],
    seen: Discourse,
    contact: str,
) -> Draft:
    found = times_of(p, group, climb=kind in ("call", "meeting", "round") or _there_to(group))
    found = _own_times(p, group, found)
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
        kind, held, date = ("planned-talk", False, date) if not group.past else (kind, held, None)
    return Draft(
        kind,
        parties[:2] if len(parties) > 2 and held and not (p.has("three") and len(parties) == 3) else parties,
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
