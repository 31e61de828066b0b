"""All customers together, held against WE-16: retention, concentration, what is owed and hoped."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.analysis.commercial.customer_base import (
    concentration_of,
    pipeline,
    receivables,
    recurring_revenue,
    retention_of_year,
    yearly_value,
)
from portfolio.model.commercial.contracts import Contract, Customer, Opportunity
from portfolio.view.view import View
from tests.portfolios import SETTINGS, portfolio_of

RATES = "exchange_rates: [{date: 2025-01-01, from: EUR, to: GBP, rate: 0.8}]\n"
YEARS = {"then": ("2025-01-01", "2025-12-31"), "now": ("2026-01-01", "2026-12-31")}


def recurring(*deals: tuple[str, str, int], type_: str = "subscription") -> View:
    """Return a portfolio of yearly contracts, each (customer, then or now, value)."""
    customers = sorted({customer for customer, _, _ in deals})
    lines = ["customers:", *(f"  - {{id: {each}, name: {each}}}" for each in customers)]
    lines.append("contracts:")
    for number, (customer, when, value) in enumerate(deals):
        start, end = YEARS[when]
        lines.append(
            f"  - {{id: k{number}, title: K, customer: {customer}, type: {type_}, value: {value}, "
            f"start: {start}, end: {end}, renewal: {{mode: none}}}}"
        )
    return portfolio_of("\n".join(lines) + "\n")


def test_growth_hides_what_was_lost_so_that_both_are_shown() -> None:
    found = retention_of_year(
        recurring(
            ("c1", "then", 400), ("c1", "now", 440),
            ("c2", "then", 250),
            ("c3", "then", 300), ("c3", "now", 240),
            ("c4", "then", 50), ("c4", "now", 60),
            ("c5", "now", 999),  # a new customer is no retention
        )
    ).value  # fmt: skip
    assert found is not None
    assert (found.gross, found.net, found.customers) == (
        Decimal("0.69"), Decimal("0.74"), Decimal("0.75"),
    )  # fmt: skip


def test_nothing_that_recurred_a_year_ago_is_no_retention() -> None:
    assert retention_of_year(recurring(("c1", "now", 9))).code == "zero_denominator"
    assert retention_of_year(recurring(("c1", "then", 9), type_="fixed_price")).value is None


def rolling(fields: str, dates: str = "start: 2024-01-01, end: 2024-12-31") -> dict[str, Decimal]:
    portfolio = portfolio_of(
        "customer: {id: acme, name: Acme}\ncontract: {id: k, title: K, customer: acme, "
        f"type: subscription, value: 120, {dates}, renewal: {{{fields}}}}}\n"
    )
    return recurring_revenue(portfolio, portfolio.as_of).value or {}


def test_a_contract_that_renews_by_itself_recurs_until_somebody_leaves() -> None:
    assert rolling("mode: auto, term_months: 12") == {"acme": Decimal(120)}
    assert rolling("mode: auto, term_months: 12, decision: exit") == {}
    assert rolling("mode: option, term_months: 12") == {}
    assert rolling("mode: auto, term_months: 12", "start: 2026-06-01, end: 2027-05-31") == {}


def test_a_recurring_contract_without_a_value_makes_the_whole_unknown() -> None:
    text = (
        "customer: {id: acme, name: Acme}\ncontract: {id: k, title: K, customer: acme, "
        "type: subscription, start: 2026-01-01, end: 2026-12-31VALUE}\n"
    )
    blind = portfolio_of(text.replace("VALUE", ""))
    assert recurring_revenue(blind, blind.as_of).reason == "k: no value is stated"
    assert retention_of_year(blind).value is None
    foreign = portfolio_of(text.replace("VALUE", ", value: 10 EUR"))
    assert recurring_revenue(foreign, foreign.as_of).code == "no_data"


def test_a_yearly_value_counts_the_months_of_the_term() -> None:
    portfolio = recurring(("c1", "now", 1200))
    (contract,) = portfolio.all(Contract)
    yearly = yearly_value(contract).value
    assert yearly is not None
    assert yearly.amount == 1200
    assert yearly_value(Contract(id="k", title="K", value=yearly)).code == "no_data"


def based(*values: str, settings: str = SETTINGS) -> tuple[View, tuple[Customer, ...]]:
    rows = [f"  - {{id: c{n}, name: C{n}{value}}}" for n, value in enumerate(values)]
    portfolio = portfolio_of("customers:\n" + "\n".join(rows) + "\n", settings)
    return portfolio, portfolio.all(Customer)


def test_concentration_and_the_three_largest() -> None:
    shares = [", annual_value: 400", ", annual_value: 300", ", annual_value: 250",
              ", annual_value: 50"]  # fmt: skip
    found = concentration_of(*based(*shares)).value
    assert found is not None
    assert found.figures.index == Decimal("0.315")
    assert found.figures.top_three == Decimal("0.95")
    assert found.largest == ("c0", "c1", "c2")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ((", annual_value: 400", ""), "no_data"),
        ((", annual_value: 0",), "zero_denominator"),
        ((", annual_value: 400 EUR",), "no_data"),
        ((), "zero_denominator"),
    ],
)
def test_shares_of_a_part_are_no_shares(values: tuple[str, ...], code: str) -> None:
    portfolio, customers = based(*values) if values else (portfolio_of("people: []\n"), ())
    assert concentration_of(portfolio, customers).code == code


BILLS = """
customer: {id: acme, name: Acme}
supplier: {id: mill, name: Mill}
contracts:
  - {id: sell, title: Sell, customer: acme}
  - {id: buy, title: Buy, supplier: mill}
