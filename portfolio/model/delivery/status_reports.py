"""Status reports: what a project tells its board, part of the delivery theme."""

from datetime import date
from typing import ClassVar

from portfolio.model.delivery.projects import DeclaredRag
from portfolio.model.entity import Entity
from portfolio.record import Ref, field


class StatusReport(Entity):
    """What a project tells its board about one period."""

    THEME: ClassVar[str] = "delivery"

    project: Ref = field("The project that reports.", to="project", required=True, preferred=3)
    period_end: date = field("The last day of the period.", required=True, time="none")
    issued_on: date | None = field(
        "When the report was sent.", expected=True, time="recorded", stands_in="period_end"
    )
    author: Ref | None = field("Who wrote it.", to="person", expected=True)
    declared_rag: DeclaredRag | None = field("The colours declared then.", expected=True)
    summary: str | None = field("The period in at most 600 characters.", expected=True, long=True)
    achieved: tuple[str, ...] = field("What was done.", expected=True)
    next: tuple[str, ...] = field("What comes next.", expected=True)
    help_needed: tuple[Ref, ...] = field("The decisions it waits for.", to="decision")
