"""`pmo.yaml` to settings: a mistake here stops every command, so all are reported at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from portfolio.calendar import hours_from_text, week_from_text
from portfolio.loading.document import MappingNode, SyntaxProblem, compose, place_of
from portfolio.loading.findings import INVALID, form_of
from portfolio.loading.reading import read_record
from portfolio.place import packed
from portfolio.settings import Settings

if TYPE_CHECKING:
    from portfolio.loading.findings import Findings
    from portfolio.settings import CalendarSettings

_CURRENCY = re.compile(r"[A-Z]{3}\Z")


def read_settings(content: bytes, findings: Findings) -> Settings | None:
    """Read and check `pmo.yaml`; None where a mistake makes it unusable."""
    root = compose(content)
    if isinstance(root, SyntaxProblem):
        findings.add(root.code, root.message, root.place, hint=root.hint)
        return None
    if not isinstance(root, MappingNode):
        found = form_of(root) if root is not None else "empty"
        place = place_of(root) if root is not None else packed(1, 1)
        findings.add(
            "CFG-ROOT",
            f"pmo.yaml is {found}; it must be a mapping of settings",
            place,
            hint="start with `organisation: {name: …, currency: …}`",
        )
        return None
    settings = read_record(Settings, root, findings)
    if settings is INVALID:
        return None
    _check(settings, findings)
    return None if findings.found else settings


def _check(settings: Settings, findings: Findings) -> None:
    organisation = settings.organisation
    if not _CURRENCY.match(organisation.currency):
        findings.add(
            "CFG-CURRENCY",
            f"currency {organisation.currency!r} is no ISO 4217 code",
            organisation.source.fields["currency"],
            hint="write three capitals, like GBP",
        )
    calendars = settings.calendars or {}
    if organisation.calendar is not None and organisation.calendar not in calendars:
        findings.add(
            "CFG-CALENDAR",
            f"there is no calendar {organisation.calendar!r}",
            organisation.source.fields["calendar"],
            hint="add it below `calendars:`",
        )
    for name, calendar in calendars.items():
        _check_hours(name, calendar, findings)


def _check_hours(name: str, calendar: CalendarSettings, findings: Findings) -> None:
    try:
        if calendar.week is not None:
            week_from_text(calendar.week)
    except ValueError as error:
        place = calendar.source.fields.get("week", calendar.source.place)
        findings.add("CFG-CALENDAR", f"calendar {name}: {error}", place)
    for exception in calendar.exceptions:
        try:
            hours_from_text(exception.hours)
        except ValueError as error:
            findings.add("CFG-CALENDAR", f"calendar {name}: {error}", exception.source.place)
