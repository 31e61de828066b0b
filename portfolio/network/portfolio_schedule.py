"""From a portfolio to its schedule: who waits for whom, on which calendar, from which day."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from portfolio.calendar import finish_date
from portfolio.model.delivery.projects import Activity, Dependency, Milestone, Project
from portfolio.model.index import per_portfolio
from portfolio.network.activities import ELAPSED, Link, LinkType
from portfolio.network.activities import Activity as Node
from portfolio.network.calendars import (
    Calendars,
    calendars_of,
    elapsed_minutes,
    working_minutes,
)
from portfolio.network.schedule import Schedule, schedule
from portfolio.network.schedule_network import Network, build_network
from portfolio.network.translation import Site, activity_node, milestone_node
from portfolio.view.lifecycle import is_open

if TYPE_CHECKING:
    from portfolio.values import Duration
    from portfolio.view.view import View

# A promise stands on its own date, even one that has passed: it has no logic to wait for.
_ANY_TIME = 0
_TO_FINISH: Mapping[LinkType, LinkType] = {"FS": "FS", "SS": "FS", "FF": "FF", "SF": "FF"}


@dataclass(frozen=True, eq=False)
class Plan:
    """The network of a portfolio.

    ``promises`` gives the dependency behind a link, by its ends; ``includes_soft`` tells whether
    soft ones move dates.
    """

    network: Network
    calendars: Calendars
    promises: Mapping[tuple[str, str], str]
    includes_soft: bool = False

    @cached_property
    def schedule(self) -> Schedule:
        """Both passes over the network."""
        return schedule(self.network)


def build_plan(portfolio: View, *, apart: Collection[str] = (), include_soft: bool = False) -> Plan:
    """Build the network of all activities, milestones and hard dependencies that are still open.

    A dependency is a link from the giver's milestone or activity; without one it stands on its
    forecast, else on its committed date, as a point of its own. So does each that is named in
    ``apart``, which lets it slip without its giver. Cancelled projects are left out. Work that has
    not started can start on the as-of day; what remains of started work counts from its end.
    Dates pass through what is hidden.
    """
    layout = _Layout(portfolio.whole, frozenset(apart), include_soft)
    nodes = [*layout.nodes(), *layout.points()]
    links = [*layout.links(), *layout.promised_links()]
    starts = [site.starts for site in layout.sites.values() if site.starts is not None]
    today = min(calendar.start_of(portfolio.as_of) for calendar in layout.calendars.all)
    network = build_network(
        nodes, links, layout.calendars.all, min(starts, default=today), data_date=today
    )
    return Plan(network, layout.calendars, layout.promises, include_soft)


def plan_of(portfolio: View) -> Plan:
    """Return the plan of a portfolio as it stands."""
    return _plan_of(portfolio.whole)


@per_portfolio
def _plan_of(portfolio: View) -> Plan:
    return build_plan(portfolio)


class _Layout:
    """The parts of a network as they are gathered from a portfolio."""

    def __init__(self, portfolio: View, apart: frozenset[str], include_soft: bool) -> None:  # noqa: FBT001
        self.portfolio = portfolio
        self.calendars = calendars_of(portfolio)
        self.sites = {
            project.id: self._site(project)
            for project in portfolio.all(Project)
            if project.status != "cancelled"
        }
        self.homeless = self._site(None)
        self.apart = apart
        self.promised = [
            each
            for each in portfolio.all(Dependency)
            if is_open(each) and (include_soft or each.strength == "hard")
        ]
        self.receivers = {each.to.id for each in self.promised if each.to}
        self.promises: dict[tuple[str, str], str] = {}

    def _site(self, project: Project | None) -> Site:
        number = self.calendars.number(project.calendar if project else None)
        start = project.start if project else None
        calendar = self.calendars.all[number]
        starts = calendar.start_of(start) if start else None
        return Site(self.calendars, number, self.portfolio.as_of, starts)

    def _site_of(self, project: str) -> Site | None:
        """Return the conditions of a project; none for a cancelled one."""
        known = self.sites.get(project)
        if known is None and project not in self.portfolio.entities:
            return self.homeless
        return known

    def nodes(self) -> Iterator[Node]:
        for activity in self.portfolio.all(Activity):
            if site := self._site_of(activity.project.id):
                yield activity_node(activity, site)
        for milestone in self.portfolio.all(Milestone):
            if site := self._site_of(milestone.project.id):
                waits = bool(milestone.predecessors) or milestone.id in self.receivers
                yield milestone_node(milestone, site, waits=waits)

    def links(self) -> Iterator[Link]:
        waiting: Iterator[Activity | Milestone] = chain(
            self.portfolio.all(Activity), self.portfolio.all(Milestone)
        )
        for each in waiting:
            if not each.predecessors:
                continue
            if site := self._site_of(each.project.id):
                for before in each.predecessors:
                    if before.lag is None:
                        yield Link(before.id.id, each.id, before.type, 0, site.number)
                    else:
                        lag, calendar = self._lag(before.lag, site)
                        yield Link(before.id.id, each.id, before.type, lag, calendar)

    def points(self) -> Iterator[Node]:
        """Yield the dependencies that are points of their own."""
        for each in self.promised:
            at = each.forecast or each.committed
            has_giver = self._giver(each) is not None
            if self._stands_apart(each) and (at is not None or has_giver):
                site = self._site_of(each.project.id) or self.homeless
                stands = _ANY_TIME if has_giver or at is None else site.calendar.finish_of(at)
                yield Node(each.id, 0, site.number, each.project.id, start_no_earlier=stands)

    def promised_links(self) -> Iterator[Link]:
        for each in self.promised:
            if each.to is None and each.id not in self.apart:
                continue
            site = self._site_of(each.project.id) or self.homeless
            lag, calendar = self._lag(each.lag, site)
            giver = self._giver(each)
            if not self._stands_apart(each):
                if giver is not None and each.to is not None:
                    self.promises.setdefault((giver, each.to.id), each.id)
                    yield Link(giver, each.to.id, each.link, lag, calendar)
                continue
            if giver is not None:
                yield Link(giver, each.id, "FS" if each.link[0] == "F" else "SS")
            elif (each.forecast or each.committed) is None:
                continue
            if each.to is not None:
                yield Link(each.id, each.to.id, _TO_FINISH[each.link], lag, calendar)

    def _stands_apart(self, dependency: Dependency) -> bool:
        return dependency.id in self.apart or self._giver(dependency) is None

    def _giver(self, dependency: Dependency) -> str | None:
        """Return the id of the milestone or activity that a dependency hands over."""
        giver = self.portfolio.find(dependency.from_)
        if isinstance(giver, Milestone | Activity) and self._site_of(giver.project.id):
            return giver.id
        return None

    def _lag(self, lag: Duration | None, site: Site) -> tuple[int, int]:
        if lag is None:
            return 0, site.number
        if lag.is_working:
            return working_minutes(lag, site.calendar), site.number
        return elapsed_minutes(lag, self.portfolio.as_of), ELAPSED


@per_portfolio
def planned_finishes(portfolio: View) -> Mapping[str, date]:
    """Return the day on which the last open activity of each project can end, by the project's id.

    Projects without activities that are still open have none.
    """
    last: dict[str, int] = {}
    if not any(each.actual_finish is None for each in portfolio.all(Activity)):
        return {}
    schedule = plan_of(portfolio).schedule
    index, finishes = schedule.network.index, schedule.early_finish
    for activity in portfolio.all(Activity):
        node = index.get(activity.id)
        if node is None or activity.actual_finish is not None or activity.loe:
            continue
        project = activity.project.id
        last[project] = max(last.get(project, finishes[node]), finishes[node])
    return {project: finish_date(instant) for project, instant in last.items()}


def expected_finish(portfolio: View, project: Project) -> date | None:
    """Return the last day of a project: as it happened, as stated, else by its activities.

    Activities count only where they end after the baseline: a plan that ends before it may be half
    a plan, and is no evidence that all is well. None where nobody expects anything.
    """
    stated = project.actual_finish or project.forecast_finish
    if stated is not None or project.baseline_finish is None:
        return stated
    planned = planned_finishes(portfolio).get(project.id)
    return planned if planned is not None and planned > project.baseline_finish else None
