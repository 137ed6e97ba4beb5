"""Measures told by a rate: in this field a rate of duty is hardly ever told without a measure being meant."""

from __future__ import annotations

from detente.read.acts import act_of
from detente.read.amounts import Rate
from detente.read.changes import CHANGE_NOUNS, noun_act
from detente.read.clauses import Parsed
from detente.read.drafts import Draft, span_of
from detente.read.duties import DUTIES, is_duty
from detente.read.factuality import factuality, unreal
from detente.read.listing import Act
from detente.read.measure_drafts import measure_draft, still_ahead
from detente.read.measure_kinds import DONE, act_with_rates, kind_of
from detente.read.measure_nouns import estimated, noun_draft
from detente.read.menaces import talked_of
from detente.read.names import Discourse
from detente.read.proposal import Kind
from detente.read.tables import word_set
from detente.read.verbs import Group


def by_rate(p: Parsed, seen: Discourse, found: list[Draft]) -> list[Draft]:
    """A measure for every rate of duty that no verb has taken yet."""
    taken = {d.rate.start for d in found if d.rate is not None}
    out: list[Draft] = []
    for rate in p.rates:
        if (
            rate.start in taken
            or _joined(p, rate)
            or (rate.role == "from" and not _dated_old(p, rate))
            or not is_duty(p, rate)
            or not dutiable(p, rate, seen)
        ):
            continue
        if (whole := _of_told(p, rate, found)) is not None:
            whole.rate = whole.rate or rate
            continue
        over = noun_over(p, rate.start)
        if over == "none":
            continue
        group = _over_rate(p, rate)
        if over == "threat":
            if (draft := _threat_of(p, rate, group, seen)) is not None:
                out.append(draft)
            continue
        if (
            group is not None
            and found
            and group.form == "g"
            and group.lemma in ("bring", "take", "leave")
            and found[-1].rate is not None
        ):
            found[-1].rate = rate
            continue
        aside = group is not None and group.lemma == "be" and group.negated and rate.end <= group.start
        draft = _bare_rate(p, rate, seen) if group is None or aside else _rated(p, rate, group, seen, [*found, *out])
        if draft is not None:
            out.append(draft)
    return out


def _of_told(p: Parsed, rate: Rate, found: list[Draft]) -> Draft | None:
    """What became of the measure a rate stands by: 'the step to 25% is put off', 'the 10% duty was lifted to 25%'."""
    for group in p.groups:
        subject = rate.end <= group.start and group.left <= rate.start
        if not subject and not (group.head_left >= 0 and group.head_left <= rate.start < group.head_right):
            continue
        for draft in found:
            new = draft.rate
            told = new.start < group.right if new is not None else draft.order == p.words[group.head].start
            if new is None and told and rate.role == "to" and draft.kind in ("measure-suspended", "measure-lifted"):
                return draft
            moved = draft.kind in ("measure-raised", "measure-cut") and rate.role == "level"
            if new is not None and moved and new.role == "to" and told and group.end <= new.start:
                return draft
    return None


def noun_over(p: Parsed, start: int) -> str | None:
    """What a noun before 'of a 25% tariff' makes of it: a threat, or nothing."""
    at = start - 1
    while at > 0 and start - at < 5 and (p.low(at) in _MODIFYING or p.low(at).endswith(("al", "ed"))):
        at -= 1
    if p.low(at) not in ("of", "for", "about", "over", "on", "to"):
        return None
    noun = p.low(at - 1)
    return "threat" if noun in _THREAT_NOUNS else "none" if noun in _EMPTY_NOUNS else None


_MODIFYING = frozenset(
    {"a", "an", "the", "new", "further", "extra", "another", "up", "to", "-", "his", "its", "blanket"}
)
_THREAT_NOUNS = word_set("rated threat nouns")
_EMPTY_NOUNS = word_set("rated empty nouns")


