"""Which elasticities a built world has: a named set, by what its industry codes cover, or a file of its own.

A set has figures for the sectors of world-2022. A sector of the world takes the mean θ of all of a set's sectors that
share an ISIC division with it: `C` takes the mean of manufacturing, `C10T12` its own. Labels that are no ISIC code are
read by their members'; where those are none either, a file has to give the figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from detente.terms import FaultList, did_you_mean
from detente.worlds.elasticities import DEFAULT, OWN, elasticity_set, elasticity_sets
from detente.worlds.tables.isic import overlapping
from detente.worlds.tables.text import Entry, head_of, rows_of, why_no_number

LEAST: Final = -1.0


@dataclass(frozen=True)
class Choice:
    """The elasticities of a world: the set's name, or `own` with θ by sector; `like` gives for each sector the
    sectors of a named set that stand for it, so that other sets can be put in its place (empty: they cannot)."""

    name: str
    theta: Mapping[str, float]
    like: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def choose(given: str | None, sectors: Mapping[str, Sequence[str]], isic: bool, faults: FaultList) -> Choice:
    """The elasticities of a world's sectors (by label, its members); `isic` says that labels are industry codes."""
    known = elasticity_set().figures
    like = {label: _like(label, codes, tuple(known), isic) for label, codes in sectors.items()}
    if given is not None and Path(given).suffix.casefold() == ".csv":
        theta = _read(Path(given), tuple(sectors), faults)
        return Choice(OWN, theta, like if all(like.values()) else {})
    names = [one.name for one in elasticity_sets()]
    name = given or DEFAULT
    if name not in names:
        message = f"There is no set of elasticities {name!r}.{did_you_mean(name, names)}"
        faults.add("elasticity", message, allowed=f"{', '.join(names)}, or a .csv file with sector, theta")
        return Choice(name, {})
    lacking = [label for label, codes in like.items() if not codes]
    if lacking:
        shown = f"{', '.join(lacking[:8])}{', …' if len(lacking) > 8 else ''}"
        message = f"The set {name} has no figure for {len(lacking)} sectors: {shown}."
        faults.add("elasticity", message, allowed="--elasticity FILE.csv with sector,theta (or sector,sigma)")
        return Choice(name, {})
    return Choice(name, {}, like)


def _like(label: str, codes: Sequence[str], known: tuple[str, ...], isic: bool) -> tuple[str, ...]:
    """The sectors of the sets that stand for one of the world: itself, by its code, or by its members' codes."""
    if label in known:
        return (label,)
    if all(code in known for code in codes):
        return tuple(codes)
    if not isic:
        return ()
    found = [overlapping(code, known) for code in codes]
    if not all(found):
        return overlapping(label, known)
    return tuple(code for code in known if any(code in some for some in found))


def _read(path: Path, sectors: tuple[str, ...], faults: FaultList) -> dict[str, float]:
    name = str(path)
    if not path.is_file():
        faults.add(name, "There is no such file.", allowed="a CSV file with the columns sector and theta or sigma")
        return {}
    head = head_of(Entry(path))
    header = [cell.strip().casefold() for cell in head.lines[0]]
    kind = next((column for column in ("theta", "sigma") if column in header), None)
    if kind is None or "sector" not in header:
        faults.add(name, "Has no columns sector and theta or sigma.", 1, "sector,theta")
        return {}
    theta: dict[str, float] = {}
    for line, cells in list(rows_of(Entry(path), head.delimiter))[1:]:
        row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        code, text = row.get("sector", ""), row.get(kind, "")
        if code not in sectors:
            hint = did_you_mean(code, sectors)
            faults.add(name, f"The world has no sector '{code}'.{hint}", line, ", ".join(sectors[:12]))
        elif code in theta:
            faults.add(name, f"{code} is given twice.", line, "one line a sector")
        else:
            _take(name, line, code, kind, text, theta, faults)
    if lacking := [code for code in sectors if code not in theta]:
        shown = f"{', '.join(lacking[:8])}{', …' if len(lacking) > 8 else ''}"
        faults.add(name, f"Has no figure for {shown}.", allowed="one line a sector")
    return theta


def _take(path: str, line: int, code: str, kind: str, text: str, theta: dict[str, float], faults: FaultList) -> None:
    try:
        value = float(text) - (1.0 if kind == "sigma" else 0.0)
    except ValueError:
        why, allowed = why_no_number(text)
        faults.add(path, f"The {kind} of {code} {why}.", line, allowed)
        theta[code] = 0.0
        return
    theta[code] = value
    if not LEAST < value < float("inf"):
        faults.add(path, f"The {kind} of {code} is {text}.", line, "θ above −1 (σ above 0), finite")
