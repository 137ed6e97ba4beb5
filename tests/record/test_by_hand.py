"""A measure added by hand to a copy of a shipped folder, as docs/record-format.md tells it, and slips in it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from detente.cli import main
from detente.record.files import SHIPPED

DOC = Path(__file__).parents[2] / "docs" / "record-format.md"
ACT = "instruments/mine.yaml"


def told(*args: str) -> Result:
    """A command and what it says."""
    return CliRunner().invoke(main, list(args))


def entries() -> dict[str, str]:
    """The four entries of the page, by the file each goes to; two columns of it are read apart."""
    text = DOC.read_text(encoding="utf-8").split("## Adding a measure by hand")[1].split("Then:")[0]
    lines = [line[4:] for line in text.splitlines() if line.startswith("    ") or not line]
    act = [line.startswith("instruments/") for line in lines].index(True)
    left, right = ([line[part].rstrip() for line in lines[:act]] for part in (slice(53), slice(53, None)))
    files: dict[str, str] = {}
    name = ""
    for line in (*left, *right, *lines[act:]):
        if re.fullmatch(r"[a-z]+/[a-z]+\.yaml", line):
            name = line
            files[name] = ""
        elif line.strip():
            files[name] += line + "\n"
    return files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of us-china with the entries of the page."""
    copy = tmp_path / "my-us-china"
    shutil.copytree(SHIPPED / "us-china", copy)
    for name, text in entries().items():
        file = copy / name
        before = file.read_text(encoding="utf-8") + "\n" if file.exists() else ""
        file.write_text(before + text, encoding="utf-8")
    return copy


def test_page_has_the_four_entries() -> None:
    """The page shows a source, a scope, a measure and an act."""
    assert sorted(entries()) == ["instruments/mine.yaml", "measures/chn.yaml", "scopes/chn.yaml", "sources/chn.yaml"]


def test_added_measure_checks_and_shows(folder: Path) -> None:
    """The copy holds together, and the status has 12% less two points, unknown from the end of what is held back."""
    got = told("check", str(folder))
    assert got.exit_code == 0, got.output
    assert "us-china holds together (54 measures, 183 instruments" in got.output
    screen = told("status", str(folder), "--on", "2026-10-06").output
    assert re.search(r"cn-almonds-2026 +Almonds +10% \(12% less 2 points +2026-10-05 +cn-tc-2026-almonds", screen)
    assert re.search(r"2026-11-05 +CHN → USA +cn-almonds-2026 +almonds +10% +unknown", screen)
    assert "cn-almonds-2026" not in told("status", str(folder), "--on", "2026-10-06", "--known", "2026-09-30").output


@pytest.mark.parametrize(
    ("old", "new", "where", "says"),
    [
        (
            "measure: cn-almonds-2026, goods: almonds, set",
            "measure: cn-almond-2026, goods: almonds, set",
            10,
            "There is no measure 'cn-almond-2026'. Did you mean cn-almonds-2026? Allowed: the id of a measure",
        ),
        ("set: 12%", "set: 12", 10, "set: 12 has no unit. Allowed: write a rate as 34%."),
        (
            "until: 2026-11-05",
            "until: 2026-09-05",
            11,
            "until 2026-09-05 is before from 2026-10-05. Allowed: write the first day on which it no longer holds.",
        ),
    ],
)
def test_slip_is_told_with_line_and_remedy(folder: Path, old: str, new: str, where: int, says: str) -> None:
    """A slip ends with status 1, and its line and what to write instead are told."""
    act = folder / ACT
    text = act.read_text(encoding="utf-8")
    assert text.count(old) == 1
    act.write_text(text.replace(old, new), encoding="utf-8")
    got = told("check", str(folder))
    assert got.exit_code == 1
    line = next(x for x in got.output.splitlines() if x.startswith(f"my-us-china/{ACT}:{where}: "))
    assert says in line
