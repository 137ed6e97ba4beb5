"""A text as paragraphs, sentences and words, each with its exact place.

Everything later works on words of one sentence, so what costs more than one look a word is bounded here: a sentence is
cut after `LONGEST` words and a window holds at most `WINDOW` characters, whatever the text is like.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from detente.read.tables import word_set

LONGEST = 160
WINDOW = 20_000

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|[ap]\.m\.|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mr|Mrs|Ms|Dr)\.(?=\s)|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?|[%$€£¥]|[^\w\s]|_",
)
_BREAK = re.compile(r"\n[ \t\r\f\v]*\n\s*")
_ENDS = frozenset(".!?…。")
_CLOSERS = frozenset("\"'”’)]»")
_OPENERS = frozenset("\"'“‘([«—-")
_SHORT = word_set("words short")
BULLETS = frozenset("-–—•*·")
_SPLIT_OFF = {"'s", "'ll", "'d", "'re", "'ve", "'m"}


@dataclass(slots=True)
class Word:
    """One word, number or mark; `low` is it in small letters with a straight apostrophe."""

    start: int
    end: int
    text: str
    low: str

    @property
    def capital(self) -> bool:
        """True where it begins with a capital letter."""
        return self.text[:1].isupper()


@dataclass(slots=True)
class Sentence:
    """Words of one sentence. `quoted[i]` tells whether word i stands in quotation marks; `heading` marks a title."""

    words: list[Word]
    paragraph: int
    heading: bool
    quoted: list[bool] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end


def words_of(name: str) -> tuple[str, ...]:
    """A name as the words it is looked up by: small, without accents."""
    decomposed = unicodedata.normalize("NFKD", name)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return tuple(w.low for m in _TOKEN.finditer(bare) for w in _split_off(m.start(), m[0]))


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text in order, read window by window."""
    for number, (start, end) in enumerate(_paragraphs(text)):
        inside = False
        for words in _cut(text, start, end):
            heading = words[-1].text[-1] not in "\"'”’)…:;,.!?" and len(words) <= 25 and words[0].text not in BULLETS
            sentence = Sentence(words, number, heading)
            inside = _mark_quotes(sentence, inside)
            yield from _without_dateline(sentence)


def _without_dateline(sentence: Sentence) -> list[Sentence]:
    """'GENEVA, 13 May 2025 - The talks …': the dateline is no part of the sentence."""
    at = _dateline_end(sentence.words) if sentence.paragraph < 8 else 0
    if not at or at >= len(sentence.words):
        return [sentence]
    first = Sentence(sentence.words[:at], sentence.paragraph, True, sentence.quoted[:at])
    return [first, Sentence(sentence.words[at:], sentence.paragraph, sentence.heading, sentence.quoted[at:])]


def _dateline_end(words: list[Word]) -> int:
    """The word after the dash of a dateline, 0 where there is none."""
    dash = next(
        (
            i
            for i, w in enumerate(words[:18])
            if (w.text in "-–—" and i > 0 and words[i - 1].end < w.start) or (w.text in "–—" and i > 0)
        ),
        0,
    )
    if not dash or any(w.text.islower() and w.low not in _DATELINE for w in words[:dash]):
        return 0
    told = any(w.low.rstrip(".") in _MONTHS or w.text.isdecimal() for w in words[:dash]) or (
        words[0].text.isupper() and len(words[0].text) > 3
    )
    while dash + 1 < len(words) and words[dash + 1].text in "-–—":
        dash += 1
    return dash + 1 if told else 0


