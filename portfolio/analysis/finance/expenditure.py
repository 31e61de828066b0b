"""What of a project's budget is spent, ordered and free, and how long the rest lasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.finance.cost_variance import (
    Variance,
    burn,
    cost_variance,
    free_budget,
    outturn,
    runway,
)
from portfolio.measure.currency import total
from portfolio.measure.measure import Measure, both, every, unknown
from portfolio.measure.statistics import grouped
from portfolio.model.finance import Actual, BudgetLine, Commitment, Forecast
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from portfolio.model.delivery.projects import Project
    from portfolio.values import Period
    from portfolio.view.view import View

_SHORTEST_MONTH, _LONGEST_MONTH = 28, 31


@dataclass(frozen=True, slots=True)
class Spending:
    """The money of a project on a day, in the currency of its budget.

    ``by_month`` is what was booked, oldest first, months without a booking as 0.
    """

    currency: str
    budget: Decimal
    actual: Decimal
    committed: Decimal
    by_month: tuple[tuple[str, Decimal], ...]

    @property
    def free(self) -> Decimal:
        """Return budget - actual cost - open orders, net of what was invoiced."""
        return free_budget(self.budget, self.actual, self.committed)

    @property
    def burn(self) -> Measure[Decimal]:
        """Return the mean cost of the last three months."""
        return burn([amount for _, amount in self.by_month])

    @property
    def runway(self) -> Measure[Decimal]:
        """Return for how many months the budget lasts at that burn."""
        return runway(self.budget - self.actual, self.burn)


def spending(portfolio: View, project: Project) -> Measure[Spending]:
    """Return what is spent, ordered and free of a project's budget.

    Costs count from the first day of their period, at the exchange rate of that day; orders at
    the rate of the as-of day. No budget or no booked cost: no_data. A rate that is missing:
    no_data.

    Source: domain A2; worked example WE-09.
    """
    if project.bac is None:
        return unknown("no_data", "no budget is stated")
    booked = booked_costs(portfolio, project)
    if not booked:
        return unknown("no_data", "no cost is booked")
    currency, rates = project.bac.currency, portfolio.settings.exchange_rates
    costs = total(((a.amount, a.period.start) for a in booked), currency, rates)
    ordered = portfolio.related(project, Commitment, "project")
    orders = total(((open_amount(each), portfolio.as_of) for each in ordered), currency, rates)
    budget, months = project.bac.amount, _by_month(portfolio, booked, currency)
    return both(
        costs,
        orders,
        lambda spent, ordered: Spending(currency, budget, spent.amount, ordered.amount, months),
    )


def booked_costs(portfolio: View, project: Project) -> list[Actual]:
    """Return the costs of a project whose periods have begun."""
    return [
        each
        for each in portfolio.related(project, Actual, "project")
        if each.period.start <= portfolio.as_of
    ]


def open_amount(order: Commitment) -> Money:
    """Return what of an order is not billed yet, in the order's currency."""
    billed = order.invoiced.amount if order.invoiced.currency in {"", order.amount.currency} else 0
    return Money(max(Decimal(0), order.amount.amount - billed), order.amount.currency)


def _by_month(
    portfolio: View, booked: Iterable[Actual], currency: str
) -> tuple[tuple[str, Decimal], ...]:
    """Return the cost of each month since the first; nothing where a period is not a month."""
    costs = list(booked)
    if not all(_is_month(each.period) for each in costs):
        return ()
    found = grouped((each.period.text, (each.amount, each.period.start)) for each in costs)
    summed = {
        month: total(parts, currency, portfolio.settings.exchange_rates).value
        for month, parts in found.items()
    }
    return tuple(
        (month, amount.amount if (amount := summed.get(month)) is not None else Decimal(0))
        for month in _months(min(found), max(found))
    )


def _is_month(period: Period) -> bool:
    return (
        period.start.day == 1
        and _SHORTEST_MONTH <= (period.end - period.start).days + 1 <= _LONGEST_MONTH
    )


def _months(first: str, last: str) -> Iterable[str]:
    day = date.fromisoformat(f"{first}-01")
    while (month := day.isoformat()[:7]) <= last:
        yield month
        day = (day + timedelta(days=_LONGEST_MONTH)).replace(day=1)


@dataclass(frozen=True, slots=True)
class CategoryCost:
    """A category of cost: how it is accounted for, its budget, the part due by now, the cost."""

    category: str
    type: str
    budget: Decimal
    planned: Decimal
    actual: Decimal

    @property
    def capital(self) -> Decimal:
        """Return the budget where it is capital expenditure only, else 0."""
        return self.budget if self.type == "capex" else Decimal(0)


