"""Where a service stands: what was measured of it, and what is left of its error budget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.measure import Measure, unknown
from portfolio.analysis.service_levels import Downtime, ErrorBudget, downtime_minutes, error_budget
from portfolio.model.operations import Service
from portfolio.model.service import Kpi, Measurement, Outage, Sla

if TYPE_CHECKING:
    from portfolio.model.operations import ServiceTime
    from portfolio.model.portfolio import Portfolio
    from portfolio.values import Period

_DAY = timedelta(days=1)
_ROLLING = timedelta(days=30)
_MINUTE = timedelta(minutes=1)


def measured_value(measured: Measurement) -> Decimal | None:
    """Return a value as stated, else numerator / denominator in percent, else None."""
    if measured.value is not None:
        return measured.value
    if measured.numerator is None or not measured.denominator:
        return None
    return 100 * measured.numerator / measured.denominator


def measured_values(portfolio: Portfolio, of: Sla | Kpi) -> list[tuple[Period, Decimal]]:
    """Return the values of a service level or indicator by period, oldest first, until today."""
    key = "sla" if isinstance(of, Sla) else "kpi"
    found = [
        (each.period, value)
        for each in portfolio.related(of, Measurement, key)
        if (value := measured_value(each)) is not None and each.period.end <= portfolio.as_of
    ]
    return sorted(found, key=lambda item: item[0].end)


def is_missed(level: Sla, value: Decimal) -> bool:
    """Tell whether a value is on the bad side of what a service level promises."""
    return value < level.target if level.direction == "higher" else value > level.target


@dataclass(frozen=True, slots=True)
class Window:
    """The days over which a service level is judged, both included."""

    begin: date
    end: date


def window_of(level: Sla, as_of: date) -> Window:
    """Return the month or quarter that holds a day, or the thirty days that end on it.

    >>> from portfolio.record import Ref
    >>> level = Sla(id="up", service=Ref("web"), target=Decimal(99), direction="higher")
    >>> window_of(level, date(2026, 2, 10)).end
    datetime.date(2026, 2, 28)
    """
    if level.window == "rolling_30d":
        return Window(as_of - _ROLLING + _DAY, as_of)
    months = 3 if level.window == "quarter" else 1
    first = as_of.month - (as_of.month - 1) % months
    following = first + months
    after = date(as_of.year + (following - 1) // 12, (following - 1) % 12 + 1, 1)
    return Window(date(as_of.year, first, 1), after - _DAY)


def agreed_spans(
    agreed: ServiceTime | None, begin: date, end: date
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the spans in which a service is promised to work, from day to day, both included.

    Without an agreed service time it is promised round the clock.
    """
    day = begin
    while day <= end:
        if agreed is None:
            yield datetime.combine(day, time.min), datetime.combine(day + _DAY, time.min)
        elif day.isoweekday() in agreed.days:
            first = datetime.combine(day, time.fromisoformat(agreed.from_))
            last = datetime.combine(day, time.min) + _time_of_day(agreed.to)
            yield first, last
        day += _DAY


def _time_of_day(text: str) -> timedelta:
    hours, _, minutes = text.partition(":")
    return timedelta(hours=int(hours), minutes=int(minutes or 0))  # 24:00 is the end of the day


def error_budget_now(portfolio: Portfolio, level: Sla) -> Measure[ErrorBudget]:
    """Return the error budget of an availability in percent, in minutes of agreed service time.

    Used: the outages of the service inside its agreed time from the beginning of the window to
    the end of the as-of day; an open outage goes on until then; planned ones and those that the
    contract leaves out do not count. Where no outage was written down, the value measured for a
    period inside the window.

    Another measure, or neither outages nor a value: no_data.

    Source: domain A12; worked example WE-35.
    """
    if level.measure != "availability" or level.direction != "higher":
        return unknown("no_data", "only an availability has an error budget")
    service = portfolio.find(level.service, Service)
    agreed = service.agreed_service_time if service is not None else None
    window = window_of(level, portfolio.as_of)
    length = _minutes(agreed, window.begin, window.end)
    elapsed = _minutes(agreed, window.begin, portfolio.as_of)
    used = _used(portfolio, level, window, agreed)
    if used is None:
        return unknown("no_data", "neither an outage nor a value in this window is written down")
    return error_budget(level.target / 100, length, used, elapsed)


def _minutes(agreed: ServiceTime | None, begin: date, end: date) -> Decimal:
    spans = agreed_spans(agreed, begin, end)
    return sum((Decimal((last - first) // _MINUTE) for first, last in spans), Decimal(0))


def _used(
    portfolio: Portfolio, level: Sla, window: Window, agreed: ServiceTime | None
) -> Decimal | None:
    now = datetime.combine(portfolio.as_of + _DAY, time.min)
    outages = [
        Downtime(each.from_, min(each.to or now, now), each.impact_share)
        for each in portfolio.all(Outage)
        if each.service.id == level.service.id and not each.planned and not each.excluded
    ]
    if outages:
        spans = agreed_spans(agreed, window.begin, portfolio.as_of)
        return sum((downtime_minutes(outages, *span) for span in spans), Decimal(0))
    inside = [
        (period, value)
        for period, value in measured_values(portfolio, level)
        if window.begin <= period.start and period.end <= window.end
    ]
    lost = (
        (100 - value) / 100 * _minutes(agreed, period.start, period.end) for period, value in inside
    )
    return sum(lost, Decimal(0)) if inside else None
