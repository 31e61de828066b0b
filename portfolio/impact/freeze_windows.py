"""Freeze windows: a go-live that falls into one waits for the first working day after it.

A day on which the business closes its books, has its peak or moves house is a window of one day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from portfolio.analysis.operations.change_impact import covers
from portfolio.calendar import finish_date
from portfolio.model.delivery.projects import Milestone, Project
from portfolio.model.index import per_portfolio
from portfolio.model.operations.adoption import BusinessChange, StakeholderGroup
from portfolio.model.operations.services import ChangeEvent, FreezeScope, FreezeWindow, Service
from portfolio.model.resources import BusinessUnit
from portfolio.model.strategy import BusinessEvent
from portfolio.network.schedule import Schedule, schedule

if TYPE_CHECKING:
    from portfolio.network.schedule_network import Network
    from portfolio.record import Ref
    from portfolio.view.view import View

# A go-live can be pushed from one window into the next, and push others: each costs a run.
_MOST_RUNS = 100
_DAY = timedelta(days=1)
_BUSY = {"financial_close", "peak_trading", "facility"}

Windows = Mapping[str, Sequence[FreezeWindow]]


@per_portfolio
def freezes(portfolio: View) -> Windows:
    """Return the windows that hold each go-live, by the milestone's id.

    A window holds a go-live if it covers everything, or a service or business unit that the
    project or its release changes, unless one of its exceptions names the release.
    """
    windows = (*portfolio.all(FreezeWindow), *_busy_days(portfolio))
    if not windows:
        return {}
    touched = touched_by(portfolio)
    releases: dict[str, set[str]] = defaultdict(set)
    for event in portfolio.all(ChangeEvent):
        for ref in (event.milestone, event.project):
            if ref is not None:
                releases[ref.id].add(event.id)
    found: dict[str, Sequence[FreezeWindow]] = {}
    for milestone in portfolio.all(Milestone):
        if milestone.type == "go_live":
            own = releases[milestone.id] or releases[milestone.project.id]
            things = touched[milestone.project.id] | touched[milestone.id]
            holding = [
                window
                for window in windows
                if covers(window, things) and own.isdisjoint(e.change.id for e in window.exceptions)
            ]
            if holding:
                found[milestone.id] = holding
    return found


def _busy_days(portfolio: View) -> Iterator[FreezeWindow]:
    """Yield the business events in which nothing may go live, each as a window of its one day."""
    for event in portfolio.all(BusinessEvent):
        if event.kind_ in _BUSY and not event.movable:
            services = tuple(ref for ref in event.affects if portfolio.find(ref, Service))
            units = tuple(ref for ref in event.affects if portfolio.find(ref, BusinessUnit))
            scope = FreezeScope(services=services, business_units=units)
            yield FreezeWindow(
                id=event.id, name=event.name, from_=event.date_, to=event.date_, scope=scope
            )


def touched_by(portfolio: View) -> defaultdict[str, set[str]]:
    """Return the services and business units that each project and go-live changes."""
    touched: defaultdict[str, set[str]] = defaultdict(set)
    units = {group.id: group.business_unit for group in portfolio.all(StakeholderGroup)}
    for project in portfolio.all(Project):
        touched[project.id] |= _ids(project.services)
    for event in portfolio.all(ChangeEvent):
        things = _ids(event.services)
        for hit in event.groups:
            things |= _ids([hit.business_unit, units.get(hit.group.id) if hit.group else None])
        at = event.milestone or event.project
        if at is not None:
            touched[at.id] |= things
    for change in portfolio.all(BusinessChange):
        at = change.go_live or change.project
        if at is not None:
            touched[at.id] |= _ids(units.get(each.group.id) for each in change.groups)
    return touched


def _ids(refs: Iterable[Ref | None]) -> set[str]:
    return {ref.id for ref in refs if ref is not None}


def hold(
    network: Network, found: Schedule, windows: Windows, fixed: Collection[int] = ()
) -> tuple[Schedule, Mapping[str, str]]:
    """Return the schedule with every go-live moved out of its windows, and what held which.

    Predecessors first: what follows a go-live that was held waits for it. Without a hit the
    schedule comes back as it is.
    """
    held: dict[str, str] = {}
    nodes = [
        node
        for node in network.order
        if network.activities[node].id in windows and not network.activities[node].is_finished
    ]
    for _ in range(_MOST_RUNS):
        hit = next(filter(None, (_hit(network, found, windows, node) for node in nodes)), None)
        if hit is None:
            break
        node, window, minutes = hit
        held[network.activities[node].id] = window.id
        delays = dict(found.work.delays)
        delays[node] = delays.get(node, 0) + minutes
        found = schedule(network, delays, fixed, found.stated)
    return found, held


def _hit(
    network: Network, found: Schedule, windows: Windows, node: int
) -> tuple[int, FreezeWindow, int] | None:
    """Return the window that a go-live stands in, and the minutes until it may happen."""
    activity = network.activities[node]
    stands = found.early.finish_instant(network, node)
    day = finish_date(stands)
    for window in windows[activity.id]:
        if window.from_ <= day <= window.to:
            calendar = network.calendars[activity.calendar]
            allowed = calendar.finish_of(calendar.next_working_day(window.to + _DAY))
            axis = network.axis(node)
            return node, window, axis.position(allowed) - axis.position(stands)
    return None
