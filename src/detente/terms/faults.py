"""Faults: everything that is wrong with an input, said at once and in words.

A fault names where it is (`path`, `line`), what is wrong (`message`), and what would be right (`allowed`,
and the nearest known name). `InputFault` carries all of them; nothing stops at the first.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an input.

    `path` is a file or an argument name, `line` counts from 1 (None: no line), `allowed` lists or describes what
    is accepted, `rule` is the number of the integrity rule that was broken, if one was.
    """

    path: str
    message: str
    line: int | None = None
    allowed: str | None = None
    rule: str | None = None

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        rule = f" [{self.rule}]" if self.rule else ""
        remedy = f" Allowed: {self.allowed}." if self.allowed else ""
        return f"{place}: {self.message}{remedy}{rule}"

    def as_dict(self) -> dict[str, Any]:
        """The fault as plain JSON values."""
        return {
            "path": self.path,
            "line": self.line,
            "message": self.message,
            "allowed": self.allowed,
            "rule": self.rule,
        }


class InputFault(ValueError):
    """Raised for wrong input, with every fault found in `.faults`."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: list[Fault] = sorted(faults, key=lambda f: (f.path, f.line or 0, f.message))
        super().__init__("\n".join(str(f) for f in self.faults))

    @property
    def of_arguments(self) -> bool:
        """True when what is wrong are the arguments of a call, not the contents of a file."""
        return all(f.line is None and "/" not in f.path for f in self.faults)


@dataclass(slots=True)
class FaultList:
    """Collects faults while an input is read; `raise_if_any` ends the reading."""

    faults: list[Fault] = field(default_factory=list)

    def add(
        self,
        path: str,
        message: str,
        line: int | None = None,
        allowed: str | None = None,
        rule: str | None = None,
    ) -> None:
        """Note one fault and go on."""
        self.faults.append(Fault(path, message, line, allowed, rule))

    def raise_if_any(self) -> None:
        """Raise `InputFault` with all faults noted so far, if there are any."""
        if self.faults:
            raise InputFault(self.faults)

    def __iter__(self) -> Iterator[Fault]:
        return iter(self.faults)

    def __bool__(self) -> bool:
        return bool(self.faults)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like `name`, or None when nothing is close."""
    by_fold = {k.casefold(): k for k in known}
    close = difflib.get_close_matches(name.casefold(), list(by_fold), n=1, cutoff=0.6)
    return by_fold[close[0]] if close else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A sentence tail, ' Did you mean X?', or nothing."""
    near = nearest(name, known)
    return f" Did you mean {near}?" if near and near != name else ""
