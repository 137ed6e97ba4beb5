"""The shipped us-china record on days whose answer the acts themselves give."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from detente import record as r
from detente.questions import status


def ask(on: str, known: str | None = None) -> dict[str, Any]:
    """The status as its JSON."""
    return status("us-china", date.fromisoformat(on), date.fromisoformat(known) if known else None).as_dict()


def view(on: str, known: str = "2026-11-23") -> r.View:
    """The record as of two days."""
    return r.dispute("us-china").as_of(date.fromisoformat(on), date.fromisoformat(known))


def additional(answer: dict[str, Any], imposer: str) -> dict[str, Any]:
    """Additional duty of one side on a good no list names."""
    return next(d for d in answer["additional"] if d["imposer"] == imposer)


def emergency(view: r.View, product: str | None = None, book: str = "rate") -> float | None:
    """US emergency duty (fentanyl and reciprocal) on a Chinese good, as a fraction."""
    parts = []
    for measure in ("us-fentanyl", "us-reciprocal"):
        if book == "rate":
            parts.append(view.standing(measure, "CHN", product=product).share)
        else:
            parts.append(getattr(view, book)(measure, "CHN", product=product))
    return None if None in parts else float(sum(p for p in parts if p is not None))


def test_truce_as_known_that_day() -> None:
    """On 6 June 2025 the Geneva truce ran from 14 May and was to lapse on 12 August."""
    truce = ask("2025-06-06", "2025-06-06")["truce"]
    expected = {"arrangement": "geneva-2025", "from": "2025-05-14", "until": "2025-08-12"}
    expected |= {"days_elapsed": 23, "days_left": 67}
    assert {k: truce[k] for k in expected} == expected


def test_truce_as_known_later() -> None:
    """By September 2025 its end had moved to 10 November."""
    assert ask("2025-06-06", "2025-09-01")["truce"]["until"] == "2025-11-10"


def test_no_truce_in_april() -> None:
    """On 12 April 2025 there was none, whatever is known now."""
    assert ask("2025-04-12")["truce"] is None
    assert ask("2025-04-12", "2025-04-12")["truce"] is None


@pytest.mark.parametrize(
    ("on", "known", "rate"),
    [
        ("2025-04-12", "2026-11-23", 1.45),
        ("2025-04-12", "2025-04-12", 1.45),
        ("2025-06-06", "2025-06-06", 0.30),
        ("2025-06-06", "2026-11-23", 0.30),
        ("2025-08-12", "2025-06-06", 0.54),
        ("2025-08-12", "2025-08-10", 0.54),
        ("2025-09-01", "2025-06-06", 0.54),
        ("2025-08-12", "2025-08-11", 0.30),
        ("2025-11-15", "2026-11-23", 0.20),
        ("2026-02-23", "2026-11-23", 0.20),
        ("2026-02-24", "2026-11-23", 0.0),
        ("2026-11-10", "2026-11-23", 0.0),
        ("2025-06-10", "2025-05-28", 0.0),
        ("2025-06-07", "2025-05-28", 0.30),
        ("2025-06-10", "2025-05-29", 0.30),
    ],
)
def test_us_emergency_duty(on: str, known: str, rate: float) -> None:
    """125 + 20 in April, 10 + 20 in June, 34 + 20 at the lapse as then known, never 125 again; rulings and stays."""
    assert emergency(view(on, known)) == pytest.approx(rate)
    assert additional(ask(on, known), "USA")["emergency"] == pytest.approx(rate)


def test_charged_and_owed_part_company() -> None:
    """After the ruling of 20 February 2026 nothing was owed, yet 20% was collected through 23 February."""
    for on in ("2026-02-21", "2026-02-23", "2025-06-06"):
        assert emergency(view(on, "2026-02-20"), book="owed") == 0
        assert emergency(view(on, "2026-02-20"), book="charged") == pytest.approx(0.30 if on < "2025-11-10" else 0.20)
    assert emergency(view("2026-02-19", "2026-02-19"), book="owed") == pytest.approx(0.20)
    assert emergency(view("2026-02-24", "2026-02-25"), book="charged") == 0
    assert view("2026-03-01").standing("us-reciprocal", "CHN").word == "revoked"


@pytest.mark.parametrize(
    ("on", "known", "rate"),
    [
        ("2025-04-09", "2026-11-23", 0.0),
        ("2025-04-10", "2025-04-08", 0.34),
        ("2025-04-10", "2026-11-23", 0.84),
        ("2025-04-11", "2026-11-23", 0.84),
        ("2025-04-12", "2026-11-23", 1.25),
        ("2025-05-14", "2026-11-23", 0.10),
        ("2025-08-12", "2025-06-06", 0.34),
        ("2026-03-01", "2026-11-23", 0.10),
        ("2026-11-09", "2026-11-23", 0.10),
    ],
)
def test_chinese_duty_of_april(on: str, known: str, rate: float) -> None:
    """84, 125, 10; 34 at the lapse as then known; the US ruling does not touch it."""
    assert float(view(on, known).standing("cn-retaliation-2025", "USA").share or 0) == pytest.approx(rate)


def test_first_34_was_never_in_force() -> None:
    """Both sides' 34 was published for a day on which something else stood."""
    for measure, partner in (("us-reciprocal", "CHN"), ("cn-retaliation-2025", "USA")):
        said = view("2025-06-06").history(measure, partner)
        assert all(s.rate is None or float(s.rate) != 0.34 or s.word != "in force" for _, s in said)
    assert float(view("2025-04-09", "2025-04-07").standing("us-reciprocal", "CHN").rate or 0) == 0.34


