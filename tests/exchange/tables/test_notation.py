"""Dates and numbers as other tools write them: read as stated, never guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.exchange.tables.mapping import NumberStyle
from portfolio.exchange.tables.notation import (
    date_pattern,
    read_amount,
    read_day,
    read_moment,
    shown,
)

STATED = ("DD/MM/YYYY", "DD.MM.YY", "D Mon YYYY", "%d %B %Y")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("31/03/2022", "2022-03-31"),
        ("31.03.22", "2022-03-31"),
        ("01.04.84", "1984-04-01"),
        ("5 Feb 2016", "2016-02-05"),
        ("31 December 2030", "2030-12-31"),
        ("2011-01-10T00:00:00Z", "2011-01-10"),
        ("30/09/2019 5:00:00 PM", "2019-09-30"),
        ("2016-05-25 17:00:00", "2016-05-25"),
        ("2016-05-25", "2016-05-25"),
    ],
)
def test_a_date_is_read_in_a_stated_form_or_as_iso_without_its_time(written: str, day: str) -> None:
    assert read_day(written, STATED) == day


@pytest.mark.parametrize("written", ["2022/03/31", "31/02/2022", "1/3/2022", "31.03.2022", "Q1"])
def test_a_date_in_no_stated_form_is_not_understood(written: str) -> None:
    with pytest.raises(ValueError, match="a date written DD/MM/YYYY or"):
        read_day(written, STATED)


def test_a_date_that_two_stated_forms_read_differently_is_not_understood() -> None:
    forms = ("DD/MM/YYYY", "MM/DD/YYYY")
    with pytest.raises(ValueError, match="2022-02-01 by DD/MM/YYYY or 2022-01-02 by MM/DD/YYYY"):
        read_day("01/02/2022", forms)
    assert read_day("31/12/2022", forms) == "2022-12-31"
    assert read_day("03/03/2022", forms) == "2022-03-03"


def test_the_time_of_a_spreadsheet_without_its_day_is_no_date() -> None:
    with pytest.raises(ValueError, match="a time of day without a date"):
        read_day("1899-12-31T10:22:25Z", ())


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("29/02/2016 01:16", "2016-02-29 01:16"),
        ("29/02/2016 12:05:09 AM", "2016-02-29 00:05:09"),
        ("29/02/2016 5:00 pm", "2016-02-29 17:00"),
        ("29/02/2016", "2016-02-29"),
    ],
)
def test_a_point_in_time_keeps_its_time(written: str, moment: str) -> None:
    assert read_moment(written, ("DD/MM/YYYY",)) == moment


@pytest.mark.parametrize("written", ["DD/MM", "DD/MM/YYYY/DD", "somewhen", "YYYY-MM"])
def test_a_form_that_does_not_name_day_month_and_year_once_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is no form of a date"):
        date_pattern(written)


POUNDS = NumberStyle(
    strip=("£",), thousands=",", scale="million", suffixes={"m": "million", "bn": "billion"}
)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("£12.30m", "12300000"),
        ("1,234.50", "1234500000"),
        ("12.3", "12300000"),
        ("-4.18", "-4180000"),
        ("\u22124.18", "-4180000"),
        ("£2bn", "2000000000"),
        ("0", "0"),
    ],
)
def test_money_is_scaled_as_stated_or_by_its_own_ending(written: str, amount: str) -> None:
    assert shown(read_amount(written, POUNDS)) == amount


@pytest.mark.parametrize("written", ["1,23", "1.234,50", "12,3456", "twelve", "1 234", "£", "--1"])
def test_a_number_in_another_style_is_not_understood(written: str) -> None:
    with pytest.raises(ValueError, match=r"a number like 1,234\.50"):
        read_amount(written, POUNDS)


def test_a_thousands_mark_that_is_not_stated_is_no_thousands_mark() -> None:
    with pytest.raises(ValueError, match=r"a number like 1234\.50"):
        read_amount("1,234", NumberStyle())


def test_a_decimal_comma_and_a_percentage_are_read_where_stated() -> None:
    german = NumberStyle(decimal=",", thousands=".", scale="percent")
    assert read_amount("1.250,5 %", german) == Decimal("12.505")


def test_rounding_is_stated_too() -> None:
    assert shown(read_amount("2066075.5899999999", NumberStyle(decimals=2))) == "2066075.59"
