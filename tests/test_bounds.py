"""No arithmetic on what a file can hold leaves the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portfolio.analysis.commercial.contract_renewal import before, term_end
from portfolio.analysis.delivery.throughput import throughput_forecast
from portfolio.analysis.finance.investment_appraisal import present_value_lost
from portfolio.bounds import TEXT, longest_in
from portfolio.calendar import Calendar, add_months, days_after, week_from_text
from portfolio.loading.scalars import read_text
from portfolio.model.kinds import kinds
from portfolio.network.calendars import days_later, elapsed_minutes
from portfolio.record import Either, Field, Many, Nested, Record, Scalar, Shape, Table
from portfolio.settings import Settings
from portfolio.values import (
    DURATION_UNITS,
    Duration,
    Period,
    read_date,
    read_duration,
    read_stated_period,
)

YEARS = range(1, 10_000)
CALENDARS = st.sampled_from(
    [Calendar("plain"), Calendar("a minute a week", week_from_text({"mon": ["00:00-00:01"]}))]
)


def readable(text: str) -> Duration | None:
    try:
        return read_duration(text)
    except ValueError:
        return None


def longest(unit: str) -> int:
    """Return the largest whole number with which a duration in a unit can be read."""
    low, high = 0, 10**9
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if readable(f"{middle}{unit}") else (low, middle - 1)
    return low


LONGEST = {unit: longest(unit) for unit in DURATION_UNITS}
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
DURATIONS = st.sampled_from(DURATION_UNITS).flatmap(
    lambda unit: st.integers(-LONGEST[unit], LONGEST[unit]).map(
        lambda amount: Duration(Decimal(amount), unit)
    )
)
FIRST, LAST = date(1900, 1, 1), date(2200, 12, 31)


@pytest.mark.parametrize("unit", DURATION_UNITS)
def test_a_duration_has_a_hundred_years_either_way(unit: str) -> None:
    assert readable(f"{LONGEST[unit]}{unit}")
    assert readable(f"-{LONGEST[unit]}{unit}")
    assert not readable(f"{LONGEST[unit] + 1}{unit}")
    assert not readable(f"-{LONGEST[unit] + 1}{unit}")


class TestEveryDayWithEveryDuration:
    """What is reached is a day; nothing is raised."""

    @pytest.mark.parametrize("unit", DURATION_UNITS)
    @pytest.mark.parametrize("sign", [1, -1])
    @pytest.mark.parametrize("day", [FIRST, LAST])
    @given(calendar=CALENDARS)
    def test_at_the_ends(self, unit: str, sign: int, day: date, calendar: Calendar) -> None:
        extreme = Duration(Decimal(sign * LONGEST[unit]), unit)
        later = days_later(day, extreme, calendar)
        assert later.year in YEARS
        assert days_later(later, extreme, calendar).year in YEARS

    @given(DAYS, DURATIONS, CALENDARS)
    def test_a_notice_and_the_leads_before_it(
        self, day: date, length: Duration, calendar: Calendar
    ) -> None:
        reached = day
        for _ in range(3):
            reached = before(reached, length, calendar)
        assert reached.year in YEARS

    @given(DAYS, DURATIONS, CALENDARS)
    def test_a_lag(self, day: date, length: Duration, calendar: Calendar) -> None:
        assert days_later(day, length, calendar).year in YEARS
        if not length.is_working:
            assert elapsed_minutes(length, day) // 1440 <= (date.max - date.min).days

    @given(DAYS, st.integers(1, int(longest_in("months") or 0)), DAYS)
    @example(FIRST, 1, LAST)
    def test_a_contract_that_renews(self, end: date, months: int, as_of: date) -> None:
        assert term_end(end, months, as_of) >= min(end, as_of)

    @given(DAYS, st.integers(-(10**9), 10**9))
    def test_counted_days_and_months(self, day: date, count: int) -> None:
        assert days_after(day, count).year in YEARS
        assert add_months(day, count).year in YEARS

    @given(DAYS, st.integers(-(10**7), 10**7))
    def test_a_delay_of_money(self, day: date, days: int) -> None:
        present_value_lost([(day, Decimal(10) ** 15)], Decimal("0.035"), days, FIRST)


@pytest.mark.parametrize("text", ["1900", "1900-01", "1900-Q1", "1900-W01", "2200", "2200-12",
                                  "2200-Q4", "2200-W52"])  # fmt: skip
def test_the_first_and_the_last_periods(text: str) -> None:
    found = read_stated_period(text)
    assert isinstance(found, Period)
    assert found.end >= FIRST
    assert found.start <= LAST


@pytest.mark.parametrize("text", ["1899-12-31", "2201-01-01"])
def test_a_day_beyond(text: str) -> None:
    with pytest.raises(ValueError, match="years from 1900 to 2200"):
        read_date(text)


def test_a_backlog_of_a_billion_items_in_boxes_of_centuries() -> None:
    found = throughput_forecast([(1_000_000, 15_000)] * 3, 10**9)
    assert found.value is not None
    assert days_after(LAST, 7 * found.value.p80).year in YEARS


def fields(record: type[Record], above: tuple[type[Record], ...] = ()) -> Iterator[Field]:
    for stated in record.FIELDS.values():
        yield stated
        for shape in shapes(stated.shape):
            if isinstance(shape, Nested) and shape.record not in above:
                yield from fields(shape.record, (*above, shape.record))


def shapes(shape: Shape) -> Iterator[Shape]:
    yield shape
    if isinstance(shape, Many | Table):
        yield from shapes(shape.item)
    if isinstance(shape, Either):
        for option in shape.options:
            yield from shapes(option)


EVERY = [
    (stated, shape)
    for record in (*kinds().values(), Settings)
    for stated in fields(record)
    for shape in shapes(stated.shape)
    if isinstance(shape, Scalar) and not shape.choices
]


@pytest.mark.parametrize("name", ["text", "whole number", "number", "money", "duration"])
def test_every_field_has_a_limit_and_says_it(name: str) -> None:
    huge = {"text": "x" * (TEXT + 1), "duration": "9" * 40 + "d"}.get(name, "9" * 40)
    found = [(stated, shape) for stated, shape in EVERY if shape.name == name]
    assert found
    for stated, shape in found:
        with pytest.raises(ValueError, match=r"at most [\d,]+|between .* and|or less"):
            read_text(shape, stated, huge)


def test_a_text_of_just_its_length_is_read() -> None:
    for stated, shape in EVERY:
        if shape.name == "text":
            assert read_text(shape, stated, "x" * stated.longest)
            with pytest.raises(ValueError, match=f"at most {stated.longest:,}"):
                read_text(shape, stated, "x" * (stated.longest + 1))
