"""What an act on a measure is told as: done, announced, promised, threatened, offered or expected."""

from __future__ import annotations

from detente.read.amounts import Rate, old_rate, told_rate
from detente.read.clauses import Parsed
from detente.read.factuality import Fact, conditional, factuality
from detente.read.listing import Act
from detente.read.names import Discourse
from detente.read.proposal import Kind
from detente.read.verbs import Group

HOSTILE = frozenset({"impose", "raise", "announce", "keep"})


DONE: dict[str, Kind] = {
    "impose": "measure-imposed",
    "keep": "measure-imposed",
    "raise": "measure-raised",
    "cut": "measure-cut",
    "suspend": "measure-suspended",
    "lift": "measure-lifted",
    "announce": "measure-announced",
}


def act_with_rates(group: Group, act: Act, found: list[Rate]) -> str:
    """'lifted tariffs to 25%' raises them; a new rate above or below the old one says which way it went."""
    new, old = told_rate(found), old_rate(found)
    if new is not None and old is not None and act.act in ("impose", "keep", "raise", "cut", "lift"):
        return "raise" if new.value > old.value else "cut"
    if new is None or new.role != "to":
        return act.act
    if act.act == "lift" and group.lemma in ("lift", "drop", "take down"):
        return "raise" if group.lemma == "lift" else "cut"
    if act.act in ("impose", "keep") and group.lemma.split()[0] in ("bring", "take", "push", "put", "send", "carry"):
        return "cut" if group.lemma.endswith("down") else "raise"
    return act.act


def passing(group: Group, act: Act) -> bool:
    """A measure mentioned in passing: by a participle, in a past perfect or a side clause."""
    relative = group.marker == "that" and group.governor is None
    if group.form == "g" and group.start == group.head and group.lead in ("by", "of", "for", "against", "about"):
        return True
    if (
        group.marker in ("that", "which")
        and group.governor is not None
        and group.governor.classes & {"sign", "order", "publish"}
    ):
        return False
    return (
        relative
        or group.marker in ("reduced", "which", "after", "since", "before", "until")
        or (group.pluperfect and group.governor is None)
        or act.act == "keep"
    )


def kind_of(p: Parsed, group: Group, act: str, fact: Fact, seen: Discourse) -> Kind | None:
    """The kind of an act told as a fact, a plan, a promise, a threat; None for what is not said to be."""
    if act == "threat":
        return None if group.negated or fact in ("none", "denied", "asked") else "claim-threat"
    if group.negated:
        return _negated_kind(p, group, act, fact, seen)
    hostile = act in HOSTILE
    if fact == "future" and group.lemma == "face" and not p.times:
        return "claim-threat"  # 'any country that retaliates will face higher tariffs'
    if fact == "actual" and (group.lemma == "risk" or (group.lemma == "face" and conditional(p, group))):
        return "claim-threat"  # 'faces a 30% tariff if it does no more'
    if fact == "actual" and hostile and group.classes & {"rise", "effect"} and _depends(p, group):
        return "claim-threat"  # 'unless that changes, the duty goes up on Friday'
    traded = group.progressive and not (group.perfect or group.past) and p.has("return", "exchange")
    if fact == "actual" and traded and not hostile:
        return "commitment"
    if fact == "actual":
        return DONE[act]
    if act == "keep" and fact == "future" and group.governor is not None and group.governor.lemma in ("continue", "go"):
        return "measure-imposed"
    if act == "keep" and "keep" in group.classes and fact == "future":
        return "claim-threat" if p.has("until", "unless", "long") else None
    if fact == "future" and group.modal == "would" and _own_voice(p, group):
        return "claim-threat" if hostile else None  # 'a duty of 25% would bring it all down'
    if fact == "future" and act not in HOSTILE and under_deal(p, seen):
        return _soft_promise(group, act, seen)
    if fact == "future" and act == "cut" and "fall" in group.classes and not p.times:
        return "claim-expectation"  # 'the 145 per cent will come down'
    if fact == "future":
        return "measure-suspended" if act == "suspend" else "measure-announced"
    if fact == "commit":
        return "commitment"
    if fact == "threat":
        return "claim-threat" if hostile else _soft_kind(p, group)
    if fact == "offer":
        held_out = group.lead in ("offer", "offers", "willing", "willingness") and act == "keep"
        return "claim-threat" if hostile and not held_out else "claim-offer"
    if fact == "asked" and act in ("impose", "raise") and not group.infinitive:
        return "claim-threat"  # 'senators demanded that the duty be put back'
    return "claim-expectation" if fact == "expect" else None


