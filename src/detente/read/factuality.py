"""Whether a clause tells a fact, a promise, a threat, an offer, an expectation, a denial or none of these.

The answer of a verb is folded over the verbs it hangs on: 'refused to rule out imposing' is a threat because 'rule out'
turns a thing into its denial and 'refuse' turns it back.
"""

from __future__ import annotations

from typing import Literal, cast

from detente.read.clauses import Parsed
from detente.read.tables import table, word_set
from detente.read.verbs import Group

Fact = Literal["actual", "future", "commit", "threat", "offer", "expect", "denied", "claimed", "asked", "none"]

_POSSIBLE = frozenset({"could", "may", "might", "can", "cannot"})
_OUGHT = frozenset({"should", "ought", "must"})
_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "provided", "whatever"})

# What an infinitive or gerund becomes by the noun or adjective it hangs on.
_LEADS: dict[str, Fact] = {word: cast(Fact, row["fact"]) for row in table("leads.csv") for word in row["words"].split()}

_REFUSING = frozenset({"refuse", "fail", "refrain", "prevent"})


def factuality(p: Parsed, group: Group) -> Fact:
    """What kind of statement a verb makes; 'none' for what is not said to be, neither now nor to come."""
    if not group.fact:
        group.fact = _found(p, group)
    return cast(Fact, group.fact)


def _found(p: Parsed, group: Group) -> Fact:
    if p.low(0) in ("suppose", "imagine", "supposing"):
        return "none"
    if p.words[-1].text == "?" or (len(p.words) > 1 and p.words[-2].text == "?"):
        return "none"
    return _fold(p, group, 0)


def _fold(p: Parsed, group: Group, depth: int) -> Fact:
    own = _own(p, group)
    if own == "none" or depth > 8:
        return own
    if (
        own == "actual"
        and group.marker in ("that", "which")
        and any(t.kind == "deal" and t.end == group.left for t in p.things)
        and group.form in "bs"
        and not group.classes & {"lapse", "effect", "end", "stay", "start"}
    ):
        return "commit"
    if own == "future" and group.marker == "that" and _word_given(p, group):
        return "commit"
    governor = group.governor
    if governor is None:
        return "none" if _in_doubt(p, group, depth) else own
    if group.infinitive or _bare_gerund(group):
        return _hanging(p, group, governor, depth)
    if group.marker in ("reduced", "attribute"):
        return own
    return _reported(p, own, governor, depth)


def _word_given(p: Parsed, group: Group) -> bool:
    """'gave its word that', 'an assurance that': what somebody has given his word for."""
    noun = p.low(group.left - 1) in _GIVEN_WORDS
    return noun and p.low(group.left - 2) not in ("no", "any", "without", "seek", "want")


_GIVEN_WORDS = frozenset(
    {"word", "assurance", "assurances", "promise", "pledge", "guarantee", "guarantees", "undertaking", "commitment"}
)


def _in_doubt(p: Parsed, group: Group, depth: int) -> bool:
    """'if it came to the conclusion that London was not complying': what hangs on a noun of a clause not told as so."""
    if group.marker != "that" or p.low(group.left - 1) not in _IDEAS:
        return False
    above = next((g for g in reversed(p.groups) if g.start < group.left and g.marker != "attribute"), None)
    return above is not None and above.governor is not group and _own(p, above) == "none"


_IDEAS = frozenset({"conclusion", "view", "idea", "notion", "hope", "condition", "fear", "possibility", "impression"})


def _bare_gerund(group: Group) -> bool:
    return (group.form == "g" and group.start == group.head) or (group.perfect and bool(group.lead))


