"""What a verb does to a measure: imposes, raises, cuts, suspends, lifts, announces or keeps it, and which measure."""

from __future__ import annotations

from detente.read.changes import CHANGE_NOUNS, act_over, noun_act
from detente.read.clauses import Parsed
from detente.read.drafts import times_of
from detente.read.inflection import classes_of, forms
from detente.read.listing import Act, delisted, licence_in, listed_on, on_a_list
from detente.read.tables import word_set
from detente.read.things import Thing
from detente.read.verbs import Group

_PREPOSITIONS = word_set("acts prepositions")
HARD = frozenset({"measure", "tax", "fee"})
_SOFT = frozenset({"measures", "retaliation", "rules", "licence"})
# Which act a verb class is, in the order they are tried; the verb takes the measure as its object.
_ACTS = (
    ("hit", "impose"),
    ("raise", "raise"),
    ("cut", "cut"),
    ("suspend", "suspend"),
    ("lift", "lift"),
    ("impose", "impose"),
    ("launch", "impose"),
    ("end", "lift"),
    ("stop", "lift"),
    ("announce", "announce"),
    ("order", "announce"),
    ("publish", "announce"),
    ("sign", "announce"),
    ("set", "impose"),
    ("keep", "keep"),
    ("extend", "suspend"),
    ("threaten", "threat"),
    ("warn", "threat"),
    ("consider", "threat"),
    ("plan", "announce"),
    ("schedule", "announce"),
    ("propose", "threat"),
    ("bear", "keep"),
    ("put", "impose"),
    ("retaliate", "impose"),
    ("ban", "impose"),
    ("grant", "grant"),
)
# The same for verbs whose subject is the measure.
_COMES = (
    ("effect", "impose"),
    ("rise", "raise"),
    ("fall", "cut"),
    ("lapse", "lift"),
    ("end", "lift"),
    ("stop", "lift"),
    ("start", "impose"),
    ("standat", "keep"),
    ("stay", "keep"),
    ("follow", "impose"),
    ("rest", "suspend"),
)
_WITH_SOFT = word_set("acts with soft")
_STATES = {
    **dict.fromkeys(word_set("acts states suspend"), "suspend"),
    **dict.fromkeys(word_set("acts states keep"), "keep"),
    **dict.fromkeys(word_set("acts states lift"), "lift"),
    **dict.fromkeys(word_set("acts states threat"), "threat"),
    **dict.fromkeys(word_set("acts states announce"), "announce"),
}
_TRANSPARENT = word_set("acts transparent")
_WITH_PREPOSITION = frozenset({("hold off", "on"), ("back off", "from"), ("follow through", "on"), ("give up", "on")})
_PLACING = frozenset({"place", "put", "subject", "bring", "add", "enter", "make"})


def act_of(p: Parsed, group: Group) -> Act | None:
    """What a verb does to a measure, None for verbs that do nothing to one."""
    if group.marker == "attribute":
        return None
    if group.lemma in ("be", "put", "remain", "stay", "stand", "become") and (state := _state(p, group)):
        return state
    if group.lemma == "be" and (standing := on_a_list(p, group)) is not None:
        return standing
    if group.lemma == "come" and group.negated and (thing := subject_thing(p, group)) is not None:
        return Act("impose", thing, True)
    if (absent := _no_measure(p, group)) is not None:
        return absent
    if group.lemma == "go" and (group.passive or group.progressive) and (gone := _gone(p, group)):
        return gone
    if (off := delisted(p, group)) is not None:
        return off
    if group.passive and not group.classes & {"hit"}:
        return _passive(p, group)
    if _out_of(p, group) or "exempt" in group.classes:
        return _exempted(p, group)
    if (free := _free_of(p, group)) is not None:
        return free
    if "retaliate" in group.classes and p.low(group.end) == "that":
        return None  # 'sceptics answer that'
    if group.lemma in ("need", "require") and (licence := licence_in(p, group)) is not None:
        return Act("impose", licence, False)
    if "bear" in group.classes and p.low(group.end) in ("nothing", "no") and not group.negated:
        nothing = p.low(group.end) == "nothing" or any(group.end < t.start <= group.end + 3 for t in p.things)
        return Act("lift", None, False) if nothing else None
    if (("list" in group.classes and group.lemma != "list") or group.lemma == "subject") and (
        listed := listed_on(p, group)
    ):
        return listed
    return _active(p, group) or _own_act(p, group) or _intransitive(p, group)


