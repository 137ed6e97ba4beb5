"""Commands about worlds."""

from __future__ import annotations

import sys

import click

from detente.cli.group import main
from detente.cli.options import JSON, asked, print_answer, respond, schema_option


@main.group()
def world() -> None:
    """The worlds at hand, and new ones from public data."""


@world.command("list")
@JSON
@schema_option("world list")
def world_list(as_json: bool) -> None:
    """The worlds at hand and the named sets of elasticities.

    \b
    Examples:
      detente world list
    """
    from detente import questions

    respond(questions.world_list, as_json, "show_world_list")


@world.command("show")
@click.argument("name")
@JSON
@schema_option("world show")
def world_show(name: str, as_json: bool) -> None:
    """What a world holds, where it comes from and what was chosen.

    \b
    Examples:
      detente world show world-2022
    """
    from detente import questions

    respond(lambda: questions.world_show(name), as_json, "show_world")


@world.command("check")
@click.argument("name")
@JSON
@schema_option("world check")
def world_check(name: str, as_json: bool) -> None:
    """Whether the accounts of a world hold.

    \b
    Examples:
      detente world check world-2022
    """
    from detente import questions

    answer = asked(lambda: questions.world_check(name))
    print_answer(answer, as_json, "show_world_check")
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

    line = asked(lambda: questions.world_build(name, source, out))
    click.echo(f"Built {line.world} into {out or name}: {line.economies} economies, {line.sectors} sectors.")
