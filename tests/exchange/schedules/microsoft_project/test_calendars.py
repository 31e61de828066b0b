"""Calendars of Microsoft Project's XML: weeks, bases, and exceptions that come back."""

from __future__ import annotations

from datetime import date

import pytest

from portfolio.calendar import Calendar
from portfolio.exchange.schedules.effective_calendars import resolve
from portfolio.exchange.schedules.microsoft_project.recurrence import Recurrence
from tests.exchange.mspdi import DAY, STANDARD, fields, read, told

FREE: tuple[tuple[int, int], ...] = ()
OFFICE = ((480, 720), (780, 1020))


def exception(first: str, last: str, inside: str = "", /, **values: object) -> str:
    period = fields(FromDate=f"{first}T00:00:00", ToDate=f"{last}T23:59:00")
    stated = fields(**({"DayWorking": 0, "Type": 1} | values))
    return f"<Exception><TimePeriod>{period}</TimePeriod>{stated}{inside}</Exception>"


def calendar(uid: int, *exceptions: str, base: int = 1, week: str = "") -> str:
    head = fields(UID=uid, Name=f"Calendar {uid}", IsBaseCalendar=0, BaseCalendarUID=base)
    inside = f"<WeekDays>{week}</WeekDays><Exceptions>{''.join(exceptions)}</Exceptions>"
    return f"<Calendar>{head}{inside}</Calendar>"


def hours(*calendars: str, key: int = 2) -> Calendar:
    """Return a calendar of a file with everything from its base."""
    return resolve(read(calendars=STANDARD + "".join(calendars)).calendars)[str(key)]


class TestWeeks:
    def test_what_a_calendar_does_not_say_its_base_does(self) -> None:
        friday = "<WeekDay><DayType>6</DayType><DayWorking>0</DayWorking></WeekDay>"
        assert hours(calendar(2, week=friday)).week == (*(OFFICE,) * 4, FREE, FREE, FREE)

    def test_exceptions_of_the_base_hold_unless_its_own_say_otherwise(self) -> None:
        christmas, mine = ("2026-12-24", "2026-12-25"), ("2026-12-24", "2026-12-24")
        works = f"<WorkingTimes>{DAY}</WorkingTimes>"
        found = hours(
            calendar(2, exception(*christmas)),
            calendar(3, exception(*mine, works, DayWorking=1), base=2),
            key=3,
        )
        assert found.shifts(date(2026, 12, 24)) == OFFICE
        assert found.shifts(date(2026, 12, 25)) == FREE

    def test_midnight_at_the_end_of_a_shift_is_the_end_of_the_day(self) -> None:
        night = "<WorkingTime><FromTime>23:00:00</FromTime><ToTime>00:00:00</ToTime></WorkingTime>"
        monday = (
            "<WeekDay><DayType>2</DayType><DayWorking>1</DayWorking>"
            f"<WorkingTimes>{night}</WorkingTimes></WeekDay>"
        )
        assert hours(calendar(2, week=monday)).week[0] == ((1380, 1440),)

    def test_a_week_in_which_nobody_works_is_the_usual_one(self) -> None:
        free = "".join(
            f"<WeekDay><DayType>{n}</DayType><DayWorking>0</DayWorking></WeekDay>"
            for n in range(1, 8)
        )
        assert hours(calendar(2, week=free)).week == (*(OFFICE,) * 5, FREE, FREE)

    def test_calendars_that_are_each_others_base_end(self) -> None:
        assert hours(calendar(2, base=3), calendar(3, base=2)).week[0] == OFFICE


