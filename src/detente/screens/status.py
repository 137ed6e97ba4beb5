"""The state of a dispute on a screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from detente.screens.pieces import (
    delegations,
    footer,
    listing,
    mark,
    new_table,
    outcome_words,
    partners_words,
    percent,
    says,
    span,
)
from detente.terms import say_day

if TYPE_CHECKING:
    from detente.questions.answers import AdditionalDuty, MeasureLine, NextStep, Status, TalkLine

_MOST = 15
_STYLES = {"unknown": "yellow", "lapsed": "dim", "running": "green", "in force": "green", "announced": "cyan"}


def show_status(answer: Status, console: Console) -> None:
    """The state of a dispute, most urgent first."""
    day = f"on {say_day(answer.on)}"
    replay = "" if answer.known == answer.on else f", as known on {say_day(answer.known)}"
    console.print(f"[bold]{escape(answer.title)}[/bold] {day}{replay}")
    if answer.beyond_coverage:
        through = say_day(answer.covered_through)
        note = f"The record is complete through {through}. What came later is not in it."
        console.print(f"[yellow]{note}[/yellow]")
    console.print(truce_words(answer))
    for duty in answer.additional:
        console.print(duty_words(duty))
    _measures(answer.in_force, "In force", console)
    _measures(answer.unknown, "Unknown: a clock ran out and no act is known", console)
    _measures(answer.suspended, "Suspended", console)
    _steps(answer.next, console)
    _clocks(answer, console)
    listing("Announced, not carried out by a published act", answer.announced, console)
    _arrangements(answer, console)
    show_talks(answer, console)
    _commitments(answer, console)
    _claims(answer, console)
    footer(answer.provenance.command, answer.provenance.record_hash, answer.covered_through, console)


def truce_words(answer: Status) -> str:
    truce = answer.truce
    if truce is None:
        return "Truce: none in force."
    title = f"[bold]Truce:[/bold] {escape(truce.title)} ({truce.arrangement}), from {say_day(truce.from_)}"
    if truce.status == "unknown":
        more = f"; an extension to {say_day(truce.announced_until)} was announced" if truce.announced_until else ""
        ran_out = say_day(truce.until) if truce.until else "?"
        return f"{title}; its clock ran out on {ran_out}{more}; [yellow]no act is known: unknown[/yellow]."
    if truce.until is None:
        return f"{title}, without an end date; day {truce.days_elapsed}."
    last, lapse = say_day(truce.until - timedelta(days=1)), say_day(truce.until)
    counted = f"day {truce.days_elapsed}, {truce.days_left} left"
    return f"{title}; in force through {last}, lapses {lapse} ({counted})."


def duty_words(duty: AdditionalDuty) -> str:
    parts = ", ".join(f"{name} {percent(rate)}" for name, rate in duty.by_measure.items()) or "nothing"
    whom, most = partners_words(duty.partners), "at most " if duty.ceilings and duty.total else ""
    text = f"{duty.imposer} on goods of {whom} that no list names: {most}[bold]{percent(duty.total)}[/bold] ({parts})"
    if duty.ceilings:
        text += f"; {', '.join(duty.ceilings)} with the base duty counted in"
    if duty.owed != duty.total:
        text += f"; lawfully owed as now known {percent(duty.owed)}"
    if duty.charged != duty.total:
        text += f"; charged on the day {percent(duty.charged)}"
    return text


def _measures(lines: Sequence[MeasureLine], title: str, console: Console) -> None:
    if not lines:
        return
    table = new_table(f"{title} ({len(lines)})", ("by → on", "measure", "goods", "rate or state", "since", "act"))
    for x in lines:
        said = says(x.rate, x.state, x.status, x.ceiling)
        if x.status == "unknown":
            said = f"unknown: {outcome_words(x.if_extended)} if extended, {outcome_words(x.if_lapsed)} if lapsed"
        elif x.suspended and x.status == "in force":
            said += f" ({percent(x.nominal)} less {x.suspended * 100:.6g} points suspended)"
        where = f"{x.imposer} → {partners_words(x.partners)}"
        since = str(x.since) if x.since else ""
        table.add_row(where, x.measure, escape(x.goods_title), escape(said), since, ", ".join(x.instruments))
    console.print()
    console.print(table)


def _steps(steps: Sequence[NextStep], console: Console) -> None:
    if not steps:
        return
    more = f" (the first {_MOST} of {len(steps)}, see --json)" if len(steps) > _MOST else ""
    table = new_table(f"What changes next{more}", ("day", "by → on", "measure", "goods", "before", "after"))
    for s in steps[:_MOST]:
        where = f"{s.imposer} → {partners_words(s.partners)}"
        table.add_row(str(s.day), where, s.measure, s.goods, outcome_words(s.before), outcome_words(s.after))
    console.print()
    console.print(table)


def _clocks(answer: Status, console: Console) -> None:
    if not answer.clocks:
        return
    table = new_table("Clocks", ("first day after", "act", "measure", "goods", "state"))
    for c in answer.clocks:
        more = f" by {c.renewed_by}" if c.renewed_by else f": {c.why}" if c.why else ""
        style = _STYLES.get(c.state, "")
        said = f"[{style}]{c.state}{escape(more)}[/{style}]" if style else f"{c.state}{escape(more)}"
        table.add_row(str(c.until), c.instrument, c.measure, c.goods, said)
    console.print()
    console.print(table)


def _arrangements(answer: Status, console: Console) -> None:
    """Those that hold or whose end is unknown, the truce apart, which stands above."""
    above = answer.truce.arrangement if answer.truce else None
    lines = []
    for x in answer.arrangements:
        if x.status in ("in force", "scheduled", "unknown") and x.arrangement != above:
            verb = "its clock ran out on" if x.status == "unknown" else "lapses"
            end = f", {verb} {say_day(x.until)}" if x.until else ""
            lines.append(f"{x.kind}: {x.title} ({x.arrangement}), {x.status} from {say_day(x.from_)}{end}")
    listing("Arrangements", lines, console)


def show_talks(answer: Status, console: Console) -> None:
    lines = [f"last: {_talk(answer.talks.last)}"] if answer.talks.last else []
    lines += [f"next: {_talk(t)}" for t in answer.talks.next]
    listing("Talks", lines, console)


def _talk(talk: TalkLine) -> str:
    when = "no day fixed" if talk.from_ is None else span(talk.from_, talk.until)
    place = {None: "", "open": ", place open"}.get(talk.place, f", {talk.place}")
    sides = delegations(talk.offices)
    outcome = f". {talk.outcome}" if talk.outcome else ""
    return f"{talk.title}, {when}{place}{f' ({sides})' if sides else ''}{outcome}"


def _commitments(answer: Status, console: Console) -> None:
    """Those still to fall due and those that fell due within a year; the rest are counted."""
    year = timedelta(days=365)
    fresh = [
        c for c in answer.commitments if (c.due or answer.on) > answer.on - year and c.from_ > answer.on - 2 * year
    ]
    lines = []
    for c in fresh:
        due = f"due by {say_day(c.due - timedelta(days=1))}" if c.due else "no day set"
        lines.append(f"{c.by} to {c.to}: {c.text} ({due}; {c.arrangement}){mark(c.verified)}")
    listing(f"Commitments{_older(len(answer.commitments) - len(fresh))}", lines, console)


def _claims(answer: Status, console: Console) -> None:
    """Those of the last year; the rest are counted."""
    fresh = [c for c in answer.claims if c.published > answer.on - timedelta(days=365)]
    lines = []
    for c in fresh:
        said = f" “{c.quote}”" if c.quote else ""
        lines.append(f"{c.published} {c.by} {c.kind}: {c.text}{said}{mark(c.verified)}")
    listing(f"Open claims{_older(len(answer.claims) - len(fresh))}", lines, console)


def _older(count: int) -> str:
    return f" (and {count} older, see --json)" if count else ""
