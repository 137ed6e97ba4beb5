"""Measures: who imposes, raises, cuts, suspends or lifts what on whom, and whether it is done, announced or threatened."""

from __future__ import annotations

from dataclasses import dataclass

from detente.read.amounts import Rate, level_and_change
from detente.read.clauses import Parsed
from detente.read.drafts import Draft, clause_span, length_of, products_in, quantity_in, sides_in, span_of, term_of, times_of
from detente.read.factuality import Fact, factuality
from detente.read.names import Discourse, Mention
from detente.read.proposal import Kind
from detente.read.speech import speaker_of
from detente.read.things import Thing
from detente.read.verbs import Group

_PREPOSITIONS = frozenset("in on about over against of for with at into under after during amid from".split())
_HARD = frozenset({"measure", "tax", "fee"})
_SOFT = frozenset({"measures", "retaliation", "rules", "licence"})
_CHANGE_NOUNS = {"increase": "raise", "reduction": "cut", "pause": "suspend", "removal": "lift", "imposition": "impose"}
_HOSTILE = frozenset({"impose", "raise", "announce"})
_DONE: dict[str, Kind] = {
    "impose": "measure-imposed",
    "raise": "measure-raised",
    "cut": "measure-cut",
    "suspend": "measure-suspended",
    "lift": "measure-lifted",
    "announce": "measure-announced",
}
# Which act a verb class is, in the order they are tried; the verb takes the measure as its object.
_ACTS = (
    ("hit", "impose"),
    ("impose", "impose"),
    ("launch", "impose"),
    ("raise", "raise"),
    ("cut", "cut"),
    ("suspend", "suspend"),
    ("lift", "lift"),
    ("end", "lift"),
    ("stop", "lift"),
    ("exempt", "exempt"),
    ("announce", "announce"),
    ("order", "announce"),
    ("publish", "announce"),
    ("sign", "announce"),
    ("set", "impose"),
    ("keep", "keep"),
    ("threaten", "threat"),
    ("warn", "threat"),
    ("consider", "threat"),
    ("plan", "announce"),
    ("propose", "threat"),
    ("bear", "keep"),
    ("put", "impose"),
    ("retaliate", "impose"),
    ("ban", "impose"),
)
# The same for verbs whose subject is the measure.
_COMES = (
    ("effect", "impose"),
    ("rise", "raise"),
    ("fall", "cut"),
    ("lapse", "lift"),
    ("end", "lift"),
    ("start", "impose"),
    ("standat", "keep"),
    ("stay", "keep"),
    ("be", "keep"),
)


@dataclass(frozen=True, slots=True)
class _Act:
    act: str
    thing: Thing | None
    taken: bool  # the measure is the subject


def measures(p: Parsed, seen: Discourse) -> list[Draft]:
    """The measures a sentence tells, announces or threatens."""
    out: list[Draft] = []
    for group in p.groups:
        act = _act_of(p, group)
        if act is None:
            continue
        draft = _draft(p, group, act, seen)
        if draft is not None:
            out.append(draft)
    out.extend(_nominal(p, seen, out))
    return out


def _act_of(p: Parsed, group: Group) -> _Act | None:
    kinds = group.classes
    if group.marker == "attribute":
        return None
    if group.passive and group.lemma not in ("subject", "hit", "strike"):
        thing = _subject_thing(p, group)
        for wanted, act in _ACTS:
            if wanted in kinds and thing is not None and wanted not in ("bear", "retaliate"):
                return _Act(act, thing, True)
        return None
    for wanted, act in _ACTS:
        if wanted in kinds:
            thing = _object_thing(p, group, wanted)
            if thing is not None:
                return _Act(act, thing, False)
    if "self" in kinds and not group.passive:
        return _own_act(p, group)
    for wanted, act in _COMES:
        if wanted in kinds or (wanted == "effect" and group.lemma == "apply"):
            thing = _subject_thing(p, group)
            if thing is not None and _comes(p, group, wanted):
                return _Act(act, thing, True)
    return None


def _comes(p: Parsed, group: Group, wanted: str) -> bool:
    """Verbs that say little ('is', 'stands') count only with a rate or a word for being in force."""
    if wanted in ("stay", "be", "standat", "start"):
        rated = bool(_rates_of(p, group))
        in_force = any(p.low(k) in ("force", "effect", "place") for k in range(group.end, min(group.end + 5, group.right)))
        return rated or in_force or (wanted == "start" and bool(times_of(p, group)))
    return True


