"""`detente world build` with a table, and every other command on what it built."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
from click.testing import CliRunner, Result

from detente.cli import main
from tests.worlds.tables import made_icio, write_rows

CODES = ("A01_02", "C10T12", "C26", "G")
SCENARIO = """title: A war of two
duties:
  - {by: USA, on: CHN, add: 25pp}
  - {by: CHN, on: USA, add: 25pp}
"""


def run(*args: object) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, [str(arg) for arg in args])


def test_build_show_check_solve(tmp_path: Path) -> None:
    """A built world is shown, checked and solved like a shipped one; `all` goods leave its services out."""
    file = made_icio(("CHN", "USA", "ROW"), CODES).write(tmp_path / "2019_SML.csv")
    mapping = write_rows(
        tmp_path / "map.csv", [("kind", "from", "to"), ("economy", "*", "EU"), ("economy", "USA", "USA")]
    )
    out = tmp_path / "built"
    wrong = run("world", "build", "mine", "--from", file, "--aggregate", tmp_path / "no.csv", "--out", out)
    assert wrong.exit_code == 1
    assert "There is no such file" in wrong.output
    built = run("world", "build", "mine", "--from", file, "--aggregate", mapping, "--out", out)
    assert built.exit_code == 0, built.output
    assert "Built mine: 2 economies, 4 sectors, 2019; read as icio (guessed from the head of the file)." in built.output
    built = run("world", "build", "mine", "--from", file, "--format", "icio", "--out", out)
    assert "Built mine: 3 economies, 4 sectors, 2019; read as icio (as asked)." in built.output
    assert "tariffs: none given: the base pays no duties" in built.output
    assert "OECD, Inter-Country Input-Output Tables" in built.output
    assert "holds together" in run("world", "check", out).output
    shown = run("world", "show", out, "--json")
    jsonschema.validate(json.loads(shown.output), json.loads(run("world", "show", "--schema").output))
    assert json.loads(shown.output)["provisional"] == ["tariff"]
    assert run("world", "show", out).exit_code == 0
    scenario = tmp_path / "war.yaml"
    scenario.write_text(SCENARIO, "utf-8")
    solved = run("solve", scenario, "--world", out, "--json")
    assert solved.exit_code == 0, solved.output
    answer = json.loads(solved.output)
    assert answer["elasticity"] == "median"
    assert answer["outcomes"]["scenario"]["economies"]["USA"]["real_income_pct"] < 0
    other = json.loads(run("solve", scenario, "--world", out, "--elasticity", "boehm-long-run", "--json").output)
    assert other["elasticity"] == "boehm-long-run"
    assert other["outcomes"] != answer["outcomes"]
    scenario.write_text(SCENARIO.replace("25pp}", "25pp, goods: [A01_02, C10T12, C26]}"), "utf-8")
    named = json.loads(run("solve", scenario, "--world", out, "--json").output)
    assert named["outcomes"]["scenario"]["economies"] == answer["outcomes"]["scenario"]["economies"]


def test_wrong_usage(tmp_path: Path) -> None:
    """A format misspelt is wrong usage with the nearest; options of tables do not go with a shipped world."""
    file = made_icio(("CHN", "USA"), CODES).write(tmp_path / "2019_SML.csv")
    wrong = run("world", "build", "mine", "--from", file, "--format", "icia", "--out", tmp_path / "w")
    assert wrong.exit_code == 2
    assert "Did you mean icio?" in wrong.output
    wrong = run("world", "build", "world-2022", "--from", tmp_path, "--year", 2019)
    assert wrong.exit_code == 2
    assert "--year goes with a world of one's own" in wrong.output
    wrong = run("world", "build", "mine", "--from", file, "--elasticity", "medain", "--out", tmp_path / "w")
    assert wrong.exit_code == 2
    assert "Did you mean median?" in wrong.output
