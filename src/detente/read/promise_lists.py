"""What a side promises told as a list: under a heading ('From China', 'What Canada promised', 'China will:'), line by
line or parted by semicolons. The items need no verb."""

from __future__ import annotations

from detente.read.amounts import told_rate
from detente.read.clauses import Parsed
from detente.read.drafts import (
    Draft,
    length_of,
    products_in,
    quantity_in,
    sides_in,
    span_of,
    term_of,
    with_other,
)
from detente.read.names import Discourse
from detente.read.tables import word_set

_PROMISING = word_set("lists promising")
_LONGEST = 45  # words of an item that is a line of its own
_MARKS = frozenset("-–—•*·▪")
_GIVEN_UP = frozenset({"commitment", "arrangement", "claim-expectation"})


def listed(p: Parsed, found: list[Draft], seen: Discourse) -> list[Draft]:
    """The drafts of a sentence, with those of a list or of a fragment without a verb."""
    out = _in_list(p, found, seen)
    out = out if len(out) > len(found) else [*out, *_fragment(p, out, seen)]
    promised = next((d for d in reversed(out) if d.kind == "commitment" and not d.weak), None)
    if promised is not None:
        seen.promiser = (p.sentence.paragraph, promised.parties)
    return out


def _fragment(p: Parsed, found: list[Draft], seen: Discourse) -> list[Draft]:
    """'And $17 billion of farm goods a year.': what follows a promise without a verb of its own is promised too."""
    spoken = [g for g in p.groups if g.marker not in ("reduced", "attribute", "which", "that")]
    told = seen.promiser is not None and 0 <= p.sentence.paragraph - seen.promiser[0] <= 1
    if spoken or found or not told or seen.promiser is None or p.words[-1].text == "?" or p.sentence.heading:
        return []
    spans = [(a, b) for a, b in _items(p) if any(a <= q.start < b for q in p.quantities)]
    return [_draft(p, a, b, seen.promiser[1], seen) for a, b in spans]


def _in_list(p: Parsed, found: list[Draft], seen: Discourse) -> list[Draft]:
    """The drafts of a sentence, with those of a list it opens or stands in."""
    opened = _opens(p, seen)
    if opened:
        inline = p.words[-1].text == "." or not p.sentence.heading
        seen.listing = (p.sentence.paragraph, opened, inline)
        return [d for d in found if d.kind not in _GIVEN_UP]
    if seen.listing is None:
        return found
    paragraph, parties, inline = seen.listing
    if not _goes_on(p, paragraph, inline):
        seen.listing = None
        return found
    seen.listing = (
        (p.sentence.paragraph, parties, False) if not (inline and p.sentence.paragraph == paragraph) else None
    )
    own = [d for d in found if d.kind == "commitment"]
    for d in own:
        d.parties = parties
    spans = _items(p)
    if len(own) >= len(spans):
        return found
    kept = [d for d in found if d.kind not in _GIVEN_UP and not d.kind.startswith("measure")]
    return [*kept, *[_draft(p, start, end, parties, seen) for start, end in spans]]


def _opens(p: Parsed, seen: Discourse) -> tuple[str, ...]:
    """The sides of a list a sentence opens, whose promises they are first; () where it opens none."""
    words = [w for w in p.words if w.text not in ".:*#-"]
    ends = p.words[-1].text == ":"
    if not words or len(words) > (30 if ends else 8) or not (ends or p.sentence.heading or p.words[-1].text == "."):
        return ()
    owner = sides_in([m for m in p.named if m.kind in ("party", "body", "group", "place")][:1]) or _places(p)[:1]
    told = _told_promise(p, ends)
    dealt = seen.dealt or any(t.kind in ("deal", "statement") for t in p.things)
    if len(owner) != 1 or not (dealt or told):
        return ()
    tail = {w.low for w in words[-2:]}
    bare = len(words) <= 4 and not p.groups and (ends or _capitals(p)) and words[0].low in ("from", "for", "by", "on")
    alone = ends and not p.groups and len(words) <= 3 and words[-1].low not in ("said", "says")
    leads = ends and bool(tail & {"will", "to", "shall", "would"})
    if not (bare or alone or leads or told) or any(g.negated for g in p.groups):
        return ()
    return with_other(owner, seen)


def _places(p: Parsed) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c for m in p.named for c in m.parties))


def _capitals(p: Parsed) -> bool:
    return all(w.text.isupper() or not w.text.isalpha() for w in p.words) or p.sentence.heading


def _told_promise(p: Parsed, ends: bool) -> bool:
    """'What Canada promised', 'China has agreed to the following:', 'Commitments by China'."""
    verb = any(g.lemma in _PROMISING and not g.negated for g in p.groups)
    noun = p.has("concessions", "commitments", "pledges", "obligations", "undertakings")
    asked = any(p.low(k) == "what" for k in range(4))
    return (verb and (ends or asked)) or (noun and (ends or not p.groups))


def _goes_on(p: Parsed, paragraph: int, inline: bool) -> bool:
    """Whether a sentence is an item of the list before it."""
    marked = p.words[0].text in _MARKS
    if p.words[-1].text == "?" or len(p.words) > (160 if inline else _LONGEST):
        return False
    if inline and p.sentence.paragraph == paragraph:
        return any(w.text == ";" for w in p.words)
    follows = p.sentence.paragraph == paragraph + 1
    wrapped = p.sentence.paragraph == paragraph and (marked or p.words[0].text[0].isdigit())
    return (follows or wrapped) and (marked or not p.sentence.heading)


def _items(p: Parsed) -> list[tuple[int, int]]:
    """The parts of a list parted by semicolons, and of one item with two amounts."""
    ends = [k for k, w in enumerate(p.words) if w.text == ";"]
    parts = list(zip([0, *[k + 1 for k in ends]], [*ends, len(p.words)], strict=True))
    parts = [(a, b) for a, b in parts if b > a and not _explains(p, a)]
    return [piece for a, b in parts for piece in _by_amount(p, a, b)]


def _explains(p: Parsed, start: int) -> bool:
    """'…; they would have died in November': words about the item before."""
    return start > 0 and p.low(start) in ("they", "it", "these", "this", "that", "which", "as", "but")


def _by_amount(p: Parsed, start: int, end: int) -> list[tuple[int, int]]:
    """'12 million tonnes this year, and 25 million in each of the three after': one promise each."""
    cut = [
        k for k in range(start + 2, end - 2) if p.low(k) == "and" and p.low(k - 1) == "," and p.low(k + 1)[:1].isdigit()
    ]
    before = any(start <= q.start < cut[0] for q in p.quantities) if cut else False
    return [(start, cut[0]), (cut[0] + 1, end)] if before else [(start, end)]


def _draft(p: Parsed, start: int, end: int, parties: tuple[str, ...], seen: Discourse) -> Draft:
    found = [t for t in p.times if start <= t.start < end]
    return Draft(
        "commitment",
        parties,
        [span_of(p, start, end)],
        date=term_of(found, True, seen.published),
        days=length_of(found),
        rate=told_rate([r for r in p.rates if start <= r.start < end]),
        products=products_in(p, start, end),
        quantity=quantity_in(p, start, end),
        key=f"item/{p.words[start].start}",
        paragraph=p.sentence.paragraph,
        order=p.words[start].start,
    )
