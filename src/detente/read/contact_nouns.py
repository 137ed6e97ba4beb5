"""Calls, meetings and rounds told by a noun: 'a phone call', 'a third round of talks', 'the summit planned for'."""

from __future__ import annotations

from datetime import timedelta

from detente.read.clauses import Parsed, over
from detente.read.contact_parts import acting, fact_of, lasting, listed_before, of_leaders, speaks
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
    if len(parties) < 2:
        there = group is not None and p.low(group.left) == "there" and any(t.role == "at" for t in p.times)
        told_with = _with_somebody(p, thing) or _over_a_meal(p, thing, group) or _began_with(p, thing, group)
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
        definite=p.low(_noun_start(p, thing) - 1) in ("the", "this", "that"),
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
    return p.low(thing.end) in ("with", "to") and any(
        m.kind == "person" and len(m.parties) == 1 for m in p.within(thing.end, thing.end + 6)
    )


def _began_with(p: Parsed, thing: Thing, group: Group | None) -> bool:
    """'the process began with a video conference'."""
    opened = group is not None and bool(group.classes & {"open", "start", "conclude", "end"})
    return opened and "with" in (p.low(thing.start - 1), p.low(thing.start - 2))


def _over_a_meal(p: Parsed, thing: Thing, group: Group | None) -> bool:
    """'the truce agreed over dinner in Buenos Aires'."""
    return p.low(thing.start - 1) == "over" and group is not None and bool(group.classes & {"agree", "reach"})


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
    if thing.low == "bilateral" and p.low(thing.end).isalpha() and p.low(thing.end) not in _AFTER_NOUN:
        return None
    if thing.kind == "visit":
        return "meeting" if any(m.parties for m in p.within(start, end)) else None
    if thing.kind == "meeting":
        if thing.low == "meetings" and _days_of(p, thing):
            return "round"
        if thing.low.startswith("meeting") and any(p.low(k) in PHONE for k in range(start, thing.start)):
            return "call"
        return "meeting"
    if thing.kind == "round":
        tied = p.low(thing.end) == "of" and any(
            t.kind in ("talks", "meeting") for t in p.things if thing.end <= t.start <= thing.end + 5
        )
        before = p.low(thing.start - 1)
        ordinal = before in _COUNTED or (before == "'s" and any(t.end == thing.start - 1 for t in p.times))
        alone = (ordinal or p.low(thing.end) in _SEVERAL) and not any(
            p.low(k) in ("tariffs", "duties", "of", "retaliation") for k in range(thing.end, thing.end + 2)
        )
        rounds = (
            tied
            or (thing.low in ("session", "sessions") and bool({p.low(k) for k in range(start, end)} & _AT_TABLE))
            or alone
            or (thing.low.startswith("session") and p.low(thing.start - 1) in ("negotiating", "bargaining"))
            or ((before == "negotiating" or before in _COUNTED) and any(t.kind == "talks" for t in p.things))
        )
        return "round" if rounds else None
    if thing.low == "talk" and p.low(thing.end) in ("of", "about"):
        return None
    if {p.low(thing.end + 1), p.low(thing.end + 2)} & PHONE and p.low(thing.end) in ("by", "over", "on"):
        return "call"  # 'a first talk by phone'
    return "round"


_ABOUT_TALKS = word_set("contacts about talks")
_COUNTED = (
    word_set("contacts ordinals")
    | {"another", "next", "new", "further", "final", "fresh"}
    | {"previous", "earlier", "preceding", "opening", "closing"}
)


_LATER = frozenset({"further", "later", "new", "separate", "fresh", "future", "more", "follow-up", "additional"})
_AT_TABLE = word_set("contacts teams") | {"counterparts", "counterpart", "ministers"}
_AFTER_NOUN = word_set("clauses prepositions") | {"and", "that", "which", "was", "is", "will", "lasted"}


def _days_of(p: Parsed, thing: Thing) -> bool:
    """'two days of meetings'."""
    return any(
        p.low(k) == "of" and p.low(k - 1) in ("days", "hours", "day") for k in range(thing.start - 4, thing.start)
    )


def _none_held(p: Parsed, thing: Thing) -> bool:
    """'no talks', 'any meeting', 'the breakdown of talks', 'hopes for a summit'."""
    first = _noun_start(p, thing)
    at = first - 1 - (p.low(first - 1) in ("the", "a", "an", "further", "new"))
    if p.low(at) in ("of", "for", "about", "on") and p.low(at - 1) in _ABOUT_TALKS:
        return True
    before = {p.low(k) for k in range(_noun_start(p, thing) - 2, thing.start)}
    return bool(before & {"no", "any", "without", "neither"})


