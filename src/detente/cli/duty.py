"""The command about duties."""

from __future__ import annotations

from datetime import date

import click

from detente.cli.group import main
from detente.cli.options import DAY, JSON, KNOWN, ON, asked, print_answer, respond, schema_option

_PARTS = ["partner", "chapter", "section", "sector", "authority"]


@main.command()
@click.argument("code", required=False)
@click.option("--average", is_flag=True, help="Averages over the trade of 2024 instead of one product.")
@click.option("--panel", type=click.Path(dir_okay=False), help="Write every line and partner to a .csv or .parquet.")
@click.option("--from", "exporter", help="The exporting economy, by name or code; several (A,B) for averages, panels.")
@click.option("--to", "importer", required=True, help="The importing economy, by name or code.")
@click.option("--by", type=click.Choice(_PARTS), help="Divide the averages; sectors are those of ISIC Rev. 4.")
@click.option("--since", type=DAY, help="Averages from this day on: each day on which something changes.")
@click.option("--until", type=DAY, help="Averages to this day.")
@click.option("--part", type=click.FloatRange(0, 1), help="Share of the value that a duty on metal content is on.")
@click.option("--csv", "as_csv", is_flag=True, help="Print averages by part as CSV.")
@ON
@KNOWN
@JSON
@schema_option("duty")
def duty(
    code: str | None,
    average: bool,
    panel: str | None,
    exporter: str | None,
    importer: str,
    by: str | None,
    since: date | None,
    until: date | None,
    part: float | None,
    as_csv: bool,
    on: date | None,
    known: date | None,
    as_json: bool,
) -> None:
    """Which duties a product pays, layer by layer, and after the next change.

    CODE is an HS or HTS code of 4 to 10 digits; dots do not matter. --average and --panel take no code. What hangs on
    origin, use or the day of loading is answered both ways.

    \b
    Examples:
      detente duty 8505.11.0070 --from CHN --to USA --on 2025-11-15
      detente duty 8517.13.00 --from China --to US --on 2025-04-10 --known 2025-04-12
      detente duty --average --from CHN --to USA --on 2025-06-06
      detente duty --average --to USA --by chapter --since 2025-01-01 --until 2025-12-31 --csv
      detente duty --panel duties.parquet --to USA --on 2025-08-20
    """
    from detente import questions

    if sum((code is not None, average, panel is not None)) != 1:
        raise click.UsageError("Give a product code, or --average, or --panel FILE: one of them.")
    over_time = average and bool(by or since or until or as_csv or (exporter and "," in exporter) or not exporter)
    if not average and (by or since or until or as_csv):
        raise click.UsageError("--by, --since, --until and --csv divide averages; give them with --average.")
    several = [x.strip() for x in exporter.split(",")] if exporter else None
    if panel is not None:
        respond(lambda: questions.panel(panel, importer, several, on, known), as_json, "show_panel")
    elif over_time:
        if on is not None and (since or until):
            raise click.UsageError("Give --on for one day, or --since and --until.")
        found = asked(lambda: questions.averages(importer, several, by or "partner", since or on, until or on, known))
        print_answer(found, as_json, "print_averages_csv" if as_csv else "show_averages")
    elif exporter is None:
        raise click.UsageError("Missing option '--from'.")
    elif code is None:
        respond(lambda: questions.average(exporter, importer, on, known), as_json, "show_average")
    else:
        respond(lambda: questions.duty(code, exporter, importer, on, known, part), as_json, "show_duty")
