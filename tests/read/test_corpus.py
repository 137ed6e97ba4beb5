"""The corpus is well formed: every article has labels, every label its words in the article."""

from __future__ import annotations

import pytest

from tests.read.labels import FOLDER, labels_of, names, spans_of, text_of


@pytest.mark.parametrize("name", names())
def test_labels(name: str) -> None:
    """Labels parse, their words stand in the text, and their dates are intervals."""
    text, labels = text_of(name), labels_of(name)
    for label in labels.proposals:
        assert spans_of(label, text)
        assert label.date is None or label.date.until is None or label.date.from_ < label.date.until, label
        assert label.kind not in label.also_ok
        assert all(len(party) in (2, 3) and party.isupper() for party in label.parties), label.parties
        assert len(set(label.parties)) == len(label.parties)
    if labels.dispute is None:
        assert not [label for label in labels.proposals if not label.optional]


@pytest.mark.parametrize("name", sorted(file.stem for file in (FOLDER / "second").glob("*.yaml")))
def test_second_reader(name: str) -> None:
    """A second reader's labels parse too, and their words stand in the text."""
    text = text_of(name)
    assert all(spans_of(label, text) for label in labels_of(name, "second").proposals)
