"""The health of an account: what is known of it, weighted, with how much is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from portfolio.analysis.commercial.satisfaction import (
    Opinion,
    newest_opinion,
    projects_for,
    survey_result,
    surveys_of,
)
from portfolio.analysis.delivery.predictability import milestone_hit_rate
from portfolio.analysis.service.service_performance import is_missed, measured_values
from portfolio.measure.measure import Measure, share, unknown
from portfolio.measure.statistics import is_surely_below
from portfolio.model.commercial.contracts import Contract, Invoice
from portfolio.model.commercial.customers import Touchpoint
from portfolio.model.delivery.projects import Milestone
from portfolio.model.index import per_portfolio
from portfolio.model.operations.services import Service
from portfolio.model.service import Sla

if TYPE_CHECKING:
    from portfolio.model.commercial.contracts import Customer
    from portfolio.settings import Band
    from portfolio.values import Period
    from portfolio.view.view import View

HealthColour = Literal["green", "amber", "red", "grey"]
ENOUGH_COVERAGE = Decimal("0.6")
"""With less of the weights known, the account is grey."""
_YEAR = timedelta(days=365)
_REVIEW = timedelta(days=90)
_FULL = Decimal(100)
_REVIEWS = frozenset({"service_review", "steering"})


@dataclass(frozen=True, slots=True)
class HealthPart:
    """One part of account health: its weight, its points 0..100, and what they rest on."""

    name: str
    weight: int
    points: Measure[Decimal]
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class AccountHealth:
    """The points of an account, 0..100, how much of the weights is known, 0..1, and the colour."""

    parts: tuple[HealthPart, ...]
    coverage: Decimal
    points: Measure[Decimal]
    colour: HealthColour


def account_health(portfolio: View, customer: Customer) -> AccountHealth:
    """Return the health of an account from what customers say, get, pay and hear.

    points = sum of weight x points of the parts known / sum of their weights; coverage = weights
    known / 100. Weights: satisfaction 30 (CSAT, else the NPS moved to 0..100), delivery 25
    (milestones on time in twelve months), service 20 (levels kept in twelve months), commercial 15
    (billed in twelve months and neither overdue nor disputed), engagement 10 (a review in 90
    days). Coverage below 60 %: grey. Nothing known: no_data.

    Source: domain A9; weighting of what is known as in worked example WE-58.
    """
    parts = (
        _satisfaction(portfolio, customer),
        _delivery(portfolio, customer),
        _service(portfolio, customer),
        _commercial(portfolio, customer),
        _engagement(portfolio, customer),
    )
    return weighted_health(parts, portfolio.settings.thresholds.account_health)


def weighted_health(parts: tuple[HealthPart, ...], band: Band) -> AccountHealth:
    """Return the weighted points of the parts that are known, coverage and colour."""
    known = [(each.weight, each.points.value) for each in parts if each.points.value is not None]
    weight = Decimal(sum(each for each, _ in known))
    coverage = weight / sum(each.weight for each in parts)
    if not known:
        return AccountHealth(parts, coverage, unknown("no_data", "nothing is measured"), "grey")
    points = sum((each * value for each, value in known), Decimal(0)) / weight
    colour: HealthColour = "amber" if points >= band.amber * _FULL else "red"
    if points >= band.green * _FULL:
        colour = "green"
    if coverage < ENOUGH_COVERAGE:
        colour = "grey"
    return AccountHealth(parts, coverage, Measure(points), colour)


def _satisfaction(portfolio: View, customer: Customer) -> HealthPart:
    opinion = newest_opinion(portfolio, customer)
    if opinion.value is not None:
        figures = opinion.value.figures
        points = _FULL * Decimal(str(figures.share))
        words = f"{figures.share:.0%} satisfied, {figures.count} answers"
        return HealthPart("Satisfaction", 30, Measure(points), words)
    asked = [each for each in surveys_of(portfolio, customer) if each.type == "nps"]
    results = [result for each in asked if (result := survey_result(portfolio, each).value)]
    if not results:
        return HealthPart("Satisfaction", 30, unknown(opinion.code, opinion.reason))
    newest = max(results, key=lambda result: result.on)
    points = (Decimal(str(newest.value)) + _FULL) / 2
    words = f"NPS {newest.value:+.0f}, {newest.count} answers"
    return HealthPart("Satisfaction", 30, Measure(points), words)


def _delivery(portfolio: View, customer: Customer) -> HealthPart:
    since = portfolio.as_of - _YEAR
    due = [
        (each.baseline, each.actual)
        for project in projects_for(portfolio, customer)
        for each in portfolio.related(project, Milestone, "project")
        if each.baseline is not None and since <= each.baseline <= portfolio.as_of
    ]
    rate = milestone_hit_rate(due)
    words = f"{sum(a is not None and a <= b for b, a in due)} of {len(due)} milestones on time"
    return _share("Delivery", 25, rate, words)


def _service(portfolio: View, customer: Customer) -> HealthPart:
    since = portfolio.as_of - _YEAR
    kept = [
        not is_missed(level, value)
        for level in levels_for(portfolio, customer)
        for period, value in measured_values(portfolio, level)
        if period.start > since
    ]
    rate = share(kept, "no service level was measured")
    return _share("Service", 20, rate, f"{sum(kept)} of {len(kept)} levels kept")


def _commercial(portfolio: View, customer: Customer) -> HealthPart:
    since = portfolio.as_of - _YEAR
    billed = bad = Decimal(0)
    currencies: set[str] = set()
    for contract in portfolio.related(customer, Contract, "customer"):
        for invoice in portfolio.related(contract, Invoice, "contract"):
            if invoice.issued is None or not since < invoice.issued <= portfolio.as_of:
                continue
            currencies.add(invoice.amount.currency)
            billed += invoice.amount.amount
            late = invoice.due is not None and invoice.due < portfolio.as_of
            if invoice.paid_on is None and (invoice.disputed or late):
                bad += invoice.amount.amount
    if billed <= 0 or len(currencies) > 1:
        why = "bills in several currencies" if len(currencies) > 1 else "nothing was billed"
        return HealthPart("Commercial", 15, unknown("no_data", why))
    share = max(Decimal(0), 1 - max(Decimal(0), bad) / billed)
    words = f"{bad:,.0f} of {billed:,.0f} {currencies.pop()} overdue or disputed"
    return _share("Commercial", 15, Measure(share), words)


def _engagement(portfolio: View, customer: Customer) -> HealthPart:
    met = [
        each.date_
        for each in portfolio.related(customer, Touchpoint, "customer")
        if each.date_ <= portfolio.as_of and each.kind_ in _REVIEWS
    ]
    if not met and not portfolio.all(Touchpoint):
        return HealthPart("Engagement", 10, unknown("no_data", "meetings are not written down"))
    last = max(met, default=None)
    is_recent = last is not None and portfolio.as_of - last <= _REVIEW
    words = f"last review on {last}" if last is not None else "no review was held"
    return _share("Engagement", 10, Measure(Decimal(is_recent)), words)


def _share(name: str, weight: int, share: Measure[Decimal], words: str) -> HealthPart:
    points = share.map(lambda known: known * _FULL)
    return HealthPart(name, weight, points, words if points.is_known else "")


@dataclass(frozen=True, slots=True)
class Watermelon:
    """Green outside, red inside: levels kept with the value of each, and the opinion behind."""

    opinion: Opinion
    kept: tuple[tuple[Sla, Period, Decimal], ...]


def watermelon(portfolio: View, customer: Customer) -> Measure[Watermelon]:
    """Return the levels that were all kept although the customer is surely not satisfied.

    Surely: the whole 95 % interval of the satisfied share lies below the amber edge. Levels count
    with their newest value until the day of the opinion. No opinion: its reason. None measured:
    no_data. No gap between the two: finished, there is nothing to see.

    Source: domain A9, watermelon gap; logic of worked example WE-62.
    """

    def gap(opinion: Opinion) -> Measure[Watermelon]:
        newest = [
            (level, *values[-1])
            for level in levels_for(portfolio, customer)
            if (
                values := [v for v in measured_values(portfolio, level) if v[0].start <= opinion.on]
            )
        ]
        if not newest:
            return unknown("no_data", "no service level was measured")
        amber = float(portfolio.settings.thresholds.satisfaction.amber)
        is_happy = not is_surely_below(opinion.figures.interval, amber)
        if is_happy or any(is_missed(level, value) for level, _, value in newest):
            return unknown(
                "finished", "service levels and satisfaction do not contradict each other"
            )
        return Measure(Watermelon(opinion, tuple(newest)))

    return newest_opinion(portfolio, customer).then(gap)


def levels_for(portfolio: View, customer: Customer) -> tuple[Sla, ...]:
    """Return the service levels that a customer was promised, by contract or as a user."""
    return _levels_by_customer(portfolio).get(customer.id, ())


@per_portfolio
def _levels_by_customer(portfolio: View) -> Mapping[str, tuple[Sla, ...]]:
    found: dict[str, list[Sla]] = defaultdict(list)
    for level in portfolio.all(Sla):
        contract = portfolio.find(level.contract, Contract)
        service = portfolio.find(level.service, Service)
        users = service.customers if service is not None else ()
        if contract is not None:
            users = (contract.customer,) if contract.customer is not None else ()
        for user in dict.fromkeys(each.id for each in users):
            found[user].append(level)
    return {customer: tuple(levels) for customer, levels in found.items()}
