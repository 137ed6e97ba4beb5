"""What stands under a noun of threatening: 'the threat of a 50% duty', 'the prospect of higher tariffs'."""

from __future__ import annotations

from detente.read.amounts import Rate
from detente.read.clauses import Parsed, over
from detente.read.drafts import Draft, clause_span, products_in, span_of, times_of
from detente.read.proposal import Kind
from detente.read.tables import word_set
from detente.read.verbs import Group

_NOUNS = word_set("menaces nouns")
_SURE = frozenset({"threat", "threats", "ultimatum", "warning", "warnings"})
_WORSE = word_set("menaces worse")
_BETTER = frozenset({"removal", "reduction", "pause", "exemption", "extension"})
_HARD = frozenset({"measure", "fee", "tax", "retaliation", "increase", "imposition"})
_TURNED: dict[str, Kind] = {
    "measure-imposed": "claim-threat",
    "measure-raised": "claim-threat",
    "measure-announced": "claim-threat",
    "measure-cut": "claim-expectation",
    "measure-lifted": "claim-expectation",
    "measure-suspended": "claim-expectation",
}


def menaced(p: Parsed, at: int) -> bool:
    """Whether the noun phrase a word stands in hangs on a noun of threatening."""
    for k in range(at, max(0, at - 10), -1):
        low = p.low(k)
        if low in (",", ";", ":") or any(
            g.start == k and not g.infinitive and g.marker != "attribute" for g in p.groups
        ):
            return False
        hung = low in ("of", "over", "about") or (low == "to" and p.low(k - 1) in _SURE)
        if hung and any(p.low(j) in _NOUNS for j in (k - 1, k - 2)):
            return True
    return False


def _with_which(p: Parsed, at: int) -> bool:
    """'an increase to 30 per cent, with which Mr Trump had threatened, is off the table'."""
    spoken = [g for g in p.groups if g.start > at and g.marker not in ("attribute", "reduced")]
    first = spoken[0] if spoken else None
    if first is None or "threaten" not in first.classes or first.negated:
        return False
    return "with" in (p.low(first.left), p.low(first.left - 1)) and first.left - at < 25


def unreal_as(p: Parsed, draft: Draft) -> Draft:
    """A measure only threatened by the noun it hangs on, as the claim it is."""
    at = next((i for i, w in enumerate(p.words) if w.start == draft.order), None)
    if at is not None and draft.kind in _TURNED and (menaced(p, at) or _with_which(p, at)):
        draft.kind = _TURNED[draft.kind]
        draft.key = draft.kind
    return draft


def worse(p: Parsed, start: int, end: int) -> bool:
    """Whether a stretch names a measure that would make things worse: a new or higher one, or one with its rate."""
    named = [t for t in p.things if start <= t.start < end and t.kind in _HARD]
    better = any(start <= t.start < end and t.kind in _BETTER for t in p.things)
    if not named or better:
        return False
    rated = any(start <= r.start < end for r in p.rates)
    return (
        rated
        or any(t.kind in ("retaliation", "increase", "imposition") for t in named)
        or any(p.low(k) in _WORSE for k in range(start, end))
    )


_TALKED = word_set("menaces talked")
_GUESSED = frozenset({"guess", "bet", "forecast", "forecasts", "estimate", "prediction", "scenario"})
_GUESSERS = word_set("menaces guessers")
_CHANCY = frozenset(
    {"likely", "unlikely", "possible", "conceivable", "thinkable", "reach", "sight", "realistic", "cards"}
)


_LAWS = frozenset({"law", "statute", "statutes", "section", "clause", "act", "provision", "powers", "power"})


def talked_of(p: Parsed, rate: Rate, group: Group) -> Kind | None:
    """What a rate is when it is only talked of: drafted, wanted, guessed at; None where it is told as so."""
    subject = {p.low(k) for k in range(group.left if group.head_left < 0 else group.head_left, group.start)}
    after = {p.low(k) for k in range(group.end, max(group.right, group.end))}
    before = {p.low(k) for k in (rate.start - 1, rate.start - 2)}
    if before & {"threatened", "mooted", "rumoured", "rumored"}:
        return "claim-threat"
    if group.marker == "reduced" or group.marker == "attribute":
        return None
    if group.lemma in ("be", "see", "put", "assume", "expect", "forecast", "hope for", "bet", "settle", "end up"):
        if subject & _GUESSED or (subject & _GUESSERS and group.lemma != "be"):
            return "claim-expectation"
        if group.lemma == "be" and not group.negated and after & _CHANCY:
            return "claim-expectation"
    if group.lemma == "hope" or "bet" in group.lemma or group.lemma == "hope for":
        return "claim-expectation"
    if "allow" in group.classes and subject & _LAWS and rate.start >= group.end and not group.passive:
        return "claim-threat"  # 'the statute would allow 15 percent'
    if group.lemma in ("want", "press", "press for", "push", "push for", "like", "prefer", "aim", "ask", "demand"):
        return _wanted(p, rate, group)
    talked = subject & _TALKED and group.lemma in (
        "be",
        "put",
        "foresee",
        "provide",
        "set",
        "include",
        "contain",
        "list",
    )
    if talked and rate.start > group.start and not group.perfect and not subject & {"law", "order"}:
        return "claim-threat"
    mind = "mind" in subject or (
        group.lemma == "be" and after & {"figure", "number", "idea"} and rate.end <= group.start
    )
    return "claim-threat" if mind and group.lemma == "be" else None


def _wanted(p: Parsed, rate: Rate, group: Group) -> Kind | None:
    """'wants 25% on every car': a threat of whoever would charge it, nothing where it is relief that is wanted."""
    own = {c for m in group.subjects for c in m.parties}
    on = any(p.low(k) in ("on", "for") for k in (rate.end, rate.end + 1))
    return "claim-threat" if "USA" in own and rate.value > 0 and (on or p.low(rate.end) in ("of", "at")) else None


def by_menace(p: Parsed) -> list[tuple[int, int]]:
    """The nouns of threatening with what they threaten: the place of the noun, and where the phrase ends."""
    out: list[tuple[int, int]] = []
    for i, word in enumerate(p.words):
        if word.low not in _NOUNS:
            continue
        end = next((k for k in range(i + 1, min(i + 14, len(p.words))) if p.low(k) in (",", ";", ".", ":")), i + 14)
        hung = p.low(i + 1) in ("of", "over", "about", "to")
        if hung and (worse(p, i + 1, end) or (word.low in _SURE and any(i < r.start < end for r in p.rates))):
            out.append((i, min(end, len(p.words))))
    return out


def menace_draft(p: Parsed, at: int, end: int, parties: tuple[str, ...], speaker: str | None) -> Draft:
    """The threat a noun tells."""
    group = over(p, at)
    span = span_of(p, max(at - 1, 0), end) if group is None else clause_span(p, group)
    rate = next((r for r in p.rates if at < r.start < end), None)
    found = times_of(p, group) if group is not None else []
    when = next((w for t in found if (w := t.when(True))), None)
    return Draft(
        "claim-threat",
        parties[:2],
        [span],
        speaker=speaker,
        date=when,
        rate=rate,
        products=products_in(p, at, end),
        key="claim-threat",
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        order=p.words[at].start,
    )
