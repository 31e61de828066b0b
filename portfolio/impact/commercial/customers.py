"""What a slip does to customers: promises that break, services and projects that they wait for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.contract_renewal import notice_dates
from portfolio.impact.commercial.contracts import agreed_date, customer_of, promises_to
from portfolio.impact.effect import Effect, Input, days_in_words, stated
from portfolio.impact.operations.services import service_arrivals
from portfolio.impact.outcomes import Arrival, Reach, latest
from portfolio.measure.measure import Measure, unknown
from portfolio.measure.statistics import grouped
from portfolio.model.commercial.contracts import Contract, Customer
from portfolio.model.commercial.customers import Touchpoint
from portfolio.model.delivery.projects import Milestone
from portfolio.model.operations.services import Service
from portfolio.network.calendars import named_calendar
from portfolio.values import Money

if TYPE_CHECKING:
    from datetime import date


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
        served = customer_of(reach, project)
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
    worth = _worth([milestone for milestone, _ in waiting.promises])
    if worth:
        terms.append(worth)
    terms.extend(_met_meanwhile(reach, customer, arrival))
    if others:
        terms.append(f"waits for {', '.join(others)}")
    via = next((name for each, name in waiting.others if each.point == arrival.point), "")
    steps = [via] if via and not arrivals and via != arrival.point else []
    elsewhere: Measure[Money] = unknown(
        "no_data", "money is counted under contracts and business dependencies"
    )
    cost = (elsewhere, tuple(terms), tuple(_inputs(waiting)))
    return reach.effect(customer, arrival, effect, cost, *steps)


def _inputs(waiting: _Waiting) -> Iterator[Input]:
    for milestone, _ in waiting.promises:
        agreed = "deadline" if milestone.deadline else "baseline"
        yield from stated(milestone.id, milestone, agreed, "amount")


def _worth(promised: Sequence[Milestone]) -> str:
    """Return in words what the promised dates that move are worth, as far as they say."""
    amounts = (each.amount for each in promised if each.amount is not None)
    sums = grouped((money.currency, money.amount) for money in amounts)
    found = " and ".join(
        Money(sum(each, Decimal(0)), name).in_words() for name, each in sums.items()
    )
    return f"{found} fall due with them" if found else ""


def _met_meanwhile(reach: Reach, customer: Customer, arrival: Arrival) -> Iterator[str]:
    """Yield the reviews and notice dates inside the delay: there it will be talked about."""
    portfolio = reach.movement.portfolio
    begin = max(arrival.old, portfolio.as_of)

    def inside(day: date) -> bool:
        return begin < day <= arrival.new

    for meeting in portfolio.all(Touchpoint):
        if meeting.customer.id == customer.id and inside(meeting.date_):
            name = (meeting.kind_ or "meeting").replace("_", " ")
            yield f"the {name} of {meeting.date_} falls into the delay"
    for contract in portfolio.all(Contract):
        if contract.customer is not None and contract.customer.id == customer.id:
            dates = notice_dates(contract, portfolio.as_of, named_calendar(portfolio))
            if dates.value is not None and inside(dates.value.deadline):
                yield f"notice for {contract.id} can be given until {dates.value.deadline}"
            elif contract.end is not None and inside(contract.end):
                yield f"{contract.id} ends on {contract.end}"


def _breaks(milestone: Milestone, at: Arrival) -> bool:
    """Tell whether a date that held before the slip is passed after it."""
    promised = agreed_date(milestone)
    return promised is not None and at.old <= promised < at.new


def _promise(milestone: Milestone, at: Arrival) -> str:
    agreed = agreed_date(milestone)
    promised = f" promised for {agreed}," if agreed else ""
    return f"{milestone.id}{promised} was expected on {at.old}, now {at.new}"