def _own(p: Parsed, group: Group) -> Fact:
    """By its own mood."""
    if group.marker == "once" and {"is", "are", "has", "have"} & {p.low(k) for k in range(group.start, group.end)}:
        return "none"  # 'would talk once the tariff is gone'
    if group.marker in _CONDITIONS or _inverted_condition(p, group):
        return "none"
    if group.form == "b" and not group.modal and not group.infinitive and _should_before(p, group):
        return "none"  # 'should the 50 per cent come'
    if any(
        p.low(k) in ("probably", "likely", "presumably", "perhaps", "possibly") for k in range(group.start, group.end)
    ):
        return "expect"
    if group.modal in ("will", "would") and _probably(p, group):
        return "expect"
    if group.progressive and group.lemma in ("come", "prepare") and not group.perfect and not group.modal:
        return "future"
    if unreal(p, group):
        return "none"
    if group.marker == "attribute":
        return "none" if group.lemma in ("plan", "propose", "threaten", "expect") else "actual"
    if group.modal in _POSSIBLE | {"would"} and _perfect(p, group):
        return "none"  # 'would have risen': what did not come
    if group.lemma == "face" and group.form in "bs" and not group.modal and conditional(p, group):
        return "threat"  # 'faces 30% unless it reaches a deal'
    if group.modal in _POSSIBLE:
        return "threat"
    if group.modal in _OUGHT:
        return "none"
    if group.modal == "would":
        return "threat" if conditional(p, group) else "future"
    if group.modal:
        return "threat" if conditional(p, group) else "future"
    if group.form in "bs" and not group.infinitive and group.classes & _CHANGING and _if_present(p, group):
        return "threat"
    if group.infinitive and group.governor is None and group.lead in _LEADS:
        return _LEADS[group.lead]
    if group.infinitive and group.governor is None:
        return "future" if p.sentence.heading or group.start <= 6 else "none"
    if group.progressive and not group.perfect and _soon(p, group):
        return "future"
    return "actual"


def _should_before(p: Parsed, group: Group) -> bool:
    at = next((k for k in range(group.start - 1, max(-1, group.start - 8), -1) if p.low(k) == "should"), -1)
    return at >= 0 and not any(at < g.start < group.start for g in p.groups if g.marker != "attribute")


def _perfect(p: Parsed, group: Group) -> bool:
    return any(p.low(k) in ("have", "'ve") for k in range(group.start, group.head))


_CHANGING = frozenset({"rise", "raise", "effect", "start", "lapse", "end", "fall", "lift", "suspend", "cut", "follow"})


def _if_present(p: Parsed, group: Group) -> bool:
    """'the rate goes up if partners retaliate', 'unless something gives, the fees start on Tuesday'."""
    return (
        group.marker not in ("if", "unless")
        and conditional(p, group)
        and any(g.marker in ("if", "unless") and g.form in "bs" and not g.modal for g in p.groups if g is not group)
    )


def _probably(p: Parsed, group: Group) -> bool:
    """'Most likely, …, both will extend it': a word for it at the head of the sentence."""
    head = {p.low(0), p.low(1)}
    told = head & {"probably", "likely", "presumably", "perhaps", "possibly", "conceivably"}
    return bool(told or (p.low(0) == "in" and "likelihood" in {p.low(2), p.low(3)})) and group.governor is None


def _soon(p: Parsed, group: Group) -> bool:
    """'are heading to Washington next week': a present that a time to come makes a future."""
    now = {p.low(k) for k in range(group.start, group.head)} & {"is", "are", "am", "'re", "'m", "'s", "be"}
    near = [t for t in p.times if group.left <= t.start < max(group.right, group.end)]
    return any(t.ahead is not None and t.past is None for t in p.times) or (
        bool(now) and any(t.ahead is not None and t.ahead.from_ > p.published for t in near)
    )


def _by_the_way(p: Parsed, other: Group) -> bool:
    """'if need be', 'if anything': no condition."""
    return p.low(other.left + 1) in ("need", "necessary", "anything", "any", "possible", "only", "not")


_UNDER = (
    (frozenset({"failing", "absent", "barring"}), frozenset({"that", "this", "a", "an", "such", "progress", "any"})),
    (frozenset({"event", "case"}), frozenset({"of"})),
    (frozenset({"that"}), frozenset({"case", "event"})),
    (frozenset({"depending"}), frozenset({"on", "upon"})),
    (frozenset({"on"}), frozenset({"condition"})),
    (frozenset({"provided", "providing"}), frozenset({"that"})),
    (frozenset({"without"}), frozenset({"a", "an", "agreement", "the", "such", "progress"})),
    (frozenset({"should"}), frozenset({"the", "talks", "a", "no", "it", "they", "negotiations"})),
    (frozenset({"failure"}), frozenset({"to"})),
)


