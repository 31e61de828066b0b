"""What a board looks at besides its questions: releases to authorise, advice nobody closed."""

from __future__ import annotations

from dataclasses import replace

from portfolio.report.blocks import Section, Table
from portfolio.report.composition import compose
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
from tests.portfolios import portfolio_of

TEXT = """
people: [{id: anna, name: Anna Sample}]
boards:
  - {id: cab, name: Change board, level: change}
  - {id: top, name: Top, level: portfolio}
services: [{id: desk, name: Desk, owner: anna}, {id: shop, name: Shop, owner: anna}]
freeze_windows: [{id: easter, name: Easter, from: 2026-04-02, to: 2026-04-07,
  scope: {services: [shop]}}]
change_events:
  - {id: early, name: Early, go_live: 2026-04-03, services: [shop], type: normal,
     rollback_by: 2026-04-04}
  - {id: one, name: One, go_live: 2026-04-14, services: [desk], status: approved}
  - {id: two, go_live: 2026-04-20, services: [desk], type: standard}
  - {id: far, name: Far, go_live: 2026-09-20, services: [desk]}
  - {id: done, name: Done, go_live: 2026-03-20, services: [desk], status: done}
project:
  id: p
  name: Pipe
  sponsor: anna
  assurance_reviews:
    - {id: a, date: 2026-03-01, rating: red, recommendations: [
       {text: Paint, category: recommended, due: 2026-05-01},
       {text: Stop, category: critical, due: 2026-03-20},
       {text: Closed, category: critical, closed_on: 2026-03-20}]}
    - {id: b, date: 2026-03-02, recommendations: [{text: Think}]}
"""


def sections(board: str, text: str = TEXT) -> dict[str, Section]:
    portfolio = portfolio_of(text)
    pack = replace(Pack(portfolio), subject=portfolio.find(board))
    return {each.id: each for each in compose("agenda", pack).sections}


def rows(found: Section) -> list[list[str]]:
    (table,) = (block for block in found.blocks if isinstance(block, Table))
    return [[in_words(cell) for cell in row] for row in table.rows]


def test_a_change_board_sees_the_releases_of_six_weeks_and_what_is_in_their_way() -> None:
    assert rows(sections("cab")["releases"]) == [
        ["Early", "3 Apr 2026", "normal", "▲ to authorise", "4 Apr 2026", "■ frozen: Easter"],
        ["One", "14 Apr 2026", "not stated", "● approved", "no way back", "▲ near two"],
        ["two", "20 Apr 2026", "standard", "▲ to authorise", "no way back", "▲ near One"],
    ]
    assert "releases" not in sections("top")


def test_a_release_that_meets_nothing_has_nothing_in_its_way() -> None:
    start, end = TEXT.index("  - {id: two"), TEXT.index("  - {id: far")
    assert rows(sections("cab", TEXT[:start] + TEXT[end:])["releases"])[1][-1] == "nothing"


def test_open_advice_stands_by_its_weight_with_the_rating_of_its_review() -> None:
    assert rows(sections("top")["advice"]) == [
        ["Stop", "critical", "Pipe", "■ 1 Mar 2026, rated red", "■ 20 Mar 2026, passed"],
        ["Paint", "recommended", "Pipe", "■ 1 Mar 2026, rated red", "1 May 2026"],
        ["Think", "not stated", "Pipe", "○ 2 Mar 2026, rated nothing", "no day is agreed"],
    ]
    assert "advice" not in sections("cab")