def _state(p: Parsed, group: Group) -> Act | None:
    """'is on hold', 'stay suspended', 'is in force': what a measure is said to be."""
    thing = subject_thing(p, group)
    if thing is None:
        return None
    for k in range(group.end, group.end + 4):
        low = p.low(k)
        if low in ("to", ",", "that", "by") or any(g.start == k for g in p.groups):
            return None
        act = _STATES.get(low) or _participle_state(p, group, k)
        if low == "due" and (p.low(k + 1) == "to" or any(t.start <= k + 1 < t.end for t in p.times)):
            act = "announce" if p.low(k + 1) != "to" and group.form != "d" else None
        if low == "off" and "table" in (p.low(k + 1), p.low(k + 2)):
            return None
        if act == "lift" and p.low(k + 1) == "for" and any(t.start == k + 1 and t.role == "for" for t in p.times):
            act = "suspend"
        if group.lemma == "become" and act == "keep":
            act = "impose"
        if act is not None and (name := act_over(p, act, thing, "")) is not None:
            return Act(name, thing, True)
    return None


def _gone(p: Parsed, group: Group) -> Act | None:
    """'the tariffs are going', 'were gone by May'."""
    thing = subject_thing(p, group)
    if thing is None and any(0 <= group.head_left <= r.start < group.head_right for r in p.rates):
        return Act("lift", None, True)
    alone = p.low(group.end) in (".", ",", "", "by", "on", "in", "from", "and", ";", "at") or group.passive
    return Act("lift", thing, True) if thing is not None and alone and thing.kind != "rate" else None


def _no_measure(p: Parsed, group: Group) -> Act | None:
    """'There will be no tariff on Mexican goods from Monday after all'."""
    if group.lemma != "be" or p.low(group.start - 1) != "there" or not group.modal:
        return None
    near = (t for t in p.things if group.end <= t.start <= group.end + 3 and t.kind in HARD and _heads(p, t))
    thing = next(near, None)
    if thing is None or p.low(group.end) != "no":
        return None
    return Act("suspend", thing, True)


_ON_STAND_INS = frozenset({"suspend", "lift", "raise", "cut", "end"})


def _participle_state(p: Parsed, group: Group, k: int) -> str | None:
    """'stands withdrawn', 'remain parked', 'stay suspended'."""
    if group.lemma not in ("remain", "stay", "stand", "keep") or k != group.end:
        return None
    classes = {c for lemma, form in forms().get(p.low(k), ()) if form == "n" for c in classes_of().get(lemma, ())}
    return next((act for act in ("suspend", "lift") if act in classes), None)


def _passive(p: Parsed, group: Group) -> Act | None:
    if (
        group.classes & {"exempt"}
        or _out_of(p, group)
        or (group.lemma in ("take off", "remove", "strike off") and subject_thing(p, group) is None)
    ):
        return _exempted(p, group)
    listing = group.classes & {"list", "put"} or group.lemma in ("make", "subject", "place", "name")
    if listing and (listed := listed_on(p, group)):
        return listed
    if group.lemma == "mean":
        return None
    thing = subject_thing(p, group)
    if thing is not None and thing.kind == "stand-in" and not group.classes & _ON_STAND_INS:
        return None
    if thing is None:
        return _paper_passive(p, group) or _own_passive(p, group)
    if "set" in group.classes and p.low(group.end) == "for" and any(t.start <= group.end + 1 < t.end for t in p.times):
        return Act("announce", thing, True)
    if group.lemma == "put back" and any(t.role in ("for", "until", "at") or t.days for t in p.times):
        return Act("suspend", thing, True)
    if group.lemma in ("move", "push") and any(t.role in ("from", "at") for t in p.times) and p.has("to", "back"):
        return Act("suspend", thing, True)
    for wanted, act in _ACTS:
        if wanted in group.classes and wanted not in ("bear", "retaliate", "put"):
            return _composed(p, group, act, thing, True)
    return Act("impose", thing, True) if "put" in group.classes and p.low(group.end) in ("on", "in", "at") else None


