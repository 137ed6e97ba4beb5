"""Commands about worlds."""

from __future__ import annotations

import sys

import click

from detente.cli.group import main
from detente.cli.options import JSON, asked, print_answer, reading, respond, schema_option


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
@click.option("--from", "source", required=True, help="A table, an archive, or a folder of them.")
@click.option("--format", "layout", help="icio, wiod, itpd or csv; guessed from the file where it can be.")
@click.option("--year", type=int, help="The year, where the file or archive holds several or does not say.")
@click.option("--aggregate", metavar="MAP.csv", help="Which labels are summed into which: kind,from,to.")
@click.option("--elasticity", metavar="SET|FILE.csv", help="A named set, or sector,theta; default median.")
@click.option("--tariffs", metavar="FILE.csv", help="Base tariffs, exporter,importer,sector,tariff in fractions.")
@click.option("--out", help="The folder to write; default: one of its name here.")
@click.option("--json", "as_json", is_flag=True, help="Print what was built as JSON.")
def world_build(
    name: str,
    source: str,
    layout: str | None,
    year: int | None,
    aggregate: str | None,
    elasticity: str | None,
    tariffs: str | None,
    out: str | None,
    as_json: bool,
) -> None:
    """Build a world from public tables or files of one's own, and check it.

    NAME is the new world's, or one of the package's (world-2022), which is built again from its tables. Layouts and
    what is done with what does not add up: docs/own-data.md.

    \b
    Examples:
      detente world build big --from ICIO-2016-2022.zip --year 2022 --aggregate groups.csv
      detente world build mine --from folder-with-flows.csv --year 2024
      detente solve scenario.yaml --world ./big
    """
    from detente import questions

    if name in questions.world_builders() and layout is None:
        options = {"--year": year, "--aggregate": aggregate, "--elasticity": elasticity, "--tariffs": tariffs}
        if given := [option for option, value in options.items() if value]:
            raise click.UsageError(f"{', '.join(given)} goes with a world of one's own; {name} is the package's.")
        line = asked(lambda: questions.world_build(name, source, out))
        if as_json:
            click.echo(line.as_json())
            return
        click.echo(f"Built {line.world} into {out or name}: {line.economies} economies, {line.sectors} sectors.")
        return
    with reading() as progress:
        answer = asked(
            lambda: questions.world_from(name, source, layout, year, aggregate, elasticity, tariffs, out, progress)
        )
    print_answer(answer, as_json, "show_built")
