"""What a side promises under an arrangement: 'agreed to buy', 'will suspend', 'pledged $50 billion of purchases'."""

from __future__ import annotations

from detente.read.acts import act_of
from detente.read.amounts import told_rate
from detente.read.clauses import Parsed, over
from detente.read.drafts import (
    Draft,
    clause_span,
    length_of,
    products_in,
    quantity_in,
    sides_in,
    span_of,
    term_of,
    times_of,
    with_other,
)
from detente.read.duties import is_duty
from detente.read.factuality import factuality
from detente.read.names import Discourse
from detente.read.promise_context import only_leads, promising
from detente.read.promise_terms import owed
from detente.read.speech import speaker_of
from detente.read.tables import word_set
from detente.read.things import Thing
from detente.read.verbs import Group

_NOT_PROMISES = frozenset(
    {
        "request",
        "want",
        "appeal",
        "meet",
        "speak",
        "phone",
        "negotiate",
        "say",
        "visit",
        "hold",
        "resume",
        "schedule",
        "discuss",
        "see",
        "consider",
        "retaliate",
        "lapse",
    }
)
_NEVER = word_set("promises never")


def commitment(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """'agreed to buy', 'will suspend', 'pledged $50 billion of purchases'."""
    trading = "resume" in group.classes and any(
        p.low(k) in ("purchases", "imports", "buying", "exports", "shipments", "purchasing", "deliveries")
        for k in range(group.end, group.end + 3)
    )
    if (group.classes & _NOT_PROMISES and not trading) or group.marker in ("attribute", "reduced"):
        return _pledged_thing(p, group, seen)
    if act_of(p, group) is not None or any(group.left <= r.start < group.right and is_duty(p, r) for r in p.rates):
        return None  # measures.py tells it
    if group.lead == "whether" or (owed(p, group, seen) and group.lemma not in _NEVER):
        return None if group.lead == "whether" else _promise(p, group, seen)
    fact = factuality(p, group)
    if (
        fact == "commit"
        and "extend" in group.classes
        and any(t.kind == "deal" and group.end <= t.start < group.right for t in p.things)
    ):
        return None  # an arrangement
    if _joined_on(p, group) or group.lemma in ("be", "have") or _empty(p, group):
        return None
    past = group.be_to and any(p.low(k) in ("was", "were") for k in range(group.start, group.head))
    if fact == "commit" and (past or _for_purpose(p, group) or (group.modal and group.lemma in _NEVER)):
        return None
    if fact == "commit":
        aside = group.form == "g" and not group.progressive and group.lead in (";", ",", ":", "")
        return None if aside else _promise(p, group, seen)
    if group.lemma in _NEVER:
        return None
    if _agreed_to(p, group, fact):
        return _promise(p, group, seen)
    if fact == "actual" and (seen.deal_told or p.has("return", "exchange")) and _under_way(group):
        return _promise(p, group, seen)
    if promising(p, group, fact, seen) and not _for_purpose(p, group):
        return _promise(p, group, seen)
    if not promising(p, group, fact, seen, deal=True) or _for_purpose(p, group):
        return _pledged_thing(p, group, seen)
    draft = None if group.negated or group.passive else _promise(p, group, seen)
    if draft is not None:
        draft.tentative = True
        return draft
    return _pledged_thing(p, group, seen)


def _agreed_to(p: Parsed, group: Group, fact: str) -> bool:
    """'agreed to a fund of $550 billion': a promise whose object is a noun with an amount or goods."""
    if group.lemma not in ("agree", "consent") or fact != "actual" or group.negated or p.low(group.end) != "to":
        return False
    right = max(group.right, group.end)
    amount = any(group.end < q.start < right for q in p.quantities)
    talks = any(t.kind in ("talks", "round", "meeting", "deal") and group.end < t.start < right for t in p.things)
    bare = not any(group.end <= g.start <= group.end + 1 for g in p.groups)
    return amount and bare and not talks and len(sides_in(group.subjects)) == 1


def _for_purpose(p: Parsed, group: Group) -> bool:
    """'agreed to give their people time to settle it': what a promised act is for is not promised apart."""
    over = group.governor
    if over is None or not group.infinitive or over.lemma in ("be", "have") or only_leads(p, over):
        return False
    if over.classes & {"agree", "pledge", "oblige", "plan", "decide", "announce", "say", "request", "do"}:
        return False
    return (over.infinitive or bool(over.modal)) and over.marker != "attribute"


_ADVERSE = frozenset({"increase", "increases", "hike", "hikes", "rise", "retaliation", "response", "countermeasures"})
_VAGUE = frozenset({"deal", "something", "it", "settlement", "accord", "agreement", "compromise", "solution"})


def _empty(p: Parsed, group: Group) -> bool:
    """'will take five weeks', 'will work something out', 'to keep discussing': nothing given."""
    if group.lemma in ("make", "find", "reach", "strike", "work", "get", "do", "seek"):
        return any(p.low(k) in _VAGUE for k in range(group.end, min(group.end + 3, max(group.right, group.end))))
    if group.lemma == "take":
        return any(group.end <= t.start <= group.end + 3 for t in p.times)
    after = p.low(group.end)
    return group.lemma in ("keep", "continue", "go on") and after in ("discussing", "talking", "negotiating", "working")


def _joined_on(p: Parsed, group: Group) -> bool:
    """'suspend' in 'to suspend or remove the measures': its object stands with the verb after it."""
    return (
        group.right == group.end
        and p.low(group.right) in ("or", "and")
        and any(g.start == group.right + 1 for g in p.groups)
    )


def _pledged_thing(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """'committed to ongoing dialogue', 'pledged purchases of …': a promise whose object is a noun."""
    if "pledge" not in group.classes or group.lemma == "bind" or group.marker in ("attribute", "reduced"):
        return None
    if not group.passive and group.right <= group.end and p.low(group.end) in ".,;":
        return None
    if (
        group.passive
        and factuality(p, group) == "actual"
        and not group.negated
        and _named_before(p, group)
        and not any(m.kind == "pronoun" for m in group.subjects)
    ):
        return _promise(p, group, seen)
    if (
        factuality(p, group) != "actual"
        or group.negated
        or group.passive
        or p.low(group.start - 1) in ("remained", "remains", "remain")
        or _hostile(p, group)
        or not group.subjects
        or "what" in {p.low(k) for k in range(max(0, group.left - 1), group.start)}
        or "nor" in {p.low(k) for k in range(max(0, group.start - 4), group.start)}
    ):
        return None
    if any(g.governor is group and (g.infinitive or g.marker == "that" or g.modal or g.form == "g") for g in p.groups):
        return None
    return _promise(p, group, seen)


def _hostile(p: Parsed, group: Group) -> bool:
    """'had promised the increase to steelworkers': a threat kept, no promise to the other side."""
    kinds = {"increase", "imposition", "measure", "measures", "retaliation"}
    near = range(group.end, min(group.end + 4, max(group.right, group.end)))
    told = any(t.kind in kinds and group.end <= t.start <= group.end + 3 for t in p.things)
    return told or any(p.low(k) in _ADVERSE for k in near)


def _under_way(group: Group) -> bool:
    """'Mexico is sending 10,000 troops', in a text on a deal just made."""
    present = group.progressive and not group.perfect and not group.negated and not group.past and not group.modal
    acting = group.subjects and not group.passive and not group.marker and group.governor is None
    return bool(present and acting and not group.classes & _IDLE)


_IDLE = frozenset({"say", "expect", "hope", "want", "consider", "believe", "resume", "pay", "bear", "go", "threaten"})


def _named_before(p: Parsed, group: Group) -> bool:
    """What is said to be promised is told: a side, an amount or goods before the verb."""
    start = max(0, group.left - 10)
    told = any(start <= q.start < group.start for q in p.quantities)
    return bool(group.subjects) or told or any(start <= s < group.start for s, _, _ in p.products)


def _promise(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    parties = sides_in([m for m in group.subjects if not (group.passive and m.kind == "pronoun")]) or _agreeing(group)
    if not parties and group.passive:
        parties = seen.pair()
    if not parties:
        parties = (seen.last_party,) if seen.last_party else ()
    if any(m.role == "court" for m in group.subjects):
        return None
    kinds = ("party", "body", "place")
    others = [m for m in p.within(group.end, max(group.right, group.end)) if m.kind in kinds and m.parties]
    parties = tuple(dict.fromkeys((*parties, *[c for m in others for c in m.parties])))
    parties = with_other(parties, seen)
    if not parties:
        return None
    start, end = group.left, max(group.right, group.end)
    found = times_of(p, group, climb=False)
    rate = told_rate([r for r in p.rates if start <= r.start < end])
    return Draft(
        "commitment",
        parties[:3],
        [clause_span(p, group)],
        speaker=speaker_of(p, group, seen),
        date=term_of(found, True, seen.published),
        days=length_of(found),
        rate=rate,
        products=products_in(p, start, end),
        quantity=quantity_in(p, start, end),
        key=group.lemma + "/" + "/".join(products_in(p, start, end)[:1]),
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        order=p.words[group.head].start,
    )


def _agreeing(group: Group) -> tuple[str, ...]:
    at = group.governor
    while at is not None:
        if found := sides_in(at.subjects):
            return found
        at = at.governor
    return ()


def pledge(p: Parsed, thing: Thing, seen: Discourse) -> Draft | None:
    """'Japan's pledge of $550 billion of investment', 'assurances that …': a promise told by a noun."""
    reach = thing.end + 8
    amount = any(thing.end <= q.start < reach for q in p.quantities)
    led = any(thing.end <= g.start <= thing.end + 4 and (g.infinitive or g.marker == "that") for g in p.groups)
    group = over(p, thing.start)
    if led or not amount or p.low(thing.end) not in ("of", "for", "worth", "on") or group is None or group.negated:
        return None
    if factuality(p, group) not in ("actual", "future", "claimed") or group.classes & {
        "pledge",
        "want",
        "request",
        "deny",
    }:
        return None
    owners = sides_in([m for m in p.within(max(0, thing.start - 5), thing.start) if m.kind != "place"])[-1:]
    parties = with_other(owners or seen.pair(), seen)
    end = next((k for k in range(thing.end, len(p.words)) if p.words[k].text in ",;:."), len(p.words))
    start = max(group.left, thing.start - 5) if thing.start >= group.left else thing.start
    return Draft(
        "commitment",
        parties[:3],
        [span_of(p, start, end)],
        speaker=speaker_of(p, group, seen),
        date=term_of([t for t in p.times if thing.end <= t.start < end], True, seen.published),
        products=products_in(p, thing.end, end),
        quantity=quantity_in(p, thing.end, end),
        key="pledge/" + "/".join(products_in(p, thing.end, end)[:1]),
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        order=p.words[thing.start].start,
    )
