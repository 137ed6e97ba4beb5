"""Calls, meetings and rounds told by a noun: 'a phone call', 'a third round of talks', 'the summit planned for'."""

from __future__ import annotations

from datetime import timedelta

from detente.read.clauses import Parsed, over
from detente.read.contact_parts import acting, lasting, of_leaders, speaks
from detente.read.contact_verbs import PHONE
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
from detente.read.factuality import factuality
from detente.read.names import Discourse
from detente.read.proposal import Kind, When
from detente.read.speech import speaker_of
from detente.read.tables import word_set
from detente.read.things import Thing
from detente.read.times import Time
from detente.read.verbs import Group

_HELD = frozenset(
    {
        "hold",
        "conclude",
        "open",
        "start",
        "have",
        "meet",
        "speak",
        "host",
        "resume",
        "follow",
        "be",
        "end",
        "attend",
        "receive",
        "visit",
        "do",
    }
)
_LOOSE = word_set("contacts loose")
_CONTACT = frozenset({"call", "meeting", "round", "talks", "visit"})


def by_noun(p: Parsed, thing: Thing, seen: Discourse) -> Draft | None:
    if any(g.start <= thing.start < g.end for g in p.groups) or _mere_talk(p, thing):
        return None  # 'to talk about'
    group = over(p, thing.start) or _next_verb(p, thing)
    group = _said_of(p, thing, group)
    start, end = _phrase(p, thing, group)
    contact = _contact_noun(p, thing, start, end)
    if contact is None or _none_held(p, thing) or _domestic(p, thing) or _other_talks(p, thing):
        return None
    if contact == "round" and of_leaders(p.within(start, end), seen):
        contact = "meeting"
    kind, doubtful = _noun_kind(p, thing, group, contact)
    if kind is None or (thing.kind == "visit" and kind == "meeting"):
        return None
    named = p.within(start, end)
    if group is not None:
        named = [*[m for m in group.subjects if m not in named], *named]
    named = acting(p, named)
    parties = sides_in(named)
    people = () if p.has("respective") else people_in(named)
    if len(parties) > 2:
        parties = _two_of(parties, seen)
    if len(parties) < 2:
        there = group is not None and p.low(group.left) == "there" and any(t.role == "at" for t in p.times)
        if doubtful and kind in ("call", "meeting") and not there and not _between_sides(p, start, end):
            return None
        parties = with_other(parties, seen)
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
        definite=p.low(_noun_start(p, thing) - 1) in ("the", "this", "that"),
        order=p.words[thing.start].start,
    )


def _mere_talk(p: Parsed, thing: Thing) -> bool:
    """'there is talk of', 'room for negotiations', 'a consultation on a second list': no talks of the sides."""
    if thing.kind != "talks":
        return False
    if thing.low == "talk" and p.low(thing.end) in ("of", "in", "about", ".", ","):
        return True
    if thing.low in ("consultation", "consultations") and p.low(thing.end) == "on" and not p.has("with", "between"):
        return True
    first = _noun_start(p, thing) - 1
    return p.low(first) == "for" and p.low(first - 1) in ("room", "basis", "time", "space", "way", "ground", "chance")


def _next_verb(p: Parsed, thing: Thing) -> Group | None:
    """'All talks, he wrote, were terminated': the verb after an aside."""
    first = p.groups[0] if p.groups else None
    if first is None or thing.start > first.start or "say" not in first.classes or p.low(first.left) != ",":
        return None
    return next((g for g in p.groups[1:] if g.marker == "," and not g.infinitive), None)


def _said_of(p: Parsed, thing: Thing, group: Group | None) -> Group | None:
    """'talks are due to start', 'talks are to begin': the verb that counts is the one that hangs on 'are due'."""
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


_LED = frozenset({"represented", "led", "headed", "attended", "joined", "accompanied"})


def _noun_start(p: Parsed, thing: Thing) -> int:
    """The first word of the noun phrase: back over adjectives."""
    i = thing.start
    while (
        i > 0
        and p.words[i - 1].text.isalpha()
        and p.low(i - 1)
        not in (
            "the",
            "a",
            "an",
            "of",
            "in",
            "on",
            "for",
            "to",
            "and",
            "this",
            "that",
            "after",
            "during",
            "by",
            "with",
            "from",
            "at",
            "no",
            "any",
        )
        and thing.start - i < 5
        and not any(g.start <= i - 1 < g.end for g in p.groups)
    ):
        i -= 1
    return i


