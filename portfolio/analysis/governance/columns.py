"""The computed columns of boards, decisions, actions and gates."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.governance.change_control import OPEN, change_state
from portfolio.analysis.governance.control_compliance import (
    PASSED,
    age_of_report,
    control_compliance,
)
from portfolio.analysis.governance.decisions import (
    answered_on,
    decision_record,
    is_waiting,
    waiting_cost,
    waiting_costs,
)
from portfolio.analysis.governance.delegated_authority import authority
from portfolio.analysis.governance.project_health import health
from portfolio.analysis.governance.tolerances import tolerance_uses
from portfolio.measure.figure import column
from portfolio.measure.measure import Measure, unknown
from portfolio.measure.table import cents, to_places
from portfolio.model.delivery.projects import Project
from portfolio.model.governance import Action, Board, ChangeRequest, Decision, Gate
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.analysis.governance.decisions import DecisionRecord
    from portfolio.analysis.governance.delegated_authority import Verdict
    from portfolio.view.view import View


def _record(board: Board, portfolio: View) -> DecisionRecord:
    return decision_record(portfolio.related(board, Decision, "board"), portfolio.as_of)


@column(Board)
def decisions_open(board: Board, portfolio: View) -> int:
    """Return how many questions wait for its answer, deferred ones included."""
    return len(_record(board, portfolio).waiting)


@column(Board)
def decisions_overdue(board: Board, portfolio: View) -> int:
    """Return how many of them were needed by a day that has passed."""
    return len(_record(board, portfolio).overdue)


@column(Board)
def median_wait_days(board: Board, portfolio: View) -> Measure[int]:
    """Return the median days to its answers, the open questions not left out."""
    return _record(board, portfolio).median_wait


@column(Board)
def decisions_on_time(board: Board, portfolio: View) -> Measure[Decimal]:
    """Return the share of due decisions it took by the day they were needed, 0..1."""
    return _record(board, portfolio).on_time


@column(Board)
def waiting_has_cost(board: Board, portfolio: View) -> Measure[Money]:
    """Return what its overdue decisions have cost so far, in the organisation's currency."""
    waiting = _record(board, portfolio).waiting
    return waiting_costs(portfolio, waiting, portfolio.as_of)


@column(Decision)
def wait_days(decision: Decision, portfolio: View) -> Measure[int]:
    """Return the calendar days from the question to its answer, else to the status date."""
    if decision.raised_on is None:
        return unknown("no_data", "nobody wrote when it was asked")
    if decision.status in {"draft", "withdrawn"}:
        return unknown("not_started", f"it is {decision.status}")
    end = answered_on(decision, portfolio.as_of) or portfolio.as_of
    return Measure((end - decision.raised_on).days)


@column(Decision)
def overdue_days(decision: Decision, portfolio: View) -> Measure[int]:
    """Return the days since it was needed while it waits; 0 before."""
    if not is_waiting(decision, portfolio.as_of):
        return unknown("finished", f"it is {decision.status}")
    return Measure(max(0, (portfolio.as_of - decision.needed_by).days))


@column(Decision)
def delay_cost(decision: Decision, portfolio: View) -> Measure[Money]:
    """Return what waiting has cost so far, from the day it was needed."""
    return waiting_cost(decision, portfolio.as_of)


@column(Decision)
def board_may_decide(decision: Decision, portfolio: View) -> Measure[Verdict]:
    """Return whether it is within the delegated limit of its board: within, beyond, in part."""
    found = authority(portfolio, decision).verdict
    return unknown("no_data", f"{found} to judge by") if found.startswith("no ") else Measure(found)


@column(Action)
def late_days(action: Action, portfolio: View) -> Measure[int]:
    """Return the days since an open action was due; 0 before."""
    if action.status != "open":
        return unknown("finished", f"it is {action.status}")
    if action.due is None:
        return unknown("no_data", "no day is agreed")
    return Measure(max(0, (portfolio.as_of - action.due).days))


