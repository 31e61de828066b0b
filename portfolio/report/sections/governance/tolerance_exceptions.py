"""The projects that ask for an answer: outside tolerance or declared red, and what is done."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.governance.tolerances import tolerance_uses
from portfolio.model.governance import ExceptionReport
from portfolio.model.risk import Issue
from portfolio.report.blocks import (
    Block,
    Cell,
    Column,
    Missing,
    Paragraph,
    Section,
    Status,
    Strong,
    Subheading,
    Table,
)
from portfolio.report.formatting import listed, sentence
from portfolio.report.section import section
from portfolio.report.sections.governance.tolerance_status import use_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.analysis.governance.tolerances import ToleranceUse
    from portfolio.model.delivery.projects import Project
    from portfolio.report.pack import Pack

MOST_TOLERANCES = 12
FEW = 5
"""Rows that say the same are read up to here; beyond they are one sentence."""


@section("board", order=30)
def exceptions(pack: Pack) -> Section:
    """List the projects outside tolerance, and whether somebody has said what to do."""
    found = [each for each in pack.live_projects if _is_exceptional(pack, each)]
    silent = [each for each in found if _is_red_without_a_word(pack, each)]
    if len(silent) <= FEW:
        silent = []
    rows = tuple(_exception(pack, each) for each in found if each not in silent)
    many = len(found) != 1
    lead = f"{len(found)} project{'s' * many} outside tolerance or declared red." if rows else ""
    blocks = (*_answers(pack, rows, is_all=not silent), *_unanswered(silent), *_tolerances(pack))
    return Section("exceptions", "Exceptions", blocks, lead)


def _answers(pack: Pack, rows: tuple[tuple[Cell, ...], ...], *, is_all: bool) -> tuple[Block, ...]:
    if not rows and not is_all:
        return ()
    has_limits = any(each.tolerances for each in pack.live_projects)
    columns = (
        Column("Project"),
        Column("Computed", formula="The worst of what dates, cost, risks and tolerances say."),
        Column("Why", wide=True),
        Column("Exception report", wide=True),
        Column("Recovery plan", wide=True),
    )
    empty = (
        "No project is outside its tolerances, and none declares red."
        if has_limits
        else "No project declares red, and none states a tolerance that it could exceed."
    )
    return (Table(columns, rows, empty=empty),)


def _unanswered(silent: Sequence[Project]) -> tuple[Block, ...]:
    """Name the projects of which there is nothing to say but that they are red."""
    if not silent:
        return ()
    names = listed([each.label for each in silent], FEW)
    words = "declare red without an exception report or a recovery plan"
    return (Paragraph(Strong(f"{len(silent)} projects {words}: "), f"{names}."),)


def _is_red_without_a_word(pack: Pack, project: Project) -> bool:
    """Tell whether a project only declares red: no figure, no report and no plan says more."""
    health = pack.health[project.id]
    return not (health.overall == "red" or _reports(pack, project) or _plans(pack, project))


def _reports(pack: Pack, project: Project) -> list[ExceptionReport]:
    found = pack.portfolio.related(project, ExceptionReport)
    return [each for each in found if each.status != "rejected"]


def _plans(pack: Pack, project: Project) -> list[Issue]:
    found = pack.portfolio.related(project, Issue)
    return [each for each in found if each.status == "open" and each.recovery_plan]


def _tolerances(pack: Pack) -> tuple[Block, ...]:
    """Show how much of each tolerance is used, the projects nearest to an exception first."""
    found = [(each, tolerance_uses(pack.portfolio, each)) for each in pack.live_projects]
    measured = [
        (project, uses)
        for project, uses in found
        if any(each.use.value is not None for each in uses)
    ]
    if not measured:
        return ()
    measured.sort(key=lambda each: (-max(map(_nearness, each[1])), each[0].id))
    rows = tuple(
        (pack.project_link(project), *map(use_cell, uses))
        for project, uses in measured[:MOST_TOLERANCES]
    )
    columns = (
        Column("Project"),
        *(
            Column(each.dimension.capitalize(), formula="The forecast's deviation / the tolerance.")
            for each in measured[0][1]
        ),
    )
    more = len(measured) - len(rows)
    rest = f" {more} more use less." if more > 0 else ""
    caption = f"The forecast's deviation / the tolerance; above 100 % is an exception.{rest}"
    return (Subheading("Tolerance used"), Table(columns, rows, caption))


def _nearness(use: ToleranceUse) -> Decimal:
    """Return how near it is to an exception; a tolerance of nothing that is exceeded is past it."""
    return (
        Decimal("Infinity") if use.use.code == "zero_denominator" else use.use.value or Decimal(0)
    )


def _is_exceptional(pack: Pack, project: Project) -> bool:
    declared = project.declared_rag.overall if project.declared_rag else None
    return declared == "red" or pack.health[project.id].overall == "red"


def _exception(pack: Pack, project: Project) -> tuple[Cell, ...]:
    health = pack.health[project.id]
    newest = max(_reports(pack, project), key=lambda e: (e.raised_on, e.id), default=None)
    plans = _plans(pack, project)
    why = sentence("; ".join(r.sentence for r in health.reasons if r.colour == "red"))
    return (
        pack.project_link(project),
        Status(health.overall, "" if health.overall != "grey" else "no data"),
        why or "Declared red",
        f"{newest.status}, {newest.raised_on.day} {newest.raised_on:%b %Y}: "
        f"{newest.recommendation or 'no recommendation'}"
        if newest
        else Missing("no exception report"),
        plans[0].recovery_plan if plans else Missing("no recovery plan"),
    )
