"""The highlight report: a reader knows in thirty seconds whether to worry about a project."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.application.reports.report_subject import about
from portfolio.report.blocks import Chart, Details, Metrics, Report, Section, Table
from portfolio.report.composition import compose
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
from portfolio.report.rendering import formats, render
from tests.portfolios import portfolio_of

PEOPLE = "people: [{id: anna, name: Anna Sample}, {id: ben, name: Ben Sample}]\n"
BARE = PEOPLE + "project: {id: atlas, name: Atlas, sponsor: anna}\n"
FULL = (
    PEOPLE
    + """
board: {id: top, name: Top}
project:
  id: atlas
  name: Atlas
  sponsor: anna
  project_manager: ben
  status: delivering
  start: 2026-01-05
  baseline_finish: 2026-06-26
  forecast_finish: 2026-07-10
  bac: 1000
  declared_rag: {overall: green, time: green, comment: All is well.}
  tolerances: {cost_pct: 10, time: 5d, scope: Nothing essential., benefit_pct: 10}
  milestones:
    - {id: go, name: Go, type: go_live, key: true, baseline: 2026-06-26, forecast: 2026-07-10,
       predecessors: [build],
       history: [{as_of: 2026-01-30, forecast: 2026-06-26},
                 {as_of: 2026-02-27, forecast: 2026-07-03}]}
  activities:
    - {id: build, name: Build, duration: 80d, predecessors: []}
    - {id: test, name: Test, duration: 5d, predecessors: [build]}
budget_lines:
  - {id: b1, project: atlas, type: capex, category: labour, periods: [
     {period: 2026-Q1, amount: 400}, {period: 2026-Q2, amount: 500}]}
  - {id: b2, project: atlas, type: capex, category: contingency, periods: [
     {period: 2026-Q2, amount: 100}]}
actuals:
  - {id: a1, project: atlas, period: 2026-02, category: labour, amount: 200}
  - {id: a2, project: atlas, period: 2026-03, category: labour, amount: 250}
ev_snapshots:
  - {project: atlas, as_of: 2026-02-27, pv: 200, ev: 180, ac: 200}
  - {project: atlas, as_of: 2026-03-31, pv: 400, ev: 360, ac: 450}
status_reports:
  - {id: s1, project: atlas, period_end: 2026-02-27, summary: Long ago.}
  - {id: s2, project: atlas, period_end: 2026-03-27, summary: Half is built., achieved: [Half],
     next: [The rest, A test]}
risks:
  - {id: r1, project: atlas, event: Ben leaves, owner: anna, current: {p: 3, i: 4}}
issues:
  - {id: i1, project: atlas, title: No paper, owner: ben}
assumptions:
  - {id: u1, project: atlas, text: Anna stays, owner: ben}
change_requests:
  - {id: c1, project: atlas, title: One more page, status: submitted, raised_on: 2026-03-17}
decisions:
  - {id: d1, project: atlas, title: Which paper?, board: top, needed_by: 2026-04-10}
lessons:
  - {id: l1, project: atlas, what: Paper was late}
