"""Rules about spending: allowed, converted, and not faster than the work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.finance.estimate_at_completion import cost_estimate, estimate_by_forecast
from portfolio.analysis.finance.expenditure import open_amount
from portfolio.analysis.finance.project_performance import snapshots_of
from portfolio.analysis.risk.contingency_reserve import contingency_use, share_complete
from portfolio.diagnostic import Severity
from portfolio.measure.currency import convert, total
from portfolio.model.delivery.projects import Activity, Project
from portfolio.model.finance import (
    Actual,
    BudgetLine,
    Commitment,
    ContingencyDraw,
    Forecast,
)
from portfolio.rules.phrases import amount, percent, see
from portfolio.rules.rule import Problem, rule
from portfolio.values import Money
from portfolio.view.lifecycle import is_over

if TYPE_CHECKING:
    from portfolio.model.entity import Entity
    from portfolio.record import Record
    from portfolio.view.view import View

_LEAD = Decimal("0.15")
_REPEATS = 3
_COPIED = Decimal("0.005")


@rule(Severity.ERROR, ContingencyDraw)
def fin_draw_no_authority(draw: ContingencyDraw, _: View) -> Iterator[Problem]:
    """Contingency was drawn without somebody who allowed it, or without a cause.

    What it does:
        Reports a draw without `approved_by`, and one that names neither a `risk` that came true
        nor a `change_request`.

    Why it matters:
        Contingency is for what was foreseen; the rest is uncontrolled spending.

    Example:
        contingency_draw: {id: stub, project: atlas, amount: 9000, on: 2026-03-19,
          approved_by: anna-reyes}

    Use instead:
        contingency_draw: {id: stub, project: atlas, amount: 9000, on: 2026-03-19,
          approved_by: anna-reyes, risk: few-testers}
    """
    missing = []
    if draw.approved_by is None:
        missing.append("nobody approved it")
    if draw.risk is None and draw.change_request is None:
        missing.append("it names neither a risk nor a change request")
    if missing:
        yield Problem(
            draw,
            f"{amount(draw.amount)} were drawn on {draw.on}, but {' and '.join(missing)}",
            "amount",
            "add approved_by, and the risk or change_request that it pays for",
        )


@rule(Severity.ERROR, Project)
def fin_forecast_below_actual(project: Project, portfolio: View) -> Iterator[Problem]:
    """A project expects to spend less than it has ordered already.

    What it does:
        Compares what the newest forecast expects from its day on with the open commitments: what
        was ordered, less what has been billed.

    Why it matters:
        The overrun is signed; only the forecast does not know it yet.

    Example:
        forecast: {id: atlas-march, project: atlas, as_of: 2026-03-27, author: ben-okafor,
          periods: [{period: 2026-04, amount: 20000}]}
        commitment: {id: po-1, project: atlas, supplier: papyrus, amount: 60000, invoiced: 15000}

    Use instead:
        forecast: {id: atlas-march, project: atlas, as_of: 2026-03-27, author: ben-okafor,
          periods: [{period: 2026-04, amount: 50000}]}
        commitment: {id: po-1, project: atlas, supplier: papyrus, amount: 60000, invoiced: 15000}
    """
    estimate = cost_estimate(portfolio, project).value
    newest = estimate.source if estimate is not None else None
    if project.bac is None or not isinstance(newest, Forecast) or is_over(project):
        return
    rates, currency, on = portfolio.settings.exchange_rates, project.bac.currency, newest.as_of
    expected = total(((part.amount, on) for part in newest.periods), currency, rates).value
    orders = portfolio.related(project, Commitment, "project")
    left = [(open_amount(order), on) for order in orders]
    ordered = total(left, currency, rates).value
    if expected is None or ordered is None or ordered.amount <= expected.amount:
        return
    yield Problem(
        newest,
        f"expects {amount(expected)} from {newest.as_of} on, but {amount(ordered)} are ordered "
        "and not yet billed",
        "periods",
        "take the orders into the forecast, or cancel some",
        related=tuple(see(order, f"{amount(open_amount(order))} open") for order in orders[:5]),
    )


@rule(Severity.WARNING, Project)
def fin_contingency_fast(project: Project, portfolio: View) -> Iterator[Problem]:
    """Contingency is drawn faster than the work is done.

    What it does:
        Compares the share of the contingency (the budget lines of that category) that is drawn
        with the share of the budget that the activities have earned. More than 15 points ahead is
        reported.

    Why it matters:
        It runs dry before the risks do.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,
          activities: [{id: build, duration: 40d, budget: 80000, pct_complete: 20}]}
        budget_line: {id: beacon-spare, project: beacon, category: contingency,
          periods: [{period: 2026, amount: 20000}]}
        contingency_draw: {id: spare-1, project: beacon, amount: 10000, on: 2026-03-19,
          approved_by: anna-reyes, risk: few-testers}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,
          activities: [{id: build, duration: 40d, budget: 80000, pct_complete: 40}]}
        budget_line: {id: beacon-spare, project: beacon, category: contingency,
          periods: [{period: 2026, amount: 20000}]}
        contingency_draw: {id: spare-1, project: beacon, amount: 10000, on: 2026-03-19,
          approved_by: anna-reyes, risk: few-testers}
    """
    draws = portfolio.related(project, ContingencyDraw, "project")
    lines = [
        line
        for line in portfolio.related(project, BudgetLine, "project")
        if line.category == "contingency"
    ]
    complete = _complete(project, portfolio)
    amounts = [part.amount for line in lines for part in line.periods]
    same = {money.currency for money in (*amounts, *(draw.amount for draw in draws))}
    if complete is None or not draws or len(same) != 1:
        return
    whole = sum((money.amount for money in amounts), Decimal(0))
    found = contingency_use(whole, (draw.amount.amount for draw in draws), complete).value
    if found is not None and found.ahead > _LEAD:
        last = max(draws, key=lambda draw: draw.on)
        yield Problem(
            project,
            f"{percent(found.drawn)} of the contingency is drawn at {percent(complete)} of the "
            f"work, {percent(found.ahead)} ahead; {amount(Money(found.remaining, same.pop()))} "
            "are left",
            "id",
            "hold further draws, or ask the board for more",
            related=(see(last, "the last draw", "amount"),),
        )


def _complete(project: Project, portfolio: View) -> Decimal | None:
    """Return the share of a project's budget that its activities have earned."""
    activities = [
        (activity.budget.amount, (activity.pct_complete or Decimal(0)) / 100)
        for activity in portfolio.related(project, Activity, "project")
        if activity.budget is not None
    ]
    budget = project.bac.amount if project.bac is not None else None
    return share_complete(activities, budget).value