@column(Gate)
def conditions_open(gate: Gate, _: View) -> int:
    """Return how many of its conditions are not met."""
    return sum(each.met_on is None for each in gate.conditions)


@column(Gate)
def conditions_late(gate: Gate, portfolio: View) -> int:
    """Return how many of them were due on a day that has passed."""
    return sum(
        each.met_on is None and each.due is not None and each.due < portfolio.as_of
        for each in gate.conditions
    )


@column(Gate)
def gate_late_days(gate: Gate, portfolio: View) -> Measure[int]:
    """Return the days from the planned day to the held, else to the status date; early is 0."""
    if gate.planned is None:
        return unknown("no_data", "no day is planned")
    held = gate.actual if gate.outcome in PASSED or gate.actual is not None else None
    return Measure(max(0, ((held or portfolio.as_of) - gate.planned).days))


@column(Project, order=10)
def computed_rag(project: Project, portfolio: View) -> str:
    """Return the overall colour that the data say; grey where they say nothing."""
    return health(portfolio, project).overall


@column(Project, order=20, long=True)
def rag_reasons(project: Project, portfolio: View) -> tuple[str, ...]:
    """Return the sentences that decide the computed colour."""
    return tuple(reason.sentence for reason in health(portfolio, project).deciding)


@column(ChangeRequest)
def cycle_days(request: ChangeRequest, _: View) -> Measure[int]:
    """Return the calendar days from raised to decided."""
    if request.raised_on is None or request.decided_on is None:
        return unknown("no_data", "not decided")
    return Measure((request.decided_on - request.raised_on).days)


@column(ChangeRequest)
def days_open(request: ChangeRequest, portfolio: View) -> Measure[int]:
    """Return the calendar days that an open request has waited."""
    if request.raised_on is None:
        return unknown("no_data", "no date")
    if request.decided_on is not None or request.status not in OPEN:
        return unknown("finished", "decided")
    return Measure((portfolio.as_of - request.raised_on).days)


@column(Project, order=180)
def approved_change_net(project: Project, portfolio: View) -> Measure[Decimal]:
    """Return the cost of approved change by the original budget, ups and downs netted."""
    return to_places(change_state(portfolio, project).cost.map(lambda found: found.net))


@column(Project, order=190)
def approved_change_gross(project: Project, portfolio: View) -> Measure[Decimal]:
    """Return the cost of approved change by the original budget, ups and downs added."""
    return to_places(change_state(portfolio, project).cost.map(lambda found: found.gross))


@column(Project, order=200)
def unauthorised_drift(project: Project, portfolio: View) -> Measure[Decimal]:
    """Return by how much the budget moved beyond what was approved; 0 is right."""
    return change_state(portfolio, project).cost_drift


@column(Project, order=440)
def tolerance_use(project: Project, portfolio: View) -> Measure[Mapping[str, Decimal]]:
    """Return the share of each tolerance that its forecast uses; above 1 is an exception."""
    uses = tolerance_uses(portfolio, project)
    known: dict[str, Decimal] = {
        each.dimension: cents(each.use.value) for each in uses if each.use.value is not None
    }
    return Measure(known) if known else unknown("no_data", "no tolerance can be measured")


@column(Project, order=450)
def report_age_days(project: Project, portfolio: View) -> Measure[int]:
    """Return the days since the end of the last period it reported, or since its start."""
    if project.status in {"closed", "cancelled"}:
        return unknown("finished", f"the project is {project.status}")
    return age_of_report(portfolio, project).map(lambda found: found.age)


@column(Project, order=460)
def controls_kept(project: Project, portfolio: View) -> Measure[Decimal]:
    """Return the share of the controls of its tier that are present and current, 0..1."""
    return control_compliance(portfolio, project).then(lambda found: found.share)


@column(Project, order=470)
def controls_lacking(project: Project, portfolio: View) -> Measure[tuple[str, ...]]:
    """Return which controls of its tier are absent or out of date, and why."""
    return control_compliance(portfolio, project).map(
        lambda found: tuple(f"{each.artefact}: {each.lacks}" for each in found.lacking)
    )
