"""Small records in memory, for tests of the fold."""

from __future__ import annotations

from datetime import date
from typing import Any

from detente.record.entries import Instrument
from detente.record.fold import Act, in_order


def act(
    name: str, published: str, *changes: dict[str, Any], form: str = "order", number: int | None = None
) -> Instrument:
    """An instrument on measure 'm' whose changes are given as in the YAML."""
    return Instrument.model_validate(
        {
            "id": name,
            "by": "USA",
            "form": form,
            "title": name,
            "number": number,
            "published": published,
            "sources": ["s"],
            "verified": "verified",
            "changes": [{"measure": "m", **c} for c in changes],
        }
    )


def acts(*instruments: Instrument, known: str = "2099-01-01") -> list[Act]:
    """The acts published by `known`, in order."""
    return in_order(i for i in instruments if i.published <= date.fromisoformat(known))


def day(text: str) -> date:
    """A day from its ISO text."""
    return date.fromisoformat(text)
