"""What a slip does to those who use what a project brings: services and customers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from portfolio.analysis.measure import unknown
from portfolio.impact.contracts import agreed_date, promises_to
from portfolio.impact.effect import Effect
from portfolio.impact.movement import accountable
from portfolio.impact.reach import Arrival, Reach, latest
from portfolio.impact.words import days_in_words
from portfolio.model.commercial import Contract, Customer
from portfolio.model.delivery import Milestone
from portfolio.model.operations import ChangeEvent, Service
from portfolio.model.strategy import BusinessDependency


def service_arrivals(reach: Reach) -> Mapping[str, Arrival]:
    """Return when each service gets what it waits for, where the slip moves that."""
    portfolio = reach.movement.portfolio
    found: dict[str, list[Arrival | None]] = defaultdict(list)
    for project in reach.moved_projects:
        for service in project.services:
            found[service.id].append(reach.project(project.id))
    for event in portfolio.all(ChangeEvent):
        source = event.milestone or event.project
        arrival = reach.source(source.id) if source else None
        for service in event.services if event.status in {"planned", "approved"} else ():
            found[service.id].append(arrival)
    last = {id_: latest(arrivals) for id_, arrivals in found.items()}
    return {id_: arrival for id_, arrival in last.items() if arrival and arrival.moves}


def service_effects(reach: Reach) -> Iterator[Effect]:
    """Yield an effect for each service whose go-live moves."""
    portfolio = reach.movement.portfolio
    priced = {each.to.id for each in portfolio.all(BusinessDependency)}
    for id_, arrival in service_arrivals(reach).items():
        service = portfolio.find(id_, Service)
        if service is not None:
            counted = (
                "money is counted under business dependencies"
                if id_ in priced
                else "nobody has priced it"
            )
            yield Effect(
                service.id,
                service.kind,
                service.label,
                accountable(portfolio, service),
                f"go-live {days_in_words(arrival.old, arrival.new)}",
                unknown("no_data", counted),
                arrival.old,
                arrival.new,
                (f"{arrival.point} moves from {arrival.old} to {arrival.new}",),
                reach.through(arrival, service.id),
            )


@dataclass(slots=True)
class _Waiting:
    """Why a customer waits, as it is gathered."""

    promises: Sequence[tuple[Milestone, Arrival]] = ()
    others: list[tuple[Arrival, str]] = field(default_factory=list)


def customer_effects(reach: Reach) -> Iterator[Effect]:
    """Yield an effect for each customer: promises that break, services and projects that wait."""
    portfolio = reach.movement.portfolio
    waiting: dict[str, _Waiting] = defaultdict(_Waiting)
    for id_, promises in promises_to(reach).items():
        waiting[id_].promises = promises
    for project in reach.moved_projects:
        contract = portfolio.find(project.contract, Contract)
        served = project.customer or (contract.customer if contract else None)
        arrival = reach.project(project.id)
        if served is not None and arrival is not None:
            waiting[served.id].others.append((arrival, project.id))
    for id_, at in service_arrivals(reach).items():
        service = portfolio.find(id_, Service)
        for user in service.customers if service else ():
            waiting[user.id].others.append((at, id_))
    for customer in portfolio.all(Customer):
        if customer.id in waiting:
            yield _customer_effect(reach, customer, waiting[customer.id])


def _customer_effect(reach: Reach, customer: Customer, waiting: _Waiting) -> Effect:
    arrivals = [arrival for _, arrival in waiting.promises]
    arrival = latest(arrivals or [arrival for arrival, _ in waiting.others])
    assert arrival is not None, "a customer is only reached by something that moves"  # noqa: S101
    broken = [milestone for milestone, at in waiting.promises if _breaks(milestone, at)]
    others = dict.fromkeys(name for _, name in waiting.others)
    if broken:
        count = len(broken)
        effect = f"{count} {'promise' if count == 1 else 'promises'} newly broken"
    elif waiting.promises:
        effect = f"promise {days_in_words(arrival.old, arrival.new)}"
    else:
        effect = f"served {days_in_words(arrival.old, arrival.new)}"
    terms = [_promise(milestone, at) for milestone, at in waiting.promises]
    if others:
        terms.append(f"waits for {', '.join(others)}")
    via = next((name for each, name in waiting.others if each.point == arrival.point), "")
    steps = [via] if via and not arrivals and via != arrival.point else []
    return Effect(
        customer.id,
        customer.kind,
        customer.label,
        accountable(reach.movement.portfolio, customer),
        effect,
        unknown("no_data", "money is counted under contracts and business dependencies"),
        arrival.old,
        arrival.new,
        tuple(terms),
        reach.through(arrival, *steps, customer.id),
    )


def _breaks(milestone: Milestone, at: Arrival) -> bool:
    """Tell whether a date that held before the slip is passed after it."""
    promised = agreed_date(milestone)
    return promised is not None and at.old <= promised < at.new


def _promise(milestone: Milestone, at: Arrival) -> str:
    agreed = agreed_date(milestone)
    promised = f" promised for {agreed}," if agreed else ""
    return f"{milestone.id}{promised} was expected on {at.old}, now {at.new}"
