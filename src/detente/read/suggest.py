"""What an accepted proposal would add to a record: an entry in the record's form, as far as the article tells it.

Nothing is filled in by guess. What an entry needs and the article does not tell stands as null and is named in
`lacks`; whoever reviews the proposal writes it. A proposal that repeats the record suggests nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from detente.read.article import Article
from detente.read.proposal import Proposal
from detente.record import official
from detente.terms import economy_name, say_day

if TYPE_CHECKING:
    from detente.record import View

_TALKS = ("call", "meeting", "round", "planned-talk")
_MEASURES = ("measure-imposed", "measure-raised", "measure-cut", "measure-suspended", "measure-lifted")
_QUOTED = re.compile(r"[“\"]([^”\"“]{3,300})[”\"]")
_FORMS = {
    r"proclamation|proclaimed": "proclamation",
    r"executive order|\border\b": "order",
    r"memorandum": "memorandum",
    r"\bnotice\b": "notice",
    r"announcement no": "announcement",
    r"regulation": "regulation",
    r"final rule|interim rule": "rule",
}
_ARRANGEMENTS = {r"truce|ceasefire|pause": "truce", r"framework": "framework"}
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_CLAIM_YEARS = 5  # as integrity rule R38 has it


@dataclass(frozen=True, slots=True)
class Suggested:
    """An entry for a section of the record; `into` is the entry it is added to (a talk, an arrangement).

    `lacks` names the keys of `entry` that are null because the article does not tell them.
    """

    section: str | None = None
    into: str | None = None
    entry: dict[str, Any] | None = None
    lacks: tuple[str, ...] = ()


@dataclass(slots=True)
class _Desk:
    """What every suggestion is written with: the article, its source, the record, and the ids given out so far."""

    article: Article
    source: str
    view: View
    taken: set[str]

    @property
    def verified(self) -> str:
        """How far an entry from this article is checked: a report that was read, and whether it can be found again."""
        return "partly" if self.article.link else "seen-no-address"

    def new_id(self, *parts: object) -> str:
        """An id of its own, made of words and days."""
        base = slug("-".join(str(p) for p in parts))
        fresh = next(x for n in range(1, 1_000_000) if (x := base if n == 1 else f"{base}-{n}") not in self.taken)
        self.taken.add(fresh)
        return fresh

    def known_id(self, ident: str, section: str) -> bool:
        """True for an id of that section of the record."""
        return any(x.id == ident for x in getattr(self.view.record, section))

    def prefix(self, code: str) -> str:
        """The word that a party's ids begin with in this record."""
        record = self.view.record
        signed = [(x.by, x.id) for x in record.instruments] + [(x.by, x.id) for x in record.claims]
        used = Counter(ident.split("-")[0] for by, ident in signed if by == code)
        return used.most_common(1)[0][0] if used else code.lower()


def source_entry(article: Article, view: View | None) -> dict[str, Any]:
    """The article as a source of the record; one that is there already keeps its id."""
    entry: dict[str, Any] = {
        "id": "",
        "document": article.title,
        "publisher": article.publisher,
        "date": str(article.published),
        "link": article.link,
        "verified": "verified" if article.link else "seen-no-address",
    }
    known = view.record.sources if view is not None else []
    for one in known:
        if (one.document, one.publisher, one.date) == (article.title, article.publisher, article.published):
            return {**entry, "id": one.id}
    base = slug(f"{article.publisher or 'article'}-{article.published}")
    taken = {x.id for x in known}
    entry["id"] = next(x for n in range(1, 1_000_000) if (x := base if n == 1 else f"{base}-{n}") not in taken)
    return entry


def suggestions(proposals: Iterable[Proposal], article: Article, source: str, view: View) -> list[Suggested]:
    """One suggestion for each proposal, in their order; ids differ from each other and from those of the record."""
    desk = _Desk(article, source, view, _ids_of(view))
    return [_suggested(p, desk) for p in proposals]


def slug(words: str) -> str:
    """Words as an id: lower-case letters and digits joined by single hyphens."""
    return _NOT_A_WORD.sub("-", words.lower()).strip("-")[:70].strip("-") or "x"


def _ids_of(view: View) -> set[str]:
    record = view.record
    sections = (record.measures, record.instruments, record.arrangements, record.talks, record.claims)
    more = (record.discrepancies, record.deadlines, record.progress, record.scopes)
    ids = {x.id for section in (*sections, *more) for x in section}
    return ids | {c.id for a in record.arrangements for c in a.commitments}


def _suggested(p: Proposal, desk: _Desk) -> Suggested:
    if p.relation == "repeats":
        return Suggested()
    if p.relation == "contradicts" and p.matches:
        return _discrepancy(p, desk)
    section, make = _maker(p)
    into, entry, optional = make(p, desk)
    lacks = tuple(k for k, v in entry.items() if v is None)
    if section == "commitments" and into is None:
        lacks = ("into", *lacks)
    entry = {k: v for k, v in {**entry, **optional}.items() if v is not None or k in lacks}
    return Suggested(section, into, entry, (*lacks, *_lacking_changes(entry)))


