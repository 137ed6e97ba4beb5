"""From a dispute folder to a `Record`: read every file, validate every entry, hold every fault with its line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from detente.record import entries as e
from detente.record.entries import Record
from detente.record.files import borrowed_list, digest_of, record_files
from detente.record.yamltree import Tree, read_tree
from detente.terms import FaultList, did_you_mean

MAX_FOLDER_BYTES = 12_000_000
MAX_ENTRIES = 20_000

SECTIONS: dict[str, type[e.Entry]] = {
    "measures": e.Measure,
    "instruments": e.Instrument,
    "arrangements": e.Arrangement,
    "talks": e.Talk,
    "claims": e.Claim,
    "sources": e.Source,
    "scopes": e.Scope,
    "discrepancies": e.Discrepancy,
    "deadlines": e.Deadline,
    "officials": e.Official,
}


@dataclass(slots=True)
class Place:
    """Where an entry was written, to say so in a fault."""

    tree: Tree
    where: tuple[str | int, ...]

    @property
    def path(self) -> str:
        """The file, as shown to people."""
        return self.tree.path

    def line(self, *below: str | int) -> int | None:
        """The line of the entry, or of a value inside it."""
        return self.tree.line((*self.where, *below))


@dataclass(slots=True)
class Loaded:
    """A record as far as it could be read, where each entry stands, and what is wrong."""

    faults: FaultList = field(default_factory=FaultList)
    header: e.Header | None = None
    entries: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in SECTIONS})
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    codes: dict[str, dict[str, bool | None]] = field(default_factory=dict)
    digest: str = ""
    rules: int = 0

    def record(self) -> Record:
        """The finished record; call only when there are no faults."""
        assert self.header is not None
        return Record(header=self.header, codes=self.codes, digest=self.digest, **self.entries)


def load_folder(folder: Path, shown: str | None = None) -> Loaded:
    """Read a dispute folder. Never raises for what is in it: the faults are in the answer."""
    out = Loaded()
    label = shown or folder.name
    files = list(_files(folder, label, out.faults))
    out.digest = digest_of(folder)
    if not _within_bounds(files, label, out.faults):
        return out
    _read_header(folder, label, out)
    for section, model in SECTIONS.items():
        for file, name in files:
            if _belongs(file.relative_to(folder), section):
                _read_section(file, name, section, model, out)
    _read_codes(folder, label, out)
    return out


def _files(folder: Path, label: str, faults: FaultList) -> Iterator[tuple[Path, str]]:
    """The files a record consists of, with the name to show; links that leave the folder and strays are faults."""
    root = folder.resolve()
    for file in record_files(folder):
        name = f"{label}/{file.relative_to(folder).as_posix()}"
        if not file.resolve().is_relative_to(root):
            faults.add(name, "The file is a link that leaves the folder.", allowed="files inside the folder")
        elif not file.exists():
            faults.add(name, "The file is a link to nothing.")
        elif file.suffix == ".yml":
            faults.add(name, "Files of a record end in .yaml.", allowed=".yaml")
        else:
            yield file, name
            _complain_if_stray(file.relative_to(folder), name, faults)


def _complain_if_stray(relative: Path, name: str, faults: FaultList) -> None:
    if relative.suffix == ".csv" or relative.as_posix() == "dispute.yaml":
        return
    if not any(_belongs(relative, section) for section in SECTIONS):
        stem = relative.parts[0].removesuffix(".yaml")
        hint = did_you_mean(stem, SECTIONS)
        faults.add(name, f"No part of a record is called '{stem}'.{hint}", allowed=", ".join(SECTIONS))


def _belongs(relative: Path, section: str) -> bool:
    return relative.suffix == ".yaml" and relative.parts[0] in (section, f"{section}.yaml")


def _within_bounds(files: list[tuple[Path, str]], label: str, faults: FaultList) -> bool:
    total = sum(f.stat().st_size for f, _ in files)
    if total > MAX_FOLDER_BYTES:
        faults.add(label, f"The folder holds {total:,} bytes.", allowed=f"at most {MAX_FOLDER_BYTES:,}")
        return False
    return True


def _read_header(folder: Path, label: str, out: Loaded) -> None:
    file = folder / "dispute.yaml"
    name = f"{label}/dispute.yaml"
    if not file.is_file():
        out.faults.add(name, "The file is missing.", allowed="a folder with dispute.yaml and the parts of a record")
        return
    tree = read_tree(file, name, out.faults)
    if tree.data is not None:
        header = _validated(e.Header, tree.data, tree, (), out.faults)
        out.header = header if isinstance(header, e.Header) else None


def _read_section(file: Path, name: str, section: str, model: type[e.Entry], out: Loaded) -> None:
    tree = read_tree(file, name, out.faults)
    if tree.data is None:
        return
    if not isinstance(tree.data, list):
        out.faults.add(name, f"{section} is a list of entries, each beginning with '- id:'.", tree.line(()))
        return
    if sum(map(len, out.entries.values())) + len(tree.data) > MAX_ENTRIES:
        out.faults.add(name, f"The record has more than {MAX_ENTRIES:,} entries.", allowed=f"at most {MAX_ENTRIES:,}")
        return
    for index, raw in enumerate(tree.data):
        entry = _validated(model, raw, tree, (index,), out.faults)
        if entry is not None:
            _keep(entry, section, Place(tree, (index,)), out)


def _keep(entry: Any, section: str, place: Place, out: Loaded) -> None:
    key = (section, entry.id)
    if key in out.places:
        first = out.places[key]
        message = f"The id '{entry.id}' stands twice; it first stands at {first.path}:{first.line()}."
        out.faults.add(place.path, message, place.line("id"))
        return
    out.places[key] = place
    out.entries[section].append(entry)


def _validated(
    model: type[e.Entry], raw: Any, tree: Tree, where: tuple[str | int, ...], faults: FaultList
) -> e.Entry | None:
    if not isinstance(raw, dict):
        faults.add(tree.path, f"Expected an entry (keys and values), found '{raw}'.", tree.line(where))
        return None
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            message, allowed = _in_words(problem, model)
            faults.add(tree.path, message, tree.line((*where, *problem["loc"])), allowed)
        return None


def _in_words(problem: Any, model: type[e.Entry]) -> tuple[str, str | None]:
    """A pydantic problem as a sentence, and what is allowed."""
    loc = [p for p in problem["loc"] if isinstance(p, str)]
    key = loc[-1] if loc else "entry"
    kind = problem["type"]
    if kind == "missing":
        return f"The key '{key}' is missing.", None
    if kind == "extra_forbidden":
        keys = _keys_at(model, loc[:-1])
        return f"The key '{key}' is not known here.{did_you_mean(key, keys)}", ", ".join(keys)
    if kind == "literal_error":
        allowed = problem["ctx"]["expected"]
        words = [w.strip(" '") for w in allowed.replace(" or ", ", ").split(",")]
        return f"'{problem['input']}' is not a {key}.{did_you_mean(str(problem['input']), words)}", allowed
    if kind == "value_error":
        return f"{key}: {problem['ctx']['error']}.", None
    if kind == "string_pattern_mismatch":
        return f"{key}: '{problem['input']}' is not written as it should be.", _PATTERNS.get(key, "see the schema")
    if kind == "too_short":
        return f"{key}: at least one is needed.", None
    return f"{key}: {problem['msg']} (found '{problem['input']}').", None


_CODE = "an ISO alpha-3 code, EU, ROW or ALL"
_PATTERNS = {
    "id": "lower-case letters, digits, '.' and '-'",
    "on": _CODE,
    "by": _CODE,
    "to": _CODE,
    "imposer": _CODE,
    "targets": _CODE,
    "parties": _CODE,
}


def _keys_at(model: type[BaseModel], loc: list[str]) -> list[str]:
    """The keys allowed in the model found by following `loc` down from `model`."""
    for step in loc:
        fields = {f.alias or n: f for n, f in model.model_fields.items()}
        if step not in fields:
            break
        inner = _model_in(fields[step].annotation)
        if inner is not None:
            model = inner
    return [f.alias or n for n, f in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(a) for a in getattr(annotation, "__args__", ()))
    return next((m for m in found if m is not None), None)


def _read_codes(folder: Path, label: str, out: Loaded) -> None:
    root = folder.resolve()
    for scope in out.entries["scopes"]:
        if scope.codes is None:
            continue
        place = out.places[("scopes", scope.id)]
        borrowed = borrowed_list(scope.codes)
        file = borrowed or folder / scope.codes
        if borrowed is None and not file.resolve().is_relative_to(root):
            out.faults.add(place.path, f"'{scope.codes}' lies outside the folder.", place.line("codes"))
        elif not file.is_file():
            out.faults.add(place.path, f"The code list '{scope.codes}' is not there.", place.line("codes"))
        else:
            out.codes[scope.id] = _code_list(file, f"{label}/{scope.codes}", out.faults)


_MEMBER: dict[str, bool | None] = {"1": True, "0": False, "?": None}


def _is_prefix(code: str) -> bool:
    return code == "*" or (code.isdigit() and 2 <= len(code) <= 10)


def _code_list(file: Path, name: str, faults: FaultList) -> dict[str, bool | None]:
    """Prefixes of a scope: a CSV with `code` (digits, or * for all others) and `in`: 1 belongs, 0 is an exception, ?
    may belong in part."""
    out: dict[str, bool | None] = {}
    with file.open(encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(handle)
        if rows.fieldnames is None or list(rows.fieldnames)[:2] != ["code", "in"]:
            faults.add(name, "The first line must be 'code,in'.", 1, "code,in")
            return out
        for row in rows:
            code, inside = (row["code"] or "").strip(), (row["in"] or "").strip()
            if not (_is_prefix(code) and inside in _MEMBER):
                allowed = "2 to 10 digits without dots (or * for all others), then 1, 0 or ?"
                faults.add(name, f"'{code},{inside}' is not a code and its membership.", rows.line_num, allowed)
            elif code in out:
                faults.add(name, f"The code {code} stands twice.", rows.line_num)
            else:
                out[code] = _MEMBER[inside]
    return out
