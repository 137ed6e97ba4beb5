"""The words and values entries are written in: ids, days, rates, points, and what every entry has."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]*$", max_length=80)]
Code = Annotated[str, StringConstraints(pattern=r"^([A-Z]{3}|EU|ROW|ALL)$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Quote = Annotated[str, StringConstraints(min_length=1, max_length=300)]

Verification = Literal["verified", "partly", "seen-no-address", "unverified"]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
PERCENT = re.compile(r"(-?\d{1,9}(?:\.\d{1,9})?)%( total)?\Z", re.ASCII)
_POINTS = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)pp\Z", re.ASCII)


def _iso_day(value: Any) -> Any:
    """Days are written one way, and lie within centuries in which adding a term to one cannot overflow."""
    if isinstance(value, str) and not _DAY.match(value):
        raise ValueError(f"'{value[:40]}' is not a day; write YYYY-MM-DD")
    if isinstance(value, str) and not "1900" <= value[:4] < "2200":
        raise ValueError(f"'{value}' is not a day of the years 1900 to 2199")
    return value


Day = Annotated[date, BeforeValidator(_iso_day)]


class Entry(BaseModel):
    """Base of all entries: frozen, no unknown keys, `from` and `for` spelt as in the YAML."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


class Sourced(Entry):
    """An entry that says what it rests on and how far that was checked."""

    sources: Annotated[list[Id], Field(min_length=1)]
    verified: Verification
    checked: Day | None = None
    note: Text | None = None


def _read_value(value: Any) -> Any:
    """`34%` becomes the fraction 0.34; any other words are a state, kept as they are."""
    if isinstance(value, str) and (match := PERCENT.match(value)):
        return Decimal(match[1]) / 100
    if isinstance(value, str) and re.match(r"[-+]?[\d.]", value) and value.rstrip().endswith(("%", "pp")):
        raise ValueError(f"'{value}' is not a rate; write it as 34% or 7.5%")
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise ValueError(f"{value} has no unit; write a rate as 34%")
    if isinstance(value, str) and re.match(r"[-+]?\d+(\.\d+)?\Z", value):
        raise ValueError(f"{value} has no unit; write a rate as 34%")
    return value


class Value(Entry):
    """What a measure says: an ad valorem rate (a fraction) or a state in words ('licence required').

    `ceiling` marks a rate that counts the base duty in (`15% total`): what is added is the rate less the base, at
    least nothing.
    """

    rate: Decimal | None = None
    ceiling: bool = False
    state: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_yaml(cls, data: Any) -> Any:
        if isinstance(data, dict):
            return data
        value = _read_value(data)
        if isinstance(value, Decimal):
            return {"rate": value, "ceiling": data.endswith(" total")}
        return {"state": value}


class Suspension(Entry):
    """How much is suspended: some points, everything, or the changes made by named instruments (a stay)."""

    points: Decimal | None = None
    everything: bool = False
    instruments: list[Id] = Field(default_factory=list)

    @model_validator(mode="before")
    @classmethod
    def _from_yaml(cls, data: Any) -> Any:
        if isinstance(data, dict):
            return data
        if isinstance(data, list):
            return {"instruments": data}
        if data == "all":
            return {"everything": True}
        if isinstance(data, str) and (match := _POINTS.match(data)):
            return {"points": Decimal(match[1]) / 100}
        raise ValueError(f"'{data}' is not a suspension; write points as 24pp, or all, or a list of instruments")


class Revocation(Entry):
    """What is revoked: the changes made by named instruments, or the whole measure so far."""

    everything: bool = False
    instruments: list[Id] = Field(default_factory=list)

    @model_validator(mode="before")
    @classmethod
    def _from_yaml(cls, data: Any) -> Any:
        if isinstance(data, dict):
            return data
        if isinstance(data, list) and data:
            return {"instruments": data}
        if data == "all":
            return {"everything": True}
        raise ValueError(f"'{data}' is not a revocation; write all, or a list of instruments")
