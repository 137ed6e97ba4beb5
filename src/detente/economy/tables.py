"""Results as tables: one dataset with units, tidy frames from it, and files.

A change is measured from the base of the world or from another result on the same base. A value added up over a table
is the value of the larger one: pairs sum flows over sectors, exports and imports sum pairs. Money has the unit the
caller gives; where none is given the columns say only `_value`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import xarray as xr

from detente.economy.base import account_for
from detente.economy.labelled import Floats
from detente.terms import Fault, FaultList, InputFault, did_you_mean

if TYPE_CHECKING:
    from detente.economy.result import Result

ENDINGS = (".csv", ".xlsx", ".parquet", ".dta")
_EXCEL_ROWS = 1_048_575
_TABLES = {
    "economies": ("economy",),
    "sectors": ("economy", "sector"),
    "pairs": ("exporter", "importer"),
    "flows": ("exporter", "importer", "sector"),
}
_KEYS = {
    "outcome": "which outcome the row is of",
    "economy": "economy code of the world",
    "sector": "sector of the world",
    "exporter": "who sells",
    "importer": "who buys",
    "member": "the side of the pair whose trade this is",
    "partner": "the other side of the pair",
    "third": "the economy outside the pair",
    "direction": "imports from the third economy, or exports to it",
    "status": "how the solve ended; without 'converged' no number is given",
}


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a comparison as arrays: the base, or a result. Hats are new ÷ base, values in the flows' currency.

    Axes: [economy], [economy, sector] or [exporter, importer, sector].
    """

    hats: dict[str, Floats]
    sector_hats: dict[str, Floats]
    values: dict[str, Floats]
    sector_values: dict[str, Floats]
    rates: dict[str, Floats]
    flows: Floats
    rents: Floats


_HATS = {
    "real_income": "real income: income over the price index of final demand",
    "income": "nominal income, world value added being the same before and after",
    "price_index": "price index of final demand",
    "wage": "wage",
    "real_wage": "wage over the price index",
    "government_welfare": "political welfare: real income with political weights",
}
_SECTOR_HATS = {
    "sector_price": "buyers' price of the sector, with tariffs",
    "unit_cost": "cost of a unit made in the sector",
    "sector_wage": "wage in the sector",
    "real_sector_wage": "wage in the sector over the price index",
    "firms": "number of firms",
    "lambda": "share of expenditure on own goods",
}
_VALUES = {
    "exports": "sales abroad at the border",
    "imports": "purchases from abroad at the border",
    "tariff_revenue": "import duties collected",
    "export_tax_revenue": "export taxes collected",
    "rents_received": "rents of the licences held",
    "deficit": "imports less exports",
}
_SECTOR_VALUES = {
    "output": "what producers receive",
    "value_added": "wages and profits: output less inputs",
}
_RATES = {
    "tariff": "import duty, of the value at the border",
    "export_tax": "export tax, of the producer's price",
    "licence_price": "price of a licence under a quantity limit, of the value",
}
_ATTRIBUTES = {
    "lambda": "lambda_hat",
    "sector_price": "sector_price_hat",
    "sector_wage": "sector_wage_hat",
    "real_sector_wage": "real_sector_wage_hat",
    "firms": "firms_hat",
}


def dataset_of(result: Result, against: Result | None = None, usd_bn: float | None = None) -> xr.Dataset:
    """See `Result.to_dataset`."""
    before, after = _sides(result, against)
    money = _Money.of(usd_bn)
    good = result.status.converged and (against is None or against.status.converged)
    out: dict[str, xr.DataArray] = {}
    for name, dims, unit, meaning, values in _variables(result, before, after, money):
        shown = np.asarray(values, dtype=float) if good else np.full(np.shape(values), np.nan)
        out[name] = xr.DataArray(shown, dims=dims, attrs={"unit": unit, "long_name": meaning})
    labels = {d: _labels(result, d) for d in ("economy", "exporter", "importer", "sector")}
    attrs = {
        "status": _status(result, against),
        "message": str(_worse(result, against).status),
        "closure": result.rules.closure,
        "deficits": result.rules.deficits,
        "compared_with": "the base of the world" if against is None else "another result on the same base",
    }
    return xr.Dataset(out, coords=labels, attrs=attrs)


