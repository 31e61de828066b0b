"""A levelling proposal: which work waits for whom, what that costs, and what stays too much."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from portfolio.analysis.resources.capacity import Load, demand_days, weekly_load, working_days
from portfolio.analysis.resources.overallocation import hard_bookings, overloads, shifted
from portfolio.analysis.resources.workload import bau_share, monday_of, person_calendar
from portfolio.calendar import finish_date, start_date
from portfolio.impact.ripple import ripple
from portfolio.impact.supposed_slip import Injection
from portfolio.measure.measure import Measure
from portfolio.model.delivery.projects import Activity, Project
from portfolio.model.resources import Assignment, Person
from portfolio.network.calendars import project_calendar
from portfolio.network.forward_pass import project_ends
from portfolio.network.levelling import Claims, Levelled, level
from portfolio.network.portfolio_schedule import plan_of
from portfolio.values import Duration, Money

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from portfolio.network.levelling import Key
    from portfolio.network.portfolio_schedule import Plan
    from portfolio.view.view import View

_NONE = Decimal(0)
_WEEK = timedelta(weeks=1)
_LAST_DAY = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Shift:
    """Work that stands later: it waits for somebody, or for work that does.

    ``days`` are the working days by which it starts later, ``beyond`` those of them that exceed its
    total float; ``waits`` tells that it waits for people, and not only follows. ``booked`` moves
    with it, to where ``bookings`` stand.
    """

    activity: Activity
    start: date
    moved: date
    days: int
    beyond: int
    waits: bool
    booked: tuple[Assignment, ...]
    bookings: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class ProjectEnd:
    """The finish of a project before and after, and the working days between."""

    project: Project
    before: date
    after: date


@dataclass(frozen=True, slots=True)
class Crowded:
    """A week in which somebody has more work than days even so.

    ``is_provable`` tells that no shift inside the float of the work would bring it down.
    """

    person: Person
    load: Load
    is_provable: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """What levelling would change; nothing is changed by it.

    ``before`` and ``after`` are the person-weeks beyond capacity. ``money`` is what the shifts cost
    through every link, negative where they cost; not known where nothing with a price is reached.
    """

    shifts: tuple[Shift, ...]
    ends: tuple[ProjectEnd, ...]
    before: int
    crowded: tuple[Crowded, ...]
    money: Measure[Money]


def propose(
    portfolio: View, chosen: Collection[str] | None = None, *, within_float: bool = False
) -> Proposal:
    """Return a plan in which as few people as possible are booked beyond capacity.

    Work that has not begun and that somebody is booked on, hard, waits; of ``chosen`` projects
    only, where they are given. Weeks are judged as in overloads. A day by which a project ends
    later counts by its priority, 5 for the first and 1 for the fifth. ``within_float`` moves no
    work beyond its float, so that no end moves.

    Source: domain A7, levelling; a heuristic, see ``portfolio.network.levelling``.
    """
    plan = plan_of(portfolio)
    booked = _movable(portfolio, plan, chosen)
    people = _People(portfolio, booked)
    weights = {each.id: float(6 - each.priority) for each in portfolio.all(Project)}
    claims = Claims(people.demand, people.capacity, booked.keys(), people.taken(), weights)
    found = level(plan.schedule, claims, within_float=within_float)
    moved = tuple(_shifts(portfolio, plan, booked, found))
    return Proposal(
        moved,
        tuple(_ends(portfolio, plan, found)),
        sum(len(each.weeks) for each in overloads(portfolio)),
        tuple(_crowded(portfolio, moved)),
        _price(portfolio, plan, found),
    )


def _movable(
    portfolio: View, plan: Plan, chosen: Collection[str] | None
) -> Mapping[int, tuple[Assignment, ...]]:
    """Return the hard bookings of the work that may wait, by its number in the plan."""
    booked: dict[int, list[Assignment]] = defaultdict(list)
    for person in portfolio.all(Person):
        for each in hard_bookings(portfolio, person):
            activity = portfolio.find(each.work, Activity)
            node = None if activity is None else plan.network.index.get(activity.id)
            if activity is None or node is None or each.from_ <= portfolio.as_of:
                continue
            if chosen is not None and activity.owner_id not in chosen:
                continue
            planned = plan.network.activities[node]
            if planned.duration and not (
                planned.is_started or planned.is_finished or planned.is_level_of_effort
            ):
                booked[node].append(each)
    return {node: tuple(bookings) for node, bookings in booked.items()}


class _People:
    """What people have left in each week, and what work asks of them wherever it stands."""

    def __init__(self, portfolio: View, booked: Mapping[int, tuple[Assignment, ...]]) -> None:
        self._portfolio = portfolio
        self._booked = booked
        schedule = plan_of(portfolio).schedule
        self._starts = {node: start_date(schedule.early_start[node]) for node in booked}
        self._people = {person.id: person for person in portfolio.all(Person)}
        self._load = cache(self._week)
        self._asked = cache(self._standing)

    def demand(self, node: int, start: int, _: int) -> Mapping[Key, float]:
        """Return the days that work asks of each person in each week, begun at an instant."""
        return self._asked(node, start_date(start))

    def capacity(self, key: Key) -> float:
        """Return the days that somebody has in a week for planned work."""
        return float(self._load(*key).capacity)

    def taken(self) -> Mapping[Key, float]:
        """Return the days that bookings on everything else ask for."""
        moving = {each.id for bookings in self._booked.values() for each in bookings}
        used: dict[Key, float] = defaultdict(float)
        for person in self._people.values():
            for each in hard_bookings(self._portfolio, person):
                if each.id not in moving:
                    self._add(used, each)
        return used

    def _standing(self, node: int, start: date) -> Mapping[Key, float]:
        days = _days_between(self._portfolio, self._starts[node], start, node)
        used: dict[Key, float] = defaultdict(float)
        for each in self._booked[node]:
            self._add(used, shifted(self._portfolio, each, days))
        return used

    def _add(self, used: dict[Key, float], booking: Assignment) -> None:
        person = self._people[booking.person.id if booking.person else ""]
        calendar = person_calendar(self._portfolio, person)
        week = monday_of(max(booking.from_, self._portfolio.as_of))
        while week <= booking.to:
            asked = demand_days(booking, person, calendar, week, week + _LAST_DAY)
            if asked:
                used[person.id, week.toordinal()] += float(asked)
            week += _WEEK

    def _week(self, person: str, monday: int) -> Load:
        who = self._people[person]
        bookings = hard_bookings(self._portfolio, who)
        calendar, share = person_calendar(self._portfolio, who), bau_share(self._portfolio, who)
        return weekly_load(who, bookings, calendar, share, date.fromordinal(monday))


def _days_between(portfolio: View, before: date, after: date, node: int) -> int:
    """Return the working days of the project between two days, 0 where the second is no later."""
    project = portfolio.find(plan_of(portfolio).network.activities[node].project, Project)
    return working_days(project_calendar(portfolio, project), before, after - timedelta(days=1))


def _shifts(
    portfolio: View,
    plan: Plan,
    booked: Mapping[int, tuple[Assignment, ...]],
    found: Levelled,
) -> Iterator[Shift]:
    """Yield the booked work that stands later, the earliest first."""
    network, base = plan.network, plan.schedule
    nodes = sorted(booked, key=lambda node: (found.early.start_instant(network, node), node))
    for node in nodes:
        before = start_date(base.early_start[node])
        after = start_date(found.early.start_instant(network, node))
        days = _days_between(portfolio, before, after, node)
        activity = portfolio.find(network.activities[node].id, Activity)
        if days and activity is not None:
            late = start_date(base.late_start[node])
            beyond = _days_between(portfolio, max(late, before), after, node)
            waits = node in found.waits
            moved = tuple(shifted(portfolio, each, days) for each in booked[node])
            yield Shift(activity, before, after, days, beyond, waits, booked[node], moved)


def _ends(portfolio: View, plan: Plan, found: Levelled) -> Iterator[ProjectEnd]:
    after = project_ends(plan.network, found.early)
    for name, end in plan.schedule.ends.items():
        project = portfolio.find(name, Project)
        if project is not None and after.get(name, end) > end:
            yield ProjectEnd(project, finish_date(end), finish_date(after[name]))


def _crowded(portfolio: View, shifts: Sequence[Shift]) -> Iterator[Crowded]:
    """Yield the person-weeks that are too full once the work has moved."""
    moved = {each.id: each for shift in shifts for each in shift.bookings}
    proven = {
        (each.person.id, load.start)
        for each in overloads(portfolio)
        if each.is_provable
        for load in each.weeks
    }
    last = max((each.to for each in moved.values()), default=portfolio.as_of)
    for person in portfolio.all(Person):
        bookings = [moved.get(each.id, each) for each in hard_bookings(portfolio, person)]
        for load in _loads(portfolio, person, bookings, last):
            if load.over_allocation > 0:
                yield Crowded(person, load, (person.id, load.start) in proven)


def _loads(
    portfolio: View, person: Person, bookings: Sequence[Assignment], last: date
) -> Iterator[Load]:
    if not bookings:
        return
    calendar, share = person_calendar(portfolio, person), bau_share(portfolio, person)
    week = monday_of(portfolio.as_of + timedelta(days=1))
    end = max(last, week + 25 * _WEEK)
    while week <= end:
        yield weekly_load(person, bookings, calendar, share, week)
        week += _WEEK


def _price(portfolio: View, plan: Plan, found: Levelled) -> Measure[Money]:
    """Return what all of the waiting costs together, through every link."""
    if not found.waits:
        return Measure(Money(_NONE, portfolio.settings.organisation.currency))
    waiting = [
        Injection(plan.network.activities[node].id, Duration(Decimal(minutes), "min"))
        for node, minutes in found.waits.items()
    ]
    return ripple(portfolio, waiting, activities=False).totals.money