def _contact_noun(p: Parsed, thing: Thing, start: int, end: int) -> Kind | None:
    if thing.kind == "call":
        if thing.low in ("call", "calls"):
            after = p.low(thing.end)
            if after == "to" and any(
                m.kind == "person" and m.start <= thing.end + 2 for m in p.within(thing.end, thing.end + 6)
            ):
                return "call"
            if after == "at" and p.low(thing.start - 1) not in PHONE:
                return None
            if after == "on" and any(t.start == thing.end for t in p.times):
                return "call"
            if after in ("for", "to", "on") and not {p.low(k) for k in range(thing.start - 3, thing.start)} & PHONE:
                return None
        if thing.low in ("conversation", "conversations"):
            return "call"
        return "call"
    if thing.kind == "visit":
        return "meeting" if any(m.parties for m in p.within(start, end)) else None
    if thing.kind == "meeting":
        if thing.low.startswith("meeting") and any(p.low(k) in PHONE for k in range(start, thing.start)):
            return "call"
        return "meeting"
    if thing.kind == "round":
        tied = p.low(thing.end) == "of" and any(
            t.kind in ("talks", "meeting") for t in p.things if thing.end <= t.start <= thing.end + 5
        )
        ordinal = p.low(thing.start - 1) in (
            "another",
            "next",
            "new",
            "further",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "first",
            "final",
            "last",
        )
        alone = ordinal and not any(
            p.low(k) in ("tariffs", "duties", "of", "retaliation") for k in range(thing.end, thing.end + 2)
        )
        rounds = (
            tied
            or alone
            or (thing.low.startswith("session") and p.low(thing.start - 1) in ("negotiating", "bargaining"))
            or (
                p.low(thing.start - 1)
                in ("negotiating", "next", "second", "third", "first", "fourth", "fifth", "sixth", "last", "latest")
                and any(t.kind == "talks" for t in p.things)
            )
        )
        return "round" if rounds else None
    if {p.low(thing.end + 1), p.low(thing.end + 2)} & PHONE and p.low(thing.end) in ("by", "over", "on"):
        return "call"  # 'a first talk by phone'
    return "round"


def _none_held(p: Parsed, thing: Thing) -> bool:
    before = {p.low(k) for k in range(_noun_start(p, thing) - 2, thing.start)}
    return bool(before & {"no", "any", "without", "neither"})


def _other_talks(p: Parsed, thing: Thing) -> bool:
    """Wage talks, budget talks, peace talks."""
    group = over(p, thing.start)
    if group is not None and {p.low(k) for k in range(group.left, group.start)} & _FIRMS and not group.subjects:
        return True
    return bool({p.low(k) for k in range(_noun_start(p, thing), thing.start)} & _OTHER_TALKS)


_OTHER_TALKS = word_set("contacts other talks")
_FIRMS = word_set("contacts companies")


def _domestic(p: Parsed, thing: Thing) -> bool:
    around = {p.low(k) for k in range(thing.start - 4, thing.end + 8)}
    return bool(
        around
        & {"cabinet", "press", "briefing", "conference", "earnings", "rally", "closed", "council", "politburo", "board"}
    ) and thing.low not in ("conference call", "video conference")


def _noun_kind(p: Parsed, thing: Thing, group: Group | None, contact: Kind) -> tuple[Kind | None, bool]:
    """The kind, and whether only a day, place or person would make it worth telling."""
    if group is None:
        return (None, True) if p.sentence.heading else (contact, True)
    fact = factuality(p, group)
    if fact == "asked" and "resume" in group.classes and group.governor is not None and group.governor.lemma == "want":
        return "planned-talk", False
    if fact in ("none", "asked", "claimed", "denied") or (group.negated and group.lemma != "be"):
        return None, True
    if contact == "call" and (relative := _had(p, thing)) is not None:
        group = relative
    before = {p.low(k) for k in range(max(group.left, thing.start - 5), thing.start)}
    object_of = thing.start >= group.end
    kinds = group.classes
    broke = group.lemma == "break off" and not object_of and not group.passive
    if not object_of and group.lemma in ("draw near", "approach", "loom", "near"):
        return "planned-talk", False
    if (kinds & {"stop", "suspend", "lift", "block", "request"} and not broke) or (
        group.lemma == "be" and not object_of and not _under_way(p, group) and not _is_due(p, group)
    ):
        return None, True
    if not object_of and group.passive and kinds & {"schedule", "plan", "set", "arrange", "propose", "expect"}:
        unsure = group.modal in ("could", "may", "might", "can") or ("expect" in kinds and speaks(group))
        return "claim-expectation" if unsure else "planned-talk", False
    if (
        kinds & {"schedule", "plan", "announce", "set", "agree", "resume", "arrange", "pledge"}
        and object_of
        and not group.passive
        and not _adjunct(p, group, thing)
    ):
        return ("planned-talk" if not ("resume" in kinds and fact == "actual") else contact), False
    if (_future_noun(p, thing) or _set_for(p, thing)) and fact != "expect":
        return "planned-talk", contact == "round" and thing.kind == "talks"
    if fact in ("future", "commit"):
        return (
            ("planned-talk", thing.kind == "talks" and not kinds & _HELD and not speaks(group))
            if not _adjunct(p, group, thing)
            else (None, True)
        )
    if fact == "expect":
        return "claim-expectation" if speaks(group) else "planned-talk", False
    if fact in ("threat", "offer"):
        return (
            ("claim-expectation", False)
            if group.modal != "can" and speaks(group) and not _adjunct(p, group, thing)
            else (None, True)
        )
    if group.lemma == "be" and not object_of and _is_due(p, group):
        return "planned-talk", False
    if kinds & {"expect", "hope"} and object_of:
        return "claim-expectation", False
    if before & _LOOSE and not kinds & {"hold", "conclude", "have"}:
        return None, True
    first = _noun_start(p, thing)
    lead = p.low(first - 2) if p.low(first - 1) in ("the", "of") else p.low(first - 1)
    if p.low(first - 1) == "of" and lead in _NO_MORE:
        return None, True  # 'the breakdown of talks'
    if thing.kind == "talks" and lead in ("for", "a") and not kinds & _GOING and group.lemma.split()[0] not in _TRAVELS:
        return None, True  # 'the basis for a broader negotiation', 'room for talks'
    if group.lemma in ("stall", "stick", "drag", "falter", "drag on") and not object_of:
        return None, True  # 'talks have stalled'
    if kinds & {"end", "break"} and object_of:
        return None, True
    strong = (
        not object_of
        and thing.kind == "talks"
        and (_ended(group) or group.lemma in ("collapse", "break down", "fail", "founder"))
    ) or (
        bool(kinds & {"hold", "conclude"})
        or (p.low(group.head) in ("took", "taken") and p.low(group.reach) == "place")
        or "place" in [p.low(k) for k in range(group.end, group.end + 2)]
    )
    return contact, not strong


