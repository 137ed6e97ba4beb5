"""From bytes to text: which encoding, what is no text, and marks that would deceive whoever reads it.

What was decided is told in words, since a wrong encoding changes names and amounts. Marks that nobody sees (the order
of right-to-left text, widths of nothing) are taken out and control characters become spaces, so that no quote shown on
a screen can differ from what was read.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from detente.terms import Fault, InputFault

MAX_BYTES = 10_000_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KNOWN = {codecs.lookup(n).name for n in ("utf-8", "ascii", "cp1252", "utf-16", "utf-16-le", "utf-16-be")}
_KNOWN |= {codecs.lookup(f"iso8859-{n}").name for n in (2, 3, 4, 5, 7, 9, 10, 13, 14, 15, 16)}
_KNOWN |= {codecs.lookup(f"cp{n}").name for n in (1250, 1251, 1253, 1254, 1257, 932, 936, 949, 950)}
_KNOWN |= {
    codecs.lookup(n).name for n in ("koi8-r", "gb2312", "gbk", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr")
}
_HIDDEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufff9-\ufffb\ud800-\udfff]")
_MAGIC = {
    b"PK\x03\x04": "a packed file (a Word or OpenDocument text, perhaps)",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x7fELF": "a program",
    b"MZ": "a program",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read in, and what is to be said about that."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decoded(raw: bytes, shown: str, declared: str | None = None) -> Decoded:
    """The text of bytes: by their byte-order mark, else as declared, else UTF-8, else Windows-1252, which is told.

    Raises `InputFault` for what is no text.
    """
    refuse_binary(raw, shown)
    for mark, name in _BOMS:
        if raw.startswith(mark):
            return _by_mark(raw, name, shown)
    notes: list[str] = []
    for name in _candidates(raw, declared, notes):
        try:
            return Decoded(raw.decode(name), name, tuple(notes))
        except UnicodeDecodeError:
            notes.append(f"It is not {name}{', as it says it is' if name == _codec(declared) else ''}.")
    notes = [n for n in notes if not n.startswith("It is not utf-8.")]
    notes.append("It is not UTF-8; read as Windows-1252: letters beyond English may be wrong.")
    return Decoded(raw.decode("cp1252", "replace"), "cp1252", tuple(notes))


def refuse_binary(raw: bytes, shown: str) -> None:
    """Raises `InputFault` for bytes that are empty or no text in any encoding that is read here."""
    if not raw.strip():
        raise InputFault([Fault(shown, "There is nothing in it.", 1, "an article with some text")])
    what = next((what for mark, what in _MAGIC.items() if raw.startswith(mark)), None)
    if what is None and not _has_mark(raw) and _wide(raw) is None and raw.count(0) > len(raw) // 1000:
        what = "binary"
    if what is not None:
        raise InputFault([Fault(shown, f"This is no text: it is {what}.", 1, "text, HTML, or a PDF with text")])


def too_large(size: int | None, shown: str) -> InputFault:
    """The fault for an input over the bound; `size` is in bytes, None where only a stream was seen."""
    told = f"It has {size:,} bytes." if size is not None else f"It has more than {MAX_BYTES:,} bytes."
    return InputFault([Fault(shown, told, 1, f"at most {MAX_BYTES:,} bytes")])


def cleaned(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without marks nobody sees and with spaces for control characters, and what was done, in words."""
    plain, hidden = _HIDDEN.subn("", text)
    plain, control = _CONTROL.subn(" ", plain)
    notes = []
    if hidden:
        notes.append(f"Left out: {_count(hidden, 'mark')} that cannot be seen (text direction, zero width).")
    if control:
        notes.append(f"Read as spaces: {_count(control, 'control character')}.")
    return plain, tuple(notes)


def _count(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def _has_mark(raw: bytes) -> bool:
    return any(raw.startswith(mark) for mark, _ in _BOMS)


def _by_mark(raw: bytes, name: str, shown: str) -> Decoded:
    codec = "utf-8-sig" if name == "utf-8" else name
    text = raw.decode(codec, "replace")
    broken = text.count("\ufffd")
    if not text.strip():
        raise InputFault([Fault(shown, "There is nothing in it.", 1, "an article with some text")])
    return Decoded(text, name, (f"{_count(broken, 'character')} could not be read as {name}.",) if broken else ())


def _candidates(raw: bytes, declared: str | None, notes: list[str]) -> list[str]:
    """Encodings to try in turn; one that is declared but not known here goes to `notes`."""
    named = _codec(declared)
    if declared and named is None:
        notes.append(f"Its encoding '{declared[:40]}' is not known here.")
    if named in ("ascii", "iso8859-1"):
        named = "cp1252"  # as every browser reads them
    tried = [_wide(raw), named, "utf-8"]
    return list(dict.fromkeys(x for x in tried if x))


def _codec(declared: str | None) -> str | None:
    try:
        name = codecs.lookup(declared.strip()).name if declared else None
    except (LookupError, ValueError):
        return None
    return name if name in _KNOWN or name == "iso8859-1" else None


def _wide(raw: bytes) -> str | None:
    """UTF-16 without a mark, told by the zeros on one side of every English letter."""
    sample = raw[:2000]
    if len(sample) < 8 or len(raw) % 2:
        return None
    for name, high in (("utf-16-le", 1), ("utf-16-be", 0)):
        zeros, others = sample[high::2].count(0), sample[1 - high :: 2].count(0)
        if zeros > 0.9 * len(sample) / 2 and not others:
            return name
    return None
