"""The board's page on control: reports, honest colours, kept actions, and controls by tier."""

from __future__ import annotations

from portfolio.report.blocks import Metrics, Section, Table
from portfolio.report.composition import compose
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
from tests.portfolios import portfolio_of

PEOPLE = "people: [{id: anna, name: Anna Sample}]\n"
TEXT = """
tiers: [{id: "1", name: Heavy, required: [plan, gate]}, {id: "2", required: [gate]}]
actions:
  - {id: a, text: A, owner: anna, due: 2026-03-01, status: done, done_on: 2026-03-01}
  - {id: b, text: B, owner: anna, due: 2026-03-02}
  - {id: c, text: C, owner: anna, due: 2026-03-02, status: cancelled}
  - {id: d, text: D, owner: anna, due: 2025-12-02}
status_reports: [{id: s, project: p, period_end: 2026-03-27}]
projects:
  - {id: p, name: Pipe, sponsor: anna, status: delivering, tier: 1, declared_rag: green,
     tolerances: {time: 10d}, baseline_finish: 2026-06-01, forecast_finish: 2026-06-19,
     milestones: [{id: m, name: M, forecast: 2026-06-19}]}
  - {id: q, name: Quay, sponsor: anna, status: delivering, tier: 2, start: 2026-01-01,
     gates: [{id: g, name: G, outcome: pass}]}
  - {id: r, name: Road, sponsor: anna, status: delivering}
  - {id: s2, name: Shed, sponsor: anna, status: proposed}
"""


def section(text: str, name: str = "control") -> Section | None:
    report = compose("board", Pack(portfolio_of(PEOPLE + text)))
    return next((each for each in report.sections if each.id == name), None)


def rows(found: Section, which: int) -> list[list[str]]:
    tables = [block for block in found.blocks if isinstance(block, Table)]
    return [[in_words(cell) for cell in row] for row in tables[which].rows]


def test_the_figures_of_control() -> None:
    found = section(TEXT)
    assert found is not None
    (shown,) = (block for block in found.blocks if isinstance(block, Metrics))
    assert {each.label: (in_words(each.value), in_words(each.note)) for each in shown.metrics} == {
        "Reports missing": ("1", "Quay"),
        "Declared better than the data": ("100 %", "1 of 1 that can be compared"),
        "Actions done in time": ("50 %", "due in the last 13 weeks"),
    }


def test_each_tier_is_pooled_and_each_gap_named() -> None:
    found = section(TEXT)
    assert found is not None
    assert rows(found, 0) == [["1 Heavy", "1", "2", "50 %"], ["2", "1", "1", "100 %"]]
    assert rows(found, 1) == [
        ["Pipe", "1", "Gate: no gate"],
        ["Road", "none", "No tier is stated"],
    ]


def test_without_tiers_and_reports_there_is_nothing_to_control() -> None:
    assert section("project: {id: p, name: Pipe, sponsor: anna}\n") is None


def test_without_reports_nobody_is_late() -> None:
    found = section('tier: {id: "1", required: [plan]}\n')
    assert found is not None
    (shown,) = (block for block in found.blocks if isinstance(block, Metrics))
    assert in_words(shown.metrics[0].note) == "nobody reports"


def test_the_exceptions_show_how_much_of_each_tolerance_is_used() -> None:
    found = section(TEXT, "exceptions")
    assert found is not None
    assert rows(found, 1) == [["Pipe", "■ 140 %", "none agreed", "none agreed", "none agreed"]]
