"""Reviewed proposals into a record: those marked `accept: true`, with the article as their source."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente import record as r
from detente.questions import answers as a
from detente.terms import Fault, FaultList, InputFault

MAX_BYTES = 100_000_000
_ACCEPT = re.compile(r'"accept"\s*:')
_ANSWER = "what `detente read … --json` prints, reviewed"


def accept(proposals: str, dispute: str | None = None, to: str | None = None) -> a.AcceptAnswer:
    """Write what is accepted in a file of proposals into a dispute folder: all of it, or nothing.

    The folder is `to`, which is first made as a copy of the dispute if it is not there, else `dispute`, else what the
    proposals were read against. Once more changes nothing. Raises `InputFault` with everything that is wrong in the
    file, or with the record as it would be.
    """
    reviewed = _load(proposals)
    folder, copy_of = _folder(reviewed, dispute, to)
    additions, positions, idle = _additions(reviewed)
    done = r.add_entries(folder, additions, copy_of) if additions else None
    marks = [p.get("accept") for p in reviewed.proposals]
    written = [
        a.WrittenLine(position=n, section=x.section, id=found.id, file=found.file, result=found.result)
        for n, x, found in zip(positions, additions, done.added if done else (), strict=False)
    ]
    return a.AcceptAnswer(
        folder=str(to or folder),
        written=tuple(written),
        files=done.files if done else (),
        not_accepted=sum(m is False for m in marks),
        not_reviewed=sum(m is None for m in marks),
        nothing_to_write=tuple(idle),
        completed=bool(done and done.completed),
        copied_from=copy_of.name if copy_of is not None and done else None,
    )


@dataclass(frozen=True, slots=True)
class _Reviewed:
    """A file of proposals: the text they rest on, the source, and the line on which each is marked."""

    path: str
    text: str
    dispute: str | None
    source: dict[str, Any]
    proposals: list[dict[str, Any]]
    lines: list[int]

    def line(self, n: int) -> int:
        """The line of the mark of the proposal counted from 0."""
        return self.lines[n] if len(self.lines) == len(self.proposals) else 1


def _load(path: str) -> _Reviewed:
    raw = _json_text(path)
    try:
        data = json.loads(raw)
    except RecursionError:
        raise InputFault([Fault(path, "It is nested too deeply.", 1, _ANSWER)]) from None
    except json.JSONDecodeError as error:
        raise InputFault([Fault(path, f"Not JSON: {error.msg}.", error.lineno, _ANSWER)]) from None
    shape = {"text": str, "source": dict, "proposals": list}
    wrong = [k for k, kind in shape.items() if not isinstance(data, dict) or not isinstance(data.get(k), kind)]
    if wrong or not all(isinstance(p, dict) for p in data["proposals"]):
        message = f"It has no {', '.join(wrong)} as they are printed." if wrong else "A proposal is not an object."
        raise InputFault([Fault(path, message, 1, _ANSWER)])
    lines = [raw.count("\n", 0, m.start()) + 1 for m in _ACCEPT.finditer(raw)]
    dispute = data.get("dispute")
    return _Reviewed(
        path, data["text"], dispute if isinstance(dispute, str) else None, data["source"], data["proposals"], lines
    )


def _json_text(path: str) -> str:
    try:
        size = os.stat(path).st_size
        if size > MAX_BYTES:
            raise InputFault([Fault(path, f"It has {size:,} bytes.", 1, f"at most {MAX_BYTES:,}")])
        return Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputFault([Fault(path, "It is not UTF-8.", 1, _ANSWER)]) from None
    except (OSError, ValueError) as error:
        if isinstance(error, InputFault):
            raise
        why = getattr(error, "strerror", None) or str(error)
        raise InputFault([Fault(path[:200], f"It cannot be read: {why}.", None, _ANSWER)]) from None


def _folder(reviewed: _Reviewed, dispute: str | None, to: str | None) -> tuple[Path, Path | None]:
    """The folder to write to, and the one it is first copied from if it is not there."""
    name = dispute or reviewed.dispute
    if to is not None:
        if os.path.isfile(os.path.join(to, "dispute.yaml")):
            return Path(to), None
        if os.path.lexists(to):
            raise InputFault([Fault("to", f"'{to}' is there and is no dispute.", allowed="a new folder, or a dispute")])
        if name is None:
            raise InputFault([Fault("dispute", "No dispute is named to copy.", allowed="--dispute DISPUTE")])
        return Path(to), r.folder_of(name)
    if name is None:
        message = "The proposals were read against no dispute, and none is named."
        raise InputFault([Fault("dispute", message, allowed="--dispute FOLDER, or --to FOLDER")])
    return r.folder_of(name), None


def _additions(reviewed: _Reviewed) -> tuple[list[r.Addition], list[int], list[int]]:
    """What to add, the position of the proposal behind each, and the accepted ones that would add nothing."""
    faults = FaultList()
    out: list[r.Addition] = []
    positions: list[int] = []
    idle: list[int] = []
    for n, proposal in enumerate(reviewed.proposals):
        label, line = f"{reviewed.path}", reviewed.line(n)
        for message, allowed in _wrong(proposal, reviewed.text):
            faults.add(label, f"Proposal {n + 1}: {message}", line, allowed)
        if proposal.get("accept") is not True:
            continue
        if proposal.get("entry") is None:
            idle.append(n + 1)
        elif isinstance(proposal["entry"], dict):
            found = list(_entries(proposal, reviewed, label, line))
            out += found
            positions += [n + 1] * len(found)
    source = reviewed.source
    if out:
        faults.faults += _lacking_source(reviewed)
    faults.raise_if_any()
    if not out:
        return [], [], idle
    cited = r.Addition(
        "sources", {k: v for k, v in source.items() if v is not None or k == "link"}, label=reviewed.path
    )
    return [cited, *out], [0, *positions], idle


def _entries(proposal: dict[str, Any], reviewed: _Reviewed, label: str, line: int) -> Iterator[r.Addition]:
    """What a proposal adds: its entry, or, where a whole talk was told to go into another, its reports."""
    section, into, entry = str(proposal.get("section")), proposal.get("into"), proposal["entry"]
    cites = str(reviewed.source.get("id")) if section == "commitments" else None
    reports = entry.get("reports") if section == "talks" and into else None
    for one in reports if isinstance(reports, list) and all(isinstance(x, dict) for x in reports) else [entry]:
        yield r.Addition(section, one, into, cites, label, line)


def _wrong(proposal: dict[str, Any], text: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a proposal as it was reviewed; one that is not accepted need not be right."""
    mark = proposal.get("accept")
    if mark not in (True, False, None) or (isinstance(mark, int) and not isinstance(mark, bool)):
        yield f"accept: '{str(mark)[:40]}' says neither yes nor no.", "true, false or null"
    if mark is not True:
        return
    entry, into = proposal.get("entry"), proposal.get("into")
    if entry is not None and not isinstance(entry, dict):
        yield "entry: this is no entry.", "an object in the form of the record"
    if into is not None and not isinstance(into, str):
        yield "into: this is no id.", "the id of a talk or an arrangement, or null"
    if proposal.get("section") == "commitments" and entry is not None and not into:
        yield "into: the arrangement the commitment belongs to is not named.", "the id of an arrangement"
    for key in _nulls(entry):
        yield f"entry.{key}: this is null; the article does not tell it.", "what is true, or accept: false"
    yield from _unquoted(proposal, text)


