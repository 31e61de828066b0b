"""Rules about ownership: one person in post answers for each thing, and can."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolio.diagnostic import Related, Severity
from portfolio.model.delivery.projects import Milestone, Project
from portfolio.model.finance import Benefit
from portfolio.model.governance import Action, AssuranceReview
from portfolio.model.resources import Assignment, Person
from portfolio.model.risk import Assumption, Issue, Risk
from portfolio.record import Ref
from portfolio.rules.phrases import ago, counted, see
from portfolio.rules.rule import Problem, rule
from portfolio.view.lifecycle import is_live, is_open

if TYPE_CHECKING:
    from portfolio.view.view import View

_ANSWERS = frozenset(
    {"owner", "sponsor", "project_manager", "sro", "chair", "account_owner", "lead", "bcm",
     "actionee", "giver_owner", "business_change_manager"}
)  # fmt: skip
"""The keys by which somebody answers for something."""

_DELIVERY_LINE = ("sponsor", "project_manager", "senior_user", "senior_supplier",
                  "business_change_manager")  # fmt: skip


@rule(Severity.ERROR, Person)
def gov_owner_left(person: Person, portfolio: View) -> Iterator[Problem]:
    """Somebody who has left still answers for something that is open.

    What it does:
        Reports each open entity, response or condition whose owner, sponsor, project manager,
        chair or lead has an `end_date` on or before the status date. Benefits are told by
        STR-BENEFIT-NO-OWNER.

    Why it matters:
        "The owner has left" is how risks become issues.

    Example:
        person: {id: dario-lind, name: Dario Lind, role: Analyst, end_date: 2026-02-27}
        issue: {id: leak, title: The roof leaks, owner: dario-lind}

    Use instead:
        person: {id: dario-lind, name: Dario Lind, role: Analyst, end_date: 2026-02-27}
        issue: {id: leak, title: The roof leaks, owner: ben-okafor}
    """
    if person.end_date is None or person.end_date > portfolio.as_of:
        return
    for used in portfolio.references_to(person):
        answers = used.field.key in _ANSWERS and not isinstance(used.holder, Benefit)
        if answers and is_live(portfolio, used.holder) and is_open(used.record):
            yield Problem(
                used.holder,
                f"{used.field.key} is {person.name}, who left on {person.end_date}, "
                f"{ago(person.end_date, portfolio.as_of)}",
                used.field.key,
                "name somebody in post",
                record=used.record,
                related=(see(person, f"{person.name} left on {person.end_date}", "end_date"),),
            )


@rule(Severity.WARNING, Person)
def gov_owner_overloaded(person: Person, portfolio: View) -> Iterator[Problem]:
    """One person owns more open risks, issues and actions than anybody can follow.

    What it does:
        Counts the open risks, issues and actions that a person owns; more than 15 are reported.

    Why it matters:
        Ownership of everything is ownership in name only.

    Example:
        person: {id: dario-lind, name: Dario Lind, role: Analyst}
        actions:
          - {id: a1, text: Call, owner: dario-lind}
          - {id: a2, text: Call, owner: dario-lind}
          - {id: a3, text: Call, owner: dario-lind}
        pmo.yaml:
          thresholds: {owner_load: 2}

    Use instead:
        person: {id: dario-lind, name: Dario Lind, role: Analyst}
        actions:
          - {id: a1, text: Call, owner: dario-lind}
          - {id: a2, text: Call, owner: dario-lind}
          - {id: a3, text: Call, owner: eva-stone}
        pmo.yaml:
          thresholds: {owner_load: 2}

    Options:
        `thresholds: {owner_load: 15}` in pmo.yaml sets the number.
    """
    limit = portfolio.settings.thresholds.owner_load
    count = {
        noun: sum(is_live(portfolio, each) for each in portfolio.related(person, kind, "owner"))
        for kind, noun in ((Risk, "risk"), (Issue, "issue"), (Action, "action"))
    }
    total = sum(count.values())
    if total > limit:
        parts = ", ".join(counted(number, noun) for noun, number in count.items() if number)
        yield Problem(
            person,
            f"{person.name} owns {total} open items ({parts}); one person can follow {limit}",
            "id",
            "hand some to those who do the work",
        )


@rule(Severity.WARNING, AssuranceReview)
def gov_assurance_not_independent(review: AssuranceReview, portfolio: View) -> Iterator[Problem]:
    """A review was written by somebody in the delivery line of the project.

    What it does:
        Reports a reviewer who is sponsor, project manager, senior user, senior supplier or
        business change manager of the project, owns one of its milestones, or is booked on it.

    Why it matters:
        Nobody marks their own homework fairly.

    Example:
        assurance_review: {id: atlas-march, project: atlas, date: 2026-03-10, reviewer: ben-okafor,
          rating: green}

    Use instead:
        assurance_review: {id: atlas-march, project: atlas, date: 2026-03-10, reviewer: eva-stone,
          rating: green}
    """
    project = portfolio.find(review.project, Project)
    if project is None or review.reviewer is None:
        return
    role = _role(project, review.reviewer, portfolio)
    if role:
        yield Problem(
            review,
            f"the reviewer {review.reviewer.id!r} is {role} {project.id!r}",
            "reviewer",
            "let somebody outside the delivery line review it",
        )


def _role(project: Project, reviewer: Ref, portfolio: View) -> str:
    """Say how a person belongs to a project's delivery line; nothing where they do not."""
    for key in _DELIVERY_LINE:
        if getattr(project, key) == reviewer:
            return f"{key.replace('_', ' ')} of"
    if any(m.owner == reviewer for m in portfolio.related(project, Milestone, "project")):
        return "owner of a milestone of"
    if any(a.person == reviewer for a in portfolio.related(project, Assignment, "work")):
        return "booked on"
    return ""


@rule(Severity.WARNING, Assumption)
def gov_assumption_overdue(assumption: Assumption, portfolio: View) -> Iterator[Problem]:
    """An assumption should have been checked and has not been.

    What it does:
        Reports an open assumption whose `validate_by` is before the status date.

    Why it matters:
        An assumption that nobody checks is a risk that nobody manages.

    Example:
        assumption: {id: volumes, text: Volumes stay as they are, project: atlas, owner: ben-okafor,
          validate_by: 2026-03-20}

    Use instead:
        assumption: {id: volumes, text: Volumes stay as they are, project: atlas, owner: ben-okafor,
          validate_by: 2026-03-20, status: valid}
    """
    due = assumption.validate_by
    if due is None or due >= portfolio.as_of or not is_live(portfolio, assumption):
        return
    yield Problem(
        assumption,
        f"to be checked by {due}, {ago(due, portfolio.as_of)}, and still open",
        "validate_by",
        "check it and write status: valid or invalid",
        related=_hidden_risk(assumption, portfolio),
    )


def _hidden_risk(assumption: Assumption, portfolio: View) -> tuple[Related, ...]:
    risk = portfolio.find(assumption.if_false, Risk)
    return () if risk is None else (see(risk, "the risk behind it", "id"),)
