"""Answers as text for a terminal. Rich is loaded here and only when a person reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from detente.questions import (
    AverageAnswer,
    Check,
    DutyAnswer,
    SolveAnswer,
    Status,
    Timeline,
    WorldCheckAnswer,
    WorldList,
    WorldShow,
)
from detente.questions.answers import AdditionalDuty, Bounds, DutyLayer, MeasureLine, NextStep, Outcome, TalkLine
from detente.terms import say_day

if TYPE_CHECKING:
    from detente.questions import Picture  # brings the economy, which most screens do without

_WHOLE = ("day", "by → on", "measure", "since", "first day after", "id")  # never broken over lines
_MOST = 15
_SHOWN = ("USA", "CHN", "EU", "MEX", "VNM", "JPN")
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
    console.print(_truce_words(answer))
    for duty in answer.additional:
        console.print(_duty_words(duty))
    _measures(answer.in_force, "In force", console)
    _measures(answer.unknown, "Unknown: a clock ran out and no act is known", console)
    _measures(answer.suspended, "Suspended", console)
    _steps(answer.next, console)
    _clocks(answer, console)
    _listing("Announced, not carried out by a published act", answer.announced, console)
    _talks(answer, console)
    _commitments(answer, console)
    _claims(answer, console)
    _footer(answer.provenance.command, answer.provenance.record_hash, answer.covered_through, console)


def _truce_words(answer: Status) -> str:
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


def _duty_words(duty: AdditionalDuty) -> str:
    parts = ", ".join(f"{name} {_percent(rate)}" for name, rate in duty.by_measure.items()) or "nothing"
    text = (
        f"{duty.imposer} on goods of {duty.partner} that no list names: [bold]{_percent(duty.total)}[/bold] ({parts})"
    )
    if duty.owed != duty.total:
        text += f"; lawfully owed as now known {_percent(duty.owed)}"
    if duty.charged != duty.total:
        text += f"; charged on the day {_percent(duty.charged)}"
    return text


def _percent(rate: float | None) -> str:
    return "unknown" if rate is None else f"{rate * 100:.6g}%"


def _says(rate: float | None, state: str | None, status: str) -> str:
    if status in ("unknown", "lapsed", "revoked", "struck down", "none", "exempt"):
        return status
    if rate is None:
        return state or status
    return _percent(rate) if status == "in force" else f"{_percent(rate)} ({status})"


def _outcome(outcome: Outcome | None) -> str:
    return "" if outcome is None else _says(outcome.rate, outcome.state, outcome.status)


def _measures(lines: Sequence[MeasureLine], title: str, console: Console) -> None:
    if not lines:
        return
    table = _table(f"{title} ({len(lines)})", ("by → on", "measure", "goods", "rate or state", "since", "act"))
    for x in lines:
        says = _says(x.rate, x.state, x.status)
        if x.status == "unknown":
            says = f"unknown: {_outcome(x.if_extended)} if extended, {_outcome(x.if_lapsed)} if lapsed"
        elif x.suspended and x.status == "in force":
            says += f" ({_percent(x.nominal)} less {x.suspended * 100:.6g} points suspended)"
        where = f"{x.imposer} → {x.partner}"
        since = str(x.since) if x.since else ""
        table.add_row(where, x.measure, escape(x.goods_title), escape(says), since, ", ".join(x.instruments))
    console.print()
    console.print(table)


def _table(title: str | None, columns: Sequence[str]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0))
    for name in columns:
        table.add_column(name, overflow="fold", no_wrap=name in _WHOLE)
    return table


def _steps(steps: Sequence[NextStep], console: Console) -> None:
    if not steps:
        return
    more = f" (the first {_MOST} of {len(steps)}, see --json)" if len(steps) > _MOST else ""
    table = _table(f"What changes next{more}", ("day", "by → on", "measure", "goods", "before", "after"))
    for s in steps[:_MOST]:
        where = f"{s.imposer} → {s.partner}"
        table.add_row(str(s.day), where, s.measure, s.goods, _outcome(s.before), _outcome(s.after))
    console.print()
    console.print(table)


def _clocks(answer: Status, console: Console) -> None:
    if not answer.clocks:
        return
    table = _table("Clocks", ("first day after", "act", "measure", "goods", "state"))
    for c in answer.clocks:
        more = f" by {c.renewed_by}" if c.renewed_by else f": {c.why}" if c.why else ""
        style = _STYLES.get(c.state, "")
        said = f"[{style}]{c.state}{escape(more)}[/{style}]" if style else f"{c.state}{escape(more)}"
        table.add_row(str(c.until), c.instrument, c.measure, c.goods, said)
    console.print()
    console.print(table)


def _listing(title: str, lines: Iterable[str], console: Console) -> None:
    lines = list(lines)
    if lines:
        console.print(f"\n[bold]{title}[/bold]")
        for line in lines:
            console.print(f"  • {escape(line)}")


def _talks(answer: Status, console: Console) -> None:
    lines = [f"last: {_talk(answer.talks.last)}"] if answer.talks.last else []
    lines += [f"next: {_talk(t)}" for t in answer.talks.next]
    _listing("Talks", lines, console)


def _talk(talk: TalkLine) -> str:
    when = "no day fixed" if talk.from_ is None else _span(talk.from_, talk.until)
    place = {None: "", "open": ", place open"}.get(talk.place, f", {talk.place}")
    sides = "; ".join(f"{side}: {', '.join(names)}" for side, names in talk.persons.items())
    outcome = f". {talk.outcome}" if talk.outcome else ""
    return f"{talk.title}, {when}{place}{f' ({sides})' if sides else ''}{outcome}"


def _span(start: date, until: date | None) -> str:
    last = start if until is None else until - timedelta(days=1)
    return say_day(start) if last == start else f"{say_day(start)} to {say_day(last)}"


def _commitments(answer: Status, console: Console) -> None:
    """Those still to fall due and those that fell due within a year; the rest are counted."""
    year = timedelta(days=365)
    fresh = [
        c for c in answer.commitments if (c.due or answer.on) > answer.on - year and c.from_ > answer.on - 2 * year
    ]
    lines = []
    for c in fresh:
        due = f"due by {say_day(c.due - timedelta(days=1))}" if c.due else "no day set"
        lines.append(f"{c.by} to {c.to}: {c.text} ({due}; {c.arrangement}){_mark(c.verified)}")
    _listing(f"Commitments{_older(len(answer.commitments) - len(fresh))}", lines, console)


def _claims(answer: Status, console: Console) -> None:
    """Those of the last year; the rest are counted."""
    fresh = [c for c in answer.claims if c.published > answer.on - timedelta(days=365)]
    lines = []
    for c in fresh:
        said = f" “{c.quote}”" if c.quote else ""
        lines.append(f"{c.published} {c.by} {c.kind}: {c.text}{said}{_mark(c.verified)}")
    _listing(f"Open claims{_older(len(answer.claims) - len(fresh))}", lines, console)


def _mark(verified: str) -> str:
    return "" if verified == "verified" else f" [{verified}]"


def _older(count: int) -> str:
    return f" (and {count} older, see --json)" if count else ""


def _footer(command: str, record_hash: str | None, covered: date, console: Console) -> None:
    console.print(f"\n[dim]record {record_hash}, complete through {covered}; again with: {escape(command)}[/dim]")


def show_timeline(answer: Timeline, console: Console) -> None:
    """One line an event."""
    table = _table(None, ("day", "what", "event", "id"))
    for e in answer.events:
        state = f" [{e.status}]" if e.status and e.kind in ("clock", "arrangement") else ""
        later = "" if e.day <= answer.known else " (ahead)"
        table.add_row(str(e.day), e.kind + later, escape(e.title + state), e.id)
    console.print(table)
    _footer(answer.provenance.command, answer.provenance.record_hash, answer.covered_through, console)


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


def show_duty(answer: DutyAnswer, console: Console) -> None:
    """Base, layers, sum, and the next change."""
    head = f"{answer.code} from {answer.exporter} into {answer.importer} on {say_day(answer.on)}"
    replay = "" if answer.known == answer.on else f", as known on {say_day(answer.known)}"
    console.print(f"[bold]{head}[/bold]{replay}")
    if answer.beyond_coverage:
        console.print(f"[yellow]The record is complete through {say_day(answer.covered_through)}.[/yellow]")
    console.print(f"Base {_percent(answer.base)} ({answer.base_note})")
    _layers(answer.layers, console)
    console.print(
        f"Additional [bold]{_between(answer.additional, answer.additional_between)}[/bold]; total with base "
        f"[bold]{_percent(answer.total)}[/bold]"
    )
    if answer.charged != answer.additional or answer.owed != answer.additional:
        console.print(f"Charged on the day {_percent(answer.charged)}; owed as now known {_percent(answer.owed)}")
    if change := answer.next_change:
        console.print(f"Next change on {say_day(change.day)}: additional {_between(change.additional, change.between)}")
    _footer(answer.provenance.command, answer.provenance.record_hash, answer.covered_through, console)


def show_average(answer: AverageAnswer, console: Console) -> None:
    """The average, its bounds, its parts, and what they rest on."""
    replay = "" if answer.known == answer.on else f", as known on {say_day(answer.known)}"
    head = f"Average duty of {answer.importer} on goods from {answer.exporter} on {say_day(answer.on)}"
    console.print(f"[bold]{head}[/bold]{replay}")
    bounds = answer.additional_between
    high = "more" if bounds.high is None else f"{bounds.high * 100:.2f}%"
    known = f"over the {answer.known_share:.1%} of imports whose duty is known"
    over_all = f"over all between {bounds.low * 100:.2f}% and {high}"
    console.print(f"Additional [bold]{_rounded(answer.additional)}[/bold] {known}; {over_all}")
    with_base = f"With base (estimate, {_rounded(answer.base)}) [bold]{_rounded(answer.total)}[/bold]"
    collected = f"collected in {answer.weights_year}: {answer.collected:.2%}"
    console.print(f"{with_base} over {answer.matched_share:.1%} of imports; {collected}")
    table = _table(None, ("measure", "adds (points)"))
    for name, part in sorted(answer.by_measure.items(), key=lambda x: -x[1]):
        table.add_row(name, f"{part * 100:.2f}")
    console.print(table)
    weights = f"US imports of {answer.weights_year}, {answer.imports_usd_bn:,.1f} billion USD (US Census Bureau)"
    console.print(f"Weights: {weights}")
    _footer(answer.provenance.command, answer.provenance.record_hash, answer.covered_through, console)


def _rounded(rate: float | None) -> str:
    return "unknown" if rate is None else f"{rate * 100:.2f}%"


def _layers(layers: Sequence[DutyLayer], console: Console) -> None:
    table = _table(None, ("measure", "authority", "adds", "since", "act", "note"))
    for x in layers:
        note = x.why or ("" if x.status == "in force" else x.status)
        since = str(x.from_) if x.from_ else ""
        table.add_row(
            x.measure, escape(x.authority), _between(x.rate, x.between), since, x.instrument or "", escape(note)
        )
    console.print(table)


def _between(rate: float | None, bounds: Bounds) -> str:
    if rate is not None:
        return _percent(rate)
    high = "more" if bounds.high is None else _percent(bounds.high)
    return f"unknown, {_percent(bounds.low)} to {high}"


def show_picture(picture: Picture, file: str, console: Console) -> None:
    """The brief in a dozen lines, and where the page lies."""
    answer = picture.status
    console.print(f"[bold]{escape(answer.title)}[/bold] on {say_day(answer.on)}, as known on {say_day(answer.known)}")
    console.print(_truce_words(answer))
    for duty in answer.additional:
        console.print(_duty_words(duty))
    if picture.history:
        now = [p for p in picture.history if p.day <= answer.on][-1]
        console.print(
            f"Average additional duty: US on China {_rounded(now.us_on_cn)}, China on US {_rounded(now.cn_on_us)}"
        )
    _talks(answer, console)
    console.print(f"Open claims: {len(answer.claims)}; judgments of the last year or so: {len(picture.rulings)}")
    if picture.outcomes is not None:
        table = _table("Real income, % of the duties in force", ("outcome", *_SHOWN))
        for found in picture.outcomes.outcomes.values():
            row = (found.economies[c].real_income_pct for c in _SHOWN if c in found.economies)
            table.add_row(escape(found.title), *(_signed(x) for x in row) if found.converged else [found.status])
        console.print(table)
    for line in picture.missing:
        console.print(f"[yellow]{escape(line)}[/yellow]")
    console.print(f"Page: {escape(file)}")
    console.print(f"[dim]again with: {escape(picture.commands['brief'])}[/dim]")


def show_solve(answer: SolveAnswer, console: Console) -> None:
    """Each outcome as a table of economies; a solve that failed says so and shows no number."""
    console.print(
        f"[bold]{escape(answer.title)}[/bold] in {answer.world} ({answer.base_year}), against {answer.comparison}"
    )
    console.print(f"closure {answer.closure}, deficits {answer.deficits}, elasticities {answer.elasticity_title}")
    for name, found in answer.outcomes.items():
        console.print(f"\n[bold]{escape(name)}[/bold]: {escape(found.status)}")
        for note in found.notes:
            console.print(f"  [yellow]{escape(note)}[/yellow]")
        if found.converged:
            table = _table(None, ("economy", "real income %", "exports %", "imports %", "prices %", "EV, bn USD"))
            for code, x in found.economies.items():
                row = (x.real_income_pct, x.exports_pct, x.imports_pct, x.price_index_pct, x.ev_usd_bn)
                table.add_row(code, *(_signed(v) for v in row))
            console.print(table)
    for limit in answer.limits:
        console.print(f"[dim]{limit}[/dim]")
    p = answer.provenance
    console.print(f"[dim]world {p.world_hash}, code {p.code_version}; again with: {escape(p.command)}[/dim]")


def solve_csv(answer: SolveAnswer) -> str:
    """One row an outcome and economy. Nothing is printed for an outcome that did not converge but its status."""
    columns = ("real_income_pct", "exports_pct", "imports_pct", "price_index_pct", "real_wage_pct", "ev_usd_bn")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["outcome", "status", "economy", *columns])
    for name, found in answer.outcomes.items():
        status = "converged" if found.converged else found.status
        for code, x in found.economies.items() if found.converged else ():
            writer.writerow([name, status, code, *(f"{getattr(x, c):.6f}" for c in columns)])
        if not found.converged:
            writer.writerow([name, status])
    return out.getvalue()


def _signed(value: float | None) -> str:
    return "unknown" if value is None else f"{value:+.2f}"


def show_world_list(answer: WorldList, console: Console) -> None:
    """Worlds and elasticity sets."""
    table = _table("Worlds", ("world", "year", "economies", "sectors", "title"))
    for w in answer.worlds:
        table.add_row(w.world, str(w.base_year), str(w.economies), str(w.sectors), escape(w.title))
    console.print(table)
    table = _table("Elasticities (--elasticity NAME)", ("name", "is", "horizon", "paper"))
    for e in answer.elasticities:
        table.add_row(e["name"], e["kind"], e["horizon"], escape(e["paper"]))
    console.print(table)


def show_world(answer: WorldShow, console: Console) -> None:
    """Economies, sectors, choices and sources of a world."""
    console.print(f"[bold]{escape(answer.title)}[/bold] ({answer.world}, {answer.base_year}; {answer.unit})")
    if answer.provisional:
        console.print(f"[yellow]Provisional: {', '.join(answer.provisional)}[/yellow]")
    table = _table(
        "Economies", ("code", "value added bn", "goods imports bn", "goods exports bn", "deficit %", "duty %")
    )
    for e in answer.economies:
        row = (e["value_added_usd_bn"], e["goods_imports_usd_bn"], e["goods_exports_usd_bn"])
        table.add_row(e["code"], *(f"{v:,.0f}" for v in row), f"{e['deficit_share']:.1%}", f"{e['tariff']:.2%}")
    console.print(table)
    table = _table("Sectors", ("code", "name", "sales bn", "trade bn", "θ"))
    for s in answer.sectors:
        table.add_row(
            s["code"], escape(s["name"]), f"{s['sales_usd_bn']:,.0f}", f"{s['trade_usd_bn']:,.0f}", f"{s['theta']:.2f}"
        )
    console.print(table)
    _listing("Choices", [f"{k}: {v}" for k, v in answer.choices.items()], console)
    _listing("Sources", [" · ".join(str(v) for k, v in s.items() if k != "sha256") for s in answer.sources], console)
    console.print(f"\n[dim]{escape(answer.credit)}; world {answer.provenance.world_hash}[/dim]")


def show_world_check(answer: WorldCheckAnswer, console: Console) -> None:
    """Each rule with its worst departure."""
    for c in answer.checks:
        mark = "[green]holds[/green]" if c["ok"] else "[red]does not hold[/red]"
        console.print(
            f"{mark}  {escape(c['rule'])}: {c['worst']:.2g} of {c['tolerance']:.2g} at {escape(str(c['where']))}"
        )
    console.print(f"{answer.world} {'holds together' if answer.ok else 'does not hold together'}")
