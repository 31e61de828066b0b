"""Dates as a file that calendar programs import (iCalendar, RFC 5545)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from portfolio.exchange.calendars.dates import DatedEntry, remind_on

if TYPE_CHECKING:
    from collections.abc import Iterable

    from icalendar import Event

_DAY = timedelta(days=1)
_EPOCH = date(1970, 1, 1)


def write_ics(
    entries: Iterable[DatedEntry], organisation: str, as_of: date, description: str
) -> bytes:
    """Write days as all-day events with reminders: the same entries give the same bytes.

    An event's identity is made of the organisation, the entity's id and the aspect, so that a
    second import replaces and adds nothing twice. Stamp and sequence come from the as-of day,
    so that a later file wins over an earlier one.

    Source: RFC 5545; the calendar's name by RFC 7986 and its common X- form.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//pmo//portfolio dates//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", _line(organisation))
    calendar.add("x-wr-caldesc", _line(description))
    for entry in entries:
        calendar.add_component(_event(entry, organisation, as_of))
    written: bytes = calendar.to_ical()
    return written


def identity(entry: DatedEntry, organisation: str) -> str:
    """Return the identity of an entry: the same in every export of the same portfolio.

    Ids are short words that other organisations use as well; the name keeps them apart.
    """
    name = f"pmo:{organisation}/{entry.entity.kind}/{entry.entity.id}/{entry.aspect}"
    return f"{uuid5(NAMESPACE_URL, name)}@pmo"


def _event(entry: DatedEntry, organisation: str, as_of: date) -> Event:
    from icalendar import Alarm, Event

    title = _line(entry.title)
    event = Event()
    event.add("uid", identity(entry, organisation))
    event.add("dtstamp", datetime.combine(as_of, time.min, UTC))
    event.add("sequence", max(0, (as_of - _EPOCH).days))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + _DAY)  # all-day: the end is the day after, by RFC 5545
    event.add("summary", title)
    event.add("description", "\n".join((*map(_line, entry.facts), f"Id: {entry.entity.id}")))
    event.add("categories", [entry.entity.kind.capitalize()])
    event.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # nobody is busy because a notice period ends
    for before in remind_on(entry, as_of):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", before)
        event.add_component(alarm)
    return event


def _line(text: str) -> str:
    """Return a text on one line without control characters, which the format has no place for."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
