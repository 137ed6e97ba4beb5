"""The charts of the brief as inline SVG, made offline, each with the rows under it as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import vl_convert

from detente.questions import Picture

MAIN = ("USA", "CHN", "EU", "MEX", "CAN", "VNM", "JPN", "KOR", "TWN", "IND")
_BLUE, _RED = "#1f5a99", "#b3322b"
_CONFIG = {
    "font": "Helvetica, Arial, sans-serif",
    "axis": {"labelFontSize": 12, "titleFontSize": 12, "gridColor": "#e6e6e6", "domainColor": "#999"},
    "legend": {"labelFontSize": 12, "titleFontSize": 12, "orient": "top"},
    "view": {"stroke": None},
}


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its SVG, the CSV of its data, and a name for the file."""

    svg: str
    csv: str
    name: str


def warm_up() -> None:
    """Start the chart engine, which takes half a second, so that it can be done beside other work."""
    _svg({"data": {"values": [{"a": 1}]}, "mark": "point", "encoding": {"x": {"field": "a"}}})


def duties_chart(picture: Picture) -> Chart | None:
    """Both sides' average additional duty since 2018, as steps, the scheduled lapse beyond the day."""
    if not picture.history:
        return None
    rows = []
    for p in picture.history:
        for side, rate in (("US on Chinese goods", p.us_on_cn), ("China on US goods", p.cn_on_us)):
            pct = None if rate is None else round(100 * rate, 2)
            rows.append({"day": str(p.day), "side": side, "points": pct, "acts": p.acts})
    last = max(picture.history, key=lambda p: p.day)
    end = max(picture.status.on, last.day)
    rows += [{**r, "day": str(end), "acts": ""} for r in rows[-2:] if r["day"] != str(end)]
    layers = [_steps(rows), _day_rule(str(picture.status.on)), _events(picture)]
    year_ago = str(picture.status.on - timedelta(days=365))
    recent = [r for r in rows if str(r["day"]) >= year_ago]
    both = [{"title": "since 2018", "width": 400, "height": 280, "layer": layers}]
    if len(recent) > 4:
        near = [_steps(recent), _day_rule(str(picture.status.on))]
        both.append({"title": "the last months, and what is scheduled", "width": 380, "height": 280, "layer": near})
    spec = {"hconcat": both}
    return Chart(_svg(spec), to_csv(("day", "side", "points", "acts"), rows), "average-duties")


def _steps(rows: list[dict[str, Any]]) -> dict[str, Any]:
    colours = {"domain": ["US on Chinese goods", "China on US goods"], "range": [_BLUE, _RED]}
    return {
        "data": {"values": rows},
        "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2},
        "encoding": {
            "x": {"field": "day", "type": "temporal", "title": None},
            "y": {"field": "points", "type": "quantitative", "title": "average additional duty, points"},
            "color": {"field": "side", "type": "nominal", "title": None, "scale": colours},
        },
    }


def _day_rule(day: str) -> dict[str, Any]:
    return {
        "data": {"values": [{"day": day}]},
        "mark": {"type": "rule", "strokeDash": [4, 3], "color": "#555"},
        "encoding": {"x": {"field": "day", "type": "temporal"}},
    }


def _events(picture: Picture) -> dict[str, Any]:
    """Truces and agreements known on the day, along the top."""
    on = picture.status.on
    known = [x for x in picture.status.arrangements if x.from_ <= on and x.kind == "truce"]
    rows = [{"day": str(x.from_), "name": x.title.split(" (")[0], "y": 150 - 14 * (n % 3)} for n, x in enumerate(known)]
    text = {"type": "text", "align": "right", "dx": -4, "fontSize": 11, "color": "#444"}
    return {
        "data": {"values": rows},
        "layer": [
            {"mark": {"type": "point", "shape": "triangle-down", "filled": True, "color": "#444", "size": 40}},
            {"mark": text, "encoding": {"text": {"field": "name"}}},
        ],
        "encoding": {
            "x": {"field": "day", "type": "temporal"},
            "y": {"field": "y", "type": "quantitative"},
        },
    }


def tension_chart(picture: Picture) -> Chart | None:
    """The tension index since 2018 and in the last year: what is not known, and the band over the weightings."""
    if picture.tension is None or len(picture.tension.days) < 2:
        return None
    rows = []
    for x in picture.tension.days:
        ends = {"low": x.index.low, "high": x.index.high, "band_low": x.band.low, "band_high": x.band.high}
        parts = {"duties": x.duties.low, "scheduled": x.scheduled.low, "events": x.events}
        rounded = {k: None if v is None else round(v, 4) for k, v in (ends | parts).items()}
        rows.append({"day": str(x.day), **rounded})
    last = str(picture.tension.until - timedelta(days=1))
    rows += [{**rows[-1], "day": last}] if rows[-1]["day"] != last else []
    year_ago = str(picture.tension.until - timedelta(days=365))
    recent = [r for r in rows if str(r["day"]) >= year_ago]
    panels = [("since 2018", rows, 400), ("the last year", recent, 380)]
    spec = {"hconcat": [_tension_panel(*panel) for panel in panels]}
    return Chart(_svg(spec), to_csv(tuple(rows[0]), rows), "tension")


