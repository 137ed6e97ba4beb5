"""Facts in the record on a day as known on a day: hearings and terms, the state of controls, what became of claims."""

from __future__ import annotations

from datetime import date

import pytest

from detente import record as r
from detente.questions import Status, status, timeline


def view(dispute: str, on: str, known: str | None = None) -> r.View:
    """A record as of two days; known the same day unless said."""
    return r.dispute(dispute).as_of(date.fromisoformat(on), date.fromisoformat(known or on))


@pytest.mark.parametrize("dispute", ["us-china", "us-world"])
@pytest.mark.parametrize(
    ("deadline", "known", "day"),
    [
        ("ieepa-filing-2025", "2025-04-13", None),
        ("ieepa-filing-2025", "2025-04-14", "2025-04-14"),
        ("ieepa-injunction-orders", "2025-05-28", "2025-06-07"),
        ("ieepa-injunction-orders", "2025-05-29", None),
        ("ieepa-district-stay", "2025-06-02", "2025-06-12"),
        ("ieepa-district-stay", "2025-06-03", None),
        ("ieepa-appeal-argument", "2025-06-10", "2025-07-31"),
        ("ieepa-mandate-held", "2025-08-29", "2025-10-14"),
        ("ieepa-supreme-court-argument", "2025-09-08", None),
        ("ieepa-supreme-court-argument", "2025-09-09", "2025-11-05"),
        ("surcharge-relief", "2026-05-11", "2026-05-12"),
        ("surcharge-relief", "2026-05-12", None),
        ("refund-appeal-response", "2026-10-01", "2026-10-05"),
        ("forced-labour-hearing", "2026-06-05", "2026-07-07"),
        ("excess-capacity-hearing", "2026-03-11", "2026-05-05"),
        ("surcharge-in-transit", "2026-02-20", "2026-02-27"),
    ],
)
def test_litigation_days(dispute: str, deadline: str, known: str, day: str | None) -> None:
    """Each day of the cases is known from its own day on, and gone once a court moved it."""
    found = {d.id: str(d.day) for d in view(dispute, known).deadlines}
    assert found.get(deadline) == day


@pytest.mark.parametrize(
    ("dispute", "deadline", "known", "day"),
    [
        ("us-china", "list-3-in-transit", "2019-05-20", "2019-05-31"),
        ("us-china", "list-3-in-transit", "2019-06-10", None),
        ("us-china", "list-3-in-transit-june", "2019-06-10", "2019-06-14"),
        ("us-china", "cn-farm-in-transit", "2025-03-04", "2025-04-12"),
        ("us-china", "phase-one-comments", "2025-10-24", "2025-12-01"),
        ("us-china", "phase-one-hearing", "2025-10-24", "2025-12-16"),
        ("us-china", "legacy-chips-rate", "2025-12-29", "2027-05-24"),
        ("us-world", "reciprocal-august-in-transit", "2025-07-31", "2025-10-04"),
        ("us-world", "india-in-transit", "2025-08-06", "2025-09-16"),
        ("us-world", "uk-metals-rate-review", "2025-06-03", "2025-07-09"),
        ("us-world", "switzerland-ceiling-lapse", "2025-12-18", "2026-03-31"),
        ("us-world", "car-parts-credit-end", "2025-10-17", "2030-04-30"),
    ],
)
def test_terms(dispute: str, deadline: str, known: str, day: str | None) -> None:
    """Terms for goods on the way, comments, hearings and reviews."""
    found = {d.id: str(d.day) for d in view(dispute, known).deadlines}
    assert found.get(deadline) == day