invoices:
  - {id: paid, contract: sell, issued: 2026-01-30, due: 2026-03-01, amount: 100,
     paid_on: 2026-03-02}
  - {id: late, contract: sell, issued: 2026-02-01, due: 2026-03-30, amount: 60}
  - {id: today, contract: sell, issued: 2026-03-01, due: 2026-03-31, amount: 50}
  - {id: argued, contract: sell, issued: 2026-02-01, due: 2026-03-01, amount: 30, disputed: true}
  - {id: old, contract: sell, issued: 2025-06-01, due: 2025-07-01, amount: 999, paid_on: 2026-04-02}
  - {id: ours, contract: buy, issued: 2026-02-01, due: 2026-03-01, amount: 7}
  - {id: next, contract: sell, issued: 2026-04-01, due: 2026-05-01, amount: 7}
"""


def test_what_is_owed_what_is_overdue_and_for_how_many_days_of_sales() -> None:
    portfolio = portfolio_of(BILLS)
    found = receivables(portfolio, portfolio.all(Contract)).value
    assert found is not None
    assert found.owed.amount == 60 + 50 + 30 + 999, "paid tomorrow is owed today"
    assert found.overdue.amount == 60 + 999
    assert found.overdue_count == 2
    assert found.disputed.amount == 30
    assert found.days_of_sales.value == Decimal(1139) / 240 * 90


def test_without_a_bill_in_ninety_days_there_are_no_days_of_sales() -> None:
    portfolio = portfolio_of(BILLS.replace("issued: 2026", "issued: 2024"))
    found = receivables(portfolio, portfolio.all(Contract)).value
    assert found is not None
    assert found.days_of_sales.code == "zero_denominator"
    foreign = portfolio_of(BILLS.replace("amount: 50", "amount: 50 EUR"))
    assert receivables(foreign, foreign.all(Contract)).code == "no_data"


def hopes(*rows: str, settings: str = SETTINGS) -> tuple[View, tuple[Opportunity, ...]]:
    lines = [f"  - {{id: o{n}, customer: acme, {row}}}" for n, row in enumerate(rows)]
    text = "customer: {id: acme, name: Acme}\nopportunities:\n" + "\n".join(lines) + "\n"
    portfolio = portfolio_of(text, settings)
    return portfolio, portfolio.all(Opportunity)


def test_the_pipeline_weighs_what_is_open() -> None:
    found = pipeline(
        *hopes(
            "value: 100, probability: 0.5, stage: lead",
            "value: 100 EUR, probability: 0.25, stage: proposal",
            "value: 900, probability: 1, stage: won",
            "value: 900, probability: 0, stage: lost",
            settings=SETTINGS + RATES,
        )
    ).value
    assert found is not None
    assert found.amount == 70


def test_an_opportunity_without_a_value_or_a_rate_makes_the_pipeline_unknown() -> None:
    assert pipeline(*hopes("probability: 0.5, stage: lead")).code == "no_data"
    assert pipeline(*hopes("value: 5, stage: lead")).code == "no_data"
    assert pipeline(*hopes("value: 5 EUR, probability: 1, stage: lead")).code == "no_data"
