"""The exception report: one sentence when all is well, else cause, consequence, ways and who."""

from __future__ import annotations

from dataclasses import replace

from portfolio.report.blocks import Callout, Chart, Facts, Paragraph, Section, Table
from portfolio.report.composition import compose
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
from tests.portfolios import portfolio_of

BASE = """
people: [{id: anna, name: Anna Sample}]
customer: {id: acme, name: Acme, account_owner: anna}
programme: {id: change, name: Change, sro: anna}
boards:
  - {id: small, name: Small, level: programme, steers: [change], delegated_limit: {cost: 5000}}
  - {id: big, name: Big, level: programme, steers: [change], delegated_limit: {cost: 20000},
     next_meeting: 2026-04-15, chair: anna}
  - {id: top, name: Top, level: portfolio}
contract:
  id: deal
  title: Deal
  customer: acme
  value: 100000
  damages:
    - {milestone: p.live, rate: 700, per: day, cap: 50000}
    - {milestone: q.end, rate: 1, per: day}
project:
  id: p
  name: Pipe
  sponsor: anna
  status: delivering
  programme: change
  tolerances: {time: 10d, cost_pct: 5, scope: Nothing may be left out}
  baseline_finish: 2026-06-01
  milestones:
    - {id: live, name: Live, type: go_live, key: true, baseline: 2026-06-01, forecast: 2026-06-01,
       contract: deal}
"""
OTHER = """
projects:
  - id: q
    name: Quay
    sponsor: anna
    milestones: [{id: end, name: End, baseline: 2026-08-01, forecast: 2026-08-01}]
    dependencies:
      - {id: one, title: Needed soon, from: p.live, need_by: 2026-06-05}
      - {id: two, title: Needed later, from: p.live, need_by: 2026-07-31}
      - {id: three, title: Some day, from: p.live}
      - {id: kept, title: Kept, from: p.live, agreement: delivered}
"""
LATE = BASE.replace("forecast: 2026-06-01", "forecast: 2026-06-30") + OTHER
REPORTED = """
exception_report:
  id: e
  project: p
  raised_on: 2026-03-20
  cause: The supplier stopped
  options: [Wait, {name: Buy more, cost: 9000, time: 3d, benefit: In time, risk: Price}]
  recommendation: Buy more.
"""
ISSUE = "issue: {id: i, title: Stopped, project: p, owner: anna, recovery_plan: A second shift}\n"
ASKED = """
decision: {id: d, title: What now?, board: small, project: p, needed_by: 2026-04-20,
  options: [Wait, Buy], recommendation: Buy}
"""


def sections(text: str) -> dict[str, Section]:
    portfolio = portfolio_of(text)
    pack = replace(Pack(portfolio), subject=portfolio.find("p"))
    return {each.id: each for each in compose("exception", pack).sections}


def said(found: Section) -> str:
    return " ".join(in_words(b.parts) for b in found.blocks if isinstance(b, Paragraph))


def rows(found: Section, which: int = 0) -> list[list[str]]:
    tables = [block for block in found.blocks if isinstance(block, Table)]
    return [[in_words(cell) for cell in row] for row in tables[which].rows]


def call(found: Section) -> Callout:
    (shown,) = (block for block in found.blocks if isinstance(block, Callout))
    return shown


def test_within_tolerance_it_is_one_sentence_with_the_use() -> None:
    found = sections(BASE.replace("forecast: 2026-06-01", "forecast: 2026-06-10"))
    assert set(found) == {"tolerance"}
    assert said(found["tolerance"]) == (
        "Pipe is within every tolerance that is measured (time 70 %); no exception report is due. "
        "Close to its edge: time."
    )
    (chart,) = (block for block in found["tolerance"].blocks if isinstance(block, Chart))
    assert [[in_words(cell) for cell in row] for row in chart.data.rows[1:]] == [
        ["Cost", "5 %", "nothing says what to expect", "–"],
        ["Risk", "none agreed", "none agreed", "–"],
        ["Benefit", "none agreed", "none agreed", "–"],
        ["Scope", "Nothing may be left out", "judged by people", "–"],
    ]


def test_an_open_report_of_a_project_that_is_back_within_can_be_closed() -> None:
    found = sections(BASE + REPORTED)
    assert said(found["tolerance"]).endswith("The exception report of 20 Mar 2026 can be closed.")


