"""The command line as a user meets it: right and wrong input, JSON against its schema, exit status, help."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from detente.cli import main

DAY = ["--on", "2025-06-06", "--known", "2025-06-06"]


def run(*args: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, list(args))


@pytest.mark.parametrize(
    ("command", "args"),
    [
        ("status", ["us-china", *DAY]),
        ("status", ["us-china", "--on", "2026-11-23"]),
        ("timeline", ["us-china", "--since", "2025-05-01", "--until", "2025-07-01"]),
        ("check", ["us-china"]),
        ("comply", ["us-china", "--on", "2026-10-01"]),
        ("comply", ["us-china", "--trade", "examples/phase-one-trade.csv", "--pro-rate"]),
    ],
)
def test_json_follows_its_schema(command: str, args: list[str]) -> None:
    """What --json prints is valid against what --schema prints."""
    schema = json.loads(run(command, "--schema").output)
    jsonschema.Draft202012Validator.check_schema(schema)
    got = run(command, *args, "--json")
    assert got.exit_code == 0, got.output
    jsonschema.validate(json.loads(got.output), schema)


def test_record_schema() -> None:
    """The schema of a dispute folder is published and valid."""
    schema: Any = json.loads(run("check", "--record-schema").output)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert set(schema["properties"]) >= {"dispute", "measures", "instruments", "talks"}


def test_status_screen() -> None:
    """The screen says the truce, both duties and the command that makes it again."""
    out = run("status", "us-china", *DAY).output
    assert "in force through 11 Aug 2025, lapses 12 Aug 2025 (day 23, 67 left)" in out
    assert "30% (us-fentanyl 20%, us-reciprocal 10%)" in out
    assert "detente status us-china --on 2025-06-06 --known 2025-06-06" in out


def test_same_command_again() -> None:
    """The command an answer names gives the same answer."""
    first = json.loads(run("status", "us-china", *DAY, "--json").output)
    words = first["provenance"]["command"].split()[1:]
    assert json.loads(run(*words, "--json").output) == first


@pytest.mark.parametrize(
    ("args", "status", "says"),
    [
        (["status", "us-chna"], 2, "Did you mean us-china?"),
        (["stauts", "us-china"], 2, "Did you mean status?"),
        (["status", "us-china", "--on", "6 June"], 2, "YYYY-MM-DD"),
        (["status", "us-china", "--on", "2025-02-30"], 2, "not a day"),
        (["status"], 2, "DISPUTE"),
        (["timeline", "us-china", "--since", "2025-07-01", "--until", "2025-06-01"], 2, "not after"),
        (["check", "/nowhere"], 2, "not a dispute"),
        (["comply", "us-china", "--pro-rate"], 2, "goes with --trade"),
        (["comply", "us-china", "--trade", "none.csv"], 2, "There is no file"),
    ],
)
def test_wrong_usage(args: list[str], status: int, says: str) -> None:
    """Wrong words end with status 2 and say what is right."""
    got = run(*args)
    assert got.exit_code == status
    assert says in got.output
    assert "Traceback" not in got.output


def test_record_that_does_not_check(tmp_path: Path) -> None:
    """A folder with faults ends with status 1, from `check` and from a question alike."""
    (tmp_path / "dispute.yaml").write_text("id: x\n", encoding="utf-8")
    for command in ("check", "status"):
        got = run(command, str(tmp_path))
        assert got.exit_code == 1
        assert "dispute.yaml:1" in got.output
        assert "'title' is missing" in got.output
    got = run("check", str(tmp_path), "--json")
    assert got.exit_code == 1
    assert json.loads(got.output)["ok"] is False


def test_check_all_shipped() -> None:
    """Every shipped dispute holds together."""
    got = run("check")
    assert got.exit_code == 0, got.output
    assert "us-china holds together" in got.output


@pytest.mark.parametrize("command", ["status", "timeline", "check", "comply"])
def test_help_has_examples_that_run(command: str) -> None:
    """Each example in the help is a command that works."""
    text = run(command, "--help").output
    examples = [line.split() for line in text.splitlines() if line.strip().startswith("detente ")]
    assert examples
    for words in examples:
        if "./my-dispute" not in words:
            assert run(*words[1:]).exit_code == 0


def test_console_script() -> None:
    """`python -m detente` and the script are the same program."""
    got = subprocess.run([sys.executable, "-m", "detente", "--version"], capture_output=True, text=True, check=True)
    assert got.stdout.startswith("detente, version")
