"""Accepting, killed again and again: a program of its own, so that it can fork without threads.

    python -m tests.record.killed FOLDER random 200 SEED     SIGKILL at a random moment
    python -m tests.record.killed FOLDER copies 50 SEED      the same while a new copy of the record is made
    python -m tests.record.killed FOLDER lines 0 SEED        SIGKILL before each line of the code that writes

Each time a fresh record is written to, killed, looked at (every file is the old or the new one, to the byte), and
written to once more, which must complete it. It prints a JSON object: how often, and how often the kill fell
before, between and after the files changed.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any

from detente import record as r
from detente.record import additions, journal

TRACED = {str(additions.__file__), str(journal.__file__)}
FILES = {
    "dispute.yaml": "id: tiny\ntitle: Tiny\nparties: [USA, CHN]\ncovered_through: 2026-01-01\nabout: For a test.\n",
    "sources.yaml": "# Documents\n- {id: s1, document: A, publisher: P, date: 2025-01-02, verified: partly}\n",
    "talks.yaml": (
        "# Talks\n- id: call-1\n  kind: call\n  title: Call\n  parties: [USA, CHN]\n  reports:\n"
        "    - {published: 2025-01-02, from: 2025-01-02, sources: [s1], verified: partly}\n"
    ),
    "claims.yaml": (
        "- id: us-threat-1\n  kind: threat\n  by: USA\n  published: 2025-01-01\n  text: It may.\n  sources: [s1]\n"
        "  verified: partly\n# end\n"
    ),
}
SOURCE = {"id": "news", "document": "N", "publisher": "P", "date": "2025-03-01", "link": None, "verified": "partly"}
CITED = {"sources": ["news"], "verified": "partly"}
ADDITIONS = [
    ("sources", SOURCE, None),
    ("talks", {"published": "2025-03-01", "place": "open", **CITED}, "call-1"),
    (
        "claims",
        {"id": "us-offer-1", "kind": "offer", "by": "USA", "published": "2025-03-01", "text": "T.", **CITED},
        None,
    ),
    (
        "arrangements",
        {"id": "pact", "kind": "agreement", "title": "Pact", "parties": ["USA", "CHN"], "published": "2025-03-01"}
        | {"terms": "They agree.", **CITED},
        None,
    ),
]


def fresh(folder: Path) -> Path:
    """The record as it is before."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def accept(folder: Path, copy_of: Path | None = None) -> None:
    """Add all the entries."""
    r.add_entries(folder, [r.Addition(s, dict(e), into) for s, e, into in ADDITIONS], copy_of)


def state(folder: Path) -> dict[str, bytes]:
    """Every file of the record."""
    return {p.name: p.read_bytes() for p in folder.glob("*.yaml")}


def child(folder: Path, before: Any = None, copy_of: Path | None = None) -> int:
    """Accept in a process of its own; its number."""
    pid = os.fork()
    if pid == 0:
        if before is not None:
            sys.settrace(before)
        accept(folder, copy_of)
        os._exit(0)
    return pid


def killing_at(position: int) -> Any:
    """A tracer that kills its process before the line of that number."""
    count = 0

    def on_line(frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal count
        if event == "line":
            count += 1
            if count == position:
                os.kill(os.getpid(), signal.SIGKILL)
        return on_line

    def on_call(frame: FrameType, _event: str, _arg: Any) -> Any:
        return on_line if frame.f_code.co_filename in TRACED else None

    return on_call


def lines_in_a_run(folder: Path) -> int:
    """How many lines of the code that writes one run goes through."""
    count = 0

    def on_line(_frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        return on_line

    sys.settrace(lambda frame, _e, _a: on_line if frame.f_code.co_filename in TRACED else None)
    accept(fresh(folder))
    sys.settrace(None)
    return count


def kill(pid: int, after: float | None, counts: Counter[str]) -> None:
    """Kill a process after some seconds (None: it kills itself), and count whether it was done first."""
    if after is not None:
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    counts["killed" if os.WIFSIGNALED(status) else "done first"] += 1


def look(folder: Path, old: dict[str, bytes], new: dict[str, bytes]) -> str:
    """Every file is old or new; then once more, and all are new. Returns where the kill fell."""
    found = state(folder)
    for name in old.keys() | found.keys():
        assert found.get(name) in (old.get(name), new[name]), f"{name} is neither old nor new"
    changed = sum(found.get(n) == new[n] for n in new if old.get(n) != new[n])
    accept(folder)
    assert state(folder) == new, "the next run did not complete it"
    left = [
        p.name for p in (*folder.iterdir(), *folder.parent.iterdir()) if "detente-copy" in p.name or "accept" in p.name
    ]
    assert not left, left
    return "before" if not changed else "after" if changed == sum(old.get(n) != new[n] for n in new) else "between"


def look_at_copy(folder: Path, model: Path, new: dict[str, bytes]) -> str:
    """The new folder is not there, or all of it is; then once more, and it is."""
    there = folder.exists()
    assert not there or state(folder) == new, "half a copy"
    accept(folder, model)
    assert state(folder) == new, "the next run did not complete it"
    return "after" if there else "before"


def main() -> None:
    """Run as the words above say."""
    folder, how, times, seed = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    draw = random.Random(seed)
    old = state(fresh(folder))
    accept(folder)
    new = state(folder)
    began = time.perf_counter()
    accept(fresh(folder))
    took = time.perf_counter() - began
    counts: Counter[str] = Counter()
    if how == "lines":
        every = range(1, lines_in_a_run(folder) + 1)
        for position in sorted(draw.sample(every, times)) if times else every:
            kill(child(fresh(folder), killing_at(position)), None, counts)
            counts[look(folder, old, new)] += 1
    while how != "lines" and counts["killed"] < times:
        fresh(folder)
        target = folder.with_name("copy") if how == "copies" else folder
        if how == "copies":
            shutil.rmtree(target, ignore_errors=True)
        late = draw.random() < 0.5  # half of them while files change, near the end
        kill(child(target, None, folder), draw.uniform(0.6 * took if late else 0, took), counts)
        counts[look_at_copy(target, folder, new) if how == "copies" else look(folder, old, new)] += 1
    print(json.dumps(counts))


if __name__ == "__main__":
    main()
