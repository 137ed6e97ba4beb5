"""The text of a PDF. What cannot be read is said in words: encrypted, broken, pictures of pages."""

from __future__ import annotations

import io
import logging
import re
import time
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.read.decoding import MAX_BYTES
from detente.terms import Fault, InputFault

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_PAGES = 500
MAX_SECONDS = 60
_PARTED_WORD = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_BROKEN_LINE = re.compile(r"(?<=[^\s.?!:\"”]) ?\n(?=\S)|\n(?=[a-z])")
_ALLOWED = "a PDF with text, or the text itself"


@dataclass(frozen=True, slots=True)
class PdfText:
    """The words of a PDF, its title and what is to be said about it."""

    text: str
    title: str | None
    notes: tuple[str, ...] = ()


def pdf_text(raw: bytes, shown: str) -> PdfText:
    """The text of a PDF, a blank line between pages. Raises `InputFault` for one that gives none."""
    from pypdf import PdfReader  # 0.2 s, and only for a PDF

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            reader = PdfReader(io.BytesIO(raw))
            if reader.is_encrypted and not reader.decrypt(""):
                raise _fault(shown, "The PDF is encrypted.", "a PDF without a password")
            return _read(reader, shown)
        except InputFault:
            raise
        except Exception as error:  # the library raises whatever a broken file leads it to
            raise _fault(shown, f"The PDF cannot be read: {_short(error)}.") from None


def _read(reader: PdfReader, shown: str) -> PdfText:
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise _fault(shown, f"The PDF has {count:,} pages.", f"at most {MAX_PAGES} pages")
    pages: list[str] = []
    began = time.monotonic()
    for page in reader.pages:
        pages.append(_flowing(page.extract_text().strip()))
        if time.monotonic() - began > MAX_SECONDS or sum(map(len, pages)) > MAX_BYTES:
            raise _fault(shown, f"The PDF takes too long to read: {len(pages)} of {count} pages were read.")
    text = "\n\n".join(p for p in pages if p)
    if not text.strip():
        raise _fault(shown, "The PDF has no text: its pages are pictures.", "a PDF with text, after text recognition")
    empty = sum(not p for p in pages)
    return PdfText(text, _title(reader), (f"{empty} of {count} pages have no text.",) if empty else ())


def _flowing(page: str) -> str:
    """A page with its lines joined into sentences, and words joined that a line's end had parted."""
    return _BROKEN_LINE.sub(" ", _PARTED_WORD.sub("", page))


def _title(reader: Any) -> str | None:
    title = reader.metadata.title if reader.metadata else None
    return title.strip()[:500] or None if isinstance(title, str) else None


def _short(error: Exception) -> str:
    words = " ".join(str(error).split())[:120] or type(error).__name__
    return words.rstrip(".")


def _fault(shown: str, message: str, allowed: str = _ALLOWED) -> InputFault:
    return InputFault([Fault(shown, message, 1, allowed)])
