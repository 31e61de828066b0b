"""The decision register: what waits, how long, what was decided and why."""

from __future__ import annotations

from portfolio.report.blocks import Chart, Metrics, Section, Table
from portfolio.report.composition import compose
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
from tests.portfolios import portfolio_of

TEXT = """
people: [{id: anna, name: Anna Sample}]
boards:
  - {id: small, name: Small, delegated_limit: {cost: 5000}}
  - {id: top, name: Top, delegated_limit: {cost: 90000}}
decisions:
  - {id: late, title: Late, board: small, raised_by: anna, raised_on: 2026-03-01,
     needed_by: 2026-03-24, cost_of_delay_per_week: 700, options: [{name: Buy, cost: 9000},
     {name: Rent, cost: 1}], recommendation: Ask again}
  - {id: put-off, title: Put off, board: small, raised_on: 2026-03-11, needed_by: 2026-04-24,
     status: deferred, options: [{name: Buy, cost: 99000}]}
  - {id: bare, title: Bare, needed_by: 2026-04-25}
  - {id: limitless, title: Limitless, board: top, needed_by: 2026-04-26, options: [A]}
  - {id: old, title: Old, board: small, raised_on: 2026-01-05, needed_by: 2026-01-09,
     status: decided, decided_on: 2026-01-15, outcome: Yes, rationale: Cheap, decided_by: anna,
     options: [{name: Buy, cost: 9000}]}
  - {id: new, title: New, board: small, raised_on: 2026-02-05, needed_by: 2026-02-09,
     status: decided, decided_on: 2026-02-09, supersedes: old}
  - {id: draft, title: Draft, needed_by: 2026-06-09, status: draft}
  - {id: gone, title: Gone, board: top, needed_by: 2026-02-09, status: withdrawn,
     recommendation: Nothing}
"""


def sections(text: str = TEXT) -> dict[str, Section]:
    return {each.id: each for each in compose("decisions", Pack(portfolio_of(text))).sections}


def rows(found: Section) -> list[list[str]]:
    (table,) = (block for block in found.blocks if isinstance(block, Table))
    return [[in_words(cell) for cell in row] for row in table.rows]


def test_what_waits_stands_first_the_most_urgent_on_top() -> None:
    assert rows(sections()["waiting"]) == [
        ["Late", "Small", "■ 24 Mar 2026, 7 days ago", "30 days", "700 GBP",
         "▲ in part for Top: Buy", "Ask again"],
        ["Put off (deferred)", "Small", "24 Apr 2026", "20 days", "not stated",
         "■ beyond every board's limit", "nothing is recommended"],
        ["Bare", "no board", "25 Apr 2026", "not dated", "not stated", "no board named",
         "nothing is recommended"],
        ["Limitless", "Top", "26 Apr 2026", "not dated", "not stated",
         "no figures to judge by", "nothing is recommended"],
    ]  # fmt: skip


def test_the_figures_leave_no_open_question_out() -> None:
    (shown,) = (b for b in sections()["waiting"].blocks if isinstance(b, Metrics))
    assert {each.label: in_words(each.value) for each in shown.metrics} == {
        "Open": "4",
        "Median wait": "10 days",
        "Nine in ten answered within": "more than 30 days",
        "Answered in time": "33.3 %",
        "Oldest open": "30 days",
        "Waiting has cost": "700 GBP",
    }


def test_each_board_has_its_pace_and_each_question_its_bar() -> None:
    found = sections()["pace"]
    assert [row[:4] for row in rows(found)] == [
        ["Small", "2", "1", "2"], ["Top", "1", "0", "0"],
        ["No board named", "1", "0", "0"], ["All", "4", "1", "2"],
    ]  # fmt: skip
    (chart,) = (block for block in found.blocks if isinstance(block, Chart))
    assert [[in_words(cell) for cell in (row[0], row[4])] for row in chart.data.rows] == [
        ["Old", "■ 10 d, late"],
        ["New", "● 4 d, in time"],
        ["Late", "■ 30 d, overdue"],
        ["Put off", "▲ 20 d, open"],
    ]
    assert "Put off: asked 2026-03-11, 20 d, open, needed 2026-04-24" in chart.drawing.markup


def test_what_was_decided_says_why_the_newest_first_and_what_replaced_it() -> None:
    assert rows(sections()["decided"]) == [
        ["New", "outcome not written down", "no reason written down", "Nobody named, Small",
         "● 9 Feb 2026, in time"],
        ["Old (replaced by New)", "Yes", "Cheap", "Anna Sample, Small ■ beyond its limit",
         "■ 15 Jan 2026, 6 days late"],
    ]  # fmt: skip


def test_drafts_and_withdrawn_questions_are_listed_apart() -> None:
    assert [row[:3] for row in rows(sections()["not-asked"])] == [
        ["Draft", "draft", "no board"], ["Gone", "withdrawn", "Top"],
    ]  # fmt: skip


def test_an_empty_register_says_so() -> None:
    found = sections("people: [{id: anna, name: Anna Sample}]\n")
    assert set(found) == {"waiting", "decided"}
    (shown,) = (b for b in found["waiting"].blocks if isinstance(b, Metrics))
    assert in_words(shown.metrics[0].value) == "not yet measured"
