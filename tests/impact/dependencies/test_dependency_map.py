"""The picture before anything slips."""

from __future__ import annotations

from datetime import date

import pytest

from portfolio.analysis.delivery.dependency_margin import Margin, dependency_margin
from portfolio.calendar import Calendar
from portfolio.impact.dependencies.dependency_map import business_links, project_matrix
from portfolio.model.delivery.projects import Dependency
from portfolio.settings import Thresholds
from tests.portfolios import portfolio_of

BAND = Thresholds().dependency_margin
CALENDAR = Calendar("england", holidays={date(2026, 5, 4)})


class TestTheMarginOfAPromise:
    @pytest.mark.parametrize(
        ("promised", "agreement", "margin"),
        [
            # Worked example WE-61: needed by 11 May, with a holiday on the 4th.
            (date(2026, 5, 5), "agreed", Margin(4, "amber")),
            (date(2026, 4, 20), "agreed", Margin(14, "green")),
            (date(2026, 5, 18), "agreed", Margin(-5, "red")),
            (None, "proposed", Margin(None, "grey", "no promised date")),
            # Edges: a boundary value gets the better colour; a good date alone is no promise.
            (date(2026, 5, 11), "agreed", Margin(0, "amber")),
            (date(2026, 4, 24), "agreed", Margin(10, "green")),
            (date(2026, 4, 20), "proposed", Margin(14, "grey", "not agreed: proposed")),
            (date(2026, 4, 20), "disputed", Margin(14, "grey", "not agreed: disputed")),
            (date(2026, 4, 20), "delivered", Margin(None, "blue", "delivered")),
            (date(2026, 4, 20), "cancelled", Margin(None, "grey", "cancelled")),
        ],
    )
    def test_it_counts_working_days_from_promise_to_need(
        self, promised: date | None, agreement: str, margin: Margin
    ) -> None:
        promise = Dependency(
            id="d", need_by=date(2026, 5, 11), forecast=promised, agreement=agreement
        )
        assert dependency_margin(promise, CALENDAR, BAND) == margin

    def test_without_a_forecast_the_committed_date_counts(self) -> None:
        promise = Dependency(
            id="d",
            need_by=date(2026, 5, 11),
            committed=date(2026, 5, 5),
            agreement="agreed",
        )
        assert dependency_margin(promise, CALENDAR, BAND).days == 4

    def test_nobody_needs_it_by_a_day(self) -> None:
        promise = Dependency(id="d", committed=date(2026, 5, 5), agreement="agreed")
        assert dependency_margin(promise, CALENDAR, BAND).reason == "no date of need"


TEXT = """\
person: {id: anna, name: Anna, role: Lead, start_date: 2020-01-01}
supplier: {id: works, name: Works}
projects:
  - id: g
    name: G
    sponsor: anna
    services: [till]
    objectives: [grow]
    milestones: [{id: ready, name: Ready, forecast: 2026-04-10, baseline: 2026-04-10}]
  - id: p
    name: P
    sponsor: anna
    contract: deal
    activities: [{id: a, duration: 5d}, {id: b, duration: 5d, predecessors: [g.ready]}]
    milestones: [{id: live, name: Live, type: go_live, forecast: 2026-06-01}]
    dependencies:
      - {id: tight, from: g.ready, to: a, agreement: agreed, forecast: 2026-04-10,
         need_by: 2026-04-08, buffer: 1d}
      - {id: own-buffer, from: works, to: a, agreement: agreed, forecast: 2026-04-10,
         need_by: 2026-04-13, buffer: 1d}
contract: {id: deal, title: D, supplier: works, damages: [{milestone: g.ready, rate: 5, grace: 5d}]}
service: {id: till, name: Till, owner: anna}
objective: {id: grow, name: Grow, owner: anna}
benefits:
  - {id: gain, title: Gain, owner: anna, starts_after: p.live}
  - {id: more, title: More, owner: anna, project: g}
  - {id: past, title: Past, owner: anna, starts_after: p.live, status: realised}
business_dependency: {id: w, from: p.live, to: till}
"""


def test_projects_wait_for_each_other_the_tightest_first() -> None:
    links = project_matrix(portfolio_of(TEXT))
    assert [(link.giver, link.receiver, link.tightest.id) for link in links] == [
        ("g", "p", "p.tight"),
        ("works", "p", "p.own-buffer"),
    ]
    assert (links[0].tightest.margin.colour, links[0].tightest.margin.days) == ("red", -2)
    assert [promise.id for promise in links[0].promises] == ["p.tight", "p.b"]
    assert links[0].promises[1].margin.reason == "no promise"
    assert links[1].tightest.margin == Margin(1, "green")  # its own buffer is one day


def test_the_business_waits_for_projects_with_dates_and_room() -> None:
    links = {(link.project, link.id): link for link in business_links(portfolio_of(TEXT))}
    assert set(links) == {
        ("g", "deal"), ("g", "more"), ("g", "till"), ("g", "grow"),
        ("p", "deal"), ("p", "gain"), ("p", "till"),
    }  # fmt: skip
    assert links["g", "deal"].room == 5
    assert links["p", "deal"].room is None
    assert links["p", "gain"].expected == date(2026, 6, 1)
    assert links["p", "till"].by == "p.live"