def _paper_passive(p: Parsed, group: Group) -> Act | None:
    """'notices 55 to 58 are suspended': papers that carry measures."""
    act = next((a for a in ("suspend", "lift") if a in group.classes), None)
    start = group.left if group.head_left < 0 else group.head_left
    papers = [t for t in p.things if t.kind in ("act", "rules") and start <= t.start < group.start]
    papers = [t for t in papers if not _governed(p, start, t)]
    return Act(act, papers[0], True) if act and papers and (p.after_measure or p.rates) else None


def _own_passive(p: Parsed, group: Group) -> Act | None:
    """'exports of gallium have been banned': the verb alone names the measure."""
    start = group.left if group.head_left < 0 else group.head_left
    traded = any(t.kind == "goods" and start <= t.start < group.start for t in p.things)
    firms = any(p.low(k) in ("firms", "companies", "entities", "sales") for k in range(start, group.start))
    return Act("impose", None, False) if "self" in group.classes and (traded or firms) else None


def _out_of(p: Parsed, group: Group) -> bool:
    """'took coffee, tea and beef out of the tariff'."""
    end = max(group.right, group.end)
    return group.lemma.startswith("take") and any(
        p.low(k) == "out" and p.low(k + 1) == "of" and any(t.kind in HARD for t in p.things if k < t.start < k + 8)
        for k in range(group.end, end)
    )


def _exempted(p: Parsed, group: Group) -> Act | None:
    """Goods let off a measure; only where one is named or all goods are told."""
    named = next((t for t in p.things if t.kind in HARD and t.start >= group.end), None)
    return Act("lift", named, False) if named is not None else None


def _active(p: Parsed, group: Group) -> Act | None:
    for wanted, act in _ACTS:
        if wanted in group.classes:
            thing = _object_thing(p, group, wanted)
            if thing is not None and (found := _composed(p, group, act, thing, False)) is not None:
                return found
            if (
                wanted in ("suspend", "lift", "raise", "cut", "retaliate")
                and (meant := _object_meant(p, group)) is not None
            ):
                return Act(act, meant, False)
    return _on_antecedent(p, group)


_ENTERING = frozenset({"enter", "sell", "ship", "come", "cross", "import", "go", "pass", "send", "reach", "export"})


def _free_of(p: Parsed, group: Group) -> Act | None:
    """'will enter free of the extra duty', 'can be sold without the 25 per cent tariff'."""
    if group.lemma not in _ENTERING:
        return None
    right = max(group.right, group.end)
    for thing in p.things:
        if thing.kind not in HARD or not group.end <= thing.start < right:
            continue
        before = [p.low(k) for k in range(max(group.end, thing.start - 6), thing.start)]
        free = "free" in before and "of" in before[before.index("free") :]
        if free or ("without" in before and {"the", "any"} & set(before)):
            return Act("lift", thing, False)
    return None


_MEANT = frozenset({"it", "them", "these", "those", "that"})


def _object_meant(p: Parsed, group: Group) -> Thing | None:
    """'took most of it off', 'suspended them', after a sentence about a measure."""
    if not p.after_measure:
        return None
    at = next((k for k in range(group.head + 1, group.head + 4) if p.low(k) in _MEANT), None)
    if at is None or any(p.low(k) not in ("most", "of", "all", "some", "both") for k in range(group.head + 1, at)):
        return None
    if p.low(at + 1) in ("to", "that") or any(t.start == at + 1 for t in p.things):
        return None
    return Thing(at, at + 1, "stand-in", p.low(at))


def _composed(p: Parsed, group: Group, act: str, thing: Thing, taken: bool) -> Act | None:
    """The act on a measure, or on a noun of change over one."""
    if act == "grant" and noun_act(p, thing) is None:
        return None
    if "extend" in group.classes and thing.kind in HARD and noun_act(p, thing) is None:
        wider = any(p.low(k) == "to" and not _at_time(p, k) for k in range(group.end, max(group.right, group.end)))
        return Act("raise" if wider else "keep", thing, taken)
    if thing.low.startswith("deadline"):
        moved = group.classes & {"extend", "suspend", "lift"} or group.lemma in ("move", "shift", "push")
        return Act("suspend", thing, taken) if moved else None
    name = act_over(p, act, thing, "" if taken and not group.passive else group.lemma)
    return None if name is None else Act(name, thing, taken)


