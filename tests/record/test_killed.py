"""Accepting is killed and starved at every point: each file stays old or new, and the next run completes."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from detente.record import examine, journal
from detente.terms import InputFault
from tests.record import killed

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("how", "times"), [("random", 200), ("copies", 30), ("lines", 60)])
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed(how: str, times: int, tmp_path: Path) -> None:
    """SIGKILL at 200 random moments, while a copy is made, and before lines of the code that writes."""
    command = [sys.executable, "-m", "tests.record.killed", str(tmp_path / "tiny"), how, str(times), "20250606"]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["killed"] == times


@pytest.mark.parametrize("call", ["fsync", "replace", "rename", "mkdir", "rmdir", "remove"])
def test_disk_that_fails(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full or broken disk at any call is told in words; each file is old or new, and the next run completes."""
    killed.accept(killed.fresh(tmp_path / "model"))
    new = killed.state(tmp_path / "model")
    real = getattr(os, call)
    for position in range(40):
        folder = killed.fresh(tmp_path / "tiny")
        seen = _fail_at(monkeypatch, call, real, position)
        with contextlib.suppress(InputFault):  # and no other exception
            killed.accept(folder)
        monkeypatch.setattr(os, call, real)
        killed.look(folder, {n: t.encode() for n, t in killed.FILES.items()}, new)
        if len(seen) <= position:
            assert position
            return
    raise AssertionError("it never got through")


def _fail_at(monkeypatch: pytest.MonkeyPatch, call: str, real: Any, position: int) -> list[int]:
    seen: list[int] = []

    def failing(*args: Any, **kwargs: Any) -> Any:
        seen.append(1)
        if len(seen) == position + 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*args, **kwargs)

    monkeypatch.setattr(os, call, failing)
    return seen


def test_changed_in_between(tmp_path: Path) -> None:
    """A file that somebody edits after an interrupted accept is not overwritten; what to do is said."""
    folder = killed.fresh(tmp_path / "tiny")
    journal._stage(folder, {"talks.yaml": b"[]", "claims.yaml": b"[]"})
    (folder / journal.STAGED).rename(folder / journal.COMMITTED)
    (folder / "claims.yaml").write_text("# mine\n", encoding="utf-8")
    assert any("was interrupted" in f.message for f in examine(str(folder)).faults)
    with pytest.raises(InputFault, match="was changed after an accept was interrupted"):
        killed.accept(folder)
    assert (folder / "claims.yaml").read_text(encoding="utf-8") == "# mine\n"
    shutil.rmtree(folder / journal.COMMITTED)
