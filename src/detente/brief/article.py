"""An article as a page: its text on the left with the words marked, what they propose on the right.

The text is cut wherever a quote begins or ends, so that quotes may overlap. Everything is escaped by the template; the
page has no script and asks nobody for anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import jinja2

from detente.questions.answers import ProposalLine, ReadAnswer
from detente.terms import economy_name, is_economy, say_day


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text: the proposals whose words it belongs to, by number, and those whose words end with it."""

    words: str
    inside: tuple[int, ...]
    ends: tuple[int, ...]
    group: str


def render_article(answer: ReadAnswer) -> str:
    """The page as HTML text."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("detente.brief"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {"day": say_day, "economy": _named, "group": group_of, "pct": _percent}
    return environment.get_template("article.html.j2").render(a=answer, pieces=pieces(answer))


def pieces(answer: ReadAnswer) -> list[Piece]:
    """The text in order, cut at every end of a quote."""
    spans = [(e.start, e.end, n) for n, p in enumerate(answer.proposals, 1) for e in p.evidence]
    cuts = sorted({0, len(answer.text), *(s for s, _, _ in spans), *(e for _, e, _ in spans)})
    starts = sorted(spans)
    out: list[Piece] = []
    open_: list[tuple[int, int]] = []  # the end and the number of each quote that has begun
    at = 0
    for start, end in pairwise(cuts):
        open_ = [x for x in open_ if x[0] > start]
        while at < len(starts) and starts[at][0] <= start:
            open_.append((starts[at][1], starts[at][2]))
            at += 1
        inside = tuple(sorted({n for _, n in open_}))
        ends = tuple(sorted({n for last, n in open_ if last == end}))
        group = group_of(answer.proposals[inside[0] - 1]) if inside else ""
        out.append(Piece(answer.text[start:end], inside, ends, group))
    return out


def group_of(p: ProposalLine) -> str:
    """The family of a kind, which its colour shows."""
    if p.kind in ("call", "meeting", "round", "planned-talk"):
        return "talk"
    if p.kind in ("arrangement", "commitment"):
        return "deal"
    return "court" if p.kind == "court-decision" else p.kind.partition("-")[0]


def _named(code: str) -> str:
    return economy_name(code) if is_economy(code) else code


def _percent(value: float) -> str:
    return f"{value * 100:.4g}%"
