"""What is left of budgets and funds, the shortest first."""

from __future__ import annotations

from portfolio.report.blocks import Section, Table
from portfolio.report.composition import compose
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
from tests.portfolios import portfolio_of

TEXT = """
people: [{id: anna, name: Anna Sample}]
projects:
  - {id: long, name: Long, sponsor: anna, status: delivering, bac: 1000}
  - {id: short, name: Short, sponsor: anna, status: delivering, bac: 300}
  - {id: dark, name: Dark, sponsor: anna, status: delivering}
actuals:
  - {id: a1, project: long, period: 2026-03, amount: 100}
  - {id: a2, project: short, period: 2026-03, amount: 200}
"""
FUNDED = """
fundings:
  - {id: pot, source: The board, amount: 500, available_to: 2026-12-31}
  - {id: coin, source: Abroad, amount: 500 EUR}
budget_lines:
  - {id: b1, project: long, type: capex, category: labour, funding: pot, periods: [
     {period: 2026-03, amount: 80}]}
  - {id: b2, project: long, type: opex, category: licence, funding: pot, periods: [
     {period: 2026-03, amount: 20}]}
  - {id: b3, project: short, category: contingency, funding: coin, periods: [
     {period: 2026-03, amount: 50}]}
"""


def section(text: str) -> Section | None:
    report = compose("board", Pack(portfolio_of(text), (), None))
    return next((each for each in report.sections if each.id == "budgets"), None)


def rows(text: str) -> list[list[list[str]]]:
    found = section(text)
    assert found is not None
    return [
        [[in_words(cell) for cell in row] for row in block.rows]
        for block in found.blocks
        if isinstance(block, Table)
    ]


def test_the_budget_that_lasts_shortest_comes_first_and_is_named() -> None:
    found = section(TEXT)
    assert found is not None
    assert found.lead == "At the present burn the budget lasts less than 2 months: Short."
    (table,) = rows(TEXT)
    assert [row[:6] for row in table] == [
        ["Short", "200 GBP", "0 GBP", "100 GBP", "200 GBP", "0.50"],
        ["Long", "100 GBP", "0 GBP", "900 GBP", "100 GBP", "9.00"],
    ]


def test_many_that_run_short_are_counted() -> None:
    more = "".join(
        f"  - {{id: s{n}, project: p{n}, period: 2026-03, amount: 90}}\n" for n in range(4)
    )
    projects = "".join(f"  - {{id: p{n}, name: P{n}, sponsor: anna, bac: 100}}\n" for n in range(4))
    text = f"people: [{{id: anna, name: Anna}}]\nprojects:\n{projects}actuals:\n{more}"
    found = section(text)
    assert found is not None
    assert found.lead.endswith("P0, P1, P2 and 1 more.")


def test_a_fund_tells_what_no_budget_has_claimed() -> None:
    left, funds = rows(TEXT + FUNDED)
    assert funds[0][:4] == ["The board", "500 GBP", "100 GBP", "400 GBP"]
    assert "no rate" in funds[1][2]
    assert "no rate" in funds[1][3]
    assert left[1][6] == "80 GBP"  # capital expenditure of Long
    assert left[0][7] == "50 GBP"  # contingency of Short


def test_without_costs_and_funds_there_is_no_section() -> None:
    assert section("people: [{id: anna, name: Anna}]") is None
