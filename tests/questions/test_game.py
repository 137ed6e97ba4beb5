"""`play` and `talk` on the record: what the answers must satisfy whatever the numbers, and wrong input."""

from __future__ import annotations

import json
from datetime import date

import jsonschema
import pytest
from click.testing import CliRunner

from detente import questions
from detente.cli import main
from detente.questions.answers import TalkAnswer
from detente.terms import InputFault

DAY = date(2025, 6, 6)
WORDS = ["--on", "2025-06-06", "--known", "2025-06-06"]


@pytest.fixture(scope="module")
def talks() -> TalkAnswer:
    """The talks of June 2025, with a short frontier."""
    return questions.talk("us-china", on=DAY, known=DAY, points=3, sets=("boehm-long-run",))


def test_certificates_of_the_war() -> None:
    """Nash tariffs of the two: no reply gains, conditions hold, and tariffs move on each other's goods alone."""
    found = questions.play("us-china", "nash", on=DAY, known=DAY)
    assert found.converged
    for line in found.players.values():
        assert line.deviation_gain is not None
        assert line.deviation_gain < 1e-9
        assert line.condition is not None
        assert line.condition < 1e-6
    assert {p: list(t) for p, t in found.tariffs.items()} == {"USA": ["CHN"], "CHN": ["USA"]}


def test_a_best_reply_is_best(talks: TalkAnswer) -> None:
    """Breaking alone gains its side at least nothing, and no deal gives both more than one on the frontier."""
    matrix = talks.matrix
    assert matrix["break, keep"].utility_change["USA"] >= 0  # type: ignore[operator]
    assert matrix["keep, break"].utility_change["CHN"] >= 0  # type: ignore[operator]
    assert [p.gain["USA"] for p in talks.frontier] == sorted((p.gain["USA"] for p in talks.frontier), reverse=True)
    assert [p.gain["CHN"] for p in talks.frontier] == sorted(p.gain["CHN"] for p in talks.frontier)
    bargain = talks.nash_point
    assert bargain is not None
    product = bargain.gain["USA"] * bargain.gain["CHN"]
    assert all(p.gain["USA"] * p.gain["CHN"] <= product + 1e-9 for p in talks.frontier)


def test_kalai_smorodinsky_shares_ideals(talks: TalkAnswer) -> None:
    """Each side has the same part of its ideal gain."""
    assert talks.ks_point is not None
    ideals = {"USA": talks.frontier[0].gain["USA"], "CHN": talks.frontier[-1].gain["CHN"]}
    parts = [talks.ks_point.gain[p] / ideals[p] for p in ("USA", "CHN")]
    assert parts[0] == pytest.approx(parts[1], abs=1e-5)


def test_lapse_is_the_recorded_one(talks: TalkAnswer) -> None:
    """The fallback is the lapse of 12 August as known on the day, worse for both; April was not yet answered away."""
    assert talks.truce_until == "2025-08-12"
    assert "2025-08-12" in talks.fallback
    assert all(x < 0 for x in talks.payoffs["fallback"].utility_change.values())  # type: ignore[operator]
    assert {x.answered for x in talks.durability} == {"lapse", "retaliation", "nash"}
    assert talks.terms["days_left"] == pytest.approx(67)


def test_asks_are_solved(talks: TalkAnswer) -> None:
    """A cut is five points at most, and free where the giver loses nothing."""
    assert {x.asker for x in talks.asks} == {"USA", "CHN"}
    for x in talks.asks:
        assert 0 < x.before - x.after <= 0.05 + 1e-12
        assert x.free == (x.cost <= 0)


def test_schemas(talks: TalkAnswer) -> None:
    """The JSON is as published."""
    jsonschema.validate(talks.as_dict(), questions.schema_of("talk"))
    got = CliRunner().invoke(main, ["play", "us-china", "--game", "optimal", *WORDS, "--json"])
    assert got.exit_code == 0, got.output
    jsonschema.validate(json.loads(got.output), questions.schema_of("play"))


def test_wrong_input_is_told_in_words() -> None:
    """Unknown games, instruments, players; crossed bounds; a fallback the record does not hold."""
    for words, said in (
        (["play", "us-china", "--game", "nosh"], "Did you mean nash"),
        (["play", "us-china", "--instruments", "mfn-sectors"], "Did you mean mfn-sector"),
        (["play", "us-china", "--players", "USA,CHM"], "CHM"),
        (["play", "us-china", "--bounds", "1", "0"], "crossed"),
        (["play", "us-eu"], "us-china"),
        (["talk", "us-china", "--fallback", "2027-01-01", *WORDS], "Nothing is known yet"),
        (["talk", "us-china", "--keep", "C99", *WORDS], "C99"),
        (["talk", "us-china", "--lag", "0", *WORDS], "lag_days"),
    ):
        got = CliRunner().invoke(main, words)
        assert got.exit_code == 2, (words, got.output)
        assert said in got.output, (words, got.output)


def test_all_faults_at_once() -> None:
    """Everything wrong with talks is told before anything is solved."""
    words = ["--fallback", "lapsed", "--keep", "C99", "--points", "1", "--lag", "-3", "--renewal", "2"]
    got = CliRunner().invoke(main, ["talk", "us-china", *words, *WORDS])
    assert got.exit_code == 2
    for path in ("fallback:", "keep:", "points:", "lag_days: -3 days", "renewal:"):
        assert path in got.output


def test_no_truce_no_lapse() -> None:
    """Before any truce with a clock nothing lapses, and that is said."""
    with pytest.raises(InputFault, match="nothing lapses"):
        questions.talk("us-china", on=date(2019, 6, 1), known=date(2019, 6, 1), points=3, sets=())


def test_money_on_the_table() -> None:
    """With transfers a side may be paid: the frontier runs from all the gains for one to all for the other, payments
    run with it, and the deal told is worth what the world says it is."""
    found = questions.talk("us-china", on=DAY, known=DAY, points=3, sets=(), transfers=True)
    assert found.converged
    assert found.transfers
    assert found.frontier[0].gain["CHN"] == pytest.approx(0, abs=1e-7)
    assert found.frontier[-1].gain["USA"] == pytest.approx(0, abs=1e-7)
    received = [p.received_usd_bn["USA"] for p in found.frontier]
    assert received == sorted(received, reverse=True)
    assert all(p.received_usd_bn["USA"] == -p.received_usd_bn["CHN"] for p in found.frontier)
    assert "--transfers" in found.provenance.command
    bargain = found.payoffs["nash-point"]
    assert found.nash_point is not None
    for side in ("USA", "CHN"):
        assert bargain.utility_change[side] == pytest.approx(found.nash_point.over_status_quo[side], abs=1e-7)
