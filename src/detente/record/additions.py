"""Entries added to the files of a dispute folder: all or none, checked before they count.

    lock → finish what was interrupted → place each entry → check a copy with them in → write all files as one

The past is not edited: an entry goes after those published before it, and nothing that is there changes. An entry that
is there already, word for word, is left; one whose id is taken by something else is a fault.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout
from pydantic import ValidationError

from detente.record import entries as e
from detente.record.entries import Entry
from detente.record.files import SHIPPED, listing, shown_name
from detente.record.folder import SECTIONS, in_words, load_folder
from detente.record.journal import COMMITTED, STAGED, finish, flush, write_together
from detente.record.rules import broken
from detente.record.yamlinsert import Insertion, inserted, plain
from detente.record.yamltree import MAX_BYTES, Tree, read_tree
from detente.terms import Fault, FaultList, InputFault, did_you_mean

LOCK_SECONDS = 20
_INSIDE = {"talks": "reports", "commitments": "commitments"}  # what is added to an entry, by section
_MODELS: dict[str, type[Entry]] = {**SECTIONS, "commitments": e.Commitment}


@dataclass(frozen=True, slots=True)
class Addition:
    """An entry for a section, in the form a YAML file has it.

    `into` is the talk a report, or the arrangement a commitment is added to; `cites` the source such an arrangement
    is to name as well. `label` says in faults what is meant.
    """

    section: str
    entry: dict[str, Any]
    into: str | None = None
    cites: str | None = None
    label: str = "entry"
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an addition: the file it is in, by its way from the folder."""

    id: str
    file: str
    result: Literal["written", "already there"]


@dataclass(frozen=True, slots=True)
class AddedAll:
    """What became of each addition, the files that changed, and whether an interrupted run was completed first."""

    folder: Path
    added: tuple[Added, ...]
    files: tuple[str, ...]
    completed: bool


def add_entries(folder: Path, additions: Sequence[Addition], copy_of: Path | None = None) -> AddedAll:
    """Add entries to a dispute folder (a new copy of `copy_of`, where it is not there yet), or change nothing at all.

    Raises `InputFault` with every fault: of the entries, of ids that are taken, of the record with them in it, of a
    folder that cannot be written, that ships with the package, or that somebody else is writing.
    """
    folder = Path(os.path.realpath(folder))
    if folder.is_relative_to(os.path.realpath(SHIPPED)):
        message = f"'{folder.name}' comes with the package and is not written to."
        raise InputFault([Fault("dispute", message, allowed="a copy of it: --to FOLDER makes one and writes there")])
    with _held(folder):
        shutil.rmtree(_copy_of(folder), ignore_errors=True)  # of a run that was ended: the lock is ours
        completed = finish(folder) if folder.exists() else False
        _complain_of_entries(additions)
        start = folder if folder.exists() else copy_of
        if start is None:
            raise InputFault([Fault("dispute", f"There is no folder '{folder.name}'.", allowed="a dispute folder")])
        plans = _Plans(start)
        added = plans.take(additions)
        texts = plans.texts()
        if texts or not folder.exists():
            _settle(folder, start, texts)
    return AddedAll(folder, tuple(added), tuple(sorted(texts)), completed)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """The lock of a folder, beside it. A lock whose holder died is free: the system keeps it, not the file."""
    try:
        with FileLock(folder.parent / f".{folder.name}.detente-lock", timeout=LOCK_SECONDS):
            yield
    except Timeout:
        message = f"Another program has been writing to '{folder.name}' for {LOCK_SECONDS} seconds."
        raise InputFault([Fault("dispute", message, allowed="one writer at a time; try again")]) from None
    except OSError as error:
        message = f"'{shown_name(folder.name)}' cannot be written: {error.strerror or error}."
        raise InputFault(
            [Fault("dispute", message, allowed="a folder that may be written, and the one it lies in")]
        ) from None


def _complain_of_entries(additions: Sequence[Addition]) -> None:
    faults = FaultList()
    for one in additions:
        model = _model_of(one)
        if model is None:
            hint = did_you_mean(str(one.section)[:80], _MODELS)
            faults.add(
                one.label,
                f"No part of a record is called '{str(one.section)[:80]}'.{hint}",
                one.line,
                ", ".join(_MODELS),
            )
            continue
        try:
            model.model_validate(plain(one.entry))
        except ValidationError as error:
            for problem in error.errors(include_url=False):
                message, allowed = in_words(problem, model)
                where = ".".join(str(x) for x in problem["loc"])
                faults.add(one.label, f"{where}: {message}" if where else message, one.line, allowed)
    faults.raise_if_any()


