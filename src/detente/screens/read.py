"""What an article proposes, and what was accepted, on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from detente.screens.pieces import listing, new_table, percent
from detente.terms import say_day

if TYPE_CHECKING:
    from detente.questions.answers import AcceptAnswer, ProposalLine, ReadAnswer

_COLOURS = {"contradicts": "red", "internal-conflict": "red", "new": "green", "extends": "green", "repeats": "dim"}


def show_read(answer: ReadAnswer, console: Console) -> None:
    """One line a proposal with the words it rests on, then what is doubtful."""
    against = f", held against {answer.dispute} as known on {say_day(answer.known)}" if answer.known else ""
    title = escape(_one_line(answer.title or answer.file))
    console.print(
        f"[bold]{title}[/bold], published {say_day(answer.published)} ({escape(answer.published_by)}){escape(against)}"
    )
    table = new_table(None, ("no", "what", "who", "when", "tells", "words", "record"))
    for n, p in enumerate(answer.proposals, 1):
        colour = _COLOURS[p.relation]
        relation = p.relation if not p.matches else f"{p.relation}: {', '.join(m.id for m in p.matches)}"
        kind = f"{p.kind}{' (model)' if p.by_model else ''}"
        table.add_row(
            str(n),
            kind,
            _who(p),
            p.date.in_words() if p.date else "",
            escape(_tells(p)),
            escape(f"“{_one_line(p.quote)}”"),
            f"[{colour}]{escape(relation)}[/{colour}]" if answer.dispute else "",
        )
    console.print(table if answer.proposals else "The article proposes nothing.")
    listing("Doubtful", (f"{n}: {_one_line(p.note)}" for n, p in enumerate(answer.proposals, 1) if p.note), console)
    listing("Against the record", _differences(answer), console)
    console.print(f"\n[dim]again with: {escape(answer.provenance.command)}[/dim]")


def show_accept(answer: AcceptAnswer, console: Console) -> None:
    """What was written where, and what was left."""
    if answer.completed:
        console.print("An accept that was interrupted was completed first.")
    if answer.copied_from:
        console.print(f"{escape(answer.folder)} was made as a copy of {escape(answer.copied_from)}.")
    for x in answer.written:
        what = "source" if x.position == 0 else f"proposal {x.position}"
        console.print(f"{what}: {x.result}: {escape(x.id)} in {escape(x.file)}")
    for n in answer.nothing_to_write:
        console.print(f"proposal {n}: nothing to write, the record has it")
    left = f"{answer.not_accepted} not accepted, {answer.not_reviewed} not reviewed"
    files = ", ".join(answer.files) if answer.files else "nothing"
    console.print(f"Changed in {escape(answer.folder)}: {escape(files)} ({left}).")


def _who(p: ProposalLine) -> str:
    persons = ", ".join(x.name for x in p.persons)
    said = f"said by {p.attributed_to}" if p.attributed_to else ""
    return escape("; ".join(x for x in (" → ".join(p.parties), persons, said) if x))


def _tells(p: ProposalLine) -> str:
    rate = f"{'' if p.rate_is == 'level' else 'by '}{percent(p.rate)}" if p.rate is not None else ""
    days = f"{p.duration_days} days" if p.duration_days else ""
    place = "place open" if p.place == "open" else p.place or ""
    return ", ".join(x for x in (rate, days, p.quantity or "", ", ".join(p.products), place) if x)


def _differences(answer: ReadAnswer) -> list[str]:
    return [
        f"{n} {p.relation} {m.id}: {_one_line(m.why)}"
        for n, p in enumerate(answer.proposals, 1)
        for m in p.matches
        if p.relation in ("contradicts", "extends", "internal-conflict")
    ]


def _one_line(words: str) -> str:
    return " ".join(words.split())
