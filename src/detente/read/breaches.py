"""Breaches alleged: by a verb ('violated the truce'), by a noun ('a breach of'), by what was not done ('not kept')."""

from __future__ import annotations

from functools import cache

from detente.read.claim_parts import (
    RULES,
    by_court,
    claim,
    outsiders,
    sides,
    speaking,
    words_after,
    words_before,
    words_in,
)
from detente.read.clauses import Parsed
from detente.read.drafts import Draft, sides_in
from detente.read.factuality import factuality
from detente.read.names import Discourse
from detente.read.speech import reporter_of, speaker_of
from detente.read.tables import table
from detente.read.verbs import Group

_ACCUSING = frozenset({"accuse", "blame", "charge", "fault", "denounce"})
_WORD = frozenset({"word", "promise", "promises", "bargain", "pledge", "pledges", "end", "side", "part", "vow"})
# Phrases that call something a breach where a rule or promise follows within a few words.
_CONTRARY = tuple(tuple(row["words"].split()) for row in table("contrary.csv"))


def breach(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """An alleged failure to keep an agreement or obligation."""
    if "accuse" in group.classes and group.lemma in _ACCUSING and not group.negated and _charged(p, group):
        return _accusation(p, group, seen)
    if not (_broken(p, group) or _unkept(p, group) or _contrary(p, group)):
        return None
    spoken = factuality(p, group)
    if spoken == "future" and reporter_of(group) is not None and "violate" in group.classes:
        spoken = "actual"  # 'the duty would break the truce, Beijing said'
    if spoken not in ("actual", "claimed") or _put_by_another(group) or by_court(p, group):
        return None
    own = bool(group.classes & {"call", "describe"})
    return claim(p, group, "claim-breach", sides(p, group, seen, own), seen, own=own)


def _charged(p: Parsed, group: Group) -> bool:
    """'charged X with', not 'charged a duty'."""
    return group.lemma != "charge" or "with" in words_after(p, group)


def _broken(p: Parsed, group: Group) -> bool:
    if "violate" not in group.classes or group.negated:
        return False
    after = words_after(p, group)
    return bool(after & (RULES | {"what"}) or (group.passive and words_before(p, group) & RULES))


def _unkept(p: Parsed, group: Group) -> bool:
    """'has failed to implement its side of the deal', 'was not living up to', 'fell short of its commitments'."""
    kinds, words = group.classes, words_in(p, group)
    rules = RULES | _WORD
    if "fail" in kinds and not group.negated:
        kept = [
            g for g in p.groups if g.governor is group and g.classes & {"keepword", "do", "buy", "carryout", "keep"}
        ]
        undertaken = any(g.start >= group.end and g.classes & {"agree", "pledge"} for g in p.groups) and "what" in words
        return bool(words & RULES) or undertaken or any(words_in(p, g) & rules or "keepword" in g.classes for g in kept)
    keeping = "keepword" in kinds or ("carryout" in kinds and bool(words & RULES))
    keeping = keeping or ("keep" in kinds and bool(words_after(p, group) & _WORD))
    keeping = keeping or (group.lemma in ("reflect", "match") and bool(words_after(p, group) & RULES))
    enacting = group.lemma in ("enact", "implement", "ratify", "apply") and bool(words_after(p, group) & RULES)
    keeping = keeping or enacting
    keeping = keeping or (group.lemma == "do" and "what" in words_after(p, group))
    late = group.lemma in ("slow-walk", "slow", "drag feet") and bool(words & RULES)
    return (keeping and group.negated) or (late and not group.negated)


@cache
def _contrary_from() -> dict[str, list[tuple[str, ...]]]:
    """The phrases by their first word."""
    out: dict[str, list[tuple[str, ...]]] = {}
    for phrase in _CONTRARY:
        out.setdefault(phrase[0], []).append(tuple(phrase))
    return out


def _contrary(p: Parsed, group: Group) -> bool:
    """'is a breach of the deal', 'provoked frictions in breach of the consensus'."""
    if group.marker in ("reduced", "attribute"):
        return False
    promised = bool(group.classes & {"pledge", "agree"})  # 'contrary to what it promised'
    region = range(group.left if promised else group.end, max(group.right, group.end))
    if not group.negated and any(p.low(i) == "against" and _rule_within(p, i + 1, i + 5) for i in region):
        return "act" in group.lemma or group.classes.isdisjoint({"say", "warn", "hold", "rule"})
    for i in region:
        for phrase in _contrary_from().get(p.low(i), ()):
            end = i + len(phrase)
            if all(p.low(i + k) == w for k, w in enumerate(phrase)) and _rule_within(p, end, end + 9):
                return group.negated == (phrase[0] in ("line", "keeping", "consistent", "compatible", "accord"))
    return False


def _rule_within(p: Parsed, start: int, end: int) -> bool:
    return any(p.low(k) in RULES or p.low(k) == "what" for k in range(start, end))


def _put_by_another(group: Group) -> bool:
    """Whether an accusation or a denial over it tells it already."""
    at = group.governor
    while at is not None:
        if ("accuse" in at.classes and at.lemma in _ACCUSING) or "deny" in at.classes:
            return True
        at = at.governor
    return False


def _accusation(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """'accused X of breaking the truce': of an obligation, not of anything at all."""
    end = max((g.right for g in p.groups if g.governor is group or g is group), default=len(p.words))
    words = {p.low(k) for k in range(group.end, end)}
    verbs = [g for g in p.groups if g.governor is group]
    kept = (
        any(g.classes & {"violate", "fail", "keepword"} for g in verbs)
        or words & RULES
        or words & {"breach", "violation", "violating", "undermining", "breaching", "faith", "draft", "backtracking"}
    )
    if not kept or factuality(p, group) in ("none", "asked") or by_court(p, group) or outsiders(p, group):
        return None
    own = sides_in(group.subjects)
    spoken = [c for m in p.within(group.end, end) if m.kind != "place" for c in m.parties]
    parties = tuple(dict.fromkeys((*speaking(group), *own, *spoken))) or seen.pair()
    draft = claim(p, group, "claim-breach", parties, seen, own=True)
    draft.spans = [(draft.spans[0][0], max(draft.spans[0][1], p.words[end - 1].end))]
    draft.date = None
    return draft if draft.speaker or speaker_of(p, group, seen) or own else None
