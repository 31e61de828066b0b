"""What the board reads about the plans behind the dates."""

from __future__ import annotations

from portfolio.report.blocks import Details, Missing, Section, Status, Table
from portfolio.report.pack import Pack
from portfolio.report.sections.delivery.schedule_assessment import schedule
from tests.portfolios import portfolio_of

PLANS = """projects:
  - {id: sound, name: Sound, sponsor: a, activities: [{id: x, duration: 5d}]}
  - {id: late, name: Late, sponsor: a, activities: [{id: y, duration: 10d, deadline: 2026-04-10}]}
  - {id: bare, name: Bare, sponsor: a}
"""


def section_of(text: str) -> Section:
    found = schedule(Pack(portfolio_of(text)))
    assert found is not None
    return found


def tables(section: Section) -> list[Table]:
    return [block for block in section.blocks if isinstance(block, Table)]


def test_a_plan_a_row_with_the_failing_checks_and_their_figures_first() -> None:
    rows = tables(section_of(PLANS))[0].rows
    assert [row[0] for row in rows] == ["Late", "Sound"]
    assert rows[0][1] == Status("amber", "2 of 4")
    assert rows[0][2] == "Negative float 1 of 1 (100.0 %); CPLI 0.90"
    assert rows[1][1:] == (Status("green", "4 of 4"), "none")


def test_all_fourteen_are_there_for_the_plans_that_fail_with_the_reason_of_a_gap() -> None:
    (details,) = [b for b in section_of(PLANS).blocks if isinstance(b, Details)]
    (table,) = [block for block in details.blocks if isinstance(block, Table)]
    assert table.caption == "Late"
    assert [row[0] for row in table.rows] == list(range(1, 15))
    by_name = {row[1]: row for row in table.rows}
    assert by_name["BEI"][2] == Missing("there is nothing to count")
    assert by_name["BEI"][4] == Status("grey", "not measurable")
    assert by_name["CPLI"][4] == Status("amber", "fails")


def test_a_portfolio_without_plans_has_no_such_section() -> None:
    assert schedule(Pack(portfolio_of("project: {id: bare, name: Bare, sponsor: a}"))) is None