def _is_due(p: Parsed, group: Group) -> bool:
    after = {p.low(k) for k in range(group.end, group.end + 4)}
    return p.low(group.end) in ("due", "set", "scheduled", "planned", "foreseen") or bool(
        {"on", "in"} & after and after & {"agenda", "calendar", "cards", "diary", "schedule", "programme", "program"}
    )


def _adjunct(p: Parsed, group: Group, thing: Thing) -> bool:
    """'announced after talks in Geneva': the noun tells when, not what."""
    if thing.start < group.end:
        return False
    return any(
        p.low(k) in ("after", "during", "following", "at", "in", "ahead", "before", "since", "despite")
        for k in range(max(group.end, thing.start - 5), thing.start)
    )


def _future_noun(p: Parsed, thing: Thing) -> bool:
    before = {p.low(k) for k in range(_noun_start(p, thing) - 1, thing.start)}
    return bool(before & {"forthcoming", "upcoming", "planned", "next", "scheduled", "coming"})


def _had(p: Parsed, thing: Thing) -> Group | None:
    """'the conversation that Trump had with Xi': the relative clause tells that it was held."""
    return next((g for g in p.groups if g.left <= thing.end <= g.left + 1 and g.lemma in ("have", "hold")), None)


def _length_of_talks(p: Parsed, thing: Thing, group: Group | None, when: When | None) -> When | None:
    """'wrapped up two days of talks on Tuesday': those that end with the day told."""
    if when is None or when.precision != "day" or group is None or not _ended(group):
        return when
    counted = next((t for k in (3, 4, 5) if (t := counted_at(p.words, thing.start - k)) and t[1] == "day"), None)
    if counted is None or not 1 < counted[0] < 8 or p.low(counted[2]) != "of":
        return when
    return When(when.from_ - timedelta(counted[0] - 1), when.until, "period")


_TRAVELS = frozenset({"arrive", "travel", "fly", "come", "go", "head", "return"})
_NO_MORE = frozenset({"breakdown", "collapse", "suspension", "end", "cancellation", "absence", "lack", "failure"})
_GOING = frozenset(
    {"visit", "hold", "meet", "have", "receive", "be", "attend", "come", "do", "conclude", "open", "start"}
)


def _ended(group: Group) -> bool:
    return bool(group.classes & {"conclude", "end"}) or group.lemma in ("break up", "come to end", "part", "wrap up")


def _set_for(p: Parsed, thing: Thing) -> bool:
    """'the meeting between Xi and Trump planned for 30 October'."""
    after = next((g for g in p.groups if thing.end <= g.start <= thing.end + 9), None)
    return (
        after is not None
        and after.marker == "reduced"
        and (
            bool(after.classes & {"plan", "schedule", "set", "expect"}) or after.lemma in ("slate", "pencil", "foresee")
        )
        and not any(t.ahead is not None and t.ahead.until and t.ahead.until < p.published for t in p.times)
    )


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


def same_as_before(p: Parsed, thing: Thing) -> bool:
    """'in a phone call, the two engaged in discussions': the discussions are the call."""
    if thing.kind != "talks" or thing.low not in ("discussions", "discussion", "dialogue", "talk"):
        return False
    return any(t.kind in ("call", "meeting") and t.start < thing.start for t in p.things)


def part_of_round(p: Parsed, thing: Thing) -> bool:
    """'talks' in 'a round of talks' is the round, 'meetings' in 'round of meetings' too."""
    return (
        p.low(thing.start - 1) == "of"
        and any(t.kind == "round" and thing.start - 4 <= t.start < thing.start for t in p.things)
    ) or (
        thing.kind == "talks"
        and any(
            t.kind == "round"
            and thing.start - 6 <= t.start < thing.start
            and "of" in [p.low(k) for k in range(t.end, thing.start)]
            for t in p.things
        )
    )


def _under_way(p: Parsed, group: Group) -> bool:
    return bool({p.low(k) for k in range(group.end, group.end + 4)} & {"under", "way", "over", "held", "in", "between"})
