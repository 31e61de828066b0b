"""Whether something is still going on, read from the fields of every kind alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.model.delivery.projects import Project
from portfolio.model.entity import Entity
from portfolio.record import Ref

if TYPE_CHECKING:
    from portfolio.model.portfolio import Portfolio
    from portfolio.model.risk import Risk
    from portfolio.record import Record

OVER = frozenset({"closed", "cancelled"})
RUNNING = frozenset({"initiating", "delivering", "closing"})
"""The statuses in which a project is expected to report."""

_FINAL = {
    "status": frozenset(
        {
            "closed", "cancelled", "done", "resolved", "rejected", "occurred", "withdrawn",
            "decided", "implemented", "achieved", "dropped", "retired", "realised", "lost",
            "valid", "invalid", "rolled_back", "failed",
        }
    ),
    "agreement": frozenset({"delivered", "cancelled"}),
    "stage": frozenset({"won", "lost"}),
}  # fmt: skip
_DONE_WHEN_DATED = ("actual", "actual_finish", "done_on", "met_on", "closed_on", "resolved_on",
                    "delivered", "paid_on")  # fmt: skip


def is_open(record: Record) -> bool:
    """Tell whether a record asks for attention: no final status and no date of completion.

    A project's ``stage`` is the user's own word, so only other kinds are judged by it.
    """
    if any(getattr(record, name, None) is not None for name in _DONE_WHEN_DATED):
        return False
    keys = ("status",) if isinstance(record, Project) else tuple(_FINAL)
    return not any(getattr(record, key, None) in _FINAL[key] for key in keys)


def is_over(project: Project | None) -> bool:
    """Tell whether a project is closed or cancelled; nothing is not over."""
    return project is not None and project.status in OVER


def project_of(portfolio: Portfolio, entity: Entity) -> Project | None:
    """Return the project that an entity names, if it names one."""
    reference = getattr(entity, "project", None)
    return portfolio.find(reference, Project) if isinstance(reference, Ref) else None


def is_live(portfolio: Portfolio, entity: Entity) -> bool:
    """Tell whether an entity is open and its project, if it has one, is not over."""
    return is_open(entity) and not is_over(project_of(portfolio, entity))


def is_open_risk(risk: Risk, portfolio: Portfolio) -> bool:
    """Tell whether a risk is open, not a draft, and its project is not over."""
    return risk.status == "open" and is_live(portfolio, risk)
