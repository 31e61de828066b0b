"""How grave a risk is: probability times impact on the stated scale, and its band."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from portfolio.settings import RiskScale

if TYPE_CHECKING:
    from portfolio.model.risk import Rating, Risk


RiskBand = Literal["low", "medium", "high", "very high"]

_PROBABILITIES = tuple(Decimal(p) for p in ("0.1", "0.3", "0.5", "0.7", "0.9"))
_IMPACTS = tuple(Decimal(i) for i in ("0.05", "0.1", "0.2", "0.4", "0.8"))
_CATASTROPHE = 5
_NEARNESS = {
    "imminent": Decimal("1.5"),
    "within_1_month": Decimal("1.25"),
    "within_1_quarter": Decimal(1),
    "within_1_year": Decimal("0.75"),
    "beyond": Decimal("0.5"),
}
_STANDARD_SCALE = RiskScale()


def risk_score(probability: int, impact: int) -> int:
    """Return the score of a risk on the linear 5 x 5 matrix, 1 to 25 points.

    score = probability x impact, each from 1 to 5.

    Source: the usual probability-impact matrix; worked example WE-32.

    >>> risk_score(4, 4), risk_score(5, 2), risk_score(2, 5)
    (16, 10, 10)
    """
    return probability * impact


def risk_score_nonlinear(probability: int, impact: int) -> Decimal:
    """Return the score on the non-linear scale, 0.005 to 0.72, which sees a catastrophe.

    score = P x I with P in .1 .3 .5 .7 .9 and I in .05 .1 .2 .4 .8 for the levels 1 to 5. The
    linear scale gives 10 both to 5 x 2 and to 2 x 5; this one gives 0.09 and 0.24.

    Source: PMBOK Guide, probability and impact matrix; worked example WE-32.

    >>> risk_score_nonlinear(5, 2), risk_score_nonlinear(2, 5)
    (Decimal('0.09'), Decimal('0.24'))
    """
    return _PROBABILITIES[probability - 1] * _IMPACTS[impact - 1]


def risk_band(probability: int, impact: int, scale: RiskScale = _STANDARD_SCALE) -> RiskBand:
    """Return the band of a risk: low, medium, high or very high.

    By the linear score against the scale (medium from 5, high from 10, very high from 15, unless
    `pmo.yaml` says otherwise). An impact of 5 is never below high: a catastrophe stays in sight
    however improbable it is. With `method: pmi` by the non-linear score: medium from 0.06, high
    from 0.18 unless stated otherwise, and none very high; the scale itself weighs a catastrophe.

    Source: domain convention of this toolkit; worked example WE-32.

    >>> risk_band(2, 2), risk_band(1, 5), risk_band(4, 4)
    ('low', 'high', 'very high')
    """
    if scale.method == "pmi":
        weighed = risk_score_nonlinear(probability, impact)
        if weighed >= scale.pmi_high:
            return "high"
        return "medium" if weighed >= scale.pmi_medium else "low"
    score = risk_score(probability, impact)
    if score >= scale.very_high:
        return "very high"
    if score >= scale.high or impact == _CATASTROPHE:
        return "high"
    return "medium" if score >= scale.medium else "low"


def band_of(rating: Rating | None, scale: RiskScale = _STANDARD_SCALE) -> RiskBand | None:
    """Return the band of a rating, None where there is none.

    Source: see `risk_band`.

    >>> band_of(None) is None
    True
    """
    return None if rating is None else risk_band(rating.p, rating.i, scale)


def movement(risk: Risk) -> int | None:
    """Return how far a risk's score has moved from inherent to current; lower is negative.

    In points of the linear score. None where either rating is missing.

    Source: inherent, current and target rating of the risk register.

    >>> from portfolio.model.risk import Rating, Risk
    >>> movement(Risk(id="late", inherent=Rating(p=4, i=4), current=Rating(p=3, i=4)))
    -4
    """
    if risk.inherent is None or risk.current is None:
        return None
    return risk_score(risk.current.p, risk.current.i) - risk_score(risk.inherent.p, risk.inherent.i)


def proximity_rank(score: int, proximity: str | None) -> Decimal:
    """Return a score weighted by nearness, for sorting a list and for nothing else.

    rank = score x 1.5 imminent, 1.25 within a month, 1 within a quarter, 0.75 within a year,
    0.5 beyond. Unknown proximity counts as within a quarter. It never replaces the score.

    Source: domain convention of this toolkit.

    >>> proximity_rank(12, "imminent")
    Decimal('18.0')
    """
    return score * _NEARNESS.get(proximity or "", Decimal(1))
