"""Where contracts stand, held against WE-10 to WE-13 and WE-17, with what cannot be known."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.analysis.commercial.contract_position import (
    burn_of,
    contract_position,
    cost_to_date,
    fee_of,
)
from portfolio.model.commercial.contracts import Contract
from portfolio.view.view import View
from tests.portfolios import SETTINGS, portfolio_of

HEAD = "people: [{id: anna, name: Anna}]\ncustomer: {id: acme, name: Acme}\n"
WE_12 = HEAD + (
    "contract: {id: deal, title: Deal, customer: acme, type: fixed_price, value: 2400000,\n"
    "  eac_cost: 1860000, cost_to_date: 930000, bid: {margin_pct: 30}MORE}\n"
    "invoice: {id: i, contract: deal, issued: 2026-02-27, amount: 1300000}\n"
)


def only(text: str, settings: str = SETTINGS) -> tuple[View, Contract]:
    portfolio = portfolio_of(text, settings)
    return portfolio, portfolio.all(Contract)[0]


def test_revenue_is_recognised_by_cost_and_the_balance_is_a_liability() -> None:
    found = contract_position(*only(WE_12.replace("MORE", ""))).value
    assert found is not None
    assert found.complete.value == Decimal("0.5")
    assert found.method == "cost to cost"
    amounts = [m.value.amount for m in (found.recognised, found.backlog, found.balance) if m.value]
    assert amounts == [1200000, 1200000, -100000]
    assert found.provision.value is not None
    assert found.provision.value.amount == 0


def test_a_signed_variation_raises_the_price_and_an_unsigned_one_does_not() -> None:
    more = ", variations: [{id: a, value: 100000, status: signed}, {id: b, value: 7}]"
    found = contract_position(*only(WE_12.replace("MORE", more))).value
    assert found is not None
    assert found.price.amount == 2500000


def test_a_bill_of_tomorrow_is_not_billed() -> None:
    found = contract_position(*only(WE_12.replace("MORE", "").replace("2026-02-27", "2026-04-01")))
    assert found.value is not None
    assert found.value.billed.amount == 0


def test_a_loss_is_provided_for_in_full() -> None:
    found = contract_position(*only(WE_12.replace("MORE", "").replace("1860000", "2500000")))
    assert found.value is not None
    assert found.value.provision.value is not None
    assert found.value.provision.value.amount == 100000


def test_a_service_that_stands_ready_is_earned_evenly_over_its_term() -> None:
    text = HEAD + (
        "contract: {id: deal, title: Deal, customer: acme, type: subscription, value: 365,\n"
        "  start: 2026-01-01, end: 2026-12-31}\n"
    )
    found = contract_position(*only(text)).value
    assert found is not None
    assert found.method == "time elapsed"
    assert found.recognised.value is not None
    assert found.recognised.value.amount == pytest.approx(Decimal(90))
    over = contract_position(*only(text.replace("2026-12-31", "2026-01-31"))).value
    assert over is not None
    assert over.complete.value == 1, "what has ended is earned, not more than once"
    early = contract_position(*only(text.replace("2026-01-01", "2026-06-01"))).value
    assert early is not None
    assert early.complete.value == 0


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ("value: 9, eac_cost: 8", "no cost is booked under it"),
        ("value: 9", "the cost at completion is not stated"),
        ("value: 9, eac_cost: 0, cost_to_date: 0", "no cost is expected"),
        ("value: 9, eac_cost: 8, cost_to_date: 4 EUR", "the costs are in different currencies"),
        ("value: 9, type: subscription", "the start or the end is not stated"),
        (
            "value: 9, type: subscription, start: 2026-02-02, end: 2026-02-01",
            "it ends before it starts",
        ),
    ],
)
def test_what_is_not_known_says_why(fields: str, reason: str) -> None:
    text = HEAD + f"contract: {{id: deal, title: Deal, customer: acme, {fields}}}\n"
    found = contract_position(*only(text)).value
    assert found is not None
    assert found.complete.reason == reason
    assert found.recognised.reason == found.backlog.reason == found.balance.reason == reason


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ("customer: acme", "no value is stated"),
        ("supplier: mill, value: 9", "we buy"),
        (
            "customer: acme, value: 9, variations: [{id: a, value: 1 EUR, status: signed}]",
            "the amounts are in different currencies",
        ),
    ],
)
def test_some_contracts_have_no_position(fields: str, reason: str) -> None:
    text = HEAD + "supplier: {id: mill, name: Mill}\n"
    text += f"contract: {{id: deal, title: Deal, {fields}}}\n"
    assert contract_position(*only(text)).reason == reason


def test_cost_until_now_is_what_the_projects_were_charged_at_the_rate_of_the_time() -> None:
    text = HEAD + (
        "project: {id: quay, name: Quay, sponsor: anna, contract: deal}\n"
        "contract: {id: deal, title: Deal, customer: acme, value: 1000, eac_cost: 800}\n"
        "actuals:\n"
        "  - {id: a, project: quay, period: 2026-02, amount: 100}\n"
        "  - {id: b, project: quay, period: 2026-03, amount: 100 EUR}\n"
        "  - {id: c, project: quay, period: 2026-04, amount: 999}\n"
    )
    rates = "exchange_rates: [{date: 2026-01-01, from: EUR, to: GBP, rate: 0.9}]\n"
    found = cost_to_date(*only(text, SETTINGS + rates)).value
    assert found is not None
    assert found.amount == 190
    assert cost_to_date(*only(text)).code == "no_data", "a rate is never assumed"


TIME = HEAD + (
    "contract: {id: deal, title: Deal, customer: acme, type: time_and_materials,\n"
    "  authorised: 800d, days_to_do: 310, days_used: [{period: 2025-12, days: 320},\n"
    "  {period: 2026-01, days: 70}, {period: 2026-02, days: 80}, {period: 2026-03, days: 90}]}\n"
)


def test_authorised_days_burn_at_the_pace_of_three_months() -> None:
    found = burn_of(*only(TIME)).value
    assert found is not None
    assert found.consumed.value == Decimal("0.7")
    assert found.per_month.value == 80
    assert found.months_left.value == 3
    assert [found.remaining, found.overrun] == [240, 70]


def test_days_come_from_approved_timesheets_where_none_are_stated() -> None:
    text = HEAD + (
        "contract: {id: deal, title: Deal, customer: acme, authorised: 10d, days_to_do: 4}\n"
        "project: {id: quay, name: Quay, sponsor: anna, contract: deal,\n"
        "  activities: [{id: dig, duration: 5d}], milestones: [{id: open, name: Open}]}\n"
        "timesheets:\n"
        "  - {person: anna, period: 2026-02, work: quay, hours: 15}\n"
        "  - {person: anna, period: 2026-03, work: quay.dig, hours: 7.5}\n"
        "  - {person: anna, period: 2026-01, work: quay, hours: 75, status: draft}\n"
        "  - {person: anna, period: 2025-12, work: quay, hours: 75, billable: false}\n"
        "  - {person: anna, period: 2025-11, work: bau, hours: 75}\n"
    )
    found = burn_of(*only(text)).value
    assert found is not None
    assert found.consumed.value == Decimal("0.3")
    assert found.overrun == -3


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("authorised: 800d, ", "", "no days are authorised"),
        ("authorised: 800d", "authorised: 8w", "no days are authorised"),
        ("days_to_do: 310, ", "", "the days left to do are not stated"),
    ],
)
def test_a_burn_that_is_not_known(before: str, after: str, reason: str) -> None:
    assert burn_of(*only(TIME.replace(before, after))).reason == reason


def test_nothing_used_is_no_burn() -> None:
    none = TIME[: TIME.index("days_used")] + "days_used: []}\n"
    assert burn_of(*only(none)).reason == "no day is used yet"


FEE = HEAD + (
    "contract: {id: deal, title: Deal, customer: acme, eac_cost: 1100000, incentive: "
    "{target_cost: 1000000, target_fee: 75000, contractor_share: 0.2LIMITS}}\n"
)


def test_the_fee_of_a_target_cost_contract_and_where_it_stops_falling() -> None:
    found = fee_of(only(FEE.replace("LIMITS", ", min_fee: 40000, max_fee: 120000"))[1]).value
    assert found is not None
    assert [found.fee, found.price, found.floor_cost] == [55000, 1155000, 1175000]
    free = fee_of(only(FEE.replace("LIMITS", ""))[1]).value
    assert free is not None
    assert free.floor_cost is None
    assert fee_of(only(FEE.replace("LIMITS", "").replace("eac_cost: 1100000, ", ""))[1]).reason
    assert fee_of(only(WE_12.replace("MORE", ""))[1]).reason == "no incentive is agreed"
