"""Measures: what is imposed, raised, cut, suspended or lifted, and whether it is done, announced or threatened.

Two ways lead to a measure: a verb that acts on one ("suspended its tariffs"), and a rate ("the 25% on the first three
lists remains"), since in this field a rate of duty is hardly ever told without a measure being meant.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from detente.read.acts import Act, act_of, near_measure
from detente.read.amounts import Rate, old_rate, told_rate
from detente.read.changes import CHANGE_NOUNS, noun_act
from detente.read.clauses import Parsed
from detente.read.drafts import (
    Draft,
    clause_span,
    day_nearby,
    length_of,
    products_in,
    quantity_in,
    sides_in,
    span_of,
    term_of,
    times_of,
)
from detente.read.factuality import Fact, factuality, unreal
from detente.read.imposers import sides_of
from detente.read.names import Discourse
from detente.read.proposal import Kind, When
from detente.read.speech import speaker_of
from detente.read.tables import word_set
from detente.read.things import Thing
from detente.read.times import Time
from detente.read.verbs import Group

_HOSTILE = frozenset({"impose", "raise", "announce", "keep"})
_DONE: dict[str, Kind] = {
    "impose": "measure-imposed",
    "keep": "measure-imposed",
    "raise": "measure-raised",
    "cut": "measure-cut",
    "suspend": "measure-suspended",
    "lift": "measure-lifted",
    "announce": "measure-announced",
}
_NO_RATE_AFTER = word_set("measures no rate after")
_DUTIES = word_set("measures duties")
_NOT_DUTIES = word_set("measures not duties")


def measures(p: Parsed, seen: Discourse) -> list[Draft]:
    """The measures a sentence tells, announces or threatens."""
    out: list[Draft] = []
    for group in p.groups:
        act = act_of(p, group)
        draft = _by_verb(p, group, act, seen) if act is not None else None
        if draft is not None:
            out.append(draft)
            _remember(draft, seen)
    for draft in (*_by_noun(p, seen, out), *_by_rate(p, seen, out)):
        out.append(draft)
        _remember(draft, seen)
    return out


def _remember(draft: Draft, seen: Discourse) -> None:
    if draft.kind.startswith("measure") and len(draft.parties) > 1:
        seen.last_measure = draft.parties


def _by_verb(p: Parsed, group: Group, act: Act, seen: Discourse) -> Draft | None:
    fact = factuality(p, group)
    if "retaliate" in group.classes and fact != "actual":
        return None
    found = _rates_of(p, group, act)
    name = _act_with_rates(group, act, found)
    if group.infinitive and _overtaken(p, group):
        return None
    if (
        name == "keep"
        and "bear" in group.classes
        and any(p.low(k) in ("normal", "ordinary", "usual") for k in range(group.end, group.end + 4))
    ):
        name = "lift"
    kind = kind_of(p, group, name, fact, seen)
    if kind is None or _estimated(p, group, kind):
        return None
    if kind.startswith("measure") and (blamed := _as_blame(p, group, act, seen)) is not None:
        return blamed
    times = times_of(p, group, fact == "actual")
    if kind == "measure-imposed" and name == "impose" and _still_ahead(times, seen):
        kind = "commitment" if under_deal(p, seen) else "measure-announced"
    if fact == "actual" and _passing(group, act) and not found and not times and kind.startswith("measure"):
        return None
    start, end = group.left, max(group.right, group.reach)
    return _draft(p, group, act, kind, told_rate(found), clause_span(p, group), start, end, seen, name)


def _overtaken(p: Parsed, group: Group) -> bool:
    """'a tariff due to start in May was dropped': what was due is told by what became of it."""
    over = [g for g in p.groups if g.head_left >= 0 and g.head_left < group.start < g.start and g.head_right <= group.end]
    return any((act := act_of(p, g)) is not None and act.act in ("suspend", "lift") for g in over)


def _estimated(p: Parsed, group: Group, kind: Kind) -> bool:
    """What economists or a bank say a measure would do tells of no measure."""
    report = group.governor
    if report is None or kind == "claim-expectation":
        return False
    who = {p.low(k) for k in range(report.left, report.start)}
    return bool(
        who & {"economists", "analysts", "institute", "economist", "analyst", "bank", "researchers", "study", "traders"}
    )


def _as_blame(p: Parsed, group: Group, act: Act, seen: Discourse) -> Draft | None:
    """'claimed that the U.S. had implemented negative measures': what one side lays at another's door."""
    report = group.governor
    if report is None or not report.classes & {"claim", "accuse"}:
        return None
    blamer = sides_in(report.subjects)
    blamed = sides_in(group.subjects)
    if not blamer or not blamed or set(blamer) & set(blamed):
        return None
    start, end = p.words[report.left].start, p.words[-1].end
    return Draft(
        "claim-breach",
        (*blamer, *blamed),
        [span_of(p, report.left, len(p.words))] if end > start else [clause_span(p, group)],
        speaker=speaker_of(p, group, seen),
        products=products_in(p, group.left, group.right),
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        order=p.words[group.head].start,
    )


