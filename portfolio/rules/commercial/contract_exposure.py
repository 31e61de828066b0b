"""Rules about what a contract exposes us to: no cover, damages unwatched, notice not served."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.contract_renewal import renewal_step
from portfolio.analysis.commercial.liquidated_damages import free_until
from portfolio.diagnostic import Severity
from portfolio.model.commercial.contracts import Contract
from portfolio.model.delivery.projects import Milestone, Project
from portfolio.model.finance import Actual
from portfolio.model.operations.services import Service
from portfolio.model.resources import Assignment, Timesheet
from portfolio.model.risk import Issue, Risk
from portfolio.model.service import Sla
from portfolio.network.calendars import days_later, project_calendar
from portfolio.rules.phrases import ago, counted, see
from portfolio.rules.rule import Problem, rule
from portfolio.view.lifecycle import RUNNING, project_of

if TYPE_CHECKING:
    from datetime import date

    from portfolio.model.commercial.contracts import Damages
    from portfolio.model.entity import Entity
    from portfolio.view.view import View

_SERVE_DAYS = 30


@rule(Severity.WARNING, Contract)
def com_notice_unserved(contract: Contract, portfolio: View) -> Iterator[Problem]:
    """It was decided to leave a contract that renews by itself, and notice is not served.

    What it does:
        Reports a contract with `mode: auto` and `decision: exit` without `notice_served_on`, from
        30 days before the last working day for notice until the end of the term.

    Why it matters:
        A decision that nobody carried out is no decision: silence renews.

    Example:
        contract: {id: lease, title: Lease, supplier: papyrus, end: 2026-05-31,
          renewal: {mode: auto, notice: 1mo, decision: exit, decided_on: 2026-02-20}}

    Use instead:
        contract: {id: lease, title: Lease, supplier: papyrus, end: 2026-05-31,
          renewal: {mode: auto, notice: 1mo, decision: exit, decided_on: 2026-02-20,
            notice_served_on: 2026-03-02}}
    """
    step, renewal = renewal_step(portfolio, contract).value, contract.renewal
    if step is None or renewal is None or renewal.mode != "auto" or renewal.decision != "exit":
        return
    if step.position not in {"notice to serve", "passed"} or step.days_left > _SERVE_DAYS:
        return
    day = step.dates.deadline
    left = counted(step.days_left, "day")
    when = f"in {left}" if step.days_left >= 0 else ago(day, portfolio.as_of)
    yield Problem(
        contract,
        f"it was decided to leave, notice is due by {day}, {when}, and none is served",
        "decision",
        "serve it and write notice_served_on",
        record=renewal,
    )


@rule(Severity.ERROR, Contract)
def com_ld_exposure_no_risk(contract: Contract, portfolio: View) -> Iterator[Problem]:
    """A milestone that costs damages is forecast late, and no risk or issue watches it.

    What it does:
        Compares the forecast of each milestone in `damages` with the agreed date (its baseline and
        any extension of time). A late one needs an open risk or issue that names the milestone or
        the contract in `affects`. The days of grace only delay the money, not the breach.

    Why it matters:
        A penalty that nobody manages is paid in full.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, milestones:
          [{id: handover, name: Handover, baseline: 2026-06-30, forecast: 2026-07-10}]}
        contract: {id: meters, title: Meters, customer: acme, end: 2026-12-31,
          damages: [{milestone: beacon.handover, rate: 5000, grace: 5cd}]}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, milestones:
          [{id: handover, name: Handover, baseline: 2026-06-30, forecast: 2026-07-10}],
          risks: [{id: late, event: Handover is late, effect: Damages are due, owner: ben-okafor,
            affects: [beacon.handover]}]}
        contract: {id: meters, title: Meters, customer: acme, end: 2026-12-31,
          damages: [{milestone: beacon.handover, rate: 5000, grace: 5cd}]}
    """
    for clause in contract.damages:
        milestone = portfolio.find(clause.milestone, Milestone)
        if milestone is None or milestone.actual is not None or milestone.baseline is None:
            continue
        if milestone.forecast is None or _is_watched(portfolio, contract, milestone):
            continue
        calendar = project_calendar(portfolio, project_of(portfolio, milestone))
        free = free_until(clause, milestone.baseline, calendar)
        agreed = milestone.baseline
        if clause.extension is not None:
            agreed = days_later(agreed, clause.extension, calendar)
        if milestone.forecast > agreed:
            yield _unwatched(contract, clause, milestone, (agreed, free))


def _is_watched(portfolio: View, contract: Contract, milestone: Milestone) -> bool:
    struck = (contract, milestone)
    risks = [risk for each in struck for risk in portfolio.related(each, Risk, "affects")]
    issues = [issue for each in struck for issue in portfolio.related(each, Issue, "affects")]
    return any(r.status == "open" for r in risks) or any(i.status == "open" for i in issues)


def _unwatched(
    contract: Contract, clause: Damages, milestone: Milestone, dates: tuple[date, date]
) -> Problem:
    agreed, free = dates
    forecast = milestone.forecast or agreed
    charged = (forecast - free).days
    cost = f"{counted(charged, 'day')} of damages" if charged > 0 else f"free until {free}"
    late = counted((forecast - agreed).days, "day")
    return Problem(
        contract,
        f"{milestone.label!r} is forecast for {forecast}, {late} after the agreed {agreed} "
        f"({cost}), and no open risk or issue names it",
        "milestone",
        f"add a risk or an issue with affects: [{milestone.id}]",
        record=clause,
        related=(see(milestone, f"forecast {forecast}", "forecast"),),
    )


@rule(Severity.ERROR, Contract)
def com_expired_still_used(contract: Contract, portfolio: View) -> Iterator[Problem]:
    """Work goes on under a contract that has ended.

    What it does:
        Reports a contract whose `end` has passed and that does not renew by itself, while a
        project still runs under it, a live service promises levels by it, or bookings, hours or
        costs under it lie after its end.

    Why it matters:
        Work without cover: no price, no liability, no right to be paid.

    Example:
        contract: {id: crews, title: Crews, supplier: papyrus, end: 2026-02-27}
        assignment: {id: crew, role: Fitter, work: crews, from: 2026-03-02, to: 2026-04-30, pct: 50}

    Use instead:
        contract: {id: crews, title: Crews, supplier: papyrus, end: 2026-02-27}
        assignment: {id: crew, role: Fitter, work: crews, from: 2026-01-05, to: 2026-02-27, pct: 50}
    """
    end = contract.end
    if end is None or end >= portfolio.as_of:
        return
    renewal = contract.renewal
    if renewal is not None and (renewal.mode == "auto" or renewal.decision == "renew"):
        return
    users = list(_users(contract, end, portfolio))
    if users:
        first, what = users[0]
        more = f" and {len(users) - 1} more" if len(users) > 1 else ""
        yield Problem(
            contract,
            f"ended on {end}, {ago(end, portfolio.as_of)}, but {what} {first.id!r}{more} "
            "still uses it",
            "end",
            "extend the contract, or stop the work",
            related=tuple(see(user, f"this {noun} uses it") for user, noun in users[:5]),
        )


def _users(contract: Contract, end: date, portfolio: View) -> Iterator[tuple[Entity, str]]:
    for project in portfolio.related(contract, Project, "contract"):
        if project.status in RUNNING:
            yield project, "the project"
    for level in portfolio.related(contract, Sla, "contract"):
        service = portfolio.find(level.service, Service)
        if service is not None and service.status == "live":
            yield level, "the service level"
    yield from _booked_after(contract, end, portfolio)


def _booked_after(contract: Contract, end: date, portfolio: View) -> Iterator[tuple[Entity, str]]:
    for booking in portfolio.related(contract, Assignment, "work"):
        if booking.to > end:
            yield booking, "the booking"
    for hours in portfolio.related(contract, Timesheet, "work"):
        if hours.period.start > end:
            yield hours, "the timesheet"
    for cost in portfolio.related(contract, Actual, "contract"):
        if cost.period.start > end:
            yield cost, "the cost"
