"""How the dates of a portfolio move: logic, calendars and freeze windows, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from portfolio.calendar import finish_date, start_date
from portfolio.impact.freeze_windows import freezes, hold
from portfolio.impact.supposed_slip import Injected, Injection, inject, plan_for
from portfolio.measure.statistics import grouped
from portfolio.model.delivery.projects import Activity, Dependency, Milestone, Project
from portfolio.network.calendars import project_calendar
from portfolio.network.portfolio_schedule import Plan
from portfolio.network.slip import Moved, Slip, reschedule
from portfolio.view.lifecycle import is_open

if TYPE_CHECKING:
    from portfolio.calendar import Calendar
    from portfolio.model.entity import Entity
    from portfolio.network.schedule import Schedule
    from portfolio.record import Ref
    from portfolio.view.view import View


@dataclass(frozen=True, slots=True)
class MovedItem:
    """An activity, milestone or promise whose date is not what it was; positive is later.

    ``slack_used`` is in working days of its project. ``through`` is the chain from what slipped
    to this item, both included. ``held_by`` is the freeze window that decides the new date.
    """

    id: str
    kind: str
    name: str
    owner: str
    project: str
    old: date
    new: date
    days: int
    working_days: int
    slack_used: Decimal
    through: tuple[str, ...]
    held_by: str = ""


@dataclass(frozen=True, eq=False)
class Movement:
    """The schedule of a portfolio before and after a slip."""

    portfolio: View
    plan: Plan
    injected: Sequence[Injected]
    slip: Slip
    held: Mapping[str, str]

    def dates(self, id_: str) -> tuple[date, date] | None:
        """Return when something finishes, before and after; None for what has no date."""
        node = self.plan.network.index.get(id_)
        if node is None:
            return None
        before, after = self._finish(self.slip.before, node), self._finish(self.slip.after, node)
        return finish_date(before), finish_date(after)

    def _finish(self, schedule: Schedule, node: int) -> int:
        return schedule.early.finish_instant(self.plan.network, node)

    @cached_property
    def by_id(self) -> Mapping[str, Moved]:
        """Return what moved in the schedule, by id, predecessors first."""
        return {moved.id: moved for moved in self.slip.moved}

    def through(self, id_: str) -> tuple[str, ...]:
        """Return the chain from what slipped to an item, with the promises between projects."""
        chain = self.slip.through(id_)
        found = list(chain[:1])
        for before, after in pairwise(chain):
            promise = self.plan.promises.get((before, after))
            found.extend([promise, after] if promise else [after])
        return tuple(found)

    def items(self, *, activities: bool = True) -> Iterator[MovedItem]:
        """Yield what moved, predecessors first; each promise behind what it hands over."""
        promises = self._promises_by_giver
        for moved in self.slip.moved:
            entity = self.portfolio.find(moved.id)
            if entity is not None and (activities or not isinstance(entity, Activity)):
                yield self._item(entity, moved, self.through(moved.id))
            for promise in promises.get(moved.id, ()):
                yield from self._handed_over(promise, moved)

    @cached_property
    def _promises_by_giver(self) -> Mapping[str, Sequence[Dependency]]:
        return grouped(
            (each.from_.id, each)
            for each in self.portfolio.all(Dependency)
            if is_open(each)
            and each.id not in self.plan.network.index
            and (each.strength == "hard" or self.plan.includes_soft)
        )

    def _item(self, entity: Entity, moved: Moved, chain: tuple[str, ...]) -> MovedItem:
        day = self.calendar_of(entity.owner_id).minutes_per_day
        return MovedItem(
            entity.id,
            entity.kind,
            entity.label,
            accountable(self.portfolio, entity),
            entity.owner_id,
            moved.old,
            moved.new,
            moved.days,
            moved.working_days,
            _in_days(moved.slack_used, day),
            chain,
            self.held.get(entity.id, ""),
        )

    def _handed_over(self, promise: Dependency, giver: Moved) -> Iterator[MovedItem]:
        """Yield a promise as an item that moves with its giver's finish, or start."""
        old, new = giver.old, giver.new
        if promise.link in {"SS", "SF"}:
            old, new = (
                self._start(which, giver.id) for which in (self.slip.before, self.slip.after)
            )
        if old != new:
            working = self.calendar_of(promise.project).working_days_between(old, new)
            moved = replace(giver, old=old, new=new, days=(new - old).days, working_days=working)
            yield self._item(promise, moved, (*self.through(giver.id), promise.id))

    def _start(self, schedule: Schedule, id_: str) -> date:
        network = self.plan.network
        return start_date(schedule.early.start_instant(network, network.index[id_]))

    def calendar_of(self, project: Ref | str | None) -> Calendar:
        """Return a project's calendar."""
        return project_calendar(self.portfolio, self.portfolio.find(project, Project))


def move(
    portfolio: View, injections: Sequence[Injection], *, include_soft: bool = False
) -> Movement:
    """Compute what a slip does to dates, in this order: logic, calendars, freeze windows.

    Raises CannotSlipError for what cannot slip.
    """
    plan = plan_for(portfolio, injections, include_soft=include_soft)
    network, windows = plan.network, freezes(portfolio)
    injected, delays = inject(portfolio, plan, injections)
    slip = reschedule(plan.schedule, delays)
    if not windows:
        return Movement(portfolio, plan, injected, slip, {})
    # Work as late as possible that was told to slip stays where the slip put it.
    fixed = {
        network.index[id_]
        for id_ in delays
        if network.activities[network.index[id_]].constraint == "ALAP"
    }
    before, _ = hold(network, slip.before, windows)
    after, held = hold(network, slip.after, windows, fixed)
    return Movement(
        portfolio, plan, injected, Slip(before, after, slip.injected, slip.ignored), held
    )


def accountable(portfolio: View, entity: Entity) -> str:
    """Return who answers for something: its owner, else whoever runs the project it is part of."""
    for key in ("owner", "project_manager", "sponsor", "account_owner", "sro", "lead"):
        person = getattr(entity, key, None)
        if person is not None:
            return str(person)
    if isinstance(entity, Activity | Milestone | Dependency):
        project = portfolio.find(entity.project, Project)
        return accountable(portfolio, project) if project else ""
    return ""


def _in_days(minutes: int, day: int) -> Decimal:
    return (Decimal(minutes) / day).quantize(Decimal("0.01")).normalize() if minutes else Decimal(0)
