"""The nouns of the field in a sentence: tariffs, truces, calls, threats, courts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from detente.read.tables import table, word_set
from detente.read.words import Sentence, words_of

_OTHER_TAX = word_set("things other tax")
_OTHER_RATE = frozenset(
    {"interest", "exchange", "inflation", "growth", "mortgage", "unemployment", "funds", "borrowing"}
)


_CALLED = word_set("things called")
_DAYS = word_set("verbs days")
_AFTER_CALL = frozenset({"with", "from", "between", "by", ",", ".", "on", "in", "that"})


@dataclass(frozen=True, slots=True)
class Thing:
    """Words `[start, end)` that name something of the field, and of which class."""

    start: int
    end: int
    kind: str
    low: str


def things(sentence: Sentence) -> list[Thing]:
    """The nouns of the field, longest first where they overlap, in order."""
    out: list[Thing] = []
    lows = [w.low for w in sentence.words]
    i = 0
    while i < len(lows):
        found = next((t for t in _nouns().get(lows[i], ()) if tuple(lows[i : i + len(t[0])]) == t[0]), None)
        if found is None:
            i += 1
            continue
        end = i + len(found[0])
        if _meant(lows, i, found[1]):
            out.append(Thing(i, end, found[1], " ".join(found[0])))
        i = end
    return out


@cache
def _nouns() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in table("nouns.csv"):
        words = words_of(row["words"])
        out.setdefault(words[0], []).append((words, row["class"]))
    return {first: sorted(group, key=lambda g: -len(g[0])) for first, group in out.items()}


def _meant(lows: list[str], i: int, kind: str) -> bool:
    """Words that also mean other things count only where their neighbours say so."""
    before = lows[i - 1] if i else ""
    if kind == "tax":
        return before not in _OTHER_TAX
    if lows[i] in ("call", "calls") and kind == "call":
        following = lows[i + 1] if i + 1 < len(lows) else ""
        return before in _CALLED or before in _DAYS or following in _AFTER_CALL
    if kind == "rate":
        return before not in _OTHER_RATE
    if lows[i] == "stay":
        return before in ("a", "the", "this", "that", "administrative", "temporary", "emergency", "further")
    return True
