"""Candidates: what a sentence may tell by the rules or by its shares, and what speaks for and against each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from detente.read.clauses import Parsed
from detente.read.drafts import Draft
from detente.read.factuality import factuality
from detente.read.learned.fill import filled
from detente.read.learned.pieces import Piece
from detente.read.names import Discourse
from detente.read.proposal import KINDS, Kind

NONE = len(KINDS)
WORTH = 0.2  # the least share of a kind that makes a candidate
_PLACE = {kind: at for at, kind in enumerate(KINDS)}
_UNSURE = tuple(_PLACE[kind] for kind in KINDS if kind in ("claim-threat", "claim-offer", "claim-expectation"))
_NO = frozenset({"no", "not", "n't", "never", "nor", "neither", "none", "nobody", "without"})
_UNREAL = frozenset({"none", "threat", "expect", "denied", "asked"})
_MADE = frozenset({"call", "meeting", "round", "planned-talk", "arrangement", "commitment"})  # not made by "no deal"

Shares = Sequence[Sequence[float]]  # of a sentence: [piece][kind], the last of none


@dataclass(slots=True)
class Candidate:
    """A kind told by pieces `[first, last]`, `best` the one that tells it best; `rule` where a rule says so.

    `told` is how likely that piece tells anything; `doubt`, for a measure, how likely its words are a threat, an offer
    or an expectation.
    """

    kind: Kind
    first: int
    last: int
    best: int
    rule: bool
    draft: Draft
    told: float = 0.0
    doubt: float = 0.0
    facts: dict[str, float] = field(default_factory=dict)
    chance: float = 0.0

    def meets(self, other: Candidate) -> bool:
        """Whether two rest on a piece both have."""
        return self.first <= other.last and other.first <= self.last


def candidates(p: Parsed, found: list[Piece], shares: Shares, drafts: list[Draft], seen: Discourse) -> list[Candidate]:
    """All that may be told in a sentence, with what speaks for each."""
    out = [_of_rule(draft, found, shares) for draft in drafts if draft.parties]
    out += _of_shares(p, found, shares, out, seen)
    for one in out:
        one.told = 1 - shares[one.best][NONE]
        if one.kind.startswith("measure"):
            one.doubt = max(sum(row[k] for k in _UNSURE) for row in shares[one.first : one.last + 1])
        one.facts = _facts(one, out, shares, found)
    return out


def _of_rule(draft: Draft, found: list[Piece], shares: Shares) -> Candidate:
    start, end = draft.spans[0]
    at = _PLACE[draft.kind]
    spans = [piece.span for piece in found]
    inside = [i for i, (a, b) in enumerate(spans) if a < end and start < b] or [0]
    head = next((i for i in inside if spans[i][0] <= draft.order < spans[i][1]), None)
    best = max(inside, key=lambda i: shares[i][at]) if head is None else head
    return Candidate(draft.kind, inside[0], inside[-1], best, True, draft)


def _of_shares(
    p: Parsed, found: list[Piece], shares: Shares, ruled: list[Candidate], seen: Discourse
) -> list[Candidate]:
    """What no rule has drafted: runs of pieces with a share worth looking at."""
    out = []
    for at, kind in enumerate(KINDS):
        share = [row[at] for row in shares]
        if max(share) < WORTH:
            continue
        for first, last in _runs(found, share):
            if any(c.kind == kind and c.first <= last and first <= c.last for c in ruled):
                continue
            if kind in _MADE and "no" in (p.low(k) for k in range(found[first].start, found[last].end)):
                continue
            if (kind in _MADE or kind.startswith("measure")) and _unreal(found[first : last + 1]):
                continue
            draft = filled(p, kind, found[first].start, found[last].end, seen)
            if draft is not None:
                best = max(range(first, last + 1), key=lambda i: share[i])
                out.append(Candidate(kind, first, last, best, False, draft))
    return out


def _unreal(run: list[Piece]) -> bool:
    """Whether every verb of the pieces tells what is not so, or is only threatened, expected or asked for."""
    facts = {factuality(piece.p, group) for piece in run for group in piece.groups}
    return bool(facts) and facts <= _UNREAL


def _runs(found: list[Piece], share: list[float]) -> list[tuple[int, int]]:
    """Pieces beside each other that may tell one thing: a semicolon or a second rate parts them, and what tells it far
    less than the piece before is no part of it."""
    out: list[tuple[int, int]] = []
    peak = 0.0
    for i, piece in enumerate(found):
        if share[i] < WORTH:
            continue
        if not out or out[-1][1] < i - 1 or _parted(found[i - 1], piece):
            out.append((i, i))
            peak = share[i]
        elif share[i] >= peak / 4:
            out[-1] = (out[-1][0], i)
            peak = max(peak, share[i])
    return out


def _parted(a: Piece, b: Piece) -> bool:
    return a.p.low(b.start - 1) == ";" or bool(a.rates and b.rates)


def _facts(one: Candidate, all_of: list[Candidate], shares: Shares, found: list[Piece]) -> dict[str, float]:
    """What speaks for and against a candidate, by name."""
    kind, draft = one.kind, one.draft
    out = _of_share(one, shares)
    out |= {
        "bias": 1.0,
        f"kind {kind}": 1.0,
        f"best {kind}": out["best"],
        "pieces": float(one.last - one.first),
        "weak": float(draft.weak),
        "dated": float(draft.date is not None),
        "rated": float(draft.rate is not None),
        "spoken": float(draft.speaker is not None),
        "silent": float(not any(c.rule for c in all_of)),
    }
    if kind.startswith("measure"):
        out["doubt"] = _odds(one.doubt)
    best = found[one.best]
    moods = [f"{kind} {fact}" for fact in {factuality(best.p, g) for g in best.groups}]
    if any(w.low in _NO for w in best.p.words[best.start : best.end]):
        moods.append(f"{kind} no")
    out |= dict.fromkeys(moods, 1.0)
    if one.rule:
        out |= {f"rule {name}": out[name] for name in ("bias", "best", "told", "margin", "rated")}
        out |= dict.fromkeys((f"rule kind {kind}", *(f"rule {mood}" for mood in moods)), 1.0)
    for other in all_of:
        if other.rule and other.kind != kind and one.meets(other):
            out |= dict.fromkeys(("rival", f"rival {other.kind}", f"rival {other.kind} {kind}"), 1.0)
    return out


def _of_share(one: Candidate, shares: Shares) -> dict[str, float]:
    """What the shares of its pieces say, and those of the rest of the sentence."""
    at = _PLACE[one.kind]
    best = shares[one.best]
    other = max(share for k, share in enumerate(best[:NONE]) if k != at)
    out = {
        "best": _odds(max(row[at] for row in shares[one.first : one.last + 1])),
        "told": _odds(1 - best[NONE]),
        "margin": math.log((best[at] + 1e-3) / (other + 1e-3)),
    }
    rest = [*shares[: one.first], *shares[one.last + 1 :]]
    if rest:
        out["around"] = _odds(max(row[at] for row in rest))
        out["around told"] = _odds(1 - min(row[NONE] for row in rest))
    return out


def _odds(share: float) -> float:
    share = min(max(share, 1e-3), 1 - 1e-3)
    return math.log(share / (1 - share))
