"""Claims: accusations of breach, denials, threats, offers and expectations, as somebody utters them."""

from __future__ import annotations

from detente.read.amounts import told_rate
from detente.read.clauses import Parsed
from detente.read.drafts import Draft, clause_span, day_of, products_in, sides_in, times_of
from detente.read.factuality import factuality
from detente.read.names import Discourse
from detente.read.proposal import Kind
from detente.read.speech import named_subject, speaker_of
from detente.read.tables import word_set
from detente.read.verbs import Group

_OBLIGING = frozenset({"deal", "pledge", "obligation", "rules", "statement"})
_RULES = word_set("claims rules")
_COUNTER = frozenset(
    {"countermeasures", "counter-measures", "measures", "steps", "action", "response", "retaliation", "consequences"}
)
_HOPED = word_set("claims hoped")
_ECONOMIC = word_set("claims economic")


def claims(p: Parsed, seen: Discourse) -> list[Draft]:
    """The claims a sentence holds, beyond measures threatened or offered (`measures`)."""
    out: list[Draft] = []
    for group in p.groups:
        if group.marker == "attribute":
            continue
        for finder in (_breach, _called_breach, _denial, _no_such, _threat, _offer, _expectation):
            draft = finder(p, group, seen)
            if draft is not None:
                out.append(draft)
                break
    return out


def _draft(
    p: Parsed,
    group: Group,
    kind: Kind,
    parties: tuple[str, ...],
    seen: Discourse,
    ahead: bool = False,
    own: bool = False,
) -> Draft:
    """`own` marks a verb that is itself the act of saying."""
    start, end = group.left, max(group.right, group.end)
    found = times_of(p, group)
    rate = told_rate([r for r in p.rates if start <= r.start < end])
    speaker = speaker_of(p, group, seen) or (named_subject(p, group) if own else None)
    return Draft(
        kind,
        parties[:2],
        [clause_span(p, group)],
        speaker=speaker,
        date=day_of(found, ahead),
        rate=rate,
        products=products_in(p, start, end),
        key=kind,
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        order=p.words[group.head].start,
    )


def _sides(p: Parsed, group: Group, seen: Discourse) -> tuple[str, ...]:
    """The side that speaks, then the side spoken of."""
    speaking = _speaking(group)
    spoken = [c for m in p.within(group.left, max(group.right, group.end)) if m.kind != "place" for c in m.parties]
    own = sides_in(group.subjects)
    return tuple(dict.fromkeys((*speaking, *own, *spoken))) or seen.pair()


def _speaking(group: Group) -> tuple[str, ...]:
    at = group.governor
    found: tuple[str, ...] = ()
    while at is not None:
        found = sides_in(at.subjects) or found
        at = at.governor
    return found


def _words_after(p: Parsed, group: Group) -> set[str]:
    return {p.low(k) for k in range(group.end, max(group.right, group.end))}


