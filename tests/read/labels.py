"""The labelled corpus: articles in our own words over true events, and what a reader should propose from each.

`articles/NAME.txt` is the text, `labels/NAME.yaml` what it tells. Evidence is written as exact words of the text and
located here; a phrase that occurs twice names its turn (`{quote: …, turn: 2}`).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from detente.read import Kind, Span

FOLDER = Path(__file__).parent / "corpus"
Style = Literal["plain", "dense", "vague", "trap", "other"]


class Model(BaseModel):
    """Refuses unknown keys."""

    model_config = ConfigDict(extra="forbid")


class Quote(Model):
    """Words of the text that occur more than once, and which of them is meant, from 1."""

    quote: str
    turn: int = 1


class Dates(Model):
    """[from, until); until is null for what goes on."""

    from_: date = Field(alias="from")
    until: date | None


class Label(Model):
    """One proposal a good reader makes, as shared/READING.md says."""

    kind: Kind
    also_ok: list[Kind] = []
    optional: bool = False
    parties: list[str] = Field(min_length=1)
    persons: list[str] = []
    attributed_to: str | None = None
    date: Dates | None = None
    duration_days: int | None = None
    rate: float | None = None
    place: str | None = None
    evidence: list[str | Quote] = Field(min_length=1)


class Labels(Model):
    """All of one article. dispute: the shipped record it bears on, none for texts on other things."""

    published: date
    dispute: Literal["us-china", "us-eu", "us-canada", "us-world"] | None
    style: Style
    proposals: list[Label]


def names() -> list[str]:
    """Every article."""
    return sorted(file.stem for file in (FOLDER / "articles").glob("*.txt"))


def text_of(name: str) -> str:
    """The article as it is read."""
    return (FOLDER / "articles" / f"{name}.txt").read_text(encoding="utf-8")


def labels_of(name: str, reader: str = "labels") -> Labels:
    """What it tells; raises pydantic's ValidationError where the labels are not well formed. reader: the folder of
    labels, "labels" or "second"."""
    data: Any = YAML(typ="safe").load((FOLDER / reader / f"{name}.yaml").read_text(encoding="utf-8"))
    return Labels.model_validate(data)


def spans_of(label: Label, text: str) -> list[Span]:
    """Where the evidence stands. Raises ValueError for words that are not in the text, or stand there more than once
    without a turn."""
    return [_find(words, text) for words in label.evidence]


def _find(words: str | Quote, text: str) -> Span:
    quote, turn = (words, None) if isinstance(words, str) else (words.quote, words.turn)
    count = text.count(quote)
    if count == 0 or (turn is None and count > 1) or (turn or 1) > count:
        raise ValueError(f"'{quote}' stands {count} times in the text")
    start = -1
    for _ in range(turn or 1):
        start = text.index(quote, start + 1)
    return Span(start, start + len(quote), quote)
