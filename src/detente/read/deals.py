"""Arrangements between sides, and what they commit each side to."""

from __future__ import annotations

from detente.read.changes import CHANGE_NOUNS
from detente.read.clauses import Parsed, over
from detente.read.drafts import (
    Draft,
    clause_span,
    day_of,
    length_of,
    people_in,
    place_of,
    sides_in,
    span_of,
    times_of,
    with_other,
)
from detente.read.factuality import factuality
from detente.read.names import Discourse
from detente.read.promises import commitment, pledge
from detente.read.tables import word_set
from detente.read.things import Thing
from detente.read.verbs import Group

_MAKING = frozenset({"reach", "sign", "hit", "agree", "announce", "conclude", "extend", "publish", "accept"})
_NAMED = word_set("deals named")


def deals(p: Parsed, seen: Discourse) -> list[Draft]:
    """The arrangements and commitments of a sentence."""
    out = [
        d
        for t in p.things
        if (t.kind in ("deal", "statement") or _memorandum(p, t)) and (d := _arrangement(p, t, seen)) is not None
    ]
    out += [d for t in p.things if t.kind == "joint body" and (d := _joint_body(p, t, seen)) is not None][:1]
    for group in p.groups:
        if (agreed := _agreed(p, group, seen)) is not None:
            out.append(agreed)
        draft = commitment(p, group, seen)
        if draft is not None:
            out.append(draft)
    return out + [d for t in p.things if t.kind == "pledge" and (d := pledge(p, t, seen)) is not None]


def _joint_body(p: Parsed, thing: Thing, seen: Discourse) -> Draft | None:
    """'a working group is to be formed', 'agreed on boards for trade and investment'."""
    group = over(p, thing.start)
    if group is None or group.negated or factuality(p, group) not in ("actual", "future", "commit"):
        return None
    made = (
        group.classes & {"reach", "do", "agree", "announce", "launch", "decide", "hold"} or group.lemma in _SETTING_UP
    )
    parties = sides_in([m for m in p.named if m.kind in ("party", "group")])[:2]
    parties = parties if len(parties) == 2 else seen.pair()
    if not made or len(parties) < 2:
        return None
    return Draft(
        "arrangement",
        parties,
        [clause_span(p, group)],
        date=day_of([t for t in times_of(p, group) if t.role == "at"], False) if group.past else None,
        key=thing.low,
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        order=p.words[thing.start].start,
    )


_SETTING_UP = frozenset({"set up", "found", "be", "meet", "lead", "sit", "convene", "put in place"})


def _memorandum(p: Parsed, thing: Thing) -> bool:
    """A memorandum is an arrangement only where two sides put their names to it."""
    group = over(p, thing.start)
    return thing.low == "memorandum" and group is not None and "reach" in group.classes


def _arrangement(p: Parsed, thing: Thing, seen: Discourse) -> Draft | None:
    group = over(p, thing.start)
    after = next(
        (g for g in p.groups if g.start >= thing.end and g.start - thing.end <= 3 and g.marker == "reduced"), None
    )
    if thing.low.endswith("s") and thing.low not in ("consensus", "joint statements"):
        return None
    if _foreign(p, thing) or not _exists(p, thing, group, after):
        return None
    start, end = (group.left, max(group.right, thing.end)) if group is not None else (0, len(p.words))
    start = min(start, thing.start)
    if after is not None:
        end = max(end, after.right)
    named = p.within(start, end)
    parties = sides_in([*(group.subjects if group is not None else ()), *named])
    parties = tuple(x for x in parties if x in seen.pair()) if len(parties) > 2 else parties
    parties = with_other(parties, seen) if len(parties) < 2 else parties
    if len(parties) < 2:
        return None
    found = [t for t in p.times if start <= t.start and t.end <= end]
    made = _making(group, after) and not _mere_frame(p, thing, group, after)
    near = [
        t
        for t in found
        if thing.start - 4 <= t.start <= thing.end + 1 or (after is not None and after.left <= t.start < after.right)
    ]
    told = [t for t in near or (found if made else []) if t.role in ("at", "since")]
    if made and not told and group is not None:
        told = times_of(p, group)
    date = day_of([t for t in told if t.role in ("at", "since")], False)
    place = place_of(p, start, end) or next(
        (w.text for w in p.words[max(0, thing.start - 3) : thing.start] if w.low in _CITIES), None
    )
    return Draft(
        "arrangement",
        parties,
        [span_of(p, start, end)],
        people=people_in(named) if made else (),
        date=date,
        days=length_of([t for t in found if thing.start - 6 <= t.start <= thing.end + 8]),
        place=place,
        key=_name_of(p, thing),
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        made=made,
        definite=date is None and _only_talked_of(p, thing, group, made),
        order=p.words[thing.start].start,
    )


