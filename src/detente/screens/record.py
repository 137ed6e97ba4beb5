"""The timeline and the verdict of a check on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from detente.screens.pieces import delegations, footer, listing, new_table

if TYPE_CHECKING:
    from detente.questions.answers import Check, Timeline


def show_timeline(answer: Timeline, console: Console) -> None:
    """One line an event."""
    table = new_table(None, ("day", "what", "event", "id"))
    for e in answer.events:
        state = f" [{e.status}]" if e.status and e.kind in ("clock", "arrangement", "due") else ""
        later = "" if e.day <= answer.known else " (ahead)"
        who = f" ({delegations(e.persons)})" if e.persons else ""
        table.add_row(str(e.day), e.kind + later, escape(e.title + state + who), e.id)
    console.print(table)
    listing("Talks announced without a day", (t.title for t in answer.undated), console)
    footer(answer.provenance.command, answer.provenance.record_hash, answer.covered_through, console)


def show_check(answer: Check, console: Console) -> None:
    """Every fault with file and line, or the counts of a record that holds together."""
    for fault in answer.faults:
        place = fault.path if fault.line is None else f"{fault.path}:{fault.line}"
        allowed = f" Allowed: {fault.allowed}." if fault.allowed else ""
        rule = f" [{fault.rule}]" if fault.rule else ""
        console.print(f"[bold]{escape(place)}[/bold]: {escape(fault.message + allowed + rule)}", soft_wrap=True)
    counts = ", ".join(f"{n} {name}" for name, n in answer.counts.items())
    verdict = "holds together" if answer.ok else f"does not check: {len(answer.faults)} faults"
    console.print(f"{escape(answer.dispute)} {verdict} ({counts}; {answer.rules} rules)")