def frames_of(
    result: Result,
    against: Result | None = None,
    usd_bn: float | None = None,
    pairs: Sequence[tuple[str, str]] | None = None,
) -> dict[str, pd.DataFrame]:
    """See `Result.to_frames`."""
    data = dataset_of(result, against, usd_bn)
    frames = {table: _frame(data, dims) for table, dims in _TABLES.items()}
    asked = _shocked(result, against) if pairs is None else _read_pairs(result, pairs)
    frames["diversion"] = _diversion(frames["pairs"], asked, _Money.of(usd_bn))
    return frames


def write_tables(
    frames: Mapping[str, pd.DataFrame], target: str | Path, about: Mapping[str, str] | None = None
) -> list[Path]:
    """Write tables to a file in .csv, .xlsx, .parquet or .dta, or as CSV to a folder (a name without an ending).

    An Excel file has one sheet a table. Of the other kinds the file holds the first table, and each other lies beside
    it as NAME-TABLE. Two more tables go with them: `about` (provenance, as given) and `columns` (units and meanings).
    Returns the files written; raises `InputFault` for another ending, a kind that needs a package not installed, or a
    table longer than an Excel sheet.
    """
    path = Path(target)
    every = {**frames, "about": _about(about or {}), "columns": _columns(frames)}
    _check_target(path, every)
    if path.suffix == ".xlsx":
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_excel(every, path)
        return [path]
    written = []
    for place, (name, frame) in enumerate(every.items()):
        file = path / f"{name}.csv" if not path.suffix else path.with_stem(f"{path.stem}-{name}") if place else path
        file.parent.mkdir(parents=True, exist_ok=True)
        _WRITERS[file.suffix](frame, file)
        written.append(file)
    return written


@dataclass(frozen=True, slots=True)
class _Money:
    """The unit of values: what one unit of the flows is, how columns end, and the words."""

    scale: float
    ending: str
    words: str

    @classmethod
    def of(cls, usd_bn: float | None) -> _Money:
        if usd_bn is None:
            return cls(1.0, "_value", "currency of the world's flows")
        if not (np.isfinite(usd_bn) and usd_bn > 0):
            raise InputFault([Fault("usd_bn", f"{usd_bn} is no unit.", allowed="a number above 0, or None")])
        return cls(usd_bn, "_usd_bn", "billion USD")


def _sides(result: Result, against: Result | None) -> tuple[_Side, _Side]:
    if against is None:
        return _at_base(result), _side(result)
    same = result.world.trade_dims == against.world.trade_dims
    if not same or not all(np.array_equal(a, b) for a, b in _bases(result, against)):
        message = "The two results do not rest on the same base."
        raise InputFault([Fault("against", message, allowed="a result of the same world, closure and deficits")])
    return _side(against), _side(result)


def _bases(result: Result, against: Result) -> Iterator[tuple[Any, Any]]:
    for a, b in zip(result.base, against.base, strict=True):
        yield (0, 0) if a is None and b is None else (np.asarray(a), np.asarray(b))


def _side(result: Result) -> _Side:
    def read(name: str) -> Floats:
        return np.asarray(getattr(result, name), dtype=float)

    unit_cost = np.asarray(result.found.unit_cost_hat, dtype=float)
    return _Side(
        hats={name: read(f"{name}_hat") for name in _HATS},
        sector_hats={n: unit_cost if n == "unit_cost" else read(_ATTRIBUTES[n]) for n in _SECTOR_HATS},
        values={name: read(name) for name in _VALUES},
        sector_values={name: read(name) for name in _SECTOR_VALUES},
        rates={
            "tariff": np.asarray(result.shock.tariff, dtype=float),
            "export_tax": np.asarray(result.shock.export_tax, dtype=float),
            "licence_price": read("licence_price"),
        },
        flows=np.asarray(result.found.flows, dtype=float),
        rents=read("rents"),
    )


