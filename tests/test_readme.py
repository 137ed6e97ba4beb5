"""The README's table of commands: each example is a command that works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from detente.cli import main

ROOT = Path(__file__).parents[1]
EXAMPLES = re.findall(r"\| `detente ([^`]+)` \|$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M)
ELSEWHERE = ("brief", "solve", "talk", "world build")  # slow, or needs a table; their own tests run them
QUICK = [x for x in EXAMPLES if not x.startswith(ELSEWHERE)]


def test_every_command_is_in_the_table() -> None:
    """No command is left out, and each has an example."""
    assert {x.split()[0] for x in EXAMPLES} == set(main.commands)


@pytest.mark.parametrize("example", QUICK)
def test_example_runs(example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An example ends with status 0 and says something."""
    monkeypatch.chdir(tmp_path)
    words = [str(ROOT / x) if x.startswith("examples/") else x for x in example.split()]
    got = CliRunner().invoke(main, words)
    assert got.exit_code == 0, got.output
    assert got.output.strip()
    assert "Traceback" not in got.output
