"""How good past forecasts were: each forecast of a month against what the month cost."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.delivery.predictability import ForecastAccuracy, forecast_accuracy
from portfolio.measure.currency import at_home, total_at_home
from portfolio.measure.statistics import grouped
from portfolio.model.delivery.projects import Project
from portfolio.model.finance import Actual, Forecast
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from portfolio.view.view import View

HORIZONS = (1, 3, 6)
"""The months ahead at which forecasts are judged."""
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class JudgedForecast:
    """A forecast of one period that has come due, and what was spent in it.

    ``horizon`` is how many months ahead it was made; amounts are in the organisation's currency.
    """

    project: str
    author: str | None
    horizon: int
    actual: Decimal
    forecast: Decimal


def judged_forecasts(portfolio: View, projects: Iterable[Project]) -> tuple[JudgedForecast, ...]:
    """Return every forecast of a period that is over and for which costs are booked.

    A period without any booking is not judged: missing books are no proof of saving. Amounts
    without an exchange rate are left out.

    Source: domain 5.3; worked example WE-54.
    """
    found: list[JudgedForecast] = []
    for project in projects:
        costs = portfolio.related(project, Actual, "project")
        booked = grouped((each.period.text, (each.amount, each.period.start)) for each in costs)
        for forecast in portfolio.related(project, Forecast, "project"):
            found += _judged(portfolio, forecast, booked)
    return tuple(found)


def _judged(
    portfolio: View, forecast: Forecast, booked: dict[str, list[tuple[Money, date]]]
) -> Iterable[JudgedForecast]:
    for part in forecast.periods:
        costs = booked.get(part.period.text)
        if part.period.end > portfolio.as_of or not costs:
            continue
        actual = total_at_home(portfolio, costs).value
        expected = at_home(portfolio, part.amount, part.period.start).value
        made, begin = forecast.as_of, part.period.start
        months = _MONTHS * (begin.year - made.year) + begin.month - made.month
        if actual is not None and expected is not None and months > 0:
            author = forecast.author.id if forecast.author is not None else None
            yield JudgedForecast(
                forecast.project.id, author, months, actual.amount, expected.amount
            )


def accuracy(judged: Iterable[JudgedForecast]) -> ForecastAccuracy:
    """Return how far forecasts were off, pooled: by the money, never a mean of their shares.

    Source: worked example WE-54.
    """
    return forecast_accuracy([(each.actual, each.forecast) for each in judged])


def at_horizon(judged: Sequence[JudgedForecast], months: int) -> tuple[JudgedForecast, ...]:
    """Return the forecasts that were made so many months ahead."""
    return tuple(each for each in judged if each.horizon == months)
