"""What a noun of contact names: a call, a meeting, a round; and the talks that are none between sides."""

from __future__ import annotations

from detente.read.clauses import Parsed, over
from detente.read.contact_verbs import PHONE
from detente.read.proposal import Kind
from detente.read.tables import word_set
from detente.read.things import Thing

_ABOUT_TALKS = word_set("contacts about talks")


_COUNTED = (
    word_set("contacts ordinals")
    | {"another", "next", "new", "further", "final", "fresh"}
    | {"previous", "earlier", "preceding", "opening", "closing"}
)


_AT_TABLE = word_set("contacts teams") | {"counterparts", "counterpart", "ministers"}


_AFTER_NOUN = word_set("clauses prepositions") | {"and", "that", "which", "was", "is", "will", "lasted"}


_AT_HOME = word_set("contacts domestic") | word_set("contacts companies")


_OTHER_TALKS = word_set("contacts other talks")


_FIRMS = word_set("contacts companies")


SEVERAL = frozenset({"several", "many", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})


def noun_start(p: Parsed, thing: Thing) -> int:
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


def contact_noun(p: Parsed, thing: Thing, start: int, end: int) -> Kind | None:
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
        alone = (ordinal or p.low(thing.end) in SEVERAL) and not any(
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


def _days_of(p: Parsed, thing: Thing) -> bool:
    """'two days of meetings'."""
    return any(
        p.low(k) == "of" and p.low(k - 1) in ("days", "hours", "day") for k in range(thing.start - 4, thing.start)
    )


def none_held(p: Parsed, thing: Thing) -> bool:
    """'no talks', 'any meeting', 'the breakdown of talks', 'hopes for a summit'."""
    first = noun_start(p, thing)
    at = first - 1 - (p.low(first - 1) in ("the", "a", "an", "further", "new"))
    if p.low(at) in ("of", "for", "about", "on") and p.low(at - 1) in _ABOUT_TALKS:
        return True
    before = {p.low(k) for k in range(noun_start(p, thing) - 2, thing.start)}
    return bool(before & {"no", "any", "without", "neither"})


def other_talks(p: Parsed, thing: Thing) -> bool:
    """Wage talks, budget talks, peace talks."""
    group = over(p, thing.start)
    if group is not None and {p.low(k) for k in range(group.left, group.start)} & _FIRMS and not group.subjects:
        return True
    with_whom = {p.low(k) for k in range(thing.end, thing.end + 4)} if p.low(thing.end) == "with" else set()
    at_home = bool(with_whom & _AT_HOME) and not p.within(thing.end, thing.end + 3)
    after_of = {p.low(thing.end + 1), p.low(thing.end + 2)} if p.low(thing.end) == "of" else set()
    at_home = at_home or bool(after_of & (_AT_HOME | {"creditors", "owners"}))
    return at_home or bool({p.low(k) for k in range(noun_start(p, thing), thing.start)} & _OTHER_TALKS)


def domestic(p: Parsed, thing: Thing) -> bool:
    around = {p.low(k) for k in range(thing.start - 4, thing.end + 8)}
    return bool(
        around
        & {"cabinet", "press", "briefing", "conference", "earnings", "rally", "closed", "council", "politburo", "board"}
    ) and thing.low not in ("conference call", "video conference")


def mere_talk(p: Parsed, thing: Thing) -> bool:
    """'there is talk of', 'room for negotiations', 'a consultation on a second list': no talks of the sides."""
    if thing.kind != "talks":
        return False
    much = p.low(thing.start - 1) in ("much", "little", "some", "more", "no", "of", "any", "such")
    if thing.low == "talk" and (much or p.low(thing.end) in ("of", "in", "about", ".", ",")):
        return True
    if thing.low in ("consultation", "consultations") and p.low(thing.end) == "on" and not p.has("with", "between"):
        return True
    first = noun_start(p, thing) - 1
    return p.low(first) == "for" and p.low(first - 1) in ("room", "basis", "time", "space", "way", "ground", "chance")


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
