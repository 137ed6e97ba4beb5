"""Threats and offers beyond those that name a measure (`measures`): retaliation, consequences, what is held out."""

from __future__ import annotations

from detente.read.claim_parts import claim, outsiders, sides, words_after, words_before, words_in
from detente.read.clauses import Parsed, over
from detente.read.drafts import Draft, span_of
from detente.read.factuality import conditional, factuality
from detente.read.names import Discourse
from detente.read.speech import speaker_of
from detente.read.tables import table, word_set
from detente.read.verbs import Group

_FORCEFULLY = word_set("claims forcefully")
_COUNTER = word_set("claims counter")
_PRICES = frozenset(
    {"details", "comment", "evidence", "support", "explanation", "no", "few", "condolences", "discounts"}
)
_DEFIANT = tuple(tuple(row["words"].split()) for row in table("defiant.csv"))


def threat(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """Conditional or considered action against the other side, without a measure named."""
    fact = factuality(p, group)
    if (
        ("ruleout" in group.classes or group.lemma in ("exclude", "discount"))
        and group.negated
        and fact == "actual"
        and _hostile_noun(p, group)
    ):
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True, own=True)
    if fact == "actual" and _off_the_table(p, group):
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True)
    if fact == "threat" and _void(p, group):
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True)
    if group.negated and not _defiant(p, group):
        return None
    able = group.infinitive and group.lead == "able" and group.governor is not None and bool(group.governor.modal)
    if able and conditional(p, group) and _leaves_deal(p, group):
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True)
    if outsiders(p, group) or fact in ("none", "asked", "denied"):
        return None
    if _answers(p, group) and fact in ("threat", "future", "offer", "commit"):
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True)
    own = group.classes & {"threaten", "vow", "warn"} and fact == "actual" and words_after(p, group) & _COUNTER
    if own or (group.lemma == "reserve right" and fact == "actual"):
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True, own=True)
    if fact in ("future", "threat", "offer", "commit") and (_steps(p, group) or _defiant(p, group)):
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True)
    if "threaten" in group.classes and group.passive and fact in ("actual", "future") and _threatened(p, group):
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True)
    if fact in ("threat", "future") and _met(p, group):
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True)
    if fact == "threat" and (_leaves_deal(p, group) or _on_pronoun(p, group) or _turns(p, group)):
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True)
    if fact == "threat" and _cuts_off(p, group):
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True)
    if fact == "actual" and (_at_hand(p, group) or _toys(p, group)):
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True, own=True)
    if _on_the_table(p, group) and fact == "actual":
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True)
    return None


def _off_the_table(p: Parsed, group: Group) -> bool:
    """'nothing is off the table', 'no instrument is off the table'."""
    none = group.negated or p.low(group.left) in ("nothing", "no") or "nothing" in words_before(p, group)
    return none and group.lemma == "be" and p.low(group.end) == "off" and "table" in words_after(p, group)


def _threatened(p: Parsed, group: Group) -> bool:
    """'50% was threatened on Friday'."""
    start = group.left if group.head_left < 0 else group.head_left
    rated = any(start <= r.start < group.start for r in p.rates)
    after = any(group.end <= r.start < max(group.right, group.end) for r in p.rates) and "with" in words_after(p, group)
    return (
        rated or after or any(t.kind in ("measure", "fee", "rate") and start <= t.start < group.start for t in p.things)
    )


_DEALS = word_set("claims deal broken")


_LEAVING = frozenset({"cut off", "modify", "revisit", "reconsider", "withhold"})


def _leaves_deal(p: Parsed, group: Group) -> bool:
    """'can suspend the concessions if', 'might hold up the deal until'."""
    leaving = group.classes & {"suspend", "lift", "end", "stop", "break", "block"} or group.lemma in _LEAVING
    bound = conditional(p, group) or p.has("until") or group.modal in ("may", "could", "might")
    return bool(leaving) and bool(words_after(p, group) & _DEALS) and bound


