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
    from portfolio.model.portfolio import Portfolio

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


def dated_entries(portfolio: Portfolio, ids: Collection[str]) -> tuple[DatedEntry, ...]:
    """Return the days of the entities with these ids, in the order of the calendar."""
    found = (
        *_renewals(portfolio, ids),
        *_obligations(portfolio, ids),
        *_milestones(portfolio, ids),
        *_gates(portfolio, ids),
        *_decisions(portfolio, ids),
    )
    return tuple(sorted(found, key=lambda each: (each.day, each.entity.id, each.aspect)))


def _renewals(portfolio: Portfolio, ids: Collection[str]) -> Iterator[DatedEntry]:
    contracts = [each for each in portfolio.all(Contract) if each.id in ids]
    for step in renewal_calendar(portfolio, contracts):
        yield from _renewal(portfolio, step)


def _renewal(portfolio: Portfolio, step: RenewalStep) -> Iterator[DatedEntry]:
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


def _obligations(portfolio: Portfolio, ids: Collection[str]) -> Iterator[DatedEntry]:
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


def _milestones(portfolio: Portfolio, ids: Collection[str]) -> Iterator[DatedEntry]:
    for each in portfolio.all(Milestone):
        day = milestone_day(portfolio, each)
        project = portfolio.find(each.project, Project)
        if each.id not in ids or day is None or (project and project.status == "closed"):
            continue
        approved = f"Approved for {each.baseline}." if each.baseline else "Without a baseline."
        is_over = each.actual is not None
        yield DatedEntry(
            each,
            "day",
            day,
            f"{'Reached' if is_over else 'Milestone'}: {_of(each, project)}",
            (*_within(project), approved, *_owned(portfolio, each)),
            () if is_over else MILESTONE_ALARMS,
            project is not None and project.status == "cancelled",
        )


def _gates(portfolio: Portfolio, ids: Collection[str]) -> Iterator[DatedEntry]:
    for each in portfolio.all(Gate):
        day = each.actual or each.planned
        project = portfolio.find(each.project, Project)
        if each.id not in ids or day is None or (project and project.status == "closed"):
            continue
        outcome = each.outcome.replace("_", " ")
        yield DatedEntry(
            each,
            "day",
            day,
            f"Gate: {_of(each, project)}",
            (*_within(project), f"Outcome: {outcome}.", *_owned(portfolio, each)),
            GATE_ALARMS if each.actual is None else (),
            project is not None and project.status == "cancelled",
        )


def _decisions(portfolio: Portfolio, ids: Collection[str]) -> Iterator[DatedEntry]:
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


def _of(part: Entity, project: Project | None) -> str:
    """Return a name with the project's: in a calendar ten gates are called alike."""
    return f"{part.label}, {project.label}" if project is not None else part.label


def _within(project: Project | None) -> tuple[str, ...]:
    return (f"Project: {project.label}.",) if project is not None else ()


def _owned(portfolio: Portfolio, entity: Entity) -> tuple[str, ...]:
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
