"""The command about outcomes."""

from __future__ import annotations

import sys
from datetime import date
from functools import partial

import click

from detente.cli.group import main
from detente.cli.options import JSON, KNOWN, ON, asked, print_answer, schema_option


@main.command()
@click.argument("what", metavar="DISPUTE or SCENARIO.yaml")
@ON
@KNOWN
@click.option("--world", help="The world to solve; default: the one the scenario names, or world-2022.")
@click.option("--elasticity", help="A named set of elasticities; see `detente world list`.")
@click.option("--csv", "as_csv", is_flag=True, help="Print one row an economy as CSV.")
@click.option("--out", metavar="FILE", help="Write all results as tables: .csv, .xlsx, .parquet, .dta, or a folder.")
@JSON
@schema_option("solve")
def solve(
    what: str,
    on: date | None,
    known: date | None,
    world: str | None,
    elasticity: str | None,
    as_csv: bool,
    out: str | None,
    as_json: bool,
) -> None:
    """What an outcome does to every economy.

    A DISPUTE is solved for its outcomes, against the duties in force on the day; SCENARIO.yaml says which duties change
    (see docs/scenarios.md). --out writes every result (docs/results.md says what each is), --csv prints the main ones.

    \b
    Examples:
      detente solve us-china --on 2025-06-06 --known 2025-06-06
      detente solve examples/war.yaml
      detente solve examples/war.yaml --elasticity boehm-long-run --json
      detente solve examples/without-emergency-duties.yaml --out results.xlsx
    """
    from detente import questions

    if what.endswith((".yaml", ".yml")):
        answer = asked(partial(questions.solve_scenario, what, world, elasticity, on, known, out))
    else:
        given = {k: v for k, v in (("world", world), ("elasticity", elasticity)) if v}
        answer = asked(partial(questions.solve_dispute, what, on, known, **given, out=out))
    if as_csv:
        from detente import screens

        click.echo(screens.solve_csv(answer), nl=False)
    else:
        print_answer(answer, as_json, "show_solve")
    if not all(x.converged for x in answer.outcomes.values()):
        sys.exit(1)
