"""What missed service levels give back under one contract: summed, and then capped."""

from __future__ import annotations

from decimal import Decimal

from portfolio.analysis.commercial.service_credits import credit_money, credits_of, monthly_fee
from portfolio.model.commercial.contracts import Contract
from portfolio.values import Money
from portfolio.view.view import View
from tests.portfolios import portfolio_of

TEXT = """
people: [{id: anna, name: Anna Sample}]
customer: {id: acme, name: Acme}
contract: {id: deal, title: Deal, customer: acme, type: managed_service, value: 120000,
           start: 2026-01-01, end: 2026-12-31}
service: {id: web, name: Web, owner: anna}
slas:
  - {id: up, service: web, contract: deal, measure: availability, target: 99.9, direction: higher,
     unit: "%", credit_tiers: [{below: 99.9, pct: 10}, {below: 99, pct: 30}], credit_cap_pct: 30}
  - {id: fast, service: web, contract: deal, measure: resolution, target: 95, direction: higher,
     unit: "%", credit_tiers: [{below: 95, pct: 15}], credit_cap_pct: 20}
measurements:
  - {sla: web.up, period: 2026-01, value: 99.95}
  - {sla: web.fast, period: 2026-01, value: 90}
  - {sla: web.up, period: 2026-02, value: 98.6}
  - {sla: web.fast, period: 2026-02, value: 90}
  - {sla: web.up, period: 2026-03, value: 99.95}
  - {sla: web.fast, period: 2026-03, value: 96}
"""


def only(text: str = TEXT) -> tuple[View, Contract]:
    portfolio = portfolio_of(text)
    return portfolio, portfolio.all(Contract)[0]


def test_levels_of_one_contract_are_summed_and_then_capped() -> None:
    """In February 30 % and 15 % are 45 %, of which 30 % is given back at most."""
    found = credits_of(*only())
    assert [str(each.period) for each in found] == ["2026-01", "2026-02"]
    assert [each.pct for each in found] == [15, 30]
    assert [[level.id for level in each.missed] for each in found] == [
        ["web.fast"],
        ["web.up", "web.fast"],
    ]


def test_credits_are_of_the_fee_of_a_month() -> None:
    portfolio, contract = only()
    assert monthly_fee(contract) == Money(Decimal(10000), "GBP")
    assert credit_money(portfolio, contract).value == Money(Decimal(4500), "GBP")


def test_without_a_cap_the_sum_stands() -> None:
    text = TEXT.replace(", credit_cap_pct: 30", "").replace(", credit_cap_pct: 20", "")
    assert [each.pct for each in credits_of(*only(text))] == [15, 45]


def test_a_year_later_nothing_of_it_is_left() -> None:
    text = TEXT.replace("period: 2026-", "period: 2024-")
    assert credit_money(*only(text)).value == Money(Decimal(0), "GBP")


def test_no_tier_is_no_credit_and_no_fee_is_no_money() -> None:
    no_tiers = TEXT.replace(
        "credit_tiers: [{below: 99.9, pct: 10}, {below: 99, pct: 30}]", "note: x"
    )
    no_tiers = no_tiers.replace("credit_tiers: [{below: 95, pct: 15}]", "note: x")
    assert credit_money(*only(no_tiers)).reason == "no credit is agreed"
    no_fee = TEXT.replace(", value: 120000", "")
    assert credit_money(*only(no_fee)).reason == "value, start or end is not stated"
    backwards = TEXT.replace("end: 2026-12-31", "end: 2025-12-31")
    assert monthly_fee(only(backwards)[1]) is None