def _model_of(one: Addition) -> type[Entry] | None:
    return e.TalkReport if one.section == "talks" and one.into is not None else _MODELS.get(one.section)


@dataclass(slots=True)
class _File:
    """A file of a section, as it is and what goes into it."""

    name: str
    path: Path
    tree: Tree
    text: str
    insertions: list[Insertion] = field(default_factory=list)


class _Plans:
    """Where each addition goes. The files of a section are read once, when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults = FaultList()
        self._files: dict[str, list[_File]] = {}
        self._new: dict[tuple[str, str], dict[str, Any]] = {}  # entries of this run, for what is added to them

    def take(self, additions: Sequence[Addition]) -> list[Added]:
        """Place every addition; raises `InputFault` with all that cannot be placed."""
        whole = [x for x in additions if x.into is None]
        done = {id(x): self._entry(x) for x in whole}
        done |= {id(x): self._part(x) for x in additions if x.into is not None}
        self.faults.raise_if_any()
        return [found for x in additions if (found := done[id(x)]) is not None]

    def texts(self) -> dict[str, str]:
        """The new text of every file that changes."""
        out: dict[str, str] = {}
        for file in (f for files in self._files.values() for f in files):
            if file.insertions:
                try:
                    out[file.name] = inserted(file.text, file.name, file.insertions)
                except ValueError as error:
                    self.faults.add(file.name, f"{error}.", 1, "entries in blocks, each beginning with '- id:'")
        self.faults.raise_if_any()
        return out

    def _entry(self, one: Addition) -> Added | None:
        """A whole entry: there already, or after those published before it."""
        ident = str(one.entry["id"])
        for file in self._section(one.section):
            for entry in file.tree.data or []:
                if isinstance(entry, dict) and entry.get("id") == ident:
                    return self._there(one, plain(entry), plain(one.entry), ident, file)
        file = self._home(one)
        value = dict(one.entry)
        self._new[one.section, ident] = value
        file.insertions.append(Insertion((), _position(file.tree.data or [], value), value))
        return Added(ident, file.name, "written")

    def _part(self, one: Addition) -> Added | None:
        """A report of a talk, or a commitment of an arrangement."""
        section = "talks" if one.section == "talks" else "arrangements"
        key = _INSIDE.get(one.section)
        if key is None:
            self.faults.add(one.label, f"Nothing of {one.section} is added to another entry.", one.line, "into: null")
            return None
        assert one.into is not None
        ident = str(one.entry.get("id", one.into))
        if (section, one.into) in self._new:
            return self._into_new(one, self._new[section, one.into], key, ident)
        for file in self._section(section):
            for n, entry in enumerate(file.tree.data or []):
                if isinstance(entry, dict) and entry.get("id") == one.into:
                    return self._into(one, entry, (n, key), ident, file)
        known = [
            x["id"] for f in self._section(section) for x in f.tree.data or [] if isinstance(x, dict) and "id" in x
        ]
        message = f"into: '{one.into[:80]}' is not among the {section}.{did_you_mean(one.into[:80], known)}"
        self.faults.add(one.label, message, one.line, f"the id of one of the {section}")
        return None

    def _into_new(self, one: Addition, entry: dict[str, Any], key: str, ident: str) -> Added:
        entry[key] = [*entry.get(key, []), one.entry]
        file = next(f for f in self._section("talks" if key == "reports" else "arrangements") if f.insertions)
        return Added(ident, file.name, "written")

    def _into(
        self, one: Addition, entry: dict[str, Any], way: tuple[int, str], ident: str, file: _File
    ) -> Added | None:
        there = entry.get(way[1]) or []
        wanted = plain(one.entry)
        for other in there:
            if "id" in wanted and other.get("id") == wanted["id"]:
                return self._there(one, plain(other), wanted, ident, file)
            if plain(other) == wanted:
                return Added(ident, file.name, "already there")
        file.insertions.append(Insertion(way, _position(there, one.entry), dict(one.entry)))
        cited = entry.get("sources")
        if one.cites and isinstance(cited, list) and one.cites not in cited:
            word = Insertion((way[0], "sources"), len(cited), one.cites)
            if word not in file.insertions:
                file.insertions.append(word)
        return Added(ident, file.name, "written")

    def _there(self, one: Addition, there: Any, wanted: Any, ident: str, file: _File) -> Added | None:
        if _same(there, wanted):
            return Added(ident, file.name, "already there")
        keys = sorted(k for k in {*there, *wanted} if there.get(k) != wanted.get(k))
        message = f"The id '{ident}' stands in {file.name} already, with another {', '.join(keys)}."
        self.faults.add(one.label, message, one.line, "an id of its own, or accept: false where the record is right")
        return None

    def _section(self, section: str) -> list[_File]:
        """The files of a section as they are."""
        if section not in self._files:
            found = [f for f in listing(self.folder).files if f.suffix == ".yaml"]
            names = {f: f.relative_to(self.folder).as_posix() for f in found}
            mine = [f for f in found if names[f].split("/")[0] in (section, f"{section}.yaml")]
            self._files[section] = [self._read(f, names[f]) for f in mine]
        return self._files[section]

    def _read(self, path: Path, name: str) -> _File:
        tree = read_tree(path, name, self.faults)
        self.faults.raise_if_any()
        if not isinstance(tree.data, list | None):
            raise InputFault([Fault(name, "This is not a list of entries.", 1, "entries, each beginning with '- id:'")])
        return _File(name, path, tree, path.read_bytes().decode("utf-8-sig"))

    def _home(self, one: Addition) -> _File:
        """The file a new entry goes into: that of its party and year, the section's one file, or a new one."""
        files = self._section(one.section)
        words = (str(one.entry.get("by", "")).lower(), str(one.entry.get("published", ""))[:4])
        for wanted in (
            f"{one.section}/{words[0]}-{words[1]}.yaml",
            f"{one.section}.yaml",
            f"{one.section}/articles.yaml",
        ):
            if (file := next((f for f in files if f.name == wanted), None)) is not None:
                return file
        folder = self.folder / one.section
        name = f"{one.section}/articles.yaml" if folder.is_dir() else f"{one.section}.yaml"
        file = _File(name, self.folder / name, Tree(name), "")
        files.append(file)
        return file


