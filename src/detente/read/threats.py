"""Threats beyond those that name a measure (`measures`): retaliation, consequences, what is held ready."""

from __future__ import annotations

from detente.read.claim_parts import ECONOMIC, HOPED, claim, outsiders, sides, words_after, words_before, words_in
from detente.read.clauses import Parsed, over
from detente.read.drafts import Draft, span_of
from detente.read.factuality import conditional, factuality
from detente.read.menaces import worse
from detente.read.names import Discourse
from detente.read.speech import reporter_of
from detente.read.tables import table, word_set
from detente.read.verbs import Group

_FORCEFULLY = word_set("claims forcefully")
_COUNTER = word_set("claims counter")
_DEFIANT: dict[str, list[tuple[str, ...]]] = {}
for _row in table("defiant.csv"):
    _DEFIANT.setdefault(_row["words"].split()[0], []).append(tuple(_row["words"].split()))


def threat(p: Parsed, group: Group, seen: Discourse) -> Draft | None:
    """Conditional or considered action against the other side, without a measure named."""
    own = _told(p, group, factuality(p, group))
    return None if own is None else claim(p, group, "claim-threat", sides(p, group, seen), seen, ahead=True, own=own)


def _told(p: Parsed, group: Group, fact: str) -> bool | None:
    """Whether a verb threatens, and as the act of saying itself (True) or as what is said (False)."""
    excluded = "ruleout" in group.classes or group.lemma in ("exclude", "discount")
    if excluded and group.negated and fact == "actual" and _hostile_noun(p, group):
        return True
    if fact == "actual" and _off_the_table(p, group):
        return False
    if fact == "asked" and _holds_up(p, group):
        return False
    if fact == "threat" and _void(p, group):
        return False
    if group.negated and not _defiant(p, group):
        return None
    if fact == "actual" and (_by_law(p, group) or _under_threat(p, group)):
        return False
    if _instrument(p, group) and fact in ("asked", "threat", "future"):
        return False
    if _every_means(p, group) or (fact in ("threat", "future") and _no_choice(p, group)) or _to_see_whether(p, group):
        return False
    able = group.infinitive and group.lead == "able" and group.governor is not None and bool(group.governor.modal)
    if able and conditional(p, group) and _leaves_deal(p, group):
        return False
    if fact == "actual" and _calls_for(p, group):
        return True
    if outsiders(p, group) or fact in ("none", "asked", "denied"):
        return None
    if _answers(p, group) and fact in ("threat", "future", "offer", "commit"):
        return False
    if _plainly(p, group, fact):
        return True
    menacing = group.classes & {"threaten", "vow", "warn"} and fact == "actual"
    if menacing and (words_after(p, group) & _COUNTER or _threatens(p, group)):
        return True
    if fact == "actual" and (group.lemma == "reserve right" or _weighs(p, group)):
        return True
    if fact in ("future", "threat", "offer", "commit") and (_steps(p, group) or _defiant(p, group)):
        return False
    if fact in ("threat", "future", "expect") and _looms(p, group):
        return False
    if (fact == "future" and _met(p, group)) or (fact == "threat" and _turns(p, group)):
        return False
    if fact == "threat" and _cuts_off(p, group):
        return False
    if fact == "actual" and _toys(p, group):
        return True
    if fact == "threat" and (_leaves_deal(p, group) or _withdraws(p, group) or _on_pronoun(p, group) or _met(p, group)):
        return False
    if fact == "actual" and (_on_the_table(p, group) or _readies(p, group)):
        return False
    return None


_LAWS = frozenset({"law", "laws", "statute", "statutes", "section", "clause", "provision", "instrument", "act", "power",
                   "powers", "authority", "authorities", "regulation", "tool", "tools", "weapon"})  # fmt: skip
_AT_HAND = frozenset({"there", "hand", "available", "ready", "disposal", "reach", "drawer", "arsenal", "place"})
_HOSTILE = frozenset({"measure", "fee", "tax", "retaliation", "measures", "increase", "imposition"})