def _own_voice(p: Parsed, group: Group) -> bool:
    """Nobody is told to have said it: what 'would' be is then a thought."""
    return group.governor is None and p.according_to is None and not group.quoted and not p.sentence.heading


def _soft_promise(group: Group, act: str, seen: Discourse) -> Kind:
    """A relief to come in a text on an arrangement: a promise, but 'would be cut' is what somebody holds out and 'will
    stay suspended' what becomes of a measure."""
    sides = any(m.kind != "pronoun" for m in group.subjects)
    if group.modal == "would" and group.passive and not group.subjects and not seen.deal_told:
        return "claim-offer"
    if act == "suspend" and not group.passive and not sides:
        return "measure-suspended"
    return "commitment"


def _depends(p: Parsed, group: Group) -> bool:
    """A present that a day to come makes a future, under an 'if' or 'unless'."""
    ahead = any(t.ahead and t.ahead.from_ > p.published for t in p.times if group.left <= t.start < group.right)
    return group.form in "bs" and not group.past and ahead and conditional(p, group)


def _soft_kind(p: Parsed, group: Group) -> Kind:
    """A relief that is only possible: held out in return for something, else a forecast."""
    if group.lead in ("prepared", "ready", "willing", "open"):
        return "claim-offer"
    conditional = any(g.marker in ("if", "unless") for g in p.groups) or p.has("return", "exchange")
    return "claim-offer" if conditional else "claim-expectation"


def _negated_kind(p: Parsed, group: Group, act: str, fact: Fact, seen: Discourse) -> Kind | None:
    """What is not done: a promise to refrain, or a planned measure held back; else nothing."""
    if act in ("impose", "keep") and any(p.low(k) == "longer" for k in range(group.start - 2, group.end)):
        return "measure-lifted" if fact == "actual" else "measure-announced" if fact == "future" else None
    if (
        act == "impose"
        and fact == "actual"
        and p.low(group.start) == "did"
        and group.classes & {"effect", "come", "start"}
    ):
        return "measure-suspended"  # 'the tariffs did not come'
    if fact == "commit":
        return "commitment"
    applies = bool(group.classes & {"impose", "bear", "effect", "start", "raise", "put", "rise"})
    if act in ("impose", "keep", "raise") and fact == "future" and applies:
        return "commitment" if under_deal(p, seen) and group.subjects and not group.passive else "measure-suspended"
    if (
        act in ("impose", "keep")
        and fact == "actual"
        and group.passive
        and any(t.role in ("for", "until", "through") for t in p.times)
    ):
        return "measure-suspended"
    if "affected" in [p.low(k) for k in range(group.end - 1, group.end + 3)] and fact == "actual":
        return "measure-imposed"
    return None


def under_deal(p: Parsed, seen: Discourse) -> bool:
    """Whether the sentence, or those before it, speak of what an arrangement asks for."""
    return (
        seen.dealt
        or seen.deal_told
        or p.has("return", "exchange")
        or any(p.low(k) == "as" and p.low(k + 1) in ("agreed", "promised") for k in range(len(p.words)))
        or any(t.kind in ("deal", "statement") for t in p.things)
    )


def noun_kind(p: Parsed, act: str, group: Group) -> Kind | None:
    fact = factuality(p, group)
    kinds = group.classes
    if fact in ("none", "asked", "denied", "claimed") or group.negated:
        return None
    if kinds & {"threaten", "consider", "warn"} or (fact == "threat" and act in HOSTILE):
        return "claim-threat" if act in HOSTILE else "claim-expectation"
    if "pledge" in kinds and act in HOSTILE:
        return "measure-announced" if fact == "actual" else None  # 'promised the increase to steelworkers'
    if kinds & {"agree", "pledge", "reach"}:
        return "measure-suspended" if group.passive and act == "suspend" else "commitment"
    if kinds & {"expect", "hope"} or fact == "expect":
        return "claim-expectation"
    if kinds & {"offer", "propose"}:
        return "claim-offer" if act not in HOSTILE else "claim-threat"
    if kinds & {"announce", "order", "publish", "sign"} and fact in ("actual", "future"):
        return "measure-suspended" if act == "suspend" else "measure-announced"
    if kinds & {"do", "extend", "resume", "keep", "decide", "allow"} and fact in ("actual", "future"):
        return DONE[act]
    if kinds & {"effect", "start", "follow"} and fact == "actual":
        return DONE[act]
    return None
