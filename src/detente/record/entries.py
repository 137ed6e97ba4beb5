"""What a record is made of: the entries of a dispute folder, as pydantic models.

One definition serves the YAML a person edits, the published JSON Schema, and the compiled index. Every entry
carries the day it became known and its sources; an end learnt later is never a field of the thing that ended but a
change in an instrument of its own day. Every model refuses unknown keys.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from detente.record.changes import FOLDED as FOLDED
from detente.record.changes import PERCENT, Code, Day, Id, Quote, Text, Verification
from detente.record.changes import STACKING as STACKING
from detente.record.changes import Change as Change
from detente.record.changes import Entry as Entry


class Sourced(Entry):
    """An entry that says what it rests on and how far that was checked."""

    sources: Annotated[list[Id], Field(min_length=1)]
    verified: Verification
    checked: Day | None = None
    note: Text | None = None


class Source(Entry):
    """A document: who published it, when, and where it can be read. `link: null` means no address was kept."""

    id: Id
    document: Text
    publisher: Text
    date: Day | None = None
    link: Text | None = None
    verified: Verification
    note: Text | None = None


class Share(Entry):
    """How much of a partner's trade belonged to a scope that no code decides: a fraction, from a day on."""

    partner: Code
    share: Annotated[Decimal, Field(ge=0, le=1)]
    from_: Day = Field(alias="from")

    @model_validator(mode="before")
    @classmethod
    def _from_yaml(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("share"), str) and (m := PERCENT.match(data["share"])):
            return {**data, "share": Decimal(m[1]) / 100}
        return data


class Scope(Entry):
    """A named set of goods. `codes` is a file of code prefixes, or `us-china:annex-ii` for a list of a shipped
    dispute; without it the members are not known by code.

    `known` is the day the list became public and `act` the instrument it belongs to. `narrower_than_code` marks goods
    set apart by description, by origin, by the day they were loaded or on application: a product given by its code is
    taken to lie outside, and `shares` say how much of the trade with a partner lay inside; `within` names the list such
    goods must be on as well. `on_content` marks goods that pay a duty on the value of a part of them (their metal), the
    rest paying what excludes it.
    """

    id: Id
    title: Text
    act: Id | None = None
    known: Day
    vintage: Text | None = None
    codes: Text | None = None
    narrower_than_code: bool = False
    within: Id | None = None
    on_content: bool = False
    shares: list[Share] = Field(default_factory=list)
    sources: Annotated[list[Id], Field(min_length=1)]
    note: Text | None = None


class Measure(Sourced):
    """One programme of policy with a legal basis. What it says on a day is the fold of the changes to it.

    `covered_through` is set where the sources on this measure end earlier than those of the record.
    `not_on_goods_subject_to` are the measures it gave way to from its first day; a later act moves that by a change.
    """

    id: Id
    title: Text
    kind: Literal["tariff", "export-control", "import-ban", "quota", "fee", "listing", "subsidy"]
    imposer: Code
    targets: Annotated[list[Code], Field(min_length=1)]
    authority: Text
    goods: Id = "all"
    not_on_goods_subject_to: list[Id] = Field(default_factory=list)
    covered_through: Day | None = None


class Instrument(Sourced):
    """A published act. It changes measures from the days it says, and nothing before it is published.

    `published` is the day its text became public; `announced` an earlier day on which it was spoken of. `number` is
    the series number that orders acts of one day. `concerns` are the economies an act without changes is about (none:
    all that the record is about).
    """

    id: Id
    by: Code
    form: Literal[
        "order",
        "proclamation",
        "notice",
        "announcement",
        "memorandum",
        "judgment",
        "statement",
        "letter",
        "rule",
        "regulation",
    ]
    title: Text
    number: int | None = None
    cites: Text | None = None
    announced: Day | None = None
    published: Day
    carries_out: Id | None = None
    settles: list[Id] = Field(default_factory=list)
    concerns: list[Code] = Field(default_factory=list)
    changes: list[Change] = Field(default_factory=list)


class Quantity(Entry):
    """An amount owed, with its unit."""

    amount: Decimal
    unit: Text


Basis = Literal["exports", "imports", "purchases", "trade", "statement"]


class Part(Entry):
    """A part of what is owed: a group of goods in a year, say. `until` is exclusive.

    Where the commitment has `bases`, `amount` is owed on top of the base of its group.
    """

    group: Id
    from_: Day = Field(alias="from")
    until: Day
    amount: Decimal
    unit: Text


class Base(Entry):
    """The level that the parts of a group come on top of, a year, on one side of the trade statistics.

    `basis` is `exports` (the seller's customs) or `imports` (the buyer's); `known` the day the figure was public.
    """

    group: Id
    basis: Literal["exports", "imports"]
    year: Annotated[int, Field(ge=1900, le=2200)]
    amount: Decimal
    unit: Text
    known: Day
    sources: Annotated[list[Id], Field(min_length=1)]
    verified: Verification
    note: Text | None = None


