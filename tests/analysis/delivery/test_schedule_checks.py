"""The fourteen DCMA checks, held against the worked example WE-55 and against small plans."""

from __future__ import annotations

import pytest

from portfolio.analysis.delivery.schedule_assessment import Scorecard, scorecards
from portfolio.analysis.delivery.schedule_checks import CHECKS, critical_path_length_index, judged
from tests.portfolios import SETTINGS, portfolio_of

# WE-55: a plan of 240 open activities and 310 links, 180 activities due.
COUNTS = {
    "logic": (9, 240, 0.0375),
    "leads": (2, 310, 0.006451612903225806),
    "lags": (18, 310, 0.05806451612903226),
    "link types": (271, 310, 0.8741935483870968),
    "hard constraints": (7, 240, 0.029166666666666667),
    "high float": (20, 240, 0.08333333333333333),
    "negative float": (4, 240, 0.016666666666666666),
    "long duration": (11, 240, 0.04583333333333333),
    "invalid dates": (1, 240, 0.004166666666666667),
    "resources": (6, 240, 0.025),
    "missed tasks": (14, 180, 0.07777777777777778),
    "BEI": (166, 180, 0.9222222222222223),
}
FAILS = {"leads", "lags", "link types", "high float", "negative float", "invalid dates",
         "missed tasks", "BEI"}  # fmt: skip


@pytest.mark.parametrize("name", COUNTS)
def test_a_share_is_judged_by_its_limit(name: str) -> None:
    hits, count, share = COUNTS[name]
    found = judged(name, hits, count)
    assert found.value == pytest.approx(share, rel=1e-12)
    assert found.is_failed == (name in FAILS)


def test_five_days_short_of_sixty_fail_the_critical_path_length_index() -> None:
    found = critical_path_length_index(60, -5)
    assert found.value == pytest.approx(0.9166666666666666, rel=1e-12)
    assert found.is_failed
    assert not critical_path_length_index(60, -3).is_failed


def test_there_are_fourteen_in_the_order_of_the_assessment() -> None:
    assert [check.number for check in CHECKS.values()] == list(range(1, 15))


def card(activities: str) -> Scorecard:
    """Return the checks of a plan on Wednesday, 1 April 2026."""
    text = f"project: {{id: p, name: P, sponsor: a, start: 2026-03-02, activities: [{activities}]}}"
    return scorecards(portfolio_of(text, SETTINGS.replace("03-31", "04-01")))["p"]


def test_nothing_to_count_is_no_pass() -> None:
    found = card("{id: only, duration: 5d}")
    for name in ("leads", "lags", "link types", "missed tasks", "BEI"):
        assert found.result(name).value is None
        assert found.result(name).reason == "there is nothing to count"
    assert found.result("logic").reason == "only 1 to count; a share needs 10"
    assert found.result("resources").reason == "the plan states no resources or budgets"
    judged_ones = {each.check.name for each in found.results if each.is_judged}
    assert judged_ones == {"negative float", "invalid dates", "critical path test", "CPLI"}
    assert found.judged == len(judged_ones)


def test_the_end_moves_by_600_days_where_logic_runs_through() -> None:
    found = card("{id: a, duration: 5d}, {id: b, duration: 5d, predecessors: [a]}")
    assert found.result("critical path test").hits == 600
    assert found.failed == ()


def test_the_end_stands_still_behind_an_imposed_finish() -> None:
    imposed = "constraint: {type: MFO, date: 2026-04-14}"
    plan = f"{{id: a, duration: 5d}}, {{id: b, duration: 5d, predecessors: [a], {imposed}}}"
    found = card(plan).result("critical path test")
    assert found.hits == 595
    assert found.is_failed


def test_a_deadline_that_cannot_be_met_shows_in_float_and_in_the_index() -> None:
    found = card("{id: a, duration: 10d, deadline: 2026-04-13}")
    assert [each.check.name for each in found.failed] == ["negative float", "CPLI"]
    assert found.result("CPLI").value == pytest.approx(9 / 10)


def test_a_level_of_effort_and_finished_work_are_not_counted() -> None:
    found = card(
        "{id: a, duration: 5d, actual_start: 2026-03-02, actual_finish: 2026-03-06}, "
        "{id: b, duration: 5d, predecessors: [{id: a, lag: 2d}]}, "
        "{id: run, duration: 90d, loe: true}",
    )
    assert found.result("negative float").count == 1
    assert found.result("lags").count == 1


def test_a_project_that_is_over_or_has_no_activities_has_no_card() -> None:
    text = """projects:
      - {id: p, name: P, sponsor: a, status: closed, activities: [{id: x, duration: 5d}]}
      - {id: q, name: Q, sponsor: a}
    """
    assert scorecards(portfolio_of(text)) == {}
