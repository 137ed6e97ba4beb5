"""Both sides' average additional duty, on any day as known on any day, fast enough for every day since 2018.

The United States' side is over lines weighted by imports of 2024, each line at its central number; China's over the
sectors of a world weighted by US exports to China.

What the acts say on a day hangs only on which known changes lie in their interval that day, so two days with the same
set of them have the same duties: a few hundred sets stand for thousands of days. Each set is worked out once and kept
in the user's cache, keyed by the record, the world and the code that reads them.

Where a clock ran out, or a party has said that it would move without an act, there are two numbers: with the clock
extended, and with every clock taken at its word.
"""

from __future__ import annotations

import contextlib
import copy
import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import platformdirs
from numpy.typing import NDArray

from detente import duties as d
from detente import policy, worlds
from detente import record as r

SIDES = (("USA", "CHN"), ("CHN", "USA"))


@dataclass(frozen=True, slots=True)
class Level:
    """Means over the trade of one direction, with clocks extended and with clocks run out; NaN: not known.

    `extended` and `lapsed` are means of ln(1 + additional duty), `rate_extended` and `rate_lapsed` of the duty itself.
    """

    extended: float
    lapsed: float
    rate_extended: float
    rate_lapsed: float

    @property
    def rate(self) -> float | None:
        """The average duty; None where it is not known."""
        return self.rate_extended if self.rate_extended == self.rate_lapsed else None


@dataclass(frozen=True, slots=True)
class _Span:
    """The days on which a change may act, and from when it is known."""

    number: int
    published: date
    from_: date
    until: date


class DutyLevels:
    """The levels of a dispute. Ask with `of`; `save` keeps what was worked out."""

    def __init__(self, dispute: r.Dispute, world: str) -> None:
        stored = worlds.read_world(world)
        usa, chn = stored.economies.index("USA"), stored.economies.index("CHN")
        self.dispute = dispute
        self.exports_bn = stored.flows[usa, chn] / 1e3
        self.sectors = stored.sectors
        self.world_digest = stored.sha256
        self._settled = clocks_at_their_word(dispute)
        self._spans = {side[0]: list(_spans(dispute, *side)) for side in SIDES}
        self._edges = {i: sorted({x for s in spans for x in (s.from_, s.until)}) for i, spans in self._spans.items()}
        self._published = sorted({s.published for spans in self._spans.values() for s in spans} | self._claimed)
        self._names: dict[tuple[str, int, int, bool], str] = {}
        self._file = _cache_file(dispute, self.world_digest)
        self._kept = _read(self._file)
        self._new = False

    def of(self, imposer: str, on: date, known: date) -> Level:
        """The level of the duties of one side on a day, as known on a day."""
        name = self._name(imposer, on, known)
        if name not in self._kept:
            self._kept[name] = self._worked_out(imposer, on, known)
            self._new = True
        return Level(*self._kept[name])

    def steps(self, after: date, last: date, known: date) -> list[date]:
        """Days in `(after, last]` from which or to which a change known by `known` acts."""
        days = {x for spans in self._spans.values() for s in spans if s.published <= known for x in (s.from_, s.until)}
        return sorted(x for x in days if after < x <= last)

    def save(self) -> None:
        """Keep what was worked out; a cache that cannot be written is no fault."""
        if self._new:
            with contextlib.suppress(OSError):
                self._file.parent.mkdir(parents=True, exist_ok=True)
                self._file.write_text(json.dumps(self._kept), "utf-8")

    @cached_property
    def _lines(self) -> tuple[NDArray[np.str_], NDArray[np.float64]]:
        """Lines with imports from China in 2024, and their shares; one line for all that pay the same on every day."""
        trade = d.us_imports()
        value = trade.column("CHN")
        codes, share = trade.code[value > 0], value[value > 0] / value.sum()
        kind = d.kinds(self.dispute.as_of(date.max, date.max), "USA", "CHN", codes)
        _, first = np.unique(kind, return_index=True)
        keep = np.sort(first)
        together = np.asarray(np.bincount(kind, weights=share), float)
        return codes[keep], together[kind[keep]]

    @cached_property
    def _claimed(self) -> set[date]:
        return {c.published for c in self.dispute.record.claims if c.extends_to is not None}

    def _name(self, imposer: str, on: date, known: date) -> str:
        """A name for what the acts say: the known changes in their interval, and what makes clocks doubtful."""
        doubt = self._doubt(known)
        key = (imposer, bisect_right(self._published, known), bisect_right(self._edges[imposer], on), doubt)
        if key not in self._names:
            now = [s for s in self._spans[imposer] if s.published <= known and s.from_ <= on]
            acting = ",".join(str(s.number) for s in now if on < s.until)
            past = ",".join(str(s.number) for s in now if s.until <= on) if doubt else ""
            text = f"{imposer}|{acting}|{past}|{self._claims_known(known) if doubt else 0}|{doubt}"
            self._names[key] = hashlib.sha256(text.encode()).hexdigest()[:24]
        return self._names[key]

    def _doubt(self, known: date) -> bool:
        return known > self.dispute.record.header.covered_through or self._claims_known(known) > 0

    def _claims_known(self, known: date) -> int:
        return sum(day <= known for day in self._claimed)

    def _worked_out(self, imposer: str, on: date, known: date) -> tuple[float, ...]:
        means = self._us if imposer == "USA" else self._china
        extended = means(self.dispute.as_of(on, known))
        lapsed = means(self._settled.as_of(on, known)) if self._doubt(known) else extended
        return extended[0], lapsed[0], extended[1], lapsed[1]

    def _us(self, view: r.View) -> tuple[float, float]:
        codes, weight = self._lines
        return _means(d.lines(view, "USA", "CHN", codes).central, weight)

    def _china(self, view: r.View) -> tuple[float, float]:
        rates = policy.china_rates(view, self.exports_bn, self.sectors, "extended")
        weight = self.exports_bn[: len(rates)]
        return _means(rates, weight / weight.sum())


