"""Changes to measures, and what every entry of a record is made of: days, codes, texts and the base model."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from detente.terms import Interval

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
        raise ValueError(f"'{value}' is not a day of the years 1900 to 2199; write YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(_iso_day)]


class Entry(BaseModel):
    """Base of all entries: frozen, no unknown keys, `from` and `for` spelt as in the YAML."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


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


FOLDED = ("set", "suspend", "revoke", "exempt")
STACKING = ("not_on_goods_subject_to", "also_on_goods_subject_to")


class Change(Entry):
    """One change to one measure: exactly one of `set`, `suspend`, `revoke`, `exempt`, or of what it gives way to:
    `not_on_goods_subject_to` (not charged on their goods from that day), `also_on_goods_subject_to` (adds again).

    `on` are the partners it concerns (none: all targets of the measure) and `not_on` those left out. `goods` names
    the part of the measure it concerns (none: all of it). `for: owed` changes what is lawfully owed and leaves what
    is charged at the border to another act, as a judgment does that voids a duty still being collected.
    """

    measure: Id
    on: list[Code] | None = None
    not_on: list[Code] = Field(default_factory=list)
    goods: Id | None = None
    set: Value | None = None
    suspend: Suspension | None = None
    revoke: Revocation | None = None
    exempt: Id | None = None
    not_on_goods_subject_to: list[Id] | None = None
    also_on_goods_subject_to: list[Id] | None = None
    from_: Day = Field(alias="from")
    until: Day | None = None
    for_: Literal["both", "owed"] = Field(default="both", alias="for")
    note: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_partner_is_a_list(cls, data: Any) -> Any:
        if isinstance(data, dict):
            listed = {k: [v] for k in ("on", "not_on") if isinstance(v := data.get(k), str)}
            return {**data, **listed}
        return data

    @model_validator(mode="after")
    def _exactly_one(self) -> Change:
        given = [k for k in (*FOLDED, *STACKING) if getattr(self, k) is not None]
        if len(given) != 1:
            found = " and ".join(given) if given else "none"
            allowed = ", ".join((*FOLDED, *STACKING))
            raise ValueError(f"a change is exactly one of {allowed}, found {found}; write a change for each")
        if given[0] in STACKING and (self.goods is not None or self.for_ == "owed"):
            raise ValueError(f"a change of {given[0]} concerns all goods of the measure, charged and owed alike")
        if self.until is not None and given[0] not in ("suspend", "exempt"):
            raise ValueError(f"a {given[0]} has no until; write the end as a change of its own, revoke or another set")
        if self.until is not None and self.until < self.from_:
            raise ValueError(
                f"until {self.until} is before from {self.from_}; write the first day on which it no longer holds"
            )
        return self

    @property
    def interval(self) -> Interval:
        """The days it acts on."""
        return Interval(self.from_, self.until)