class TestExceptions:
    def test_a_span_of_days_is_free(self) -> None:
        found = hours(calendar(2, exception("2026-04-03", "2026-04-06")))
        assert found.holidays == {date(2026, 4, 3), date(2026, 4, 6)}  # the weekend is free anyhow

    def test_a_day_can_have_hours_of_its_own(self) -> None:
        works = f"<WorkingTimes>{DAY}</WorkingTimes>"
        found = hours(calendar(2, exception("2026-04-11", "2026-04-11", works, DayWorking=1)))
        assert found.exceptions == {date(2026, 4, 11): OFFICE}

    def test_older_files_state_them_among_the_weekdays(self) -> None:
        day = fields(FromDate="2026-04-03T00:00:00", ToDate="2026-04-03T23:59:00")
        old = (
            "<WeekDay><DayType>0</DayType><DayWorking>0</DayWorking>"
            f"<TimePeriod>{day}</TimePeriod></WeekDay>"
        )
        assert hours(calendar(2, week=old)).holidays == {date(2026, 4, 3)}

    def test_a_work_week_changes_its_days_for_a_time(self) -> None:
        period = fields(FromDate="2026-03-02T00:00:00", ToDate="2026-03-08T23:59:00")
        monday = "<WeekDay><DayType>2</DayType><DayWorking>0</DayWorking></WeekDay>"
        weeks = (
            f"<WorkWeeks><WorkWeek><TimePeriod>{period}</TimePeriod>"
            f"<WeekDays>{monday}</WeekDays></WorkWeek></WorkWeeks>"
        )
        stated = calendar(2).replace("</Calendar>", f"{weeks}</Calendar>")
        assert hours(stated).holidays == {date(2026, 3, 2)}

    def test_those_far_after_the_finish_are_named(self) -> None:
        schedule = read(
            calendars=STANDARD
            + calendar(2, exception("2026-12-25", "2060-12-25", Type=2, Month=11, MonthDay=25))
        )
        (left,) = told(schedule.left_out)
        assert left == "calendar exceptions: only up to three years after the finish"
        assert [day.year for day in schedule.calendars[1].exceptions] == [2026, 2027, 2028]


def days(values: dict[str, int], last: date = date(2026, 12, 31)) -> list[str]:
    found = Recurrence(first=date(2026, 1, 1), last=last, **values).days(date(2030, 1, 1))
    return [f"{day:%m-%d}" for day in found]


class TestRecurrence:
    """Numbers of 2026, which begins on a Thursday."""

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ({"type": 1, "count": 3}, ["01-01", "01-02", "01-03"]),
            ({"type": 7, "every": 10, "count": 3}, ["01-01", "01-11", "01-21"]),
            ({"type": 8, "count": 4}, ["01-01", "01-02", "01-05", "01-06"]),
            ({"type": 2, "month": 11, "day": 25}, ["12-25"]),
            ({"type": 3, "month": 10, "position": 3, "item": 7}, ["11-26"]),  # fourth Thursday
            ({"type": 3, "month": 4, "position": 4, "item": 4}, ["05-25"]),  # last Monday
            ({"type": 4, "day": 31, "count": 3}, ["01-31", "03-31", "05-31"]),
            ({"type": 4, "day": 1, "every": 3}, ["01-01", "04-01", "07-01", "10-01"]),
            ({"type": 5, "position": 0, "item": 1, "count": 2}, ["01-01", "02-02"]),
            ({"type": 5, "position": 4, "item": 2, "count": 2}, ["01-31", "02-28"]),
            ({"type": 5, "position": 4, "item": 0, "count": 2}, ["01-31", "02-28"]),
            ({"type": 6, "weekdays": 0b0000010, "count": 2}, ["01-05", "01-12"]),  # Mondays
            ({"type": 6, "weekdays": 0b1000001, "every": 2, "count": 2}, ["01-03", "01-11"]),
        ],
    )  # fmt: skip
    def test_every_pattern(self, values: dict[str, int], expected: list[str]) -> None:
        assert days(values) == expected

    def test_the_last_day_belongs_to_it(self) -> None:
        assert days({"type": 1}, date(2026, 1, 2)) == ["01-01", "01-02"]

    def test_a_pattern_that_never_comes_ends(self) -> None:
        assert days({"type": 6, "weekdays": 0}) == []
        assert days({"type": 2, "month": 1, "day": 30}) == []
