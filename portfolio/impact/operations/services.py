"""What a slip does to services: a later go-live, an old service kept longer, credits that go on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.service_credits import joint_credit, level_credit, monthly_fee
from portfolio.analysis.finance.investment_appraisal import DAYS_PER_YEAR
from portfolio.analysis.service.service_performance import measured_values
from portfolio.impact.effect import Effect, Input, days_in_words, stated
from portfolio.impact.outcomes import Arrival, Cost, Reach, moving
from portfolio.measure.measure import Measure, unknown
from portfolio.model.commercial.contracts import Contract
from portfolio.model.operations.services import ChangeEvent, RunCost, Service
from portfolio.model.service import Sla
from portfolio.model.strategy import BusinessDependency
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.view.view import View

_MONTHS = 12
_REPAIRS = {"protects", "enables", "complies"}


def service_arrivals(reach: Reach) -> Mapping[str, Arrival]:
    """Return when each service gets what it waits for, where the slip moves that."""
    return moving(_arrivals(reach))


def _arrivals(reach: Reach) -> Iterator[tuple[str, Arrival | None]]:
    portfolio = reach.movement.portfolio
    for project in reach.moved_projects:
        for service in project.services:
            yield service.id, reach.project(project.id)
    for event in portfolio.all(ChangeEvent):
        source = event.milestone or event.project
        for service in event.services if event.status in {"planned", "approved"} else ():
            yield service.id, reach.source(source.id) if source else None
    for each in portfolio.all(BusinessDependency):
        if portfolio.find(each.to, Service) is not None:
            yield each.to.id, reach.source(each.from_.id)


def service_effects(reach: Reach) -> Iterator[Effect]:
    """Yield an effect for each service whose go-live, or whose end, moves."""
    portfolio = reach.movement.portfolio
    priced = {
        each.to.id
        for each in portfolio.all(BusinessDependency)
        if each.sensitivity is not None and each.sensitivity.per_day_cost is not None
    }
    for id_, arrival in service_arrivals(reach).items():
        service = portfolio.find(id_, Service)
        if service is not None:
            money, terms, inputs = _cost(portfolio, service, arrival, priced=id_ in priced)
            ends = service.status == "retiring"
            said = f"{'runs on' if ends else 'go-live'} {days_in_words(arrival.old, arrival.new)}"
            moved = f"{arrival.point} moves from {arrival.old} to {arrival.new}"
            yield reach.effect(service, arrival, said, (money, (moved, *terms), inputs))


def _cost(portfolio: View, service: Service, arrival: Arrival, *, priced: bool) -> Cost:
    """Return what a service costs longer: its running, or the credits for what it still misses."""
    if priced:
        return unknown("no_data", "money is counted under business dependencies"), (), ()
    if service.status == "retiring":
        return _dual_running(portfolio, service, arrival)
    return _credits(portfolio, service, arrival)


def _dual_running(portfolio: View, service: Service, arrival: Arrival) -> Cost:
    """Return run cost a month × 12 × days / 365 of a service that should have been retired."""
    started = [
        each
        for each in portfolio.all(RunCost)
        if each.service.id == service.id and each.from_.start <= arrival.new
    ]
    newest = max(started, key=lambda each: each.from_.start, default=None)
    monthly = newest.monthly if newest else service.run_cost_per_month
    if monthly is None:
        return unknown("no_data", "nobody has said what it costs to run"), (), ()
    term = f"two services run side by side: {monthly.in_words()} a month"
    inputs = (
        stated(newest.id, newest, "monthly")
        if newest
        else stated(service.id, service, "run_cost_per_month")
    )
    return _for_days(monthly, arrival, term, inputs)


def _credits(portfolio: View, service: Service, arrival: Arrival) -> Cost:
    """Return the credits that go on because the repair of a missed level comes later.

    Only levels that the last measurement missed, of a service that something protects, enables or
    brings into compliance; each contract's credits are summed.
    """
    repaired = any(
        each.to.id == service.id and each.nature in _REPAIRS
        for each in portfolio.all(BusinessDependency)
    )
    terms: list[str] = []
    inputs: list[Input] = []
    given, currency = Decimal(0), ""
    for contract in portfolio.all(Contract) if repaired else ():
        fee = monthly_fee(contract)
        missed = list(_missed(portfolio, service, contract))
        percent = joint_credit((level, share) for level, share, _ in missed)
        if fee is None or not contract.is_sale or not percent:
            continue
        currency = fee.currency
        given += fee.amount * percent / 100
        reached = ", ".join(words for _, _, words in missed)
        terms.append(
            f"{reached}: {percent:f} % of {fee.in_words()} a month is given back until it is "
            "repaired"
        )
        for level, _, _ in missed:
            inputs += stated(level.id, level, "target")
        inputs += stated(contract.id, contract, "value")
    if not terms:
        return unknown("no_data", "nobody has priced it"), (), ()
    return _for_days(Money(given, currency), arrival, "; ".join(terms), tuple(inputs))


def _missed(
    portfolio: View, service: Service, contract: Contract
) -> Iterator[tuple[Sla, Decimal, str]]:
    """Yield the levels of a service that a contract pays for and that were missed last."""
    for level in portfolio.related(contract, Sla, "contract"):
        values = measured_values(portfolio, level) if level.service.id == service.id else []
        percent = level_credit(level, values[-1][1]) if values else Decimal(0)
        if percent:
            yield level, percent, f"{level.id} reached {values[-1][1]:f} in {values[-1][0]}"


def _for_days(monthly: Money, arrival: Arrival, term: str, inputs: tuple[Input, ...]) -> Cost:
    days = (arrival.new - arrival.old).days
    cost = monthly.amount * _MONTHS * days / DAYS_PER_YEAR
    term = f"{term} × {_MONTHS} × {days} / {DAYS_PER_YEAR} days"
    return Measure(Money(-cost, monthly.currency)), (term,), inputs
