"""The command line: a twin of `questions`, with nothing of its own but reading options and printing.

Exit status: 0 done, 1 the answer is a failure (a record that does not check), 2 wrong usage.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
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
@click.option("--world", default="world-2022", show_default=True, help="The world the outcomes are weighed in.")
@click.option("--elasticity", default="median", show_default=True, help="A named set; see `detente world list`.")
@click.option("--out", type=click.Path(dir_okay=False), help="The page to write; default: DISPUTE-DAY.html here.")
@_JSON
@_schema_option("brief")
def brief(
    dispute: str, on: date | None, known: date | None, world: str, elasticity: str, out: str | None, as_json: bool
) -> None:
    """The whole picture on one page: the clock, both sides' duties, talks, claims, what the outcomes do.

    Writes one self-contained HTML page and prints a summary.

    \b
    Examples:
      detente brief us-china --on 2025-06-06 --known 2025-06-06 --out /tmp/us-china.html
    """
    from detente import questions, screens

    def tell(what: str) -> None:
        click.echo(f"\r\x1b[K{what} …" if sys.stderr.isatty() else f"{what} …", err=True, nl=not sys.stderr.isatty())

    if not as_json:
        threading.Thread(target=_warm_up, daemon=True).start()
    found = _asked(partial(questions.picture, dispute, on, known, world, elasticity, tell))
    if as_json:
        click.echo(found.as_json())
        return
    tell("page")
    from detente.brief import render

    target = Path(out or f"{found.status.dispute}-{found.status.on}.html")
    target.write_text(render(found), encoding="utf-8")
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)
    screens.show_picture(found, str(target), _console())


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


@main.command()
@click.argument("what", metavar="DISPUTE or SCENARIO.yaml")
@_ON
@_KNOWN
@click.option("--world", help="The world to solve; default: the one the scenario names, or world-2022.")
@click.option("--elasticity", help="A named set of elasticities; see `detente world list`.")
@click.option("--csv", "as_csv", is_flag=True, help="Print one row an economy as CSV.")
@_JSON
@_schema_option("solve")
def solve(
    what: str,
    on: date | None,
    known: date | None,
    world: str | None,
    elasticity: str | None,
    as_csv: bool,
    as_json: bool,
) -> None:
    """What an outcome does to every economy.

    A DISPUTE is solved for its outcomes, against the duties in force on the day; SCENARIO.yaml says which duties change
    (see docs/scenarios.md).

    \b
    Examples:
      detente solve us-china --on 2025-06-06 --known 2025-06-06
      detente solve examples/war.yaml
      detente solve examples/war.yaml --elasticity boehm-long-run --json
    """
    from detente import questions

    if what.endswith((".yaml", ".yml")):
        if on or known:
            raise click.UsageError("--on and --known go with a dispute; a scenario file has no day.")
        answer = _asked(partial(questions.solve_scenario, what, world, elasticity))
    else:
        given = {k: v for k, v in (("world", world), ("elasticity", elasticity)) if v}
        answer = _asked(partial(questions.solve_dispute, what, on, known, **given))
    if as_csv:
        from detente import screens

        click.echo(screens.solve_csv(answer), nl=False)
    else:
        _show(answer, as_json, "show_solve")
    if not all(x.converged for x in answer.outcomes.values()):
        sys.exit(1)


@main.group()
def world() -> None:
    """The worlds at hand, and new ones from public data."""


@world.command("list")
@_JSON
@_schema_option("world list")
def world_list(as_json: bool) -> None:
    """The worlds at hand and the named sets of elasticities.

    \b
    Examples:
      detente world list
    """
    from detente import questions

    _answer(questions.world_list, as_json, "show_world_list")


@world.command("show")
@click.argument("name")
@_JSON
@_schema_option("world show")
def world_show(name: str, as_json: bool) -> None:
    """What a world holds, where it comes from and what was chosen.

    \b
    Examples:
      detente world show world-2022
    """
    from detente import questions

    _answer(lambda: questions.world_show(name), as_json, "show_world")


@world.command("check")
@click.argument("name")
@_JSON
@_schema_option("world check")
def world_check(name: str, as_json: bool) -> None:
    """Whether the accounts of a world hold.

    \b
    Examples:
      detente world check world-2022
    """
    from detente import questions

    answer = _asked(lambda: questions.world_check(name))
    _show(answer, as_json, "show_world_check")
    if not answer.ok:
        sys.exit(1)


@world.command("build")
@click.argument("name")
@click.option("--from", "source", required=True, help="The folder with the public tables.")
@click.option("--out", help="The folder to write; default: one of its name here.")
def world_build(name: str, source: str, out: str | None) -> None:
    """Build a world from public tables and check it.

    NAME is a world with a builder (world-2022).
    """
    from detente import questions

    line = _asked(lambda: questions.world_build(name, source, out))
    click.echo(f"Built {line.world} into {out or name}: {line.economies} economies, {line.sectors} sectors.")


def _warm_up() -> None:
    from detente.brief import warm_up  # the chart engine starts while the questions are answered

    warm_up()


def _answer(ask: Callable[[], Answer], as_json: bool, screen: str) -> None:
    _show(_asked(ask), as_json, screen)


def _show(answer: Answer, as_json: bool, screen: str) -> None:
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
