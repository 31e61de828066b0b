"""What `pmo show` computes of contracts, customers and surveys: a value, or why there is none."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from portfolio.analysis.columns import register_columns
from portfolio.measure.figure import computed_columns
from portfolio.measure.measure import Measure
from portfolio.measure.table import rows
from portfolio.model.commercial.contracts import Contract, Customer
from portfolio.model.commercial.customers import Response, Survey
from portfolio.model.entity import Entity
from portfolio.values import Money
from portfolio.view.view import View
from tests.portfolios import portfolio_of

register_columns()
TEXT = """
people: [{id: anna, name: Anna}]
customers: [{id: acme, name: Acme}]
supplier: {id: mill, name: Mill}
project: {id: quay, name: Quay, sponsor: anna, contract: sell, milestones: [
  {id: open, name: Open, baseline: 2026-03-21, forecast: 2026-04-20}]}
contracts:
  - {id: sell, title: Sell, customer: acme, type: target_cost, value: 1000, eac_cost: 800,
     cost_to_date: 400, bid: {margin_pct: 30, effort: 100d}, eac_effort: 110d,
     start: 2025-07-01, end: 2026-06-30, authorised: 100d, days_to_do: 60,
     days_used: [{period: 2026-02, days: 25}, {period: 2026-03, days: 35}],
     damages: [{milestone: quay.open, rate: 1}],
     incentive: {target_cost: 700, target_fee: 70, contractor_share: 0.5},
     renewal: {mode: auto, term_months: 6, notice: 1mo}}
  - {id: buy, title: Buy, supplier: mill, value: 10, eac_cost: 8}
  - {id: bare, title: Bare, customer: acme}
surveys:
  - {id: one, subject: acme, type: csat, sent_on: 2026-03-02, invited: 20, population: 30}
  - {id: ease, subject: acme, type: ces, sent_on: 2026-03-02, invited: 20}
  - {id: few, subject: acme, type: csat, sent_on: 2026-03-02, invited: 20}
responses:
  - {survey: one, id: a, score: 5, on: 2026-03-03}
  - {survey: one, id: b, score: 4, on: 2026-03-03}
  - {survey: one, id: c, score: 4, on: 2026-03-03}
  - {survey: one, id: d, score: 2, on: 2026-03-03}
  - {survey: ease, id: a, score: 5, on: 2026-03-01}
  - {survey: ease, id: b, score: 6, on: 2026-03-01}
  - {survey: ease, id: c, score: 7, on: 2026-03-01}
  - {survey: ease, id: d, score: 2, on: 2026-03-01}
  - {survey: few, id: a, score: 2, on: 2026-03-01}
complaint: {id: cold, customer: acme, owner: anna, raised_on: 2026-03-02}
"""


def shown(kind: type[Entity], id_: str) -> dict[str, Any]:
    """Return the computed columns of one entity: the value, or the reason in brackets."""
    portfolio: View = portfolio_of(TEXT)
    entity = portfolio.find(id_, kind)
    assert entity is not None
    table = rows(portfolio, kind, [entity])
    found = dict(zip(table.columns, table.rows[0], strict=True))
    return {name: plain(found[name]) for name in computed_columns(kind)}


def plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, Measure):
        value = value.value if value.value is not None else [value.reason]
    return value.amount if isinstance(value, Money) else value


def test_a_contract_in_which_we_sell() -> None:
    found = shown(Contract, "sell")
    expected = {
        "margin": "0.2", "erosion": "0.1", "complete": "0.5", "recognised": "500", "billed": "0",
        "contract_balance": "500", "backlog": "500", "provision_needed": "0",
        "erosion_unpaid_scope": "0", "erosion_damages": "0.03", "erosion_volume": "0.07",
        "damages_to_date": "10", "damages_expected": "30", "burn_share": "0.6",
        "burn_overrun_days": "20", "fee": "20", "committed_if_silent": "500",
    }  # fmt: skip
    assert {name: found[name] for name in expected} == {
        name: Decimal(value) for name, value in expected.items()
    }
    assert found["erosion_rate"] == pytest.approx(Decimal(0))
    assert found["burn_months_left"] == pytest.approx(Decimal(40) / 30)
    assert found["renewal_position"] == "to decide"
    assert (str(found["notice_deadline"]), str(found["decision_due"])) == (
        "2026-05-29", "2026-04-30",
    )  # fmt: skip


def test_a_contract_in_which_we_buy_has_no_margin_of_ours() -> None:
    found = shown(Contract, "buy")
    for name in ("margin", "erosion", "erosion_rate", "recognised", "backlog"):
        assert found[name] == ["we buy"], name


def test_a_bare_contract_says_why_nothing_is_known() -> None:
    found = shown(Contract, "bare")
    reasons = {name: value for name, value in found.items() if isinstance(value, list)}
    assert set(found) - set(reasons) == {"damages_to_date", "damages_expected"}
    assert all(reason != [""] for reason in reasons.values())


def test_what_few_people_said_is_withheld_and_the_rest_is_shown() -> None:
    assert shown(Survey, "one")["result"] == Decimal("0.75")
    assert shown(Survey, "one")["half_width"] == Decimal("0.4018")
    assert shown(Survey, "ease")["result_low"] == ["a mean has no interval here"]
    assert shown(Survey, "few")["answers"] == ["fewer than 4 answers"]
    portfolio = portfolio_of(TEXT)
    table = rows(portfolio, Response, portfolio.all(Response), ["id", "score"])
    scores = {row[0]: plain(row[1]) for row in table.rows}
    assert scores["few.a"] == ["fewer than 4 answers"]
    assert scores["one.a"] == 5


def test_a_customer_is_shown_with_health_and_what_is_open() -> None:
    found = shown(Customer, "acme")
    assert found["satisfied"] == Decimal("0.75")
    assert found["health"] == "grey"
    assert found["health_coverage"] == Decimal("0.55")
    assert found["health_points"] == Decimal("40.9")
    assert found["watermelon_gap"] == ["no service level was measured"]
    assert found["open_complaints"] == 1
