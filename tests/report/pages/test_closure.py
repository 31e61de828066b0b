"""A project's closure: what came of the promises, who harvests, what is left, what was learned."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portfolio.report.blocks import Callout, Facts, Paragraph, Section, Table
from portfolio.report.composition import compose
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
from portfolio.view.audience import EVERYBODY
from tests.portfolios import SETTINGS, load_text, portfolio_of, view_in

BASE = """
people:
  - {id: anna, name: Anna Sample}
  - {id: pam, name: Pam Sample}
  - {id: ben, name: Ben Sample, end_date: 2026-02-01}
service: {id: desk, name: Desk, owner: anna}
services: [{id: shop, name: Shop, owner: ben, run_cost_per_month: 70}]
run_costs:
  - {service: desk, from: 2026-04, monthly: 500, budgeted: false}
  - {service: desk, from: 2026-01, monthly: 400}
project:
  id: p
  name: Pipe
  sponsor: anna
  project_manager: pam
  status: closed
  services: [desk, shop]
  bac: 1000
  baseline_finish: 2026-02-01
  actual_finish: 2026-02-01
  milestones:
    - {id: a, name: A, baseline: 2026-01-10, actual: 2026-01-10}
    - {id: b, name: B, baseline: 2026-02-01, actual: 2026-02-05}
    - {id: c, name: C}
  gates: [{id: g, name: Closure, stage: live, actual: 2026-02-01, outcome: pass, evidence: [a.md]}]
  benefits:
    - {id: calls, title: Fewer calls, owner: anna, status: realising, review_dates: [2026-09-01],
       value_by_period: [{period: 2026-Q1, planned: 100, actual: 90},
                         {period: 2026-Q2, planned: 100}]}
    - {id: own, title: Own, owner: pam}
    - {id: left, title: Left, owner: ben, review_dates: [2026-01-01], value_by_period: [
       {period: 2026-Q1, planned: 100}, {period: 2026-Q2, planned: 100 EUR}]}
    - {id: nobody, title: Nobody, owner: who}
  change_requests: [{id: x, title: X, status: implemented}, {id: y, title: Y, status: rejected}]
  lessons: [{id: l, what: Late pipes, recommendation: Order early, applies_to: [buyers],
     adopted_in: [q]}]
  actions: [{id: act, text: Paint, owner: pam, due: 2026-03-01}]
actuals: [{id: a1, project: p, period: 2026-01, amount: 900}]
change_events:
  - {id: rel, project: p, go_live: 2026-02-01, status: done}
  - {id: next, project: p, go_live: 2026-06-01, status: planned}
early_life_supports: [{change: rel, from: 2026-02-01, planned_to: 2026-03-01}]
projects:
  - {id: q, name: Quay, sponsor: anna, status: on_hold, baseline_finish: 2026-05-01,
     forecast_finish: 2026-04-30, bac: 100}
  - {id: done, name: Done, sponsor: anna, status: closing, actual_finish: 2026-03-30}
"""
STAGED = SETTINGS + "stages: [build, live]\n"


def sections(project: str = "p", text: str = BASE) -> dict[str, Section]:
    portfolio = portfolio_of(text, STAGED)
    pack = replace(Pack(portfolio), subject=portfolio.find(project))
    return {each.id: each for each in compose("closure", pack).sections}


def said(found: Section) -> str:
    return " ".join(in_words(b.parts) for b in found.blocks if isinstance(b, Paragraph))


def rows(found: Section, which: int = 0) -> list[list[str]]:
    tables = [block for block in found.blocks if isinstance(block, Table)]
    return [[in_words(cell) for cell in row] for row in tables[which].rows]


def test_the_result_stands_beside_what_was_promised() -> None:
    text = BASE.replace(
        """    - {id: left, title: Left, owner: ben, review_dates: [2026-01-01], value_by_period: [
       {period: 2026-Q1, planned: 100}, {period: 2026-Q2, planned: 100 EUR}]}
