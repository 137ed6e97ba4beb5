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
        notes=list(got.notes),
        provenance=a.Provenance(**stamp(["detente", "world", "show", name], world_digest=digest).as_dict()),
    )


def world_check(name: str) -> a.WorldCheckAnswer:
    """Whether a world's accounts hold. Raises `InputFault` for a world that is not there."""
    got = w.check(name)
    return a.WorldCheckAnswer(world=got.world, ok=got.ok, checks=[asdict(x) for x in got.checks])


def world_build(name: str, source: str, out: str | None = None) -> a.WorldLine:
    """Build a world of the package from its tables into a folder (default: one of its name here). Raises
    `InputFault`."""
    return _line(w.build(name, Path(source), Path(out or name)))


def world_from(
    name: str,
    source: str,
    layout: str | None = None,
    year: int | None = None,
    aggregate: str | None = None,
    elasticity: str | None = None,
    tariffs: str | None = None,
    out: str | None = None,
    progress: w.Progress | None = None,
) -> a.WorldShow:
    """Build a world from a public table or files of one's own, and show it. Raises `InputFault` with every fault.

    `layout` is icio, wiod, itpd or csv (none: guessed); the others are paths, and a set of elasticities or its file.
    `progress` is told the file and bytes read.
    """
    asked = w.Request(
        name=name,
        source=Path(source),
        format=layout,
        year=year,
        aggregate=Path(aggregate) if aggregate else None,
        elasticity=elasticity,
        tariffs=Path(tariffs) if tariffs else None,
        out=Path(out) if out else None,
    )
    folder = out or name
    w.build_from(asked, folder, progress)
    return world_show(folder)


def world_builders() -> tuple[str, ...]:
    """The worlds of the package that can be built again."""
    return w.buildable()
