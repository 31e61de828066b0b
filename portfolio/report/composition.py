"""From a report's name to the report: its sections in order, and the facts of its first line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portfolio.analysis.governance.data_quality import coverage
from portfolio.diagnostic import Severity
from portfolio.model.delivery.projects import Project
from portfolio.report.blocks import Cell, Link, Missing, Report, Section, Share, Traced
from portfolio.report.outline import outlines, register_sections
from portfolio.report.section import sections_of
from portfolio.report.table_layout import folded
from portfolio.report.trails.page_sources import placed
from portfolio.report.trails.sources import trail, written
from portfolio.rules.phrases import counted

if TYPE_CHECKING:
    from portfolio.report.pack import Pack

AS_OF = "The day on which everything is judged: --as-of, else as_of in pmo.yaml, else today."


def compose(name: str, pack: Pack) -> Report:
    """Build a report of ``outlines()`` from a pack; sections with nothing to say are left out."""
    register_sections()
    built = (build(pack) for build in sections_of(name))
    return Report(
        name=name,
        title=_title(name, pack),
        subtitle=pack.portfolio.settings.organisation.name,
        as_of=pack.as_of,
        stamp=stamp(pack),
        sections=_in_order(
            name,
            [folded(placed(pack, section)) for section in built if section is not None],
        ),
        silent=pack.edition == "customer",
    )


def _in_order(name: str, built: list[Section]) -> tuple[Section, ...]:
    """Return the sections, those of the annex behind the others."""
    annex = outlines()[name].annex
    first = [section for section in built if section.id not in annex]
    behind = [replace(section, annex=True) for section in built if section.id in annex]
    return (*first, *behind)


def _title(name: str, pack: Pack) -> str:
    title = outlines()[name].title
    return f"{title}: {pack.subject.label}" if pack.subject is not None else title


def stamp(pack: Pack) -> tuple[tuple[str, Cell], ...]:
    """Return what every first line says: the day, the coverage, the findings, the commit.

    Outside the house only the day: how complete our data are is our business.
    """
    if pack.edition == "customer":
        return (("As of", pack.as_of),)
    projects: Cell = (
        f"{len(pack.projects)}, without {counted(pack.confidential, 'confidential project')}"
        if pack.confidential
        else Traced(len(pack.projects), trail("Projects shown.", sources=written(*pack.projects)))
        if pack.projects
        else Missing("none recorded")
    )
    entities = pack.portfolio.entities.values()
    covered = [e for e in entities if pack.selected is None or e.id in pack.selected]
    share = Share(coverage(covered).share, "no expected field")
    return (
        ("As of", Traced(pack.as_of, trail(AS_OF))),
        *_scope(pack),
        *((("Projects", projects),) if pack.subject is None else ()),
        ("Data coverage", Traced(share, trail(coverage, sources=written(*covered)))),
        ("Errors", _findings(pack, Severity.ERROR)),
        ("Warnings", _findings(pack, Severity.WARNING)),
        ("Commit", pack.commit or Missing("no git history")),
        *((("All reports", Link("index", pack.pages[""])),) if pack.pages else ()),
    )


def _findings(pack: Pack, severity: Severity) -> Cell:
    places = (found.location for found in pack.diagnostics if found.severity is severity)
    return Traced(pack.count(severity), trail("What `pmo validate` finds.", sources=places))


def _scope(pack: Pack) -> tuple[tuple[str, Cell], ...]:
    """Return what a report of a part is limited to, and how much is left out."""
    if pack.selected is None or pack.subject is not None:
        return ()
    left_out = len(pack.portfolio.all(Project)) - len(pack.projects)
    projects = "project" if left_out == 1 else "projects"
    return (("Scope", f"{pack.scope}; {left_out} {projects} left out"),)
