"""What a slip does to cash: payments that move, and what waiting for them costs."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.analysis.finance.expenditure import fiscal_year_begin
from portfolio.analysis.finance.investment_appraisal import DAYS_PER_YEAR, financing_cost
from portfolio.impact.effect import Effect, stated
from portfolio.impact.outcomes import Arrival, Reach
from portfolio.measure.measure import Measure, unknown
from portfolio.model.commercial.contracts import Contract
from portfolio.model.delivery.projects import Milestone
from portfolio.settings import Organisation
from portfolio.values import Money


def payment_effects(reach: Reach) -> Iterator[Effect]:
    """Yield an effect for each payment that a moved milestone releases."""
    portfolio = reach.movement.portfolio
    organisation = portfolio.settings.organisation
    for milestone in portfolio.all(Milestone):
        if milestone.type != "payment" and milestone.amount is None:
            continue
        arrival = reach.point(milestone.id)
        if arrival is None or not arrival.moves:
            continue
        moves = f"{arrival.old:%Y-%m}" != f"{arrival.new:%Y-%m}"
        money, terms = _price(reach, milestone, arrival, organisation)
        said = f"payment moves to {arrival.new:%Y-%m}" if moves else "payment later"
        inputs = (
            *stated(milestone.id, milestone, "amount"),
            *stated("organisation", organisation, "financing_rate_pct"),
        )
        cost = (money, (_where(milestone, arrival, organisation), *terms), inputs)
        yield reach.effect(milestone, arrival, said, cost)


def _where(milestone: Milestone, arrival: Arrival, organisation: Organisation) -> str:
    """Return which period, and which financial year, an amount leaves and arrives in."""
    amount = milestone.amount.in_words() if milestone.amount else "a payment"
    old, new = f"{arrival.old:%Y-%m}", f"{arrival.new:%Y-%m}"
    where = f"{amount} stays in {old}" if old == new else f"{amount} moves from {old} to {new}"
    begin = organisation.fiscal_year_start
    crosses = fiscal_year_begin(begin, arrival.old) != fiscal_year_begin(begin, arrival.new)
    return f"{where}, across a year end" if crosses else where


def _price(
    reach: Reach, milestone: Milestone, arrival: Arrival, organisation: Organisation
) -> tuple[Measure[Money], tuple[str, ...]]:
    """Return amount × rate × days / 365 for what a customer pays later."""
    contract = reach.movement.portfolio.find(milestone.contract, Contract)
    if contract is not None and not contract.is_sale:
        return unknown("no_data", "we pay later, the supplier waits"), ()
    if milestone.amount is None:
        return unknown("no_data", "the milestone states no amount"), ()
    rate = organisation.financing_rate_pct
    if rate is None:
        return unknown("no_data", "later, not lost; no organisation.financing_rate_pct"), ()
    days = (arrival.new - arrival.old).days
    cost = financing_cost(milestone.amount.amount, rate / 100, days)
    term = f"{milestone.amount.in_words()} × {rate:f} % a year × {days} / {DAYS_PER_YEAR} days"
    return Measure(Money(-cost, milestone.amount.currency)), (term,)
