"""An article as a question: the answer, its schema, the entries it suggests, accepting them, the page and the brief."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

import detente
from detente import questions
from detente import record as r
from detente.cli import main
from detente.questions.answers import ReadAnswer
from detente.read import Match, Person, Proposal, When
from detente.terms import InputFault
from tests.read.made import on, proposal, span

TEXT = """Two presidents talk

6 June 2025

Donald Trump and Xi Jinping spoke by telephone on Thursday, and Ann Nobody with them.
Their teams will hold a round at a place still open.
China's foreign minister spoke of “negative measures” by Washington.
Both signed a framework on 4 June.
Beijing will lift its curbs on magnets by 30 June.
Washington raised its duty to 40% by executive order from 7 June.
A court voided the duty on 28 May 2025.
The truce began on 13 May.
The leaders agreed in Geneva.
Washington may add 10 points.
"""
GENEVA = Match("geneva-2025", "arrangements.yaml", "the record has 12 and 14 May 2025")


def told(text: str, published: date, view: Any = None) -> tuple[Proposal, ...]:
    """What a reader may tell of the text, one of each sort."""

    def made(kind: Any, words: str, parties: tuple[str, ...] = ("USA", "CHN"), **more: Any) -> Proposal:
        return proposal(text, kind, words, parties, **more)

    people = (Person("Donald Trump"), Person("Xi Jinping", "President"), Person("Ann Nobody"))
    june_4 = on(date(2025, 6, 4))
    magnets = When(published, date(2025, 7, 1), "deadline")
    may_13 = When(date(2025, 5, 13), date(2025, 5, 14), "about")
    duty = Match("us-fentanyl", "measures/usa.yaml", "the same duty")
    return (
        made("call", "spoke by telephone on Thursday", persons=people, date=on(date(2025, 6, 5))),
        made("planned-talk", "will hold a round", place="open"),
        made("claim-breach", "spoke of “negative measures” by Washington", ("CHN", "USA"), matches=(GENEVA,)),
        made("arrangement", "signed a framework", date=june_4),
        made("commitment", "will lift its curbs", ("CHN", "USA"), date=magnets, matches=(GENEVA,), quantity="curbs"),
        made("measure-raised", "raised its duty to 40% by executive order", rate=0.4, rate_is="level", matches=(duty,),
             date=When(date(2025, 6, 7), None, "day")),
        made("court-decision", "A court voided the duty", ("USA",), date=on(date(2025, 5, 28))),
        made("arrangement", "The truce began on 13 May", date=may_13, relation="contradicts", matches=(GENEVA,)),
        made("arrangement", "agreed in Geneva", relation="repeats", matches=(GENEVA,)),
        made("claim-threat", "may add 10 points", rate=0.1, rate_is="change", attributed_to=None),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader made for tests stands in: what is tested here lies around it."""
    monkeypatch.setattr("detente.read.read", told, raising=False)
    monkeypatch.setattr("detente.read.published_in", lambda _: date(2025, 6, 6), raising=False)


@pytest.fixture
def file(tmp_path: Path) -> str:
    """The article as a file."""
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def run(*args: str) -> Result:
    """A command in this process."""
    return CliRunner().invoke(main, list(args))


def read(file: str, **more: Any) -> ReadAnswer:
    """The article held against us-china."""
    return questions.read_article(file, "us-china", publisher="The Daily Example", link="https://example.org/a", **more)


def by_kind(answer: ReadAnswer) -> dict[str, Any]:
    """The first proposal of each kind."""
    out: dict[str, Any] = {}
    for p in answer.proposals:
        out.setdefault(p.kind, p)
    return out


def test_answer(file: str) -> None:
    """Offsets count in the text, the first evidence is the quote, the day and how it is told are there."""
    answer = read(file)
    assert answer.text == TEXT
    assert (answer.published, answer.published_by, answer.title) == (
        date(2025, 6, 6),
        "the text",
        "Two presidents talk",
    )
    for p in answer.proposals:
        assert (p.start, p.end, p.quote) == (p.evidence[0].start, p.evidence[0].end, p.evidence[0].quote)
        assert all(answer.text[e.start : e.end] == e.quote for e in p.evidence)
        assert p.accept is None


