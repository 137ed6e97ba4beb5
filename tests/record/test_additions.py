"""Entries added to a folder: nothing else changes, all or nothing, twice is once, and what is wrong is said."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from detente import record as r
from detente.record import additions as module
from detente.record.yamlinsert import Insertion, inserted
from detente.terms import InputFault
from tests.record.small import written

SOURCE = {
    "id": "news-2025-06-06",
    "document": "Two leaders talk: a report",
    "publisher": "The Daily Example",
    "date": "2025-06-06",
    "link": "https://example.org/a",
    "verified": "verified",
}
TALK = {
    "id": "call-2025-06-05",
    "kind": "call",
    "title": "Call, United States and China",
    "parties": ["USA", "CHN"],
    "reports": [
        {
            "published": "2025-06-06",
            "from": "2025-06-05",
            "sources": ["news-2025-06-06"],
            "verified": "partly",
            "note": 'It is #1 of the year: "yes", they say; 100% sure',
        }
    ],
}
CLAIM = {
    "id": "cn-breach-2025-06-06",
    "kind": "breach",
    "by": "CHN",
    "against": "USA",
    "published": "2025-06-06",
    "about": ["truce-1"],
    "text": "The truce is not kept.",
    "quote": "negative measures",
    "sources": ["news-2025-06-06"],
    "verified": "partly",
}
REPORT = {"published": "2025-06-07", "place": "open", "sources": ["news-2025-06-06"], "verified": "partly"}
COMMITMENT = {
    "id": "owed-2",
    "by": "USA",
    "to": "CHN",
    "text": "Keeps the points off.",
    "from": "2025-05-14",
    "verified": "partly",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small record that holds together, with comments."""
    here = written(tmp_path / "small")
    claims = here / "claims.yaml"
    claims.write_text(f"# What was said.\n\n{claims.read_text(encoding='utf-8')}\n# The end.\n", encoding="utf-8")
    return here


def texts(folder: Path) -> dict[str, str]:
    """Every file of a folder that is part of a record."""
    return {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in folder.rglob("*.yaml")}


def add(folder: Path, *entries: tuple[str, dict[str, Any]], **more: Any) -> module.AddedAll:
    """Add entries with the article as source."""
    return r.add_entries(folder, [r.Addition("sources", SOURCE), *(r.Addition(s, e, **more) for s, e in entries)])


def test_only_new_lines(folder: Path) -> None:
    """Every line that was there is there in its order, comments too, and the record checks and has the entries."""
    before = texts(folder)
    done = add(folder, ("talks", TALK), ("claims", CLAIM))
    after = texts(folder)
    assert {x.result for x in done.added} == {"written"}
    for name, text in before.items():
        kept = iter(after[name].splitlines())
        assert all(line in kept for line in text.splitlines()), name
    assert after["claims.yaml"].startswith("# What was said.\n")
    assert after["claims.yaml"].endswith("# The end.\n")
    record = r.dispute(str(folder)).record
    assert next(t for t in record.talks if t.id == TALK["id"]).reports[0].note == TALK["reports"][0]["note"]
    assert next(c for c in record.claims if c.id == CLAIM["id"]).quote == "negative measures"


def test_order_of_publication(folder: Path) -> None:
    """A claim goes between those published before and after it, where rule R37 wants it."""
    add(folder, ("claims", CLAIM))
    days = [c.published for c in r.dispute(str(folder)).record.claims]
    assert days == sorted(days)


def test_twice_is_once(folder: Path) -> None:
    """The second time nothing is written, to the byte and to the time of the files."""
    add(folder, ("talks", TALK), ("claims", CLAIM))
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*.yaml")}
    done = add(folder, ("talks", TALK), ("claims", CLAIM))
    assert done.files == ()
    assert {x.result for x in done.added} == {"already there"}
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*.yaml")} == before


def test_into_what_is_there(folder: Path) -> None:
    """A report joins its talk, a commitment its arrangement, which then names the source; twice is once."""
    talk = r.dispute(str(folder)).record.talks[0].id
    wanted = [
        r.Addition("sources", SOURCE),
        r.Addition("talks", {**REPORT, "published": "2025-06-06"}, into=talk),
        r.Addition("commitments", COMMITMENT, into="truce-1", cites=SOURCE["id"]),
        r.Addition("commitments", {**COMMITMENT, "id": "owed-3"}, into="truce-2", cites=SOURCE["id"]),
    ]
    r.add_entries(folder, wanted)
    record = r.dispute(str(folder)).record
    assert record.talks[0].reports[-1].place == "open"
    truce, later = record.arrangements[:2]
    assert [c.id for c in truce.commitments] == ["owed-1", "owed-2"]
    assert [c.id for c in later.commitments] == ["owed-3"]
    assert SOURCE["id"] in truce.sources
    assert r.add_entries(folder, wanted).files == ()


def test_into_what_is_new(folder: Path) -> None:
    """A commitment may belong to an arrangement of the same run."""
    truce = {
        "id": "pact-2025",
        "kind": "agreement",
        "title": "Pact",
        "parties": ["USA", "CHN"],
        "published": "2025-06-06",
        "terms": "They agree.",
        "sources": [SOURCE["id"]],
        "verified": "partly",
    }
    wanted = [
        r.Addition("sources", SOURCE),
        r.Addition("commitments", COMMITMENT, into="pact-2025", cites=SOURCE["id"]),
        r.Addition("arrangements", truce),
    ]
    r.add_entries(folder, wanted)
    pact = next(a for a in r.dispute(str(folder)).record.arrangements if a.id == "pact-2025")
    assert [c.id for c in pact.commitments] == ["owed-2"]
    assert r.add_entries(folder, wanted).files == ()


