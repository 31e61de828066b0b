"""The days that people keep in a calendar: notice, milestones, gates, decisions, obligations."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.contract_renewal import renewal_calendar
from portfolio.analysis.commercial.liquidated_damages import milestone_day
from portfolio.impact.movement import accountable
from portfolio.model.commercial.contracts import Contract, Obligation
from portfolio.model.delivery.projects import Milestone, Project
from portfolio.model.governance import Decision, Gate

if TYPE_CHECKING:
    from portfolio.analysis.commercial.contract_renewal import RenewalStep
    from portfolio.model.entity import Entity
    from portfolio.view.view import View

NOTICE_ALARMS = (30, 14, 1)
DUE_ALARMS = (14, 1)
GATE_ALARMS = (14,)
MILESTONE_ALARMS = (7,)


@dataclass(frozen=True, slots=True)
class DatedEntry:
    """One day to keep in mind: what, of which entity, and how many days before to remind.

    ``aspect`` tells apart the days of one entity. ``is_off`` says that nobody needs the day any
    more: a calendar that already holds it can drop it.
    """

    entity: Entity
    aspect: str
    day: date
    title: str
    facts: tuple[str, ...]
    alarms: tuple[int, ...] = ()
    is_off: bool = False


def dated_entries(portfolio: View, ids: Collection[str]) -> tuple[DatedEntry, ...]:
    """Return the days of the entities with these ids, in the order of the calendar."""
    found = (
        *_renewals(portfolio, ids),
        *_obligations(portfolio, ids),
        *_steps(portfolio, ids),
        *_decisions(portfolio, ids),
    )
    return tuple(sorted(found, key=lambda each: (each.day, each.entity.id, each.aspect)))


def _renewals(portfolio: View, ids: Collection[str]) -> Iterator[DatedEntry]:
    contracts = [each for each in portfolio.all(Contract) if each.id in ids]
    for step in renewal_calendar(portfolio, contracts):
        yield from _renewal(portfolio, step)


def _renewal(portfolio: View, step: RenewalStep) -> Iterator[DatedEntry]:
    contract, dates = step.contract, step.dates
    days = f"notice is due by {dates.contractual}, on a working day by {dates.deadline}"
    facts = (
        f"Term ends on {dates.term_end}; {days}.",
        _silence(contract),
        *_owned(portfolio, contract),
    )
    yield DatedEntry(
        contract,
        "decision",
        dates.decision_due,
        f"Decide renewal: {contract.label}",
        facts,
        DUE_ALARMS,
        step.position in {"settled", "notice to serve"},
    )
    yield DatedEntry(
        contract,
        "notice",
        dates.deadline,
        f"Last day for notice: {contract.label}",
        facts,
        NOTICE_ALARMS,
        step.position == "settled",
    )


def _silence(contract: Contract) -> str:
    renewal = contract.renewal
    if renewal is None or renewal.mode != "auto":
        return "Without notice it ends."
    term = f" for {renewal.term_months} months" if renewal.term_months else ""
    return f"Without notice it renews{term}."


def _obligations(portfolio: View, ids: Collection[str]) -> Iterator[DatedEntry]:
    for each in portfolio.all(Obligation):
        if each.id in ids and each.due is not None:
            contract = portfolio.find(each.contract, Contract)
            under = contract.label if contract is not None else each.contract.id
            yield DatedEntry(
                each,
                "due",
                each.due,
                f"Obligation: {each.text}",
                (f"Contract: {under}.", *_owned(portfolio, each)),
                DUE_ALARMS,
                each.done_on is not None,
            )


def _steps(portfolio: View, ids: Collection[str]) -> Iterator[DatedEntry]:
    """Yield the milestones and the gates of projects that are not closed."""
    found: tuple[Milestone | Gate, ...] = (*portfolio.all(Milestone), *portfolio.all(Gate))
    for each in found:
        project = portfolio.find(each.project, Project)
        is_over = each.actual is not None
        if isinstance(each, Milestone):
            day, alarms = milestone_day(portfolio, each), MILESTONE_ALARMS
            word = "Reached" if is_over else "Milestone"
            fact = f"Approved for {each.baseline}." if each.baseline else "Without a baseline."
        else:
            day, alarms, word = each.actual or each.planned, GATE_ALARMS, "Gate"
            fact = f"Outcome: {each.outcome.replace('_', ' ')}."
        if each.id not in ids or day is None or (project and project.status == "closed"):
            continue
        yield DatedEntry(
            each,
            "day",
            day,
            # In a calendar ten gates are called alike: the project's name tells them apart.
            f"{word}: {each.label}{f', {project.label}' if project else ''}",
            (*([f"Project: {project.label}."] if project else ()), fact, *_owned(portfolio, each)),
            () if is_over else alarms,
            project is not None and project.status == "cancelled",
        )


def _decisions(portfolio: View, ids: Collection[str]) -> Iterator[DatedEntry]:
    for each in portfolio.all(Decision):
        if each.id not in ids:
            continue
        board = portfolio.find(each.board)
        asked = (f"Board: {board.label}.",) if board is not None else ()
        cost = each.cost_of_delay_per_week
        waiting = (f"Waiting costs {cost.in_words()} a week.",) if cost else ()
        yield DatedEntry(
            each,
            "needed",
            each.needed_by,
            f"Decision needed: {each.label}",
            (*asked, *waiting),
            DUE_ALARMS,
            each.status in {"decided", "withdrawn"},
        )


def _owned(portfolio: View, entity: Entity) -> tuple[str, ...]:
    person = portfolio.find(accountable(portfolio, entity))
    if person is None and isinstance(entity, Contract):
        other = portfolio.find(entity.customer or entity.supplier)
        person = portfolio.find(accountable(portfolio, other)) if other is not None else None
    return (f"Owner: {person.label}.",) if person is not None else ()


def remind_on(entry: DatedEntry, as_of: date) -> tuple[timedelta, ...]:
    """Return how long before midnight of its day to remind: at nine in the morning, and not late.

    A day that is off or over reminds nobody.
    """
    if entry.is_off or entry.day < as_of:
        return ()
    return tuple(timedelta(days=-days, hours=9) for days in entry.alarms)
