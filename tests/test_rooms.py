"""Rooms import in one direction and only through their doors; light commands stay light."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "detente"

MAY_USE: dict[str, set[str]] = {
    "terms": set(),
    "record": {"terms"},
    "duties": {"terms", "record"},
    "read": {"terms", "record"},
    "policy": {"terms", "duties"},
    "economy": {"terms"},
    "worlds": {"terms", "record", "duties", "policy", "economy"},
    "game": {"terms", "economy"},
    "sweep": {"terms", "economy", "policy"},
    "questions": {"terms", "record", "duties", "read", "policy", "economy", "worlds", "game", "sweep"},
    "brief": {"terms", "questions"},
    "workbench": {"terms", "questions", "brief"},
    "screens": {"terms", "questions"},
    "cli": {"terms", "questions", "brief", "workbench", "screens"},
}
NEVER: dict[str, set[str]] = {
    "terms": {"numpy", "pandas", "jax", "xarray", "pydantic"},
    "record": {"numpy", "pandas", "jax", "xarray"},
    "duties": {"jax"},
    "read": {"jax", "pandas"},
    "policy": {"jax"},
}
FREE = {"_version", "__init__", "__main__"}


def files() -> list[Path]:
    """Every module of the package."""
    return sorted(SRC.rglob("*.py"))


def room_of(file: Path) -> str:
    """The room a file lies in."""
    return file.relative_to(SRC).parts[0].removesuffix(".py")


def imported(file: Path) -> set[str]:
    """All absolute modules a file imports, lazy imports too, those for type checking included."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            module = node.module or ""
            names.add(module)
            if module == "detente":
                names |= {f"detente.{a.name}" for a in node.names}
    return names


@pytest.mark.parametrize("file", files(), ids=lambda f: str(f.relative_to(SRC)))
def test_imports(file: Path) -> None:
    """A room uses only the rooms it may, through their doors, and never what it must not."""
    room = room_of(file)
    if room in FREE:
        return
    assert room in MAY_USE, f"{room} is no room of the house"
    for name in imported(file):
        assert name.split(".")[0] not in NEVER.get(room, set()), f"{file} imports {name}"
        parts = name.split(".")
        if parts[0] != "detente" or len(parts) < 2 or parts[1] in (room, "_version"):
            continue
        assert parts[1] in MAY_USE[room], f"{file} in {room} imports {name}"
        allowed = 2 if parts[1] != "questions" else 3
        assert len(parts) <= allowed, f"{file} goes behind the door: {name}"


@pytest.mark.parametrize("file", files(), ids=lambda f: str(f.relative_to(SRC)))
def test_length(file: Path) -> None:
    """No hand-written module is over 600 lines."""
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 600


@pytest.mark.parametrize(
    "command",
    [
        ["status", "us-china", "--on", "2025-06-06", "--json"],
        ["status", "us-china"],
        ["timeline", "us-china"],
        ["comply", "us-china"],
    ],
)
def test_light_commands(command: list[str]) -> None:
    """`status` and its kin load neither jax nor pandas, nor numpy, nor pydantic."""
    code = (
        "import sys\nfrom detente.cli import main\n"
        f"main({command!r}, standalone_mode=False)\n"
        "print([m for m in ('jax', 'pandas', 'numpy', 'xarray', 'pydantic') if m in sys.modules], file=sys.stderr)"
    )
    subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)  # the index, if it is not there yet
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stderr.strip().splitlines()[-1] == "[]"
