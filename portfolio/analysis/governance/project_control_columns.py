"""The computed columns of projects about control: tolerances, reports, what a tier requires."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.governance.control_compliance import age_of_report, control_compliance
from portfolio.analysis.governance.tolerances import tolerance_uses
from portfolio.measure.figure import column
from portfolio.measure.measure import Measure, unknown
from portfolio.measure.table import cents
from portfolio.model.delivery.projects import Project

if TYPE_CHECKING:
    from portfolio.model.portfolio import Portfolio


@column(Project, order=440)
def tolerance_use(project: Project, portfolio: Portfolio) -> Measure[Mapping[str, Decimal]]:
    """Return the share of each tolerance that its forecast uses; above 1 is an exception."""
    uses = tolerance_uses(portfolio, project)
    known: dict[str, Decimal] = {
        each.dimension: cents(each.use.value) for each in uses if each.use.value is not None
    }
    return Measure(known) if known else unknown("no_data", "no tolerance can be measured")


@column(Project, order=450)
def report_age_days(project: Project, portfolio: Portfolio) -> Measure[int]:
    """Return the days since the end of the last period it reported, or since its start."""
    if project.status in {"closed", "cancelled"}:
        return unknown("finished", f"the project is {project.status}")
    found = age_of_report(portfolio, project)
    return Measure(found.value.age) if found.value else unknown(found.code, found.reason)


@column(Project, order=460)
def controls_kept(project: Project, portfolio: Portfolio) -> Measure[Decimal]:
    """Return the share of the controls of its tier that are present and current, 0..1."""
    found = control_compliance(portfolio, project)
    return found.value.share if found.value else unknown(found.code, found.reason)


@column(Project, order=470)
def controls_lacking(project: Project, portfolio: Portfolio) -> Measure[tuple[str, ...]]:
    """Return which controls of its tier are absent or out of date, and why."""
    found = control_compliance(portfolio, project)
    if found.value is None:
        return unknown(found.code, found.reason)
    return Measure(tuple(f"{each.artefact}: {each.lacks}" for each in found.value.lacking))
