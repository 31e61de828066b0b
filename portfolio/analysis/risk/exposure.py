"""Risk in figures: scores, bands, expected values, and what responses are worth."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.measure.measure import Measure, Total, every, given, ratio, share, total, unknown
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portfolio.model.risk import Issue, Risk, ThreePointMoney


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
    return given(risk.residual, "no residual is stated").then(
        lambda left: _emv(left.probability, left.impact_cost or risk.impact_cost)
    )


def _emv(probability: Decimal | None, impact: ThreePointMoney | None) -> Measure[Money]:
    if probability is None or impact is None:
        return unknown("no_data", "not quantified")
    low, likely, high = impact.points
    value = expected_monetary_value(probability, low.amount, likely.amount, high.amount)
    return Measure(Money(value, likely.currency))


def exposure(risks: Iterable[Risk], currency: str) -> Measure[Total]:
    """Return the summed expected monetary value of risks, in one currency.

    exposure = sum of EMV over quantified risks. Pass threats and opportunities apart: they are
    never netted. Risks without figures, or in another currency, are named and not imputed.
    None quantified: no_data.

    Source: worked example WE-31.

    >>> exposure([], "GBP").code
    'no_data'
    """
    return total({risk.id: risk_emv(risk) for risk in risks}, currency, "no risk is quantified")


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
    return ResponseValue(net, ratio(net, cost, "the response costs nothing"))


def capture_rate(issues: Iterable[Issue]) -> Measure[Decimal]:
    """Return the share of issues, 0..1, that had been on the register as a risk.

    rate = issues with `from_risk` / all issues. No issues: no_data.

    Source: domain convention of this toolkit.

    >>> capture_rate([]).code
    'no_data'
    """
    known = [issue.from_risk is not None for issue in issues]
    return share(known, "there is no issue")


def response_value(risk: Risk) -> Measure[Money]:
    """Return what the responses of a risk are worth, by `value_of_response`.

    From the expected value now to the residual one, less what all responses cost; an opportunity
    is worth what it gains. Not quantified, or no response with a cost: no_data. Responses that
    cost in another currency: no_data.

    Source: worked example WE-31.

    >>> from portfolio.model.risk import Risk
    >>> response_value(Risk(id="late", event="late")).reason
    'not quantified'
    """

    def worth(found: tuple[Money, ...]) -> Measure[Money]:
        now, left = found
        costs = [response.cost for response in risk.responses if response.cost is not None]
        if not costs:
            return unknown("no_data", "no response states its cost")
        if any(money.currency != now.currency for money in (left, *costs)):
            return unknown("no_data", "values and costs are in different currencies")
        sign = 1 if risk.kind_ == "threat" else -1
        spent = sum((cost.amount for cost in costs), Decimal(0))
        net = value_of_response(sign * now.amount, sign * left.amount, spent).net
        return Measure(Money(net, now.currency))

    return every((risk_emv(risk), residual_emv(risk))).then(worth)
