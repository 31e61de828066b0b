"""Where a service stands in its window: agreed time, outages, what is left of the error budget."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from portfolio.analysis.service.service_performance import (
    Window,
    agreed_spans,
    error_budget_now,
    measured_values,
    window_of,
)
from portfolio.model.operations.services import ServiceTime
from portfolio.model.service import Sla
from portfolio.view.view import View
from tests.portfolios import portfolio_of

OFFICE = ServiceTime(days=(1, 2, 3, 4, 5), from_="08:00", to="18:00")
SERVICE = """
people: [{id: anna, name: Anna Sample}]
service: {id: web, name: Web, owner: anna,
  agreed_service_time: {days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00"}}
sla: {id: up, service: web, measure: availability, target: 99, unit: "%", direction: higher}
"""


def level(portfolio: View) -> Sla:
    return portfolio.all(Sla)[0]


@pytest.mark.parametrize(
    ("window", "begin", "end"),
    [
        ("month", date(2026, 3, 1), date(2026, 3, 31)),
        ("quarter", date(2026, 1, 1), date(2026, 3, 31)),
        ("rolling_30d", date(2026, 3, 2), date(2026, 3, 31)),
    ],
)
def test_the_window_holds_the_day(window: str, begin: date, end: date) -> None:
    found = level(portfolio_of(SERVICE.replace("unit:", f"window: {window}, unit:")))
    assert window_of(found, date(2026, 3, 31)) == Window(begin, end)


def test_december_ends_with_the_year() -> None:
    assert window_of(level(portfolio_of(SERVICE)), date(2026, 12, 9)).end == date(2026, 12, 31)


def test_agreed_time_is_office_hours_or_round_the_clock() -> None:
    friday, sunday = date(2026, 3, 27), date(2026, 3, 29)
    (span,) = agreed_spans(OFFICE, friday, sunday)
    assert span == (datetime.fromisoformat("2026-03-27T08:00"),
                    datetime.fromisoformat("2026-03-27T18:00"))  # fmt: skip
    whole = [last - first for first, last in agreed_spans(None, friday, sunday)]
    assert whole == [timedelta(days=1)] * 3
    until_midnight = ServiceTime(days=(5,), from_="20:00", to="24:00")
    assert [b - a for a, b in agreed_spans(until_midnight, friday, sunday)] == [timedelta(hours=4)]


def test_only_outages_inside_agreed_time_use_the_budget() -> None:
    outages = (
        "outages:\n"
        "  - {id: o1, service: web, from: 2026-03-03 17:00, to: 2026-03-04 09:00}\n"
        "  - {id: o2, service: web, from: 2026-03-07 08:00, to: 2026-03-07 18:00}\n"
        "  - {id: o3, service: web, from: 2026-03-10 08:00, to: 2026-03-10 18:00, planned: true}\n"
        "  - {id: o4, service: web, from: 2026-03-11 08:00, to: 2026-03-11 18:00, excluded: true}\n"
    )
    portfolio = portfolio_of(SERVICE + outages)
    found = error_budget_now(portfolio, level(portfolio)).value
    assert found is not None
    assert found.budget == 22 * 600 * Decimal("0.01")
    assert found.remaining == 132 - 120


def test_an_open_outage_goes_on_to_the_end_of_the_day() -> None:
    outage = "outages: [{id: o1, service: web, from: 2026-03-31 17:00}]\n"
    portfolio = portfolio_of(SERVICE + outage)
    found = error_budget_now(portfolio, level(portfolio)).value
    assert found is not None
    assert found.remaining == 132 - 60


def test_without_outages_the_measured_value_tells_what_was_lost() -> None:
    portfolio = portfolio_of(
        SERVICE + "measurements: [{sla: web.up, period: 2026-03, value: 98.5}]\n"
    )
    found = error_budget_now(portfolio, level(portfolio)).value
    assert found is not None
    assert found.remaining == Decimal(132) - Decimal("0.015") * 22 * 600


def test_nothing_written_down_is_no_data_and_not_a_full_budget() -> None:
    portfolio = portfolio_of(SERVICE)
    assert error_budget_now(portfolio, level(portfolio)).code == "no_data"
    other = portfolio_of(SERVICE.replace("measure: availability", "measure: quality"))
    assert error_budget_now(other, level(other)).code == "no_data"


def test_values_come_oldest_first_and_none_from_the_future() -> None:
    portfolio = portfolio_of(
        SERVICE
        + "measurements:\n"
        + "  - {sla: web.up, period: 2026-03, value: 98}\n"
        + "  - {sla: web.up, period: 2026-02, numerator: 99, denominator: 100}\n"
        + "  - {sla: web.up, period: 2026-04, value: 97}\n"
    )
    values = measured_values(portfolio, level(portfolio))
    assert [(str(p), int(value)) for p, value in values] == [("2026-02", 99), ("2026-03", 98)]
