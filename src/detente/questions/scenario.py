"""A scenario written by hand: which duties change, between whom, on which goods, from which base."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, ValidationError, model_validator

from detente.record import read_tree
from detente.terms import Fault, FaultList, InputFault, did_you_mean

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detente.economy import Policy, World


def _points(value: Any) -> Any:
    """`130pp` or `25%` as a fraction."""
    if isinstance(value, str) and value.endswith(("pp", "%")):
        return float(value.removesuffix("pp").removesuffix("%")) / 100
    raise ValueError(f"'{value}' has no unit; write points as 130pp or a level as 25%")


def _ratio(value: Any) -> Any:
    """`50%` or `0.5`."""
    return _points(value) if isinstance(value, str) and value.endswith("%") else value


def _day(value: Any) -> Any:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"'{value}' is no day; write it as YYYY-MM-DD") from None


def _mobility(value: Any) -> Any:
    return float("inf") if value == "mobile" else value


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Points = Annotated[float, BeforeValidator(_points), Field(gt=-1, allow_inf_nan=False)]
Ratio = Annotated[float, BeforeValidator(_ratio), Field(ge=0, allow_inf_nan=False)]
Names = Annotated[list[str], BeforeValidator(_listed), Field(min_length=1)]
Day = Annotated[date, BeforeValidator(_day)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class DutyChange(_Part):
    """One line of a scenario: `by` an importer, `on` exporters (or ALL), `goods` sectors (or all), and either `add`
    points to the base duty or `set` a level."""

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


class ExportTax(_Part):
    """A tax `by` exporters `on` importers (or ALL) of `goods`, `set` to a level of the producer's price."""

    by: Names
    on: Names = Field(default_factory=lambda: ["ALL"])
    goods: Names = Field(default_factory=lambda: ["all"])
    set: Points


class TradeCost(_Part):
    """A cost of delivering from exporters to importers (or ALL), of `sectors` (or all goods), that rises by `cost`."""

    exporter: Names
    importer: Names
    sectors: Names = Field(default_factory=lambda: ["all"])
    cost: Points


class QuantityLimit(_Part):
    """A limit on what exporters deliver to importers (or ALL) of each of the `sectors` (or all goods): a `ratio` to the
    base's quantity. The side `rent_to` holds the licences."""

    exporter: Names
    importer: Names
    sectors: Names = Field(default_factory=lambda: ["all"])
    ratio: Ratio
    rent_to: Literal["exporter", "importer"] = "exporter"


class Scenario(_Part):
    """A scenario file. `base` is the year of the world (mid-2022 for world-2022) or `before` the disputes; with
    `record` the base are the duties of the record `on` a day, as `known` on a day (default today). Without `elasticity`
    the world's default set is taken (`median` for world-2022)."""

    title: str
    world: str = "world-2022"
    elasticity: str | None = None
    closure: Literal["caliendo-parro", "armington", "ossa", "free-entry"] = "caliendo-parro"
    deficits: Literal["world-share", "nominal", "zero"] = "world-share"
    labour_mobility: Annotated[float, BeforeValidator(_mobility), Field(ge=0)] = float("inf")
    base: Literal["world", "before"] = "world"
    record: Literal["us-china", "us-world"] | None = None
    on: Day | None = None
    known: Day | None = None
    remove_authority: Names | None = None
    replace: dict[str, str] | None = None
    replacement_day: Day | None = None
    duties: Annotated[list[DutyChange], Field(min_length=1)] | None = None
    export_taxes: Annotated[list[ExportTax], Field(min_length=1)] | None = None
    iceberg: Annotated[list[TradeCost], Field(min_length=1)] | None = None
    quantity_limits: Annotated[list[QuantityLimit], Field(min_length=1)] | None = None

    _lines: dict[tuple[str | int, ...], int] = PrivateAttr(default_factory=dict)
    _file: str = PrivateAttr(default="scenario")

    @model_validator(mode="after")
    def _whole(self) -> Scenario:
        wrong = list(self._wrong())
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    def _wrong(self) -> list[str]:
        """What does not go together, in words."""
        out = []
        changes = ("duties", "export_taxes", "iceberg", "quantity_limits", "remove_authority", "replace")
        if not any(getattr(self, name) for name in changes):
            out.append(f"a scenario changes something: {', '.join(changes)}")
        for name in ("on", "known", "remove_authority", "replace", "replacement_day"):
            if self.record is None and getattr(self, name) is not None:
                out.append(f"{name} goes with a record (us-china or us-world)")
        if self.record is not None and self.on is None:
            out.append("a record is asked on a day: on: YYYY-MM-DD")
        if self.record is not None and "base" in self.model_fields_set:
            out.append("base and record exclude each other: with a record its duties on the day are the base")
        if self.replacement_day is not None and not self.replace:
            out.append("replacement_day goes with replace")
        if len({limit.rent_to for limit in self.quantity_limits or ()}) > 1:
            out.append("all quantity_limits name the same rent_to")
        return out

    def place(self, *where: str | int) -> tuple[str, int | None]:
        """The file, and the line of the nearest value that has one, for a fault."""
        cuts = (where[:n] for n in range(len(where), -1, -1))
        return self._file, next((self._lines[c] for c in cuts if c in self._lines), None)