def _own_act(p: Parsed, group: Group) -> _Act | None:
    """'banned exports of gallium', 'blacklisted 12 firms': the verb alone names the measure."""
    after = [t for t in p.things if group.end <= t.start < group.end + 6 and t.kind == "goods"]
    goods = [s for s, _, _ in p.products if group.end <= s < group.end + 5]
    firms = any(p.low(k) in ("firms", "companies", "entities", "exports", "imports", "shipments", "sales") for k in range(group.end, min(group.end + 8, group.right)))
    return _Act("impose", None, False) if after or goods or firms else None


def _object_thing(p: Parsed, group: Group, wanted: str) -> Thing | None:
    """The measure a verb acts on: the head of what follows it, without a preposition between."""
    start = group.head + 1
    limit = max(group.right, group.reach)
    for thing in p.things:
        if not (start <= thing.start < limit) or thing.start - start > 14:
            continue
        if not _counts(p, thing, wanted):
            continue
        return thing if _reachable(p, start, thing.start, wanted) else None
    if group.marker in ("which", "that") or group.lead == "":
        return None
    return None


def _counts(p: Parsed, thing: Thing, wanted: str) -> bool:
    if thing.kind in _HARD:
        return thing.kind != "tax" or _on_imports(p, thing)
    if thing.kind == "rate":
        return wanted in ("raise", "cut", "lift", "set", "keep") and _about_duty(p)
    if thing.kind in _SOFT:
        return wanted in ("impose", "suspend", "lift", "end", "announce", "launch", "threaten", "plan", "consider", "propose", "warn", "publish", "order", "sign") and (thing.kind != "rules" or _export_rules(p, thing)) and (thing.kind != "measures" or _hostile_measures(p, thing))
    if thing.kind in ("increase", "imposition"):
        return wanted in ("suspend", "lift", "end", "stop", "announce", "threaten", "consider", "order", "plan") and _near_measure(p, thing)
    return False


def _on_imports(p: Parsed, thing: Thing) -> bool:
    around = {p.low(k) for k in range(thing.start - 3, thing.end + 5)}
    return bool(around & {"import", "imports", "imported", "export", "exports", "border", "goods", "digital", "services", "foreign", "customs", "retaliatory"})


def _about_duty(p: Parsed) -> bool:
    return any(t.kind == "measure" for t in p.things) or bool(p.rates)


def _export_rules(p: Parsed, thing: Thing) -> bool:
    around = {p.low(k) for k in range(thing.start - 4, thing.end + 6)}
    return bool(around & {"export", "exports", "licensing", "affiliates", "control", "chip", "rare"})


def _hostile_measures(p: Parsed, thing: Thing) -> bool:
    around = {p.low(k) for k in range(thing.start - 4, thing.end + 3)}
    words = {"retaliatory", "counter", "punitive", "restrictive", "negative", "reciprocal", "trade", "export", "tariff", "rebalancing", "new", "its", "their", "package", "non", "against", "discriminatory"}
    return bool(around & words) and thing.low not in ("response", "steps", "moves")


def _near_measure(p: Parsed, thing: Thing) -> bool:
    return any(t.kind in _HARD or t.kind == "rate" for t in p.things if t is not thing and thing.start - 5 <= t.start <= thing.end + 5)


def _reachable(p: Parsed, start: int, end: int, wanted: str) -> bool:
    for k in range(start, end):
        low = p.low(k)
        if low in (",", "that", "which", "who", ";", ":") and not _inside_list(p, k):
            return False
        if low in _PREPOSITIONS or low in ("to", "by"):
            rated = any(r.start in (k + 1, k + 2) for r in p.rates) or any(t.start <= k < t.end for t in p.times)
            with_ok = wanted in ("hit", "retaliate", "put", "threaten") and low in ("with", "by", "on")
            told = wanted in ("warn",) and low == "of"
            if not (rated or with_ok or told or (low == "of" and p.low(k - 1) in ("series", "package", "range", "set", "round", "wave"))):
                return False
    return True


def _inside_list(p: Parsed, k: int) -> bool:
    """A comma between adjectives or inside a number phrase: 'new, higher tariffs'."""
    return p.low(k) == "," and p.low(k + 1) not in ("the", "a", "and", "which", "who", "but")


