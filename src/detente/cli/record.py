"""Commands about a record: status, timeline, check."""

from __future__ import annotations

import json
import sys
from datetime import date
from functools import partial

import click

from detente.cli.group import main
from detente.cli.options import DAY, JSON, KNOWN, ON, asked, console, respond, schema_option


@main.command()
@click.argument("dispute")
@ON
@KNOWN
@JSON
@schema_option("status")
def status(dispute: str, on: date | None, known: date | None, as_json: bool) -> None:
    """What is in force, what lapses next, who promised what, which claims are open.

    DISPUTE is a shipped name (us-china) or a folder. --known replays a day without hindsight.

    \b
    Examples:
      detente status us-china
      detente status us-china --on 2025-06-06 --known 2025-06-06
      detente status us-china --on 2025-08-12 --known 2025-06-06 --json
    """
    from detente import questions

    respond(lambda: questions.status(dispute, on, known), as_json, "show_status")


@main.command()
@click.argument("dispute")
@click.option("--since", type=DAY, help="First day shown.")
@click.option("--until", type=DAY, help="First day no longer shown.")
@KNOWN
@JSON
@schema_option("timeline")
def timeline(dispute: str, since: date | None, until: date | None, known: date | None, as_json: bool) -> None:
    """What happened and what is due, in order of day.

    \b
    Examples:
      detente timeline us-china --since 2025-04-01 --until 2025-06-01
      detente timeline us-china --since 2025-06-06 --known 2025-06-06
    """
    from detente import questions

    respond(lambda: questions.timeline(dispute, since, until, known), as_json, "show_timeline")


@main.command()
@click.argument("dispute", required=False)
@JSON
@schema_option("check")
@schema_option("record")
def check(dispute: str | None, as_json: bool) -> None:
    """Does the record hold together? Every fault with file and line; without DISPUTE all shipped ones.

    \b
    Examples:
      detente check us-china
      detente check ./my-dispute --json
    """
    from detente import questions

    answers = [asked(partial(questions.check, name)) for name in ([dispute] if dispute else questions.shipped())]
    if as_json:
        plain = [a.as_dict() for a in answers]
        click.echo(json.dumps(plain[0] if dispute else plain, indent=2))
    else:
        from detente import screens

        for answer in answers:
            screens.show_check(answer, console())
    if not all(a.ok for a in answers):
        sys.exit(1)
