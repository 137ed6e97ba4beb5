"""What was learnt: pieces and their shares, what is proposed and turned down, the weights as they are built."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.read import KINDS, read
from detente.read.clauses import Parsed, parse
from detente.read.drafts import Draft
from detente.read.learned import Judge
from detente.read.learned.features import Before, features, stem
from detente.read.learned.pieces import pieces
from detente.read.learned.weights import ARRAYS, FILE, Weights, read_weights, weights
from detente.read.names import Discourse
from detente.read.reader import drafts
from detente.read.words import sentences
from tests.read.labels import FOLDER, labels_of, text_of

ROOT = Path(__file__).parents[2]
DAY = date(2025, 10, 8)
SETTING = "The United States and China have quarrelled over tariffs for years. "


def manifest(folder: Path) -> Any:
    """The manifest of the weights in a folder."""
    return json.loads((folder / "learned.json").read_text(encoding="utf-8"))


def test_manifest() -> None:
    """The shipped weights have the hash the manifest names and a column for each kind and for none."""
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == manifest(FILE.parent)["sha256"]
    learnt = weights()
    assert learnt.rows.shape == (len(learnt.names) + 1, len(learnt.base) + len(KINDS) + 1)
    assert all(np.isfinite(getattr(learnt, name)).all() for name in ARRAYS)
    assert FILE.stat().st_size < 6_000_000


@pytest.mark.slow
def test_rebuild(tmp_path: Path) -> None:
    """Building again from the corpus gives the same manifest, and weights that read alike: of what is proposed for the
    articles to develop on, next to all is the same (rounding differs between machines, and grows in the fitting).

    Where this fails after the corpus, the rules or the word lists have changed: python scripts/build_learned.py
    """
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, str(ROOT / "scripts" / "build_learned.py"), "--out", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=environment)
    assert manifest(tmp_path) | {"sha256": ""} == manifest(FILE.parent) | {"sha256": ""}
    built, shipped = read_weights(tmp_path / FILE.name), weights()
    assert len({*built.names} ^ {*shipped.names}) < len(shipped.names) / 50
    same = other = 0
    for name in (FOLDER / "development.txt").read_text(encoding="utf-8").split():
        text, published = text_of(name), labels_of(name).published
        one, two = (
            {(d.kind, d.spans[0]) for d in drafts(text, published, lambda seen, w=w: Judge(seen, w))}
            for w in (built, shipped)
        )
        same, other = same + len(one & two), other + len(one ^ two)
    assert other < same / 10


WORDS = tuple("China the 25% duty on steel ; said it will and meet 5 May ( ) — if not".split())  # noqa: SIM905


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_pieces_are_the_sentence(words: list[str]) -> None:
    """Pieces follow each other without a gap, from the first word to the last, and each has shares that sum to one."""
    seen = Discourse(DAY)
    for sentence in sentences(SETTING + " ".join(words)):
        found = pieces(parse(sentence, seen))
        edges = [0, *(piece.end for piece in found)]
        assert [piece.start for piece in found] == edges[:-1]
        assert edges[-1] == len(sentence.words)
        shares, _ = weights().shares(features(found, seen, Before()))
        assert np.allclose(shares.sum(axis=1), 1)


def test_network() -> None:
    """Shares are those of the network written out for one piece at a time, its neighbours beside it."""
    rng = np.random.default_rng(1)
    size, kinds = 3, len(KINDS) + 1
    rows = rng.normal(size=(4, size + kinds))
    rows[0] = 0
    base, inner, outer = rng.normal(size=size), rng.normal(size=(3 * size, size)), rng.normal(size=(size, kinds))
    learnt = Weights({"a": 1, "b": 2, "c": 3}, rows, base, inner, np.zeros(size), outer, np.zeros(kinds))
    told = [["a", "b", "a"], ["unknown"], ["c"]]
    sums = [rows[1] + rows[2], rows[0], rows[3]]
    units = [np.maximum(base, 0), *(np.maximum(s[:size] + base, 0) for s in sums), np.maximum(base, 0)]
    shares, last = learnt.shares(told)
    for i, total in enumerate(sums):
        beside = np.concatenate([units[i + 1], units[i], units[i + 2]])
        logits = total[size:] + np.maximum(beside @ inner, 0) @ outer
        assert np.allclose(shares[i], np.exp(logits) / np.exp(logits).sum())
    assert np.allclose(last, units[3])
    after, _ = learnt.shares([["a"]], last)
    assert not np.allclose(after, learnt.shares([["a"]])[0])


def test_look() -> None:
    """Where the words cannot tell of a dispute the rules are not asked; where they tell of a call, for contacts."""
    seen = Discourse(DAY)
    judge = Judge(seen)
    worth = [
        judge.look(parse(s, seen))
        for s in sentences("The weather was fine. Xi Jinping telephoned Donald Trump on Friday.")
    ]
    assert not any(worth[0])
    assert worth[1].contacts
    assert not worth[1].rulings


@pytest.mark.parametrize(
    "text",
    [
        "The regulator raised the electricity tariff by 25% on 1 May. China Light and Power had asked for more, and the"
        " United States' AES too. Households will pay from June.",
        "The United States and China drew 2-2 in the quarter-final on Friday. China agreed to a replay.",
    ],
)
def test_elsewhere(text: str) -> None:
    """What is about something else yields nothing, whatever sides it names."""
    assert drafts(text, DAY) == []


def test_stem() -> None:
    """Forms of a word have one stem."""
    assert {stem(w) for w in ("impose", "imposed", "imposes", "imposing")} == {"impos"}


def test_same_twice() -> None:
    """A text is read alike however often, whatever the order of sets."""
    code = (
        "from datetime import date; from detente.read import read; print(read('The United States and China have"
        " quarrelled over tariffs. Beijing put off its 25% surcharge on pork until 1 May.', date(2025, 4, 1)))"
    )
    told = set()
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")}
        command = [sys.executable, "-c", code]
        told.add(subprocess.run(command, check=True, capture_output=True, env=environment, text=True).stdout)
    assert len(told) == 1


def test_judge_is_asked() -> None:
    """The judge has the last word on what a sentence tells: one that takes nothing leaves nothing."""
    text = SETTING + "China cut its duty on American goods from 125% to 10%."
    assert read(text, DAY)
    assert drafts(text, DAY, lambda seen: lambda p, ruled: []) == []


class Unruled(Judge):
    """What was learnt, without any draft of the rules."""

    def __call__(self, p: Parsed, drafts: list[Draft]) -> list[Draft]:
        """The drafts of a sentence."""
        return super().__call__(p, [])


@pytest.mark.parametrize(
    ("sentence", "kind", "parties"),
    [
        ("Scott Bessent spoke with Vice Premier He Lifeng by telephone on Friday.", "call", {"USA", "CHN"}),
        ("Beijing imposed a 34% duty on all American goods on 4 April.", "measure-imposed", {"USA", "CHN"}),
        (
            "Washington postponed its tariffs on China to 1 December.",
            "measure-suspended",
            {"USA", "CHN"},
        ),
        ("China agreed to buy more American soybeans under the truce.", "commitment", {"USA", "CHN"}),
        ("The Supreme Court ruled on 20 February that the emergency tariffs were unlawful.", "court-decision", {"USA"}),
    ],
)
def test_proposed_without_rules(sentence: str, kind: str, parties: set[str]) -> None:
    """What was learnt proposes on its own, with the sides."""
    found = [d for d in drafts(SETTING + sentence, DAY, Unruled) if d.kind == kind]
    assert [set(d.parties) for d in found] == [parties]


def test_turned_down() -> None:
    """A draft of a kind that the words do not tell is not believed."""
    text = SETTING + "Beijing imposed a 34% duty on all American goods on 4 April."

    class Wrong(Judge):
        """Takes all drafts of the rules for calls."""

        def __call__(self, p: Parsed, drafts: list[Draft]) -> list[Draft]:
            """The drafts of a sentence."""
            return super().__call__(p, [replace(d, kind="call") for d in drafts])

    assert "call" not in {d.kind for d in drafts(text, DAY, Wrong)}