def _still_ahead(times: list[Time], seen: Discourse) -> bool:
    """Whether the only day told for an act lies after publication."""
    starts = [t.past for t in times if t.role in ("from", "at") and t.past is not None and t.past.precision == "day"]
    return bool(starts) and all(w.from_ > seen.published for w in starts)


def _draft(
    p: Parsed,
    group: Group,
    act: Act,
    kind: Kind,
    rate: Rate | None,
    span: tuple[int, int],
    start: int,
    end: int,
    seen: Discourse,
    name: str,
) -> Draft | None:
    if act.thing is not None and act.taken:
        start = min(start, act.thing.start)
    parties = sides_of(p, group, act, seen, start, end)
    if not parties:
        return None
    times = [t for t in p.times if start <= t.start and t.end <= end]
    if not any(t.role != "for" for t in times):
        climb = kind in _DONE.values() and kind != "measure-announced"
        times += [t for t in times_of(p, group, climb) if t not in times]
    if kind == "measure-announced" and (group.past or group.marker == "reduced"):
        times = [replace(t, ahead=t.past) if t.role == "at" else t for t in times]  # when it was announced
    date = term_of(
        times, kind in ("measure-announced", "commitment", "claim-threat", "claim-offer"), seen.published, kind
    )
    if date is None and kind.startswith("measure"):
        date = _date_before(p, group, parties, seen)
    if date is None and name in ("impose", "raise", "cut", "lift") and kind == _DONE[name] and not _passing(group, act):
        date = _from_on(day_nearby(p, seen)) if seen.last_paragraph == p.sentence.paragraph else None
    if date is None and length_of(times) and seen.last_promised is not None:
        date = When(seen.last_promised, seen.last_promised + timedelta(length_of(times) or 0), "period")
    if date is not None and kind == "commitment" and date.precision == "day":
        seen.last_promised = date.from_
    if date is not None and kind.startswith("measure"):
        seen.last_dated = (p.sentence.paragraph, parties[0], date)
    return Draft(
        kind,
        parties,
        [span],
        speaker=speaker_of(p, group, seen),
        date=date,
        days=length_of(times),
        rate=rate,
        products=products_in(p, start, end),
        quantity=quantity_in(p, start, end),
        key=name,
        paragraph=p.sentence.paragraph,
        weak=p.sentence.heading,
        order=p.words[group.head].start if rate is None else p.words[rate.start].start,
    )


_LASTING = word_set("measures lasting")


def _date_before(p: Parsed, group: Group, parties: tuple[str, ...], seen: Discourse) -> When | None:
    """A list of measures under one date: that of the measure told before it in the same paragraph."""
    if (
        seen.last_dated is None
        or group.lemma.split()[0] in _LASTING
        or (group.governor is not None and group.governor.lemma in _LASTING)
    ):
        return None
    paragraph, imposer, date = seen.last_dated
    if paragraph != p.sentence.paragraph or imposer != parties[0] or p.has("already", "existing", "still"):
        return None
    return When(date.from_, None, date.precision) if date.precision == "day" else date


