"""Rules about control: gates, tolerances, exceptions, waivers, and an orderly end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolio.analysis.governance.control_compliance import PASSED
from portfolio.analysis.governance.project_health import health
from portfolio.analysis.governance.tolerances import benefit_use
from portfolio.diagnostic import Severity
from portfolio.model.delivery.projects import Project
from portfolio.model.governance import Action, Decision, ExceptionReport, Gate
from portfolio.model.risk import Issue
from portfolio.rules.phrases import ago, counted, listed, see
from portfolio.rules.rule import Problem, rule
from portfolio.view.lifecycle import is_over, project_of

if TYPE_CHECKING:
    from portfolio.model.entity import Entity
    from portfolio.view.view import View


@rule(Severity.ERROR, Project)
def gov_gate_skipped(project: Project, portfolio: View) -> Iterator[Problem]:
    """A project is in a stage whose gate, or an earlier one, it has not passed.

    What it does:
        Compares the project's `stage` with its gates, by the order of `stages` in pmo.yaml: every
        gate that opens the current stage or an earlier one must be passed. A stage that no gate of
        the project opens needs none.

    Why it matters:
        Work without a gate is work that nobody allowed.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, stage: test,
          gates: [{id: gate-build, name: Build gate, stage: build, outcome: pass,
                   actual: 2026-02-27},
                  {id: gate-test, name: Test gate, stage: test, outcome: pending}]}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory, stage: build,
          gates: [{id: gate-build, name: Build gate, stage: build, outcome: pass,
                   actual: 2026-02-27},
                  {id: gate-test, name: Test gate, stage: test, outcome: pending}]}

    Options:
        `stages: [design, build, test, live]` in pmo.yaml gives the order.
    """
    stages = {name: position for position, name in enumerate(portfolio.settings.stages)}
    if project.stage not in stages or is_over(project):
        return
    reached = stages[project.stage]
    skipped = [
        gate
        for gate in portfolio.related(project, Gate, "project")
        if gate.stage in stages and stages[gate.stage] <= reached and gate.outcome not in PASSED
    ]
    if skipped:
        gate = skipped[0]
        yield Problem(
            project,
            f"the stage is {project.stage!r}, but the gate {gate.name!r} that opens "
            f"{gate.stage!r} is {gate.outcome}",
            "stage",
            "hold the gate, or put the project back into the stage that it was allowed into",
            related=tuple(
                see(each, f"{each.name} is {each.outcome}", "outcome") for each in skipped
            ),
        )


@rule(Severity.WARNING, Gate)
def gov_gate_condition_late(gate: Gate, portfolio: View) -> Iterator[Problem]:
    """A condition of a passed gate was due and is not met.

    What it does:
        Reports conditions with `due` before the status date and no `met_on`.

    Why it matters:
        A conditional pass whose conditions nobody checks is a pass.

    Example:
        gate: {id: gate-pilot, project: atlas, name: Pilot gate, planned: 2026-02-27,
          actual: 2026-02-27, outcome: pass_with_conditions,
          conditions: [{text: Name a deputy, owner: ben-okafor, due: 2026-03-20}]}

    Use instead:
        gate: {id: gate-pilot, project: atlas, name: Pilot gate, planned: 2026-02-27,
          actual: 2026-02-27, outcome: pass_with_conditions,
          conditions: [{text: Name a deputy, owner: ben-okafor, due: 2026-03-20,
            met_on: 2026-03-18}]}
    """
    if gate.outcome not in PASSED or is_over(project_of(portfolio, gate)):
        return
    for condition in gate.conditions:
        due = condition.due
        if due is not None and due < portfolio.as_of and condition.met_on is None:
            yield Problem(
                gate,
                f"the condition {condition.text!r} was due on {due}, {ago(due, portfolio.as_of)}",
                "due",
                "write met_on: if it is met, else take the gate back to the board",
                record=condition,
            )


@rule(Severity.WARNING)
def gov_no_tolerance(portfolio: View, _: View) -> Iterator[Problem]:
    """A delivering project has no tolerances.

    What it does:
        Reports each project with `status: delivering` whose `tolerances` state nothing; once for
        all of them where no project has any.

    Why it matters:
        Nobody can be out of tolerance where there is none, so nothing is ever escalated.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,
          status: delivering, baseline_finish: 2026-09-30,
          risks: [{id: lab, event: The lab is full, effect: Tests wait, owner: ben-okafor}]}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,
          status: delivering, baseline_finish: 2026-09-30, tolerances: {time: 10d, cost_pct: 5},
          risks: [{id: lab, event: The lab is full, effect: Tests wait, owner: ben-okafor}]}
    """
    projects = portfolio.all(Project)
    bare = [p for p in projects if p.status == "delivering" and not _has_tolerance(p)]
    hint = "add tolerances: {time: 10d, cost_pct: 5}, as agreed with the board"
    if len(bare) > 1 and not any(_has_tolerance(project) for project in projects):
        message = f"none of {counted(len(bare), 'delivering project')} has tolerances"
        yield Problem(bare[0], message, "status", hint)
        return
    for project in bare:
        message = f"{project.label!r} is delivering without tolerances"
        yield Problem(project, message, "status", hint)


def _has_tolerance(project: Project) -> bool:
    stated = project.tolerances
    return stated is not None and any(value is not None for value in stated.values().values())


@rule(Severity.ERROR, Project)
def gov_exception_unreported(project: Project, portfolio: View) -> Iterator[Problem]:
    """A project is forecast outside its tolerance, and nobody has reported it.

    What it does:
        Reports a project whose finish, key milestone, cost, risk exposure or benefits use more
        than their tolerance, unless there is an exception report that is not a draft or rejected,
        or a decision that names the project in `affects`.

    Why it matters:
        Management by exception works only if exceptions are reported.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,
          baseline_finish: 2026-06-30, forecast_finish: 2026-07-31, tolerances: {time: 10d}}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,
          baseline_finish: 2026-06-30, forecast_finish: 2026-07-31, tolerances: {time: 10d},
          exception_reports: [{id: beacon-exception, raised_on: 2026-03-20}]}
    """
    if is_over(project) or project.tolerances is None:
        return
    over = [reason for reason in health(portfolio, project).reasons if reason.is_exception]
    benefit = benefit_use(portfolio, project)
    if _is_reported(portfolio, project) or not (over or benefit.is_exception):
        return
    first = over[0] if over else None
    yield Problem(
        project,
        "out of tolerance without an exception report: "
        f"{first.sentence if first else f'{benefit.sentence}, the tolerance is {benefit.allowed}'}",
        first.key if first is not None and first.entity is project else "tolerances",
        "raise an exception report with cause, options and recommendation",
        related=tuple(see(r.entity, r.sentence, r.key) for r in over if r.entity is not project),
    )


def _is_reported(portfolio: View, project: Project) -> bool:
    reports = portfolio.related(project, ExceptionReport, "project")
    decisions = portfolio.related(project, Decision, "affects")
    return any(report.status not in {"draft", "rejected"} for report in reports) or any(
        decision.status in {"open", "decided"} for decision in decisions
    )


@rule(Severity.ERROR, Project)
def gov_closed_with_open_items(project: Project, portfolio: View) -> Iterator[Problem]:
    """A closed project has left something open.

    What it does:
        Reports a closed project with open issues, open actions, or gate conditions that are not
        met.

    Why it matters:
        With the project gone nobody answers for them.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,
          status: closed, actual_finish: 2026-02-27,
          issues: [{id: leak, title: The roof leaks, owner: ben-okafor}]}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,
          status: closed, actual_finish: 2026-02-27,
          issues: [{id: leak, title: The roof leaks, owner: ben-okafor, status: resolved}]}
    """
    if project.status != "closed":
        return
    left = list(_left_open(project, portfolio))
    if left:
        names = listed(f"{what} {entity.id!r}" for entity, what in left)
        yield Problem(
            project,
            f"closed with {counted(len(left), 'open item')}: {names}",
            "status",
            "finish them, or hand each to somebody who stays",
            related=tuple(see(entity, f"this {what} is open") for entity, what in left),
        )


def _left_open(project: Project, portfolio: View) -> Iterator[tuple[Entity, str]]:
    """Yield what a closed project has left, each with the word for it."""
    for issue in portfolio.related(project, Issue, "project"):
        if issue.status == "open":
            yield issue, "issue"
    for action in portfolio.related(project, Action, "project"):
        if action.status == "open":
            yield action, "action"
    for gate in portfolio.related(project, Gate, "project"):
        if gate.outcome in PASSED and any(c.met_on is None for c in gate.conditions):
            yield gate, "condition"


@rule(Severity.ERROR)
def gov_waiver_expired(portfolio: View, _: View) -> Iterator[Problem]:
    """A waiver in pmo.yaml has passed its last day.

    What it does:
        Reports waivers whose `until` is before the status date. From then on the rule speaks again.

    Why it matters:
        An exception without an end is a new rule that nobody agreed to.

    Example:
        pmo.yaml:
          waivers: [{rule: RSK-NONE, object: atlas, reason: Register moves in May,
            approved_by: anna-reyes, until: 2026-02-28}]

    Use instead:
        pmo.yaml:
          waivers: [{rule: RSK-NONE, object: atlas, reason: Register moves in May,
            approved_by: anna-reyes, until: 2026-05-31}]
    """
    for waiver in portfolio.settings.waivers:
        if waiver.until < portfolio.as_of:
            yield Problem(
                portfolio.find(waiver.object),
                f"the waiver of {waiver.rule} for {waiver.object!r} ended on {waiver.until}, "
                f"{ago(waiver.until, portfolio.as_of)}",
                "until",
                "delete it, or have it approved again",
                record=waiver,
            )
