"""The money of a board: a range and not a number, pooled and not averaged, worst first."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from portfolio.report.blocks import Chart, Metrics, Missing, Report, Section, Table
from portfolio.report.charts.cost import CostRange, Step, cost_ranges, waterfall
from portfolio.report.composition import compose
from portfolio.report.pack import Pack
from portfolio.view.view import View
from tests.portfolios import portfolio_of

TWO = """
people: [{id: anna, name: Anna Sample}]
projects:
  - {id: dear, name: Dear, sponsor: anna, status: delivering, bac: 1000, start: 2026-01-05}
  - {id: cheap, name: Cheap, sponsor: anna, status: delivering, bac: 9000, start: 2026-01-05}
  - {id: dark, name: Dark, sponsor: anna, status: delivering}
budget_lines:
  - {id: b1, project: dear, periods: [{period: 2026-Q1, amount: 1000}]}
ev_snapshots:
  - {project: dear, as_of: 2026-03-31, pv: 500, ev: 400, ac: 800}
  - {project: cheap, as_of: 2026-03-31, pv: 4000, ev: 4000, ac: 4000}
"""


def board(portfolio: View) -> Report:
    return compose("board", Pack(portfolio, (), None))


def money_of(text: str) -> Section:
    (found,) = (s for s in board(portfolio_of(text)).sections if s.id == "money")
    return found


def metric(section: Section, label: str) -> object:
    (metrics,) = (block for block in section.blocks if isinstance(block, Metrics))
    return next(each.value for each in metrics.metrics if each.label == label)


def test_the_index_of_the_portfolio_is_pooled_with_the_worst_member_beside() -> None:
    section = money_of(TWO)
    (metrics,) = (block for block in section.blocks if isinstance(block, Metrics))
    pooled = metrics.metrics[-1]
    assert getattr(pooled.value, "value", None) == Decimal(4400) / Decimal(4800)
    assert str(pooled.note).count("Dear") == 1


def test_the_worst_project_comes_first_and_the_lead_names_it() -> None:
    section = money_of(TWO)
    table = next(block for block in section.blocks if isinstance(block, Table))
    assert [row[0] for row in table.rows] == ["Dear", "Cheap"]
    assert "1 of 2 measured projects" in section.lead
    assert "Dear by 1,000 GBP" in section.lead


def test_what_is_not_measured_is_named_and_never_counted_as_nought() -> None:
    section = money_of(TWO)
    assert "Not yet measured: Dark." in str(section.blocks[-1])
    bare = money_of(
        "people: [{id: anna, name: Anna}]\n"
        "projects: [{id: dark, name: Dark, sponsor: anna, status: delivering}]\n"
    )
    assert isinstance(metric(bare, "Forecast at completion"), Missing)
    assert not [block for block in bare.blocks if isinstance(block, Chart)]


def test_the_steps_lead_from_the_budget_to_the_forecast() -> None:
    charts = [block for block in money_of(TWO).blocks if isinstance(block, Chart)]
    steps = charts[1].data.rows
    amounts = [getattr(row[1], "amount", None) for row in steps]
    assert [row[0] for row in steps] == ["Budget", "Dear", "Forecast"]
    assert amounts == [10000, 1000, 11000]


@pytest.mark.parametrize("name", ['<b>&"', "x" * 200, "مشروع"])
def test_the_charts_survive_any_name(name: str) -> None:
    one = Decimal(1)
    bars = cost_ranges([CostRange(name, one, one, one, "green")], name).markup
    steps = waterfall([Step("Budget", one, is_level=True), Step(name, one)], "GBP", name).markup
    assert "<b>" not in bars + steps
    assert bars.startswith("<svg")


def test_one_range_that_nobody_can_believe_does_not_press_the_others_flat() -> None:
    def ends(high: str) -> list[float]:
        early = CostRange("Early", Decimal(1), Decimal("1.3"), Decimal(high), "red")
        other = CostRange("Other", Decimal("0.9"), Decimal("1.1"), Decimal("1.2"), "amber")
        markup = cost_ranges([early, other], "Costs").markup
        return [float(width) for width in re.findall(r'<rect[^>]* width="([\d.]+)"', markup)]

    usual, cut = ends("2"), ends("14.67")
    assert cut == usual
    early = CostRange("Early", Decimal(1), Decimal("1.3"), Decimal("14.67"), "red")
    assert "up to 1,467 %" in cost_ranges([early], "Costs").markup


def test_a_waterfall_without_steps_still_stands() -> None:
    flat = [Step("Budget", Decimal(5), is_level=True), Step("Forecast", Decimal(5), is_level=True)]
    assert "Forecast" in waterfall(flat, "GBP", "Nothing between").markup
