"""How far a second careful reader agrees with the labels of the half measured on, in the scores of `reading.py`.

    python benchmarks/second_reader.py

The labels of the second reader (tests/read/corpus/second) were written from the texts and the rules alone, without the
first ones in sight. What the second reader held optional counts only where the first labelled it too.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

import reading
from tests.read.labels import Label, labels_of, spans_of, text_of


def as_proposal(label: Label, text: str) -> Any:
    """A label in the form of what the reader proposes."""
    spans = [SimpleNamespace(start=s.start, end=s.end, quote=text[s.start : s.end]) for s in spans_of(label, text)]
    when = label.date and SimpleNamespace(from_=label.date.from_, until=label.date.until)
    persons = [SimpleNamespace(name=person) for person in label.persons]
    return SimpleNamespace(**{**dict(label), "evidence": spans, "date": when, "persons": persons})


def main() -> int:
    """Score the second reader as if it were the program."""
    texts = {text_of(name): name for name in reading.half("measure")}

    def read(text: str, published: date) -> list[Any]:
        return [as_proposal(x, text) for x in labels_of(texts[text], "second").proposals if not x.optional]

    reading.read = read
    score = reading.Score()
    for name in texts.values():
        reading.add(score, reading.matched(name))
    reading.show(score)
    return 0


if __name__ == "__main__":
    sys.exit(main())
