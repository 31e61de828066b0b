"""Small files of Microsoft Project's XML, and the schedules and portfolios that come of them."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from portfolio.exchange.drafts.account import LeftOut
from portfolio.exchange.drafts.output_folder import MARK
from portfolio.exchange.schedules.microsoft_project.reader import read_mspdi
from portfolio.exchange.schedules.portfolio_files import Target, Written, write_schedules
from portfolio.exchange.schedules.schedule import Link, Schedule, Task
from portfolio.loading.loader import Loaded
from portfolio.network.portfolio_schedule import plan_of
from tests.portfolios import load_files, problems, view_in

DAY = "".join(
    f"<WorkingTime><FromTime>{begin}:00:00</FromTime><ToTime>{end}:00:00</ToTime></WorkingTime>"
    for begin, end in (("08", "12"), ("13", "17"))
)
HOURS = f"<DayWorking>1</DayWorking><WorkingTimes>{DAY}</WorkingTimes>"
WEEK = "".join(
    f"<WeekDay><DayType>{number}</DayType>"
    f"{HOURS if 1 < number < 7 else '<DayWorking>0</DayWorking>'}</WeekDay>"
    for number in range(1, 8)
)
STANDARD = (
    "<Calendar><UID>1</UID><Name>Standard</Name><IsBaseCalendar>1</IsBaseCalendar>"
    f"<BaseCalendarUID>-1</BaseCalendarUID><WeekDays>{WEEK}</WeekDays></Calendar>"
)
HEAD = (
    "<Title>Harbour wall</Title><CalendarUID>1</CalendarUID>"
    "<StartDate>2026-03-02T08:00:00</StartDate><FinishDate>2026-03-31T17:00:00</FinishDate>"
)


def fields(**values: object) -> str:
    """Return elements of these names and texts."""
    return "".join(f"<{name}>{value}</{name}>" for name, value in values.items())


def task(uid: int, inside: str = "", /, **values: object) -> str:
    """Return a task of a day, which starts with the project where nothing else is said."""
    usual = {
        "ID": uid,
        "Name": f"Task {uid}",
        "OutlineLevel": 1,
        "Duration": "PT8H0M0S",
        "DurationFormat": 7,
        "Start": "2026-03-02T08:00:00",
        "Finish": "2026-03-02T17:00:00",
    }
    return f"<Task>{fields(UID=uid, **(usual | values))}{inside}</Task>"


def link(before: int, **values: object) -> str:
    """Return a link to a predecessor: finish to start where nothing else is said."""
    inside = fields(PredecessorUID=before, **({"Type": 1} | values))
    return f"<PredecessorLink>{inside}</PredecessorLink>"


def file(*tasks: str, calendars: str = STANDARD, head: str = HEAD, more: str = "") -> bytes:
    """Return a whole file."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<Project xmlns="http://schemas.microsoft.com/project">{head}'
        f"<Calendars>{calendars}</Calendars><Tasks>{''.join(tasks)}</Tasks>{more}</Project>"
    ).encode()


def people(*resources: str, assignments: tuple[str, ...] = ()) -> str:
    """Return the parts of a file that say who works on what."""
    who = "".join(f"<Resource>{each}</Resource>" for each in resources)
    what = "".join(f"<Assignment>{each}</Assignment>" for each in assignments)
    return f"<Resources>{who}</Resources><Assignments>{what}</Assignments>"


def read(*tasks: str, calendars: str = STANDARD, head: str = HEAD, more: str = "") -> Schedule:
    """Read a file of these tasks."""
    return read_mspdi(file(*tasks, calendars=calendars, head=head, more=more), "plan.xml")


def only_task(schedule: Schedule) -> Task:
    """Return the one task of a schedule."""
    (found,) = schedule.tasks
    return found


def only_link(schedule: Schedule) -> Link:
    """Return the one link of a schedule."""
    (found,) = schedule.links
    return found


def told(left_out: tuple[LeftOut, ...]) -> dict[str, tuple[str, ...]]:
    """Return the names of what was left out, by what happened to them."""
    return {each.what: each.names for each in left_out}


class Dates(NamedTuple):
    """When something starts and finishes."""

    start: date
    finish: date


class Made:
    """The files that come of schedules, and the portfolio that loads from them."""

    def __init__(self, *schedules: Schedule, target: Target | None = None) -> None:
        """Write the schedules and load what was written; it must load without a complaint."""
        given = target or Target(f"{MARK} from plan.xml")
        self.written: Written = write_schedules(schedules, given)
        self.loaded: Loaded = load_files(dict(self.written.files))
        assert problems(self.loaded) == []
        self.portfolio = view_in(self.loaded)
        self.plan = plan_of(self.portfolio)
        assert self.plan.network.problems == []

    @property
    def told(self) -> dict[str, tuple[str, ...]]:
        """Return the names of what was left out, by what happened to them."""
        return told(self.written.left_out)

    def dates(self, key: int | str, project: str = "harbour-wall") -> Dates:
        """Return when logic lets a task of the schedule start and finish."""
        found = self.plan.schedule.dates(f"{project}.{key}")
        return Dates(found.early_start, found.early_finish)

    def text(self, key: int | str, name: str, project: str = "harbour-wall") -> str:
        """Return a field of an activity or milestone as text."""
        entity = self.portfolio.entities[f"{project}.{key}"]
        return str(getattr(entity, name))