def _by_law(p: Parsed, group: Group) -> bool:
    """'the reciprocity law allows the suspension of concessions', 'has the law at hand', 'there are other statutes'."""
    before, after = words_before(p, group), words_after(p, group)
    papers = before & {"order", "clause", "agreement", "text", "proclamation", "letter", "decree", "notice", "deal"}
    if papers and ("allow" in group.classes or group.lemma in ("let", "provide", "stipulate", "foresee", "permit")):
        higher = after & {"up", "higher", "back", "suspend", "withdraw", "suspension", "raise"}
        below = set().union(*(words_in(p, g) for g in p.groups if g.start > group.start))
        return conditional(p, group) and bool(higher or below & {"up", "higher", "suspend", "withdraw", "raise"})
    if "allow" in group.classes or group.lemma in ("provide", "enable", "empower", "give"):
        hostile = after & _TAKEN_BACK or any(group.end <= r.start < group.right for r in p.rates)
        return bool(before & _LAWS) and bool(hostile or _hostile_noun(p, group)) and not group.passive
    if group.lemma in ("have", "keep", "hold") and after & _LAWS:
        return bool(after & (_AT_HAND | {"law", "statute", "instrument", "other"})) and bool(after & _AT_HAND)
    there = group.lemma in ("be", "remain") and ("there" in before or after & _AT_HAND)
    told = reporter_of(group) is not None or group.subjects
    return bool(there and (before | after) & _LAWS and (told or after & {"other", "still"} or before & {"retaliation"}))


_TAKEN_BACK = frozenset({"suspension", "withdrawal", "suspend", "withdraw", "revoke", "retaliate", "retaliation",
                         "countermeasures", "tariffs", "duties", "surcharge", "sanctions", "concessions"})  # fmt: skip


def _threatens(p: Parsed, group: Group) -> bool:
    """'threatened Mexico with 30 per cent', 'has threatened to tax another $125bn of goods', 'warned of new duties'."""
    if "vow" in group.classes:
        return False
    below = [g for g in p.groups if g.governor is group and g.infinitive]
    end = max([max(g.right, g.end) for g in (group, *below)])
    rated = any(group.end <= r.start < end for r in p.rates)
    named = any(group.end <= t.start < end and t.kind in _HOSTILE | {"rate"} for t in p.things)
    if "warn" in group.classes:
        return p.low(group.end) in ("of", "about") and (rated or named) and not words_after(p, group) & _EFFECTS
    money = any(group.end <= q.start < end for q in p.quantities)
    return rated or named or (money and "threaten" in group.classes) or _leaving(p, group, below)


def _plainly(p: Parsed, group: Group, fact: str) -> bool:
    """'threatened to bring down the deal', 'warned that the tariffs can return': whatever a side threatens."""
    own = any(m.parties and m.kind != "place" for m in group.subjects)
    if not own or fact != "actual" or group.passive or group.infinitive or group.marker in ("reduced", "if"):
        return False
    if "threaten" in group.classes:
        named = any(m.parties for m in p.within(group.end, max(group.right, group.end)))
        said = p.low(group.end) == "to" or named or any(g.governor is group for g in p.groups)
        return group.lemma == "threaten" and said
    if group.lemma != "warn":
        return False
    below = [g for g in p.groups if g.governor is group]
    words = set().union(*(words_in(p, g) for g in below)) if below else set()
    ahead = any(g.modal in ("will", "would", "could", "may", "might", "can", "'ll") for g in below)
    return ahead and not words & (_EFFECTS | ECONOMIC) and bool(words & (_DEALS | HOPED))


_EFFECTS = frozenset({"impact", "effects", "cost", "costs", "damage", "harm", "consequences", "effect", "prices"})


def _leaving(p: Parsed, group: Group, below: list[Group]) -> bool:
    """'threatens to withdraw from the pact', 'threatened to end the talks'."""
    leaving = any(g.classes & {"suspend", "lift", "end", "stop", "break", "block", "do"} or g.lemma in _QUITTING
                  for g in below)  # fmt: skip
    return leaving and any(words_after(p, g) & _DEALS for g in below)


