"""The calendars of a schedule as those of `pmo.yaml`: under which names, and in which words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from portfolio.calendar import WEEKDAYS, Calendar
from portfolio.exchange.schedules.effective_calendars import USUAL_WEEK, resolve, same_hours
from portfolio.network.calendars import build_calendars
from portfolio.values import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from portfolio.axis import Shifts
    from portfolio.exchange.drafts.draft import Tree
    from portfolio.exchange.schedules.schedule import Schedule
    from portfolio.settings import Settings


@dataclass(frozen=True, slots=True)
class Hours:
    """The calendars that a schedule uses, by its keys, and what `pmo.yaml` calls them.

    ``added`` are those that it does not have yet, in its own words.
    """

    home: Calendar
    home_name: str
    calendars: Mapping[str, Calendar]
    names: Mapping[str, str]
    added: dict[str, Tree] = field(default_factory=dict)

    def of(self, key: str) -> Calendar:
        """Return a calendar, the project's where there is none of that key."""
        return self.calendars.get(key, self.home)

    def name_of(self, key: str) -> str:
        """Return the name of a calendar that is not the project's, else an empty text."""
        name = self.names.get(key, "")
        return "" if name == self.home_name else name


def hours_of(schedule: Schedule, settings: Settings | None, project: str) -> Hours:
    """Return the calendars that a schedule uses; the same hours have one name."""
    resolved = resolve(schedule.calendars)
    usual = Calendar("standard", USUAL_WEEK)
    home = resolved.get(schedule.calendar, usual)
    stated = (settings.calendars if settings else None) or {}
    known = [
        calendar
        for calendar in (build_calendars(settings).all if settings else ())
        if calendar.name in stated
    ]
    described = {calendar.key: calendar.names for calendar in schedule.calendars}
    names: dict[str, str] = {}
    added: dict[str, Tree] = {}
    for key in dict.fromkeys((schedule.calendar, *_used(schedule))):
        calendar = resolved.get(key, home)
        same = next((each for each in known if same_hours(each, calendar)), None)
        if same is None:
            name = _free_name(calendar.name, {each.name for each in known}, project)
            same = Calendar(name, calendar.week, calendar.holidays, calendar.exceptions)
            known.append(same)
            added[name] = _tree(same, described.get(key, {}))
        names[key] = same.name
    return Hours(home, names[schedule.calendar], resolved, names, added)


def _used(schedule: Schedule) -> Iterable[str]:
    people = (each.calendar for each in schedule.resources if each.type == "person")
    keys = {calendar.key for calendar in schedule.calendars}
    return [key for key in (*(t.calendar for t in schedule.tasks), *people) if key in keys]


def _free_name(name: str, taken: set[str], project: str) -> str:
    made = slug(name) or "calendar"
    candidates = [made, f"{project}-{made}", *(f"{project}-{made}-{n}" for n in range(2, 1000))]
    return next(each for each in candidates if each not in taken)


def _tree(calendar: Calendar, names: Mapping[date, str]) -> dict[str, Tree]:
    tree: dict[str, Tree] = {"week": _week(calendar.week)}
    holidays: list[Tree] = []
    for day in sorted(calendar.holidays):
        name = names.get(day)
        holidays.append({"date": str(day), "name": name} if name else str(day))
    if holidays:
        tree["holidays"] = holidays
    if calendar.exceptions:
        tree["exceptions"] = [
            {"date": str(day), "hours": [*_shifts(shifts)]}
            for day, shifts in calendar.exceptions.items()
        ]
    return tree


def _week(week: tuple[Shifts, ...]) -> dict[str, Tree]:
    """Write days in a row that have the same hours as one span."""
    found: dict[str, Tree] = {}
    begin = 0
    for number in range(1, len(week) + 1):
        if number < len(week) and week[number] == week[begin]:
            continue
        if week[begin]:
            first, last = WEEKDAYS[begin], WEEKDAYS[number - 1]
            found[first if first == last else f"{first}-{last}"] = [*_shifts(week[begin])]
        begin = number
    return found


def _shifts(shifts: Shifts) -> list[str]:
    return [
        f"{begin // 60:02}:{begin % 60:02}-{end // 60:02}:{end % 60:02}" for begin, end in shifts
    ]
