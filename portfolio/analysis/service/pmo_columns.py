"""The computed columns of the PMO as a service, of improvements, maturity and pulses."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from portfolio.analysis.service.pmo_performance import (
    RequestFigures,
    is_proven,
    maturity_profile,
    request_figures,
)
from portfolio.measure.figure import column, withholding
from portfolio.measure.measure import Measure, given, unknown
from portfolio.measure.table import to_places
from portfolio.model.service import Improvement, MaturityAssessment, PmoService, ServiceRequest

if TYPE_CHECKING:
    from portfolio.view.view import View

T = TypeVar("T")


@withholding(ServiceRequest, "csat")
def one_persons_answer(_: ServiceRequest, __: View) -> str | None:
    """Withhold how satisfied one requester was: it is one person's answer, with a name beside."""
    return "one person's answer"


@column(PmoService)
def answered(service: PmoService, portfolio: View) -> int:
    """Return how many requests of the last twelve months were answered."""
    return _requests(service, portfolio).closed


@column(PmoService)
def in_time(service: PmoService, portfolio: View) -> Measure[Decimal]:
    """Return the share of them in time, 0..1, of those answered or overdue."""
    return to_places(_requests(service, portfolio).attainment)


@column(PmoService)
def median_hours(service: PmoService, portfolio: View) -> Measure[Decimal]:
    """Return the median time from raised to answered, in hours of the clock."""
    return to_places(_requests(service, portfolio).hours, 1)


@column(PmoService)
def satisfied(service: PmoService, portfolio: View) -> Measure[Decimal]:
    """Return the share of requesters who answered 4 or 5; of fewer than four nothing."""
    return to_places(_requests(service, portfolio).satisfied)


def _requests(service: PmoService, portfolio: View) -> RequestFigures:
    return request_figures(portfolio, portfolio.related(service, ServiceRequest, "service"))


@column(Improvement)
def proven(improvement: Improvement, portfolio: View) -> Measure[bool]:
    """Tell whether a finished improvement met its target and has held it."""
    if improvement.status != "done":
        return unknown("not_started", "it is not done")
    return Measure(is_proven(portfolio, improvement))


@column(MaturityAssessment)
def overall(assessment: MaturityAssessment, _: View) -> Measure[int]:
    """Return the lowest level of the profile: the weakest perspective decides."""
    return maturity_profile(assessment).map(lambda found: found.overall)


@column(MaturityAssessment)
def mean_level(assessment: MaturityAssessment, _: View) -> Measure[Decimal]:
    """Return the mean level, beside the overall one."""
    return maturity_profile(assessment).map(lambda found: found.mean)


@column(MaturityAssessment)
def levels_missing(assessment: MaturityAssessment, _: View) -> Measure[int]:
    """Return the sum of the levels that are missing to the target."""
    return maturity_profile(assessment).then(lambda found: given(found.gap, "no target is stated"))
