"""Wrong folders: every fault in one report, with file and line, in bounded time, and never a traceback."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from detente.questions import check, status
from detente.terms import InputFault

HEADER = "id: mine\ntitle: Mine\nparties: [USA, CHN]\ncovered_through: 2026-01-01\nabout: A test.\n"
SOURCES = "- id: s\n  document: D\n  publisher: P\n  verified: verified\n"
MEASURES = (
    "- id: m\n  title: M\n  kind: tariff\n  imposer: USA\n  targets: [CHN]\n  authority: Law\n"
    "  sources: [s]\n  verified: verified\n"
)
INSTRUMENTS = (
    "- id: i\n  by: USA\n  form: order\n  title: I\n  published: 2025-01-01\n  sources: [s]\n  verified: verified\n"
    "  changes:\n    - {measure: m, set: 10%, from: 2025-01-02}\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small record that holds together."""
    home = tmp_path / "mine"
    (home / "instruments").mkdir(parents=True)
    (home / "dispute.yaml").write_text(HEADER, encoding="utf-8")
    (home / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (home / "measures.yaml").write_text(MEASURES, encoding="utf-8")
    (home / "instruments" / "2025.yaml").write_text(INSTRUMENTS, encoding="utf-8")
    return home


def faults(folder: Path) -> list[str]:
    """The faults of a folder as text."""
    return [f"{f.path}:{f.line}: {f.message} {f.allowed or ''}" for f in check(str(folder)).faults]


def test_sound_folder(folder: Path) -> None:
    """The small record has no fault."""
    assert faults(folder) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "says"),
    [
        ("instruments/2025.yaml", "set: 10%", "sett: 10%", 9, "Did you mean set?"),
        ("instruments/2025.yaml", "form: order", "form: oder", 3, "Did you mean order?"),
        ("instruments/2025.yaml", "title: I\n", "title: I\n  title: J\n", 5, "stands twice"),
        ("instruments/2025.yaml", "sources: [s]", "sources: [t]", 6, "There is no source 't'"),
        ("instruments/2025.yaml", "  sources: [s]\n", "", 1, "'sources' is missing"),
        ("instruments/2025.yaml", "sources: [s]", "sources: []", 6, "at least one is needed"),
        ("instruments/2025.yaml", "2025-01-02", "2025-02-30", 9, "2025-02-30"),
        ("instruments/2025.yaml", "2025-01-02", "2 Jan 2025", 9, "write YYYY-MM-DD"),
        ("instruments/2025.yaml", "set: 10%", "set: 10", 9, "no unit"),
        ("instruments/2025.yaml", "set: 10%", "set: 10%, revoke: all", 9, "exactly one of"),
        ("instruments/2025.yaml", "measure: m", "measure: mm", 9, "There is no measure 'mm'"),
        ("instruments/2025.yaml", "set: 10%", "suspend: 5pp", 9, "Nothing is set"),
        ("instruments/2025.yaml", "set: 10%", "revoke: [nothing]", 9, "no instrument 'nothing'"),
        ("instruments/2025.yaml", "set: 10%", "on: FRA, set: 10%", 9, "FRA is not among CHN"),
        ("instruments/2025.yaml", "set: 10%", "set: 10%, goods: steel", 9, "There is no scope 'steel'"),
        ("instruments/2025.yaml", "by: USA", "by: usa", 2, "alpha-3"),
        ("instruments/2025.yaml", "published: 2025-01-01", "published: 2027-01-01", 5, "covered_through"),
        ("instruments/2025.yaml", "title: I", "title: &x I", 4, "Anchors"),
        ("instruments/2025.yaml", "title: I", "title: !!python/name:os.system", 4, "tag"),
        ("instruments/2025.yaml", "set: 10%, from", "set: 10% ], from", 9, "Not YAML"),
        ("dispute.yaml", "covered_through: 2026-01-01\n", "", 1, "'covered_through' is missing"),
    ],
)
def test_one_fault(folder: Path, file: str, old: str, new: str, line: int, says: str) -> None:
    """One slip of the hand gives a message at its line."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = faults(folder)
    assert any(says in f for f in found), found
    hit = next(f for f in found if says in f)
    assert hit.startswith(f"mine/{file}:{line}:"), hit


def test_many_faults_at_once(folder: Path) -> None:
    """Faults in several files come in one report."""
    (folder / "claims.yaml").write_text("- id: c\n  kind: rumour\n", encoding="utf-8")
    (folder / "talks.yaml").write_text("nothing\n", encoding="utf-8")
    (folder / "measure.yaml").write_text("[]\n", encoding="utf-8")
    found = faults(folder)
    assert {f.split(":")[0] for f in found} == {"mine/claims.yaml", "mine/talks.yaml", "mine/measure.yaml"}
    assert any("Did you mean measures?" in f for f in found)
    with pytest.raises(InputFault) as raised:
        status(str(folder))
    assert len(raised.value.faults) == len(found)


def test_half_a_file(folder: Path) -> None:
    """A file cut short is a fault of that file, not a shorter record."""
    path = folder / "instruments" / "2025.yaml"
    path.write_text(INSTRUMENTS[: len(INSTRUMENTS) - 12], encoding="utf-8")
    assert any("Not YAML" in f for f in faults(folder))


def test_another_encoding(folder: Path) -> None:
    """Latin-1 is refused with the line of the first byte that is not UTF-8."""
    (folder / "sources.yaml").write_bytes(SOURCES.encode() + "  note: Côte\n".encode("latin-1"))
    assert any("sources.yaml:5" in f and "UTF-8" in f for f in faults(folder))


def test_yaml_bomb(folder: Path) -> None:
    """Nested aliases and deep nesting are refused at once."""
    bomb = "a: &a [x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)},*{chr(97 + n)}]\n" for n in range(20)
    )
    (folder / "claims.yaml").write_text(bomb, encoding="utf-8")
    (folder / "talks.yaml").write_text("[" * 50_000, encoding="utf-8")
    begun = time.monotonic()
    found = faults(folder)
    assert time.monotonic() - begun < 5
    assert any("Anchors" in f for f in found)
    assert any("deeply" in f for f in found)


def test_large_file(folder: Path) -> None:
    """A file beyond the bound is refused unread."""
    (folder / "claims.yaml").write_text("- a\n" * 600_000, encoding="utf-8")
    begun = time.monotonic()
    assert any("bytes" in f for f in faults(folder))
    assert time.monotonic() - begun < 5


def test_links(folder: Path, tmp_path: Path) -> None:
    """A link out of the folder and a code list outside it are refused."""
    secret = tmp_path / "secret.yaml"
    secret.write_text("- id: s\n", encoding="utf-8")
    os.symlink(secret, folder / "claims.yaml")
    scope = "- id: x\n  title: X\n  known: 2025-01-01\n  sources: [s]\n  codes: ../secret.csv\n"
    (folder / "scopes.yaml").write_text(scope, encoding="utf-8")
    found = faults(folder)
    assert any("leaves the folder" in f for f in found)
    assert any("outside the folder" in f for f in found)


def test_code_list(folder: Path) -> None:
    """Codes are digits without dots, each once."""
    scope = "- id: x\n  title: X\n  known: 2025-01-01\n  sources: [s]\n  codes: scopes/x.csv\n"
    (folder / "scopes.yaml").write_text(scope, encoding="utf-8")
    (folder / "scopes").mkdir()
    (folder / "scopes" / "x.csv").write_text("code,in\n8505.11,1\n8541,1\n8541,0\n", encoding="utf-8")
    found = faults(folder)
    assert any("x.csv:2" in f and "without dots" in f for f in found)
    assert any("x.csv:4" in f and "twice" in f for f in found)


def test_unknown_dispute() -> None:
    """The nearest name is offered."""
    with pytest.raises(InputFault, match="Did you mean us-china"):
        status("us-chna")
    with pytest.raises(InputFault, match=r"no dispute\.yaml"):
        status("/")
