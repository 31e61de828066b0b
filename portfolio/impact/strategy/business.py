"""What waiting costs the business by the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from portfolio.impact.effect import Effect, Input
from portfolio.impact.inputs import stated
from portfolio.impact.movement import accountable
from portfolio.impact.outcomes import Arrival, Reach
from portfolio.impact.words import days_in_words, money_in_words
from portfolio.measure.measure import Measure, unknown
from portfolio.model.strategy import BusinessDependency, BusinessSensitivity
from portfolio.network.calendars import days_later
from portfolio.values import Money


def business_effects(reach: Reach) -> Iterator[Effect]:
    """Yield an effect for each thing in the business that waits for a moved milestone."""
    portfolio = reach.movement.portfolio
    for each in portfolio.all(BusinessDependency):
        arrival = reach.source(each.from_.id)
        if arrival is None or not arrival.moves:
            continue
        money, terms = _cost_of_waiting(reach, each, arrival)
        waits = portfolio.find(each.to)
        yield Effect(
            each.id,
            each.kind,
            each.description or each.id,
            accountable(portfolio, waits) if waits else "",
            f"{each.to} {days_in_words(arrival.old, arrival.new)}",
            money,
            arrival.old,
            arrival.new,
            terms,
            reach.through(arrival, each.id, each.to.id),
            () if each.sensitivity is None else _inputs(each, each.sensitivity),
        )


def _inputs(each: BusinessDependency, felt: BusinessSensitivity) -> tuple[Input, ...]:
    keys = ("per_day_cost", "days_to_impact", "threshold")
    return stated(each.id, felt, *keys, under="sensitivity")


def _cost_of_waiting(
    reach: Reach, each: BusinessDependency, arrival: Arrival
) -> tuple[Measure[Money], tuple[str, ...]]:
    """Return the daily cost × the calendar days beyond those that have no effect."""
    felt = each.sensitivity
    if felt is None or felt.per_day_cost is None:
        return unknown("no_data", "no cost of a day is stated"), ()
    source = reach.movement.portfolio.find(arrival.point)
    calendar = reach.movement.calendar_of(source.owner_id if source else None)
    unfelt = max(
        arrival.old + timedelta(days=felt.days_to_impact),
        days_later(arrival.old, felt.threshold, calendar) if felt.threshold.amount else arrival.old,
    )
    days = max(0, (arrival.new - unfelt).days)
    term = f"{days} days after {unfelt} at {money_in_words(felt.per_day_cost)}"
    return Measure(Money(-felt.per_day_cost.amount * days, felt.per_day_cost.currency)), (term,)
