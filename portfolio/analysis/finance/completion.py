"""What a project will cost when it is done, as a range, from what is known of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.finance.earned_value import (
    EarnedValue,
    EstimateRange,
    estimate_range,
    recent_cost_performance,
)
from portfolio.analysis.finance.project_performance import project_performance, snapshots_of
from portfolio.measure.currency import total
from portfolio.measure.measure import Measure, unknown
from portfolio.model.finance import Forecast

if TYPE_CHECKING:
    from portfolio.analysis.finance.project_performance import Performance
    from portfolio.model.delivery.projects import Project
    from portfolio.model.portfolio import Portfolio

_CADENCE_DAYS = 31


def completion(portfolio: Portfolio, project: Project) -> Measure[EstimateRange]:
    """Return the estimate at completion of a project as low, selected and high.

    The rest as people expect it comes from the newest forecast; it is selected where that is not
    older than a month and the days of grace. The figures are those of `project_performance`.

    Source: domain A2; worked examples WE-01, WE-03.
    """
    found = project_performance(portfolio, project)
    if found.value is None:
        return unknown(found.code, found.reason)
    made = [
        f for f in portfolio.related(project, Forecast, "project") if f.as_of <= portfolio.as_of
    ]
    newest = max(made, key=lambda each: each.as_of, default=None)
    history = [
        EarnedValue(Decimal(0), each.pv.amount, each.ev.amount, each.ac.amount)
        for each in snapshots_of(portfolio, project)
    ]
    allowed = _CADENCE_DAYS + portfolio.settings.thresholds.report_grace_days
    return estimate_range(
        found.value.figures,
        bottom_up=_expected(portfolio, newest, found.value) if newest is not None else None,
        is_current=newest is not None and (portfolio.as_of - newest.as_of).days <= allowed,
        recent_index=recent_cost_performance(history),
    )


def _expected(portfolio: Portfolio, forecast: Forecast, found: Performance) -> Decimal | None:
    """Return what a forecast expects from then on, in the currency of the figures."""
    parts = [(part.amount, forecast.as_of) for part in forecast.periods]
    summed = total(parts, found.currency, portfolio.settings.exchange_rates)
    return summed.value.amount if summed.value is not None else None
