"""A calendar as an iCalendar file (RFC 5545) that Outlook, Google and Apple read.

Nothing in it is of the moment of writing: the time stamp of every entry is the day the answer is known on, so the
same question writes the same bytes. Days are dates without a clock or zone; their end is exclusive.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.questions.answers import Calendar, CalendarEntry


_CATEGORIES = {
    "clock": "Lapse",
    "step": "Tariff step",
    "due": "Commitment due",
    "talk": "Talks",
    "deadline": "Deadline",
}


def calendar_file(answer: Calendar) -> bytes:
    """The file, CRLF between lines folded at 75 octets, UTF-8."""
    import icalendar  # needed only to write a file

    out = icalendar.Calendar()
    out.add("prodid", f"-//Detente//detente {answer.provenance.code_version}//EN")
    out.add("version", "2.0")
    out.add("calscale", "GREGORIAN")
    out.add("method", "PUBLISH")
    out.add("x-wr-calname", icalendar.vText(answer.title))
    out.add("x-wr-caldesc", icalendar.vText(_about(answer)))
    for entry in answer.entries:
        out.add_component(_event(icalendar.Event(), entry, answer.known))
    return bytes(out.to_ical())


def _about(answer: Calendar) -> str:
    lines = [
        f"As known on {answer.known}; the record is complete through {answer.covered_through}.",
        *(f"No day fixed: {t.title}" for t in answer.undated),
        f"Again with: {answer.provenance.command}",
    ]
    return "\n".join(lines)


def _event(event, entry: CalendarEntry, known: date):  # type: ignore[no-untyped-def]
    event.add("uid", entry.uid)
    event.add("dtstamp", _midnight(known))
    event.add("last-modified", _midnight(entry.modified))
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.until)
    event.add("summary", entry.title)
    event.add("description", "\n".join([*entry.detail, *entry.links]))
    event.add("categories", [_CATEGORIES[entry.kind]])
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if entry.links:
        event.add("url", entry.links[0])
    return event


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
