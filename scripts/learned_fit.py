"""Fits the reader's weights: a multinomial logit of pieces and a logit of candidates, both with a quadratic penalty.

Both are convex and their features sorted, so that the same inputs give the same weights up to rounding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import scipy.sparse as sp
from learned_corpus import Floats, Rows, Text
from scipy.optimize import minimize

from detente.read import KINDS
from detente.read.clauses import Parsed
from detente.read.drafts import Draft
from detente.read.learned.candidates import Candidate
from detente.read.learned.judge import Judge
from detente.read.learned.weights import Weights
from detente.read.names import Discourse
from detente.read.reader import Judging, drafts

FOLDS = 5
LEAST = 5  # how often a feature must be there
PIECES_SCALE = 0.1  # the inverse of the penalty on the weights of pieces
CHOICES_SCALE = 0.3
ROUNDS = 80
TAKEN_FOR_MEASURE = 8.0  # the weight of a threat, an offer or an expectation taken for a measure
_CAUTIOUS = frozenset({"claim-threat", "claim-offer", "claim-expectation"})


def fit_pieces(parts: Sequence[Rows]) -> Weights:
    """The weights of the features of pieces."""
    rows = [row for part in parts for row in part.features]
    told = np.vstack([part.told for part in parts])
    counts = Counter(f for row in rows for f in set(row))
    names = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= LEAST))}
    x = _matrix(rows, names)
    turned = x.T.tocsr()
    shape = (len(names), len(KINDS) + 1)

    def loss(flat: Floats) -> tuple[float, Floats]:
        w = flat.reshape(shape)
        z = x @ w
        z -= z.max(axis=1, keepdims=True)
        shares = np.exp(z)
        sums = shares.sum(axis=1, keepdims=True)
        shares /= sums
        value = -(told * (z - np.log(sums))).sum() + (w**2).sum() / (2 * PIECES_SCALE)
        return float(value), (turned @ (shares - told) + w / PIECES_SCALE).ravel()

    found = minimize(loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    return Weights(names, found.x.reshape(shape), {})


def _matrix(rows: Sequence[Sequence[str]], names: Mapping[str, int]) -> sp.csr_matrix:
    columns: list[int] = []
    ends = [0]
    for row in rows:
        columns += sorted({names[f] for f in row if f in names})
        ends.append(len(columns))
    return sp.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(names)))


def fold_of(texts: Sequence[Text]) -> dict[str, int]:
    """The part of each article, by its place in the order of names."""
    return {t.name: i % FOLDS for i, t in enumerate(sorted(texts, key=lambda t: t.name))}


def left_out(
    known: Sequence[Text], wanted: Sequence[Text], rows: Mapping[str, Rows], phrases: Rows
) -> Iterator[tuple[Text, Weights]]:
    """The wanted articles, each with weights of pieces learnt from the known ones without its part."""
    part = fold_of(known)
    for fold in range(FOLDS):
        learnt = fit_pieces([*(rows[t.name] for t in known if part[t.name] != fold), phrases])
        yield from ((t, learnt) for t in wanted if part[t.name] == fold)


def candidates_of(text: Text, learnt: Weights) -> list[Candidate]:
    """All candidates of an article under some weights."""
    out: list[Candidate] = []

    def judge(seen: Discourse) -> Judging:
        one = Judge(seen, learnt)

        def judged(p: Parsed, ruled: list[Draft]) -> list[Draft]:
            out.extend(one.candidates(p, ruled))
            return ruled

        return judged

    drafts(text.text, text.published, judge)
    return out


def fit_choices(found: Sequence[tuple[Text, Sequence[Candidate]]]) -> dict[str, float]:
    """The weights of what speaks for a candidate, from the candidates of articles neither the rules nor the weights of
    their pieces have seen."""
    facts = [c.facts for _, candidates in found for c in candidates]
    right = np.array([_right(c, t) for t, candidates in found for c in candidates], dtype=float)
    grave = np.array([_grave(c, t) for t, candidates in found for c in candidates])
    weight = np.where(grave & (right == 0), TAKEN_FOR_MEASURE, 1.0)
    names = sorted({name for fact in facts for name in fact})
    at = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(facts), len(names)))
    for i, fact in enumerate(facts):
        for name, value in fact.items():
            x[i, at[name]] = value

    def loss(w: Floats) -> tuple[float, Floats]:
        z = x @ w
        value = (weight * (np.logaddexp(0, z) - right * z)).sum() + (w**2).sum() / (2 * CHOICES_SCALE)
        return float(value), x.T @ (weight * (1 / (1 + np.exp(-z)) - right)) + w / CHOICES_SCALE

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