_STANDING = frozenset(
    {"hold", "stand", "run", "apply", "last", "expire", "end", "lapse", "come", "survive", "take effect"}
)


def _only_talked_of(p: Parsed, thing: Thing, group: Group | None, made: bool) -> bool:
    """'violated its agreement', 'the laws that carry out the deal': a deal only talked of."""
    if made or thing.kind == "statement" or group is None or p.low(thing.start - 1) in ("under", "truce"):
        return False
    before = {p.low(k) for k in range(max(0, thing.start - 5), thing.start)}
    if before & _NAMED or _name_of(p, thing) or "under" in before:
        return False
    subject = thing.end <= group.start
    stands = group.lemma in _STANDING or group.classes & {
        "lapse",
        "effect",
        "stay",
        "end",
        "oblige",
        "have",
        "be",
        "say",
    }
    return not (subject and stands)


_CITIES = frozenset({"geneva", "london", "madrid", "busan", "stockholm", "turnberry"})


def _agreed(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """'what the two governments agreed in Geneva on 12 May': an arrangement told by the verb alone."""
    if group.lemma not in _AGREEING or group.negated or group.infinitive or group.modal or group.marker == "attribute":
        return None
    parties = sides_in(group.subjects)
    start, end = group.left, max(group.right, group.end)
    hanging = any(g.governor is group and g.infinitive for g in p.groups)
    contacts = ("deal", "statement", "round", "talks", "meeting", "call", "joint body")
    if any(t.kind in contacts for t in p.things if start <= t.start < end):
        return None
    what = any(p.low(k) == "what" for k in range(max(0, start - 1), group.start))
    if len(parties) < 2 and what:
        parties = seen.pair()
    if len(parties) < 2:
        return None
    found = times_of(p, group)
    thing = any(t.start >= group.end and t.kind in CHANGE_NOUNS for t in p.things if start <= t.start < end)
    that = any(g.governor is group and g.marker == "that" for g in p.groups)
    told = what or place_of(p, start, end) is not None or (thing and group.lemma in ("agree", "agree on"))
    if hanging or not (told or (that and found)) or factuality(p, group) != "actual":
        return None
    return Draft(
        "arrangement",
        parties[:2],
        [clause_span(p, group)],
        people=people_in(group.subjects),
        date=day_of(found, False),
        days=length_of(found),
        place=place_of(p, start, end),
        paragraph=p.sentence.paragraph,
        made=True,
        order=p.words[group.head].start,
    )


_AGREEING = frozenset({"agree", "agree on", "settle", "settle on", "shake hands", "shake on", "work out", "hammer out"})


def _before(p: Parsed, thing: Thing) -> int:
    i = thing.start - 1
    while (
        i >= 0
        and thing.start - i < 6
        and p.low(i)
        not in ("the", "a", "an", "this", "that", "its", "their", "of", "no", "any", "'s", "his", "on", "in")
    ):
        i -= 1
    return i


def _name_of(p: Parsed, thing: Thing) -> str:
    words = [p.low(k) for k in range(max(0, thing.start - 4), thing.start)]
    if "phase" in words:
        return "phase one"
    return next((w for w in words if w in _CITIES), "")


def _foreign(p: Parsed, thing: Thing) -> bool:
    """Deals between firms, peace deals and the like."""
    if p.low(thing.end) in ("body", "mechanism", "panel"):
        return True
    around = {p.low(k) for k in range(thing.start - 4, thing.end + 4)}
    return bool(
        around
        & {
            "merger",
            "takeover",
            "ceasefire" if thing.low == "peace" else "peace",
            "nuclear",
            "acquisition",
            "climate",
            "arms",
            "gaza",
            "ukraine",
            "hostage",
            "plea",
            "budget",
            "licensing",
        }
    )


def _exists(p: Parsed, thing: Thing, group: Group | None, after: Group | None) -> bool:
    """Whether the words speak of an arrangement that is or was, not of one hoped for."""
    before = [p.low(k) for k in range(max(0, thing.start - 6), thing.start)]
    near = set(before[-4:])
    if (
        group is not None
        and group.lemma == "be"
        and any(
            p.low(k) in ("close", "closer", "near", "imminent", "possible") for k in range(group.end, group.end + 3)
        )
    ):
        return False
    if set(before) & _FRAMES or _far(p, group):
        return False
    if near & {"no", "without", "any", "possible", "potential", "prospective", "eventual"} or _hoped(p, thing, before):
        return False
    made = _making(group, after)
    definite = (
        _definite(p, thing)
        or bool(set(before) & _NAMED)
        or any(t.start >= thing.start - 4 and t.end <= thing.start and t.role != "for" for t in p.times)
    )
    if thing.kind == "statement":
        return made or any(t.start >= thing.end and t.start <= thing.end + 6 for t in p.times)
    if group is None:
        return definite and not p.sentence.heading
    fact = factuality(p, group)
    if made and after is None:
        return (fact == "actual" or (fact == "commit" and "extend" in group.classes)) and not group.negated
    if after is not None:
        return True
    if fact == "actual" and group.classes & {"end", "lapse", "come", "call", "describe", "be"} and not group.negated:
        return True
    if fact in ("none", "asked") and not definite:
        return False
    return definite or "under" in before or bool(set(before) & {"90", "day", "signed", "existing"})


_FRAMES = frozenset({"outside", "comply", "complies", "qualify", "qualifies", "compliant", "rules", "satisfy", "meet"})


def _far(p: Parsed, group: Group | None) -> bool:
    """'a deal is still far off', 'remains elusive'."""
    if group is None or group.lemma not in ("be", "remain", "seem", "appear", "look"):
        return False
    after = {p.low(k) for k in range(group.end, group.end + 4)}
    return bool(after & {"far", "elusive", "distant", "unlikely", "remote", "away", "reach", "sight"})


def _definite(p: Parsed, thing: Thing) -> bool:
    return p.low(_before(p, thing)) in ("the", "this", "that", "its", "their", "'s")


def _mere_frame(p: Parsed, thing: Thing, group: Group | None, after: Group | None) -> bool:
    """'Under the deal, they agreed …': the arrangement is where the verb stands, not what it makes."""
    if after is not None or group is None:
        return False
    return any(
        p.low(k) in ("under", "of", "after", "since", "before", "with")
        for k in range(max(group.left, thing.start - 4), thing.start)
    ) and _definite(p, thing)


def _hoped(p: Parsed, thing: Thing, before: list[str]) -> bool:
    text = " ".join(before)
    return any(
        w in text
        for w in (
            "hope",
            "prospect",
            "close to",
            "chance of",
            "toward",
            "hopes",
            "failing",
            "absence of",
            "want a",
            "seeking",
            "closer to",
            "work on",
            "talks on a",
            "negotiate",
            "if a",
            "pursue",
            "draft",
        )
    )


def _making(group: Group | None, after: Group | None) -> bool:
    """Whether a verb tells that an arrangement was made."""
    if after is not None and after.classes & _MAKING:
        return True
    return group is not None and (
        bool(group.classes & _MAKING) or group.lemma in ("come to", "arrive at", "make", "do")
    )
