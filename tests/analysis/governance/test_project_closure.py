"""The end of a project: promises against results, and what is left to whom."""

from __future__ import annotations

from datetime import date

from portfolio.analysis.governance.project_closure import leftovers, promise_of
from portfolio.model.delivery.projects import Project
from portfolio.view.view import View
from tests.portfolios import portfolio_of

PEOPLE = """
people:
  - {id: anna, name: Anna}
  - {id: ben, name: Ben, end_date: 2026-03-31}
  - {id: pam, name: Pam}
"""


def of(text: str, more: str = "") -> tuple[View, Project]:
    found = portfolio_of(f"{PEOPLE}project: {{id: p, name: P, sponsor: anna, {text}}}\n{more}")
    return found, next(each for each in found.all(Project) if each.id == "p")


def test_what_came_of_a_closed_project_is_what_was_booked_and_when_it_ended() -> None:
    found = promise_of(
        *of(
            "status: closed, bac: 120, baseline_finish: 2026-02-01, actual_finish: 2026-02-20, "
            "baselines: [{id: v2, version: 2, finish: 2026-02-10, bac: 120}, {id: v1, version: 1, "
            "finish: 2026-01-31, bac: 100}]",
            "actuals: [{id: a, project: p, period: 2026-01, amount: 90}, "
            "{id: b, project: p, period: 2026-02, amount: 25}]\n",
        )
    )
    assert (found.first_finish, found.last_finish) == (date(2026, 1, 31), date(2026, 2, 10))
    assert (str(found.first_cost), str(found.last_cost)) == ("100 GBP", "120 GBP")
    assert (str(found.cost.value), str(found.over_cost.value)) == ("115 GBP", "15 GBP")
    assert (found.days_late.value, found.is_over) == (20, True)


def test_of_a_running_project_it_is_what_is_expected() -> None:
    found = promise_of(
        *of(
            "status: delivering, bac: 100, baseline_finish: 2026-06-01, "
            "forecast_finish: 2026-05-30",
            "forecasts: [{id: f, project: p, as_of: 2026-03-31, "
            "periods: [{period: 2026-05, amount: 90}]}]\n",
        )
    )
    assert (str(found.over_cost.value), found.days_late.value, found.is_over) == (
        "-10 GBP",
        -2,
        False,
    )


def test_what_is_not_known_says_why() -> None:
    found = promise_of(*of("status: delivering"))
    assert found.days_late.reason == "no baseline or no finish"
    assert found.over_cost.reason == "no budget is stated"
    closed = promise_of(*of("status: closed, bac: 100"))
    assert closed.over_cost.reason == "no cost is booked"
    other = promise_of(
        *of(
            "status: closed, bac: 100, baselines: [{id: v1, version: 1, bac: 100 EUR}]",
            "actuals: [{id: a, project: p, period: 2026-01, amount: 90}]\n",
        )
    )
    assert other.over_cost.reason == "budget and cost are in different currencies"


LEFT = """project_manager: pam,
  issues: [{id: i, title: Issue, owner: anna, target_date: 2026-05-01},
  {id: i2, title: Solved, owner: anna, status: resolved}],
  risks: [{id: r, event: Risk, owner: pam}, {id: r2, event: Gone, owner: pam, status: closed}],
  actions: [{id: a, text: Action, owner: ben, due: 2026-04-01},
    {id: a2, text: Done, owner: ben, status: done, done_on: 2026-03-01}],
  assumptions: [{id: s, text: Assumption, owner: anna, validate_by: 2026-04-02},
    {id: s2, text: Valid, owner: anna, status: valid}],
  change_requests: [{id: c, title: Change, status: assessed, raised_by: anna},
    {id: c2, title: Rejected, status: rejected}],
  gates: [{id: g, name: G, outcome: pass_with_conditions,
    conditions: [{text: Condition, owner: anna}, {text: Met, met_on: 2026-03-01}]},
    {id: h, name: H, conditions: [{text: Not passed}]}],
  assurance_reviews: [{id: v, date: 2026-03-01, recommendations: [{text: Advice, due: 2026-05-05},
    {text: Followed, closed_on: 2026-03-02}]}],
  milestones: [{id: m, name: Milestone, forecast: 2026-05-06, owner: pam},
    {id: n, name: Reached, actual: 2026-03-06}]"""
OTHERS = """
projects:
  - id: q
    name: Q
    sponsor: anna
    dependencies:
      - {id: d, title: Promise, from: p.m, giver_owner: anna, need_by: 2026-06-01}
      - {id: e, title: Kept, from: p.n, agreement: delivered}
"""


def test_everything_open_is_listed_with_who_has_it_and_whether_that_person_stays() -> None:
    found = leftovers(*of(LEFT, OTHERS))
    assert [
        (each.kind, each.words, each.owner and each.owner.id, each.stays) for each in found
    ] == [
        ("issue", "Issue", "anna", True),
        ("risk", "Risk", "pam", False),
        ("action", "Action", "ben", False),
        ("assumption", "Assumption", "anna", True),
        ("change request", "Change", "anna", True),
        ("condition", "Condition", "anna", True),
        ("recommendation", "Advice", None, None),
        ("milestone", "Milestone", "pam", False),
        ("promise", "Promise", "anna", True),
    ]
    assert [each.due for each in found if each.kind == "recommendation"] == [date(2026, 5, 5)]
