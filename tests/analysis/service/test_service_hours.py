"""The clock of a service level: agreed service time only, pauses taken off, nothing flattered."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from portfolio.analysis.service.service_hours import (
    clock_minutes,
    handlings,
    read_time,
    service_calendar,
    tally,
)
from portfolio.analysis.service.service_performance import error_budget_now, measured_values
from portfolio.model.operations.services import ServiceTime
from portfolio.model.service import Sla
from portfolio.view.view import View
from tests.portfolios import portfolio_of

OFFICE = ServiceTime(days=(1, 2, 3, 4, 5), from_="08:00", to="18:00")
NIGHT = ServiceTime(days=(5,), from_="22:00", to="06:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}")


# Monday is 2 March 2026.
@pytest.mark.parametrize(
    ("begin", "end", "minutes"),
    [
        ("03-02T08:15", "03-02T08:45", 30),
        ("03-02T17:30", "03-03T08:30", 60),
        ("03-06T17:00", "03-09T09:00", 120),
        ("03-07T10:00", "03-08T20:00", 0),
        ("03-02T06:00", "03-02T20:00", 600),
        ("03-02T09:00", "03-02T08:00", 0),
        ("03-02T09:00", "03-02T09:00", 0),
    ],
)
def test_nights_and_weekends_do_not_count(begin: str, end: str, minutes: int) -> None:
    assert clock_minutes(service_calendar(OFFICE), at(begin), at(end)) == minutes


def test_without_an_agreed_time_the_clock_never_stops() -> None:
    assert clock_minutes(service_calendar(None), at("03-06T17:00"), at("03-09T09:00")) == 64 * 60


def test_a_night_shift_goes_on_into_the_next_day() -> None:
    friday_night = service_calendar(NIGHT)
    assert clock_minutes(friday_night, at("03-06T12:00"), at("03-07T12:00")) == 8 * 60
    assert clock_minutes(friday_night, at("03-07T12:00"), at("03-13T22:00")) == 0


@pytest.mark.parametrize(
    ("pauses", "minutes"),
    [
        ([("03-02T09:00", "03-02T10:00")], 540),
        ([("03-02T09:00", "03-02T11:00"), ("03-02T10:00", "03-02T12:00")], 420),
        ([("03-02T09:00", "03-02T12:00"), ("03-02T10:00", "03-02T11:00")], 420),
        ([("03-01T09:00", "03-02T09:00")], 540),
        ([("03-02T17:00", "03-03T12:00")], 540),
        ([("03-02T18:00", "03-03T08:00")], 600),
        ([("03-05T09:00", "03-05T10:00")], 600),
        ([("03-01T00:00", "03-09T00:00")], 0),
    ],
)
def test_pauses_are_cut_to_the_span_merged_and_counted_in_service_time(
    pauses: list[tuple[str, str]], minutes: int
) -> None:
    spans = [(at(begin), at(end)) for begin, end in pauses]
    monday = at("03-02T08:00"), at("03-02T18:00")
    assert clock_minutes(service_calendar(OFFICE), *monday, spans) == minutes


def test_a_time_that_cannot_be_read_counts_round_the_clock_and_is_a_finding() -> None:
    assert read_time("8am") is None
    assert read_time("12:60") is None
    for wrong in (
        ServiceTime(days=(1,), from_="8am", to="18:00"),
        ServiceTime(days=(1,), from_="08:00", to="08:00"),
        ServiceTime(days=(9,), from_="08:00", to="18:00"),
    ):
        assert service_calendar(wrong) is service_calendar(None)


DESK = """
people: [{id: anna, name: Anna Sample}]
service: {id: desk, name: Desk, owner: anna,
  agreed_service_time: {days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00"}}
slas:
  - {id: fixed, service: desk, measure: resolution, target: 75, unit: "%", direction: higher,
     priority: P2, within: 1d}
  - {id: heard, service: desk, measure: response, target: 90, unit: "%", direction: higher,
     within: 30min}
  - {id: round, service: desk, measure: resolution, target: 90, unit: "%", direction: higher,
     within: 24eh}
  - {id: stated, service: desk, measure: quality, target: 90, unit: "%", direction: higher,
     within: 1h}
incidents:
  - {id: to-the-minute, service: desk, priority: P2, opened: 2026-02-02 09:00,
     responded: 2026-02-02 09:30, resolved: 2026-02-03 09:00}
  - {id: a-minute-late, service: desk, priority: P2, opened: 2026-02-02 09:00,
     responded: 2026-02-02 09:31, resolved: 2026-02-03 09:01}
  - {id: user-was-away, service: desk, priority: P2, opened: 2026-02-06 17:00,
     responded: 2026-02-06 17:05, resolved: 2026-02-11 12:00,
     pauses: [{from: 2026-02-09 09:00, to: 2026-02-11 08:00, reason: Asked for a log}]}
  - {id: on-hold, service: desk, priority: P2, opened: 2026-02-16 09:00, resolved: 2026-02-17 10:00,
     paused: 60min}
  - {id: elapsed-hold, service: desk, priority: P2, opened: 2026-02-18 09:00,
     resolved: 2026-02-19 10:00, paused: 1eh}
  - {id: small, service: desk, priority: P4, opened: 2026-02-18 09:00, resolved: 2026-02-27 10:00}
  - {id: still-fine, service: desk, priority: P2, opened: 2026-03-31 16:00}
  - {id: overdue, service: desk, priority: P2, opened: 2026-03-27 09:00}
  - {id: asked-back, service: desk, priority: P2, opened: 2026-03-24 09:00,
     pauses: [{from: 2026-03-24 10:00}]}
  - {id: resolved-later, service: desk, priority: P2, opened: 2026-03-30 09:00,
     resolved: 2026-04-02 09:00}
  - {id: not-yet-there, service: desk, priority: P2, opened: 2026-04-01 09:00}
"""


def judged(portfolio: View, level: str) -> dict[str, tuple[int, bool | None]]:
    found = handlings(portfolio, sla(portfolio, level))
    return {each.incident.id: (each.minutes, each.is_kept) for each in found}


def sla(portfolio: View, level: str) -> Sla:
    found = portfolio.find(f"desk.{level}", Sla)
    assert found is not None
    return found


def test_a_resolution_within_one_day_of_ten_service_hours() -> None:
    assert judged(portfolio_of(DESK), "fixed") == {
        "to-the-minute": (600, True),
        "a-minute-late": (601, False),
        "user-was-away": (60 + 60 + 240, True),
        "on-hold": (600, True),
        "elapsed-hold": (600, True),
        "asked-back": (60, None),
        "overdue": (540 + 600 + 600, False),
        "resolved-later": (1140, False),
        "still-fine": (120, None),
    }


def test_a_response_is_judged_for_every_priority_and_silence_is_missed() -> None:
    found = judged(portfolio_of(DESK), "heard")
    assert found["to-the-minute"] == (30, True)
    assert found["a-minute-late"] == (31, False)
    assert found["small"][1] is False


def test_a_limit_in_elapsed_time_counts_nights_as_well() -> None:
    found = judged(portfolio_of(DESK), "round")
    assert found["to-the-minute"] == (24 * 60, True)
    assert found["a-minute-late"] == (24 * 60 + 1, False)


def test_only_response_and_resolution_have_a_clock() -> None:
    assert judged(portfolio_of(DESK), "stated") == {}


def test_attainment_leaves_out_what_still_runs_and_keeps_what_is_overdue() -> None:
    portfolio = portfolio_of(DESK)
    level = sla(portfolio, "fixed")
    march = tally(handlings(portfolio, level), date(2026, 3, 1), date(2026, 3, 31))
    assert (march.kept, march.missed, march.running) == (0, 2, 2)
    assert march.attainment.value == 0
    nothing = tally(handlings(portfolio, level), date(2025, 3, 1), date(2025, 3, 31))
    assert nothing.attainment.code == "no_data"


def test_the_months_of_a_clock_are_values_and_a_written_value_wins() -> None:
    portfolio = portfolio_of(DESK)
    values = measured_values(portfolio, sla(portfolio, "fixed"))
    assert [(str(p), int(v)) for p, v in values] == [("2026-02", 80), ("2026-03", 0)]
    written = DESK + "measurements: [{sla: desk.fixed, period: 2026-02, value: 77}]\n"
    portfolio = portfolio_of(written)
    values = measured_values(portfolio, sla(portfolio, "fixed"))
    assert [(str(p), int(v)) for p, v in values] == [("2026-02", 77), ("2026-03", 0)]


def test_the_error_budget_of_a_clock_is_in_cases() -> None:
    portfolio = portfolio_of(DESK)
    found = error_budget_now(portfolio, sla(portfolio, "fixed")).value
    assert found is not None
    assert found.unit == "events"
    assert [found.budget, found.remaining] == [Decimal("0.5"), Decimal("-1.5")]
    assert found.burn.value == 4


def test_the_error_budget_of_counted_cases() -> None:
    text = """
        people: [{id: anna, name: Anna Sample}]
        service: {id: desk, name: Desk, owner: anna}
        sla: {id: right, service: desk, measure: quality, target: 99, unit: "%", direction: higher,
          window: quarter}
        measurements:
          - {sla: desk.right, period: 2026-01, numerator: 495, denominator: 500}
          - {sla: desk.right, period: 2026-03, numerator: 499, denominator: 500}
          - {sla: desk.right, period: 2025-12, numerator: 0, denominator: 500}
    """
    portfolio = portfolio_of(text)
    found = error_budget_now(portfolio, sla(portfolio, "right")).value
    assert found is not None
    assert [found.budget, found.remaining] == [10, 4]
    hundred = portfolio_of(text.replace("target: 99", "target: 100"))
    assert error_budget_now(hundred, sla(hundred, "right")).code == "out_of_range"
    minutes = portfolio_of(text.replace('unit: "%"', "unit: minutes"))
    assert error_budget_now(minutes, sla(minutes, "right")).code == "no_data"
