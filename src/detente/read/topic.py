"""What of a text is about a trade dispute: words of the field between two economies, and words of other fields.

Whether it is enough is weighed by what was learnt (`learned`), or, of the rules alone, by `met`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from dataclasses import field as made

from detente.read.tables import word_set
from detente.read.words import Sentence

_STRONG = word_set("topic strong")
_WITH_TRADE = word_set("topic with trade")
_PAIRS = word_set("topic pairs")
_TRADED = word_set("topic traded")
_OTHER_TARIFF = word_set("topic other tariff")
_GOODS = word_set("topic goods")
_OTHER = word_set("topic other")
_FIELD = word_set("topic field")
_WARES = word_set("topic wares")


@dataclass
class Topic:
    """What has been counted of a text so far."""

    strong: int = 0
    field: int = 0
    goods: int = 0
    other: int = 0
    traded: int = 0
    words: int = 0
    seen: Counter[str] = made(default_factory=Counter)

    @property
    def told(self) -> int:
        """How much of the text is of the field."""
        return 3 * self.strong + self.field + self.goods

    def count(self, sentence: Sentence) -> None:
        """Take in one sentence."""
        lows = [w.low for w in sentence.words]
        self.words += len(lows)
        for i, low in enumerate(lows):
            following = lows[i + 1] if i + 1 < len(lows) else ""
            self.traded += low in _GOODS
            if low in _OTHER:
                self.other += 1
            elif low in _FIELD:
                self.field += 1
            elif low in _WARES:
                self.goods += 1
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
        """Whether the text is about a trade dispute, with the sides it names: by plain words of it, else by many of
        the words around it; a text of another field has more of its own."""
        told = self.told
        plain = self.strong >= 1 or (self.field >= 2 and self.field + self.goods >= 4)
        between = len(sides) >= 2 or (len(sides) == 1 and self.strong >= 3 and not self.other)
        dear = self.traded >= 1 or self.words < 150
        return between and plain and dear and told > 2 * self.other and told * 150 >= min(self.words, 4000)
