"""Where a service stands: what was measured of it, and what is left of its error budget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.service.error_budget import ErrorBudget, error_budget
from portfolio.analysis.service.service_hours import (
    clock_minutes,
    handlings,
    service_calendar,
    tally,
)
from portfolio.analysis.service.service_levels import Downtime, downtime_minutes, in_series
from portfolio.measure.measure import Measure, unknown
from portfolio.measure.statistics import grouped
from portfolio.model.index import per_portfolio
from portfolio.model.operations.services import Service
from portfolio.model.service import Kpi, Measurement, Outage, Sla
from portfolio.values import read_period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portfolio.model.operations.services import ServiceTime
    from portfolio.values import Period
    from portfolio.view.view import View

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


def measured_value(measured: Measurement) -> Decimal | None:
    """Return a value as stated, else numerator / denominator in percent, else None."""
    if measured.value is not None:
        return measured.value
    if measured.numerator is None or not measured.denominator:
        return None
    return 100 * measured.numerator / measured.denominator


def measured_values(portfolio: View, of: Sla | Kpi) -> list[tuple[Period, Decimal]]:
    """Return the values of a service level or indicator by period, oldest first, until today.

    A level with a time limit is measured by the clock over the incidents of its service: a whole
    month that nobody wrote a value for has the share in percent that was kept.
    """
    found = dict(_written_values(portfolio, of))
    if isinstance(of, Sla):
        months = {period.start for period in found}
        counted = _all_counted_months(portfolio).get(of.id, {})
        found |= {each: value for each, value in counted.items() if each.start not in months}
    return sorted(found.items(), key=lambda item: item[0].end)


def _written_values(portfolio: View, of: Sla | Kpi) -> Iterator[tuple[Period, Decimal]]:
    key = "sla" if isinstance(of, Sla) else "kpi"
    for each in portfolio.related(of, Measurement, key):
        value = measured_value(each)
        if value is not None and each.period.end <= portfolio.as_of:
            yield each.period, value


@per_portfolio
def _all_counted_months(portfolio: View) -> Mapping[str, Mapping[Period, Decimal]]:
    found = {}
    for level in portfolio.all(Sla):
        months = grouped(
            ((each.incident.opened.year, each.incident.opened.month), each)
            for each in handlings(portfolio, level)
        )
        shares: dict[Period, Decimal] = {}
        for (year, month), judged in sorted(months.items()):
            period = read_period(f"{year}-{month:02}")
            share = tally(judged, period.start, period.end).attainment.value
            if share is not None and period.end <= portfolio.as_of:
                shares[period] = 100 * share
        found[level.id] = shares
    return found


def is_missed(level: Sla, value: Decimal) -> bool:
    """Tell whether a value is on the bad side of what a service level promises."""
    return value < level.target if level.direction == "higher" else value > level.target


def level_attainment(portfolio: View, level: Sla) -> Measure[Decimal]:
    """Return the share that a level reached, 0..1, when it was last measured.

    The newest value in percent; of a clock without a whole month behind it the window of today.
    Nothing measured, or a level that is no share: no_data.

    Source: domain A12; worked example WE-37.
    """
    if level.unit not in {"%", None}:
        return unknown("no_data", f"it is measured in {level.unit}, which is no share")
    values = measured_values(portfolio, level)
    if values:
        return Measure(values[-1][1] / 100)
    window = window_of(level, portfolio.as_of)
    found = tally(handlings(portfolio, level), window.begin, window.end).attainment
    return found if found.is_known else unknown("no_data", "never measured")


def service_availability(portfolio: View, service: Service) -> Measure[Decimal]:
    """Return the availability of a service together with every service it needs, 0..1.

    The product of the newest measured availabilities along `depends_on`, each service once;
    independence is assumed. One that is not measured makes the whole unknown: no_data.

    Source: domain A12; worked example WE-36.
    """
    parts, waiting, seen = [], [service], {service.id}
    while waiting:
        part = waiting.pop()
        levels = (e for e in portfolio.related(part, Sla, "service") if e.measure == "availability")
        shares = [found.value for e in levels if (found := level_attainment(portfolio, e)).is_known]
        known = [share for share in shares if share is not None]
        if not known:
            return unknown("no_data", f"no availability of {part.id} is measured")
        parts.append(min(known))
        needed = (portfolio.find(ref, Service) for ref in part.depends_on)
        found_new = [each for each in needed if each is not None and each.id not in seen]
        waiting += found_new
        seen |= {each.id for each in found_new}
    return Measure(in_series(parts))


@dataclass(frozen=True, slots=True)
class Window:
    """The days over which a service level is judged, both included."""

    begin: date
    end: date


def window_of(level: Sla, as_of: date) -> Window:
    """Return the week, month or quarter that holds a day, or the rolling days that end on it.

    >>> from portfolio.record import Ref
    >>> level = Sla(id="up", service=Ref("web"), target=Decimal(99), direction="higher")
    >>> window_of(level, date(2026, 2, 10)).end
    datetime.date(2026, 2, 28)
    """
    if level.window.startswith("rolling_"):
        days = int(level.window.removeprefix("rolling_").removesuffix("d"))
        return Window(as_of - timedelta(days=days - 1), as_of)
    if level.window == "week":
        monday = as_of - timedelta(days=as_of.weekday())
        return Window(monday, monday + timedelta(days=6))
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
    calendar = service_calendar(agreed)
    day = begin
    while day <= end:
        midnight = datetime.combine(day, time.min)
        for first, last in calendar.shifts(day):
            yield midnight + first * _MINUTE, midnight + last * _MINUTE
        day += _DAY


def error_budget_now(portfolio: View, level: Sla) -> Measure[ErrorBudget]:
    """Return the error budget of a level in percent: of an availability in minutes, else in events.

    Minutes are agreed service time. Used: the outages of the service inside it from the beginning
    of the window to the end of the as-of day; an open outage goes on until then; planned ones and
    those that the contract leaves out do not count. Where no outage was written down, the value
    measured for a period inside the window.

    Events are the cases of the window so far: incidents against a time limit, else the numerators
    and denominators of its measurements.

    Neither: no_data.

    Source: domain A12; worked example WE-35.
    """
    window = window_of(level, portfolio.as_of)
    if level.direction != "higher" or level.unit not in {"%", None}:
        return unknown("no_data", "only a share in percent has an error budget")
    if level.measure != "availability":
        return _budget_in_events(portfolio, level, window)
    service = portfolio.find(level.service, Service)
    agreed = service.agreed_service_time if service is not None else None
    length = _minutes(agreed, window.begin, window.end)
    elapsed = _minutes(agreed, window.begin, portfolio.as_of)
    used = _used(portfolio, level, window, agreed)
    if used is None:
        return unknown("no_data", "neither an outage nor a value in this window is written down")
    return error_budget(level.target / 100, length, used, elapsed)


def _budget_in_events(portfolio: View, level: Sla, window: Window) -> Measure[ErrorBudget]:
    counted = tally(handlings(portfolio, level), window.begin, window.end)
    bad, total = Decimal(counted.missed), Decimal(counted.total)
    for each in portfolio.related(level, Measurement, "sla") if not counted.total else ():
        inside = window.begin <= each.period.start and each.period.end <= window.end
        if inside and each.numerator is not None and each.denominator is not None:
            bad, total = bad + each.denominator - each.numerator, total + each.denominator
    if not total:
        return unknown("no_data", "no cases are counted in this window")
    return error_budget(level.target / 100, total, bad, total).map(
        lambda found: replace(found, unit="events")
    )


def _minutes(agreed: ServiceTime | None, begin: date, end: date) -> Decimal:
    calendar = service_calendar(agreed)
    first = datetime.combine(begin, time.min)
    after = datetime.combine(end + _DAY, time.min)
    return Decimal(clock_minutes(calendar, first, after))


def _used(
    portfolio: View, level: Sla, window: Window, agreed: ServiceTime | None
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
