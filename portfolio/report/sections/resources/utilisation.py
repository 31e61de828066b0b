"""What time was used for: utilisation by person, how good bookings were, how fast we answered."""

from __future__ import annotations

from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

from portfolio.analysis.resources.utilisation import booking_accuracy, pooled_time_use, time_use
from portfolio.analysis.resources.workload import (
    bau_share,
    concurrent_projects,
    fragmentation,
    month_load,
    months_ahead,
)
from portfolio.model.resources import Person
from portfolio.model.service import ServiceRequest
from portfolio.report.blocks import (
    Cell,
    Column,
    Days,
    Metric,
    Metrics,
    Missing,
    Paragraph,
    Section,
    Share,
    Status,
    Table,
    shown,
)
from portfolio.report.section import section
from portfolio.report.sections.resources.overallocation_options import whole_percent

if TYPE_CHECKING:
    from portfolio.analysis.resources.utilisation import TimeUse
    from portfolio.measure.measure import Measure
    from portfolio.report.blocks import Colour
    from portfolio.report.pack import Pack

_MONTHS = 3
_MANY = 2
_FAR_MORE = Decimal("0.1")
_NOTHING = "no approved hours to compare with"
_LEAST = Decimal("0.6")
_HOURS, _SECONDS = 24, 3600


@section("resources", order=70)
def utilisation(pack: Pack) -> Section:
    """Show part 7: utilisation as planned, actual and billable, by person and in all."""
    portfolio = pack.portfolio
    at_once = concurrent_projects(portfolio, pack.as_of)
    rows = [
        _use_row(pack, person, len(at_once.get(person.id, ())))
        for person in pack.all(Person)
        if person.id in at_once or time_use(portfolio, person).value is not None
    ]
    table = Table.of(
        Column("Person"),
        Column("Planned, next three months", formula="Bookings / net hours."),
        Column.number("Actual", "Approved hours / net hours."),
        Column.number("Billable", "Billable hours / net hours."),
        Column.number("BAU planned", "The share of the week that is set aside."),
        Column.number("BAU actual", "Hours booked on business as usual / approved hours."),
        Column("Projects at once", formula="Projects booked in the same week, mean."),
        rows=rows,
        caption="Planned: hard demand / capacity. Actual: approved hours / available hours. "
        "Billable: approved billable hours / available hours. BAU: business as usual, as the "
        "team plans it and as a part of the approved hours; amber from ten points above plan.",
        empty="Nobody is booked and there are no timesheets.",
    )
    counts = [len(projects) for projects in at_once.values()]
    return Section("utilisation", "Utilisation", (_in_all(pack, counts), table))


def _in_all(pack: Pack, counts: list[int]) -> Metrics:
    uses = (time_use(pack.portfolio, person).value for person in pack.all(Person))
    found = pooled_time_use(used for used in uses if used is not None)
    scattered = sum(count > _MANY for count in counts)
    mean = fragmentation(counts)
    actual = found.then(lambda used: used.actual_utilisation)
    billable = found.then(lambda used: used.billable_utilisation)
    bau = found.then(lambda used: used.bau_share)
    return Metrics(
        Metric("Actual utilisation", Share.of(actual), _waiting(found.value)),
        Metric("Billable utilisation", Share.of(billable)),
        Metric("Business as usual", Share.of(bau), "of the approved hours"),
        Metric(
            "Projects at once",
            shown(mean.map(lambda known: f"{known:.1f}")),
            f"mean of who is booked; {scattered} on more than two",
            Status("amber") if scattered else None,
        ),
    )


def _waiting(used: TimeUse | None) -> str | None:
    return f"{used.waiting:.0f} hours not approved yet" if used and used.waiting else None


def _use_row(pack: Pack, person: Person, projects: int) -> tuple[Cell, ...]:
    found = time_use(pack.portfolio, person)
    actual = found.then(lambda used: used.actual_utilisation)
    billable = found.then(lambda used: used.billable_utilisation)
    return (
        person.label,
        _planned(pack, person),
        Share.of(actual),
        Share.of(billable),
        Share(bau_share(pack.portfolio, person)),
        _bau(found, bau_share(pack.portfolio, person)),
        Status("amber", str(projects)) if projects > _MANY else projects,
    )


def _bau(found: Measure[TimeUse], planned: Decimal) -> Cell:
    """Return what business as usual took, amber where it is far more than planned."""
    real = found.then(lambda used: used.bau_share)
    if real.value is not None and real.value > planned + _FAR_MORE:
        return Status("amber", whole_percent(real.value))
    return Share.of(real)


def _planned(pack: Pack, person: Person) -> Cell:
    """Return the planned utilisation of three months, with a colour only where it is too much."""
    loads = [month_load(pack.portfolio, person, m) for m in months_ahead(pack.as_of, _MONTHS)]
    there = sum((load.capacity for load in loads), Decimal(0))
    if not there:
        return Missing("there is no capacity")
    share = sum((load.demand for load in loads), Decimal(0)) / there
    too_much = any(load.over_allocation for load in loads)
    words = f"{whole_percent(share)}{', too full in some weeks' if too_much else ''}"
    colour: Colour = "red" if too_much else "grey" if share < _LEAST else "green"
    return Status(colour, words)


@section("resources", order=80)
def accuracy(pack: Pack) -> Section:
    """Show part 8: how good the bookings were against approved hours."""
    found = booking_accuracy(pack.portfolio, pack.all(Person))
    band = pack.portfolio.settings.thresholds.forecast_accuracy
    error = found.absolute.value
    colour: Colour = "grey"
    if error is not None:
        colour = "green" if error <= band.green else "amber" if error <= band.amber else "red"
    missed = Metric(
        "Weighted error of bookings",
        Share(error, _NOTHING),
        "sum of |approved - booked| / approved, by person, period and project",
        Status(colour) if error is not None else None,
    )
    bias = Metric("Bias", Share(found.bias.value, _NOTHING), "above 0: booked more than worked")
    return Section("accuracy", "How good the bookings were", (Metrics(missed, bias),))


@section("resources", order=90)
def requests(pack: Pack) -> Section:
    """Show part 9: requests to the PMO and how long answers took."""
    found = pack.all(ServiceRequest)
    title = "Requests and answer times"
    if not found:
        return Section("requests", title, (Paragraph(Missing("not yet measured: no requests")),))
    hours = [
        Decimal((each.closed_on - each.raised_on).total_seconds()) / _SECONDS
        for each in found
        if each.closed_on is not None
    ]
    late = sum(
        each.due is not None and each.closed_on is not None and each.closed_on > each.due
        for each in found
    )
    waiting = len(found) - len(hours)
    days = (
        Days(round(median(hours) / _HOURS, 1)) if hours else Days(None, reason="none is answered")
    )
    metrics = (
        Metric("Requests", len(found), f"{waiting} still open"),
        Metric("Answered within", days, "median, elapsed time"),
        Metric("Late", late, "answered after the promised time"),
    )
    return Section("requests", title, (Metrics(*metrics),))
