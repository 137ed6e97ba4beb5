"""Acts and their changes: partners, rates, and what a suspension or a revocation finds when it begins."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from detente.record.entries import FOLDED, STACKING, Change, Instrument, Measure
from detente.record.fold import Act, acting
from detente.record.rules.books import Books, Breach, Where, rule

_HIGHEST = Decimal(3)
_MOST_CHANGES = 500
_IN_WORDS = ("export-control", "import-ban", "listing")


def _breach(instrument: Instrument, index: int, key: str, detail: str) -> Breach:
    return Breach("instruments", instrument.id, ("changes", index, key), detail)


@rule(
    "R05",
    "a suspension that begins when an act published by then sets something of the same goods and partners",
    whole=True,
)
def _suspended_is_there(books: Books) -> Iterator[Breach]:
    """A suspension lies within what it suspends: the measure says something on its first day."""
    for instrument, index, change in _suspensions(books):
        if not any(True for _ in _said(books, instrument, change)):
            detail = f"Nothing is set for {change.measure} that {change.from_} could suspend."
            yield _breach(instrument, index, "suspend", detail)


@rule("R20", "no more points than the rate set by then; all, where everything is suspended", whole=True)
def _no_more_than_is_set(books: Books) -> Iterator[Breach]:
    """A suspension takes off no more points than the measure says on its first day."""
    for instrument, index, change in _suspensions(books):
        points = change.suspend.points if change.suspend else None
        rates = [rate or Decimal(0) for rate in _said(books, instrument, change)] if points else []
        if points and rates and points > max(rates):
            detail = f"{points:.2%} is more than the {max(rates):.2%} set for {change.measure}."
            yield _breach(instrument, index, "suspend", detail)


def _suspensions(books: Books) -> Iterator[tuple[Instrument, int, Change]]:
    """Changes that take off points or everything; the stay of an instrument is not one."""
    for instrument, index, change in books.changes():
        if change.suspend is None or change.suspend.instruments or change.interval.empty:
            continue
        if len(books.acts[change.measure]) <= _MOST_CHANGES:
            yield instrument, index, change


@rule("R58", "a measure for each programme, so that what it says can be worked out in good time")
def _not_too_many_changes(books: Books) -> Iterator[Breach]:
    """A measure has no more than 500 changes."""
    for measure in books.measures:
        if (count := len(books.acts.get(measure.id, ()))) > _MOST_CHANGES:
            yield Breach("measures", measure.id, ("id",), f"'{measure.id}' has {count:,}.")


def _said(books: Books, instrument: Instrument, change: Change) -> Iterator[Decimal | None]:
    """The rates (None for a state) that stand on the first day of a change, for each partner and part of the goods it
    reaches, by acts published no later than its own."""
    measure = books.measure(change.measure)
    if measure is None:
        return
    acts = [a for a in books.acts[measure.id] if a.instrument.published <= instrument.published]
    sets = [a.change for a in acts if a.op == "set"]
    parts = {(p, c.goods) for c in sets for p in {*_reached(c, measure), *_reached(change, measure)}}
    for partner, goods in sorted(parts, key=str):
        if _bears_on(books, change.goods, goods) and _reaches(change, measure, partner):
            mine = [a for a in acts if _reaches(a.change, measure, partner) and _concerns(a, goods)]
            now = [a for a in acting(mine, change.from_) if a.op == "set"]
            value = now[-1].change.set if now else None
            if value is not None:
                yield value.rate


def _bears_on(books: Books, goods: str | None, part: str | None) -> bool:
    """Whether a change of some goods can bear on a part of them: the same, or goods no code sets apart within it."""
    scope = books.by_id["scopes"].get(goods or "")
    if scope is not None and scope.narrower_than_code and goods != part:
        return scope.within in (None, part)
    return goods in (None, part)


def _reached(change: Change, measure: Measure) -> list[str]:
    return change.on or measure.targets


def _reaches(change: Change, measure: Measure, partner: str) -> bool:
    group = _reached(change, measure)
    return partner not in change.not_on and (partner in group or "ALL" in group)


def _concerns(act: Act, goods: str | None) -> bool:
    return act.change.goods in (None, goods)


@rule("R06", "partners among the targets of the measure; add the partner there if the measure reaches it")
def _partners_are_targets(books: Books) -> Iterator[Breach]:
    """The partners a change concerns or leaves out are targets of the measure."""
    for instrument, index, change in books.changes():
        measure = books.measure(change.measure)
        if measure is None or "ALL" in measure.targets:
            continue
        for key, partners in (("on", change.on or ()), ("not_on", change.not_on)):
            strangers = [p for p in partners if p not in measure.targets]
            if strangers:
                detail = f"{', '.join(strangers)} is not among {', '.join(measure.targets)}."
                yield _breach(instrument, index, key, detail)


@rule("R21", "partners in one of the two")
def _somebody_is_reached(books: Books) -> Iterator[Breach]:
    """A change reaches somebody: not everyone it is on is also left out."""
    for instrument, index, change in books.changes():
        if change.on and set(change.on) <= set(change.not_on):
            yield _breach(instrument, index, "not_on", f"It is on {', '.join(change.on)} and not on them.")


@rule("R22", "an act of the imposer; a measure of its own for what another party does")
def _own_measures(books: Books) -> Iterator[Breach]:
    """A party's act changes only that party's measures."""
    for instrument, index, change in books.changes():
        measure = books.measure(change.measure)
        if measure is not None and measure.imposer != instrument.by:
            detail = f"An act of {instrument.by}; {measure.id} is imposed by {measure.imposer}."
            yield _breach(instrument, index, "measure", detail)


@rule("R23", "a rate from 0% to 300%, points above 0pp; an end is a revoke, not a negative rate")
def _rates_are_rates(books: Books) -> Iterator[Breach]:
    """A rate is no less than nothing and no more than three times the price; a suspension takes some points off."""
    for instrument, index, change in books.changes():
        rate = change.set.rate if change.set is not None else None
        if rate is not None and not 0 <= rate <= _HIGHEST:
            yield _breach(instrument, index, "set", f"It is set to {rate:.2%}.")
        points = change.suspend.points if change.suspend is not None else None
        if points is not None and not 0 < points <= _HIGHEST:
            yield _breach(instrument, index, "suspend", f"{points * 100:f} points are suspended.")


@rule("R24", "a state in words; a rate belongs to a tariff, a fee, a quota or a subsidy")
def _controls_have_no_rate(books: Books) -> Iterator[Breach]:
    """An export control, an import ban or a listing says a state in words, not a rate."""
    for instrument, index, change in books.changes():
        measure = books.measure(change.measure)
        worded = measure is not None and measure.kind in _IN_WORDS
        if measure and worded and change.set is not None and change.set.rate is not None:
            yield _breach(instrument, index, "set", f"{measure.id} is an {measure.kind}: {change.set.rate:.2%}.")


@rule("R25", "one of the two; parts of the goods or partners that differ, if both are meant")
def _said_once(books: Books) -> Iterator[Breach]:
    """An act says one thing of the same goods and partners on a day."""
    for instrument in books.instruments:
        seen: dict[tuple[object, ...], int] = {}
        for index, change in enumerate(instrument.changes):
            for key in _subjects(change):
                first = seen.setdefault(key, index)
                if first != index:
                    yield _breach(instrument, index, "from", f"Change {first + 1} already says it for {change.from_}.")
                    break


def _subjects(change: Change) -> Iterator[tuple[object, ...]]:
    op = next(k for k in (*FOLDED, *STACKING) if getattr(change, k) is not None)
    named = tuple(getattr(getattr(change, op), "instruments", ()))
    left_out = tuple(sorted(change.not_on))
    for partner in change.on or ("every target",):
        yield change.measure, partner, left_out, change.goods, change.exempt, op, named, change.from_, change.for_


@rule("R26", "the number of the act itself; leave it out where the series has none")
def _numbers_are_unique(books: Books) -> Iterator[Breach]:
    """A number of a party's series is given once on a day."""
    seen: dict[tuple[object, ...], str] = {}
    for instrument in books.instruments:
        key = (instrument.by, instrument.form, instrument.number, instrument.published)
        if instrument.number is not None and seen.setdefault(key, instrument.id) != instrument.id:
            detail = f"{instrument.form} {instrument.number} of {instrument.published} is also '{seen[key]}'."
            yield Breach("instruments", instrument.id, ("number",), detail)


