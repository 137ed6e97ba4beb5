"""What a page says of its article: the day it was published, title, publisher, address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from detente.read.html_text import Page

_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.issued",
    "dcterms.created",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "citation_online_date",
)
_NUMERIC = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d)")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAY_MONTH = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3})[a-z]*\.?,?[ -](\d{4})\b")
_MONTH_DAY = re.compile(r"\b([A-Za-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b")
_MAX_DEPTH = 8


def published_by_page(page: Page) -> tuple[date, str] | None:
    """The day a page says it was published, and where it says so; None where it says no day that is one."""
    for value, where in _said(page):
        if (day := _day_in(value)) is not None:
            return day, where
    return None


def title_of(page: Page) -> str | None:
    """The headline a page gives itself."""
    told = page.meta.get("og:title") or _first(page, "headline") or page.meta.get("twitter:title") or page.title
    return told.strip() or None if told else None


def publisher_of(page: Page) -> str | None:
    """Who a page says it is by."""
    told = page.meta.get("og:site_name") or _first(page, "publisher") or page.meta.get("dc.publisher")
    return told.strip() or None if told else None


def address_of(page: Page) -> str | None:
    """The address a page gives itself, if it is one on the web."""
    told = page.canonical or page.meta.get("og:url") or ""
    return told if is_address(told) else None


def is_address(link: str) -> bool:
    """True for an address on the web, without what could end an attribute or a line."""
    return re.match(r"https?://[^\s<>\"']+\Z", link) is not None


def _said(page: Page) -> Iterator[tuple[str, str]]:
    for entry in sorted(_entries(page.data, 0), key=lambda e: "Article" not in str(e.get("@type"))):
        if isinstance(value := entry.get("datePublished"), str):
            yield value, "the page's data (datePublished)"
    for key in _DATES:
        if key in page.meta:
            yield page.meta[key], f"the page's metadata ({key})"
    if len({_day_in(x) for x in page.times}) == 1:  # several days: nobody says which is that of the article
        yield page.times[0], "the page's one time element"


def _entries(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Every object of a page's data that may be the article: at the top, in lists and graphs."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(data, list):
        for one in data:
            yield from _entries(one, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _entries(data.get(key), depth + 1)


def _first(page: Page, key: str) -> str | None:
    for entry in _entries(page.data, 0):
        value = entry.get(key)
        value = value.get("name") if isinstance(value, dict) else value
        if isinstance(value, str) and value.strip():
            return value[:500]
    return None


def _day_in(value: str) -> date | None:
    """A day as machines or people write it; 06/07/2025, which can be two days, is none."""
    value = value.strip()[:100]
    if found := _NUMERIC.match(value):
        return _day(found[1], found[2], found[3])
    if found := _DAY_MONTH.search(value):
        return _day(found[3], _month(found[2]), found[1])
    if found := _MONTH_DAY.search(value):
        return _day(found[3], _month(found[1]), found[2])
    return None


def _month(word: str) -> int:
    return _MONTHS.index(word.lower()) + 1 if word.lower() in _MONTHS else 0


def _day(year: str, month: str | int, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if 1900 <= found.year < 2200 else None
