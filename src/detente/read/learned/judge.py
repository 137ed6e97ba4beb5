"""Which drafts of a sentence to believe: those of the rules weighed against what was learnt, and what they missed.

First every piece of a sentence gets shares: how likely it tells each kind of thing. Then candidates, the drafts of the
rules and runs of pieces with a share worth looking at, are each given a chance of being right, and the best are taken.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from detente.read.clauses import Parsed
from detente.read.drafts import Draft
from detente.read.factuality import factuality
from detente.read.learned.features import Before, features
from detente.read.learned.fill import filled
from detente.read.learned.pieces import Piece, pieces
from detente.read.learned.weights import Floats, Weights, weights
from detente.read.names import Discourse
from detente.read.proposal import KINDS, Kind

NONE = len(KINDS)
WORTH = 0.08  # the least share of a kind that makes a candidate
TAKEN = 0.37  # the least chance of what no rule has found
RULED = 0.25  # the same of what a rule has found
BESIDE = 0.6  # the same where another kind is taken on the same words, and not both by rules
SURE = 0.7  # the same for a measure in doubt
DOUBTFUL, RULE_DOUBTFUL = 0.1, 0.25  # the doubt from which on a measure needs more
_UNSURE = [KINDS.index("claim-threat"), KINDS.index("claim-offer"), KINDS.index("claim-expectation")]


@dataclass
class Candidate:
    """A kind told by pieces `[first, last]`, `best` the one that tells it best; `rule` where a rule says so."""

    kind: Kind
    first: int
    last: int
    best: int
    rule: bool
    draft: Draft
    doubt: float = 0.0  # for a measure, how likely its words are a threat, an offer or an expectation
    facts: dict[str, float] = field(default_factory=dict)
    chance: float = 0.0


class Judge:
    """Judges the sentences of one text in order."""

    def __init__(self, seen: Discourse, learnt: Weights | None = None) -> None:
        self.seen = seen
        self.learnt = learnt or weights()
        self.before = Before()

    def judged(self, p: Parsed, drafts: list[Draft]) -> list[Draft]:
        """The drafts of a sentence to go on with, in the order of its words."""
        chosen = choose(self.candidates(p, drafts))
        return sorted((c.draft for c in chosen), key=lambda d: d.order)

    def candidates(self, p: Parsed, drafts: list[Draft]) -> list[Candidate]:
        """All that may be told in a sentence, each with its chance."""
        found = pieces(p)
        shares = self.learnt.shares(features(found, self.seen, self.before))
        out = [_of_rule(draft, found, shares) for draft in drafts if draft.parties]
        out += _of_shares(p, found, shares, out, self.seen)
        for candidate in out:
            if candidate.kind.startswith("measure"):
                here = shares[candidate.first : candidate.last + 1]
                candidate.doubt = float(here[:, _UNSURE].sum(axis=1).max())
            candidate.facts = facts_of(candidate, out, shares, found)
            candidate.chance = self.learnt.chance(candidate.facts)
        return out


def choose(found: list[Candidate]) -> list[Candidate]:
    """The candidates with a good chance, the best first; one on words already taken for another kind needs more."""
    out: list[Candidate] = []
    for one in sorted(found, key=lambda c: (-c.chance, c.draft.order)):
        if one.chance >= _needed(one, out):
            out.append(one)
    return out


def _needed(one: Candidate, taken: list[Candidate]) -> float:
    """The least chance a candidate must have, given those taken before it."""
    rivals = [c for c in taken if c.kind != one.kind and _overlap(c, one) and not (c.rule and one.rule)]
    doubted = one.doubt > (RULE_DOUBTFUL if one.rule else DOUBTFUL)
    return max(SURE if doubted else 0.0, BESIDE if rivals else RULED if one.rule else TAKEN)


def _overlap(a: Candidate, b: Candidate) -> bool:
    return a.first <= b.last and b.first <= a.last


def _of_rule(draft: Draft, found: list[Piece], shares: Floats) -> Candidate:
    start, end = draft.spans[0]
    inside = [i for i, q in enumerate(found) if q.span[0] < end and start < q.span[1]] or [0]
    at = KINDS.index(draft.kind)
    head = [i for i in inside if found[i].span[0] <= draft.order < found[i].span[1]]
    best = max(inside, key=lambda i: shares[i, at])
    return Candidate(draft.kind, inside[0], inside[-1], (head or [best])[0], True, draft)


def _of_shares(
    p: Parsed, found: list[Piece], shares: Floats, ruled: list[Candidate], seen: Discourse
) -> list[Candidate]:
    out = []
    for at, kind in enumerate(KINDS):
        if shares[:, at].max() < WORTH:
            continue
        for first, last in _runs(found, shares[:, at]):
            if any(c.kind == kind and c.first <= last and first <= c.last for c in ruled):
                continue
            draft = filled(p, kind, found[first].start, found[last].end, seen)
            if draft is not None:
                best = first + int(shares[first : last + 1, at].argmax())
                out.append(Candidate(kind, first, last, best, False, draft))
    return out


def _runs(found: list[Piece], share: Floats) -> list[tuple[int, int]]:
    """Pieces beside each other that may tell one thing; a semicolon or a second rate parts them."""
    out: list[tuple[int, int]] = []
    peak = 0.0
    for i, piece in enumerate(found):
        if share[i] < WORTH:
            continue
        joined = out and out[-1][1] == i - 1 and not _parted(found[i - 1], piece)
        if joined and share[i] >= peak / 4:
            out[-1] = (out[-1][0], i)
            peak = max(peak, float(share[i]))
        elif joined and share[i] < peak / 4:
            continue
        else:
            out.append((i, i))
            peak = float(share[i])
    return out


def _parted(a: Piece, b: Piece) -> bool:
    return a.p.low(b.start - 1) == ";" or bool(a.rates and b.rates)


def _odds(share: float) -> float:
    share = min(max(share, 1e-3), 1 - 1e-3)
    return math.log(share / (1 - share))


def facts_of(one: Candidate, all_of: list[Candidate], shares: Floats, found: list[Piece]) -> dict[str, float]:
    """What speaks for and against a candidate."""
    at = KINDS.index(one.kind)
    here = shares[one.first : one.last + 1]
    others = [float(s) for k, s in enumerate(shares[one.best, :NONE]) if k != at]
    best, told = _odds(float(here[:, at].max())), _odds(1 - float(shares[one.best, NONE]))
    margin = math.log((float(shares[one.best, at]) + 1e-3) / (max(others) + 1e-3))
    rivals = [c for c in all_of if c.rule and c is not one and c.kind != one.kind and _overlap(c, one)]
    out = {
        "bias": 1.0,
        f"kind {one.kind}": 1.0,
        "best": best,
        "told": told,
        "margin": margin,
        "pieces": float(one.last - one.first),
        "weak": float(one.draft.weak),
        "dated": float(one.draft.date is not None),
        "rated": float(one.draft.rate is not None),
        "spoken": float(one.draft.speaker is not None),
        "rivals": float(bool(rivals)),
        "silent": float(not any(c.rule for c in all_of)),
        f"best {one.kind}": best,
    }
    if one.rule:
        out |= {
            "rule": 1.0,
            f"rule {one.kind}": 1.0,
            "rule best": best,
            "rule told": told,
            "rule margin": margin,
            "rule rated": float(one.draft.rate is not None),
        }
    if one.kind.startswith("measure"):
        out["doubt"] = _odds(one.doubt)
    around = np.delete(shares, range(one.first, one.last + 1), axis=0)
    if len(around):
        out["around"] = _odds(float(around[:, at].max()))
        out["around told"] = _odds(float(1 - around[:, NONE].min()))
    for fact in {factuality(found[one.best].p, g) for g in found[one.best].groups}:
        out[f"{one.kind} {fact}"] = 1.0
        if one.rule:
            out[f"rule {one.kind} {fact}"] = 1.0
    for rival in rivals:
        out[f"rival {rival.kind}"] = 1.0
        out[f"rival {rival.kind} {one.kind}"] = 1.0
    return out
