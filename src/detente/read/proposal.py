"""What a reader hands on: proposals, each with the words it rests on.

A proposal is what a text says, not what is so: what is attributed stays attributed, what is expected is not recorded as
happened. Offsets count Unicode code points of the text that was read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

Kind = Literal[
    "call",
    "meeting",
    "round",
    "planned-talk",
    "arrangement",
    "measure-announced",
    "measure-imposed",
    "measure-raised",
    "measure-cut",
    "measure-suspended",
    "measure-lifted",
    "commitment",
    "claim-breach",
    "claim-denial",
    "claim-threat",
    "claim-offer",
    "claim-expectation",
    "court-decision",
]
Precision = Literal["day", "week", "month", "quarter", "year", "about", "period", "deadline"]
Relation = Literal["repeats", "extends", "contradicts", "new", "internal-conflict"]

KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Span:
    """Words of the text: `text[start:end] == quote`."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class When:
    """A day within [from_, until), or from a day on (`until` None), and how exactly the text tells it."""

    from_: date
    until: date | None
    precision: Precision


@dataclass(frozen=True)
class Person:
    """Somebody the text names, by full name where it is known, with the office the text or the record gives then."""

    name: str
    office: str | None = None


@dataclass(frozen=True)
class Match:
    """An entry of the record that a proposal is about, and what the two agree or differ in, in words."""

    id: str
    file: str
    why: str


@dataclass(frozen=True)
class Proposal:
    """One event or statement a text tells.

    parties: economy codes, the side that acts or speaks first. rate: a fraction; the new level where a level is told,
    else the size of the change (`rate_is`). place: None where the text names none, "open" where it says it is not
    fixed. attributed_to: the quoted speaker or reported source, None for the text's own voice. duration_days: a stated
    length. quantity: in the text's words ("$50 billion of farm goods"). products: as the text names them. `evidence`
    holds all spans, the first one the main one. `note` says in words what is doubtful or in conflict.
    """

    kind: Kind
    parties: tuple[str, ...]
    evidence: tuple[Span, ...]
    persons: tuple[Person, ...] = ()
    attributed_to: str | None = None
    date: When | None = None
    duration_days: int | None = None
    rate: float | None = None
    rate_is: Literal["level", "change"] | None = None
    products: tuple[str, ...] = ()
    quantity: str | None = None
    place: str | None = None
    matches: tuple[Match, ...] = ()
    relation: Relation = "new"
    note: str | None = None
