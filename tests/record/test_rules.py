"""One planted fault for each integrity rule: the message, its file and line, and the remedy, and nothing besides."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from scripts.rules_table import PAGE, renewed

from detente.questions import check
from detente.record.rules import RULES, parties
from tests.record.small import FILES, line_of, replaced, written


class Plant(NamedTuple):
    """A fault: in `file` the text `old` becomes `new`; the rule complains there at the words `at`, giving `detail`.

    `complains` names another place of the complaint as `file|words`; `more` are further replacements.
    """

    rule: str
    file: str
    old: str
    new: str
    at: str
    detail: str
    complains: str = ""
    more: tuple[tuple[str, str, str], ...] = ()


INSTRUMENTS, MEASURES, ARRANGEMENTS = "instruments.yaml", "measures.yaml", "arrangements.yaml"
CLAIMS, TALKS, SCOPES, SOURCES = "claims.yaml", "talks.yaml", "scopes.yaml", "sources.yaml"
SECOND = "{measure: us-duty, on: [CHN], set: 34%, from: 2025-02-02}"
PAUSE = "{measure: us-duty, on: [CHN], suspend: 24pp, from: 2025-05-14, until: 2025-08-12}"
LAST = "    - {measure: us-metal, revoke: [us-1], from: 2025-08-12}\n"
MANY = "".join(
    f"    - {{measure: us-ban, set: step {n}, from: {date(2025, 8, 12) + timedelta(days=n)}}}\n" for n in range(501)
)

PEOPLE = [
    SimpleNamespace(name=name, aliases=[name.lower()], party=party, offices=[office])
    for name, party, office in (
        ("Ann Example", "USA", SimpleNamespace(from_=date(2025, 1, 20), until=None, verified="verified")),
        ("Bo Example", "CHN", SimpleNamespace(from_=date(2026, 1, 1), until=None, verified="unverified")),
        ("Cy Example", "CHN", SimpleNamespace(from_=date(2020, 1, 1), until=date(2025, 5, 10), verified="verified")),
    )
]

PLANTS = [
    Plant(
        "R01",
        SCOPES,
        "known: 2025-05-12\n  vintage: HTS 2025\n  codes: scopes/phones.csv\n  sources: [s2]",
        "known: 2025-05-12\n  vintage: HTS 2025\n  codes: scopes/phones.csv\n  sources: [s2, s9]",
        "s9",
        "There is no source 's9'.",
    ),
    Plant(
        "R02",
        MEASURES,
        "[us-metal]",
        "[us-mettle]",
        "us-mettle",
        "There is no measure 'us-mettle'. Did you mean us-metal?",
    ),
    Plant(
        "R03",
        INSTRUMENTS,
        "goods: metal,",
        "goods: mettle,",
        "goods: mettle",
        "There is no scope 'mettle'. Did you mean metal?",
    ),
    Plant("R04", INSTRUMENTS, "revoke: [us-1]", "revoke: [us-2]", "[us-2]", "'us-2' makes no change to us-metal."),
    Plant(
        "R05",
        INSTRUMENTS,
        "suspend: 24pp, from: 2025-05-14",
        "suspend: 24pp, from: 2025-01-01",
        "2025-01-01, until",
        "Nothing is set for us-duty that 2025-01-01 could suspend.",
    ),
    Plant("R06", INSTRUMENTS, PAUSE, PAUSE.replace("[CHN]", "[CHN, FRA]"), "FRA", "FRA is not among CHN, HKG."),
    Plant(
        "R07",
        CLAIMS,
        "answers: [claim-1]",
        "answers: [claim-7]",
        "claim-7",
        "There is no claim or arrangement 'claim-7'. Did you mean claim-3?",
    ),
    Plant(
        "R08",
        CLAIMS,
        "about: [owed-1]",
        "about: [owed-2]",
        "owed-2",
        "There is no entry 'owed-2'. Did you mean owed-1?",
    ),
    Plant(
        "R09",
        INSTRUMENTS,
        "announced: 2025-01-31",
        "announced: 2025-02-03",
        "2025-02-03",
        "Announced 2025-02-03, published 2025-02-01.",
    ),
    Plant(
        "R10",
        CLAIMS,
        "extends_to: 2026-02-01",
        "extends_to: 2025-10-01",
        "2025-10-01",
        "This announcement of 2025-11-01 is about truce-2, to 2025-10-01.",
    ),
    Plant(
        "R11",
        CLAIMS,
        "published: 2025-11-01",
        "published: 2026-01-02",
        "2026-01-02",
        "Published 2026-01-02; covered_through is 2026-01-01.",
    ),
    Plant(
        "R12",
        TALKS,
        "until: 2025-05-12",
        "until: 2025-05-10",
        "until: 2025-05-10",
        "From 2025-05-10 until 2025-05-10 (exclusive).",
    ),
    Plant(
        "R13",
        TALKS,
        "from: 2025-05-10\n",
        "from: 2025-05-10\n      outcome: Success.\n",
        "Success",
        "Reported 2025-05-08, begun 2025-05-10.",
    ),
    Plant("R14", CLAIMS, "id: claim-3", "id: truce-1", "id: truce-1", "'truce-1' is already in arrangements."),
    Plant(
        "R15",
        INSTRUMENTS,
        "title: Second\n",
        "title: Second\n  carries_out: truce-2\n",
        "carries_out: truce-2\n  announced",
        "Published 2025-02-01; truce-2 is of 2025-08-11.",
    ),
    Plant(
        "R16",
        "deadlines.yaml",
        "replaces: [due-1]",
        "replaces: [due-2]",
        "[due-2]",
        "'due-2' was published on 2025-06-20, this one on 2025-06-20.",
    ),
    Plant("R17", "officials.yaml", "[Bobby]", "[annie]", "[annie]", "'annie' already belongs to 'ann-example'."),
    Plant("R18", SCOPES, "act: us-3", "act: us-9", "us-9", "There is no instrument 'us-9'. Did you mean us-4?"),
    Plant(
        "R19",
        MEASURES,
        "  goods: metal\n",
        "  goods: metal\n  not_on_goods_subject_to: [us-duty]\n",
        "not_on_goods_subject_to: [us-metal]",
        "us-duty -> us-metal -> us-duty.",
    ),
    Plant(
        "R20",
        INSTRUMENTS,
        "suspend: 24pp, from: 2025-05-14",
        "suspend: 44pp, from: 2025-05-14",
        "44pp",
        "44.00% is more than the 34.00% set for us-duty.",
    ),
    Plant(
        "R21",
        INSTRUMENTS,
        LAST,
        LAST.replace("revoke:", "on: [CHN], not_on: [CHN], revoke:"),
        "not_on",
        "It is on CHN and not on them.",
    ),
    Plant(
        "R22",
        INSTRUMENTS,
        "2025-01-04}\n",
        "2025-01-04}\n    - {measure: us-ban, set: none, from: 2025-01-04}\n",
        "set: none",
        "An act of CHN; us-ban is imposed by USA.",
    ),
    Plant("R23", INSTRUMENTS, "set: 34%", "set: 340%", "340%", "It is set to 340.00%."),
    Plant("R24", INSTRUMENTS, "set: licence required", "set: 10%", "us-ban", "us-ban is an export-control: 10.00%."),
    Plant(
        "R25",
        INSTRUMENTS,
        "    - " + SECOND,
        f"    - {SECOND}\n    - {SECOND.replace('34', '35')}",
        "35%",
        "Change 1 already says it for 2025-02-02.",
    ),
    Plant(
        "R26",
        INSTRUMENTS,
        "number: 2\n  title: Second\n  announced: 2025-01-31\n  published: 2025-02-01",
        "number: 3\n  title: Second\n  announced: 2025-01-31\n  published: 2025-05-12",
        "number: 3\n  title: Truce",
        "order 3 of 2025-05-12 is also 'us-2'.",
    ),
    Plant(
        "R27",
        INSTRUMENTS,
        LAST,
        "    - {measure: us-duty, on: [CHN], revoke: all, from: 2025-09-01}\n",
        "2025-11-10",
        "It reaches to 2025-11-10; the measure ends on 2025-09-01.",
    ),
    Plant(
        "R28",
        INSTRUMENTS,
        "{measure: us-ban, set: licence required, from: 2025-01-02}",
        "{measure: us-ban, revoke: all, from: 2025-01-02}",
        "us-ban, revoke",
        "Nothing was said of us-ban by 2025-01-01.",
        more=((INSTRUMENTS, LAST, LAST + "    - {measure: us-ban, set: licence required, from: 2025-08-12}\n"),),
    ),
    Plant(
        "R29",
        ARRANGEMENTS,
        "  clock: [us-duty]\n  terms: For",
        "  clock: [us-duty, us-duty]\n  terms: For",
        "[us-duty, us-duty]",
        "us-duty stands more than once.",
    ),
    Plant(
        "R30",
        INSTRUMENTS,
        "set: 34%, from: 2025-02-02",
        "set: 34%, from: 2021-02-02",
        "2021-02-02",
        "Published 2025-02-01, from 2021-02-02.",
    ),
    Plant(
        "R31",
        INSTRUMENTS,
        "checked: 2026-02-01",
        "checked: 2024-02-01",
        "2024-02-01",
        "Checked 2024-02-01, published 2025-01-01.",
    ),
    Plant(
        "R32",
        INSTRUMENTS,
        "published: 2025-08-11\n  carries_out: truce-2\n  sources: [s3]",
        "published: 2025-08-11\n  carries_out: truce-2\n  sources: [s2]",
        "sources: [s2]\n  verified: partly",
        "It is of 2025-08-11; the newest source is of 2025-05-12.",
    ),
    Plant(
        "R33",
        SOURCES,
        "date: 2025-01-01",
        "date: 2029-01-01",
        "",
        "It is of 2025-01-01; the oldest source is of 2029-01-01.",
        f"{INSTRUMENTS}|sources: [s1]",
    ),
    Plant(
        "R34",
        SCOPES,
        "known: 2025-05-12",
        "known: 2025-05-13",
        "",
        "'phones' is known from 2025-05-13, the act is of 2025-05-12.",
        f"{INSTRUMENTS}|exempt: phones",
    ),
    Plant(
        "R35",
        SCOPES,
        "known: 2025-05-12",
        "known: 2025-05-11",
        "2025-05-11",
        "Known 2025-05-11; us-3 is of 2025-05-12.",
    ),
    Plant(
        "R36",
        CLAIMS,
        "about: [owed-1]",
        "about: [owed-1]\n  settles: [claim-3]",
        "[claim-3]",
        "'claim-3' is of 2025-11-01, this one of 2025-06-01.",
    ),
    Plant(
        "R37",
        CLAIMS,
        "published: 2025-06-02\n  text: It was.\n  answers: [claim-1]",
        "published: 2025-05-31\n  text: It was.\n  about: [owed-1]",
        "2025-05-31",
        "It is of 2025-05-31 and stands after one of 2025-06-01.",
    ),
    Plant(
        "R38",
        CLAIMS,
        "extends_to: 2026-02-01",
        "extends_to: 2036-02-01",
        "2036-02-01",
        "It is of 2025-11-01, extends_to 2036-02-01.",
    ),
    Plant("R39", CLAIMS, "against: USA", "against: FRA", "FRA", "FRA is not among USA, CHN."),
    Plant("R40", TALKS, "        CHN: [Bo", "        FRA: [Di", "USA: [Ann", "FRA is not among USA, CHN."),
    Plant(
        "R41",
        CLAIMS,
        "against: USA",
        "against: CHN",
        "",
        "It is by CHN and against CHN.",
        f"{CLAIMS}|against: CHN\n  published: 2025-06-02",
    ),
    Plant("R42", CLAIMS, "by: CHN\n  against: USA", "by: USA", "[claim-1]", "'claim-1' is by USA as well."),
    Plant("R43", CLAIMS, "  about: [owed-1]\n", "", "kind: breach", "This breach names neither."),
    Plant(
        "R44",
        ARRANGEMENTS,
        "due: 2026-01-01",
        "due: 2025-05-12",
        "due: 2025-05-12",
        "From 2025-05-12, due 2025-05-12 (exclusive).",
    ),
    Plant(
        "R45",
        ARRANGEMENTS,
        "  clock: [us-duty]\n  terms: For",
        "  clock: [us-metal]\n  terms: For",
        "[us-metal]",
        "No instrument that carries out truce-2 suspends us-metal.",
    ),
    Plant(
        "R46",
        ARRANGEMENTS,
        "  renews: truce-1\n",
        "",
        "renews: truce-2",
        "'truce-2' is of 2025-08-11 between USA, CHN.",
        more=((ARRANGEMENTS, "  commitments:\n", "  renews: truce-2\n  commitments:\n"),),
    ),
    Plant("R47", "discrepancies.yaml", "source: s3", "source: s1", "The second.", "Only s1 is."),
    Plant(
        "R48",
        SOURCES,
        "- {id: s4",
        "- {id: s5, document: Unread, publisher: P, verified: partly}\n- {id: s4",
        "s5",
        "Nothing rests on 's5'.",
    ),
    Plant("R49", SOURCES, "https://example.org/1", "example.org/1", "example.org/1", "'example.org/1' is none."),
    Plant(
        "R50",
        CLAIMS,
        "text: Nothing was bought.\n  sources: [s4]\n  verified: unverified",
        "text: Nothing was bought.\n  sources: [s4]\n  verified: verified",
        "verified: verified",
        "Its sources are unverified.",
    ),
    Plant(
        "R51",
        "scopes/metal.csv",
        "72011,1",
        "72011,0",
        "",
        "72011 in scopes/metal.csv.",
        f"{SCOPES}|codes: scopes/metal.csv",
    ),
    Plant(
        "R52",
        SCOPES,
        "  known: 2025-05-12\n  vintage: HTS 2025\n",
        "  known: 2025-05-12\n",
        "codes: scopes/phones.csv",
        "There is no vintage.",
    ),
    Plant(
        "R53",
        INSTRUMENTS,
        "    - {measure: us-ban, set: licence required, from: 2025-01-02}\n",
        "",
        "",
        "None sets 'us-ban'.",
        f"{MEASURES}|id: us-ban",
    ),
    Plant("R54", MEASURES, "title: Control", "title: Metal Duty", "Metal Duty", "'us-metal' has the same."),
    Plant(
        "R55",
        INSTRUMENTS,
        "    - {measure: us-duty, exempt: phones, from: 2025-05-14}\n",
        "",
        "",
        "Nothing uses 'phones'.",
        f"{SCOPES}|id: phones",
    ),
    Plant("R56", CLAIMS, "id: claim-3", "id: claim--3", "claim--3", "'claim--3' is not."),
    Plant("R57", INSTRUMENTS, "id: cn-1", "id: us-x", "us-x", "'us' stands for USA elsewhere, here for CHN."),
    Plant("R58", INSTRUMENTS, LAST, LAST + MANY, "", "'us-ban' has 502.", f"{MEASURES}|id: us-ban"),
    Plant(
        "R59",
        CLAIMS,
        "about: [owed-1]",
        "about: [truce-2]",
        "[truce-2]\n  text: Nothing",
        "'truce-2' is of 2025-08-11, the claim of 2025-06-01.",
    ),
    Plant(
        "R60",
        TALKS,
        "[Bo Example]",
        "[Bo Example, cy example]",
        "cy example",
        "cy example held no office on 2025-05-10.",
    ),
    Plant(
        "R61",
        "progress.yaml",
        "commitment: owed-1",
        "commitment: owed-2",
        "owed-2",
        "There is no commitment 'owed-2'. Did you mean owed-1?",
    ),
    Plant(
        "R62",
        "progress.yaml",
        "unit: million tonnes",
        "unit: tonnes",
        "unit: tonnes",
        "It counts tonnes, what is owed is million tonnes.",
    ),
    Plant(
        "R63",
        ARRANGEMENTS,
        "      quantity: {amount: 12, unit: million tonnes}\n",
        "      quantity: {amount: 12, unit: million tonnes}\n"
        "      parts: [{group: all-goods, from: 2025-01-01, until: 2026-01-01, amount: 12, unit: million tonnes}]\n",
        "parts: [",
        "The part runs from 2025-01-01 until 2026-01-01 (exclusive).",
    ),
    Plant(
        "R64",
        INSTRUMENTS,
        "    - {measure: us-metal, revoke: [us-1], from: 2025-08-12}\n",
        "    - {measure: us-metal, revoke: [us-1], from: 2025-08-12}\n"
        "    - {measure: us-metal, not_on_goods_subject_to: [us-duty], from: 2025-08-12}\n",
        "not_on_goods_subject_to: [us-duty]",
        "us-metal and us-duty give way to each other from 2025-08-12.",
    ),
]


def test_the_small_record_is_sound(tmp_path: Path) -> None:
    """Without a planted fault nothing is wrong."""
    assert check(str(written(tmp_path / "small"))).faults == []


@pytest.mark.parametrize("plant", PLANTS, ids=lambda p: p.rule)
def test_rule(plant: Plant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault gives the one message of its rule, with file, line and remedy."""
    monkeypatch.setattr(parties, "officials", lambda: PEOPLE)
    folder = written(tmp_path / "small")
    for file, old, new in ((plant.file, plant.old, plant.new), *plant.more):
        replaced(folder, file, old, new)
    where, _, words = (plant.complains or f"{plant.file}|{plant.at}").partition("|")
    rule = RULES[plant.rule]
    (fault,) = check(str(folder)).faults
    assert (fault.rule, fault.message) == (plant.rule, f"{rule.says} {plant.detail}")
    assert (fault.path, fault.line) == (f"small/{where}", line_of(folder, where, words))
    assert fault.allowed == rule.remedy


