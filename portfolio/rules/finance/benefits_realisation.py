"""Rules about benefits: somebody harvests them, measures them, and counts them once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolio.analysis.finance.benefits_realisation import double_claims
from portfolio.analysis.finance.business_case import business_case
from portfolio.diagnostic import Severity
from portfolio.model.delivery.projects import Project
from portfolio.model.finance import Benefit
from portfolio.model.governance import Decision
from portfolio.model.resources import Person
from portfolio.model.service import Kpi
from portfolio.rules.phrases import ago, amount, listed, see
from portfolio.rules.rule import Problem, rule
from portfolio.view.lifecycle import is_over

if TYPE_CHECKING:
    from portfolio.view.view import View

_YEAR_DAYS = 365


@rule(Severity.ERROR, Benefit)
def str_benefit_no_owner(benefit: Benefit, portfolio: View) -> Iterator[Problem]:
    """Nobody in the business will harvest a benefit.

    What it does:
        Reports an open benefit whose owner has left, or is the project manager of the project that
        makes it possible.

    Why it matters:
        The project ends before the benefit begins; somebody must stay for it.

    Example:
        benefit: {id: fewer-calls, title: Fewer calls, project: atlas, owner: ben-okafor}

    Use instead:
        benefit: {id: fewer-calls, title: Fewer calls, project: atlas, owner: cleo-marsh}
    """
    if benefit.status in {"realised", "lost"}:
        return
    owner, project = portfolio.find(benefit.owner, Person), portfolio.find(benefit.project, Project)
    left = owner.end_date if owner is not None else None
    if owner is not None and left is not None and left <= portfolio.as_of:
        message = f"the owner {owner.name} left on {left}, {ago(left, portfolio.as_of)}"
        yield Problem(benefit, message, "owner", "name somebody in the business, in post")
    elif project is not None and benefit.owner == project.project_manager:
        message = f"the owner {benefit.owner.id!r} is the project manager of {project.id!r}"
        related = (see(project, "the project manager", "project_manager"),)
        yield Problem(
            benefit, message, "owner", "name somebody in the business who stays", related=related
        )


@rule(Severity.WARNING, Benefit)
def str_benefit_review_late(benefit: Benefit, portfolio: View) -> Iterator[Problem]:
    """The review of a benefit has passed, and nothing has been measured.

    What it does:
        Takes the last of `review_dates` before the status date, and reports periods that ended
        before it with a planned value and no actual one.

    Why it matters:
        Nobody knows whether the benefit arrives.

    Example:
        benefit: {id: fewer-calls, title: Fewer calls, project: atlas, owner: cleo-marsh,
          review_dates: [2026-02-16], value_by_period: [{period: 2025-Q4, planned: 20000}]}

    Use instead:
        benefit: {id: fewer-calls, title: Fewer calls, project: atlas, owner: cleo-marsh,
          review_dates: [2026-02-16],
          value_by_period: [{period: 2025-Q4, planned: 20000, actual: 17000}]}
    """
    passed = [day for day in benefit.review_dates if day < portfolio.as_of]
    if not passed or benefit.status == "lost":
        return
    review = max(passed)
    missing = [
        each
        for each in benefit.value_by_period
        if each.period.end < review and each.planned is not None and each.actual is None
    ]
    if missing:
        periods = listed(str(each.period) for each in missing)
        yield Problem(
            benefit,
            f"reviewed on {review}, {ago(review, portfolio.as_of)}, without an actual value for "
            f"{periods}",
            "period",
            "measure it and write actual",
            record=missing[0],
        )


@rule(Severity.WARNING, Kpi)
def str_benefit_double(kpi: Kpi, portfolio: View) -> Iterator[Problem]:
    """Several benefits claim more than the whole of one indicator's change in one period.

    What it does:
        Adds the `attribution` of the benefits that name one indicator, for each period that they
        state a value for; more than 1 is reported at the last of them.

    Why it matters:
        The same gain is counted twice, and the case is inflated.

    Example:
        benefits:
          - {id: loyal, title: Loyal customers, owner: cleo-marsh, kpi: churn, attribution: 0.7,
             value_by_period: [{period: 2026-Q4, planned: 20000}]}
          - {id: happy, title: Happy customers, owner: cleo-marsh, kpi: churn, attribution: 0.6,
             value_by_period: [{period: 2026-Q4, planned: 30000}]}

    Use instead:
        benefits:
          - {id: loyal, title: Loyal customers, owner: cleo-marsh, kpi: churn, attribution: 0.7,
             value_by_period: [{period: 2026-Q4, planned: 20000}]}
          - {id: happy, title: Happy customers, owner: cleo-marsh, kpi: churn, attribution: 0.3,
             value_by_period: [{period: 2026-Q4, planned: 30000}]}
    """
    found = next(double_claims(portfolio, kpi), None)
    if found is not None:
        *others, last = found.benefits
        names = listed(f"{benefit.id} {benefit.attribution}" for benefit in found.benefits)
        yield Problem(
            last,
            f"{found.claimed:f} of the change of {kpi.label!r} in {found.period} is claimed: "
            f"{names}",
            "attribution" if last.wrote("attribution") else "kpi",
            "share it so that the attributions add to at most 1",
            related=tuple(see(each, f"claims {each.attribution}", "kpi") for each in others),
        )


@rule(Severity.ERROR, Project)
def str_case_negative(project: Project, portfolio: View) -> Iterator[Problem]:
    """A project is no longer worth what it costs, and nobody has decided to go on with it.

    What it does:
        Computes the net present value from the forecast cost and from the planned benefits, less
        what the delay of the milestones they start after has cost. Negative is reported, unless
        the project is mandatory or over, or a decision of the last year on it says to continue.

    Why it matters:
        Money already spent is no reason to spend more.

    Example:
        benefit: {id: fewer-letters, title: Fewer letters, project: atlas, owner: cleo-marsh,
          class: cash_releasing, review_dates: [2027-06-30],
          value_by_period: [{period: 2027, planned: 200000}, {period: 2028, planned: 200000}]}
        forecast: {id: f1, project: atlas, as_of: 2026-03-31,
          periods: [{period: 2026-Q2, amount: 480000}]}

    Use instead:
        benefit: {id: fewer-letters, title: Fewer letters, project: atlas, owner: cleo-marsh,
          class: cash_releasing, review_dates: [2027-06-30],
          value_by_period: [{period: 2027, planned: 400000}, {period: 2028, planned: 400000}]}
        forecast: {id: f1, project: atlas, as_of: 2026-03-31,
          periods: [{period: 2026-Q2, amount: 480000}]}
    """
    if project.category == "mandatory" or is_over(project) or project.status == "proposed":
        return
    case = business_case(portfolio, project).value
    if case is None or case.value.amount >= 0 or _is_to_continue(project, portfolio):
        return
    late = f", {amount(case.deferred)} of them lost by delay" if case.deferred.amount else ""
    yield Problem(
        project,
        f"the net present value of {project.label!r} is {amount(case.value)}: it costs "
        f"{amount(case.cost)} and the plan says {amount(case.benefits)} of benefits{late}",
        "bac",
        "stop it, or let the board decide to continue and write why",
    )


def _is_to_continue(project: Project, portfolio: View) -> bool:
    """Tell whether a board has decided within a year that a project goes on."""
    return any(
        decision.status == "decided"
        and decision.decided_on is not None
        and (portfolio.as_of - decision.decided_on).days <= _YEAR_DAYS
        and "continu" in f"{decision.title} {decision.outcome or ''}".lower()
        for decision in portfolio.related(project, Decision)
    )
