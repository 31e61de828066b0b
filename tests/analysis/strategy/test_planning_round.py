"""A planning round: what competes, by what worth, inside which limits, and how sure it is."""

from __future__ import annotations

from portfolio.analysis.strategy.planning_round import (
    Round,
    planning_round,
    settle,
    settled_limits,
    variations,
    waterline,
)
from portfolio.analysis.strategy.portfolio_selection import TOTAL, Limits, select
from portfolio.view.view import View
from tests.portfolios import SETTINGS, portfolio_of

TEXT = """
people: [{id: anna, name: Anna Sample}]
projects:
  - {id: a, name: A, sponsor: anna, status: proposed}
  - {id: b, name: B, sponsor: anna, status: proposed}
  - {id: c, name: C, sponsor: anna, status: proposed}
  - {id: old, name: Old, sponsor: anna, status: cancelled}
criteria:
  - {id: fit, name: Fit, weight: 0.5, scale: [1, 5]}
  - {id: ease, name: Ease, weight: 0.5, scale: [1, 5]}
proposals:
  - {id: pa, project: a, scores: {fit: 5, ease: 1}, cost: 60, npv: 100, confidence: 0.5,
     cost_by_period: {2026-Q3: 40, 2026-Q4: 10, 2027-Q1: 10}, capacity: {PRMG: 1}}
  - {id: pb, project: b, scores: {fit: 4, ease: 4}, cost: 50, npv: 90,
     cost_by_period: {2026-Q3: 20, 2026-Q4: 20, 2027-Q1: 10}, capacity: {PRMG: 0.5}}
  - {id: pc, project: c, scores: {fit: 1, ease: 5}, cost: 40, npv: 30, capacity: {PRMG: 0.5}}
  - {id: po, project: old, scores: {fit: 5, ease: 5}, cost: 1, npv: 999}
"""
LIMITED = SETTINGS + (
    "prioritisation: {budget: 100, budget_by_period: {2026: 65}, capacity: {PRMG: 1.5}}\n"
)


def ids(found: Round) -> list[str]:
    return [each.id for each in found.candidates]


def round_of(text: str = TEXT, settings: str = SETTINGS) -> tuple[View, Round]:
    portfolio = portfolio_of(text, settings)
    return portfolio, planning_round(portfolio)


def test_the_worth_is_the_net_present_value_times_the_confidence_in_it() -> None:
    _, found = round_of()
    assert found.worth == "npv"
    assert [each.value for each in found.candidates] == [50, 90, 30]


def test_where_one_states_no_net_present_value_all_are_worth_their_score() -> None:
    _, found = round_of(TEXT.replace(", npv: 30", ""))
    assert found.worth == "score"
    assert [round(each.value, 3) for each in found.candidates] == [0.5, 0.75, 0.5]


def test_what_is_over_is_no_candidate() -> None:
    _, found = round_of()
    assert ids(found) == ["pa", "pb", "pc"]
    assert [(each.id, why) for each, why in found.left_out] == [("po", "its project is over")]


def test_quarters_count_for_the_budget_of_their_year() -> None:
    portfolio, found = round_of(settings=LIMITED)
    assert settled_limits(portfolio) == Limits({"2026": 65, TOTAL: 100}, {"PRMG": 1.5})
    assert [each.cost["2026"] for each in found.candidates] == [50, 40]
    reasons = {each.id: why for each, why in found.left_out}
    assert reasons["pc"] == "no cost in every period that has a budget"


def test_without_a_cost_nothing_is_chosen_against_a_budget() -> None:
    text = TEXT.replace("cost: 40, ", "")
    found = planning_round(portfolio_of(text), limits=Limits({TOTAL: 100}))
    assert "pc" not in ids(found)
    assert "pc" in ids(planning_round(portfolio_of(text)))


def test_the_cost_in_all_is_the_sum_of_its_periods_where_it_is_not_stated() -> None:
    found = planning_round(portfolio_of(TEXT.replace("cost: 60, ", "")), limits=Limits({TOTAL: 99}))
    assert found.candidates[0].cost[TOTAL] == 60


def test_only_some_can_compete() -> None:
    portfolio = portfolio_of(TEXT)
    assert ids(planning_round(portfolio, among={"pa", "c"})) == ["pa", "pc"]
    assert ids(planning_round(portfolio_of("people: [{id: anna, name: Anna Sample}]\n"))) == []


def test_the_waterline_is_where_the_next_in_rank_cannot_be_paid() -> None:
    portfolio = portfolio_of(TEXT)
    inside = planning_round(portfolio, limits=Limits({TOTAL: 100}))
    assert [each.proposal.id for each in inside.ranking.ranked] == ["pb", "pa", "pc"]
    assert waterline(inside) == 1
    assert waterline(planning_round(portfolio, limits=Limits({TOTAL: 500}))) == 3
    assert waterline(planning_round(portfolio)) is None


def test_what_is_settled_by_hand_is_kept() -> None:
    found = settle(planning_round(portfolio_of(TEXT), limits=Limits({TOTAL: 100})), ["pa"], ["pb"])
    assert select(found.candidates, found.limits).ids == ("pa", "pc")


def test_a_net_present_value_varies_with_the_budget_alone() -> None:
    portfolio = portfolio_of(TEXT)
    round_ = planning_round(portfolio, limits=Limits({TOTAL: 110}))
    found = variations(portfolio, round_)
    assert [each.words for each in found] == ["budget -10%", "budget +10%"]
    assert [each.selected.ids for each in found] == [("pb", "pc"), ("pa", "pb")]
    assert variations(portfolio, planning_round(portfolio)) == ()


def test_a_score_varies_with_every_weight_too() -> None:
    portfolio = portfolio_of(TEXT)
    found = variations(portfolio, planning_round(portfolio, worth="score"))
    assert [each.words for each in found] == [
        "weight of fit -20%",
        "weight of fit +20%",
        "weight of ease -20%",
        "weight of ease +20%",
    ]
