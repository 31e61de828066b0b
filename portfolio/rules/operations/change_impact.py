"""Rules about what lands on operations: not in a freeze, not all at once, only when ready."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolio.analysis.operations.change_impact import (
    COLLISION_DAYS,
    collisions_of,
    freeze_breaches,
)
from portfolio.diagnostic import Severity
from portfolio.model.governance import Decision
from portfolio.model.operations.services import ChangeEvent, EarlyLifeSupport, Readiness, RunCost
from portfolio.rules.phrases import ago, amount, counted, listed, see
from portfolio.rules.rule import Problem, rule
from portfolio.view.lifecycle import is_live

if TYPE_CHECKING:
    from portfolio.view.view import View


@rule(Severity.ERROR, ChangeEvent)
def bau_freeze_breach(event: ChangeEvent, portfolio: View) -> Iterator[Problem]:
    """A release goes live, or may have to be taken back, while nothing may change.

    What it does:
        Reports a planned or approved release whose `go_live` or `rollback_by` lies in a freeze
        window that covers one of its services or business units, without an exception that
        somebody has approved.

    Why it matters:
        Freezes protect the days on which operations cannot afford a surprise.

    Example:
        freeze_window: {id: half-year, name: Half-year close, from: 2026-06-25, to: 2026-07-05,
          scope: {services: [billing]}}

    Use instead:
        freeze_window: {id: half-year, name: Half-year close, from: 2026-06-25, to: 2026-07-05,
          scope: {services: [billing]}, exceptions: [{change: release-1, approved_by: anna-reyes,
            reason: The release ends a manual step of the close.}]}
    """
    if not is_live(portfolio, event):
        return
    for found in freeze_breaches(event, portfolio):
        window = found.window
        yield Problem(
            event,
            f"{found.key} {found.day} lies in the freeze {window.name!r} from {window.from_} to "
            f"{window.to}",
            found.key,
            f"move it behind {window.to}, or have an exception approved in the window",
            related=(see(window, f"the freeze {window.name!r}", "from"),),
        )


@rule(Severity.WARNING, ChangeEvent)
def bau_collision(event: ChangeEvent, portfolio: View) -> Iterator[Problem]:
    """Two releases hit the same people, service or process within ten working days.

    What it does:
        Compares planned and approved releases, emergencies apart, that share a group, business
        unit, service or process; reports the later of two that lie at most ten working days apart.

    Why it matters:
        People learn one new thing at a time, and two causes make every incident a riddle.

    Example:
        change_event: {id: release-2, name: Release 2, project: atlas, type: normal,
          go_live: 2026-07-08, services: [billing]}

    Use instead:
        change_event: {id: release-2, name: Release 2, project: atlas, type: normal,
          go_live: 2026-07-22, services: [billing]}
    """
    for found in collisions_of(portfolio):
        if found.second.id == event.id:
            other = found.first
            yield Problem(
                event,
                f"goes live {counted(found.working_days, 'working day')} after {other.id!r} and "
                f"shares {listed(found.shared)} with it; at least {COLLISION_DAYS + 1} lie between "
                "releases",
                "go_live",
                "move one of the two, or release them as one",
                related=(see(other, f"{other.id!r} goes live on {other.go_live}", "go_live"),),
            )


@rule(Severity.ERROR, Readiness)
def bau_not_ready(review: Readiness, _: View) -> Iterator[Problem]:
    """A release was let through although something mandatory is missing.

    What it does:
        Reports a decision to go, with or without conditions, while a mandatory criterion is
        `not_met`.

    Why it matters:
        Any mandatory criterion that is not met is a no, whatever the percentage says.

    Example:
        readiness_review: {id: review-1, change: release-1, on: 2026-03-20, decision: go,
          criteria: [{id: runbook, area: knowledge, text: The runbook is written, status: not_met}]}

    Use instead:
        readiness_review: {id: review-1, change: release-1, on: 2026-03-20, decision: no_go,
          criteria: [{id: runbook, area: knowledge, text: The runbook is written, status: not_met}]}
    """
    if review.decision not in {"go", "go_with_conditions"}:
        return
    for criterion in review.criteria:
        if criterion.mandatory and criterion.status == "not_met":
            yield Problem(
                review,
                f"the decision is {review.decision}, but {criterion.text!r} is mandatory and not "
                "met",
                "status" if criterion.wrote("status") else "id",
                "meet it, or decide no_go",
                record=criterion,
                related=(see(review, f"decision: {review.decision}", "decision"),),
            )


@rule(Severity.WARNING, EarlyLifeSupport)
def bau_els_overdue(support: EarlyLifeSupport, portfolio: View) -> Iterator[Problem]:
    """A project still helps operations after early life support should have ended.

    What it does:
        Reports support whose `planned_to` has passed without `actual_to`, unless a decision names
        it or its release in `affects`.

    Why it matters:
        It is a hidden cost of the project, and operations never learn to stand alone.

    Example:
        early_life_support: {change: release-1, from: 2026-02-02, planned_to: 2026-02-27}

    Use instead:
        early_life_support: {change: release-1, from: 2026-02-02, planned_to: 2026-02-27,
          actual_to: 2026-03-06}
    """
    planned = support.planned_to
    if planned is None or planned >= portfolio.as_of or support.actual_to is not None:
        return
    release = portfolio.find(support.change, ChangeEvent)
    targets = (support,) if release is None else (support, release)
    if any(portfolio.related(target, Decision, "affects") for target in targets):
        return
    yield Problem(
        support,
        f"planned to end on {planned}, {ago(planned, portfolio.as_of)}, and still running",
        "planned_to",
        "hand over and write actual_to, or have an extension decided",
    )


@rule(Severity.WARNING, RunCost)
def bau_run_cost_unbudgeted(cost: RunCost, _: View) -> Iterator[Problem]:
    """A service will cost more to run than anybody has budgeted.

    What it does:
        Reports run costs with `budgeted: false` that are more than 0.

    Why it matters:
        What a project leaves behind is paid every month; unbudgeted it eats the money for growth.

    Example:
        run_cost: {service: billing, from: 2026-07, monthly: 4500, budgeted: false}

    Use instead:
        run_cost: {service: billing, from: 2026-07, monthly: 4500, budgeted: true}
    """
    if cost.budgeted is False and cost.monthly.amount > 0:
        yield Problem(
            cost,
            f"{amount(cost.monthly)} a month from {cost.from_} for {cost.service.id!r} are not "
            "budgeted",
            "budgeted",
            "take it into the budget, or find what it replaces",
        )
