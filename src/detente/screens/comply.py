"""Commitments on a screen."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from detente.screens.pieces import footer, mark, new_table
from detente.terms import say_day

if TYPE_CHECKING:
    from detente.questions.answers import Comply, OwingLine, TradeCount

_STYLES = {
    "short": "red",
    "reported short": "red",
    "breach claimed": "yellow",
    "disputed": "yellow",
    "unknown": "yellow",
    "delivered": "green",
    "reported delivered": "green",
    "carried out": "green",
    "overtaken": "dim",
}


def show_comply(answer: Comply, console: Console) -> None:
    """Each arrangement with its commitments; then the trade file, if one was given."""
    console.print(f"[bold]{escape(answer.title)}[/bold] on {say_day(answer.on)}, as known on {say_day(answer.known)}")
    if answer.beyond_coverage:
        through = say_day(answer.covered_through)
        console.print(f"[yellow]The record is complete through {through}. What came later is not in it.[/yellow]")
    shown = None
    for line in answer.commitments:
        if line.arrangement != shown:
            console.print(f"\n[bold]{escape(line.arrangement_title)}[/bold] ({line.arrangement})")
            shown = line.arrangement
            _charges([x for x in answer.commitments if x.arrangement == shown], console)
        _owing(line, console)
    for count in answer.trade or ():
        _trade(count, console)
    footer(answer.provenance.command, answer.provenance.record_hash, answer.covered_through, console)


def _owing(x: OwingLine, console: Console) -> None:
    style = _STYLES.get(x.state)
    late = ", late" if x.late else ""
    state = f"[{style}]{x.state}{late}[/{style}]" if style else f"{x.state}{late}"
    due = f"by {say_day(x.due - timedelta(days=1))}" if x.due else "no day set"
    console.print(f"  • {state}: {x.by} to {x.to}: {escape(x.text)} ({due}){escape(mark(x.verified))}", soft_wrap=True)
    for detail in _details(x):
        console.print(f"      {escape(detail)}", style="dim", soft_wrap=True)


def _details(x: OwingLine) -> list[str]:
    out = [amounts(x)] if amounts(x) else []
    if x.state not in ("not yet due", "not begun", "no day set") or "reports on" in x.why:
        out.append(x.why)
    return out


def _charges(lines: list[OwingLine], console: Console) -> None:
    """The breaches claimed of an arrangement, each once, the open ones with the last reply; settled ones counted."""
    found = {c.claim: c for x in lines for c in x.charges}
    for c in found.values():
        if c.open:
            reply = f"Reply: {c.answers[-1]}" if c.answers else "No reply is known."
            said = f"  {c.published} {c.by} claims a breach: {c.text} {reply}{mark(c.verified)}"
            console.print(escape(said), soft_wrap=True)
    settled = sum(not c.open for c in found.values())
    if settled:
        console.print(f"  {settled} claims of breach were settled, see --json")


def amounts(x: OwingLine) -> str:
    """What was owed and done in numbers, or nothing where nothing is counted."""
    if x.extra is None or x.state in ("not begun", "announced", "carried out", "overtaken"):
        return ""
    if x.base is not None:
        owed = f"owed {x.goal:.1f} {x.unit} ({x.extra:.1f} over a base of {x.base:.1f})"
    else:
        owed = f"owed {x.extra:g} {x.unit}"
    if x.done is None:
        return f"{owed}; done: unknown" if x.share is None else f"{owed}; done: {x.share:.1%}"
    share = "" if x.share is None else f", {x.share:.1%}"
    below = "" if x.over_base is None else f", {abs(x.over_base):.1f} {'below' if x.over_base < 0 else 'over'} the base"
    return f"{owed}; done: {x.done:g}{share}{below}"


def _trade(count: TradeCount, console: Console) -> None:
    allowed = {True: "the text lets it judge", False: "the text does not let it judge", None: "the text names no side"}
    title = f"{count.commitment} on {count.side} ({allowed[count.accepted]}), {count.unit}"
    columns = ("group", "span", "months", "bought", "goal", "share", "short by", "over the base")
    table = new_table(title, columns)
    for x in count.lines:
        months = f"{x.months_covered} of {x.months}" + (", goal cut" if x.pro_rated else "")
        span = f"{x.from_} to {x.until - timedelta(days=1)}"
        share = "unknown" if x.share is None else f"{x.share:.1%}"
        table.add_row(
            x.group,
            span,
            months,
            f"{x.bought:g}",
            *(_plain(v) for v in (x.goal,)),
            share,
            _plain(x.short_by),
            _plain(x.over_base),
        )
    console.print()
    console.print(table)


def _plain(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.1f}"
