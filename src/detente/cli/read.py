"""The commands about articles: what one proposes, and what is accepted of it."""

from __future__ import annotations

import os
import sys
import time
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.group import main
from detente.cli.options import DAY, JSON, KNOWN, articles_read, asked, print_answer, schema_option

if TYPE_CHECKING:
    from detente.questions.answers import ReadAnswer


@main.command()
@click.argument("file", metavar="FILE, FOLDER or -")
@click.option("--dispute", help="The record to hold it against: a shipped name or a folder. None: it is only read.")
@click.option("--published", type=DAY, help="The day it was published, where it does not say so itself.")
@click.option("--publisher", help="Who published it, for the source entry, where a page does not say.")
@click.option("--link", help="Its address, for the source entry, where a page does not say.")
@KNOWN
@click.option("--html", "html", type=click.Path(dir_okay=False), help="Write a page: the text left, proposals right.")
@click.option("--out", type=click.Path(file_okay=False), help="For a FOLDER: where the answers go, one file each.")
@click.option("--model", metavar="URL", help="Ask a language model too, at any OpenAI-compatible endpoint.")
@click.option("--model-name", help="Which model; default: $DETENTE_MODEL_NAME. A key is read from $DETENTE_MODEL_KEY.")
@JSON
@schema_option("read")
def read(
    file: str,
    dispute: str | None,
    published: date | None,
    publisher: str | None,
    link: str | None,
    known: date | None,
    html: str | None,
    out: str | None,
    model: str | None,
    model_name: str | None,
    as_json: bool,
) -> None:
    """What an article adds to a record or contradicts in it. Nothing is written to the record.

    FILE is text, HTML, or a PDF with text; '-' is standard input. English only. Every proposal comes with the words it
    rests on; docs/reading.md says how to review the JSON and have it written with `detente accept`. A FOLDER is read on
    all cores: into --out, or as one line of JSON an article.

    \b
    Examples:
      detente read examples/article.txt --dispute us-china
      detente read examples/article.txt --dispute us-china --json > p.json
      detente read examples/article.txt --dispute us-china --html article.html
      detente read articles/ --dispute us-china --out proposals/
    """
    if os.path.isdir(file):
        single = {"--html": html, "--model": model, "--publisher": publisher, "--link": link}
        if given := [name for name, value in single.items() if value]:
            raise click.UsageError(f"{', '.join(given)} goes with one article, not with a folder.")
        _read_folder(file, dispute, published, known, out)
        return
    if out is not None:
        raise click.UsageError("--out goes with a folder; use --json > FILE or --html FILE.")
    answer = _answer(file, dispute, published, known, (publisher, link), (model, model_name))
    for note in answer.notes:
        click.echo(note, err=True)
    if html is not None:
        _write_page(answer, html)
    if as_json or html is None:
        print_answer(answer, as_json, "show_read")


def _answer(
    file: str,
    dispute: str | None,
    published: date | None,
    known: date | None,
    source: tuple[str | None, str | None],
    model: tuple[str | None, str | None],
) -> ReadAnswer:
    from detente import questions

    def ask() -> ReadAnswer:
        where = questions.model_endpoint(model[0], model[1]) if model[0] else None
        return questions.read_article(file, dispute, published, known, where, *source)

    found: ReadAnswer = asked(ask)
    return found


def _write_page(answer: ReadAnswer, file: str) -> None:
    from detente.brief import render_article

    try:
        Path(file).write_text(render_article(answer), encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"--html: '{file}' cannot be written: {error.strerror}.") from None
    click.echo(f"{len(answer.proposals)} proposals: {file}", err=True)


def _read_folder(folder: str, dispute: str | None, published: date | None, known: date | None, out: str | None) -> None:
    from detente import questions

    began = time.monotonic()
    faults: list[str] = []
    count = proposals = 0
    with articles_read(asked(partial(questions.count_articles, folder))) as told:
        rows = questions.read_folder(folder, dispute, published, known, out)
        for done in asked(lambda: rows):
            count += 1
            proposals += done.proposals
            faults += done.faults
            told()
            if done.line is not None:
                click.echo(done.line)
    for fault in faults:
        click.echo(fault, err=True)
    took = time.monotonic() - began
    click.echo(f"{count} articles, {proposals} proposals, {len(faults)} faults in {took:.1f} s.", err=True)
    if faults:
        sys.exit(1)


@main.command()
@click.argument("proposals", type=click.Path(dir_okay=False))
@click.option("--dispute", help="The folder to write to; default: the one the article was held against.")
@click.option("--to", metavar="FOLDER", help="Write here; made as a copy of the dispute if it is not there yet.")
@JSON
@schema_option("accept")
def accept(proposals: str, dispute: str | None, to: str | None, as_json: bool) -> None:
    """Write reviewed proposals into a dispute folder, with the article as their source.

    PROPOSALS is what `detente read … --json` printed, with `"accept": true` on what is to be written. All of it is
    written or nothing; the record is checked with it first. Comments and order are kept, and running it again changes
    nothing. A shipped record is never written to: --to copies it first.

    \b
    Examples:
      detente accept p.json --to ./my-us-china
      detente accept p.json --dispute ./my-us-china
    """
    from detente import questions

    print_answer(asked(partial(questions.accept, proposals, dispute, to)), as_json, "show_accept")
