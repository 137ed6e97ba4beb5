"""Who imposes a measure, and on whose goods."""

from __future__ import annotations

from detente.read.changes import measure_of
from detente.read.clauses import Parsed
from detente.read.drafts import sides_in
from detente.read.listing import Act
from detente.read.names import Discourse, Mention
from detente.read.tables import word_set
from detente.read.things import Thing
from detente.read.verbs import Group

_GOODS = word_set("imposers goods")
_MADE_IN = word_set("imposers made in")
_EVERYBODY = frozenset(
    {"everyone", "everybody", "everywhere", "origins", "imported", "reciprocal", "baseline", "global", "worldwide"}
)
_SPEAKING = word_set("imposers speaking")


def sides_of(
    p: Parsed, group: Group, act: Act, seen: Discourse, start: int | None = None, end: int | None = None
) -> tuple[str, ...]:
    """The imposing side first, then those whose goods it meets; read in a stretch of words, else the clause."""
    start = (group.left if group.head_left < 0 else min(group.left, group.head_left)) if start is None else start
    end = max(group.right, group.reach) if end is None else end
    targets = _targets(p, group, act, start, end)
    imposers = _imposers(p, group, act, targets, start, end)
    if not targets and "retaliate" in group.classes:
        targets = tuple(x for x in _owners(p, act.thing) if x not in imposers)
    others = tuple(x for x in imposers if x not in targets)
    imposers = others if others or _obtained(group) or _rate_of(p, act) else imposers
    if not imposers:
        there = [m for m in p.within(start, end) if m.kind == "place" and m.parties and p.low(m.start - 1) == "in"]
        there += [m for m in p.within(start, end) if m.kind == "place" and p.low(m.start - 2) == "in" and m.parties]
        imposers = tuple(c for m in there[:1] for c in m.parties[:1] if c not in targets)
    if not imposers:
        imposers = ("USA",) if not targets and _on_all(p, start, end) else _guessed(targets, seen)
    targets = tuple(t for t in targets if t not in imposers)
    if not targets and not _on_all(p, start, end):
        targets = tuple(t for t in _elliptic(imposers, p, start, end, seen) if t not in imposers)
    return (*imposers[:3], *targets)


def _imposers(p: Parsed, group: Group, act: Act, targets: tuple[str, ...], start: int, end: int) -> tuple[str, ...]:
    if set(payers(p, group)) & set(targets) or _obtained(group):
        return _by_whom(p, group.end, end) or tuple(x for x in _owners(p, act.thing) if x not in targets)
    if act.taken:
        return _by_whom(p, group.end, end) or _owners(p, act.thing) or _reporter_side(group)
    own = sides_in([m for m in group.subjects if m.kind != "place" and not _goods_follow(p, m)])
    return own or _by_whom(p, group.end, end) or _owners(p, act.thing) or _reporter_side(group)


def payers(p: Parsed, group: Group) -> tuple[str, ...]:
    """Those a verb says pay: 'Japan had been charged 15 points', 'Canada faces a duty', 'Swiss watches have borne'."""
    paying = "bear" in group.classes or (
        group.passive and bool(group.classes & {"hit"} or group.lemma in ("charge", "tax", "exempt"))
    )
    return sides_in([m for m in group.subjects if m.kind != "group"]) if paying or _obtained(group) else ()


def _obtained(group: Group) -> bool:
    """'Mexico won a reprieve': who is let off speaks of itself."""
    return group.lemma in ("win", "obtain", "secure", "receive", "get", "earn", "see") and not group.passive


def _guessed(targets: tuple[str, ...], seen: Discourse) -> tuple[str, ...]:
    """Where no imposer is named: the other of two sides, the United States on everybody else."""
    if not targets:
        return seen.last_measure[:1] or ("USA",)
    if "USA" not in targets:
        return ("USA",)
    if seen.last_party and seen.last_party != "USA":
        return (seen.last_party,)
    other = seen.other("USA")
    return (other,) if other else ()


def _elliptic(imposers: tuple[str, ...], p: Parsed, start: int, end: int, seen: Discourse) -> tuple[str, ...]:
    """The target of a measure that names none: of the last measure of that side, else the other of two sides."""
    if seen.last_measure[:1] == imposers[:1]:
        return seen.last_measure[1:]
    answering = any(p.low(k).startswith(("counter", "retaliat", "rebalanc")) for k in range(start, end))
    if answering and "USA" not in imposers and seen.counts["USA"]:
        return ("USA",)
    if len(imposers) == 1 and len(seen.counts) == 2 and (other := seen.other(imposers[0])):
        return (other,)
    return ()


def _on_all(p: Parsed, start: int, end: int) -> bool:
    lows = [p.low(k) for k in range(start, end)]
    if _EVERYBODY & set(lows):
        return True
    return any(
        low in ("all", "every", "most", "other")
        and set(lows[i + 1 : i + 4]) & {"countries", "country", "partners", "partner", "origins", "imports", "nations"}
        for i, low in enumerate(lows)
    )