def _from_on(when: When | None) -> When | None:
    """A day as the first of what goes on."""
    return None if when is None else When(when.from_, None, "day")


def _rates_of(p: Parsed, group: Group, act: Act) -> list[Rate]:
    """The rates of a clause, else those beside its measure."""
    own = [r for r in p.rates if group.left <= r.start < max(group.right, group.reach) and is_duty(p, r)]
    if not own and act.thing is not None:
        own = [r for r in p.rates if act.thing.start - 4 <= r.start < act.thing.end + 4 and is_duty(p, r)]
    return own


def _act_with_rates(group: Group, act: Act, found: list[Rate]) -> str:
    """'lifted tariffs to 25%' raises them; a new rate above or below the old one says which way it went."""
    new, old = told_rate(found), old_rate(found)
    if new is not None and old is not None and act.act in ("impose", "keep", "raise", "cut", "lift"):
        return "raise" if new.value > old.value else "cut"
    if new is None or new.role != "to":
        return act.act
    if act.act == "lift" and group.lemma in ("lift", "drop", "take down"):
        return "raise" if group.lemma == "lift" else "cut"
    if act.act in ("impose", "keep") and group.lemma.split()[0] in ("bring", "take", "push", "put", "send", "carry"):
        return "cut" if group.lemma.endswith("down") else "raise"
    return act.act


def _passing(group: Group, act: Act) -> bool:
    """A measure mentioned in passing: by a participle, in a past perfect or a side clause."""
    relative = group.marker == "that" and group.governor is None
    if (
        group.marker in ("that", "which")
        and group.governor is not None
        and group.governor.classes & {"sign", "order", "publish"}
    ):
        return False
    return (
        relative
        or group.marker in ("reduced", "which", "after", "since", "before", "until")
        or (group.pluperfect and group.governor is None)
        or act.act == "keep"
    )


def kind_of(p: Parsed, group: Group, act: str, fact: Fact, seen: Discourse) -> Kind | None:
    """The kind of an act told as a fact, a plan, a promise, a threat; None for what is not said to be."""
    if act == "threat":
        return None if group.negated or fact in ("none", "denied", "asked") else "claim-threat"
    if group.negated:
        return _negated_kind(p, group, act, fact, seen)
    hostile = act in _HOSTILE
    if fact == "actual":
        return _DONE[act]
    if act == "keep" and fact == "future" and group.governor is not None and group.governor.lemma in ("continue", "go"):
        return "measure-imposed"
    if act == "keep" and "keep" in group.classes and fact == "future":
        return "claim-threat" if p.has("until", "unless", "long") else None
    if fact == "future" and act not in _HOSTILE and under_deal(p, seen):
        return "commitment"
    if fact == "future":
        return "measure-suspended" if act == "suspend" else "measure-announced"
    if fact == "commit":
        return "commitment"
    if fact == "threat":
        return "claim-threat" if hostile else _soft_kind(p)
    if fact == "offer":
        return "claim-threat" if hostile else "claim-offer"
    return "claim-expectation" if fact == "expect" else None


def _soft_kind(p: Parsed) -> Kind:
    """A relief that is only possible: held out in return for something, else a forecast."""
    conditional = any(g.marker in ("if", "unless") for g in p.groups) or p.has("return", "exchange")
    return "claim-offer" if conditional else "claim-expectation"


def _negated_kind(p: Parsed, group: Group, act: str, fact: Fact, seen: Discourse) -> Kind | None:
    """What is not done: a promise to refrain, or a planned measure held back; else nothing."""
    if fact == "commit":
        return "commitment"
    applies = bool(group.classes & {"impose", "bear", "effect", "start", "raise", "put", "rise"})
    if act in ("impose", "keep", "raise") and fact == "future" and applies:
        return "commitment" if under_deal(p, seen) and group.subjects and not group.passive else "measure-suspended"
    if (
        act in ("impose", "keep")
        and fact == "actual"
        and group.passive
        and any(t.role in ("for", "until", "through") for t in p.times)
    ):
        return "measure-suspended"
    if "affected" in [p.low(k) for k in range(group.end - 1, group.end + 3)] and fact == "actual":
        return "measure-imposed"
    return None


