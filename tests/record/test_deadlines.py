"""Days to come that no clock of a measure tells: hearings, filings, refunds, reviews."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.questions import check

HEAD = "id: mine\ntitle: Mine\nparties: [USA, CHN]\ncovered_through: 2026-10-10\nabout: A test.\n"
SOURCE = "- {id: s, document: D, publisher: P, verified: verified}\n"
FIRST = (
    "- {id: hearing, kind: hearing, title: H, published: 2026-01-10, day: 2026-02-01, sources: [s], verified: partly}\n"
)


def faults(folder: Path, deadlines: str) -> list[str]:
    """The messages of the faults of a record with these deadlines."""
    (folder / "dispute.yaml").write_text(HEAD, encoding="utf-8")
    (folder / "sources.yaml").write_text(SOURCE, encoding="utf-8")
    (folder / "deadlines.yaml").write_text(deadlines, encoding="utf-8")
    return [f.message for f in check(str(folder)).faults]


def test_a_hearing_that_is_moved(tmp_path: Path) -> None:
    """The moved hearing is a later entry that replaces the first, and holds together."""
    moved = "id: moved, kind: hearing, title: H, published: 2026-01-20, day: 2026-03-01, replaces: [hearing]"
    assert faults(tmp_path, FIRST + f"- {{{moved}, sources: [s], verified: partly}}\n") == []


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("published: 2026-01-20", "a deadline has a day"),
        ("published: 2026-01-20, day: 2026-03-01, until: 2026-03-01", "until 2026-03-01 is not after day 2026-03-01"),
        ("published: 2026-01-05, day: 2026-03-01, replaces: [hearing]", "was published on 2026-01-10"),
        ("published: 2026-01-20, day: 2026-03-01, instrument: no-act", "There is no instrument 'no-act'"),
        ("published: 2026-01-20, day: 2026-03-01, about: [no-thing]", "There is no entry 'no-thing'"),
        ("published: 2026-12-20, day: 2026-12-30", "covered_through is 2026-10-10"),
    ],
)
def test_what_is_refused(entry: str, said: str, tmp_path: Path) -> None:
    """Each thing that cannot be is said in words."""
    second = f"- {{id: b, kind: hearing, title: H, {entry}, sources: [s], verified: partly}}\n"
    found = faults(tmp_path, FIRST + second)
    assert len(found) == 1
    assert said in found[0]
