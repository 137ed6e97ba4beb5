"""The command about commitments."""

from __future__ import annotations

from datetime import date

import click

from detente.cli.group import main
from detente.cli.options import JSON, KNOWN, ON, respond, schema_option


@main.command()
@click.argument("dispute")
@ON
@KNOWN
@click.option("--trade", metavar="FILE.csv", help="Trade to hold against what was promised; see docs/compliance.md.")
@click.option("--pro-rate", is_flag=True, help="Cut yearly goals to the months the trade file covers.")
@JSON
@schema_option("comply")
def comply(dispute: str, on: date | None, known: date | None, trade: str | None, pro_rate: bool, as_json: bool) -> None:
    """Who owes what by when, what is known to be done, who claims a breach, and the answer.

    The state of each commitment is derived from dated reports, acts and claims. --trade takes a CSV with the columns
    reporter, partner, group or hs, period, value and optionally unit.

    \b
    Examples:
      detente comply us-china --on 2026-10-01 --known 2026-10-01
      detente comply us-china --trade examples/phase-one-trade.csv
    """
    from detente import questions

    if pro_rate and trade is None:
        raise click.UsageError("--pro-rate goes with --trade.")
    respond(lambda: questions.comply(dispute, on, known, trade, pro_rate), as_json, "show_comply")
