"""Whether delivery serves the strategy, held against WE-48."""

from __future__ import annotations

from decimal import Decimal

from portfolio.analysis.strategy.alignment import (
    alignment,
    best_contribution,
    objective_coverage,
    primary_objective,
    sibling_weights,
    spend,
    spend_by_objective,
)
from portfolio.model.delivery.projects import Project
from portfolio.view.view import View
from tests.portfolios import portfolio_of

HEAD = "people: [{id: anna, name: Anna Sample}]\n"
OBJECTIVES = """
objectives:
  - {id: o1, name: One, owner: anna, weight: 0.5, target_spend_pct: 50}
  - {id: o2, name: Two, owner: anna, weight: 0.3}
  - {id: o3, name: Three, owner: anna, weight: 0.2}
"""
WE_48 = (
    HEAD
    + OBJECTIVES
    + """
projects:
  - {id: p1, name: P1, sponsor: anna, bac: 400,
     objectives: [{objective: o1, contribution: 3}, {objective: o2, contribution: 1}]}
  - {id: p2, name: P2, sponsor: anna, bac: 250, objectives: [{objective: o2, contribution: 3}]}
  - {id: p3, name: P3, sponsor: anna, bac: 200, objectives: [{objective: o3, contribution: 1}]}
  - {id: p4, name: P4, sponsor: anna, bac: 150}
"""
)


def projects_of(portfolio: View) -> tuple[Project, ...]:
    return portfolio.all(Project)


def aligned(text: str) -> list[float | None]:
    portfolio = portfolio_of(text)
    found = [alignment(portfolio, each).value for each in projects_of(portfolio)]
    return [None if each is None else round(float(each), 4) for each in found]


def test_alignment_is_the_weighted_contribution() -> None:
    assert aligned(WE_48) == [0.6, 0.3, 0.0667, 0]


def test_unaligned_is_judged_on_the_best_single_contribution() -> None:
    """P2 scores 30 % and fully serves one objective: it is aligned."""
    portfolio = portfolio_of(WE_48)
    found = spend(portfolio, projects_of(portfolio)).value
    assert found is not None
    assert found.unaligned_share.value == Decimal("0.35")
    assert found.without_objective.amount / found.whole.amount == Decimal("0.15")
    assert [best_contribution(each) for each in projects_of(portfolio)] == [3, 3, 1, 0]


def test_mandatory_work_is_a_slice_of_its_own_and_never_unaligned() -> None:
    portfolio = portfolio_of(WE_48.replace("bac: 150", "bac: 150, category: mandatory"))
    found = spend(portfolio, projects_of(portfolio)).value
    assert found is not None
    assert found.mandatory.amount == 150
    assert found.unaligned_share.value == Decimal("0.2")


def test_each_budget_counts_for_the_objective_that_it_serves_most() -> None:
    portfolio = portfolio_of(WE_48)
    found = spend_by_objective(portfolio, projects_of(portfolio)).value
    assert found is not None
    assert [each.share.value for each in found] == [
        Decimal("0.4"),
        Decimal("0.25"),
        Decimal("0.2"),
    ]
    assert [each.target for each in found] == [Decimal("0.5"), None, None]
    assert primary_objective(portfolio, projects_of(portfolio)[3]) is None


def test_weights_that_do_not_add_to_one_are_made_to_and_silent_ones_share_the_rest() -> None:
    double = WE_48.replace("weight: 0.5", "weight: 1").replace("weight: 0.3", "weight: 0.6")
    assert aligned(double.replace("weight: 0.2", "weight: 0.4")) == aligned(WE_48)
    silent = portfolio_of(WE_48.replace(", weight: 0.3", "").replace(", weight: 0.2", ""))
    assert sibling_weights(silent) == {
        "o1": Decimal("0.5"),
        "o2": Decimal("0.25"),
        "o3": Decimal("0.25"),
    }


def test_what_serves_a_step_serves_the_objective_above_it_by_its_weight() -> None:
    steps = """
  - {id: s1, name: Step, owner: anna, weight: 0.6, parent: o1}
  - {id: s2, name: Other, owner: anna, weight: 0.4, parent: o1}
"""
    text = (
        HEAD
        + OBJECTIVES.rstrip("\n")
        + steps
        + (
            "projects:\n"
            "  - {id: a, name: A, sponsor: anna, bac: 9,\n"
            "     objectives: [{objective: s1, contribution: 3}]}\n"
            "  - {id: b, name: B, sponsor: anna, bac: 1,\n"
            "     objectives: [{objective: s1, contribution: 3},\n"
            "       {objective: o1, contribution: 2}]}\n"
        )
    )
    assert aligned(text) == [0.3, 0.3333]
    portfolio = portfolio_of(text)
    found = spend_by_objective(portfolio, projects_of(portfolio)).value
    assert found is not None
    assert found[0].share.value == 1


def test_coverage_counts_objectives_that_live_projects_serve_directly() -> None:
    coverage = objective_coverage(portfolio_of(WE_48)).value
    assert coverage is not None
    assert round(coverage, 4) == Decimal("0.6667")
    closed = portfolio_of(WE_48.replace("bac: 400", "bac: 400, status: closed"))
    assert objective_coverage(closed).value == Decimal(1) / 3


def test_nothing_stated_is_not_zero() -> None:
    portfolio = portfolio_of(HEAD + "project: {id: a, name: A, sponsor: anna}\n")
    (project,) = projects_of(portfolio)
    assert alignment(portfolio, project).code == "no_data"
    assert spend(portfolio, [project]).code == "no_data"
    assert spend_by_objective(portfolio, [project]).code == "no_data"
    assert objective_coverage(portfolio).code == "no_data"
    text = HEAD + OBJECTIVES + "project: {id: a, name: A, sponsor: anna, objectives: [o1]}\n"
    assert aligned(text) == [None]


def test_a_budget_without_a_rate_makes_the_sum_unknown() -> None:
    portfolio = portfolio_of(WE_48.replace("bac: 150", "bac: 150 USD"))
    assert spend(portfolio, projects_of(portfolio)).value is None
    assert spend_by_objective(portfolio, projects_of(portfolio)).value is None