@pytest.mark.parametrize(
    ("on", "known", "rate"),
    [("2025-04-10", "2025-04-10", 1.45), ("2025-04-10", "2025-04-12", 0.20), ("2025-06-06", "2025-06-06", 0.20)],
)
def test_smartphone(on: str, known: str, rate: float) -> None:
    """8517.13: the exemption of 11 April 2025 reaches back to 5 April and outlives later acts."""
    got = view(on, known)
    assert emergency(got, "85171300") == pytest.approx(rate)
    exempt = got.standing("us-reciprocal", "CHN", product="85171300").word == "exempt"
    assert exempt is (known >= "2025-04-11")


def test_smartphone_charged_and_owed() -> None:
    """What customs asked for on 10 April is not what the later memorandum says was due."""
    got = view("2025-04-10", "2025-04-12")
    assert emergency(got, "85171300", "charged") == pytest.approx(1.45)
    assert emergency(got, "85171300", "owed") == pytest.approx(0.20)


def test_magnet_in_november() -> None:
    """8505.11.0070 on 15 November 2025: fentanyl 10, out of the reciprocal duty since September; its sisters 20."""
    assert emergency(view("2025-11-15"), "8505110070") == pytest.approx(0.10)
    assert emergency(view("2025-11-15"), "8505110030") == pytest.approx(0.20)


def test_busan_announced_then_in_force() -> None:
    """The one-year truce is announced on 30 October, published on 4 November, in force on the 10th."""
    early = ask("2025-11-02", "2025-11-02")
    assert early["truce"]["arrangement"] == "geneva-2025"
    assert any("busan-2025" in line for line in early["announced"])
    assert {x["arrangement"]: x["status"] for x in early["arrangements"]}["busan-2025"] == "announced"
    later = ask("2025-11-10", "2025-11-10")["truce"]
    assert (later["arrangement"], later["from"], later["until"]) == ("busan-2025", "2025-11-10", "2026-11-10")
    assert later["status"] == "in force"


def test_busan_last_day() -> None:
    """On 9 November 2026 it is in force."""
    truce = ask("2026-11-09")["truce"]
    assert (truce["arrangement"], truce["status"], truce["days_left"]) == ("busan-2025", "in force", 1)


@pytest.mark.parametrize("on", ["2026-11-10", "2026-11-23"])
def test_busan_clock_ran_out(on: str) -> None:
    """From 10 November 2026 an extension is announced by both sides and no act is known: unknown, never guessed."""
    answer = ask(on, "2026-11-23")
    truce = answer["truce"]
    assert (truce["arrangement"], truce["status"], truce["days_left"]) == ("busan-2025", "unknown", None)
    assert truce["announced_until"] == "2027-01-10"
    assert additional(answer, "CHN")["total"] is None
    unknown = {x["measure"]: x for x in answer["unknown"]}
    april = unknown["cn-retaliation-2025"]
    assert (april["if_extended"]["rate"], april["if_lapsed"]["rate"]) == (0.10, 0.34)
    assert april["rate"] is None
    assert "us-reciprocal" not in unknown


