"""What a slip does to teams: they are paid for longer, and needed in two places at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.resources.capacity import demand_days, net_days
from portfolio.impact.effect import Effect, stated
from portfolio.impact.outcomes import Arrival, Reach, latest
from portfolio.measure.measure import Measure, unknown
from portfolio.measure.statistics import grouped
from portfolio.model.delivery.projects import Activity, Project
from portfolio.model.resources import Assignment, Person, Team
from portfolio.network.calendars import named_calendar
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.view.view import View

_NONE = Decimal(0)


def team_effects(reach: Reach) -> Iterator[Effect]:
    """Yield an effect for each team whose last piece of work ends later: it is paid for longer.

    A team counts once, however many projects keep it, what is hidden apart; freeze windows do not
    count, for nobody works in them on what is finished. A team without a cost of a day appears
    only where one of its members would then be needed in two places.
    """
    portfolio = reach.movement.portfolio
    work = _work_by_person(reach) if portfolio.all(Team) else {}
    bookings = _hard_bookings(portfolio) if work else {}
    for team in portfolio.all(Team):
        arrivals = [
            arrival
            for member in team.members
            for project, arrival in work.get(member.id, {}).items()
            if project not in portfolio.stand_ins
        ]
        longest = max(arrivals, key=lambda one: (one.new - one.old, one.point), default=None)
        if longest is None or longest.new <= longest.old:
            continue
        clashes = tuple(_clashes(portfolio, team, work, bookings))
        if team.day_cost is not None or clashes:
            yield _team_effect(reach, team, longest, clashes)


def _team_effect(reach: Reach, team: Team, longest: Arrival, clashes: tuple[str, ...]) -> Effect:
    portfolio = reach.movement.portfolio
    entity = portfolio.find(longest.point)
    calendar = reach.movement.calendar_of(entity.owner_id if entity else None)
    days = calendar.working_days_between(longest.old, longest.new)
    money: Measure[Money] = unknown("no_data", "the team states no cost of a day")
    terms = clashes
    if team.day_cost is not None:
        money = Measure(Money(-team.day_cost.amount * days, team.day_cost.currency))
        terms = (f"{days} working days at {team.day_cost.in_words()}", *clashes)
    needed = f"needed {days} {'day' if days == 1 else 'days'} longer"
    said = f"{needed}, {len(clashes)} overbooked" if clashes else needed
    return reach.effect(team, longest, said, (money, terms, stated(team.id, team, "day_cost")))


def _hard_bookings(portfolio: View) -> Mapping[str, Sequence[Assignment]]:
    return grouped(
        (each.person.id, each)
        for each in portfolio.all(Assignment)
        if each.person is not None and each.type == "hard"
    )


def _clashes(
    portfolio: View,
    team: Team,
    work: Mapping[str, Mapping[str, Arrival]],
    bookings: Mapping[str, Sequence[Assignment]],
) -> Iterator[str]:
    """Yield in words which members are needed in two places while the slip lasts."""
    for member in team.members:
        person, booked = portfolio.find(member, Person), bookings.get(member.id, ())
        for project, arrival in work.get(member.id, {}).items():
            if person is not None and arrival.new > arrival.old:
                clash = _clash(portfolio, person, booked, project, arrival)
                if clash:
                    yield clash


def _clash(
    portfolio: View,
    person: Person,
    bookings: Sequence[Assignment],
    project: str,
    arrival: Arrival,
) -> str:
    """Return how far the longer work and what is booked then exceed somebody's days, in words."""
    calendar = named_calendar(portfolio, person.calendar)
    first, last = arrival.old + timedelta(days=1), arrival.new
    net = net_days(person, calendar, first, last)
    own = [each for each in bookings if _project_of(portfolio, each) == project]
    others = [
        (each, days)
        for each in bookings
        if each not in own and (days := demand_days(each, person, calendar, first, last))
    ]
    if not net or not own or not others:
        return ""
    final = max(own, key=lambda each: each.to)
    usual = net_days(person, calendar, final.from_, final.to)
    share = demand_days(final, person, calendar, final.from_, final.to) / usual if usual else _NONE
    longer = max(
        share * net, sum((demand_days(e, person, calendar, first, last) for e in own), _NONE)
    )
    total = longer + sum((days for _, days in others), _NONE)
    if total <= net:
        return ""
    also = ", ".join(dict.fromkeys(str(each.work) for each, _ in others))
    return f"{person.id} booked {total / net:.0%} from {first} to {last}, also on {also}"


def _project_of(portfolio: View, booking: Assignment) -> str:
    entity = portfolio.find(booking.work)
    return (entity.owner_id or entity.id) if entity is not None else ""


def _work_by_person(reach: Reach) -> Mapping[str, Mapping[str, Arrival]]:
    """Return when each person's work on each project ends, before and after."""
    found: dict[str, dict[str, Arrival]] = defaultdict(dict)
    for person, project, point in _named_work(reach):
        last = latest([found[person].get(project), reach.point(point)])
        if last is not None:
            found[person][project] = last
    for booking in reach.movement.portfolio.all(Assignment):
        if booking.person is not None and booking.type == "hard":
            whole = reach.movement.portfolio.find(booking.work, Project)
            work = found[booking.person.id]
            # Where somebody's activities are known, they say more than the booking on the whole.
            arrival = reach.work(whole.id) if whole and whole.id not in work else None
            if whole is not None and arrival is not None:
                work[whole.id] = arrival
    return found


def _named_work(reach: Reach) -> Iterator[tuple[str, str, str]]:
    """Yield person, project and activity of everything that names who works on it."""
    portfolio = reach.movement.portfolio
    for activity in portfolio.all(Activity):
        for used in activity.resources:
            if used.person is not None:
                yield used.person.id, activity.project.id, activity.id
    for booking in portfolio.all(Assignment):
        booked = portfolio.find(booking.work, Activity)
        if booked is not None and booking.person is not None and booking.type == "hard":
            yield booking.person.id, booked.project.id, booked.id
