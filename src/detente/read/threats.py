"""Threats and offers beyond those that name a measure (`measures`): retaliation, consequences, what is held out."""

from __future__ import annotations

from detente.read.claim_parts import claim, outsiders, sides, words_after, words_before, words_in
from detente.read.clauses import Parsed
from detente.read.drafts import Draft
from detente.read.factuality import conditional, factuality
from detente.read.names import Discourse
from detente.read.speech import speaker_of
from detente.read.tables import table, word_set
from detente.read.verbs import Group

_FORCEFULLY = word_set("claims forcefully")
_COUNTER = word_set("claims counter")
_PRICES = frozenset(
    {"details", "comment", "evidence", "support", "explanation", "no", "few", "condolences", "discounts"}
)
_DEFIANT = tuple(tuple(row["words"].split()) for row in table("defiant.csv"))


def threat(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """Conditional or considered action against the other side, without a measure named."""
    fact = factuality(p, group)
    if "ruleout" in group.classes and group.negated and fact == "actual" and _hostile_noun(p, group):
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True, own=True)
    if group.negated and not _defiant(p, group):
        return None
    if outsiders(p, group) or fact in ("none", "asked", "denied"):
        return None
    if _answers(p, group) and fact in ("threat", "future", "offer"):
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True)
    own = group.classes & {"threaten", "vow", "warn"} and fact == "actual" and words_after(p, group) & _COUNTER
    if own or (group.lemma == "reserve right" and fact == "actual"):
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True, own=True)
    if fact in ("future", "threat", "offer", "commit") and (_steps(p, group) or _defiant(p, group)):
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True)
    if _on_the_table(p, group) and fact == "actual":
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True)
    return None


def _answers(p: Parsed, group: Group) -> bool:
    """A verb of retaliation; 'answer' and 'match' only with the words for it."""
    weak = group.lemma in ("answer", "respond", "match", "counter", "reply")
    forceful = bool(words_after(p, group) & (_FORCEFULLY | _COUNTER))
    passive = group.passive and bool(
        words_before(p, group) & {"surtax", "tariff", "tariffs", "duty", "step", "increase"}
    )
    return "retaliate" in group.classes and (not weak or forceful or passive or conditional(p, group))


def _steps(p: Parsed, group: Group) -> bool:
    """'will take resolute measures', 'will face consequences'."""
    taken = group.lemma in ("take", "adopt", "respond", "face", "follow", "do", "use", "launch", "deploy", "reply")
    return (taken or "hold" in group.classes) and bool(words_after(p, group) & _COUNTER)


def _hostile_noun(p: Parsed, group: Group) -> bool:
    """Whether a measure or retaliation is what a verb is about, itself and not through a verb below."""
    return any(t.kind in ("measure", "retaliation", "fee") for t in p.things if group.end <= t.start < group.right)


def _defiant(p: Parsed, group: Group) -> bool:
    """'will fight to the end', 'will not stand idly by'."""
    lows = [p.low(k) for k in range(group.head, max(group.right, group.end))]
    return any(tuple(lows[i : i + len(t)]) == t for t in _DEFIANT for i in range(min(4, len(lows))))


def _on_the_table(p: Parsed, group: Group) -> bool:
    """'all options are on the table', 'higher tariffs remained an option'."""
    after = [p.low(k) for k in range(group.end, group.end + 6)]
    before = words_before(p, group) | words_in(p, group)
    if group.lemma not in ("be", "remain", "stay", "keep"):
        return False
    hostile = before & {"tariffs", "duties", "countermeasures", "sanctions", "options", "instrument", "retaliation"}
    return bool(hostile) and ("option" in after or ("table" in after and "on" in after) or "options" in after)


def offer(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """Something held out in return."""
    if outsiders(p, group):
        return None
    if "offer" in group.classes and not group.negated and not group.passive:
        return _offered(p, group, seen)
    fact = factuality(p, group)
    if group.negated or _tariffed(p, group):
        return None
    if fact == "offer" and not group.classes & _NO_OFFER:
        return claim(p, group, "claim-offer", sides(p, group, seen), seen, ahead=True)
    if _proposes(p, group) and fact == "actual":
        return claim(p, group, "claim-offer", sides(p, group, seen), seen, ahead=True, own=True)
    if _contents(p, group) and fact == "actual":
        return claim(p, group, "claim-offer", sides(p, group, seen), seen, ahead=True)
    if _open_to(p, group) and fact == "actual":
        return claim(p, group, "claim-offer", sides(p, group, seen), seen, ahead=True)
    if fact in ("future", "threat", "commit", "actual") and _in_return(p, group):
        return claim(p, group, "claim-offer", sides(p, group, seen), seen, ahead=True)
    return None


_NO_OFFER = frozenset({"say", "be", "none", "retaliate", "impose", "raise"})


def _offered(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    if any(g.governor is group and g.infinitive and g.classes & _TAKEN for g in p.groups):
        return None
    if factuality(p, group) != "actual" or not (group.subjects or speaker_of(p, group, seen)):
        return None
    if words_after(p, group) & _PRICES:
        return None
    return claim(p, group, "claim-offer", sides(p, group, seen), seen, ahead=True, own=True)


_TAKEN = frozenset({"impose", "raise", "cut", "suspend", "lift", "end"})


def _proposes(p: Parsed, group: Group) -> bool:
    """'has proposed a zero-for-zero deal', 'put forward an improved offer', 'tabled a package'."""
    if "propose" not in group.classes or not group.subjects or group.passive or group.infinitive:
        return False
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