def _subject_thing(p: Parsed, group: Group) -> Thing | None:
    """The measure that is the subject: before the verb, or what a relative clause hangs on."""
    if group.marker == "reduced":
        near = [t for t in p.things if group.start - 10 <= t.start and t.end <= group.start and (t.kind in _HARD or t.kind in _SOFT)]
        return near[-1] if near and (near[-1].end >= group.start - 6) else None
    start = group.left
    if group.marker in ("which", "that") and not any(t.start >= group.left for t in p.things if t.end <= group.start):
        start = max(0, group.left - 10)
    found = [t for t in p.things if start <= t.start and t.end <= group.start and (t.kind in _HARD or t.kind in _SOFT or t.kind in ("rate", "increase"))]
    for thing in found:
        if (thing.kind == "rate" and not _about_duty(p)) or (thing.kind == "increase" and not _near_measure(p, thing)):
            continue
        if thing.kind == "rules" and not _export_rules(p, thing) or (thing.kind == "tax" and not _on_imports(p, thing)):
            continue
        lead = {p.low(k) for k in range(start, thing.start)} & (_PREPOSITIONS - {"under", "in", "from"})
        if not lead or start != group.left:
            return thing
    return None


def _rates_of(p: Parsed, group: Group) -> list[Rate]:
    """The rates of a clause."""
    return [r for r in p.rates if group.left <= r.start < max(group.right, group.reach)]


def _draft(p: Parsed, group: Group, act: _Act, seen: Discourse) -> Draft | None:
    fact = factuality(p, group)
    acted = _act_with_rate(p, group, act)
    kind = _kind(p, group, acted, fact, seen)
    if kind is None:
        return None
    found = times_of(p, group)
    own_rates = _own_rates(p, group, act)
    if _passing(group, act) and not own_rates and not found and kind.startswith("measure"):
        return None
    rate, rate_is = level_and_change(own_rates)
    ahead = fact != "actual"
    imposers, targets = _who(p, group, act, seen)
    parties = (*imposers, *[t for t in targets if t not in imposers])
    if not parties:
        return None
    return Draft(
        kind,
        parties,
        [clause_span(p, group)],
        speaker=speaker_of(p, group, seen),
        date=term_of(found, ahead),
        days=length_of(found),
        rate=rate,
        rate_is=rate_is,
        products=products_in(p, group.left, max(group.right, group.reach)),
        quantity=quantity_in(p, group.left, max(group.right, group.reach)),
        key=acted,
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        order=p.words[group.head].start,
    )


def _act_with_rate(p: Parsed, group: Group, act: _Act) -> str:
    """'lifted tariffs to 25%' raises them; 'set at', 'kept at' and 'faces' say what is in force."""
    if act.act == "lift" and group.lemma in ("lift", "drop") and any(r.role == "to" for r in _rates_of(p, group)):
        return "raise" if group.lemma == "lift" else "cut"
    if act.act == "keep":
        return "impose"
    if act.act == "announce" and act.thing is not None and act.thing.kind in _CHANGE_NOUNS:
        return "announce"
    return act.act


def _own_rates(p: Parsed, group: Group, act: _Act) -> list[Rate]:
    found = _rates_of(p, group)
    if not found and act.thing is not None:
        return [r for r in p.rates if act.thing.start - 4 <= r.start < act.thing.end + 4]
    return found


def _passing(group: Group, act: _Act) -> bool:
    """A measure mentioned in passing: by a participle, in a past perfect or a side clause."""
    return group.marker in ("reduced", "which", "that", "after", "since") or (group.perfect and group.governor is None) or act.act == "keep"


def _kind(p: Parsed, group: Group, act: str, fact: Fact, seen: Discourse) -> Kind | None:
    if act == "exempt":
        return None
    if act == "threat":
        return _threat_kind(group, fact)
    if group.negated:
        return _negated_kind(p, group, act, fact, seen)
    hostile = act in _HOSTILE
    if fact == "actual":
        return _actual_kind(p, group, act)
    if fact == "future":
        return "commitment" if under_deal(p, seen) and not hostile_to_deal(act) else "measure-announced"
    if fact == "commit":
        return "commitment"
    if fact == "threat":
        return "claim-threat" if hostile else _soft_kind(p, group)
    if fact == "offer":
        return "claim-threat" if hostile else "claim-offer"
    if fact == "expect":
        return "claim-expectation"
    return None


