"""The front page: what must be decided, what is wrong with owner, step and day, what it costs."""

from __future__ import annotations

from portfolio.analysis.governance.corrective_action import next_step
from portfolio.model.delivery.projects import Project
from portfolio.report.blocks import Section, Table
from portfolio.report.composition import compose
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
from tests.portfolios import portfolio_of

TEXT = """
people: [{id: anna, name: Anna Sample}, {id: ben, name: Ben Sample}]
boards: [{id: board, name: Board}]
projects:
  - {id: late, name: Late, sponsor: anna, project_manager: ben, status: delivering,
     declared_rag: {overall: red, comment: The crane is missing.}}
  - {id: alone, name: Alone, sponsor: anna, status: delivering,
     declared_rag: {overall: amber, comment: Nobody tests.}}
  - {id: fine, name: Fine, sponsor: anna, status: delivering, declared_rag: green}
issues:
  - {id: crane, title: No crane, project: late, owner: anna, target_date: 2026-05-01,
     recovery_plan: Rent one.}
actions:
  - {id: call, text: Call the yard, project: late, owner: ben, due: 2026-04-10}
  - {id: done, text: Write it down, project: late, owner: ben, due: 2026-04-01, status: done}
decisions:
  - {id: rent, title: Do we rent?, project: late, board: board, needed_by: 2026-04-20,
     recommendation: Rent for a month. Then buy., cost_of_delay_per_week: 500 GBP}
  - {id: old, title: Where do we park?, board: board, needed_by: 2026-03-01}
"""


def glance() -> Section:
    report = compose("board", Pack(portfolio_of(TEXT)))
    return next(section for section in report.sections if section.id == "glance")


def rows(heading: str) -> list[tuple[str, ...]]:
    table = next(
        block
        for block in glance().blocks
        if isinstance(block, Table) and block.columns[0].words == heading
    )
    return [tuple(in_words(cell) for cell in row) for row in table.rows]


def test_what_must_be_decided_comes_by_the_day_it_is_needed_with_the_price_of_waiting() -> None:
    assert rows("What must be decided") == [
        ("Where do we park?", "Board", "1 Mar 2026 ■ overdue", "nothing is recommended",
         "not stated"),
        ("Do we rent?", "Board", "20 Apr 2026", "Rent for a month", "500 GBP"),
    ]  # fmt: skip


def test_what_is_red_or_amber_has_owner_step_and_day_or_says_that_nobody_has_said() -> None:
    assert rows("What is wrong") == [
        ("Late", "■ red", "The crane is missing.", "Ben Sample", "Call the yard", "10 Apr 2026"),
        ("Alone", "▲ amber", "Nobody tests.", "Anna Sample", "nobody has said", "no day"),
    ]


def test_the_next_step_is_what_is_due_first_and_still_open() -> None:
    portfolio = portfolio_of(TEXT)
    project = portfolio.find("late", Project)
    assert project is not None
    found = next_step(portfolio, project)
    assert found is not None
    assert (found.words, found.record.id) == ("Call the yard", "call")


def test_a_portfolio_without_decisions_and_without_trouble_has_no_such_tables() -> None:
    text = """
    people: [{id: anna, name: Anna Sample}]
    projects: [{id: fine, name: Fine, sponsor: anna, status: delivering, declared_rag: green}]
    """
    report = compose("board", Pack(portfolio_of(text)))
    front = next(section for section in report.sections if section.id == "glance")
    assert not [block for block in front.blocks if isinstance(block, Table)]


def test_the_annex_stands_behind_the_pages_that_a_board_discusses() -> None:
    sections = compose("board", Pack(portfolio_of(TEXT))).sections
    behind = [section.annex for section in sections]
    assert behind == sorted(behind)
    assert {s.id for s in sections if s.annex} >= {"data"}
    assert {s.id for s in sections if not s.annex} >= {"glance", "decisions", "portfolio"}
