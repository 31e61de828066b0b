"""From a report's name to the report: its sections in order, and the facts of its first line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from portfolio.analysis.coverage import coverage
from portfolio.diagnostic import Severity
from portfolio.model.delivery import Project
from portfolio.report.report import Cell, Missing, Report, Share, sections_of

if TYPE_CHECKING:
    from portfolio.report.pack import Pack

_THEMES = (
    "summary",
    "governance",
    "delivery",
    "money",
    "schedule",
    "dependencies",
    "risk",
    "commercial",
    "renewals",
    "customers",
    "data",
)


@dataclass(frozen=True, slots=True)
class Outline:
    """A report that can be asked for: its title and the question it answers."""

    title: str
    question: str


OUTLINES: Mapping[str, Outline] = {
    "board": Outline(
        "Portfolio board report",
        "What must be decided, what is wrong, what it costs, and what comes next?",
    ),
    "renewals": Outline(
        "Renewal calendar",
        "Which contracts renew, until when must we decide, and what does silence cost?",
    ),
}


def compose(name: str, pack: Pack) -> Report:
    """Build a report of ``OUTLINES`` from a pack; sections with nothing to say are left out."""
    for theme in _THEMES:
        import_module(f"portfolio.report.sections.{theme}")
    built = (build(pack) for build in sections_of(name))
    return Report(
        name=name,
        title=OUTLINES[name].title,
        subtitle=pack.portfolio.settings.organisation.name,
        as_of=pack.as_of,
        stamp=_stamp(pack),
        sections=tuple(section for section in built if section is not None),
    )


def _stamp(pack: Pack) -> tuple[tuple[str, Cell], ...]:
    """Return what every first line says: the day, the coverage, the findings, the commit."""
    projects: Cell = (
        f"{len(pack.projects)} and {pack.confidential} confidential"
        if pack.confidential
        else len(pack.projects)
    )
    entities = pack.portfolio.entities.values()
    share = coverage(e for e in entities if pack.selected is None or e.id in pack.selected).share
    return (
        ("As of", pack.as_of),
        *_scope(pack),
        ("Projects", projects),
        ("Data coverage", Share(share, "no expected field")),
        ("Errors", pack.count(Severity.ERROR)),
        ("Warnings", pack.count(Severity.WARNING)),
        ("Commit", pack.commit or Missing("no git history")),
    )


def _scope(pack: Pack) -> tuple[tuple[str, Cell], ...]:
    """Return what a report of a part is limited to, and how much is left out."""
    if pack.selected is None:
        return ()
    left_out = len(pack.portfolio.all(Project)) - len(pack.projects)
    projects = "project" if left_out == 1 else "projects"
    return (("Scope", f"{pack.scope}; {left_out} {projects} left out"),)
