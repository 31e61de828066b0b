"""The end of a project: what was promised and what came, and what is left to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.analysis.finance.estimate_at_completion import cost_estimate
from portfolio.analysis.finance.expenditure import spending
from portfolio.analysis.governance.control_compliance import PASSED
from portfolio.measure.measure import Measure, unknown
from portfolio.model.delivery.projects import Dependency, Milestone
from portfolio.model.governance import Action, AssuranceReview, Baseline, ChangeRequest, Gate
from portfolio.model.resources import Person
from portfolio.model.risk import Assumption, Issue, Risk
from portfolio.values import Money
from portfolio.view.lifecycle import is_open

if TYPE_CHECKING:
    from datetime import date

    from portfolio.model.delivery.projects import Project
    from portfolio.model.entity import Entity
    from portfolio.record import Ref
    from portfolio.view.view import View


@dataclass(frozen=True, slots=True)
class Promise:
    """The finish and the money of a project: as first approved, as last approved, as they came.

    ``came`` are the actual finish and the booked cost of a closed project, else the forecasts.
    """

    first_finish: date | None
    last_finish: date | None
    finish: date | None
    first_cost: Money | None
    last_cost: Money | None
    cost: Measure[Money]
    is_over: bool

    @property
    def days_late(self) -> Measure[int]:
        """Return the calendar days between the finish first approved and the one that came."""
        if self.first_finish is None or self.finish is None:
            return unknown("no_data", "no baseline or no finish")
        return Measure((self.finish - self.first_finish).days)

    @property
    def over_cost(self) -> Measure[Money]:
        """Return what came above the money first approved; less is negative."""
        first, came = self.first_cost, self.cost.value
        if first is None or came is None:
            return unknown("no_data", self.cost.reason or "no budget was approved")
        if first.currency != came.currency:
            return unknown("no_data", "budget and cost are in different currencies")
        return Measure(Money(came.amount - first.amount, first.currency))


def promise_of(portfolio: View, project: Project) -> Promise:
    """Return what was approved of a project, first and last, and what came of it.

    Without baselines the project's own baseline finish and budget are both. The cost of a closed
    project is what is booked, of another one the estimate at completion.

    Source: domain 7.2, one-page project closure with promises against results.
    """
    versions = sorted(portfolio.related(project, Baseline, "project"), key=lambda b: b.version)
    first = versions[0] if versions else None
    last = versions[-1] if versions else None
    over = project.status == "closed" or project.actual_finish is not None
    booked = spending(portfolio, project).map(lambda found: Money(found.actual, found.currency))
    expected = cost_estimate(portfolio, project).map(lambda found: found.amount)
    return Promise(
        (first.finish if first else None) or project.baseline_finish,
        (last.finish if last else None) or project.baseline_finish,
        project.actual_finish or project.forecast_finish,
        (first.bac if first else None) or project.bac,
        (last.bac if last else None) or project.bac,
        booked if over else expected,
        over,
    )


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something that a project leaves open, who has it, and whether that person stays.

    ``stays`` is False for somebody who has left, and for the project's own manager: with the
    project the post is gone. None where nobody is named.
    """

    kind: str
    words: str
    entity: Entity
    owner: Person | None
    due: date | None
    stays: bool | None


def leftovers(portfolio: View, project: Project) -> tuple[Leftover, ...]:
    """Return everything of a project that is still open, kind by kind.

    Issues, risks, actions, assumptions, change requests, conditions of gates, recommendations of
    reviews, milestones not reached and promises not delivered.

    Source: rule GOV-CLOSED-WITH-OPEN-ITEMS; domain 7.2, project closure.
    """
    found = (
        Leftover(kind, words, entity, person := portfolio.find(owner, Person), due,
                 _stays(portfolio, project, person))
        for kind, words, entity, owner, due in _open(portfolio, project)
    )  # fmt: skip
    return tuple(found)


def _stays(portfolio: View, project: Project, person: Person | None) -> bool | None:
    if person is None:
        return None
    if project.project_manager is not None and project.project_manager.id == person.id:
        return False
    return person.end_date is None or person.end_date > portfolio.as_of


_Open = tuple[str, str, "Entity", "Ref | None", "date | None"]


def _open(portfolio: View, project: Project) -> Iterator[_Open]:
    for issue in portfolio.related(project, Issue, "project"):
        if issue.status == "open":
            yield "issue", issue.label, issue, issue.owner, issue.target_date
    for risk in portfolio.related(project, Risk, "project"):
        if risk.status == "open":
            yield "risk", risk.label, risk, risk.owner, risk.expected_to
    for action in portfolio.related(project, Action, "project"):
        if action.status == "open":
            yield "action", action.label, action, action.owner, action.due
    for each in portfolio.related(project, Assumption, "project"):
        if each.status == "open":
            yield "assumption", each.label, each, each.owner, each.validate_by
    yield from _in_control(portfolio, project)
    yield from _in_plan(portfolio, project)


def _in_control(portfolio: View, project: Project) -> Iterator[_Open]:
    for request in portfolio.related(project, ChangeRequest, "project"):
        if request.status in {"submitted", "assessed", "approved", "deferred"}:
            yield "change request", request.label, request, request.raised_by, None
    for gate in portfolio.related(project, Gate, "project"):
        for condition in gate.conditions:
            if gate.outcome in PASSED and condition.met_on is None:
                yield "condition", condition.text, gate, condition.owner, condition.due
    for review in portfolio.related(project, AssuranceReview, "project"):
        for each in review.recommendations:
            if each.closed_on is None:
                yield "recommendation", each.text, review, None, each.due


def _in_plan(portfolio: View, project: Project) -> Iterator[_Open]:
    for milestone in portfolio.related(project, Milestone, "project"):
        if milestone.actual is None:
            standing = milestone.forecast or milestone.baseline
            yield "milestone", milestone.label, milestone, milestone.owner, standing
    for promise in portfolio.all(Dependency):
        giver = promise.from_.id.partition(".")[0]
        if giver == project.id and promise.owner_id != project.id and is_open(promise):
            yield "promise", promise.label, promise, promise.giver_owner, promise.need_by
