"""Earned schedule: how late a project is in time, from the same figures as earned value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from portfolio.measure.measure import Measure, unknown


def planned_duration(planned: Sequence[Decimal]) -> int:
    """Return the first period in which the planned value reaches its end.

    ``planned`` is cumulative, one value a period, the first period first.

    Source: Lipke 2003; worked example WE-08.

    >>> planned_duration([Decimal(20), Decimal(100), Decimal(100)])
    2
    """
    return next(n for n, value in enumerate(planned, 1) if value >= planned[-1])


def earned_schedule(planned: Sequence[Decimal], earned: Decimal) -> Measure[Decimal]:
    """Return the number of periods in which what was earned should have been earned.

    C + (EV - PV_C) / (PV_C+1 - PV_C), C being the last period with PV_C <= EV, PV_0 = 0: a planned
    pause is credited. Everything earned: the planned duration. Nothing planned: no_data.

    Source: Lipke 2003; worked examples WE-05, WE-08.

    >>> earned_schedule([Decimal(20), Decimal(40), Decimal(40), Decimal(100)], Decimal(40)).value
    Decimal('3')
    """
    if not planned or planned[-1] <= 0:
        return unknown("no_data", "nothing is planned over time")
    if earned >= planned[-1]:
        return Measure(Decimal(planned_duration(planned)))
    values = [Decimal(0), *planned]
    complete = max(n for n, value in enumerate(values) if value <= max(earned, Decimal(0)))
    before, after = values[complete], values[complete + 1]
    return Measure(complete + (max(earned, Decimal(0)) - before) / (after - before))


@dataclass(frozen=True, slots=True)
class TimePerformance:
    """Where a project is in time, in periods of its plan.

    ``actual`` is the time that has passed, frozen when the work is done.
    """

    duration: Decimal
    earned: Decimal
    actual: Decimal

    @property
    def variance(self) -> Decimal:
        """Return ES - AT; negative is late."""
        return self.earned - self.actual

    @property
    def index(self) -> Measure[Decimal]:
        """Return SPI(t) = ES / AT; unlike SPI it does not end at 1. No time passed: not_started.

        Source: Lipke 2003; worked examples WE-06, WE-07.
        """
        if self.actual <= 0:
            return unknown("not_started", "no time has passed")
        return Measure(self.earned / self.actual)

    def forecast(self, factor: Measure[Decimal] | None = None) -> Measure[Decimal]:
        """Return the duration at completion: AT + (PD - ES) / factor.

        The factor is 1, SPI(t), or SPI(t) x CPI; with SPI(t) the result is PD / SPI(t). A factor
        of 0 or without a value: no forecast.

        Source: Lipke 2003; worked examples WE-05, WE-06.
        """
        pace = Measure(Decimal(1)) if factor is None else factor
        if pace.value is None:
            return unknown(pace.code, pace.reason)
        if pace.value <= 0:
            return unknown("zero_denominator", "nothing was earned")
        return Measure(self.actual + (self.duration - self.earned) / pace.value)

    @property
    def to_complete_index(self) -> Measure[Decimal]:
        """Return TSPI = (PD - ES) / (PD - AT), the pace needed to end as planned.

        All earned: finished. The planned end has passed with work left: unreachable.

        Source: Lipke 2003; worked example WE-06.
        """
        left = self.duration - self.earned
        if left <= 0:
            return unknown("finished", "all the work is earned")
        if self.actual >= self.duration:
            return unknown("unreachable", "the planned end has passed")
        return Measure(left / (self.duration - self.actual))
