"""What happens next about something that is not well: who does what until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from portfolio.model.commercial.contracts import Contract
from portfolio.model.commercial.customers import Complaint
from portfolio.model.delivery.projects import Project
from portfolio.model.governance import Action, Decision
from portfolio.model.risk import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from portfolio.model.entity import Entity
    from portfolio.record import Ref
    from portfolio.view.view import View

E = TypeVar("E", bound="Entity")


@dataclass(frozen=True, slots=True)
class NextStep:
    """One step: what, who, by when, and the record that says so."""

    words: str
    owner: Ref | None
    due: date | None
    record: Entity


def next_step(portfolio: View, entity: Entity) -> NextStep | None:
    """Return what comes next about an entity, None where nobody has said.

    Of the open decisions, actions and plans to recover that concern it, the one that is due first;
    what has no day comes last.
    """
    steps = sorted(
        _steps(portfolio, entity), key=lambda each: (each.due or date.max, each.record.id)
    )
    return steps[0] if steps else None


def _steps(portfolio: View, entity: Entity) -> Iterator[NextStep]:
    ids = _concerned(portfolio, entity)
    asked = _about(portfolio.all(Decision), ids)
    yield from (
        NextStep(f"Decide: {each.title}", each.board or each.raised_by, each.needed_by, each)
        for each in asked
        if each.status == "open"
    )
    complaints = {each.id for each in portfolio.related(entity, Complaint)}
    for action in portfolio.all(Action):
        origin = action.source_.id if action.source_ else ""
        if action.status == "open" and (_names(action, ids) or origin in complaints):
            yield NextStep(action.text, action.owner, action.due, action)
    for issue in _about(portfolio.all(Issue), ids):
        if issue.status == "open" and issue.recovery_plan:
            yield NextStep(issue.recovery_plan, issue.owner, issue.target_date, issue)


def _concerned(portfolio: View, entity: Entity) -> frozenset[str]:
    """Return the ids that stand for an entity: a contract is kept by its projects."""
    under = portfolio.related(entity, Project, "contract") if isinstance(entity, Contract) else ()
    return frozenset({entity.id, *(project.id for project in under)})


def _about(found: Iterable[E], ids: frozenset[str]) -> Iterator[E]:
    return (each for each in found if _names(each, ids))


def _names(record: Entity, ids: frozenset[str]) -> bool:
    named = (getattr(record, "project", None), *getattr(record, "affects", ()))
    return any(ref is not None and ref.id in ids for ref in named)
