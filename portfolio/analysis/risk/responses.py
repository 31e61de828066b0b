"""What the responses to one risk are worth."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.risk.exposure import residual_emv, risk_emv, value_of_response
from portfolio.measure.measure import Measure, unknown
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.model.risk import Risk


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
    now, left = risk_emv(risk), residual_emv(risk)
    if now.value is None:
        return unknown(now.code, now.reason)
    if left.value is None:
        return unknown(left.code, left.reason)
    costs = [response.cost for response in risk.responses if response.cost is not None]
    if not costs:
        return unknown("no_data", "no response states its cost")
    currency = now.value.currency
    if any(money.currency != currency for money in (left.value, *costs)):
        return unknown("no_data", "values and costs are in different currencies")
    sign = 1 if risk.kind_ == "threat" else -1
    spent = sum((cost.amount for cost in costs), Decimal(0))
    worth = value_of_response(sign * now.value.amount, sign * left.value.amount, spent)
    return Measure(Money(worth.net, currency))
