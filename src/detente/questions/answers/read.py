"""The answers about an article: what it proposes, and what became of what was accepted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from detente.questions.answers.base import Answer, Provenance
from detente.read import Kind, Precision, Relation
from detente.terms import say_day


@dataclass(frozen=True, kw_only=True)
class SpanLine(Answer):
    """Words of the text by code points: `text[start:end]` is the quote."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, kw_only=True)
class WhenLine(Answer):
    """A day within `[from, until)` and how exactly the text tells it; until null is open."""

    from_: date
    until: date | None
    precision: Precision

    def in_words(self) -> str:
        """The days as a person writes them: 'by 4 Sep 2025', 'about 12 May 2025 to 20 May 2025'."""
        if self.until is None:
            return f"from {say_day(self.from_)}"
        last = self.until - timedelta(days=1)
        if self.precision == "deadline":
            return f"by {say_day(last)}"
        days = say_day(self.from_) if last == self.from_ else f"{say_day(self.from_)} to {say_day(last)}"
        return f"about {days}" if self.precision == "about" else days


@dataclass(frozen=True, kw_only=True)
class NamedPerson(Answer):
    """Somebody named, with the office the text or the record gives."""

    name: str
    office: str | None


@dataclass(frozen=True, kw_only=True)
class MatchLine(Answer):
    """An entry of the record a proposal is about, and what the two agree or differ in."""

    id: str
    file: str
    why: str


@dataclass(frozen=True, kw_only=True)
class ProposalLine(Answer):
    """One event or statement the article tells, with the words it rests on.

    `start`, `end`, `quote` are those of the first evidence. `accept` is for whoever reviews: true to write it, false
    not to. `entry` is what would be written, in the form of `section`, added to the entry `into` where there is one;
    what it `lacks` stands as null and must be filled in first. Rates are fractions.
    """

    kind: Kind
    parties: tuple[str, ...]
    persons: tuple[NamedPerson, ...]
    date: WhenLine | None
    duration_days: int | None
    rate: float | None
    rate_is: Literal["level", "change"] | None
    products: tuple[str, ...]
    quantity: str | None
    place: str | None
    attributed_to: str | None
    start: int
    end: int
    quote: str
    evidence: tuple[SpanLine, ...]
    matches: tuple[MatchLine, ...]
    relation: Relation
    note: str | None
    by_model: bool
    accept: bool | None
    section: str | None
    into: str | None
    entry: dict[str, Any] | None
    lacks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SourceDraft(Answer):
    """The article as a source of the record; what is null must be filled in before something is accepted."""

    id: str
    document: str | None
    publisher: str | None
    date: date
    link: str | None
    verified: Literal["verified", "partly", "seen-no-address", "unverified"]


@dataclass(frozen=True, kw_only=True)
class ReadAnswer(Answer):
    """An article and what it proposes. Offsets count in `text`; nothing is written by reading.

    `published_by` says where the day is told, `notes` what was decided in reading (an encoding, say) and what a model
    told that is not in the article's words.
    """

    file: str
    form: Literal["text", "html", "pdf"]
    dispute: str | None
    title: str | None
    published: date
    published_by: str
    known: date | None
    source: SourceDraft
    notes: tuple[str, ...]
    text: str
    proposals: tuple[ProposalLine, ...]
    provenance: Provenance


@dataclass(frozen=True, kw_only=True)
class WrittenLine(Answer):
    """What became of one accepted proposal: `position` counts from 1 in the file of proposals."""

    position: int
    section: str
    id: str
    file: str
    result: Literal["written", "already there"]


@dataclass(frozen=True, kw_only=True)
class AcceptAnswer(Answer):
    """What accepting wrote. `files` changed; `completed` says that an interrupted accept was finished first."""

    folder: str
    written: tuple[WrittenLine, ...]
    files: tuple[str, ...]
    not_accepted: int
    not_reviewed: int
    nothing_to_write: tuple[int, ...] = field(default=())
    completed: bool = False
    copied_from: str | None = None
