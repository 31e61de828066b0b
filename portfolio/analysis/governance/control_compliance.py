"""Control: does each project have what its tier requires, and is it up to date?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.governance.status_reporting import report_age
from portfolio.measure.measure import Measure, share, unknown
from portfolio.model.delivery.projects import Activity, Milestone, Project
from portfolio.model.delivery.status_reports import StatusReport
from portfolio.model.finance import Benefit
from portfolio.model.governance import AssuranceReview, Gate, Tier
from portfolio.model.risk import Risk
from portfolio.settings import CADENCE_DAYS

if TYPE_CHECKING:
    from portfolio.analysis.governance.status_reporting import ReportAge
    from portfolio.model.governance import Artefact
    from portfolio.view.view import View

RUNNING = frozenset({"initiating", "delivering", "closing"})
"""The statuses in which a project must have its controls."""
PASSED = frozenset({"pass", "pass_with_conditions"})
_QUARTER = 92
_YEAR = 366


@dataclass(frozen=True, slots=True)
class Control:
    """One required artefact: what is wrong with it, nothing where it is present and current."""

    artefact: Artefact
    lacks: str = ""

    @property
    def is_kept(self) -> bool:
        """Tell whether it is present and current."""
        return not self.lacks


@dataclass(frozen=True, slots=True)
class Compliance:
    """The controls that a tier requires of one project, or of several pooled."""

    tier: int
    controls: tuple[Control, ...]

    @property
    def share(self) -> Measure[Decimal]:
        """Return kept / required."""
        kept = (each.is_kept for each in self.controls)
        return share(kept, f"tier {self.tier} requires nothing")

    @property
    def lacking(self) -> tuple[Control, ...]:
        """Return the controls that are absent or out of date."""
        return tuple(each for each in self.controls if not each.is_kept)


def control_compliance(portfolio: View, project: Project) -> Measure[Compliance]:
    """Return which controls of its tier a project keeps: present and current, of those required.

    Current means: the business case has an approved budget and a reason (an objective, a benefit,
    or a mandate), the plan has a baseline and nothing unfinished stands in the past, a risk was
    looked at within a quarter, a benefit states its values and a review ahead, the highlight
    report is within cadence and grace, the gates up to the stage are passed, assurance looked
    within a year.

    No tier, or a tier that nothing describes: no_data. Not initiating, delivering or closing:
    not_started or finished.

    Source: question 8 of governance: do all projects keep the same minimum for their tier?
    """
    if project.status in {"closed", "cancelled"}:
        return unknown("finished", f"the project is {project.status}")
    if project.status not in RUNNING:
        return unknown("not_started", "the project is not running")
    if project.tier is None:
        return unknown("no_data", "no tier is stated")
    tier = portfolio.find(str(project.tier), Tier)
    if tier is None:
        return unknown("no_data", f"nothing says what tier {project.tier} requires")
    kept = (Control(each, _CHECKS[each](portfolio, project)) for each in tier.required)
    return Measure(Compliance(project.tier, tuple(kept)))


def compliance_by_tier(portfolio: View, projects: Iterable[Project]) -> Mapping[int, Compliance]:
    """Return the controls of all running projects of each tier together: pooled, never averaged.

    Projects whose compliance is not known do not count.

    Source: domain convention of this toolkit.
    """
    pooled: dict[int, list[Control]] = {}
    for project in projects:
        found = control_compliance(portfolio, project).value
        if found is not None:
            pooled.setdefault(found.tier, []).extend(found.controls)
    return {tier: Compliance(tier, tuple(pooled[tier])) for tier in sorted(pooled)}


def age_of_report(portfolio: View, project: Project) -> Measure[ReportAge]:
    """Return how old a project's newest status report is, against the cadence of the organisation.

    A report counts from the end of its period, from then on. No report and no start: no_data.

    Source: worked example WE-56.
    """
    settings = portfolio.settings
    ends = [
        each.period_end
        for each in portfolio.related(project, StatusReport, "project")
        if each.period_end <= portfolio.as_of
    ]
    cadence = CADENCE_DAYS[settings.organisation.reporting_cadence]
    grace = settings.thresholds.report_grace_days
    return report_age(max(ends, default=None), project.start, portfolio.as_of, cadence, grace)


def _business_case(portfolio: View, project: Project) -> str:
    if project.bac is None:
        return "no approved budget"
    served = project.category == "mandatory" or project.objectives
    return "" if served or portfolio.related(project, Benefit, "project") else "no reason stated"


def _plan(portfolio: View, project: Project) -> str:
    milestones = portfolio.related(project, Milestone, "project")
    if not milestones and not portfolio.related(project, Activity, "project"):
        return "no plan"
    if project.baseline_finish is None:
        return "no baseline"
    late = [
        each
        for each in milestones
        if each.actual is None
        and (standing := each.forecast or each.baseline) is not None
        and standing < portfolio.as_of
    ]
    return f"{len(late)} unfinished in the past" if late else ""


def _risk_register(portfolio: View, project: Project) -> str:
    risks = [each for each in portfolio.related(project, Risk, "project") if each.status == "open"]
    if not risks:
        return "no open risk"
    seen = [day for each in risks if (day := each.last_reviewed or each.raised_on) is not None]
    newest = max(seen, default=None)
    if newest is None:
        return "never reviewed"
    is_old = newest < portfolio.as_of - timedelta(days=_QUARTER)
    return f"last reviewed on {newest}" if is_old else ""


def _benefit_profile(portfolio: View, project: Project) -> str:
    benefits = portfolio.related(project, Benefit, "project")
    valued = [each for each in benefits if each.value_by_period]
    if not valued:
        return "no benefit with its values" if benefits else "no benefit"
    ahead = any(day >= portfolio.as_of for each in valued for day in each.review_dates)
    return "" if ahead else "no review ahead"


def _highlight_report(portfolio: View, project: Project) -> str:
    if not portfolio.related(project, StatusReport, "project"):
        return "never reported"
    age = age_of_report(portfolio, project).value
    return f"{age.age} days old" if age is not None and age.is_stale else ""


def _gate(portfolio: View, project: Project) -> str:
    gates = portfolio.related(project, Gate, "project")
    if not gates:
        return "no gate"
    order = {name: place for place, name in enumerate(portfolio.settings.stages)}
    reached = order.get(project.stage or "", -1)
    open_ = [each for each in gates if each.outcome not in PASSED]
    skipped = [each for each in open_ if order.get(each.stage or "", len(order)) <= reached]
    if skipped:
        return f"{skipped[0].label} not passed"
    late = [each for each in open_ if each.planned is not None and each.planned < portfolio.as_of]
    return f"{late[0].label} was planned for {late[0].planned}" if late else ""


def _assurance(portfolio: View, project: Project) -> str:
    days = [each.date_ for each in portfolio.related(project, AssuranceReview, "project")]
    if not days:
        return "never reviewed"
    is_old = max(days) < portfolio.as_of - timedelta(days=_YEAR)
    return f"last reviewed on {max(days)}" if is_old else ""


_CHECKS: Mapping[str, Callable[[View, Project], str]] = {
    "business_case": _business_case,
    "plan": _plan,
    "risk_register": _risk_register,
    "benefit_profile": _benefit_profile,
    "highlight_report": _highlight_report,
    "gate": _gate,
    "assurance": _assurance,
}
