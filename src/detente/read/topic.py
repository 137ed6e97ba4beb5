"""Whether a text is about a trade dispute at all: words of the field between two economies, and few of another field."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from detente.read.words import Sentence

_STRONG = frozenset(
    "tariff tariffs duties surtax surtaxes countertariffs counter-tariffs surcharge wto usmca cusma nafta mofcom ustr"
    " protectionism protectionist levies countermeasures ieepa".split()
)
_WITH_TRADE = frozenset(
    "war truce talks deal dispute tensions agreement representative minister policy deficit surplus negotiators"
    " negotiations partner partners conflict commissioner barriers restrictions ministers secretary chief pact framework"
    " court ministry weapon spat row chiefs envoy peace feud relations measures expansion act".split()
)
_PAIRS = (
    ("export", "controls"), ("export", "control"), ("export", "curbs"), ("export", "ban"), ("import", "duty"), ("import", "duties"), ("import", "tax"),
    ("import", "taxes"), ("rare", "earths"), ("rare", "earth"), ("entity", "list"), ("customs", "duties"), ("port", "fees"),
    ("digital", "services"), ("phase", "one"), ("soybean", "purchases"), ("trading", "partners"), ("free", "trade"), ("steel", "tariffs"), ("section", "232"), ("section", "301"), ("export", "restrictions"), ("export", "licences"), ("export", "licenses"),
)  # fmt: skip
_OTHER_TARIFF = frozenset("electricity energy power water feed gas heating network roaming mobile telephone phone hotel rail freight standing capped regulated residential household grid".split())
_OTHER = frozenset(
    "ceasefire gaza troops missile missiles hostages hostage militants rebels militia frontline players league striker"
    " goalkeeper coach midfielder season playoffs transfer quarterback innings referee stadium fans utility utilities"
    " kilowatt kilowatts households meter meters electricity regulator landlord tenants parliamentarians vat payroll shelling artillery"
    " humanitarian prisoners gunmen".split()
)


@dataclass
class Topic:
    """What has been counted of a text so far."""

    strong: int = 0
    other: int = 0
    words: int = 0
    seen: Counter[str] = field(default_factory=Counter)

    def count(self, sentence: Sentence) -> None:
        """Take in one sentence."""
        lows = [w.low for w in sentence.words]
        self.words += len(lows)
        for i, low in enumerate(lows):
            following = lows[i + 1] if i + 1 < len(lows) else ""
            if low in _OTHER:
                self.other += 1
            if low in ("tariff", "tariffs", "duties") and set(lows[max(0, i - 3) : i]) & _OTHER_TARIFF:
                self.other += 1
            elif low in ("cent", "percent", "%") and following == "on":
                self.strong += 1
            elif low in _STRONG or (low == "trade" and following in _WITH_TRADE) or (low, following) in _PAIRS:
                self.strong += 1

    def met(self, sides: Counter[str]) -> bool:
        """Whether the text is about a trade dispute, with the sides it names."""
        return self.strong >= 1 and len(sides) >= 2 and self.strong >= self.other and self.strong * 400 >= min(self.words, 4000)
