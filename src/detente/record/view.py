"""A record as of a day: what stands `on` it, with only what was published by `known`.

Three rates are kept apart. `rate` is the schedule of the day as known; `charged` is what customs asked for on the day
itself, before any later act reached back; `owed` is what is lawfully due as now known, after judgments that void a
duty from its start. They differ for a backdated exemption (April 2025) and for the emergency tariffs between the
ruling of 20 February 2026 and the end of collection four days later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from detente.record.doubt import Knowledge, fold_with_doubt
from detente.record.fold import Act, Standing, acting, changes_in_order, edges, known_in_order, spells, stacks
from detente.terms import Fault, InputFault, did_you_mean

if TYPE_CHECKING:
    from detente.record.entries import Change, Deadline, Instrument, Measure, Record, Scope

Book = Literal["schedule", "owed"]
Inside = Callable[[str], bool | None]  # whether goods belong to a scope; None: not known


@dataclass(frozen=True, slots=True)
class Line:
    """One measure as it stands towards one partner, for one part of the goods it covers.

    In a record on everybody the partner stands for its group (`View.groups`). `goods` is a scope id or 'all'.
    `charged` and `owed` are None where unknown or where the measure is no rate. `since` is the first day of the
    present spell.
    """

    measure: Measure
    partner: str
    goods: str
    standing: Standing
    charged: Decimal | None
    owed: Decimal | None
    since: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """A day on which a line changes, as known: what stands before and from that day on."""

    day: date
    measure: Measure
    partner: str
    goods: str
    before: Standing
    after: Standing


class View:
    """The record `on` a day, as known on another. Make one with `Dispute.as_of`."""

    def __init__(self, record: Record, on: date, known: date) -> None:
        self.record = record
        self.on = on
        self.known = known
        self._measures = {m.id: m for m in record.measures}
        self._scopes = {s.id: s for s in record.scopes}
        self._standings: dict[tuple[object, ...], tuple[Standing, Standing]] = {}
        self._reach_keys: dict[tuple[str, str], tuple[bool, ...]] = {}
        self._scope_names: dict[str, tuple[str, ...]] = {}
        self._reaching: dict[tuple[str, str], list[Act]] = {}
        self._parts_acts: dict[tuple[str, str, str | None], tuple[list[Act], list[Act]]] = {}
        self._parts_say: dict[tuple[str, str, str | None, date], Standing] = {}
        self._reached_by: dict[tuple[str, str], list[Act]] = {}
        self._groups: dict[str, list[tuple[str, ...]]] = {}

    @cached_property
    def instruments(self) -> list[Instrument]:
        """The instruments published by `known`."""
        return [i for i in self.record.instruments if i.published <= self.known]

    @cached_property
    def deadlines(self) -> list[Deadline]:
        """The hearings, filings, refunds and other days known by `known`, without those moved or dropped by then."""
        found = [d for d in self.record.deadlines if d.published <= self.known]
        replaced = {name for d in found for name in d.replaces}
        return [d for d in found if d.day is not None and d.id not in replaced]

    @cached_property
    def knowledge(self) -> Knowledge:
        """What bears on clocks besides the acts."""
        early = {m.id: m.covered_through for m in self.record.measures if m.covered_through is not None}
        return Knowledge(self.known, self.record.header.covered_through, self._announced_extensions(), early)

    def measure(self, name: str) -> Measure:
        """The measure of that id; raises `InputFault` with the nearest name."""
        if name not in self._measures:
            message = f"No measure is called '{name}'.{did_you_mean(name, self._measures)}"
            raise InputFault([Fault("measure", message, allowed=", ".join(self._measures))])
        return self._measures[name]

    def standing(
        self,
        measure: str,
        partner: str,
        goods: str | None = None,
        product: str | None = None,
        on: date | None = None,
    ) -> Standing:
        """What a measure says on the day of goods from (or to) `partner`.

        `goods` asks about a named part, `product` about a product by its HS or HTS digits; neither: a good no list
        sets apart. `on` defaults to the day of the view. Raises `InputFault` for an unknown measure.
        """
        if product is None:
            return self._said(self.measure(measure), partner, goods, on or self.on)
        acts, doubtful = self.acts_on(self.measure(measure), partner, goods, self._inside(product))
        return self.settle(acts, doubtful, on or self.on)

    def standings(
        self, measure: str, partner: str, inside: Inside, on: date | None = None, book: Book = "schedule"
    ) -> tuple[Standing, Standing]:
        """What a measure says of goods whose membership of every scope `inside` tells, taken both ways.

        First with every list of unknown membership left out, then with it counted in; equal where nothing is in doubt.
        """
        day = on or self.on
        key = (measure, self.reach_key(measure, partner), tuple(inside(s) for s in self.scopes_of(measure)), day, book)
        if key not in self._standings:
            acts, doubtful = self.acts_on(self.measure(measure), partner, None, inside, book)
            mixed = sorted([*acts, *doubtful], key=self._by_measure.get(measure, []).index)
            plain = fold_with_doubt(acts, day, self.knowledge)
            self._standings[key] = (plain, fold_with_doubt(mixed, day, self.knowledge) if doubtful else plain)
        return self._standings[key]

    def reach_key(self, measure: str, partner: str) -> tuple[bool, ...]:
        """Which known acts on a measure reach a partner: partners with the same key are treated alike by it."""
        if (measure, partner) not in self._reach_keys:
            the_measure = self.measure(measure)
            acts = self._by_measure.get(measure, [])
            self._reach_keys[measure, partner] = tuple(self._reaches(a.change, the_measure, partner) for a in acts)
        return self._reach_keys[measure, partner]

    def scopes_of(self, measure: str) -> tuple[str, ...]:
        """The scopes on which what a measure says of a product depends."""
        if measure not in self._scope_names:
            acts = self._by_measure.get(measure, [])
            named = {s for a in acts for s in (a.change.goods, a.change.exempt) if s} | {self.measure(measure).goods}
            self._scope_names[measure] = tuple(sorted(named - {"all"}))
        return self._scope_names[measure]

    def share_exempt(self, measure: str, partner: str, on: date) -> Decimal:
        """The share of a partner's trade that exemptions no code decides (by origin, say) take out of a measure."""
        bearing = [self._scopes[n] for n in self.scopes_of(measure) if n in self._scopes]
        if not any(s.partner == partner for scope in bearing for s in scope.shares):
            return Decimal(0)
        acts = self.reaching(self.measure(measure), partner)
        left = Decimal(1)
        for act in acting(acts, on):
            scope = self._scopes.get(act.change.exempt or "")
            known = [s for s in scope.shares if s.partner == partner and s.from_ <= on] if scope else []
            if known:
                left *= 1 - max(known, key=lambda s: s.from_).share
        return 1 - left

    def days_of(self, measure: str) -> list[date]:
        """Every day on which what a measure says, or what it gives way to, may change, as known."""
        return sorted({*edges(self._by_measure.get(measure, [])), *(c.from_ for c in self._stacking.get(measure, []))})

    def gives_way_to(self, measure: str, partner: str, on: date) -> frozenset[str]:
        """The measures on whose goods from a partner a measure is not charged on a day, as known."""
        the_measure = self.measure(measure)
        out = set(the_measure.not_on_goods_subject_to)
        for change in self._stacking.get(measure, []):
            if change.from_ <= on and self._reaches(change, the_measure, partner):
                out |= set(change.not_on_goods_subject_to or ())
                out -= set(change.also_on_goods_subject_to or ())
        return frozenset(out)

    @cached_property
    def _stacking(self) -> dict[str, list[Change]]:
        out: dict[str, list[Change]] = {}
        for change, _ in changes_in_order(self.instruments):
            if stacks(change):
                out.setdefault(change.measure, []).append(change)
        return out

    def _inside(self, product: str | None) -> Inside | None:
        return None if product is None else lambda scope: self.covers(scope, product)

    def charged(
        self, measure: str, partner: str, goods: str | None = None, product: str | None = None
    ) -> Decimal | None:
        """The rate customs asked for on the day itself: acts published after it do not count."""
        return self._on_the_day.standing(measure, partner, goods, product).share

    @cached_property
    def _on_the_day(self) -> View:
        return self if self.known <= self.on else View(self.record, self.on, self.on)

    def owed(self, measure: str, partner: str, goods: str | None = None, product: str | None = None) -> Decimal | None:
        """The rate lawfully due on the day, as now known."""
        if product is None and all(a.change.for_ != "owed" for a in self._reached(self.measure(measure), partner)):
            return self.standing(measure, partner, goods).share  # no act tells what is owed from the schedule
        acts, doubtful = self.acts_on(self.measure(measure), partner, goods, self._inside(product), "owed")
        return self.settle(acts, doubtful, self.on).share

    def lines(self) -> list[Line]:
        """Every measure between the parties, by partner and part of the goods, as it stands."""
        return [self._line(m, p, g) for m, p, g in self.parts]

    def steps(self) -> list[Step]:
        """Every later day on which something between the parties changes, as known, in order of day."""
        return sorted(self._coming(), key=lambda s: (s.day, s.measure.id, s.partner, s.goods))

    def history(self, measure: str, partner: str, goods: str | None = None) -> list[tuple[date, Standing]]:
        """What a measure has said and will say, as known: each first day with its standing."""
        the_measure = self.measure(measure)
        acts, _ = self._acts_said(the_measure, partner, goods)
        return spells(acts, lambda day: self._said(the_measure, partner, goods, day))

    def _acts_said(self, measure: Measure, partner: str, goods: str | None) -> tuple[list[Act], list[Act]]:
        """The acts on a part of a measure, asked for once: its lines, its history and its steps all hang on them."""
        key = (measure.id, partner, goods)
        if key not in self._parts_acts:
            self._parts_acts[key] = self.acts_on(measure, partner, goods, None)
        return self._parts_acts[key]

    def _said(self, measure: Measure, partner: str, goods: str | None, day: date) -> Standing:
        """What a part of a measure says on a day, worked out once."""
        key = (measure.id, partner, goods, day)
        if key not in self._parts_say:
            self._parts_say[key] = self.settle(*self._acts_said(measure, partner, goods), day)
        return self._parts_say[key]

    def acts(self, measure: str, partner: str, goods: str | None = None) -> list[Act]:
        """The acts on a measure towards a partner that are known, in order of folding."""
        return self.acts_on(self.measure(measure), partner, goods, None)[0]

    def reaching(self, measure: Measure, partner: str) -> list[Act]:
        """The known acts on a measure that reach a partner, whatever goods they concern."""
        key = (measure.id, partner)
        if key not in self._reaching:
            self._reaching[key] = [a for a in self._reached(measure, partner) if a.change.for_ == "both"]
        return self._reaching[key]

    def _reached(self, measure: Measure, partner: str) -> list[Act]:
        """The known acts on a measure that reach a partner, those that only say what is owed among them."""
        key = (measure.id, partner)
        if key not in self._reached_by:
            mine = self._by_measure.get(measure.id, [])
            self._reached_by[key] = [a for a in mine if self._reaches(a.change, measure, partner)]
        return self._reached_by[key]

    @cached_property
    def parts(self) -> list[tuple[Measure, str, str | None]]:
        """Each measure between the parties, with the partner and each part of goods it sets something for."""
        return list(self._parts())

    def _parts(self) -> Iterator[tuple[Measure, str, str | None]]:
        for measure in self.record.measures:
            for alike in self.groups(measure) if measure.imposer in self.record.header.parties else ():
                for goods in self._parts_of(measure, alike[0]):
                    yield measure, alike[0], goods

    def groups(self, measure: Measure) -> list[tuple[str, ...]]:
        """The partners of a measure, those together that no known act tells apart.

        Between parties each stands alone. In a record on everybody ALL stands, first in its group, for those that no
        act names; partners that no act reaches are left out.
        """
        if measure.id not in self._groups:
            self._groups[measure.id] = self._grouped(measure)
        return self._groups[measure.id]

    def _grouped(self, measure: Measure) -> list[tuple[str, ...]]:
        parties = self.record.header.parties
        if "ALL" not in parties:
            return [(p,) for p in parties if p != measure.imposer and _within(p, measure.targets)]
        changes = [a.change for a in self._by_measure.get(measure.id, [])]
        named = {p for c in changes for p in (*(c.on or ()), *c.not_on)} | set(measure.targets)
        alike: dict[tuple[bool, ...], list[str]] = {}
        for partner in sorted(named, key=lambda p: (p != "ALL", p)):
            if any(key := self.reach_key(measure.id, partner)):
                alike.setdefault(key, []).append(partner)
        return [tuple(group) for group in alike.values()]

    def _parts_of(self, measure: Measure, partner: str) -> list[str | None]:
        sets = [a.change for a in self._by_measure.get(measure.id, []) if a.op == "set"]
        reached = [c.goods for c in sets if self._reaches(c, measure, partner)]
        return list(dict.fromkeys(reached))

    def _line(self, measure: Measure, partner: str, goods: str | None) -> Line:
        standing = self._said(measure, partner, goods, self.on)
        history = self.history(measure.id, partner, goods)
        since = max((day for day, _ in history if day <= self.on), default=None)
        charged = self.charged(measure.id, partner, goods)
        owed = self.owed(measure.id, partner, goods)
        return Line(measure, partner, goods or measure.goods, standing, charged, owed, since)

    def _coming(self) -> Iterator[Step]:
        for measure, partner, goods in self.parts:
            before = self._said(measure, partner, goods, self.on)
            for day in (d for d in edges(self._acts_said(measure, partner, goods)[0]) if d > self.on):
                after = self._said(measure, partner, goods, day)
                if not after.same_as(before):
                    yield Step(day, measure, partner, goods or measure.goods, before, after)
                before = after

    @cached_property
    def _by_measure(self) -> dict[str, list[Act]]:
        out: dict[str, list[Act]] = {}
        for act in known_in_order(self.record.instruments, self.known):
            out.setdefault(act.change.measure, []).append(act)
        return out

    def acts_on(
        self, measure: Measure, partner: str, goods: str | None, inside: Inside | None, book: Book = "schedule"
    ) -> tuple[list[Act], list[Act]]:
        """The acts that reach these goods, and those of which it is not known whether they do (by product only)."""
        sure: list[Act] = []
        doubtful: list[Act] = []
        for act in self._reached(measure, partner):
            change = act.change
            if change.for_ == "owed" and book != "owed":
                continue
            concerned = _concerns(change, measure, goods, inside)
            if concerned is not False:
                (sure if concerned else doubtful).append(act)
        return sure, doubtful

    def _reaches(self, change: Change, measure: Measure, partner: str) -> bool:
        return _within(partner, change.on or measure.targets) and partner not in change.not_on

    def goods_title(self, goods: str) -> str:
        """A scope in words."""
        return "all goods" if goods == "all" else self._scopes[goods].title

    def has_codes(self, scope: str) -> bool:
        """True for a scope whose members are listed by code."""
        return scope in self.record.codes and not self._scopes[scope].narrower_than_code

    def conditions(self, measure: str) -> list[Scope]:
        """The scopes of a measure that no code decides: by origin, by use, by the day of loading, on application."""
        return [s for n in self.scopes_of(measure) if n in self._scopes and (s := self._scopes[n]).narrower_than_code]

    def on_content(self, scope: str) -> bool:
        """True for a scope whose goods pay on the value of a part of them."""
        return scope in self._scopes and self._scopes[scope].on_content

    def covers(self, scope: str, product: str) -> bool | None:
        """Whether a scope holds a product: the longest listed prefix decides; None where its codes are not known.

        A product given by fewer digits than the list distinguishes is not decided by it, nor is one under a prefix the
        list marks '?': some goods of it may belong. A scope that is narrower than any code (an exclusion by description
        or on application) holds no product given by its code.
        """
        if scope == "all":
            return True
        if self._scopes[scope].narrower_than_code:
            return False
        codes = self.record.codes.get(scope)
        if codes is None:
            return None
        here = next(
            (codes[product[:n]] for n in range(len(product), 0, -1) if product[:n] in codes), codes.get("*", False)
        )
        if len(product) >= max(map(len, codes), default=0):
            return here
        finer = {inside for code, inside in codes.items() if len(code) > len(product) and code.startswith(product)}
        return here if finer <= {here} else None

    def settle(self, acts: list[Act], doubtful: list[Act], day: date) -> Standing:
        """What the acts say on the day; unknown where acts of doubtful reach would change it."""
        standing = fold_with_doubt(acts, day, self.knowledge)
        if standing.word == "exempt" or not doubtful:
            return standing
        mixed = sorted([*acts, *doubtful], key=self._by_measure[doubtful[0].change.measure].index)
        other = fold_with_doubt(mixed, day, self.knowledge)
        if other.same_as(standing):
            return standing
        lists = ", ".join(dict.fromkeys(a.change.exempt or a.change.goods or "?" for a in doubtful))
        return Standing("unknown", by=standing.by, acts=other.acts, why=f"the members of {lists} are not known by code")

    def _announced_extensions(self) -> dict[str, date]:
        """Instruments whose clocks a party has said will move, and to when.

        A claim that names no instrument means all that carry out the arrangement it is about.
        """
        moved: dict[str, date] = {}
        for claim in self.record.claims:
            if claim.extends_to is None or claim.published > self.known:
                continue
            named = {i.id for i in self.instruments if i.id in claim.about}
            carrying = {i.id for i in self.instruments if i.carries_out in claim.about}
            moved |= dict.fromkeys(named or carrying, claim.extends_to)
        return moved


def _within(partner: str, group: Iterable[str]) -> bool:
    return partner in group or "ALL" in group


def _concerns(change: Change, measure: Measure, goods: str | None, inside: Inside | None) -> bool | None:
    """Whether the change bears on these goods; None where a scope's members are not known."""
    if inside is not None:
        scopes = (change.goods or measure.goods, change.exempt or "all")
        answers = [True if s == "all" else inside(s) for s in scopes]
        return False if False in answers else None if None in answers else True
    if change.exempt is not None:
        return change.exempt in ("all", goods)
    return change.goods is None or change.goods == goods
