"""Delivery: how much room a promise leaves."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from portfolio.measure.measure import Measure, unknown
from portfolio.view.lifecycle import is_open

if TYPE_CHECKING:
    from portfolio.calendar import Calendar
    from portfolio.model.delivery.projects import Dependency
    from portfolio.settings import Band

MarginColour = Literal["green", "amber", "red", "grey", "blue"]


@dataclass(frozen=True, slots=True)
class Margin:
    """The room between a promise and its need in working days, its colour, and why there is none.

    ``days`` may be known although the colour is grey: a good date that nobody has agreed to.
    """

    days: int | None
    colour: MarginColour
    reason: str = ""


def dependency_margin(dependency: Dependency, calendar: Calendar, band: Band) -> Margin:
    """Return the working days from when something is promised to when it is needed.

    margin = working days from forecast (else committed) to need_by, signed: later than needed is
    negative. Green from the dependency's own buffer, else from the green edge of ``band``; amber
    from its amber edge; below it red. Delivered: blue. No date, or nobody has agreed: grey.

    Source: worked example WE-61.

    >>> from datetime import date
    >>> from portfolio.calendar import Calendar
    >>> from portfolio.model.delivery.projects import Dependency
    >>> from portfolio.settings import Thresholds
    >>> api = Dependency(id="api", need_by=date(2026, 5, 11), forecast=date(2026, 5, 5),
    ...                  agreement="agreed")
    >>> work = Calendar("work", holidays={date(2026, 5, 4)})
    >>> dependency_margin(api, work, Thresholds().dependency_margin)
    Margin(days=4, colour='amber', reason='')
    """
    if dependency.agreement == "cancelled":
        return Margin(None, "grey", "cancelled")
    if not is_open(dependency):
        return Margin(None, "blue", "delivered")
    promised = dependency.forecast or dependency.committed
    if promised is None or dependency.need_by is None:
        missing = "no promised date" if promised is None else "no date of need"
        return Margin(None, "grey", missing)
    days = calendar.working_days_between(promised, dependency.need_by)
    if dependency.agreement != "agreed":
        return Margin(days, "grey", f"not agreed: {dependency.agreement}")
    green = band.green
    if dependency.wrote("buffer") and dependency.buffer.is_working:
        minutes = dependency.buffer.working_minutes(calendar.minutes_per_day)
        green = Decimal(minutes) / calendar.minutes_per_day
    return Margin(days, _colour(Decimal(days), green, band.amber))


def _colour(days: Decimal, green: Decimal, amber: Decimal) -> MarginColour:
    if days >= green:
        return "green"
    return "amber" if days >= amber else "red"


def coupling_density(links: int, projects: int) -> Measure[float]:
    """Return how tightly projects hang together, from 0 (not at all) to 1 (each on every other).

    density = links / (n (n - 1)), where links counts the ordered pairs of projects with at least
    one open hard dependency and n counts the projects. Fewer than two projects: n/a.

    Source: domain reference A6, coupling matrix.

    >>> coupling_density(3, 4).value
    0.25
    >>> coupling_density(0, 1).reason
    'fewer than two projects'
    """
    pairs = projects * (projects - 1)
    if not pairs:
        return unknown("zero_denominator", "fewer than two projects")
    return Measure(links / pairs)
