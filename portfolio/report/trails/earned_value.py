"""What the money of a project is made from: earned value, its estimate, and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.finance.project_performance import budgeted, snapshots_of
from portfolio.model.finance import Actual
from portfolio.report.trails.sources import trail, written
from portfolio.report.trails.trail import Formula, Trail
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from portfolio.analysis.finance.portfolio_performance import Member, Pool
    from portfolio.diagnostic import Location
    from portfolio.model.delivery.projects import Project
    from portfolio.report.blocks import Cell
    from portfolio.view.view import View


def performance_sources(portfolio: View, project: Project) -> tuple[Location, ...]:
    """Return where budget, earned value and actual cost of a project are written."""
    budget = written(project, at=["bac"])
    snapshots = snapshots_of(portfolio, project)
    if snapshots:
        return budget + written(snapshots[-1])
    plan = (each.activity for each in budgeted(portfolio, project))
    return budget + written(*plan) + written(*portfolio.related(project, Actual, "project"))


def member_trail(portfolio: View, member: Member) -> Trail:
    """Return what the money of one project is made from."""
    currency = member.project.bac.currency if member.project.bac else ""
    figures, estimate = member.figures, member.estimate
    named = {
        "budget": figures.bac,
        "planned value": figures.pv,
        "earned value": figures.ev,
        "actual cost": figures.ac,
        "lowest estimate": estimate.low,
        "selected": estimate.selected,
        "highest": estimate.high,
    }
    return trail(
        inputs=_in_currency(named, currency),
        sources=performance_sources(portfolio, member.project),
    )


def pool_trail(portfolio: View, whole: Pool, formula: Formula) -> Trail:
    """Return what a figure over several projects is made from: the sums, in one currency."""
    figures = whole.figures
    named = {
        "budget": figures.bac,
        "planned value": figures.pv,
        "earned value": figures.ev,
        "actual cost": figures.ac,
    }
    return trail(
        formula,
        inputs={"projects": len(whole.members), **_in_currency(named, whole.currency)},
        sources=(
            place
            for each in whole.members
            for place in performance_sources(portfolio, each.project)
        ),
    )


def _in_currency(named: Mapping[str, Decimal], currency: str) -> dict[str, Cell]:
    return {term: Money(amount, currency) for term, amount in named.items()}
