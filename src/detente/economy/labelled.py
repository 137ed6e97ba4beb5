"""Arrays with named dimensions, read generously and checked strictly: every fault is noted, none raises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from detente.terms import FaultList, did_you_mean

Floats = NDArray[np.float64]
Labels = tuple[str, ...]

_NAMED_AT_ONCE = 3


def read_labels(names: Sequence[str], path: str, faults: FaultList) -> Labels:
    """The labels of a dimension as strings; notes an empty list and doubles."""
    labels = tuple(str(name) for name in names)
    if not labels:
        faults.add(path, "There are no labels.", allowed="at least one")
    doubled = sorted({name for name in labels if labels.count(name) > 1})
    if doubled:
        faults.add(path, f"{_listed(doubled)} named more than once.", allowed="different labels")
    return labels


def read_array(value: Any, path: str, dims: Mapping[str, Labels], faults: FaultList) -> Floats | None:
    """`value` as floats in the order of `dims`, or None with the reason in `faults`.

    A DataArray is put in order by its dimension names and labels; anything else goes by position and must
    have the exact shape.
    """
    if isinstance(value, xr.DataArray):
        value = _in_order(value, path, dims, faults)
        if value is None:
            return None
    try:
        array = np.array(value, dtype=float)
    except (TypeError, ValueError):
        faults.add(path, "These are not numbers.", allowed=_shape_words(dims))
        return None
    shape = tuple(len(labels) for labels in dims.values())
    if array.shape != shape:
        faults.add(path, f"The shape is {array.shape}.", allowed=_shape_words(dims))
        return None
    return array


def forbid(
    where: NDArray[np.bool_],
    path: str,
    what: str,
    dims: Mapping[str, Labels],
    faults: FaultList,
    allowed: str,
) -> None:
    """Note one fault if any cell of `where` is true, naming how many and the first few by their labels."""
    if not where.any():
        return
    cells = np.argwhere(where)
    labels = list(dims.values())
    names = [" · ".join(labels[axis][at] for axis, at in enumerate(cell)) for cell in cells[:_NAMED_AT_ONCE]]
    more = "" if len(cells) <= _NAMED_AT_ONCE else f" and {len(cells) - _NAMED_AT_ONCE} more"
    faults.add(path, f"{what}: {'; '.join(names)}{more}.", allowed=allowed)


def as_data_array(values: Floats, dims: Mapping[str, Labels], name: str, **attrs: Any) -> xr.DataArray:
    """A named array with its labels and attributes (unit, what it is)."""
    return xr.DataArray(values, dims=tuple(dims), coords={k: list(v) for k, v in dims.items()}, name=name, attrs=attrs)


def _in_order(value: xr.DataArray, path: str, dims: Mapping[str, Labels], faults: FaultList) -> Any:
    if set(value.dims) != set(dims):
        faults.add(path, f"The dimensions are {_listed(map(str, value.dims))}.", allowed=_shape_words(dims))
        return None
    known = len(faults.faults)
    for dim, labels in dims.items():
        if dim in value.coords:
            _compare_labels([str(v) for v in value.coords[dim].values], f"{path}.{dim}", labels, faults)
    if len(faults.faults) > known:
        return None
    labelled = {dim: list(labels) for dim, labels in dims.items() if dim in value.coords}
    strings = {dim: [str(v) for v in value.coords[dim].values] for dim in labelled}
    return value.assign_coords(strings).sel(labelled).transpose(*dims).values


def _compare_labels(given: list[str], path: str, labels: Labels, faults: FaultList) -> None:
    for name in sorted(set(given) - set(labels)):
        faults.add(path, f"'{name}' is unknown.{did_you_mean(name, labels)}", allowed=_listed(labels))
    missing = [name for name in labels if name not in given]
    if missing:
        faults.add(path, f"{_listed(missing)} missing.", allowed=_listed(labels))
    if len(set(given)) < len(given):
        faults.add(path, "A label is named more than once.", allowed=_listed(labels))


def _shape_words(dims: Mapping[str, Labels]) -> str:
    return "[" + ", ".join(f"{name}: {len(labels)}" for name, labels in dims.items()) + "]"


def _listed(names: Any) -> str:
    return ", ".join(names)
