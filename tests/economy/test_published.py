"""The room agrees with published models, to the last published digit (numbers from outside the package)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.economy import Policy, Result, solve
from tests.economy.published import caliendo_parro_1993, kite_7x44

pytestmark = pytest.mark.shared

KITE = {  # welfare, price index, wage
    "CHN": (0.998019719195, 0.994122593884, 0.992093948243),
    "USA": (0.999279900584, 1.005502031132, 1.002727389044),
    "EU": (1.000110911339, 1.000932583184, 1.001011376422),
    "IND": (1.000289500349, 1.001055872261, 1.001340705482),
}
TABLE_2 = {  # percent: welfare, terms of trade, volume of trade, real wage, exact real income
    "MEX": (1.31211, -0.41177, 1.72388, 1.71532, 0.00732),
    "CAN": (-0.06382, -0.10810, 0.04429, 0.32283, -0.11010),
    "USA": (0.08475, 0.04353, 0.04122, 0.11244, 0.07415),
}


def test_kite_us_china_war(shared_data: Path) -> None:
    """KITE 7 × 44: welfare, price index and wage to 1e-10, deficits nominal."""
    model = kite_7x44(shared_data)
    result = solve(model.world, Policy(tariff=model.tariff), deficits="nominal")
    for economy, numbers in KITE.items():
        found = [
            h.sel(economy=economy).item() for h in (result.real_income_hat, result.price_index_hat, result.wage_hat)
        ]
        np.testing.assert_allclose(found, numbers, rtol=0, atol=1e-10, err_msg=economy)


@pytest.fixture(scope="module")
def nafta(shared_data: Path) -> Result:
    """The NAFTA counterfactual."""
    model = caliendo_parro_1993(shared_data)
    return solve(model.world, Policy(tariff=model.tariff), deficits="zero")


@pytest.mark.parametrize("economy", TABLE_2)
def test_caliendo_parro_table_2(nafta: Result, economy: str) -> None:
    """NAFTA 31 × 40: Table 2 in every published digit, exact real income beside the first-order figure."""
    first = nafta.first_order
    columns = (
        first.welfare,
        first.terms_of_trade,
        first.volume_of_trade,
        nafta.real_wage_hat - 1,
        nafta.real_income_hat - 1,
    )
    found = [round(100 * column.sel(economy=economy).item(), 5) for column in columns]
    assert found == list(TABLE_2[economy])


def test_published_worlds_are_consistent(nafta: Result) -> None:
    """The labour markets clear though none is among the equations solved."""
    assert nafta.walras < 1e-10
    assert nafta.residual < 1e-10
