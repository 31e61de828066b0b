"""From a portfolio to one neutral schedule: its plan with the dates that were computed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.calendar import moment
from portfolio.exchange.drafts.account import Account
from portfolio.exchange.schedules.schedule import (
    Assignment,
    Calendar,
    Length,
    Link,
    Resource,
    Schedule,
    Task,
)
from portfolio.model.delivery.projects import Activity, Milestone, Project
from portfolio.model.resources import Assignment as Booking
from portfolio.model.resources import Person
from portfolio.network.activities import ELAPSED
from portfolio.network.portfolio_schedule import Plan, plan_of

if TYPE_CHECKING:
    from portfolio.exchange.schedules.schedule import Unit
    from portfolio.model.entity import Entity
    from portfolio.network.activities import Activity as Node
    from portfolio.network.activities import ConstraintType
    from portfolio.view.view import View

_HELD = "work held by its project's start or by the as-of day: starts no earlier than it stands"
_STANDS = "milestones that stand on their forecast: finish no earlier than it"
_UNDER_WAY = "work that has begun: its duration is what it has taken and what remains"
_EFFORT = "level of effort: work of the length that was computed"
_PROMISE = "promises that no milestone or activity hands over: milestones of their own"
_ELSEWHERE = "links to work that is not exported: left out"
_EVENING = time(17)
_WHOLE = Decimal(100)


def schedule_of(portfolio: View, chosen: Collection[str]) -> Schedule:
    """Return the plan of the chosen projects as one schedule, a summary for each project.

    Dates are those that the plan computes on the as-of day; links between the projects are kept.
    What the form has no place for is named in ``left_out``.
    """
    return _Writer(portfolio, plan_of(portfolio), frozenset(chosen)).schedule()


@dataclass(frozen=True)
class _Writer:
    portfolio: View
    plan: Plan
    chosen: frozenset[str]

    def schedule(self) -> Schedule:
        account = Account()
        projects = [p for p in self.portfolio.all(Project) if p.id in self.chosen]
        nodes = [n for n, each in enumerate(self.plan.network.activities) if self._is_ours(each)]
        tasks: list[Task] = []
        for project in projects:
            own = [n for n in nodes if self.plan.network.activities[n].project == project.id]
            if not own:
                account.note("projects without a plan: left out", project.id)
                continue
            inside = [self._task(node, project, account) for node in own]
            begins = min((task.start for task in inside if task.start), default=None)
            ends = max((task.finish for task in inside if task.finish), default=None)
            summary = Task(
                project.id, project.label, "summary", wbs=project.id, start=begins, finish=ends
            )
            tasks += [summary, *inside]
        keys = {task.key for task in tasks}
        starts = [task.start for task in tasks if task.start is not None]
        people = self._people(keys)
        return Schedule(
            key="portfolio",
            name=self.portfolio.settings.organisation.name,
            start=min(starts, default=None),
            finish=max((t.finish for t in tasks if t.finish is not None), default=None),
            status_date=datetime.combine(self.portfolio.as_of, _EVENING),
            calendar=self.plan.calendars.default.name,
            currency=self.portfolio.settings.organisation.currency,
            minutes_per_day=self.plan.calendars.default.minutes_per_day,
            tasks=tuple(tasks),
            links=tuple(self._links(keys, account)),
            calendars=tuple(self._calendars()),
            resources=tuple(Resource(p.id, p.name, email=p.email or "") for p in people),
            assignments=tuple(self._assignments(keys)),
            left_out=account.left_out(),
        )

    def _is_ours(self, node: Node) -> bool:
        return node.project in self.chosen

    def _task(self, number: int, project: Project, account: Account) -> Task:
        network, schedule = self.plan.network, self.plan.schedule
        node = network.activities[number]
        entity = self.portfolio.find(node.id)
        start = moment(schedule.early.start_instant(network, number))
        finish = moment(schedule.early.finish_instant(network, number))
        is_point = node.duration == 0 and not isinstance(entity, Activity)
        constraint, at = self._constraint(number, node, account)
        duration, remaining, percent = self._work(number, entity, account)
        planned = self._baseline(entity, node)
        return Task(
            key=node.id,
            name=entity.label if entity is not None else node.id,
            type="milestone" if is_point else "task",
            duration=duration,
            wbs=node.id,
            parent=project.id,
            outline=(project.label,),
            start=finish if is_point else start,
            finish=finish,
            constraint=constraint,
            constraint_at=at,
            deadline=None if node.deadline is None else moment(node.deadline),
            percent_complete=percent,
            remaining=remaining,
            actual_start=start if node.is_started or node.is_finished else None,
            actual_finish=finish if node.is_finished else None,
            baseline_start=planned[0],
            baseline_finish=planned[1],
            calendar=network.calendars[node.calendar].name,
        )

    def _work(
        self, number: int, entity: Entity | None, account: Account
    ) -> tuple[Length, Length | None, Decimal | None]:
        """Return the duration, what remains of it, and the percentage done."""
        network, schedule = self.plan.network, self.plan.schedule
        node = network.activities[number]
        unit: Unit = "elapsed" if node.is_elapsed else "working"
        if not isinstance(entity, Activity):
            if entity is None or not isinstance(entity, Milestone):
                account.note(_PROMISE, node.id)
            done = _WHOLE if node.is_finished else None
            return Length(Decimal(0)), None, done
        if not node.is_started and not node.is_finished and not node.is_level_of_effort:
            return Length(Decimal(node.duration), unit), None, None
        begin = schedule.early.start_instant(network, number)
        end = schedule.early.finish_instant(network, number)
        axis = network.axis(number)
        whole = Decimal(max(axis.position(end) - axis.position(begin), 0))
        if node.is_level_of_effort:
            account.note(_EFFORT, node.id)
            return Length(whole, unit), None, entity.pct_complete
        if whole != node.duration:
            account.note(_UNDER_WAY, node.id)
        if node.is_finished:
            return Length(whole, unit), None, _WHOLE
        # What is left counts from the end of the as-of day, as it does in the portfolio.
        tonight = network.calendars[node.calendar].finish_of(self.portfolio.as_of)
        left = Decimal(max(axis.position(end) - axis.position(tonight), 0))
        percent = round(_WHOLE * (whole - left) / whole) if whole else Decimal(0)
        return Length(whole, unit), Length(left, unit), Decimal(percent)

    def _constraint(
        self, number: int, node: Node, account: Account
    ) -> tuple[ConstraintType, datetime | None]:
        if node.is_started or node.is_finished:
            return "ASAP", None
        if node.constraint != "ASAP":
            at = node.constraint_at
            return node.constraint, None if at is None else moment(at)
        schedule = self.plan.schedule
        reason = schedule.driver(node.id).reason
        if reason == "link":
            return "ASAP", None
        if node.duration == 0:
            account.note(_STANDS, node.id)
            return "FNET", moment(schedule.early.finish_instant(self.plan.network, number))
        account.note(_HELD, node.id)
        return "SNET", moment(schedule.early.start_instant(self.plan.network, number))

    def _baseline(
        self, entity: Entity | None, node: Node
    ) -> tuple[datetime | None, datetime | None]:
        calendar = self.plan.network.calendars[node.calendar]
        if isinstance(entity, Milestone) and entity.baseline is not None:
            at = moment(calendar.finish_of(entity.baseline))
            return at, at
        if not isinstance(entity, Activity):
            return None, None
        start, finish = entity.baseline_start, entity.baseline_finish
        return (
            None if start is None else moment(calendar.start_of(start)),
            None if finish is None else moment(calendar.finish_of(finish)),
        )

    def _links(self, keys: Collection[str], account: Account) -> Iterator[Link]:
        for link in self.plan.network.links:
            if link.successor not in keys:
                continue
            if link.predecessor not in keys:
                account.note(_ELSEWHERE, f"{link.predecessor} → {link.successor}")
                continue
            unit: Unit = "elapsed" if link.lag_calendar == ELAPSED and link.lag else "working"
            lag = Length(Decimal(link.lag), unit)
            yield Link(link.predecessor, link.successor, link.type, lag)

    def _calendars(self) -> Iterator[Calendar]:
        for each in self.plan.network.calendars:
            free = dict.fromkeys(sorted(each.holidays), ())
            yield Calendar(each.name, each.name, tuple(each.week), free | dict(each.exceptions))

    def _people(self, keys: Collection[str]) -> Sequence[Person]:
        used = {each.resource for each in self._assignments(keys)}
        return [person for person in self.portfolio.all(Person) if person.id in used]

    def _assignments(self, keys: Collection[str]) -> Iterator[Assignment]:
        seen: set[tuple[str, str]] = set()
        for task, person, units in (*self._named(), *self._booked()):
            if task in keys and (task, person) not in seen:
                seen.add((task, person))
                yield Assignment(task, person, units)

    def _named(self) -> Iterator[tuple[str, str, Decimal]]:
        for activity in self.portfolio.all(Activity):
            for used in activity.resources:
                if self.portfolio.find(used.person, Person) is not None:
                    yield activity.id, str(used.person), used.units or Decimal(1)

    def _booked(self) -> Iterator[tuple[str, str, Decimal]]:
        for booking in self.portfolio.all(Booking):
            if booking.type == "hard" and self.portfolio.find(booking.person, Person) is not None:
                share = (booking.pct or _WHOLE) / _WHOLE
                yield booking.work.id, str(booking.person), share