def _other_talks(p: Parsed, thing: Thing) -> bool:
    """Wage talks, budget talks, peace talks."""
    group = over(p, thing.start)
    if group is not None and {p.low(k) for k in range(group.left, group.start)} & _FIRMS and not group.subjects:
        return True
    with_whom = {p.low(k) for k in range(thing.end, thing.end + 4)} if p.low(thing.end) == "with" else set()
    at_home = bool(with_whom & _AT_HOME) and not p.within(thing.end, thing.end + 3)
    after_of = {p.low(thing.end + 1), p.low(thing.end + 2)} if p.low(thing.end) == "of" else set()
    at_home = at_home or bool(after_of & (_AT_HOME | {"creditors", "owners"}))
    return at_home or bool({p.low(k) for k in range(_noun_start(p, thing), thing.start)} & _OTHER_TALKS)


_AT_HOME = word_set("contacts domestic") | word_set("contacts companies")
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
    fact = fact_of(p, group)
    if fact == "asked" and "resume" in group.classes and group.governor is not None and group.governor.lemma == "want":
        return "planned-talk", False
    if _sure_to_come(p, thing, group) and not group.negated:
        return "planned-talk", False
    later = {p.low(k) for k in range(_noun_start(p, thing), thing.start)} & _LATER
    if fact in ("future", "commit") and later and thing.kind in ("talks", "round") and thing.start >= group.end:
        return "planned-talk", False
    if fact in ("none", "asked", "claimed", "denied") or (group.negated and group.lemma != "be"):
        return None, True
    if contact == "call" and (relative := _had(p, thing)) is not None:
        group = relative
    before = {p.low(k) for k in range(max(group.left, thing.start - 5), thing.start)}
    object_of = thing.start >= group.end
    kinds = group.classes
    broke = ((group.lemma == "break off" and not group.passive) or _ended(group)) and not object_of
    if object_of and not _adjunct(p, group, thing) and (kinds & _WISHING or group.lemma in _WISHED):
        return None, True
    if (
        kinds & {"speak", "discuss", "consider"}
        and object_of
        and p.low(_noun_start(p, thing) - 1) in ("of", "about", "a")
    ):
        return None, True
    if group.lemma == "break off" and group.perfect and not object_of:
        return None, True
    if (kinds & {"stop", "suspend", "lift", "block", "request"} and not broke and not _adjunct(p, group, thing)) or (
        group.lemma == "be"
        and not object_of
        and not _under_way(p, group)
        and not _is_due(p, group)
        and not _was(p, group)
        and "on" not in (p.low(group.end), p.low(group.end + 1))
    ):
        return None, True
    if (
        not object_of
        and group.passive
        and kinds & {"schedule", "plan", "set", "arrange", "propose", "expect", "agree", "call"}
    ):
        unsure = group.modal in ("could", "may", "might", "can") or ("expect" in kinds and speaks(group))
        return "claim-expectation" if unsure else "planned-talk", False
    if (
        (
            kinds & {"schedule", "plan", "announce", "set", "agree", "resume", "arrange", "pledge"}
            or group.lemma == "agree on"
        )
        and object_of
        and not group.passive
        and not _adjunct(p, group, thing)
    ):
        return ("planned-talk" if not ("resume" in kinds and fact == "actual") else contact), False
    if (_future_noun(p, thing) or _set_for(p, thing)) and fact != "expect":
        return "planned-talk", contact == "round" and thing.kind == "talks"
    if (
        group.lemma == "be"
        and object_of
        and fact in ("future", "commit")
        and p.low(group.end) not in ("a", "the", "in")
    ):
        return None, True
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
    on = [p.low(group.end + k) for k in (0, 1)]
    if group.lemma == "be" and not object_of and thing.kind in ("meeting", "round", "visit") and "on" in on:
        stands = p.low(group.end + 1 + on.index("on"))
        if on[0] in ("still", "on", "now", "back") and stands in (".", ",", ";", "", "for", "again", "and"):
            return "planned-talk", False
    if group.lemma in _NEARING and not object_of and (group.progressive or group.form in ("s", "b")):
        return "planned-talk", False
    if kinds & {"expect", "hope"} and object_of:
        return "claim-expectation", False
    if before & _LOOSE and not kinds & {"hold", "conclude", "have"}:
        return None, True
    first = _noun_start(p, thing)
    lead = p.low(first - 2) if p.low(first - 1) in ("the", "of") else p.low(first - 1)
    if p.low(first - 1) == "of" and lead in _NO_MORE:
        return None, True  # 'the breakdown of talks'
    if thing.kind == "talks" and lead in ("for", "a") and not kinds & _GOING:
        return None, True  # 'the basis for a broader negotiation', 'room for talks'
    if kinds & {"end", "break"} and object_of and not (thing.kind == "round" and fact == "actual"):
        return None, True
    strong = (
        (thing.low == "rounds" and p.low(thing.start - 1) in _SEVERAL and p.low(thing.end) == "of")
        or (
            not object_of
            and thing.kind == "talks"
            and (_ended(group) or group.lemma in ("collapse", "break down", "fail", "founder"))
        )
    ) or (
        bool(kinds & {"hold", "conclude"})
        or (thing.kind == "talks" and not object_of and bool(kinds & {"open", "start", "resume"}) and group.past)
        or (p.low(group.head) in ("took", "taken") and p.low(group.reach) == "place")
        or "place" in [p.low(k) for k in range(group.end, group.end + 2)]
    )
    return contact, not strong