def _breach(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    kinds = group.classes
    after = _words_after(p, group)
    charged = group.lemma != "charge" or "with" in after
    if "accuse" in kinds and charged and group.lemma in ("accuse", "blame", "charge", "fault") and not group.negated:
        return _accusation(p, group, seen)
    broken = "violate" in kinds and bool(after & (_RULES | {"what"}) or _subject_rules(p, group))
    failed = "fail" in kinds and any(g.governor is group and g.classes & {"keepword", "do", "buy"} for g in p.groups)
    failed = failed or ("keepword" in kinds and group.negated) or ("fail" in kinds and bool(after & _RULES))
    if not (broken or failed) or (group.negated and broken):
        return None
    if factuality(p, group) not in ("actual", "claimed", "future") or _under_accusation(group):
        return None
    return _draft(p, group, "claim-breach", _accusing(p, group, seen), seen)


def _called_breach(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """'is a breach of the deal', 'called it a violation'."""
    named = any(t.kind == "breach" for t in p.things if group.end <= t.start < max(group.right, group.end))
    said = bool(group.classes & {"be", "describe", "call", "say", "criticise", "accuse", "see", "none"})
    if (
        not named
        or not said
        or group.negated
        or factuality(p, group) not in ("actual", "claimed")
        or _under_accusation(group)
    ):
        return None
    if not (speaker_of(p, group, seen) or group.subjects or group.classes & {"call", "describe"}):
        return None
    return _draft(
        p,
        group,
        "claim-breach",
        _sides(p, group, seen),
        seen,
        own="call" in group.classes or "describe" in group.classes,
    )


def _no_such(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """'there are no talks, a spokesman said', 'no such promise was made': a thing put to a speaker, denied."""
    speaker = speaker_of(p, group, seen)
    if speaker is None or group.modal or group.infinitive or not _speaking(group):
        return None
    region = [p.low(k) for k in range(group.left, max(group.right, group.end))]
    about = {
        "talks",
        "negotiations",
        "promise",
        "deal",
        "agreement",
        "call",
        "contact",
        "intention",
        "plans",
        "plan",
        "meeting",
        "commitment",
        "such",
        "concession",
        "concessions",
    }
    no = next((i for i, low in enumerate(region) if low in ("no", "never", "neither")), None)
    if no is None or not about & set(region[no : no + 5]) or "decision" in region:
        return None
    return _draft(p, group, "claim-denial", _sides(p, group, seen), seen) if factuality(p, group) == "actual" else None


def _subject_rules(p: Parsed, group: Group) -> bool:
    return group.passive and bool({p.low(k) for k in range(group.left, group.start)} & _RULES)


def _under_accusation(group: Group) -> bool:
    at = group.governor
    while at is not None:
        if "accuse" in at.classes and at.lemma in ("accuse", "blame", "charge"):
            return True
        if "deny" in at.classes:
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
        or words & _RULES
        or words & {"breach", "violation", "violating", "undermining"}
    )
    if not kept or factuality(p, group) in ("none", "asked"):
        return None
    own = sides_in(group.subjects)
    spoken = [c for m in p.within(group.end, end) if m.kind != "place" for c in m.parties]
    parties = tuple(dict.fromkeys((*own, *spoken))) or seen.pair()
    draft = _draft(p, group, "claim-breach", parties, seen, own=True)
    draft.spans = [(draft.spans[0][0], max(draft.spans[0][1], p.words[end - 1].end))]
    draft.date = None
    return draft


def _accusing(p: Parsed, group: Group, seen: Discourse) -> tuple[str, ...]:
    speaking = _speaking(group)
    blamed = sides_in(group.subjects)
    if not speaking and len(blamed) == 1 and (other := seen.other(blamed[0])):
        speaking = (other,)
    return tuple(dict.fromkeys((*speaking, *blamed))) or seen.pair()


def _denial(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    if "deny" not in group.classes or group.negated or group.infinitive or group.modal:
        return _groundless(p, group, seen)
    if "ruleout" in group.classes and group.negated:
        return None
    if group.passive and not group.subjects and not _things_denied(p, group):
        return None
    spoken = {p.low(k) for k in range(group.left, group.start)} & {
        "officials",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "ministry",
        "government",
        "official",
        "sources",
    }
    if not group.subjects and not group.passive and not spoken:
        return None
    if factuality(p, group) not in ("actual",) or p.low(group.end) in ("for", "until", "at"):
        return None
    parties = _sides(p, group, seen)
    return _draft(p, group, "claim-denial", parties, seen, own=True)


def _things_denied(p: Parsed, group: Group) -> bool:
    return bool(
        {p.low(k) for k in range(group.left, group.start)}
        & {"claim", "claims", "accusation", "accusations", "allegation", "report", "reports", "charge", "demand"}
    )


def _groundless(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """'called the charge groundless', 'there is no truth in'."""
    words = {p.low(k) for k in range(group.left, max(group.right, group.end))}
    hit = (
        words & {"groundless", "baseless", "unfounded", "untrue", "false", "fabricated", "nonsense"}
        or ({"no", "truth"} <= words)
        or ({"no", "basis"} <= words)
    )
    if not hit or group.infinitive or "rule" in group.classes:
        return None
    if factuality(p, group) not in ("actual",):
        return None
    return _draft(
        p,
        group,
        "claim-denial",
        _sides(p, group, seen),
        seen,
        own="call" in group.classes or "describe" in group.classes or group.lemma == "dismiss",
    )


_FORCEFULLY = word_set("claims forcefully")


def _threat(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    kinds = group.classes
    after = _words_after(p, group)
    fact = factuality(p, group)
    plain = group.lemma not in ("answer", "respond", "match", "counter") or bool(after & _FORCEFULLY)
    if "retaliate" in kinds and plain and fact in ("threat", "future", "offer") and not group.negated:
        return _draft(p, group, "claim-threat", _sides(p, group, seen), seen, ahead=True)
    if group.lemma == "reserve right" and fact == "actual":
        return _draft(p, group, "claim-threat", _sides(p, group, seen), seen, ahead=True, own=True)
    if (
        kinds & {"threaten", "vow"}
        and not group.negated
        and fact == "actual"
        and after & {"retaliation", "retaliatory", "response", "consequences", "countermeasures", "retaliate"}
    ):
        return _draft(p, group, "claim-threat", _sides(p, group, seen), seen, ahead=True, own=True)
    if (
        "warn" in kinds
        and fact == "actual"
        and not group.negated
        and after & {"consequences", "retaliation", "countermeasures", "response", "retaliate"}
    ):
        return _draft(p, group, "claim-threat", _sides(p, group, seen), seen, ahead=True, own=True)
    if (
        fact in ("future", "threat")
        and group.lemma in ("take", "adopt", "respond", "face", "follow", "do")
        and after & {"countermeasures", "counter", "consequences", "necessary", "resolute"}
        and not group.negated
    ):
        return _draft(p, group, "claim-threat", _sides(p, group, seen), seen, ahead=True)
    return None


def _offer(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    if "offer" not in group.classes or group.negated or group.passive:
        fact = factuality(p, group)
        if (
            fact == "offer"
            and not group.negated
            and not group.classes & {"meet", "speak", "phone", "negotiate", "say", "hold", "discuss", "be", "none"}
            and not _tariffed(p, group)
        ):
            return _draft(p, group, "claim-offer", _sides(p, group, seen), seen, ahead=True)
        return None
    if (
        any(g.governor is group and g.infinitive for g in p.groups)
        or factuality(p, group) != "actual"
        or not group.subjects
    ):
        return None
    if _words_after(p, group) & {"details", "comment", "evidence", "support", "explanation", "no", "few"}:
        return None
    return _draft(p, group, "claim-offer", _sides(p, group, seen), seen, ahead=True, own=True)


def _tariffed(p: Parsed, group: Group) -> bool:
    acts = group.classes & {"impose", "raise", "cut", "suspend", "lift", "end"}
    return bool(acts) and any(
        t.kind in ("measure", "fee", "tax") for t in p.things if group.left <= t.start < max(group.right, group.end)
    )


def _close_to(p: Parsed, group: Group) -> bool:
    """'is close to a deal', 'a deal is near'."""
    after = [p.low(k) for k in range(group.end, group.end + 4)]
    if not set(after) & {"close", "closer", "near", "nearing", "imminent", "within"}:
        return False
    return any(t.kind == "deal" for t in p.things if group.left <= t.start < group.end + 10)


_TOLD_ELSEWHERE = frozenset({"meet", "speak", "phone", "negotiate", "impose", "raise", "cut", "suspend", "lift"})


def _expectation(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    kinds = group.classes
    region = {p.low(k) for k in range(group.left, max(group.right, group.end))}
    if (
        kinds & {"expect", "hope"}
        and not group.passive
        and group.subjects
        and not group.infinitive
        and not group.negated
    ):
        if factuality(p, group) != "actual" or any(
            g.governor is group and (g.modal or g.classes & _TOLD_ELSEWHERE) for g in p.groups
        ):
            return None
        if region & _HOPED and not region & _ECONOMIC:
            return _draft(p, group, "claim-expectation", _sides(p, group, seen), seen, ahead=True, own=True)
        return None
    fact = factuality(p, group)
    if (
        group.lemma == "be"
        and fact == "actual"
        and not group.negated
        and _close_to(p, group)
        and (_speaking(group) or speaker_of(p, group, seen))
    ):
        return _draft(p, group, "claim-expectation", _sides(p, group, seen), seen, ahead=True)
    if fact != "expect" or group.negated or _tariffed(p, group) or kinds & {"meet", "speak", "phone", "negotiate"}:
        return None
    if group.governor is not None:
        region |= {p.low(k) for k in range(group.governor.left, group.governor.right)}
    if not (region & _HOPED) or region & _ECONOMIC:
        return None
    return _draft(p, group, "claim-expectation", _sides(p, group, seen), seen, ahead=True)
