"""What time was really used for, and how good the bookings were."""

from __future__ import annotations

from decimal import Decimal

from portfolio.analysis.resources.utilisation import booking_accuracy, pooled_time_use, time_use
from tests.analysis.people import BASE, bookings, person, portfolio

SHEETS = """
timesheets:
  - {person: ann, period: 2026-W11, work: hub, hours: 24, billable: true}
  - {person: ann, period: 2026-W11, work: bau, hours: 8, billable: false}
  - {person: ann, period: 2026-W12, work: hub, hours: 30, status: submitted}
  - {person: bob, period: 2026-W11, work: hub, hours: 10}
  - {person: bob, period: 2026-W15, work: hub, hours: 10}
"""


def test_only_approved_hours_until_now_are_actual_and_thirty_two_of_forty_are_80_percent() -> None:
    found = portfolio(
        SHEETS.replace("2026-W12", "2026-W11").replace(
            "work: hub, hours: 30", "work: atlas, hours: 30"
        )
    )
    used = time_use(found, person(found, "ann")).value
    assert used is not None
    assert (used.available, used.approved, used.waiting) == (Decimal(40), Decimal(32), Decimal(30))
    assert used.actual_utilisation.value == Decimal("0.8")
    assert used.billable_utilisation.value == Decimal("0.6")
    assert used.bau_share.value == Decimal("0.25")
    bob = time_use(found, person(found, "bob")).value
    assert bob is not None
    assert (bob.available, bob.approved) == (Decimal(20), Decimal(10))
    assert bob.billable_utilisation.reason == "no timesheet says what is billable"
    both = pooled_time_use([used, bob]).value
    assert both is not None
    assert both.actual_utilisation.value == Decimal("0.7"), "pooled, not the mean of 0.8 and 0.5"


def test_time_without_timesheets_or_without_presence_is_unknown() -> None:
    found = portfolio("")
    assert time_use(found, person(found, "ann")).code == "no_data"
    assert pooled_time_use([]).code == "no_data"
    away = BASE.replace(
        "role: Tester, productive_share: 1}",
        "role: Tester, productive_share: 1, start_date: 2026-03-30}",
        1,
    )
    late = portfolio(
        "timesheets:\n  - {person: ann, period: 2026-W11, work: hub, hours: 5, status: draft}\n",
        away,
    )
    used = time_use(late, person(late, "ann")).value
    assert used is not None
    assert used.actual_utilisation.reason == "nobody was there"
    assert used.bau_share.reason == "no approved hours"


def test_booking_accuracy_is_the_error_of_booked_hours_weighted_by_approved_ones() -> None:
    """Booked 20 on the hub and 8 on Atlas, approved 24 and 0; business as usual was not booked."""
    found = portfolio(
        SHEETS
        + bookings(
            "id: a, person: ann, work: hub, from: 2026-03-01, to: 2026-03-31, pct: 50",
            "id: b, person: ann, work: atlas.build, from: 2026-03-09, to: 2026-03-13, days: 1",
            "id: s, person: ann, work: hub, from: 2026-03-09, to: 2026-03-13, pct: 9, type: soft",
        )
    )
    accuracy = booking_accuracy(found, [person(found, "ann")])
    assert accuracy.absolute.value == Decimal(4 + 8) / 24
    assert accuracy.bias.value == Decimal(28 - 24) / 24
    assert accuracy.skipped == 1
    assert booking_accuracy(found, []).absolute.code == "no_data"


def test_booked_business_as_usual_is_compared_like_other_work() -> None:
    usual = "id: a, person: ann, work: bau, from: 2026-03-09, to: 2026-03-13, pct: 10"
    found = portfolio(SHEETS + bookings(usual))
    accuracy = booking_accuracy(found, [person(found, "ann")])
    assert accuracy.absolute.value == Decimal(24 + 4) / 32
