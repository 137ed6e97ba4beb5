"""Scenario files in full: closures, taxes on exports, costs, limits, authorities by the record, and tables in files."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from detente.cli import main
from detente.questions import solve_dispute, solve_scenario
from detente.terms import InputFault

EXAMPLES = Path(__file__).parents[2] / "examples"
WAR = "duties:\n  - {by: USA, on: CHN, add: 30pp}\n"


def scenario(folder: Path, text: str) -> str:
    """A scenario file with a title."""
    file = folder / "s.yaml"
    file.write_text(f"title: t\n{text}", encoding="utf-8")
    return str(file)


def average_note(notes: list[str]) -> tuple[float, float]:
    """Average additional US duties in force and in the scenario, from the note that tells them."""
    old, new = re.findall(r"([\d.]+)%", next(n for n in notes if n.startswith("Average additional")))
    return float(old), float(new)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("without-emergency-duties", "every partner: US duties under IEEPA"),
        ("section-122-instead", "us-122-world (2026-02-24)"),
        ("forced-labour-instead", "us-301-forced-labour-world (2026-07-24)"),
    ],
)
def test_authorities_by_the_record(name: str, says: str, tmp_path: Path) -> None:
    """The shipped examples solve, say what is compared with what, and move every partner's duty, China's too.

    Russia alone never paid an emergency duty.
    """
    folder = tmp_path / "tables"
    answer = solve_scenario(str(EXAMPLES / f"{name}.yaml"), out=str(folder))
    found = answer.outcomes["scenario"]
    assert found.converged
    assert found.residual < 1e-10
    assert any(says in note for note in found.notes)
    assert answer.comparison.startswith("the duties in force on 2025-11-15, as known on 2026-10-10")
    assert answer.provenance.record_hash
    old, new = average_note(found.notes)
    assert 0 < new < old
    flows = pd.read_csv(folder / "flows.csv")
    abroad = flows[(flows.importer == "USA") & (flows.exporter != "USA") & (flows.sector != "services")]
    moved = abroad.assign(d=abroad.tariff_after_pct - abroad.tariff_before_pct)
    most = moved.groupby("exporter").d.agg(lambda x: x.abs().max())
    assert set(most[most < 0.01].index) == ({"RUS"} if name == "without-emergency-duties" else set())
    assert moved.groupby("exporter").d.mean()["CHN"] < -1
    held = flows[flows.importer != "USA"]
    assert (held.tariff_after_pct == held.tariff_before_pct).all()


def test_only_the_partners_of_the_record(tmp_path: Path) -> None:
    """By the record of China alone third countries' duties are held."""
    text = "record: us-china\non: 2025-11-15\nknown: 2026-10-10\nremove_authority: IEEPA\n"
    folder = tmp_path / "tables"
    assert solve_scenario(scenario(tmp_path, text), out=str(folder)).outcomes["scenario"].converged
    flows = pd.read_csv(folder / "flows.csv")
    moved = flows[(flows.tariff_after_pct - flows.tariff_before_pct).abs() > 1e-9]
    assert set(zip(moved.exporter, moved.importer, strict=True)) == {("CHN", "USA")}
    diversion = pd.read_csv(folder / "diversion.csv")
    assert set(diversion.member) == {"USA", "CHN"}


@pytest.mark.parametrize("closure", ["armington", "ossa", "free-entry"])
def test_closures(tmp_path: Path, closure: str) -> None:
    """A file may name any closure, and labour that moves at a cost; the answer says so."""
    answer = solve_scenario(scenario(tmp_path, f"closure: {closure}\nlabour_mobility: 1.5\n{WAR}"))
    assert answer.outcomes["scenario"].converged
    assert (answer.closure, answer.labour_mobility) == (closure, 1.5)
    assert "elasticity 1.5" in answer.limits[0]