def _at_base(result: Result) -> _Side:
    """The base itself: every hat is one, and there are neither export taxes nor licences."""
    base = result.base
    flows, tariff = np.asarray(base.flows, dtype=float), np.asarray(base.tariff, dtype=float)
    sales, none = flows.sum(1), np.zeros(flows.shape[0])
    share = base.value_added_share
    crossing = _crossing(flows)
    return _Side(
        hats=dict.fromkeys(_HATS, np.ones(flows.shape[0])),
        sector_hats=dict.fromkeys(_SECTOR_HATS, np.ones_like(sales)),
        values={
            "exports": crossing.sum((1, 2)),
            "imports": crossing.sum((0, 2)),
            "tariff_revenue": (tariff * flows).sum((0, 2)),
            "export_tax_revenue": none,
            "rents_received": none,
            "deficit": crossing.sum((0, 2)) - crossing.sum((1, 2)),
        },
        sector_values={"output": sales, "value_added": sales if share is None else sales * np.asarray(share)},
        rates={"tariff": tariff, "export_tax": np.zeros_like(flows), "licence_price": np.zeros_like(flows)},
        flows=flows,
        rents=np.zeros_like(flows),
    )


def _crossing(flows: Floats) -> Floats:
    values = flows.copy()
    values[np.diag_indices(values.shape[0])] = 0.0
    return values


_Variable = tuple[str, tuple[str, ...], str, str, Any]


def _variables(result: Result, before: _Side, after: _Side, money: _Money) -> Iterator[_Variable]:
    """Every variable: its name, dimensions, unit, meaning and values."""
    economy, sector = _TABLES["economies"], _TABLES["sectors"]
    for name, meaning in _HATS.items():
        if name != "government_welfare" or result.weights is not None:
            change = 100 * (after.hats[name] / before.hats[name] - 1)
            yield f"{name}_pct", economy, "percent", f"change of {meaning}", change
    income = np.asarray(account_for(result.base).income, dtype=float)
    worth = income * (after.hats["real_income"] - before.hats["real_income"]) * money.scale
    yield f"ev{money.ending}", economy, money.words, "equivalent variation, at prices of the world's base", worth
    start = income * before.hats["income"] * money.scale
    yield f"income_before{money.ending}", economy, money.words, "income before", start
    for name, meaning in _VALUES.items():
        yield from _money(name, economy, meaning, before.values[name], after.values[name], money)
    for name, meaning in _SECTOR_HATS.items():
        if _tells(result, name):
            change = 100 * (after.sector_hats[name] / before.sector_hats[name] - 1)
            yield f"{name}_pct", sector, "percent", f"change of the {meaning}", change
    for name, meaning in _SECTOR_VALUES.items():
        yield from _money(name, sector, meaning, before.sector_values[name], after.sector_values[name], money)
    yield from _trade_variables(before, after, money)


def _trade_variables(before: _Side, after: _Side, money: _Money) -> Iterator[_Variable]:
    pair, cell = _TABLES["pairs"], _TABLES["flows"]
    meaning = "trade at the border, own sales on the diagonal"
    yield from _money("trade", pair, meaning, before.flows.sum(2), after.flows.sum(2), money)
    yield from _money("flow", cell, meaning, before.flows, after.flows, money)
    for name, words in _RATES.items():
        for when, side in (("before", before), ("after", after)):
            yield f"{name}_{when}_pct", cell, "percent", f"{words}, {when}", 100 * side.rates[name]
    yield f"rents_after{money.ending}", cell, money.words, "rents of licences, after", after.rents * money.scale