@rule(Severity.ERROR)
def fin_currency_mixed(portfolio: View, _: View) -> Iterator[Problem]:
    """An amount is in a currency for which no exchange rate is known on its day.

    What it does:
        Reports budgets, budget lines, actual costs, commitments and forecasts of a currency other
        than the organisation's without a rate in pmo.yaml that holds on the first day of their
        period.

    Why it matters:
        Without a rate every total is wrong, or leaves it out.

    Example:
        actual: {id: a-2026-03, project: atlas, period: 2026-03, category: hardware,
          amount: 4000 USD}

    Use instead:
        actual: {id: a-2026-03, project: atlas, period: 2026-03, category: hardware,
          amount: 4000 EUR}

    Options:
        `exchange_rates: [{date: 2026-01-01, from: EUR, to: GBP, rate: 0.87}]` in pmo.yaml.
    """
    own, rates = portfolio.settings.organisation.currency, portfolio.settings.exchange_rates
    for entity, record, key, money, on in _amounts(portfolio):
        if money.currency and convert(money, own, on, rates).value is None:
            yield Problem(
                entity,
                f"{amount(money)}: no rate from {money.currency} to {own} holds on {on}",
                key,
                f"add {{date: …, from: {money.currency}, to: {own}, rate: …}} to exchange_rates",
                record=record,
            )