def test_taxes_costs_and_limits(tmp_path: Path) -> None:
    """Each reaches the cells it names: the exporter's revenue, dearer trade, a quantity held to its limit."""
    text = (
        "export_taxes:\n  - {by: CHN, on: USA, goods: C26, set: 20%}\n"
        "iceberg:\n  - {exporter: MEX, importer: USA, sectors: C29, cost: 10%}\n"
        "quantity_limits:\n  - {exporter: JPN, importer: USA, sectors: C29, ratio: 50%, rent_to: importer}\n"
    )
    folder = tmp_path / "tables"
    assert solve_scenario(scenario(tmp_path, text), out=str(folder)).outcomes["scenario"].converged
    economies = pd.read_csv(folder / "economies.csv").set_index("economy")
    flows = pd.read_csv(folder / "flows.csv").set_index(["exporter", "importer", "sector"])
    assert (economies.export_tax_revenue_after_usd_bn > 0).sum() == 1
    assert economies.export_tax_revenue_after_usd_bn["CHN"] > 0
    rent = flows.rents_after_usd_bn["JPN", "USA", "C29"]
    assert economies.rents_received_after_usd_bn["USA"] == pytest.approx(rent)
    assert rent > 0
    assert flows.flow_pct["MEX", "USA", "C29"] != 0
    limited = flows.loc["JPN", "USA", "C29"]
    assert limited.flow_after_usd_bn < limited.flow_before_usd_bn


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("closure: osa\n" + WAR, 2, "ossa"),
        ("labour_mobility: -1\n" + WAR, 2, "greater than or equal to 0"),
        ("deficits: none\n" + WAR, 2, "world-share"),
        ("export_taxes:\n  - {by: CHN, set: 10%, add: 1pp}\n", 3, "add"),
        ("export_taxes:\n  - {by: CHN, set: 10}\n", 3, "no unit"),
        ("iceberg:\n  - {exporter: CHX, importer: USA, cost: 10%}\n", 3, r"Did you mean CHN\?"),
        ("quantity_limits:\n  - {exporter: CHN, importer: USA, ratio: -1}\n", 3, "greater than or equal to 0"),
        ("quantity_limits:\n  - {exporter: CHN, importer: USA, ratio: 1, rent_to: me}\n", 3, "exporter"),
        (
            "quantity_limits:\n  - {exporter: CHN, importer: USA, ratio: 1}\n"
            "  - {exporter: USA, importer: CHN, ratio: 1, rent_to: importer}\n",
            1,
            "the same rent_to",
        ),
        ("remove_authority: [IEEPA]\n", 1, "goes with a record"),
        ("record: us-world\nremove_authority: [IEEPA]\n", 1, "asked on a day"),
        ("record: us-world\non: 15 Nov\nremove_authority: [IEEPA]\n", 3, "YYYY-MM-DD"),
        ("record: us-world\non: 2025-11-15\nbase: before\nremove_authority: [IEEPA]\n", 1, "exclude each other"),
        ("record: us-world\non: 2025-11-15\nremove_authority: [IEPA]\n", 4, r"Did you mean IEEPA\?"),
        ("record: us-world\non: 2025-11-15\nreplace: {IEEPA: sektion-122}\n", 4, r"Did you mean section-122\?"),
        ("world: world-2022\n", 1, "changes something"),
    ],
)
def test_faults_have_lines(tmp_path: Path, text: str, line: int, says: str) -> None:
    """Every mistake names its line."""
    with pytest.raises(InputFault, match=says) as fault:
        solve_scenario(scenario(tmp_path, text))
    assert line in [f.line for f in fault.value.faults]


def test_all_faults_at_once(tmp_path: Path) -> None:
    """Unknown labels of every part are told together, each with its line."""
    text = (
        "duties:\n  - {by: US, add: 1pp}\nexport_taxes:\n  - {by: CN, set: 1%}\n"
        "quantity_limits:\n  - {exporter: CHN, importer: USA, sectors: [C99, C98], ratio: 1}\n"
    )
    with pytest.raises(InputFault) as fault:
        solve_scenario(scenario(tmp_path, text))
    assert [f.line for f in fault.value.faults] == [3, 5, 7, 7]


def test_days_belong_to_records(tmp_path: Path) -> None:
    """--on with a scenario without a record is wrong usage, in words."""
    got = CliRunner().invoke(main, ["solve", scenario(tmp_path, WAR), "--on", "2025-06-06"])
    assert got.exit_code == 2
    assert "names no record" in got.output


def test_out_from_the_command(tmp_path: Path) -> None:
    """The files asked for are written and named; an unknown ending is wrong usage."""
    file = scenario(tmp_path, WAR)
    target = tmp_path / "results.csv"
    got = CliRunner().invoke(main, ["solve", file, "--out", str(target)])
    assert got.exit_code == 0, got.output
    assert "results.csv" in got.output
    economies = pd.read_csv(target).set_index("economy")
    shown = solve_scenario(file).outcomes["scenario"].economies
    for code, one in shown.items():
        assert economies.real_income_pct[code] == pytest.approx(one.real_income_pct)
        assert economies.ev_usd_bn[code] == pytest.approx(one.ev_usd_bn)
    assert "command" in set(pd.read_csv(tmp_path / "results-about.csv")["item"])
    wrong = CliRunner().invoke(main, ["solve", file, "--out", str(tmp_path / "results.doc")])
    assert wrong.exit_code == 2
    assert ".xlsx" in wrong.output


def test_outcomes_of_a_dispute_as_tables(tmp_path: Path) -> None:
    """Every outcome has its rows, compared with the duties in force: the kept truce is no change."""
    from datetime import date

    day = date(2025, 6, 6)
    answer = solve_dispute("us-china", day, day, out=str(tmp_path / "tables"))
    economies = pd.read_csv(tmp_path / "tables" / "economies.csv")
    assert set(economies.outcome) == set(answer.outcomes)
    kept = economies[economies.outcome == "kept"]
    assert kept.real_income_pct.abs().max() < 1e-9
    lapse = economies[economies.outcome == "lapse"].set_index("economy")
    assert lapse.real_income_pct["CHN"] == pytest.approx(answer.outcomes["lapse"].economies["CHN"].real_income_pct)
