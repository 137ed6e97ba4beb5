"""A scenario written by hand: which duties change, between whom, on which goods, from which base."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from detente.record import read_tree
from detente.terms import Fault, FaultList, InputFault, did_you_mean

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detente.economy import World


def _points(value: Any) -> Any:
    """`130pp` or `25%` as a fraction."""
    if isinstance(value, str) and value.endswith(("pp", "%")):
        return float(value.removesuffix("pp").removesuffix("%")) / 100
    raise ValueError(f"'{value}' has no unit; write points as 130pp or a level as 25%")


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Points = Annotated[float, BeforeValidator(_points), Field(gt=-1)]
Names = Annotated[list[str], BeforeValidator(_listed)]


class DutyChange(BaseModel):
    """One line of a scenario: `by` an importer, `on` exporters (or ALL), `goods` sectors (or all), and either `add`
    points to the base duty or `set` a level."""

    model_config = ConfigDict(extra="forbid")

    by: Names
    on: Names = Field(default_factory=lambda: ["ALL"])
    goods: Names = Field(default_factory=lambda: ["all"])
    add: Points | None = None
    set: Points | None = None

    @model_validator(mode="after")
    def _one_of(self) -> DutyChange:
        if (self.add is None) == (self.set is None):
            raise ValueError("a duty is given by add (130pp) or by set (25%), one of them")
        return self


class Scenario(BaseModel):
    """A scenario file. `base` is the year of the world (mid-2022 for world-2022) or `before` the disputes; without
    `elasticity` the world's default set is taken (`median` for world-2022)."""

    model_config = ConfigDict(extra="forbid")

    title: str
    world: str = "world-2022"
    elasticity: str | None = None
    closure: Literal["caliendo-parro", "armington"] = "caliendo-parro"
    deficits: Literal["world-share", "nominal", "zero"] = "world-share"
    base: Literal["world", "before"] = "world"
    duties: Annotated[list[DutyChange], Field(min_length=1)]


def read_scenario(file: Path) -> Scenario:
    """Read a scenario; raises `InputFault` with every fault, its line and what is allowed."""
    faults = FaultList()
    if not file.is_file():
        raise InputFault(
            [Fault("scenario", f"There is no file '{file}'.", allowed="a YAML file, or a shipped dispute")]
        )
    tree = read_tree(file, f"./{file.name}", faults)
    faults.raise_if_any()
    try:
        return Scenario.model_validate(tree.data or {})
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            loc = problem["loc"]
            key = str(loc[-1]) if loc else "scenario"
            hint, allowed = "", None
            if problem["type"] == "extra_forbidden":
                known = list((DutyChange if len(loc) > 1 else Scenario).model_fields)
                hint, allowed = did_you_mean(key, known), ", ".join(known)
            faults.add(tree.path, f"{key}: {problem['msg']}.{hint}", tree.line(loc), allowed)
        raise InputFault(faults) from None


def apply(
    scenario: Scenario, world: World, base: NDArray[np.float64], services: tuple[str, ...] = ("services",)
) -> NDArray[np.float64]:
    """New tariff levels [exporter, importer, sector] from the base levels; raises `InputFault` for unknown labels.

    `services` are the sectors that `all` goods leave out.
    """
    faults = FaultList()
    out = base.copy()
    goods = [s for s in world.sectors if s not in services]
    for number, duty in enumerate(scenario.duties):
        path = f"duties[{number}]"
        importers = _find(duty.by, world.economies, (), f"{path}.by", faults)
        exporters = _find(duty.on, world.economies, ("ALL", list(world.economies)), f"{path}.on", faults)
        sectors = _find(duty.goods, world.sectors, ("all", goods), f"{path}.goods", faults)
        for i in importers:
            cells = np.ix_([e for e in exporters if e != i], [i], sectors)
            out[cells] = duty.set if duty.set is not None else out[cells] + (duty.add or 0.0)
    faults.raise_if_any()
    return out


def _find(
    names: list[str], known: tuple[str, ...], everything: tuple[Any, ...], path: str, faults: FaultList
) -> list[int]:
    out: list[int] = []
    for name in names:
        if everything and name == everything[0]:
            out += [known.index(x) for x in everything[1]]
        elif name in known:
            out.append(known.index(name))
        else:
            faults.add(path, f"'{name}' is not in the world.{did_you_mean(name, known)}", allowed=", ".join(known))
    return out
