"""The weights that were learnt, and the shares they give: a small network over the features of pieces.

What the features of a piece add to some hidden units, and to each kind directly, is summed; the units of the pieces
before and after are seen beside its own, and a second layer turns them into the share of each kind.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]
FILE = Path(__file__).parents[1] / "data" / "learned.npz"
ARRAYS = ("rows", "base", "inner", "inner_base", "outer", "outer_base")
LOGITS = ("choices", "topic")


@dataclass(frozen=True)
class Weights:
    """`names` numbers the features from 1. rows: what each adds to the hidden units and to each kind, the first of them
    for no feature, [feature + 1, unit + kind + 1]; base: [unit]; inner: from the units of a piece, of the one before
    and of the one after it to units, [3 unit, unit]; inner_base: [unit]; outer: [unit, kind + 1]; outer_base:
    [kind + 1]. choices, topic: what a fact adds to a candidate's being right, to a text's being about a trade
    dispute."""

    names: Mapping[str, int]
    rows: Floats
    base: Floats
    inner: Floats
    inner_base: Floats
    outer: Floats
    outer_base: Floats
    choices: Mapping[str, float] = field(default_factory=dict)
    topic: Mapping[str, float] = field(default_factory=dict)

    def shares(self, rows: Sequence[Iterable[str]], before: Floats | None = None) -> tuple[Floats, Floats]:
        """How likely each piece of a sentence tells each kind, the last column none of them: [piece, kind + 1], rows
        sum to one; and the units of the last piece, to be given as `before` for the sentence that follows."""
        sums = self._sums(rows)
        size = len(self.base)
        units = np.maximum(sums[:, :size] + self.base, 0)
        nothing = np.maximum(self.base, 0)  # the units of no piece
        first, last = np.vstack([nothing if before is None else before, units]), np.vstack([units, nothing])
        inner = np.maximum(np.hstack([units, first[:-1], last[1:]]) @ self.inner + self.inner_base, 0)
        told = (sums[:, size:] + inner @ self.outer + self.outer_base).astype(np.float64)
        out = np.exp(told - told.max(axis=1, keepdims=True))
        return np.asarray(out / out.sum(axis=1, keepdims=True)), units[-1]

    def _sums(self, rows: Sequence[Iterable[str]]) -> Floats:
        """What the features of each piece add up to; the first row of `rows` stands for those that are not known."""
        get = self.names.get
        out = np.empty((len(rows), self.rows.shape[1]), self.rows.dtype)
        for i, row in enumerate(rows):
            known = self.rows.take(sorted(set(map(get, row, repeat(0)))), axis=0)
            np.dot(np.ones(len(known), known.dtype), known, out=out[i])  # a sum, and twice as fast as one
        return out


def chance(learnt: Mapping[str, float], facts: Mapping[str, float]) -> float:
    """How likely something is right by some facts: the logistic function of what they add."""
    total = sum(learnt.get(name, 0.0) * value for name, value in facts.items())
    return 1 / (1 + math.exp(-min(max(total, -30.0), 30.0)))


@cache
def weights() -> Weights:
    """The shipped ones."""
    return read_weights(FILE)


def read_weights(path: Path) -> Weights:
    """Those of a file as `scripts/build_learned.py` writes it."""
    with np.load(path) as data:
        names = _lines(data["names"])
        layers = {name: data[name].astype(np.float32) for name in ARRAYS}
        layers["rows"] = np.vstack([np.zeros_like(data["scale"]), layers["rows"] * data["scale"]])
        choices, topic = (_logit(data, name) for name in LOGITS)
    return Weights({name: i for i, name in enumerate(names, 1)}, **layers, choices=choices, topic=topic)


def _logit(data: Mapping[str, npt.NDArray[Any]], name: str) -> dict[str, float]:
    return dict(zip(_lines(data[f"{name}_names"]), data[name].tolist(), strict=True))


def _lines(data: npt.NDArray[np.uint8]) -> list[str]:
    text = data.tobytes().decode()
    return text.split("\n") if text else []
