"""HTML as a stream of tags and text, in time that grows with its length and nothing else.

The parsers at hand build a tree, and take minutes over a page of one megabyte that is all depth or all attributes
(docs/decisions/0011-html.md has the times). Text needs no tree: this reads from left to right once, and never looks
back. What a browser would run or draw (scripts, styles) is passed over unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

MAX_TAG = 2_000_000  # characters: pictures stand in attributes
MAX_ATTRIBUTES = 200
_RAW = frozenset(("script", "style", "noscript", "template", "textarea", "title", "iframe", "noembed", "xmp"))
_CLOSING = {name: re.compile(rf"</{name}[^>]{{0,200}}>", re.IGNORECASE) for name in _RAW}
_NAME = re.compile(r"/?([a-zA-Z][^\s/>]{0,60})")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>"'/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"']*))?|\s*["'=/]|\s+""")

_NO_CHARACTER = re.compile(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{7,});?")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: its name in lower case, whether it opens or closes, and its attributes. `inside` is the text of an
    element whose content is no markup (a title, a script with data)."""

    name: str
    opens: bool
    attributes: dict[str, str] = field(default_factory=dict)
    inside: str | None = None


def tokens(text: str) -> Iterator[Tag | str]:
    """The tags of a page and the text between them, entities read; comments and declarations are left out."""
    at, end = 0, len(text)
    while at < end:
        start = text.find("<", at)
        if start < 0:
            yield plain(text[at:])
            return
        if start > at:
            yield plain(text[at:start])
        tag, at = _tag(text, start)
        if tag is not None:
            yield tag


def plain(text: str) -> str:
    """Text with its entities read; one that is no character (a number of a thousand digits) becomes the mark for it."""
    return unescape(_NO_CHARACTER.sub("\ufffd", text)) if "&" in text else text


def _tag(text: str, start: int) -> tuple[Tag | str | None, int]:
    """What begins at a '<', and where reading goes on."""
    follows = text[start + 1 : start + 2]
    if follows in ("!", "?"):
        return None, _after_declaration(text, start)
    named = _NAME.match(text, start + 1)
    if named is None:
        return "<", start + 1
    name = named[1].lower()
    attributes, at = _attributes(text, named.end())
    if follows == "/":
        return Tag(name, False), at
    if name in _RAW:
        inside, at = _raw(text, name, at)
        return Tag(name, True, attributes, inside), at
    return Tag(name, True, attributes), at


def _after_declaration(text: str, start: int) -> int:
    """Past a comment, a doctype or an instruction; one without an end takes the rest, as in a browser."""
    comment = text.startswith("<!--", start)
    end = text.find("-->" if comment else ">", start + 2)
    return len(text) if end < 0 else end + (3 if comment else 1)


def _attributes(text: str, at: int) -> tuple[dict[str, str], int]:
    """The attributes from there on (the first of a name counts) and the place past the '>'."""
    found: dict[str, str] = {}
    limit = min(len(text), at + MAX_TAG)
    while at < limit and text[at] != ">":
        match = _ATTRIBUTE.match(text, at)
        if match is None or match.end() == at:
            at += 1
            continue
        if match[1] and len(found) < MAX_ATTRIBUTES:
            found.setdefault(match[1].lower(), plain((match[2] or "").strip("\"'")))
        at = match.end()
    return found, min(at + 1, len(text))


def _raw(text: str, name: str, at: int) -> tuple[str, int]:
    """The content of an element that holds no markup, and the place past its end."""
    found = _CLOSING[name].search(text, at)
    if found is None:
        return text[at:], len(text)
    return text[at : found.start()], found.end()