_THEN: dict[str, set[str]] = {}
for _first, _after in _UNDER:
    for _word in _first:
        _THEN.setdefault(_word, set()).update(_after)


def unreal(p: Parsed, group: Group) -> bool:
    """'was to have started': what was planned and did not come."""
    lows = [p.low(k) for k in range(group.start, group.end)]
    return bool({"was", "were"} & set(lows)) and "to" in lows and "have" in lows


def _inverted_condition(p: Parsed, group: Group) -> bool:
    """'Should talks fail, …', 'were it to impose …'."""
    if p.low(0) in ("had", "were"):
        return group.start <= 8 and group in p.groups[:2]
    return p.low(0) == "should" and group is p.groups[0] and group.start <= 8 and group.modal in ("", "should")


def conditional(p: Parsed, group: Group) -> bool:
    """Whether the clause stands under an 'if' or 'unless' of the same sentence, or a phrase that does their work."""
    if p.low(0) in ("if", "unless", "whatever", "whoever", "failing", "absent") and group.start > 3:
        return True
    if p.low(0) == "under" and {p.low(k) for k in range(2, 6)} & {"proposal", "plan", "bill", "draft", "scenario"}:
        return True
    if p.under is None:
        p.under = _under_phrase(p)
    if p.under:
        return True
    for other in p.groups:
        if other is not group and other.marker in ("if", "unless", "lest") and not _by_the_way(p, other):
            gap = other.left - group.right if other.left > group.start else group.left - other.right
            if gap <= 12:
                return True
    return p.has("otherwise") or (p.low(0) == "should" and group is not p.groups[0] if p.groups else False)


def _under_phrase(p: Parsed) -> bool:
    """'in the event of', 'failing that', 'under the proposal'."""
    if p.low(0) == "under" and {p.low(k) for k in range(2, 6)} & {"proposal", "plan", "bill", "draft", "scenario"}:
        return True
    following = (w.low for w in p.words[1:])
    return any(then in _THEN.get(w.low, ()) for w, then in zip(p.words, following, strict=False))


def _hanging(p: Parsed, group: Group, governor: Group, depth: int) -> Fact:
    """An infinitive or gerund: by the noun before it, else by the verb."""
    if "allow" in governor.classes and not governor.negated and conditional(p, governor):
        return "threat"  # 'lets either side bring back its tariffs if the other fails'
    outer = _fold(p, governor, depth + 1)
    if _bare_gerund(group):
        return _gerund(p, group, governor, outer)
    if group.lead in _LEADS and (governor.passive or not _is_head(p, governor, group.lead)):
        fact = _LEADS[group.lead]
        if p.low(group.start - 2) in ("no", "any", "without", "neither", "not", "n't", "never"):
            return "none"  # 'has no plans to visit'
        return (
            "none"
            if outer == "none" and fact != "future"
            else _negated(governor, fact)
            if governor.lemma == "be"
            else fact
        )
    if outer == "actual" and governor.classes & {"request", "oblige", "do"} and _paper(p, governor):
        return "commit"  # 'the deal calls for the EU to buy'
    return _by_verb(governor, outer)


def _paper(p: Parsed, group: Group) -> bool:
    """Whether an agreement, a statement or the like is what speaks."""
    return any(t.kind in ("deal", "statement") and group.left <= t.start < group.start for t in p.things)


def _is_head(p: Parsed, governor: Group, low: str) -> bool:
    return p.low(governor.head) == low


