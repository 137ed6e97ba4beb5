"""Which drafts of a sentence to believe: those of the rules weighed against what was learnt, and what they missed.

First every piece of a sentence gets shares: how likely it tells each kind of thing. Then candidates, the drafts of the
rules and runs of pieces with a share worth looking at, are each given a chance of being right, and the best are taken.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from detente.read.clauses import Parsed
from detente.read.drafts import Draft
from detente.read.learned.candidates import Candidate, candidates
from detente.read.learned.features import Before, features, move_on
from detente.read.learned.pieces import Piece, pieces
from detente.read.learned.weights import Floats, Weights, chance, weights
from detente.read.names import Discourse
from detente.read.proposal import KINDS
from detente.read.topic import Topic

WORTH_RULES = (0.01, 0.01, 0.01, 0.15, 0.05)  # the least share of each family with which its rules look at a sentence
LEAD = 0.1  # what a rule's draft, which is dated and attributed better, is ahead by in the order of taking
TAKEN = 0.37  # the least chance with which a candidate is taken
AGAIN = 0.6  # the same where its kind is taken on words beside
BESIDE = 0.6  # the same where another kind is taken on the same words, and not both by rules
SURE = 0.7  # the same for a measure in doubt
TOLD, LEFT = 0.85, 0.15  # where the words tell something so likely and nothing has taken them: that of a rule's draft
DOUBTFUL, RULE_DOUBTFUL = 0.1, 0.15  # the doubt from which on a measure needs more
ABOUT = 0.75  # the least chance of a text being about a trade dispute


class Worth(NamedTuple):
    """What the rules are to look for in a sentence."""

    contacts: bool = False
    deals: bool = False
    measures: bool = False
    claims: bool = False
    rulings: bool = False


EVERYTHING, NOTHING = Worth(*[True] * 5), Worth()
_FAMILIES = ("call meeting round planned-talk", "arrangement commitment", "measure", "claim", "court-decision")
_COLUMNS = [[at for at, kind in enumerate(KINDS) if kind.startswith(tuple(names.split()))] for names in _FAMILIES]


class Judge:
    """Judges the sentences of one text in order, and at its end the text."""

    def __init__(self, seen: Discourse, learnt: Weights | None = None) -> None:
        self.seen = seen
        self.learnt = learnt or weights()
        self.before = Before()
        self.units: Floats | None = None  # of the last piece taken in
        self.found: list[Piece] = []
        self.shares: list[list[float]] = []
        self.pieces = 0
        self.told = 0.0  # the pieces that tell something, each by its share
        self.taken = 0

    def look(self, p: Parsed) -> Worth:
        """Take in the next sentence, before the rules do, and say what they are to look for."""
        self.found, self.shares = [], []
        if not (p.named or p.things or p.rates):
            move_on(self.before, p)
            return NOTHING
        self.found = pieces(p)
        shares, self.units = self.learnt.shares(features(self.found, self.seen, self.before), self.units)
        self.pieces += len(self.found)
        told = 1 - shares[:, -1]
        self.told += float(told.sum())
        self.shares = shares.tolist()
        likely = (float(shares[:, family].sum(axis=1).max()) for family in _COLUMNS)
        return Worth(*(share >= least for share, least in zip(likely, WORTH_RULES, strict=True)))

    def __call__(self, p: Parsed, drafts: list[Draft]) -> list[Draft]:
        """The drafts of the sentence taken in last to go on with, in the order of its words."""
        chosen = choose(self.candidates(p, drafts))
        self.taken += len(chosen)
        return sorted((c.draft for c in chosen), key=lambda d: d.order)

    def candidates(self, p: Parsed, drafts: list[Draft]) -> list[Candidate]:
        """All that may be told in it, each with its chance."""
        if not self.found:
            return []
        out = candidates(p, self.found, self.shares, drafts, self.seen)
        for one in out:
            one.chance = chance(self.learnt.choices, one.facts)
        return out

    def about(self, topic: Topic) -> bool:
        """Whether the text is about a trade dispute."""
        return chance(self.learnt.topic, self.subject(topic)) >= ABOUT

    def subject(self, topic: Topic) -> dict[str, float]:
        """What speaks for a text being about a trade dispute, and against."""
        log = math.log1p
        return {
            "bias": 1.0,
            "strong": log(topic.strong),
            "none strong": float(topic.strong == 0),
            "field": log(topic.field),
            "goods": log(topic.goods),
            "other": log(topic.other),
            "other by length": log(150 * topic.other / max(topic.words, 60)),
            "traded": log(topic.traded),
            "against others": log(topic.told) - log(2 * topic.other),
            "sides": float(min(len(self.seen.counts), 3)),
            "sides named": log(self.seen.counts.total()),
            "told": log(self.told),
            "told by length": self.told / max(self.pieces, 1),
            "taken": log(self.taken),
        }


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
    again = any(c.kind == one.kind and c.first - 1 <= one.last and one.first <= c.last + 1 for c in taken)
    doubted = one.doubt > (RULE_DOUBTFUL if one.rule else DOUBTFUL)
    alone = one.rule and one.told >= TOLD and all(c.best != one.best for c in taken)
    return max(SURE if doubted else 0.0, AGAIN if again else 0.0, BESIDE if rivals else LEFT if alone else TAKEN)
