"""What a world holds, as plain results for screens, JSON and the brief."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from detente.worlds.elasticities import ElasticitySet, elasticity_sets, theta_of
from detente.worlds.sources import Floats
from detente.worlds.stored import StoredWorld, folder_of, read_manifest, read_world, shipped_names


@dataclass(frozen=True)
class WorldSummary:
    """One world at hand: its size on disk in bytes and the hash that results quote."""

    name: str
    title: str
    base_year: int
    economies: int
    sectors: int
    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class EconomyRow:
    """One economy: its members, where its shares and tariffs come from, values in USD billion, shares as fractions.

    Imports and exports are without own trade. `tariff` and `tariff_before` are averages on its goods imports,
    weighted by trade; `deficit_share` is imports less exports over value added.
    """

    code: str
    members: tuple[str, ...]
    shares_from: str
    tariffs_from: str
    value_added_usd_bn: float
    goods_imports_usd_bn: float
    goods_exports_usd_bn: float
    deficit_usd_bn: float
    deficit_share: float
    tariff: float
    tariff_before: float


@dataclass(frozen=True)
class SectorRow:
    """One sector: its name, the world's sales and cross-border trade in USD billion, and θ of its default set."""

    code: str
    name: str
    sales_usd_bn: float
    trade_usd_bn: float
    theta: float


@dataclass(frozen=True)
class WorldReport:
    """All a world says about itself; `balance` and `comparison_2019` are the builder's reports as written."""

    summary: WorldSummary
    unit: str
    credit: str
    command: str
    provisional: tuple[str, ...]
    economies: tuple[EconomyRow, ...]
    sectors: tuple[SectorRow, ...]
    elasticities: tuple[ElasticitySet, ...]
    choices: Mapping[str, str]
    sources: tuple[Mapping[str, str], ...]
    balance: Mapping[str, Any]
    comparison_2019: Mapping[str, Any]
    notes: tuple[str, ...]


def shipped() -> tuple[WorldSummary, ...]:
    """The worlds in the package."""
    return tuple(summarise(name) for name in shipped_names())


def summarise(name: str | Path) -> WorldSummary:
    """One world in a line, from its manifest alone."""
    manifest = read_manifest(name)
    return WorldSummary(
        name=manifest["name"],
        title=manifest["title"],
        base_year=manifest["base_year"],
        economies=len(manifest["economies"]),
        sectors=len(manifest["sectors"]),
        size_bytes=sum(file.stat().st_size for file in folder_of(name).iterdir() if file.is_file()),
        sha256=manifest["arrays_sha256"],
    )


def report(name: str | Path) -> WorldReport:
    """All a world says about itself. Raises `InputFault` for an unknown or damaged one."""
    stored = read_world(name)
    manifest = stored.manifest
    return WorldReport(
        summary=summarise(name),
        unit=manifest["unit"],
        credit=manifest["credit"],
        command=manifest["command"],
        provisional=tuple(manifest["provisional"]),
        economies=_economy_rows(stored),
        sectors=_sector_rows(stored),
        elasticities=elasticity_sets(),
        choices=manifest["choices"],
        sources=tuple(manifest["sources"]),
        balance=manifest["balance"],
        comparison_2019=manifest["comparison_2019"],
        notes=tuple(manifest.get("notes", ())),
    )


def _economy_rows(w: StoredWorld) -> tuple[EconomyRow, ...]:
    abroad = _without_own(w.flows)
    goods = abroad[:, :, [k for k, code in enumerate(w.sectors) if code not in w.services]]
    imports, exports = goods.sum((0, 2)), goods.sum((1, 2))
    paid = np.where(imports > 0, imports, 1.0)
    now, before = ((abroad * rate).sum((0, 2)) / paid for rate in (w.tariff, w.tariff_before))
    return tuple(
        EconomyRow(
            code=code,
            members=tuple(w.manifest["economies"][code]["members"]),
            shares_from=w.manifest["economies"][code]["shares_from"],
            tariffs_from=w.manifest["economies"][code]["tariffs_from"],
            value_added_usd_bn=float(w.value_added[n] / 1e3),
            goods_imports_usd_bn=float(imports[n] / 1e3),
            goods_exports_usd_bn=float(exports[n] / 1e3),
            deficit_usd_bn=float(w.deficit[n] / 1e3),
            deficit_share=float(w.deficit[n] / w.value_added[n]),
            tariff=float(now[n]),
            tariff_before=float(before[n]),
        )
        for n, code in enumerate(w.economies)
    )


def _sector_rows(w: StoredWorld) -> tuple[SectorRow, ...]:
    abroad, theta = _without_own(w.flows), theta_of(w)
    return tuple(
        SectorRow(
            code=code,
            name=w.manifest["sectors"][code],
            sales_usd_bn=float(w.flows[:, :, k].sum() / 1e3),
            trade_usd_bn=float(abroad[:, :, k].sum() / 1e3),
            theta=float(theta[k]),
        )
        for k, code in enumerate(w.sectors)
    )


def _without_own(flows: Floats) -> Floats:
    abroad = flows.copy()
    own = np.arange(flows.shape[0])
    abroad[own, own] = 0.0
    return abroad