_QUITTING = frozenset({"leave", "quit", "withdraw", "pull out", "walk away", "abandon", "cancel", "tear up", "scrap"})


def _under_threat(p: Parsed, group: Group) -> bool:
    """'50% was threatened on Friday', 'Mexico, threatened with 30 per cent', 'with which he had threatened'."""
    promised = group.passive and not group.negated and not group.infinitive and group.classes & {"pledge", "vow"}
    if promised and words_before(p, group) & {"retaliation", "countermeasures", "reprisals"}:
        return True
    if "threaten" not in group.classes or group.infinitive or group.negated or p.low(group.end) == "by":
        return False
    if group.marker == "which" and p.low(group.left - (p.low(group.left) == "which")) == "with":
        return True
    if group.marker in ("which", "that", "reduced") or group.passive:
        return _threatened(p, group)
    return group.form in "dn" and p.low(group.end) in ("in", "with", "by") and _threatened(p, group)


def _every_means(p: Parsed, group: Group) -> bool:
    """'will not keep her from using every tool there is', 'would use all means at its disposal'."""
    used = group.lemma in ("use", "employ", "deploy", "draw on", "resort to", "avail") and not group.past
    after = words_after(p, group)
    means = after & {"tool", "tools", "means", "instruments", "levers", "lever", "weapon", "weapons"}
    return used and bool(means) and bool(after & {"every", "all", "any", "whatever"}) and not group.negated


def _no_choice(p: Parsed, group: Group) -> bool:
    """'would have no choice but to hit back', 'there would be no alternative to doing the same'."""
    lows = [p.low(k) for k in range(group.end, min(group.end + 4, len(p.words)))]
    return (
        group.lemma in ("have", "be", "leave")
        and "no" in lows
        and bool({"choice", "option", "alternative"} & set(lows))
    )


def _to_see_whether(p: Parsed, group: Group) -> bool:
    """'told his people to see whether another $100 billion would be right'."""
    looking = group.infinitive and (group.lemma == "see" or "consider" in group.classes)
    ordered = group.governor is not None and group.governor.classes & {"say", "order", "request", "tell"}
    if not looking or not ordered or not any(p.low(k) == "whether" for k in range(group.end, group.end + 3)):
        return False
    return bool(p.quantities) or bool(p.rates) or worse(p, group.end, len(p.words))


def _instrument(p: Parsed, group: Group) -> bool:
    """'may trigger its anti-coercion instrument', 'urged the bloc to deploy its bazooka'."""
    used = group.lemma in ("trigger", "deploy", "activate", "use", "invoke", "launch", "employ", "reach for", "wield")
    return used and bool(words_after(p, group) & {"anti-coercion", "bazooka", "anti"})


def _looms(p: Parsed, group: Group) -> bool:
    """'retaliation would come within days', 'could be followed by sanctions'."""
    if group.lemma == "follow" and group.passive:
        return bool(words_after(p, group) & (_COUNTER | {"sanctions", "tariffs", "duties"}))
    subject = range(*((group.left, group.start) if group.head_left < 0 else (group.head_left, group.head_right)))
    if (group.lemma == "be" and p.low(group.end) == "consequences") or p.low(group.end) == "next":
        return (
            bool(group.modal) and not group.negated and (p.low(group.end) != "next" or reporter_of(group) is not None)
        )
    if any(p.low(k) in ("answer", "response", "reply") for k in subject) and group.lemma in ("be", "come", "follow"):
        return bool(group.modal) and reporter_of(group) is not None
    coming = group.lemma in ("come", "follow", "be", "start", "begin", "ensue", "arrive", "hit", "loom")
    return (
        coming
        and bool(group.modal)
        and any(
            t.start in subject and (t.kind == "retaliation" or t.low in ("countermeasures", "sanctions"))
            for t in p.things
        )
    )


_BOUGHT = frozenset({"exemption", "exemptions", "waiver", "waivers", "purchases", "licences", "licenses", "preferences",
                     "access", "privileges", "status", "soybeans"})  # fmt: skip