@pytest.mark.parametrize(
    ("measure", "goods", "on", "says"),
    [
        ("us-h20-licence", None, "2025-07-14", "licence required"),
        ("us-h20-licence", None, "2025-08-10", "licence required, licences granted"),
        ("us-h20-licence", None, "2025-08-12", "licence required, licences granted against 15% of the sale"),
        ("us-supplier-letters", "ethane", "2025-06-06", "licence required"),
        ("us-supplier-letters", "eda-software", "2025-07-02", "revoked"),
        ("cn-rare-earths-2025-04", None, "2025-06-06", "licence required"),
        ("cn-rare-earths-2025-04", None, "2026-03-01", "licence required"),
        ("cn-controls-2025-10", "cn-items-no-57", "2025-11-08", "suspended"),
        ("cn-dual-use-us", "cn-no-46-clause-2", "2025-11-08", "exports to the United States banned"),
        ("cn-dual-use-us", "cn-no-46-clause-2", "2025-11-09", "suspended"),
        ("us-affiliates-rule", None, "2025-11-09", "licence required"),
        ("us-affiliates-rule", None, "2025-11-12", "suspended"),
        ("cn-port-fee", None, "2025-10-14", "RMB 400 per net ton"),
        ("cn-port-fee", None, "2025-11-10", "suspended"),
    ],
)
def test_states(measure: str, goods: str | None, on: str, says: str) -> None:
    """What a control, listing or fee said on a day as then known."""
    there = view("us-china", on)
    m = there.measure(measure)
    partner = "CHN" if m.imposer == "USA" else "USA"
    standing = there.standing(measure, partner, goods)
    assert (standing.state if standing.in_force else standing.word) == says


@pytest.mark.parametrize(
    ("claim", "open_on", "settled_on"),
    [
        ("cn-breach-2018-05-29", "2018-06-19", "2018-06-20"),
        ("us-breach-2019-05-06", "2019-05-09", "2019-05-10"),
        ("us-breach-2019-08-01", "2019-08-19", "2019-08-20"),
        ("cn-denial-2025-06-02", "2025-06-09", "2025-06-10"),
        ("us-expectation-2025-07-22", "2025-08-10", "2025-08-11"),
        ("us-offer-2025-10-15", "2025-10-29", "2025-10-30"),
        ("us-threat-2026-02-21", "2026-07-22", "2026-07-23"),
    ],
)
def test_what_became_of_claims(claim: str, open_on: str, settled_on: str) -> None:
    """A claim is open until the day something ended it."""
    listed = [[c.claim for c in _status(day).claims] for day in (open_on, settled_on)]
    assert claim in listed[0]
    assert claim not in listed[1]


def _status(day: str) -> Status:
    return status("us-china", date.fromisoformat(day), date.fromisoformat(day))


@pytest.mark.parametrize(
    ("act", "published"),
    [
        ("us-china:us-ustr-2017-08-18", "2017-08-18"),
        ("us-china:cn-samr-2025-02-04", "2025-02-04"),
        ("us-world:us-procl-2018-08-29", "2018-08-29"),
        ("us-world:us-fr-2025-18015", "2025-09-17"),
        ("us-world:us-action-2026-06-29", "2026-06-29"),
        ("us-world:us-hts-2026-rev-21", "2026-10-07"),
    ],
)
def test_acts(act: str, published: str) -> None:
    """Acts without a change to a measure stand in the record from the day they became public."""
    dispute, name = act.split(":")
    there = {i.id for i in view(dispute, published).instruments}
    assert name in there


def test_delegations_bear_their_offices() -> None:
    """Who sat in Geneva, with the office of that day and how far it was checked."""
    last = status("us-china", date(2025, 5, 20), date(2025, 5, 20)).talks.last
    assert last is not None
    offices = {x.name: (x.office, x.verified) for x in last.offices}
    assert offices["Scott Bessent"] == ("Secretary of the Treasury", "partly")
    assert offices["Li Chenggang"] == ("International trade representative", "verified")


def test_timeline_names_offices() -> None:
    """The timeline gives the same people with the office of the day of the talk."""
    events = timeline("us-china", date(2018, 8, 1), date(2018, 8, 31), date(2018, 9, 1)).events
    talk = next(e for e in events if e.kind == "talk")
    assert {x.name: x.office for x in talk.persons} == {
        "David Malpass": "Under Secretary of the Treasury for International Affairs",
        "Wang Shouwen": "Vice-Minister of Commerce",
    }
