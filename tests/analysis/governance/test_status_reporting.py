"""Governance in figures, held against the worked examples WE-56, WE-60 and WE-62."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from portfolio.analysis.governance import (
    boards,
    data_quality,
    decisions,
    rag_status,
    status_reporting,
)
from portfolio.diagnostic import Severity

RAISED = {
    "D1": (date(2026, 3, 2), date(2026, 3, 10), date(2026, 3, 9)),
    "D2": (date(2026, 3, 5), None, date(2026, 3, 20)),
    "D3": (date(2026, 3, 9), date(2026, 3, 12), date(2026, 3, 16)),
    "D4": (date(2026, 3, 16), None, date(2026, 4, 10)),
}
AS_OF = date(2026, 3, 27)


@pytest.mark.parametrize(
    ("baseline", "tolerance", "forecast", "more_is_worse", "use"),
    [
        (1000, 50, 1062, True, "1.24"),
        (120, 10, 127, True, "0.7"),
        (400, 40, 355, False, "1.125"),
        (1000, 50, 950, True, "0"),
        (1000, 0, 950, True, "0"),
    ],
)
def test_tolerance_use(
    baseline: int, tolerance: int, forecast: int, *, more_is_worse: bool, use: str
) -> None:
    found = rag_status.tolerance_use(
        Decimal(baseline), Decimal(tolerance), Decimal(forecast), more_is_worse=more_is_worse
    )
    assert found.value == Decimal(use)


def test_a_tolerance_of_nothing_has_no_ratio() -> None:
    found = rag_status.tolerance_use(Decimal(1000), Decimal(0), Decimal(1001))
    assert (found.value, found.code) == (None, "zero_denominator")


def test_latency_counts_only_what_was_decided() -> None:
    pairs = [(raised, decided) for raised, decided, _ in RAISED.values()]
    assert decisions.decision_latency(pairs).value == Decimal("5.5")
    assert decisions.decision_latency(pairs, 0.9).value == Decimal("7.5")
    assert decisions.decision_latency([(AS_OF, None)]).code == "no_data"


def test_what_is_due_and_open_counts_as_late() -> None:
    pairs = [(needed, decided) for _, decided, needed in RAISED.values()]
    found = decisions.decisions_on_time(pairs, AS_OF).value
    assert found is not None
    assert round(found, 4) == Decimal("0.3333")


def test_a_report_is_stale_after_cadence_and_grace() -> None:
    age = status_reporting.report_age(date(2026, 3, 6), None, AS_OF, 14, 3).value
    assert age is not None
    assert (age.age, age.is_stale, age.is_two_cadences_old) == (21, True, False)
    on_the_edge = status_reporting.report_age(date(2026, 3, 10), None, AS_OF, 14, 3).value
    assert on_the_edge is not None
    assert not on_the_edge.is_stale


def test_without_any_report_the_age_counts_from_the_start() -> None:
    age = status_reporting.report_age(None, date(2026, 1, 1), AS_OF, 31, 3).value
    assert age is not None
    assert (age.age, age.is_two_cadences_old) == (85, True)
    assert status_reporting.report_age(None, None, AS_OF, 31, 3).code == "no_data"
    assert status_reporting.report_age(None, date(2026, 6, 1), AS_OF, 31, 3).code == "not_started"


def test_the_watermelon_check() -> None:
    found = status_reporting.rag_integrity(
        {
            "P1": ("green", "green"),
            "P2": ("green", "red"),
            "P3": ("amber", "red"),
            "P4": ("green", "amber"),
            "P5": ("red", "amber"),
            "P6": ("green", "grey"),
        }
    )
    assert found.comparable == ("P1", "P2", "P3", "P4", "P5")
    assert found.optimistic == ("P2", "P3", "P4")
    assert found.two_steps == ("P2",)
    assert found.pessimistic == ("P5",)
    assert found.no_data == ("P6",)
    assert found.watermelon_rate.value == Decimal("0.6")


def test_no_comparable_colour_gives_no_rate() -> None:
    assert status_reporting.rag_integrity({"P6": ("green", "grey")}).watermelon_rate.value is None


def test_cost_of_delay_runs_from_the_day_it_was_needed() -> None:
    assert decisions.cost_of_delay(Decimal(7000), date(2026, 3, 20), AS_OF) == 7000
    assert decisions.cost_of_delay(Decimal(7000), date(2026, 4, 20), AS_OF) == 0


def test_data_quality_weighs_errors_more() -> None:
    applicable = [Severity.ERROR, Severity.WARNING, Severity.INFO]
    assert data_quality.data_quality_index([Severity.ERROR], applicable).value == Decimal("0.375")
    assert data_quality.data_quality_index([], []).code == "no_data"


def test_actions_that_are_not_due_do_not_count() -> None:
    found = boards.action_closure(
        [(date(2026, 3, 5), date(2026, 3, 6)), (date(2026, 4, 5), None)],
        date(2026, 3, 1),
        date(2026, 3, 31),
    )
    assert found.value == 0
