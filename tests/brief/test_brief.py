"""The brief: one self-contained page that says what the questions say."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from detente.brief import render
from detente.questions import Picture, picture, read_text


@pytest.fixture(scope="module")
def on_6_june() -> Picture:
    """The picture of 6 June 2025, as known that day."""
    return picture("us-china", date(2025, 6, 6), date(2025, 6, 6))


@pytest.fixture(scope="module")
def page(on_6_june: Picture) -> str:
    """Its page."""
    return render(on_6_june)


class Tags(HTMLParser):
    """Collects tags and what they load."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.loads += [v or "" for k, v in attrs if k in ("src", "href", "srcset", "action", "xlink:href")]


def test_nothing_leaves_the_page(page: str) -> None:
    """No script, no stylesheet, image or font from elsewhere; only data links; under 3 MB."""
    tags = Tags()
    tags.feed(page)
    assert not tags.tags & {"script", "link", "iframe", "img", "object", "embed"}
    assert all(x.startswith("data:") for x in tags.loads)
    assert "url(" not in page
    assert len(page.encode()) < 3_000_000


def test_it_says_the_clock(page: str) -> None:
    """67 days left, in force through 11 August, 30% and 10%."""
    text = re.sub(r"<[^>]+>", " ", page)
    assert "67 days left" in text
    assert "in force through 11 Aug 2025, lapses 12 Aug 2025" in text
    assert re.search(r"China on goods no list names\s+10%", text)
    assert re.search(r"United States on goods no list names\s+30%", text)
    assert "Lutnick" in text
    assert "negative measures" in text


def test_no_hindsight(page: str) -> None:
    """Nothing that came later stands on the page of 6 June."""
    for later in ("Busan", "2026-02-20", "Stockholm", "Supreme Court"):
        assert later not in page


def test_outcomes(on_6_june: Picture) -> None:
    """The truce kept is the comparison; the lapse costs both; every solve converged."""
    assert on_6_june.outcomes is not None
    found = on_6_june.outcomes.outcomes
    assert set(found) == {"kept", "lapse", "april-2025", "void"}
    assert all(x.converged for x in found.values())
    assert all(e.real_income_pct == pytest.approx(0, abs=1e-9) for e in found["kept"].economies.values())
    for party in ("USA", "CHN"):
        lapse, april = (found[k].economies[party].real_income_pct or 0 for k in ("lapse", "april-2025"))
        assert april < lapse < 0
        assert (found["void"].economies[party].real_income_pct or 0) > 0


def test_chart_data_is_under_the_charts(page: str) -> None:
    """Each chart carries its rows as CSV."""
    assert page.count("Data (CSV)") == 3
    assert "day,side,points,acts" in page
    assert "economy,outcome,percent" in page
    assert "day,low,high,band_low,band_high,duties,scheduled,events" in page


def test_past_the_clock() -> None:
    """On 23 November 2026 the page says unknown, with both outcomes, and weighs what is taken."""
    text = re.sub(r"<[^>]+>", " ", render(picture("us-china", date(2026, 11, 23), date(2026, 11, 23))))
    assert "unknown" in text
    assert "What came later is not in it" in text
    assert "extension to 10 Jan 2027 was announced" in text
    assert "taken as" in text


def test_what_cannot_be_weighed_is_said() -> None:
    """A dispute without duties at hand for a world still has its page."""
    got = picture("us-world", date(2026, 3, 1), date(2026, 3, 1))
    assert got.outcomes is None
    assert "cannot be put to a world yet" in render(got)


def test_a_world_without_a_party(monkeypatch: pytest.MonkeyPatch) -> None:
    """The record is shown; what needs the party is said to be missing."""
    import dataclasses

    from detente.questions import pictures

    whole = pictures.worlds.read_world("world-2022")
    renamed = tuple("XXX" if e == "CHN" else e for e in whole.economies)
    monkeypatch.setattr(pictures.worlds, "read_world", lambda _: dataclasses.replace(whole, economies=renamed))
    got = picture("us-china", date(2025, 6, 6), date(2025, 6, 6))
    assert got.outcomes is None
    assert "has no CHN" in " ".join(got.missing)
    assert "67 days left" in render(got)


def test_a_day_outside_the_record() -> None:
    """A day before the record begins shows an empty record and says so."""
    got = picture("us-china", date(2010, 1, 1), date(2010, 1, 1))
    assert "The record begins on" in " ".join(got.missing)
    assert "none in force" in render(got)


def test_opened_by_an_article(on_6_june: Picture, page: str) -> None:
    """With an article the page opens with what it adds or contradicts, escaped; without one it has no such part."""
    text = (
        "Duty doubled\n\n6 June 2025\n\nThe United States and China opened a third front in their tariff dispute. "
        "Beijing imposed a tariff of 77% on <b>American</b> soybeans on Wednesday, 4 June, the commerce ministry said."
    )
    told = read_text(text, date(2025, 6, 6), "us-china", date(2025, 6, 6))
    assert any(p.relation == "new" and p.rate == 0.77 for p in told.proposals)
    opened = render(replace(on_6_june, article=told))
    assert opened.index("What the article adds or contradicts") < opened.index("The truce")
    part = opened[opened.index("What the article adds") : opened.index("The truce")]
    assert "&lt;b&gt;American" in part
    assert "<b>American" not in opened
    assert "77%" in part
    assert "What the article adds" not in page
