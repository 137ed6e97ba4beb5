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
from detente.read.promise_terms import by_object, ceiling, traded
from detente.read.promises import commitment, pledge
from detente.read.tables import word_set
from detente.read.things import Thing
from detente.read.times import Time
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
    settled: list[Group] = []
    for group in p.groups:
        if (agreed := _agreed(p, group, seen) or _buried(p, group, seen)) is not None:
            out.append(agreed)
            settled.append(group)
        if group.governor in settled and group.infinitive:
            continue
        if group.lemma in _SETTING_UP | {"establish", "create"} and _body_at(p, group) and out:
            continue
        draft = ceiling(p, group, seen) or commitment(p, group, seen)
        if draft is not None:
            out += by_object(p, group, draft)
    if not any(d.kind == "commitment" for d in out):
        out += traded(p, seen)
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


def _body_at(p: Parsed, group: Group) -> bool:
    return any(t.kind == "joint body" and group.end <= t.start < group.end + 5 for t in p.things)


_SETTING_UP = frozenset({"set up", "found", "be", "meet", "lead", "sit", "convene", "put in place"})


def _memorandum(p: Parsed, thing: Thing) -> bool:
    """A memorandum is an arrangement only where two sides put their names to it."""
    group = over(p, thing.start)
    return thing.low == "memorandum" and group is not None and "reach" in group.classes


def _arrangement(p: Parsed, thing: Thing, seen: Discourse) -> Draft | None:
    group = over(p, thing.start)
    after = _after(p, thing)
    if thing.low.endswith("s") and thing.low not in ("consensus", "joint statements"):
        return None
    if _foreign(p, thing) or not _exists(p, thing, group, after):
        return None
    start, end = (group.left, max(group.right, thing.end)) if group is not None else (0, len(p.words))
    start = min(start, thing.start)
    if after is not None:
        end = max(end, after.right)
    end = next((t.end for t in p.times if t.start == end and t.role == "at"), end) if _making(group, after) else end
    named = p.within(start, end)
    parties = sides_in([*(group.subjects if group is not None else ()), *named])
    known = _known_sides(p, thing)
    if known and all(seen.counts[x] for x in known):
        parties = known
    parties = tuple(x for x in parties if x in seen.pair()) if len(parties) > 2 else parties
    parties = with_other(parties, seen) if len(parties) < 2 else parties
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


_RELATING = frozenset({"which", "that", ",", "in", "by", "with", "under"})


def _after(p: Parsed, thing: Thing) -> Group | None:
    """The participle or relative clause that says what became of it: 'a declaration issued on Friday', 'the statement
    which the two published'."""
    for g in p.groups:
        gap = g.start - thing.end
        if g.start < thing.end or g.marker == "attribute":
            continue
        if g.marker == "reduced" and gap <= 3:
            return g
        contact = g.marker in ("", "that") and 0 < g.start - thing.end <= 6 and g.left - thing.end in (0, 1)
        if contact and g.subjects and (g.classes & _MAKING or g.lemma == "make") and p.low(thing.end) != ",":
            return g
        relative = g.marker in ("which", "that") and p.low(thing.end) in _RELATING and g.left - thing.end <= 2
        both = thing.kind == "statement" and len(sides_in(g.subjects)) > 1
        return g if relative and (both or g.classes & (_MAKING | {"agree"})) else None
    return None


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


_SIDES = {
    "turnberry": ("EU", "USA"),
    "geneva": ("USA", "CHN"),
    "busan": ("USA", "CHN"),
    "phase": ("USA", "CHN"),
    "kuala": ("USA", "CHN"),
    "stockholm": ("USA", "CHN"),
}


def _known_sides(p: Parsed, thing: Thing) -> tuple[str, ...]:
    """The sides of an arrangement that goes by a name: 'the Turnberry deal'."""
    near = (p.low(k) for k in range(max(0, thing.start - 3), thing.start))
    return next((_SIDES[w] for w in near if w in _SIDES), ())


_CITIES = frozenset({"geneva", "london", "madrid", "busan", "stockholm", "turnberry"})


def _agreed(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """'what the two governments agreed in Geneva on 12 May': an arrangement told by the verb alone."""
    if group.lemma not in _AGREEING or group.negated or group.infinitive or group.modal or group.marker == "attribute":
        return None
    start, end = group.left, max(group.right, group.end)
    asked = _asked(p, group)
    start = min(start, asked) if asked >= 0 else start
    parties = sides_in(group.subjects) or sides_in(p.within(start, group.start))
    hanging = any(g.governor is group and g.infinitive for g in p.groups)
    contacts = ("deal", "statement", "round", "talks", "meeting", "call", "joint body")
    if any(t.kind in contacts for t in p.things if start <= t.start < end):
        return None
    what = asked >= 0 or any(p.low(k) == "what" for k in range(max(0, start - 1), group.start))
    by_the_way = _participle(p, group)
    if len(parties) < 2 and (what or by_the_way):
        parties = seen.pair()
    if len(parties) < 2 and not (what or by_the_way):
        return None
    found = times_of(p, group)
    thing = any(t.start >= group.end and t.kind in CHANGE_NOUNS for t in p.things if start <= t.start < end)
    that = any(g.governor is group and g.marker == "that" for g in p.groups)
    upon = group.marker == "which" and p.low(group.left - 1) in ("on", "upon", "to")
    told = what or by_the_way or upon or place_of(p, start, end) is not None
    told = told or (thing and group.lemma in ("agree", "agree on")) or group.lemma in ("shake hands", "shake on")
    old = hanging and len(parties) > 1 and _long_ago(found, seen)
    facts = ("actual", "denied", "claimed", "expect") if by_the_way else ("actual",)
    if (hanging and not old) or not (old or told or (that and found)) or factuality(p, group) not in facts:
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
        apart=_long_ago(found, seen) and len(parties) > 1,
        order=p.words[group.head].start,
    )