"""
)


def report(text: str) -> Report:
    return compose("project", about(Pack(portfolio_of(text), (), None), "project", ("atlas",)))


def section(text: str, id_: str) -> Section:
    (found,) = (each for each in report(text).sections if each.id == id_)
    return found


def tables(found: Section) -> list[list[list[str]]]:
    return [
        [[in_words(cell) for cell in row] for row in block.rows]
        for block in found.blocks
        if isinstance(block, Table)
    ]


def metrics(found: Section) -> dict[str, str]:
    return {
        each.label: f"{in_words(each.value)}; {in_words(each.note)}"
        for block in found.blocks
        if isinstance(block, Metrics)
        for each in block.metrics
    }


def charts(found: Section) -> list[Chart]:
    return [block for block in found.blocks if isinstance(block, Chart)]


def test_it_has_every_part_in_the_order_of_its_reader() -> None:
    assert [each.id for each in report(FULL).sections] == [
        "status", "periods", "tolerance", "time", "cost", "raid", "change", "ask",
    ]  # fmt: skip


@pytest.mark.parametrize("text", [BARE, FULL], ids=["level 1", "full"])
@pytest.mark.parametrize("form", ["markdown", "html"])
def test_every_format_renders_it(text: str, form: str) -> None:
    assert form in formats()
    assert "Atlas" in render(report(text), form)


class TestWithoutData:
    """A project of level 1 reads "not yet measured", and the page has no hole."""

    def test_cost_and_time_say_why_they_are_not_measured(self) -> None:
        cost = metrics(section(BARE, "cost"))
        assert cost["Forecast at completion"].startswith("not yet measured; neither earned value")
        assert cost["Budget at completion"].startswith("no budget is stated")
        time = metrics(section(BARE, "time"))
        assert time["SPI(t)"].startswith("not yet measured: neither earned value")

    def test_no_section_is_empty_and_no_chart_is_drawn_of_nothing(self) -> None:
        found = report(BARE)
        assert [each.id for each in found.sections] == ["status", "time", "cost", "raid", "ask"]
        assert all(each.blocks for each in found.sections)
        assert not [chart for each in found.sections for chart in charts(each)]

    def test_no_figure_is_a_nought(self) -> None:
        text = render(report(BARE), "markdown")
        assert " 0 GBP" not in text
        assert "0.00" not in text

    def test_the_board_has_its_line_too(self) -> None:
        board = compose("board", Pack(portfolio_of(BARE), (), None))
        text = render(board, "markdown")
        assert "- **Forecast at completion:** not yet measured" in text


class TestStatus:
    """Both colours, and why."""

    def test_a_declared_colour_that_is_better_than_the_data_is_the_first_sentence(self) -> None:
        assert section(FULL, "status").lead == "Declared green, better than the data say: red."

    def test_a_declared_colour_that_is_worse_is_said_too(self) -> None:
        dates = "baseline_finish: 2026-06-26, forecast_finish: 2026-06-26, declared_rag: red}"
        text = BARE.replace("anna}\n", f"anna, {dates}\n")
        assert "worse than the data say" in section(text, "status").lead

    def test_each_dimension_has_its_sentence(self) -> None:
        (rows,) = tables(section(FULL, "status"))
        assert [row[0] for row in rows] == ["Overall", "Time", "Cost", "Risk"]
        assert "10 working days: 200 % of the tolerance of 5" in rows[1][3]

    def test_the_newest_report_tells_the_period(self) -> None:
        found = section(FULL, "periods")
        assert tables(found) == [[["Half", "The rest"], ["", "A test"]]]
        assert found.lead == "As reported for the period until 27 Mar 2026."


class TestTolerances:
    """Four tolerances that are measured, and those that are sentences."""

    def test_what_is_measured_has_a_bar_and_what_is_agreed_in_words_its_words(self) -> None:
        (chart,) = charts(section(FULL, "tolerance"))
        rows = {in_words(row[0]): in_words(row[2]) for row in chart.data.rows}
        assert rows == {
            "Time": "■ 200 %",
            "Cost": "■ 250 %",
            "Risk": "none agreed",
            "Benefit": "no benefit states what it should bring",
            "Scope": "judged by people",
        }
        assert "Nothing essential." in chart.drawing.markup

    def test_a_tolerance_of_nothing_is_used_up_by_any_deviation(self) -> None:
        (chart,) = charts(section(FULL.replace("time: 5d", "time: 0d"), "tolerance"))
        assert "any deviation is too much" in chart.drawing.markup


class TestTime:
    """When it ends, by each way to tell."""

    def test_every_way_to_tell_the_end_stands_beside_the_approved_day(self) -> None:
        forecasts, *_ = tables(section(FULL, "time"))
        assert [row[0] for row in forecasts] == [
            "Approved",
            "Expected by the project",
            "By the links of its activities",
            "Earned schedule, the rest as planned",
            "Earned schedule, at its own pace",
            "Earned schedule, at its pace and cost performance",
        ]
        assert forecasts[1][1:] == ["10 Jul 2026", "+14 days"]
        assert [row[1] for row in forecasts[3:]] == ["9 Jul 2026", "21 Jul 2026", "17 Aug 2026"]

    def test_the_pace_needed_stands_beside_the_pace_until_now(self) -> None:
        found = metrics(section(FULL, "time"))["SPI(t)"]
        assert found.startswith("0.9")
        assert "the rest needs 1." in found

    def test_the_trend_is_drawn_with_the_diagonal_and_its_table(self) -> None:
        (chart,) = charts(section(FULL, "time"))
        assert "the day itself" in chart.drawing.markup
        assert "<title>Which dates stand" in chart.drawing.markup
        assert in_words(chart.data.rows[0][0]) == "Go"

    def test_the_critical_work_and_the_room_of_the_next_gate_are_named(self) -> None:
        found = section(FULL, "time")
        assert [row[0] for row in tables(found)[-1]] == ["Build", "Test"]
        assert "Float on Go" in str(found.blocks[-1])


class TestCost:
    """What it costs, and which assumption separates low from high."""

    def test_the_forecast_is_a_range_with_the_reason_for_the_selected(self) -> None:
        found = section(FULL, "cost")
        figures = metrics(found)
        assert figures["Forecast at completion"] == "1,250 GBP; 1,090 GBP to 1,339 GBP"
        assert figures["The rest needs (TCPI)"] == "1.16; achieved so far 0.80"
        assert "a fifth of the work is done" in render(report(FULL), "markdown")

    def test_less_than_a_fifth_is_early(self) -> None:
        text = FULL.replace("ev: 360", "ev: 90")
        assert "early" in metrics(section(text, "cost"))["Cost performance (CPI)"]

    def test_the_curve_has_a_forecast_that_goes_on_from_what_is_spent(self) -> None:
        (chart,) = charts(section(FULL, "cost"))
        assert "stroke-dasharray" in chart.drawing.markup
        months = {in_words(row[0]): [in_words(cell) for cell in row[1:]] for row in chart.data.rows}
        assert months["2026-03"] == ["400 GBP", "360 GBP", "450 GBP", "450 GBP"]
        assert months["2026-06"][0] == "900 GBP"

    def test_free_money_and_the_contingency_are_shown(self) -> None:
        figures = metrics(section(FULL, "cost"))
        assert figures["Free budget"].startswith("550 GBP")
        assert figures["Spent a month, of the last three"] == "225 GBP; lasts 2.4 months"
        assert figures["Contingency left"] == "100 GBP; 0 % drawn at 36 % of the work"

    def test_every_estimate_and_every_category_is_one_click_away(self) -> None:
        found = [b for b in section(FULL, "cost").blocks if isinstance(b, Details)]
        assert [each.summary for each in found] == [
            "Every estimate at completion",
            "Where the money goes",
        ]


class TestAsks:
    """What threatens it, and what it needs from the reader."""

    def test_what_is_open_is_listed(self) -> None:
        text = render(report(FULL), "markdown")
        for words in ("No paper", "Anna stays", "One more page", "Which paper?", "Paper was late"):
            assert words in text

    def test_a_request_waits_with_its_age(self) -> None:
        assert tables(section(FULL, "change"))[0][0] == ["One more page", "submitted", "14 days"]

    def test_nothing_to_ask_is_said(self) -> None:
        assert "asks for no decision" in render(report(BARE), "markdown")


def test_a_curve_of_one_point_is_a_diamond() -> None:
    text = FULL.replace("  - {project: atlas, as_of: 2026-02-27, pv: 200, ev: 180, ac: 200}\n", "")
    (chart,) = charts(section(text, "cost"))
    assert "<polygon" in chart.drawing.markup


def test_the_room_for_labels_is_never_shared() -> None:
    (chart,) = charts(section(FULL, "cost"))
    places = [
        Decimal(part.split('y="')[1].split('"')[0])
        for part in chart.drawing.markup.split("<text")
        if any(f">{name} " in part for name in ("Planned", "Earned", "Spent", "Expected"))
    ]
    assert len(places) == 4
    assert all(abs(a - b) >= 16 for i, a in enumerate(places) for b in places[i + 1 :])
