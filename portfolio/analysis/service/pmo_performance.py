"""The PMO as a service: requests in time, proven improvements, maturity."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from statistics import mean, median
from typing import TYPE_CHECKING

from portfolio.analysis.service.service_performance import measured_values
from portfolio.calendar import add_months
from portfolio.measure.measure import Measure, ratio, share, unknown
from portfolio.measure.privacy import FEWEST_SHOWN, TOO_FEW
from portfolio.model.service import (
    Improvement,
    Kpi,
    MaturityAssessment,
    Perspectives,
    ServiceRequest,
)

if TYPE_CHECKING:
    from portfolio.view.view import View

MONTHS = 12
_HELD = 2
_HOURS = 3600
_QUARTER = 3
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class RequestFigures:
    """How requests were answered; ``late_open`` are past their day and not answered yet.

    ``hours`` is the median from raised to closed in hours of the clock, ``satisfied`` the share of
    answers of 4 and 5, ``effort`` the hours that they took.
    """

    closed: int
    in_time: int
    open: int
    late_open: int
    hours: Measure[Decimal]
    satisfied: Measure[Decimal]
    effort: Decimal

    @property
    def attainment(self) -> Measure[Decimal]:
        """Return those answered in time / those answered or overdue; none: no_data.

        What is overdue and still open belongs in the denominator: else waiting would look well.
        """
        due = self.closed + self.late_open
        return ratio(Decimal(self.in_time), due, "no request was due", "no_data")


def request_figures(portfolio: View, requests: Iterable[ServiceRequest]) -> RequestFigures:
    """Return how requests of the last twelve months were answered until the as-of day.

    A request without a day that it is due by counts as in time when it is answered. Answers on
    satisfaction of fewer than four requests: small_sample.

    Source: domain section 6 (request on time).
    """
    now = datetime.combine(portfolio.as_of, time.max)
    start = datetime.combine(add_months(portfolio.as_of, -MONTHS), time.min)
    found = [each for each in requests if start <= each.raised_on <= now]
    closed = [each for each in found if each.closed_on is not None and each.closed_on <= now]
    waiting = [each for each in found if each not in closed]
    in_time = sum(
        each.due is None or (each.closed_on is not None and each.closed_on <= each.due)
        for each in closed
    )
    hours = [
        Decimal((each.closed_on - each.raised_on).total_seconds()) / _HOURS
        for each in closed
        if each.closed_on is not None
    ]
    return RequestFigures(
        len(closed),
        in_time,
        len(waiting),
        sum(each.due is not None and each.due < now for each in waiting),
        Measure(median(hours)) if hours else unknown("no_data", "none is answered yet"),
        _satisfied([each.csat for each in closed if each.csat is not None]),
        sum((each.effort_hours or _NONE for each in found), _NONE),
    )


def _satisfied(scores: Sequence[int]) -> Measure[Decimal]:
    if 0 < len(scores) < FEWEST_SHOWN:
        return unknown("small_sample", TOO_FEW)
    return share((score >= 4 for score in scores), "nobody was asked")  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class ImprovementRecord:
    """The register of continual improvement: in, running, done, proven, rejected.

    ``proven`` met their target and have held it for two periods; ``unprovable`` are done without a
    baseline, and can never be called a success.
    """

    entries: int
    running: int
    done: tuple[Improvement, ...]
    proven: tuple[Improvement, ...]
    rejected: int
    unprovable: tuple[Improvement, ...]

    @property
    def success_rate(self) -> Measure[Decimal]:
        """Return proven / done; none done: no_data."""
        return ratio(Decimal(len(self.proven)), len(self.done), "no improvement is done", "no_data")

    @property
    def effort_days(self) -> Decimal:
        """Return the days that the finished improvements took."""
        return sum((each.effort.amount for each in self.done if each.effort), _NONE)


def improvement_record(portfolio: View, improvements: Iterable[Improvement]) -> ImprovementRecord:
    """Return how improvements have gone.

    Source: domain section 6 (success rate, improvement yield).
    """
    found = list(improvements)
    done = tuple(each for each in found if each.status == "done")
    return ImprovementRecord(
        len(found),
        sum(each.status in {"approved", "in_progress"} for each in found),
        done,
        tuple(each for each in done if is_proven(portfolio, each)),
        sum(each.status == "rejected" for each in found),
        tuple(each for each in done if each.baseline is None or each.baseline.value is None),
    )


def is_proven(portfolio: View, improvement: Improvement) -> bool:
    """Tell whether an improvement met its target, and whether the indicator has held it since.

    Held: the two newest values of the indicator are on the good side of the target. Where the
    indicator has no values of its own, the result that was written has to do.
    """
    before, goal, after = improvement.baseline, improvement.target, improvement.result
    if before is None or goal is None or after is None:
        return False
    if before.value is None or goal.value is None or after.value is None:
        return False
    is_less_better = goal.value < before.value

    def met(value: Decimal) -> bool:
        return value <= goal.value if is_less_better else value >= goal.value  # type: ignore[operator]

    kpi = portfolio.find(goal.kpi, Kpi) if goal.kpi is not None else None
    values = [value for _, value in measured_values(portfolio, kpi)] if kpi is not None else []
    held = values[-_HELD:] if len(values) >= _HELD else [after.value]
    return met(after.value) and all(met(each) for each in held)


def proven_lately(portfolio: View, record: ImprovementRecord) -> int:
    """Return the improvements that were proven and closed within the last three months."""
    start = add_months(portfolio.as_of, -_QUARTER)
    return sum(each.closed_on is not None and each.closed_on > start for each in record.proven)


@dataclass(frozen=True, slots=True)
class MaturityProfile:
    """The levels of an assessment, 1 to 5, by perspective, and what is missing to the target.

    ``overall`` is the lowest: no chain is stronger. ``without_evidence`` are perspectives whose
    level nothing proves.
    """

    assessment: MaturityAssessment
    scores: dict[str, int]
    overall: int
    mean: Decimal
    weakest: tuple[str, ...]
    gap: int | None
    without_evidence: tuple[str, ...]


def maturity_profile(assessment: MaturityAssessment) -> Measure[MaturityProfile]:
    """Return the profile of a maturity assessment; no level stated: no_data.

    The gap is the sum of max(0, target - score) over the perspectives with a target.

    Source: P3M3; domain section 6; worked example WE-57.
    """
    scores = levels_of(assessment.scores)
    if not scores:
        return unknown("no_data", "no level is stated")
    lowest = min(scores.values())
    targets = levels_of(assessment.target) if assessment.target is not None else {}
    gap = sum(max(0, level - scores.get(name, 0)) for name, level in targets.items())
    proofs = assessment.evidence or {}
    return Measure(
        MaturityProfile(
            assessment,
            scores,
            lowest,
            Decimal(mean(scores.values())).quantize(Decimal("0.01")),
            tuple(name for name, level in scores.items() if level == lowest),
            gap if targets else None,
            tuple(name for name in scores if not proofs.get(name)),
        )
    )


def levels_of(perspectives: Perspectives) -> dict[str, int]:
    """Return the stated levels by perspective."""
    return {name: level for name, level in perspectives.values().items() if level is not None}


def newest_assessments(portfolio: View) -> tuple[MaturityAssessment, ...]:
    """Return the newest assessment of each model until the as-of day."""
    ordered = sorted(portfolio.all(MaturityAssessment), key=lambda each: each.on)
    newest = {each.model: each for each in ordered if each.on <= portfolio.as_of}
    return tuple(newest.values())
