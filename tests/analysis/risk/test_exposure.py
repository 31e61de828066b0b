"""Risk in figures, held against the worked examples WE-31 and WE-32."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.analysis.risk import exposure as formulas
from portfolio.analysis.risk import score
from portfolio.analysis.risk.contingency_reserve import contingency_cover
from portfolio.settings import RiskScale
from tests.portfolios import portfolio_of

PUBLISHED = {
    1: ["0.005", "0.01", "0.02", "0.04", "0.08"],
    2: ["0.015", "0.03", "0.06", "0.12", "0.24"],
    3: ["0.025", "0.05", "0.1", "0.2", "0.4"],
    4: ["0.035", "0.07", "0.14", "0.28", "0.56"],
    5: ["0.045", "0.09", "0.18", "0.36", "0.72"],
}

REGISTER = """
people: [{id: anna, name: Anna Sample}]
risks:
  - {id: r1, event: A, owner: anna, probability: 0.4, impact_cost: 250,
     residual: {probability: 0.2, impact_cost: 100}}
  - {id: r2, event: B, owner: anna, probability: 0.1, impact_cost: 900,
     residual: {probability: 0.1, impact_cost: 300}}
  - {id: r3, event: C, owner: anna, probability: 0.7, impact_cost: 60,
     residual: {probability: 0.3}}
  - {id: o1, event: D, owner: anna, kind: opportunity, probability: 0.3, impact_cost: 200,
     residual: {probability: 0.5}}
  - {id: vague, event: E, owner: anna}
  - {id: abroad, event: F, owner: anna, probability: 0.5, impact_cost: 10 EUR}
"""


@pytest.mark.parametrize("probability", PUBLISHED)
def test_the_published_matrix(probability: int) -> None:
    row = [score.risk_score_nonlinear(probability, impact) for impact in range(1, 6)]
    assert row == [Decimal(value) for value in PUBLISHED[probability]]


def test_the_linear_score_hides_the_catastrophe_and_the_band_does_not() -> None:
    assert score.risk_score(5, 2) == score.risk_score(2, 5) == 10
    assert score.risk_score(4, 4) == 16
    assert score.risk_band(1, 5) == "high"
    assert score.risk_band(1, 4) == "low"


def test_the_edges_of_the_bands_belong_to_the_worse_band_and_can_be_moved() -> None:
    bands = [score.risk_band(p, i) for p, i in ((1, 4), (5, 1), (3, 3), (5, 2), (4, 3), (5, 3))]
    assert bands == ["low", "medium", "medium", "high", "high", "very high"]
    assert score.risk_band(3, 3, RiskScale(medium=4, high=9, very_high=16)) == "high"


def test_exposure_and_what_the_responses_are_worth() -> None:
    from portfolio.model.risk import Risk

    risks = {risk.id: risk for risk in portfolio_of(REGISTER).all(Risk)}
    threats = [risk for risk in risks.values() if risk.kind_ == "threat"]
    found = formulas.exposure(threats, "GBP").value
    assert found is not None
    assert found.amount.amount == 232
    assert found.counted == ("r1", "r2", "r3")
    assert found.missing == ("vague", "abroad")
    upside = formulas.exposure([risks["o1"]], "GBP").value
    assert upside is not None
    assert found.amount.amount - upside.amount.amount == 172

    left = [formulas.residual_emv(risks[name]).value for name in ("r1", "r2", "r3", "o1")]
    amounts = [money.amount for money in left if money is not None]
    assert amounts == [20, 30, 18, 100]
    worth = formulas.value_of_response(Decimal(172), Decimal(-32), Decimal(95))
    assert worth.net == 109
    assert worth.return_on_cost.value is not None
    assert round(worth.return_on_cost.value, 4) == Decimal("1.1474")


def test_three_points_weigh_by_the_mean_of_the_triangle() -> None:
    value = formulas.expected_monetary_value(
        Decimal("0.3"), Decimal(40000), Decimal(80000), Decimal(200000)
    )
    assert round(value) == 32000


def test_a_response_that_costs_nothing_has_no_return() -> None:
    assert (
        formulas.value_of_response(Decimal(10), Decimal(5), Decimal(0)).return_on_cost.value is None
    )


def test_nearness_sorts_and_never_replaces_the_score() -> None:
    assert score.proximity_rank(10, "imminent") == 15
    assert score.proximity_rank(10, None) == score.proximity_rank(10, "within_1_quarter") == 10
    assert score.proximity_rank(10, "beyond") == 5


def test_movement_is_from_inherent_to_current_and_unknown_without_either() -> None:
    from portfolio.model.risk import Rating, Risk

    high, low = Rating(p=4, i=5), Rating(p=2, i=5)
    assert score.movement(Risk(id="r", inherent=high, current=low)) == -10
    assert score.movement(Risk(id="r", inherent=low, current=high)) == 10
    assert score.movement(Risk(id="r", current=low)) is None


def test_cover_compares_with_threats_alone_and_is_unknown_without_any() -> None:
    found = contingency_cover(Decimal(80), Decimal(68)).value
    assert found is not None
    assert round(found, 4) == Decimal("1.1765")
    assert contingency_cover(Decimal(80), Decimal(0)).code == "zero_denominator"


def test_the_capture_rate_counts_issues_that_were_risks_first() -> None:
    from portfolio.model.risk import Issue
    from portfolio.record import Ref

    known, surprise = Issue(id="a", from_risk=Ref("r1")), Issue(id="b")
    assert formulas.capture_rate([known, surprise, surprise, surprise]).value == Decimal("0.25")
    assert formulas.capture_rate([]).code == "no_data"


def test_on_the_scale_of_pmi_an_improbable_catastrophe_outweighs_a_probable_nuisance() -> None:
    scale = RiskScale(method="pmi")
    assert score.risk_band(2, 5, scale) == "high"
    assert score.risk_band(5, 2, scale) == "medium"
    assert score.risk_band(1, 4, scale) == "low"
    assert score.risk_band(2, 5) == score.risk_band(5, 2) == "high"


def test_the_cut_offs_of_the_pmi_scale_are_settings() -> None:
    scale = RiskScale(method="pmi", pmi_medium=Decimal("0.01"), pmi_high=Decimal("0.9"))
    assert score.risk_band(1, 3, RiskScale(method="pmi")) == "low"
    assert score.risk_band(1, 3, scale) == "medium"
    assert score.risk_band(5, 5, scale) == "medium"
