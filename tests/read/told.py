"""Phrases with what they tell, in a file of their own form: `TOLD | PHRASE` a line, as the head of `acts.txt` says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from detente.read import KINDS, Proposal
from detente.read.reader import drafts, proposal_of

ACTS = ("measure-", "commitment", "arrangement", "court-decision", "claim-threat", "claim-offer")


@dataclass(frozen=True)
class Told:
    """One proposal a phrase should yield; what is None is not looked at."""

    kinds: tuple[str, ...]
    parties: tuple[str, ...] | None
    rate: float | None
    change: bool
    start: date | None
    until: date | None
    dated: bool


@dataclass(frozen=True)
class Phrase:
    """A phrase, and all it tells."""

    text: str
    told: tuple[Told, ...]


def phrases(file: Path) -> list[Phrase]:
    """The phrases of a file. Raises ValueError for a line that is not of the form."""
    out = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            told, _, text = line.partition(" | ")
            parts = [] if told == "none" else [_told(part) for part in told.split(";")]
            out.append(Phrase(text, tuple(parts)))
    return out


def _told(part: str) -> Told:
    kinds, *rest = part.split()
    names = tuple(kinds.split(","))
    if not set(names) <= set(KINDS):
        raise ValueError(f"'{kinds}' is no kind")
    parties = next((tuple(x.split("/")) for x in rest if re.fullmatch(r"[A-Z/]+", x)), None)
    rate = next((x for x in rest if x.endswith("%")), None)
    start, until, dated = _days(next((x for x in rest if x[:2] in ("20", "..") and x[-1] != "%"), None))
    value = None if rate is None else round(float(rate.strip("+%")) / 100, 6)
    return Told(names, parties, value, bool(rate and rate[0] == "+"), start, until, dated)


def _days(words: str | None) -> tuple[date | None, date | None, bool]:
    if words is None:
        return None, None, False
    if ".." not in words:
        day = date.fromisoformat(words)
        return day, day + timedelta(1), True
    first, _, last = words.partition("..")
    return (date.fromisoformat(first) if first else None), (date.fromisoformat(last) if last else None), True


def by_rules(text: str, day: date) -> tuple[Proposal, ...]:
    """What the rules alone read from a text: phrases are their tests, and what was learnt is tested on articles."""
    return tuple(proposal_of(draft, text, day) for draft in drafts(text, day, lambda seen: lambda parsed, ruled: ruled))


def faults(phrase: Phrase, found: tuple[Proposal, ...]) -> list[str]:
    """What is missed, wrong or too much."""
    left = [p for p in found if p.kind.startswith(ACTS)]
    out = []
    for told in phrase.told:
        best = min(
            (p for p in found if p.kind in told.kinds and (p in left or not p.kind.startswith(ACTS))),
            key=lambda p: (len(_differ(told, p)), found.index(p)),
            default=None,
        )
        if best is None:
            out.append(f"no {told.kinds[0]}")
        else:
            out += _differ(told, best)
            left = [p for p in left if p is not best]
    asks = {kind for told in phrase.told for kind in told.kinds}
    aside = {"arrangement"} if asks & {"commitment", "measure-suspended"} else set()
    return out + [f"extra {p.kind} {'/'.join(p.parties)} {p.rate or ''}" for p in left if p.kind not in aside]


def _differ(told: Told, p: Proposal) -> list[str]:
    out = []
    if told.parties is not None and not _sides_agree(told.parties, p):
        out.append(f"sides {'/'.join(p.parties)}")
    if told.rate is not None and (told.rate, told.change) != (p.rate, p.rate_is == "change"):
        out.append(f"rate {p.rate} {p.rate_is}")
    if told.dated and not within(told, p):
        out.append(f"date {p.date and (str(p.date.from_), str(p.date.until))}")
    return out


def _sides_agree(told: tuple[str, ...], p: Proposal) -> bool:
    """Who acts comes first; a measure on all may name whom the text is about; sides of a deal have no order."""
    if p.kind in ("arrangement", "court-decision"):
        return set(told) == set(p.parties)
    return told == p.parties or (len(told) == 1 and told == p.parties[:1])


def within(told: Told, p: Proposal) -> bool:
    if p.date is None or (told.start is not None and p.date.from_ < told.start):
        return False
    return told.until is None or (p.date.until is not None and p.date.until <= told.until + timedelta(1))