def _at_time(p: Parsed, k: int) -> bool:
    return any(t.start <= k + 1 < t.end for t in p.times)


def _on_antecedent(p: Parsed, group: Group) -> Act | None:
    """'the surtax Ottawa has been levying', 'the duties that Washington collects': the measure stands before."""
    if (
        not group.classes & {"impose", "put", "raise", "suspend", "lift", "cut"}
        or not group.subjects
        or group.infinitive
    ):
        return None
    before = [t for t in p.things if group.left - 10 <= t.start and t.end <= group.left + 1 and t.kind in HARD]
    near = before and not any(p.low(k) in (",", ";", "and", "but") for k in range(before[-1].end, group.left))
    act = next((a for a in ("suspend", "lift", "cut") if a in group.classes), "keep")
    return Act(act, before[-1], False) if near and group.left > 0 and group.marker in ("that", "which", "") else None


def _own_act(p: Parsed, group: Group) -> Act | None:
    """'banned exports of gallium', 'blacklisted 12 firms': the verb alone names the measure."""
    if "self" not in group.classes:
        return None
    reach = range(group.end, min(group.end + 8, max(group.right, group.end)))
    firms = any(
        p.low(k) in ("firms", "companies", "entities", "exports", "imports", "shipments", "sales") for k in reach
    )
    goods = any(s in reach for s, _, _ in p.products)
    return Act("impose", None, False) if firms or goods else None


def _intransitive(p: Parsed, group: Group) -> Act | None:
    for wanted, act in _COMES:
        if wanted in group.classes or (wanted == "effect" and group.lemma in ("apply", "bite")):
            thing = subject_thing(p, group)
            if thing is not None and _tells(p, group, wanted, thing):
                return _composed(p, group, act, thing, True)
    return None


def _tells(p: Parsed, group: Group, wanted: str, thing: Thing) -> bool:
    """Verbs that say little ('stands', 'starts') count only with a rate or a day."""
    if thing.kind == "stand-in" and wanted in ("effect", "start", "stay", "follow", "end"):
        return bool(times_of(p, group)) or any(group.left <= r.start < group.right for r in p.rates)
    if wanted == "lapse" and p.low(group.reach) == "of":
        return False
    if wanted == "rest":
        return p.low(group.end) not in ("on", "upon", "with")
    if wanted in ("stay", "standat"):
        return any(group.left <= r.start < max(group.right, group.end) for r in p.rates)
    if wanted == "follow":
        return bool(group.modal) or any(t.ahead and t.ahead.from_ > p.published for t in times_of(p, group))
    return wanted != "start" or bool(times_of(p, group))


def _object_thing(p: Parsed, group: Group, wanted: str) -> Thing | None:
    """The measure a verb acts on: the head of what follows it, without a preposition between."""
    start = group.head + 1
    limit = max(group.right, group.reach)
    for thing in p.things:
        if not (start <= thing.start < limit) or thing.start - start > 14 or not _counts(p, thing, wanted):
            continue
        if thing.low in group.lemma.split()[1:] or not _heads(p, thing):
            continue
        return thing if _reachable(p, group, thing.start, wanted) else None
    return None


def _counts(p: Parsed, thing: Thing, wanted: str) -> bool:
    if thing.kind in HARD:
        return thing.kind == "measure" or on_imports(p, thing) or _told_before(p, thing)
    if thing.kind == "rate":
        return wanted in ("raise", "cut", "lift", "set", "keep", "suspend") and about_duty(p)
    if thing.kind in _SOFT:
        return wanted in _WITH_SOFT and _hostile(p, thing)
    return thing.kind in CHANGE_NOUNS and wanted != "hit" and near_measure(p, thing)


