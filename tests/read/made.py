"""A reader made for tests: proposals at words that are given, so that what lies around reading is tested alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from detente.read import Proposal, Span, When


def span(text: str, words: str) -> Span:
    """The words where they first stand in the text."""
    start = text.index(words)
    return Span(start, start + len(words), words)


def on(day: date) -> When:
    """One day."""
    return When(day, day + timedelta(days=1), "day")


def proposal(text: str, kind: Any, words: str, parties: tuple[str, ...] = ("USA", "CHN"), **more: Any) -> Proposal:
    """A proposal that rests on words of the text."""
    return Proposal(kind=kind, parties=parties, evidence=(span(text, words),), **more)