def _gerund(p: Parsed, group: Group, governor: Group, outer: Fact) -> Fact:
    lead = group.lead
    if governor.lemma == "have" and not governor.perfect and group.subjects != governor.subjects:
        return "commit" if outer in ("actual", "future") else outer  # 'the sheet has China buying 25 million tonnes'
    if lead in ("without", "before", "against", "instead") or (
        lead == "from" and governor.classes & {"suspend", "refrain", "prevent", "stop", "ban"}
    ):
        return "none"
    if lead == "of" and "accuse" in governor.classes:
        return "claimed"
    if lead in ("of", "about", "on") and governor.classes & {
        "believe",
        "speak",
        "consider",
        "threaten",
        "warn",
        "discuss",
    }:
        return outer if outer in ("none", "asked") or governor.negated else "threat"
    if lead in ("of", "to", "about", "from", "in", "for", "on"):
        before = p.low(group.start - 2)
        if before in ("capable", "possibility", "prospect", "risk", "idea", "option", "chance", "short"):
            return "threat" if before in ("possibility", "prospect", "option", "idea", "risk") else "none"
        if before in ("threat", "warned"):
            return "threat"
        if before in _LEADS:
            return _LEADS[before]
    if lead in (
        "as",
        "after",
        "by",
        "while",
        "in",
        ",",
        "since",
        "despite",
        "for",
        "and",
        "following",
        "thereby",
        "with",
    ):
        return outer if outer != "claimed" else "actual"
    return _by_verb(governor, outer)


def _by_verb(governor: Group, outer: Fact) -> Fact:
    """What the verb it hangs on makes of it, given what that verb itself tells."""
    if outer in ("none", "asked"):
        return "none"
    kinds = governor.classes
    if kinds & _REFUSING or governor.lemma in ("stop", "cease"):
        return "denied" if not governor.negated else "actual"
    if "ruleout" in kinds:
        return "threat" if governor.negated or outer == "denied" else "denied"
    if governor.lemma == "let" and not governor.negated:
        return outer
    for wanted, fact in _BY_CLASS:
        if wanted in kinds:
            return _negated(governor, _weaker(outer, fact))
    if governor.lemma == "hesitate":
        return "threat" if governor.negated else "none"
    if governor.lemma == "have":
        return outer if governor.modal else "actual" if governor.form in "bsd" and not governor.negated else "none"
    return outer if not governor.negated else "none"


_BY_CLASS: tuple[tuple[str, Fact], ...] = (
    ("threaten", "threat"),
    ("warn", "threat"),
    ("vow", "future"),
    ("consider", "threat"),
    ("agree", "commit"),
    ("pledge", "commit"),
    ("oblige", "commit"),
    ("offer", "offer"),
    ("propose", "offer"),
    ("plan", "future"),
    ("schedule", "future"),
    ("decide", "future"),
    ("announce", "future"),
    ("order", "future"),
    ("expect", "expect"),
    ("hope", "expect"),
    ("request", "asked"),
    ("appeal", "asked"),
    ("want", "asked"),
    ("allow", "none"),
    ("deny", "denied"),
    ("accuse", "claimed"),
    ("discuss", "threat"),
)


def _weaker(outer: Fact, fact: Fact) -> Fact:
    """A promise that is itself only possible or expected is no more than that."""
    if outer in ("threat", "offer", "expect", "denied"):
        return outer
    return fact


def _negated(governor: Group, fact: Fact) -> Fact:
    return "none" if governor.negated else fact


_SURE = word_set("factuality sure")


def _hopeful(p: Parsed, governor: Group) -> bool:
    """'is optimistic that', 'was confident'."""
    if p.low(governor.head) in ("convinced", "persuaded"):
        return True
    return governor.lemma == "be" and any(p.low(k) in _SURE for k in range(governor.end, governor.end + 3))


def _reported(p: Parsed, own: Fact, governor: Group, depth: int) -> Fact:
    """A clause that a verb of saying or thinking governs."""
    outer = _fold(p, governor, depth + 1)
    if outer == "none":
        return "none"
    kinds = governor.classes
    if governor.negated and not kinds & {"deny"}:
        return "none"
    if "deny" in kinds:
        return "denied"
    if kinds & {"threaten", "warn"} and own in ("future", "threat"):
        return "threat"
    if "expect" in kinds and own == "future" and _paper(p, governor):
        return "commit"  # 'the agreement foresees that China will buy'
    if kinds & {"expect", "hope", "believe", "doubt"} or _hopeful(p, governor):
        return "expect"
    if "request" in kinds:
        return "asked"
    if kinds & {"propose", "offer"} and own in ("actual", "future"):
        return "offer"
    if "agree" in kinds and own == "future":
        return "commit"
    if "pledge" in kinds and own == "future":
        return "commit"
    if "accuse" in kinds and own == "actual":
        return "claimed"
    return own
