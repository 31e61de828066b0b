"""Rules about budgets and earned value: one truth, nothing impossible, nothing missing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.finance.project_performance import snapshots_of
from portfolio.diagnostic import Severity
from portfolio.measure.currency import total
from portfolio.model.delivery.projects import Project
from portfolio.model.finance import Actual, BudgetLine, EvSnapshot, Funding
from portfolio.network.calendars import project_calendar
from portfolio.rules.phrases import amount, counted, listed, see
from portfolio.rules.rule import Problem, rule
from portfolio.values import Money, read_period

if TYPE_CHECKING:
    from datetime import date

    from portfolio.values import Period
    from portfolio.view.view import View

_ROUNDING = 1
_TWENTIETH = Decimal("0.05")
_FIRST_PERIOD_DAYS = 31
_CLOSING_DAYS = 10


@rule(Severity.ERROR, Project)
def fin_baseline_sum(project: Project, portfolio: View) -> Iterator[Problem]:
    """The budget lines of a project do not add to its budget at completion.

    What it does:
        Adds the periods of all budget lines, the management reserve apart, which is held above the
        project, and compares the sum with `bac`. One unit either way is rounding.

    Why it matters:
        Two truths: every variance depends on which of them one believes.

    Example:
        budget_line: {id: atlas-labour, project: atlas, type: capex, category: labour,
          periods: [{period: 2026-Q1, amount: 200000}, {period: 2026-Q2, amount: 250000}]}

    Use instead:
        budget_line: {id: atlas-labour, project: atlas, type: capex, category: labour,
          periods: [{period: 2026-Q1, amount: 200000}, {period: 2026-Q2, amount: 300000}]}
    """
    lines = [
        line
        for line in portfolio.related(project, BudgetLine, "project")
        if line.category != "management_reserve"
    ]
    if project.bac is None or not lines:
        return
    parts = [(part.amount, part.period.start) for line in lines for part in line.periods]
    rates = portfolio.settings.exchange_rates
    found = total(parts, project.bac.currency, rates).value
    if found is None or abs(found.amount - project.bac.amount) <= _ROUNDING:
        return
    gap = Money(abs(found.amount - project.bac.amount), project.bac.currency)
    way = "more" if found.amount > project.bac.amount else "less"
    yield Problem(
        project,
        f"the budget lines add to {amount(found)}, {amount(gap)} {way} than bac "
        f"{amount(project.bac)}",
        "bac",
        "correct the lines, or the budget by a change request",
        related=tuple(see(line, f"budget line {line.id!r}", "periods") for line in lines[:5]),
    )


def _newest(project: Project, portfolio: View) -> EvSnapshot | None:
    return next(reversed(snapshots_of(portfolio, project)), None)


@rule(Severity.WARNING, Project)
def fin_ev_without_ac(project: Project, portfolio: View) -> Iterator[Problem]:
    """Work is earned and nothing has been booked for it.

    What it does:
        Reports the newest earned-value figures with `ev` above 0 and no `ac`, later than a month
        after the project's start.

    Why it matters:
        Missing bookings make the cost performance look brilliant.

    Example:
        ev_snapshot: {project: atlas, as_of: 2026-03-27, pv: 90000, ev: 80000, ac: 0}

    Use instead:
        ev_snapshot: {project: atlas, as_of: 2026-03-27, pv: 90000, ev: 80000, ac: 84000}
    """
    newest = _newest(project, portfolio)
    if newest is None or newest.ev.amount <= 0 or newest.ac.amount > 0:
        return
    if project.start is not None and (newest.as_of - project.start).days <= _FIRST_PERIOD_DAYS:
        return
    yield Problem(
        newest,
        f"{amount(newest.ev)} are earned by {newest.as_of} at a cost of {amount(newest.ac)}",
        "ac",
        "book what was spent, or accrue it",
    )


@rule(Severity.WARNING, Project)
def fin_ac_without_ev(project: Project, portfolio: View) -> Iterator[Problem]:
    """Money is spent and nothing is earned.

    What it does:
        Reports the newest earned-value figures with `ac` above 5 % of the budget and no `ev`.

    Why it matters:
        Spending without a measure of progress ends when the money does.

    Example:
        ev_snapshot: {project: atlas, as_of: 2026-03-27, pv: 90000, ev: 0, ac: 30000}

    Use instead:
        ev_snapshot: {project: atlas, as_of: 2026-03-27, pv: 90000, ev: 28000, ac: 30000}
    """
    newest, budget = _newest(project, portfolio), project.bac
    if newest is None or budget is None or newest.ev.amount > 0:
        return
    if newest.ac.currency == budget.currency and newest.ac.amount > budget.amount * _TWENTIETH:
        yield Problem(
            newest,
            f"{amount(newest.ac)} are spent by {newest.as_of}, more than 5 % of "
            f"{amount(budget)}, and nothing is earned",
            "ev",
            "measure the progress of the activities",
        )


@rule(Severity.ERROR, EvSnapshot)
def fin_ev_over_bac(snapshot: EvSnapshot, portfolio: View) -> Iterator[Problem]:
    """More is earned than there is to earn.

    What it does:
        Reports an `ev` above the project's budget at completion.

    Why it matters:
        It is impossible: either progress or budget is wrong.

    Example:
        ev_snapshot: {project: atlas, as_of: 2026-03-27, pv: 480000, ev: 510000, ac: 470000}

    Use instead:
        ev_snapshot: {project: atlas, as_of: 2026-03-27, pv: 480000, ev: 490000, ac: 470000}
    """
    project = portfolio.find(snapshot.project, Project)
    budget = project.bac if project is not None else None
    if project is None or budget is None or budget.currency != snapshot.ev.currency:
        return
    if snapshot.ev.amount > budget.amount:
        yield Problem(
            snapshot,
            f"ev is {amount(snapshot.ev)}, above the budget of {amount(budget)}",
            "ev",
            "correct the progress, or the budget by a change request",
            related=(see(project, f"bac {amount(budget)}", "bac"),),
        )


@rule(Severity.WARNING, Project)
def fin_actuals_missing(project: Project, portfolio: View) -> Iterator[Problem]:
    """A month was closed and no cost is booked for it.

    What it does:
        For a delivering project with any actual cost: reports the months since its first booking
        without an actual or accrual, closed for more than ten working days.

    Why it matters:
        A blind month hides an overrun for as long as it lasts.

    Example:
        actuals:
          - {id: a-2025-12, project: atlas, period: 2025-12, category: labour, amount: 40000}
          - {id: a-2026-01, project: atlas, period: 2026-01, category: labour, amount: 40000}

    Use instead:
        actuals:
          - {id: a-2026-01, project: atlas, period: 2026-01, category: labour, amount: 40000}
          - {id: a-2026-02, project: atlas, period: 2026-02, category: labour, amount: 41000}
    """
    if project.status != "delivering":
        return
    booked = [actual.period for actual in portfolio.related(project, Actual, "project")]
    if not booked:
        return
    calendar = project_calendar(portfolio, project)
    missing = [
        month
        for month in _months(min(period.start for period in booked), portfolio.as_of)
        if calendar.working_days_between(month.end, portfolio.as_of) > _CLOSING_DAYS
        and not any(p.start <= month.end and p.end >= month.start for p in booked)
    ]
    if missing:
        names = listed(month.text for month in missing)
        yield Problem(
            project,
            f"no cost is booked for {counted(len(missing), 'closed month')}: {names}",
            "id",
            "book the costs, or accrue them",
        )


def _months(first: date, last: date) -> Iterator[Period]:
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield read_period(f"{year:04}-{month:02}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)  # noqa: PLR2004 - December


@rule(Severity.WARNING, BudgetLine)
def fin_funding_expires(line: BudgetLine, portfolio: View) -> Iterator[Problem]:
    """Money is planned to be spent after its source has closed.

    What it does:
        Reports a budget line with periods that begin after `available_to` of its funding.

    Why it matters:
        Unused money goes back, and the work behind it has none.

    Example:
        funding: {id: grant, source: Regional fund, amount: 500000, available_to: 2026-06-30}
        budget_line: {id: atlas-labour, project: atlas, type: capex, category: labour,
          funding: grant, periods: [{period: 2026-Q2, amount: 300000},
            {period: 2026-Q3, amount: 200000}]}

    Use instead:
        funding: {id: grant, source: Regional fund, amount: 500000, available_to: 2026-09-30}
        budget_line: {id: atlas-labour, project: atlas, type: capex, category: labour,
          funding: grant, periods: [{period: 2026-Q2, amount: 300000},
            {period: 2026-Q3, amount: 200000}]}
    """
    source = portfolio.find(line.funding, Funding)
    last = source.available_to if source is not None else None
    if source is None or last is None:
        return
    late = [p for p in line.periods if p.period.start > last and p.amount.amount > 0]
    if late:
        yield Problem(
            line,
            f"{amount(late[0].amount)} are planned for {late[0].period}, but {source.id!r} is "
            f"available until {last}",
            "period",
            "spend it earlier, or find other money",
            record=late[0],
            related=(see(source, f"available until {last}", "available_to"),),
        )
