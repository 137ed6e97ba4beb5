"""Which rates of a text are rates of duty: not shares, growth or votes."""

from __future__ import annotations

from detente.read.amounts import Rate
from detente.read.clauses import Parsed
from detente.read.tables import word_set

_NO_RATE_AFTER = word_set("measures no rate after")


DUTIES = word_set("measures duties")


_NOT_DUTIES = word_set("measures not duties")


def is_duty(p: Parsed, rate: Rate) -> bool:
    """Whether a rate is one of duty, not a share, a growth rate or a vote."""
    after = [p.low(k) for k in range(rate.end, rate.end + 5)]
    before = [p.low(k) for k in range(max(0, rate.start - 5), rate.start)]
    if (
        rate.role != "change"
        and after[:1]
        and not (after[0] == "more" and _borne(p, rate))
        and after[0] in _NO_RATE_AFTER
        and not (after[0] == "of" and DUTIES & set(after[1:4]))
    ):
        return False
    if p.low(rate.start - 1) == "(" and p.low(rate.end) == ")" and p.low(rate.end + 1) == ":":
        return False
    if before[-1:] == ["at"] and p.low(rate.start) == "one":
        return False  # 'at one point'
    if after[:1] in (["done"], ["complete"], ["finished"], ["sure"], ["certain"], ["there"]):
        return False  # 'about 90 per cent done'
    if before[-1:] == ["no"] or before[-2:] == ["not", "at"]:
        return False
    if after[:1] and after[0] in ("consensus", "plan", "programme", "program", "agenda", "lead", "list", "proposal"):
        return False
    if p.has("scenario", "scenarios", "probability", "odds", "likelihood"):
        return False
    if _CHANCES & {p.low(k) for k in range(rate.start - 5, rate.start)}:
        return False
    if rate.value > 5 or before[-2:] == ["almost", "four"] or p.has("dow", "nasdaq", "s&p", "index", "stoxx", "ftse"):
        return False
    if after[:1] == ["more"] and _borne(p, rate):
        return True
    if _NOT_DUTIES & {*after[:3], *before} or _of_trade(p, rate):
        return False
    return not (before[-2:] == ["more", "than"] and after[:1] == ["of"])


_CHANCES = frozenset({"scenario", "tail", "probability", "odds", "chance", "likelihood", "upside", "downside", "case"})


def _borne(p: Parsed, rate: Rate) -> bool:
    """'Chinese goods are to pay 100% more'."""
    return any("bear" in g.classes and g.end <= rate.start <= g.end + 2 for g in p.groups)


_TRADED = word_set("measures traded")


_GROWING = frozenset({"grow", "shrink", "slump", "plunge", "widen", "tumble", "sink", "swell", "contract"})


def _of_trade(p: Parsed, rate: Rate) -> bool:
    """'imports fell by 25%', 'exports grew 3%', 'raised its prices by 10%': a change of trade or prices."""
    for g in p.groups:
        if not (g.left <= rate.start < g.right and rate.start >= g.end):
            continue
        changing = g.classes & {"rise", "fall", "raise", "cut"} or g.lemma in _GROWING
        start = g.left if g.head_left < 0 else g.head_left
        about = {p.low(k) for k in (*range(start, g.start), *range(g.end, rate.start))}
        stretch = [t for t in p.things if start <= t.start < rate.start and t.kind in ("measure", "rate")]
        if changing and about & _TRADED and not stretch:
            return True
    return False
