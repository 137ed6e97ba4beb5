"""Worlds: calibrated economies from public data, shipped with the package or built by its user.

    shipped()                                   the worlds at hand
    world("world-2022", elasticity="median")    one as `economy.World`
    tariff_before("world-2022")                 its tariffs before the measures of the records
    report(name), check(name)                   what it holds, and whether it holds together
    build("world-2022", source_dir, out)        build it again from the public tables
    build_from(Request("mine", file), out)      build one from a public table or files of one's own

A `name` may also be the folder of a built world.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.terms import Fault, InputFault, did_you_mean
from detente.worlds.checks import Check, WorldCheck, check
from detente.worlds.elasticities import (
    ElasticitySet,
    default_of,
    elasticity_set,
    elasticity_sets,
    theta_of,
    title_of,
)
from detente.worlds.reports import EconomyRow, SectorRow, WorldReport, WorldSummary, report, shipped, summarise
from detente.worlds.stored import StoredWorld, read_world, shipped_names
from detente.worlds.tables.request import FORMATS, Progress, Request

if TYPE_CHECKING:
    import xarray as xr

    from detente.economy import World

__all__ = [
    "FORMATS",
    "Check",
    "EconomyRow",
    "ElasticitySet",
    "Progress",
    "Request",
    "SectorRow",
    "StoredWorld",
    "WorldCheck",
    "WorldReport",
    "WorldSummary",
    "build",
    "build_from",
    "buildable",
    "check",
    "default_elasticity",
    "elasticity_set",
    "elasticity_sets",
    "elasticity_title",
    "read_world",
    "report",
    "shipped",
    "summarise",
    "tariff_before",
    "world",
]


def world(name: str | Path = "world-2022", elasticity: str | None = None) -> World:
    """A world, with one of the named sets of elasticities (none: its default).

    Raises `InputFault` for an unknown world or set, or arrays that differ from their manifest.
    """
    # Listing and checking worlds do without JAX, which takes a second to load.
    from detente.economy import World

    stored = read_world(name)
    return World.from_arrays(
        stored.flows,
        economies=stored.economies,
        sectors=stored.sectors,
        elasticity=theta_of(stored, elasticity),
        tariff=stored.tariff,
        input_share=stored.input_share,
        value_added_share=stored.value_added_share,
        final_share=stored.final_share,
    )


def tariff_before(name: str | Path = "world-2022") -> xr.DataArray:
    """Tariffs [exporter, importer, sector] before the measures of the records, as fractions.

    A policy level is these plus the measures in force on a day, so that nothing counts twice: the world's own base
    tariffs already hold what was in force in its base year.
    """
    import xarray as xr

    stored = read_world(name)
    coords = {"exporter": list(stored.economies), "importer": list(stored.economies), "sector": list(stored.sectors)}
    attrs = {"unit": "fraction", "world": stored.name, "world_sha256": stored.sha256}
    return xr.DataArray(stored.tariff_before, coords=coords, dims=list(coords), name="tariff_before", attrs=attrs)


def buildable() -> tuple[str, ...]:
    """The worlds that can be built from public tables."""
    return tuple(_builders())


def build(name: str, source_dir: str | Path, out: str | Path) -> WorldSummary:
    """Build a world from the tables in `source_dir` into the folder `out`.

    The folder is written only when the world holds together. Raises `InputFault` naming every missing table, label
    out of place, or rule that does not hold.
    """
    builders = _builders()
    if name not in builders:
        message = f"There is no builder of a world {name!r}.{did_you_mean(name, builders)}"
        raise InputFault([Fault("world", message, allowed=", ".join(builders))])
    return _build(name, Path(out), lambda trial: builders[name](Path(source_dir), trial))


def build_from(asked: Request, out: str | Path, progress: Progress | None = None) -> WorldSummary:
    """Build a world from a public table, or files of the user's own, into the folder `out`.

    The folder is written only when the world holds together and can be solved. Raises `InputFault` naming every
    fault by file and line.
    """
    from detente.worlds.tables.build import build_table

    taken = {*shipped_names(), *buildable()}
    if asked.name in taken:
        message = f"{asked.name} is a world of the package."
        raise InputFault([Fault("name", message, allowed=f"a name other than {', '.join(sorted(taken))}")])

    def write(trial: Path) -> None:
        build_table(asked, trial, progress)
        world(trial)  # what has no equilibrium is refused here, and says why

    return _build(asked.name, Path(out), write)


def default_elasticity(name: str | Path) -> str:
    """The set of elasticities a world is solved with unless told otherwise."""
    return default_of(read_world(name))


def elasticity_title(name: str | Path, elasticity: str | None = None) -> str:
    """What a world's set of elasticities is called."""
    return title_of(read_world(name), elasticity)


def _build(name: str, target: Path, write: Callable[[Path], Any]) -> WorldSummary:
    """Write a world aside, check it, and only then put it in its folder."""
    with tempfile.TemporaryDirectory() as scratch:
        trial = Path(scratch) / Path(name).name
        write(trial)
        broken = [rule for rule in check(trial).checks if not rule.ok]
        if broken:
            raise InputFault(
                [Fault(name, f"Does not hold: {one.rule}, off by {one.worst:.2g} at {one.where}.") for one in broken]
            )
        target.mkdir(parents=True, exist_ok=True)
        for file in trial.iterdir():
            (target / file.name).write_bytes(file.read_bytes())
    return summarise(target)


def _builders() -> dict[str, Callable[[Path, Path], Any]]:
    from detente.worlds.build_2022 import NAME, build_2022

    return {NAME: build_2022}
