"""Weighted scores and TOPSIS, held against published tables and WE-49."""

from __future__ import annotations

import pytest

from portfolio.analysis.strategy.prioritisation import (
    Measured,
    Method,
    Ranking,
    normalised,
    ranking,
    topsis,
    weighted_parts,
)
from tests.portfolios import portfolio_of

# WE-49: value and strategic fit, risk and effort, of which less is better.
CRITERIA = [Measured(0.4), Measured(0.3), Measured(0.2, True), Measured(0.1, True)]
PROJECTS = {"P1": [8.0, 7, 3, 400], "P2": [6.0, 9, 5, 250], "P3": [9.0, 4, 8, 600]}
# The tables that two TOPSIS libraries publish with their results, topsis and pymcdm.
BY_VECTORS = {"a": [7.0, 9, 9, 8], "b": [8.0, 7, 8, 7], "c": [9.0, 6, 8, 9], "d": [6.0, 7, 8, 6]}
BY_RANGE = {"a": [4.0, 4], "b": [1.0, 5], "c": [3.0, 2], "d": [4.0, 2]}


def test_the_weighted_score_goes_from_the_worst_to_the_best_of_each_criterion() -> None:
    found = {name: sum(parts) for name, parts in weighted_parts(PROJECTS, CRITERIA).items()}
    assert found == pytest.approx({"P1": 0.7038095238095239, "P2": 0.52, "P3": 0.4})


def test_weights_that_do_not_add_to_one_are_made_to() -> None:
    tenfold = [Measured(10 * each.weight, each.is_lower_better) for each in CRITERIA]
    assert weighted_parts(PROJECTS, tenfold)["P1"] == pytest.approx(
        weighted_parts(PROJECTS, CRITERIA)["P1"]
    )


def test_where_all_are_equal_nobody_gains() -> None:
    assert normalised([4, 4], Measured(1)) == [0.5, 0.5]


def test_a_stated_scale_is_kept_and_not_left() -> None:
    on_scale = Measured(1, scale=(1, 5))
    assert normalised([1, 3, 5, 9, 0], on_scale) == [0, 0.5, 1, 1, 0]


def test_topsis_agrees_with_the_published_table_in_either_normalisation() -> None:
    weights = [Measured(0.1), Measured(0.4), Measured(0.3), Measured(0.2, True)]
    by_vectors = topsis(BY_VECTORS, weights)
    assert [each.value for each in by_vectors.values()] == pytest.approx(
        [0.7426940888613219, 0.4035993297263738, 0.17586998530798234, 0.4414292740495746]
    )
    by_range = topsis(BY_RANGE, [Measured(0.5), Measured(0.5, True)], "minmax")
    assert [each.value for each in by_range.values()] == pytest.approx(
        [0.612574113277207, 0.0, 0.7828707270446676, 1.0]
    )


def test_topsis_with_vectors_is_computed_by_hand() -> None:
    """Two criteria of 3 and 4: both columns have the length 5."""
    table = {"a": [3.0, 4.0], "b": [4.0, 3.0]}
    found = topsis(table, [Measured(0.75), Measured(0.25)])
    assert [each.value for each in found.values()] == pytest.approx([0.25, 0.75])


def test_topsis_of_alternatives_that_are_all_the_same_tells_nothing() -> None:
    found = topsis({"a": [1.0], "b": [1.0]}, [Measured(1)])
    assert {each.code for each in found.values()} == {"zero_denominator"}
    assert topsis({}, [Measured(1)]) == {}
    assert topsis({"a": [0.0]}, [Measured(1)])["a"].code == "zero_denominator"


TEXT = """
people: [{id: anna, name: Anna Sample}]
projects: [{id: a, name: A, sponsor: anna}, {id: b, name: B, sponsor: anna}]
criteria:
  - {id: fit, name: Fit, weight: 0.6, scale: [1, 5]}
  - {id: payback, name: Payback, weight: 0.2, direction: lower, scale: [0, 4]}
  - {id: unweighted, name: Not yet agreed}
proposals:
  - {id: first, project: a, scores: {fit: 5, payback: 4}}
  - {id: second, project: b, scores: {fit: 4, payback: 0}}
  - {id: third, project: b, scores: {fit: 5}}
"""


def ranked(method: Method = "weighted", text: str = TEXT) -> Ranking:
    return ranking(portfolio_of(text), method)


def test_proposals_are_ranked_and_each_criterion_shows_its_part() -> None:
    found = ranked()
    assert [each.proposal.id for each in found.ranked] == ["second", "first"]
    assert found.ranked[0].parts == pytest.approx({"fit": 0.75 * 0.75, "payback": 0.25})
    assert found.ranked[0].score == pytest.approx(0.8125)
    assert float(found.weights_add_to) == pytest.approx(0.8)


def test_a_proposal_without_a_score_is_named_and_never_zero() -> None:
    ((proposal, reason),) = ranked().left_out
    assert (proposal.id, reason) == ("third", "no score on payback")


def test_the_method_is_part_of_the_result() -> None:
    for method in ("topsis", "topsis-minmax"):
        found = ranked(method)
        assert found.method == method
        assert [each.proposal.id for each in found.ranked] == ["second", "first"]


def test_without_criteria_there_is_no_ranking() -> None:
    found = ranked(text=TEXT.replace("weight: 0.6, ", "").replace("weight: 0.2, ", ""))
    assert found.ranked == ()
    assert {reason for _, reason in found.left_out} == {"no criterion has a weight"}


def test_factors_change_weights_for_a_sensitivity() -> None:
    found = ranking(portfolio_of(TEXT), factors={"payback": 0.0})
    assert [each.proposal.id for each in found.ranked] == ["first", "second"]
