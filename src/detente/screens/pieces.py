"""What several screens share: how a rate, a span of days and a list are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from detente.terms import say_day

if TYPE_CHECKING:
    from detente.questions.answers import Bounds, Outcome, PersonLine

_WHOLE = ("day", "by → on", "measure", "since", "first day after", "id")  # never broken over lines

_NAMED = 4


def percent(rate: float | None) -> str:
    return "unknown" if rate is None else f"{rate * 100:.6g}%"


def says(rate: float | None, state: str | None, status: str, ceiling: bool = False) -> str:
    if status in ("unknown", "lapsed", "revoked", "struck down", "none", "exempt"):
        return status
    if rate is None:
        return f"{state} ({status})" if state and status != "in force" else state or status
    said = f"{percent(rate)}{' with the base' if ceiling else ''}"
    return said if status == "in force" else f"{said} ({status})"


def outcome_words(outcome: Outcome | None) -> str:
    return "" if outcome is None else says(outcome.rate, outcome.state, outcome.status, outcome.ceiling)


def partners_words(partners: Sequence[str]) -> str:
    """Whom a line is about; long lists are cut, since JSON has them whole."""
    if partners[0] == "ALL":
        return "all others"
    more = len(partners) - _NAMED
    return ", ".join(partners) if more <= 1 else f"{', '.join(partners[:_NAMED])} and {more} more"


def new_table(title: str | None, columns: Sequence[str]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0))
    for name in columns:
        table.add_column(name, overflow="fold", no_wrap=name in _WHOLE)
    return table


def listing(title: str, lines: Iterable[str], console: Console) -> None:
    lines = list(lines)
    if lines:
        console.print(f"\n[bold]{title}[/bold]")
        for line in lines:
            console.print(f"  • {escape(line)}")


def span(start: date, until: date | None) -> str:
    last = start if until is None else until - timedelta(days=1)
    return say_day(start) if last == start else f"{say_day(start)} to {say_day(last)}"


def mark(verified: str) -> str:
    return "" if verified == "verified" else f" [{verified}]"


def delegations(persons: Sequence[PersonLine]) -> str:
    """Who takes part for each side, with the office of that day and a mark where it is not verified."""
    sides: dict[str, list[str]] = {}
    for x in persons:
        office = f", {x.office}{mark(x.verified or 'unverified')}" if x.office else ""
        sides.setdefault(x.side, []).append(x.name + office)
    return "; ".join(f"{side}: {' · '.join(names)}" for side, names in sides.items())


def footer(command: str, record_hash: str | None, covered: date, console: Console) -> None:
    console.print(f"\n[dim]record {record_hash}, complete through {covered}; again with: {escape(command)}[/dim]")


def rounded(rate: float | None) -> str:
    return "unknown" if rate is None else f"{rate * 100:.2f}%"


def between(rate: float | None, bounds: Bounds) -> str:
    if rate is not None:
        return percent(rate)
    high = "more" if bounds.high is None else percent(bounds.high)
    return f"unknown, {percent(bounds.low)} to {high}"


def signed(value: float | None) -> str:
    return "unknown" if value is None else f"{value:+.2f}"