_Made = tuple[str | None, dict[str, Any], dict[str, Any]]  # into, what an entry must have, what it may have


def _maker(p: Proposal) -> tuple[str, Callable[[Proposal, _Desk], _Made]]:
    if p.kind in _TALKS:
        return "talks", _talk
    if p.kind == "arrangement":
        return "arrangements", _arrangement
    if p.kind == "commitment":
        return "commitments", _commitment
    if p.kind == "court-decision" or p.kind in _MEASURES:
        return "instruments", _instrument
    return "claims", _claim


def _lacking_changes(entry: dict[str, Any]) -> tuple[str, ...]:
    changes = entry.get("changes") or []
    return tuple(f"changes[{n}].{k}" for n, change in enumerate(changes) for k, v in change.items() if v is None)


def _talk(p: Proposal, desk: _Desk) -> _Made:
    kind = p.kind if p.kind != "planned-talk" else _planned_kind(p)
    report = _report(p, desk)
    into = next((m.id for m in p.matches if p.relation == "extends" and desk.known_id(m.id, "talks")), None)
    if into is not None:
        return into, report, {}
    day = _exact(p)
    planned = p.kind == "planned-talk"
    title = f"{f'Planned {kind}' if planned else kind.capitalize()}, {_names(p.parties)}"
    head = {
        "id": desk.new_id("planned" if planned else "", kind, day or desk.article.published),
        "kind": kind,
        "title": f"{title}, {say_day(day)}" if day else title,
        "parties": list(p.parties) if len(p.parties) >= 2 else None,
    }
    return None, {**head, "reports": [report]}, {}


def _planned_kind(p: Proposal) -> str:
    words = _words(p).lower()
    if re.search(r"\b(?:call|phone|telephone)", words):
        return "call"
    return "round" if re.search(r"\b(?:round|negotiat|delegation|team)", words) else "meeting"


def _report(p: Proposal, desk: _Desk) -> dict[str, Any]:
    day = _exact(p)
    over = p.date.until if p.date and day else None
    sides, others = _sides(p)
    length = f"{p.duration_days} days" if p.duration_days else None
    report = {
        "published": str(desk.article.published),
        "from": str(day) if day else None,
        "until": str(over) if over and day and over > day + timedelta(days=1) else None,
        "place": p.place,
        "persons": sides or None,
        "length": length,
        "sources": [desk.source],
        "verified": desk.verified,
        "note": _note(p, [f"Also named: {', '.join(others)}."] if others else []),
    }
    return {k: v for k, v in report.items() if v is not None}


def _sides(p: Proposal) -> tuple[dict[str, list[str]], list[str]]:
    """Persons by the side they act for, and those of whom the record knows no side among the parties."""
    sides: dict[str, list[str]] = {}
    others = []
    for person in p.persons:
        known = official(person.name)
        if known is not None and known.party in p.parties:
            sides.setdefault(known.party, []).append(known.name)
        else:
            others.append(person.name)
    return sides, others


def _arrangement(p: Proposal, desk: _Desk) -> _Made:
    words = _words(p).lower()
    kind = next((kind for pattern, kind in _ARRANGEMENTS.items() if re.search(pattern, words)), "agreement")
    day = _exact(p)
    head = {
        "id": desk.new_id(kind, day or desk.article.published),
        "kind": kind,
        "title": f"{kind.capitalize()}, {_names(p.parties)}",
        "parties": list(p.parties) if len(p.parties) >= 2 else None,
        "published": str(desk.article.published),
        "terms": _words(p),
        "sources": [desk.source],
        "verified": desk.verified,
    }
    return None, head, {"from": str(day) if day else None, "place": _fixed(p.place), "note": _note(p, [])}


def _commitment(p: Proposal, desk: _Desk) -> _Made:
    into = next((m.id for m in p.matches if desk.known_id(m.id, "arrangements")), None)
    by, to = _two(p)
    start = p.date.from_ if p.date else desk.article.published
    head = {
        "id": desk.new_id(desk.prefix(by) if by else "", "commitment", desk.article.published),
        "by": by,
        "to": to,
        "text": _words(p),
        "from": str(start),
        "verified": desk.verified,
    }
    due = str(p.date.until) if p.date and p.date.until and p.date.precision == "deadline" else None
    owed = [f"Amount in the article: {p.quantity}."] if p.quantity else []
    return into, head, {"due": due, "note": _note(p, owed)}


def _instrument(p: Proposal, desk: _Desk) -> _Made:
    by, _ = _two(p)
    ruling = p.kind == "court-decision"
    day = _exact(p)
    words = _words(p).lower()
    form = "judgment" if ruling else next((form for x, form in _FORMS.items() if re.search(x, words)), None)
    head: dict[str, Any] = {
        "id": desk.new_id(desk.prefix(by) if by else "", "court" if ruling else "act", day or desk.article.published),
        "by": by,
        "form": form,
        "title": _title(p),
        "published": str(day) if day and ruling else None,
        "sources": [desk.source],
        "verified": desk.verified,
    }
    if not ruling:
        head["changes"] = [_change(p, desk)]
    return None, head, {"note": _note(p, [])}