def cost_by_category(portfolio: View, project: Project) -> Measure[tuple[CategoryCost, ...]]:
    """Return budget and cost of a project by category, the largest budget first.

    The plan is converted at the rate of its own period, as the cost is. The type is that of the
    budget lines of the category: capex, opex, or both. No budget lines: no_data.

    Source: domain A2.
    """
    lines = portfolio.related(project, BudgetLine, "project")
    if not lines or project.bac is None:
        return unknown("no_data", "no budget lines are stated")
    currency, rates = project.bac.currency, portfolio.settings.exchange_rates
    planned = [
        (
            line.category or "other",
            part.amount,
            part.period.start,
            part.period.end <= portfolio.as_of,
        )
        for line in lines
        for part in line.periods
    ]
    costs = [
        (a.category or "other", a.amount, a.period.start) for a in booked_costs(portfolio, project)
    ]

    def of(category: str) -> Measure[CategoryCost]:
        parts = (
            [(m, on) for name, m, on, _ in planned if name == category],
            [(m, on) for name, m, on, is_due in planned if is_due and name == category],
            [(m, on) for name, m, on in costs if name == category],
        )
        types = sorted(
            {line.type or "" for line in lines if (line.category or "other") == category}
        )
        return every(total(each, currency, rates) for each in parts).map(
            lambda sums: CategoryCost(
                category, " and ".join(filter(None, types)), *(each.amount for each in sums)
            )
        )

    categories = dict.fromkeys([name for name, *_ in planned] + [name for name, *_ in costs])
    return every(map(of, categories)).map(
        lambda found: tuple(sorted(found, key=lambda each: (-each.budget, each.category)))
    )


@dataclass(frozen=True, slots=True)
class YearView:
    """A project's financial year: its budget, what is booked, and where it lands."""

    begin: date
    budget: Decimal
    actual: Decimal
    outturn: Decimal

    @property
    def variance(self) -> Variance:
        """Return budget - outturn and its share; negative is above the budget."""
        return cost_variance(self.budget, self.outturn)


def year_view(portfolio: View, project: Project) -> Measure[YearView]:
    """Return the financial year of the as-of day: budget lines, actuals, actuals + forecast.

    A month with both counts the actual only. Periods count in the year in which they begin. No
    budget line in the year: no_data.

    Source: domain A2; worked example WE-09.
    """
    if project.bac is None:
        return unknown("no_data", "no budget is stated")
    begin = fiscal_year_begin(portfolio.settings.organisation.fiscal_year_start, portfolio.as_of)
    after = begin.replace(year=begin.year + 1)
    lines = portfolio.related(project, BudgetLine, "project")
    newest = newest_forecast(portfolio, project)
    sources = (
        [(p.period, p.amount) for line in lines for p in line.periods],
        [(each.period, each.amount) for each in booked_costs(portfolio, project)],
        [(p.period, p.amount) for p in newest.periods] if newest is not None else [],
    )
    inside = ([each for each in parts if begin <= each[0].start < after] for parts in sources)

    def seen(found: Sequence[Mapping[str, Decimal]]) -> Measure[YearView]:
        budget, actual, expected = found
        if not budget:
            return unknown("no_data", f"no budget line in the year from {begin}")
        whole = sum(actual.values(), Decimal(0))
        lands = outturn(actual, expected)
        return Measure(YearView(begin, sum(budget.values(), Decimal(0)), whole, lands))

    currency = project.bac.currency
    return every(_by_period(portfolio, parts, currency) for parts in inside).then(seen)


def newest_forecast(portfolio: View, project: Project) -> Forecast | None:
    """Return the newest forecast of a project until the as-of day."""
    made = portfolio.related(project, Forecast, "project")
    known = [each for each in made if each.as_of <= portfolio.as_of]
    return max(known, key=lambda each: each.as_of, default=None)


def _by_period(
    portfolio: View, parts: Iterable[tuple[Period, Money]], currency: str
) -> Measure[Mapping[str, Decimal]]:
    found = grouped((period.text, (money, period.start)) for period, money in parts)
    rates = portfolio.settings.exchange_rates
    sums = every(total(each, currency, rates) for each in found.values())
    return sums.map(lambda known: dict(zip(found, (each.amount for each in known), strict=True)))


def fiscal_year_begin(first_day: str, day: date) -> date:
    """Return the first day of the financial year that holds a day.

    ``first_day`` is MM-DD, a day that every year has.

    >>> fiscal_year_begin("04-01", date(2026, 3, 31)), fiscal_year_begin("04-01", date(2026, 4, 1))
    (datetime.date(2025, 4, 1), datetime.date(2026, 4, 1))
    """
    begin = date(day.year, int(first_day[:2]), int(first_day[3:]))
    return begin if begin <= day else begin.replace(year=day.year - 1)