def _cuts_off(p: Parsed, group: Group) -> bool:
    """'could stop exports of magnets altogether'."""
    ending = group.classes & {"stop", "ban", "suspend", "block", "break"} or group.lemma in (
        "cut off",
        "withhold",
        "choke",
    )
    goods = words_after(p, group) & {"exports", "shipments", "supplies", "supply", "deliveries", "purchases", "imports"}
    return bool(ending) and bool(goods)


_ARMS = frozenset({"countermeasures", "counter-tariffs", "retaliation", "list", "lists", "package"})


def _at_hand(p: Parsed, group: Group) -> bool:
    """'has more countermeasures ready', 'holds countermeasures in reserve'."""
    ready = {"ready", "reserve", "prepared", "waiting", "drawer", "hand", "readiness"} & words_after(p, group)
    held = group.classes & {"have", "hold", "keep"} or group.lemma in ("be", "stand", "lie")
    return bool(held) and bool(ready) and bool(words_in(p, group) & _ARMS)


def _toys(p: Parsed, group: Group) -> bool:
    """'is toying with a tariff on films'."""
    return group.lemma == "toy" and not group.modal and _hostile_noun(p, group)


def _on_pronoun(p: Parsed, group: Group) -> bool:
    """'it may increase them at any time', after a sentence about duties."""
    hostile = group.classes & {"raise", "impose", "ban"} and not group.passive
    return bool(hostile) and p.low(group.end) in ("them", "it", "these") and (p.after_measure or p.has("list", "rates"))


def _void(p: Parsed, group: Group) -> bool:
    """'none of it will take effect if tariffs are introduced'."""
    none = group.negated or bool({"nothing", "none"} & words_before(p, group))
    duties = any(t.kind == "measure" for t in p.things)
    return none and "effect" in group.classes and conditional(p, group) and duties


def _turns(p: Parsed, group: Group) -> bool:
    """'both measures will take effect if no solution is reached', 'the suspension can be lifted at any time', '$125
    billion worth will be added if the tariffs are still there'."""
    before = words_before(p, group)
    starts = "effect" in group.classes and bool(before & {"measures", "countermeasures", "duties", "tariffs"})
    ends = "lift" in group.classes and group.passive and bool(before & {"suspension", "pause", "exemption"})
    more = group.lemma in ("add", "extend") and group.passive and bool(before & {"worth", "goods", "lines", "items"})
    return (starts and not group.negated) or ends or (more and conditional(p, group))


def _met(p: Parsed, group: Group) -> bool:
    """'a unilateral increase would be met under the reciprocity law'."""
    step = words_before(p, group) & {
        "increase",
        "tariff",
        "tariffs",
        "step",
        "steps",
        "duties",
        "duty",
        "surtax",
        "move",
    }
    return group.lemma == "meet" and group.passive and bool(step)


def _answers(p: Parsed, group: Group) -> bool:
    """A verb of retaliation; 'answer' and 'match' only with the words for it."""
    weak = group.lemma in ("answer", "respond", "match", "counter", "reply")
    forceful = bool(words_after(p, group) & (_FORCEFULLY | _COUNTER))
    passive = group.passive and bool(
        words_before(p, group) & {"surtax", "tariff", "tariffs", "duty", "step", "increase"}
    )
    return "retaliate" in group.classes and (not weak or forceful or passive or conditional(p, group))


def _steps(p: Parsed, group: Group) -> bool:
    """'will take resolute measures', 'will face consequences'."""
    taken = group.lemma in ("take", "adopt", "respond", "face", "follow", "do", "use", "launch", "deploy", "reply")
    return (taken or "hold" in group.classes) and bool(words_after(p, group) & _COUNTER)


def _hostile_noun(p: Parsed, group: Group) -> bool:
    """Whether a measure or retaliation is what a verb is about, itself and not through a verb below."""
    return any(
        t.kind in ("measure", "retaliation", "fee", "increase") for t in p.things if group.end <= t.start < group.right
    )


