"""What was promised against what came: milestones, forecasts of cost, and several as one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from portfolio.analysis.delivery.milestone_performance import (
    drift,
    drifts,
    forecast_points,
    milestone_record,
    milestone_slip,
)
from portfolio.analysis.finance.earned_schedule import pace_and_cost, time_forecast
from portfolio.analysis.finance.forecast_accuracy import accuracy, at_horizon, judged_forecasts
from portfolio.analysis.finance.portfolio_performance import pool
from portfolio.model.delivery.projects import Milestone, Project
from portfolio.view.view import View
from tests.portfolios import DAY, portfolio_of

BASE = """
people: [{id: anna, name: Anna Sample}, {id: ben, name: Ben Sample}]
project: {id: atlas, name: Atlas, sponsor: anna, status: delivering, bac: 1000, start: 2026-01-05}
"""


def milestones_of(*lines: str) -> tuple[Milestone, ...]:
    listed = "".join(f"  - {{project: atlas, {line}}}\n" for line in lines)
    return portfolio_of(f"{BASE}milestones:\n{listed}").all(Milestone)


class TestMilestones:
    """Met, missed, moved."""

    def test_what_is_overdue_and_open_is_missed_and_counts_its_age(self) -> None:
        found = milestone_record(
            milestones_of(
                "id: a, name: A, baseline: 2026-03-02, actual: 2026-03-02",
                "id: b, name: B, baseline: 2026-03-21",
                "id: c, name: C, baseline: 2026-05-21, forecast: 2026-05-31",
                "id: d, name: D, baseline: 2024-05-21, actual: 2024-05-21",
                "id: e, name: E",
            ),
            DAY,
        )
        assert (found.due, found.hit_rate.value) == (2, Decimal("0.5"))
        assert found.slips.value is not None
        assert found.slips.value.mean == 5
        assert found.slips.value.count == 4

    def test_a_forecast_that_has_passed_is_not_believed(self) -> None:
        late, unknown = milestones_of(
            "id: a, name: A, baseline: 2026-03-02, forecast: 2026-03-11",
            "id: b, name: B, baseline: 2026-05-02",
        )
        assert milestone_slip(late, DAY) == 29
        assert milestone_slip(unknown, DAY) is None

    def test_the_trend_takes_what_stands_today_as_its_last_point(self) -> None:
        # Worked example WE-53: 200, 210, 235, 260 on the days 0, 30, 60, 90.
        (found,) = milestones_of(
            "id: a, name: A, forecast: 2026-09-17, history: ["
            "{as_of: 2025-12-31, forecast: 2026-07-19}, {as_of: 2026-01-30, forecast: 2026-07-29},"
            "{as_of: 2026-03-01, forecast: 2026-08-23}]"
        )
        points = forecast_points(found, DAY)
        assert [(day - date(2025, 12, 31)).days for day, _ in points] == [0, 30, 60, 90]
        known = drift(found, DAY).value
        assert known is not None
        assert round(known.trend.slope, 4) == Decimal("0.6833")
        assert known.arrival.value == date(2025, 12, 31).fromordinal(
            date(2025, 12, 31).toordinal() + 618
        )
        assert known.moved.value == 60

    def test_the_same_forecast_of_last_week_is_not_counted_twice(self) -> None:
        (found,) = milestones_of(
            "id: a, name: A, forecast: 2026-09-17,"
            " history: [{as_of: 2026-03-27, forecast: 2026-09-17}]"
        )
        assert len(forecast_points(found, DAY)) == 1
        assert drift(found, DAY).code == "no_data"

    def test_what_slips_a_day_a_day_never_arrives(self) -> None:
        (found,) = milestones_of(
            "id: a, name: A, forecast: 2026-09-17, history: ["
            "{as_of: 2026-01-30, forecast: 2026-07-19}, {as_of: 2026-03-01, forecast: 2026-08-18}]"
        )
        known = drift(found, DAY).value
        assert known is not None
        assert known.arrival.code == "unreachable"

    def test_what_arrives_after_the_last_year_has_no_date(self) -> None:
        (found,) = milestones_of(
            "id: a, name: A, forecast: 2196-03-30, history: ["
            "{as_of: 2020-01-01, forecast: 2190-01-01}, {as_of: 2026-01-01, forecast: 2196-01-01}]"
        )
        known = drift(found, DAY).value
        assert known is not None
        assert known.arrival.code == "out_of_range"

    def test_only_open_milestones_drift_and_the_fastest_comes_first(self) -> None:
        history = "history: [{as_of: 2026-01-01, forecast: 2026-05-01}, "
        found = milestones_of(
            f"id: a, name: A, forecast: 2026-05-02, {history}"
            "{as_of: 2026-02-01, forecast: 2026-05-01}]",
            f"id: b, name: B, forecast: 2026-06-20, {history}"
            "{as_of: 2026-02-01, forecast: 2026-05-20}]",
            "id: c, name: C, actual: 2026-03-02",
        )
        assert [each.milestone.id for each in drifts(found, DAY)] == ["atlas.b", "atlas.a"]
        assert drift(found[2], DAY).code == "finished"


FORECASTS = """
actuals:
  - {id: a1, project: atlas, period: 2026-01, amount: 100}
  - {id: a2, project: atlas, period: 2026-03, amount: 60}
  - {id: a3, project: atlas, period: 2026-03, amount: 40}
