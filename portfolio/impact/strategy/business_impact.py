"""What a slip does to dates that the business sets: what should have been there before is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from portfolio.calendar import days_after
from portfolio.impact.effect import Effect, Input, days_in_words, stated
from portfolio.impact.freeze_windows import touched_by
from portfolio.impact.movement import accountable
from portfolio.impact.outcomes import Arrival, Reach, latest
from portfolio.measure.measure import Measure, unknown
from portfolio.model.operations.services import ChangeEvent
from portfolio.model.strategy import BusinessDependency, BusinessEvent, BusinessSensitivity
from portfolio.network.calendars import days_later
from portfolio.values import Money


def event_effects(reach: Reach) -> Iterator[Effect]:
    """Yield an effect for each business event that a delivery newly comes after."""
    portfolio = reach.movement.portfolio
    events = [each for each in portfolio.all(BusinessEvent) if each.date_ >= portfolio.as_of]
    arrivals = _arrivals(reach) if events else {}
    for event in events:
        late = [
            arrival
            for thing in event.affects
            for arrival in arrivals.get(thing.id, ())
            if arrival.old <= event.date_ < arrival.new
        ]
        arrival = latest(late)
        if arrival is None:
            continue
        movable = "its date can be negotiated" if event.movable else "its date is fixed"
        term = f"{arrival.point} moves from {arrival.old} to {arrival.new}, {movable}"
        unpriced: Measure[Money] = unknown("no_data", "nobody has priced it")
        cost = (unpriced, (term,), stated(event.id, event, "date", "movable"))
        yield reach.effect(event, arrival, f"not ready on {event.date_}", cost)


def _arrivals(reach: Reach) -> Mapping[str, list[Arrival]]:
    """Return when deliveries arrive at each service, business unit and contract they change."""
    portfolio = reach.movement.portfolio
    found: dict[str, list[Arrival]] = defaultdict(list)
    things = touched_by(portfolio)
    for project in reach.moved_projects:
        contract = {project.contract.id} if project.contract is not None else set()
        arrival = reach.project(project.id)
        if arrival is not None:
            for thing in things[project.id] | contract:
                found[thing].append(arrival)
    for event in portfolio.all(ChangeEvent):
        arrival = reach.point(event.milestone.id) if event.milestone is not None else None
        if event.milestone is not None and arrival is not None and arrival.moves:
            for thing in things[event.milestone.id]:
                found[thing].append(arrival)
    return found


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
        days_after(arrival.old, felt.days_to_impact),
        days_later(arrival.old, felt.threshold, calendar) if felt.threshold.amount else arrival.old,
    )
    days = max(0, (arrival.new - unfelt).days)
    term = f"{days} days after {unfelt} at {felt.per_day_cost.in_words()}"
    return Measure(Money(-felt.per_day_cost.amount * days, felt.per_day_cost.currency)), (term,)