def _money(
    name: str, dims: tuple[str, ...], meaning: str, before: Floats, after: Floats, money: _Money
) -> Iterator[_Variable]:
    """A value before, after and its change; the change in percent where there was something."""
    end = money.ending
    yield f"{name}_before{end}", dims, money.words, f"{meaning}, before", before * money.scale
    yield f"{name}_after{end}", dims, money.words, f"{meaning}, after", after * money.scale
    yield f"{name}_change{end}", dims, money.words, f"{meaning}, after less before", (after - before) * money.scale
    if name not in ("deficit", "rents_received", "export_tax_revenue"):
        yield f"{name}_pct", dims, "percent", f"change of {meaning}", _percent(before, after)


def _percent(before: Floats, after: Floats) -> Floats:
    """The change in percent; NaN where there was nothing."""
    ratio = np.divide(after, before, out=np.full_like(before, np.nan), where=before > 0)
    return 100 * (ratio - 1)


def _tells(result: Result, name: str) -> bool:
    """Wages by sector only where labour is specific, firms only where they enter: elsewhere they repeat another."""
    if name in ("sector_wage", "real_sector_wage"):
        return bool(np.isfinite(result.rules.mobility))
    return name != "firms" or result.rules.closure == "free-entry"


def _labels(result: Result, dim: str) -> list[str]:
    return list(result.world.sectors if dim == "sector" else result.world.economies)


def _worse(result: Result, against: Result | None) -> Result:
    return result if against is None or against.status.converged else against


def _status(result: Result, against: Result | None) -> str:
    """The outcome in a word or two, for a column."""
    word = _worse(result, against).status.outcome.name.lower().replace("_", " ")
    return word if _worse(result, against) is result else f"comparison: {word}"


def _frame(data: xr.Dataset, dims: tuple[str, ...]) -> pd.DataFrame:
    names = [str(n) for n, v in data.data_vars.items() if v.dims == dims]
    frame = data[names].to_dataframe(dim_order=list(dims)).reset_index()[[*dims, *names]]
    frame.insert(len(dims), "status", data.attrs["status"])
    told = {n: (data[n].attrs["unit"], data[n].attrs["long_name"]) for n in names}
    return _described(frame, told)


