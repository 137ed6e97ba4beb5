"""Talks said to lie ahead by other verbs than those of meeting: 'will discuss it', 'want to go on negotiating'."""

from __future__ import annotations

from detente.read.clauses import Parsed
from detente.read.contact_parts import acting
from detente.read.drafts import Draft, clause_span, day_of, opening_times, people_in, place_of, sides_in, times_of
from detente.read.factuality import factuality
from detente.read.names import Discourse, Mention
from detente.read.speech import speaker_of
from detente.read.tables import word_set
from detente.read.verbs import Group

_TALKING = word_set("contacts talking")
_GOING_ON = frozenset({"resume", "continue", "go", "carry", "keep", "intensify", "press", "proceed", "remain", "work"})
_MEMBERS = frozenset({"officials", "ministers", "negotiators", "teams", "delegations", "experts", "envoys", "sides"})
_WILLING = frozenset(
    {"want", "plan", "expect", "agree", "pledge", "oblige", "hope", "schedule", "say", "order", "decide"}
)


def talk_ahead(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """A contact to come, told by a verb of talking with two sides or their officials as its subject."""
    if group.negated or group.marker in ("attribute", "reduced") or not _to_come(p, group):
        return None
    if group.passive and "negotiate" in group.classes:
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
    lows = {p.low(k) for k in range(group.left, group.start)}
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
    if group.lemma in _TALKING or "discuss" in group.classes or "negotiate" in group.classes:
        return (
            len(sides_in(group.subjects)) >= 2 or "with" in after or "negotiate" in group.classes or _members(p, group)
        )
    if group.lemma in _GOING_ON or "resume" in group.classes:
        both = _members(p, group) or len(sides_in(group.subjects)) >= 2
        return both and _alone(p, group) and (not after & {"tariffs", "duties", "pay", "charge"})
    return False


def _alone(p: Parsed, group: Group) -> bool:
    """Whether a verb of going on stands without an object of its own, or with talks."""
    following = p.low(group.end)
    return following in ("", ".", ",", ";", "in", "on", "at", "next", "this", "until", "over", "later", "soon") or any(
        t.kind == "talks" and group.end <= t.start < group.right for t in p.things
    )


def _members(p: Parsed, group: Group) -> bool:
    return bool({p.low(k) for k in range(group.left, group.start)} & _MEMBERS)
