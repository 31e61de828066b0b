"""The calendars that `pmo.yaml` states, ready to count working time on."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from portfolio.calendar import STANDARD_WEEK, Calendar, hours_from_text, week_from_text

if TYPE_CHECKING:
    from portfolio.model.delivery import Project
    from portfolio.model.portfolio import Portfolio
    from portfolio.settings import CalendarSettings

STANDARD = Calendar("standard")
"""Monday to Friday without holidays: what counts where nothing else is stated."""


@lru_cache(maxsize=256)
def calendar_from(name: str, stated: CalendarSettings) -> Calendar:
    """Build the calendar that a block of `calendars:` in `pmo.yaml` states."""
    week = week_from_text(stated.week) if stated.week else STANDARD_WEEK
    holidays = frozenset(holiday.date_ for holiday in stated.holidays)
    exceptions = {each.date_: hours_from_text(each.hours) for each in stated.exceptions}
    return Calendar(name, week, holidays, exceptions)


def named_calendar(portfolio: Portfolio, name: str | None = None) -> Calendar:
    """Return the calendar of this name, else the organisation's, else Monday to Friday."""
    calendars = portfolio.settings.calendars or {}
    for candidate in (name, portfolio.settings.organisation.calendar):
        if candidate is not None and candidate in calendars:
            return calendar_from(candidate, calendars[candidate])
    return STANDARD


def project_calendar(portfolio: Portfolio, project: Project | None) -> Calendar:
    """Return the calendar that a project's durations count on."""
    return named_calendar(portfolio, project.calendar if project is not None else None)
