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
from detente.read.clauses import parse
from detente.read.learned import Judge
from detente.read.learned.features import Before, features, stem
from detente.read.learned.pieces import pieces
from detente.read.learned.weights import FILE, weights
from detente.read.names import Discourse
from detente.read.reader import Judging, drafts
from detente.read.words import sentences

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
    assert learnt.pieces.shape == (len(learnt.names), len(KINDS) + 1)
    assert np.isfinite(learnt.pieces).all()
    assert FILE.stat().st_size < 1_500_000


@pytest.mark.slow
def test_rebuild(tmp_path: Path) -> None:
    """Building again from the corpus gives the shipped weights up to rounding, and the same manifest.

    Where this fails after the corpus, the rules or the word lists have changed: python scripts/build_learned.py
    """
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, str(ROOT / "scripts" / "build_learned.py"), "--out", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=environment)
    assert manifest(tmp_path) | {"sha256": ""} == manifest(FILE.parent) | {"sha256": ""}
    with np.load(tmp_path / FILE.name) as built, np.load(FILE) as shipped:
        for name in ("names", "choice_names"):
            one, other = ({*data[name].tobytes().decode().split("\n")} for data in (built, shipped))
            assert len(one ^ other) < len(one) / 100
        if built["pieces"].shape == shipped["pieces"].shape:
            assert np.abs(built["pieces"].astype(float) - shipped["pieces"].astype(float)).max() < 0.1
            assert np.abs(built["choices"] - shipped["choices"]).max() < 0.1


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
        shares = weights().shares(features(found, seen, Before()))
        assert np.allclose(shares.sum(axis=1), 1)


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


def unruled(seen: Discourse) -> Judging:
    """What was learnt, without any draft of the rules."""
    judge = Judge(seen)
    return lambda p, ruled: judge.judged(p, [])


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
    found = [d for d in drafts(SETTING + sentence, DAY, unruled) if d.kind == kind]
    assert [set(d.parties) for d in found] == [parties]


def test_turned_down() -> None:
    """A draft of a kind that the words do not tell is not believed."""
    text = SETTING + "Beijing imposed a 34% duty on all American goods on 4 April."

    def wrong(seen: Discourse) -> Judging:
        judge = Judge(seen)
        return lambda p, ruled: judge.judged(p, [replace(d, kind="call") for d in ruled])

    assert "call" not in {d.kind for d in drafts(text, DAY, wrong)}