def _threat_of(p: Parsed, rate: Rate, group: Group | None, seen: Discourse) -> Draft | None:
    at = group or Group(0, 0, 0, "be", frozenset(), "b", right=len(p.words))
    start, end = _stretch(p, rate, at)
    act = Act("threat", None, False)
    return measure_draft(p, at, act, "claim-threat", rate, span_of(p, start, end), start, end, seen, "threat")


def _joined(p: Parsed, rate: Rate) -> bool:
    """'5 or 10 per cent', '15%, 25% and 50%', 'by ten points to 20%': told with the rate beside it."""
    for other in p.rates:
        if other is rate:
            continue
        if other.end == rate.start - 1 and p.low(other.end) in ("or", "and", ",") and rate.role == "level":
            return other.role == "level" and not any(p.low(k) in ("on", "for") for k in (rate.end, rate.end + 1))
        if other.end == rate.start - 2 and [p.low(k) for k in (other.end, other.end + 1)] == [",", "and"]:
            return True
        if rate.role == "change" and other.role == "to" and 0 <= other.start - rate.end <= 2:
            return True
    return False


def _dated_old(p: Parsed, rate: Rate) -> bool:
    """'up from the 84 per cent charged since Thursday': an old level with a date of its own."""
    return any(rate.end <= t.start <= rate.end + 3 and t.role == "since" for t in p.times)


def dutiable(p: Parsed, rate: Rate, seen: Discourse) -> bool:
    """Near a measure in the sentence, or in a text that has just spoken of one."""
    group = _over_rate(p, rate)
    if group is not None and group.classes & {"bear", "impose"}:
        return True
    listed = p.low(rate.start - 1) in (",", ":", "(") and bool(p.times)
    if listed and any(rate.start - 4 <= s < rate.start for s, _, _ in p.products):
        return True  # 'March 23: steel, 25%'
    beside = {p.low(k) for k in (*range(rate.start - 3, rate.start), *range(rate.end, rate.end + 3))}
    if rate.role == "change" or any(t.kind == "goods" for t in p.things):
        return True
    return (
        seen.duty
        or bool(beside & (DUTIES | {"on", "pay", "paid"}))
        or any(t.kind in ("measure", "rate") for t in p.things)
    )


def _over_rate(p: Parsed, rate: Rate) -> Group | None:
    """The verb a rate belongs to: a participle or relative clause that follows it, else the clause it stands in."""
    for g in p.groups:
        if rate.end <= g.start <= rate.end + 7 and g.marker != "attribute" and _follows(p, rate, g):
            return g
    told_of = [g for g in p.groups if g.marker == "which" and 0 <= g.left - rate.end <= 2 and "threaten" in g.classes]
    if told_of:
        return told_of[0]
    over = [g for g in p.groups if g.left <= rate.start < max(g.right, g.end) and g.marker != "attribute"]
    return _led_to(p, min(over, key=lambda g: g.right - g.left)) if over else None


def _led_to(p: Parsed, group: Group) -> Group:
    """'is due to take effect', 'are likely to rise': the verb that says what becomes of it."""
    if group.lemma not in ("be", "remain", "seem", "appear", "begin", "start", "continue"):
        return group
    hung = (g for g in p.groups if g.governor is group and g.infinitive and group.end <= g.start <= group.end + 4)
    return next(hung, group)


def _follows(p: Parsed, rate: Rate, g: Group) -> bool:
    """'the 84 per cent charged since Thursday', 'the 25 percent that Chinese steel has been paying'."""
    between = [p.low(k) for k in range(rate.end, g.start)]
    if any(
        b
        in (
            ",",
            ";",
            ":",
            "(",
            ")",
            "and",
            "while",
            "unless",
            "if",
            "when",
            "as",
            "since",
            "until",
            "after",
            "before",
            "because",
            "but",
        )
        for b in between
    ):
        return False
    relative = g.marker in ("that", "which") and g.left <= rate.end + 2
    contact = (
        bool(between) and g.left <= rate.end + 3 and any(m.start >= rate.end and m.end <= g.start for m in p.named)
    )
    return (
        g.marker == "reduced"
        or bool(g.form in "dn" and g.start == g.head and len(between) <= 2)
        or relative
        or (contact and bool(g.classes & {"impose", "bear", "put", "none"}))
    )


