"""The dependency poster: who waits for whom, what is not agreed, what the business waits for."""

from __future__ import annotations

import pytest

from portfolio.report.blocks import Chart, Paragraph, Report, Table
from portfolio.report.composition import compose
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
from tests.portfolios import portfolio_of

TEXT = """
people: [{id: anna, name: Anna Sample}, {id: ben, name: Ben Sample}]
customers: [{id: acme, name: Acme}]
projects:
  - {id: atlas, name: Atlas, sponsor: anna, status: delivering,
     milestones: [{id: live, name: Live, baseline: 2026-06-01, contract: deal}],
     dependencies: [{id: api, title: Interface, from: hub.ready, need_by: 2026-05-08,
                     forecast: 2026-05-01, agreement: disputed, giver_owner: ben, owner: anna},
                    {id: data, title: Data, from: hub.ready, need_by: 2026-05-15,
                     forecast: 2026-05-01, agreement: agreed}]}
  - {id: hub, name: Hub, sponsor: anna, status: delivering,
     milestones: [{id: ready, name: Ready, baseline: 2026-05-01}]}
contracts: [{id: deal, title: Deal, customer: acme, value: 1000,
             damages: [{milestone: atlas.live, rate: 100}]}]
"""


@pytest.fixture(scope="module")
def poster() -> Report:
    return compose("dependencies", Pack(portfolio_of(TEXT)))


def table(report: Report, section: str) -> list[tuple[str, ...]]:
    blocks = next(each.blocks for each in report.sections if each.id == section)
    found = next(block for block in blocks if isinstance(block, Table | Chart))
    rows = found.data.rows if isinstance(found, Chart) else found.rows
    return [tuple(in_words(cell) for cell in row) for row in rows]


def test_a_pair_of_projects_shows_its_least_margin(poster: Report) -> None:
    assert table(poster, "network") == [("Hub", "Atlas", "2", "○ 5 wd", "Interface")]


def test_the_drawing_holds_projects_and_who_waits_outside(poster: Report) -> None:
    chart = poster.sections[0].blocks[0]
    assert isinstance(chart, Chart)
    for name in ("hub", "atlas", "deal"):
        assert f">{name}<" in chart.drawing.markup


def test_what_is_not_agreed_names_both_sides(poster: Report) -> None:
    assert table(poster, "not-agreed") == [
        ("Interface", "Hub", "Ben Sample", "Atlas", "Anna Sample", "8 May 2026", "■ disputed"),
    ]


def test_what_the_business_waits_for_has_its_day(poster: Report) -> None:
    waits = table(poster, "business")
    assert waits == [("Deal", "contract", "Atlas", "1 Jun 2026", "0 working days")]


def test_where_nobody_waits_it_says_so() -> None:
    report = compose("dependencies", Pack(portfolio_of("people: [{id: a, name: Anna Sample}]")))
    nothing = report.sections[0].blocks[0]
    assert isinstance(nothing, Paragraph)
    assert "Nobody waits for anybody" in in_words(nothing.parts)
