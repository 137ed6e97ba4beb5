"""Which duties does a product pay, layer by layer, and after the next clock?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from detente import duties as d
from detente.questions import answers as a
from detente.terms import Fault, InputFault, stamp


def duty(
    code: str,
    exporter: str,
    importer: str,
    on: date | None = None,
    known: date | None = None,
    part: float | None = None,
) -> a.DutyAnswer:
    """The duty on a product from `exporter` into `importer`, `on` a day as `known` on a day (default today).

    `part` is the share of the value that pays where a duty is charged on a part of it (the metal), if it is known.
    Raises `InputFault` for a code or an economy that is none, or where no shipped record covers the pair.
    """
    got = d.duty(code, exporter, importer, on, known, None if part is None else Decimal(str(part)))
    view, header = got.view, got.dispute.record.header
    words = ["detente", "duty", d.dotted(got.code), "--from", got.exporter, "--to", got.importer]
    words += ["--on", str(view.on), "--known", str(view.known)]
    words += [] if part is None else ["--part", str(part)]
    return a.DutyAnswer(
        code=d.dotted(got.code),
        exporter=got.exporter,
        importer=got.importer,
        on=view.on,
        known=view.known,
        covered_through=header.covered_through,
        beyond_coverage=view.on > header.covered_through,
        base=_number(got.base.rate),
        base_is_estimate=True,
        base_between=_bounds(*got.base.bounds),
        base_note=got.base.note,
        layers=[_layer(x, got) for x in got.layers if _shown(x)],
        additional=_number(got.additional.rate),
        additional_between=_bounds(got.additional.low, got.additional.high),
        charged=_number(got.charged.rate),
        owed=_number(got.owed.rate),
        total=_number(got.total),
        next_change=_change(got.next_change, got) if got.next_change else None,
        alternatives=[_alternative(x, got) for x in got.alternatives],
        provenance=a.Provenance(**stamp(words, got.dispute.record.digest).as_dict()),
    )


def average(exporter: str, importer: str, on: date | None = None, known: date | None = None) -> a.AverageAnswer:
    """The average duty on a partner's goods over its trade of 2024, `on` a day as `known` on a day (default today).

    Raises `InputFault` for an economy that is none, or a pair without a record or without trade figures.
    """
    got = d.average(exporter, importer, on, known)
    view, header = got.view, got.dispute.record.header
    words = ["detente", "duty", "--average", "--from", got.exporter, "--to", got.importer]
    words += ["--on", str(view.on), "--known", str(view.known)]
    return a.AverageAnswer(
        exporter=got.exporter,
        importer=got.importer,
        on=view.on,
        known=view.known,
        covered_through=header.covered_through,
        beyond_coverage=view.on > header.covered_through,
        weights_year=got.year,
        imports_usd_bn=got.imports_usd / 1e9,
        additional=got.additional,
        additional_between=a.Bounds(low=got.between[0], high=got.between[1]),
        base=got.base,
        base_is_estimate=True,
        total=got.total,
        known_share=got.known_share,
        matched_share=got.matched_share,
        collected=got.collected,
        by_measure={m: x for m, x in got.by_measure.items() if x},
        provenance=a.Provenance(**stamp(words, got.dispute.record.digest).as_dict()),
    )


def averages(
    importer: str = "USA",
    exporters: Sequence[str] | None = None,
    by: str = "partner",
    since: date | None = None,
    until: date | None = None,
    known: date | None = None,
) -> a.AveragesAnswer:
    """Average duties by partner, chapter, section, sector (ISIC Rev. 4) or authority over `since` to `until` (default:
    today alone), for some exporters (default: all of the import figures of 2024).

    Raises `InputFault` for an economy or a part that is none, or days out of order.
    """
    got = d.averages(importer, exporters, cast(Any, by), since, until, known, _sectors if by == "sector" else None)
    words = ["detente", "duty", "--average", "--to", got.importer, "--by", got.by, "--since", str(got.since)]
    words += ["--until", str(got.until), "--known", str(got.known)]
    words += ["--from", ",".join(got.partners)] if exporters else []
    rows = [asdict(row) for row in got.rows]
    return a.AveragesAnswer(
        importer=got.importer,
        exporters=list(got.partners),
        by=got.by,
        since=got.since,
        until=got.until,
        known=got.known,
        weights_year=got.year,
        base_is_estimate=True,
        rows=[a.AverageRow(imports_usd_bn=row.pop("imports_usd") / 1e9, **row) for row in rows],
        provenance=a.Provenance(**stamp(words, " ".join(got.digests)).as_dict()),
    )


def _sectors(codes: Any) -> tuple[Any, Sequence[str]]:
    from detente import policy  # brings numpy, which one product does without

    names = policy.goods_sectors()
    return policy.sector_shares(codes, names), names


def panel(
    file: str | Path,
    importer: str = "USA",
    exporters: Sequence[str] | None = None,
    on: date | None = None,
    known: date | None = None,
) -> a.PanelAnswer:
    """Write the duty on every line from every partner to a file that ends in .csv or .parquet.

    Raises `InputFault` for another ending, an economy that is none, or an importer without a schedule at hand.
    """
    target = Path(file)
    if target.suffix not in (".csv", ".parquet"):
        raise InputFault([Fault("panel", f"'{target.name}' is no such file.", allowed="a name in .csv or .parquet")])
    got = d.panel(importer, exporters, on, known)
    (got.to_csv if target.suffix == ".csv" else got.to_parquet)(target)
    words = ["detente", "duty", "--panel", str(file), "--to", got.importer, "--on", str(got.on)]
    words += ["--known", str(got.known_by)] + (["--from", ",".join(got.partner)] if exporters else [])
    return a.PanelAnswer(
        file=str(file),
        importer=got.importer,
        exporters=list(got.partner),
        on=got.on,
        known=got.known_by,
        lines=len(got.code),
        rows=got.low.size,
        known_share=float(got.known.mean()),
        base_is_estimate=True,
        columns=got.names,
        provenance=a.Provenance(**stamp(words, " ".join(got.digests)).as_dict()),
    )


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _plus(base: Decimal | None, additional: Decimal | None) -> float | None:
    return None if base is None or additional is None else float(base + additional)


def _bounds(low: Decimal, high: Decimal | None) -> a.Bounds:
    return a.Bounds(low=float(low), high=_number(high))


def _shown(layer: d.Layer) -> bool:
    """Layers that charge or may charge, and those whose measure stands but leaves these goods out."""
    return layer.possible or layer.standing.word in ("in force", "exempt", "suspended", "unknown")


def _layer(layer: d.Layer, got: d.Duty) -> a.DutyLayer:
    s = layer.standing
    return a.DutyLayer(
        measure=layer.measure.id,
        title=layer.measure.title,
        authority=layer.measure.authority,
        status=s.word,
        rate=_number(layer.rate),
        between=_bounds(layer.low, layer.high),
        from_=s.since,
        until=_until(layer, got),
        instrument=s.by,
        why=layer.why,
    )


def _until(layer: d.Layer, got: d.Duty) -> date | None:
    """The first later day on which this layer changes, if the next change of the whole duty is one of it."""
    change = got.next_change
    if change is None:
        return None
    then = next((x for x in change.layers if x.measure.id == layer.measure.id), None)
    moved = then is None or (then.low, then.high) != (layer.low, layer.high)
    return change.day if moved else None


def _alternative(other: d.Alternative, got: d.Duty) -> a.DutyAlternative:
    return a.DutyAlternative(
        scope=other.scope,
        condition=other.condition,
        additional=_number(other.additional.rate),
        between=_bounds(other.additional.low, other.additional.high),
        total=_plus(got.base.rate, other.additional.rate),
        layers=[_layer(x, got) for x in other.layers if _shown(x)],
    )


def _change(change: d.NextChange, got: d.Duty) -> a.DutyChange:
    return a.DutyChange(
        day=change.day,
        additional=_number(change.additional.rate),
        between=_bounds(change.additional.low, change.additional.high),
        total=_plus(got.base.rate, change.additional.rate),
        layers=[_layer(x, got) for x in change.layers if _shown(x)],
    )
