"""A folder of articles, read on all cores. What is wrong with one of them is told at the end and stops nobody."""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from detente import read as reading
from detente import record as r
from detente.questions.articles import read_article
from detente.terms import Fault, InputFault

_FEW = 8  # articles that are read sooner than other processes start
_SHARE = 4  # articles a process is handed at once


@dataclass(frozen=True, slots=True)
class FolderDone:
    """One article of a folder: its file, how many proposals, and its answer as one line of JSON; or its faults."""

    file: str
    proposals: int = 0
    line: str | None = None
    faults: tuple[str, ...] = ()


def articles_in(folder: str) -> list[str]:
    """The articles under a folder, by name; raises `InputFault` where there are none."""
    found = []
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        names = [f for f in sorted(files) if not f.startswith(".")]
        found += [os.path.join(here, f) for f in names if Path(f).suffix.lower() in reading.ENDINGS]
    if not found:
        allowed = f"a folder with files that end in {', '.join(sorted(reading.ENDINGS))}"
        raise InputFault([Fault("file", f"There is no article in '{folder}'.", allowed=allowed)])
    return sorted(found)


def count_articles(folder: str) -> int:
    """How many articles a folder has; raises `InputFault` where there are none."""
    return len(articles_in(folder))


def read_folder(
    folder: str,
    dispute: str | None = None,
    published: date | None = None,
    known: date | None = None,
    out: str | None = None,
    jobs: int | None = None,
) -> Iterator[FolderDone]:
    """Read every article under a folder, in order of name, `jobs` at a time (default: the cores at hand).

    With `out` each answer goes to a file there, `NAME.json` under the article's way from the folder, and `line` is
    None. Raises `InputFault` for an unknown dispute or a folder without articles.
    """
    files = articles_in(folder)
    if dispute is not None:
        r.dispute(dispute)  # unknown: told once and not for each article
    work = partial(_read_one, folder=folder, published=published, known=known, out=out)
    return _results(files, work, dispute, min(jobs or _cores(), len(files)))


def _results(
    files: list[str], work: Callable[[str], FolderDone], dispute: str | None, count: int
) -> Iterator[FolderDone]:
    if len(files) < _FEW or count == 1:
        _begin(dispute)
        yield from map(work, files)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, context, initializer=_begin, initargs=(dispute,)) as pool:
        yield from pool.map(work, files, chunksize=_SHARE)


_OPEN: dict[str, r.Dispute | None] = {}  # in each process: the record, opened once


def _begin(dispute: str | None) -> None:
    _OPEN["dispute"] = r.dispute(dispute) if dispute is not None else None


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _read_one(file: str, folder: str, published: date | None, known: date | None, out: str | None) -> FolderDone:
    try:
        answer = read_article(file, _OPEN["dispute"], published, known)
    except InputFault as fault:
        return FolderDone(file, faults=tuple(str(f) for f in fault.faults))
    if out is None:
        return FolderDone(file, len(answer.proposals), json.dumps(answer.as_dict(), ensure_ascii=False))
    target = Path(out, f"{os.path.relpath(file, folder)}.json")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(answer.as_json() + "\n", encoding="utf-8")
    except OSError as error:
        return FolderDone(file, faults=(f"{target}: it cannot be written: {error.strerror}.",))
    return FolderDone(file, len(answer.proposals))
