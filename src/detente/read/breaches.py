"""Breaches alleged: by a verb ('violated the truce'), by a noun ('a breach of'), by what was not done ('not kept')."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

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
    if not (
        _broken(p, group)
        or _unkept(p, group)
        or _contrary(p, group)
        or _undone(p, group, seen)
        or _unsaid(p, group)
        or _flatly(p, group)
    ):
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
    this = p.low(group.left + 1) == "this" or p.low(group.left) in ("this", "it")
    if group.passive and this and any(t.kind == "deal" and t.start < group.start for t in p.things):
        return True  # 'a deal was a deal and this one had been broken'
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
    keeping = keeping or ("keep" in kinds and group.passive and bool(words_before(p, group) & _WORD))
    keeping = keeping or (group.lemma in ("reflect", "match") and bool(words_after(p, group) & RULES))
    enacting = group.lemma in ("enact", "implement", "ratify", "apply") and bool(words_after(p, group) & RULES)
    keeping = keeping or enacting
    keeping = keeping or (group.lemma == "do" and "what" in words_after(p, group))
    late = group.lemma in ("slow-walk", "slow", "drag feet") and bool(words & RULES)
    return (keeping and group.negated) or (late and not group.negated)


_UNDOING = ("withdraw", "strike", "strike out", "cross out", "delete", "remove", "reopen", "rewrite", "take out",
            "undo", "walk away", "back away", "leave out", "omit", "ignore", "retreat", "disregard")  # fmt: skip


_FLAT = (("bad", "faith"), ("stab", "in", "the", "back"), ("scrap", "of", "paper"), ("by", "the", "rules"),
         ("slow", "-", "walking"), ("slow", "-", "rolling"))  # fmt: skip


_FLAT_LAST = frozenset(t[-1] for t in _FLAT)


def _flatly(p: Parsed, group: Group) -> bool:
    """'showed bad faith', 'was not playing by the rules'."""
    lows = [p.low(k) for k in range(group.end, max(group.right, group.end))]
    if not _FLAT_LAST.intersection(lows):
        return False
    hit = next((t for t in _FLAT if any(tuple(lows[i : i + len(t)]) == t for i in range(len(lows)))), None)
    return hit is not None and group.negated == (hit[0] == "by") and not group.modal and bool(reporter_of(group))


def _unsaid(p: Parsed, group: Group) -> bool:
    """'had withdrawn large parts of what they had accepted', 'crossed out whole pages of the text'."""
    if group.lemma not in _UNDOING or group.negated or group.modal or group.infinitive:
        return False
    if not group.subjects and reporter_of(group) is None:
        return False
    later = any(
        g.start > group.end and (g.classes & {"agree", "pledge", "grant", "sign"} or g.lemma == "accept")
        for g in p.groups
    )
    return (later and "what" in words_after(p, group)) or bool(words_after(p, group) & {"draft", "pages", "text"})


_SHORT = frozenset(
    {"barely", "hardly", "scarcely", "only", "fraction", "half", "third", "quarter", "less", "little", "part"}
)
_PROMISING = frozenset({"agree", "pledge", "oblige"})


def _undone(p: Parsed, group: Group, seen: Discourse) -> bool:
    """'has yet to approve the licences it promised', 'had bought barely a third of what it had pledged', 'are not
    flowing as agreed', 'did not contain what had been agreed': what somebody says has not come of a promise."""
    if group.modal or group.marker in ("if", "unless", "reduced") or group.classes & _PROMISING:
        return False
    if speaker_of(p, group, seen) is None and reporter_of(group) is None:
        return False
    own, said = sides_in(group.subjects), speaking(group)
    if own and said and set(own) & set(said):
        return False
    yet = group.infinitive and p.low(group.start - 1) == "yet"
    after = {p.low(k) for k in range(group.end, group.end + 6)}
    held = group.lemma in ("hold back", "withhold", "stop", "hold up", "sit on", "delay") and not group.negated
    short = (
        held
        or group.negated
        or yet
        or (bool(after & _SHORT) and bool(group.classes & {"buy", "do", "deliver", "take"}))
    )
    return short and not (group.infinitive and not yet) and _promised(p, group)


def _promised(p: Parsed, group: Group) -> bool:
    """Whether what somebody promised stands beside a verb: 'what it had pledged', 'as agreed', 'said they would'."""
    end = min(len(p.words), group.end + 16)
    for other in p.groups:
        promising = other.classes & (_PROMISING | {"sign"}) or other.lemma in (
            "undertake",
            "shake hands",
            "accept",
            "shake",
        )
        if group.end <= other.start < end and promising and not other.modal and not other.negated:
            return True
    lows = [p.low(k) for k in range(group.end, end)]
    pairs = set(pairwise(lows))
    said = (
        any(low in ("said", "saying") and "would" in lows[i : i + 4] for i, low in enumerate(lows)) and "what" in lows
    )
    return said or bool(pairs & {("as", "agreed"), ("as", "promised"), ("as", "pledged"), ("promised", "in")})


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
    region = range(group.left if promised else group.end, max(group.right, group.end + 3))
    if not group.negated and any(p.low(i) == "against" and _rule_within(p, i + 1, i + 5) for i in region):
        return "act" in group.lemma or group.classes.isdisjoint({"say", "warn", "hold", "rule"})
    for i in region:
        for phrase in _contrary_from().get(p.low(i), ()):
            end = i + len(phrase)
            if p.low(i - 1) in ("no", "any"):
                continue  # 'the controls were no breach of the truce'
            if all(p.low(i + k) == w for k, w in enumerate(phrase)) and _rule_within(p, end, end + 9):
                if phrase[0] in ("line", "keeping", "consistent", "compatible", "accord"):
                    return group.negated
                return phrase[0] == "not" or not group.negated
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
