"""Whether something is still going on, read from the fields of every kind alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.field_path import in_words
from portfolio.model.delivery.projects import Project
from portfolio.model.entity import Entity
from portfolio.record import Ref
from portfolio.references import per_class

if TYPE_CHECKING:
    from portfolio.model.index import Index
    from portfolio.model.risk import Risk
    from portfolio.record import Record

OVER = frozenset(Project.FIELDS["status"].final)
RUNNING = frozenset({"initiating", "delivering", "closing"})
"""The statuses in which a project is expected to report."""


def is_open(record: Record) -> bool:
    """Tell whether a record asks for attention: no final status and no day on which it ended."""
    for name, final in _endings(type(record)):
        value = getattr(record, name)
        if value is not None and (not final or in_words(value) in final):
            return False
    return True


@per_class
def _endings(record: type[Record]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the fields that can end a record, with the values that do: none where each does."""
    return tuple((f.name, f.final) for f in record.FIELDS.values() if f.ends or f.final)


def is_over(project: Project | None) -> bool:
    """Tell whether a project is closed or cancelled; nothing is not over."""
    return project is not None and project.status in OVER


def project_of(portfolio: Index, entity: Entity) -> Project | None:
    """Return the project that an entity names, if it names one."""
    reference = getattr(entity, "project", None)
    return portfolio.find(reference, Project) if isinstance(reference, Ref) else None


def is_live(portfolio: Index, entity: Entity) -> bool:
    """Tell whether an entity is open and its project, if it has one, is not over."""
    return is_open(entity) and not is_over(project_of(portfolio, entity))


def is_open_risk(risk: Risk, portfolio: Index) -> bool:
    """Tell whether a risk is open, not a draft, and its project is not over."""
    return risk.status == "open" and is_live(portfolio, risk)
