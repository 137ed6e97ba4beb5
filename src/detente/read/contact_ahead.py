"""Talks said to lie ahead by other verbs than those of meeting: 'will discuss it', 'want to go on negotiating'."""

from __future__ import annotations

from detente.read.clauses import Parsed
from detente.read.contact_parts import acting, acting_words
from detente.read.drafts import (
    Draft,
    clause_span,
    day_of,
    opening_times,
    people_in,
    place_of,
    sides_in,
    times_of,
    with_other,
)
from detente.read.factuality import factuality
from detente.read.names import Discourse, Mention
from detente.read.speech import speaker_of
from detente.read.tables import word_set
from detente.read.verbs import Group

_TALKING = word_set("contacts talking")
_GOING_ON = frozenset({"resume", "continue", "go", "carry", "keep", "intensify", "press", "proceed", "remain", "work"})
_MEMBERS = frozenset(
    {
        "officials",
        "ministers",
        "negotiators",
        "teams",
        "delegations",
        "experts",
        "envoys",
        "sides",
        "delegation",
        "deputies",
        "mission",
    }
    | {"parties", "governments", "countries"}
)
_WILLING = frozenset(
    {"want", "plan", "expect", "agree", "pledge", "oblige", "hope", "schedule", "say", "order", "decide"}
)


