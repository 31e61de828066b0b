"""The roadmap: what runs when, what has moved, and lines as small as words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.report.blocks import Chart, Paragraph, Section, Sparkline
from portfolio.report.charts.sparkline import in_blocks, sparkline
from portfolio.report.composition import compose
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
from portfolio.report.rendering import render
from tests.portfolios import portfolio_of

TEXT = """
people: [{id: anna, name: Anna Sample}]
projects:
  - {id: late, name: "Late: one; #2", sponsor: anna, status: delivering, start: 2026-01-05,
     baseline_finish: 2026-06-30, forecast_finish: 2026-07-31,
     milestones: [{id: live, name: Live, key: true, baseline: 2026-06-01, forecast: 2026-06-20},
                  {id: half, name: Half, key: true, baseline: 2026-02-01, actual: 2026-02-03},
                  {id: small, name: Small, baseline: 2026-03-01}]}
  - {id: early, name: Early, sponsor: anna, status: delivering, start: 2025-11-03,
     baseline_finish: 2026-05-29}
  - {id: undated, name: Undated, sponsor: anna, status: delivering}
"""


def roadmap(text: str = TEXT) -> Section | None:
    report = compose("board", Pack(portfolio_of(text)))
    return next((section for section in report.sections if section.id == "roadmap"), None)


def chart() -> Chart:
    found = roadmap()
    assert found is not None
    assert isinstance(found.blocks[0], Chart)
    return found.blocks[0]


def test_projects_stand_in_the_order_in_which_they_start_with_slip_and_key_milestones() -> None:
    rows = [tuple(in_words(cell) for cell in row) for row in chart().data.rows]
    assert rows == [
        ("Early", "3 Nov 2025", "29 May 2026", "29 May 2026", "0 days", "none named"),
        ("Late: one; #2", "5 Jan 2026", "30 Jun 2026", "31 Jul 2026", "+31 days",
         "Half 3 Feb 2026; Live 20 Jun 2026"),
    ]  # fmt: skip


def test_a_project_without_dates_is_said_and_not_drawn() -> None:
    found = roadmap()
    assert found is not None
    assert found.blocks[1] == Paragraph("1 live project states no start or no finish.")
    assert "Undated" not in chart().drawing.markup


def test_without_any_dates_there_is_no_roadmap() -> None:
    assert (
        roadmap("""
        people: [{id: anna, name: Anna Sample}]
        projects: [{id: undated, name: Undated, sponsor: anna, status: delivering}]
        """)
        is None
    )


def test_markdown_gets_a_gantt_whose_names_hold_nothing_of_its_language() -> None:
    lines = chart().mermaid.splitlines()
    assert lines[:3] == ["gantt", "dateFormat YYYY-MM-DD", "axisFormat %b %Y"]
    assert "section Late one 2" in lines
    assert "Term :2026-01-05, 2026-07-31" in lines
    assert "Live :milestone, 2026-06-20, 0d" in lines
    assert "```mermaid\ngantt" in render(compose("board", Pack(portfolio_of(TEXT))), "markdown")


@pytest.mark.parametrize(
    ("points", "shown"),
    [
        ((1, 2, 3), "▁▅█"),
        ((3, None, 1), "█·▁"),
        ((5, 5), "▅▅"),
        ((), ""),
    ],
)
def test_a_line_as_small_as_a_word_tells_the_last_periods(
    points: tuple[int | None, ...], shown: str
) -> None:
    line = Sparkline(tuple(None if point is None else Decimal(point) for point in points))
    assert in_blocks(line) == shown


def test_a_line_breaks_where_nobody_measured() -> None:
    line = Sparkline((Decimal(1), Decimal(2), None, Decimal(2), Decimal(3)))
    assert sparkline(line).markup.count("<polyline") == 2
