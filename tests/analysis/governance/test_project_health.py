"""The computed colour of a project: what makes it, where its edges are, and that it says why."""

from __future__ import annotations

import pytest

from portfolio.analysis.governance.project_health import Health, health
from portfolio.model.delivery.projects import Project
from tests.portfolios import portfolio_of

PEOPLE = "people: [{id: anna, name: Anna Sample}]\n"


def computed(fields: str, more: str = "") -> Health:
    """Return the health of a project with these fields, one a line, on 31 March 2026."""
    lines = "\n".join(f"  {line}" for line in fields.strip().splitlines())
    text = f"project:\n  id: atlas\n  name: Atlas\n  sponsor: anna\n{lines}\n{PEOPLE}{more}"
    portfolio = portfolio_of(text)
    (project,) = portfolio.all(Project)
    return health(portfolio, project)


@pytest.mark.parametrize(
    ("forecast", "colour"),
    [
        ("2026-06-01", "green"),  # on the day
        ("2026-05-20", "green"),  # early
        ("2026-06-09", "green"),  # 6 of 10 days
        ("2026-06-10", "amber"),  # 7 of 10: from 70 % on it is amber
        ("2026-06-15", "amber"),  # all of it is still inside
        ("2026-06-16", "red"),
    ],
)
def test_the_slip_of_the_finish_uses_the_tolerance(forecast: str, colour: str) -> None:
    found = computed(
        f"baseline_finish: 2026-06-01\nforecast_finish: {forecast}\ntolerances: {{time: 10d}}"
    )
    assert found.dimensions["time"] == found.overall == colour


def test_a_slip_without_a_tolerance_is_amber_and_says_so() -> None:
    found = computed("baseline_finish: 2026-06-01\nforecast_finish: 2026-06-02")
    assert found.overall == "amber"
    assert found.deciding[0].sentence == (
        "the finish moved from 2026-06-01 to 2026-06-02, 1 working day; "
        "no tolerance for time is set"
    )


def test_a_finish_that_has_passed_is_late_by_today() -> None:
    found = computed("baseline_finish: 2026-03-02\ntolerances: {time: 10d}")
    assert found.overall == "red"
    assert "moved from 2026-03-02 to 2026-03-31" in found.deciding[0].sentence


def test_a_finished_project_is_blue_and_one_without_data_grey() -> None:
    assert computed("status: closed").overall == "blue"
    assert computed("actual_finish: 2026-03-02").overall == "blue"
    nothing = computed("status: delivering")
    assert (nothing.overall, nothing.reasons) == ("grey", ())


def test_grey_never_hides_red_and_never_counts_as_green() -> None:
    found = computed("baseline_finish: 2026-06-01\nforecast_finish: 2026-06-01")
    assert found.overall == "green"
    assert (found.dimensions["cost"], found.dimensions["risk"]) == ("grey", "grey")


@pytest.mark.parametrize(
    ("milestone", "colour"),
    [
        ("key: true, baseline: 2026-06-01, forecast: 2026-06-10", "amber"),
        ("type: go_live, baseline: 2026-06-01, forecast: 2026-06-16", "red"),
        ("baseline: 2026-06-01, forecast: 2026-06-16", "grey"),  # not a key one, and not due
        ("baseline: 2026-03-20", "amber"),  # overdue
        ("baseline: 2026-03-20, actual: 2026-03-27", "grey"),
    ],
)
def test_key_milestones_count_by_their_slip_and_others_once_they_are_due(
    milestone: str, colour: str
) -> None:
    found = computed(
        f"tolerances: {{time: 10d}}\nmilestones: [{{id: live, name: Live, {milestone}}}]"
    )
    assert found.overall == colour


@pytest.mark.parametrize(
    ("amount", "colour"),
    [(95000, "green"), (100000, "green"), (103000, "green"), (103500, "amber"), (105001, "red")],
)
def test_the_forecast_and_what_was_spent_make_the_cost(amount: int, colour: str) -> None:
    found = computed(
        "bac: 100000\ntolerances: {cost_pct: 5}",
        "actual: {id: a, project: atlas, period: 2026-02, amount: 40000}\n"
        "forecast: {id: f, project: atlas, as_of: 2026-03-27,\n"
        f"  periods: [{{period: 2026-04, amount: {amount - 40000}}}]}}\n",
    )
    assert found.dimensions["cost"] == colour


def test_without_a_forecast_earned_value_extrapolates() -> None:
    found = computed(
        "bac: 100000\ntolerances: {cost_pct: 5}",
        "ev_snapshot: {project: atlas, as_of: 2026-03-27, pv: 50000, ev: 40000, ac: 50000}\n",
    )
    assert found.dimensions["cost"] == "red"
    assert found.deciding[0].sentence.startswith("125,000 GBP expected, budget 100,000")


def test_a_foreign_amount_without_a_rate_leaves_the_cost_unknown() -> None:
    found = computed(
        "bac: 100000\ntolerances: {cost_pct: 5}",
        "actual: {id: a, project: atlas, period: 2026-02, amount: 400000 NOK}\n"
        "forecast: {id: f, project: atlas, as_of: 2026-03-27, periods: []}\n",
    )
    assert found.dimensions["cost"] == "grey"


RISK = "risk: {{id: late, event: Late, owner: anna, project: atlas, {fields}}}\n"


@pytest.mark.parametrize(
    ("fields", "colour"),
    [
        ("current: {p: 2, i: 2}", "green"),
        ("current: {p: 3, i: 4}", "amber"),
        ("current: {p: 1, i: 5}", "amber"),
        ("current: {p: 4, i: 4}", "red"),
        ("current: {p: 4, i: 4}, responses: [{text: Act, status: in_progress}]", "amber"),
        ("current: {p: 4, i: 4}, status: closed", "grey"),
        ("current: {p: 4, i: 4}, kind: opportunity", "grey"),
        ("probability: 0.5", "grey"),
    ],
)
def test_a_very_high_threat_is_red_until_something_is_done(fields: str, colour: str) -> None:
    assert computed("status: delivering", RISK.format(fields=fields)).dimensions["risk"] == colour


def test_the_expected_value_of_threats_has_a_tolerance_of_its_own() -> None:
    fields = "probability: 0.5, impact_cost: 10000"
    tolerances = "tolerances: {{risk_emv: {}}}"
    for limit, colour in ((8000, "green"), (5000, "amber"), (4999, "red")):
        found = computed(tolerances.format(limit), RISK.format(fields=fields))
        assert found.dimensions["risk"] == colour


def test_a_promise_that_comes_too_late_and_an_overdue_decision_are_amber() -> None:
    late = computed(
        "activities: [{id: test, duration: 5d}]\n"
        "dependencies: [{id: api, from: other, to: test, need_by: 2026-05-01,"
        " committed: 2026-05-04, agreement: agreed}]",
        "supplier: {id: other, name: Other}\n",
    )
    assert late.overall == "amber"
    asked = computed(
        "status: delivering",
        "decision: {id: go, title: Go?, project: atlas, needed_by: 2026-03-20}\n",
    )
    assert asked.overall == "amber"
    assert asked.deciding[0].location.line == 7


def test_every_reason_knows_where_it_comes_from() -> None:
    found = computed(
        "baseline_finish: 2026-06-01\nforecast_finish: 2026-07-16\ntolerances: {time: 10d}"
    )
    (reason,) = found.deciding
    assert (reason.location.line, reason.location.column) == (6, 20)
    assert reason.is_exception
