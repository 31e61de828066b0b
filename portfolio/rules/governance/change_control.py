"""Rules about change: baselines move by request, requests say what they do, somebody adopts it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolio.diagnostic import Severity
from portfolio.model.delivery.projects import Project
from portfolio.model.governance import Baseline, ChangeRequest
from portfolio.model.operations.adoption import BusinessChange
from portfolio.model.resources import Assignment, Person, Timesheet
from portfolio.network.calendars import project_calendar
from portfolio.rules.phrases import ago, counted, see
from portfolio.rules.rule import Problem, rule
from portfolio.view.lifecycle import is_over, project_of

if TYPE_CHECKING:
    from portfolio.record import Ref
    from portfolio.view.view import View

AGREED = {"approved", "implemented"}
_ASKED = {"submitted", "assessed", "approved"}
_PATIENCE_DAYS = 20


@rule(Severity.ERROR, Baseline)
def chg_baseline_no_cr(baseline: Baseline, portfolio: View) -> Iterator[Problem]:
    """A baseline was replaced without an approved change request.

    What it does:
        Reports every version of a baseline but the first that names no `change_request`, or one
        that is neither approved nor implemented.

    Why it matters:
        A baseline that moves by itself measures nothing: the goalposts follow the ball.

    Example:
        baseline: {id: v2, project: atlas, version: 2, approved_on: 2026-02-16, bac: 520000}

    Use instead:
        change_request: {id: more-scope, project: atlas, title: More scope, status: implemented,
          impact: {cost: 20000}, decided_on: 2026-02-16, baseline_after: atlas.v2}
        baseline: {id: v2, project: atlas, version: 2, approved_on: 2026-02-16, bac: 520000,
          change_request: more-scope}
    """
    if baseline.version <= 1:
        return
    request = portfolio.find(baseline.change_request, ChangeRequest)
    if baseline.change_request is None:
        yield Problem(
            baseline,
            f"version {baseline.version} of {baseline.project.id!r} names no change request",
            "version",
            "add change_request: the one that was approved",
        )
    elif request is not None and request.status not in AGREED:
        yield Problem(
            baseline,
            f"version {baseline.version} rests on {request.id!r}, which is "
            f"{request.status or 'without a status'}",
            "change_request",
            "have the request approved, or go back to the version before",
            related=(see(request, f"{request.id!r} is {request.status}", "status"),),
        )


@rule(Severity.WARNING, ChangeRequest)
def chg_approved_not_implemented(request: ChangeRequest, portfolio: View) -> Iterator[Problem]:
    """A change was approved weeks ago, and no baseline contains it.

    What it does:
        Reports a request that is `approved`, decided more than 20 working days ago, without
        `baseline_after`.

    Why it matters:
        The plan that everybody measures against is no longer the plan that was approved.

    Example:
        change_request: {id: more-scope, project: atlas, title: More scope, status: approved,
          impact: {cost: 20000}, decided_on: 2026-02-16}

    Use instead:
        change_request: {id: more-scope, project: atlas, title: More scope, status: implemented,
          impact: {cost: 20000}, decided_on: 2026-02-16, baseline_after: atlas.v1}
    """
    decided = request.decided_on
    if request.status != "approved" or decided is None or request.baseline_after is not None:
        return
    project = project_of(portfolio, request)
    waiting = project_calendar(portfolio, project).working_days_between(decided, portfolio.as_of)
    if waiting > _PATIENCE_DAYS and not is_over(project):
        yield Problem(
            request,
            f"approved on {decided}, {counted(waiting, 'working day')} ago, and no baseline "
            f"contains it; allowed are {_PATIENCE_DAYS}",
            "decided_on",
            "write the new baseline and baseline_after, or withdraw the request",
        )


@rule(Severity.ERROR, ChangeRequest)
def chg_no_impact(request: ChangeRequest, _: View) -> Iterator[Problem]:
    """A change request does not say what it would do to cost, time or benefit.

    What it does:
        Reports a request that is submitted, assessed or approved and whose `impact` states none of
        the three. A stated 0 is an answer.

    Why it matters:
        Whoever approves it decides blindly.

    Example:
        change_request: {id: more-scope, project: atlas, title: More scope, status: submitted}

    Use instead:
        change_request: {id: more-scope, project: atlas, title: More scope, status: submitted,
          impact: {cost: 20000, time: 5d}}
    """
    impact = request.impact
    stated = impact is not None and any(
        part is not None for part in (impact.cost, impact.time, impact.benefit)
    )
    if request.status in _ASKED and not stated:
        yield Problem(
            request,
            f"{request.status} without an impact on cost, time or benefit",
            "impact" if impact is not None else "status",
            "assess it: impact: {cost: …, time: …, benefit: …}",
        )


@rule(Severity.WARNING, ChangeRequest)
def chg_work_before_approval(request: ChangeRequest, portfolio: View) -> Iterator[Problem]:
    """People work on a change that nobody has approved.

    What it does:
        Reports a request that is not approved or implemented, while bookings that have begun or
        timesheets name it as their work.

    Why it matters:
        Unapproved work is scope that nobody pays for.

    Example:
        change_request: {id: more-scope, project: atlas, title: More scope, status: submitted,
          impact: {cost: 20000}}
        assignment: {id: ben-scope, person: ben-okafor, work: more-scope, from: 2026-03-16,
          to: 2026-04-10, pct: 20}

    Use instead:
        change_request: {id: more-scope, project: atlas, title: More scope, status: approved,
          impact: {cost: 20000}, decided_on: 2026-03-13}
        assignment: {id: ben-scope, person: ben-okafor, work: more-scope, from: 2026-03-16,
          to: 2026-04-10, pct: 20}
    """
    if request.status in AGREED:
        return
    begun = [
        booking
        for booking in portfolio.related(request, Assignment, "work")
        if booking.from_ <= portfolio.as_of
    ]
    work = (*begun, *portfolio.related(request, Timesheet, "work"))
    if work:
        yield Problem(
            request,
            f"{request.status or 'not approved'}, but {counted(len(work), 'booking')} of work "
            "name it already",
            "status" if request.wrote("status") else "id",
            "stop the work until it is approved",
            related=tuple(see(each, "work on it", "work") for each in work[:5]),
        )


@rule(Severity.ERROR, BusinessChange)
def ado_no_bcm(change: BusinessChange, portfolio: View) -> Iterator[Problem]:
    """Nobody in the business owns a change that people have to adopt.

    What it does:
        Reports a business change without `bcm` or without `sponsor`, or whose business change
        manager or sponsor has left. A change of a project that is over is left alone.

    Why it matters:
        A project can deliver a system; only the business can adopt it.

    Example:
        business_change: {id: one-screen, name: Billing from one screen, project: atlas,
          sponsor: anna-reyes}

    Use instead:
        business_change: {id: one-screen, name: Billing from one screen, project: atlas,
          sponsor: anna-reyes, bcm: cleo-marsh}
    """
    if is_over(portfolio.find(change.project, Project)):
        return
    for key, words in (("bcm", "business change manager"), ("sponsor", "sponsor")):
        problem = _vacancy(getattr(change, key), portfolio)
        if problem:
            yield Problem(
                change,
                f"the {words} of {change.label!r} {problem}",
                key,
                f"add {key}: somebody in post, in the business",
            )


def _vacancy(reference: Ref | None, portfolio: View) -> str:
    """Say why nobody is in post; nothing where somebody is, or is reported as a broken link."""
    if reference is None:
        return "is not named"
    person = portfolio.find(reference, Person)
    if person is None or person.end_date is None or person.end_date > portfolio.as_of:
        return ""
    return f"left on {person.end_date}, {ago(person.end_date, portfolio.as_of)}"
