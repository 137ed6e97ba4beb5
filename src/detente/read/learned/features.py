"""What is looked at in a piece of a sentence: its words and classes, its verb's mood, its neighbours, the text so far.

Features are strings; a piece has those in its list, each once. Their names are kept short since there are many.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise

from detente.read.clauses import Parsed
from detente.read.factuality import factuality
from detente.read.learned.pieces import Piece
from detente.read.names import Discourse
from detente.read.tables import table
from detente.read.times import Time
from detente.read.verbs import Group

_ENDINGS = ("ations", "ation", "edly", "ings", "ing", "ies", "ed", "es", "s", "ly")


@dataclass
class Before:
    """What the sentence before held, and how many sentences have been read."""

    things: tuple[str, ...] = ()
    paragraph: int = -1
    count: int = 0


@dataclass(slots=True)
class _Own:
    """The features of a piece alone, those its neighbours see of it, and its verb classes."""

    all: list[str]
    shown: list[str]
    classes: set[str]


def features(found: list[Piece], seen: Discourse, before: Before) -> list[list[str]]:
    """The features of every piece of a sentence, in order; `before` is moved on."""
    p = found[0].p
    own = [_own(piece, seen.published) for piece in found]
    shared = _of_sentence(p, seen, before, set().union(*(o.classes for o in own)))
    out = []
    for i, piece in enumerate(found):
        around = [f"L{x}" for x in own[i - 1].shown] if i else ["first"]
        around += [f"R{x}" for x in own[i + 1].shown] if i + 1 < len(own) else ["last"]
        if i:
            around.append(f"sep {p.low(piece.start - 1)} {p.low(piece.start)}")
        out.append([*own[i].all, *shared, *around])
    move_on(before, p)
    return out


def move_on(before: Before, p: Parsed) -> None:
    """To the next sentence."""
    before.things = tuple(sorted({t.kind for t in p.things}))
    before.paragraph = p.sentence.paragraph
    before.count += 1


@lru_cache(20_000)
def stem(word: str) -> str:
    """A word without its ending, by which its forms are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def _own(piece: Piece, published: date) -> _Own:
    shown = [f"r={r.role}" for r in piece.rates]
    things = sorted({t.kind for t in piece.things})
    shown += [f"t={t}" for t in things]
    classes: set[str] = set()
    facts: set[str] = set()
    rest: list[str] = []
    for group in piece.groups:
        fact = factuality(piece.p, group)
        classes |= group.classes
        facts.add(fact)
        _of_verb(group, fact, shown, rest)
        rest += _around(piece, group, fact)
    rest += _words(piece)
    meant = _senses(piece)
    shown += [f"s={x}" for x in sorted({x for group in meant for x in group})]
    rest += _in_order(meant, sorted(facts))
    rest += _joined(things, sorted(classes), sorted(facts), bool(piece.rates))
    rest += _names(piece)
    rest += _times(piece, published, sorted(classes))
    return _Own([*shown, *rest, "bias", f"rates={min(len(piece.rates), 2)}"], shown, classes)


def _words(piece: Piece) -> list[str]:
    out = []
    last = "^"
    for word in piece.p.words[piece.start : piece.end]:
        low = word.low
        now = stem(low) if low.isalpha() else "#" if low[:1].isdigit() else low
        out.append(f"w={now}")
        out.append(f"b={last} {now}")
        last = now
    return out


def _senses(piece: Piece) -> list[tuple[str, ...]]:
    """What the words of a piece mean, in order, those without a sense left out."""
    out = []
    lows = [w.low for w in piece.p.words[piece.start : piece.end]]
    alone, pairs = senses()
    for i, low in enumerate(lows):
        found = pairs.get((low, lows[i + 1]), ()) if i + 1 < len(lows) else ()
        found += alone.get(low) or alone.get(stem(low)) or ()
        if found:
            out.append(found)
    return out


def _in_order(meant: list[tuple[str, ...]], facts: list[str]) -> list[str]:
    """Senses beside each other, each pair of them anywhere, and each with the mood of the verb."""
    out = [f"sb={a}>{b}" for one, other in pairwise(meant) for a in one for b in other]
    every = sorted({x for group in meant for x in group})
    out += [f"ss={a} {b}" for i, a in enumerate(every) for b in every[i + 1 :]]
    return out + [f"sF={x} {fact}" for x in every for fact in facts]


