"""What the commands share: how a day is read, how a question is asked, how its answer is printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from detente.terms import InputFault, did_you_mean, parse_day

if TYPE_CHECKING:
    from rich.console import Console

    from detente.questions.answers import Answer


class Day(click.ParamType[date]):
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


class Group(click.Group):
    """A group that names the nearest command when one is mistyped."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """As click does, with 'did you mean'."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            names = self.list_commands(ctx)
            hint = did_you_mean(args[0], names) + f" Commands: {', '.join(names)}."
            raise click.UsageError(error.message + hint, ctx) from None


DAY = Day()
ON = click.option("--on", type=DAY, help="The day asked about; default today.")
KNOWN = click.option("--known", type=DAY, help="Use only what was published by this day; default today.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")


def schema_option(command: str) -> Callable[[Any], Any]:
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


def respond(ask: Callable[[], Answer], as_json: bool, screen: str) -> None:
    print_answer(asked(ask), as_json, screen)


def print_answer(answer: Answer, as_json: bool, screen: str) -> None:
    if as_json:
        click.echo(answer.as_json())
        return
    from detente import screens

    getattr(screens, screen)(answer, console())


def asked(ask: Callable[[], Any]) -> Any:
    """Ask; wrong arguments end with status 2, a record that does not check with status 1."""
    try:
        return ask()
    except InputFault as fault:
        for one in fault.faults:
            click.echo(str(one), err=True)
        sys.exit(2 if fault.of_arguments else 1)


@contextmanager
def reading() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on stderr for bytes read, while it is a terminal; to be told the file, bytes done and bytes in all."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("reading {task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn()
    tasks: dict[str, Any] = {}
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:

        def told(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=total)
            bar.update(tasks[name], completed=done)

        yield told


@contextmanager
def articles_read(count: int) -> Iterator[Callable[[], None]]:
    """A bar on stderr for articles, while it is a terminal; to be called once an article."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("reading", total=count)
        yield lambda: bar.advance(task)


def console() -> Console:
    from rich.console import Console

    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=140)
