"""The calendar file: read back by two parsers, held against RFC 5545, and the same names when a day moves."""

from __future__ import annotations

import itertools
import warnings
from datetime import date, timedelta
from typing import Any

import pytest

from detente.questions import calendar, timeline
from detente.screens import calendar_file

icalendar = pytest.importorskip("icalendar")


def file_of(known: str, **span: date) -> bytes:
    """The file as known on a day."""
    return calendar_file(calendar("us-china", known=date.fromisoformat(known), **span))


def events(known: str) -> dict[str, Any]:
    """Its events by UID, as icalendar reads them."""
    found = icalendar.Calendar.from_ical(file_of(known))
    return {str(e["UID"]): e for e in found.walk("VEVENT")}


@pytest.mark.parametrize("known", ["2018-07-01", "2025-06-06", "2026-10-10", "2026-11-23"])
def test_rfc_5545(known: str) -> None:
    """CRLF, 75 octets a line, UTF-8, one VERSION and PRODID, and in each event what clients ask for, each UID once."""
    raw = file_of(known)
    assert raw.startswith(b"BEGIN:VCALENDAR\r\n")
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    for line in raw.split(b"\r\n"):
        line.decode()
    unfolded = raw.decode().replace("\r\n ", "")
    head = unfolded.split("BEGIN:VEVENT")[0]
    for words in ("VERSION:2.0", "PRODID:", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"):
        assert head.count(words) == 1
    blocks = unfolded.split("BEGIN:VEVENT")[1:]
    assert blocks
    uids = []
    for block in blocks:
        names = [line.split(":")[0].split(";")[0] for line in block.split("\r\n") if line]
        for once in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "TRANSP", "CATEGORIES"):
            assert names.count(once) == 1, block
        assert names.count("URL") <= 1
        assert "DTSTART;VALUE=DATE:" in block
        assert "DTEND;VALUE=DATE:" in block
        assert "TRANSP:TRANSPARENT" in block
        assert f"DTSTAMP:{known.replace('-', '')}T000000Z" in block
        uids.append(next(line for line in block.split("\r\n") if line.startswith("UID:")))
    assert len(set(uids)) == len(uids)


def test_a_second_parser_reads_the_same() -> None:
    """vobject finds the same days, titles and details as icalendar."""
    vobject = pytest.importorskip("vobject")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = vobject.readOne(file_of("2026-10-10").decode())
    first = events("2026-10-10")
    assert len(found.vevent_list) == len(first)
    for e in found.vevent_list:
        other = first[e.uid.value]
        assert e.dtstart.value == other["DTSTART"].dt
        assert e.dtend.value == other["DTEND"].dt
        assert e.summary.value == str(other["SUMMARY"])
        assert e.description.value == str(other["DESCRIPTION"])


def test_the_lapse_of_august_2025() -> None:
    """As known on 6 June 2025 the reciprocal suspension lapses on 12 August, one whole day, and 34% shows again."""
    found = events("2025-06-06")["us-china.clock.us-eo-14298.us-reciprocal.CHN.all@detente"]
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (date(2025, 8, 12), date(2025, 8, 13))
    assert "34%" in str(found["DESCRIPTION"])
    assert str(found["STATUS"]) == "CONFIRMED"


def test_sources_are_named_and_linked() -> None:
    """An entry names its documents; where an address was kept it is the URL and stands in the description."""
    found = events("2025-06-06")
    talk = found["us-china.talk.round-2025-06-09-london@detente"]
    assert str(talk["URL"]).startswith("http")
    assert str(talk["URL"]) in str(talk["DESCRIPTION"])
    assert all("Source: " in str(e["DESCRIPTION"]) for e in found.values())


def test_a_clock_that_moved_is_the_same_entry() -> None:
    """The lapse goes to 10 November 2025, then 2026, then comes to nothing: one UID, and a rising sequence."""
    uid = "us-china.clock.us-eo-14298.us-reciprocal.CHN.all@detente"
    seen = [events(k)[uid] for k in ("2025-06-06", "2025-08-11", "2025-11-05", "2026-10-10")]
    days = [e["DTSTART"].dt for e in seen]
    assert days == [date(2025, 8, 12), date(2025, 11, 10), date(2026, 11, 10), date(2026, 11, 10)]
    sequence = [int(e["SEQUENCE"]) for e in seen]
    assert sequence == sorted(set(sequence))
    modified = [e["LAST-MODIFIED"].dt for e in seen]
    assert modified == sorted(modified)
    assert str(seen[-1]["STATUS"]) == "CANCELLED"


def test_later_replays_keep_names() -> None:
    """Every later file has the same name for what it still tells, with a sequence that never falls."""
    known = ["2025-05-20", "2025-06-06", "2025-06-20"]
    files = [
        {e.uid: e for e in calendar("us-china", date(2025, 5, 1), None, date.fromisoformat(k)).entries} for k in known
    ]
    for earlier, later in itertools.pairwise(files):
        assert set(earlier) <= set(later)
        assert all(earlier[u].sequence <= later[u].sequence for u in earlier)
        assert all(earlier[u].modified <= later[u].modified for u in earlier)
        assert all(e.modified <= date.fromisoformat(known[-1]) for e in later.values())


def test_same_question_same_bytes() -> None:
    """Nothing of the moment of writing is in the file."""
    assert file_of("2025-06-06") == file_of("2025-06-06")


def test_only_what_lies_ahead_unless_asked() -> None:
    """By default from the day known on; --since and --until cut as asked."""
    ahead = calendar("us-china", known=date(2025, 6, 6))
    assert ahead.entries
    assert min(e.day for e in ahead.entries) >= date(2025, 6, 6)
    june = calendar("us-china", date(2025, 5, 1), date(2025, 7, 1), date(2025, 6, 6))
    assert {e.day.month for e in june.entries} <= {5, 6}
    kinds = {e.kind for e in calendar("us-china", date(2025, 4, 1), None, date(2025, 6, 6)).entries}
    assert kinds == {"clock", "step", "due", "talk", "deadline"}


def test_ends_are_exclusive_and_due_days_are_last_days() -> None:
    """A commitment due before 1 January 2027 stands on 31 December; every entry lasts at least its day."""
    found = {e.uid: e for e in calendar("us-china", known=date(2026, 10, 10)).entries}
    assert found["us-china.due.busan-cn-soybeans-2026@detente"].day == date(2026, 12, 31)
    assert all(e.until >= e.day + timedelta(days=1) for e in found.values())


def test_talks_without_a_day_are_listed_not_dated() -> None:
    """A meeting announced without a day is in neither the events nor the calendar, but named."""
    known = date(2025, 6, 6)
    undated = {t.talk for t in timeline("us-china", known=known).undated}
    assert undated == {t.talk for t in calendar("us-china", known=known).undated}
    assert not undated & {e.id for e in timeline("us-china", known=known).events}
    later = date(2025, 12, 1)
    listed = timeline("us-china", known=later).undated
    assert listed, "Beijing and Washington were agreed on 24 November 2025 without a day"
    assert b"No day fixed" in calendar_file(calendar("us-china", known=later)).replace(b"\r\n ", b"")
