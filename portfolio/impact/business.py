"""What waiting costs the business by the day, and the teams that stand by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta

from portfolio.analysis.measure import Measure, unknown
from portfolio.impact.effect import Effect
from portfolio.impact.movement import accountable
from portfolio.impact.reach import Arrival, Reach, latest
from portfolio.impact.words import days_in_words, money_in_words
from portfolio.model.delivery import Activity, Project
from portfolio.model.resources import Assignment, Team
from portfolio.model.strategy import BusinessDependency
from portfolio.network.calendars import days_later
from portfolio.values import Money


def business_effects(reach: Reach) -> Iterator[Effect]:
    """Yield an effect for each thing in the business that waits for a moved milestone."""
    portfolio = reach.movement.portfolio
    for each in portfolio.all(BusinessDependency):
        arrival = reach.source(each.from_.id)
        if arrival is None or not arrival.moves:
            continue
        money, terms = _cost_of_waiting(reach, each, arrival)
        waits = portfolio.find(each.to)
        yield Effect(
            each.id,
            each.kind,
            each.description or each.id,
            accountable(portfolio, waits) if waits else "",
            f"{each.to} {days_in_words(arrival.old, arrival.new)}",
            money,
            arrival.old,
            arrival.new,
            terms,
            reach.through(arrival, each.id, each.to.id),
        )


def _cost_of_waiting(
    reach: Reach, each: BusinessDependency, arrival: Arrival
) -> tuple[Measure[Money], tuple[str, ...]]:
    """Return the daily cost × the calendar days beyond those that have no effect."""
    felt = each.sensitivity
    if felt is None or felt.per_day_cost is None:
        return unknown("no_data", "no cost of a day is stated"), ()
    source = reach.movement.portfolio.find(arrival.point)
    calendar = reach.movement.calendar_of(source.owner_id if source else None)
    unfelt = max(
        arrival.old + timedelta(days=felt.days_to_impact),
        days_later(arrival.old, felt.threshold, calendar) if felt.threshold.amount else arrival.old,
    )
    days = max(0, (arrival.new - unfelt).days)
    term = f"{days} days after {unfelt} at {money_in_words(felt.per_day_cost)}"
    return Measure(Money(-felt.per_day_cost.amount * days, felt.per_day_cost.currency)), (term,)


def team_effects(reach: Reach) -> Iterator[Effect]:
    """Yield an effect for each team whose last piece of work ends later: it is paid for longer.

    A team counts once, however many projects keep it; freeze windows do not count, for nobody
    works in them on what is finished. A team without a cost of a day is left out.
    """
    portfolio = reach.movement.portfolio
    teams = [team for team in portfolio.all(Team) if team.day_cost is not None]
    work = _work_by_person(reach) if teams else {}
    for team in teams:
        arrivals = [each for member in team.members for each in work.get(member.id, {}).values()]
        longest = max(arrivals, key=lambda one: (one.new - one.old, one.point), default=None)
        if team.day_cost is None or longest is None or longest.new <= longest.old:
            continue
        entity = portfolio.find(longest.point)
        calendar = reach.movement.calendar_of(entity.owner_id if entity else None)
        days = calendar.working_days_between(longest.old, longest.new)
        yield Effect(
            team.id,
            team.kind,
            team.label,
            accountable(portfolio, team),
            f"needed {days} {'day' if days == 1 else 'days'} longer",
            Measure(Money(-team.day_cost.amount * days, team.day_cost.currency)),
            longest.old,
            longest.new,
            (f"{days} working days at {money_in_words(team.day_cost)}",),
            reach.through(longest, team.id),
        )


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
