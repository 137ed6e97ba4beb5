"""Folders made to break a reader: refused in words, in bounded time and memory, and never with a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from detente.questions import check, status
from detente.terms import InputFault
from tests.record.small import FILES, replaced, written

SCOPE = "codes: scopes/phones.csv"
LIMIT = """
import json, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
from detente.questions import check
found = check(sys.argv[1]).faults
status = Path("/proc/self/status")  # ru_maxrss counts what the parent held when it forked
if status.exists():
    peak = next(int(x.split()[1]) for x in status.read_text().splitlines() if x.startswith("VmHWM")) * 1024
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
told = [f"{f.path}:{f.line}: {f.message} Allowed: {f.allowed}" for f in found[:3000]]
print(json.dumps({"peak": peak, "faults": told}))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small record that holds together."""
    return written(tmp_path / "small")


def faults(folder: Path) -> list[str]:
    """The faults of a folder as text; each has a line and a remedy."""
    found = check(str(folder)).faults
    assert all(f.line and f.allowed for f in found), found
    return [f"{f.path}:{f.line}: {f.message}" for f in found]


def bounded(folder: Path, seconds: float = 10, megabytes: int = 500) -> list[str]:
    """The faults of a folder read by a process of its own, within a time and a memory limit."""
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", LIMIT, str(folder)], capture_output=True, text=True, timeout=60, check=False
    )
    taken = time.monotonic() - begun
    assert done.returncode == 0, done.stderr[-2000:]
    answer = json.loads(done.stdout)
    assert taken < seconds, f"{taken:.1f} s"
    assert answer["peak"] < megabytes * 1_000_000, f"{answer['peak'] / 1e6:.0f} MB"
    return list(answer["faults"])


@pytest.mark.parametrize("layout", ["block", "flow", "files"])
def test_a_hundred_thousand_entries(folder: Path, layout: str) -> None:
    """A folder of 100,000 entries is refused without reading them, however they are laid out."""
    rows = ["document: D", "publisher: P", "verified: verified"]
    (folder / "sources").mkdir()
    for part in range(2_500 if layout == "files" else 10):
        count = 40 if layout == "files" else 10_000
        names = [f"s{part}-{n}" for n in range(count)]
        if layout == "flow":
            text = "[" + ",".join(f"{{id: {x}, document: D, publisher: P, verified: verified}}" for x in names) + "]"
        else:
            text = "".join(f"- id: {x}\n  " + "\n  ".join(rows) + "\n" for x in names)
        (folder / "sources" / f"{part}.yaml").write_text(text, encoding="utf-8")
    found = bounded(folder)
    assert any("entries" in f or "files" in f for f in found), found


def test_many_values_without_ids(folder: Path) -> None:
    """A file of nothing but dashes stops at the bound."""
    (folder / "claims.yaml").write_text("[" + "a," * 900_000 + "]", encoding="utf-8")
    assert any("too many values" in f for f in bounded(folder, seconds=30))


def test_many_faults(folder: Path) -> None:
    """Thousands of wrong entries are told of a thousand times, and that there is more."""
    (folder / "claims.yaml").write_text("- {id: c, kind: rumour}\n" * 15_000, encoding="utf-8")
    assert bounded(folder, seconds=30)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: " + "x" * 1_900_000, "list of entries"),
        ("'" + "x" * 1_900_000, "Not YAML"),
        ("!" * 1_900_000, "tag"),
        ("&" * 1_900_000, "Anchors"),
        ("- " * 900_000, "deeply"),
        ("? " * 900_000, "key must be a word"),
        ("{" * 100_000, "key must be a word"),
        ("[" * 100_000, "deeply"),
        ("a: &a [x]\nb: *a\n", "Anchors"),
        ("{" + "a: b," * 100_000 + "}", "too many faults"),
        ("\t- id: c\n", "Not YAML"),
        ("- id: c\n  \tkind: threat\n", "Not YAML"),
        ("- id: a\n---\n- id: b\n", "second document"),
        ("- id: \x00\n", "control character"),
        ('- id: "\\0"\n', "control character"),
        ('- id: "\\ud800"\n', "control character"),
        ("", "empty"),
        ("# nothing\n", "empty"),
        ("word\n", "list of entries"),
        ("- word\n", "keys and values"),
        ("%YAML 9.9\n---\n- a\n", ""),
        ("- {id: c, published: 9999-12-31}\n", "1900 to 2199"),
        ("- {id: c, published: 0001-01-01}\n", "1900 to 2199"),
        ("- {id: [], kind: {}}\n", "id"),
    ],
)
def test_yaml(folder: Path, text: str, says: str) -> None:
    """Odd YAML is explained at once."""
    (folder / "claims.yaml").write_text(text, encoding="utf-8")
    begun = time.monotonic()
    found = faults(folder)
    assert time.monotonic() - begun < 20
    assert any(f.startswith("small/claims.yaml:") and says in f for f in found), found[:5]
    assert all(len(f) < 1000 for f in found)


@pytest.mark.parametrize("file", sorted(FILES))
@pytest.mark.parametrize("how", ["byte-order mark", "carriage returns"])
def test_editors_of_other_systems(folder: Path, file: str, how: str) -> None:
    """A byte-order mark or line ends of another system change nothing."""
    raw = (folder / file).read_bytes()
    (folder / file).write_bytes(b"\xef\xbb\xbf" + raw if how == "byte-order mark" else raw.replace(b"\n", b"\r\n"))
    assert faults(folder) == []


def test_lines_with_carriage_returns(folder: Path) -> None:
    """Lines are counted as an editor counts them, whatever ends them."""
    replaced(folder, "claims.yaml", "kind: denial", "kind: denail")
    plain = faults(folder)
    file = folder / "claims.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert faults(folder) == plain


@pytest.mark.parametrize("file", sorted(FILES))
def test_empty_files(folder: Path, file: str) -> None:
    """An empty file is told of, and the record is refused, not shortened."""
    (folder / file).write_bytes(b"")
    assert any(f.startswith(f"small/{file}:1: ") for f in faults(folder))
    with pytest.raises(InputFault):
        status(str(folder))


@pytest.mark.parametrize("file", sorted(FILES))
def test_other_encodings(folder: Path, file: str) -> None:
    """What is not UTF-8 is refused with the line, in YAML and in code lists."""
    raw = (folder / file).read_bytes()
    (folder / file).write_bytes(raw + b"# C\xf4te\n")
    line = raw.count(b"\n") + 1
    assert [f for f in faults(folder) if f.startswith(f"small/{file}:{line}: ") and "UTF-8" in f]


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"code,in\n85\x0017,1\n", "control character"),
        (b'code,in\n"8517,1\n' + b"x" * 140_000, "Not a CSV"),
        (b"code,in\n" + b"9" * 200_000 + b",1\n", ""),
        (b"code;in\n8517;1\n", "first line"),
        (b"8517,1\n", "first line"),
        (b"code,in\n8517\n", "membership"),
        (b"code,in\n8517,yes\n", "membership"),
        ("code,in\n８５１７,1\n".encode(), "membership"),
        (b"code,in\n" + b"x,1\n" * 400_000, "too many faults"),
        (b"code,in\n" + b"8517,1\n" * 400_000, "bytes"),
    ],
)
def test_code_lists(folder: Path, raw: bytes, says: str) -> None:
    """Odd code lists are explained."""
    (folder / "scopes" / "phones.csv").write_bytes(raw)
    begun = time.monotonic()
    found = faults(folder)
    assert time.monotonic() - begun < 10
    assert any(f.startswith("small/scopes/phones.csv:") and says in f for f in found), found[:5]
    assert all(len(f) < 1000 for f in found)


@pytest.mark.parametrize(
    "codes",
    [
        "../../../etc/passwd",
        "/etc/passwd",
        "scopes/../../small.csv",
        "us-china:../../x",
        "us-china:../../../../../../../../etc/passwd",
        "../disputes:annex-ii",
        "us-china:",
        ":annex-ii",
        "us-china:annex-ii:annex-ii",
        "us-nowhere:annex-ii",
        "scopes",
        "scopes/none.csv",
        "x" * 3_000,
        '"a\\0b"',
        "~root/x.csv",
        "file:///etc/passwd",
    ],
)
def test_code_lists_elsewhere(folder: Path, codes: str) -> None:
    """A code list lies in the folder or is one of a shipped dispute; nothing else is opened."""
    replaced(folder, "scopes.yaml", SCOPE, f"codes: {codes}")
    found = faults(folder)
    assert any("small/scopes.yaml:" in f for f in found), found
    assert not any("root:" in f for f in found)


def _folder_named_as_a_file(folder: Path) -> None:
    (folder / "deadends.yaml").mkdir()


def _deep(folder: Path) -> None:
    here = folder / "claims"
    for _ in range(400):
        here.mkdir()
        (here / "c.yaml").write_text("- {id: c}\n", encoding="utf-8")
        here = here / "d"


def _loop(folder: Path) -> None:
    os.symlink(folder, folder / "instruments")


def _link_to_itself(folder: Path) -> None:
    os.symlink(folder / "talks-2.yaml", folder / "talks-2.yaml")


def _link_outside(folder: Path) -> None:
    (folder / "claims.yaml").unlink()
    os.symlink("/etc/passwd", folder / "claims.yaml")


def _header_outside(folder: Path) -> None:
    (folder / "dispute.yaml").unlink()
    os.symlink("/etc/passwd", folder / "dispute.yaml")


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe.yaml")


def _endless(folder: Path) -> None:
    os.symlink("/dev/zero", folder / "zero.yaml")


def _name_that_is_no_text(folder: Path) -> None:
    (Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.yaml"))).write_text("- {id: c}\n", encoding="utf-8")


def _other_ending(folder: Path) -> None:
    (folder / "claims.yml").write_text("- {id: c}\n", encoding="utf-8")


def _stray(folder: Path) -> None:
    (folder / "claim.yaml").write_text("- {id: c}\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("plant", "says"),
    [
        (_folder_named_as_a_file, "deadends.yaml:1: This is not a file."),
        (_deep, "too deep"),
        (_loop, "instruments:1: This is a link to a folder."),
        (_link_to_itself, "talks-2.yaml:1: The file is a link to nothing."),
        (_link_outside, "claims.yaml:1: The file is a link that leaves the folder."),
        (_header_outside, "dispute.yaml:1: The file is a link that leaves the folder."),
        (_pipe, "pipe.yaml:1: This is not a file."),
        (_endless, "zero.yaml:1: The file is a link that leaves the folder."),
        (_name_that_is_no_text, "The name of the file is not text."),
        (_other_ending, "claims.yml:1: Files of a record end in .yaml."),
        (_stray, "Did you mean claims?"),
    ],
)
def test_odd_folders(folder: Path, plant: Callable[[Path], None], says: str) -> None:
    """What is no plain file of the folder is told of and not opened; a question refuses the record."""
    plant(folder)
    begun = time.monotonic()
    found = faults(folder)
    assert any(says in f for f in found), found
    assert "root:" not in "".join(found)
    with pytest.raises(InputFault):
        status(str(folder))
    assert time.monotonic() - begun < 5


def test_unreadable(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read is told of."""
    reads = Path.read_bytes

    def refusing(path: Path) -> bytes:
        if path.name == "claims.yaml":
            raise PermissionError(13, "Permission denied")
        return reads(path)

    monkeypatch.setattr(Path, "read_bytes", refusing)
    assert faults(folder) == ["small/claims.yaml:1: The file cannot be read: Permission denied."]


def test_many_suspensions_of_one_measure(folder: Path) -> None:
    """Thousands of changes to one measure are refused before anybody works out what they say."""
    change = "    - {{measure: us-ban, suspend: all, from: 2025-08-12, until: 2026-01-01, on: [CHN], note: n{}}}\n"
    file = folder / "instruments.yaml"
    many = "".join(change.format(n) for n in range(4_000))
    file.write_text(FILES["instruments.yaml"] + many, encoding="utf-8")
    assert any("no more than 500 changes" in f for f in bounded(folder, seconds=40))


@pytest.mark.parametrize("name", ["", "/", "/dev/null", "x" * 5_000, "a\0b", "../../etc", "us-china/../us-china"])
def test_odd_names(name: str) -> None:
    """A name that is no dispute is refused in words."""
    with pytest.raises(InputFault, match="is not a dispute"):
        check(name)