def _defiant(p: Parsed, group: Group) -> bool:
    """'will fight to the end', 'will not stand idly by'."""
    lows = [p.low(k) for k in range(group.head, max(group.right, group.end))]
    return any(tuple(lows[i : i + len(t)]) == t for t in _DEFIANT for i in range(min(4, len(lows))))


_HOSTILE_SUBJECTS = word_set("claims on the table")


def _on_the_table(p: Parsed, group: Group) -> bool:
    """'all options are on the table', 'higher tariffs remained an option'."""
    after = [p.low(k) for k in range(group.end, group.end + 6)]
    before = words_before(p, group) | words_in(p, group)
    if group.lemma not in ("be", "remain", "stay", "keep"):
        return False
    hostile = before & _HOSTILE_SUBJECTS
    remain = group.lemma in ("remain", "stay") and "options" in before
    return bool(hostile) and (remain or "option" in after or ("table" in after and "on" in after) or "options" in after)


def threat_by_noun(p: Parsed, seen: Discourse) -> list[Draft]:
    """'a threat of ten points more', 'the White House's threat to tax cars', 'threats of further tariffs'."""
    out = []
    for thing in p.things:
        if thing.kind != "threat" or p.low(thing.start - 1) in ("no", "any", "without", "tariff"):
            continue
        group = over(p, thing.start)
        near = range(thing.end, min(thing.end + 9, len(p.words)))
        told = any(r.start in near for r in p.rates) or any(
            t.kind in ("measure", "fee") and t.start in near for t in p.things
        )
        if (
            group is None
            or not told
            or group.negated
            or p.low(thing.end) not in ("of", "to", "from", ",")
            or p.sentence.heading
        ):
            continue
        owner = [c for m in p.within(max(0, thing.start - 4), thing.end + 5) if m.kind != "place" for c in m.parties]
        parties = tuple(dict.fromkeys((*owner, *sides(p, group, seen))))
        draft = claim(p, group, "claim-threat", parties, seen, ahead=True)
        draft.spans = [span_of(p, max(0, thing.start - 1), min(thing.end + 10, max(group.right, thing.end + 1)))]
        out.append(draft)
    return out


def offer_by_noun(p: Parsed, seen: Discourse) -> list[Draft]:
    """'an offer from the Canadian side to do away with the practices', 'its offer of zero tariffs'."""
    out = []
    for thing in p.things:
        if thing.kind != "offer" or p.low(thing.start - 1) in ("no", "any", "that", "the", "this"):
            continue
        group = over(p, thing.start)
        contents = any(
            (p.low(k) == "to" and any(g.start == k and g.infinitive for g in p.groups))
            or (k == thing.end and p.low(k) == "of")
            for k in range(thing.end, thing.end + 6)
        )
        if group is None or not contents or group.negated or group.classes & {"offer", "deny", "have"}:
            continue
        if factuality(p, group) != "actual":
            continue
        near = [c for m in p.within(thing.start - 3, thing.end + 6) if m.kind != "place" for c in m.parties]
        draft = claim(p, group, "claim-offer", tuple(dict.fromkeys((*near, *sides(p, group, seen)))), seen, ahead=True)
        draft.spans = [span_of(p, max(group.left, thing.start - 1), max(group.right, thing.end))]
        out.append(draft)
    return out


