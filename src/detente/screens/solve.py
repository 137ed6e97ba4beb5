"""What outcomes do to every economy, on a screen and as CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from detente.screens.pieces import new_table, signed

if TYPE_CHECKING:
    from detente.questions.answers import SolveAnswer


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
            table = new_table(None, ("economy", "real income %", "exports %", "imports %", "prices %", "EV, bn USD"))
            for code, x in found.economies.items():
                row = (x.real_income_pct, x.exports_pct, x.imports_pct, x.price_index_pct, x.ev_usd_bn)
                table.add_row(code, *(signed(v) for v in row))
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
