"""Who and what earns: margins are pooled, now and in the past."""

from __future__ import annotations

from decimal import Decimal

from portfolio.analysis.commercial.contract_margin import (
    billing_realisation,
    effective_rate,
    share_of_revenue,
)
from portfolio.analysis.commercial.profitability import (
    by_customer,
    by_type,
    contracts_by_category,
    margin_against_bid,
    profitability,
)
from portfolio.model.commercial.contracts import Contract
from tests.portfolios import portfolio_of

HEAD = "people: [{id: anna, name: Anna}]\ncustomer: {id: acme, name: Acme}\n"
POOLED = (
    HEAD
    + """
projects:
  - {id: a, name: A, sponsor: anna, contract: big, category: customer}
  - {id: b, name: B, sponsor: anna, contract: big, category: strategic}
  - {id: c, name: C, sponsor: anna, contract: small, category: customer}
contracts:
  - {id: big, title: Big, customer: acme, type: fixed_price, value: 900, eac_cost: 810,
     start: 2025-06-01, bid: {cost: 720}, history: [{as_of: 2025-12-20, eac_cost: 765}]}
  - {id: small, title: Small, customer: acme, type: fixed_price, value: 100, eac_cost: 50,
     start: 2026-01-01}
  - {id: blind, title: Blind, customer: acme, value: 100}
  - {id: buy, title: Buy, direction: buy, customer: acme, value: 100, eac_cost: 1}
"""
)


def test_margins_are_pooled_and_never_averaged() -> None:
    portfolio = portfolio_of(POOLED)
    (found,) = profitability(portfolio, by_customer(portfolio.all(Contract)))
    assert found.margin.value == Decimal("0.14"), "(1000 - 860) / 1000, not the mean of 10 and 50"
    assert (found.contracts, found.left_out) == (2, 1)


def test_a_trend_uses_what_was_expected_on_the_day() -> None:
    portfolio = portfolio_of(POOLED)
    (found,) = profitability(portfolio, by_customer(portfolio.all(Contract)))
    assert [each.value for each in found.trend] == [
        None,  # a year ago nothing was signed
        Decimal("0.2"),  # as bid
        Decimal("0.2"),
        Decimal("0.15"),
        Decimal("0.14"),
    ]


def test_groups_by_type_and_category_count_no_contract_twice() -> None:
    portfolio = portfolio_of(POOLED)
    contracts = portfolio.all(Contract)
    assert {name: len(group) for name, group in by_type(contracts).items()} == {
        "fixed price": 2, "not stated": 1,
    }  # fmt: skip
    assert {name: len(g) for name, g in contracts_by_category(portfolio, contracts).items()} == {
        "several": 1, "customer": 1, "no project": 1,
    }  # fmt: skip


def test_a_group_in_a_currency_without_a_rate_is_left_out_and_counted() -> None:
    portfolio = portfolio_of(POOLED.replace("value: 900", "value: 900 EUR"))
    (found,) = profitability(portfolio, by_customer(portfolio.all(Contract)))
    assert (found.contracts, found.left_out) == (1, 2)


def test_rates_and_margins_without_revenue_or_hours_are_no_numbers() -> None:
    assert share_of_revenue(Decimal(0), Decimal(5)).code == "zero_denominator"
    assert share_of_revenue(Decimal(-5), Decimal(5)).code == "zero_denominator"
    assert effective_rate(Decimal(5), Decimal(0)).code == "zero_denominator"
    assert billing_realisation(Decimal(5), Decimal(0), Decimal(9)).code == "zero_denominator"


BID = (
    HEAD
    + """
contracts:
  - {id: a, title: A, customer: acme, value: 900, eac_cost: 810, bid: {cost: 720},
     variations: [{id: v, value: 100, status: signed}]}
  - {id: b, title: B, customer: acme, value: 100, eac_cost: 50, bid: {margin_pct: 60}}
  - {id: c, title: C, customer: acme, value: 100, eac_cost: 50}
  - {id: d, title: D, customer: acme, value: 100, bid: {cost: 1}}
  - {id: e, title: E, customer: acme, eac_cost: 50, bid: {cost: 1}}
  - {id: f, title: F, customer: acme, value: 100, eac_cost: 50, bid: {}}
  - {id: g, title: G, customer: acme, value: 5 EUR, eac_cost: 1 EUR, bid: {cost: 1 EUR}}
  - {id: h, title: H, customer: acme, direction: buy, value: 5, eac_cost: 1, bid: {cost: 1}}
"""
)


def test_the_margin_of_all_contracts_stands_beside_what_was_bid() -> None:
    portfolio = portfolio_of(BID)
    found = margin_against_bid(portfolio, portfolio.all(Contract)).value
    assert found is not None
    assert found.contracts == 2
    assert found.bid == Decimal(240) / 1000
    assert found.now == Decimal(240) / 1100


def test_without_a_bid_there_is_nothing_to_hold_a_margin_against() -> None:
    portfolio = portfolio_of(POOLED.replace("bid: {cost: 720}, ", ""))
    assert margin_against_bid(portfolio, portfolio.all(Contract)).code == "no_data"
