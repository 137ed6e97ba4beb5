"""Averages over US imports of 2024, against what was collected and what others publish."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from click.testing import CliRunner

from detente import duties as d
from detente import questions
from detente.cli import main
from detente.duties.base import base_rates
from detente.duties.schedule import membership
from detente.record import dispute


def china(on: str, known: str | None = None) -> d.Average:
    """The average on Chinese goods."""
    return d.average("CHN", "USA", date.fromisoformat(on), date.fromisoformat(known) if known else None)


def test_section_301_on_1_january_2025() -> None:
    """About 10.1 points statutory; in all at or above the 10.87% collected in 2024."""
    got = china("2025-01-01")
    assert got.by_measure["us-301-tech"] == pytest.approx(0.101, abs=0.002)
    assert got.collected == pytest.approx(0.1087, abs=0.0005)
    assert got.total is not None
    assert got.total >= got.collected
    assert got.known_share > 0.98
    assert got.matched_share > 0.95


@pytest.mark.parametrize(("scopes", "collected"), [(("list-1", "list-2", "list-3"), 0.227), (("list-4a",), 0.132)])
def test_statutory_is_at_or_above_collected_by_list(scopes: tuple[str, ...], collected: float) -> None:
    """The lines at 25% collected about 22.7% and those of list 4A about 13.2%: exclusions lie between."""
    view = dispute("us-china").as_of(date(2025, 1, 1))
    trade = d.us_imports()
    inside = np.any([membership(view, s, trade.code) == 1 for s in scopes], axis=0)
    at = trade.partner.index("CHN")
    weight = trade.imports[:, at] * inside
    paid = trade.collected[:, at][inside].sum() / weight.sum()
    assert paid == pytest.approx(collected, abs=0.02)
    base = np.nan_to_num(base_rates(trade.code, "CHN")[0])
    statutory = ((d.lines(view, "USA", "CHN", trade.code).central + base) * weight).sum() / weight.sum()
    assert statutory >= paid


def test_electronics_exemption_reaches_22_percent() -> None:
    """The memorandum of 11 April 2025, share of 2024 imports from China."""
    view = dispute("us-china").as_of(date(2025, 4, 12))
    trade = d.us_imports()
    weight = trade.column("CHN")
    inside = membership(view, "electronics-2025-04", trade.code) == 1
    assert (weight * inside).sum() / weight.sum() == pytest.approx(0.22, abs=0.01)


def test_steps_of_2025() -> None:
    """About 10 in February, 20 by March, over 100 by 10 April as then known; 70 to 90 less on 14 May."""
    before = china("2025-02-03").central
    assert china("2025-02-04").central - before == pytest.approx(0.10, abs=0.005)
    assert china("2025-03-04").central - before == pytest.approx(0.20, abs=0.005)
    assert china("2025-04-10", "2025-04-10").central - before > 1.0
    fall = china("2025-05-13").central - china("2025-05-14").central
    assert 0.65 < fall < 0.90


def test_bounds_hold_the_central_number() -> None:
    """The best single number lies between the unknown at its lowest and at its highest."""
    for on in ("2025-06-06", "2025-11-15", "2026-03-01"):
        got = china(on)
        low, high = got.between
        assert low <= got.central + 1e-12
        assert high is None or got.central <= high + 1e-12


def test_one_line_agrees_with_the_product() -> None:
    """A line of the panel is the product asked alone."""
    view = dispute("us-china").as_of(date(2025, 6, 6))
    trade = d.us_imports()
    found = d.lines(view, "USA", "CHN", trade.code)
    for code in ("8505110070", "3923300090", "8517130000", "8471300100"):
        at = int(np.searchsorted(trade.code, code))
        assert trade.code[at] == code
        alone = d.duty(code, "CHN", "USA", date(2025, 6, 6))
        assert found.low[at] == pytest.approx(float(alone.additional.low))


def test_sectors_add_up_to_the_partner() -> None:
    """Averages by sector, weighted by their imports, are the partner's, and chips pay what Section 301 says."""
    rows = questions.averages(exporters=["CHN"], by="sector", since=date(2025, 1, 1)).rows
    whole = questions.averages(exporters=["CHN"], by="partner", since=date(2025, 1, 1)).rows[0]
    total = sum(r.imports_usd_bn for r in rows)
    assert total == pytest.approx(whole.imports_usd_bn, rel=1e-9)
    assert sum(r.imports_usd_bn * (r.low or 0) for r in rows) / total == pytest.approx(whole.low, rel=1e-9)
    by_name = {r.key: r for r in rows}
    assert by_name["unmatched"].imports_usd_bn < 0.03 * total
    assert (by_name["C24"].central or 0) > (by_name["C13T15"].central or 0) > 0.05


def test_averages_print_as_csv() -> None:
    """The command prints a header and a row for each partner asked about."""
    words = ["duty", "--average", "--from", "CHN,EU", "--to", "USA", "--on", "2025-08-20", "--csv"]
    got = CliRunner().invoke(main, words)
    assert got.exit_code == 0, got.output
    header, *rows = got.stdout.splitlines()
    assert header.split(",")[:2] == ["day", "key"]
    assert [row.split(",")[1] for row in rows] == ["CHN", "EU"]
