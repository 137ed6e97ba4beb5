"""The commands about what each side would do."""

from __future__ import annotations

import sys
from datetime import date
from functools import partial

import click

from detente.cli.group import main
from detente.cli.options import JSON, KNOWN, ON, asked, print_answer, schema_option

WORLD = click.option("--world", default="world-2022", show_default=True, help="The world to play in.")
ELASTICITY = click.option("--elasticity", default="median", show_default=True, help="A named set of elasticities.")


@main.command()
@click.argument("dispute")
@click.option("--game", "kind", default="nash", show_default=True, help="optimal, nash or cooperate.")
@click.option("--players", help="Economies, with commas between them; default: the parties.")
@click.option(
    "--instruments",
    default="bilateral-sector",
    show_default=True,
    help="bilateral-sector, mfn-sector, bilateral-uniform or mfn-uniform.",
)
@click.option("--everyone", is_flag=True, help="Tariffs on every partner's goods, not the other players' alone.")
@click.option("--starts", default=1, show_default=True, help="Searches from different tariffs.")
@click.option("--bounds", nargs=2, type=float, default=(0.0, 2.25), show_default=True, help="Least and largest tariff.")
@ON
@KNOWN
@WORLD
@ELASTICITY
@JSON
@schema_option("play")
def play(
    dispute: str,
    kind: str,
    players: str | None,
    instruments: str,
    everyone: bool,
    starts: int,
    bounds: tuple[float, float],
    on: date | None,
    known: date | None,
    world: str,
    elasticity: str,
    as_json: bool,
) -> None:
    """What each side would do with its tariffs: the best reply of each, the trade war, or cooperation.

    Starts from the duties in force on the day; every answer carries its certificate (docs/game.md).

    \b
    Examples:
      detente play us-china --game nash --on 2025-06-06 --known 2025-06-06
      detente play us-china --game optimal --on 2025-06-06 --known 2025-06-06 --json
    """
    from detente import questions

    names = [name.strip() for name in players.split(",")] if players else None
    ask = partial(questions.play, dispute, kind, names, instruments, everyone, on, known, world, elasticity)
    answer = asked(partial(ask, starts, bounds))
    print_answer(answer, as_json, "show_play")
    if not answer.converged:
        sys.exit(1)


@main.command()
@click.argument("dispute")
@click.option(
    "--fallback", default="lapse", show_default=True, help="What follows without a deal: lapse, a day, or nash."
)
@click.option("--keep", multiple=True, help="A tariff not on the table, SECTOR or PLAYER:SECTOR; may be given again.")
@click.option("--transfers", is_flag=True, help="One side may pay the other as part of a deal.")
@click.option("--points", default=9, show_default=True, help="Points of the frontier.")
@click.option("--lag", default=60.0, show_default=True, help="Days until a breach is answered.")
@click.option("--discount", default=0.04, show_default=True, help="Discount rate a year.")
@click.option("--hazard", default=0.0, show_default=True, help="Hazard a year of a breakdown that comes anyway.")
@click.option("--renewal", default=0.0, show_default=True, help="Probability that the truce is renewed for good.")
@ON
@KNOWN
@WORLD
@ELASTICITY
@JSON
@schema_option("talk")
def talk(
    dispute: str,
    fallback: str,
    keep: tuple[str, ...],
    transfers: bool,
    points: int,
    lag: float,
    discount: float,
    hazard: float,
    renewal: float,
    on: date | None,
    known: date | None,
    world: str,
    elasticity: str,
    as_json: bool,
) -> None:
    """Which deals both sides prefer to a fallback, what each should ask for, and whether the truce would hold.

    \b
    Examples:
      detente talk us-china --on 2025-06-06 --known 2025-06-06
      detente talk us-china --transfers --on 2025-06-06 --known 2025-06-06
      detente talk us-china --fallback nash --keep C26 --on 2025-06-06 --known 2025-06-06 --json
    """
    from detente import questions

    ask = partial(questions.talk, dispute, fallback, keep, on, known, world, elasticity, points)
    click.echo("searching for deals; this takes about half a minute", err=True)
    answer = asked(lambda: ask(terms=questions.Terms(lag, discount, hazard, renewal), transfers=transfers))
    print_answer(answer, as_json, "show_talk")
    if not answer.converged:
        sys.exit(1)