def _rated(p: Parsed, rate: Rate, group: Group, seen: Discourse, found: list[Draft]) -> Draft | None:
    if unreal(p, group):  # 'was to have started in December and was suspended'
        group = next((g for g in p.groups if g.twin is group), group)
    if (only := talked_of(p, rate, group)) is not None:
        start, end = _stretch(p, rate, group)
        return measure_draft(
            p, group, Act("keep", None, False), only, rate, span_of(p, start, end), start, end, seen, only
        )
    nouns = [t for t in p.things if t.kind in CHANGE_NOUNS and rate.start - 4 <= t.start < rate.start]
    noun = next((t for t in nouns if t.start != group.head), None)
    if noun is not None:
        return noun_draft(p, noun, group, seen, rate)
    base = act_of(p, group)
    if base is None and (other := _of_other_verb(p, group, rate)) is not None:
        if other == "none":
            return None
        base = Act(other, None, rate.end <= group.start)
    stateless = base is None and group.classes & _NO_STATE and rate.start >= group.end and group.marker != "reduced"
    if stateless and factuality(p, group) == "actual":
        return None  # 'signed the deal at 15%': no verb that says a duty stands
    base = base or Act(_verb_act(group, rate), None, rate.end <= group.start)
    if base.act == "keep" and _planned(p, rate):
        base = Act("announce", base.thing, base.taken)
    start, end = _stretch(p, rate, group)
    near = [r for r in p.rates if start <= r.start < end or (r.role == "from" and 0 <= r.start - rate.end <= 8)]
    name = act_with_rates(group, base, [rate, *[r for r in near if r.role == "from"]])
    if group.lemma in ("become", "turn into") or (group.lemma == "be" and p.low(group.end) == "now"):
        before = [r for r in p.rates if r.end <= group.start and r.role == "level" and is_duty(p, r)]
        if rate.end <= group.start and any(r.start >= group.end for r in p.rates):
            return None  # '15% became 7.5%': what it was
        if before and rate.start >= group.end:
            name = "raise" if rate.value > before[0].value else "cut"
    fact = factuality(p, group)
    if name in ("announce", "keep") and fact == "actual" and group.marker == "reduced":
        name = "announce" if "announce" in group.classes else "keep"
    kind = kind_of(p, group, name, fact, seen)
    if kind is None and group.marker in ("that", "which", "reduced", "") and fact in ("none", "claimed"):
        return None
    if kind is None or estimated(p, group, kind):
        return None
    if kind == "measure-imposed" and still_ahead([t for t in p.times if start <= t.start < end], seen):
        kind = "measure-announced"
    return measure_draft(p, group, base, kind, rate, span_of(p, start, end), start, end, seen, name)


_MENTIONING = frozenset({"mention", "float", "moot", "suggest", "speak", "dangle", "brandish", "raise", "name"})
_NO_STATE = frozenset({"sign", "publish", "agree", "end"})
_BRINGING_UP = frozenset({"bring up", "mention", "moot", "float", "dangle", "brandish", "throw out", "toss out"})
_OF_VERBS = (
    (frozenset({"want", "request", "appeal", "hope", "believe", "violate", "criticise", "deny"}), "none"),
    (frozenset({"offer", "propose", "discuss", "expect"}), "threat"),
    (frozenset({"plan", "schedule", "decide", "pledge"}), "announce"),
)
_OTHER_VERBS = word_set("rated other verbs")


