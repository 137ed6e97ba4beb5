"""A record that includes others: read as one, narrowed to its parties, its faults named where they were written."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from detente import record as r
from detente.duties import duty
from detente.questions import check, status
from detente.record.files import digest_of
from detente.terms import InputFault

ENTRY = "  sources: [{s}]\n  verified: verified\n"


def write(folder: Path, includes: str, parties: str, letter: str, targets: str) -> Path:
    """A small record of one measure and one act; its ids begin with `letter`."""
    (folder / "scopes").mkdir(parents=True)
    source = ENTRY.format(s=f"{letter}-source")
    header = f"id: {folder.name}\ntitle: T\nparties: {parties}\n{includes}covered_through: 2026-01-01\nabout: A test.\n"
    texts = {
        "dispute.yaml": header,
        "sources.yaml": f"- id: {letter}-source\n  document: D\n  publisher: P\n  verified: verified\n",
        "measures.yaml": f"- id: {letter}-duty\n  title: M {letter}\n  kind: tariff\n  imposer: USA\n"
        f"  targets: {targets}\n  authority: Law\n  goods: {letter}-goods\n{source}",
        "scopes.yaml": f"- id: {letter}-goods\n  title: G\n  known: 2025-01-01\n  vintage: HS 2022\n"
        f"  codes: scopes/list.csv\n  sources: [{letter}-source]\n",
        "scopes/list.csv": f"code,in\n{ord(letter):04d},1\n",
        "instruments.yaml": f"- id: {letter}-act\n  by: USA\n  form: order\n  title: I\n"
        f"  published: 2025-01-01\n{source}"
        f"  changes:\n    - {{measure: {letter}-duty, on: [EU], set: 10%, from: 2025-01-02}}\n"
        f"    - {{measure: {letter}-duty, on: [JPN], set: 20%, from: 2025-01-02}}\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """A record on two parties that includes the one beside it, on everybody."""
    world = write(tmp_path / "world", "", "[USA, ALL]", "w", "[ALL]")
    mine = write(tmp_path / "mine", "includes: [world]\n", "[USA, EU]", "m", "[EU, JPN]")
    return mine, world


def faults(folder: Path) -> list[str]:
    """The faults of a folder as text."""
    return [f"{f.path}:{f.line}: {f.message} {f.allowed or ''}" for f in check(str(folder)).faults]


def test_read_as_one_and_narrowed(pair: tuple[Path, Path]) -> None:
    """Own entries stay whole; of the included, what does not reach the parties is left out."""
    mine, _ = pair
    assert faults(mine) == []
    record = r.dispute(str(mine)).record
    acts = {i.id: [c.on for c in i.changes] for i in record.instruments}
    assert acts == {"w-act": [["EU"]], "m-act": [["EU"], ["JPN"]]}
    assert {m.id: m.targets for m in record.measures} == {"w-duty": ["EU"], "m-duty": ["EU", "JPN"]}


def test_code_lists_lie_where_they_were_written(pair: tuple[Path, Path]) -> None:
    """Two lists of the same file name, each in its own folder."""
    codes = r.dispute(str(pair[0])).record.codes
    assert codes == {"w-goods": {"0119": True}, "m-goods": {"0109": True}}


def test_faults_name_the_file_they_are_in(pair: tuple[Path, Path]) -> None:
    """A fault in the included record is shown with its file and line, as is an id taken twice."""
    mine, world = pair
    (world / "scopes" / "list.csv").write_text("code,in\nabc,1\n", encoding="utf-8")
    (mine / "sources.yaml").write_text((world / "sources.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    found = faults(mine)
    assert any(f.startswith("world/scopes/list.csv:2:") for f in found)
    assert any(f.startswith("mine/sources.yaml:1: The id 'w-source' stands twice") for f in found)
    assert any("world/sources.yaml:1" in f for f in found)


def test_missing_and_circular_includes(pair: tuple[Path, Path]) -> None:
    """Both are faults at the line of the includes, and neither stops the reading."""
    mine, world = pair
    header = (mine / "dispute.yaml").read_text(encoding="utf-8")
    (mine / "dispute.yaml").write_text(header.replace("[world]", "[world, us-wrld]"), encoding="utf-8")
    assert any(f.startswith("mine/dispute.yaml:4:") and "Did you mean us-world?" in f for f in faults(mine))
    (mine / "dispute.yaml").write_text(header, encoding="utf-8")
    text = (world / "dispute.yaml").read_text(encoding="utf-8")
    (world / "dispute.yaml").write_text(text.replace("about:", "includes: [../mine]\nabout:"), encoding="utf-8")
    assert any("mine includes world includes mine" in f for f in faults(mine))
    with pytest.raises(InputFault):
        r.dispute(str(mine))


def test_includes_in_another_form_are_a_fault(pair: tuple[Path, Path]) -> None:
    """The digest must find every included folder without reading YAML, so one form is allowed."""
    mine, _ = pair
    header = (mine / "dispute.yaml").read_text(encoding="utf-8")
    (mine / "dispute.yaml").write_text(header.replace("includes: [world]", "includes:\n  - world"), encoding="utf-8")
    assert any("Write the includes on one line" in f for f in faults(mine))


def test_digest_and_index_follow_the_included(pair: tuple[Path, Path]) -> None:
    """An edit of the included record changes the digest and shows at once."""
    mine, world = pair
    before = digest_of(mine), r.dispute(str(mine)).as_of(date(2025, 6, 1), date(2025, 6, 1)).standing("w-duty", "EU")
    file = world / "instruments.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("set: 10%", "set: 11%"), encoding="utf-8")
    after = digest_of(mine), r.dispute(str(mine)).as_of(date(2025, 6, 1), date(2025, 6, 1)).standing("w-duty", "EU")
    assert before[0] != after[0]
    assert before[1] != after[1]


@pytest.mark.parametrize(("name", "partner"), [("us-eu", "EU"), ("us-canada", "CAN")])
def test_says_of_its_parties_what_the_whole_says(name: str, partner: str) -> None:
    """On many pairs of days each kept measure says the same as in the record on everybody, for all its goods."""
    here, world = r.dispute(name), r.dispute("us-world")
    kept = {m.id for m in here.record.measures} & {m.id for m in world.record.measures}
    reached = [m.id for m in world.record.measures if partner in m.targets or "ALL" in m.targets]
    assert kept == set(reached)
    for step in range(0, 3200, 160):
        on = date(2018, 2, 1) + timedelta(days=step)
        for known in (on, date(2026, 11, 23)):
            mine, whole = here.as_of(on, known), world.as_of(on, known)
            for measure in kept:
                for goods in (None, *whole.scopes_of(measure)):
                    got, told = mine.standing(measure, partner, goods), whole.standing(measure, partner, goods)
                    assert got == told, (measure, goods, on, known)


@pytest.mark.parametrize(
    ("exporter", "importer", "home"),
    [
        ("DEU", "USA", "us-eu"),
        ("USA", "FRA", "us-eu"),
        ("CAN", "USA", "us-canada"),
        ("USA", "CAN", "us-canada"),
        ("MEX", "USA", "us-world"),
        ("JPN", "USA", "us-world"),
        ("HKG", "USA", "us-china"),
        ("CHN", "USA", "us-china"),
    ],
)
def test_which_record_answers(exporter: str, importer: str, home: str) -> None:
    """The record between the two answers for a pair, and a narrowed one never for third parties."""
    assert duty("8703.23.01", exporter, importer, date(2026, 9, 30)).dispute.record.header.id == home


def test_nothing_on_others_is_shown() -> None:
    """Between two parties no line, step, arrangement or claim is about anybody else."""
    day = date(2026, 9, 30)
    for name, parties in (("us-eu", {"USA", "EU"}), ("us-canada", {"USA", "CAN"})):
        answer = status(name, day, day)
        assert {x.partner for x in (*answer.in_force, *answer.suspended, *answer.next)} <= parties
        assert len({(x.imposer, x.partner) for x in answer.in_force}) == 2
        assert not {"us-301-brazil", "us-301-nicaragua"} & {x.measure for x in answer.in_force}
        assert not {"korea-2025", "uk-2025"} & {x.arrangement for x in answer.arrangements}


def test_a_record_on_everybody_shows_who_pays_what() -> None:
    """Partners that pay alike share a line, those that no act names stand as ALL, and each partner has one sum."""
    answer = status("us-world", date(2026, 9, 30), date(2026, 9, 30))
    lines = {(x.measure, x.rate, x.ceiling): x.partners for x in answer.in_force if x.goods == "all"}
    assert lines["us-301-forced-labour-world", 0.1, True] == ["EU", "TWN"]
    assert lines["us-301-forced-labour-world", 0.125, True] == ["CHE", "JPN", "KOR"]
    assert len(lines["us-301-forced-labour-world", 0.125, False]) == 36
    sums = {p: x.total for x in answer.additional for p in x.partners}
    assert (sums["ALL"], sums["BRA"], sums["VNM"], sums["CAN"]) == (0, 0.375, 0.125, 0.1)
    assert len(sums) == sum(len(x.partners) for x in answer.additional)