def _tension_panel(title: str, rows: list[dict[str, Any]], width: int) -> dict[str, Any]:
    day = {"field": "day", "type": "temporal", "title": None}
    shades = (("over all weightings", "band_low", "band_high"), ("at the default weights", "low", "high"))
    names = [name for name, _, _ in shades]
    colours = {"domain": names, "range": ["#d9cfe3", "#6a4c93"]}
    layers = [
        {
            "transform": [{"calculate": f"'{name}'", "as": "index"}],
            "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.75},
            "encoding": {
                "x": day,
                "y": {"field": low, "type": "quantitative", "title": "tension index"},
                "y2": {"field": high},
                "color": {"field": "index", "type": "nominal", "title": None, "scale": colours},
            },
        }
        for name, low, high in shades
    ]
    lines = [
        {
            "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 1.2, "color": "#3d2a5c"},
            "encoding": {"x": day, "y": {"field": end, "type": "quantitative"}},
        }
        for end in ("low", "high")
    ]
    return {"title": title, "width": width, "height": 220, "data": {"values": rows}, "layer": [*layers, *lines]}


def outcomes_chart(picture: Picture) -> Chart | None:
    """Change of real income by outcome for the main economies."""
    if picture.outcomes is None:
        return None
    rows = []
    for name, found in picture.outcomes.outcomes.items():
        if name == "kept" or not found.converged:
            continue
        for code in MAIN:
            if code in found.economies:
                pct = found.economies[code].real_income_pct
                rows.append({"economy": code, "outcome": found.title, "percent": pct and round(pct, 4)})
    if not rows:
        return None
    titles = list(dict.fromkeys(r["outcome"] for r in rows))
    spec = {
        "width": 250,
        "height": {"step": 17},
        "data": {"values": rows},
        "mark": {"type": "bar"},
        "encoding": {
            "y": {"field": "economy", "type": "nominal", "sort": list(MAIN), "title": None},
            "x": {"field": "percent", "type": "quantitative", "title": "real income, %"},
            "color": {
                "condition": {"test": "datum.percent < 0", "value": _RED},
                "value": _BLUE,
            },
            "column": {"field": "outcome", "type": "nominal", "title": None, "sort": titles},
        },
    }
    return Chart(_svg(spec), to_csv(("economy", "outcome", "percent"), rows), "real-income")


def frontier_chart(picture: Picture) -> Chart | None:
    """What each side gains over the fallback along the frontier, with the bargaining points and the duties in force."""
    talk = picture.talk
    if talk is None or not talk.frontier:
        return None
    first, second = talk.players
    rows = [
        {"deal": "frontier", "order": n, "a": p.gain[first], "b": p.gain[second]} for n, p in enumerate(talk.frontier)
    ]
    for name, point in (("Nash bargain", talk.nash_point), ("Kalai–Smorodinsky", talk.ks_point)):
        if point is not None:
            rows.append({"deal": name, "order": 0, "a": point.gain[first], "b": point.gain[second]})
    some = talk.frontier[0]
    kept = {p: some.gain[p] - some.over_status_quo[p] for p in talk.players}
    rows.append({"deal": "duties in force", "order": 0, "a": kept[first], "b": kept[second]})
    rows.append({"deal": "no deal", "order": 0, "a": 0.0, "b": 0.0})
    axes: dict[str, Any] = {
        "x": {"field": "a", "type": "quantitative", "title": f"gain of {first} over no deal, u"},
        "y": {"field": "b", "type": "quantitative", "title": f"gain of {second}, u"},
    }
    ordered: dict[str, Any] = {**axes, "order": {"field": "order"}}
    line: dict[str, Any] = {"mark": {"type": "line", "color": _BLUE}, "encoding": ordered}
    beside = [("right", -7, "duties in force,Kalai–Smorodinsky"), ("left", 7, "Nash bargain,no deal")]
    layers = [
        {**line, "transform": [{"filter": "datum.deal == 'frontier'"}]},
        {
            "transform": [{"filter": "datum.deal != 'frontier'"}],
            "layer": [
                {"mark": {"type": "point", "filled": True, "size": 60, "color": _RED}, "encoding": axes},
                *(
                    {
                        "transform": [{"filter": f"indexof('{names}', datum.deal) >= 0"}],
                        "mark": {"type": "text", "align": align, "dx": dx, "dy": -4, "fontSize": 11},
                        "encoding": axes | {"text": {"field": "deal"}},
                    }
                    for align, dx, names in beside
                ),
            ],
        },
    ]
    spec = {"width": 420, "height": 260, "data": {"values": rows}, "layer": layers}
    return Chart(_svg(spec), to_csv(("deal", "order", "a", "b"), rows), "frontier")


def to_csv(columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> str:
    """Rows as CSV; unknown is an empty cell."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _svg(spec: dict[str, Any]) -> str:
    schema = "https://vega.github.io/schema/vega-lite/v5.json"
    return str(vl_convert.vegalite_to_svg({"$schema": schema, "config": _CONFIG, **spec}))
