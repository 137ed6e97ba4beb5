"""Forecasts about the dispute itself: that a deal is near, that the truce will hold, that talks will drag on."""

from __future__ import annotations

from detente.read.claim_parts import ECONOMIC, HOPED, claim, sides, speaking, words_before, words_in
from detente.read.clauses import Parsed
from detente.read.drafts import Draft
from detente.read.factuality import factuality
from detente.read.names import Discourse
from detente.read.speech import reporter_of, speaker_of
from detente.read.tables import word_set
from detente.read.verbs import Group

_TOLD_ELSEWHERE = frozenset({"meet", "speak", "phone", "negotiate", "impose", "raise", "cut", "suspend", "lift"})
_CONTACTS = frozenset({"meet", "speak", "phone", "negotiate"})
_NEAR = frozenset({"close", "closer", "near", "nearing", "imminent", "within", "reach", "sight"})
_HOPING = frozenset({"optimistic", "hopeful", "confident", "sure", "certain", "convinced", "pessimistic", "sceptical",
                     "skeptical", "doubtful", "upbeat", "bullish", "sanguine"})  # fmt: skip
_CHANCES = frozenset({"chance", "chances", "likelihood", "probability", "odds", "possibility", "confidence", "hopes"})


def expectation(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """What somebody expects of the dispute."""
    fact = factuality(p, group)
    if _expects(p, group):
        return _own(p, group, seen) if fact in ("actual", "future", "threat") else None
    if _foreseen(p, group) and fact == "actual":
        return claim(p, group, "claim-expectation", sides(p, group, seen), seen, ahead=True)
    if fact == "actual" and (_hoping(p, group) or _close(p, group, seen) or _chances(p, group, seen)):
        own = bool(group.subjects) and not speaking(group)
        return claim(p, group, "claim-expectation", sides(p, group, seen), seen, ahead=True, own=own)
    if fact == "threat" and _possible_soon(p, group, seen):
        return claim(p, group, "claim-expectation", sides(p, group, seen), seen, ahead=True)
    if (
        _work_out(p, group, seen)
        or _in_all_likelihood(p, group)
        or _surprised(p, group)
        or _possible_elsewhere(p, group, seen, fact)
    ):
        return claim(p, group, "claim-expectation", sides(p, group, seen), seen, ahead=True)
    if _foretold(p, group, fact):
        return claim(p, group, "claim-expectation", sides(p, group, seen), seen, ahead=True)
    if fact != "expect" or _tariffed(p, group) or group.classes & _CONTACTS:
        return None
    region = words_in(p, group)
    if group.governor is not None:
        region |= words_in(p, group.governor)
    foretold = group.governor is not None and group.modal in ("will", "would", "can", "could", "may", "might")
    if not (region & HOPED or foretold or _of_dispute(p, group)) or region & ECONOMIC:
        return None
    return claim(p, group, "claim-expectation", sides(p, group, seen), seen, ahead=True)


def _work_out(p: Parsed, group: Group, seen: Discourse) -> bool:
    """'“We'll work something out,” he told reporters'."""
    ours = p.low(group.left) in ("we", "i", "“", '"') or p.low(group.start - 1) in ("we", "i")
    settled = "reach" in group.classes or (
        group.lemma in ("have", "make", "get", "do") and words_in(p, group) & {"deal"}
    )
    return ours and bool(settled) and group.modal in ("will", "'ll") and speaker_of(p, group, seen) is not None


def _in_all_likelihood(p: Parsed, group: Group) -> bool:
    """'the truce would in all likelihood be extended'."""
    return bool({"likelihood", "probability"} & {p.low(k) for k in range(group.start, group.end + 4)}) and bool(
        group.modal
    )


def _of_dispute(p: Parsed, group: Group) -> bool:
    """Whether a clause names a measure, a court or a deal."""
    kinds = {"measure", "fee", "deal", "pact", "court", "ruling", "retaliation", "statement"}
    return any(t.kind in kinds and group.left <= t.start < max(group.right, group.end) for t in p.things)


def _foreseen(p: Parsed, group: Group) -> bool:
    """'a decision is likely before July', 'that award is not anticipated before next year'."""
    if any(g.governor is group and g.infinitive for g in p.groups):
        return False
    words = words_in(p, group)
    likely = group.lemma == "be" and {"likely", "unlikely", "probable", "conceivable"} & {
        p.low(k) for k in range(group.end, group.end + 3)
    }
    foreseen = group.passive and "expect" in group.classes and p.low(group.end) not in ("in", "at", "for")
    subject = {p.low(k) for k in range(group.left, group.start)} & HOPED
    return bool(likely or foreseen) and bool(subject) and not words & ECONOMIC


def _foretold(p: Parsed, group: Group, fact: str) -> bool:
    """'the fifteen could be gone by Christmas, an economist said': what somebody of no side says is to come."""
    report = reporter_of(group)
    if report is None or report.negated or speaking(group) or fact not in ("future", "threat") or group.infinitive:
        return False
    if group.modal not in ("will", "would", "could", "may", "might", "'ll") or not words_before(p, report) & _OUTSIDERS:
        return False
    words = words_in(p, group)
    return bool(words & HOPED or _of_dispute(p, group)) and not words & ECONOMIC


_OUTSIDERS = word_set("expectations outsiders")


def _surprised(p: Parsed, group: Group) -> bool:
    """'we should be surprised to see money this quarter'."""
    after = [p.low(k) for k in range(group.end - 1, group.end + 2)]
    return group.modal in ("would", "should") and "surprised" in after


def _possible_elsewhere(p: Parsed, group: Group, seen: Discourse, fact: str) -> bool:
    """'refunds could be frozen overnight': possible, and no act of a side."""
    if fact != "threat" or group.modal not in ("could", "may", "might") or group.negated:
        return False
    if _tariffed(p, group) or group.classes & (_TOLD_ELSEWHERE | {"retaliate", "consider"}):
        return False
    region = words_in(p, group)
    legal = region & {"court", "justices", "refund", "refunds", "appeal", "ruling", "judges"}
    return bool(legal) and not region & ECONOMIC


def _expects(p: Parsed, group: Group) -> bool:
    kinds = group.classes
    return bool(kinds & {"expect", "hope", "doubt"}) and not group.passive and not group.infinitive


def _own(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """'expects a deal', 'does not expect a quick solution', 'doubt that the truce will hold'."""
    below = [g for g in p.groups if g.governor is group]
    if any(
        (g.modal or g.classes & _TOLD_ELSEWHERE) and not group.negated and "doubt" not in group.classes for g in below
    ):
        return None
    region = words_in(p, group)
    for other in below:
        region |= words_in(p, other)
    dealt = any(t.kind in ("deal", "court") for t in p.things)
    plain = group.lemma in ("expect", "anticipate", "doubt", "reckon")
    if not (plain or region & HOPED or _of_dispute(p, group)) or (region & ECONOMIC and not dealt):
        return None
    return claim(p, group, "claim-expectation", sides(p, group, seen), seen, ahead=True, own=True)


def _hoping(p: Parsed, group: Group) -> bool:
    """'is hopeful of an agreement', 'sounded optimistic about reaching a deal'."""
    linking = group.lemma in ("be", "sound", "seem", "appear", "remain", "look", "feel", "become", "grow", "express")
    after = {p.low(k) for k in range(group.end, group.end + 5)}
    below = [g for g in p.groups if g.governor is group]
    words = words_in(p, group).union(*(words_in(p, g) for g in below)) if below else words_in(p, group)
    if any(g.modal for g in below) and group.lemma == "be":
        return False
    hoped = bool(words & HOPED) or (bool(speaking(group)) and bool(after & {"optimistic", "pessimistic", "hopeful"}))
    return linking and bool(after & (_HOPING | {"confidence", "hope", "optimism"})) and hoped


def _close(p: Parsed, group: Group, seen: Discourse) -> bool:
    """'is close to a deal', 'a deal is near', 'several deals were within reach'."""
    if group.lemma not in ("be", "come", "get", "near", "approach") or not (
        speaking(group) or speaker_of(p, group, seen)
    ):
        return False
    after = [p.low(k) for k in range(group.end, group.end + 4)]
    away = "away" in after and bool({"weeks", "days", "hours", "months", "inches"} & set(after))
    near = away or bool(set(after) & _NEAR) or group.lemma in ("near", "approach")
    return near and any(t.kind == "deal" for t in p.things if group.left <= t.start < group.end + 10)


def _chances(p: Parsed, group: Group, seen: Discourse) -> bool:
    """'there is a good chance of an agreement', 'it will take until spring to reach a deal'."""
    if group.lemma not in ("be", "have", "see", "hide", "express"):
        return False
    words = words_in(p, group)
    if words & {"guess", "bet", "hunch", "scenario", "forecast"} and words & {"his", "her", "our", "their", "my"}:
        return group.lemma == "be"
    return bool(words & _CHANCES) and bool(words & HOPED) and bool(speaker_of(p, group, seen) or group.subjects)


def _possible_soon(p: Parsed, group: Group, seen: Discourse) -> bool:
    """'a deal could be announced as early as this week, Greer said'."""
    if group.modal == "can" or group.classes & _TOLD_ELSEWHERE or not speaker_of(p, group, seen):
        return False
    dealt = any(t.kind == "deal" for t in p.things if group.left <= t.start < max(group.right, group.end))
    return (
        dealt
        and not group.negated
        and bool(group.classes & {"reach", "announce", "sign", "conclude", "extend", "publish"})
    )


def _tariffed(p: Parsed, group: Group) -> bool:
    acts = group.classes & {"impose", "raise", "cut", "suspend", "lift", "end"}
    return bool(acts) and any(
        t.kind in ("measure", "fee", "tax") for t in p.things if group.left <= t.start < max(group.right, group.end)
    )