def _described(frame: pd.DataFrame, told: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    """Units and meanings as attributes of a frame, in the order of its columns."""
    words = {name: told.get(name, ("", _KEYS.get(name, ""))) for name in frame.columns}
    frame.attrs["columns"] = {n: {"unit": unit, "meaning": meaning} for n, (unit, meaning) in words.items()}
    return frame


def _shocked(result: Result, against: Result | None) -> list[tuple[str, str]]:
    """Pairs between which the policy differs, each once, in the order of the world."""
    names = result.world.economies
    old = None if against is None else against.shock
    moved = np.zeros((len(names), len(names)), dtype=bool)
    for after, before in (
        (result.shock.tariff, result.base.tariff if old is None else old.tariff),
        (result.shock.export_tax, 0.0 if old is None else old.export_tax),
        (result.shock.iceberg, 1.0 if old is None else old.iceberg),
    ):
        moved |= (np.asarray(after) != np.asarray(before)).any(2)
    for limits in (result.shock.limits, None if old is None else old.limits):
        if limits is not None:
            moved[tuple(np.asarray(limits.cells)[:, :2].T)] = True
    moved |= moved.T
    return [(names[a], names[b]) for a, b in np.argwhere(np.triu(moved, 1)).tolist()]


def _read_pairs(result: Result, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    faults, known = FaultList(), result.world.economies
    for at, pair in enumerate(pairs):
        for name in pair:
            if name not in known:
                hint = did_you_mean(name, known)
                faults.add(f"pairs[{at}]", f"'{name}' is not in the world.{hint}", allowed=", ".join(known))
        if len(set(pair)) != 2:
            faults.add(f"pairs[{at}]", "A pair is two economies.", allowed='("USA", "CHN")')
    faults.raise_if_any()
    return [(a, b) for a, b in pairs]


def _diversion(pairs: pd.DataFrame, asked: Sequence[tuple[str, str]], money: _Money) -> pd.DataFrame:
    """The trade of both members of each pair with every third economy, before and after."""
    values = [f"trade_before{money.ending}", f"trade_after{money.ending}", f"trade_change{money.ending}", "trade_pct"]
    parts = []
    for member, partner in [ends for a, b in asked for ends in ((a, b), (b, a))]:
        for direction, own, other in (("imports", "importer", "exporter"), ("exports", "exporter", "importer")):
            rows = pairs[(pairs[own] == member) & ~pairs[other].isin([member, partner])]
            parts.append(rows.assign(member=member, partner=partner, direction=direction, third=rows[other]))
    columns = ["member", "partner", "direction", "third", "status", *values]
    frame = pd.concat(parts, ignore_index=True)[columns] if parts else _empty(columns, values)
    told = pairs.attrs["columns"]
    return _described(frame, {n: (told[n]["unit"], told[n]["meaning"]) for n in values})


def _empty(columns: Sequence[str], numbers: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({c: pd.Series(dtype=float if c in numbers else str) for c in columns})


def _about(about: Mapping[str, str]) -> pd.DataFrame:
    frame = pd.DataFrame({"item": list(about), "value": list(about.values())}, dtype=str)
    return _described(frame, {"item": ("", "what is told"), "value": ("", "what it is")})


def _columns(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """What each column of each table is, in which unit."""
    rows = [
        {"table": table, "column": column, **told}
        for table, frame in frames.items()
        for column, told in frame.attrs.get("columns", {}).items()
    ]
    frame = pd.DataFrame(rows, columns=["table", "column", "unit", "meaning"], dtype=str)
    return _described(frame, {})


def _check_target(path: Path, frames: Mapping[str, pd.DataFrame]) -> None:
    faults = FaultList()
    if path.suffix and path.suffix not in ENDINGS:
        hint = did_you_mean(path.suffix, ENDINGS)
        faults.add("out", f"'{path.name}' ends in no known kind.{hint}", allowed=f"{', '.join(ENDINGS)}, or a folder")
    for ending, package, kind in ((".parquet", "pyarrow", "Parquet"), (".xlsx", "xlsxwriter", "Excel")):
        if path.suffix == ending and find_spec(package) is None:
            faults.add("out", f"{kind} needs {package}, which is not installed.", allowed="a file that ends in .csv")
    if path.suffix == ".xlsx":
        for name, frame in frames.items():
            if len(frame) > _EXCEL_ROWS:
                faults.add("out", f"Table {name} has {len(frame):,} rows.", allowed=f"{_EXCEL_ROWS:,} a sheet, or .csv")
    faults.raise_if_any()


def _write_excel(frames: Mapping[str, pd.DataFrame], file: Path) -> None:
    """One sheet a table, the header kept in sight; text is never taken for a formula."""
    options = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    with pd.ExcelWriter(file, engine="xlsxwriter", engine_kwargs=options) as writer:
        for name, frame in frames.items():
            frame.to_excel(writer, sheet_name=name, index=False, freeze_panes=(1, 0))


def _write_stata(frame: pd.DataFrame, file: Path) -> None:
    """Stata 14 and newer; names have at most 32 characters, labels at most 80."""
    told = frame.attrs.get("columns", {})
    labels = {n: _label(told.get(n, {})) for n in frame.columns}
    kinds = {n: object for n in frame.columns if not pd.api.types.is_numeric_dtype(frame[n])}
    plain = frame.astype(kinds)  # the writer knows text as objects
    plain.to_stata(file, write_index=False, version=118, variable_labels=labels)


def _label(told: Mapping[str, str]) -> str:
    unit = f" ({told['unit']})" if told.get("unit") else ""
    return told.get("meaning", "")[: 80 - len(unit)] + unit


def _write_csv(frame: pd.DataFrame, file: Path) -> None:
    frame.to_csv(file, index=False, lineterminator="\n")


def _write_parquet(frame: pd.DataFrame, file: Path) -> None:
    frame.to_parquet(file, index=False)


_WRITERS = {".csv": _write_csv, ".parquet": _write_parquet, ".dta": _write_stata}
