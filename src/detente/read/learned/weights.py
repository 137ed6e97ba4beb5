"""The weights that were learnt, and the shares they give: sums of what each feature adds, as fractions of one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]
FILE = Path(__file__).parents[1] / "data" / "learned.npz"


@dataclass(frozen=True)
class Weights:
    """pieces: what a feature of a piece adds to each kind and to none of them, [feature, kind + 1]; `names` numbers
    the features. choices: what a property of a candidate adds to its being right."""

    names: Mapping[str, int]
    pieces: Floats
    choices: Mapping[str, float]

    def shares(self, rows: Sequence[Iterable[str]]) -> Floats:
        """How likely each piece tells each kind, the last column none of them: [piece, kind + 1], rows sum to one."""
        get = self.names.get
        known: list[int] = []
        begins = []
        for row in rows:
            begins.append(len(known))
            numbers = set(map(get, row, repeat(-1)))
            numbers.discard(-1)
            known += sorted(numbers)
        sums = np.add.reduceat(self.pieces.take(known, axis=0), begins, axis=0).astype(np.float64)
        sums -= sums.max(axis=1, keepdims=True)
        out = np.exp(sums)
        return np.asarray(out / out.sum(axis=1, keepdims=True))

    def chance(self, facts: Mapping[str, float]) -> float:
        """How likely a candidate is right."""
        total = sum(self.choices.get(name, 0.0) * value for name, value in facts.items())
        return 1 / (1 + math.exp(-min(max(total, -30.0), 30.0)))


@cache
def weights() -> Weights:
    """The shipped ones."""
    with np.load(FILE) as data:
        names = data["names"].tobytes().decode().split("\n")
        choices = data["choice_names"].tobytes().decode().split("\n")
        pieces = data["pieces"].astype(np.float32)
        values = data["choices"].tolist()
    return Weights(
        {name: i for i, name in enumerate(names)},
        pieces,
        dict(zip(choices, values, strict=True)),
    )
