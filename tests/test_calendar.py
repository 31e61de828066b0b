"""Working time: what a working day, a finish and a month are, against dates that were published."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.calendar import (
    DAY,
    STANDARD_WEEK,
    Calendar,
    add_months,
    finish_date,
    hours_from_text,
    instant,
    moment,
    start_date,
    week_from_text,
)

EASTER, EASTER_MONDAY = date(2026, 4, 3), date(2026, 4, 6)
EARLY_MAY, SPRING = date(2026, 5, 4), date(2026, 5, 25)
ENGLAND = Calendar("england", holidays={EASTER, EASTER_MONDAY, EARLY_MAY, SPRING})
NIGHTS = Calendar("nights", week_from_text({"mon-fri": ["00:00-06:00", "22:00-24:00"]}))
SATURDAY_OPENING = date(2026, 5, 9)
SHOP = Calendar(
    "shop",
    week_from_text({"tue-sat": ["10:00-18:00"], "sun": ["12:00-16:00"]}),
    holidays={date(2026, 5, 12), SATURDAY_OPENING},
    exceptions={SATURDAY_OPENING: hours_from_text(["08:00-12:00"]), date(2026, 5, 14): ()},
)
CALENDARS = st.sampled_from([ENGLAND, NIGHTS, SHOP, Calendar("plain")])
DAYS = st.dates(date(2025, 1, 1), date(2028, 1, 1))


def at(text: str) -> int:
    """Return the instant that a text names."""
    return instant(datetime.fromisoformat(text))


MOMENTS = st.integers(at("2025-01-01"), at("2028-01-01"))


class TestOverEaster:
    """Six working days from Monday 30 March 2026, with Good Friday and Easter Monday free."""

    start = ENGLAND.start_of(date(2026, 3, 30))
    finish = ENGLAND.add_working_minutes(start, 6 * 450)

    def test_work_finishes_at_the_end_of_its_last_day(self) -> None:
        assert str(moment(self.finish)) == "2026-04-08 17:30:00"
        assert finish_date(self.finish) == date(2026, 4, 8)

    def test_five_working_days_after_it_the_next_work_starts(self) -> None:
        after = ENGLAND.add_working_minutes(self.finish, 5 * 450)
        assert ENGLAND.next_start(after) == at("2026-04-16 09:00")

    def test_five_elapsed_days_after_it_are_sooner(self) -> None:
        after = self.finish + 5 * DAY
        assert start_date(ENGLAND.next_start(after)) == date(2026, 4, 14)

    def test_the_month_from_then_has_twenty_two_working_days(self) -> None:
        # 30 March to 30 April, both included.
        assert ENGLAND.working_days_between(date(2026, 3, 30), date(2026, 5, 1)) == 22

    def test_back_again(self) -> None:
        assert ENGLAND.add_working_minutes(self.finish, -6 * 450) == self.start
        assert ENGLAND.working_minutes_between(self.start, self.finish) == 2700
        assert ENGLAND.working_minutes_between(self.finish, self.start) == -2700


class TestInsideADay:
    @pytest.mark.parametrize(
        ("when", "next_start", "previous_finish"),
        [
            ("2026-03-31 10:15", "2026-03-31 10:15", "2026-03-31 10:15"),
            ("2026-03-31 12:30", "2026-03-31 13:30", "2026-03-31 12:30"),
            ("2026-03-31 13:00", "2026-03-31 13:30", "2026-03-31 12:30"),
            ("2026-03-31 13:30", "2026-03-31 13:30", "2026-03-31 12:30"),
            ("2026-04-02 17:30", "2026-04-07 09:00", "2026-04-02 17:30"),
            ("2026-04-05 12:00", "2026-04-07 09:00", "2026-04-02 17:30"),
            ("2026-04-07 09:00", "2026-04-07 09:00", "2026-04-02 17:30"),
        ],
    )
    def test_work_starts_with_a_shift_and_ends_with_one(
        self, when: str, next_start: str, previous_finish: str
    ) -> None:
        assert ENGLAND.next_start(at(when)) == at(next_start)
        assert ENGLAND.previous_finish(at(when)) == at(previous_finish)

    def test_four_hours_run_over_lunch(self) -> None:
        assert ENGLAND.add_working_minutes(at("2026-03-31 11:00"), 240) == at("2026-03-31 16:00")

    def test_no_minutes_change_nothing_not_even_at_night(self) -> None:
        assert ENGLAND.add_working_minutes(at("2026-03-31 03:00"), 0) == at("2026-03-31 03:00")

    def test_the_midnight_that_ends_a_day_belongs_to_it_as_a_finish(self) -> None:
        midnight = NIGHTS.finish_of(date(2026, 3, 31))
        assert midnight == at("2026-04-01 00:00")
        assert finish_date(midnight) == date(2026, 3, 31)
        assert start_date(midnight) == date(2026, 4, 1)

    def test_a_day_without_work_starts_and_ends_at_midnight(self) -> None:
        assert ENGLAND.start_of(EASTER) == at("2026-04-03 00:00")
        assert finish_date(ENGLAND.finish_of(EASTER)) == EASTER


class TestDays:
    @pytest.mark.parametrize(
        ("forecast", "margin"),
        [(date(2026, 5, 5), 4), (date(2026, 4, 20), 14), (date(2026, 5, 18), -5)],
    )
    def test_the_margin_of_a_dependency_needed_by_11_may(self, forecast: date, margin: int) -> None:
        with_holiday = Calendar("with-holiday", holidays={EARLY_MAY})
        assert with_holiday.working_days_between(forecast, date(2026, 5, 11)) == margin

    @pytest.mark.parametrize(
        ("deadline", "safe"),
        [
            (date(2026, 2, 28), date(2026, 2, 27)),
            (date(2026, 3, 2), date(2026, 3, 2)),
            (date(2027, 2, 28), date(2027, 2, 26)),
        ],
    )
    def test_a_deadline_on_a_free_day_moves_earlier(self, deadline: date, safe: date) -> None:
        assert Calendar("plain").previous_working_day(deadline) == safe

    def test_an_exception_wins_over_a_holiday_of_the_same_day(self) -> None:
        assert SHOP.is_working(SATURDAY_OPENING)
        assert SHOP.shifts(SATURDAY_OPENING) == ((480, 720),)
        assert not SHOP.is_working(date(2026, 5, 12))
        assert not SHOP.is_working(date(2026, 5, 14))

    def test_a_working_day_later_and_earlier_skips_what_is_free(self) -> None:
        assert ENGLAND.add_working_days(date(2026, 4, 2), 1) == date(2026, 4, 7)
        assert ENGLAND.add_working_days(date(2026, 4, 7), -1) == date(2026, 4, 2)
        assert ENGLAND.add_working_days(EASTER, 1) == date(2026, 4, 7)
        assert ENGLAND.add_working_days(EASTER, -1) == date(2026, 4, 2)
        assert ENGLAND.add_working_days(EASTER, 0) == EASTER
        assert ENGLAND.next_working_day(EASTER) == date(2026, 4, 7)

    def test_far_from_every_holiday_the_week_goes_on(self) -> None:
        assert ENGLAND.add_working_days(date(2026, 3, 2), 5 * 5200 - 4) == date(
            2026, 3, 2
        ) + timedelta(weeks=5200)
        assert ENGLAND.add_working_days(date(1999, 12, 31), -5) == date(1999, 12, 24)

    def test_what_never_ends_ends_where_one_can_still_add_to_a_date(self) -> None:
        last = date(9000, 12, 31)
        assert ENGLAND.add_working_days(EASTER, 10**9) == last
        assert finish_date(ENGLAND.add_working_minutes(0, 450 * 10**9)) == last


class TestMonths:
    @pytest.mark.parametrize(
        ("end", "months", "deadline"),
        [
            (date(2026, 5, 31), -3, date(2026, 2, 28)),
            (date(2027, 3, 31), -1, date(2027, 2, 28)),
            (date(2028, 2, 29), -12, date(2027, 2, 28)),
            (date(2026, 11, 30), 3, date(2027, 2, 28)),
        ],
    )
    def test_months_are_clipped_to_the_last_day(
        self, end: date, months: int, deadline: date
    ) -> None:
        assert add_months(end, months) == deadline


class TestReading:
    def test_the_default_week_has_seven_and_a_half_hours_a_day(self) -> None:
        written = week_from_text({"mon-fri": ["09:00-12:30", "13:30-17:30"], "sat": []})
        assert written == STANDARD_WEEK
        assert Calendar("default").minutes_per_day == 450

    def test_the_commonest_day_is_the_standard_day(self) -> None:
        assert SHOP.minutes_per_day == 480
        assert Calendar("stated", minutes_per_day=420).minutes_per_day == 420

    def test_a_span_can_run_over_the_weekend(self) -> None:
        week = week_from_text({"sat-mon": ["08:00-12:00"]})
        assert [bool(shifts) for shifts in week] == [True, *[False] * 4, True, True]

    @pytest.mark.parametrize(
        ("week", "message"),
        [
            ({"monday": ["09:00-17:00"]}, "'monday' is not a weekday; write mon"),
            ({"mon-fry": ["09:00-17:00"]}, "'mon-fry' is not a weekday"),
            ({"mon": ["9-17"]}, "'9-17' is not a shift; write it like 09:00-12:30"),
            ({"mon": ["09:00-25:00"]}, "names the time 25:00; a day has 00:00 to 24:00"),
            ({"mon": ["09:75-10:00"]}, "names the time 09:75"),
            ({"mon": ["22:00-06:00"]}, "does not end after it begins; write a night shift as two"),
            ({"mon": ["09:00-12:30", "12:00-17:00"]}, "'12:00-17:00' begins before the shift"),
            ({"mon-fri": ["09:00-17:00"], "wed": []}, "'wed' states wed a second time"),
            ({"sat": []}, "the week has no working time"),
        ],
    )
    def test_a_bad_week_is_told_with_what_was_expected(
        self, week: dict[str, list[str]], message: str
    ) -> None:
        with pytest.raises(ValueError, match=re.escape(message)):
            week_from_text(week)

    def test_a_calendar_on_which_nothing_finishes_is_refused(self) -> None:
        with pytest.raises(ValueError, match="calendar 'never' has no working time"):
            Calendar("never", ((),) * 7)


class TestAgainstCountingMinuteByMinute:
    """The axis must agree with the slow and obvious way."""

    @given(CALENDARS, MOMENTS, st.integers(0, 3 * DAY))
    def test_working_minutes_are_the_minutes_inside_shifts(
        self, calendar: Calendar, begin: int, length: int
    ) -> None:
        counted = sum(works_in(calendar, minute) for minute in range(begin, begin + length))
        assert calendar.working_minutes_between(begin, begin + length) == counted

    @given(CALENDARS, MOMENTS, st.integers(-5000, 5000).filter(bool))
    def test_adding_reaches_a_moment_that_far_away(
        self, calendar: Calendar, begin: int, minutes: int
    ) -> None:
        reached = calendar.add_working_minutes(begin, minutes)
        assert calendar.working_minutes_between(begin, reached) == minutes
        assert works_in(calendar, reached - 1 if minutes > 0 else reached)

    @given(CALENDARS, DAYS, st.integers(0, 60))
    def test_working_days_are_counted_one_by_one(
        self, calendar: Calendar, begin: date, length: int
    ) -> None:
        days = [begin + timedelta(days=n) for n in range(length)]
        counted = sum(calendar.is_working(day) for day in days)
        assert calendar.working_days_between(begin, begin + timedelta(days=length)) == counted

    @given(CALENDARS, DAYS, st.integers(1, 40))
    def test_adding_working_days_lands_on_one_and_is_undone_by_subtracting(
        self, calendar: Calendar, begin: date, count: int
    ) -> None:
        reached = calendar.add_working_days(begin, count)
        assert calendar.is_working(reached)
        assert calendar.add_working_days(reached, -count) == calendar.previous_working_day(begin)

    @given(CALENDARS, MOMENTS)
    def test_an_instant_is_the_minutes_of_its_moment(self, calendar: Calendar, when: int) -> None:
        assert instant(moment(when)) == when
        assert calendar.previous_finish(when) <= when <= calendar.next_start(when)


def works_in(calendar: Calendar, minute: int) -> bool:
    """Tell whether work goes on in the minute that begins at an instant."""
    when = moment(minute)
    clock = when.hour * 60 + when.minute
    return any(begin <= clock < end for begin, end in calendar.shifts(when.date()))
