"""The panel is the product asked alone, line by line; properties of stacking."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import duties as d
from detente.duties.layers import ONE, Alone, Case
from detente.duties.stacking import stack
from detente.record import Standing
from detente.terms import InputFault

PARTNERS = ["CHN", "EU", "CAN", "KOR", "BRA", "VNM", "RUS"]
CODES = np.array(
    ["0409000005", "7208101500", "7411101030", "8418990010", "8505110070", "8517130000", "8703230190", "9403200050"]
)


@pytest.mark.parametrize("on", ["2025-03-20", "2025-08-20", "2026-03-01", "2026-08-01"])
def test_each_line_is_the_product_asked_alone(on: str) -> None:
    """Bounds, base and total agree for every line and partner of a small panel."""
    day, known = date.fromisoformat(on), date(2026, 10, 10)
    got = d.panel("USA", PARTNERS, day, known, CODES)
    for i, code in enumerate(CODES):
        for j, partner in enumerate(PARTNERS):
            one = d.duty(str(code), partner, "USA", day, known)
            assert got.low[i, j] == pytest.approx(float(one.additional.low))
            high = one.additional.high
            assert got.high[i, j] == pytest.approx(np.inf if high is None else float(high))
            base = one.base.rate
            assert np.isnan(got.base[i, j]) if base is None else got.base[i, j] == pytest.approx(float(base))
            total = one.total
            assert np.isnan(got.total[i, j]) if total is None else got.total[i, j] == pytest.approx(float(total))


def test_authorities_add_up_where_all_are_known() -> None:
    """Where every authority's part is known, the parts are the additional duty."""
    got = d.panel("USA", ["CHN", "VNM", "EU"], date(2025, 8, 20), date(2026, 10, 10), CODES)
    parts = np.sum(list(got.by_authority.values()), axis=0)
    sure = np.isfinite(parts)
    assert sure.any()
    assert np.allclose(parts[sure], got.low[sure])


def test_files_hold_what_the_panel_holds(tmp_path: Path) -> None:
    """CSV and Parquet, with codes as text and what is not known empty."""
    got = d.panel("USA", ["CAN", "CHN"], date(2025, 8, 20), date(2026, 10, 10), CODES)
    got.to_csv(tmp_path / "p.csv")
    got.to_parquet(tmp_path / "p.parquet")
    frame = pd.read_csv(tmp_path / "p.csv", dtype={"hs10": str}, keep_default_na=True)
    assert list(frame.columns) == got.names
    assert frame["hs10"][0] == "0409000005"
    assert frame["additional"].isna().sum() == (~got.known).sum()
    stored = pd.read_parquet(tmp_path / "p.parquet")
    assert np.allclose(stored["additional_low"], got.low.ravel())


def test_text_of_the_csv_is_that_of_its_columns(tmp_path: Path) -> None:
    """The file of a day with ceilings and open lists is, letter by letter, what its columns say."""
    got = d.panel("USA", ["EU", "CHN", "CAN"], date(2026, 3, 1), date(2026, 11, 1))
    got.to_csv(tmp_path / "p.csv")
    plain = got.to_frame().to_csv(index=False, float_format="%.6g", lineterminator="\n")
    assert (tmp_path / "p.csv").read_bytes() == plain.encode()


def test_other_importers_have_no_lines() -> None:
    """A panel of China's schedule is refused, not made up."""
    with pytest.raises(InputFault, match="schedule are not at hand"):
        d.panel("CHN", ["USA"], date(2025, 8, 20))


