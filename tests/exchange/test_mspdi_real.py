"""Plans from Microsoft Project and its relatives: the dates they state are the dates we compute."""

from __future__ import annotations

import pytest

from portfolio.calendar import Calendar, instant
from portfolio.exchange.schedules.effective_calendars import resolve
from portfolio.exchange.schedules.microsoft_project.reader import read_mspdi
from portfolio.exchange.schedules.schedule import Schedule, Task
from portfolio.network.schedule import Schedule as Computed
from tests.exchange.mspdi import Made, told
from tests.real_data import real_data

# What the file does not decide by logic, calendars and stated dates alone, and why.
EXPLAINED = {
    # They start at 09:00 on a calendar that begins at 08:00: a day is all that a project states.
    "baselines.xml": {"1"},
    "mspdinulltasks.xml": {"3", "4", "8"},
    # Two people of different hours, one of them at night, share it.
    "sample.xml": {"2"},
}
FRIENDS = {
    "baselines.xml": (1, 0),
    "calendar-calendars-project2019-mspdi.xml": (0, 0),
    "mspdinulltasks.xml": (5, 0),
    "mspdirelations.xml": (5, 4),
    "sample.xml": (19, 6),
    "task-links-project2019-mspdi.xml": (16, 8),
}
TWO_PROJECTS = ("in_mp_j30_a2_nr1.xml", "out_mp_j30_a2_nr1.xml")


def schedule_of(*path: str) -> Schedule:
    file = real_data(*path)
    return read_mspdi(file.read_bytes(), file.name)


def agrees(task: Task, made: Made, calendar: Calendar) -> bool:
    """Tell whether both ends stand at the positions on the calendar that the file states."""
    computed: Computed = made.plan.schedule
    node = made.plan.network.index[_full_id(task, made)]
    pairs = ((task.start, computed.early_start[node]), (task.finish, computed.early_finish[node]))
    position = calendar.axis.position
    return all(at is not None and position(instant(at)) == position(ours) for at, ours in pairs)


def _full_id(task: Task, made: Made) -> str:
    return f"{made.written.projects[0]}.{task.key}"


def differing(schedule: Schedule, made: Made) -> set[str]:
    calendars = resolve(schedule.calendars)
    return {
        task.key
        for task in schedule.tasks
        if task.type != "summary"
        and not agrees(task, made, calendars[task.calendar or schedule.calendar])
    }


@pytest.mark.parametrize("name", FRIENDS)
def test_dates_are_those_of_the_file(name: str) -> None:
    schedule = schedule_of("ms-project-and-friends", "mspdi", name)
    assert (len(schedule.tasks), len(schedule.links)) == FRIENDS[name]
    assert differing(schedule, Made(schedule)) == EXPLAINED.get(name, set())


@pytest.mark.parametrize("name", TWO_PROJECTS)
def test_a_plan_of_two_projects_agrees_before_and_after_levelling(name: str) -> None:
    schedule = schedule_of("mpsplib", "mspdi", name)
    assert (len(schedule.tasks), len(schedule.links)) == (64, 96)
    made = Made(schedule)
    assert differing(schedule, made) == set()
    assert {resource.type for resource in schedule.resources} == {"role"}


def test_what_explains_a_difference_is_told() -> None:
    sample = Made(schedule_of("ms-project-and-friends", "mspdi", "sample.xml"))
    assert sample.told["tasks of people with different hours: on the project's calendar"] == (
        "2 Second Task",
    )
    early = Made(schedule_of("ms-project-and-friends", "mspdi", "baselines.xml"))
    assert "the project's start within a day: at its beginning" in early.told


def test_ten_baselines_and_blank_rows_are_counted() -> None:
    baselines = schedule_of("ms-project-and-friends", "mspdi", "baselines.xml")
    assert told(baselines.left_out)["baselines after the first: left out"] == ("1 Task One (10)",)
    blank = schedule_of("ms-project-and-friends", "mspdi", "mspdinulltasks.xml")
    assert len(told(blank.left_out)["blank rows: left out"]) == 3
