"""Denials: a thing put to a speaker that he denies, rejects or calls untrue, or of which he says there is none."""

from __future__ import annotations

from detente.read.claim_parts import (
    SPOKESMEN,
    by_court,
    claim,
    outsiders,
    sides,
    speaking,
    words_after,
    words_before,
    words_in,
)
from detente.read.clauses import Parsed, voice_of
from detente.read.drafts import Draft, sides_in
from detente.read.factuality import factuality
from detente.read.names import Discourse
from detente.read.speech import reporter_of, speaker_of
from detente.read.tables import table, word_set
from detente.read.verbs import Group

_UNTRUE = word_set("denials untrue")
_PUT = word_set("denials put")
_ABOUT = word_set("denials about")
_PROCEDURE = frozenset({"bill", "amendment", "motion", "application", "petition", "entry", "access", "visa", "licence",
                        "license", "exemption", "nomination", "resolution"})  # fmt: skip
_NOT_TRUE = tuple(tuple(row["words"].split()) for row in table("untrue.csv"))


def denial(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """A thing put to the speaker, denied or rejected."""
    if by_court(p, group) or outsiders(p, group):
        return None
    if "deny" in group.classes and not group.negated and not group.infinitive and not group.modal:
        return _denied(p, group, seen)
    if group.classes & {"see"} or group.lemma in ("see", "hear", "find", "know"):
        return _sees_none(p, group, seen)
    return (
        _untrue(p, group, seen) or _none_such(p, group, seen) or _will_not(p, group, seen) or _said_not(p, group, seen)
    )


def _denied(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    if group.passive and not _PUT & words_before(p, group):
        return None
    spoken = words_before(p, group) & SPOKESMEN
    put = words_after(p, group) & _PUT
    if not group.subjects and not group.passive and not spoken and not put and group.form != "g":
        return None
    if group.form == "g" and not (group.subjects or speaking(group)):
        return None
    if words_after(p, group) & _PROCEDURE or p.low(group.end) in ("for", "until", "at"):
        return None
    if factuality(p, group) != "actual":
        return None
    return claim(p, group, "claim-denial", sides(p, group, seen, not group.passive), seen, own=not group.passive)


def _untrue(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """'called the charge groundless', 'there is no truth in', 'the report is not true, a spokesman said'."""
    if group.infinitive or group.modal or "rule" in group.classes or factuality(p, group) != "actual":
        return None
    own = bool(group.classes & {"call", "describe"}) or group.lemma == "dismiss"
    put = bool(words_in(p, group) & (_PUT - {"charges", "charge", "demand", "demands"}))
    linking = group.lemma in ("be", "seem", "appear", "have", "do", "make")
    flat = linking and p.low(group.end) == "true" and group.negated
    if not own and not (linking and (put or flat or speaker_of(p, group, seen))):
        return None
    lows = [p.low(k) for k in range(group.start, max(group.right, group.end))]
    hit = (set(lows) & _UNTRUE and (group.lemma != "be" or not group.negated)) or any(
        tuple(lows[i : i + len(t)]) == t for t in _NOT_TRUE for i in range(len(lows))
    )
    if not hit or (words_in(p, group) & {"trade", "unfair"} and not words_in(p, group) & _PUT and not own):
        return None
    return claim(p, group, "claim-denial", sides(p, group, seen), seen, own=own)


def _sees_none(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """'sees no connection', 'would hear nothing of it', 'knows nothing of a promise'."""
    first = group.end + (p.low(group.end) == "of")
    none = p.low(first) in ("no", "nothing", "neither")
    if none and first > group.end and {p.low(k) for k in range(first, first + 4)} & _ABOUT and bool(group.subjects):
        return claim(p, group, "claim-denial", sides(p, group, seen), seen, own=not speaking(group))
    about = {"connection", "link", "reason", "need", "of", "breach", "violation", "contradiction", "cause", "ground"}
    following = {p.low(k) for k in range(group.end + 1, group.end + 4)}
    if not none or not following & about or not (group.subjects or speaking(group)):
        return None
    return claim(p, group, "claim-denial", sides(p, group, seen), seen, own=not speaking(group))


def _none_such(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """'there are no talks, a spokesman said', 'had made no such promise', 'are not holding consultations'."""
    if group.modal or group.infinitive or not (speaking(group) or _spokesman(p, group) or voice_of(p)):
        return None
    if speaker_of(p, group, seen) is None:
        return None
    if factuality(p, group) != "actual":
        return None
    region = [p.low(k) for k in range(group.left, max(group.right, group.end))]
    if (
        group.negated
        and group.lemma == "be"
        and {"consideration", "discussion", "planned", "contemplated"} & set(region)
    ):
        return claim(p, group, "claim-denial", sides(p, group, seen), seen)
    no = next((i for i, low in enumerate(region) if low in ("no", "never", "neither", "none")), None)
    bare = group.negated and group.lemma in ("be", "have", "do") and group.right - group.end <= 1
    said = bare or (no is not None and (bool(_ABOUT & set(region[no : no + 5])) or region[no] == "none"))
    undone = (
        group.negated
        and bool(group.classes & {"speak", "meet", "phone", "negotiate", "agree", "pledge", "hold", "reach", "request"})
    ) or (group.negated and bool(_ABOUT & words_after(p, group)))
    unreal = group.negated and group.lemma in ("exist", "happen", "occur", "take place")
    undone = undone or (unreal and bool(_ABOUT & words_before(p, group)))
    own = sides_in(group.subjects)
    if own and speaking(group) and not set(own) & set(speaking(group)):
        return None  # what the other side does not do is no denial
    if not (said or undone) or set(region) & {"decision", "decisions", "yet", "comment"}:
        return None
    return claim(p, group, "claim-denial", sides(p, group, seen), seen)


def _said_not(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """'there is no unilateral offer, Bessent said', 'nothing had been conceded': what a side says is not so."""
    report = reporter_of(group)
    if report is None or report is not group.governor or report.negated or report.classes & _HOPING:
        return None
    if not (speaking(group) or _spokesman(p, group)) or group.infinitive or group.marker in _ASIDE or group.form == "g":
        return None
    if group.modal not in ("", "will", "would") or factuality(p, group) not in ("actual", "future"):
        return None
    if not _not_so(p, group) or _others(group):
        return None
    return claim(p, group, "claim-denial", sides(p, group, seen), seen)


def _not_so(p: Parsed, group: Group) -> bool:
    """Whether a clause says of what is between the sides that it is not so."""
    lows = [p.low(k) for k in range(group.left, max(group.right, group.end))]
    near = {*lows[: group.start - group.left + 1], p.low(group.end), p.low(group.end + 1)}
    empty = bool(near & {"no", "nothing", "none", "nobody"}) and group.lemma in ("be", "have", "exist")
    about = bool(set(lows) & _BETWEEN) or bool(group.classes & {"agree", "pledge", "reach", "negotiate", "discuss"})
    if not (group.negated or empty) or not about or set(lows) & _UNDECIDED:
        return False
    return not group.classes & _MENTAL and group.lemma not in _UNSAID


def _others(group: Group) -> bool:
    """What the other side does not do is no denial."""
    own, said = set(sides_in(group.subjects)), set(speaking(group))
    return bool(own) and bool(said) and not own & said


_ASIDE = frozenset({"which", "who", "if", "unless", "while", "when", "because", "until", "attribute", "reduced"})
_HOPING = frozenset({"expect", "hope", "believe", "doubt", "hint", "threaten", "warn"})
_UNDECIDED = word_set("denials undecided")
_BETWEEN = word_set("denials between")
_MENTAL = frozenset(
    {"expect", "hope", "believe", "want", "decide", "impose", "raise", "rise", "effect", "start", "keepword"}
)
_UNSAID = frozenset({"say", "know", "comment", "confirm", "rule", "specify", "name", "guess", "see", "need", "regard"})


def _spokesman(p: Parsed, group: Group) -> bool:
    report = reporter_of(group)
    return report is not None and bool(words_in(p, report) & SPOKESMEN)


_REFUSED = frozenset({"lift", "cut", "end", "suspend", "extend", "negotiate", "exempt", "resume", "sign", "agree"})


def _will_not(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """'would not lead to removal of the tariffs', 'will not renew the agreement', 'refused to lift its duties'."""
    about = words_in(p, group) & _WANTED
    if "refuse" in group.classes and not group.negated and factuality(p, group) == "actual" and group.subjects:
        refused = [g for g in p.groups if g.governor is group and g.infinitive and g.classes & _REFUSED]
        if refused and not any(g.classes & {"say"} for g in refused):
            return claim(p, group, "claim-denial", sides(p, group, seen), seen, own=True)
        return None
    if not group.negated or group.modal not in ("will", "would") or factuality(p, group) != "future" or not about:
        return None
    soft = group.classes & _REFUSED or group.lemma in ("lead", "mean", "bring", "budge", "yield", "change")
    if not soft or not (speaking(group) or group.subjects):
        return None
    return claim(p, group, "claim-denial", sides(p, group, seen), seen, ahead=True)


_WANTED = word_set("denials wanted")
