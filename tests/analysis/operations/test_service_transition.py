"""From a release to everyday work, held against WE-45 and the edge cases of the formulas."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import pytest

from portfolio.analysis.operations.service_transition import (
    RunCostStep,
    change_success,
    exit_reached,
    operational_readiness,
    productivity_dip,
    run_cost_delta,
    stability,
)
from portfolio.model.operations.services import ReadinessCriterion


def criteria(*written: tuple[str, bool, str | None]) -> list[ReadinessCriterion]:
    return [
        ReadinessCriterion(id=f"c{n}", text="A thing", status=status, mandatory=must, reason=reason)
        for n, (status, must, reason) in enumerate(written)
    ]


# Readiness


def test_one_mandatory_criterion_not_met_is_a_no_go_whatever_the_share() -> None:
    found = operational_readiness(criteria(*[("met", True, None)] * 9, ("not_met", True, None)))
    assert found.share.value == Decimal("0.9")
    assert found.is_no_go


def test_partly_is_not_met_but_no_veto_and_what_is_optional_does_not_count() -> None:
    found = operational_readiness(
        criteria(("met", True, None), ("partly", True, None), ("not_met", False, None))
    )
    assert (found.share.value, found.is_no_go) == (Decimal("0.5"), False)
    assert [each.id for each in found.partly] == ["c1"]


def test_not_applicable_needs_a_reason_else_it_counts_as_applicable() -> None:
    excused = operational_readiness(
        criteria(("met", True, None), ("not_applicable", True, "No data moves"))
    )
    assert (excused.share.value, excused.applicable) == (Decimal(1), 1)
    silent = operational_readiness(criteria(("met", True, None), ("not_applicable", True, None)))
    assert (silent.share.value, len(silent.unreasoned)) == (Decimal("0.5"), 1)


def test_without_a_mandatory_criterion_there_is_no_readiness() -> None:
    assert operational_readiness([]).share.code == "no_data"
    assert operational_readiness(criteria(("met", False, None))).share.code == "no_data"


# Change success and stability


def test_without_a_finished_release_there_is_no_success() -> None:
    assert change_success([]).code == "no_data"


def test_four_weeks_after_are_held_against_eight_before() -> None:
    before, after = [-56, -40, -30, -20, -10, -5, -2, -1], [0, 1, 5, 7, 13, 27]
    found = stability([*before, *after, 28, -57], days_since=90).value
    assert found is not None
    assert (found.before, found.after) == (Decimal(1), Decimal("1.5"))
    assert found.ratio.value == Decimal("1.5")


def test_no_incident_before_leaves_a_difference_and_no_ratio() -> None:
    found = stability([2, 9], days_since=90).value
    assert found is not None
    assert found.ratio.code == "zero_denominator"
    assert found.difference == Decimal("0.5")


def test_a_release_of_last_week_is_judged_on_the_days_behind_it() -> None:
    found = stability([0, 3, 6, 13], days_since=6).value
    assert found is not None
    assert found.after == 3
    assert stability([], days_since=-1).code == "not_started"


# Early life support


@pytest.mark.parametrize(
    ("values", "threshold", "direction", "expected"),
    [
        ((5, 2, 2), 2, "lower", True),
        ((2, 2, 3), 2, "lower", False),
        ((2, 3, 2), 2, "lower", False),
        ((84, 90), 84, "higher", True),
        ((83.9, 90), 84, "higher", False),
    ],
)
def test_support_ends_after_enough_periods_in_a_row(
    values: tuple[float, ...],
    threshold: int,
    direction: Literal["higher", "lower"],
    expected: object,
) -> None:
    series = [Decimal(str(value)) for value in values]
    assert exit_reached(series, Decimal(threshold), direction).value is expected


def test_too_few_periods_are_no_data_and_not_a_no() -> None:
    assert exit_reached([Decimal(1)], Decimal(2), "lower").code == "no_data"


# Run cost


def test_run_cost_of_the_first_year_and_of_a_steady_one() -> None:
    steps = [
        RunCostStep(Decimal(15500), Decimal(17300), 10, budgeted=False),
        RunCostStep(Decimal(12500), Decimal(14200), 9, budgeted=True),
        RunCostStep(Decimal(41000), Decimal(36500), 9, budgeted=True),
    ]
    found = run_cost_delta(steps).value
    assert found is not None
    assert [found.monthly, found.first_year, found.steady_year] == [-1000, -7200, -12000]
    assert f"{found.unbudgeted.value:.4f}" == "0.5143"  # 1,800 of 3,500 more


def test_savings_alone_leave_nothing_to_budget() -> None:
    found = run_cost_delta([RunCostStep(Decimal(9), Decimal(4), 12)]).value
    assert found is not None
    assert found.unbudgeted.code == "finished"
    assert run_cost_delta([]).code == "no_data"


# WE-45: the productivity dip


def test_a_go_live_for_120_people_costs_90_person_weeks() -> None:
    weeks = productivity_dip(120, Decimal("0.25"), Decimal(6))
    assert weeks == 90
    assert weeks * 900 == 81000
    assert weeks / 6 == 15
    assert productivity_dip(0, Decimal("0.25"), Decimal(6)) == 0
