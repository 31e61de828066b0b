"""What the board reads about strategy, and what the benefits tracker says."""

from __future__ import annotations

from portfolio.report.blocks import Chart, Metrics, Missing, Report, Section, Table
from portfolio.report.composition import compose
from portfolio.report.pack import Pack
from portfolio.report.rendering import render
from tests.portfolios import portfolio_of

HEAD = "people: [{id: anna, name: Anna Sample}]\n"
STRATEGY = (
    HEAD
    + """
objectives:
  - {id: grow, name: Grow, owner: anna, weight: 0.6, target_spend_pct: 30}
  - {id: lean, name: Run lean, owner: anna, weight: 0.4, target_spend_pct: 70}
projects:
  - {id: a, name: Alpha, sponsor: anna, status: delivering, bac: 700,
     objectives: [{objective: grow, contribution: 3}]}
  - {id: b, name: Beta, sponsor: anna, status: delivering, bac: 200,
     objectives: [{objective: grow, contribution: 1}]}
  - {id: c, name: Gamma, sponsor: anna, status: delivering, bac: 100, category: mandatory}
"""
)
BENEFITS = (
    STRATEGY
    + """
kpi: {id: calls, name: Calls, owner: anna, question: Fewer?, formula: calls, unit: n,
      direction: lower, target: 1.5, red: 5}
benefits:
  - {id: gain, title: Gain, project: a, owner: anna, kpi: calls, baseline: 2.4, target: 1.5,
     attribution: 0.8, status: realising, review_dates: [2026-01-15, 2026-07-15],
     value_by_period: [{period: 2025-Q4, planned: 100, actual: 60},
                       {period: 2026-Q2, planned: 300}]}
  - {id: again, title: Again, project: a, owner: anna, kpi: calls, attribution: 0.5,
     value_by_period: [{period: 2026-Q2, planned: 10}]}
  - {id: loss, title: Slower, project: a, owner: anna, kind: dis_benefit,
     value_by_period: [{period: 2025-Q4, planned: 20, actual: 15}]}
  - {id: vague, title: Vague, project: b, owner: anna}
"""
)


def report(name: str, text: str) -> Report:
    return compose(name, Pack(portfolio_of(text), (), None))


def section_of(name: str, text: str, id_: str) -> Section:
    return next(each for each in report(name, text).sections if each.id == id_)


def test_the_board_reads_what_serves_nothing_and_what_gets_too_little() -> None:
    found = section_of("board", STRATEGY, "strategy")
    assert "Serves no objective directly: Beta." in found.lead
    assert "Gets less than wanted: Run lean (0% of 70%)." in found.lead
    words = render(report("board", STRATEGY), "markdown")
    assert "**Unaligned spend:** ▲ 20 % (100 GBP is mandatory)" in words
    assert "No project serves directly: Run lean." in words
    assert "| Grow | 900 GBP | 90 % | 30 % | ▲ +60 points | Alpha, Beta |" in words
    assert "indirectly: Grow (1)" in words


def test_a_project_that_costs_more_than_it_brings_is_named() -> None:
    dear = BENEFITS + (
        "forecast: {id: f, project: a, as_of: 2026-03-31,\n"
        "  periods: [{period: 2026-Q2, amount: 9000}]}\n"
    )
    assert "Costs more than it brings: Alpha (" in section_of("board", dear, "strategy").lead


def test_without_strategy_there_is_no_such_section() -> None:
    text = HEAD + "project: {id: a, name: A, sponsor: anna}\n"
    assert "strategy" not in [each.id for each in report("board", text).sections]


def test_without_budgets_the_spend_is_not_yet_known_and_not_zero() -> None:
    bare = STRATEGY.replace("bac: 700,", "").replace("bac: 200,", "").replace("bac: 100,", "")
    found = section_of("board", bare, "strategy")
    assert isinstance(found.blocks[0], Metrics)
    unaligned = found.blocks[0].metrics[0]
    assert unaligned.value == Missing("no project states a budget")
    assert not any(isinstance(block, Chart) for block in found.blocks)


def test_a_project_without_a_budget_is_counted_beside_the_share() -> None:
    words = render(report("board", STRATEGY.replace(" bac: 200,", "")), "markdown")
    assert "1 without a budget" in words


def test_the_tracker_shows_what_has_arrived_and_how_it_goes_on() -> None:
    words = render(report("benefits", BENEFITS), "markdown")
    assert "Far behind the plan: Gain (60%)." in words
    assert "dis-benefits -15" in words
    assert "| 60 of 100 GBP | ■ 60% | 400 GBP | 240 GBP | 15 Jul 2026 |" in words
    assert "Slower (dis-benefit)" in words
    assert "no value is planned" in words
    assert "### In doubt" in words
    assert "| Gain | ▲ no milestone that it starts after; 'Calls' has no current value |" in words
    assert "| Gain | Calls | 2.4 | 1.5 | 80 % |" in words


def test_what_is_counted_twice_stands_out() -> None:
    words = render(report("benefits", BENEFITS), "markdown")
    assert "130% of the change of Calls in 2026-Q2 is claimed" in words
    assert "Gain 80%, Again 50%" in words
    once = BENEFITS.replace("kpi: calls, attribution: 0.5", "attribution: 0.5")
    assert "twice" not in [each.id for each in report("benefits", once).sections]


def test_the_curve_ends_where_nobody_has_measured() -> None:
    found = section_of("benefits", BENEFITS, "arrived")
    chart = next(block for block in found.blocks if isinstance(block, Chart))
    assert isinstance(chart.data, Table)
    assert [row[2] for row in chart.data.rows][-1] == Missing()


def test_a_portfolio_without_benefits_says_so() -> None:
    words = render(report("benefits", STRATEGY), "markdown")
    assert "No benefit is promised." in words


def test_benefits_without_a_value_have_no_curve() -> None:
    text = (
        HEAD + "benefit: {id: b, title: B, owner: anna}\nproject: {id: a, name: A, sponsor: anna}\n"
    )
    found = section_of("benefits", text, "arrived")
    assert not any(isinstance(block, Chart) for block in found.blocks)
