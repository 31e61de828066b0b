"""May a release go live: every block that operations ask about, and nothing unknown is a go."""

from __future__ import annotations

import pytest

from portfolio.analysis.operations.release_readiness import Check, go_live_checks, verdict_of
from portfolio.model.operations.services import ChangeEvent
from tests.portfolios import portfolio_of

READY = """
people: [{id: anna, name: Anna Sample}]
business_unit: {id: sales, name: Sales, owner: anna, absorption_capacity: 12}
service: {id: web, name: Web, owner: anna, run_cost_per_month: 900}
project: {id: atlas, name: Atlas, sponsor: anna}
stakeholder_group: {id: clerks, name: Clerks, business_unit: sales, people: 30}
business_change: {id: screen, name: Screen, project: atlas, groups: [{group: clerks, magnitude: high}]}
adkar_survey: {id: s1, group: clerks, change: screen, on: 2026-03-01, responses: [
  {a: 4, d: 4, k: 4, a2: 3, r: 3}, {a: 4, d: 4, k: 4, a2: 3, r: 3}, {a: 4, d: 4, k: 4, a2: 3, r: 3},
  {a: 4, d: 4, k: 4, a2: 3, r: 3}, {a: 4, d: 4, k: 4, a2: 3, r: 3}]}
change_events:
  - {id: release, name: Release, project: atlas, go_live: 2026-05-04, rollback_by: 2026-05-06,
     services: [web], groups: [{group: clerks, magnitude: high}]}
freeze_window: {id: shut, name: Shut, from: 2026-05-20, to: 2026-05-24, scope: {all: true}}
readiness_review: {id: judged, change: release, on: 2026-03-20, criteria: [
  {id: back, area: rollback, text: Rollback rehearsed, status: met},
  {id: book, area: knowledge, text: Runbook, status: met}]}
run_cost: {service: web, from: 2026-05, monthly: 1000, budgeted: true}
kpi: {id: calls, name: Calls, owner: anna, direction: lower, target: 100, red: 140}
measurement: {kpi: calls, period: 2026-02, value: 90}
early_life_support: {change: release, from: 2026-05-04, planned_to: 2026-06-01,
  exit: [{kpi: calls, threshold: 100}]}
"""  # noqa: E501 - an entity a line


def checks(text: str) -> tuple[Check, ...]:
    portfolio = portfolio_of(text)
    event = next(each for each in portfolio.all(ChangeEvent) if each.id == "release")
    return go_live_checks(portfolio, event)


def check(text: str, block: str) -> Check:
    return next(each for each in checks(text) if each.block == block)


def test_where_everything_holds_it_is_a_go() -> None:
    found = checks(READY)
    assert [(each.block, each.verdict, each.why) for each in found] == [
        (block, "go", ())
        for block in ("Landing zone", "People", "Service", "Rollback", "Money", "After")
    ]
    assert verdict_of(found) == "go"


@pytest.mark.parametrize(
    ("old", "new", "block", "why"),
    [
        ("from: 2026-05-20", "from: 2026-05-01", "Landing zone", "go_live 2026-05-04 lies in"),
        ("absorption_capacity: 12", "absorption_capacity: 8", "Landing zone", "is at 125% in May"),
        ("k: 4", "k: 3", "People", "Clerks: blocked at knowledge"),
        ("text: Runbook, status: met", "text: Runbook, status: partly", "Service", "partly"),
        ("text: Runbook, status: met", "text: Runbook, status: not_met", "Service", "not met"),
        ("text: Runbook, status: met", "text: Runbook, status: not_applicable", "Service",
         "nobody says why"),
        ("text: Rollback rehearsed, status: met", "text: Rollback rehearsed", "Rollback",
         "Rollback rehearsed: not met"),
        ("rollback_by: 2026-05-06", "rollback_by: 2026-05-21", "Rollback",
         "taken back by 2026-05-21 it lands in Shut"),
        ("budgeted: true", "budgeted: false", "Money", "Web: +100 a month not budgeted"),
        ("early_life_support: {change: release", "early_life_support: {change: other", "After",
         "no early life support is planned"),
        (",\n  exit: [{kpi: calls, threshold: 100}]", "", "After", "no exit criterion is stated"),
        ("measurement: {kpi: calls, period: 2026-02, value: 90}", "", "After",
         "Calls is not measured"),
        ("exit: [{kpi: calls, ", "exit: [{", "After", "an exit is not measured"),
    ],
)  # fmt: skip
def test_one_thing_that_does_not_hold_is_a_no_go(old: str, new: str, block: str, why: str) -> None:
    text = READY.replace(old, new)
    assert text != READY
    found = check(text, block)
    assert found.verdict == "no_go"
    assert any(why in each for each in found.why)
    assert verdict_of(checks(text)) == "no_go"


@pytest.mark.parametrize(
    ("old", "new", "block", "why"),
    [
        (", groups: [{group: clerks, magnitude: high}]}\nfreeze", "}\nfreeze", "Landing zone",
         "nobody is named"),
        ("project: atlas, groups", "groups", "People", "no business change"),
        ("adkar_survey: {id: s1, group: clerks", "adkar_survey: {id: s1, group: others", "People",
         "Clerks: not asked"),
        ("change: release, on: 2026-03-20", "change: other, on: 2026-03-20", "Service",
         "no readiness review"),
        ("change: release, on: 2026-03-20", "change: other, on: 2026-03-20", "Rollback",
         "no criterion about rollback"),
        ("status: met}", "status: met, mandatory: false}", "Service", "nothing mandatory applies"),
        ("run_cost: {service: web", "run_cost: {service: other", "Money",
         "Web: no run cost after the go-live"),
        (", budgeted: true", "", "Money", "budgeted or not, nobody says"),
        ("services: [web], groups", "groups", "Money", "no service is named"),
    ],
)  # fmt: skip
def test_what_nobody_has_written_down_is_not_known_and_no_go_yet(
    old: str, new: str, block: str, why: str
) -> None:
    text = READY.replace(old, new)
    assert text != READY
    found = check(text, block)
    assert found.verdict == "unknown"
    assert any(why in each for each in found.why)


def test_a_collision_is_told_and_decides_nothing() -> None:
    other = "  - {id: near, name: Near, go_live: 2026-05-06, services: [web]}\nfreeze_window"
    found = check(READY.replace("freeze_window", other), "Landing zone")
    assert (found.verdict, found.why) == ("go", ("Near is 2 working days away",))
