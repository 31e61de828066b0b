"""The computed columns of the PMO as a service, of improvements, maturity and pulses."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from portfolio.analysis.resources.retention import is_covered, pulse_result
from portfolio.analysis.service.pmo_performance import (
    MaturityProfile,
    RequestFigures,
    is_proven,
    maturity_profile,
    request_figures,
)
from portfolio.measure.measure import Measure, unknown
from portfolio.measure.satisfaction import FEWEST_SHOWN, TOO_FEW
from portfolio.measure.table import column, withholding
from portfolio.model.resources import DevelopmentPlan, Person, Pulse, Succession
from portfolio.model.service import Improvement, MaturityAssessment, PmoService, ServiceRequest

if TYPE_CHECKING:
    from collections.abc import Callable

    from portfolio.model.portfolio import Portfolio

T = TypeVar("T")
_FINE, _TENTH = Decimal("0.0001"), Decimal("0.1")


@withholding(ServiceRequest, "csat")
def one_persons_answer(_: ServiceRequest, __: Portfolio) -> str | None:
    """Withhold how satisfied one requester was: it is one person's answer, with a name beside."""
    return "one person's answer"


@withholding(Person, "skills")
def one_persons_assessment(_: Person, __: Portfolio) -> str | None:
    """Withhold the assessed skills of one person: lists go further than those who assessed."""
    return "one person's assessment"


@withholding(DevelopmentPlan, "goals")
def one_persons_plan(_: DevelopmentPlan, __: Portfolio) -> str | None:
    """Withhold what one person is to learn, with the level that it starts from."""
    return "one person's assessment"


@withholding(Pulse, "invited", "responses")
def too_few_answers(pulse: Pulse, _: Portfolio) -> str | None:
    """Withhold the answers to a pulse of fewer than four people, and how many were asked."""
    return TOO_FEW if len(pulse.responses) < FEWEST_SHOWN else None


@column(PmoService)
def answered(service: PmoService, portfolio: Portfolio) -> int:
    """Return how many requests of the last twelve months were answered."""
    return _requests(service, portfolio).closed


@column(PmoService)
def in_time(service: PmoService, portfolio: Portfolio) -> Measure[Decimal]:
    """Return the share of them in time, 0..1, of those answered or overdue."""
    found = _requests(service, portfolio).attainment
    return found if found.value is None else Measure(found.value.quantize(_FINE))


@column(PmoService)
def median_hours(service: PmoService, portfolio: Portfolio) -> Measure[Decimal]:
    """Return the median time from raised to answered, in hours of the clock."""
    found = _requests(service, portfolio).hours
    return found if found.value is None else Measure(found.value.quantize(_TENTH))


@column(PmoService)
def satisfied(service: PmoService, portfolio: Portfolio) -> Measure[Decimal]:
    """Return the share of requesters who answered 4 or 5; of fewer than four nothing."""
    found = _requests(service, portfolio).satisfied
    return found if found.value is None else Measure(found.value.quantize(_FINE))


def _requests(service: PmoService, portfolio: Portfolio) -> RequestFigures:
    return request_figures(portfolio, portfolio.related(service, ServiceRequest, "service"))


@column(Improvement)
def proven(improvement: Improvement, portfolio: Portfolio) -> Measure[bool]:
    """Tell whether a finished improvement met its target and has held it."""
    if improvement.status != "done":
        return unknown("not_started", "it is not done")
    return Measure(is_proven(portfolio, improvement))


@column(MaturityAssessment)
def overall(assessment: MaturityAssessment, _: Portfolio) -> Measure[int]:
    """Return the lowest level of the profile: the weakest perspective decides."""
    return _profile(assessment, lambda found: Measure(found.overall))


@column(MaturityAssessment)
def mean_level(assessment: MaturityAssessment, _: Portfolio) -> Measure[Decimal]:
    """Return the mean level, beside the overall one."""
    return _profile(assessment, lambda found: Measure(found.mean))


@column(MaturityAssessment)
def levels_missing(assessment: MaturityAssessment, _: Portfolio) -> Measure[int]:
    """Return the sum of the levels that are missing to the target."""
    return _profile(
        assessment,
        lambda found: (
            Measure(found.gap)
            if found.gap is not None
            else unknown("no_data", "no target is stated")
        ),
    )


def _profile(
    assessment: MaturityAssessment, read: Callable[[MaturityProfile], Measure[T]]
) -> Measure[T]:
    found = maturity_profile(assessment)
    return read(found.value) if found.value is not None else unknown(found.code, found.reason)


@column(Pulse)
def engagement(pulse: Pulse, _: Portfolio) -> Measure[Decimal]:
    """Return the mean of 1 to 5; of fewer than four people nothing."""
    return _mean(pulse, "engagement")


@column(Pulse)
def workload(pulse: Pulse, _: Portfolio) -> Measure[Decimal]:
    """Return the mean of 1 to 5, 5 being fine; of fewer than four people nothing."""
    return _mean(pulse, "workload")


@column(Pulse)
def safety(pulse: Pulse, _: Portfolio) -> Measure[Decimal]:
    """Return the mean of 1 to 5, 5 being free to report red; of fewer than four nothing."""
    return _mean(pulse, "safety")


@column(Pulse)
def enps(pulse: Pulse, _: Portfolio) -> Measure[Decimal]:
    """Return how far the team recommends us, -100 to 100; of fewer than four people nothing."""
    found = pulse_result(pulse)
    if found.value is None:
        return unknown(found.code, found.reason)
    score = found.value.recommend
    if score.value is None:
        return unknown(score.code, score.reason)
    return Measure(Decimal(str(score.value.score)).quantize(_TENTH))


def _mean(pulse: Pulse, question: str) -> Measure[Decimal]:
    found = pulse_result(pulse)
    if found.value is None:
        return unknown(found.code, found.reason)
    mean = found.value.means.get(question)
    return Measure(mean.quantize(_TENTH)) if mean is not None else unknown("small_sample", TOO_FEW)


@column(Succession)
def successor_now(role: Succession, portfolio: Portfolio) -> bool:
    """Tell whether somebody in post could take over the role now."""
    return is_covered(portfolio, role)
