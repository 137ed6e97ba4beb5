"""Denials: a thing put to a speaker that he denies, rejects or calls untrue, or of which he says there is none."""

from __future__ import annotations

from detente.read.claim_parts import (
    HOPED,
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
from detente.read.clauses import Parsed
from detente.read.drafts import Draft, sides_in
from detente.read.factuality import factuality
from detente.read.names import Discourse, Mention
from detente.read.speech import reporter_of, speaker_of
from detente.read.tables import table, word_set
from detente.read.verbs import Group
from detente.read.voices import voice_of

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
    if (group.classes & {"see"} or group.lemma in ("see", "hear", "find", "know")) and not group.negated:
        return _sees_none(p, group, seen)
    if _kept(p, group):
        return claim(p, group, "claim-denial", sides(p, group, seen), seen)
    if _contrary_to(p, group):
        return claim(p, group, "claim-denial", sides(p, group, seen), seen)
    found = _untrue(p, group, seen) or _none_such(p, group, seen) or _will_not(p, group, seen)
    found = found or _said_not(p, group, seen)
    return found or (claim(p, group, "claim-denial", sides(p, group, seen), seen) if _says_no(p, group, seen) else None)


_NO = frozenset({"no", "not", "none", "nothing", "never", "neither", "nor", "nobody", "hardly", "nonsense"})


def answered(p: Parsed, seen: Discourse) -> Draft | None:
    """'Would the talks be taken up again? No, he said', 'China's embassy: no such call has taken place'."""
    colon = next((k for k in range(1, 7) if p.low(k) == ":"), 0)
    who = next((m for m in p.named if m.parties and m.kind != "place"), None)
    if who is None and p.low(0) in ("“", '"') and p.low(1) == "no":
        who = seen.last_person  # 'a reporter asked the president. “No.”'
    said = who is not None and colon > 0 and _says_after(p, colon, who)
    if p.sentence.heading or who is None or not (said or _answers_no(p, seen)):
        return None
    start = p.words[0].start if seen.asked is None else seen.asked[0]
    end = next((k for k in range(1, len(p.words)) if p.low(k) in (";", ":") and k > colon), len(p.words))
    other = seen.other(who.parties[0])
    return Draft(
        "claim-denial",
        (who.parties[0], other) if other else who.parties[:1],
        [(start, p.words[end - 1].end)],
        speaker=who.name or None,
        key="claim-denial",
        paragraph=p.sentence.paragraph,
        order=p.words[0].start,
    )


def _says_after(p: Parsed, colon: int, who: Mention) -> bool:
    """Whether what somebody says after a colon begins with a no."""
    spoken = bool({p.low(k) for k in range(colon)} & SPOKESMEN) or who.kind in ("person", "body")
    verb_after = bool(p.groups) and p.groups[0].start > colon
    return spoken and verb_after and who.start < colon and bool(_NO & {p.low(k) for k in range(colon + 1, colon + 4)})


_PRONOUNS = frozenset({"“", '"', "”", "‘", "it", "he", "she", "they", ",", "the"})


def _answers_no(p: Parsed, seen: Discourse) -> bool:
    """Whether a sentence answers the question before it with a no, and somebody says so."""
    first = [p.low(k) for k in range(9) if p.low(k) not in _PRONOUNS]
    group = p.groups[0] if p.groups else None
    plain = bool(set(first[:1]) & _NO) or first[:3] in (["by", "no", "means"], ["far", "from", "it"])
    plain = plain or (group is not None and group.negated and group.start <= 2 and group.lemma in ("have", "be", "do"))
    told = any("say" in g.classes for g in p.groups[:2]) or p.has("according") or p.low(0) in ("“", '"')
    outright = (p.low(0) == "no" and p.low(1) == ",") or first[:2] == ["not", "so"]
    asked = seen.asked is not None or outright
    return plain and told and asked and not p.has("nobody") and p.low(1) not in ("one", "reason")


def _denied(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    if group.passive and not (_PUT & words_before(p, group) or _by_official(p, group)):
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


def _by_official(p: Parsed, group: Group) -> bool:
    """'was turned down by the Commission', 'was denied by a senior official'."""
    near = range(group.end, group.end + 7)
    if p.low(group.end) != "by" and p.low(group.end + 1) != "by":
        return False
    return any(p.low(k) in SPOKESMEN for k in near) or bool(sides_in(p.within(group.end, group.end + 7)))


def _untrue(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """'called the charge groundless', 'there is no truth in', 'the report is not true, a spokesman said'."""
    if group.infinitive or group.modal or "rule" in group.classes or factuality(p, group) != "actual":
        return None
    own = bool(group.classes & {"call", "describe"}) or group.lemma == "dismiss"
    put = bool(words_in(p, group) & (_PUT - {"charges", "charge", "demand", "demands"}))
    linking = group.lemma in ("be", "seem", "appear", "have", "do", "make") or p.low(group.head) in _UNTRUE
    flat = linking and p.low(group.end) == "true" and group.negated
    if not own and not (linking and (put or flat or speaker_of(p, group, seen))):
        return None
    hung = next((g.end for g in p.groups if g.governor is group and g.marker == "reduced"), 0) if own else 0
    lows = [p.low(k) for k in range(group.start, max(group.right, group.end, hung))]
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
    spoken = words_before(p, group) & SPOKESMEN
    if not none or not following & (about | {"such"}) or not (group.subjects or speaking(group) or spoken):
        return None
    return claim(p, group, "claim-denial", sides(p, group, seen), seen, own=not speaking(group))


def _none_such(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """'there are no talks, a spokesman said', 'had made no such promise', 'are not holding consultations'."""
    if group.modal or group.infinitive or not (speaking(group) or _spokesman(p, group) or voice_of(p)):
        return None
    if group.marker in ("since", "because", "if", "unless", "reduced"):
        return None
    if speaker_of(p, group, seen) is None and reporter_of(group) is None:
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


_SIDE = frozenset(
    {"side", "word", "promise", "promises", "commitments", "commitment", "obligations", "bargain", "part"}
)


_LAWFUL = (("in", "line", "with"), ("consistent", "with"), ("in", "accordance", "with"), ("in", "keeping", "with"),
           ("compatible", "with"), ("perfectly", "legal"), ("lawful",), ("legitimate",))  # fmt: skip


def _kept(p: Parsed, group: Group) -> bool:
    """'It maintains that it has kept its side': what a side says of itself, against a reproach."""
    own, said = sides_in(group.subjects), speaking(group)
    if not (said or (own and reporter_of(group))) or group.negated or group.modal or group.infinitive:
        return False
    if own and said and not set(own) & set(said):
        return False
    lawful = any(tuple(p.low(group.end + i + k) for k in range(len(t))) == t for t in _LAWFUL for i in range(3))
    if lawful and (group.lemma in ("be", "remain") or "keepword" in group.classes):
        return factuality(p, group) == "actual"
    if group.lemma in ("accord", "conform"):
        return True
    keeping = group.lemma in (
        "honour",
        "honor",
        "comply",
        "fulfil",
        "fulfill",
        "abide",
        "live up",
        "stand by",
        "respect",
    )
    kept = group.classes & {"keep"} and words_after(p, group) & _SIDE
    return bool((keeping and group.perfect) or kept) and factuality(p, group) == "actual"


_OPEN = word_set("denials open")
_UNSAYING = frozenset(word.replace("_", " ") for word in word_set("denials undecided verbs"))


_TOPICS = _ABOUT | _PUT | HOPED | {"problem", "breach", "condition", "law", "practice", "practices"}


_TOLD = word_set("denials told")


def _contrary_to(p: Parsed, group: Group) -> bool:
    """'contrary to what has been reported, no undertaking has been given', 'notwithstanding what is insinuated'."""
    at = next((k for k in range(len(p.words)) if p.low(k) in ("contrary", "notwithstanding")), -1)
    if at < 0 or group.marker in ("which", "who", "reduced") or group.infinitive or group.modal:
        return False
    first = at + 2 if p.low(at + 1) == "to" else at + 1
    told = any(p.low(k) in _TOLD for k in range(first, first + 9))
    aside = at <= group.start <= first + 8
    return told and not aside and factuality(p, group) == "actual" and (group.negated or group.perfect or group.passive)


def _none_of_it(p: Parsed, group: Group) -> bool:
    """'there could be no question of it, he said', 'will have none of it'."""
    no_question = group.lemma == "be" and "question" in words_in(p, group) and p.low(group.end) == "no"
    if no_question and (speaking(group) or _spokesman(p, group)):
        return True
    none = p.low(group.end) in ("none", "nothing") and p.low(group.end + 1) == "of"
    told = group.lemma in ("have", "hear") and none and bool(group.subjects)
    return told and factuality(p, group) in ("actual", "future")


def _says_no(p: Parsed, group: Group, seen: Discourse) -> bool:
    """'the negotiations have not collapsed, Liu told television', 'there was no intention of walking away, it said'."""
    if _none_of_it(p, group):
        return True
    if group.modal or group.infinitive or group.lemma in _UNSAYING or (group.form == "g" and not group.progressive):
        return False
    if group.marker in ("if", "unless", "since", "because", "as", "which", "who", "reduced", "while", "until"):
        return False
    heard = speaking(group) or _spokesman(p, group) or (p.according_to and not group.governor)
    if not heard or factuality(p, group) not in ("actual", "denied"):
        return False
    words = words_in(p, group)
    first = {p.low(k) for k in range(group.left, min(group.left + 4, group.end + 1))}
    after = {p.low(k) for k in range(group.end, group.end + 2)}
    said = group.negated or first & {"no", "nothing", "none", "neither", "nor", "nobody"} or after & {"no", "nothing"}
    own = sides_in(group.subjects)
    other = own and speaking(group) and not set(own) & set(speaking(group))
    about = bool(words & _TOPICS) or any(set(t.low.split()) <= words for t in p.things) or bool(p.rates)
    first |= {p.low(k) for k in range(group.left - 1, group.left)}
    if (first & {"nothing"} and group.form == "n" and not group.perfect) or not (about or own or _spokesman(p, group)):
        return False
    return bool(said) and not other and not words & _OPEN and (reporter_of(group) or p.according_to) is not None


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
    shut = (group.lemma == "hear" and p.low(group.end) == "of") or group.lemma in ("accept", "tolerate", "entertain")
    if shut and group.negated and factuality(p, group) in ("actual", "future") and (group.subjects or speaking(group)):
        return claim(p, group, "claim-denial", sides(p, group, seen), seen, own=not speaking(group))
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
