"""The command about duties."""

from __future__ import annotations

from datetime import date

import click

from detente.cli.group import main
from detente.cli.options import JSON, KNOWN, ON, respond, schema_option


@main.command()
@click.argument("code", required=False)
@click.option("--average", is_flag=True, help="The average over the trade of 2024 instead of one product.")
@click.option("--from", "exporter", required=True, help="The exporting economy, by name or code.")
@click.option("--to", "importer", required=True, help="The importing economy, by name or code.")
@ON
@KNOWN
@JSON
@schema_option("duty")
def duty(
    code: str | None,
    average: bool,
    exporter: str,
    importer: str,
    on: date | None,
    known: date | None,
    as_json: bool,
) -> None:
    """Which duties a product pays, layer by layer, and after the next change.

    CODE is an HS or HTS code of 4 to 10 digits; dots do not matter. --average takes no code.

    \b
    Examples:
      detente duty 8505.11.0070 --from CHN --to USA --on 2025-11-15
      detente duty 8517.13.00 --from China --to US --on 2025-04-10 --known 2025-04-12
      detente duty --average --from CHN --to USA --on 2025-06-06
    """
    from detente import questions

    if (code is None) != average:
        raise click.UsageError("Give a product code, or --average without one.")
    if code is None:
        respond(lambda: questions.average(exporter, importer, on, known), as_json, "show_average")
        return
    respond(lambda: questions.duty(code, exporter, importer, on, known), as_json, "show_duty")
