"""Faults of a large file: the first of each kind by name, the rest by number."""

from __future__ import annotations

from collections import Counter

from detente.terms import FaultList

SHOWN = 20
"""How many faults of one kind are named."""


class ManyFaults:
    """A fault list that does not grow with the file: a million bad cells are twenty faults and a count.

    `kind` groups faults; after `SHOWN` of one kind the rest are counted only.
    """

    def __init__(self) -> None:
        self._list = FaultList()
        self._seen: Counter[tuple[str, str]] = Counter()

    def add(self, kind: str, path: str, message: str, line: int | None = None, allowed: str | None = None) -> None:
        """Note one fault of a kind."""
        self._seen[kind, path] += 1
        if self._seen[kind, path] <= SHOWN:
            self._list.add(path, message, line, allowed)

    def full(self, kind: str, path: str) -> bool:
        """Whether as many of a kind are named as will be."""
        return self._seen[kind, path] >= SHOWN

    def count(self, kind: str, path: str, number: int) -> None:
        """Say how many of a kind there are in all, where only the first were noted."""
        self._seen[kind, path] = max(number, self._seen[kind, path])

    def __bool__(self) -> bool:
        return bool(self._seen)

    def raise_if_any(self) -> None:
        """Raise `InputFault` with the faults noted, and how many were not named."""
        for (kind, path), count in self._seen.items():
            if count > SHOWN:
                self._list.add(path, f"{count:,} {kind}; the first {SHOWN} are named.")
        self._list.raise_if_any()
