"""What is spent, ordered and free; where the year lands; what the contingency still covers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.analysis.finance.expenditure import (
    cost_by_category,
    open_amount,
    spending,
    year_view,
)
from portfolio.analysis.risk.contingency_reserve import reserve
from portfolio.measure.measure import Measure
from portfolio.model.delivery.projects import Project
from portfolio.model.finance import Commitment
from portfolio.view.view import View
from tests.portfolios import SETTINGS, portfolio_of

PROJECT = """
people: [{id: anna, name: Anna Sample}]
project: {id: atlas, name: Atlas, sponsor: anna, status: delivering, bac: 1500}
"""
MONTHS = """
actuals:
  - {id: a1, project: atlas, period: 2025-12, category: labour, amount: 95}
  - {id: a2, project: atlas, period: 2026-01, category: labour, amount: 120}
  - {id: a3, project: atlas, period: 2026-02, category: labour, amount: 105}
  - {id: a4, project: atlas, period: 2026-03, category: licence, amount: 135}
  - {id: a5, project: atlas, period: 2026-04, category: labour, amount: 999}
commitments:
  - {id: o1, project: atlas, amount: 300, invoiced: 100}
  - {id: o2, project: atlas, amount: 50, invoiced: 80}
"""
BOOKED = "actual: {id: a, project: atlas, period: 2026-02, amount: 1}\n"
EURO = """
organisation: {name: Test, currency: GBP}
as_of: 2026-03-31
exchange_rates:
  - {date: 2026-01-01, from: EUR, to: GBP, rate: 0.8}
  - {date: 2026-03-01, from: EUR, to: GBP, rate: 0.9}
"""


def atlas(portfolio: View) -> Project:
    (found,) = portfolio.all(Project)
    return found


def known(measure: Measure[object]) -> object:
    assert measure.value is not None, measure.reason
    return measure.value


class TestSpending:
    """Budget, cost, orders: what is free and how long it lasts."""

    def test_free_is_what_is_neither_spent_nor_ordered(self) -> None:
        portfolio = portfolio_of(PROJECT + MONTHS)
        found = spending(portfolio, atlas(portfolio)).value
        assert found is not None
        assert found.actual == 455  # April lies ahead
        assert found.committed == 200  # an order billed beyond its amount owes nothing
        assert found.free == 1500 - 455 - 200

    def test_the_last_three_months_are_the_burn(self) -> None:
        # Worked example WE-09: a mean of 120 a month.
        portfolio = portfolio_of(PROJECT + MONTHS)
        found = spending(portfolio, atlas(portfolio)).value
        assert found is not None
        assert found.burn.value == Decimal(120)
        assert found.runway.value == Decimal(1045) / 120

    def test_a_month_without_a_booking_burns_nothing(self) -> None:
        text = """
        actuals:
          - {id: a1, project: atlas, period: 2026-01, amount: 90}
          - {id: a2, project: atlas, period: 2026-03, amount: 60}
        """
        portfolio = portfolio_of(PROJECT + text.replace("\n        ", "\n"))
        found = spending(portfolio, atlas(portfolio)).value
        assert found is not None
        assert [month for month, _ in found.by_month] == ["2026-01", "2026-02", "2026-03"]
        assert [int(amount) for _, amount in found.by_month] == [90, 0, 60]
        assert found.burn.value == 50

    def test_quarters_have_no_monthly_burn(self) -> None:
        text = "actual: {id: a1, project: atlas, period: 2026-Q1, amount: 90}\n"
        portfolio = portfolio_of(PROJECT + text)
        found = spending(portfolio, atlas(portfolio)).value
        assert found is not None
        assert found.actual == 90
        assert found.burn.code == "no_data"
        assert found.runway.code == "no_data"

    def test_a_cost_counts_at_the_rate_of_its_month_and_an_order_at_the_rate_of_today(self) -> None:
        text = """
actual: {id: a1, project: atlas, period: 2026-02, amount: 100 EUR}
commitment: {id: o1, project: atlas, amount: 100 EUR, invoiced: 0 EUR}
"""
        portfolio = portfolio_of(PROJECT + text, EURO)
        found = spending(portfolio, atlas(portfolio)).value
        assert found is not None
        assert found.actual == 80
        assert found.committed == 90

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("", "no cost is booked"),
            ("actual: {id: a, project: atlas, period: 2026-02, amount: 1 EUR}\n", "no rate"),
            (f"{BOOKED}commitment: {{id: o, project: atlas, amount: 5 EUR}}\n", "no rate"),
        ],
    )
    def test_what_cannot_be_summed_is_not_nought(self, text: str, reason: str) -> None:
        portfolio = portfolio_of(PROJECT + text)
        found = spending(portfolio, atlas(portfolio))
        assert found.value is None
        assert reason in found.reason

    def test_without_a_budget_nothing_is_free(self) -> None:
        portfolio = portfolio_of(PROJECT.replace(", bac: 1500", "") + MONTHS)
        assert spending(portfolio, atlas(portfolio)).reason == "no budget is stated"
        assert cost_by_category(portfolio, atlas(portfolio)).code == "no_data"
        assert year_view(portfolio, atlas(portfolio)).code == "no_data"

    def test_an_order_is_open_in_its_own_currency(self) -> None:
        text = "commitment: {id: o1, project: atlas, amount: 100 EUR, invoiced: 40 EUR}\n"
        (order,) = portfolio_of(PROJECT + text).all(Commitment)
        assert str(open_amount(order)) == "60 EUR"


LINES = """
budget_lines:
  - {id: b1, project: atlas, type: capex, category: labour, periods: [
     {period: 2025-12, amount: 100}, {period: 2026-01, amount: 100},
     {period: 2026-05, amount: 700}]}
  - {id: b2, project: atlas, type: opex, category: licence,
     periods: [{period: 2026-03, amount: 150}]}