@rule("R27", "an until by the day of the revocation; or let another act say what follows")
def _ends_with_its_act(books: Books) -> Iterator[Breach]:
    """What an act sets, suspends or exempts ends no later than the day on which the same act ends the measure."""
    for instrument in books.instruments:
        ends = [c for c in instrument.changes if c.revoke is not None and c.revoke.everything]
        for index, change in enumerate(instrument.changes):
            for end in ends:
                if change.measure == end.measure and _outlives(change, end):
                    last = change.until or change.from_
                    yield _breach(instrument, index, "from", f"It reaches to {last}; the measure ends on {end.from_}.")


def _outlives(change: Change, end: Change) -> bool:
    """True for what lasts past an end of the same partners and goods that comes after it began.

    An act that ends a measure on the day on which it sets a new rate replaces it: it is written end first.
    """
    if (change.on, change.goods, change.for_) != (end.on, end.goods, end.for_) or change.revoke is not None:
        return False
    begun = change.from_ < end.from_
    return (begun and change.until is not None and change.until > end.from_) or (not begun and change.from_ > end.from_)


@rule("R28", "a day on or after the first one set; the measure whose value is meant to end", whole=True)
def _something_ends(books: Books) -> Iterator[Breach]:
    """A revocation ends something: an earlier act, or this one, has changed the measure."""
    for instrument, index, change in books.changes():
        if change.revoke is None or not change.revoke.everything or books.measure(change.measure) is None:
            continue
        acts = [a for a in books.acts[change.measure] if a.op != "revoke"]
        if not any(a.instrument.published <= instrument.published for a in acts):
            yield _breach(
                instrument, index, "revoke", f"Nothing was said of {change.measure} by {instrument.published}."
            )