_PARTS: dict[str, type[_Part]] = {
    "duties": DutyChange,
    "export_taxes": ExportTax,
    "iceberg": TradeCost,
    "quantity_limits": QuantityLimit,
}


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
        scenario = Scenario.model_validate(tree.data or {})
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            loc = problem["loc"]
            key = str(loc[-1]) if loc else "scenario"
            hint, allowed = "", None
            if problem["type"] == "extra_forbidden":
                known = list((_PARTS[str(loc[0])] if len(loc) > 1 else Scenario).model_fields)
                hint, allowed = did_you_mean(key, known), ", ".join(known)
            faults.add(tree.path, f"{key}: {problem['msg']}.{hint}", tree.line(loc), allowed)
        raise InputFault(faults) from None
    scenario._lines, scenario._file = tree.lines, tree.path
    return scenario


def apply(
    scenario: Scenario, world: World, base: NDArray[np.float64], services: Sequence[str] = ("services",)
) -> Policy:
    """The policy of a scenario from the base levels [exporter, importer, sector] of tariffs; raises `InputFault` for
    unknown labels, all of them with their lines.

    `services` are the sectors that `all` goods leave out.
    """
    from detente.economy import Policy

    faults = FaultList()
    find = _Finder(scenario, world, services, faults)
    tariff = base.copy()
    for cells, duty in find.each("duties", "on", "by", "goods"):
        tariff[cells] = duty.set if duty.set is not None else tariff[cells] + (duty.add or 0.0)
    tax, cost, limit = np.zeros_like(tariff), np.ones_like(tariff), np.full_like(tariff, np.nan)
    for cells, one in find.each("export_taxes", "by", "on", "goods"):
        tax[cells] = one.set
    for cells, one in find.each("iceberg", "exporter", "importer", "sectors"):
        cost[cells] *= 1 + one.cost
    for cells, one in find.each("quantity_limits", "exporter", "importer", "sectors"):
        limit[cells] = one.ratio
    faults.raise_if_any()
    return Policy(
        tariff=tariff,
        export_tax=tax if scenario.export_taxes else None,
        iceberg=cost if scenario.iceberg else None,
        quantity_limit=limit if scenario.quantity_limits else None,
        rent_to=scenario.quantity_limits[0].rent_to if scenario.quantity_limits else "exporter",
    )


class _Finder:
    """Finds the cells that the parts of a scenario name; unknown labels become faults."""

    def __init__(self, scenario: Scenario, world: World, services: Sequence[str], faults: FaultList) -> None:
        self.scenario, self.world, self.faults = scenario, world, faults
        self.goods = [s for s in world.sectors if s not in services]

    def each(self, part: str, exporter: str, importer: str, sector: str) -> list[tuple[Any, Any]]:
        """Each entry of a part with its cells abroad: a mask [exporter, importer, sector]."""
        names, out = self.world.economies, []
        for number, entry in enumerate(getattr(self.scenario, part) or ()):
            mask = np.zeros((len(names), len(names), len(self.world.sectors)), dtype=bool)
            sellers = self._find(entry, part, number, exporter, names, "ALL", names)
            buyers = self._find(entry, part, number, importer, names, "ALL", names)
            sectors = self._find(entry, part, number, sector, self.world.sectors, "all", self.goods)
            mask[np.ix_(sellers, buyers, sectors)] = True
            mask[np.diag_indices(len(names))] = False
            out.append((mask, entry))
        return out

    def _find(
        self, entry: Any, part: str, number: int, key: str, known: Sequence[str], every: str, all_of: Sequence[str]
    ) -> list[int]:
        out: list[int] = []
        for name in getattr(entry, key):
            if name == every:
                out += [known.index(x) for x in all_of]
            elif name in known:
                out.append(known.index(name))
            else:
                file, line = self.scenario.place(part, number, key)
                hint = did_you_mean(name, known)
                message = f"{part}[{number}].{key}: '{name}' is not in the world.{hint}"
                self.faults.add(file, message, line, ", ".join([every, *known]))
        return out
