"""Who held which office on a day, checked against appointments that are public knowledge."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente import record as r
from detente.questions import check, status
from detente.terms import InputFault


@pytest.mark.parametrize(
    ("name", "day", "office"),
    [
        ("Scott Bessent", "2025-06-06", "Secretary of the Treasury"),
        ("Janet Yellen", "2023-07-07", "Secretary of the Treasury"),
        ("Steven T. Mnuchin", "2020-01-15", "Secretary of the Treasury"),
        ("Katherine Tai", "2022-05-01", "United States Trade Representative"),
        ("Robert Lighthizer", "2019-05-06", "United States Trade Representative"),
        ("Jamieson Greer", "2025-05-10", "United States Trade Representative"),
        ("Howard Lutnick", "2025-06-09", "Secretary of Commerce"),
        ("He Lifeng", "2025-05-10", "Vice-Premier, lead on trade with the United States"),
        ("Liu He", "2020-01-15", "Vice-Premier, lead on trade with the United States"),
        ("Wang Wentao", "2025-06-09", "Minister of Commerce"),
        ("Zhong Shan", "2019-10-10", "Minister of Commerce"),
        ("Maroš Šefčovič", "2025-07-27", "Commissioner for trade"),
        ("Mark Carney", "2025-08-01", "Prime Minister of Canada"),
        ("Claudia Sheinbaum", "2025-03-06", "President of Mexico"),
    ],
)
def test_office_of(name: str, day: str, office: str) -> None:
    """Well-known people are found in the office they held that day."""
    held = r.office_of(name, date.fromisoformat(day))
    assert held is not None
    assert held.office == office


def test_not_in_office() -> None:
    """Nobody holds an office before the first day or from the day it ended."""
    assert r.office_of("Scott Bessent", date(2025, 1, 27)) is None
    assert r.office_of("Joe Biden", date(2025, 1, 19)) is not None
    assert r.office_of("Joe Biden", date(2025, 1, 20)) is None
    assert r.office_of("Donald Trump", date(2022, 1, 1)) is None
    assert r.office_of("Nobody At All", date(2022, 1, 1)) is None


@pytest.mark.parametrize("name", ["Bessent", "bessent", "SCOTT BESSENT", "Scott K. H. Bessent"])
def test_ways_to_write_a_name(name: str) -> None:
    """Surnames, initials and capitals find the same person."""
    found = r.official(name)
    assert found is not None
    assert found.id == "scott-bessent"


@pytest.mark.parametrize("name", ["He Lifeng", "Lifeng He", "何立峰"])
def test_chinese_order(name: str) -> None:
    """A Chinese name is found in either order and in characters."""
    found = r.official(name)
    assert found is not None
    assert found.id == "he-lifeng"


@pytest.mark.parametrize("name", ["Wang", "Li", "He", "Kim"])
def test_shared_surname(name: str) -> None:
    """A surname that several people bear finds none of them."""
    assert r.official(name) is None


def test_without_accents() -> None:
    """Accents may be left out."""
    assert r.official("Sefcovic") == r.official("Maroš Šefčovič") is not None


def test_two_offices_at_once() -> None:
    """The negotiator who still sat in Geneva held both posts, the negotiator's first."""
    held = [x.office for x in r.offices_of("Li Chenggang", date(2025, 5, 10))]
    assert held == ["International trade representative", "Permanent representative to the WTO"]


def test_how_far_checked() -> None:
    """Days from general knowledge come back as such, and so does every office past the end of the record."""
    held = r.office_of("Jamieson Greer", date(2025, 5, 10))
    assert held is not None
    assert held.verified == "partly"
    sworn = r.office_of("Howard Lutnick", date(2025, 6, 9))
    assert sworn is not None
    assert sworn.verified == "verified"
    later = r.office_of("Howard Lutnick", date(2026, 11, 24))
    assert later is not None
    assert later.verified == "unverified"


def test_end_not_known() -> None:
    """Where the end is not known nobody is said to hold the office after the last day it was seen."""
    assert r.office_of("Kevin Hassett", date(2026, 2, 20)) is not None
    assert r.office_of("Kevin Hassett", date(2026, 2, 21)) is None


def test_no_dispute() -> None:
    """The officials are no dispute: they are not listed and cannot be asked about as one."""
    assert "officials" not in r.shipped()
    with pytest.raises(InputFault):
        status("officials")


def test_officials_hold_together() -> None:
    """The shipped officials check, and every one has an office and a source."""
    assert check(str(Path(r.folder_of("us-china")).parent / "officials")).ok
    assert len(r.officials()) > 100
    assert all(x.offices and x.sources for x in r.officials())


def test_a_shared_alias_is_a_fault(tmp_path: Path) -> None:
    """Two people with one alias do not check."""
    (tmp_path / "dispute.yaml").write_text(
        "id: mine\ntitle: Mine\nparties: []\ncovered_through: 2026-10-10\nabout: People.\n", encoding="utf-8"
    )
    (tmp_path / "sources.yaml").write_text(
        "- {id: s, document: D, publisher: P, verified: unverified}\n", encoding="utf-8"
    )
    office = "{office: O, institution: I, from: 2020-01-01, verified: unverified}"
    person = "- {{id: {0}, name: {1}, aliases: [Smith], offices: [{2}], sources: [s]}}\n"
    (tmp_path / "officials.yaml").write_text(
        person.format("a", "Ann Smith", office) + person.format("b", "Bob Smith", office), encoding="utf-8"
    )
    faults = check(str(tmp_path)).faults
    assert [f.rule for f in faults] == ["R17"]
    assert "'smith'" in faults[0].message