def _actual_kind(p: Parsed, group: Group, act: str) -> Kind:
    return _DONE[act]


def _soft_kind(p: Parsed, group: Group) -> Kind:
    """A relief that is only possible: held out in return for something, else a forecast."""
    conditional = any(g.marker in ("if", "unless") for g in p.groups) or p.has("return", "exchange")
    return "claim-offer" if conditional else "claim-expectation"


def _threat_kind(group: Group, fact: Fact) -> Kind | None:
    if group.negated or fact in ("none", "denied", "asked"):
        return None
    return "claim-threat"


def _negated_kind(p: Parsed, group: Group, act: str, fact: Fact, seen: Discourse) -> Kind | None:
    """What is not done: a promise to refrain, or a planned measure called off; else nothing."""
    if fact == "commit" or (fact == "future" and under_deal(p, seen)):
        return "commitment"
    if act == "impose" and fact == "future" and "effect" in group.classes:
        return "measure-suspended"
    return None


def under_deal(p: Parsed, seen: Discourse) -> bool:
    """Whether the sentence, or the ones before it, speak of what an arrangement asks for."""
    lows = [w.low for w in p.words]
    for i, low in enumerate(lows):
        if low in ("under", "part", "return", "exchange") and any(t.kind == "deal" for t in p.things if t.start <= i + 6):
            return True
    return seen.deal or p.has("return") or any(t.kind == "deal" for t in p.things)


def hostile_to_deal(act: str) -> bool:
    return act in ("raise", "announce")