def _change(p: Proposal, desk: _Desk) -> dict[str, Any]:
    change: dict[str, Any] = {"measure": next((m.id for m in p.matches if desk.known_id(m.id, "measures")), None)}
    if len(p.parties) > 1:
        change["on"] = list(p.parties[1:])
    until = None
    if p.kind == "measure-suspended":
        change["suspend"] = f"{_number(p.rate)}pp" if p.rate is not None and p.rate_is == "change" else "all"
        until = p.date.until if p.date else None
    elif p.kind == "measure-lifted":
        change["revoke"] = "all"
    else:
        change["set"] = f"{_number(p.rate)}%" if p.rate is not None and p.rate_is == "level" else None
    day = p.date.from_ if p.date and p.date.precision in ("day", "period") else None
    change["from"] = str(day) if day else None
    return {**change, "until": str(until)} if until else change


def _claim(p: Proposal, desk: _Desk) -> _Made:
    by, against = _two(p)
    kind = "announcement" if p.kind == "measure-announced" else p.kind.removeprefix("claim-")
    about = [m.id for m in p.matches if m.id in desk.taken]
    head = {
        "id": desk.new_id(desk.prefix(by) if by else "", kind, desk.article.published),
        "kind": kind,
        "by": by,
        "published": str(desk.article.published),
        "text": _words(p),
        "sources": [desk.source],
        "verified": desk.verified,
    }
    if kind in ("breach", "denial"):  # integrity rule R43: about something, or in answer to a claim
        head["about"] = about or None
    quoted = _QUOTED.search(_words(p))
    more = {
        "against": against,
        "speaker": p.attributed_to,
        "about": about or None,
        "quote": quoted[1].strip() if quoted else None,
        "from": _near(p, desk),
        "note": _note(p, []),
    }
    return None, head, {k: v for k, v in more.items() if k not in head}


def _near(p: Proposal, desk: _Desk) -> str | None:
    """The day a claim is about, where the article tells it and it lies near."""
    day = _exact(p)
    if day is None or abs(day.year - desk.article.published.year) >= _CLAIM_YEARS:
        return None
    return str(day)


def _discrepancy(p: Proposal, desk: _Desk) -> Suggested:
    """Where the article and the record differ: both readings, and which is followed is for whoever reviews it."""
    about = [m.id for m in p.matches if m.id in desk.taken]
    known = [s for m in p.matches for s in _sources_of(m.id, desk.view)]
    entry: dict[str, Any] = {
        "id": desk.new_id("differs", p.kind, desk.article.published),
        "about": about or None,
        "text": p.note or "; ".join(m.why for m in p.matches),
        "readings": [
            {"source": known[0] if known else None, "says": "; ".join(m.why for m in p.matches)},
            {"source": desk.source, "says": _words(p)},
        ],
        "follows": None,
    }
    lacks = tuple(k for k, v in entry.items() if v is None)
    return Suggested("discrepancies", None, entry, (*lacks, *([] if known else ["readings[0].source"])))


def _sources_of(ident: str, view: View) -> list[str]:
    record = view.record
    found = {x.id: x.sources for x in record.instruments} | {x.id: x.sources for x in record.arrangements}
    found |= {x.id: x.sources for x in record.claims} | {x.id: x.sources for x in record.measures}
    if ident in found:
        return list(found[ident])
    talk = next((t for t in record.talks if t.id == ident), None)
    return list(talk.reports[-1].sources) if talk else []


def _two(p: Proposal) -> tuple[str | None, str | None]:
    return (p.parties[0] if p.parties else None), (p.parties[1] if len(p.parties) > 1 else None)


def _exact(p: Proposal) -> date | None:
    """The first day, where the article tells it to the day."""
    return p.date.from_ if p.date is not None and p.date.precision in ("day", "period") else None


def _note(p: Proposal, more: list[str]) -> str | None:
    """What the article leaves open, in words."""
    out = list(more)
    if p.date is not None and _exact(p) is None and p.date.precision != "deadline":
        until = f" to {say_day(p.date.until - timedelta(days=1))}" if p.date.until else ""
        out.append(f"When, by the article: {p.date.precision}, {say_day(p.date.from_)}{until}.")
    if p.note:
        out.append(p.note)
    return " ".join(out) or None


def _words(p: Proposal) -> str:
    return " ".join(p.evidence[0].quote.split())[:4000]


def _title(p: Proposal) -> str:
    words = _words(p)
    return words if len(words) <= 140 else f"{words[:137].rsplit(' ', 1)[0]} …"


def _names(parties: Iterable[str]) -> str:
    return " and ".join(economy_name(code) for code in parties)


def _fixed(place: str | None) -> str | None:
    return None if place == "open" else place


def _number(rate: float | None) -> str:
    return f"{round((rate or 0) * 100, 6):g}"
