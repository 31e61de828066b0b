"""What a slip does to dates that the business sets: what should have been there before is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from portfolio.impact.effect import Effect
from portfolio.impact.freeze_windows import touched_by
from portfolio.impact.inputs import stated
from portfolio.impact.movement import accountable
from portfolio.impact.outcomes import Arrival, Reach, latest
from portfolio.measure.measure import unknown
from portfolio.model.operations.services import ChangeEvent
from portfolio.model.strategy import BusinessEvent


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
        yield Effect(
            event.id,
            event.kind,
            event.label,
            accountable(portfolio, event),
            f"not ready on {event.date_}",
            unknown("no_data", "nobody has priced it"),
            arrival.old,
            arrival.new,
            (f"{arrival.point} moves from {arrival.old} to {arrival.new}, {movable}",),
            reach.through(arrival, event.id),
            stated(event.id, event, "date", "movable"),
        )


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
