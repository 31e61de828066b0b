"""The board's page on the example: what it says agrees with the files, and says it every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.loading.loader import load
from portfolio.report.blocks import Callout, Metrics, Report, Section, Table
from portfolio.report.composition import compose
from portfolio.report.pack import Pack
from portfolio.report.rendering import render
from portfolio.view.audience import EVERYBODY
from tests.portfolios import DAY, portfolio_of, view_in

EXAMPLE = Path(__file__).resolve().parents[3] / "examples/meridian"


@pytest.fixture(scope="module")
def board() -> Report:
    """Return the board report of the example."""
    loaded = load(EXAMPLE, today=DAY)
    return compose("board", Pack(view_in(loaded, EVERYBODY), (), "abc"))


def named(report: Report, name: str) -> Section:
    """Return a section by its id."""
    return next(section for section in report.sections if section.id == name)


def test_it_answers_in_the_order_of_a_meeting_and_the_annex_stands_behind(board: Report) -> None:
    assert [section.id for section in board.sections] == [
        "glance",
        "decisions",
        "portfolio",
        "exceptions",
        "money",
        "dates",
        "dependencies",
        "risk",
        "commercial",
        "people",
        "strategy",
        "actions",
        "budgets",
        "roadmap",
        "predictability",
        "schedule",
        "renewals",
        "customers",
        "services",
        "change",
        "operations",
        "adoption",
        "handover",
        "control",
        "data",
    ]


def test_at_most_five_decisions_each_with_options_and_a_day(board: Report) -> None:
    wanted = [b for b in named(board, "decisions").blocks if isinstance(b, Callout)]
    assert 0 < len(wanted) <= 5
    assert all(each.due is not None and each.owner for each in wanted)
    assert [each.due for each in wanted] == sorted(each.due for each in wanted if each.due)


def test_projects_stand_in_the_order_of_attention_and_not_of_names(board: Report) -> None:
    (table,) = (b for b in named(board, "portfolio").blocks if isinstance(b, Table))
    colours = [str(getattr(row[2], "colour", "")) for row in table.rows]
    assert colours[0] == "red"
    assert colours.index("amber") < colours.index("green")


def test_a_green_that_the_data_contradict_is_named(board: Report) -> None:
    assert "Customer data hub" in named(board, "portfolio").lead


def test_a_confidential_project_is_only_counted(board: Report) -> None:
    text = render(board, "markdown") + render(board, "html")
    assert "without 1 confidential project" in text
    loaded = load(EXAMPLE, today=DAY)
    assert loaded.portfolio is not None
    for hidden in view_in(loaded, EVERYBODY).hidden:
        label = loaded.portfolio.entities[hidden].label
        assert label == hidden or label not in text


def test_on_another_day_the_same_as_of_gives_the_same_page() -> None:
    pages = []
    for today in (DAY.replace(year=2026), DAY.replace(year=2031)):
        loaded = load(EXAMPLE, today=today, as_of=DAY)
        assert loaded.portfolio is not None
        pages.append(render(compose("board", Pack(view_in(loaded))), "html"))
    assert pages[0] == pages[1]


def test_a_portfolio_of_projects_alone_gets_a_page_that_says_what_is_missing() -> None:
    portfolio = portfolio_of(
        """
        people: [{id: anna, name: Anna Sample}]
        projects: [{id: atlas, name: Atlas, sponsor: anna}]
        """
    )
    page = compose("board", Pack(portfolio))
    text = render(page, "markdown")
    assert "not yet measured" in text.lower()
    assert "no project has both colours" in text
    assert "The live projects, 1 of 1" in text
    assert (
        "because nothing is recorded: decisions, milestones, dependencies, risks, "
        "bookings of people and actions." in text
    )
    (glance,) = (b for b in named(page, "glance").blocks if isinstance(b, Metrics))
    assert [m.status.colour for m in glance.metrics if m.status] == ["grey"] * 2


def test_an_empty_portfolio_gets_a_page() -> None:
    text = render(compose("board", Pack(portfolio_of(""))), "markdown")
    assert "There is no live project." in text
