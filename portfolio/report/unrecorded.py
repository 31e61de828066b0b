"""What a portfolio does not record at all, said once instead of in a section each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.model.delivery.projects import Dependency, Milestone
from portfolio.model.governance import Action, Decision
from portfolio.model.resources import Assignment, RoleDemand
from portfolio.model.risk import Risk
from portfolio.model.strategy import BusinessDependency

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portfolio.model.entity import Entity
    from portfolio.report.pack import Pack

SUBJECTS: Mapping[str, tuple[type[Entity], ...]] = {
    "decisions": (Decision,),
    "milestones": (Milestone,),
    "dependencies": (Dependency, BusinessDependency),
    "risks": (Risk,),
    "bookings of people": (Assignment, RoleDemand),
    "actions": (Action,),
}
"""What every board asks for, and the kinds that would tell it."""


def is_recorded(pack: Pack, subject: str) -> bool:
    """Tell whether the portfolio, whatever part of it is shown, records anything of a subject."""
    return any(pack.portfolio.all(kind) for kind in SUBJECTS[subject])


def unrecorded(pack: Pack) -> tuple[str, ...]:
    """Return the subjects of which the portfolio records nothing."""
    return tuple(subject for subject in SUBJECTS if not is_recorded(pack, subject))
