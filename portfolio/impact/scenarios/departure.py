"""What happens when somebody leaves: work that takes longer, stands still, or has no owner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.resources.skills import holders, is_in_post
from portfolio.calendar import finish_date, start_date
from portfolio.impact.supposed_slip import Injection
from portfolio.model.delivery.projects import Activity
from portfolio.model.resources import Assignment, Person
from portfolio.network.portfolio_schedule import plan_of
from portfolio.values import Duration
from portfolio.view.lifecycle import is_open

if TYPE_CHECKING:
    from portfolio.network.portfolio_schedule import Plan
    from portfolio.view.view import View

_WHOLE = Decimal(100)
_MINUTES = 60
_CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Continued:
    """Work that others carry on: the share that leaves, and how much longer it takes."""

    activity: str
    share: Decimal
    longer: Duration


@dataclass(frozen=True, slots=True)
class Orphan:
    """Work that nobody else is on: how long it can wait, and who could take it over.

    ``room`` is the total float in working days; ``candidates`` hold the role or the skill.
    """

    activity: str
    start: date
    finish: date
    room: Decimal | None
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaving:
    """What somebody leaves behind.

    ``skills`` are those that nobody else in post holds at that level; ``owned`` counts what names
    the person and is not closed, by kind. ``injections`` are the delays of what others carry on.
    """

    person: str
    on: date
    continued: tuple[Continued, ...]
    orphans: tuple[Orphan, ...]
    skills: tuple[tuple[str, int], ...]
    owned: Mapping[str, int]

    @property
    def injections(self) -> tuple[Injection, ...]:
        """Return the delays by which the schedule is computed again."""
        return tuple(Injection(each.activity, each.longer) for each in self.continued)


def leave(portfolio: View, person: Person, on: date) -> Leaving:
    """Return what happens to a person's unfinished work from a day on.

    What is left of an activity after that day is done by the others on it: with a share s of the
    people gone it takes s / (1 - s) longer. Where nobody else is on it, no date is invented: it
    stands still until somebody takes over, and its float says how long that harms nothing else.

    Source: domain convention of this toolkit.
    """
    plan = plan_of(portfolio)
    continued: list[Continued] = []
    orphans: list[Orphan] = []
    for activity, share in _work_of(portfolio, person, on):
        if activity.id not in plan.network.index:
            continue
        minutes = _minutes_after(plan, activity.id, on)
        if minutes <= 0:
            continue
        if share < 1:
            hours = minutes * share / (1 - share) / _MINUTES
            longer = Duration(hours.quantize(Decimal("0.01"), ROUND_HALF_EVEN), "h")
            continued.append(Continued(activity.id, share, longer))
        else:
            orphans.append(_orphan(portfolio, plan, activity, person))
    return Leaving(
        person.id,
        on,
        tuple(each for each in continued if each.longer.amount > 0),
        tuple(sorted(orphans, key=lambda each: (each.start, each.activity))),
        tuple(_only_theirs(portfolio, person)),
        _owned(portfolio, person),
    )


def _work_of(portfolio: View, person: Person, on: date) -> Iterator[tuple[Activity, Decimal]]:
    """Yield the unfinished activities of a person, with the share of their people that this is."""
    for activity in portfolio.all(Activity):
        if activity.actual_finish is not None:
            continue
        units: dict[str, Decimal] = {}
        for used in activity.resources:
            key = used.person.id if used.person else f"role {used.role}"
            units[key] = units.get(key, Decimal(0)) + (used.units or Decimal(1))
        for booking in portfolio.related(activity, Assignment, "work"):
            if booking.person is not None and booking.type == "hard" and booking.to >= on:
                share = (booking.pct or _WHOLE) / _WHOLE
                units.setdefault(booking.person.id, share)
        if person.id in units:
            yield activity, units[person.id] / sum(units.values(), Decimal(0))


def _minutes_after(plan: Plan, activity: str, on: date) -> Decimal:
    """Return the working minutes of an activity that lie on or after a day."""
    network = plan.network
    node = network.index[activity]
    calendar = network.calendars[network.activities[node].calendar]
    begin = plan.schedule.early.start_instant(network, node)
    end = plan.schedule.early.finish_instant(network, node)
    return Decimal(calendar.working_minutes_between(max(begin, calendar.start_of(on)), end))


def _orphan(portfolio: View, plan: Plan, activity: Activity, person: Person) -> Orphan:
    network = plan.network
    node = network.index[activity.id]
    calendar = network.calendars[network.activities[node].calendar]
    room = plan.schedule.total_float[node]
    days = (
        None
        if room is None
        else (Decimal(room) / calendar.minutes_per_day).quantize(Decimal("0.1"))
    )
    return Orphan(
        activity.id,
        start_date(plan.schedule.early.start_instant(network, node)),
        finish_date(plan.schedule.early.finish_instant(network, node)),
        days,
        tuple(_candidates(portfolio, activity, person)),
    )


def _candidates(portfolio: View, activity: Activity, person: Person) -> list[str]:
    """Return who is in post with the skill that the work names, else with the same role."""
    needs = [
        (each.skill, each.min_level or 1)
        for each in portfolio.related(activity, Assignment, "work")
        if each.skill
    ]
    people = [each for each in portfolio.all(Person) if each.id != person.id]
    able = [
        each
        for each in people
        if any(holders([each], skill, level, portfolio.as_of) for skill, level in needs)
    ]
    same = [
        each
        for each in people
        if person.role and each.role == person.role and is_in_post(each, portfolio.as_of)
    ]
    return [each.id for each in (able or same)[:_CANDIDATES]]


def _only_theirs(portfolio: View, person: Person) -> Iterator[tuple[str, int]]:
    people = portfolio.all(Person)
    for held in person.skills:
        if [each.id for each in holders(people, held.skill, held.level, portfolio.as_of)] == [
            person.id
        ]:
            yield held.skill, held.level


def _owned(portfolio: View, person: Person) -> Mapping[str, int]:
    """Count what names a person as accountable and is still open, by kind, the most first."""
    found: Counter[str] = Counter()
    seen: set[str] = set()
    for used in portfolio.references_to(person):
        holder = used.holder
        accountable = used.field.key in _ACCOUNTABLE and used.record is holder
        if accountable and holder.id not in seen and is_open(holder):
            seen.add(holder.id)
            found[holder.kind] += 1
    return dict(found.most_common())


_ACCOUNTABLE = frozenset(
    {"owner", "sponsor", "project_manager", "sro", "account_owner", "lead", "chair", "bcm"}
)
