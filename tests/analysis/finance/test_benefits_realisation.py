"""How much of what was promised has arrived, held against WE-47."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.analysis.finance.benefits_realisation import (
    Realisation,
    confidence,
    double_claims,
    doubts,
    harvest,
    realisation,
)
from portfolio.model.finance import Benefit
from portfolio.model.service import Kpi
from portfolio.view.view import View
from tests.portfolios import portfolio_of

WE_47 = """
people: [{id: anna, name: Anna Sample}, {id: gone, name: Gone Sample, end_date: 2026-01-31}]
project: {id: atlas, name: Atlas, sponsor: anna,
          milestones: [{id: live, name: Go-live, forecast: 2026-05-01}]}
kpi: {id: calls, name: Calls, owner: anna, question: Fewer?, formula: calls, unit: n,
      direction: lower, target: 1, red: 5}
measurement: {kpi: calls, period: 2026-03, value: 2}
benefits:
  - {id: gain, title: Gain, project: atlas, owner: anna, attribution: 0.8, kpi: calls,
     starts_after: atlas.live,
     value_by_period: [{period: 2025-Q3, planned: 50, actual: 30},
                       {period: 2025-Q4, planned: 50, actual: 60},
                       {period: 2026-Q1, planned: 50, actual: 20}, {period: 2026-Q2, planned: 250}]}
  - {id: loss, title: Slower first weeks, project: atlas, owner: anna, kind: dis_benefit,
     value_by_period: [{period: 2025-Q4, planned: 20, actual: 15}]}
"""


def of(text: str = WE_47) -> tuple[View, tuple[Benefit, ...]]:
    portfolio = portfolio_of(text)
    return portfolio, portfolio.all(Benefit)


def known(text: str = WE_47) -> Realisation:
    portfolio, benefits = of(text)
    found = realisation(portfolio, benefits[0]).value
    assert found is not None
    return found


def test_realisation_to_date_and_what_it_makes_of_the_plan() -> None:
    found = known()
    assert [found.planned, found.actual, found.full_plan] == [150, 110, 400]
    assert float(found.rate.value or 0) == pytest.approx(0.7333333333)
    assert found.attributed == 88
    assert float(found.forecast.value or 0) == pytest.approx(293.3333333333)


def test_dis_benefits_are_taken_off_on_a_line_of_their_own() -> None:
    found = harvest(*of())
    assert [found.attributed, found.dis_benefits, found.net] == [88, -15, 73]
    assert float(found.rate.value or 0) == pytest.approx(0.7333333333)


def test_nothing_due_yet_is_not_started() -> None:
    portfolio, benefits = of(WE_47.replace("2025-", "2027-").replace("2026-Q1", "2027-Q1"))
    found = realisation(portfolio, benefits[0]).value
    assert found is not None
    assert (found.rate.code, found.forecast.code) == ("not_started", "not_started")
    assert harvest(portfolio, benefits).rate.code == "not_started"


def test_what_nobody_has_measured_is_neither_arrived_nor_lost() -> None:
    found = known(
        WE_47.replace(
            "{period: 2026-Q1, planned: 50, actual: 20}", "{period: 2026-Q1, planned: 50}"
        )
    )
    assert [found.planned, found.actual] == [100, 90]
    assert found.unmeasured == ("2026-Q1",)


def test_without_a_plan_there_is_no_rate() -> None:
    text = (
        WE_47[: WE_47.index("benefits:")]
        + "benefit: {id: b, title: B, project: atlas, owner: anna}\n"
    )
    portfolio, benefits = of(text)
    assert realisation(portfolio, benefits[0]).code == "no_data"
    assert harvest(portfolio, benefits).unknown == benefits
    assert confidence(portfolio, benefits).code == "no_data"


def test_a_plan_in_a_currency_without_a_rate_is_unknown() -> None:
    portfolio, benefits = of(WE_47.replace("planned: 250", "planned: 250 USD"))
    assert realisation(portfolio, benefits[0]).value is None


def test_confidence_is_the_share_of_the_plan_that_nothing_speaks_against() -> None:
    portfolio, benefits = of()
    assert doubts(portfolio, benefits[0]) == ()
    assert confidence(portfolio, benefits).value == 1


@pytest.mark.parametrize(
    ("before", "after", "doubt"),
    [
        ("forecast: 2026-05-01", "forecast: 2026-03-01", "'Go-live' has no date ahead"),
        (", forecast: 2026-05-01", "", "'Go-live' has no date ahead"),
        ("     starts_after: atlas.live,\n", "", "no milestone that it starts after"),
        ("atlas, owner: anna, attribution", "atlas, owner: gone, attribution", "no owner in post"),
        (", kpi: calls,\n", ",\n", "no indicator"),
        ("period: 2026-03, value", "period: 2025-03, value", "'Calls' has no current value"),
    ],
)
def test_each_doubt_is_named(before: str, after: str, doubt: str) -> None:
    assert before in WE_47
    portfolio, benefits = of(WE_47.replace(before, after))
    assert doubts(portfolio, benefits[0]) == (doubt,)
    assert confidence(portfolio, benefits).value == 0


def test_what_has_happened_needs_no_forecast() -> None:
    portfolio, benefits = of(WE_47.replace("forecast: 2026-05-01", "actual: 2025-06-30"))
    assert doubts(portfolio, benefits[0]) == ()


def test_the_same_gain_claimed_twice_is_named() -> None:
    twice = WE_47 + (
        "  - {id: again, title: Again, project: atlas, owner: anna, attribution: 0.5, kpi: calls,\n"
        "     value_by_period: [{period: 2026-Q2, planned: 10}, {period: 2026-Q3, planned: 10}]}\n"
    )
    portfolio = portfolio_of(twice)
    (found,) = double_claims(portfolio, portfolio.all(Kpi)[0])
    assert (found.period, found.claimed) == ("2026-Q2", Decimal("1.3"))
    assert [each.id for each in found.benefits] == ["gain", "again"]
