"""Scenarios by hand: the war of April 2025 on everything, and files with mistakes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from detente.cli import main
from detente.questions import schema_of, solve_scenario, world_list
from detente.terms import InputFault

WAR = Path(__file__).parents[2] / "examples" / "war.yaml"

# An independent rough calculation on the same inputs gave these changes of real income in percent.
ROUGH = {"USA": -0.8, "CHN": -0.5, "VNM": 0.5, "MEX": 0.3}


def test_war_on_everything() -> None:
    """+130 and +125 points on all goods: within a third of a rough independent calculation, trade down by over 95%."""
    answer = solve_scenario(str(WAR))
    found = answer.outcomes["scenario"]
    assert found.converged
    assert found.residual < 1e-10
    for economy, rough in ROUGH.items():
        assert found.economies[economy].real_income_pct == pytest.approx(rough, rel=1 / 3)
    assert answer.provenance.world_hash


def test_json_and_csv() -> None:
    """Both carry every economy, the JSON by its schema."""
    runner = CliRunner()
    got = json.loads(runner.invoke(main, ["solve", str(WAR), "--json"]).output)
    jsonschema.validate(got, schema_of("solve"))
    rows = list(csv.DictReader(io.StringIO(runner.invoke(main, ["solve", str(WAR), "--csv"]).output)))
    assert len(rows) == 24
    usa = next(r for r in rows if r["economy"] == "USA")
    exact = got["outcomes"]["scenario"]["economies"]["USA"]["real_income_pct"]
    assert float(usa["real_income_pct"]) == pytest.approx(exact, abs=1e-6)


def test_nothing_changed_is_nothing(tmp_path: Path) -> None:
    """A duty raised by no points changes nothing at all."""
    file = tmp_path / "none.yaml"
    file.write_text("title: none\nduties:\n  - {by: USA, on: CHN, add: 0pp}\n", encoding="utf-8")
    found = solve_scenario(str(file)).outcomes["scenario"]
    assert all(x.real_income_pct == 0 for x in found.economies.values())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title: x\nduties:\n  - {by: USA, on: CHN, add: 130}\n", "no unit"),
        ("title: x\nduties:\n  - {by: USA, on: CHN}\n", "one of them"),
        ("title: x\nduties:\n  - {by: USA, onn: CHN, add: 1pp}\n", "Did you mean on?"),
        ("title: x\nduties:\n  - {by: US, on: CHN, add: 1pp}\n", "Did you mean USA?"),
        ("title: x\nduties:\n  - {by: USA, on: CHN, add: 1pp, goods: C99}\n", "not in the world"),
        ("title: x\nduties: []\n", "at least 1"),
        ("title: x\nworld: world-2032\nduties:\n  - {by: USA, on: CHN, add: 1pp}\n", "world-2022"),
        ("title: x\nelasticity: meadian\nduties:\n  - {by: USA, on: CHN, add: 1pp}\n", "median"),
        ("duties: [", "Not YAML"),
    ],
)
def test_wrong_scenarios(tmp_path: Path, text: str, says: str) -> None:
    """Each mistake is explained."""
    file = tmp_path / "wrong.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputFault, match=says.replace("?", r"\?")):
        solve_scenario(str(file))


def test_missing_file_is_wrong_usage() -> None:
    """Status 2, in words."""
    got = CliRunner().invoke(main, ["solve", "nowhere.yaml"])
    assert got.exit_code == 2
    assert "There is no file" in got.output


def test_elasticities_say_what_they_are() -> None:
    """Every named set says θ or σ and its paper."""
    assert all(e["kind"] in ("θ", "σ") and e["paper"] for e in world_list().elasticities)
