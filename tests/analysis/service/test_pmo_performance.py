"""The PMO as a service, held against WE-57 and WE-58."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.analysis.service.pmo_performance import (
    improvement_record,
    maturity_profile,
    newest_assessments,
    proven_lately,
    request_figures,
)
from portfolio.analysis.service.pmo_value import office_cost, value_avoided
from portfolio.analysis.service.scorecard import Entry, Scorecard, weighed
from portfolio.measure.measure import Measure, unknown
from portfolio.model.service import Improvement, MaturityAssessment, ServiceRequest
from portfolio.settings import ScorecardWeight
from portfolio.view.view import View
from tests.portfolios import portfolio_of

HEAD = "people: [{id: anna, name: Anna Sample}]\n"
SERVICE = HEAD + "pmo_service: {id: check, name: Check, owner: anna, cost_per_month: 1000}\n"


def entry(key: str, value: str | None, target: int, red: int, weight: str) -> Entry:
    known: Measure[Decimal] = (
        unknown("no_data", "not measured") if value is None else Measure(Decimal(value))
    )
    return Entry(key, key, "all", "", known, Decimal(target), Decimal(red), Decimal(weight))


WE_58 = (
    entry("hit", "77", 85, 70, "0.25"),
    entry("on_time", "96", 95, 80, "0.15"),
    entry("csat", "78", 85, 65, "0.25"),
    entry("latency", "9", 7, 14, "0.15"),
    entry("wape", None, 10, 20, "0.2"),
)


def test_the_scorecard_weighs_what_is_known_and_says_how_much_that_is() -> None:
    card = Scorecard(WE_58)
    scores = [each.score.value for each in card.entries]
    assert [None if s is None else float(s) for s in scores] == [
        pytest.approx(0.4666666667),
        1,
        pytest.approx(0.65),
        pytest.approx(0.7142857143),
        None,
    ]
    assert float(card.total.value or 0) == pytest.approx(0.6703869047619)
    assert card.coverage.value == Decimal("0.8")


def test_below_seventy_percent_of_the_weights_there_is_no_total() -> None:
    card = Scorecard((*WE_58[:2], WE_58[4]))
    assert card.total.reason == "only 67% of the weights are measured"
    assert Scorecard(()).total.code == "no_data"


def test_the_result_furthest_from_its_target_is_the_bad_one() -> None:
    worst = Scorecard(WE_58).worst
    assert worst is not None
    assert worst.key == "hit"
    assert Scorecard(WE_58[1:2]).worst is None


def test_settings_change_weight_target_and_red() -> None:
    stated = {"hit": ScorecardWeight(weight=Decimal(3), target=Decimal(80))}
    found = weighed(WE_58[0], stated)
    assert [found.weight, found.target, found.red] == [3, 80, 70]
    assert weighed(WE_58[1], stated) is WE_58[1]
    red = weighed(WE_58[0], {"hit": ScorecardWeight(red=Decimal(60))})
    assert [red.target, red.red] == [85, 60]


def requests(*rows: str) -> str:
    listed = "".join(f"  - {{id: r{n}, service: check, {row}}}\n" for n, row in enumerate(rows))
    return f"{SERVICE}service_requests:\n{listed}"


def test_what_is_overdue_and_open_counts_as_late() -> None:
    portfolio = portfolio_of(
        requests(
            "raised_on: 2026-03-02 09:00, due: 2026-03-03, closed_on: 2026-03-02 21:00, csat: 5",
            "raised_on: 2026-03-02 09:00, due: 2026-03-03, closed_on: 2026-03-04 09:00, csat: 2",
            "raised_on: 2026-03-02 09:00, closed_on: 2026-03-03 09:00, csat: 4, effort_hours: 2.5",
            "raised_on: 2026-03-02 09:00, due: 2026-03-20 09:00",
            "raised_on: 2026-03-30 09:00, due: 2026-04-20 09:00, csat: 4",
            "raised_on: 2024-03-02 09:00, due: 2024-03-03 09:00",
        )
    )
    found = request_figures(portfolio, portfolio.all(ServiceRequest))
    assert (found.closed, found.in_time, found.open, found.late_open) == (3, 2, 2, 1)
    assert found.attainment.value == Decimal("0.5")
    assert found.hours.value == 24
    assert found.effort == Decimal("2.5")


def test_satisfaction_is_of_four_answers_or_more() -> None:
    row = "raised_on: 2026-03-02 09:00, closed_on: 2026-03-02 10:00, csat: "
    few = portfolio_of(requests(*[row + "5"] * 3))
    assert request_figures(few, few.all(ServiceRequest)).satisfied.code == "small_sample"
    enough = portfolio_of(requests(*[row + score for score in "5543"]))
    assert request_figures(enough, enough.all(ServiceRequest)).satisfied.value == Decimal("0.75")


def test_without_requests_nothing_is_known() -> None:
    portfolio = portfolio_of(SERVICE)
    found = request_figures(portfolio, ())
    codes = (found.attainment.code, found.hours.code, found.satisfied.code)
    assert codes == ("no_data", "no_data", "no_data")


KPI = """kpi: {id: late, name: Late, owner: anna, question: Late?, formula: late, unit: n,
      direction: lower, target: 2, red: 9}
measurements:
  - {kpi: late, period: 2026-01, value: V1}
  - {kpi: late, period: 2026-02, value: V2}