_DATELINE = word_set("words dateline")
_MONTHS = word_set("words months")


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where paragraphs begin and end: at empty lines, at short lines, and after `WINDOW` characters."""
    place = 0
    for gap in _BREAK.finditer(text):
        yield from _lines(text, place, gap.start())
        place = gap.end()
    yield from _lines(text, place, len(text))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A short line (a title, a dateline) stands alone; longer ones are wrapped text and belong together."""
    place = start
    while start < end:
        stop = text.find("\n", start, end)
        if stop < 0:
            break
        ended = text[max(start, stop - 3) : stop].rstrip()[-1:] in _ENDS
        listed = text[stop + 1 : stop + 2] in BULLETS and text[stop + 2 : stop + 3] == " "
        if stop - start < 50 or listed or (ended and _starts_new(text, stop, end)):
            yield from _windows(place, stop)
            place = stop + 1
        start = stop + 1
    if place < end:
        yield from _windows(place, end)


def _starts_new(text: str, stop: int, end: int) -> bool:
    """A full line that ends a sentence and is followed by a capital or a list mark."""
    return stop + 1 < end and (text[stop + 1].isupper() or text[stop + 1] in '-*•"“')


def _windows(start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > WINDOW:
        yield start, start + WINDOW
        start += WINDOW
    if start < end:
        yield start, end


def _cut(text: str, start: int, end: int) -> Iterator[list[Word]]:
    words: list[Word] = []
    for match in _TOKEN.finditer(text, start, end):
        words.extend(_split_off(match.start(), match[0]))
        if len(words) >= LONGEST or _ends_here(words, text, match.end(), end):
            yield words
            words = []
    if words:
        yield words


def _split_off(start: int, text: str) -> list[Word]:
    """A word, with "n't", "'s" and the like as words of their own."""
    low = text.lower().replace("’", "'")
    if len(low) != len(text):  # a letter whose small form is longer: keep offsets, give up the case
        low = text
    cut = len(low) - 3 if low.endswith("n't") else low.find("'")
    if 0 < cut < len(low) and (low.endswith("n't") or low[cut:] in _SPLIT_OFF):
        middle = start + cut
        first = (
            {"ca": "can", "wo": "will", "sha": "shall"}.get(low[:cut], low[:cut]) if low[cut:] == "n't" else low[:cut]
        )
        return [Word(start, middle, text[:cut], first), Word(middle, start + len(text), text[cut:], low[cut:])]
    return [Word(start, start + len(text), text, low)]


def _ends_here(words: list[Word], text: str, place: int, end: int) -> bool:
    """Whether the sentence ends with the last word: a stop, perhaps a closing mark, then a space and a new start."""
    last = words[-1]
    stop = words[-2] if len(words) > 1 and last.text in _CLOSERS and words[-2].end == last.start else last
    if stop.text not in _ENDS and not (stop.text[-1:] == "." and stop.text.count(".") > 1):
        return False
    if place < end and not text[place].isspace():
        return False
    nxt = text[place : min(place + 40, end)].lstrip()[:2]
    if not nxt:
        return True
    starts = nxt[0].isupper() or nxt[0].isdigit() or (nxt[0] in _OPENERS and nxt[-1:].isupper())
    if stop.text != ".":
        return starts and (stop.text in _ENDS or _after_initials(text, place, end))
    before = words[words.index(stop) - 1].low if len(words) > 1 else ""
    return starts and before not in _SHORT and not (len(before) == 1 and before.isalpha() and words[-2].capital)


def _after_initials(text: str, place: int, end: int) -> bool:
    """'U.S.' ends a sentence only before a word that begins one."""
    nxt = text[place : min(place + 40, end)].split(None, 1)[:1]
    return bool(nxt) and nxt[0] in {
        "The",
        "It",
        "In",
        "On",
        "He",
        "She",
        "They",
        "But",
        "A",
        "This",
        "That",
        "Both",
        "Under",
    }


def _mark_quotes(sentence: Sentence, inside: bool) -> bool:
    """Mark the words between quotation marks; a quotation may run on from the sentence before."""
    for word in sentence.words:
        if word.text in "“«":
            inside = True
        elif word.text in "”»":
            inside = False
        elif word.text == '"':
            inside = not inside
        sentence.quoted.append(inside and word.text not in '“"«')
    return inside