def offer(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """Something held out in return."""
    if outsiders(p, group):
        return None
    if "offer" in group.classes and not group.negated and not group.passive:
        return _offered(p, group, seen)
    fact = factuality(p, group)
    if group.negated or _tariffed(p, group):
        return None
    ready = (
        group.infinitive and group.lead in ("prepared", "ready", "willing", "open") and bool(group.classes & _GIVING)
    )
    if ready and fact in ("threat", "offer"):
        return claim(p, group, "claim-offer", sides(p, group, seen), seen, ahead=True)
    if fact == "offer" and not group.classes & _NO_OFFER:
        return claim(p, group, "claim-offer", sides(p, group, seen), seen, ahead=True)
    if _proposes(p, group) and fact == "actual":
        return claim(p, group, "claim-offer", sides(p, group, seen), seen, ahead=True, own=True)
    if _contents(p, group) and fact == "actual":
        return claim(p, group, "claim-offer", sides(p, group, seen), seen, ahead=True)
    if _open_to(p, group) and fact == "actual":
        return claim(p, group, "claim-offer", sides(p, group, seen), seen, ahead=True)
    if fact in ("future", "threat", "commit", "actual") and _in_return(p, group):
        return claim(p, group, "claim-offer", sides(p, group, seen), seen, ahead=True)
    return None


_GIVING = frozenset({"discuss", "negotiate", "buy", "do", "open", "extend", "speak", "grant", "resume"})
_NO_OFFER = frozenset({"say", "be", "none", "retaliate", "impose", "raise"})


def _offered(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    if any(g.governor is group and g.infinitive and g.classes & _TAKEN for g in p.groups):
        return None
    if factuality(p, group) != "actual" or not (group.subjects or speaker_of(p, group, seen)):
        return None
    after = words_after(p, group)
    if after & _PRICES or p.low(group.end) in ("no", "little", "nothing"):
        return None
    rated = any(group.end <= r.start < max(group.right, group.end) for r in p.rates)
    if group.lemma == "hold out" and rated and "on" in after and not after & {"lower", "cut", "zero", "relief"}:
        return claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True, own=True)
    return claim(p, group, "claim-offer", sides(p, group, seen), seen, ahead=True, own=True)


_TAKEN = frozenset({"impose", "raise", "cut", "suspend", "lift", "end"})


def _proposes(p: Parsed, group: Group) -> bool:
    """'has proposed a zero-for-zero deal', 'put forward an improved offer', 'tabled a package'."""
    if "propose" not in group.classes or not group.subjects or group.passive or group.infinitive:
        return False
    below = [g for g in p.groups if g.governor is group or (g.start > group.end and g.marker == "that")]
    if _in_exchange(p) or any(g.classes & {"cut", "lift", "extend", "buy"} for g in below):
        return True
    return bool(words_after(p, group) & {"deal", "offer", "proposal", "package", "extension", "cut", "cuts", "truce",
                                         "zero", "compromise", "swap", "pact", "agreement", "quota"})  # fmt: skip


def _contents(p: Parsed, group: Group) -> bool:
    """'Seoul's proposal includes', 'the offer would'."""
    told = group.classes & {"include"} or group.lemma in (
        "include",
        "contain",
        "foresee",
        "consist",
        "comprise",
        "envisage",
    )
    return bool(told) and bool(words_before(p, group) & {"offer", "proposal", "proposals", "offers"})


def _open_to(p: Parsed, group: Group) -> bool:
    """'was open to talks if', 'is ready for talks provided that', 'a longer truce was possible in return for'."""
    after = [p.low(k) for k in range(group.end, max(group.right, group.end))]
    ready = {"open", "ready", "prepared", "willing", "possible", "conceivable", "available", "negotiable"} & set(
        after[:4]
    )
    return (
        group.lemma in ("be", "remain", "stand", "stay") and bool(ready) and (_in_exchange(p) or conditional(p, group))
    )


def _in_exchange(p: Parsed) -> bool:
    return any(
        p.low(i) == "in" and p.low(i + 1) in ("return", "exchange") and p.low(i + 2) in ("for", "to")
        for i in range(len(p.words))
    )


def _in_return(p: Parsed, group: Group) -> bool:
    """'would raise its imports in return for lower tariffs': what is said to be done for something not yet granted."""
    soft = group.classes & {"buy", "do", "offer", "lift", "cut", "extend"} or group.lemma in (
        "raise",
        "increase",
        "open",
    )
    return (
        bool(soft)
        and group.modal in ("would", "could", "might", "may")
        and _in_exchange(p)
        and bool(words_in(p, group) & {"return", "exchange"})
    )


def _tariffed(p: Parsed, group: Group) -> bool:
    return bool(group.classes & _TAKEN) and any(
        t.kind in ("measure", "fee", "tax") for t in p.things if group.left <= t.start < max(group.right, group.end)
    )
