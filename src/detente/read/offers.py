"""Offers: what a side holds out to the other, by verb, by noun, or as what it would do in return."""

from __future__ import annotations

from detente.read.claim_parts import claim, outsiders, sides, words_after, words_before, words_in
from detente.read.clauses import Parsed, over
from detente.read.drafts import Draft, span_of
from detente.read.factuality import conditional, factuality
from detente.read.names import Discourse
from detente.read.speech import speaker_of
from detente.read.verbs import Group

_PRICES = frozenset(
    {"details", "comment", "evidence", "support", "explanation", "no", "few", "condolences", "discounts"}
)


def offer_by_noun(p: Parsed, seen: Discourse) -> list[Draft]:
    """'an offer from the Canadian side to do away with the practices', 'its offer of zero tariffs'."""
    out = []
    for thing in p.things:
        if thing.kind != "offer" or p.low(thing.start - 1) in ("no", "any", "that", "the", "this"):
            continue
        group = over(p, thing.start)
        contents = any(
            (p.low(k) == "to" and any(g.start == k and g.infinitive for g in p.groups))
            or (k == thing.end and p.low(k) == "of")
            for k in range(thing.end, thing.end + 6)
        )
        if group is None or not contents or group.negated or group.classes & {"offer", "deny", "have"}:
            continue
        if factuality(p, group) != "actual":
            continue
        near = [c for m in p.within(thing.start - 3, thing.end + 6) if m.kind != "place" for c in m.parties]
        draft = claim(p, group, "claim-offer", tuple(dict.fromkeys((*near, *sides(p, group, seen)))), seen, ahead=True)
        draft.spans = [span_of(p, max(group.left, thing.start - 1), max(group.right, thing.end))]
        out.append(draft)
    return out