_SEVERAL = frozenset({"several", "many", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})
_NEARING = frozenset({"draw near", "approach", "loom", "near", "beckon", "lie ahead", "await"})


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


_WISHING = frozenset({"want", "offer", "propose", "request", "appeal", "ruleout", "consider", "threaten"})
_WISHED = frozenset(
    {"see", "seek", "favour", "favor", "suggest", "demand", "need", "risk", "avoid", "welcome", "refuse"}
)


def _sure_to_come(p: Parsed, thing: Thing, group: Group) -> bool:
    """'next week's visit', 'put off to the next round', 'ahead of talks on Friday': whatever the verb says of it."""
    first = _noun_start(p, thing)
    now = group.modal in ("will", "would") or (group.form in ("b", "s", "g") and not group.past)
    if p.low(thing.start - 1) == "'s":
        time = next((t for t in p.times if t.end == thing.start - 1), None)
        bound = group.classes & {"visit", "come"} and p.low(thing.start - 3) == "for"
        return time is not None and (_only_ahead(p, time) or ((now or bool(bound)) and _either_way(p, time)))
    if p.low(thing.end) == "still" and [p.low(thing.end + k) for k in (1, 2)] == ["to", "come"]:
        return True
    time = next((t for t in p.times if thing.end <= t.start <= thing.end + 5 and t.role == "at"), None)
    if (
        time is not None
        and p.low(first - 1) in ("of", "before", "for", "with")
        and (p.low(first - 2) == "ahead" or p.low(first - 1) == "before" or (p.low(first - 1) == "for" and now))
    ):
        return _only_ahead(p, time) or (_either_way(p, time) and not group.pluperfect)
    before = [p.low(thing.start - k) for k in (1, 2, 3)]
    return thing.kind == "round" and before[0] == "next" and before[2] in ("to", "until", "till", "for", "at")


def _either_way(p: Parsed, time: Time) -> bool:
    """A weekday: the last or the next one."""
    return time.ahead is not None and time.past is not None and (time.ahead.from_ - time.past.from_).days <= 7


def _only_ahead(p: Parsed, time: Time) -> bool:
    return time.past is None or time.past.from_ > p.published


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


_NO_MORE = frozenset({"breakdown", "collapse", "suspension", "end", "cancellation", "absence", "lack", "failure"})
_GOING = frozenset(
    {"visit", "hold", "meet", "have", "receive", "be", "attend", "come", "do", "conclude", "open", "start"}
)


_ENDING = frozenset({"break up", "come to end", "part", "wrap up", "wind up", "adjourn", "draw to close"})


def _ended(group: Group) -> bool:
    return bool(group.classes & {"conclude", "end"}) or group.lemma in _ENDING


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


def _was(p: Parsed, group: Group) -> bool:
    """'Monday's meeting was brief', not 'was off', 'was unlikely', 'was to be held'."""
    return group.form == "d" and not group.negated and p.low(group.end) not in _NOT_HELD


_NOT_HELD = frozenset(
    {"off", "unlikely", "likely", "possible", "out", "due", "to", "planned", "dead", "doubtful", "impossible"}
    | {"in", "set", "not", "about", "still", "uncertain", "needed", "necessary", "likely", "scheduled", "pointless"}
)


def _under_way(p: Parsed, group: Group) -> bool:
    return bool({p.low(k) for k in range(group.end, group.end + 4)} & {"under", "way", "over", "held", "in", "between"})