def on_imports(p: Parsed, thing: Thing) -> bool:
    """Whether a tax or fee is one on trade."""
    around = {p.low(k) for k in range(thing.start - 4, thing.end + 6)}
    if thing.kind == "fee" and p.has("port", "ports", "ships", "vessels", "vessel", "ship", "shipping", "docking"):
        return True
    return bool(
        around
        & {
            "import",
            "imports",
            "imported",
            "export",
            "exports",
            "border",
            "goods",
            "digital",
            "services",
            "foreign",
            "customs",
        }
        | around & {"retaliatory", "port", "ports", "ships", "vessels", "docking", "ship", "parcels"}
    )


def _told_before(p: Parsed, thing: Thing) -> bool:
    """'the charge', after a sentence about a measure."""
    return p.after_measure and p.low(thing.start - 1) == "the"


def about_duty(p: Parsed) -> bool:
    """Whether the sentence speaks of measures or rates."""
    return any(t.kind == "measure" for t in p.things) or bool(p.rates)


def _hostile(p: Parsed, thing: Thing) -> bool:
    around = {p.low(k) for k in range(thing.start - 4, thing.end + 6)}
    if thing.kind == "rules":
        return bool(around & {"export", "exports", "licensing", "affiliates", "control", "rare"})
    if thing.kind != "measures":
        return True
    words = {
        "retaliatory", "counter", "punitive", "restrictive", "negative", "reciprocal", "trade", "export", "tariff",
        "rebalancing", "new", "package", "non", "against", "discriminatory", "answering", "countervailing",
    }  # fmt: skip
    if thing.low in ("step", "steps"):
        return p.after_measure
    return bool(around & words) and thing.low not in ("response", "moves", "action")


_RETOLD = word_set("acts retold")
_KNOWN = frozenset({"start", "pause", "suspension", "postponement", "deferral", "collection", "reprieve"})


def near_measure(p: Parsed, thing: Thing) -> bool:
    """Whether a noun of change stands beside a measure."""
    if thing.low.startswith("step") and not any(thing.end <= r.start <= thing.end + 3 for r in p.rates):
        return p.after_measure and p.low(thing.start - 1) in ("the", "that", "this", "same")
    near = [t for t in p.things if t is not thing and thing.start - 5 <= t.start <= thing.end + 6]
    if any(t.kind in ("measure", "rate", "rules") or (t.kind in HARD and on_imports(p, t)) for t in near):
        return True
    if any(r.role in ("change", "to", "from") and thing.end <= r.start <= thing.end + 3 for r in p.rates):
        return True
    told = thing.start == 0 or p.low(thing.start - 1) in ("the", "that", "this", "same", "its", "their")
    return told and ((p.after_measure and thing.low in _RETOLD) or (p.duty and thing.low in _KNOWN))


_NOT_HEADS = word_set("acts not heads")


def _heads(p: Parsed, thing: Thing) -> bool:
    """Whether a noun stands for itself: 'the tariff dispute' is no tariff."""
    free = p.low(thing.end + 1) if p.low(thing.end) == "-" else p.low(thing.end)
    return p.low(thing.end) not in _NOT_HEADS and free not in ("free", "paid", "exempt")


def _reachable(p: Parsed, group: Group, end: int, wanted: str) -> bool:
    start = group.head + 1
    phrase = set(group.lemma.split()[1:])
    for k in range(start, end):
        low = p.low(k)
        if low in phrase:
            continue
        if low in ("that", "which", "who", ";", ":") or (
            low == "," and p.low(k + 1) in ("the", "a", "and", "which", "who", "but")
        ):
            return False
        if low in _PREPOSITIONS or low in ("to", "by"):
            rated = any(r.start in (k + 1, k + 2) for r in p.rates) or any(t.start <= k < t.end for t in p.times)
            with_ok = wanted in ("hit", "retaliate", "put", "threaten") and low in ("with", "by", "on")
            told = (wanted == "warn" and low == "of") or (low == "of" and p.low(k - 1) in _TRANSPARENT)
            placed = (k == group.reach and (group.lemma, low) in _WITH_PREPOSITION) or (
                group.lemma.split()[0] in _PLACING and low in ("under", "on", "onto", "to")
            )
            if not (rated or with_ok or told or placed):
                return False
    return True


_DEEP = 8  # a verb may hang on one that goes on from it ("…, he argues, and to …"): the walk must end


