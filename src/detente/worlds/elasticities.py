"""Trade elasticities by sector: a default set and named alternatives, each with its paper.

The closures take θ = σ − 1, the elasticity of trade to costs. A set is published either as θ or as σ; what is stored
is the published figure with its kind, and θ is made here. Estimates of how trade values *before* tariffs answer to
tariffs are σ: a buyer's spending falls by θ, and the part that was the tariff no longer reaches the seller.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

import numpy as np

from detente.terms import Fault, FaultList, InputFault, did_you_mean
from detente.worlds.sources import Floats, read_rows
from detente.worlds.stored import DATA, StoredWorld

DEFAULT: Final = "median"
OWN: Final = "own"
"""The name of elasticities that a world brings itself."""
FIGURES: Final = "elasticities.csv"
SETS: Final = "elasticity_sets.csv"


@dataclass(frozen=True)
class ElasticitySet:
    """One set of elasticities.

    `kind` says what the published figures are (θ or σ = θ + 1); `horizon` is `long run` or `one year`; `figures` are
    the published figures by sector and `filled` the sectors that the paper does not cover, filled as `note` says.
    """

    name: str
    title: str
    paper: str
    kind: Literal["θ", "σ"]
    horizon: str
    note: str
    figures: dict[str, float]
    filled: tuple[str, ...]

    def theta(self, sectors: Sequence[str]) -> Floats:
        """θ = σ − 1 by sector. Raises `InputFault` naming sectors the set does not have."""
        if missing := [code for code in sectors if code not in self.figures]:
            message = f"The set {self.name} has no figure for {', '.join(missing)}."
            raise InputFault([Fault("elasticity", message, allowed=", ".join(self.figures))])
        published = np.array([self.figures[code] for code in sectors])
        return published - 1 if self.kind == "σ" else published


def elasticity_sets() -> tuple[ElasticitySet, ...]:
    """All sets, the default first."""
    return _read_sets(DATA)


def elasticity_set(name: str = DEFAULT) -> ElasticitySet:
    """The set of that name."""
    sets = {one.name: one for one in elasticity_sets()}
    if name not in sets:
        message = f"There is no set of elasticities {name!r}.{did_you_mean(name, sets)}"
        raise InputFault([Fault("elasticity", message, allowed=", ".join(sets))])
    return sets[name]


def default_of(stored: StoredWorld) -> str:
    """The elasticities a world is solved with unless told otherwise: its own, or a named set."""
    return str(stored.manifest.get("elasticity", DEFAULT))


def theta_of(stored: StoredWorld, name: str | None = None) -> Floats:
    """θ [sector] of a world, its default or a named set.

    A built world says which sectors of a set stand for each of its own; their mean θ is taken. Raises `InputFault`
    for an unknown set, and for one that says nothing of the world's sectors.
    """
    chosen = name or default_of(stored)
    own: Mapping[str, float] = stored.manifest.get("theta", {})
    if chosen == OWN and own:
        return np.array([own[code] for code in stored.sectors])
    try:
        found = elasticity_set(chosen)
    except InputFault as fault:
        known = [one.name for one in elasticity_sets()] + ([OWN] if own else [])
        raise InputFault([Fault(f.path, f.message, allowed=", ".join(known)) for f in fault.faults]) from None
    like: Mapping[str, Sequence[str]] = stored.manifest.get("elasticity_like", {})
    if not all(like.get(code) for code in stored.sectors):
        return found.theta(stored.sectors)
    return np.array([found.theta(like[code]).mean() for code in stored.sectors])


def title_of(stored: StoredWorld, name: str | None = None) -> str:
    """What a set of elasticities is called."""
    chosen = name or default_of(stored)
    return "the world's own" if chosen == OWN else elasticity_set(chosen).title


@cache
def _read_sets(folder: Path) -> tuple[ElasticitySet, ...]:
    figures: dict[str, dict[str, float]] = {}
    filled: dict[str, list[str]] = {}
    for _, row in read_rows(folder / FIGURES):
        figures.setdefault(row["set"], {})[row["sector"]] = float(row["figure"])
        if row["filled"] == "yes":
            filled.setdefault(row["set"], []).append(row["sector"])
    faults, sets = FaultList(), []
    for line, row in read_rows(folder / SETS):
        name, kind = row["set"], row["kind"]
        if name not in figures or kind not in ("θ", "σ"):
            faults.add(str(folder / SETS), f"{name}: no figures, or no kind.", line=line, allowed="θ or σ")
            continue
        sets.append(
            ElasticitySet(
                name=name,
                title=row["title"],
                paper=row["paper"],
                kind="σ" if kind == "σ" else "θ",
                horizon=row["horizon"],
                note=row["note"],
                figures=figures[name],
                filled=tuple(filled.get(name, ())),
            )
        )
    faults.raise_if_any()
    return tuple(sets)
