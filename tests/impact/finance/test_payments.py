"""What a payment that comes later costs, and which period and year it moves to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.impact.effect import Effect
from tests.impact.rippling import ONE, SETTINGS, amount, effects, slipped
from tests.portfolios import portfolio_of

FINANCED = SETTINGS.replace("calendar: england", "calendar: england, financing_rate_pct: 6")


def payment(more: str, slip: str, settings: str = FINANCED, *entities: str) -> Effect:
    text = ONE.replace("MORE", f"type: payment, {more}") + "".join(entities)
    return effects(slipped(portfolio_of(text, settings), slip))["p.m"]


def test_waiting_for_money_costs_interest_by_the_day() -> None:
    # Ten working days are fourteen calendar days: 365,000 x 6 % x 14 / 365.
    found = payment("amount: 365000", "p.b=10d")
    assert amount(found) == Decimal(-840)
    assert found.terms[1] == "365,000 GBP × 6 % a year × 14 / 365 days"
    assert [(each.id, each.key, each.value) for each in found.inputs] == [
        ("p.m", "amount", "365,000 GBP"),
        ("organisation", "financing_rate_pct", "6"),
    ]
    assert {each.place.line for each in found.inputs} == {12, 1}


BUYS = """\
supplier: {id: ostara, name: Ostara, owner: anna}
contract: {id: deal, title: Deal, supplier: ostara}
"""


@pytest.mark.parametrize(
    ("more", "settings", "contract", "reason"),
    [
        ("amount: 5", SETTINGS, "", "no organisation.financing_rate_pct"),
        ("key: true", FINANCED, "", "the milestone states no amount"),
        (
            "amount: 5, contract: deal",
            FINANCED,
            BUYS,
            "we pay later, the supplier waits",
        ),
    ],
)
def test_without_a_rate_an_amount_or_a_sale_nothing_is_priced(
    more: str, settings: str, contract: str, reason: str
) -> None:
    assert reason in payment(more, "p.b=10d", settings, contract).money.reason


@pytest.mark.parametrize(
    ("slip", "effect", "term"),
    [
        ("5d", "payment later", "365,000 GBP stays in 2026-03"),
        (
            "13d",
            "payment moves to 2026-04",
            "365,000 GBP moves from 2026-03 to 2026-04, across a year end",
        ),
    ],
)
def test_a_payment_that_leaves_the_financial_year_is_told(
    slip: str, effect: str, term: str
) -> None:
    found = payment("amount: 365000", f"p.b={slip}")
    assert (found.effect, found.terms[0]) == (effect, term)
