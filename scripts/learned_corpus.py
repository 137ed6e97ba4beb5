"""What the reader's weights are learnt from: labelled articles and phrases, as features of pieces and what they tell.

A piece tells the kind of a label if the label's evidence is half of it, or it is half of the evidence; what a label
accepts besides its kind counts a little. The articles of `measure.txt` are never looked at.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.read.labels import FOLDER, Label, labels_of, names, spans_of, text_of
from tests.read.told import phrases

from detente.read import KINDS
from detente.read.clauses import Parsed
from detente.read.drafts import Draft
from detente.read.learned.candidates import NONE
from detente.read.learned.judge import EVERYTHING, Judge, Worth
from detente.read.learned.pieces import Piece
from detente.read.learned.weights import Weights
from detente.read.reader import drafts

PHRASE_FILES = ("phrases.csv", "phrases_claims.csv", "phrases_talks.csv", "acts.txt", "deals.txt", "talks.txt")
PHRASES = tuple(FOLDER.parent / name for name in PHRASE_FILES)
SETTING = "The United States and China have quarrelled over tariffs for years."
SETTING_DAY = date(2025, 10, 8)
ACCEPTED = 0.25  # the weight of all kinds a label accepts besides its own
TOUCHED = 0.3  # the weight of the kinds of labels that a piece touches without being half of them

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Text:
    """A text with its labels and where their evidence stands, and whether it is about a trade dispute."""

    name: str
    text: str
    published: date
    gold: tuple[tuple[Label, int, int], ...]
    about: bool = True


@dataclass(frozen=True)
class Rows:
    """Features of pieces, the share of each kind and of none in what they tell, [piece, kind + 1], and which piece is
    before each in the text and after it in its sentence, -1 for none."""

    features: list[list[str]]
    told: Floats
    before: list[int]
    after: list[int]


def texts() -> list[Text]:
    """The labelled articles to learn from."""
    kept_back = set(_listed("measure.txt"))
    return [_text(name) for name in names() if name not in kept_back]


def unfitted(found: Iterable[Text]) -> list[Text]:
    """Those of them the rules were not fitted to: in neither `development.txt` nor, where it is there, `fitted.txt`."""
    fitted = {*_listed("development.txt"), *_listed("fitted.txt")}
    return [t for t in found if t.name not in fitted]


def _listed(file: str) -> list[str]:
    path = FOLDER / file
    return path.read_text(encoding="utf-8").split() if path.exists() else []


def _text(name: str) -> Text:
    text, labels = text_of(name), labels_of(name)
    gold = tuple((x, s.start, s.end) for x in labels.proposals for s in spans_of(x, text))
    return Text(name, text, labels.published, gold, labels.dispute is not None)


def digest(found: Iterable[Text]) -> str:
    """The SHA-256 of the articles and labels learnt from, and of the phrases."""
    out = hashlib.sha256()
    for file in PHRASES:
        out.update(hashlib.sha256(file.read_bytes()).digest())
    for text in found:
        for file in (FOLDER / "articles" / f"{text.name}.txt", FOLDER / "labels" / f"{text.name}.yaml"):
            out.update(hashlib.sha256(file.read_bytes()).digest())
    return out.hexdigest()


def rows_of(text: Text) -> Rows:
    """The pieces of an article."""
    out = Rows([], np.zeros((0, NONE + 1)), [], [])
    told: list[Floats] = []

    class Taken(Weights):
        """Weights that keep what they are asked of, and find nothing."""

        def shares(self, rows: Sequence[Sequence[str]], before: Any = None) -> tuple[Floats, Floats]:
            at = len(out.features)
            out.features.extend(list(row) for row in rows)
            out.before.extend(range(at - 1, at + len(rows) - 1))
            out.after.extend((*range(at + 1, at + len(rows)), -1))
            return np.eye(NONE + 1)[[NONE] * len(rows)], self.base

    class Taking(Judge):
        """Lets the rules look at everything, and goes on with all they draft."""

        def look(self, p: Parsed) -> Worth:
            super().look(p)
            told.extend(_told(piece, text) for piece in self.found)
            return EVERYTHING

        def __call__(self, p: Parsed, drafts: list[Draft]) -> list[Draft]:
            return drafts

    drafts(text.text, text.published, lambda seen: Taking(seen, Taken({}, *[np.zeros(1)] * 6)))
    return replace(out, told=np.array(told).reshape(-1, NONE + 1))


def _told(piece: Piece, text: Text) -> Floats:
    """The share of each kind in what a piece tells."""
    start, end = piece.span
    main: set[str] = set()
    other: set[str] = set()
    for label, a, b in text.gold:
        shared = min(b, end) - max(a, start)
        if shared > 0:
            half = shared >= (end - start) / 2 or shared >= (b - a) / 2
            (main if half else other).add(label.kind)
            other.update(label.also_ok)
    return shares_of(main, other - main)


def shares_of(main: set[str], other: set[str]) -> Floats:
    """Kinds told and kinds that would do as shares that sum to one, none of them where none is told."""
    out = np.zeros(NONE + 1)
    if not main:
        out[NONE] = 1 - TOUCHED if other else 1
    for kinds, weight in (
        (main, 1.0),
        (other, ACCEPTED / len(other) if main and other else TOUCHED / max(1, len(other))),
    ):
        for kind in kinds:
            out[KINDS.index(kind)] = weight  # type: ignore[arg-type]
    return np.asarray(out / out.sum())


def phrase_rows() -> Rows:
    """The pieces of the phrases that tell one thing or nothing and are no longer than two pieces if they tell one."""
    rows: list[list[str]] = []
    told: list[Floats] = []
    for sentence, kinds in _phrases():
        found = rows_of(Text("", f"{SETTING} {sentence}", SETTING_DAY, ())).features[1:]
        if len(found) <= 2 or not kinds:
            rows += found
            told += [shares_of(set(kinds[:1]), set(kinds[1:]))] * len(found)
    alone = [-1] * len(rows)
    return Rows(rows, np.array(told), alone, alone)


def _phrases() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Phrases, each with the kind it tells and what would do instead; those that tell one thing at most."""
    plain, claims, talks, *told = PHRASES
    for file, column in ((plain, "kind"), (claims, "kind"), (talks, "kinds")):
        for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
            yield row["sentence"], tuple(k for k in row[column].split() if k != "none")
    for phrase in (phrase for file in told for phrase in phrases(file)):
        if len(phrase.told) <= 1:
            yield phrase.text, phrase.told[0].kinds if phrase.told else ()