def test_json_follows_its_schema(file: str, tmp_path: Path) -> None:
    """What --json prints is valid against --schema and has the keys of the contract; so for accept."""
    schema = json.loads(run("read", "--schema").output)
    jsonschema.Draft202012Validator.check_schema(schema)
    got = run("read", file, "--dispute", "us-china", "--json")
    assert got.exit_code == 0, got.output
    answer = json.loads(got.stdout)
    jsonschema.validate(answer, schema)
    wanted = {"kind", "parties", "persons", "date", "rate", "place", "attributed_to", "start", "end", "quote"}
    wanted |= {"evidence", "matches", "relation", "duration_days", "quantity", "products", "note"}
    assert wanted <= set(answer["proposals"][0])
    assert answer["proposals"][0]["date"] == {"from": "2025-06-05", "until": "2025-06-06", "precision": "day"}
    (tmp_path / "p.json").write_text(got.stdout, encoding="utf-8")
    got = run("accept", str(tmp_path / "p.json"), "--to", str(tmp_path / "mine"), "--json")
    jsonschema.validate(json.loads(got.output), json.loads(run("accept", "--schema").output))


def test_python_contract() -> None:
    """`detente.read(text, published=…, dispute=…)` answers; the room of that name stays a room."""
    d = detente.dispute("us-china")
    answer = detente.read(TEXT, published=date(2025, 6, 6), dispute=d)
    assert answer.dispute == "us-china"
    assert len(answer.proposals) == len(told(TEXT, date(2025, 6, 6)))
    assert detente.read.Proposal is Proposal
    with pytest.raises(InputFault):
        detente.read("", published=date(2025, 6, 6))


def test_without_a_dispute(file: str) -> None:
    """Without a record nothing is suggested for one."""
    answer = questions.read_article(file)
    assert answer.dispute is None
    assert all(p.entry is None for p in answer.proposals)


def test_suggested_talks(file: str) -> None:
    """A call on its day with persons by side; one without a side goes to the note; an open place stays so."""
    found = by_kind(read(file))
    call, planned = found["call"], found["planned-talk"]
    report = call.entry["reports"][0]
    assert (call.section, call.entry["kind"], call.entry["parties"]) == ("talks", "call", ["USA", "CHN"])
    assert report["from"] == "2025-06-05"
    assert "until" not in report
    assert report["persons"] == {"USA": ["Donald Trump"], "CHN": ["Xi Jinping"]}
    assert "Ann Nobody" in report["note"]
    assert planned.entry["kind"] == "round"
    assert planned.entry["reports"][0]["place"] == "open"
    assert "from" not in planned.entry["reports"][0]


def test_suggested_claims(file: str) -> None:
    """A claim names who makes it, about what, and quotes only quoted words."""
    claim = by_kind(read(file))["claim-breach"].entry
    assert (claim["kind"], claim["by"], claim["against"], claim["about"]) == ("breach", "CHN", "USA", ["geneva-2025"])
    assert claim["quote"] == "negative measures"
    threat = by_kind(read(file))["claim-threat"].entry
    assert threat["kind"] == "threat"
    assert "quote" not in threat


def test_suggested_acts_lack_what_is_not_told(file: str) -> None:
    """An act has the change as far as told; the day of its publication is not, and is asked for and not guessed."""
    act = by_kind(read(file))["measure-raised"]
    assert act.entry["form"] == "order"
    assert act.entry["changes"] == [{"measure": "us-fentanyl", "on": ["CHN"], "set": "40%", "from": "2025-06-07"}]
    assert act.lacks == ("published",)
    ruling = by_kind(read(file))["court-decision"]
    assert (ruling.entry["form"], ruling.entry["published"], ruling.lacks) == ("judgment", "2025-05-28", ())


def test_suggested_where_the_record_differs(file: str) -> None:
    """What contradicts the record becomes a discrepancy with both readings; which to follow is left to a person."""
    differs = next(p for p in read(file).proposals if p.relation == "contradicts")
    assert differs.section == "discrepancies"
    assert differs.entry["about"] == ["geneva-2025"]
    assert differs.lacks == ("follows",)
    repeated = next(p for p in read(file).proposals if p.relation == "repeats")
    assert repeated.entry is None


def test_ids_differ(file: str) -> None:
    """Suggested ids stand for nothing else, in the record or in the answer."""
    answer = read(file)
    ids = [p.entry["id"] for p in answer.proposals if p.entry]
    record = r.dispute("us-china").record
    assert len(set(ids)) == len(ids)
    assert not set(ids) & {x.id for x in (*record.talks, *record.claims, *record.instruments)}


def reviewed(file: str, tmp_path: Path, change: Callable[[dict[str, Any]], None] | None = None) -> str:
    """The proposals as a file, everything accepted that is whole, changed as a reviewer may."""
    data = read(file).as_dict()
    for p in data["proposals"]:
        p["accept"] = not p["lacks"]
    if change:
        change(data)
    path = tmp_path / "p.json"
    path.write_text(json.dumps(data, indent=2), encoding="utf-8")
    return str(path)


