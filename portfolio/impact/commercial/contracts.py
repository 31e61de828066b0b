"""What a slip does under contracts: damages, payments that move, promises that break."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from portfolio.analysis.commercial.liquidated_damages import (
    damages_rate,
    free_until,
    liquidated_damages,
)
from portfolio.impact.effect import Effect, Input, days_in_words, stated
from portfolio.impact.movement import accountable
from portfolio.impact.outcomes import Arrival, Reach, latest
from portfolio.measure.measure import Measure, unknown
from portfolio.measure.statistics import grouped
from portfolio.model.commercial.contracts import Contract, Damages
from portfolio.model.delivery.projects import Milestone, Project
from portfolio.record import Ref
from portfolio.values import Money


def contract_effects(reach: Reach) -> Iterator[Effect]:
    """Yield one effect for each contract that a moved milestone or project belongs to."""
    touched = _touched(reach)
    for contract in reach.movement.portfolio.all(Contract):
        priced = {c.milestone.id: c for c in contract.damages}
        points = dict.fromkeys([*priced, *touched.get(contract.id, ())])
        moved = [found for found in map(reach.source, points) if found and found.moves]
        arrival = latest(moved)
        if arrival is not None:
            yield _contract_effect(reach, contract, arrival)


def _touched(reach: Reach) -> Mapping[str, list[str]]:
    """Return the milestones and projects that move under each contract."""
    portfolio = reach.movement.portfolio
    milestones = (each for each in portfolio.all(Milestone) if each.id in reach.movement.by_id)
    points: tuple[Milestone | Project, ...] = (*milestones, *reach.moved_projects)
    return grouped((each.contract.id, each.id) for each in points if each.contract is not None)


def _contract_effect(reach: Reach, contract: Contract, arrival: Arrival) -> Effect:
    money, effect, terms = _damages(reach, contract)
    if not contract.damages:
        effect = f"{arrival.point} {days_in_words(arrival.old, arrival.new)}"
        money = unknown("no_data", "the contract states no damages")
    found = reach.effect(contract, arrival, effect, (money, terms, _inputs(reach, contract)))
    return found if found.owner else replace(found, owner=_project_owner(reach, arrival.point))


def _inputs(reach: Reach, contract: Contract) -> tuple[Input, ...]:
    """Return what the clauses of moved milestones say, and what they are counted from."""
    portfolio = reach.movement.portfolio
    found = list(stated(contract.id, contract, "value", "liability_cap"))
    for clause in contract.damages:
        arrival = reach.point(clause.milestone.id)
        if arrival is not None and arrival.moves:
            keys = ("rate", "of_value_pct", "per", "grace", "extension", "cap")
            found += stated(contract.id, clause, *keys, under="damages")
            milestone = portfolio.find(clause.milestone, Milestone)
            if milestone is not None:
                found += stated(
                    milestone.id, milestone, "deadline" if milestone.deadline else "baseline"
                )
    return tuple(found)


def _project_owner(reach: Reach, point: str) -> str:
    portfolio = reach.movement.portfolio
    entity = portfolio.find(point)
    return accountable(portfolio, entity) if entity is not None else ""


def _damages(reach: Reach, contract: Contract) -> tuple[Measure[Money], str, tuple[str, ...]]:
    """Return the damages that the slip adds over all clauses, in words, and how they come about."""
    before = after = Decimal(0)
    currency, terms, reason = "", [], ""
    for clause in contract.damages:
        arrival = reach.point(clause.milestone.id)
        if arrival is None or not arrival.moves:
            continue
        costs = _costs(reach, contract, clause, arrival)
        if costs.value is None:
            reason = costs.reason
            terms.append(f"{clause.milestone}: {costs.reason}")
            continue
        (old, new, currency), sentence = costs.value
        before, after = before + old, after + new
        terms.append(sentence)
    if reason:
        return unknown("no_data", reason), "damages, not computable", tuple(terms)
    if contract.liability_cap is not None and contract.liability_cap.amount < after:
        before, after = (min(each, contract.liability_cap.amount) for each in (before, after))
        terms.append(f"liability is capped at {contract.liability_cap.in_words()}")
    otherwise = contract.value.currency if contract.value else contract.currency or ""
    added = Money(before - after, currency or otherwise)
    if not contract.is_sale and added.amount:
        claim = Money(-added.amount, added.currency).in_words()
        why = f"up to {claim} can be claimed, where the delay is the supplier's"
        return unknown("no_data", why), "claim on the supplier", tuple(terms)
    return Measure(added), "damages" if added.amount else "late, no damages yet", tuple(terms)


def _costs(
    reach: Reach, contract: Contract, clause: Damages, arrival: Arrival
) -> Measure[tuple[tuple[Decimal, Decimal, str], str]]:
    """Return the damages of one clause before and after, with the sentence that explains them."""
    milestone = reach.movement.portfolio.find(clause.milestone, Milestone)
    rate = damages_rate(contract, clause)
    if rate.value is None:
        return unknown("no_data", rate.reason)
    agreed = agreed_date(milestone) if milestone else None
    if milestone is None or agreed is None:
        return unknown("no_data", f"{clause.milestone} has no baseline to count from")
    cap = clause.cap.amount if clause.cap else None
    calendar = reach.movement.calendar_of(milestone.project)
    free, amount = free_until(clause, agreed, calendar), rate.value.amount

    def cost(day: date) -> Decimal:
        return liquidated_damages((day - free).days, amount, clause.per, cap)

    before, after = cost(arrival.old), cost(arrival.new)
    each = f"{rate.value.in_words()} per {clause.per.replace('_', ' ')}"
    late = max(0, (arrival.new - free).days)
    capped = f", capped at {clause.cap.in_words()}" if clause.cap and cap == after else ""
    sentence = (
        f"{milestone.id} {arrival.new}, free until {free}: {late} days at {each}{capped}, "
        f"{after:,.0f} instead of {before:,.0f}"
    )
    return Measure(((before, after, rate.value.currency), sentence))


def agreed_date(milestone: Milestone) -> date | None:
    """Return the day that a contract counts from: the last acceptable one, else the approved."""
    return milestone.deadline or milestone.baseline


def promises_to(reach: Reach) -> Mapping[str, list[tuple[Milestone, Arrival]]]:
    """Return the moved milestones that each customer was promised, through contract or project."""
    portfolio = reach.movement.portfolio
    promised = {
        clause.milestone.id: contract
        for contract in portfolio.all(Contract)
        for clause in contract.damages
    }
    found: dict[str, list[tuple[Milestone, Arrival]]] = defaultdict(list)
    for milestone in portfolio.all(Milestone):
        if milestone.id not in reach.movement.by_id:
            continue
        arrival = reach.point(milestone.id)
        contract = promised.get(milestone.id) or portfolio.find(milestone.contract, Contract)
        outward = milestone.type in {"contractual", "external", "go_live", "payment"}
        customer = contract.customer if contract else None
        if customer is None and outward:
            project = portfolio.find(milestone.project, Project)
            customer = customer_of(reach, project) if project else None
        if arrival is not None and arrival.moves and customer is not None:
            found[customer.id].append((milestone, arrival))
    return found


def customer_of(reach: Reach, project: Project) -> Ref | None:
    """Return whom a project is for: its customer, else that of its contract."""
    contract = reach.movement.portfolio.find(project.contract, Contract)
    return project.customer or (contract.customer if contract else None)
