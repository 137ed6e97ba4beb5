"""A world on disk: a folder with `arrays.npz` and `manifest.json`, shipped or built.

The manifest says where every number comes from and carries the hash of the arrays; a folder whose arrays do not have
that hash is refused, since results quote it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from detente.terms import Fault, FaultList, InputFault, did_you_mean
from detente.worlds.sources import Floats, sha256_of

DATA: Final = Path(__file__).parent / "data"
ARRAYS: Final = "arrays.npz"
MANIFEST: Final = "manifest.json"

FIELDS: Final = {
    "flows": ("exporter", "importer", "sector"),
    "tariff": ("exporter", "importer", "sector"),
    "tariff_before": ("exporter", "importer", "sector"),
    "input_share": ("economy", "input", "using"),
    "value_added_share": ("economy", "sector"),
    "final_share": ("economy", "sector"),
    "value_added": ("economy",),
    "deficit": ("economy",),
}
"""The arrays of a world and their dimensions."""


@dataclass(frozen=True, eq=False)
class StoredWorld:
    """The arrays of a world as stored, with its manifest.

    flows: net of tariffs, in the manifest's unit; tariff and tariff_before: fractions, in the base year and before
    the measures of the records; input_share sums to one over inputs, so that an input's cost share is
    (1 − value_added_share) × input_share; final_share sums to one; deficit is imports less exports.
    """

    manifest: Mapping[str, Any]
    economies: tuple[str, ...]
    sectors: tuple[str, ...]
    flows: Floats
    tariff: Floats
    tariff_before: Floats
    input_share: Floats
    value_added_share: Floats
    final_share: Floats
    value_added: Floats
    deficit: Floats

    @property
    def name(self) -> str:
        """The world's name."""
        return str(self.manifest["name"])

    @property
    def sha256(self) -> str:
        """The hash of its arrays, which results quote."""
        return str(self.manifest["arrays_sha256"])

    @property
    def services(self) -> tuple[str, ...]:
        """The sectors that are no goods."""
        return tuple(self.manifest.get("services", ("services",)))

    @property
    def spent(self) -> Floats:
        """Purchases with tariffs [economy, sector]."""
        return np.asarray((self.flows * (1 + self.tariff)).sum(0))

    @property
    def sales(self) -> Floats:
        """Sales net of tariffs [economy, sector]."""
        return np.asarray(self.flows.sum(1))

    @property
    def inputs(self) -> Floats:
        """Inputs [economy, input, using], values with tariffs."""
        cost = (1 - self.value_added_share) * self.sales
        return self.input_share * cost[:, None, :]

    @property
    def revenue(self) -> Floats:
        """Tariff revenue [economy]."""
        return np.asarray((self.flows * self.tariff).sum((0, 2)))


def shipped_names() -> tuple[str, ...]:
    """The names of the worlds in the package."""
    return tuple(sorted(path.parent.name for path in DATA.glob(f"*/{MANIFEST}")))


def folder_of(name: str | Path) -> Path:
    """The folder of a shipped world, or a folder that holds one."""
    if str(name) in shipped_names():
        return DATA / str(name)
    folder = Path(name)
    if (folder / MANIFEST).is_file():
        return folder
    known = shipped_names()
    message = f"There is no world {str(name)!r}.{did_you_mean(str(name), known)}"
    raise InputFault([Fault("world", message, allowed=f"{', '.join(known)}, or the folder of a built world")])


def read_manifest(name: str | Path) -> dict[str, Any]:
    """The manifest of a world."""
    path = folder_of(name) / MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise InputFault([Fault(str(path), f"Cannot be read: {error}", allowed="a manifest in JSON")]) from error
    return manifest


def read_world(name: str | Path) -> StoredWorld:
    """Read a world; the arrays must have the manifest's hash, every field, and the shape of their labels."""
    manifest, path = read_manifest(name), folder_of(name) / ARRAYS
    faults = FaultList()
    if not path.is_file():
        faults.add(str(path), "There is no such file.", allowed="the arrays of the world")
    elif sha256_of(path) != manifest.get("arrays_sha256"):
        faults.add(str(path), "Differs from its manifest.", allowed=f"SHA-256 {manifest.get('arrays_sha256')}")
    faults.raise_if_any()
    with np.load(path, allow_pickle=False) as file:
        arrays = {field: file[field] for field in file.files}
    if missing := {"economies", "sectors", *FIELDS} - arrays.keys():
        raise InputFault([Fault(str(path), f"Has no {', '.join(sorted(missing))}.", allowed=", ".join(FIELDS))])
    economies, sectors = (tuple(str(label) for label in arrays[axis]) for axis in ("economies", "sectors"))
    for field, dims in FIELDS.items():
        shape = tuple(len(sectors if dim in ("sector", "input", "using") else economies) for dim in dims)
        if arrays[field].shape != shape:
            faults.add(
                str(path), f"{field} has the shape {arrays[field].shape}.", allowed=f"{shape} [{', '.join(dims)}]"
            )
    faults.raise_if_any()
    return StoredWorld(manifest, economies, sectors, **{field: arrays[field] for field in FIELDS})


def write_world(out: Path, manifest: dict[str, Any], arrays: Mapping[str, Any]) -> dict[str, Any]:
    """Write a world to a folder and return its manifest with the hash of the arrays."""
    out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out / ARRAYS, allow_pickle=False, **arrays)
    complete = manifest | {"arrays_sha256": sha256_of(out / ARRAYS)}
    text = json.dumps(complete, indent=1, ensure_ascii=False)
    (out / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return complete
