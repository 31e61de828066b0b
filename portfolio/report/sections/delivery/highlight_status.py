"""The first screen of a highlight report: who, what colour, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.governance.project_health import DIMENSIONS, health
from portfolio.analysis.governance.rag_status import worst
from portfolio.model.delivery.projects import Project
from portfolio.network.portfolio_schedule import expected_finish
from portfolio.report.blocks import (
    Block,
    Cell,
    Column,
    Facts,
    Missing,
    Paragraph,
    Section,
    Status,
    Strong,
    Table,
)
from portfolio.report.formatting import sentence
from portfolio.report.section import section

if TYPE_CHECKING:
    from portfolio.analysis.governance.project_health import Health
    from portfolio.report.pack import Pack

_DECLARED = ("overall", "time", "cost", "scope", "benefits", "resource", "risk")
_LEAST = 2
"""Sentences beside a computed colour; `pmo show` has all of them."""


def project_of(pack: Pack) -> Project:
    """Return the project that a highlight report is about."""
    assert isinstance(pack.subject, Project)  # noqa: S101 - the outline names the kind
    return pack.subject


@section("project", order=10)
def status(pack: Pack) -> Section:
    """Say who answers for the project and compare its declared colours with the computed."""
    project = project_of(pack)
    found = health(pack.portfolio, project)
    blocks: tuple[Block, ...] = (_people(pack, project), *_comment(project), _colours(found, pack))
    return Section("status", "Status", blocks, _lead(project, found))


def _lead(project: Project, found: Health) -> str:
    declared = (project.declared_rag.overall if project.declared_rag else None) or "grey"
    if "grey" in {declared, found.overall} or declared == found.overall:
        return ""
    if worst((declared, found.overall)) == declared:
        return f"Declared {declared}, worse than the data say: {found.overall}."
    return f"Declared {declared}, better than the data say: {found.overall}."


def _people(pack: Pack, project: Project) -> Facts:
    return Facts(
        ("Sponsor", pack.named(project.sponsor)),
        ("Project manager", pack.named(project.project_manager)),
        ("Stage", project.status or Missing("not stated")),
        ("Approved finish", project.baseline_finish or Missing("no baseline")),
        ("Expected finish", _expected(pack, project)),
    )


def _expected(pack: Pack, project: Project) -> Cell:
    """Return the finish as stated, else by the activities where that is later than approved."""
    stated = project.actual_finish or project.forecast_finish
    found = stated or expected_finish(pack.portfolio, project)
    if found is None:
        return Missing("no forecast")
    return found if stated else (found, ", by its activities")


def _comment(project: Project) -> tuple[Block, ...]:
    comment = project.declared_rag.comment if project.declared_rag else None
    return (Paragraph(Strong("The project manager says: "), comment),) if comment else ()


def _colours(found: Health, pack: Pack) -> Table:
    declared = project_of(pack).declared_rag
    silent: list[str] = []
    rows: list[tuple[Cell, ...]] = []
    for name in _DECLARED:
        said = getattr(declared, name) if declared is not None else None
        computed = found.overall if name == "overall" else found.dimensions.get(name)  # type: ignore[call-overload]
        if said is None and computed is None:
            continue
        if said is None and computed == "grey" and name != "overall":
            silent.append(name)
            continue
        rows.append(
            (
                name.capitalize(),
                Status(said or "grey", "" if said else "not declared"),
                _computed(computed),
                _why(found, name)
                or ("" if computed is None else Missing("nothing to judge it by")),
            )
        )
    unknown = f" Nothing to judge it by: {', '.join(silent)}." if silent else ""
    return Table.of(
        Column("Of"),
        Column("Declared", formula="As stated."),
        Column("Computed", formula="The worst of what dates, cost, risks and tolerances say."),
        Column("Because", wide=True),
        rows=rows,
        caption=f"Computed from dates, money and risks against the tolerances.{unknown}",
    )


def _computed(colour: str | None) -> Cell:
    if colour is None:
        return Missing("not computed")
    return Status(colour, "no data" if colour == "grey" else "")  # type: ignore[arg-type]


def _why(found: Health, name: str) -> str:
    """Return the sentences that decide a colour; green needs none."""
    if name not in DIMENSIONS:
        return "The worst of the computed below." if name == "overall" else ""
    colour = found.dimensions[name]
    reasons = [each for each in found.reasons if each.dimension == name and each.colour == colour]
    return sentence("; ".join(each.sentence for each in reasons[:_LEAST]))
