"""When a project ends: what people say, else what their activities say if that is later."""

from __future__ import annotations

from datetime import date

import pytest

from portfolio.analysis.governance.project_health import health
from portfolio.model.delivery.projects import Project
from portfolio.network.portfolio_schedule import expected_finish, planned_finishes
from portfolio.view.view import View
from tests.portfolios import portfolio_of

# On Tuesday 31 March ten working days are left: they end on Monday 13 April.
BUILD = "{id: build, duration: 10d}"


def project(more: str, activities: str = BUILD) -> tuple[View, Project]:
    portfolio = portfolio_of(
        "people: [{id: anna, name: Anna Sample}]\n"
        "project: {id: atlas, name: Atlas, sponsor: anna, status: delivering, "
        f"start: 2026-03-02, {more}, activities: [{activities}]}}\n"
    )
    return portfolio, portfolio.all(Project)[0]


@pytest.mark.parametrize(
    ("stated", "finish"),
    [
        ("baseline_finish: 2026-04-10", date(2026, 4, 13)),
        ("baseline_finish: 2026-04-13", None),
        ("baseline_finish: 2026-06-30", None),
        ("baseline_finish: 2026-04-10, forecast_finish: 2026-04-20", date(2026, 4, 20)),
        ("baseline_finish: 2026-04-10, actual_finish: 2026-03-20", date(2026, 3, 20)),
        ("priority: 1", None),
    ],
)
def test_what_is_stated_goes_before_what_the_activities_say(
    stated: str, finish: date | None
) -> None:
    assert expected_finish(*project(stated)) == finish


def test_what_is_done_says_nothing_about_the_end() -> None:
    done = "{id: build, duration: 10d, actual_start: 2026-03-02, actual_finish: 2026-03-13}"
    portfolio, _ = project("baseline_finish: 2026-03-10", done)
    assert planned_finishes(portfolio) == {}


def test_work_that_only_accompanies_does_not_end_a_project() -> None:
    portfolio, atlas = project(
        "baseline_finish: 2026-04-20", f"{BUILD}, {{id: pmo, duration: 90d, loe: true}}"
    )
    assert planned_finishes(portfolio) == {"atlas": date(2026, 4, 13)}
    assert expected_finish(portfolio, atlas) is None


def test_a_plan_that_ends_after_the_baseline_is_no_longer_without_data() -> None:
    found = health(*project("baseline_finish: 2026-04-10"))
    assert found.dimensions["time"] == "amber"
    (reason,) = found.reasons
    assert reason.sentence == (
        "the finish by its activities moved from 2026-04-10 to 2026-04-13, 1 working day; "
        "no tolerance for time is set"
    )


def test_half_a_plan_is_no_evidence_that_all_is_well() -> None:
    assert health(*project("baseline_finish: 2026-09-30")).dimensions["time"] == "grey"


def test_earned_value_of_activities_gives_the_colour_of_cost() -> None:
    half = (
        "{id: build, duration: 10d, budget: 1000, pct_complete: 50, actual_start: 2026-03-23, "
        "baseline_start: 2026-03-23, baseline_finish: 2026-04-03}"
    )
    portfolio, atlas = project(
        "baseline_finish: 2026-09-30, bac: 1000, tolerances: {cost_pct: 10}, "
        "actuals: [{id: march, period: 2026-03, amount: 800}]",
        half,
    )
    found = health(portfolio, atlas)
    assert found.dimensions["cost"] == "red"
    assert "1,600 GBP expected, budget 1,000" in found.reasons[-1].sentence


def test_costs_without_any_earned_value_tell_nothing_yet() -> None:
    portfolio, atlas = project(
        "baseline_finish: 2026-09-30, bac: 1000, "
        "actuals: [{id: march, period: 2026-03, amount: 800}]",
        "{id: build, duration: 10d, budget: 1000}",
    )
    assert health(portfolio, atlas).dimensions["cost"] == "grey"
