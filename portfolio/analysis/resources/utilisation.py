"""What people's time was used for: hours booked against hours there are and days planned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.delivery.predictability import ForecastAccuracy, forecast_accuracy
from portfolio.analysis.resources.capacity import demand_days, net_days
from portfolio.analysis.resources.workload import person_calendar, project_id
from portfolio.measure.measure import Measure, given, per, ratio, unknown
from portfolio.measure.privacy import FEWEST_SHOWN
from portfolio.model.resources import BAU, Assignment, Person, Timesheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from portfolio.values import Period
    from portfolio.view.view import View

_NONE = Decimal(0)
_MINUTES = Decimal(60)


@dataclass(frozen=True, slots=True)
class TimeUse:
    """Hours of somebody, or of several people, over the periods they have timesheets for.

    ``available`` are net hours: contracted, less public holidays and leave. ``billable`` is None
    where nobody says what is charged. ``waiting`` are hours not approved yet: they count nowhere.
    """

    available: Decimal
    approved: Decimal
    billable: Decimal | None
    bau: Decimal
    waiting: Decimal

    @property
    def actual_utilisation(self) -> Measure[Decimal]:
        """Return approved hours / available hours."""
        return ratio(self.approved, self.available, "nobody was there")

    @property
    def billable_utilisation(self) -> Measure[Decimal]:
        """Return approved billable hours / available hours."""
        return given(self.billable, "no timesheet says what is billable").then(
            lambda hours: ratio(hours, self.available, "nobody was there")
        )

    @property
    def bau_share(self) -> Measure[Decimal]:
        """Return the part of the approved hours that business as usual took."""
        return ratio(self.bau, self.approved, "no approved hours")


def available_hours(portfolio: View, person: Person, period: Period) -> Decimal:
    """Return the hours that somebody is there in a period: net days x hours of a working day.

    Source: domain A7, utilisation; published check: 32 of 40 hours are 80 %.
    """
    calendar = person_calendar(portfolio, person)
    hours = calendar.minutes_per_day / _MINUTES
    return net_days(person, calendar, period.start, period.end) * hours


def time_use(portfolio: View, person: Person) -> Measure[TimeUse]:
    """Return the use of somebody's time over all periods they have timesheets for, until now.

    Only approved hours count. No timesheet: no_data.

    Source: domain A7, utilisation.
    """
    sheets = _until_now(portfolio, portfolio.whole.related(person, Timesheet, "person"))
    if not sheets:
        return unknown("no_data", "no timesheet")
    periods = {sheet.period for sheet in sheets}
    approved = [sheet for sheet in sheets if sheet.status == "approved"]
    stated = [sheet for sheet in approved if sheet.billable is not None]
    return Measure(
        TimeUse(
            sum((available_hours(portfolio, person, each) for each in sorted(periods)), _NONE),
            _hours(approved),
            _hours(each for each in stated if each.billable) if stated else None,
            _hours(each for each in approved if each.work.written == BAU),
            _hours(each for each in sheets if each.status != "approved"),
        )
    )


def _until_now(portfolio: View, sheets: Iterable[Timesheet]) -> Sequence[Timesheet]:
    return [each for each in sheets if each.period.end <= portfolio.as_of]


def _hours(sheets: Iterable[Timesheet]) -> Decimal:
    return sum((sheet.hours for sheet in sheets), _NONE)


def pooled_time_use(uses: Iterable[TimeUse]) -> Measure[TimeUse]:
    """Return the time of several people as one: sums, never a mean of ratios; nobody: no_data.

    Source: domain convention 12: pool numerators and denominators.

    >>> uses = [TimeUse(Decimal(40), Decimal(32), None, Decimal(0), Decimal(0))] * 2
    >>> pooled_time_use(uses).value.actual_utilisation.value
    Decimal('0.8')
    """
    known = tuple(uses)
    if not known:
        return unknown("no_data", "no timesheets")
    stated = [each.billable for each in known if each.billable is not None]
    return Measure(
        TimeUse(
            sum((each.available for each in known), _NONE),
            sum((each.approved for each in known), _NONE),
            sum(stated, _NONE) if stated else None,
            sum((each.bau for each in known), _NONE),
            sum((each.waiting for each in known), _NONE),
        )
    )


def booking_accuracy(portfolio: View, people: Iterable[Person]) -> ForecastAccuracy:
    """Compare booked with approved hours, by person, period and project.

    WAPE = sum of |approved - booked| / sum of approved; a positive bias is booking too much. Only
    periods for which somebody has approved hours are compared; bookings and hours on an activity
    count for its project. Business as usual counts where it is booked; planned as a share of the
    team's time it is no booking, and has a figure of its own.

    Source: domain A7, booking accuracy; worked example WE-54.
    """
    pairs = [pair for person in people for pair in _pairs(portfolio, person)]
    return forecast_accuracy(pairs)


def _pairs(portfolio: View, person: Person) -> Iterator[tuple[Decimal, Decimal]]:
    approved: dict[Period, dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: _NONE))
    for sheet in _until_now(portfolio, portfolio.whole.related(person, Timesheet, "person")):
        if sheet.status == "approved":
            approved[sheet.period][_work(portfolio, sheet)] += sheet.hours
    for period in sorted(approved):
        booked = _booked_hours(portfolio, person, period.start, period.end)
        planned = approved[period].keys() - {BAU} | booked.keys()
        for work in sorted(planned):
            yield approved[period].get(work, _NONE), booked.get(work, _NONE)


def _booked_hours(portfolio: View, person: Person, start: date, end: date) -> Mapping[str, Decimal]:
    calendar = person_calendar(portfolio, person)
    hours = calendar.minutes_per_day / _MINUTES
    found: dict[str, Decimal] = defaultdict(lambda: _NONE)
    for booking in portfolio.whole.related(person, Assignment, "person"):
        days = demand_days(booking, person, calendar, start, end)
        if booking.type == "hard" and days:
            found[_work(portfolio, booking)] += days * hours
    return found


def _work(portfolio: View, entry: Timesheet | Assignment) -> str:
    return project_id(portfolio, entry) or entry.work.id


def overtime(portfolio: View, people: Iterable[Person]) -> Measure[Decimal]:
    """Return approved hours above the available ones / available, of a group; below 0: 0.

    Over all periods with a timesheet. Of fewer than four people: small_sample.

    Source: domain A10.
    """
    uses = [found for each in people if (found := time_use(portfolio, each).value) is not None]
    if not uses:
        return unknown("no_data", "no timesheet is approved")
    if len(uses) < FEWEST_SHOWN:
        return unknown("small_sample", f"timesheets of fewer than {FEWEST_SHOWN} people")
    available = sum((each.available for each in uses), _NONE)
    over = sum((max(_NONE, each.approved - each.available) for each in uses), _NONE)
    return per(over, available, "nobody was there")


def load_spread(loads: Sequence[Decimal]) -> Measure[Decimal]:
    """Return how unevenly load is shared: the highest less the lowest utilisation of a group.

    Of fewer than four people: small_sample.

    Source: domain A10 (is the load fair?).

    >>> load_spread([Decimal("0.5"), Decimal("0.8"), Decimal("0.9"), Decimal("1.1")]).value
    Decimal('0.6')
    """
    if len(loads) < FEWEST_SHOWN:
        return unknown("small_sample", f"fewer than {FEWEST_SHOWN} people")
    return Measure(max(loads) - min(loads))
