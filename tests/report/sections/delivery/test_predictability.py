"""Predictability on the board's page: promised against kept, and whose forecasts lean."""

from __future__ import annotations

from portfolio.report.blocks import Chart, Details, Metrics, Paragraph, Section, Table
from portfolio.report.composition import compose
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
from tests.portfolios import portfolio_of

BASE = """
people: [{id: anna, name: Anna Sample}, {id: ben, name: Ben Sample}]
projects:
  - {id: atlas, name: Atlas, sponsor: anna, status: delivering}
  - {id: old, name: Old, sponsor: anna, status: closed, bac: 1000, baseline_finish: 2026-01-30,
     actual_finish: 2026-02-06}
  - {id: gone, name: Gone, sponsor: anna, status: cancelled}
ev_snapshot: {project: old, as_of: 2026-02-06, pv: 1000, ev: 1000, ac: 1100}
milestones:
  - {id: a, project: atlas, name: A, baseline: 2026-03-02, actual: 2026-03-02}
  - {id: b, project: atlas, name: B, baseline: 2026-03-21}
"""
FORECASTS = """
actuals:
  - {id: a1, project: atlas, period: 2026-01, amount: 100}
  - {id: a2, project: atlas, period: 2026-02, amount: 100}
  - {id: a3, project: atlas, period: 2026-03, amount: 100}
  - {id: a4, project: old, period: 2026-01, amount: 100}
forecasts:
  - {id: f1, project: atlas, as_of: 2025-12-31, author: anna, periods: [
     {period: 2026-01, amount: 80}, {period: 2026-02, amount: 80}, {period: 2026-03, amount: 80}]}
  - {id: f2, project: old, as_of: 2025-12-31, author: ben, periods: [
     {period: 2026-01, amount: 101}]}
"""
DRIFTING = "".join(
    f"  - {{id: d{n}, project: atlas, name: D{n}, forecast: 2026-09-{n + 10}, history: ["
    "{as_of: 2026-01-30, forecast: 2026-08-01}, {as_of: 2026-02-27, forecast: 2026-08-11}]}\n"
    for n in range(7)
)


def section(text: str) -> Section:
    report = compose("board", Pack(portfolio_of(text), (), None))
    (found,) = (each for each in report.sections if each.id == "predictability")
    return found


def metrics(found: Section) -> dict[str, str]:
    (block,) = (each for each in found.blocks if isinstance(each, Metrics))
    return {each.label: in_words(each.value) for each in block.metrics}


def colours(found: Section) -> list[str]:
    (block,) = (each for each in found.blocks if isinstance(each, Metrics))
    return [each.status.colour for each in block.metrics if each.status]


def rows(found: Section, first: str) -> list[list[str]]:
    (table,) = (
        block
        for block in found.blocks
        if isinstance(block, Table) and block.columns[0].words == first
    )
    return [[in_words(cell) for cell in row] for row in table.rows]


def test_what_is_overdue_stays_in_the_denominator() -> None:
    # Trap: many dashboards divide by what was completed, which would be 100 % here.
    found = section(BASE)
    assert metrics(found)["Milestones on time, last 12 months"] == "50 %"
    assert colours(found) == ["red", "grey"]


def test_without_old_forecasts_it_says_how_to_get_them() -> None:
    found = section(BASE)
    assert metrics(found)["Error of cost forecasts (WAPE)"] == "no forecast has come due"
    assert any(isinstance(b, Paragraph) and "keep old" in str(b) for b in found.blocks)


def test_forecasts_are_judged_by_horizon_project_and_author() -> None:
    found = section(BASE + FORECASTS)
    assert metrics(found)["Their bias"] == "-14.8 %"
    assert [row[:2] for row in rows(found, "How far ahead")] == [
        ["1 month ahead", "10.5 %"],
        ["3 months ahead", "20 %"],
        ["6 months ahead", "no forecast has come due"],
    ]
    assert [row[0] for row in rows(found, "Project")] == ["Atlas", "Old"]
    assert [row[0] for row in rows(found, "Author")] == ["Anna Sample"]  # Ben made one
    assert colours(found)[-1] == "amber"


def test_closed_projects_are_a_distribution_and_cancelled_ones_are_named() -> None:
    assert rows(section(BASE), "Closed project") == [
        ["Old", "10 %", "+7 days"],
        ["Gone", "cancelled", "not yet measured"],
    ]


def test_five_drifting_milestones_are_drawn_and_the_others_folded_away() -> None:
    found = section(BASE + DRIFTING)
    (chart,) = (each for each in found.blocks if isinstance(each, Chart))
    assert [in_words(row[0]) for row in chart.data.rows] == ["D6", "D5", "D4", "D3", "D2"]
    (others,) = (each for each in found.blocks if isinstance(each, Details))
    assert others.summary == "The other 2"


def test_without_milestones_and_forecasts_there_is_no_section() -> None:
    report = compose("board", Pack(portfolio_of("people: [{id: anna, name: Anna}]"), (), None))
    assert "predictability" not in [each.id for each in report.sections]


def test_teams_that_work_in_steps_have_their_line() -> None:
    boxes = "".join(
        f"  - {{id: s{n}, project: atlas, start: 2026-0{n}-02, end: 2026-0{n}-15, committed: 10,"
        " delivered: 8, left: 16}\n"
        for n in (1, 2, 3)
    )
    (row,) = rows(section(f"{BASE}iterations:\n{boxes}"), "Working in steps")
    assert row == ["Atlas", "3", "80 %", "4.00", "16", "12 Apr 2026", "12 Apr 2026"]