def test_delegate_of_the_other_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person of the register sits on the side it acts for; a stranger to the register may sit anywhere."""
    monkeypatch.setattr(parties, "officials", lambda: PEOPLE)
    folder = written(tmp_path / "small")
    replaced(folder, TALKS, "[Bo Example]", "[Ann Example, Di Stranger]")
    (fault,) = check(str(folder)).faults
    assert fault.message.endswith("Ann Example acts for USA, not for CHN.")


def test_every_rule_is_tested() -> None:
    """No rule is without a planted fault, and none is planted twice."""
    assert [p.rule for p in PLANTS] == sorted(set(RULES))


def test_rules_speak() -> None:
    """Each rule says what must hold in a sentence and names a remedy of its own."""
    assert all(r.says.endswith(".") and len(r.says) > 20 and r.remedy for r in RULES.values())
    assert len({r.says for r in RULES.values()}) == len({r.remedy for r in RULES.values()}) == len(RULES) >= 28


def test_faults_without_end(tmp_path: Path) -> None:
    """A fault made a thousand times is told two hundred times, and that there is more."""
    folder = written(tmp_path / "small")
    unread = "".join(f"- {{id: x{n}, document: D, publisher: P, verified: partly}}\n" for n in range(1000))
    (folder / "sources.yaml").write_text(FILES["sources.yaml"] + unread, encoding="utf-8")
    faults = check(str(folder)).faults
    assert len(faults) == 201
    assert "There is more of this." in faults[-1].message


def test_the_page_lists_the_rules() -> None:
    """The table of rules in the documentation is the one the rules give: python scripts/rules_table.py writes it."""
    page = PAGE.read_text(encoding="utf-8")
    assert renewed(page) == page