def test_averages_over_time() -> None:
    """On Chinese goods in spring 2025: the days are those on which something changes, and parts add up to the whole."""
    got = d.averages("USA", ["CHN"], "partner", date(2025, 3, 1), date(2025, 5, 31), date(2025, 6, 1))
    days = [row.day for row in got.rows]
    steps = ["2025-03-01", "2025-03-04", "2025-03-12", "2025-04-05", "2025-04-09", "2025-04-10", "2025-05-14"]
    assert {date.fromisoformat(x) for x in steps} <= set(days)
    one = d.average("CHN", "USA", date(2025, 4, 10), date(2025, 6, 1))
    row = next(r for r in got.rows if r.day == date(2025, 4, 10))
    assert (row.additional, row.central, row.total) == pytest.approx((one.additional, one.central, one.total))
    for by in ("chapter", "section"):
        parts = d.averages("USA", ["CHN"], by, date(2025, 4, 10), known=date(2025, 6, 1)).rows  # type: ignore[arg-type]
        whole = sum((r.central or 0) * r.imports_usd for r in parts) / sum(r.imports_usd for r in parts)
        assert whole == pytest.approx(one.central)
    with pytest.raises(InputFault, match="no way to divide"):
        d.averages("USA", ["CHN"], "colour", date(2025, 4, 10))  # type: ignore[arg-type]


RATES = st.integers(0, 60).map(lambda n: Decimal(n) / 100)
CASES = st.lists(
    st.builds(lambda r, c: Case(r, c, ONE, r > 0), RATES, st.booleans()), min_size=1, max_size=2, unique=True
)


def made(name: str, cases: list[Case]) -> Alone:
    """A measure alone."""
    measure: Any = SimpleNamespace(id=name)
    return Alone(measure, Standing("in force"), tuple(cases), None, cases[0].rate, cases[0].ceiling)


@st.composite
def meetings(draw: st.DrawFn) -> tuple[list[Alone], dict[str, frozenset[str]]]:
    """Up to five measures, each of which may give way to some that come before it."""
    names = [f"m{i}" for i in range(draw(st.integers(1, 5)))]
    found = [made(n, draw(CASES)) for n in names]
    ways = {n: frozenset(draw(st.sets(st.sampled_from(names[:i])))) if i else frozenset() for i, n in enumerate(names)}
    return found, ways


BASES = st.integers(0, 40).map(lambda n: Decimal(n) / 100)


@given(meetings(), BASES, st.randoms())
def test_order_does_not_matter(meeting: Any, base: Decimal, random: Any) -> None:
    """However measures are listed, each charges the same and so do all together."""
    found, ways = meeting
    other = list(found)
    random.shuffle(other)
    one, two = stack(found, ways), stack(other, ways)
    assert one.total((base, base)) == two.total((base, base))
    charged = {x.measure.id: (x.low, x.high) for x in one.layers((base, base))}
    assert charged == {x.measure.id: (x.low, x.high) for x in two.layers((base, base))}


@given(meetings(), BASES)
def test_nothing_goes_below_the_base(meeting: Any, base: Decimal) -> None:
    """No ceiling takes anything off the base, and the sum lies within the sums of the layers' own bounds."""
    found, ways = meeting
    made_up = stack(found, ways)
    low, high = made_up.total((base, base))
    parts = made_up.layers((base, base))
    assert high is not None
    assert 0 <= sum(x.low for x in parts) <= low <= high <= sum((x.high or Decimal(0)) for x in parts)


@given(meetings(), BASES, BASES)
def test_an_open_base_holds_every_base(meeting: Any, one: Decimal, two: Decimal) -> None:
    """What is charged on a base that lies between two others lies between the bounds for both."""
    found, ways = meeting
    made_up = stack(found, ways)
    low, high = made_up.total((min(one, two), max(one, two)))
    inner = made_up.total((one, one))
    assert low <= inner[0]
    assert high is not None
    assert (inner[1] or Decimal(0)) <= high


@given(meetings())
def test_who_gives_way_is_not_charged_beside(meeting: Any) -> None:
    """However things turn out, no measure is charged on goods under one it gives way to that is charged itself."""
    found, ways = meeting
    for corner in stack(found, ways).corners:
        taken = {
            x.measure.id for x, c, left in zip(found, corner.cases, corner.left, strict=True) if c.subject and left
        }
        for x, left in zip(found, corner.left, strict=True):
            assert left == (0 if ways[x.measure.id] & taken else 1)