def under_deal(p: Parsed, seen: Discourse) -> bool:
    """Whether the sentence, or those before it, speak of what an arrangement asks for."""
    return (
        seen.deal
        or seen.deal_told
        or p.has("return", "exchange")
        or any(t.kind in ("deal", "statement") for t in p.things)
    )


def is_duty(p: Parsed, rate: Rate) -> bool:
    """Whether a rate is one of duty, not a share, a growth rate or a vote."""
    after = [p.low(k) for k in range(rate.end, rate.end + 5)]
    before = [p.low(k) for k in range(max(0, rate.start - 5), rate.start)]
    if (
        rate.role != "change"
        and after[:1]
        and not (after[0] == "more" and _borne(p, rate))
        and after[0] in _NO_RATE_AFTER
        and not (after[0] == "of" and _DUTIES & set(after[1:4]))
    ):
        return False
    if after[:1] == ["more"] and _borne(p, rate):
        return True
    if _NOT_DUTIES & {*after[:3], *before} or _of_trade(p, rate):
        return False
    return not (before[-2:] == ["more", "than"] and after[:1] == ["of"])


def _borne(p: Parsed, rate: Rate) -> bool:
    """'Chinese goods are to pay 100% more'."""
    return any("bear" in g.classes and g.end <= rate.start <= g.end + 2 for g in p.groups)


_TRADED = word_set("measures traded")
_GROWING = frozenset({"grow", "shrink", "slump", "plunge", "widen", "tumble", "sink", "swell", "contract"})


def _of_trade(p: Parsed, rate: Rate) -> bool:
    """'imports fell by 25%', 'exports grew 3%', 'raised its prices by 10%': a change of trade or prices."""
    for g in p.groups:
        if not (g.left <= rate.start < g.right and rate.start >= g.end):
            continue
        changing = g.classes & {"rise", "fall", "raise", "cut"} or g.lemma in _GROWING
        start = g.left if g.head_left < 0 else g.head_left
        about = {p.low(k) for k in (*range(start, g.start), *range(g.end, rate.start))}
        stretch = [t for t in p.things if start <= t.start < rate.start and t.kind in ("measure", "rate")]
        if changing and about & _TRADED and not stretch:
            return True
    return False


def _by_rate(p: Parsed, seen: Discourse, found: list[Draft]) -> list[Draft]:
    """A measure for every rate of duty that no verb has taken yet."""
    taken = {d.rate.start for d in found if d.rate is not None}
    out: list[Draft] = []
    for rate in p.rates:
        if (
            rate.start in taken
            or (rate.role == "from" and not _dated_old(p, rate))
            or not is_duty(p, rate)
            or not _dutiable(p, rate, seen)
        ):
            continue
        group = _over_rate(p, rate)
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


def _dated_old(p: Parsed, rate: Rate) -> bool:
    """'up from the 84 per cent charged since Thursday': an old level with a date of its own."""
    return any(rate.end <= t.start <= rate.end + 3 and t.role == "since" for t in p.times)


