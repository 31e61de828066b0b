"""Money, durations and periods as people write them, and what is said to those who do not."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from portfolio import values
from portfolio.values import Duration, Money


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [("12500.50", "12500.50", ""), ("12500.50 EUR", "12500.50", "EUR"), ("-3", "-3", "")],
)
def test_money(text: str, amount: str, currency: str) -> None:
    assert values.read_money(text) == Money(Decimal(amount), currency)


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("30min", "30", "min"),
        ("4h", "4", "h"),
        ("2.5d", "2.5", "d"),
        ("3w", "3", "w"),
        ("5ed", "5", "ed"),
        ("8eh", "8", "eh"),
        ("90cd", "90", "cd"),
        ("3mo", "3", "mo"),
        ("1y", "1", "y"),
        ("-2d", "-2", "d"),
    ],
)
def test_durations(text: str, amount: str, unit: str) -> None:
    read = values.read_duration(text)
    assert read == Duration(Decimal(amount), unit)
    assert str(read) == text


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2026-W01", "2025-12-29", "2026-01-04"),
        ("2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_periods_have_a_first_and_a_last_day(text: str, first: str, last: str) -> None:
    read = values.read_period(text)
    assert (read.start.isoformat(), read.end.isoformat(), str(read)) == (first, last, text)


@pytest.mark.parametrize(
    ("read", "text", "words"),
    [
        (values.read_number, "1,000", "without thousands separators"),
        (values.read_number, "many", "is not a number"),
        (values.read_integer, "1.5", "is not a whole number"),
        (values.read_boolean, "Yes", "write true"),
        (values.read_boolean, "off", "write false"),
        (values.read_boolean, "perhaps", "write true or false"),
        (values.read_date, "31/03/2026", "YYYY-MM-DD"),
        (values.read_date, "2026-02-30", "not a day of the calendar"),
        (values.read_datetime, "2026-03-31 25:00", "YYYY-MM-DD HH:MM"),
        (values.read_duration, "10", "for example 10d"),
        (values.read_duration, "3m", "3min or 3mo"),
        (values.read_duration, "soon", "write it like"),
        (values.read_money, "£5", "write it like"),
        (values.read_money, "1,000", "without thousands separators"),
        (values.read_period, "March", "write it like"),
        (values.read_period, "2026-W60", "is not a week of its year"),
        (values.read_period, "0000", "outside the calendar"),
        (values.read_period, "9999", "outside the calendar"),
    ],
)
def test_what_does_not_read_says_what_was_expected(read: object, text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words.replace("(", r"\(")):
        read(text)  # type: ignore[operator]


def test_points_in_time() -> None:
    assert values.read_datetime("2026-03-31") == datetime(2026, 3, 31)  # noqa: DTZ001
    assert values.read_datetime("2026-03-31 14:05") == datetime(2026, 3, 31, 14, 5)  # noqa: DTZ001
    assert values.read_date("2026-03-31") == date(2026, 3, 31)


def test_working_time_depends_on_the_day_of_the_calendar() -> None:
    assert values.read_duration("2.5d").working_minutes(450) == 1125
    assert values.read_duration("1w").working_minutes(480) == 2400
    with pytest.raises(ValueError, match="not working time"):
        values.read_duration("5ed").working_minutes(450)