"""


class TestCategories:
    """Where a variance comes from: what was planned for each kind of cost."""

    def test_each_category_has_its_plan_until_now_and_its_cost(self) -> None:
        portfolio = portfolio_of(PROJECT + LINES + MONTHS)
        labour, licence = cost_by_category(portfolio, atlas(portfolio)).value or ()
        assert (labour.category, labour.type) == ("labour", "capex")
        assert [labour.budget, labour.planned, labour.actual] == [
            Decimal(n) for n in (900, 200, 320)
        ]
        assert licence.type == "opex"
        assert [licence.planned, licence.actual] == [Decimal(150), Decimal(135)]

    def test_a_cost_that_nobody_budgeted_has_a_line_of_its_own(self) -> None:
        text = "actual: {id: t, project: atlas, period: 2026-01, category: travel, amount: 7}\n"
        portfolio = portfolio_of(PROJECT + LINES + text)
        found = cost_by_category(portfolio, atlas(portfolio)).value or ()
        assert found[-1].category == "travel"
        assert [found[-1].budget, found[-1].actual] == [Decimal(0), Decimal(7)]

    def test_an_amount_without_a_rate_leaves_no_total(self) -> None:
        text = "actual: {id: t, project: atlas, period: 2026-01, category: travel, amount: 7 EUR}\n"
        portfolio = portfolio_of(PROJECT + LINES + text)
        assert "no rate" in cost_by_category(portfolio, atlas(portfolio)).reason
        assert "no rate" in year_view(portfolio, atlas(portfolio)).reason


class TestYear:
    """The budget's year: actuals so far and the forecast of the rest."""

    def test_a_month_with_both_counts_the_actual_only(self) -> None:
        text = """
forecast: {id: f, project: atlas, as_of: 2026-02-28,
  periods: [{period: 2026-03, amount: 500}, {period: 2026-04, amount: 60},
            {period: 2027-01, amount: 70}]}
"""
        settings = SETTINGS.replace("GBP}", "GBP, fiscal_year_start: 01-01}")
        portfolio = portfolio_of(PROJECT + LINES + MONTHS + text, settings)
        found = year_view(portfolio, atlas(portfolio)).value
        assert found is not None
        assert found.actual == 120 + 105 + 135
        assert found.outturn == 120 + 105 + 135 + 60
        assert found.budget == 100 + 700 + 150
        assert found.variance.amount == 950 - 420

    def test_a_year_without_a_budget_has_no_outturn(self) -> None:
        portfolio = portfolio_of(PROJECT + MONTHS)
        assert year_view(portfolio, atlas(portfolio)).code == "no_data"


RESERVE = """
budget_line: {id: spare, project: atlas, category: contingency,
  periods: [{period: 2026-06, amount: 200}]}
contingency_draws:
  - {id: d1, project: atlas, amount: 70, on: 2026-02-03, approved_by: anna}
  - {id: d2, project: atlas, amount: 50, on: 2026-03-03, approved_by: anna}
  - {id: d3, project: atlas, amount: 10, on: 2026-04-03, approved_by: anna}
"""
SNAPSHOT = "ev_snapshot: {project: atlas, as_of: 2026-03-31, pv: 600, ev: 675, ac: 455}\n"
THREAT = """
risks:
  - {id: r1, project: atlas, event: Late paper, owner: anna, status: open, probability: 0.5,
     impact_cost: {min: 200, likely: 200, max: 200}}
  - {id: r2, project: atlas, event: Early paper, owner: anna, kind: opportunity, status: open,
     probability: 0.5, impact_cost: {min: 800, likely: 800, max: 800}}
"""


class TestReserve:
    """The contingency against the work done and against the threats."""

    def test_it_is_drawn_faster_than_the_work_is_done(self) -> None:
        # Worked example WE-63: 60 % of the contingency at 45 % of the work.
        portfolio = portfolio_of(PROJECT + RESERVE + SNAPSHOT)
        found = reserve(portfolio, atlas(portfolio)).value
        assert found is not None
        assert found.left == 80
        assert found.use.value is not None
        assert found.use.value.drawn == Decimal("0.6")
        assert found.use.value.ahead == Decimal("0.15")

    def test_what_is_left_covers_the_threats_and_opportunities_are_not_netted(self) -> None:
        portfolio = portfolio_of(PROJECT + RESERVE + THREAT)
        found = reserve(portfolio, atlas(portfolio)).value
        assert found is not None
        assert found.cover.value == Decimal("0.8")
        assert found.use.code == "no_data"

    def test_without_a_quantified_threat_there_is_nothing_to_cover(self) -> None:
        portfolio = portfolio_of(PROJECT + RESERVE)
        found = reserve(portfolio, atlas(portfolio)).value
        assert found is not None
        assert found.cover.code == "zero_denominator"

    def test_without_a_rate_neither_the_reserve_nor_its_cover_is_known(self) -> None:
        euro = RESERVE.replace("amount: 70", "amount: 70 EUR")
        portfolio = portfolio_of(PROJECT + euro)
        assert "no rate" in reserve(portfolio, atlas(portfolio)).reason
        portfolio = portfolio_of(PROJECT + RESERVE + THREAT.replace("200", "200 EUR"))
        found = reserve(portfolio, atlas(portfolio)).value
        assert found is not None
        assert found.cover.value is None

    def test_no_contingency_is_not_a_contingency_of_nought(self) -> None:
        portfolio = portfolio_of(PROJECT + LINES)
        assert reserve(portfolio, atlas(portfolio)).reason == "no contingency is budgeted"
