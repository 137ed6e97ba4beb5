"""Whether what is said to come is a promise to the other side: by the verb, who is to do it, what the text is about."""

from __future__ import annotations

from detente.read.clauses import Parsed
from detente.read.factuality import Fact
from detente.read.names import Discourse
from detente.read.promise_terms import deal_here
from detente.read.tables import word_set
from detente.read.verbs import Group

_GIVING = word_set("promises giving")  # what hardly anybody but a side that has promised it does: 'will buy'
_KEPT = word_set("promises kept")  # what is done under an arrangement: 'will open', 'will be extended'
_NOT = frozenset(w.replace("_", " ") for w in word_set("promises not"))
_OTHERS = word_set("promises others")
_STATES = frozenset({"effect", "lapse", "start", "stay", "sign", "publish", "fall", "hit", "retaliate"})


def promising(p: Parsed, group: Group, fact: Fact, seen: Discourse, deal: bool = False) -> bool:
    """Whether a verb about what is to come, or told as a term in the present, tells what a side will do."""
    if group.lemma in _NOT or group.classes & _STATES or only_leads(p, group) or not _by_side(p, group):
        return False
    if fact == "actual":
        return not deal and _term(p, group, seen)
    if fact != "future" or _once(p, group) or _likely(p) or _idle(p, group):
        return False
    verb = group.lemma.split()[0]
    pronoun = any(m.kind == "pronoun" for m in group.subjects)
    if pronoun and group.passive and verb in ("give", "take", "put", "do"):
        return False
    if (verb in _GIVING or group.lemma == "resume") and not group.passive and _named(group):
        return True
    if verb in _GIVING | _KEPT:
        return _sized(p, group) or deal or seen.dealt or seen.deal_told or deal_here(p, seen)
    if pronoun or group.progressive or group.passive or not _named(group):
        return False
    sides = any(m.kind in ("party", "group") and not m.adjective for m in group.subjects)
    return deal_here(p, seen) or ((deal or seen.dealt) and (sides or _of_goods(p, group)))


def _sized(p: Parsed, group: Group) -> bool:
    """'will let in 500 tonnes of beef': a side, an act and an amount."""
    sides = any(m.kind in ("party", "group") for m in group.subjects)
    right = max(group.right, group.end)
    return sides and not group.passive and any(group.end <= q.start < right for q in p.quantities)


def _of_goods(p: Parsed, group: Group) -> bool:
    right = max(group.right, group.end)
    goods = any(group.end <= s and e <= right for s, e, _ in p.products)
    return goods or any(group.end <= q.start < right for q in p.quantities)


def _once(p: Parsed, group: Group) -> bool:
    """'the duty it was going to put on phones': what was to come, seen from later."""
    meant = group.governor is not None and group.governor.lemma == "mean" and group.governor.passive
    return meant or any(p.low(k) in ("was", "were") for k in range(group.start, group.head))


def _idle(p: Parsed, group: Group) -> bool:
    """'would do nothing', 'will take up to five weeks'."""
    after = {p.low(k) for k in range(group.end, group.end + 5)}
    if group.lemma.split()[0] in ("step", "intensify", "speed", "resume") and after & _TALKS:
        return True
    return group.lemma.split()[0] in ("take", "do", "give", "need") and bool(after & _LENGTHS)


_TALKS = frozenset({"talks", "negotiations", "efforts", "pressure", "negotiation", "discussions"})


_LENGTHS = frozenset({"nothing", "little", "weeks", "months", "years", "majority", "time"})


def _likely(p: Parsed) -> bool:
    return any(p.low(k) in ("likely", "probably", "presumably", "perhaps", "maybe") for k in range(3))


def only_leads(p: Parsed, group: Group) -> bool:
    """'will move forward to reduce': the promise is in the verb that follows."""
    return group.lemma in ("move", "go", "seek", "try", "work", "continue") and any(
        g.governor is group and g.infinitive for g in p.groups
    )


def _term(p: Parsed, group: Group, seen: Discourse) -> bool:
    """'Canada opens its dairy market a little further', in a text on a deal just made."""
    present = group.form in "sb" and not (group.modal or group.perfect or group.passive or group.negated)
    present = present and group.lemma != "do"
    bare = present and group.marker in ("", "and", ",") and group.governor is None and not group.infinitive
    sides = any(m.kind in ("party", "group") for m in group.subjects)
    return bare and group.lemma.split()[0] in _TERMS and (seen.deal_told or seen.dealt) and sides


_TERMS = word_set("promises terms")


def _named(group: Group) -> bool:
    """Whether a side is the subject, a pronoun only where it stands at the verb."""
    at = group
    while at.infinitive and at.governor is not None:
        at = at.governor
    return any(m.kind != "pronoun" or at.start - m.end <= 2 for m in group.subjects)


def _by_side(p: Parsed, group: Group) -> bool:
    """Whether a side, its firms or goods are to do it; not analysts, prices or courts."""
    about = {p.low(k) for k in range(group.left, group.start)}
    if about & _OTHERS:
        return False
    goods = any(group.left <= s < group.start for s, _, _ in p.products)
    if group.passive:
        terms = any(t.kind in _TOLD and group.left <= t.start < group.start for t in p.things)
        amount = any(group.left <= q.start < max(group.right, group.end) for q in p.quantities)
        return goods or terms or amount or bool(about & _FIRMS) or _named(group) or group.start - group.left <= 1
    return _named(group) or goods or bool(about & _FIRMS)


_TOLD = frozenset(
    {"measure", "measures", "rules", "fee", "deal", "statement", "exemption", "pause", "reduction", "list"}
)


_FIRMS = frozenset({"companies", "firms", "goods", "cars", "countries", "governments", "agencies"})