def test_accept_into_a_copy(file: str, tmp_path: Path) -> None:
    """All that is whole is written into a new copy, with the article as source, and the copy checks; twice is once."""
    mine = str(tmp_path / "mine")
    done = questions.accept(reviewed(file, tmp_path), to=mine)
    assert done.copied_from == "us-china"
    assert {x.result for x in done.written} == {"written"}
    assert {x.section for x in done.written} == {
        "sources", "talks", "claims", "arrangements", "commitments", "instruments"
    }  # fmt: skip
    assert len(done.nothing_to_write) == 1
    assert questions.check(mine).ok
    record = r.dispute(mine).record
    assert next(s for s in record.sources if s.link == "https://example.org/a").publisher == "The Daily Example"
    before = {p: p.read_bytes() for p in Path(mine).rglob("*.yaml")}
    again = questions.accept(reviewed(file, tmp_path), dispute=mine)
    assert {x.result for x in again.written} == {"already there"}
    assert again.files == ()
    assert {p: p.read_bytes() for p in Path(mine).rglob("*.yaml")} == before


def test_accept_what_a_person_filled_in(file: str, tmp_path: Path) -> None:
    """A suggestion that lacked something is written once a person fills it in, and stands in what is in force."""

    def fill(data: dict[str, Any]) -> None:
        for p in data["proposals"]:
            p["accept"] = p["kind"] == "measure-raised"
        data["proposals"][5]["entry"]["published"] = "2025-06-06"

    mine = str(tmp_path / "mine")
    questions.accept(reviewed(file, tmp_path, fill), to=mine)
    standing = r.dispute(mine).as_of(date(2025, 6, 8), date(2025, 6, 8)).standing("us-fentanyl", "CHN")
    assert float(standing.share or 0) == 0.4


def test_accept_nothing(file: str, tmp_path: Path) -> None:
    """Nothing reviewed, nothing written and no copy made."""

    def leave(data: dict[str, Any]) -> None:
        for p in data["proposals"]:
            p["accept"] = None

    done = questions.accept(reviewed(file, tmp_path, leave), to=str(tmp_path / "mine"))
    assert done.files == ()
    assert done.not_reviewed == 10
    assert not (tmp_path / "mine").exists()


def first(change: dict[str, Any]) -> Callable[[dict[str, Any]], None]:
    """Change the first proposal."""
    return lambda data: data["proposals"][0].update(change)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (first({"accept": "yes"}), "true, false or null"),
        (first({"accept": 1}), "true, false or null"),
        (first({"quote": "x", "evidence": [{"start": 0, "end": 5, "quote": "Three"}]}), "is not in the text"),
        (first({"evidence": []}), "evidence: there is none"),
        (first({"evidence": [7]}), "is not in the text"),
        (first({"entry": 7}), "this is no entry"),
        (first({"into": 7}), "this is no id"),
        (first({"section": "tlaks"}), "Did you mean talks?"),
        (first({"into": "call-2025-06-55"}), "Did you mean call-2025-06-05?"),
        (lambda d: d["proposals"][5].update(accept=True), "entry.published: this is null"),
        (lambda d: d["proposals"][4].update(into=None), "the arrangement the commitment belongs to"),
        (lambda d: d["source"].update(publisher=None), "source.publisher: this is null"),
        (lambda d: d["proposals"][2]["entry"].update(by="BRA"), "R39"),
        (lambda d: d.pop("text"), "It has no text"),
        (lambda d: d.update(proposals=[1]), "is not an object"),
    ],
)
def test_accept_refuses(change: Callable[[dict[str, Any]], None], says: str, file: str, tmp_path: Path) -> None:
    """What is wrong in the reviewed file is told, and nothing is written."""
    path = reviewed(file, tmp_path, change)
    with pytest.raises(InputFault) as caught:
        questions.accept(path, to=str(tmp_path / "mine"))
    assert says in str(caught.value)
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"text": 1}', b"null"])
def test_accept_of_no_proposals(raw: bytes, tmp_path: Path) -> None:
    """What is no file of proposals is refused in words."""
    (tmp_path / "p.json").write_bytes(raw)
    with pytest.raises(InputFault):
        questions.accept(str(tmp_path / "p.json"), to=str(tmp_path / "mine"))


def test_accept_never_writes_to_what_ships(file: str, tmp_path: Path) -> None:
    """Without a folder of one's own a shipped record is named, with the way to copy it."""
    got = run("accept", reviewed(file, tmp_path))
    assert got.exit_code == 2
    assert "--to FOLDER" in got.output


def test_screen(file: str) -> None:
    """The table has the quotes and what the record says; the command again gives the same."""
    got = run("read", file, "--dispute", "us-china")
    assert got.exit_code == 0
    assert "“signed a framework”" in got.output
    assert "contradicts" in got.output
    assert "by 30 Jun 2025" in got.output