def _means(rates: NDArray[np.float64], share: NDArray[np.float64]) -> tuple[float, float]:
    return float(np.log1p(rates) @ share), float(rates @ share)


def clocks_at_their_word(dispute: r.Dispute) -> r.Dispute:
    """The dispute without announced extensions and without an end of the record: every clock runs out as it says."""
    record, header = copy.copy(dispute.record), copy.copy(dispute.record.header)
    vars(header)["covered_through"] = date.max
    vars(record)["header"] = header
    vars(record)["claims"] = [c for c in dispute.record.claims if c.extends_to is None]
    return r.Dispute(record, dispute.folder)


def _spans(dispute: r.Dispute, imposer: str, partner: str) -> Iterator[_Span]:
    """The changes to tariffs of one side that can move its average on the other, numbered."""
    tariffs = {m.id for m in dispute.record.measures if m.kind == "tariff" and m.imposer == imposer}
    unseen = _no_code_decides(dispute, partner) if imposer == "USA" else set()
    number = 0
    for act in dispute.record.instruments:
        for change in act.changes:
            number += 1
            reaches = partner not in change.not_on and (change.on is None or {partner, "ALL"} & set(change.on))
            seen = change.goods not in unseen and change.exempt not in unseen
            if change.measure in tariffs and change.for_ == "both" and reaches and seen:
                yield _Span(number, act.published, change.from_, change.until or date.max)


def _no_code_decides(dispute: r.Dispute, partner: str) -> set[str | None]:
    """Scopes narrower than any code, which hold no line, and of which no share of the partner's trade is known."""
    scopes = (s for s in dispute.record.scopes if s.narrower_than_code)
    return {s.id for s in scopes if all(x.partner != partner for x in s.shares)}


def _cache_file(dispute: r.Dispute, world_digest: str) -> Path:
    key = hashlib.sha256("|".join((dispute.record.digest, world_digest, _code_key())).encode()).hexdigest()[:24]
    return Path(platformdirs.user_cache_dir("detente")) / "tension" / f"{key}.json"


@cache
def _code_key() -> str:
    """A hash of the rooms that turn acts into duties, with their data, so that old levels are not read by new code."""
    rooms = Path(__file__).parents[1]
    files = [f for room in ("record", "duties", "policy") for f in (rooms / room).glob("**/*") if _bears(f)]
    text = b"".join(f.read_bytes() for f in sorted(files)) + Path(__file__).read_bytes()
    return hashlib.sha256(text).hexdigest()[:16]


def _bears(file: Path) -> bool:
    return file.suffix in (".py", ".csv", ".npz") and "disputes" not in file.parts


def _read(file: Path) -> dict[str, tuple[float, ...]]:
    try:
        return {k: tuple(map(float, v)) for k, v in json.loads(file.read_text("utf-8")).items()}
    except (OSError, ValueError, TypeError):
        return {}