class Group(Entry):
    """A group that is the sum of others: goods are manufactures, farm goods and energy."""

    name: Id
    sum: Annotated[list[Id], Field(min_length=2)]


class Commitment(Entry):
    """Who owes what by when. `due` is exclusive: the first day after the last day for delivery.

    What is owed may be one `quantity`, or `parts` by group and year, on top of `bases` where there are any; the sums
    follow from them and are never typed. `measures` names the measures by which it is carried out, where acts do it;
    `accepts` the sides of the statistics by which the text lets delivery be judged (none: it does not say); `codes`
    the HS prefixes of the goods.
    """

    id: Id
    by: Code
    to: Code
    text: Text
    from_: Day = Field(alias="from")
    due: Day | None = None
    quantity: Quantity | None = None
    parts: list[Part] = Field(default_factory=list)
    bases: list[Base] = Field(default_factory=list)
    groups: list[Group] = Field(default_factory=list)
    accepts: list[Basis] = Field(default_factory=list)
    codes: list[Annotated[str, StringConstraints(pattern=r"^\d{2,10}$")]] = Field(default_factory=list)
    measures: list[Id] = Field(default_factory=list)
    verified: Verification
    note: Text | None = None


class Arrangement(Sourced):
    """A truce, framework or agreement.

    Its clock is not typed: `clock` names the measures whose suspension, by instruments that carry the arrangement
    out, is the truce; from, until and renewals follow from those instruments as known. Where no measure is
    suspended, `from` says when it took effect.
    """

    id: Id
    kind: Literal["truce", "framework", "agreement"]
    title: Text
    parties: Annotated[list[Code], Field(min_length=2)]
    published: Day
    from_: Day | None = Field(default=None, alias="from")
    renews: Id | None = None
    implements: Id | None = None
    place: Text | None = None
    clock: list[Id] = Field(default_factory=list)
    terms: Text
    settles: list[Id] = Field(default_factory=list)
    commitments: list[Commitment] = Field(default_factory=list)


class TalkReport(Sourced):
    """What became known of a contact on one day; later reports of the same contact add to earlier ones.

    `until` is exclusive. `place: open` says in so many words that no place was fixed. `persons` lists who takes part
    for each side.
    """

    published: Day
    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    place: Text | None = None
    persons: dict[Code, list[Text]] = Field(default_factory=dict)
    length: Text | None = None
    outcome: Text | None = None
    settles: list[Id] = Field(default_factory=list)


class Talk(Entry):
    """A call, meeting or round between the sides."""

    id: Id
    kind: Literal["call", "meeting", "round"]
    title: Text
    parties: Annotated[list[Code], Field(min_length=2)]
    reports: Annotated[list[TalkReport], Field(min_length=1)]


class Claim(Sourced):
    """A statement by a party. It changes nothing that stands.

    `about` names arrangements, commitments, measures, instruments or claims. An `announcement` of an extension says
    until when in `extends_to`, and in `about` which instruments' clocks it would move. `answers` names the claims it
    replies to, `settles` those it ends.
    """

    id: Id
    kind: Literal["breach", "denial", "threat", "offer", "expectation", "announcement"]
    by: Code
    against: Code | None = None
    speaker: Text | None = None
    published: Day
    about: list[Id] = Field(default_factory=list)
    text: Text
    quote: Quote | None = None
    from_: Day | None = Field(default=None, alias="from")
    extends_to: Day | None = None
    answers: list[Id] = Field(default_factory=list)
    settles: list[Id] = Field(default_factory=list)


class Progress(Sourced):
    """What became known of the delivery of a commitment on one day.

    It covers `[from, until)`. `amount` (to `up_to`, where the source gives a range) or `share` of what was owed;
    `bound` says how firm the number is. `basis` is whose count: the customs of the seller (`exports`) or the buyer
    (`imports`), contracts as a ministry counts them (`purchases`), the trade's own count (`trade`), or a `statement`.
    `with_base` marks a count of all that was bought, not only of what came on top of the base; `compared_with` is
    the amount the source itself holds it against. `group` narrows it to a group of the commitment and `of` to trade
    with one partner (ALL: the world). `says` is the source's word where there is no number. `measured` says what was
    counted where that is not what is owed.
    """

    id: Id
    commitment: Id
    group: Id | None = None
    published: Day
    from_: Day = Field(alias="from")
    until: Day
    amount: Decimal | None = None
    up_to: Decimal | None = None
    unit: Text | None = None
    share: Annotated[Decimal, Field(ge=0)] | None = None
    bound: Literal["exact", "about", "at-least"] = "exact"
    compared_with: Decimal | None = None
    with_base: bool = False
    basis: Basis
    of: Code | None = None
    measured: Text | None = None
    says: Literal["delivered", "under way", "not delivered"] | None = None

    @model_validator(mode="before")
    @classmethod
    def _share_in_percent(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("share"), str) and (m := PERCENT.match(data["share"])):
            return {**data, "share": Decimal(m[1]) / 100}
        return data

    @model_validator(mode="after")
    def _says_something(self) -> Progress:
        if self.amount is None and self.share is None and self.says is None:
            raise ValueError("a report of progress gives an amount, a share, or says what became of it")
        if (self.amount is None) != (self.unit is None):
            raise ValueError("an amount and its unit go together; write both, or neither")
        if self.until <= self.from_:
            raise ValueError(f"until {self.until} is not after from {self.from_}; write the first day no longer in it")
        return self