def test_page(tmp_path: Path) -> None:
    """The page marks every quote once in order, escapes everything and needs no script and no other file."""
    path = tmp_path / "x.txt"
    evil = TEXT.replace("Two presidents talk", '<script>alert(1)</script><img src=x onerror="a">') + "\"'><b>&amp;"
    path.write_text(evil, encoding="utf-8")
    page = tmp_path / "x.html"
    got = run("read", str(path), "--dispute", "us-china", "--html", str(page))
    assert got.exit_code == 0, got.output
    html = page.read_text(encoding="utf-8")
    assert "<script" not in html.lower()
    assert "<img" not in html
    assert not re.search(r'(?:src|href)="(?!#)', html)
    body = html.split('<div class="text">')[1].split("</div></section>")[0]
    escaped = evil.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    words = re.sub(r"<sup>.*?</sup>|</?mark[^>]*>", "", body)
    assert words == escaped.replace('"', "&#34;").replace("'", "&#39;")
    assert body.count("<mark") == len(told(evil, date(2025, 6, 6)))


def test_overlapping_quotes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Quotes inside one another are cut where one begins or ends; no word is lost or doubled."""
    from detente.brief.article import pieces

    def overlapping(text: str, *_: Any) -> tuple[Proposal, ...]:
        spans = [span(text, w) for w in ("spoke by telephone on Thursday", "telephone on Thursday, and Ann", "by")]
        return tuple(Proposal("call", ("USA", "CHN"), (s,)) for s in spans)

    monkeypatch.setattr("detente.read.read", overlapping)
    answer = questions.read_text(TEXT, date(2025, 6, 6))
    cut = pieces(answer)
    assert "".join(x.words for x in cut) == TEXT
    assert [x.inside for x in cut if x.inside] == [(1,), (1, 3), (1,), (1, 2), (2,)]


def test_folder(tmp_path: Path) -> None:
    """Every article of a folder is read; what is wrong with one is told at the end with status 1."""
    articles, out = tmp_path / "articles", tmp_path / "out"
    (articles / "sub").mkdir(parents=True)
    for name in ("a.txt", "sub/b.txt"):
        (articles / name).write_text(TEXT, encoding="utf-8")
    (articles / "notes.csv").write_text("x", encoding="utf-8")
    got = run("read", str(articles), "--dispute", "us-china", "--json")
    assert got.exit_code == 0, got.output
    assert [json.loads(line)["form"] for line in got.stdout.splitlines()] == ["text", "text"]
    (articles / "empty.txt").write_bytes(b"")
    got = run("read", str(articles), "--out", str(out))
    assert got.exit_code == 1
    assert "nothing in it" in got.stderr
    assert sorted(p.relative_to(out).as_posix() for p in out.rglob("*.json")) == ["a.txt.json", "sub/b.txt.json"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["read", "none.txt"], "cannot be read"),
        (["read", ".", "--html", "x.html"], "goes with one article"),
        (["read", "examples/article.txt", "--out", "x"], "--out goes with a folder"),
        (["read", "examples/article.txt", "--dispute", "us-chna"], "Did you mean us-china?"),
        (["read", "examples/article.txt", "--model", "ftp://x"], "is no address"),
        (["read", "examples/article.txt", "--link", "x"], "is no address"),
        (["read", "src/detente/record/rules"], "There is no article"),
        (["accept", "none.json"], "cannot be read"),
        (["brief", "us-china", "--published", "2025-06-06"], "goes with --article"),
    ],
)
def test_wrong_usage(args: list[str], says: str) -> None:
    """Wrong usage is told with status 2."""
    got = run(*args)
    assert got.exit_code == 2, got.output
    assert says in got.output.replace("\n", " ")


def test_standard_input(tmp_path: Path) -> None:
    """'-' is standard input; one over the bound is refused."""
    got = CliRunner().invoke(main, ["read", "-", "--json"], input=TEXT)
    assert json.loads(got.stdout)["file"] == "standard input"
    got = CliRunner().invoke(main, ["read", "-"], input=b"x" * 10_000_001)
    assert "more than 10,000,000 bytes" in got.output


def test_days_in_words() -> None:
    """Days as a person writes them."""
    from detente.questions.answers import WhenLine

    day = date(2025, 6, 6)
    assert WhenLine(from_=day, until=None, precision="day").in_words() == "from 6 Jun 2025"
    assert WhenLine(from_=day, until=day + timedelta(days=1), precision="about").in_words() == "about 6 Jun 2025"
    assert (
        WhenLine(from_=day, until=day + timedelta(days=3), precision="period").in_words() == "6 Jun 2025 to 8 Jun 2025"
    )