def _who(p: Parsed, group: Group, act: _Act, seen: Discourse) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who imposes, and on whom."""
    targets = _targets(p, group, act)
    if group.classes & {"bear"} or (group.passive and group.classes & {"hit"}):
        payers = sides_in(group.subjects)
        imposers = _owners(p, act.thing)
        return (imposers or _others(payers, seen)), tuple(x for x in payers if x not in imposers)
    imposers = () if act.taken else sides_in([m for m in group.subjects if m.kind != "place"])
    if act.taken:
        imposers = _by_whom(p, group) or _owners(p, act.thing)
    if not imposers:
        imposers = _owners(p, act.thing) or _reporter_side(group)
    imposers = tuple(x for x in imposers if x not in targets) or imposers
    if not imposers:
        imposers = _others(targets, seen) or ((seen.last_party,) if seen.last_party else ())
    return imposers[:2], tuple(t for t in targets if t not in imposers)


def _others(parties: tuple[str, ...], seen: Discourse) -> tuple[str, ...]:
    if len(parties) == 1 and (other := seen.other(parties[0])):
        return (other,)
    return ()


def _by_whom(p: Parsed, group: Group) -> tuple[str, ...]:
    for m in p.within(group.end, max(group.right, group.end)):
        if p.low(m.start - 1) == "by" or (p.low(m.start - 2) == "by" and p.low(m.start - 1) == "the"):
            return m.parties
    return ()


def _owners(p: Parsed, thing: Thing | None) -> tuple[str, ...]:
    """'Chinese tariffs', "Washington's 25% duty": the name just before the measure."""
    if thing is None:
        return ()
    near = [m for m in p.named if thing.start - 6 <= m.start and m.end <= thing.start and m.parties and m.kind != "place"]
    for m in reversed(near):
        between = [p.low(k) for k in range(m.end, thing.start)]
        if not any(b in (",", "on", "and", "said", "of", "to", "in", "that") for b in between) and (m.adjective or m.kind == "pronoun" or "'s" in between or not between or m.name in ("US", "EU", "U.S.")):
            return m.parties
    return ()


def _reporter_side(group: Group) -> tuple[str, ...]:
    at = group.governor
    while at is not None:
        found = sides_in(at.subjects)
        if found and at.classes & {"say", "announce", "threaten", "order", "decide", "sign", "warn", "plan", "agree", "vow", "consider", "publish"}:
            return found
        at = at.governor
    return ()


def _targets(p: Parsed, group: Group, act: _Act) -> tuple[str, ...]:
    """On whose goods."""
    start = act.thing.start if act.thing is not None and act.taken else group.end
    out: list[str] = []
    limit = max(group.right, group.reach)
    for m in p.within(start, limit):
        if not m.parties or m.kind == "group":
            continue
        if _is_target(p, m, group):
            out.extend(m.parties)
    if group.classes & {"hit"} and not group.passive:
        first = next((m for m in p.within(group.end, group.end + 4) if m.parties), None)
        if first is not None:
            out.extend(first.parties)
    return tuple(dict.fromkeys(out))


def _is_target(p: Parsed, m: Mention, group: Group) -> bool:
    before = p.low(m.start - 1)
    if before == "the":
        before = p.low(m.start - 2)
    after = p.low(m.end)
    goods = after in ("goods", "imports", "products", "exports", "steel", "cars", "shipments", "vehicles", "companies", "firms", "chips", "wine", "vessels", "ships", "metals", "made", "electric", "farm", "agricultural", "lumber", "aluminium", "copper")
    if m.kind == "place":
        return before in ("in", "from") and any(p.low(k) in ("made", "imports", "goods", "imported", "products", "cars", "vehicles", "steel", "produced") for k in range(m.start - 4, m.start))
    if before in ("on", "against", "from", "of", "for", "to") and not _own_pronoun(m, group):
        return not (before in ("of", "to") and not goods and m.kind not in ("party", "body"))
    listed = before in ("and", ",") and any(p.low(k) in ("on", "against", "from") for k in range(max(group.end, m.start - 8), m.start))
    return listed or goods


def _own_pronoun(m: Mention, group: Group) -> bool:
    return m.kind == "pronoun" and any(set(m.parties) & set(s.parties) for s in group.subjects)


def _nominal(p: Parsed, seen: Discourse, found: list[Draft]) -> list[Draft]:
    """'a 90-day pause in tariffs', 'the increase to 25%': a change told by a noun, as the verb over it makes of it."""
    out: list[Draft] = []
    for thing in p.things:
        if thing.kind not in _CHANGE_NOUNS or not _near_measure(p, thing):
            continue
        group = _over(p, thing)
        if group is None or any(d.order == p.words[group.head].start for d in found):
            continue
        draft = _nominal_draft(p, thing, group, seen)
        if draft is not None:
            out.append(draft)
    return out


def _over(p: Parsed, thing: Thing) -> Group | None:
    return next((g for g in p.groups if g.left <= thing.start < g.right and g.marker != "attribute"), None)


def _nominal_draft(p: Parsed, thing: Thing, group: Group, seen: Discourse) -> Draft | None:
    kind = _nominal_kind(p, thing, group)
    if kind is None:
        return None
    found = times_of(p, group)
    near = [r for r in p.rates if thing.start - 6 <= r.start <= thing.end + 10]
    if kind.startswith("measure") and not near and not found:
        return None
    rate, rate_is = level_and_change(near)
    act = _Act(_CHANGE_NOUNS[thing.kind], thing, False)
    imposers, targets = _who(p, group, act, seen)
    parties = (*imposers, *[t for t in targets if t not in imposers])
    if not parties:
        return None
    return Draft(
        kind,
        parties,
        [clause_span(p, group)],
        speaker=speaker_of(p, group, seen),
        date=term_of(found, kind != "measure-suspended"),
        days=length_of(found),
        rate=rate,
        rate_is=rate_is,
        products=products_in(p, group.left, group.right),
        key=_CHANGE_NOUNS[thing.kind],
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        order=p.words[thing.start].start,
    )


def _nominal_kind(p: Parsed, thing: Thing, group: Group) -> Kind | None:
    fact = factuality(p, group)
    act = _CHANGE_NOUNS[thing.kind]
    kinds = group.classes
    if fact in ("none", "asked", "denied", "claimed") or group.negated:
        return None
    if kinds & {"threaten", "consider", "warn"} or (fact == "threat" and act in _HOSTILE):
        return "claim-threat" if act in _HOSTILE else "claim-expectation"
    if kinds & {"agree", "pledge", "reach"}:
        return "commitment"
    if kinds & {"expect", "hope"} or fact == "expect":
        return "claim-expectation"
    if kinds & {"offer", "propose"}:
        return "claim-offer" if act not in _HOSTILE else "claim-threat"
    if kinds & {"announce", "order", "publish", "sign"} and fact in ("actual", "future"):
        return "measure-suspended" if act == "suspend" else "measure-announced"
    if kinds & {"effect", "start"} and fact == "actual":
        return _DONE[act]
    return None


__all__ = ["measures", "span_of", "under_deal"]