def offer(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """Something held out in return."""
    if outsiders(p, group):
        return None
    held_ready = group.infinitive and group.lead in ("prepared", "ready", "willing")
    if "offer" in group.classes and not group.negated and not group.passive and not held_ready:
        return _offered(p, group, seen)
    fact = factuality(p, group)
    if group.negated or _tariffed(p, group):
        return None
    ready = (
        group.infinitive and group.lead in ("prepared", "ready", "willing", "open") and bool(group.classes & _GIVING)
    )
    if ready and fact in ("threat", "offer"):
        return claim(p, group, "claim-offer", sides(p, group, seen), seen, ahead=True)
    if fact == "offer" and not group.classes & _NO_OFFER:
        return claim(p, group, "claim-offer", sides(p, group, seen), seen, ahead=True)
    if _proposes(p, group) and fact == "actual":
        return claim(p, group, "claim-offer", sides(p, group, seen), seen, ahead=True, own=True)
    if _contents(p, group) and fact == "actual":
        return claim(p, group, "claim-offer", sides(p, group, seen), seen, ahead=True)
    if _open_to(p, group) and fact == "actual":
        return claim(p, group, "claim-offer", sides(p, group, seen), seen, ahead=True)
    if fact == "actual" and _makes_offer(p, group):
        return claim(p, group, "claim-offer", sides(p, group, seen), seen, ahead=True, own=True)
    if fact == "threat" and _would_too(p, group):
        return claim(p, group, "claim-offer", sides(p, group, seen), seen, ahead=True)
    if fact in ("future", "threat", "commit", "actual") and _in_return(p, group):
        return claim(p, group, "claim-offer", sides(p, group, seen), seen, ahead=True)
    return None


_GIVING = frozenset({"offer", "discuss", "negotiate", "buy", "do", "open", "extend", "speak", "grant", "resume"})
_MAKING = frozenset(
    {"make", "sweeten", "improve", "renew", "repeat", "extend", "table", "put", "submit", "present", "bring"}
)


def _makes_offer(p: Parsed, group: Group) -> bool:
    """'made an offer', 'sweetened its offer', 'put a zero-for-zero deal on the table', 'the offer is on the table'."""
    after = words_after(p, group)
    if group.lemma in ("be", "remain", "lie", "stand") and "table" in after:
        return bool(words_before(p, group) & {"offer", "proposal"}) and not group.negated
    if group.lemma in ("have", "keep") and {"on", "offer"} <= after and not group.negated:
        return bool(group.subjects)
    offered = after & {"offer", "offers"} or ({"table"} <= after and after & {"deal", "proposal", "package", "zero"})
    return group.lemma.split()[0] in _MAKING and bool(offered) and bool(group.subjects) and not group.negated


def _would_too(p: Parsed, group: Group) -> bool:
    """'if Washington dropped the fees, Beijing would drop its own', 'could talk about it if it were withdrawn'."""
    soft = group.classes & {
        "buy",
        "lift",
        "cut",
        "suspend",
        "extend",
        "speak",
        "negotiate",
        "discuss",
        "exempt",
        "resume",
    }
    if (group.modal == "will" and group.classes & {"speak", "negotiate", "discuss", "resume"}) or group.lemma == "talk":
        return group.modal != "will" and conditional(p, group) and bool(group.subjects)
    given = soft or group.lemma in (
        "go",
        "fall",
        "come off",
        "let off",
        "talk",
        "drop",
        "open",
        "reconsider",
        "relent",
        "respond kindly",
        "grant",
    )
    return (
        bool(given)
        and group.modal in ("would", "could", "might", "will")
        and conditional(p, group)
        and bool(group.subjects)
    )


_NO_OFFER = frozenset({"say", "be", "none", "retaliate", "impose", "raise"})


def _offered(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    if any(g.governor is group and g.infinitive and g.classes & _TAKEN for g in p.groups):
        return None
    if factuality(p, group) != "actual" or not (group.subjects or speaker_of(p, group, seen)):
        return None
    after = words_after(p, group)
    if after & _PRICES or p.low(group.end) in ("no", "little", "nothing"):
        return None
    rated = any(group.end <= r.start < max(group.right, group.end) for r in p.rates)
    if group.lemma == "hold out" and rated and "on" in after and not after & {"lower", "cut", "zero", "relief"}:
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True, own=True)
    return claim(p, group, "claim-offer", sides(p, group, seen), seen, ahead=True, own=True)


_TAKEN = frozenset({"impose", "raise", "cut", "suspend", "lift", "end"})


def _proposes(p: Parsed, group: Group) -> bool:
    """'has proposed a zero-for-zero deal', 'put forward an improved offer', 'tabled a package'."""
    if "propose" not in group.classes or not group.subjects or group.passive or group.infinitive:
        return False
    below = [g for g in p.groups if g.governor is group or (g.start > group.end and g.marker == "that")]
    if _in_exchange(p) or any(g.classes & {"cut", "lift", "extend", "buy"} for g in below):
        return True
    return bool(words_after(p, group) & {"deal", "offer", "proposal", "package", "extension", "cut", "cuts", "truce",
                                         "zero", "compromise", "swap", "pact", "agreement", "quota"})  # fmt: skip


def _contents(p: Parsed, group: Group) -> bool:
    """'Seoul's proposal includes', 'the offer would'."""
    told = group.classes & {"include"} or group.lemma in (
        "include",
        "contain",
        "foresee",
        "consist",
        "comprise",
        "envisage",
    )
    return bool(told) and bool(words_before(p, group) & {"offer", "proposal", "proposals", "offers"})


def _open_to(p: Parsed, group: Group) -> bool:
    """'was open to talks if', 'is ready for talks provided that', 'a longer truce was possible in return for'."""
    after = [p.low(k) for k in range(group.end, max(group.right, group.end))]
    ready = {"open", "ready", "prepared", "willing", "possible", "conceivable", "available", "negotiable"} & set(
        after[:4]
    )
    return (
        group.lemma in ("be", "remain", "stand", "stay") and bool(ready) and (_in_exchange(p) or conditional(p, group))
    )


def _in_exchange(p: Parsed) -> bool:
    return any(
        p.low(i) == "in" and p.low(i + 1) in ("return", "exchange") and p.low(i + 2) in ("for", "to")
        for i in range(len(p.words))
    )


def _in_return(p: Parsed, group: Group) -> bool:
    """'would raise its imports in return for lower tariffs': what is said to be done for something not yet granted."""
    soft = group.classes & {"buy", "do", "offer", "lift", "cut", "extend"} or group.lemma in (
        "raise",
        "increase",
        "open",
    )
    return (
        bool(soft)
        and group.modal in ("would", "could", "might", "may")
        and _in_exchange(p)
        and bool(words_in(p, group) & {"return", "exchange"})
    )


def _tariffed(p: Parsed, group: Group) -> bool:
    return bool(group.classes & _TAKEN) and any(
        t.kind in ("measure", "fee", "tax") for t in p.things if group.left <= t.start < max(group.right, group.end)
    )
