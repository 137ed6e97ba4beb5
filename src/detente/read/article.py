"""An article as it comes in: plain text, a page, a PDF or a stream, with the day it was published and by whom.

Nothing is guessed: a day that neither the page, nor the text, nor the caller tells is asked for.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO, Literal

from detente.read.decoding import MAX_BYTES, cleaned, decoded, refuse_binary, too_large
from detente.read.html_text import Page, page_of
from detente.read.page_facts import address_of, is_address, published_by_page, publisher_of, title_of
from detente.read.pdf_text import pdf_text
from detente.terms import Fault, InputFault

Form = Literal["text", "html", "pdf"]
PublishedIn = Callable[[str], date | None]

ENDINGS: dict[str, Form] = {".txt": "text", ".text": "text", ".md": "text", ".html": "html", ".htm": "html"}
ENDINGS |= {".xhtml": "html", ".pdf": "pdf"}
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b", re.I
)
_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_ENGLISH_LETTER = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Article:
    """An article: its words, which offsets of proposals count in, and what is known about it.

    `published_by` says in words where the day is told. `notes` say what was decided in reading it (an encoding, marks
    left out).
    """

    name: str
    text: str
    form: Form
    encoding: str | None
    title: str | None
    publisher: str | None
    link: str | None
    published: date
    published_by: str
    notes: tuple[str, ...] = ()


def load_article(
    source: str,
    published: date | None = None,
    publisher: str | None = None,
    link: str | None = None,
    published_in: PublishedIn | None = None,
) -> Article:
    """Read an article from a file, or from standard input for '-'.

    `published` is the day the caller gives; without it the page's metadata, then the text (`published_in`) tell it.
    `publisher` and `link` are told by the caller where the page does not. Raises `InputFault` for what cannot be
    read, and for a day that nothing tells.
    """
    raw = _stdin() if source == "-" else _file(source)
    shown = "standard input" if source == "-" else source
    form = form_of(raw, source)
    found = _dated(_undated(raw, form, shown), published, published_in or _told_by_text, shown)
    return replace(found, publisher=publisher or found.publisher, link=_address(link) or found.link)


def article_of(text: str, published: date | None = None, published_in: PublishedIn | None = None) -> Article:
    """An article handed over as text. Raises `InputFault` as `load_article` does."""
    shown = "text"
    if not isinstance(text, str):
        raise InputFault([Fault(shown, f"{type(text).__name__} is no text.", allowed="text as str")])
    if not text.strip():
        raise InputFault([Fault(shown, "There is nothing in it.", allowed="an article with some text")])
    if len(text) > MAX_BYTES:
        message = f"It has {len(text):,} characters."
        raise InputFault([Fault(shown, message, allowed=f"at most {MAX_BYTES:,} characters")])
    return _dated(
        _Undated(shown, "text", None, text, title=_first_line(text)), published, published_in or _told_by_text, shown
    )


def _told_by_text(text: str) -> date | None:
    from detente.read import published_in  # the reader itself, which a day that is given does without

    day: date | None = published_in(text)
    return day


def _address(link: str | None) -> str | None:
    if link is not None and not is_address(link):
        raise InputFault([Fault("link", f"'{link[:80]}' is no address.", allowed="an address beginning with https://")])
    return link


def form_of(raw: bytes, source: str) -> Form:
    """Whether bytes are a PDF, a page or plain text: by what they begin with, then by the ending of the name."""
    if raw[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if _HTML.match(raw[:4096].removeprefix(b"\xef\xbb\xbf")):
        return "html"
    named = ENDINGS.get(Path(source).suffix.lower(), "text")
    return "text" if named == "pdf" else named


@dataclass(frozen=True, slots=True)
class _Undated:
    """An article before its day is settled."""

    name: str
    form: Form
    encoding: str | None
    text: str
    title: str | None = None
    page: Page | None = None
    notes: tuple[str, ...] = ()


def _file(source: str) -> bytes:
    try:
        size = os.stat(source).st_size
        if os.path.isdir(source):
            raise InputFault([Fault(source, "This is a folder.", allowed="a file, '-' for standard input")])
        if size > MAX_BYTES:
            raise too_large(size, source)
        with open(source, "rb") as file:
            return _bounded(file, source)
    except (OSError, ValueError) as error:
        if isinstance(error, InputFault):
            raise
        why = getattr(error, "strerror", None) or str(error)
        message = f"The file cannot be read: {why}."
        raise InputFault(
            [Fault(source[:200], message, allowed="a text, HTML or PDF file, '-' for standard input")]
        ) from None


def _stdin() -> bytes:
    return _bounded(sys.stdin.buffer, "standard input")


def _bounded(file: BinaryIO, shown: str) -> bytes:
    """All there is, if it is no more than the bound; a device or a stream may not say its size before."""
    raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise too_large(None, shown)
    return raw


def _undated(raw: bytes, form: Form, shown: str) -> _Undated:
    if form == "pdf":
        pdf = pdf_text(raw, shown)
        return _Undated(shown, form, None, pdf.text, pdf.title or _first_line(pdf.text), notes=pdf.notes)
    if form == "html":
        return _from_page(raw, shown)
    got = decoded(raw, shown)
    return _Undated(shown, form, got.encoding, got.text, _first_line(got.text), notes=got.notes)


def _from_page(raw: bytes, shown: str) -> _Undated:
    refuse_binary(raw, shown)
    declared = _CHARSET.search(raw[:4096])
    got = decoded(raw, shown, declared[1].decode("ascii") if declared else None)
    page = page_of(got.text)
    if not page.text.strip():
        raise InputFault([Fault(shown, "The page has no text of an article.", 1, "a page with paragraphs of text")])
    return _Undated(shown, "html", got.encoding, page.text, title_of(page), page, got.notes)


def _dated(found: _Undated, published: date | None, published_in: PublishedIn, shown: str) -> Article:
    """The article with its marks cleaned and its day settled."""
    text, marks = cleaned(found.text.removeprefix("\ufeff"))
    if not text.strip():
        raise InputFault([Fault(shown, "There is no text in it.", allowed="an article with some text")])
    page = found.page or Page()
    told = published_by_page(page)
    day, by = _day(text, published, told, published_in, shown)
    article = Article(
        name=found.name,
        text=text,
        form=found.form,
        encoding=found.encoding,
        title=_clean(found.title),
        publisher=_clean(publisher_of(page)),
        link=address_of(page),
        published=day,
        published_by=by,
        notes=(*found.notes, *marks),
    )
    return _with_doubts(article, told)


def _day(
    text: str, published: date | None, told: tuple[date, str] | None, published_in: PublishedIn, shown: str
) -> tuple[date, str]:
    if published is not None:
        return published, "as given"
    if told is not None:
        return told
    found = published_in(text)
    if found is None:
        message = "Neither the text nor a page's metadata says on which day the article was published."
        raise InputFault([Fault(shown, message, allowed="give the day: --published YYYY-MM-DD")])
    return found, "the text"


def _with_doubts(article: Article, told: tuple[date, str] | None) -> Article:
    """With words on a day that differs from the page's, and on a text that is not English."""
    doubts = []
    if told is not None and told[0] != article.published:
        doubts.append(f"The day given is {article.published}; {told[1]} says {told[0]}.")
    sample = article.text[:20_000]
    letters = len(_LETTER.findall(sample))
    if letters and len(_ENGLISH_LETTER.findall(sample)) < 0.7 * letters:
        doubts.append("The text is not in English letters; only English is read.")
    return replace(article, notes=(*article.notes, *doubts)) if doubts else article


def _first_line(text: str) -> str | None:
    line = next((x.strip() for x in text[:5000].splitlines() if x.strip()), "")
    return line if 0 < len(line) <= 200 else None


def _clean(words: str | None) -> str | None:
    return " ".join(cleaned(words)[0].split()) or None if words else None
