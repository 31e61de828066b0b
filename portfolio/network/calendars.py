"""The calendars of `pmo.yaml`, built once and numbered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.calendar import (
    DAY,
    STANDARD_WEEK,
    Calendar,
    add_months,
    finish_date,
    hours_from_text,
    week_from_text,
)
from portfolio.model.index import per_portfolio

if TYPE_CHECKING:
    from datetime import date

    from portfolio.model.delivery.projects import Project
    from portfolio.settings import CalendarSettings, Settings
    from portfolio.values import Duration
    from portfolio.view.view import View

_STANDARD = "standard"
_MINUTES = {"eh": 60, "ed": DAY, "cd": DAY}
_MONTHS = {"mo": 1, "y": 12}


@dataclass(frozen=True, eq=False)
class Calendars:
    """Every calendar of a portfolio; the first is that of everything that names none."""

    all: Sequence[Calendar]

    @property
    def default(self) -> Calendar:
        """Return the organisation's calendar."""
        return self.all[0]

    def number(self, *names: str | None) -> int:
        """Return the number of the first calendar named that exists, else 0."""
        for name in names:
            for number, calendar in enumerate(self.all):
                if calendar.name == name:
                    return number
        return 0

    def named(self, *names: str | None) -> Calendar:
        """Return the first calendar named that exists, else the organisation's."""
        return self.all[self.number(*names)]


def build_calendars(settings: Settings) -> Calendars:
    """Build the calendars of `pmo.yaml`.

    Everything that names no calendar counts on `organisation.calendar`, else on the first one
    stated, else on the standard week without holidays.
    """
    stated = settings.calendars or {}
    first = settings.organisation.calendar or next(iter(stated), _STANDARD)
    names = [first, *(name for name in stated if name != first)]
    return Calendars([_calendar(name, stated.get(name)) for name in names])


@per_portfolio
def calendars_of(portfolio: View) -> Calendars:
    """Return the calendars of a portfolio."""
    return build_calendars(portfolio.settings)


def _calendar(name: str, stated: CalendarSettings | None) -> Calendar:
    if stated is None:
        return Calendar(name)
    return Calendar(
        name,
        week_from_text(stated.week) if stated.week else STANDARD_WEEK,
        frozenset(holiday.date_ for holiday in stated.holidays),
        {each.date_: hours_from_text(each.hours) for each in stated.exceptions},
    )


def named_calendar(portfolio: View, name: str | None = None) -> Calendar:
    """Return the calendar of this name, else the organisation's."""
    return calendars_of(portfolio).named(name)


def project_calendar(portfolio: View, project: Project | None) -> Calendar:
    """Return the calendar that a project's durations count on."""
    return named_calendar(portfolio, project.calendar if project is not None else None)


def working_minutes(duration: Duration, calendar: Calendar) -> int:
    """Return the minutes of a working duration, a day and a week being the calendar's."""
    if duration.unit == "w":
        days = sum(1 for shifts in calendar.week if shifts)
        return duration.working_minutes(calendar.minutes_per_day, days)
    return duration.working_minutes(calendar.minutes_per_day)


def elapsed_minutes(duration: Duration, from_: date) -> int:
    """Return the clock minutes of an elapsed or calendar duration that begins on a day."""
    if duration.unit in _MONTHS:
        months = round(duration.amount * _MONTHS[duration.unit])
        return (add_months(from_, months) - from_).days * DAY
    return round(duration.amount * _MINUTES[duration.unit])


def days_later(day: date, duration: Duration, calendar: Calendar) -> date:
    """Return the day some time after a day: working time on a calendar, else calendar time.

    A part of a working day counts as the day on which it ends.
    """
    if not duration.is_working:
        return finish_date(calendar.finish_of(day) + elapsed_minutes(duration, day))
    minutes = working_minutes(duration, calendar)
    count = -(-minutes // calendar.minutes_per_day)
    return calendar.add_working_days(day, count)
