"""What an investment is worth, held against the worked example WE-46, and the case as it stands."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.analysis.finance.business_case import BusinessCase, business_case
from portfolio.analysis.finance.investment_appraisal import (
    benefit_cost_ratio,
    discount_factors,
    net_present_value,
    payback_years,
)
from portfolio.measure.measure import Measure
from portfolio.model.delivery.projects import Project
from portfolio.view.view import View
from tests.portfolios import portfolio_of

RATE = Decimal("0.035")
FLOWS = [Decimal(each) for each in (-1000, 200, 350, 450, 450)]
LATE = [Decimal(each) for each in (-1000, 0, 200, 350, 450)]
EXACT = 1e-6


def test_the_first_year_is_not_discounted() -> None:
    assert [float(factor) for factor in discount_factors(RATE, 5)] == pytest.approx(
        [1.0, 0.9661835748792271, 0.933510700366403, 0.9019427056680224, 0.8714422276985724],
        rel=EXACT,
    )


def test_net_present_value_ratio_and_payback_of_five_years() -> None:
    assert float(net_present_value(FLOWS, RATE).value or 0) == pytest.approx(
        317.98868011905415, rel=EXACT
    )
    benefits, costs = [Decimal(0), *FLOWS[1:]], [Decimal(1000)]
    assert float(benefit_cost_ratio(benefits, costs, RATE).value or 0) == pytest.approx(
        1.3179886801190541, rel=EXACT
    )
    assert payback_years(FLOWS).value == 3


def test_a_year_of_delay_turns_the_case_negative() -> None:
    value, late = net_present_value(FLOWS, RATE).value, net_present_value(LATE, RATE).value
    assert value is not None
    assert late is not None
    assert float(late) == pytest.approx(-105.468910478554, rel=EXACT)
    assert float(value - late) == pytest.approx(423.45759059760815, rel=EXACT)


def test_what_never_pays_back_has_no_payback() -> None:
    assert payback_years([Decimal(-100), Decimal(10)]).code == "unreachable"
    assert payback_years([Decimal(100)]).code == "not_started"
    assert net_present_value([], RATE).code == "no_data"
    assert benefit_cost_ratio([Decimal(1)], [], RATE).code == "zero_denominator"


PROJECT = """
people: [{id: anna, name: Anna Sample}]
project:
  id: atlas
  name: Atlas
  sponsor: anna
  start: 2026-01-05
  bac: 1000
  milestones:
    - {id: live, name: Live, baseline: 2026-12-31, forecast: LIVE}
forecast: {id: f1, project: atlas, as_of: 2026-03-31, periods: [{period: 2026, amount: 1000}]}
benefit: {id: gain, title: Gain, project: atlas, owner: anna, starts_after: atlas.live,
  value_by_period: [{period: 2027, planned: 365}, {period: 2028, planned: 365},
  {period: 2029, planned: 365}, {period: 2030, planned: 365}]}
"""


def case(portfolio: View) -> Measure[BusinessCase]:
    return business_case(portfolio, portfolio.all(Project)[0])


def test_the_case_on_plan_discounts_benefits_from_the_year_of_the_start() -> None:
    found = case(portfolio_of(PROJECT.replace("LIVE", "2026-12-31"))).value
    assert found is not None
    expected = net_present_value([Decimal(-1000), *[Decimal(365)] * 4], RATE).value
    assert found.value.amount == expected
    assert found.deferred.amount == 0


def test_every_day_of_delay_costs_a_day_of_the_benefit() -> None:
    found = case(portfolio_of(PROJECT.replace("LIVE", "2027-04-10"))).value
    assert found is not None
    assert found.deferred.amount == 100
    flows = [Decimal(each) for each in (-1000, 265, 365, 365, 365)]
    assert found.value.amount == net_present_value(flows, RATE).value


def test_a_dis_benefit_counts_against_the_case() -> None:
    text = PROJECT.replace("LIVE", "2026-12-31") + (
        "benefits: [{id: pain, title: Pain, project: atlas, owner: anna, kind: dis_benefit,\n"
        "  value_by_period: [{period: 2027, planned: 65}]}]\n"
    )
    found = case(portfolio_of(text)).value
    assert found is not None
    assert found.benefits.amount == 4 * 365 - 65


def test_without_benefits_or_an_estimate_there_is_no_case() -> None:
    bare = "people: [{id: anna, name: Anna Sample}]\nproject: {id: atlas, name: A, sponsor: anna}"
    assert case(portfolio_of(bare)).code == "no_data"
    no_benefit = PROJECT.partition("benefit:")[0].replace("LIVE", "2026-12-31")
    assert case(portfolio_of(no_benefit)).reason == "no benefit states what it should bring"
