"""From a dispute folder to a `Record`: read every file, validate every entry, hold every fault with its line."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from detente.record import entries as e
from detente.record.bearing import on_the_parties
from detente.record.entries import Entry, Record
from detente.record.files import (
    INTERRUPTED,
    MAX_FILES,
    MAX_FOLDER_BYTES,
    MAX_INCLUDED,
    SHIPPED,
    Listing,
    borrowed_list,
    digest_of,
    included,
    includes_of,
    listing,
    shown_name,
)
from detente.record.yamltree import MAX_BYTES, MAX_FAULTS, Tree, read_tree, text_of
from detente.terms import FaultList, did_you_mean

MAX_ENTRIES = 20_000
MAX_CODE_FAULTS = 100
_AN_ENTRY = re.compile(rb"^-(?:\s|$)|\bid[\"']?\s*:", re.MULTILINE)

SECTIONS: dict[str, type[Entry]] = {
    "measures": e.Measure,
    "instruments": e.Instrument,
    "arrangements": e.Arrangement,
    "talks": e.Talk,
    "claims": e.Claim,
    "progress": e.Progress,
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
    """A record as far as it could be read, where each entry stands, and what is wrong.

    The entries are those of the folder and of all it includes, the included first; `owners` says by section and id
    which folder wrote an entry, `name` which folder was asked for.
    `unread` are the ids of entries with faults of their own, `lost` says that files could not be read at all; neither
    is reported a second time wherever such an entry is named.
    """

    faults: FaultList = field(default_factory=FaultList)
    header: e.Header | None = None
    entries: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in SECTIONS})
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    codes: dict[str, dict[str, bool | None]] = field(default_factory=dict)
    digest: str = ""
    rules: int = 0
    unread: set[str] = field(default_factory=set)
    lost: bool = False
    owners: dict[tuple[str, str], str] = field(default_factory=dict)
    name: str = ""

    @property
    def whole(self) -> bool:
        """True when every entry could be read, so that what is not there is missing indeed."""
        return not (self.unread or self.lost)

    def is_own(self, section: str, ident: str) -> bool:
        """True for an entry that the folder asked for wrote itself, not one it includes."""
        return self.owners.get((section, ident)) == self.name

    def record(self) -> Record:
        """The finished record; call only when there are no faults.

        Of what is included it holds what bears on its parties, so that a question need not read the rest.
        """
        assert self.header is not None
        whole = Record(header=self.header, codes=self.codes, digest=self.digest, **self.entries)
        own = {key for key, owner in self.owners.items() if owner == self.name}
        return on_the_parties(whole, own) if self.header.includes else whole


def load_folder(folder: Path, shown: str | None = None) -> Loaded:
    """Read a dispute folder. Never raises for what is in it: the faults are in the answer."""
    label = shown_name(shown or folder.name)
    out = Loaded(name=label)
    out.digest = digest_of(folder)
    for part, name in _parts(folder, label, out):
        _read_part(part, name, out)
    return out


def _parts(folder: Path, label: str, out: Loaded) -> list[tuple[Path, str]]:
    """The folders a record consists of, with the names to show, the included before those that include them."""
    found: dict[str, tuple[Path, str]] = {}
    _collect(folder, label, (), found, out)
    return list(found.values())


def _collect(
    folder: Path, label: str, trail: tuple[tuple[str, str], ...], found: dict[str, tuple[Path, str]], out: Loaded
) -> None:
    here = os.path.realpath(folder)
    trail = (*trail, (here, label))
    for name in includes_of(folder):
        path = included(name, folder)
        real = os.path.realpath(path)
        circle = next((i for i, (step, _) in enumerate(trail) if step == real), None)
        if circle is not None:
            around = " includes ".join([*(shown for _, shown in trail[circle:]), trail[circle][1]])
            message = f"The records include each other in a circle: {around}."
            _complain_of_include(folder, label, message, "records that do not include this one", out)
        elif not os.path.isfile(path / "dispute.yaml"):
            known = sorted(p.parent.name for p in SHIPPED.glob("*/dispute.yaml"))
            message = f"The included record '{_short(name)}' is not there.{did_you_mean(name[:80], known)}"
            _complain_of_include(folder, label, message, f"{', '.join(known)}, or a folder beside this one", out)
        elif len(found) + len(trail) >= MAX_INCLUDED:
            message = "The records include too many others."
            _complain_of_include(folder, label, message, f"at most {MAX_INCLUDED} together", out)
            return
        elif real not in found:
            _collect(path, shown_name(os.path.basename(real)), trail, found, out)
    found[here] = (folder, label)


def _complain_of_include(folder: Path, label: str, message: str, allowed: str, out: Loaded) -> None:
    lines = (folder / "dispute.yaml").read_text(encoding="utf-8").splitlines()
    line = next((n for n, text in enumerate(lines, 1) if text.startswith("includes:")), None)
    out.faults.add(f"{label}/dispute.yaml", message, line, allowed)


def _read_part(folder: Path, label: str, out: Loaded) -> None:
    """Read one folder of a record, be it the record itself or one it includes."""
    found = listing(folder)
    if os.path.isdir(folder / INTERRUPTED):
        message = "An accept was interrupted after it was settled; some files may not have its entries yet."
        out.faults.add(f"{label}/{INTERRUPTED}", message, 1, "`detente accept` run once more, which completes it")
    files = _files(folder, label, found, out.faults)
    if not _within_bounds(found, label, out.faults):
        return
    out.header = _read_header(files, folder, label, out)  # that of the record itself is read last and stays
    before = set(out.places)
    for section, model in SECTIONS.items():
        for relative, (file, name) in files.items():
            if _belongs(Path(relative), section):
                _read_section(file, name, section, model, out)
    fresh = out.places.keys() - before
    out.owners |= dict.fromkeys(fresh, label)
    _read_codes(folder, label, [s for s in out.entries["scopes"] if ("scopes", s.id) in fresh], out)


def _files(folder: Path, label: str, found: Listing, faults: FaultList) -> dict[str, tuple[Path, str]]:
    """The files a record consists of by their way from the folder, with the name to show; strays are faults."""
    files: dict[str, tuple[Path, str]] = {}
    for path, message, allowed in found.faults:
        faults.add(f"{label}/{shown_name(path.relative_to(folder).as_posix())}", message, 1, allowed)
    for file in found.files:
        relative = file.relative_to(folder).as_posix()
        name = f"{label}/{relative}"
        if file.suffix == ".yml":
            faults.add(name, "Files of a record end in .yaml.", 1, ".yaml")
            continue
        files[relative] = (file, name)
        _complain_if_stray(Path(relative), name, faults)
    return files


def _complain_if_stray(relative: Path, name: str, faults: FaultList) -> None:
    if relative.suffix == ".csv" or relative.as_posix() == "dispute.yaml":
        return
    if not any(_belongs(relative, section) for section in SECTIONS):
        stem = relative.parts[0].removesuffix(".yaml")
        hint = did_you_mean(stem, SECTIONS)
        faults.add(name, f"No part of a record is called '{stem}'.{hint}", 1, ", ".join(SECTIONS))


def _belongs(relative: Path, section: str) -> bool:
    return relative.suffix == ".yaml" and relative.parts[0] in (section, f"{section}.yaml")


def _within_bounds(found: Listing, label: str, faults: FaultList) -> bool:
    """False, with the fault, for a folder too large to be read; entries are counted without parsing them."""
    if len(found.files) > MAX_FILES:
        faults.add(label, f"The folder holds more than {MAX_FILES:,} files.", 1, f"at most {MAX_FILES:,}")
    elif found.size > MAX_FOLDER_BYTES:
        faults.add(label, f"The folder holds {found.size:,} bytes.", 1, f"at most {MAX_FOLDER_BYTES:,}")
    elif (count := _count_entries(found)) > MAX_ENTRIES:
        faults.add(label, f"The record has about {count:,} entries.", 1, f"at most {MAX_ENTRIES:,}")
    else:
        return True
    return False


def _count_entries(found: Listing) -> int:
    """How many entries the files hold at most, by the marks that begin one."""
    count = 0
    for file in found.files:
        if file.suffix == ".yaml" and file.stat().st_size <= MAX_BYTES:
            with contextlib.suppress(OSError):
                marks = _AN_ENTRY.findall(file.read_bytes())
                count += max(sum(m[:1] == b"-" for m in marks), sum(m[:1] != b"-" for m in marks))
    return count


def _read_header(files: dict[str, tuple[Path, str]], folder: Path, label: str, out: Loaded) -> e.Header | None:
    if "dispute.yaml" not in files:
        allowed = "a folder with dispute.yaml and the parts of a record"
        out.faults.add(f"{label}/dispute.yaml", "The file is missing.", 1, allowed)
        return None
    file, name = files["dispute.yaml"]
    before = len(out.faults.faults)
    tree = read_tree(file, name, out.faults)
    if tree.data is not None:
        header = _validated(e.Header, tree.data, tree, (), out.faults)
        if not isinstance(header, e.Header):
            return None
        if header.includes != includes_of(folder):  # the digest finds them by this one form, without reading YAML
            message = "Write the includes on one line, in brackets."
            out.faults.add(name, message, tree.line(("includes",)), "includes: [us-world, other-record]")
        return header
    if len(out.faults.faults) == before:
        out.faults.add(name, "The file is empty.", 1, "id, title, parties, covered_through and about")
    return None


def _read_section(file: Path, name: str, section: str, model: type[Entry], out: Loaded) -> None:
    before = len(out.faults.faults)
    tree = read_tree(file, name, out.faults)
    if tree.data is None and len(out.faults.faults) == before:
        out.faults.add(name, "The file is empty.", 1, "a list of entries, or no file")
    if tree.data is None:
        out.lost = True
        return
    if not isinstance(tree.data, list):
        message = f"{section} is a list of entries, each beginning with '- id:'."
        out.faults.add(name, message, tree.line(()), "- id: ...")
        out.lost = True
        return
    for index, raw in enumerate(tree.data):
        if len(out.faults.faults) - before > MAX_FAULTS:
            out.faults.add(name, "There are too many faults to go on.", tree.line((index,)), "a file with fewer")
            return
        entry = _validated(model, raw, tree, (index,), out.faults)
        if entry is None:
            out.unread |= set(_ids_in(raw)) or {""}
        else:
            _keep(entry, section, Place(tree, (index,)), out)


def _ids_in(raw: Any) -> Iterator[str]:
    """Every id in an entry that could not be read, those of its commitments among them."""
    for key, value in raw.items() if isinstance(raw, dict) else ():
        if key == "id" and isinstance(value, str):
            yield value
        for part in value if isinstance(value, list) else ():
            yield from _ids_in(part)


def _keep(entry: Any, section: str, place: Place, out: Loaded) -> None:
    key = (section, entry.id)
    if key in out.places:
        first = out.places[key]
        message = f"The id '{entry.id}' stands twice; it first stands at {first.path}:{first.line()}."
        out.faults.add(place.path, message, place.line("id"), "an id of its own")
        return
    out.places[key] = place
    out.entries[section].append(entry)


def _validated(
    model: type[Entry], raw: Any, tree: Tree, where: tuple[str | int, ...], faults: FaultList
) -> Entry | None:
    if not isinstance(raw, dict):
        message = f"Expected an entry (keys and values), found '{_short(raw)}'."
        faults.add(tree.path, message, tree.line(where), "key: value")
        return None
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            message, allowed = in_words(problem, model)
            faults.add(tree.path, message, tree.line((*where, *problem["loc"])), allowed)
        return None


def _short(value: Any) -> str:
    """A value as it may stand in a message."""
    text = repr(value) if isinstance(value, dict | list) else str(value)
    return text if len(text) <= 80 else f"{text[:77]}..."


def in_words(problem: Any, model: type[Entry]) -> tuple[str, str]:
    """A pydantic problem as a sentence, and what is allowed."""
    loc = [p for p in problem["loc"] if isinstance(p, str)]
    key = loc[-1] if loc else "entry"
    kind, found = problem["type"], _short(problem["input"])
    if kind == "missing":
        return f"The key '{key}' is missing.", f"{key}: with a value"
    if kind == "extra_forbidden":
        keys = _keys_at(model, loc[:-1])
        return f"The key '{_short(key)}' is not known here.{did_you_mean(key[:80], keys)}", ", ".join(keys)
    if kind == "literal_error":
        allowed = problem["ctx"]["expected"]
        words = [w.strip(" '") for w in allowed.replace(" or ", ", ").split(",")]
        return f"'{found}' is not a {key}.{did_you_mean(found, words)}", allowed
    if kind == "value_error":
        what, _, remedy = str(problem["ctx"]["error"]).partition("; ")
        return f"{key}: {what}.", remedy or _SCHEMA
    if kind == "string_pattern_mismatch":
        return f"{key}: '{found}' is not written as it should be.", _PATTERNS.get(key, _SCHEMA)
    if kind == "too_short":
        return f"{key}: at least one is needed.", f"a list of at least one, {key}: [...]"
    return f"{key}: {problem['msg']} (found '{found}').", _KINDS.get(kind, _SCHEMA)


_SCHEMA = "what `detente check --record-schema` prints"
_KINDS = {
    "string_too_long": "a shorter text",
    "string_too_short": "some text, or not the key",
    "string_type": "text",
    "list_type": "a list, in brackets or with dashes",
    "date_from_datetime_parsing": "a day as YYYY-MM-DD",
    "date_type": "a day as YYYY-MM-DD",
    "int_parsing": "a whole number",
    "bool_parsing": "true or false",
    "decimal_parsing": "a number",
    "less_than_equal": "a share from 0% to 100%",
    "greater_than_equal": "a share from 0% to 100%",
}
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


def _read_codes(folder: Path, label: str, scopes: list[e.Scope], out: Loaded) -> None:
    """The code lists of the scopes a folder wrote; their files lie in that folder."""
    for scope in scopes:
        if scope.codes is None:
            continue
        place = out.places[("scopes", scope.id)]
        borrowed = borrowed_list(scope.codes)
        file = borrowed or folder / scope.codes
        line = place.line("codes")
        if borrowed is None and (":" in scope.codes or not _lies_in(file, folder)):
            message = f"'{_short(scope.codes)}' lies outside the folder."
            out.faults.add(place.path, message, line, "a file of the folder, or us-china:annex-ii")
        elif not os.path.isfile(file):
            message = f"The code list '{_short(scope.codes)}' is not there."
            out.faults.add(place.path, message, line, "a CSV of the folder, such as scopes/x.csv")
        else:
            out.codes[scope.id] = _code_list(file, f"{label}/{scope.codes}", out.faults)


def _lies_in(file: Path, folder: Path) -> bool:
    """True for a path whose file, links followed, is under the folder."""
    return Path(os.path.realpath(file)).is_relative_to(os.path.realpath(folder))


_MEMBER: dict[str, bool | None] = {"1": True, "0": False, "?": None}


def _is_prefix(code: str) -> bool:
    return code == "*" or (code.isascii() and code.isdigit() and 2 <= len(code) <= 10)


def _code_list(file: Path, name: str, faults: FaultList) -> dict[str, bool | None]:
    """Prefixes of a scope: a CSV with `code` (digits, or * for all others) and `in`: 1 belongs, 0 is an exception, ?
    may belong in part. Empty where it has a fault."""
    out: dict[str, bool | None] = {}
    before = len(faults.faults)
    text = text_of(file, name, faults)
    rows = csv.reader(io.StringIO(text or "", newline=""))
    try:
        first = next(rows, [])
        if text is not None and first[:2] != ["code", "in"]:
            faults.add(name, "The first line must be 'code,in'.", 1, "code,in")
        elif text is not None:
            _take_codes(rows, name, out, faults)
    except csv.Error as error:
        faults.add(name, f"Not a CSV: {error}.", rows.line_num, "lines of code,in")
    return out if len(faults.faults) == before else {}


def _take_codes(rows: Any, name: str, out: dict[str, bool | None], faults: FaultList) -> None:
    before = len(faults.faults)
    for row in rows:
        if not row:
            continue
        code, inside = (c.strip() for c in (*row, "", "")[:2])
        if not (_is_prefix(code) and inside in _MEMBER):
            allowed = "2 to 10 digits without dots (or * for all others), then 1, 0 or ?"
            message = f"'{_short(','.join(row))}' is not a code and its membership."
            faults.add(name, message, rows.line_num, allowed)
        elif code in out:
            faults.add(name, f"The code {code} stands twice.", rows.line_num, "each code once")
        else:
            out[code] = _MEMBER[inside]
        if len(faults.faults) - before > MAX_CODE_FAULTS:
            faults.add(name, "There are too many faults to go on.", rows.line_num, "a file with fewer")
            return
