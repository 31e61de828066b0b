"""Where contracts stand, held against WE-10 to WE-14 and WE-17, with what cannot be known."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.analysis.erosion import erosion_split
from portfolio.analysis.exposures import damages_exposures, expected_damages, total_owed
from portfolio.analysis.margin import effective_rate, realisation, share_of_revenue
from portfolio.analysis.position import burn_of, contract_position, cost_to_date, fee_of
from portfolio.analysis.profitability import by_category, by_customer, by_type, profitability
from portfolio.model.commercial import Contract
from portfolio.model.portfolio import Portfolio
from tests.portfolios import SETTINGS, portfolio_of

HEAD = "people: [{id: anna, name: Anna}]\ncustomer: {id: acme, name: Acme}\n"
WE_12 = HEAD + (
    "contract: {id: deal, title: Deal, customer: acme, type: fixed_price, value: 2400000,\n"
    "  eac_cost: 1860000, cost_to_date: 930000, bid: {margin_pct: 30}MORE}\n"
    "invoice: {id: i, contract: deal, issued: 2026-02-27, amount: 1300000}\n"
)


def only(text: str, settings: str = SETTINGS) -> tuple[Portfolio, Contract]:
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


SPLIT = HEAD + (
    "contract: {id: deal, title: Deal, customer: acme, value: 1000, eac_cost: 860,\n"
    "  bid: {cost: 700, margin_pct: 30EFFORT}NOW, damages: [{milestone: quay.open, rate: 10}],\n"
    "  variations: [{id: v, value: 50, cost: 40, status: agreed}]}\n"
    "project: {id: quay, name: Quay, sponsor: anna, milestones: [\n"
    "  {id: open, name: Open, baseline: 2026-05-01, forecast: 2026-05-03}]}\n"
)


def test_erosion_is_split_into_rate_volume_unpaid_scope_and_damages() -> None:
    text = SPLIT.replace("EFFORT", ", effort: 100d").replace("NOW", ", eac_effort: 110d")
    found = erosion_split(*only(text)).value
    assert found is not None
    assert (found.whole, found.unpaid_scope, found.damages) == (
        Decimal("0.16"), Decimal("0.04"), Decimal("0.02"),
    )  # fmt: skip
    # 100 more on cost: ten days at the bid's 7 is volume, the rest is dearer work.
    assert found.volume == Decimal("0.07")
    assert found.rate == pytest.approx(Decimal("0.03"))
    parts = (found.rate, found.volume, found.unsplit, found.unpaid_scope, found.damages)
    assert sum(each or 0 for each in parts) + found.variations == pytest.approx(found.whole)


def test_without_effort_rate_and_volume_stay_together() -> None:
    found = erosion_split(*only(SPLIT.replace("EFFORT", "").replace("NOW", ""))).value
    assert found is not None
    assert (found.rate, found.volume) == (None, None)
    assert found.unsplit == Decimal("0.1")
    other = SPLIT.replace("EFFORT", ", effort: 20w").replace("NOW", ", eac_effort: 110d")
    assert erosion_split(*only(other)).value == found, "weeks and days are not compared"
    none = SPLIT.replace("EFFORT", ", effort: 0d").replace("NOW", ", eac_effort: 110d")
    assert erosion_split(*only(none)).value == found


def test_a_signed_variation_gives_margin_back_and_the_parts_still_add_up() -> None:
    text = SPLIT.replace("EFFORT", "").replace("NOW", "").replace("agreed", "signed")
    found = erosion_split(*only(text)).value
    assert found is not None
    assert found.unpaid_scope == 0
    assert found.variations < 0
    assert found.unsplit + found.damages + found.variations == pytest.approx(found.whole)


def test_unpaid_scope_falls_back_on_the_cost_of_the_change_request() -> None:
    text = (
        SPLIT.replace("EFFORT", "")
        .replace("NOW", "")
        .replace("cost: 40, status: agreed", "change_request: more, status: proposed")
        + "change_request: {id: more, title: More, project: quay, impact: {cost: 30}}\n"
    )
    found = erosion_split(*only(text)).value
    assert found is not None
    assert found.unpaid_scope == Decimal("0.03")


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("bid: {cost: 700, margin_pct: 30EFFORT}NOW, ", "", "no_data"),
        ("eac_cost: 860", "provision: 1", "no_data"),
        ("rate: 10", "cap: 10", "no_data"),
        ("rate: 10", "rate: 10 EUR", "no_data"),
        ("value: 1000", "value: 0", "no_data"),
    ],
)
def test_an_erosion_that_cannot_be_split_says_so(before: str, after: str, code: str) -> None:
    text = SPLIT.replace(before, after).replace("EFFORT", "").replace("NOW", "")
    assert erosion_split(*only(text)).code == code


def damaged(clause: str, milestone: str, more: str = "") -> tuple[Portfolio, Contract]:
    return only(
        HEAD + f"contract: {{id: deal, title: Deal, customer: acme, value: 3000000, "
        f"damages: [{{milestone: quay.open, {clause}}}]{more}}}\n"
        "project: {id: quay, name: Quay, sponsor: anna, milestones: [\n"
        f"  {{id: open, name: Open, {milestone}}}]}}\n"
    )


@pytest.mark.parametrize(
    ("clause", "milestone", "to_date", "at_forecast"),
    [
        ("rate: 5000, cap: 200000", "baseline: 2026-04-01, forecast: 2026-05-01", 0, 150000),
        ("rate: 5000, cap: 200000", "baseline: 2026-04-01, forecast: 2026-05-21", 0, 200000),
        ("rate: 5000, grace: 7cd", "baseline: 2026-04-01, forecast: 2026-05-01", 0, 115000),
        (
            "of_value_pct: 0.5, per: started_week, cap: 300000",
            "baseline: 2026-04-01, forecast: 2026-05-16", 0, 105000,
        ),
        (
            "rate: 1000, per: started_week",
            "baseline: 2026-03-23, forecast: 2026-04-10", 2000, 3000,
        ),
        ("rate: 1000, per: week", "baseline: 2026-03-23, forecast: 2026-04-10", 1000, 2000),
        ("rate: 10, extension: 5cd", "baseline: 2026-03-23, forecast: 2026-04-10", 30, 130),
        ("rate: 10", "baseline: 2026-03-23, forecast: 2026-03-27", 80, 80),
        ("rate: 10", "baseline: 2026-03-02, actual: 2026-03-05", 30, 30),
        ("rate: 10", "baseline: 2026-03-02, deadline: 2026-03-04, actual: 2026-03-05", 10, 10),
        ("rate: 10", "baseline: 2026-05-04, forecast: 2026-05-04", 0, 0),
    ],
)  # fmt: skip
def test_damages_to_date_and_at_the_forecast(
    clause: str, milestone: str, to_date: int, at_forecast: int
) -> None:
    (found,) = damages_exposures(*damaged(clause, milestone))
    assert found.value is not None
    assert found.value.to_date.amount == to_date
    assert found.value.at_forecast.amount == at_forecast


def test_the_cap_of_liability_holds_over_all_clauses() -> None:
    portfolio, contract = damaged(
        "rate: 5000", "baseline: 2026-04-01, forecast: 2026-05-01", ", liability_cap: 90000"
    )
    owed = expected_damages(portfolio, contract).value
    assert owed is not None
    assert owed.amount == 90000
    now = total_owed(contract, damages_exposures(portfolio, contract), to_date=True).value
    assert now is not None
    assert now.amount == 0


@pytest.mark.parametrize(
    ("clause", "milestone", "reason"),
    [
        ("cap: 10", "baseline: 2026-04-01", "the contract states no rate"),
        ("rate: 10", "type: external", "quay.open has no date to count from"),
    ],
)
def test_damages_that_cannot_be_priced_are_not_nothing(
    clause: str, milestone: str, reason: str
) -> None:
    portfolio, contract = damaged(clause, milestone)
    assert expected_damages(portfolio, contract).reason == reason


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


def test_rates_and_margins_without_revenue_or_hours_are_no_numbers() -> None:
    assert share_of_revenue(Decimal(0), Decimal(5)).code == "zero_denominator"
    assert share_of_revenue(Decimal(-5), Decimal(5)).code == "zero_denominator"
    assert effective_rate(Decimal(5), Decimal(0)).code == "zero_denominator"
    assert realisation(Decimal(5), Decimal(0), Decimal(9)).code == "zero_denominator"


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
    assert {name: len(g) for name, g in by_category(portfolio, contracts).items()} == {
        "several": 1, "customer": 1, "no project": 1,
    }  # fmt: skip


def test_a_group_in_a_currency_without_a_rate_is_left_out_and_counted() -> None:
    portfolio = portfolio_of(POOLED.replace("value: 900", "value: 900 EUR"))
    (found,) = profitability(portfolio, by_customer(portfolio.all(Contract)))
    assert (found.contracts, found.left_out) == (1, 2)