@pytest.mark.parametrize(
    ("entry", "section", "says"),
    [
        ({**CLAIM, "kind": "brech"}, "claims", "Did you mean breach?"),
        ({**CLAIM, "about": ["nothing-there"]}, "claims", "R08"),
        ({**CLAIM, "colour": "red"}, "claims", "'colour' is not known here"),
        ({k: v for k, v in CLAIM.items() if k != "by"}, "claims", "'by' is missing"),
        ({**CLAIM, "by": "BRA"}, "claims", "R39"),
        (CLAIM, "clams", "Did you mean claims?"),
        ({**TALK, "id": "us-duty"}, "talks", "R14"),
    ],
)
def test_refused_and_untouched(folder: Path, entry: dict[str, Any], section: str, says: str) -> None:
    """What is wrong is said, and no file changes."""
    before = texts(folder)
    with pytest.raises(InputFault) as caught:
        add(folder, (section, entry))
    assert says in str(caught.value)
    assert texts(folder) == before
    assert [p.name for p in folder.parent.iterdir() if "detente-copy" in p.name] == []


def test_id_of_something_else(folder: Path) -> None:
    """An id that stands for something else is not overwritten; what differs is named."""
    add(folder, ("claims", CLAIM))
    with pytest.raises(InputFault, match="with another text"):
        add(folder, ("claims", {**CLAIM, "text": "Something else."}))


def test_record_that_does_not_check(folder: Path) -> None:
    """A record with faults of its own is not written to, and its faults are told as such."""
    (folder / "dispute.yaml").write_text("id: small\n", encoding="utf-8")
    with pytest.raises(InputFault, match="does not check as it is"):
        add(folder, ("claims", CLAIM))


def test_shipped_records_stay() -> None:
    """Nothing is written into the package."""
    with pytest.raises(InputFault, match="--to FOLDER"):
        r.add_entries(r.folder_of("us-china"), [r.Addition("sources", SOURCE)])


def test_new_copy(folder: Path, tmp_path: Path) -> None:
    """A folder that is not there is made as a copy with the entries in it; one that fails is not made."""
    mine = tmp_path / "mine"
    bad = {**CLAIM, "about": ["nothing-there"]}
    with pytest.raises(InputFault):
        r.add_entries(mine, [r.Addition("sources", SOURCE), r.Addition("claims", bad)], folder)
    assert not mine.exists()
    before = texts(folder)
    r.add_entries(mine, [r.Addition("sources", SOURCE), r.Addition("claims", CLAIM)], folder)
    assert CLAIM["id"] in {c.id for c in r.dispute(str(mine)).record.claims}
    assert texts(folder) == before


def test_lock(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another writes, one waits and then says so; a lock file nobody holds stops nobody."""
    lock = folder.parent / ".small.detente-lock"
    lock.touch()
    add(folder, ("talks", TALK))
    monkeypatch.setattr(module, "LOCK_SECONDS", 0.2)
    with FileLock(lock), pytest.raises(InputFault, match="Another program"):
        add(folder, ("claims", CLAIM))
    add(folder, ("claims", CLAIM))


def test_two_at_once(folder: Path) -> None:
    """Two writers at once both get their entries in."""
    runs = [threading.Thread(target=add, args=(folder, part)) for part in (("talks", TALK), ("claims", CLAIM))]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    record = r.dispute(str(folder)).record
    assert TALK["id"] in {t.id for t in record.talks}
    assert CLAIM["id"] in {c.id for c in record.claims}


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """A place that is no folder is said so."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(InputFault):
        r.add_entries(tmp_path / "file" / "mine", [r.Addition("sources", SOURCE)], r.folder_of("us-china"))


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_flow_layout(newline: str) -> None:
    """Entries laid out in brackets are written by the round trip: comments and order stay."""
    text = "# Head\n- {id: a, published: 2025-01-01} # one\n# two\n- {id: b, published: 2025-03-01} # tail\n"
    out = inserted(text.replace("\n", newline), "x.yaml", [Insertion((0, "commitments"), 0, {"id": "new"})])
    assert all(comment in out for comment in ("# Head", "# one", "# two", "# tail"))
    assert out.index("id: a") < out.index("id: new") < out.index("id: b")
    assert ("\r\n" in out) == (newline == "\r\n")


def test_comment_that_would_be_lost() -> None:
    """A file that neither way of writing keeps whole is left alone."""
    with pytest.raises(ValueError, match="laid out"):
        inserted("# Head\n[{id: a}]\n", "x.yaml", [Insertion((), 1, {"id": "b"})])


def test_comments_inside(tmp_path: Path) -> None:
    """Comments between and inside entries stay with what they stand at."""
    text = "# Head\n- id: a\n# inside\n  published: 2025-01-01\n\n# about b\n- id: b\n  published: 2025-03-01\n# end\n"
    out = inserted(text, "x.yaml", [Insertion((), 1, {"id": "new", "published": "2025-02-01"})])
    assert out.split("- id: new")[1].split("# about b")[1] == text.split("# about b")[1]
    assert "# inside\n  published: 2025-01-01\n" in out


def test_shipped_copies_take_entries(tmp_path: Path) -> None:
    """A copy of a shipped record takes entries and checks; only lines are added to its files."""
    mine = tmp_path / "mine"
    shutil.copytree(r.folder_of("us-china"), mine)
    before = texts(mine)
    claim = {**CLAIM, "id": "cn-breach-2025-06-06-x", "about": ["geneva-2025"]}
    add(mine, ("talks", {**TALK, "id": "call-2025-06-05-x"}), ("claims", claim))
    after = texts(mine)
    for name, text in before.items():
        kept = iter(after[name].splitlines())
        assert all(line in kept for line in text.splitlines()), name
    assert set(after) - set(before) == {"sources/articles.yaml"}
