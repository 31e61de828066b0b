"""Services on the board: levels, their year, their error budgets, indicators."""

from __future__ import annotations

from portfolio.report.blocks import Chart, Section, Table
from portfolio.report.composition import compose
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
from tests.portfolios import portfolio_of

BASE = """
people: [{id: anna, name: Anna Sample}]
services: [{id: web, name: Web, owner: anna}]
"""


def section(name: str, text: str) -> Section:
    report = compose("board", Pack(portfolio_of(BASE + text), (), None))
    (found,) = (each for each in report.sections if each.id == name)
    return found


def table(found: Section, place: int = 0) -> list[list[str]]:
    tables = [block for block in found.blocks if isinstance(block, Table)]
    return [[in_words(cell) for cell in row] for row in tables[place].rows]


def chart(found: Section) -> Chart:
    (drawn,) = (block for block in found.blocks if isinstance(block, Chart))
    return drawn


SERVICES = """
service: {id: desk, name: Desk, owner: anna}
slas:
  - {id: heard, service: desk, name: Heard, measure: response, target: 90, unit: "%",
     direction: higher, priority: P1, within: 1eh}
  - {id: up, service: web, measure: availability, target: 99, unit: "%", direction: higher,
     credit_tiers: [{below: 99, pct: 5}]}
  - {id: new, service: web, measure: quality, target: 99, unit: "%", direction: higher}
  - {id: fast, service: web, measure: throughput, target: 5, unit: hours, direction: lower}
measurements:
  - {sla: web.up, period: 2026-01, value: 99.5}
  - {sla: web.up, period: 2026-03, value: 98.5}
  - {sla: web.fast, period: 2026-03, value: 4}
  - {kpi: calls, period: 2026-03, value: 120}
  - {kpi: band, period: 2025-10, value: 80}
incidents:
  - {id: i1, service: desk, priority: P1, opened: 2026-03-02 08:00, responded: 2026-03-02 08:30}
  - {id: i2, service: desk, priority: P1, opened: 2026-03-31 23:30}
kpis:
  - {id: calls, name: Calls, owner: anna, direction: lower, target: 100, red: 140, unit: calls}
  - {id: band, name: Band, owner: anna, direction: range, target: [75, 85], red: [65, 95]}
  - {id: bare, name: Bare, owner: anna}
"""


def test_levels_stand_with_promise_value_budget_and_credit_the_missed_first() -> None:
    found = section("services", SERVICES)
    assert found.lead == "1 of 3 measured levels were missed: Web: up. 1 not yet measured."
    rows = table(found)
    assert rows[0][:2] == ["Web: up", "≥ 99 %"]
    assert "98.5 in 2026-03" in rows[0][2]
    assert "-50%" in rows[0][3]
    assert rows[0][4:6] == ["1.50", "5 %"]
    by_name = {row[0]: row for row in rows}
    assert by_name["Desk: Heard"][1] == "≥ 90 % within 1eh, P1"
    assert "100 in 2026-03, 1 still running" in by_name["Desk: Heard"][2]
    assert by_name["Web: new"][2] == "not yet measured"
    assert by_name["Web: fast"][1] == "≤ 5 hours"
    assert by_name["Web: fast"][3] == "only a share in percent has an error budget"


def test_the_strip_shows_the_months_since_the_first_value_with_a_sign_and_gaps() -> None:
    drawn = chart(section("services", SERVICES))
    assert "✗ 98.5" in drawn.drawing.markup
    row = [in_words(cell) for cell in drawn.data.rows[1]]
    assert row[0] == "Web: up"
    assert row[1:] == ["99.5", "–", "✗ 98.5"]


def test_a_stale_indicator_is_grey_on_the_board() -> None:
    rows = {row[0]: row for row in table(section("services", SERVICES), 1)}
    assert "120 in 2026-03" in rows["Calls, calls"][1]
    assert "no value for" in rows["Band"][1]
    assert rows["Band"][2:4] == ["75 to 85", "65 to 95"]
    assert rows["Bare"][2:4] == ["not stated", "not stated"]
    lines = SERVICES.partition("kpis:")[0].splitlines()
    only = section("services", "\n".join(line for line in lines if "kpi:" not in line) + "\n")
    assert len([block for block in only.blocks if isinstance(block, Table)]) == 1