def _same(there: Any, wanted: Any) -> bool:
    """Equal; an arrangement or talk of an earlier run may have grown since by what was added to it."""
    if there == wanted:
        return True
    grown = {"reports", "commitments", "sources"}
    rest = [{k: v for k, v in x.items() if k not in grown} for x in (there, wanted)]
    return rest[0] == rest[1] and all(
        all(part in there.get(k, []) for part in wanted.get(k, [])) for k in grown if wanted.get(k)
    )


def _position(there: Sequence[Any], entry: dict[str, Any]) -> int:
    """After the last one that was published no later; at the end for what has no day."""
    day = entry.get("published")
    if day is None or "reports" in entry:
        return len(there)
    earlier = [n for n, x in enumerate(there) if isinstance(x, dict) and str(x.get("published", "")) <= str(day)]
    return earlier[-1] + 1 if earlier else 0


def _settle(folder: Path, start: Path, texts: dict[str, str]) -> None:
    """Check a copy beside the folder with the new texts in it, and only then let them count."""
    copy = _copy_of(folder)
    try:
        shutil.copytree(start, copy, ignore=shutil.ignore_patterns(COMMITTED, STAGED), symlinks=True)
        for name, text in texts.items():
            (copy / name).parent.mkdir(exist_ok=True)
            (copy / name).write_bytes(text.encode())
        _complain_of_record(copy, folder, start, texts)
        if start == folder:
            write_together(folder, {name: text.encode() for name, text in texts.items()})
        else:
            _publish(copy, folder)
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def _copy_of(folder: Path) -> Path:
    return folder.parent / f".{folder.name}.detente-copy"


def _complain_of_record(copy: Path, folder: Path, start: Path, texts: dict[str, str]) -> None:
    big = [n for n, text in texts.items() if len(text.encode()) > MAX_BYTES]
    if big:
        raise InputFault([Fault(n, "The file would become too large.", 1, f"at most {MAX_BYTES:,} bytes") for n in big])
    after = _faults_of(copy, folder.name)
    if not after:
        return
    before = {f.message for f in _faults_of(start, folder.name)}
    if all(f.message in before for f in after):
        place = f"{folder.name}/dispute.yaml"
        first = Fault(place, "The record does not check as it is; nothing was written.", 1, "a record that checks")
        raise InputFault([first, *after])
    raise InputFault([f for f in after if f.message not in before])


def _faults_of(folder: Path, shown: str) -> list[Fault]:
    loaded = load_folder(folder, shown)
    broken(loaded)
    return list(loaded.faults)


def _publish(copy: Path, folder: Path) -> None:
    """Let a new folder appear at once, with all of it on the disk; its owner may write to it."""
    for file in copy.rglob("*"):
        if not file.is_symlink():
            os.chmod(file, file.stat().st_mode | stat.S_IRUSR | stat.S_IWUSR)
            flush(file)
    flush(copy)
    os.rename(copy, folder)
    flush(folder.parent)


__all__ = ["Added", "AddedAll", "Addition", "add_entries"]