def _dutiable(p: Parsed, rate: Rate, seen: Discourse) -> bool:
    """Near a measure in the sentence, or in a text that has just spoken of one."""
    group = _over_rate(p, rate)
    if group is not None and group.classes & {"bear", "impose"}:
        return True
    beside = {p.low(k) for k in (*range(rate.start - 3, rate.start), *range(rate.end, rate.end + 3))}
    if rate.role == "change" or any(t.kind == "goods" for t in p.things):
        return True
    return (
        seen.duty
        or bool(beside & (_DUTIES | {"on", "pay", "paid"}))
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
    nouns = [t for t in p.things if t.kind in CHANGE_NOUNS and rate.start - 4 <= t.start < rate.start]
    noun = next((t for t in nouns if t.start != group.head), None)
    if noun is not None:
        return _noun_draft(p, noun, group, seen, rate)
    base = act_of(p, group) or Act(_verb_act(group, rate), None, rate.end <= group.start)
    start, end = _stretch(p, rate, group)
    near = [r for r in p.rates if start <= r.start < end or (r.role == "from" and 0 <= r.start - rate.end <= 8)]
    name = _act_with_rates(group, base, [rate, *[r for r in near if r.role == "from"]])
    fact = factuality(p, group)
    if name in ("announce", "keep") and fact == "actual" and group.marker == "reduced":
        name = "announce" if "announce" in group.classes else "keep"
    kind = kind_of(p, group, name, fact, seen)
    if kind is None and group.marker in ("that", "which", "reduced", "") and fact in ("none", "claimed"):
        return None
    if kind is None or _estimated(p, group, kind):
        return None
    if kind == "measure-imposed" and _still_ahead([t for t in p.times if start <= t.start < end], seen):
        kind = "measure-announced"
    return _draft(p, group, base, kind, rate, span_of(p, start, end), start, end, seen, name)


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
    act = Act("keep", None, False)
    start, end = _stretch(p, rate, group)
    ahead = _still_ahead([t for t in p.times if start <= t.start < end], seen)
    kind: Kind = "measure-announced" if ahead else "measure-imposed"
    return _draft(p, group, act, kind, rate, span_of(p, start, end), start, end, seen, "keep")


def _by_noun(p: Parsed, seen: Discourse, found: list[Draft]) -> list[Draft]:
    """'a 90-day pause in tariffs', 'the increase to 25%': a change told by a noun, as the verb over it makes of it."""
    out: list[Draft] = []
    for thing in p.things:
        if (
            thing.kind not in CHANGE_NOUNS
            or not near_measure(p, thing)
            or any(t.start == thing.end and t.kind == "deal" for t in p.things)
        ):
            continue
        group = next((g for g in p.groups if g.left <= thing.start < g.right and g.marker != "attribute"), None)
        if group is None or any(d.order == p.words[group.head].start for d in found):
            continue
        draft = _noun_draft(p, thing, group, seen)
        if draft is not None:
            out.append(draft)
    return out


def _noun_draft(p: Parsed, thing: Thing, group: Group, seen: Discourse, rate: Rate | None = None) -> Draft | None:
    name = noun_act(p, thing)
    if name is None or name == "extend":
        return None
    kind = _noun_kind(p, name, group)
    if kind is None:
        return None
    near = (
        [rate]
        if rate is not None
        else [r for r in p.rates if thing.start - 3 <= r.start <= thing.end + 10 and r.role != "to" and is_duty(p, r)]
    )
    near = near or [r for r in p.rates if thing.end <= r.start <= thing.end + 10 and is_duty(p, r)]
    if kind.startswith("measure") and not near and not times_of(p, group):
        return None
    start, end = group.left, max(group.right, group.end)
    return _draft(
        p,
        group,
        Act(name, thing, thing.end <= group.start),
        kind,
        told_rate(near),
        clause_span(p, group),
        start,
        end,
        seen,
        name,
    )


def _noun_kind(p: Parsed, act: str, group: Group) -> Kind | None:
    fact = factuality(p, group)
    kinds = group.classes
    if fact in ("none", "asked", "denied", "claimed") or group.negated:
        return None
    if kinds & {"threaten", "consider", "warn"} or (fact == "threat" and act in _HOSTILE):
        return "claim-threat" if act in _HOSTILE else "claim-expectation"
    if kinds & {"agree", "pledge", "reach"}:
        return "measure-suspended" if group.passive and act == "suspend" else "commitment"
    if kinds & {"expect", "hope"} or fact == "expect":
        return "claim-expectation"
    if kinds & {"offer", "propose"}:
        return "claim-offer" if act not in _HOSTILE else "claim-threat"
    if kinds & {"announce", "order", "publish", "sign"} and fact in ("actual", "future"):
        return "measure-suspended" if act == "suspend" else "measure-announced"
    if kinds & {"do", "extend", "resume", "keep", "decide", "allow"} and fact in ("actual", "future"):
        return _DONE[act]
    if kinds & {"effect", "start", "follow"} and fact == "actual":
        return _DONE[act]
    return None