def _amounts(portfolio: View) -> Iterator[tuple[Entity, Record, str, Money, date]]:
    """Yield every amount of a project's money with the place it stands in and the day it is of."""
    for project in portfolio.all(Project):
        if project.bac is not None:
            yield project, project, "bac", project.bac, project.start or portfolio.as_of
    for line in portfolio.all(BudgetLine):
        for part in line.periods:
            yield line, part, "amount", part.amount, part.period.start
    for forecast in portfolio.all(Forecast):
        for part in forecast.periods:
            yield forecast, part, "amount", part.amount, forecast.as_of
    for actual in portfolio.all(Actual):
        yield actual, actual, "amount", actual.amount, actual.period.start
    for order in portfolio.all(Commitment):
        yield order, order, "amount", order.amount, portfolio.as_of


@rule(Severity.WARNING, Project)
def fin_eac_equals_bac(project: Project, portfolio: View) -> Iterator[Problem]:
    """The forecast has been the budget three times in a row, while money buys less than planned.

    What it does:
        Takes the last three forecasts: actual cost up to the day of each + what it expects. All
        within half a percent of `bac`, while the newest earned value has a cost performance index
        below the green edge, is reported.

    Why it matters:
        A forecast that never moves was not made; it was copied.

    Example:
        ev_snapshot: {project: atlas, as_of: 2026-03-27, pv: 200000, ev: 180000, ac: 210000}
        forecasts:
          - {id: f1, project: atlas, as_of: 2026-01-30,
             periods: [{period: 2026-Q2, amount: 500000}]}
          - {id: f2, project: atlas, as_of: 2026-02-27,
             periods: [{period: 2026-Q2, amount: 500000}]}
          - {id: f3, project: atlas, as_of: 2026-03-27,
             periods: [{period: 2026-Q2, amount: 500000}]}

    Use instead:
        ev_snapshot: {project: atlas, as_of: 2026-03-27, pv: 200000, ev: 180000, ac: 210000}
        forecasts:
          - {id: f1, project: atlas, as_of: 2026-01-30,
             periods: [{period: 2026-Q2, amount: 500000}]}
          - {id: f2, project: atlas, as_of: 2026-02-27,
             periods: [{period: 2026-Q2, amount: 505000}]}
          - {id: f3, project: atlas, as_of: 2026-03-27,
             periods: [{period: 2026-Q2, amount: 545000}]}

    Options:
        `thresholds: {performance_index: {green: 0.95, amber: 0.90}}` in pmo.yaml.
    """
    made = [
        f for f in portfolio.related(project, Forecast, "project") if f.as_of <= portfolio.as_of
    ]
    last = sorted(made, key=lambda each: each.as_of)[-_REPEATS:]
    index = _cost_performance(project, portfolio)
    if project.bac is None or not project.bac.amount or len(last) < _REPEATS or index is None:
        return
    if index >= portfolio.settings.thresholds.performance_index.green:
        return
    estimates = [estimate_by_forecast(portfolio, project, project.bac, each).value for each in last]
    budget = project.bac.amount
    if all(e and abs(e.amount.amount - budget) <= _COPIED * budget for e in estimates):
        yield Problem(
            last[-1],
            f"the last {_REPEATS} forecasts are the budget of {amount(project.bac)}, but a unit of "
            f"money has bought {index:.2f} of work",
            "periods",
            "estimate what is left from the bottom up",
            related=(see(project, f"bac {amount(project.bac)}", "bac"),),
        )


def _cost_performance(project: Project, portfolio: View) -> Decimal | None:
    spent = (each for each in snapshots_of(portfolio, project) if each.ac.amount > 0)
    newest = max(spent, key=lambda each: each.as_of, default=None)
    return newest.ev.amount / newest.ac.amount if newest is not None else None
