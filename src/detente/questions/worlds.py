"""The worlds at hand: what they hold, whether they hold together, and how they are built."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from detente import worlds as w
from detente.questions import answers as a
from detente.terms import stamp


def world_list() -> a.WorldList:
    """The worlds at hand and the named sets of elasticities."""
    sets = [
        {"name": s.name, "kind": s.kind, "horizon": s.horizon, "title": s.title, "paper": s.paper, "note": s.note}
        for s in w.elasticity_sets()
    ]
    return a.WorldList(worlds=[_line(x) for x in w.shipped()], elasticities=sets)


def _line(x: w.WorldSummary) -> a.WorldLine:
    return a.WorldLine(
        world=x.name,
        title=x.title,
        base_year=x.base_year,
        economies=x.economies,
        sectors=x.sectors,
        size_bytes=x.size_bytes,
    )


def world_show(name: str) -> a.WorldShow:
    """What a world holds. Raises `InputFault` for a world that is not there."""
    got = w.report(name)
    digest = w.read_world(name).sha256
    return a.WorldShow(
        world=got.summary.name,
        title=got.summary.title,
        base_year=got.summary.base_year,
        unit=got.unit,
        credit=got.credit,
        provisional=list(got.provisional),
        economies=[asdict(x) for x in got.economies],
        sectors=[asdict(x) for x in got.sectors],
        choices=dict(got.choices),
        sources=[dict(x) for x in got.sources],
        balance=dict(got.balance),
        provenance=a.Provenance(**stamp(["detente", "world", "show", name], world_digest=digest).as_dict()),
    )


def world_check(name: str) -> a.WorldCheckAnswer:
    """Whether a world's accounts hold. Raises `InputFault` for a world that is not there."""
    got = w.check(name)
    return a.WorldCheckAnswer(world=got.world, ok=got.ok, checks=[asdict(x) for x in got.checks])


def world_build(name: str, source: str, out: str | None = None) -> a.WorldLine:
    """Build a world from public tables into a folder (default: one of its name here). Raises `InputFault`."""
    return _line(w.build(name, Path(source), Path(out or name)))