def _nulls(value: Any, way: str = "") -> Iterator[str]:
    if value is None and way:
        yield way
    for key, inner in value.items() if isinstance(value, dict) else ():
        yield from _nulls(inner, f"{way}.{key}" if way else str(key))
    for n, inner in enumerate(value) if isinstance(value, list) else ():
        yield from _nulls(inner, f"{way}[{n}]")


def _unquoted(proposal: dict[str, Any], text: str) -> Iterator[tuple[str, str]]:
    """Evidence that is not in the text where it says it is."""
    spans = proposal.get("evidence")
    if not isinstance(spans, list) or not spans:
        yield "evidence: there is none.", "the words it rests on, as `detente read` gave them"
        return
    for span in spans:
        start, end, quote = (span.get(k) if isinstance(span, dict) else None for k in ("start", "end", "quote"))
        placed = isinstance(start, int) and isinstance(end, int) and 0 <= start < end
        if not placed or text[start:end] != quote:
            yield f"evidence: '{str(quote)[:60]}' is not in the text where it says.", "evidence and text as read"


def _lacking_source(reviewed: _Reviewed) -> list[Fault]:
    needed = {"id": "an id", "document": "the title of the article", "publisher": "who published it"}
    return [
        Fault(
            reviewed.path,
            f"source.{key}: this is null.",
            1,
            f"{what}; detente read takes --{key} too" if key == "publisher" else what,
        )
        for key, what in needed.items()
        if not reviewed.source.get(key)
    ]