def _of_other_verb(p: Parsed, group: Group, rate: Rate) -> str | None:
    """What a verb that does nothing to a measure makes of a rate: 'wants 60%', 'spoke of 15 percent'."""
    if group.marker in ("that", "which") and group.lemma in _MENTIONING:
        return "threat"
    if group.lemma in _BRINGING_UP and rate.start >= group.end:
        return "threat"
    if (rate.start < group.start and not group.passive) or group.marker == "attribute":
        return None
    if group.lemma in _OTHER_VERBS:
        return "none"
    if group.lemma in ("brace", "prepare"):
        return "announce"
    if group.classes & {"say", "speak"} and p.low(group.end) in ("of", "about"):
        return "threat"
    return next((act for classes, act in _OF_VERBS if group.classes & classes), None)


def _planned(p: Parsed, rate: Rate) -> bool:
    """'its planned 50% on American whiskey'."""
    ahead = {p.low(k) for k in range(rate.start - 2, rate.start)}
    return bool(ahead & {"planned", "proposed", "threatened", "promised", "coming", "announced"})


def _verb_act(group: Group, rate: Rate) -> str:
    if group.lemma in ("move", "go") or (group.lemma in ("add", "add to") and rate.role == "change"):
        return "raise"
    for wanted, act in (
        ("raise", "raise"),
        ("rise", "raise"),
        ("cut", "cut"),
        ("fall", "cut"),
        ("suspend", "suspend"),
        ("lift", "lift"),
        ("lapse", "lift"),
        ("announce", "announce"),
        ("threaten", "threat"),
        ("consider", "threat"),
    ):
        if wanted in group.classes:
            return act
    if group.lemma.split()[0] in ("bring", "take", "push", "put", "send", "carry") and rate.role == "to":
        return "cut" if group.lemma.endswith("down") else "raise"
    return "impose" if "impose" in group.classes and not group.progressive and "bear" not in group.classes else "keep"


def _stretch(p: Parsed, rate: Rate, group: Group) -> tuple[int, int]:
    """The words about a rate: between the commas beside it, with the verb where no comma parts them."""
    low, high = min(group.left, rate.start), max(group.right, group.end, rate.end)
    start, end = rate.start, rate.end
    while (
        start > low
        and p.low(start - 1) not in (";", ":")
        and not (p.low(start - 1) == "," and start <= rate.start and start - 1 > group.end)
    ):
        start -= 1
    while end < high and not (p.words[end].text in ",;:" and end >= rate.end and not _date_comma(p, end)):
        end += 1
    other = [r for r in p.rates if r.start >= rate.end and r.start < end and r.role == "level" and rate.role == "level"]
    if other and p.low(other[0].start - 1) in ("and", ","):
        end = other[0].start - 1
    before = [
        r for r in p.rates if r.end <= rate.start and r.start >= start and r.role == "level" and rate.role == "level"
    ]
    if before and p.low(rate.start - 1) in ("and", ",", "of", "to") and group.end <= before[-1].start:
        start = rate.start
    return start, max(end, rate.end)


def _date_comma(p: Parsed, i: int) -> bool:
    return any(t.start <= i < t.end for t in p.times)


def _bare_rate(p: Parsed, rate: Rate, seen: Discourse) -> Draft | None:
    """A rate in words without a verb, as in lists: in force, as far as one can tell."""
    if p.sentence.heading:
        return None
    group = Group(0, 0, 0, "be", frozenset(), "b", right=len(p.words))
    noun = next((t for t in p.things if t.kind in CHANGE_NOUNS and rate.start - 4 <= t.start < rate.start), None)
    name = noun_act(p, noun) if noun is not None else None
    old = [r for r in p.rates if (r.role == "from" and 0 <= r.start - rate.end <= 4) or r.end + 1 == rate.start]
    if name is None and rate.role == "to" and any(r.role == "from" for r in old):
        name = "raise" if rate.value > old[0].value else "cut"
    name = name if name in ("raise", "cut", "impose") else "keep"
    act = Act(name, None, False)
    start, end = _stretch(p, rate, group)
    ahead = still_ahead([t for t in p.times if start <= t.start < end], seen)
    kind: Kind = "measure-announced" if ahead or _planned(p, rate) else DONE[name]
    return measure_draft(p, group, act, kind, rate, span_of(p, start, end), start, end, seen, name)
