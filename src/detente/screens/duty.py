"""Duties of one product, and averages, on a screen."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from detente.questions.answers import AverageRow
from detente.screens.pieces import between, footer, new_table, percent, rounded
from detente.terms import say_day

if TYPE_CHECKING:
    from detente.questions.answers import (
        AverageAnswer,
        AveragesAnswer,
        DutyAnswer,
        DutyLayer,
        PanelAnswer,
    )


def show_duty(answer: DutyAnswer, console: Console) -> None:
    """Base, layers, sum, and the next change."""
    head = f"{answer.code} from {answer.exporter} into {answer.importer} on {say_day(answer.on)}"
    replay = "" if answer.known == answer.on else f", as known on {say_day(answer.known)}"
    console.print(f"[bold]{head}[/bold]{replay}")
    if answer.beyond_coverage:
        console.print(f"[yellow]The record is complete through {say_day(answer.covered_through)}.[/yellow]")
    console.print(f"Base {between(answer.base, answer.base_between)} ({answer.base_note})")
    _layers(answer.layers, console)
    console.print(
        f"Additional [bold]{between(answer.additional, answer.additional_between)}[/bold]; total with base "
        f"[bold]{percent(answer.total)}[/bold]"
    )
    if answer.charged != answer.additional or answer.owed != answer.additional:
        console.print(f"Charged on the day {percent(answer.charged)}; owed as now known {percent(answer.owed)}")
    if change := answer.next_change:
        console.print(f"Next change on {say_day(change.day)}: additional {between(change.additional, change.between)}")
    for other in answer.alternatives:
        sums = f"additional {between(other.additional, other.between)}, total {percent(other.total)}"
        console.print(f"If: {escape(other.condition)}: {sums}", soft_wrap=True)
    footer(answer.provenance.command, answer.provenance.record_hash, answer.covered_through, console)


def show_averages(answer: AveragesAnswer, console: Console) -> None:
    """Averages by part, on each day on which something changes."""
    days = say_day(answer.since) + ("" if answer.until == answer.since else f" to {say_day(answer.until)}")
    console.print(f"[bold]Average duties of {answer.importer} by {answer.by}, {days}[/bold]")
    more = () if answer.by == "authority" else ("central", "with base", "of", "collected")
    table = new_table(None, ("day", answer.by, "additional", "of", *more, "USD bn"))
    for row in answer.rows:
        shares = [f"{x:.1%}" if x is not None else "" for x in (row.known_share, row.matched_share)]
        if answer.by == "authority":
            table.add_row(str(row.day), row.key, rounded(row.additional), shares[0], f"{row.imports_usd_bn:,.1f}")
            continue
        rates = [rounded(row.additional), shares[0], rounded(row.central), rounded(row.total), shares[1]]
        table.add_row(str(row.day), row.key, *rates, rounded(row.collected), f"{row.imports_usd_bn:,.1f}")
    console.print(table)
    console.print(f"'of' is the share of imports of {answer.weights_year} whose duty (and base, an estimate) is known.")
    console.print(f"Again with: {answer.provenance.command}", soft_wrap=True)


def print_averages_csv(answer: AveragesAnswer, console: Console) -> None:
    """The same as CSV: rates are fractions and what is not known is empty."""
    names = [f.name for f in fields(AverageRow)]
    writer = csv.writer(console.file, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([getattr(row, name) for name in names] for row in answer.rows)


def show_panel(answer: PanelAnswer, console: Console) -> None:
    """What was written."""
    what = f"{answer.rows:,} rows: {answer.lines:,} lines, {len(answer.exporters)} partners"
    console.print(f"{answer.file}: duties of {answer.importer} on {say_day(answer.on)}, {what}", soft_wrap=True)
    console.print(f"Additional duty known on {answer.known_share:.1%} of rows; the base is an estimate")
    console.print(f"Columns: {', '.join(answer.columns)}", soft_wrap=True)
    console.print(f"Again with: {answer.provenance.command}", soft_wrap=True)


def show_average(answer: AverageAnswer, console: Console) -> None:
    """The average, its bounds, its parts, and what they rest on."""
    replay = "" if answer.known == answer.on else f", as known on {say_day(answer.known)}"
    head = f"Average duty of {answer.importer} on goods from {answer.exporter} on {say_day(answer.on)}"
    console.print(f"[bold]{head}[/bold]{replay}")
    bounds = answer.additional_between
    high = "more" if bounds.high is None else f"{bounds.high * 100:.2f}%"
    known = f"over the {answer.known_share:.1%} of imports whose duty is known"
    over_all = f"over all between {bounds.low * 100:.2f}% and {high}"
    console.print(f"Additional [bold]{rounded(answer.additional)}[/bold] {known}; {over_all}")
    with_base = f"With base (estimate, {rounded(answer.base)}) [bold]{rounded(answer.total)}[/bold]"
    collected = f"collected in {answer.weights_year}: {answer.collected:.2%}"
    console.print(f"{with_base} over {answer.matched_share:.1%} of imports; {collected}")
    table = new_table(None, ("measure", "adds (points)"))
    for name, part in sorted(answer.by_measure.items(), key=lambda x: -x[1]):
        table.add_row(name, f"{part * 100:.2f}")
    console.print(table)
    weights = f"US imports of {answer.weights_year}, {answer.imports_usd_bn:,.1f} billion USD (US Census Bureau)"
    console.print(f"Weights: {weights}")
    footer(answer.provenance.command, answer.provenance.record_hash, answer.covered_through, console)


def _layers(layers: Sequence[DutyLayer], console: Console) -> None:
    table = new_table(None, ("measure", "authority", "adds", "since", "act", "note"))
    for x in layers:
        note = x.why or ("" if x.status == "in force" else x.status)
        since = str(x.from_) if x.from_ else ""
        table.add_row(
            x.measure, escape(x.authority), between(x.rate, x.between), since, x.instrument or "", escape(note)
        )
    console.print(table)
