"""Threats beyond those that name a measure (`measures`): retaliation, consequences, what is considered or held ready."""

from __future__ import annotations

from detente.read.claim_parts import claim, outsiders, sides, words_after, words_before, words_in
from detente.read.clauses import Parsed
from detente.read.drafts import Draft
from detente.read.factuality import conditional, factuality
from detente.read.names import Discourse
from detente.read.tables import table, word_set
from detente.read.verbs import Group

_FORCEFULLY = word_set("claims forcefully")
_COUNTER = word_set("claims counter")
_DEFIANT = tuple(tuple(row["words"].split()) for row in table("defiant.csv"))


def threat(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """Conditional or considered action against the other side, without a measure named."""
    fact = factuality(p, group)
    if "ruleout" in group.classes and group.negated and fact == "actual" and _hostile_noun(p, group):
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True, own=True)
    if fact == "actual" and _off_the_table(p, group):
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True)
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
    if "threaten" in group.classes and group.passive and fact in ("actual", "future") and _threatened(p, group):
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True)
    if fact == "threat" and (_leaves_deal(p, group) or _on_pronoun(p, group) or _met(p, group)):
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True)
    if _on_the_table(p, group) and fact == "actual":
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True)
    return None


def _off_the_table(p: Parsed, group: Group) -> bool:
    """'nothing is off the table', 'no instrument is off the table'."""
    none = group.negated or p.low(group.left) in ("nothing", "no") or "nothing" in words_before(p, group)
    return none and group.lemma == "be" and p.low(group.end) == "off" and "table" in words_after(p, group)


def _threatened(p: Parsed, group: Group) -> bool:
    """'50% was threatened on Friday'."""
    start = group.left if group.head_left < 0 else group.head_left
    rated = any(start <= r.start < group.start for r in p.rates)
    after = any(group.end <= r.start < max(group.right, group.end) for r in p.rates) and "with" in words_after(p, group)
    return (
        rated or after or any(t.kind in ("measure", "fee", "rate") and start <= t.start < group.start for t in p.things)
    )


_DEALS = word_set("claims deal broken")


def _leaves_deal(p: Parsed, group: Group) -> bool:
    """'can suspend the concessions if', 'might hold up the deal until'."""
    leaving = group.classes & {"suspend", "lift", "end", "stop", "break", "block"}
    return bool(leaving) and bool(words_after(p, group) & _DEALS) and (conditional(p, group) or p.has("until"))


def _on_pronoun(p: Parsed, group: Group) -> bool:
    """'it may increase them at any time', after a sentence about duties."""
    hostile = group.classes & {"raise", "impose", "ban"} and not group.passive
    return bool(hostile) and p.low(group.end) in ("them", "it", "these") and (p.after_measure or p.has("list", "rates"))


def _met(p: Parsed, group: Group) -> bool:
    """'a unilateral increase would be met under the reciprocity law'."""
    step = words_before(p, group) & {
        "increase",
        "tariff",
        "tariffs",
        "step",
        "steps",
        "duties",
        "duty",
        "surtax",
        "move",
    }
    return group.lemma == "meet" and group.passive and bool(step)


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