def _by_whom(p: Parsed, start: int, end: int) -> tuple[str, ...]:
    for m in p.within(start, end):
        if "by" in (p.low(m.start - 1), p.low(m.start - 2) if p.low(m.start - 1) == "the" else ""):
            return m.parties
    return ()


def _owners(p: Parsed, thing: Thing | None) -> tuple[str, ...]:
    """Whose a measure is, told beside it or beside the noun of change over it."""
    if thing is None:
        return ()
    measure = measure_of(p, thing)
    return _beside(p, thing) or (_beside(p, measure) if measure is not thing else ())


def _beside(p: Parsed, thing: Thing) -> tuple[str, ...]:
    """'Chinese tariffs', "Washington's 25% duty", 'duties that Washington collects': the name beside the measure."""
    near = [
        m for m in p.named if thing.start - 7 <= m.start and m.end <= thing.start and m.parties and m.kind != "place"
    ]
    for m in reversed(near):
        if _goods_follow(p, m):
            continue
        between = [p.low(k) for k in range(m.end, thing.start)]
        parted = any(b in (",", "on", "and", "said", "of", "to", "in", "that", "for", "from") for b in between)
        owning = m.adjective or m.kind == "pronoun" or "'s" in between or not between or m.name in ("US", "EU", "U.S.")
        if not parted and owning:
            return m.parties
    return _relative_owner(p, thing)


def _relative_owner(p: Parsed, thing: Thing) -> tuple[str, ...]:
    """'the duties that Washington collects', 'the surtax Ottawa has been levying'."""
    for g in p.groups:
        if thing.end <= g.start <= thing.end + 10 and g.classes & {"impose", "put", "raise", "set"} and not g.passive:
            near = [
                m
                for m in p.within(thing.end, g.start)
                if m.kind in ("party", "person", "body", "pronoun") and m.parties
            ]
            if near:
                return near[-1].parties
    return ()


def _reporter_side(group: Group) -> tuple[str, ...]:
    at = group.governor
    while at is not None:
        found = sides_in(at.subjects)
        if found and at.classes & _SPEAKING and not at.passive:
            return found
        at = at.governor
    return ()


def _targets(p: Parsed, group: Group, act: Act, start: int, end: int) -> tuple[str, ...]:
    out: list[str] = [*payers(p, group), *_rate_of(p, act)]
    for m in p.within(start, end):
        if m.parties and m.kind not in ("group", "person") and _is_target(p, m, group):
            out.extend(m.parties)
    if group.classes & {"hit", "put", "grant"} and not group.passive:
        first = next((m for m in p.within(group.end, group.end + 4) if m.parties and m.kind == "party"), None)
        if first is not None and (p.low(first.end) == "'s" or ("grant" in group.classes and first.adjective)):
            first = None
        if first is not None:
            out.extend(first.parties)
    return tuple(dict.fromkeys(out))


def _rate_of(p: Parsed, act: Act) -> tuple[str, ...]:
    """'Indonesia's rate', 'the rate for Japan': a rate is named after those who pay it."""
    if act.thing is None or act.thing.kind != "rate":
        return ()
    owners = [m.parties for m in p.within(act.thing.start - 4, act.thing.start) if p.low(m.end) == "'s"]
    return owners[-1] if owners and owners[-1] != ("USA",) else ()


def _goods_follow(p: Parsed, m: Mention) -> bool:
    owning = (
        m.adjective or m.name in ("US", "EU", "U.S.") or (m.kind == "pronoun" and p.low(m.start) in ("its", "their"))
    )
    goods = next((k for k in (m.end, m.end + 1) if p.low(k) in _GOODS or any(s == k for s, _, _ in p.products)), None)
    if not owning or goods is None:
        return False
    following = {t.start for t in p.things if t.kind in ("measure", "rate", "tax", "fee", "increase", "reduction")}
    return goods not in following and not any(k in following for k in (goods + 1, goods + 2))


def _is_target(p: Parsed, m: Mention, group: Group) -> bool:
    before = p.low(m.start - 1)
    if before == "the":
        before = p.low(m.start - 2)
    if m.kind == "place":
        return before in ("in", "from") and any(p.low(k) in _MADE_IN for k in range(m.start - 4, m.start))
    if (m.adjective or p.low(m.end) == "'s") and any(
        t.kind == "measure" and m.end <= t.start <= m.end + 2 for t in p.things
    ):
        return False  # 'the American tariffs': whose they are
    if m.kind == "pronoun" and any(set(m.parties) & set(s.parties) for s in group.subjects):
        return False
    goods = _goods_follow(p, m) or (p.low(m.end) == "'s" and p.low(m.end + 1) in _GOODS)
    if before in ("on", "against", "from", "for") or (before in ("of", "to") and (goods or _goods_before(p, m))):
        return m.kind in ("party", "pronoun") or goods
    listed = (
        before in ("and", ",")
        and any(p.low(k) in ("on", "against", "from", "of") for k in range(m.start - 8, m.start))
        and m.kind == "party"
    )
    return listed or goods


def _goods_before(p: Parsed, m: Mention) -> bool:
    return any(p.low(k) in _MADE_IN for k in range(m.start - 3, m.start))