@rule("R29", "each partner, source and party once")
def _named_once(books: Books) -> Iterator[Breach]:
    """A list names each thing once."""
    for section, entries in books.loaded.entries.items():
        for entry in entries:
            for key in ("targets", "parties", "sources", "about", "clock", "not_on_goods_subject_to"):
                yield from _twice(section, entry.id, (key,), getattr(entry, key, ()))
    for instrument, index, change in books.changes():
        for key in ("on", "not_on"):
            yield from _twice("instruments", instrument.id, ("changes", index, key), getattr(change, key) or ())


def _twice(section: str, name: str, where: Where, listed: object) -> Iterator[Breach]:
    values = list(listed) if isinstance(listed, list | tuple) else []
    again = sorted({v for v in values if values.count(v) > 1})
    if again:
        yield Breach(section, name, where, f"{', '.join(again)} stands more than once.")


@rule("R64", "one of the two directions, ended on a day before the other begins")
def _one_gives_way(books: Books) -> Iterator[Breach]:
    """Of two measures at most one gives way to the other on any day, by the acts about them."""
    ways = {(m.id, name) for m in books.measures for name in m.not_on_goods_subject_to}
    found = [x for x in books.changes() if x[2].not_on_goods_subject_to or x[2].also_on_goods_subject_to]
    order = sorted(found, key=lambda x: (x[2].from_, bool(x[2].not_on_goods_subject_to), x[0].published))
    for instrument, index, change in order:
        ways -= {(change.measure, name) for name in change.also_on_goods_subject_to or ()}
        for name in change.not_on_goods_subject_to or ():
            if (name, change.measure) in ways:
                detail = f"{change.measure} and {name} give way to each other from {change.from_}."
                yield _breach(instrument, index, "not_on_goods_subject_to", detail)
            ways.add((change.measure, name))
