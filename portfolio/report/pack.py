"""What the sections of a report work on: the portfolio as it may be shown, and what was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from portfolio.diagnostic import Diagnostic, Severity
from portfolio.model.delivery.projects import Project
from portfolio.report.blocks import Cell, Link, Missing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from portfolio.analysis.governance.portfolio_changes import Earlier
    from portfolio.analysis.governance.project_health import Health
    from portfolio.analysis.governance.status_reporting import Seen
    from portfolio.model.entity import Entity
    from portfolio.record import Ref
    from portfolio.view.audience import Edition
    from portfolio.view.view import View

E = TypeVar("E", bound="Entity")

LIVE = frozenset({"approved", "initiating", "delivering", "on_hold", "closing"})
"""The statuses of projects that a board still steers."""


@dataclass(frozen=True)
class Pack:
    """One portfolio on one day, for one audience.

    ``diagnostics`` are all findings; ``selected`` are the ids that the report is limited to, None
    means all; ``scope`` says in which words. ``subject`` is the one entity that a report is about,
    ``earlier`` what it is compared with, where somebody asked for that. ``pages`` are the other
    pages of a site by the id of what they are about, its index under an empty one; ``seen`` the
    colours of the months behind, by project.
    Figures are computed on the whole portfolio all the same.
    """

    portfolio: View
    diagnostics: tuple[Diagnostic, ...] = ()
    commit: str | None = None
    selected: frozenset[str] | None = None
    scope: str = ""
    subject: Entity | None = None
    earlier: Earlier | None = None
    pages: Mapping[str, str] = field(default_factory=dict)
    seen: Mapping[str, tuple[Seen, ...]] = field(default_factory=dict)

    @property
    def edition(self) -> Edition:
        """Return for whom it is written."""
        return self.portfolio.audience.edition

    @property
    def confidential(self) -> int:
        """Return how many projects are left out."""
        return self.portfolio.confidential

    @property
    def as_of(self) -> date:
        """Return the day."""
        return self.portfolio.as_of

    @cached_property
    def projects(self) -> tuple[Project, ...]:
        """Return every project that is shown."""
        return self.all(Project)

    def all(self, kind: type[E]) -> tuple[E, ...]:
        """Return every entity of a kind that the report is about."""
        found, selected = self.portfolio.all(kind), self.selected
        return found if selected is None else tuple(e for e in found if e.id in selected)

    @cached_property
    def live_projects(self) -> tuple[Project, ...]:
        """Return the projects that a board still steers; one without a status counts as live."""
        return tuple(p for p in self.projects if p.status is None or p.status in LIVE)

    def is_live(self, entity: Entity) -> bool:
        """Tell whether an entity belongs to a live project, or to none."""
        ref = getattr(entity, "project", None)
        return ref is None or ref.id in self._live_ids

    @cached_property
    def _live_ids(self) -> frozenset[str]:
        return frozenset(project.id for project in self.live_projects)

    @cached_property
    def health(self) -> Mapping[str, Health]:
        """Return the computed health of each live project, by its id."""
        from portfolio.analysis.governance.project_health import health

        return {p.id: health(self.portfolio, p) for p in self.live_projects}

    def count(self, severity: Severity) -> int:
        """Return how many findings have a severity."""
        return sum(found.severity is severity for found in self.diagnostics)

    def name(self, ref: Ref | str | None) -> str:
        """Return the name behind a reference, its text where nothing carries it."""
        if ref is None:
            return ""
        found = self.portfolio.find(ref)
        return found.label if found is not None else str(ref)

    def named(self, ref: Ref | None, reason: str = "nobody named") -> Cell:
        """Return the name behind a reference as a cell, with the reason where there is none."""
        return self.name(ref) if ref is not None else Missing(reason)

    def project_link(self, project: Entity) -> Link:
        """Return a project's name as a link to its page, or to the table that holds its line."""
        return Link(project.label, self.pages.get(project.id, "#portfolio"))

    def page_link(self, entity: Entity) -> Cell:
        """Return an entity's name, in a site as a link to the page about it."""
        page = self.pages.get(entity.id)
        return Link(entity.label, page) if page is not None else entity.label

    def project_of(self, entity: Entity) -> Project | None:
        """Return the project an entity belongs to, if it names one."""
        return self.portfolio.find(getattr(entity, "project", None), Project)
