"""Contracts on the board: what needs a decision, what was lost since the bid."""

from __future__ import annotations

from itertools import pairwise

from portfolio.report.composing import compose
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
from portfolio.report.report import Cell, Details, Metrics, Section, Subheading, Table
from tests.portfolios import portfolio_of

BASE = """
people: [{id: anna, name: Anna Sample}]
customers: [{id: acme, name: Acme, account_owner: anna, tier: key}]
suppliers: [{id: mill, name: Mill}]
contracts:
  - {id: sell, title: Sell, customer: acme, value: 1000, eac_cost: 800, bid: {margin_pct: 30},
     end: 2027-03-31, renewal: {mode: auto, term_months: 12, notice: 3mo}}
  - {id: buy, title: Buy, supplier: mill, value: 500, end: 2026-08-31,
     renewal: {mode: auto, term_months: 12, notice: 2mo}}
  - {id: old, title: Old, customer: acme, value: 10, end: 2025-12-31, renewal: {mode: none}}
invoices:
  - {id: late, contract: sell, amount: 70, issued: 2026-02-01, due: 2026-03-01}
  - {id: argued, contract: sell, amount: 30, issued: 2026-02-01, due: 2026-03-01, disputed: true}
"""


def commercial(text: str = "") -> Section:
    report = compose("board", Pack(portfolio_of(BASE + text), (), None))
    (found,) = (each for each in report.sections if each.id == "commercial")
    return found


def tables(section: Section) -> list[Table]:
    return [block for block in section.blocks if isinstance(block, Table)]


def words(row: tuple[Cell, ...]) -> list[str]:
    return [in_words(cell) for cell in row]


def metrics(section: Section) -> dict[str, str]:
    (shown,) = (block for block in section.blocks if isinstance(block, Metrics))
    return {metric.label: in_words(metric.value) for metric in shown.metrics}


def folded(section: Section, heading: str) -> Table:
    """Return the folded table whose first heading follows a subheading or is its own."""
    inside = [
        each for block in section.blocks if isinstance(block, Details) for each in block.blocks
    ]
    for before, block in pairwise([None, *inside]):
        if not isinstance(block, Table):
            continue
        titled = isinstance(before, Subheading) and before.words == heading
        if titled or block.columns[0].words == heading:
            return block
    raise AssertionError(heading)


def test_what_has_to_be_decided_first_comes_first() -> None:
    section = commercial()
    contracts = tables(section)[0]
    assert [row[0] for row in contracts.rows] == ["Buy", "Sell"], "what has ended is left out"
    assert section.lead == "", "no contract loses money"


def test_the_margin_now_stands_beside_what_was_lost_since_the_bid() -> None:
    sell = words(tables(commercial())[0].rows[1])
    assert sell[3:5] == ["20 %", "■ -10.0"]
    buy = words(tables(commercial())[0].rows[0])
    assert buy[3:5] == ["we buy", "we buy"]


def test_disputed_bills_are_owed_and_not_overdue() -> None:
    shown = metrics(commercial())
    assert shown["Invoices overdue"] == "70 GBP"
    assert shown["Days of sales outstanding"] == "90 days"


def test_backlog_and_pipeline_stand_apart() -> None:
    more = """
opportunities:
  - {id: a, name: A, customer: acme, value: 1000, probability: 0.5, stage: proposal}
  - {id: b, name: B, customer: acme, value: 800, probability: 1, stage: won}
"""
    shown = metrics(commercial(more))
    assert shown["Weighted pipeline"] == "500 GBP"
    assert shown["Backlog"] == "no contract can be measured"
    assert metrics(commercial(more.replace("probability: 0.5, ", "")))["Weighted pipeline"] == (
        "A has no value or no probability"
    )


def test_a_contract_that_loses_money_leads_the_section() -> None:
    text = BASE.replace("eac_cost: 800", "eac_cost: 1100")
    report = compose("board", Pack(portfolio_of(text), (), None))
    section = next(each for each in report.sections if each.id == "commercial")
    assert section.lead == (
        "1 contract loses money at completion: Sell with a margin of -10.0%; nothing is set aside."
    )


def test_what_eroded_a_margin_is_told_part_by_part() -> None:
    row = words(folded(commercial(), "Why margins moved").rows[0])
    assert row[:9] == ["Sell", "-10.0", "–", "–", "-10.0", "0.0", "0.0", "0.0", "no commentary"]


def test_what_is_earned_says_how_it_was_measured_or_why_not() -> None:
    row = words(folded(commercial(), "Earned and billed").rows[0])
    assert row[1:3] == ["no cost is booked under it", "cost to cost"]
    costed = BASE.replace("eac_cost: 800", "eac_cost: 800, cost_to_date: 400")
    report = compose("board", Pack(portfolio_of(costed), (), None))
    section = next(each for each in report.sections if each.id == "commercial")
    row = words(folded(section, "Earned and billed").rows[0])
    assert row[1:] == ["50 %", "cost to cost", "500 GBP", "100 GBP", "400 GBP", "500 GBP", "0 GBP"]


def test_profit_is_pooled_by_customer_type_and_category() -> None:
    section = commercial()
    assert words(folded(section, "Customer").rows[0])[:3] == ["Acme", "1", "1,000 GBP"]
    assert words(folded(section, "Type").rows[0])[0] == "not stated"
    assert words(folded(section, "Category of the projects").rows[0])[0] == "no project"


def test_without_contracts_there_is_no_section() -> None:
    bare = portfolio_of("people: [{id: anna, name: Anna}]\n")
    ids = [each.id for each in compose("board", Pack(bare, (), None)).sections]
    assert "commercial" not in ids
