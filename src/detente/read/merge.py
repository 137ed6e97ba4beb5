"""One proposal an event: mentions of the same event become further evidence of the first."""

from __future__ import annotations

from collections.abc import Iterable

from detente.read.drafts import Draft
from detente.read.proposal import When

_LOOK_BACK = 40  # how many drafts of a kind a new one is compared with
_EVIDENCE = 12
_TALKS = frozenset({"call", "meeting", "round"})
_FAMILIES = {
    **dict.fromkeys(("call", "meeting", "round", "planned-talk"), "talk"),
    **dict.fromkeys(("arrangement", "commitment"), "deal"),
    "court-decision": "court",
}


class Merged:
    """Drafts taken in one by one, mentions of one event put together."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._by_kind: dict[str, list[Draft]] = {}

    def take(self, draft: Draft) -> None:
        """Add a draft, or add its words to the draft of the same event."""
        if draft.definite and draft.kind == "arrangement" and (told := self._deal_told(draft)) is not None:
            told.spans = [*told.spans, *draft.spans][:_EVIDENCE]
            return
        for kind in _kinds_like(draft):
            for known in reversed(self._by_kind.get(kind, [])[-_LOOK_BACK:]):
                if _same(known, draft):
                    _join(known, draft)
                    return
        self.drafts.append(draft)
        self._by_kind.setdefault(draft.kind, []).append(draft)

    def _deal_told(self, draft: Draft) -> Draft | None:
        """The arrangement that 'the deal' stands for: the last one told with a side of it."""
        told = reversed(self._by_kind.get("arrangement", []))
        known = (d for d in told if not draft.parties or set(d.parties) & set(draft.parties))
        return next(known, None)

    def kept(self, deal_made: bool = False) -> list[Draft]:
        """The drafts in the order of the text; what only a title tells is kept where nothing below is like it, what is
        a promise only under a deal where the text tells of one just made."""
        told = [d for d in self.drafts if deal_made or not d.tentative]
        families = {_family(d) for d in told if not d.weak}
        kept = [d for d in told if not d.weak or _family(d) not in families]
        return sorted(kept, key=lambda d: d.spans[0])


def merged(drafts: Iterable[Draft]) -> list[Draft]:
    """All drafts of a text, each event once."""
    out = Merged()
    for draft in drafts:
        out.take(draft)
    return out.kept()


def _family(draft: Draft) -> str:
    return _FAMILIES.get(
        draft.kind, "measure" if draft.kind.startswith("measure") or draft.kind == "claim-threat" else draft.kind
    )


def _kinds_like(draft: Draft) -> tuple[str, ...]:
    if draft.kind in ("meeting", "round"):
        return ("meeting", "round") if draft.kind == "meeting" else ("round", "meeting")
    return (draft.kind,)


def _same(a: Draft, b: Draft) -> bool:
    if (
        a.kind == b.kind
        and any(x[0] < y[1] and y[0] < x[1] for x in a.spans for y in b.spans)
        and a.kind not in ("commitment",)
        and (a.kind not in _TALKS or dates_agree(a.date, b.date))
        and _rates_agree(a, b)
        and not (a.rate is not None and b.rate is not None and a.order != b.order and not _starts_agree(a.date, b.date))
    ):
        return _parties_agree(a, b) or (a.kind.startswith("claim") and bool(set(a.parties) & set(b.parties)))
    if not _parties_agree(a, b):
        return False
    if not dates_agree(a.date, b.date):
        return False
    if a.kind in _TALKS:
        return _same_talk(a, b)
    if a.kind == "planned-talk":
        beside = a.paragraph == b.paragraph and not (a.weak or b.weak) and (a.date is None) != (b.date is None)
        if beside and not set(a.people) & set(b.people):
            return False  # two visits told side by side, one with a day
        return _places_agree(a, b) and (not (a.people and b.people) or bool(set(a.people) & set(b.people)))
    if a.kind == "arrangement":
        return _same_deal(a, b)
    if a.kind == "claim-threat" and (a.rate is None or b.rate is None):
        return _same_threat(a, b)
    if a.kind.startswith("measure") or a.kind == "claim-threat":
        return _same_measure(a, b)
    if a.kind == "commitment":
        return _same_promise(a, b)
    if a.kind == "court-decision":
        return a.key == b.key or not (a.key and b.key)
    return _same_claim(a, b)


def _parties_agree(a: Draft, b: Draft) -> bool:
    if a.kind.startswith(("measure", "commitment", "claim")):
        return a.parties[0] == b.parties[0] and (
            len(a.parties) < 2 or len(b.parties) < 2 or bool(set(a.parties[1:]) & set(b.parties[1:]))
        )
    return (
        set(a.parties) == set(b.parties)
        or not (a.parties and b.parties)
        or (len(set(a.parties) & set(b.parties)) >= 1 and min(len(a.parties), len(b.parties)) == 1)
    )


def dates_agree(a: When | None, b: When | None) -> bool:
    """Two intervals that share a day, or one of them unknown."""
    if a is None or b is None:
        return True
    return (b.until is None or a.from_ < b.until) and (a.until is None or b.from_ < a.until)


def _places_agree(a: Draft, b: Draft) -> bool:
    return a.place is None or b.place is None or a.place == b.place or "open" in (a.place, b.place)


def _same_talk(a: Draft, b: Draft) -> bool:
    if not _places_agree(a, b) or ((a.apart or b.apart) and (a.date is None or b.date is None)):
        return False
    if a.kind != b.kind:
        return (b.date is not None and a.date is not None) or (a.place is not None and a.place == b.place)
    return not (a.people and b.people) or bool(set(a.people) & set(b.people))


def _same_deal(a: Draft, b: Draft) -> bool:
    if not dates_agree(a.date, b.date):
        return False
    if a.days and b.days and a.days != b.days:
        return False
    return not (a.key and b.key and a.key != b.key)


def _rates_agree(a: Draft, b: Draft) -> bool:
    return a.rate is None or b.rate is None or a.rate.value == b.rate.value


def _goods_agree(a: Draft, b: Draft) -> bool:
    return not a.products or not b.products or bool(set(a.products) & set(b.products))


def _same_measure(a: Draft, b: Draft) -> bool:
    if not (_rates_agree(a, b) and _goods_agree(a, b)):
        return False
    if not _starts_agree(a.date, b.date):
        return False
    if (
        a.kind in ("measure-raised", "measure-cut")
        and abs(a.paragraph - b.paragraph) <= 1
        and (a.rate is None) != (b.rate is None)
        and (a.date is None) != (b.date is None)
    ):
        return True
    if a.rate is not None and b.rate is not None:
        return bool(set(a.products) & set(b.products)) or not (a.products or b.products)
    alike = bool(set(a.products) & set(b.products)) or (a.date is not None and b.date is not None)
    return alike or (b.rate is None and b.date is None and not b.products)


def _same_threat(a: Draft, b: Draft) -> bool:
    """A threat told without its rate is that of the same speaker shortly before."""
    alike = _goods_agree(a, b) and _starts_agree(a.date, b.date)
    return alike and (a.speaker or "") == (b.speaker or "") and abs(a.paragraph - b.paragraph) <= 1


def _starts_agree(a: When | None, b: When | None) -> bool:
    return a is None or b is None or "day" not in (a.precision, b.precision) or abs((a.from_ - b.from_).days) <= 2


def _same_promise(a: Draft, b: Draft) -> bool:
    return (
        a.key == b.key
        and _rates_agree(a, b)
        and _goods_agree(a, b)
        and (a.quantity is None or b.quantity is None or a.quantity == b.quantity)
    )


def _same_claim(a: Draft, b: Draft) -> bool:
    """What one speaker says in one breath; a text tells more than one forecast or reproach by nobody in particular."""
    near, same = abs(a.paragraph - b.paragraph) <= 1, (a.speaker or "") == (b.speaker or "")
    if a.kind in ("claim-expectation", "claim-breach"):
        return near and same and bool(a.speaker)
    return same or (near and (a.speaker is None or b.speaker is None))


def _join(known: Draft, more: Draft) -> None:
    """Fill what was open, keep what was told first, add the words."""
    if known.weak and not more.weak:
        known.spans = [*more.spans, *known.spans]
        known.weak, known.order = False, more.order
        known.speaker, known.people = more.speaker, more.people
    else:
        known.spans = [
            *known.spans,
            *[s for s in more.spans if not any(s[0] < t[1] and t[0] < s[1] for t in known.spans)],
        ][:_EVIDENCE]
    known.people = tuple(dict.fromkeys((*known.people, *(() if more.weak else more.people))))
    known.speaker = known.speaker or more.speaker
    known.date = known.date or more.date
    known.days = known.days or more.days
    known.rate = known.rate or more.rate
    known.products = tuple(dict.fromkeys((*known.products, *more.products)))
    known.quantity = known.quantity or more.quantity
    known.place = more.place if known.place in (None, "open") and more.place else known.place
    if len(more.parties) > len(known.parties):
        known.parties = tuple(dict.fromkeys((*known.parties, *more.parties)))
    known.key = known.key or more.key
