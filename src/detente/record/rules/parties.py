"""Arrangements, talks and claims: between whom, about what, and in answer to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from detente.record.entries import Official
from detente.record.officials import folded_name, officials
from detente.record.rules.books import Books, Breach, Where, rule


@rule("R39", "parties of dispute.yaml, or ALL among them")
def _parties_of_the_dispute(books: Books) -> Iterator[Breach]:
    """Who acts, talks, agrees or is spoken of is a party of the dispute."""  # of an included record: of that one
    header = books.loaded.header
    parties = header.parties if header is not None else []
    if not parties or "ALL" in parties:
        return
    for section, entry, where, named in _named_parties(books):
        strangers = [p for p in named if p not in parties and p != "ALL"]
        if strangers and books.loaded.is_own(section, entry):
            detail = f"{', '.join(strangers)} is not among {', '.join(parties)}."
            yield Breach(section, entry, where, detail)


def _named_parties(books: Books) -> Iterator[tuple[str, str, Where, list[str]]]:
    for instrument in books.instruments:
        yield "instruments", instrument.id, ("by",), [instrument.by]
    for arrangement in books.arrangements:
        yield "arrangements", arrangement.id, ("parties",), arrangement.parties
    for talk in books.talks:
        yield "talks", talk.id, ("parties",), talk.parties
    for claim in books.claims:
        yield "claims", claim.id, ("by",), [claim.by]
        yield "claims", claim.id, ("against",), [claim.against] if claim.against else []


@rule("R40", "the parties of the talk or arrangement, or add the party there")
def _parties_of_their_own(books: Books) -> Iterator[Breach]:
    """Who sits at a talk, owes a commitment or carries out an arrangement is a party to it."""
    for talk in books.talks:
        for index, report in enumerate(talk.reports):
            yield from _strangers("talks", talk.id, ("reports", index, "persons"), report.persons, talk.parties)
    for arrangement in books.arrangements:
        for index, commitment in enumerate(arrangement.commitments):
            for key in ("by", "to"):
                where = ("commitments", index, key)
                named = [getattr(commitment, key)]
                yield from _strangers("arrangements", arrangement.id, where, named, arrangement.parties)
    for instrument in books.instruments:
        carried = books.by_id["arrangements"].get(instrument.carries_out or "")
        if carried is not None:
            yield from _strangers("instruments", instrument.id, ("carries_out",), [instrument.by], carried.parties)


def _strangers(section: str, name: str, where: Where, named: Iterable[str], parties: list[str]) -> Iterator[Breach]:
    strangers = [p for p in named if p not in parties and "ALL" not in parties]
    if strangers:
        detail = f"{', '.join(strangers)} is not among {', '.join(parties)}."
        yield Breach(section, name, where, detail)


@rule("R41", "two sides that differ")
def _two_sides(books: Books) -> Iterator[Breach]:
    """Nobody makes a claim against itself, owes itself, or has a measure on itself."""
    for claim in books.claims:
        if claim.by == claim.against:
            yield Breach("claims", claim.id, ("against",), f"It is by {claim.by} and against {claim.against}.")
    for arrangement in books.arrangements:
        for index, commitment in enumerate(arrangement.commitments):
            if commitment.by == commitment.to:
                where: Where = ("commitments", index, "to")
                yield Breach("arrangements", arrangement.id, where, f"It is by {commitment.by} and to {commitment.to}.")
    for measure in books.measures:
        if measure.imposer in measure.targets:
            yield Breach("measures", measure.id, ("targets",), f"{measure.imposer} imposes it and is a target.")


@rule("R42", "a claim of the other side in answers; settles for one's own")
def _answers_the_other_side(books: Books) -> Iterator[Breach]:
    """A claim answers the other side, not its own."""
    for claim in books.claims:
        for index, name in enumerate(claim.answers):
            answered = books.by_id["claims"].get(name)
            if answered is not None and answered.by == claim.by:
                yield Breach("claims", claim.id, ("answers", index), f"'{name}' is by {answered.by} as well.")


@rule("R43", "about: what is said to be broken or denied; or answers: the claim it replies to")
def _breaches_are_of_something(books: Books) -> Iterator[Breach]:
    """A charge of breach or a denial is about something of the record, or answers a claim."""
    for claim in books.claims:
        if claim.kind in ("breach", "denial") and not claim.about and not claim.answers:
            yield Breach("claims", claim.id, ("kind",), f"This {claim.kind} names neither.")


@rule("R44", "a due after from, and an amount above nothing")
def _commitments_can_be_kept(books: Books) -> Iterator[Breach]:
    """A commitment falls due after it begins, and owes more than nothing."""
    for arrangement in books.arrangements:
        for index, commitment in enumerate(arrangement.commitments):
            if commitment.due is not None and commitment.due <= commitment.from_:
                detail = f"From {commitment.from_}, due {commitment.due} (exclusive)."
                yield Breach("arrangements", arrangement.id, ("commitments", index, "due"), detail)
            if commitment.quantity is not None and commitment.quantity.amount <= 0:
                detail = f"The amount is {commitment.quantity.amount}."
                where = ("commitments", index, "quantity")
                yield Breach("arrangements", arrangement.id, where, detail)


@rule("R45", "measures that an instrument with this carries_out suspends", whole=True)
def _clocks_run(books: Books) -> Iterator[Breach]:
    """The clock of an arrangement names measures that an instrument which carries it out suspends."""
    suspended = {
        (instrument.carries_out, change.measure)
        for instrument, _, change in books.changes()
        if change.suspend is not None and instrument.carries_out
    }
    for arrangement in books.arrangements:
        for index, name in enumerate(arrangement.clock):
            if name in books.by_id["measures"] and (arrangement.id, name) not in suspended:
                detail = f"No instrument that carries out {arrangement.id} suspends {name}."
                yield Breach("arrangements", arrangement.id, ("clock", index), detail)


@rule("R46", "an arrangement of an earlier day between the same parties")
def _renews_an_earlier_one(books: Books) -> Iterator[Breach]:
    """An arrangement renews or carries out one of an earlier or the same day, between the same parties."""
    for arrangement in books.arrangements:
        for key in ("renews", "implements"):
            earlier = books.by_id["arrangements"].get(getattr(arrangement, key) or "")
            if earlier is None:
                continue
            if earlier.published > arrangement.published or set(earlier.parties) != set(arrangement.parties):
                detail = f"'{earlier.id}' is of {earlier.published} between {', '.join(earlier.parties)}."
                yield Breach("arrangements", arrangement.id, (key,), detail)


@rule("R60", "the side the person acts for, and a person in office that day; correct the register where it is wrong")
def _delegates_hold_office(books: Books) -> Iterator[Breach]:
    """Who sits at a talk acts for that side, and held an office on the day as far as that was verified."""
    if not any(report.persons for talk in books.talks for report in talk.reports):
        return
    people = _by_name(officials())
    for talk in books.talks:
        begin = None
        for index, report in enumerate(talk.reports):
            begin = report.from_ or begin
            for side, names in report.persons.items():
                where: Where = ("reports", index, "persons", side)
                for name in names:
                    found = people.get(folded_name(name), [])
                    if len(found) == 1 and (detail := _out_of_place(found[0], side, begin or report.published)):
                        yield Breach("talks", talk.id, where, f"{name} {detail}.")


def _by_name(people: Iterable[Official]) -> dict[str, list[Official]]:
    out: dict[str, list[Official]] = {}
    for person in people:
        for name in {folded_name(n) for n in (person.name, *person.aliases)}:
            out.setdefault(name, []).append(person)
    return out


def _out_of_place(person: Official, side: str, day: date) -> str | None:
    """Why somebody cannot sit there; None for who can, and where the days of an office are not verified."""
    if person.party not in (None, side):
        return f"acts for {person.party}, not for {side}"
    if any(office.verified != "verified" for office in person.offices):
        return None
    held = any(office.from_ <= day and (office.until is None or day < office.until) for office in person.offices)
    return None if held else f"held no office on {day}"


@rule("R17", "a name or alias that tells the person from all others")
def _names_tell_apart(books: Books) -> Iterator[Breach]:
    """A name or alias belongs to one official."""
    owner: dict[str, str] = {}
    for entry in books.loaded.entries["officials"]:
        for name in {folded_name(n) for n in (entry.name, *entry.aliases)}:
            if owner.setdefault(name, entry.id) != entry.id:
                yield Breach("officials", entry.id, ("aliases",), f"'{name}' already belongs to '{owner[name]}'.")
