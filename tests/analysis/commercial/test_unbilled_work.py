"""Since when earned work waits to be billed, and what an hour of work brings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from portfolio.analysis.commercial.unbilled_work import (
    effective_rate_of,
    realisation_of,
    unbilled_since,
)
from portfolio.model.commercial.contracts import Contract
from portfolio.values import Money
from portfolio.view.view import View
from tests.portfolios import portfolio_of

HEAD = (
    "people:\n"
    "  - {id: anna, name: Anna Sample, charge_rate_per_day: 750}\n"
    "  - {id: ben, name: Ben Sample}\n"
    "customer: {id: acme, name: Acme}\n"
)
# A tenth of the year's price is earned in the first tenth of its days: 36.5 of 365.
SERVICE = HEAD + (
    "contract: {id: deal, title: Deal, customer: acme, type: subscription, value: 365000,\n"
    "  start: 2026-01-01, end: 2026-12-31}\n"
)
PROJECT = HEAD + (
    "contract: {id: deal, title: Deal, customer: acme, type: fixed_price, value: 1000,\n"
    "  start: 2026-01-01, eac_cost: 800}\n"
    "project: {id: atlas, name: Atlas, sponsor: anna, contract: deal}\n"
    "actuals:\n"
    "  - {id: a1, project: atlas, period: 2026-01, amount: 200}\n"
    "  - {id: a2, project: atlas, period: 2026-02, amount: 200}\n"
    "  - {id: a3, project: atlas, period: 2026-03, amount: 200}\n"
)


def only(text: str) -> tuple[View, Contract]:
    portfolio = portfolio_of(text)
    return portfolio, portfolio.all(Contract)[0]


def bill(amount: int) -> str:
    return f"invoice: {{id: i, contract: deal, issued: 2026-03-01, amount: {amount}}}\n"


def hours(*rows: str) -> str:
    return "timesheets:\n" + "".join(f"  - {{{row}}}\n" for row in rows)


def test_a_service_is_unbilled_since_the_day_whose_price_is_not_billed() -> None:
    assert unbilled_since(*only(SERVICE + bill(59000))).value == date(2026, 3, 1)
    assert unbilled_since(*only(SERVICE)).value == date(2026, 1, 1)


def test_more_credited_than_billed_is_unbilled_since_the_start() -> None:
    assert unbilled_since(*only(SERVICE + bill(-(10**15)))).value == date(2026, 1, 1)


def test_a_project_is_unbilled_since_the_month_whose_cost_passed_the_bills() -> None:
    """A quarter of the price is earned in each month; half of it is billed."""
    assert unbilled_since(*only(PROJECT + bill(499))).value == date(2026, 2, 28)
    assert unbilled_since(*only(PROJECT + bill(500))).value == date(2026, 3, 31)


def test_what_is_billed_in_advance_has_no_age() -> None:
    assert unbilled_since(*only(PROJECT + bill(900))).code == "finished"


def test_cost_in_one_sum_has_no_dates() -> None:
    found = unbilled_since(*only(PROJECT.replace("800}", "800, cost_to_date: 600}")))
    assert (found.code, found.reason) == ("no_data", "the cost is stated as one sum")


def test_what_we_buy_has_none() -> None:
    text = "supplier: {id: s, name: S}\ncontract: {id: c, title: C, supplier: s, value: 5}\n"
    assert unbilled_since(*only(text)).code == "no_data"


WORKED = hours(
    "person: anna, period: 2026-01, work: atlas, hours: 5, billable: true",
    "person: anna, period: 2026-02, work: atlas, hours: 5, billable: false",
    "person: anna, period: 2026-03, work: atlas, hours: 90, status: draft",
)


def test_the_effective_rate_counts_hours_that_nobody_pays_for_but_only_approved_ones() -> None:
    """750 is earned in 10 hours."""
    assert effective_rate_of(*only(PROJECT + WORKED)).value == Money(Decimal(75), "GBP")


def test_realisation_is_billed_by_the_list_price_of_the_hours() -> None:
    """10 hours at 750 for a day of 7.5 hours are 1,000 on the list."""
    assert realisation_of(*only(PROJECT + WORKED + bill(600))).value == Decimal("0.6")


def test_hours_that_begin_long_after_the_contract_tell_nothing() -> None:
    late = hours("person: anna, period: 2026-03, work: atlas, hours: 5")
    for found in (effective_rate_of(*only(PROJECT + late)), realisation_of(*only(PROJECT + late))):
        assert found.reason == "the hours since the contract began are not booked"


def test_nobody_without_a_charge_rate_is_guessed() -> None:
    found = realisation_of(*only(PROJECT + WORKED.replace("anna, period", "ben, period")))
    assert found.reason == "no charge rate is stated for everybody who worked"
