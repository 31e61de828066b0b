"""Use of tolerances: worked example WE-60, and what cannot be measured."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.analysis.governance.tolerances import ToleranceUse, exceptions_of, tolerance_uses
from portfolio.model.delivery.projects import Project
from tests.portfolios import portfolio_of

TWO_CURRENCIES = (
    "tolerances: {benefit_pct: 5}, benefits: [{id: b, title: B, owner: anna, value_by_period: "
    "[{period: 2026-Q1, planned: 200}, {period: 2026-Q2, planned: 200 EUR}]}]"
)
PEOPLE = "people: [{id: anna, name: Anna Sample}]\n"


def uses(fields: str, more: str = "") -> dict[str, ToleranceUse]:
    text = f"{PEOPLE}project: {{id: p, name: P, sponsor: anna, status: delivering, {fields}}}\n"
    found = portfolio_of(text + more)
    (project,) = found.all(Project)
    return {each.dimension: each for each in tolerance_uses(found, project)}


def test_benefit_of_the_worked_example_leaves_its_tolerance() -> None:
    """WE-60: 400 planned, a tolerance of 40, 355 expected: 112.5 %."""
    found = uses(
        "tolerances: {benefit_pct: 10}, benefits: [{id: b, title: B, owner: anna, value_by_period:"
        " [{period: 2026-Q1, planned: 200, actual: 155}, {period: 2026-Q2, planned: 200}]}]"
    )["benefit"]
    assert (found.use.value, found.colour) == (Decimal("1.125"), "red")
    assert found.is_exception
    assert found.sentence == "355 of 400 planned is expected"


def test_a_lost_benefit_brings_nothing_and_attribution_counts() -> None:
    found = uses(
        "tolerances: {benefit_pct: 50}, benefits: ["
        "{id: b, title: B, owner: anna, attribution: 0.5, value_by_period: "
        "[{period: 2026-Q2, planned: 200}]},"
        "{id: c, title: C, owner: anna, status: lost, value_by_period: "
        "[{period: 2026-Q2, planned: 100}, {period: 2026-Q3}]},"
        "{id: d, title: D, owner: anna, kind: dis_benefit, value_by_period: "
        "[{period: 2026-Q2, planned: 100}]}]"
    )["benefit"]
    assert (found.sentence, found.use.value) == ("100 of 200 planned is expected", Decimal(1))


def test_time_uses_the_largest_slip() -> None:
    found = uses(
        "tolerances: {time: 10d}, baseline_finish: 2026-06-01, forecast_finish: 2026-06-10, "
        "milestones: [{id: m, name: M, key: true, baseline: 2026-05-01, forecast: 2026-05-18}]"
    )["time"]
    assert (found.allowed, found.use.value, found.is_exception) == ("10d", Decimal("1.1"), True)


@pytest.mark.parametrize(
    ("fields", "dimension", "code", "reason"),
    [
        ("priority: 1", "time", "no_data", "no tolerance for time is set"),
        ("priority: 1", "benefit", "no_data", "no tolerance for benefit is set"),
        ("tolerances: {time: 10d}", "time", "no_data", "nothing says what to expect"),
        ("tolerances: {cost_pct: 5}", "cost", "no_data", "nothing says what to expect"),
        ("tolerances: {benefit_pct: 5}", "benefit", "no_data",
         "no benefit states what it should bring"),
        (TWO_CURRENCIES, "benefit", "no_data", "benefits are planned in several currencies"),
        ("tolerances: {time: 10d}, actual_finish: 2026-03-01", "time", "finished", "finished"),
    ],
)  # fmt: skip
def test_what_cannot_be_measured_says_why(
    fields: str, dimension: str, code: str, reason: str
) -> None:
    found = uses(fields)[dimension]
    assert (found.use.value, found.use.code, found.use.reason) == (None, code, reason)
    assert not found.is_exception


def test_a_tolerance_of_nothing_is_left_by_any_slip() -> None:
    found = uses(
        "tolerances: {time: 0d, benefit_pct: 0}, baseline_finish: 2026-06-01, "
        "forecast_finish: 2026-06-02, benefits: [{id: b, title: B, owner: anna, value_by_period:"
        " [{period: 2026-Q1, planned: 200, actual: 155}]}]"
    )
    assert [found[each].use.code for each in ("time", "benefit")] == ["zero_denominator"] * 2
    assert [found[each].is_exception for each in ("time", "benefit")] == [True, True]


def test_what_is_kept_uses_nothing() -> None:
    found = uses("tolerances: {time: 5d}, baseline_finish: 2026-06-01, forecast_finish: 2026-05-29")
    assert (found["time"].use.value, found["time"].colour) == (Decimal(0), "green")


def test_risk_uses_the_expected_value_of_open_threats() -> None:
    found = uses(
        "tolerances: {risk_emv: 1000}, risks: [{id: r, event: R, owner: anna, probability: 0.5,"
        " impact_cost: {min: 1000, likely: 1000, max: 1000}}]"
    )["risk"]
    assert (found.allowed, found.use.value) == ("1,000 GBP", Decimal("0.5"))


def test_the_exceptions_are_what_is_left() -> None:
    text = (
        f"{PEOPLE}project: {{id: p, name: P, sponsor: anna, tolerances: {{time: 1d, cost_pct: 5}}, "
        "baseline_finish: 2026-06-01, forecast_finish: 2026-06-10}\n"
    )
    found = portfolio_of(text)
    (project,) = found.all(Project)
    assert [each.dimension for each in exceptions_of(found, project)] == ["time"]
