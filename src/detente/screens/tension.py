"""The tension index on a screen, and as CSV."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from detente.questions.answers import Bounds
from detente.screens.pieces import footer, listing, new_table
from detente.terms import say_day

if TYPE_CHECKING:
    from detente.questions.answers import Tension, TensionDay, TensionDetail

PARTS = (
    ("duties", "additional duties, both ways"),
    ("nontariff", "trade under non-tariff measures"),
    ("scheduled", "rise scheduled by acts"),
    ("events", "hostile less cooperative events"),
)


def show_tension(answer: Tension, console: Console) -> None:
    """The months of a series, or one day and what it is made of."""
    last = answer.until - timedelta(days=1)
    span = say_day(answer.since) if answer.detail else f"{say_day(answer.since)} to {say_day(last)}"
    told = f"as known on {say_day(answer.known)}" if answer.known else "each day as known that day"
    console.print(f"[bold]Tension, {escape(answer.dispute)}, {span}[/bold] ({told})")
    weights = ", ".join(f"{name} {getattr(answer.weights, name):.3g}" for name, _ in PARTS)
    outside = "" if answer.in_band else " [yellow](outside the band)[/yellow]"
    console.print(f"Weights: {weights}{outside}; band over {len(answer.band)} corners of the weightings")
    if answer.detail is not None:
        _one_day(answer, answer.days[0], answer.detail, console)
    else:
        _series(answer, console)
    for note in answer.notes:
        console.print(f"[yellow]{escape(note)}[/yellow]")
    footer(answer.provenance.command, answer.provenance.record_hash, answer.covered_through, console)


def tension_csv(answer: Tension) -> str:
    """One row a day; a bound that is not known is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    fields = ("duties", "nontariff", "scheduled", "index", "band")
    ends = [f"{f}_{end}" for f in fields for end in ("low", "high")]
    counts = ("nontariff_by_goods", "events", "hostile", "cooperative", "threats", "offers")
    writer.writerow(["day", *ends, *counts])
    for line, after in zip(answer.days, [*(x.day for x in answer.days[1:]), answer.until], strict=True):
        cells = [_cell(x) for f in fields for x in (getattr(line, f).low, getattr(line, f).high)]
        row = [*cells, *(_cell(getattr(line, c)) for c in counts)]
        writer.writerows([str(date.fromordinal(n)), *row] for n in range(line.day.toordinal(), after.toordinal()))
    return out.getvalue()


def _cell(value: float | int | None) -> str:
    return "" if value is None else f"{value:.6g}"


def _series(answer: Tension, console: Console) -> None:
    table = new_table(None, ("month", "days", "index", "over all weightings"))
    for x in answer.months:
        table.add_row(x.month, str(x.days), _between(x.index), _between(x.band))
    console.print(table)
    if answer.peak is not None and len(answer.months) > 1:
        said = answer.peak.months[0] if len(answer.peak.months) == 1 else f"one of {', '.join(answer.peak.months)}"
        console.print(f"Highest month under every weighting of the band: [bold]{said}[/bold]")


def _one_day(answer: Tension, day: TensionDay, detail: TensionDetail, console: Console) -> None:
    console.print(f"Index [bold]{_between(day.index)}[/bold]; over all weightings of the band {_between(day.band)}")
    table = new_table(None, ("part", "value", "weight", "adds"))
    for name, title in PARTS:
        value, weight = getattr(day, name), getattr(answer.weights, name)
        bounds = value if isinstance(value, Bounds) else Bounds(low=value, high=value)
        adds = Bounds(low=bounds.low * weight, high=None if bounds.high is None else bounds.high * weight)
        table.add_row(title, _between(bounds), f"{weight:.3g}", _between(adds))
    console.print(table)
    console.print(
        f"Mean of ln(1 + additional duty): US on China {_between(detail.us_on_cn)}, "
        f"China on US {_between(detail.cn_on_us)}"
    )
    goods = f"at most {day.nontariff_by_goods:.1%} of trade by the measures whose goods are known"
    console.print(f"Non-tariff measures: {goods}; others have no bound")
    listing(
        "Scheduled by acts",
        (f"{s.day}: {_rise(s.us_on_cn)} US, {_rise(s.cn_on_us)} China" for s in detail.steps),
        console,
    )
    counted = f"{day.hostile} hostile, {day.cooperative} cooperative; apart: {day.threats} threats, {day.offers} offers"
    listing(
        f"Events of the last {answer.window_days} days: {counted}",
        (f"{e.day} {e.turn or 'words only'}: {e.title} ({e.id})" for e in detail.events),
        console,
    )


def _rise(value: float | None) -> str:
    return "unknown" if value is None else f"{value:+.3f}"


def _between(bounds: Bounds) -> str:
    if bounds.high is None:
        return f"{bounds.low:.3f} or more"
    return f"{bounds.low:.3f}" if bounds.low == bounds.high else f"{bounds.low:.3f} to {bounds.high:.3f}"
