"""Outcomes as tables in files: every outcome below the other, with what the numbers rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from detente import economy as ec
from detente.questions import answers as a

_USD_BN = 1e-3  # the worlds hold millions of USD


@dataclass(frozen=True, slots=True)
class Solved:
    """A result, and the one it is compared with (None: the base of the world)."""

    found: ec.Result
    compared: ec.Result | None = None


def write_outcomes(out: str, solved: Mapping[str, Solved], answer: a.SolveAnswer) -> a.SolveAnswer:
    """Write the tables of outcomes to a file or folder, with provenance; the answer, naming the files.

    Raises `InputFault` for an ending that is no known kind, or a kind whose package is not installed.
    """
    each = {name: one.found.to_frames(one.compared, _USD_BN) for name, one in solved.items()}
    tables = list(next(iter(each.values())))
    frames = {table: _stacked({name: frames[table] for name, frames in each.items()}) for table in tables}
    written = ec.write_tables(frames, out, _about(answer))
    return replace(answer, files=[str(file) for file in written])


def _stacked(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Tables of the same kind below each other, the outcome in the first column."""
    filled = {name: frame for name, frame in frames.items() if len(frame)} or dict(list(frames.items())[:1])
    out = pd.concat([frame.assign(outcome=name) for name, frame in filled.items()], ignore_index=True)
    out.insert(0, "outcome", out.pop("outcome"))
    told = next(iter(frames.values())).attrs["columns"]
    out.attrs["columns"] = {"outcome": {"unit": "", "meaning": "which outcome the row is of"}, **told}
    return out


def _about(answer: a.SolveAnswer) -> dict[str, str]:
    """Provenance, scenario and status, line by line."""
    labour = "mobile" if answer.labour_mobility is None else f"{answer.labour_mobility:g}"
    about = {
        "title": answer.title,
        "compared_with": answer.comparison,
        "world": answer.world,
        "base_year": str(answer.base_year),
        "closure": answer.closure,
        "deficits": answer.deficits,
        "labour_mobility": labour,
        "elasticity": answer.elasticity_title,
        "command": answer.provenance.command,
        "record_hash": answer.provenance.record_hash or "",
        "world_hash": answer.provenance.world_hash or "",
        "code_version": answer.provenance.code_version,
    }
    for name, one in answer.outcomes.items():
        about |= {f"outcome {name}": one.title, f"status {name}": one.status}
        about |= {f"note {name} {at}": note for at, note in enumerate(one.notes, 1)}
    return about | {f"limit {at}": limit for at, limit in enumerate(answer.limits, 1)}
