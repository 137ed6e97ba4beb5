"""The brief as one self-contained page: no script, no request, opens offline and prints."""

from __future__ import annotations

import base64
from datetime import date, timedelta
from typing import Any

import jinja2

from detente.brief.charts import MAIN, duties_chart, frontier_chart, outcomes_chart, tension_chart
from detente.questions import Picture
from detente.questions.answers import Bounds
from detente.terms import economy_name, is_economy, say_day


def render(picture: Picture) -> str:
    """The page as HTML text."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("detente.brief"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {
        "day": say_day,
        "last": lambda d: say_day(d - timedelta(days=1)),
        "pct": _percent,
        "pts": _points,
        "signed": _signed,
        "span": _span,
        "data_uri": _data_uri,
        "economy": economy_name,
        "named": lambda code: economy_name(code) if is_economy(code) else code,
    }
    duties, outcomes = duties_chart(picture), outcomes_chart(picture)
    lines = (*picture.status.in_force, *picture.status.unknown)
    steps = picture.status.next
    parts: dict[str, Any] = {
        "titles": {x.measure: x.title for x in lines},
        "same_day": sum(x.day == steps[0].day for x in steps) if steps else 0,
        "p": picture,
        "s": picture.status,
        "main": MAIN,
        "duties": duties,
        "outcomes": outcomes,
        "tension": tension_chart(picture),
        "frontier": frontier_chart(picture),
        "claims": [c for c in picture.status.claims if c.published > picture.status.on - timedelta(days=365)],
        **_of_article(picture),
        "commitments": [c for c in picture.commitments if _current(c.from_, c.due, picture.status.on)],
    }
    return environment.get_template("brief.html.j2").render(**parts)


def _of_article(picture: Picture) -> dict[str, Any]:
    """What an article tells that the record has not, what differs first, and how much it repeats."""
    told = list(enumerate(picture.article.proposals, 1)) if picture.article else []
    order = ("contradicts", "internal-conflict", "new", "extends")
    differing = sorted((x for x in told if x[1].relation in order), key=lambda x: order.index(x[1].relation))
    return {"differing": differing, "repeated": len(told) - len(differing)}


def _current(start: date, due: date | None, on: date) -> bool:
    return start > on - timedelta(days=730) and (due is None or due > on - timedelta(days=90))


def _percent(value: float | None) -> str:
    return "unknown" if value is None else f"{value * 100:.4g}%"


def _points(value: float | None) -> str:
    return "unknown" if value is None else f"{value * 100:.1f}"


def _signed(value: float | None) -> str:
    return "unknown" if value is None else f"{value:+.2f}".replace("-", "−")


def _span(bounds: Bounds) -> str:
    if bounds.high is None:
        return f"{bounds.low:.2f} or more"
    ends = [f"{x:.2f}".replace("-", "−") for x in (bounds.low, bounds.high)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def _data_uri(text: str) -> str:
    return "data:text/csv;base64," + base64.b64encode(text.encode()).decode()
