"""Which drafts of a sentence to believe: those of the rules weighed against what was learnt, and what they missed.

First every piece of a sentence gets shares: how likely it tells each kind of thing. Then candidates, the drafts of the
rules and runs of pieces with a share worth looking at, are each given a chance of being right, and the best are taken.
"""

from __future__ import annotations

from detente.read.clauses import Parsed
from detente.read.drafts import Draft
from detente.read.learned.candidates import Candidate, candidates
from detente.read.learned.features import Before, features, move_on
from detente.read.learned.pieces import pieces
from detente.read.learned.weights import Weights, weights
from detente.read.names import Discourse

TAKEN = 0.37  # the least chance of what no rule has found
RULED = 0.25  # the same of what a rule has found
LEAD = 0.2  # what a rule's draft, which is dated and attributed better, is ahead by in the order of taking
BESIDE = 0.6  # the same where another kind is taken on the same words, and not both by rules
SURE = 0.7  # the same for a measure in doubt
DOUBTFUL, RULE_DOUBTFUL = 0.1, 0.25  # the doubt from which on a measure needs more


class Judge:
    """Judges the sentences of one text in order."""

    def __init__(self, seen: Discourse, learnt: Weights | None = None) -> None:
        self.seen = seen
        self.learnt = learnt or weights()
        self.before = Before()

    def judged(self, p: Parsed, drafts: list[Draft]) -> list[Draft]:
        """The drafts of a sentence to go on with, in the order of its words."""
        if not (drafts or p.named or p.things or p.rates):
            move_on(self.before, p)
            return []
        chosen = choose(self.candidates(p, drafts))
        return sorted((c.draft for c in chosen), key=lambda d: d.order)

    def candidates(self, p: Parsed, drafts: list[Draft]) -> list[Candidate]:
        """All that may be told in a sentence, each with its chance."""
        found = pieces(p)
        shares = self.learnt.shares(features(found, self.seen, self.before)).tolist()
        out = candidates(p, found, shares, drafts, self.seen)
        for one in out:
            one.chance = self.learnt.chance(one.facts)
        return out


def choose(found: list[Candidate]) -> list[Candidate]:
    """The candidates with a good chance, the best first; one on words already taken for another kind needs more."""
    out: list[Candidate] = []
    for one in sorted(found, key=lambda c: (-c.chance - LEAD * c.rule, c.draft.order)):
        if one.chance >= _needed(one, out):
            out.append(one)
    return out


def _needed(one: Candidate, taken: list[Candidate]) -> float:
    """The least chance a candidate must have, given those taken before it."""
    rivals = any(c.kind != one.kind and c.meets(one) and not (c.rule and one.rule) for c in taken)
    doubted = one.doubt > (RULE_DOUBTFUL if one.rule else DOUBTFUL)
    return max(SURE if doubted else 0.0, BESIDE if rivals else RULED if one.rule else TAKEN)
