"""The renewal calendar: which notice dates come next, and what is still to be done about them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from portfolio.analysis.commercial.contract_renewal import (
    committed_by_silence,
    renewal_calendar,
    renewal_step,
)
from portfolio.model.commercial.contracts import Contract, Renewal
from portfolio.values import Money
from tests.portfolios import SETTINGS, portfolio_of

LEASE = "contract: {id: lease, title: Lease, supplier: s, end: END, renewal: {RENEWAL}}\n"
SUPPLIER = "supplier: {id: s, name: S}\n"


def contract(end: str, renewal: str, settings: str = SETTINGS) -> tuple[object, ...]:
    text = SUPPLIER + LEASE.replace("END", end).replace("RENEWAL", renewal)
    portfolio = portfolio_of(text, settings)
    found = renewal_step(portfolio, portfolio.all(Contract)[0])
    step = found.value
    if step is None:
        return (found.code,)
    return step.position, step.days_left, step.window, step.is_open


@pytest.mark.parametrize(
    ("end", "renewal", "expected"),
    [
        ("2026-05-30", "mode: auto, notice: 30cd", ("to decide", 30, 30, True)),
        ("2026-06-29", "mode: auto, notice: 60cd", ("to decide", 30, 30, True)),
        ("2026-06-30", "mode: auto, notice: 60cd", ("to decide", 31, 90, True)),
        ("2026-06-29", "mode: auto, notice: 0cd", ("to decide", 90, 90, True)),
        ("2026-06-30", "mode: auto, notice: 0cd", ("to decide", 91, 180, True)),
        ("2026-09-29", "mode: auto, notice: 0cd", ("to decide", 182, None, True)),
        ("2026-03-31", "mode: auto, notice: 0cd", ("to decide", 0, 30, True)),
        ("2026-04-28", "mode: auto, notice: 30cd", ("passed", -4, None, False)),
        ("2026-05-29", "mode: auto, notice: 30cd, decision: renew", ("settled", 29, 30, False)),
        ("2026-05-29", "mode: auto, notice: 30cd, decision: exit",
         ("notice to serve", 29, 30, True)),
        ("2026-05-29", "mode: auto, notice: 30cd, decision: exit, notice_served_on: 2026-03-02",
         ("settled", 29, 30, False)),
        ("2026-05-29", "mode: option, notice: 30cd, decision: exit", ("settled", 29, 30, False)),
        ("2026-05-29", "mode: option, notice: 30cd, decision: renew",
         ("notice to serve", 29, 30, True)),
        ("2026-03-30", "mode: option, notice: 30cd", ("finished",)),
        ("2026-03-30", "mode: none, notice: 30cd", ("no_data",)),
        ("2026-05-29", "mode: auto", ("no_data",)),
    ],
)  # fmt: skip
def test_where_a_contract_stands_on_its_way_to_the_last_day_for_notice(
    end: str, renewal: str, expected: tuple[object, ...]
) -> None:
    assert contract(end, renewal) == expected


def test_a_contract_that_renews_by_itself_is_in_its_next_term() -> None:
    assert contract("2024-09-30", "mode: auto, term_months: 12, notice: 3mo")[:2] == (
        "to decide",
        91,
    )


def test_notice_counts_on_the_calendar_of_the_contract() -> None:
    week = "calendars:\n  uk: {week: {mon-fri: ['09:00-17:00']}}\n"
    gulf = "  gulf: {week: {sun-thu: ['09:00-17:00']}}\n"
    friday = "mode: auto, notice: 1cd"
    assert contract("2026-04-04", friday, SETTINGS + week + gulf)[1] == 3
    text = SUPPLIER + LEASE.replace("END", "2026-04-04, calendar: gulf").replace("RENEWAL", friday)
    portfolio = portfolio_of(text, SETTINGS + week + gulf)
    step = renewal_step(portfolio, portfolio.all(Contract)[0]).value
    assert step is not None
    assert step.dates.deadline == date(2026, 4, 2)


def test_the_calendar_starts_with_the_earliest_notice() -> None:
    portfolio = portfolio_of(
        SUPPLIER
        + """
contracts:
  - {id: later, title: Later, supplier: s, end: 2026-12-31, renewal: {mode: auto, notice: 1mo}}
  - {id: soon, title: Soon, supplier: s, end: 2026-06-30, renewal: {mode: auto, notice: 1mo}}
  - {id: never, title: Never, supplier: s, end: 2026-06-30, renewal: {mode: none}}
"""
    )
    steps = renewal_calendar(portfolio, portfolio.all(Contract))
    assert [step.contract.id for step in steps] == ["soon", "later"]


def priced(start: str, end: str, term: int | None = 12, value: int | None = 2400) -> Contract:
    return Contract(
        id="lease",
        title="Lease",
        start=date.fromisoformat(start),
        end=date.fromisoformat(end),
        value=Money(Decimal(value), "GBP") if value is not None else None,
        renewal=Renewal(term_months=term),
    )


@pytest.mark.parametrize(
    ("lease", "committed"),
    [
        (priced("2024-08-01", "2026-07-31"), "1200"),
        (priced("2026-01-15", "2026-07-14"), "4800"),
        (priced("2025-08-01", "2026-07-31", term=24), "4800"),
        (priced("2026-07-01", "2026-07-10"), "28800"),
    ],
)
def test_silence_commits_another_term_at_the_price_of_the_first(
    lease: Contract, committed: str
) -> None:
    found = committed_by_silence(lease).value
    assert found is not None
    assert found.amount == Decimal(committed)


def test_nobody_knows_what_silence_commits_without_a_price_or_a_term() -> None:
    assert committed_by_silence(priced("2025-01-01", "2026-12-31", term=None)).code == "no_data"
    assert committed_by_silence(priced("2025-01-01", "2026-12-31", value=None)).code == "no_data"
    assert committed_by_silence(priced("2026-07-31", "2026-07-01")).code == "zero_denominator"
