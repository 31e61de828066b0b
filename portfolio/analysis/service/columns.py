"""The computed columns of services, service levels, indicators and incidents."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.service.kpi import kpi_state
from portfolio.analysis.service.service_hours import clocks_of
from portfolio.analysis.service.service_levels import credit_share
from portfolio.analysis.service.service_performance import (
    error_budget_now,
    is_missed,
    level_attainment,
    measured_values,
    service_availability,
)
from portfolio.measure.figure import column
from portfolio.measure.measure import Measure, given, unknown
from portfolio.measure.table import to_places
from portfolio.model.operations.services import Service
from portfolio.model.service import Incident, Kpi, Sla
from portfolio.values import Period

if TYPE_CHECKING:
    from portfolio.view.view import View

_PLACES = 6


@column(Sla)
def attainment(level: Sla, portfolio: View) -> Measure[Decimal]:
    """Return the share reached when last measured, 0..1; of a clock in the window of today."""
    return to_places(level_attainment(portfolio, level), _PLACES)


@column(Sla)
def error_budget_remaining(level: Sla, portfolio: View) -> Measure[Decimal]:
    """Return the share of the error budget that is left in the window; negative is overspent."""
    left = error_budget_now(portfolio, level).map(lambda found: found.remaining_share)
    return to_places(left, _PLACES)


@column(Sla)
def burn_rate(level: Sla, portfolio: View) -> Measure[Decimal]:
    """Return how many times faster than allowed the error budget is used; 1 just lasts."""
    return error_budget_now(portfolio, level).then(lambda found: to_places(found.burn, _PLACES))


@column(Sla)
def kept(level: Sla, portfolio: View) -> Measure[bool]:
    """Tell whether the newest value is on the good side of the target."""
    return _newest(level, portfolio).map(lambda newest: not is_missed(level, newest[1]))


@column(Sla)
def period(level: Sla, portfolio: View) -> Measure[str]:
    """Return the newest period with a value."""
    return _newest(level, portfolio).map(lambda newest: str(newest[0]))


@column(Sla)
def credit_pct(level: Sla, portfolio: View) -> Measure[Decimal]:
    """Return the percent of the fee that the newest value gives back; without tiers nothing."""
    if not level.credit_tiers:
        return unknown("no_data", "no credit is agreed")
    tiers = [(tier.below, tier.pct) for tier in level.credit_tiers]
    return _newest(level, portfolio).map(
        lambda newest: credit_share(newest[1], tiers, level.credit_cap_pct)
    )


def _newest(level: Sla, portfolio: View) -> Measure[tuple[Period, Decimal]]:
    return given(next(reversed(measured_values(portfolio, level)), None), "never measured")


@column(Service)
def composite_availability(service: Service, portfolio: View) -> Measure[Decimal]:
    """Return the availability of a service with all that it needs, 0..1: the product."""
    return to_places(service_availability(portfolio, service), _PLACES)


@column(Service)
def levels_kept(service: Service, portfolio: View) -> Measure[str]:
    """Return how many of the levels of a service were kept when last measured, of how many."""
    newest = [
        is_missed(level, values[-1][1])
        for level in portfolio.related(service, Sla, "service")
        if (values := measured_values(portfolio, level))
    ]
    if not newest:
        return unknown("no_data", "no level is measured")
    return Measure(f"{newest.count(False)} of {len(newest)}")


@column(Service)
def open_incidents(service: Service, portfolio: View) -> int:
    """Return how many incidents are not resolved on the day."""
    found = portfolio.related(service, Incident, "service")
    day = portfolio.as_of
    return sum(
        each.opened.date() <= day and (each.resolved is None or each.resolved.date() > day)
        for each in found
    )


@column(Kpi)
def value(kpi: Kpi, portfolio: View) -> Measure[Decimal]:
    """Return the newest value."""
    return kpi_state(portfolio, kpi).value


@column(Kpi)
def measured_in(kpi: Kpi, portfolio: View) -> Measure[str]:
    """Return the period of the newest value."""
    return given(kpi_state(portfolio, kpi).period, "never measured").map(str)


@column(Kpi)
def colour(kpi: Kpi, portfolio: View) -> str:
    """Return green, amber or red; grey where nothing is measured or the value is stale."""
    return kpi_state(portfolio, kpi).colour.value or "grey"


@column(Kpi)
def score(kpi: Kpi, portfolio: View) -> Measure[Decimal]:
    """Return how far the value is on its way from red to the target, 0..1."""
    return to_places(kpi_state(portfolio, kpi).score, _PLACES)


@column(Kpi)
def trend(kpi: Kpi, portfolio: View) -> Measure[str]:
    """Return improving, stable or deteriorating, by the median slope of the last periods."""
    return kpi_state(portfolio, kpi).trend


@column(Kpi)
def target_health(kpi: Kpi, portfolio: View) -> Measure[str]:
    """Return whether the target still steers: sound, soft or unreachable."""
    return kpi_state(portfolio, kpi).target_health


@column(Incident)
def clock(incident: Incident, portfolio: View) -> Measure[str]:
    """Return what each clock says: agreed minutes used of the limit, kept, missed or running."""
    words = {True: "kept", False: "missed", None: "running"}
    found = [
        f"{level.id.rpartition('.')[2]} {each.minutes} of {each.limit} min {words[each.is_kept]}"
        for level, each in clocks_of(portfolio, incident)
    ]
    return Measure("; ".join(found)) if found else unknown("no_data", "no clock judges it")


@column(Incident)
def within_target(incident: Incident, portfolio: View) -> Measure[bool]:
    """Tell whether every clock is kept; unknown while one still runs inside its limit."""
    found = [each.is_kept for _, each in clocks_of(portfolio, incident)]
    if not found:
        return unknown("no_data", "no clock judges it")
    if False in found:
        return Measure(value=False)
    return unknown("not_started", "a clock still runs") if None in found else Measure(value=True)