def talk_ahead(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """A contact to come, told by a verb of talking with two sides or their officials as its subject."""
    if group.negated or group.marker in ("attribute", "reduced"):
        return None
    if (two := _journey(p, group, seen)) is not None:
        return _bare(p, group, two, seen, people_in(_travellers(p, group)))
    if _goes_on(p, group):
        return _bare(p, group, seen.pair(), seen)
    if _more_time(p, group):
        return _bare(p, group, seen.pair() if len(sides_in(group.subjects)) < 2 else sides_in(group.subjects)[:2], seen)
    if not _to_come(p, group):
        return None
    if group.passive and ("negotiate" in group.classes or (group.lemma in _SETTLING and _to_settle(p, group))):
        return _bare(p, group, seen.pair(), seen)
    region = p.within(group.left, max(group.right, group.end))
    named = acting(p, [*group.subjects, *[m for m in region if m not in group.subjects and m.start >= group.end]])
    two = _two_sides(p, group, named, seen)
    if two is None or not _talks(p, group, named):
        return None
    return _bare(p, group, two, seen, people_in(named))


def _bare(p: Parsed, group: Group, two: tuple[str, ...], seen: Discourse, people: tuple[str, ...] = ()) -> Draft | None:
    if len(two) < 2:
        return None
    found = times_of(p, group, climb=False)
    return Draft(
        "planned-talk",
        two,
        [clause_span(p, group)],
        people=people,
        speaker=speaker_of(p, group, seen),
        date=day_of(found, True, seen.published) or day_of(opening_times(p), ahead=True),
        place=place_of(p, group.left, max(group.right, group.end)),
        key="talks",
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        order=p.words[group.head].start,
    )


def _to_come(p: Parsed, group: Group) -> bool:
    """Said to come, or wanted by both."""
    fact = factuality(p, group)
    if fact in ("future", "commit") or (fact == "expect" and group.infinitive):
        return True
    above = group.governor
    if group.form == "g" and above is not None and above.lemma in ("keep", "continue", "go", "carry"):
        told = above.governor is not None and above.governor.classes & {"say", "order", "request", "agree"}
        return factuality(p, above) in ("future", "commit") or (above.infinitive and bool(told))
    if group.form == "b" and "negotiate" in group.classes and fact in ("asked", "none") and group.infinitive:
        return any(g.classes & _WILLING and not g.negated for g in _above(group))
    return False


def _above(group: Group) -> list[Group]:
    out: list[Group] = []
    at = group.governor
    while at is not None:
        out.append(at)
        at = at.governor
    return out


def _two_sides(p: Parsed, group: Group, named: list[Mention], seen: Discourse) -> tuple[str, ...] | None:
    """Both sides where both are named or meant; one side's officials talk with the other of the dispute."""
    sides = sides_in(named)
    if len(sides) >= 2:
        return sides
    if len(sides) == 1 and group.form == "g" and "negotiate" in group.classes and (other := seen.other(sides[0])):
        return (sides[0], other)
    lows = acting_words(p, group)
    if lows & _MEMBERS and (not sides or lows & {"both", "two"}):
        pair = seen.pair()
        return pair if len(pair) == 2 else None
    return None


def _talks(p: Parsed, group: Group, named: list[Mention]) -> bool:
    after = {p.low(k) for k in range(group.end, max(group.right, group.end))}
    if group.classes & {"open", "start"} and after & {"preparations", "review", "negotiating"}:
        return True
    if group.form == "g" and group.classes & {"speak", "negotiate"}:
        return True
    if group.lemma in ("return", "get", "go") and {p.low(group.end + 1), *after} & {"work", "table"}:
        return _members(p, group)
    if group.lemma in ("raise", "take up", "bring up", "broach", "discuss") and "with" in after:
        return any(m.kind == "person" and p.low(m.start - 1) == "with" for m in named)
    if group.lemma in _SETTLING:
        return (_members(p, group) or len(sides_in(group.subjects)) >= 2) and _to_settle(p, group)
    if group.lemma in _TALKING or "discuss" in group.classes or "negotiate" in group.classes:
        return (
            len(sides_in(group.subjects)) >= 2 or "with" in after or "negotiate" in group.classes or _members(p, group)
        )
    if group.lemma in _GOING_ON or "resume" in group.classes:
        both = _members(p, group) or len(sides_in(group.subjects)) >= 2
        return both and _alone(p, group) and (not after & {"tariffs", "duties", "pay", "charge"})
    return False


def _to_settle(p: Parsed, group: Group) -> bool:
    """What is left open: 'will work out the details', 'the rest is to be settled in the coming weeks'."""
    return bool({p.low(k) for k in range(group.left, max(group.right, group.end))} & _LEFT_OPEN)


_SETTLING = {w.replace("_", " ") for w in word_set("contacts settling")}
_LEFT_OPEN = word_set("contacts left open")


def _alone(p: Parsed, group: Group) -> bool:
    """Whether a verb of going on stands without an object of its own, or with talks."""
    following = p.low(group.end)
    return following in ("", ".", ",", ";", "in", "on", "at", "next", "this", "until", "over", "later", "soon") or any(
        t.kind == "talks" and group.end <= t.start < group.right for t in p.things
    )


def _members(p: Parsed, group: Group) -> bool:
    return bool(acting_words(p, group) & _MEMBERS)


def _goes_on(p: Parsed, group: Group) -> bool:
    """'talks that began on Monday will go on', 'talks began on Monday and will resume': a second verb of the talks."""
    later = group.lemma in _GOING_ON | {"go on", "carry on"} or "resume" in group.classes
    if not later or group.subjects or factuality(p, group) not in ("future", "commit"):
        return False
    first = next((g for g in p.groups if g.marker != "attribute"), group)
    return first is not group and any(t.kind in ("talks", "round") and t.end <= first.start for t in p.things)


def _more_time(p: Parsed, group: Group) -> bool:
    """'gave themselves ninety days', 'allowed their negotiators two more months': they will talk that long."""
    if group.lemma.split()[0] not in ("give", "allow", "grant", "set") or group.negated or group.passive:
        return False
    lows = [p.low(k) for k in range(group.end, min(group.end + 9, len(p.words)))]
    whom = next((i for i, w in enumerate(lows[:4]) if w in _THEMSELVES), None)
    if whom is None or factuality(p, group) not in ("actual", "future", "commit"):
        return False
    return bool({"days", "weeks", "months", "year", "years"} & set(lows[whom + 1 : whom + 6]))


_THEMSELVES = frozenset(
    {"themselves", "negotiators", "teams", "ministers", "officials", "people", "envoys", "delegations"}
)


def _journey(p: Parsed, group: Group, seen: Discourse) -> tuple[str, ...] | None:
    """The two sides where one sends its people to the other or asks the other's to come: 'will send a delegation to
    Washington', 'was invited to Beijing', 'accepted an invitation to Beijing'."""
    if not _sends(p, group) and not _invites(p, group):
        return None
    own = sides_in([m for m in group.subjects if m.kind != "place"])
    away = [c for m in p.within(group.end, max(group.right, group.end)) for c in m.parties if c not in own]
    sides = tuple(dict.fromkeys((*own, *away)))[:2]
    return with_other(sides, seen) if sides else None


def _sends(p: Parsed, group: Group) -> bool:
    """Somebody who is to be sent, not goods or a letter."""
    if group.lemma not in ("send", "dispatch") or factuality(p, group) not in ("future", "commit"):
        return False
    return bool(_travellers(p, group)) or bool({p.low(k) for k in range(group.end, group.end + 6)} & _MEMBERS)


def _invites(p: Parsed, group: Group) -> bool:
    """An invitation to the other side, given or accepted, with a place or day: not one to invest or to bid."""
    following = [p.low(k) for k in range(group.end, max(group.right, group.end))]
    accepted = group.lemma in ("accept", "receive", "extend", "issue", "have") and "invitation" in following[:5]
    if not (group.lemma == "invite" or accepted) or factuality(p, group) not in ("actual", "future", "commit"):
        return False
    return "to" in following and bool(_travellers(p, group))


def _travellers(p: Parsed, group: Group) -> list[Mention]:
    """The people of a clause."""
    region = p.within(group.end, max(group.right, group.end))
    return [m for m in (*group.subjects, *region) if m.kind == "person" or (m.kind == "pronoun" and m.name)]
