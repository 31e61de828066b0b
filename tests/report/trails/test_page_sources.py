"""A row about one entity leads to where that is written, without anybody laying the trail."""

from __future__ import annotations

from portfolio.report.blocks import Block, Callout, Cell, Column, Details, Row, Section, Table
from portfolio.report.pack import Pack
from portfolio.report.trails.page_sources import placed
from portfolio.report.trails.trail import Trail
from tests.portfolios import portfolio_of

TEXT = """
people:
  - {id: anna, name: Anna Sample}
projects:
  - {id: atlas, name: Atlas, sponsor: anna}
  - {id: hub, name: Hub, sponsor: anna}
services:
  - {id: hub-service, name: Hub, owner: anna}
"""


def lines(heading: str, *cells: Cell, block: type[Block] = Table) -> list[int]:
    """Return the lines to which a row with these cells leads."""
    columns = (Column(heading), *(Column("") for _ in cells[1:]))
    table: Block = Table(columns, (cells,))
    if block is Details:
        table = Details("More", (table,))
    elif block is Callout:
        table = Callout("decision", "Do we?", (table,))
    found = placed(Pack(portfolio_of(TEXT)), Section("s", "S", (table,))).blocks[0]
    inside = found.blocks[0] if isinstance(found, Details) else found
    inside = inside.body[0] if isinstance(inside, Callout) else inside
    assert isinstance(inside, Table)
    row = inside.rows[0]
    return [place.line for place in row.trail.sources] if isinstance(row, Row) else []


def test_a_row_leads_to_the_entity_that_it_names() -> None:
    assert lines("Project", "Atlas", 5) == [4]
    assert lines("Project", "Atlas (second stage)", 5) == [4]
    assert lines("When", "2026-03", "Atlas", 5) == [4]
    assert lines("Project", "Nobody", 5) == []


def test_a_name_that_two_carry_is_told_apart_by_the_heading_else_it_is_the_project() -> None:
    assert lines("Service", "Hub", 5) == [7]
    assert lines("What", "Hub", 5) == [5]


def test_a_row_is_about_a_person_only_when_the_person_stands_first() -> None:
    assert lines("Person", "Anna Sample", 5) == [2]
    assert lines("When", "2026-03", "Anna Sample") == []


def test_rows_inside_of_other_blocks_are_found_too() -> None:
    assert lines("Project", "Atlas", 5, block=Details) == [4]
    assert lines("Project", "Atlas", 5, block=Callout) == [4]


def test_a_row_that_has_a_trail_keeps_its_places_and_its_inputs() -> None:
    trail = Trail(inputs=(("spent", "5"),))
    table = Table((Column("Project"), Column("")), (Row(("Atlas", 5), trail),))
    found = placed(Pack(portfolio_of(TEXT)), Section("s", "S", (table,))).blocks[0]
    assert isinstance(found, Table)
    row = found.rows[0]
    assert isinstance(row, Row)
    assert row.trail.inputs == (("spent", "5"),)
    assert [place.line for place in row.trail.sources] == [4]
