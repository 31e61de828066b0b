"""Contracts on the board: what needs a decision, what was lost since the bid."""

from __future__ import annotations

from portfolio.report.composing import compose
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
from portfolio.report.report import Cell, Section, Table
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
  - {id: late, contract: sell, amount: 70, due: 2026-03-01}
  - {id: argued, contract: sell, amount: 30, due: 2026-03-01, disputed: true}
"""


def commercial(text: str = "") -> Section:
    report = compose("board", Pack(portfolio_of(BASE + text), (), None))
    (found,) = (each for each in report.sections if each.id == "commercial")
    return found


def tables(section: Section) -> list[Table]:
    return [block for block in section.blocks if isinstance(block, Table)]


def words(row: tuple[Cell, ...]) -> list[str]:
    return [in_words(cell) for cell in row]


def test_what_has_to_be_decided_first_comes_first_and_the_lead_names_it() -> None:
    section = commercial()
    assert section.lead.startswith("1 renewal has to be decided within 180 days, first Buy by")
    (contracts,) = tables(section)
    assert [row[0] for row in contracts.rows] == ["Buy", "Sell"], "what has ended is left out"


def test_the_margin_now_stands_beside_what_was_lost_since_the_bid() -> None:
    sell = words(tables(commercial())[0].rows[1])
    assert sell[3:5] == ["20 %", "■ -10.0"]
    buy = words(tables(commercial())[0].rows[0])
    assert buy[3:5] == ["we buy", "we buy"]


def test_disputed_bills_are_not_overdue() -> None:
    shown = str(commercial().blocks[0])
    assert "amount=Decimal('70')" in shown
    assert "1 bill'" in shown


def test_without_contracts_there_is_no_section() -> None:
    bare = portfolio_of("people: [{id: anna, name: Anna}]\n")
    ids = [each.id for each in compose("board", Pack(bare, (), None)).sections]
    assert "commercial" not in ids
