"""A figure leads to a note, the same trail is noted once, and some readers get no notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from portfolio.analysis.finance.earned_value import EarnedValue
from portfolio.diagnostic import Location
from portfolio.report.blocks import (
    Block,
    Column,
    Details,
    Index,
    Metric,
    Metrics,
    Report,
    Row,
    Section,
    Table,
    Traced,
)
from portfolio.report.rendering import render
from portfolio.report.trails.sources import trail, written
from portfolio.report.trails.trail import Documented, Trail
from portfolio.values import Money
from tests.portfolios import portfolio_of

TEXT = """
people: [{id: anna, name: Anna Sample}]
projects:
  - id: atlas
    name: Atlas
    sponsor: anna
    bac: 10 GBP
"""
SPENT = trail(
    inputs={"earned value": Money(Decimal(35000), "GBP"), "actual cost": Decimal(36000)},
    sources=[Location("projects/atlas.yaml", 12), Location("finance/actuals.csv", 4)],
)
CPI = Column.number("CPI", EarnedValue.cost_performance_index)
FIRST = Row(("Atlas", Index(Decimal("0.9722"))), SPENT)


def page(*blocks: Block) -> Report:
    section = Section("money", "Money", blocks)
    return Report("board", "Board", "Acme", date(2026, 3, 31), (), (section,))


def test_a_figure_of_a_table_leads_to_its_row_and_to_the_formula_of_its_column() -> None:
    text = render(page(Table((Column("Project"), CPI), (FIRST,))), "html")
    assert '<a class="follow" href="#note-2" data-also="note-1">0.97</a>' in text
    assert '<li id="note-1"><sup class="mark" aria-hidden="true">1</sup><b>CPI</b>' in text
    assert "EV / AC: the work that a unit of money has bought." in text
    assert "<code>pmo explain cost_performance_index</code>" in text
    assert "earned value <b>35,000 GBP</b>; actual cost <b>36,000</b>." in text
    assert "<code>projects/atlas.yaml:12</code> <code>finance/actuals.csv:4</code>" in text


def test_the_same_trail_is_noted_once() -> None:
    table = Table((Column("Project"), CPI), (FIRST,))
    text = render(page(table, table), "html")
    assert text.count("<li id=") == 2


def test_markdown_tells_the_same_folded_away_behind_all_sections() -> None:
    text = render(page(Table((Column("Project"), CPI), (FIRST,))), "markdown")
    notes = text.partition("## How these figures are made")[2]
    assert "<details><summary>Formulas, inputs and places</summary>" in notes
    assert "### Money" in notes
    assert "- **CPI** EV / AC: the work that a unit of money has bought." in text
    assert (
        "- **Atlas** earned value 35,000 GBP; actual cost 36,000. `projects/atlas.yaml:12`" in text
    )


def test_a_metric_and_a_single_value_lead_to_a_note_as_well() -> None:
    late = Traced(3, trail("Days after the baseline.", sources=[Location("a.yaml", 1)]))
    budget = Metric("Budget", Money(Decimal(10), "GBP"), ("of ", late), trail=SPENT)
    text = render(page(Metrics(budget)), "html")
    assert '<a class="follow" href="#note-1" data-note="1">10 GBP</a>' in text
    assert 'href="#note-2" data-note="2">3</a>' in text
    assert "<b>Budget</b>" in text


def test_readers_without_the_files_get_no_notes() -> None:
    shown = page(Table((Column("Project"), CPI), (FIRST,)))
    for format_ in ("html", "markdown"):
        text = render(replace(shown, silent=True), format_)
        assert "0.97" in text
        assert "atlas.yaml" not in text
        assert 'href="#note' not in text


def test_lines_of_one_file_stand_together_and_the_rest_is_counted() -> None:
    lines = [Location("finance/actuals.csv", number) for number in (9, 2, 3, 2, 5, 7, 8)]
    files = [Location(f"projects/p{number}.yaml", 1) for number in range(5)]
    places = Trail(sources=(*lines, *files)).places
    assert places[0] == "finance/actuals.csv:2, 3, 5, 7 and 2 more lines"
    assert places[-1] == "and 2 more files"
    assert Trail(sources=tuple(lines[:5])).places == ("finance/actuals.csv:2, 3, 5, 9",)


def test_a_formula_is_words_or_what_a_function_documents() -> None:
    stated = Trail("Budget - forecast.")
    assert (stated.words, stated.name) == ("Budget - forecast.", "")
    assert Trail(page).formula == Documented("", "page")
    assert (Trail(page).words, Trail(page).name) == ("", "page")


def test_a_place_is_that_of_the_fields_that_are_written_else_of_the_record() -> None:
    project = portfolio_of(TEXT).find("atlas")
    assert [place.line for place in written(project, at=["bac", "status"])] == [6]
    assert [place.line for place in written(project, at=["status"])] == [3]
    assert written(None) == ()


def test_what_stands_on_screen_only_has_no_note_on_paper() -> None:
    other = Row(("Hub", Index(Decimal("0.5"))), replace(SPENT, of="Hub"))
    table = Table((Column("Project"), CPI), (FIRST, other))
    folded = Details("The other 2", (table,), on_paper=False)
    assert '<li id="note-2" class=screen>' in render(page(folded), "html")
    also_open = render(page(folded, Table((Column("Project"), CPI), (FIRST,))), "html")
    assert '<li id="note-2">' in also_open
    assert '<li id="note-3" class=screen>' in also_open
    assert "class=screen" not in render(page(Details("The other 2", (table,))), "html")
