"""Whether a text is about a trade dispute: words of the field between two economies, and few of another field."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from detente.read.tables import word_set
from detente.read.words import Sentence

_STRONG = word_set("topic strong")
_WITH_TRADE = word_set("topic with trade")
_PAIRS = word_set("topic pairs")
_TRADED = word_set("topic traded")
_OTHER_TARIFF = word_set("topic other tariff")
_GOODS = word_set("topic goods")
_OTHER = word_set("topic other")
_WEAK = word_set("topic weak")
_SHARE = 0.34  # of a word that speaks of trade or of a dispute, but of others as well


@dataclass
class Topic:
    """What has been counted of a text so far."""

    strong: int = 0
    weak: int = 0
    other: int = 0
    traded: int = 0
    words: int = 0
    seen: Counter[str] = field(default_factory=Counter)

    def count(self, sentence: Sentence) -> None:
        """Take in one sentence."""
        lows = [w.low for w in sentence.words]
        self.words += len(lows)
        for i, low in enumerate(lows):
            following = lows[i + 1] if i + 1 < len(lows) else ""
            self.weak += low in _WEAK
            self.traded += low in _GOODS
            if low in _OTHER:
                self.other += 1
            if low in ("tariff", "tariffs", "duties") and set(lows[max(0, i - 3) : i]) & _OTHER_TARIFF:
                self.other += 1
            elif (
                (low in ("cent", "percent", "%") and following == "on" and _TRADED & set(lows[i + 2 : i + 4]))
                or low in _STRONG
                or (low == "trade" and following in _WITH_TRADE)
                or f"{low}_{following}" in _PAIRS
            ):
                self.strong += 1

    def met(self, sides: Counter[str]) -> bool:
        """Whether the text is about a trade dispute, with the sides it names."""
        if self.strong < 1:
            return self._between(sides)
        if self.traded < 1 and self.words >= 150 and self.strong < 3:
            return False
        told = self.strong + _SHARE * self.weak
        if self.strong < self.other:
            return False
        enough = len(sides) >= 2 or (len(sides) == 1 and told >= max(3, 3 * self.other))
        return told >= 1 and enough and told * 400 >= min(self.words, 4000)

    def _between(self, sides: Counter[str]) -> bool:
        """Without a word of the field: a text of two sides, one of them the United States, that speaks of goods."""
        others = sum(n for side, n in sides.items() if side != "USA")
        return self.other == 0 and self.weak >= 2 and sides["USA"] >= 2 and others >= 3 and self.words < 600