@cache
def senses() -> tuple[dict[str, tuple[str, ...]], dict[tuple[str, str], tuple[str, ...]]]:
    """The senses of words and their stems, and of two words beside each other."""
    alone: dict[str, tuple[str, ...]] = {}
    pairs: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in table("senses.csv"):
        for words in row["words"].split():
            first, _, second = words.partition("_")
            if second:
                pairs[first, second] = (*pairs.get((first, second), ()), row["sense"])
                continue
            for shown in {first, stem(first)}:
                alone[shown] = (*alone.get(shown, ()), row["sense"])
    return alone, pairs


def _of_verb(group: Group, fact: str, shown: list[str], rest: list[str]) -> None:
    """A verb: what it is, how it is told, what it hangs on."""
    shown += [f"gl={group.lemma}", f"gF={fact}"]
    mood = f"M{group.modal}" if group.modal else "I" if group.infinitive else "p" if group.past else group.form
    rest.append(f"T={mood}{'N' if group.negated else ''}{'P' if group.passive else ''}")
    rest.append(f"m={group.marker}")
    if group.lead:
        rest.append(f"lead={group.lead}")
    for kind in group.classes:
        shown.append(f"gc={kind}")
        rest.append(f"cF={kind} {fact}")
    if (above := group.governor) is not None:
        rest.append(f"al={above.lemma}")
        for upper in above.classes:
            rest.append(f"ac={upper}")
            rest += [f"acc={upper}>{kind}" for kind in group.classes]


def _around(piece: Piece, group: Group, fact: str) -> list[str]:
    """Who does it, and the things and senses on either side of the verb."""
    out = [f"sk={m.kind}{m.role} {fact}" for m in group.subjects] or [f"sk=none {fact}"]
    for thing in piece.things:
        side = "<" if thing.end <= group.start else ">"
        out.append(f"{side}t={thing.kind} {fact}")
        out += [f"{side}ct={kind} {thing.kind}" for kind in group.classes]
        out.append(f"{side}lt={group.lemma} {thing.kind}")
    for rate in piece.rates:
        out += [f"{'<' if rate.end <= group.start else '>'}cr={kind} {rate.role}" for kind in group.classes]
    return out


def _joined(things: list[str], classes: list[str], facts: list[str], rated: bool) -> list[str]:
    """Classes of verbs, things and moods together."""
    objects = [*things, *(["rate!"] if rated else [])]
    out = [f"tt={a} {b}" for i, a in enumerate(things) for b in things[i + 1 :]]
    out += [f"ct={c} {t}" for c in classes for t in objects]
    out += [f"Ft={f} {t}" for f in facts for t in objects]
    out += [f"Fct={f} {c} {t}" for f in facts for c in classes for t in objects]
    if not facts:
        out += ["nog", *(f"nog {t}" for t in objects)]
    return out


def _names(piece: Piece) -> list[str]:
    p = piece.p
    named = [m for m in p.named if piece.start <= m.start < piece.end]
    out = [f"mk={m.kind}{m.role}" for m in named]
    out.append(f"np={min(3, len({c for m in named for c in m.parties}))}")
    out.append(f"npp={min(2, sum(m.kind == 'person' for m in named))}")
    if any(piece.start <= start < piece.end for start, _, _ in p.products):
        out.append("goods")
    if any(piece.start <= q.start < piece.end for q in p.quantities):
        out.append("amount")
    if any(p.sentence.quoted[piece.start : piece.end]):
        out.append("quoted")
    return out


def _times(piece: Piece, published: date, classes: list[str]) -> list[str]:
    told = [_time(t, published) for t in piece.p.times if piece.start <= t.start < piece.end]
    return [f"tm={t}" for t in told] + [f"tmc={t} {c}" for t in told for c in classes]


def _time(time: Time, published: date) -> str:
    """Its role, and on which side of the day of publication it lies."""
    when = time.past or time.ahead
    if when is None:
        return f"{time.role}?"
    return f"{time.role}{'>' if when.from_ > published else '<'}{'' if when.precision == 'day' else '~'}"


def _of_sentence(p: Parsed, seen: Discourse, before: Before, classes: set[str]) -> list[str]:
    """What all pieces of a sentence share: its kinds of verbs and things, the sentence before, the text so far."""
    sentence = p.sentence
    out = [f"st={t.kind}" for t in p.things]
    out += [f"sc={c}" for c in classes]
    out += [f"pst={t}" for t in before.things]
    flags = {
        "heading": sentence.heading,
        "source": p.according_to is not None,
        "asked": p.words[-1].text == "?",
        "srate": bool(p.rates),
        "item": p.item is not None,
        "samepar": before.paragraph == sentence.paragraph,
        "top": before.count < 2,
        "deal": seen.deal,
        "deal told": seen.deal_told,
        "court": seen.court,
        "duty": seen.duty,
        "measure before": seen.measure_before,
    }
    return [*out, *(name for name, holds in flags.items() if holds)]