def _buried(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """'Canada and the United States settled their steel quarrel': an arrangement told by what it ended."""
    right = max(group.right, group.end)
    quarrel = any(p.low(k) in _QUARRELS for k in range(group.end, min(right, group.end + 7)))
    parties = sides_in(group.subjects) or (seen.pair() if any(m.kind == "group" for m in group.subjects) else ())
    done = group.lemma.split()[0] in ("settle", "bury", "resolve", "buri") and group.past and not group.negated
    if not (done and quarrel and len(parties) > 1) or factuality(p, group) != "actual":
        return None
    found = times_of(p, group)
    return Draft(
        "arrangement",
        parties[:2],
        [clause_span(p, group)],
        date=day_of(found, False),
        days=length_of(found),
        place=place_of(p, group.left, right),
        paragraph=p.sentence.paragraph,
        made=True,
        order=p.words[group.head].start,
    )


_QUARRELS = frozenset({"quarrel", "dispute", "row", "fight", "feud", "differences", "spat", "disputes", "quarrels"})


def _long_ago(found: list[Time], seen: Discourse) -> bool:
    """'in May of last year both governments agreed to take off their tariffs': an arrangement, no promise still due."""
    days = [t.past.from_ for t in found if t.past is not None and t.role == "at"]
    return bool(days) and all((seen.published - day).days > 60 for day in days)


def _asked(p: Parsed, group: Group) -> int:
    """Where 'what' stands in 'what the two heads of state agreed upon', -1 where it does not."""
    for k in range(group.head - 1, max(-1, group.head - 10), -1):
        if p.low(k) == "what":
            return k
        if any(g.start <= k < g.end and g is not group for g in p.groups) or p.low(k) in (",", ";", ":"):
            return -1
    return -1


def _participle(p: Parsed, group: Group) -> bool:
    """'the free entry of its steel, agreed in May 2019, …': an arrangement told by the way, with its day or place."""
    bare = group.start == group.head and not group.subjects and group.lemma in ("agree", "settle", "work out")
    before = p.low(group.start - 1) == "," or group.marker == "reduced"
    return bare and before and p.low(group.end) in ("in", "on", "at", "last", "between") and group.end < len(p.words)


SETTLING = frozenset(
    {"agree", "settle", "agree on", "settle on", "shake hands", "work out", "sign up", "promise", "undertake"}
)
_AGREEING = frozenset(
    {"agree", "agree on", "settle", "settle on", "shake hands", "shake on", "work out", "hammer out", "agree upon"}
)


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
            "union",
            "employers",
            "wages",
            "dockworkers",
            "longshoremen",
            "hezbollah",
            "hamas",
            "teachers",
            "pilots",
        }
    )


def _exists(p: Parsed, thing: Thing, group: Group | None, after: Group | None) -> bool:
    """Whether the words speak of an arrangement that is or was, not of one hoped for."""
    if p.words[-1].text == "?" or p.low(thing.start - 1) == "dispute":
        return False
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
    if group is not None and group.marker == "whether" and not made:
        return False
    if after is not None and thing.kind == "statement" and after.marker in ("which", "that"):
        return True
    if made and after is not None and not after.negated and not (group is not None and group.marker == "if"):
        return p.words[-1].text != "?"
    definite = (
        _definite(p, thing)
        or bool(set(before) & _NAMED)
        or any(t.start >= thing.start - 4 and t.end <= thing.start and t.role != "for" for t in p.times)
    )
    if thing.kind == "statement":
        told = group is not None and group.lemma in ("be", "come out") and any(t.past is not None for t in p.times)
        return told or made or any(t.start >= thing.end and t.start <= thing.end + 6 for t in p.times)
    if group is None:
        another = p.low(_before(p, thing)) in ("a", "another") and not p.groups and len(p.words) < 16
        return (definite or another) and not p.sentence.heading
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
    if after is not None and (after.classes & _MAKING or after.lemma == "make"):
        return True
    if group is None:
        return False
    done = group.lemma == "do" and group.passive
    return bool(group.classes & _MAKING) or done or (group.lemma.replace(" ", "_") in _GETTING and not group.passive)


_GETTING = word_set("deals getting")