def subject_thing(p: Parsed, group: Group, depth: int = 0) -> Thing | None:
    """The measure that is the subject: before the verb, or what a relative clause or participle hangs on."""
    if depth > _DEEP:
        return None
    if group.marker == "reduced":
        near = [t for t in p.things if group.start - 10 <= t.start and t.end <= group.start and _is_measure(p, t)]
        return near[-1] if near and near[-1].end >= group.start - 8 else None
    if group.twin is not None and not any(group.left <= t.start and t.end <= group.start for t in p.things):
        return subject_thing(p, group.twin, depth + 1)
    if group.infinitive and group.governor is not None:
        between = [t for t in p.things if group.governor.end <= t.start and t.end <= group.start and _is_measure(p, t)]
        return between[0] if between else subject_thing(p, group.governor, depth + 1)
    if group.infinitive:
        near = [t for t in p.things if group.start - 10 <= t.start and t.end <= group.start and _is_measure(p, t)]
        return near[-1] if near and p.low(near[-1].end) != "and" else None
    start = group.left if group.head_left < 0 else group.head_left
    hanging = group.marker in ("which", "that") and not any(start <= t.start and t.end <= group.start for t in p.things)
    if hanging:
        start = max(0, group.left - 12)
    for thing in p.things:
        before = start <= thing.start and thing.end <= group.start and _is_measure(p, thing)
        if before and (hanging or not _governed(p, start, thing) or _of_number(p, start, thing)):
            return thing
    return _stand_in(p, group, start)


_STAND_INS = word_set("acts stand ins")
_COUNTED = frozenset({"of", "them", "these", "those", "two", "three", "four", "five", "six", "seven", "too", "also"})
_LEADING_IN = frozenset(
    {",", "and", "but", "while", "then", "since", "also", "so", "yet", "still", "that", "when", "the"}
)


def _stand_in(p: Parsed, group: Group, start: int) -> Thing | None:
    """'It took effect', 'both were laid aside', 'all six', after a sentence about a measure: the word that stands for
    it."""
    end = group.start if group.head_left < 0 else group.head_right
    while start < end and (p.low(start) in _LEADING_IN or any(t.start <= start < t.end for t in p.times)):
        start += 1
    if not p.after_measure or not 0 < end - start <= 3 or p.low(start) not in _STAND_INS:
        return None
    apart = ("pronoun", "group") if group.passive else ("pronoun",)
    if any(p.low(k) not in _COUNTED for k in range(start + 1, end)):
        return None
    if any(start < m.end and m.start < end and m.kind not in apart for m in p.named):
        return None
    return Thing(start, end, "stand-in", p.low(start))


_BEGINNING = frozenset({"the", "a", "an", "its", "their", "his"})


def _governed(p: Parsed, start: int, thing: Thing) -> bool:
    """Whether a preposition stands before the noun phrase of a measure: 'support for the tariffs'."""
    k = thing.start - 1
    while k >= start and thing.start - k < 8:
        low = p.low(k)
        if low in _BEGINNING and p.low(k - 1) not in _PREPOSITIONS | {"to", "by"}:
            return False  # 'by a notice in the Journal the countermeasures …'
        if low in _PREPOSITIONS or low in ("to", "by"):
            return not any(t.start <= k < t.end for t in p.times)
        if low == "," or any(g.start <= k < g.end and g.marker != "attribute" for g in p.groups):
            return False
        k -= 1
    return False


def _of_number(p: Parsed, start: int, thing: Thing) -> bool:
    """'most of the duties', 'both sets of duties'."""
    return any(p.low(k) in _TRANSPARENT for k in range(start, thing.start))


def _is_measure(p: Parsed, thing: Thing) -> bool:
    if not _heads(p, thing):
        return False
    if thing.kind == "measure":
        return True
    if thing.kind in ("tax", "fee"):
        return on_imports(p, thing) or _told_before(p, thing)
    if thing.kind == "rate":
        return True
    if thing.kind in CHANGE_NOUNS:
        return near_measure(p, thing)
    if thing.kind == "list":
        return p.after_measure and p.low(thing.start - 1) in ("the", "its", "that", "this", "both", "their")
    return thing.kind in _SOFT and _hostile(p, thing)
