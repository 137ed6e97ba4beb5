"""Answers about the worlds at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from detente.questions.answers.base import Answer, Provenance


@dataclass(frozen=True, kw_only=True)
class WorldLine(Answer):
    """A world at hand."""

    world: str
    title: str
    base_year: int
    economies: int
    sectors: int
    size_bytes: int


@dataclass(frozen=True, kw_only=True)
class WorldList(Answer):
    """The worlds at hand, and the named sets of elasticities."""

    worlds: list[WorldLine]
    elasticities: list[dict[str, str]]


@dataclass(frozen=True, kw_only=True)
class WorldShow(Answer):
    """What a world holds: its economies and sectors, where they come from, what was chosen and how far it moved."""

    world: str
    title: str
    base_year: int
    unit: str
    credit: str
    provisional: list[str]
    economies: list[dict[str, Any]]
    sectors: list[dict[str, Any]]
    choices: dict[str, str]
    sources: list[dict[str, str]]
    balance: dict[str, Any]
    notes: list[str]
    provenance: Provenance


@dataclass(frozen=True, kw_only=True)
class WorldCheckAnswer(Answer):
    """Whether a world's accounts hold: each rule with the worst departure found."""

    world: str
    ok: bool
    checks: list[dict[str, Any]]