forecasts:
  - {id: f1, project: atlas, as_of: 2025-12-31, author: anna, periods: [
     {period: 2026-01, amount: 110}, {period: 2026-02, amount: 50}, {period: 2026-03, amount: 70},
     {period: 2026-04, amount: 70}]}
  - {id: f2, project: atlas, as_of: 2026-02-27, author: ben, periods: [
     {period: 2026-03, amount: 95}, {period: 2026-02, amount: 1}]}
  - {id: f3, project: atlas, as_of: 2026-02-28, periods: [{period: 2026-03, amount: 1 EUR}]}
"""


class TestForecasts:
    """Each forecast of a month against what the month cost."""

    def test_a_month_is_judged_when_it_is_over_and_booked(self) -> None:
        portfolio = portfolio_of(BASE + FORECASTS)
        judged = judged_forecasts(portfolio, portfolio.all(Project))
        assert [(each.horizon, each.actual, each.forecast) for each in judged] == [
            (1, Decimal(100), Decimal(110)),
            (3, Decimal(100), Decimal(70)),
            (1, Decimal(100), Decimal(95)),
        ]
        assert [each.author for each in judged] == ["anna", "anna", "ben"]

    def test_each_horizon_has_its_own_error_and_bias(self) -> None:
        portfolio = portfolio_of(BASE + FORECASTS)
        judged = judged_forecasts(portfolio, portfolio.all(Project))
        near, far = accuracy(at_horizon(judged, 1)), accuracy(at_horizon(judged, 3))
        assert (near.absolute.value, near.bias.value) == (Decimal("0.075"), Decimal("0.025"))
        assert (far.absolute.value, far.bias.value) == (Decimal("0.3"), Decimal("-0.3"))
        assert accuracy(at_horizon(judged, 6)).absolute.code == "no_data"


TWO = """
people: [{id: anna, name: Anna Sample}]
projects:
  - {id: small, name: Small, sponsor: anna, bac: 100}
  - {id: large, name: Large, sponsor: anna, bac: 9900}
  - {id: dark, name: Dark, sponsor: anna}
  - {id: early, name: Early, sponsor: anna, bac: 10}
ev_snapshots:
  - {project: small, as_of: 2026-03-31, pv: 50, ev: 40, ac: 80}
  - {project: large, as_of: 2026-03-31, pv: 4000, ev: 4000, ac: 4000}
  - {project: early, as_of: 2026-03-31, pv: 0, ev: 0, ac: 0}
"""


class TestPools:
    """Several projects as one: summed, with the worst beside."""

    def test_an_index_of_several_is_weighted_by_money(self) -> None:
        portfolio = portfolio_of(TWO)
        found = pool(portfolio, portfolio.all(Project))
        assert found.figures.cost_performance_index.value == Decimal(4040) / 4080
        assert found.worst is not None
        assert (found.worst[0].id, found.worst[1]) == ("small", Decimal("0.5"))
        assert [each.project.id for each in found.members] == ["small", "early", "large"]
        assert found.low <= found.selected <= found.high

    def test_nothing_measured_has_no_worst_member(self) -> None:
        portfolio = portfolio_of(BASE)
        found = pool(portfolio, portfolio.all(Project))
        assert found.worst is None
        assert found.figures.cost_performance_index.value is None


def planned(portfolio: View) -> Project:
    return portfolio.all(Project)[0]


class TestTime:
    """The forecasts by earned schedule."""

    TEXT = """
budget_line: {id: b, project: atlas, category: labour, periods: [{period: 2026-Q1, amount: 500},
  {period: 2026-Q2, amount: 500}]}
ev_snapshot: {project: atlas, as_of: 2026-03-31, pv: 500, ev: 400, ac: 500}
"""

    def test_the_cautious_factor_is_both_indices(self) -> None:
        portfolio = portfolio_of(BASE + self.TEXT)
        time = time_forecast(portfolio, planned(portfolio)).value
        assert time is not None
        pace = time.performance.index.value
        assert pace is not None
        assert pace_and_cost(portfolio, planned(portfolio)).value == pace * Decimal("0.8")

    def test_without_figures_there_is_no_factor(self) -> None:
        portfolio = portfolio_of(BASE)
        assert pace_and_cost(portfolio, planned(portfolio)).code == "no_data"

    def test_a_plan_of_a_part_of_the_money_says_nothing_about_the_end(self) -> None:
        text = BASE.replace("bac: 1000", "bac: 9000") + self.TEXT
        portfolio = portfolio_of(text)
        found = time_forecast(portfolio, planned(portfolio))
        assert found.reason == "less than half of the budget is spread over time"
