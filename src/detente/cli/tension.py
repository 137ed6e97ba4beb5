"""The command about tension."""

from __future__ import annotations

from datetime import date
from functools import partial

import click

from detente.cli.group import main
from detente.cli.options import DAY, JSON, asked, print_answer, schema_option


@main.command()
@click.argument("dispute")
@click.option("--since", type=DAY, help="First day of the series; default 2018-01-01.")
@click.option("--until", type=DAY, help="First day no longer in it; default: through the end of the record.")
@click.option("--known", type=DAY, help="Use only what was published by this day; default: each day as known that day.")
@click.option("--on", type=DAY, help="One day only, with what its index is made of.")
@click.option(
    "--weights", metavar="A,B,C,D", help="Weights of duties, non-tariff, scheduled and events; scaled to sum to one."
)
@click.option("--csv", "as_csv", is_flag=True, help="Print one row a day as CSV.")
@JSON
@schema_option("tension")
def tension(
    dispute: str,
    since: date | None,
    until: date | None,
    known: date | None,
    on: date | None,
    weights: str | None,
    as_csv: bool,
    as_json: bool,
) -> None:
    """How tense a dispute is: an index of duties, non-tariff measures, scheduled steps and events, with a band.

    docs/tension.md says how it is made. A day is judged with what was known that day.

    \b
    Examples:
      detente tension us-china --since 2025-01-01 --until 2025-07-01
      detente tension us-china --on 2025-06-06
      detente tension us-china --weights 2,0,1,1 --csv
    """
    from detente import questions

    if as_csv and as_json:
        raise click.UsageError("Give --json or --csv, not both.")
    given = None if weights is None else _numbers(weights)
    answer = asked(partial(questions.tension_index, dispute, since, until, known, on, given))
    if as_csv:
        from detente import screens

        click.echo(screens.tension_csv(answer), nl=False)
        return
    print_answer(answer, as_json, "show_tension")


def _numbers(text: str) -> list[float]:
    """Four numbers out of '0.4,0.2,0.2,0.2'; how many they are and their signs are judged by the question."""
    out = []
    for word in text.split(","):
        try:
            out.append(float(word))
        except ValueError:
            message = f"--weights: '{word.strip()}' is not a number. Write four numbers with commas: 0.4,0.2,0.2,0.2"
            raise click.UsageError(message) from None
    return out
