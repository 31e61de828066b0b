"""Rules about workload: nobody is booked for more than there is of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.resources.capacity import Load, weekly_load
from portfolio.analysis.resources.overallocation import hard_bookings
from portfolio.analysis.resources.skills import holders
from portfolio.analysis.resources.workload import bau_share, monday_of
from portfolio.diagnostic import Severity
from portfolio.measure.statistics import grouped
from portfolio.model.delivery.projects import Activity
from portfolio.model.resources import Assignment, Person, RoleDemand
from portfolio.network.calendars import named_calendar
from portfolio.network.portfolio_schedule import plan_of
from portfolio.rules.phrases import counted, listed, percent, see
from portfolio.rules.rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.view.view import View

_WEEKS_AHEAD = 52
_WEEK = timedelta(weeks=1)
_FAR_BEYOND = Decimal("1.2")


@rule(Severity.WARNING, Person)
def res_overallocated(person: Person, portfolio: View) -> Iterator[Problem]:
    """Somebody is booked for more than they can do in a week.

    What it does:
        Compares the hard bookings of a person with their capacity, week by week for a year from
        the status date: net days x productive share, less the share of business as usual of their
        team unless that is booked. Beyond 120 % it is an error. Weeks in which they are not there
        at all are those of RES-AFTER-LEAVING.

    Why it matters:
        The plan cannot happen; which project waits is decided by chance.

    Example:
        assignments:
          - {id: eva-atlas, person: eva-stone, work: atlas, from: 2026-04-06, to: 2026-04-17,
             pct: 60}
          - {id: eva-hub, person: eva-stone, work: data-hub, from: 2026-04-06, to: 2026-04-17,
             pct: 40}

    Use instead:
        assignments:
          - {id: eva-atlas, person: eva-stone, work: atlas, from: 2026-04-06, to: 2026-04-17,
             pct: 60}
          - {id: eva-hub, person: eva-stone, work: data-hub, from: 2026-04-20, to: 2026-05-01,
             pct: 40}
    """
    bookings = hard_bookings(portfolio, person)
    over = [
        load
        for load in _weeks(person, bookings, portfolio)
        if load.capacity > 0 and load.over_allocation > 0
    ]
    if not over:
        return
    peak = max(over, key=lambda load: load.demand / load.capacity)
    share = peak.demand / peak.capacity
    causes = [each for each in bookings if each.from_ <= peak.end and each.to >= peak.start]
    work = listed(dict.fromkeys(each.work.id for each in causes))
    yield Problem(
        person,
        f"{person.name} is booked beyond capacity in {counted(len(over), 'week')} from "
        f"{over[0].start}; at most {percent(share)} in the week of {peak.start} "
        f"({peak.demand:.1f} days of {peak.capacity:.1f}): {work}",
        "id",
        "move a booking, or find somebody else for one of them",
        Severity.ERROR if share > _FAR_BEYOND else None,
        related=tuple(
            see(each, f"books {person.name} on {each.work.id}", "work") for each in causes
        ),
    )


def _weeks(person: Person, bookings: Sequence[Assignment], portfolio: View) -> Iterator[Load]:
    """Yield the load of each week that could be too much, from the status date on.

    Percentages of a week add up without a calendar; only where they exceed what the person can
    give are days counted.
    """
    if not bookings:
        return
    calendar = named_calendar(portfolio, person.calendar)
    share = bau_share(portfolio, person)
    monday = monday_of(max(portfolio.as_of, min(each.from_ for each in bookings)))
    last = min(max(each.to for each in bookings), portfolio.as_of + _WEEKS_AHEAD * _WEEK)
    usable = 100 * person.productive_share * (1 - share)
    weeks = (last - monday).days // _WEEK.days + 1
    for week in (monday + number * _WEEK for number in range(weeks)):
        touching = [b for b in bookings if b.from_ < week + _WEEK and b.to >= week]
        shares = [booking.pct for booking in touching]
        if None in shares or sum(pct for pct in shares if pct is not None) > usable:
            yield weekly_load(person, touching, calendar, share, week)


@rule(Severity.WARNING)
def res_single_point(portfolio: View, _: View) -> Iterator[Problem]:
    """Work on a critical path needs a skill that only one person has, or nobody.

    What it does:
        Takes the unfinished critical activities with a booking that names a `skill`, or a role
        whose demand in the project names one, and counts who is in post and assessed at the level
        needed. One or none is reported, once for each skill and level. Speaks only where skills
        are assessed at all.

    Why it matters:
        When that person is ill, the end date moves.

    Example:
        person: {id: dario-lind, name: Dario Lind, role: Tester,
          skills: [{skill: TEST, level: 4, assessed_on: 2025-11-03}]}
        project: {id: base, name: Base, sponsor: anna-reyes, category: mandatory,
          status: proposed, activities: [{id: tests, duration: 20d}]}
        assignment: {id: dario-tests, person: dario-lind, work: base.tests, from: 2026-05-01,
          to: 2026-06-30, pct: 50, skill: TEST, min_level: 4}

    Use instead:
        people:
          - {id: dario-lind, name: Dario Lind, role: Tester,
             skills: [{skill: TEST, level: 4, assessed_on: 2025-11-03}]}
          - {id: fay-brook, name: Fay Brook, role: Tester,
             skills: [{skill: TEST, level: 5, assessed_on: 2025-11-03}]}
        project: {id: base, name: Base, sponsor: anna-reyes, category: mandatory,
          status: proposed, activities: [{id: tests, duration: 20d}]}
        assignment: {id: dario-tests, person: dario-lind, work: base.tests, from: 2026-05-01,
          to: 2026-06-30, pct: 50, skill: TEST, min_level: 4}
    """
    people = [person for person in portfolio.all(Person) if person.skills]
    if not people:
        return
    needed = grouped(
        (need, each) for each in _critical(portfolio) for need in _skills_of(each, portfolio)
    )
    for (skill, level), activities in sorted(needed.items()):
        able = holders(people, skill, level, portfolio.as_of)
        if len(able) > 1:
            continue
        who = f"only {able[0].name} is" if able else "nobody is"
        work = listed(dict.fromkeys(activity.id for activity in activities))
        yield Problem(
            activities[0],
            f"{who} assessed in {skill} at level {level}, which critical work needs: {work}",
            "id",
            "train or hire a second person, or move the work off the critical path",
            related=tuple(see(person, f"the skills of {person.name}", "skills") for person in able),
        )


def _critical(portfolio: View) -> Iterator[Activity]:
    skilled = {booking.work.id for booking in portfolio.all(Assignment) if booking.skill}
    roles = {(demand.project.id, demand.role) for demand in portfolio.all(RoleDemand)}
    for activity in portfolio.all(Activity):
        wanted = {(activity.project.id, each.role) for each in activity.resources}
        if activity.actual_finish is None and (activity.id in skilled or wanted & roles):
            known = activity.id in plan_of(portfolio).network.index
            if known and plan_of(portfolio).schedule.is_critical(activity.id):
                yield activity


def _skills_of(activity: Activity, portfolio: View) -> Iterator[tuple[str, int]]:
    for booking in portfolio.related(activity, Assignment, "work"):
        if booking.skill:
            yield booking.skill, booking.min_level or 1
    roles = {each.role for each in activity.resources}
    for demand in portfolio.all(RoleDemand):
        if demand.project.id == activity.project.id and demand.role in roles and demand.skill:
            yield demand.skill, demand.level or 1
