"""Commands about a record: status, timeline, check."""

from __future__ import annotations

import json
import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.group import main
from detente.cli.options import DAY, JSON, KNOWN, ON, asked, console, respond, schema_option

if TYPE_CHECKING:
    from detente.questions.answers import Calendar


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
@click.option("--ics", type=click.Path(dir_okay=False), help="Write what lies ahead to a calendar file instead.")
@JSON
@schema_option("timeline")
def timeline(
    dispute: str, since: date | None, until: date | None, known: date | None, ics: str | None, as_json: bool
) -> None:
    """What happened and what is due, in order of day.

    --ics writes lapses, steps, commitments due, talks and deadlines for a calendar, from the day known unless --since
    says another. A calendar that has read an earlier file moves the entries whose day moved.

    \b
    Examples:
      detente timeline us-china --since 2025-04-01 --until 2025-06-01
      detente timeline us-china --since 2025-06-06 --known 2025-06-06
      detente timeline us-china --known 2025-06-06 --ics /tmp/us-china.ics
    """
    from detente import questions

    if ics is not None:
        _write_calendar(asked(lambda: questions.calendar(dispute, since, until, known)), ics, as_json)
        return
    respond(lambda: questions.timeline(dispute, since, until, known), as_json, "show_timeline")


def _write_calendar(answer: Calendar, file: str, as_json: bool) -> None:
    from detente import screens

    try:
        Path(file).write_bytes(screens.calendar_file(answer))
    except OSError as error:
        raise click.UsageError(f"--ics: '{file}' cannot be written: {error.strerror}.") from None
    if as_json:
        click.echo(answer.as_json())
        return
    click.echo(f"{len(answer.entries)} entries from {answer.since} written to {file}, as known on {answer.known}.")
    for talk in answer.undated:
        click.echo(f"No day fixed, not in the file: {talk.title}")


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