class Reading(Entry):
    """What one source says, where sources differ."""

    source: Id
    says: Text


class Discrepancy(Entry):
    """Where sources differ: what each says, and which the record follows and why."""

    id: Id
    about: Annotated[list[Id], Field(min_length=1)]
    text: Text
    readings: Annotated[list[Reading], Field(min_length=1)]
    follows: Text


class Deadline(Sourced):
    """A day on which something is to happen that no clock of a measure tells: a hearing, a filing, a refund, a review.

    `day` is the day itself, for a term the last day on which it can be kept; `until`, exclusive, ends what lasts
    longer than a day. `by` must act, `instrument` set the day, `about` names what hangs on it. A day that is moved or
    dropped stays as it was: a later entry says so with `replaces`, its own `day` the new one (none: dropped).
    """

    id: Id
    kind: Literal[
        "hearing", "filing", "comment", "decision", "refund", "report", "review", "delivery", "compliance", "lapse"
    ]
    title: Text
    published: Day
    day: Day | None = None
    until: Day | None = None
    by: Code | None = None
    instrument: Id | None = None
    about: list[Id] = Field(default_factory=list)
    replaces: list[Id] = Field(default_factory=list)

    @model_validator(mode="after")
    def _a_day_or_dropped(self) -> Deadline:
        if self.day is None and not self.replaces:
            raise ValueError("a deadline has a day, unless it says in replaces which one was dropped")
        if self.until is not None and (self.day is None or self.until <= self.day):
            raise ValueError(f"until {self.until} is not after day {self.day}; write the first day no longer in it")
        return self


class Office(Entry):
    """An office held over `[from, until)`. `seen` is the last day it was seen to be held where the end is not known;
    past that day nobody is said to hold it."""

    office: Text
    institution: Text
    from_: Day = Field(alias="from")
    until: Day | None = None
    seen: Day | None = None
    verified: Verification
    note: Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Office:
        if self.until is not None and self.until <= self.from_:
            raise ValueError(f"until {self.until} is not after from {self.from_}; write the first day no longer in it")
        return self


class Official(Entry):
    """A person who speaks or acts for an economy, with the offices held, the leading one of a day first.

    `aliases` are other ways the name is written: the surname where it alone tells, other orders, other scripts.
    `party` is the economy; none for an international body.
    """

    id: Id
    name: Text
    aliases: list[Text] = Field(default_factory=list)
    party: Code | None = None
    offices: Annotated[list[Office], Field(min_length=1)]
    sources: Annotated[list[Id], Field(min_length=1)]
    note: Text | None = None


class Header(Entry):
    """`dispute.yaml`: what the dispute is, and through which day the record is complete.

    `includes` names records this one stands on: shipped ones, or folders beside it. What they hold is read with it.
    """

    id: Id
    title: Text
    parties: list[Code]
    covered_through: Day
    about: Text
    includes: list[Text] = Field(default_factory=list)

    @model_validator(mode="after")
    def _two_or_none(self) -> Header:
        if len(self.parties) == 1:
            raise ValueError("a dispute has two parties or more; a folder of officials alone has none")
        return self


class Record(BaseModel):
    """A dispute as read: its entries in the order of the files, and the code lists of its scopes.

    `codes[scope]` maps a code prefix (`*`: all others) to whether goods under it belong, None where only some may; a
    scope without an entry there has no known members. `digest` is the SHA-256 of everything the folder holds.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    header: Header
    measures: list[Measure] = Field(default_factory=list)
    instruments: list[Instrument] = Field(default_factory=list)
    arrangements: list[Arrangement] = Field(default_factory=list)
    talks: list[Talk] = Field(default_factory=list)
    claims: list[Claim] = Field(default_factory=list)
    progress: list[Progress] = Field(default_factory=list)
    sources: list[Source] = Field(default_factory=list)
    scopes: list[Scope] = Field(default_factory=list)
    discrepancies: list[Discrepancy] = Field(default_factory=list)
    deadlines: list[Deadline] = Field(default_factory=list)
    officials: list[Official] = Field(default_factory=list)
    codes: dict[str, dict[str, bool | None]] = Field(default_factory=dict)
    digest: str