def test_without_tolerances_nobody_can_be_out_of_one() -> None:
    text = "people: [{id: anna, name: A}]\nproject: {id: p, name: Pipe, sponsor: anna}\n"
    assert said(sections(text)["tolerance"]) == (
        "Pipe: no tolerance can be measured, so nobody can be out of one."
    )


def test_what_happened_is_the_cause_the_facts_and_what_is_done() -> None:
    found = sections(LATE + REPORTED + ISSUE)["cause"]
    assert found.lead == "Reported on 20 Mar 2026, 11 days ago; the report is open."
    assert said(found) == "Cause: The supplier stopped"
    assert rows(found)[0][0].startswith("Milestone 'Live' moved from 1 Jun 2026 to 30 Jun 2026")
    assert rows(found, 1) == [["Stopped", "A second shift", "Anna Sample", "no date"]]


def test_an_exception_that_nobody_reported_says_so() -> None:
    found = sections(LATE)
    assert found["cause"].lead.startswith("Not reported yet")
    assert said(found["options"]) == (
        "Nobody has written down the ways on; to do nothing is one of them."
    )


def test_a_report_without_a_cause_says_so() -> None:
    found = sections(LATE + "exception_report: {id: e, project: p, raised_on: 2026-03-20}\n")
    assert said(found["cause"]) == "Cause: the report states no cause"


def test_what_follows_is_damages_and_who_waits() -> None:
    found = sections(LATE)["consequence"]
    (facts,) = (block for block in found.blocks if isinstance(block, Facts))
    assert [(term, in_words(value)) for term, value in facts.facts] == [
        ("Value of the case now", "no budget is stated"),
        ("A further slip costs", "4,900 GBP for a week, 9,800 GBP for two"),
    ]
    assert rows(found) == [
        ["Live", "Deal", "1 Jun 2026", "30 Jun 2026", "20,300 GBP", "50,000 GBP"]
    ]
    assert rows(found, 1) == [
        ["Needed soon", "Quay", "5 Jun 2026", "30 Jun 2026", "■ 25 days late"],
        ["Needed later", "Quay", "31 Jul 2026", "30 Jun 2026", "31 days"],
        ["Some day", "Quay", "not stated", "30 Jun 2026", "not known"],
    ]


def test_a_case_with_deferred_benefits_is_priced() -> None:
    text = LATE.replace("tolerances:", "bac: 1000\n  start: 2026-01-01\n  tolerances:") + (
        "forecast: {id: f, project: p, as_of: 2026-03-31, "
        "periods: [{period: 2026-05, amount: 1000}]}\n"
        "benefit: {id: b, title: B, project: p, owner: anna, starts_after: p.live, "
        "value_by_period: [{period: 2026, planned: 36500}]}\n"
    )
    (facts,) = (b for b in sections(text)["consequence"].blocks if isinstance(b, Facts))
    assert [term for term, _ in facts.facts][:2] == [
        "Value of the case now", "Benefit lost by the delay",
    ]  # fmt: skip


def test_the_smallest_board_that_may_take_the_recommended_way_decides() -> None:
    found = sections(LATE + REPORTED)["options"]
    assert rows(found) == [
        ["Wait", "–", "–", "–", "–"],
        ["Buy more (recommended)", "9,000 GBP", "3d", "In time", "Price"],
    ]
    shown = call(found)
    assert (shown.title, shown.owner) == ("Big decides", "Anna Sample")
    assert shown.next_action == "Ask it: it meets on 15 Apr 2026."


def test_beyond_every_limit_a_portfolio_board_decides() -> None:
    shown = call(sections(LATE + REPORTED.replace("9000", "90000"))["options"])
    assert shown.title == "Top decides"
    assert shown.next_action == "Ask it: its next meeting is not planned."


def test_a_board_that_is_asked_already_decides() -> None:
    shown = call(sections(LATE + REPORTED + ASKED)["options"])
    assert shown.title == "Small decides"
    assert shown.next_action.startswith("It is asked already")
    assert call(sections(LATE + ASKED)["options"]).due == shown.due


def test_without_a_board_somebody_must_be_named() -> None:
    start, end = BASE.index("boards:"), BASE.index("contract:")
    text = (BASE[:start] + BASE[end:]).replace("forecast: 2026-06-01", "forecast: 2026-06-30")
    assert call(sections(text + REPORTED)["options"]).title == "Nobody is named who may decide"
