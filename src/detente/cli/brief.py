"""The main job: the whole picture on one page."""

from __future__ import annotations

import sys
import threading
from datetime import date
from functools import partial
from pathlib import Path

import click

from detente.cli.group import main
from detente.cli.options import DAY, JSON, KNOWN, ON, asked, console, schema_option


@main.command()
@click.argument("dispute")
@ON
@KNOWN
@click.option("--world", default="world-2022", show_default=True, help="The world the outcomes are weighed in.")
@click.option("--elasticity", default="median", show_default=True, help="A named set; see `detente world list`.")
@click.option("--article", type=click.Path(dir_okay=False), help="Open with what this article adds or contradicts.")
@click.option("--published", type=DAY, help="The day the article was published, where it does not say so itself.")
@click.option("--talk", is_flag=True, help="Add deals, what to ask for, and whether the truce would hold (slower).")
@click.option("--out", type=click.Path(dir_okay=False), help="The page to write; default: DISPUTE-DAY.html here.")
@JSON
@schema_option("brief")
def brief(
    dispute: str,
    on: date | None,
    known: date | None,
    world: str,
    elasticity: str,
    article: str | None,
    published: date | None,
    talk: bool,
    out: str | None,
    as_json: bool,
) -> None:
    """The whole picture on one page: the clock, both sides' duties, talks, claims, what the outcomes do.

    Writes one self-contained HTML page and prints a summary. With --article the page opens with what the article adds
    to the record or contradicts in it.

    \b
    Examples:
      detente brief us-china --on 2025-06-06 --known 2025-06-06 --out /tmp/us-china.html
      detente brief us-china --on 2025-06-06 --known 2025-06-06 --article examples/article.txt
    """
    from detente import questions, screens

    def tell(what: str) -> None:
        click.echo(f"\r\x1b[K{what} …" if sys.stderr.isatty() else f"{what} …", err=True, nl=not sys.stderr.isatty())

    if published is not None and article is None:
        raise click.UsageError("--published goes with --article.")
    if not as_json:
        threading.Thread(target=_warm_up, daemon=True).start()
    found = asked(partial(questions.picture, dispute, on, known, world, elasticity, tell, article, published, talk))
    if as_json:
        click.echo(found.as_json())
        return
    tell("page")
    from detente.brief import render

    target = Path(out or f"{found.status.dispute}-{found.status.on}.html")
    target.write_text(render(found), encoding="utf-8")
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)
    screens.show_picture(found, str(target), console())


def _warm_up() -> None:
    from detente.brief import warm_up  # the chart engine starts while the questions are answered

    warm_up()
