"""A sentence cut into pieces that tell at most one thing: about a clause each, or part of a list with a rate."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from detente.read.amounts import Rate
from detente.read.clauses import Parsed
from detente.read.things import Thing
from detente.read.verbs import Group

MARKS = frozenset(',;:—–()"“”[]')
_OPENING = frozenset('(["“')
_NOUN_ALONE = 5  # a piece without verb and rate stands alone if it names a thing and has so many words


@dataclass(slots=True)
class Piece:
    """Words `[start, end)` of a sentence with the verbs, things and rates in them."""

    p: Parsed
    start: int
    end: int
    groups: list[Group]
    things: list[Thing]
    rates: list[Rate]

    @property
    def span(self) -> tuple[int, int]:
        """Its place in the text."""
        return self.p.words[self.start].start, self.p.words[self.end - 1].end

    @property
    def bare(self) -> bool:
        """Nothing in it by which something could be told."""
        return not (self.groups or self.things or self.rates)


def pieces(p: Parsed) -> list[Piece]:
    """The pieces of a sentence in order; together they are all its words."""
    out: list[Piece] = []
    edges = sorted(_edges(p))
    for start, end in pairwise(edges):
        piece = _piece(p, start, end)
        alone = bool(piece.groups or piece.rates) or (bool(piece.things) and end - start >= _NOUN_ALONE)
        if out and (not alone or out[-1].bare):
            _join(out[-1], piece)
        else:
            out.append(piece)
    return out


def _edges(p: Parsed) -> set[int]:
    """Where pieces may begin: at marks, where clauses begin, and at an 'and' before a rate; never inside a time."""
    inside = {k for t in p.times for k in range(t.start + 1, t.end)}
    named = {k for m in p.named for k in range(m.start, m.end)}
    out = {g.left for g in p.groups if g.marker != "attribute"}
    for i, word in enumerate(p.words):
        if word.text in MARKS and i not in named:
            out.add(i if word.text in _OPENING else i + 1)
        elif word.low in ("and", "or", "but") and any(i < r.start < i + 6 for r in p.rates):
            out.add(i)
    return {k for k in out if k not in inside} | {0, len(p.words)}


def _piece(p: Parsed, start: int, end: int) -> Piece:
    return Piece(
        p,
        start,
        end,
        [g for g in p.groups if start <= g.head < end and g.marker != "attribute"],
        [t for t in p.things if start <= t.start < end],
        [r for r in p.rates if start <= r.start < end],
    )


def _join(piece: Piece, more: Piece) -> None:
    piece.end = more.end
    piece.groups += more.groups
    piece.things += more.things
    piece.rates += more.rates
