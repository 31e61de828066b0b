"""Risk in figures: scores, bands, expected values, and what responses are worth."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import prod
from typing import TYPE_CHECKING, Literal

from portfolio.measure.measure import Measure, unknown
from portfolio.settings import RiskScale
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portfolio.model.risk import Issue, Rating, Risk, ThreePointMoney

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


def expected_monetary_value(
    probability: Decimal, low: Decimal, likely: Decimal, high: Decimal
) -> Decimal:
    """Return probability x mean impact, in the impact's money.

    EMV = p (low + likely + high) / 3, the mean of the triangle; one amount three times is itself.
    A probability of 1 is an issue, not a risk; of 0, nothing to manage: see RSK-P-ONE.

    Source: worked example WE-31.

    >>> expected_monetary_value(Decimal("0.4"), Decimal(250), Decimal(250), Decimal(250))
    Decimal('100.0')
    """
    return probability * (low + likely + high) / 3


def risk_emv(risk: Risk) -> Measure[Money]:
    """Return the expected monetary value of a risk as it stands now.

    By `expected_monetary_value`; without probability or impact it is not quantified: no_data, and
    nothing is imputed.

    Source: worked example WE-31.

    >>> from portfolio.model.risk import Risk
    >>> risk_emv(Risk(id="late", event="late")).reason
    'not quantified'
    """
    return _emv(risk.probability, risk.impact_cost)


def residual_emv(risk: Risk) -> Measure[Money]:
    """Return the expected monetary value that is left after the responses.

    By `expected_monetary_value` of the residual probability and impact; the impact now where only
    the probability is stated. Not stated: no_data.

    Source: worked example WE-31.

    >>> from portfolio.model.risk import Risk
    >>> residual_emv(Risk(id="late", event="late")).value is None
    True
    """
    left = risk.residual
    if left is None:
        return unknown("no_data", "no residual is stated")
    return _emv(left.probability, left.impact_cost or risk.impact_cost)


def _emv(probability: Decimal | None, impact: ThreePointMoney | None) -> Measure[Money]:
    if probability is None or impact is None:
        return unknown("no_data", "not quantified")
    low, likely, high = impact.points
    value = expected_monetary_value(probability, low.amount, likely.amount, high.amount)
    return Measure(Money(value, likely.currency))


@dataclass(frozen=True, slots=True)
class Exposure:
    """The expected value of a set of risks in one currency, and which of them it leaves out."""

    amount: Money
    quantified: tuple[str, ...]
    left_out: tuple[str, ...]


def exposure(risks: Iterable[Risk], currency: str) -> Measure[Exposure]:
    """Return the summed expected monetary value of risks, in one currency.

    exposure = sum of EMV over quantified risks. Pass threats and opportunities apart: they are
    never netted. Risks without figures, or in another currency, are named and not imputed.
    None quantified: no_data.

    Source: worked example WE-31.

    >>> exposure([], "GBP").code
    'no_data'
    """
    total, counted, left_out = Decimal(0), [], []
    for risk in risks:
        value = risk_emv(risk).value
        if value is None or value.currency != currency:
            left_out.append(risk.id)
        else:
            total += value.amount
            counted.append(risk.id)
    if not counted:
        return unknown("no_data", "no risk is quantified")
    return Measure(Exposure(Money(total, currency), tuple(counted), tuple(left_out)))


def probability_of_any(probabilities: Iterable[Decimal]) -> Decimal:
    """Return the probability that at least one of several independent risks strikes.

    P = 1 - product of (1 - p_k). Independence is assumed: a common cause makes it smaller. No
    risks: 0.

    Source: worked example WE-31.

    >>> probability_of_any([Decimal("0.2"), Decimal("0.1"), Decimal("0.3")])
    Decimal('0.496')
    """
    return 1 - prod((1 - p for p in probabilities), start=Decimal(1))


@dataclass(frozen=True, slots=True)
class ResponseValue:
    """What responses save, less what they cost, and the same for each unit of cost."""

    net: Decimal
    return_on_cost: Measure[Decimal]


def value_of_response(inherent: Decimal, residual: Decimal, cost: Decimal) -> ResponseValue:
    """Return what responding is worth, in one currency.

    net = (EMV inherent - EMV residual) - cost; the return divides it by the cost. Threats count
    positive, opportunities negative. A cost of 0: the return is n/a.

    Source: worked example WE-31.

    >>> value_of_response(Decimal(172), Decimal(-32), Decimal(95)).net
    Decimal('109')
    """
    net = inherent - residual - cost
    ratio: Measure[Decimal] = (
        Measure(net / cost) if cost else unknown("zero_denominator", "the response costs nothing")
    )
    return ResponseValue(net, ratio)


def proximity_rank(score: int, proximity: str | None) -> Decimal:
    """Return a score weighted by nearness, for sorting a list and for nothing else.

    rank = score x 1.5 imminent, 1.25 within a month, 1 within a quarter, 0.75 within a year,
    0.5 beyond. Unknown proximity counts as within a quarter. It never replaces the score.

    Source: domain convention of this toolkit.

    >>> proximity_rank(12, "imminent")
    Decimal('18.0')
    """
    return score * _NEARNESS.get(proximity or "", Decimal(1))


def capture_rate(issues: Iterable[Issue]) -> Measure[Decimal]:
    """Return the share of issues, 0..1, that had been on the register as a risk.

    rate = issues with `from_risk` / all issues. No issues: no_data.

    Source: domain convention of this toolkit.

    >>> capture_rate([]).code
    'no_data'
    """
    known = [issue.from_risk is not None for issue in issues]
    if not known:
        return unknown("no_data", "there is no issue")
    return Measure(Decimal(sum(known)) / len(known))
