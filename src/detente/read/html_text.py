"""The article in a page: its words, without menus, comments and advertisements, and what the page says about itself.

The page is cut into blocks (paragraphs, headings, list items, cells) while it streams by. The words of the `article`
or `main` element with the most text are taken; a page without one gives the blocks between its first and its last
full paragraph that are not mostly links.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from detente.read.html_tokens import Tag, tokens


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_SKIPPED = _words(
    "script style noscript template textarea iframe noembed xmp svg math object canvas audio video select "
    "button form nav footer aside dialog figure"
)
_BLOCKS = _words(
    "p div section article main header h1 h2 h3 h4 h5 h6 li ul ol dl dt dd table tr td th blockquote pre "
    "br hr address center body"
)
_VOID = _words("area base br col embed hr img input link meta param source track wbr")
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:comments?|cookies?|consent|related|recommended|newsletter|promo|share|sharing|social|sidebar|"
    r"breadcrumbs?|advert|advertisement|ads|subscribe|subscription|menu|popup|modal|footer|read-?more|trending)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_ENOUGH = 200  # characters of an article; with fewer the page is read again without leaving asides out


@dataclass(slots=True)
class Page:
    """The words of a page and what it says about itself, unread: meta tags, data for machines, times."""

    text: str = ""
    title: str | None = None
    meta: dict[str, str] = field(default_factory=dict)
    data: list[Any] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    canonical: str | None = None


@dataclass(slots=True)
class _Block:
    """A run of text: which article or main it lies in (none: 0), how much of it is links, whether a heading."""

    words: str
    home: int
    linked: int
    heading: bool


def page_of(html: str) -> Page:
    """The article in a page. Nothing in the page is run or fetched; no page makes this raise."""
    strict = _Reading(html, strict=True)
    text = _article(strict.blocks)
    if len(text) < _ENOUGH:
        loose = _article(_Reading(html, strict=False).blocks)
        text = loose if len(loose) > 2 * len(text) else text
    strict.page.text = text
    return strict.page


class _Reading:
    """One pass over a page."""

    def __init__(self, html: str, strict: bool) -> None:
        self.page = Page()
        self.blocks: list[_Block] = []
        self.strict = strict
        self._words: list[str] = []
        self._linked = 0
        self._in_link = False
        self._heading = False
        self._homes: list[tuple[str, int]] = []
        self._home_count = 0
        self._skipping: str | None = None
        self._deep = 0
        for token in tokens(html):
            self._take(token)
        self._end_block()

    def _take(self, token: Tag | str) -> None:
        if isinstance(token, str):
            if self._skipping is None:
                self._words.append(token)
                self._linked += len(token) if self._in_link else 0
            return
        self._note(token)
        if self._skipping is not None:
            self._pass(token)
        elif token.opens and token.inside is None and self._leaves_out(token):
            self._end_block()
            self._skipping, self._deep = token.name, 1
        elif token.inside is None:
            self._step(token)

    def _pass(self, tag: Tag) -> None:
        """Go on past an element that is left out, to the end that is its own."""
        if tag.name == self._skipping:
            self._deep += 1 if tag.opens else -1
            self._skipping = self._skipping if self._deep else None

    def _leaves_out(self, tag: Tag) -> bool:
        if tag.name in _VOID:
            return False
        marks = tag.attributes
        if tag.name in _SKIPPED and (self.strict or tag.name not in ("form", "aside", "figure", "footer", "nav")):
            return True
        if "hidden" in marks or marks.get("aria-hidden") == "true" or _HIDING.search(marks.get("style", "")[:500]):
            return True
        if not self.strict or tag.name in ("body", "html", "article", "main"):
            return False
        named = f"{marks.get('class', '')[:500]} {marks.get('id', '')[:200]} {marks.get('role', '')[:40]}"
        return bool(_ASIDE.search(named)) or (tag.name == "header" and not self._homes)

    def _step(self, tag: Tag) -> None:
        """Into or out of an element whose words count."""
        if tag.name == "a":
            self._in_link = tag.opens
        elif tag.name in _BLOCKS:
            self._end_block()
            self._heading = tag.opens and tag.name in ("h1", "h2", "h3", "h4", "h5", "h6")
        if tag.name in ("article", "main"):
            self._move(tag)

    def _move(self, tag: Tag) -> None:
        if tag.opens:
            self._home_count += 1
            self._homes.append((tag.name, self._home_count))
        elif self._homes and any(name == tag.name for name, _ in self._homes[-50:]):
            while self._homes.pop()[0] != tag.name:
                pass

    def _end_block(self) -> None:
        words = _SPACE.sub(" ", "".join(self._words)).strip()
        if words:
            home = self._homes[-1][1] if self._homes else 0
            self.blocks.append(_Block(words, home, self._linked, self._heading))
        self._words, self._linked = [], 0

    def _note(self, tag: Tag) -> None:
        """What a page says about itself: title, meta tags, the address, data for machines, times."""
        page, marks = self.page, tag.attributes
        if tag.name == "title" and tag.inside is not None and page.title is None:
            page.title = _SPACE.sub(" ", tag.inside).strip()[:500] or None
        elif tag.name == "meta" and tag.opens:
            key = marks.get("property") or marks.get("name") or marks.get("itemprop")
            if key and marks.get("content"):
                page.meta.setdefault(key.lower(), marks["content"].strip()[:1000])
        elif tag.name == "link" and marks.get("rel", "").lower() == "canonical":
            page.canonical = page.canonical or marks.get("href", "")[:2000] or None
        elif tag.name == "time" and marks.get("datetime"):
            page.times.append(marks["datetime"].strip()[:100])
        elif tag.name == "script" and tag.inside and "ld+json" in marks.get("type", "").lower():
            self._data(tag.inside)

    def _data(self, text: str) -> None:
        """JSON-LD, which is data: read, never run. What is no JSON is passed over."""
        try:
            self.page.data.append(json.loads(text, strict=False))
        except (ValueError, RecursionError):
            return


def _article(blocks: list[_Block]) -> str:
    """The blocks that are the article, a blank line between them."""
    sizes: defaultdict[int, int] = defaultdict(int)
    for block in blocks:
        sizes[block.home] += max(0, len(block.words) - 2 * block.linked)
    homes = [home for home in sizes if home]
    best = max(homes, key=lambda home: sizes[home], default=0)
    if best and sizes[best] >= min(_ENOUGH, 0.5 * sizes[0]):
        chosen = [b for b in blocks if b.home == best]
    else:
        chosen = _between_paragraphs(blocks)
    return "\n\n".join(b.words for b in chosen if b.linked < 0.7 * len(b.words))


def _between_paragraphs(blocks: list[_Block]) -> list[_Block]:
    """From the first full paragraph (or the heading before it) to the last; all blocks where there is none."""
    full = [n for n, b in enumerate(blocks) if _is_paragraph(b)]
    if not full:
        return blocks
    first = full[0]
    while first and blocks[first - 1].heading:
        first -= 1
    return blocks[first : full[-1] + 1]


def _is_paragraph(block: _Block) -> bool:
    return len(block.words) >= 60 and block.linked < 0.3 * len(block.words) and block.words[-1] in '.?!"”’)'