def _withdraws(p: Parsed, group: Group) -> bool:
    """'could revoke the exemption at any time', 'could stop buying American soybeans'."""
    quitting = group.classes & {"suspend", "lift", "end", "stop"} or group.lemma in (*_QUITTING, "revoke", "rescind")
    below = any(g.governor is group and g.form == "g" and g.classes & {"buy"} for g in p.groups)
    return bool(quitting) and (below or bool(words_after(p, group) & _BOUGHT)) and not group.passive


_WEIGHING = frozenset({"consider", "study", "weigh", "discuss"})


def _calls_for(p: Parsed, group: Group) -> bool:
    """'lawmakers called for tariffs of 100%': what one's own side is urged to do to the other."""
    calling = group.lemma in ("call for", "push for", "press for", "demand", "urge", "favour", "favor")
    return calling and not group.passive and worse(p, group.end, max(group.right, group.end))


def _weighs(p: Parsed, group: Group) -> bool:
    """'is studying retaliation', 'spoke of 25 per cent', 'told his people to see whether $100bn would be right'."""
    after = words_after(p, group)
    if group.lemma in ("plead", "press", "call", "push", "argue", "urge") and after & {"for"}:
        below = [g for g in p.groups if g.governor is group]
        words = after.union(*(words_in(p, g) for g in below)) if below else after
        return bool(words & {"retaliation", "countermeasures", "counter-tariffs", "anti-coercion", "instrument",
                             "bazooka", "sanctions"}) and bool(group.subjects)  # fmt: skip
    end = max(group.right, group.end)
    hinted = "hint" in group.classes and p.low(group.end) in ("at", "of") and _hostile_noun(p, group)
    looked = group.lemma == "look" and p.low(group.end) == "at" and worse(p, group.end, end)
    if (hinted or looked) and group.subjects:
        return True
    if "consider" in group.classes and not group.passive:
        below = [g for g in p.groups if g.governor is group and g.form == "g"]
        if any(g.lemma in _QUITTING and words_after(p, g) & _DEALS for g in below):
            return True
    if group.lemma in ("tell", "warn") and any(
        g.governor is group and g.lemma == "expect" and worse(p, g.end, g.right) for g in p.groups
    ):
        return True
    if group.classes & _WEIGHING and not group.passive:
        return bool(after & _COUNTER - {"response", "necessary", "kind"}) and bool(group.subjects)
    return False


_KEPT = frozenset({"ready", "readiness", "drawer", "reserve", "hand", "sleeve", "waiting"})


def _readies(p: Parsed, group: Group) -> bool:
    """'has a matching list ready', 'is putting the last touches to a list', 'another $300bn is being readied'."""
    words = words_in(p, group)
    listed = bool(words & {"list", "lists", "countermeasures", "counter-list", "package", "retaliation", "bazooka",
                           "instrument"})  # fmt: skip
    if group.lemma in ("have", "keep", "hold", "stand", "be") and words_after(p, group) & _KEPT:
        return listed
    preparing = "consider" in group.classes or group.lemma in ("ready", "finalise", "finalize", "compile", "complete")
    touches = group.lemma.startswith("put") and bool(words & {"touches", "touch"})
    money = group.passive and any(group.left <= q.start < group.start for q in p.quantities)
    ongoing = group.progressive or "being" in {p.low(k) for k in range(group.start, group.head)}
    return (preparing and ongoing and (listed or money)) or (touches and listed)


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


def _leaves_deal(p: Parsed, group: Group) -> bool:
    """'can suspend the concessions if', 'might hold up the deal until'."""
    leaving = group.classes & {"suspend", "lift", "end", "stop", "break", "block", "consider"} or group.lemma in (
        *_QUITTING, "modify", "reconsider", "revoke", "rescind", "void", "lapse", "review")  # fmt: skip
    words = words_before(p, group) if group.passive or group.lemma == "lapse" else words_after(p, group)
    under = (
        conditional(p, group)
        or p.has("until")
        or group.modal in ("may", "could", "might")
        or (p.has("failing") and p.has("which"))
    )
    return (
        bool(leaving)
        and bool(
            words & (_DEALS | {"reduction", "reductions", "cut", "cuts", "exemption", "exemptions", "relief", "pause"})
        )
        and under
    )