"""


def improved(fields: str, before: str = "1", after: str = "2") -> View:
    kpi = KPI.replace("V1", before).replace("V2", after)
    return portfolio_of(HEAD + kpi + f"improvement: {{id: i, title: I, owner: anna, {fields}}}\n")


DONE = (
    "status: done, closed_on: 2026-02-27, effort: 5d, baseline: {kpi: late, value: 8}, "
    "target: {kpi: late, value: 2}, result: {kpi: late, value: 2}"
)


def record(portfolio: View) -> tuple[int, int, int]:
    found = improvement_record(portfolio, portfolio.all(Improvement))
    return len(found.done), len(found.proven), len(found.unprovable)


def test_an_improvement_is_proven_when_its_target_is_met_and_held() -> None:
    portfolio = improved(DONE)
    assert record(portfolio) == (1, 1, 0)
    found = improvement_record(portfolio, portfolio.all(Improvement))
    assert found.success_rate.value == 1
    assert found.effort_days == 5
    assert proven_lately(portfolio, found) == 1
    assert record(improved(DONE, after="3")) == (1, 0, 0), "it was not held"
    assert record(improved(DONE.replace("late, value: 2}, result", "late, value: 1}, result"))) == (
        1,
        0,
        0,
    )


def test_an_improvement_without_a_number_before_it_can_never_be_a_success() -> None:
    assert record(improved(DONE.replace("baseline: {kpi: late, value: 8}, ", ""))) == (1, 0, 1)
    assert record(improved(DONE.replace("value: 8", "by: 2026-01-01"))) == (1, 0, 1)


def test_an_indicator_with_one_value_is_judged_by_the_result_that_was_written() -> None:
    text = DONE.replace("kpi: late, ", "")
    assert record(improved(text)) == (1, 1, 0)


def test_nothing_done_is_no_success_rate() -> None:
    portfolio = improved("status: in_progress")
    found = improvement_record(portfolio, portfolio.all(Improvement))
    assert found.success_rate.code == "no_data"
    assert found.running == 1


WE_57 = HEAD + (
    "maturity_assessments:\n"
    "  - {id: old, model: portfolio, on: 2024-01-01, scores: {risk_management: 1}}\n"
    "  - {id: new, model: portfolio, on: 2026-01-01, assessor: self,\n"
    "     evidence: {risk_management: a.md},\n"
    "     scores: {organisational_governance: 3, management_control: 3, benefits_management: 1,\n"
    "       financial_management: 2, stakeholder_engagement: 2, risk_management: 3,\n"
    "       resource_management: 2},\n"
    "     target: {organisational_governance: 3, management_control: 3, benefits_management: 3,\n"
    "       financial_management: 3, stakeholder_engagement: 3, risk_management: 3,\n"
    "       resource_management: 3}}\n"
)


def test_the_weakest_perspective_decides_and_the_mean_stands_beside() -> None:
    (newest,) = newest_assessments(portfolio_of(WE_57))
    found = maturity_profile(newest).value
    assert found is not None
    assert newest.id == "new"
    assert found.overall == 1
    assert found.mean == Decimal("2.29")
    assert found.weakest == ("benefits_management",)
    assert found.gap == 5
    assert len(found.without_evidence) == 6


def test_without_a_target_there_is_no_gap_and_without_levels_no_profile() -> None:
    (old, _) = portfolio_of(WE_57).all(MaturityAssessment)
    found = maturity_profile(old).value
    assert found is not None
    assert found.gap is None
    text = WE_57.replace("{risk_management: 1}", "{}")
    assert maturity_profile(portfolio_of(text).all(MaturityAssessment)[0]).code == "no_data"


def test_the_cost_of_the_office_stands_beside_what_projects_spent() -> None:
    spent = (
        "project: {id: atlas, name: Atlas, sponsor: anna}\n"
        "actuals: [{id: a, project: atlas, period: 2026-01, amount: 240000},\n"
        "  {id: b, project: atlas, period: 2024-01, amount: 7}]\n"
        "pmo_services: [{id: free, name: Free, owner: anna},\n"
        "  {id: gone, name: Gone, owner: anna, status: retired, cost_per_month: 9}]\n"
    )
    found = office_cost(portfolio_of(SERVICE + spent)).value
    assert found is not None
    assert found.yearly.amount == 12000
    assert found.share.value == Decimal("0.05")
    assert [each.id for each in found.silent] == ["free"]
    bare = office_cost(portfolio_of(SERVICE)).value
    assert bare is not None
    assert bare.share.code == "zero_denominator"
    assert office_cost(portfolio_of(HEAD)).code == "no_data"
    abroad = SERVICE.replace("1000", "1000 USD")
    assert office_cost(portfolio_of(abroad)).value is None


def test_value_counts_only_with_the_decision_that_avoided_it() -> None:
    decisions = HEAD + (
        "decisions:\n"
        "  - {id: a, title: A, needed_by: 2026-03-01, status: decided, decided_on: 2026-03-01,\n"
        "     avoided: 84000}\n"
        "  - {id: b, title: B, needed_by: 2026-03-01, status: open, avoided: 5}\n"
        "  - {id: c, title: C, needed_by: 2024-03-01, status: decided, decided_on: 2024-03-01,\n"
        "     avoided: 7}\n"
    )
    found = value_avoided(portfolio_of(decisions)).value
    assert found is not None
    assert found.amount.amount == 84000
    assert [each.id for each in found.decisions] == ["a"]
    assert value_avoided(portfolio_of(HEAD)).code == "no_data"
    assert value_avoided(portfolio_of(decisions.replace("84000", "84000 USD"))).code == "no_data"
