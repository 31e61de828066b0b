"""Control: are reports sent, are colours honest, does every project keep what its tier requires?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from portfolio.analysis.governance.boards import action_closure
from portfolio.analysis.governance.control_compliance import (
    RUNNING,
    age_of_report,
    compliance_by_tier,
    control_compliance,
)
from portfolio.analysis.governance.status_reporting import rag_integrity
from portfolio.model.delivery.status_reports import StatusReport
from portfolio.model.governance import Action, Tier
from portfolio.report.blocks import (
    Block,
    Cell,
    Column,
    Metric,
    Metrics,
    Missing,
    Section,
    Share,
    Status,
    Subheading,
    Table,
)
from portfolio.report.formatting import sentence
from portfolio.report.section import section
from portfolio.report.sections.delivery.portfolio_on_a_page import declared_colour

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portfolio.model.delivery.projects import Project
    from portfolio.model.governance import Artefact
    from portfolio.report.pack import Pack

_QUARTER = timedelta(days=91)
_NAMES: dict[Artefact, str] = {
    "business_case": "business case",
    "plan": "plan",
    "risk_register": "risk register",
    "benefit_profile": "benefit profile",
    "highlight_report": "highlight report",
    "gate": "gate",
    "assurance": "assurance",
}


@section("board", order=115)
def control(pack: Pack) -> Section | None:
    """Show stale reports, colours better than the data, actions kept, and controls by tier."""
    has_tiers = bool(pack.portfolio.all(Tier))
    if not has_tiers and not pack.portfolio.all(StatusReport):
        return None
    blocks: list[Block] = [Metrics(*_metrics(pack))]
    if has_tiers:
        blocks += [_by_tier(pack), Subheading("What is missing or out of date"), _lacking(pack)]
    return Section("control", "Control", tuple(blocks))


def _metrics(pack: Pack) -> Iterator[Metric]:
    yield _reports(pack)
    colours = {p.id: (declared_colour(p), pack.health[p.id].overall) for p in pack.live_projects}
    integrity = rag_integrity(colours)
    rate = integrity.watermelon_rate
    many = len(integrity.comparable)
    note = f"{len(integrity.optimistic)} of {many} that can be compared" if many else None
    yield Metric("Declared better than the data", Share.of(rate), note)
    due = [(each.due, each.done_on) for each in pack.all(Action)
           if each.due is not None and each.status != "cancelled"]  # fmt: skip
    closed = action_closure(due, pack.as_of - _QUARTER, pack.as_of)
    yield Metric("Actions done in time", Share.of(closed), "due in the last 13 weeks")


def _reports(pack: Pack) -> Metric:
    """Count the running projects whose report is older than cadence and grace."""
    running = [p for p in pack.projects if p.status in RUNNING]
    label = "Reports missing"
    if not running or not pack.portfolio.all(StatusReport):
        return Metric(label, Missing(), "nobody reports", Status("grey"))
    ages = {p.label: age_of_report(pack.portfolio, p).value for p in running}
    stale = [name for name, age in ages.items() if age is not None and age.is_stale]
    note = ", ".join(stale) or f"{len(running)} projects report"
    return Metric(label, len(stale), note, Status("amber" if stale else "green"))


def _by_tier(pack: Pack) -> Table:
    rows = []
    for tier, found in compliance_by_tier(pack.portfolio, pack.projects).items():
        entity = pack.portfolio.find(str(tier), Tier)
        name = entity.name if entity is not None and entity.name else ""
        share = found.share
        kept = len(found.controls) - len(found.lacking)
        rows.append((
            f"{tier} {name}".strip(), kept, len(found.controls), Share.of(share),
        ))  # fmt: skip
    columns = (
        Column("Tier", formula="The control tier that cost, risk and reach put it in."),
        Column.number("Kept", "Controls of the tier that are kept, over its projects."),
        Column.number("Required", "Controls that the tier requires, over its projects."),
        Column.number("Share", "Kept / required."),
    )
    caption = "A control is kept where it is present and up to date; running projects, pooled."
    return Table(columns, tuple(rows), caption, "No running project states a tier.")


def _lacking(pack: Pack) -> Table:
    columns = (
        Column("Project"),
        Column.number("Tier", "The control tier that cost, risk and reach put it in."),
        Column("Missing", wide=True),
    )
    rows = tuple(row for each in pack.projects for row in _lacks(pack, each))
    return Table(columns, rows, empty="Every running project keeps the controls of its tier.")


def _lacks(pack: Pack, project: Project) -> Iterator[tuple[Cell, ...]]:
    found = control_compliance(pack.portfolio, project)
    if found.value is None:
        if found.code == "no_data":
            yield (project.label, project.tier or Missing("none"), Missing(sentence(found.reason)))
        return
    if found.value.lacking:
        said = "; ".join(f"{_NAMES[each.artefact]}: {each.lacks}" for each in found.value.lacking)
        yield (project.label, project.tier, sentence(said))