def _holds_up(p: Parsed, group: Group) -> bool:
    """'members of the Parliament want to stop work on the tariff cuts'."""
    held = group.classes & {"suspend", "stop", "end", "block", "hold"} or group.lemma in ("put off", "delay", "freeze")
    words = words_after(p, group) | (words_before(p, group) if group.passive else set())
    relief = any(t.kind in ("measure", "fee") and t.start >= group.left for t in p.things) and "cuts" not in words
    return bool(held) and not relief and bool(words & (_DEALS | {"cuts", "vote", "ratification", "approval"}))


def _void(p: Parsed, group: Group) -> bool:
    """'nothing agreed so far would take effect if the tariffs came'."""
    words = words_in(p, group)
    off = group.negated or "nothing" in words
    undone = ("effect" in group.classes and off) or (
        group.lemma == "be" and bool(words & {"void", "off", "dead", "null"})
    )
    return undone and conditional(p, group) and bool(words & (_DEALS | {"agreed", "promised", "offered"}))


def _cuts_off(p: Parsed, group: Group) -> bool:
    """'could stop exports of magnets altogether'."""
    ending = group.classes & {"stop", "ban", "suspend", "block", "break"} or group.lemma in (
        "cut off",
        "withhold",
        "choke",
    )
    goods = words_after(p, group) & {"exports", "shipments", "supplies", "supply", "deliveries", "purchases", "imports"}
    return bool(ending) and bool(goods)


def _toys(p: Parsed, group: Group) -> bool:
    """'is toying with a tariff on films'."""
    return group.lemma == "toy" and not group.modal and _hostile_noun(p, group)


def _on_pronoun(p: Parsed, group: Group) -> bool:
    """'it may increase them at any time', after a sentence about duties."""
    hostile = group.classes & {"raise", "impose", "ban"} and not group.passive
    return bool(hostile) and p.low(group.end) in ("them", "it", "these") and (p.after_measure or p.has("list", "rates"))


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
    if p.low(group.head + 1) in ("down", "off", "back", "away", "out"):
        return False  # 'take down our countermeasures'
    weak = group.lemma in ("answer", "respond", "match", "counter", "reply")
    forceful = bool(words_after(p, group) & (_FORCEFULLY | _COUNTER)) or _hostile_noun(p, group)
    passive = group.passive and bool(
        words_before(p, group) & {"surtax", "tariff", "tariffs", "duty", "step", "increase"}
    )
    return "retaliate" in group.classes and (not weak or forceful or passive or conditional(p, group))


def _steps(p: Parsed, group: Group) -> bool:
    """'will take resolute measures', 'will face consequences'."""
    taken = group.lemma in ("take", "adopt", "respond", "face", "follow", "do", "use", "launch", "deploy", "reply",
                            "bear", "answer for", "incur", "suffer")  # fmt: skip
    after = [p.low(k) for k in range(group.end, group.end + 6)]
    if group.modal and any(pair == ["in", "kind"] for pair in (after[k : k + 2] for k in range(5))):
        return True
    if group.passive and taken and group.modal and reporter_of(group) is not None:
        return bool(words_before(p, group) & {"steps", "measures", "countermeasures", "action", "step"})
    taken = taken and p.low(group.end) not in ("down", "off", "away", "back", "out")
    return (taken or "hold" in group.classes) and bool(words_after(p, group) & _COUNTER)


def _hostile_noun(p: Parsed, group: Group) -> bool:
    """Whether a measure or retaliation is what a verb is about, itself and not through a verb below."""
    return any(
        t.kind in ("measure", "retaliation", "fee", "increase") for t in p.things if group.end <= t.start < group.right
    )


def _defiant(p: Parsed, group: Group) -> bool:
    """'will fight to the end', 'will not stand idly by'."""
    end = max(group.right, group.end)
    for i in range(group.head, min(group.head + 4, end)):
        for phrase in _DEFIANT.get(p.low(i), ()):
            if i + len(phrase) <= end and all(p.low(i + k) == w for k, w in enumerate(phrase)):
                return True
    return False


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
