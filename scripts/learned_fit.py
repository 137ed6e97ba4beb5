"""Fits what the reader has learnt beside the network: logits with a quadratic penalty.

They are convex and their features sorted, so that the same inputs give the same weights up to rounding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from learned_corpus import Floats, Rows, Text
from learned_net import PHRASES, fit_net
from scipy.optimize import minimize

from detente.read.clauses import Parsed
from detente.read.drafts import Draft
from detente.read.learned.candidates import Candidate
from detente.read.learned.judge import Judge
from detente.read.learned.weights import Weights
from detente.read.reader import drafts
from detente.read.topic import Topic

FOLDS = 5
CHOICES_SCALE = 0.3
TAKEN_FOR_MEASURE = 8.0  # the weight of a threat, an offer or an expectation taken for a measure
TOPIC_SCALE = 1.0
ELSEWHERE = 5.0  # the weight of an article about something else
_CAUTIOUS = frozenset({"claim-threat", "claim-offer", "claim-expectation"})


def fold_of(texts: Sequence[Text]) -> dict[str, int]:
    """The part of each article, by its place in the order of names."""
    return {t.name: i % FOLDS for i, t in enumerate(sorted(texts, key=lambda t: t.name))}


def left_out(
    known: Sequence[Text], wanted: Sequence[Text], rows: Mapping[str, Rows], phrases: Rows
) -> Iterator[tuple[Text, Weights]]:
    """The wanted articles, each with weights of pieces learnt from the known ones without its part."""
    part = fold_of(known)
    for fold in range(FOLDS):
        learnt = fit_net([*(rows[t.name] for t in known if part[t.name] != fold), *[phrases] * PHRASES])
        yield from ((t, learnt) for t in wanted if part[t.name] == fold)


def candidates_of(text: Text, learnt: Weights) -> list[Candidate]:
    """All candidates of an article under some weights."""
    out: list[Candidate] = []

    class Keeping(Judge):
        """Keeps all candidates and goes on with what the rules draft."""

        def __call__(self, p: Parsed, drafts: list[Draft]) -> list[Draft]:
            out.extend(self.candidates(p, drafts))
            return drafts

    drafts(text.text, text.published, lambda seen: Keeping(seen, learnt))
    return out


def fit_choices(found: Sequence[tuple[Text, Sequence[Candidate]]]) -> dict[str, float]:
    """The weights of what speaks for a candidate, from the candidates of articles neither the rules nor the weights of
    their pieces have seen."""
    facts = [c.facts for _, candidates in found for c in candidates]
    right = np.array([_right(c, t) for t, candidates in found for c in candidates], dtype=float)
    grave = np.array([_grave(c, t) for t, candidates in found for c in candidates])
    return _logit(facts, right, np.where(grave & (right == 0), TAKEN_FOR_MEASURE, 1.0), CHOICES_SCALE)


def subject_of(text: Text, learnt: Weights) -> dict[str, float]:
    """What speaks for an article being about a trade dispute, and against."""
    out: dict[str, float] = {}

    class Asked(Judge):
        """Keeps what it is asked."""

        def about(self, topic: Topic) -> bool:
            out.update(self.subject(topic))
            return True

    drafts(text.text, text.published, lambda seen: Asked(seen, learnt))
    return out


def fit_topic(found: Sequence[tuple[Text, Mapping[str, float]]]) -> dict[str, float]:
    """The weights of what speaks for an article being about a trade dispute."""
    right = np.array([t.about for t, _ in found], dtype=float)
    return _logit([facts for _, facts in found], right, np.where(right == 0, ELSEWHERE, 1.0), TOPIC_SCALE)


def _logit(facts: Sequence[Mapping[str, float]], right: Floats, weight: Floats, scale: float) -> dict[str, float]:
    names = sorted({name for fact in facts for name in fact})
    at = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(facts), len(names)))
    for i, fact in enumerate(facts):
        for name, value in fact.items():
            x[i, at[name]] = value

    def loss(w: Floats) -> tuple[float, Floats]:
        z = x @ w
        value = (weight * (np.logaddexp(0, z) - right * z)).sum() + (w**2).sum() / (2 * scale)
        return float(value), x.T @ (weight * (1 / (1 + np.exp(-z)) - right)) + w / scale

    fitted = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 1000})
    return dict(zip(names, fitted.x.tolist(), strict=True))


def _right(one: Candidate, text: Text) -> bool:
    """Whether a label is of its kind or accepts it, shares a side and words."""
    return any(
        (one.kind == x.kind or one.kind in x.also_ok)
        and set(one.draft.parties) & set(x.parties)
        and any(min(end, b) > max(start, a) for a, b in one.draft.spans)
        for x, start, end in text.gold
    )


def _grave(one: Candidate, text: Text) -> bool:
    """A measure proposed on the words of a threat, an offer or an expectation."""
    return one.kind.startswith("measure") and any(
        x.kind in _CAUTIOUS and any(min(end, b) > max(start, a) for a, b in one.draft.spans)
        for x, start, end in text.gold
    )