def test_separate_clocks_in_november_2026() -> None:
    """Each clock of 10 November 2026 stands by its own instrument; No. 72 runs on to the 27th; the US 24 points are
    moot."""
    clocks = {(c["instrument"], c["measure"]): c for c in ask("2026-11-10", "2026-11-23")["clocks"]}
    state = {k: c["state"] for k, c in clocks.items()}
    unknown = {k[0] for k, s in state.items() if s == "unknown"}
    assert {"us-fr-90-50857", "us-fr-90-50947", "us-fr-90-55232", "cn-tc-2025-10", "cn-mofcom-2025-70"} <= unknown
    assert state[("us-eo-14358", "us-reciprocal")] == "moot"
    by_72 = [c for k, c in clocks.items() if k[0] == "cn-mofcom-2025-72"]
    assert [(c["until"], c["state"]) for c in by_72] == [("2026-11-27", "running")]
    assert "announced" in clocks[("cn-tc-2025-10", "cn-retaliation-2025")]["why"]
    assert "record ends" in clocks[("us-fr-90-55232", "us-301-tech")]["why"]


def test_section_122_and_after() -> None:
    """10% from 24 February 2026 through 23 July, then the forced-labour duty of 12.5%."""
    for on, parts in (
        ("2026-03-01", {"us-122": 0.10}),
        ("2026-07-23", {"us-122": 0.10}),
        ("2026-07-24", {"us-301-forced-labour": 0.125}),
    ):
        assert additional(ask(on), "USA")["by_measure"] == parts


@pytest.mark.parametrize(
    ("on", "rate"),
    [
        ("2018-09-23", None),
        ("2018-09-24", 0.10),
        ("2019-05-09", 0.10),
        ("2019-05-10", 0.25),
        ("2020-03-01", 0.25),
        ("2026-08-01", 0.25),
    ],
)
def test_list_3(on: str, rate: float | None) -> None:
    """10% from 24 September 2018; the step of 1 January 2019 was put off and bit on 10 May 2019."""
    standing = view(on).standing("us-301-tech", "CHN", goods="list-3")
    assert (float(standing.rate) if standing.rate is not None and standing.in_force else None) == rate


def test_list_3_step_as_then_known() -> None:
    """In October 2018 the step to 25% was due on 1 January 2019."""
    assert float(view("2019-01-01", "2018-10-01").standing("us-301-tech", "CHN", goods="list-3").rate or 0) == 0.25


def test_list_4() -> None:
    """4A: 15 then 7.5; 4B never."""
    assert float(view("2019-12-01").standing("us-301-tech", "CHN", goods="list-4a").rate or 0) == 0.15
    assert float(view("2020-02-14").standing("us-301-tech", "CHN", goods="list-4a").rate or 0) == 0.075
    assert not any(s.in_force for _, s in view("2026-01-01").history("us-301-tech", "CHN", "list-4b"))


def test_who_sits_at_the_table() -> None:
    """On 6 June 2025: the leaders' call of the day before, and the delegates of the next round."""
    talks = ask("2025-06-06", "2025-06-06")["talks"]
    assert talks["last"]["talk"] == "call-2025-06-05"
    upcoming = talks["next"][0]
    assert set(upcoming["persons"]["USA"]) == {"Scott Bessent", "Howard Lutnick", "Jamieson Greer"}
    day_before = ask("2025-06-05", "2025-06-05")["talks"]["next"][0]
    assert (day_before["place"], day_before["from"]) == ("open", None)


def test_open_claims() -> None:
    """Both sides' claims of breach are open on 6 June 2025 and settled by the London framework."""
    claims = {c["claim"]: c for c in ask("2025-06-06", "2025-06-06")["claims"]}
    assert claims["us-breach-2025-05-30"]["answered_by"][0] == "cn-breach-2025-06-02"
    later = {c["claim"] for c in ask("2025-06-15", "2025-06-15")["claims"]}
    assert not {"us-breach-2025-05-30", "cn-breach-2025-06-02"} & later
