"""The brief in a dozen lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from detente.screens.pieces import new_table, rounded, signed
from detente.screens.status import duty_words, show_talks, truce_words
from detente.terms import say_day

if TYPE_CHECKING:
    from detente.questions import Picture  # brings the economy, which most screens do without

_SHOWN = ("USA", "CHN", "EU", "MEX", "VNM", "JPN")


def show_picture(picture: Picture, file: str, console: Console) -> None:
    """The brief in a dozen lines, and where the page lies."""
    answer = picture.status
    console.print(f"[bold]{escape(answer.title)}[/bold] on {say_day(answer.on)}, as known on {say_day(answer.known)}")
    console.print(truce_words(answer))
    for duty in answer.additional:
        console.print(duty_words(duty))
    if picture.history:
        now = [p for p in picture.history if p.day <= answer.on][-1]
        console.print(
            f"Average additional duty: US on China {rounded(now.us_on_cn)}, China on US {rounded(now.cn_on_us)}"
        )
    show_talks(answer, console)
    console.print(f"Open claims: {len(answer.claims)}; judgments of the last year or so: {len(picture.rulings)}")
    if picture.outcomes is not None:
        table = new_table("Real income, % of the duties in force", ("outcome", *_SHOWN))
        for found in picture.outcomes.outcomes.values():
            row = (found.economies[c].real_income_pct for c in _SHOWN if c in found.economies)
            table.add_row(escape(found.title), *(signed(x) for x in row) if found.converged else [found.status])
        console.print(table)
    if picture.article is not None:
        told = [p for p in picture.article.proposals if p.relation != "repeats"]
        console.print(
            f"The article: {len(picture.article.proposals)} proposals, {len(told)} that the record has not so"
        )
    for line in picture.missing:
        console.print(f"[yellow]{escape(line)}[/yellow]")
    console.print(f"Page: {escape(file)}")
    console.print(f"[dim]again with: {escape(picture.commands['brief'])}[/dim]")
