"""The command line: a twin of `questions`, with nothing of its own but reading options and printing.

Exit status: 0 done, 1 the answer is a failure (a record that does not check), 2 wrong usage.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from detente._version import __version__
from detente.terms import InputFault, did_you_mean, parse_day

if TYPE_CHECKING:
    from rich.console import Console

    from detente.questions.answers import Answer


class _Day(click.ParamType[date]):
    """A calendar day on the command line."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day or end with a usage error that says how to write one."""
        if isinstance(value, date):
            return value
        try:
            return parse_day(str(value), param.name or "date" if param else "date")
        except InputFault as fault:
            self.fail(f"{fault.faults[0].message} Write it as YYYY-MM-DD.", param, ctx)


class _Group(click.Group):
    """A group that names the nearest command when one is mistyped."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """As click does, with 'did you mean'."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            names = self.list_commands(ctx)
            hint = did_you_mean(args[0], names) + f" Commands: {', '.join(names)}."
            raise click.UsageError(error.message + hint, ctx) from None


DAY = _Day()
_ON = click.option("--on", type=DAY, help="The day asked about; default today.")
_KNOWN = click.option("--known", type=DAY, help="Use only what was published by this day; default today.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")


def _schema_option(command: str) -> Callable[[Any], Any]:
    def show(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
        if value:
            from detente import questions

            schema = questions.record_schema() if command == "record" else questions.schema_of(command)
            click.echo(json.dumps(schema, indent=2))
            ctx.exit()

    what = "a dispute folder" if command == "record" else "the JSON answer"
    flag = "--record-schema" if command == "record" else "--schema"
    return click.option(
        flag, is_flag=True, expose_value=False, is_eager=True, callback=show, help=f"Print the JSON Schema of {what}."
    )


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="detente")
def main() -> None:
    """Trade disputes as a system you can ask: what is in force, what lapses, who promised what.

    \b
    Examples:
      detente status us-china --on 2025-06-06 --known 2025-06-06
      detente timeline us-china --since 2025-04-01 --until 2025-07-01
      detente duty 8505.11.0070 --from CHN --to USA --on 2025-11-15
      detente check us-china
    """


@main.command()
@click.argument("dispute")
@_ON
@_KNOWN
@_JSON
@_schema_option("status")
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

    _answer(lambda: questions.status(dispute, on, known), as_json, "show_status")


@main.command()
@click.argument("dispute")
@click.option("--since", type=DAY, help="First day shown.")
@click.option("--until", type=DAY, help="First day no longer shown.")
@_KNOWN
@_JSON
@_schema_option("timeline")
def timeline(dispute: str, since: date | None, until: date | None, known: date | None, as_json: bool) -> None:
    """What happened and what is due, in order of day.

    \b
    Examples:
      detente timeline us-china --since 2025-04-01 --until 2025-06-01
      detente timeline us-china --since 2025-06-06 --known 2025-06-06
    """
    from detente import questions

    _answer(lambda: questions.timeline(dispute, since, until, known), as_json, "show_timeline")


@main.command()
@click.argument("dispute", required=False)
@_JSON
@_schema_option("check")
@_schema_option("record")
def check(dispute: str | None, as_json: bool) -> None:
    """Does the record hold together? Every fault with file and line; without DISPUTE all shipped ones.

    \b
    Examples:
      detente check us-china
      detente check ./my-dispute --json
    """
    from detente import questions

    answers = [_asked(partial(questions.check, name)) for name in ([dispute] if dispute else questions.shipped())]
    if as_json:
        plain = [a.as_dict() for a in answers]
        click.echo(json.dumps(plain[0] if dispute else plain, indent=2))
    else:
        from detente import screens

        for answer in answers:
            screens.show_check(answer, _console())
    if not all(a.ok for a in answers):
        sys.exit(1)


@main.command()
@click.argument("code", required=False)
@click.option("--average", is_flag=True, help="The average over the trade of 2024 instead of one product.")
@click.option("--from", "exporter", required=True, help="The exporting economy, by name or code.")
@click.option("--to", "importer", required=True, help="The importing economy, by name or code.")
@_ON
@_KNOWN
@_JSON
@_schema_option("duty")
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
        _answer(lambda: questions.average(exporter, importer, on, known), as_json, "show_average")
        return
    _answer(lambda: questions.duty(code, exporter, importer, on, known), as_json, "show_duty")


def _answer(ask: Callable[[], Answer], as_json: bool, screen: str) -> None:
    answer = _asked(ask)
    if as_json:
        click.echo(answer.as_json())
        return
    from detente import screens

    getattr(screens, screen)(answer, _console())


def _asked(ask: Callable[[], Any]) -> Any:
    """Ask; wrong arguments end with status 2, a record that does not check with status 1."""
    try:
        return ask()
    except InputFault as fault:
        for one in fault.faults:
            click.echo(str(one), err=True)
        sys.exit(2 if fault.of_arguments else 1)


def _console() -> Console:
    from rich.console import Console

    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=140)