""",
        "",
    )
    found = sections(text=text)["result"]
    assert found.lead == "Pipe came on the day and 100 GBP under its first budget."
    assert rows(found) == [
        ["Finish", "1 Feb 2026", "1 Feb 2026", "1 Feb 2026", "0 days"],
        ["Cost", "1,000 GBP", "1,000 GBP", "900 GBP", "100 GBP under"],
        ["Milestones", "2", "2", "2 reached, 1 on time", "+4 days at most"],
        ["Benefits, its share", "200 GBP", "–", "190 GBP", "10 GBP less"],
        ["Scope", "–", "–", "1 of 2 requested changes were approved", "–"],
    ]
    (facts,) = (block for block in found.blocks if isinstance(block, Facts))
    assert in_words(facts.facts[3][1]) == "Closure, 1 Feb 2026, pass; evidence: a.md"


@pytest.mark.parametrize(
    ("project", "title", "action"),
    [
        ("q", "Not closed: Quay is on hold", "Nothing is left open: hold the closing gate."),
        ("done", "The work is finished and the project is not closed",
         "Nothing is left open: hold the closing gate."),
    ],
)  # fmt: skip
def test_a_project_that_is_not_closed_says_what_stands_in_the_way(
    project: str, title: str, action: str
) -> None:
    blocks = sections(project)["result"].blocks
    (shown,) = (block for block in blocks if isinstance(block, Callout))
    assert (shown.title, shown.next_action) == (title, action)


def test_open_items_are_counted_before_it_closes() -> None:
    blocks = sections(text=BASE.replace("status: closed", "status: closing"))["result"].blocks
    (shown,) = (block for block in blocks if isinstance(block, Callout))
    assert shown.next_action == "Before it closes, 2 open items must be done or handed over."


def test_an_early_finish_is_early_and_what_is_unknown_is_left_out() -> None:
    found = sections("q")["result"]
    assert found.lead == "Quay is expected 1 day early."
    assert rows(found)[1][3] == "neither a forecast nor earned value is stated"
    assert rows(found)[2][1] == "none with a baseline"
    assert sections("done")["result"].lead == ""


def test_benefits_name_who_harvests_them() -> None:
    assert rows(sections()["benefits"]) == [
        ["Fewer calls", "Anna Sample", "200 GBP", "90 GBP", "1 Sep 2026", "realising"],
        ["Own", "■ Pam Sample, leaves with the project", "not yet measured", "not yet measured",
         "none ahead", "not stated"],
        ["Left", "■ Ben Sample, has left", "in several currencies", "not yet measured",
         "none ahead", "not stated"],
        ["Nobody", "■ nobody known", "not yet measured", "not yet measured", "none ahead",
         "not stated"],
    ]  # fmt: skip


def test_what_is_left_says_who_has_it() -> None:
    found = sections()["left"]
    assert found.lead == "2 of 2 without an owner who stays."
    assert rows(found) == [
        ["Action", "Paint", "▲ Pam Sample, does not stay", "■ 1 Mar 2026, passed"],
        ["Milestone", "C", "■ nobody", "no day"],
    ]


def test_lessons_say_whom_they_concern_and_who_acted() -> None:
    assert rows(sections()["lessons"]) == [["Late pipes", "Order early", "buyers", "Quay"]]
    assert said(sections("q")["lessons"]) == "Taken over from others: Late pipes"


def test_operations_show_services_releases_and_support() -> None:
    found = sections()["operations"]
    assert rows(found) == [
        ["Desk", "Anna Sample", "500 GBP from 2026-04", "▲ not budgeted"],
        ["Shop", "Ben Sample", "70 GBP", "not stated"],
    ]
    assert rows(found, 1)[0][0] == "rel"
    assert rows(found, 2) == [["next", "1 Jun 2026", "planned"]]
    assert rows(found, 3)[0][0] == "rel"
    assert said(sections("q")["operations"]) == (
        "It names no service that took over, and no release."
    )


def test_a_confidential_project_that_took_over_a_lesson_is_not_named() -> None:
    text = BASE.replace("name: Quay,", "name: Quay, confidential: true,")
    visible = view_in(load_text(text, STAGED), EVERYBODY)
    pack = replace(Pack(visible), subject=visible.find("p"))
    found = {each.id: each for each in compose("closure", pack).sections}
    assert rows(found["lessons"])[0][-1] == "confidential work"
