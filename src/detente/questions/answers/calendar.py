"""The answer of a calendar: dated entries that keep their identity when their day moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from detente.questions.answers.base import Answer, Provenance
from detente.questions.answers.record import TalkLine

CalendarKind = Literal["clock", "step", "due", "talk", "deadline"]


@dataclass(frozen=True, kw_only=True)
class CalendarEntry(Answer):
    """One dated entry, whole days; `until` is exclusive.

    `uid` names the thing and not the day, so that an entry that moved updates the one in a calendar; `sequence` rises
    and `modified` is the day of the newest act, report or statement that bears on it. `cancelled`: it came to nothing
    or was dropped, as known.
    """

    uid: str
    kind: CalendarKind
    day: date
    until: date
    title: str
    detail: list[str]
    cancelled: bool
    sequence: int
    modified: date
    links: list[str]


@dataclass(frozen=True, kw_only=True)
class Calendar(Answer):
    """What lies ahead in a dispute as known on a day; `undated` are talks that were announced without a day."""

    dispute: str
    title: str
    since: date
    until: date | None
    known: date
    covered_through: date
    entries: list[CalendarEntry]
    undated: list[TalkLine]
    provenance: Provenance
