"""Contracts on the board: what needs a decision, what was lost since the bid."""

from __future__ import annotations

from itertools import pairwise

from portfolio.report.blocks import Cell, Details, Facts, Metrics, Section, Subheading, Table
from portfolio.report.composition import compose
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
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
    since = "the cost is stated as one sum"
    assert row[1:6] == ["50 %", "cost to cost", "500 GBP", "100 GBP", "400 GBP"]
    assert row[6:] == [since, "500 GBP", "0 GBP"]


def test_profit_is_pooled_by_customer_type_and_category() -> None:
    section = commercial()
    assert words(folded(section, "Customer").rows[0])[:3] == ["Acme", "1", "1,000 GBP"]
    assert words(folded(section, "Type").rows[0])[0] == "not stated"
    assert words(folded(section, "Category of the projects").rows[0])[0] == "no project"


def board_of(text: str) -> Section:
    report = compose("board", Pack(portfolio_of(text), (), None))
    return next(each for each in report.sections if each.id == "commercial")


def test_authorised_days_and_fees_are_shown_or_say_why_not() -> None:
    text = """
customer: {id: acme, name: Acme}
contracts:
  - {id: a, title: A, customer: acme, authorised: 100d, days_to_do: 60, eac_cost: 1100,
     days_used: [{period: 2026-02, days: 25}, {period: 2026-03, days: 35}],
     incentive: {target_cost: 1000, target_fee: 75, contractor_share: 0.2, min_fee: 40}}
  - {id: b, title: B, customer: acme, authorised: 10d,
     incentive: {target_cost: 1000, target_fee: 75, contractor_share: 0.2}}
"""
    section = board_of(text)
    burnt = folded(section, "Authorised days")
    assert [words(row) for row in burnt.rows] == [
        ["A", "100d", "60 %", "30 days", "1.3 months", "+20 days"],
        ["B", "10d", "no day is used yet", "–", "–", "–"],
    ]
    (fees,) = (
        block
        for each in section.blocks
        if isinstance(each, Details)
        for block in each.blocks
        if isinstance(block, Facts)
    )
    assert [in_words(value) for _, value in fees.facts] == [
        "55 GBP; stops falling at a cost of 1,175",
        "the cost at completion is not stated",
    ]


def test_damages_that_cannot_be_priced_say_why() -> None:
    text = """
customer: {id: acme, name: Acme}
people: [{id: anna, name: Anna}]
project: {id: quay, name: Quay, sponsor: anna, milestones: [
  {id: open, name: Open, baseline: 2026-03-21, forecast: 2026-04-20}]}
contracts:
  - {id: a, title: A, customer: acme, damages: [{milestone: quay.open}]}
  - {id: b, title: B, customer: acme, value: 200, damages: [
      {milestone: quay.open, of_value_pct: 0.5, per: started_week, grace: 5cd}]}
"""
    exposed = tables(board_of(text))[1]
    assert words(exposed.rows[0])[1] == "the contract states no rate"
    assert words(exposed.rows[1])[1:] == [
        "Open", "0.5 % of the value a started week, 5cd free, no cap", "26 Mar 2026",
        "20 Apr 2026", "1 GBP", "4 GBP", "no cap stated",
    ]  # fmt: skip


def test_figures_that_nobody_can_add_up_say_why() -> None:
    text = """
customer: {id: acme, name: Acme}
contracts:
  - {id: a, title: A, customer: acme, type: subscription, value: 120, start: 2025-01-01}
  - {id: b, title: B, customer: acme, type: subscription, value: 120 EUR,
     start: 2025-01-01, end: 2026-12-31}
invoice: {id: i, contract: b, issued: 2026-03-01, amount: 5 EUR}
"""
    shown = metrics(board_of(text))
    assert shown["Backlog"] == "45 EUR"
    assert shown["Recurring revenue kept in a year"].startswith("no rate from EUR")
    assert shown["Owed by customers"].startswith("no rate from EUR")
    assert shown["Three largest customers"] == "the yearly revenue of Acme is not stated"


def test_without_contracts_there_is_no_section() -> None:
    bare = portfolio_of("people: [{id: anna, name: Anna}]\n")
    ids = [each.id for each in compose("board", Pack(bare, (), None)).sections]
    assert "commercial" not in ids
