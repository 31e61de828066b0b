"""Rules about the past: what was approved, decided, measured or issued does not change silently."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolio.diagnostic import Severity
from portfolio.model.delivery.projects import Activity, Milestone, Project
from portfolio.model.delivery.status_reports import StatusReport
from portfolio.model.entity import Entity
from portfolio.model.finance import EvSnapshot
from portfolio.model.governance import Action, Baseline, ChangeRequest, Decision
from portfolio.model.risk import Issue, Risk
from portfolio.model.service import Measurement
from portfolio.rules.comparison import altered, changed, pairs, rewritten
from portfolio.rules.governance.change_control import AGREED
from portfolio.rules.rule import Problem, rule
from portfolio.view.lifecycle import is_open

if TYPE_CHECKING:
    from portfolio.rules.written import Past, Portfolio

_APPROVED: tuple[tuple[type[Entity], tuple[str, ...]], ...] = (
    (Project, ("bac", "baseline_finish", "tolerances")),
    (Milestone, ("baseline",)),
    (Activity, ("baseline_start", "baseline_finish")),
    (Baseline, ("version", "approved_on", "bac", "finish", "pv_by_period")),
)
_NOT_YET_APPROVED = frozenset({"proposed", "initiating"})


@rule(Severity.ERROR, written=True)
def chg_approved_value_moved(portfolio: Portfolio, _: Portfolio) -> Iterator[Problem]:
    """An approved date, budget or tolerance moved without an approved change request.

    What it does:
        With `--against`, reports a budget, baseline date or tolerance of a project, milestone,
        activity or baseline that was stated at the commit and is another or missing now, unless a
        change request of its project was approved or implemented since. A project that was only
        proposed or initiating then is left alone.

    Why it matters:
        A plan that is moved to where the project already is always reads as kept.

    Before:
        milestone: {id: trial, project: atlas, name: Trial, owner: ben-okafor,
          baseline: 2026-05-29, forecast: 2026-06-12}

    Example:
        milestone: {id: trial, project: atlas, name: Trial, owner: ben-okafor,
          baseline: 2026-06-12, forecast: 2026-06-12}

    Use instead:
        milestone: {id: trial, project: atlas, name: Trial, owner: ben-okafor,
          baseline: 2026-05-29, forecast: 2026-06-12}
    """
    past = portfolio.past
    if past is None:
        return
    for kind, keys in _APPROVED:
        for before, now in pairs(past, portfolio, kind):
            moved = list(changed(before, now, keys))
            if moved and not _was_allowed(before, past, portfolio):
                for key in moved:
                    hint = "have a change request approved, or put the old value back"
                    yield altered(past, before, now, key, hint)


@rule(Severity.ERROR, written=True)
def gov_decisionrewritten(portfolio: Portfolio, _: Portfolio) -> Iterator[Problem]:
    """A decision was changed after it had been decided.

    What it does:
        With `--against`, reports a decision that was `decided` at the commit and whose question,
        options, status, day, decider, outcome or rationale is another now. Filling in what was
        empty is no change.

    Why it matters:
        Minutes that can be rewritten bind nobody. A new decision supersedes an old one.

    Before:
        decision: {id: cloud, title: Where to host, needed_by: 2026-02-27, status: decided,
          decided_on: 2026-02-20, outcome: In the cloud, options: [cloud, own],
          recommendation: cloud}

    Example:
        decision: {id: cloud, title: Where to host, needed_by: 2026-02-27, status: decided,
          decided_on: 2026-02-20, outcome: At home, options: [cloud, own],
          recommendation: cloud}

    Use instead:
        decision: {id: cloud, title: Where to host, needed_by: 2026-02-27, status: decided,
          decided_on: 2026-02-20, outcome: In the cloud, options: [cloud, own],
          recommendation: cloud}
    """
    keys = ("title", "options", "status", "decided_on", "decided_by", "outcome", "rationale")
    hint = "put it back, and write a new decision that supersedes this one"
    yield from rewritten(portfolio, Decision, keys, hint, lambda d, _: d.status == "decided")


@rule(Severity.ERROR, written=True)
def gov_report_edited(portfolio: Portfolio, _: Portfolio) -> Iterator[Problem]:
    """A status report was edited after it had been issued.

    What it does:
        With `--against`, reports a status report with `issued_on` at the commit of which anything
        stated then is another or missing now.

    Why it matters:
        The board decided on the report that it read, not on the one that stands there now.

    Before:
        status_report: {id: atlas-2026-02, project: atlas, period_end: 2026-02-27,
          issued_on: 2026-03-02, declared_rag: green, summary: All went well.}

    Example:
        status_report: {id: atlas-2026-02, project: atlas, period_end: 2026-02-27,
          issued_on: 2026-03-02, declared_rag: green, summary: There were doubts.}

    Use instead:
        status_report: {id: atlas-2026-02, project: atlas, period_end: 2026-02-27,
          issued_on: 2026-03-02, declared_rag: green, summary: All went well.}
    """
    keys = tuple(key for key in StatusReport.FIELDS if key not in {"id", "tags"})
    hint = "put it back, and correct it in the next report"
    yield from rewritten(portfolio, StatusReport, keys, hint, lambda r, _: r.issued_on is not None)


@rule(Severity.ERROR, written=True)
def svc_measurementaltered(portfolio: Portfolio, _: Portfolio) -> Iterator[Problem]:
    """A measurement was altered after its period.

    What it does:
        With `--against`, reports a measurement whose period is over and whose value, numerator or
        denominator is another than at the commit, or missing. A new `note` that says why makes it
        a correction.

    Why it matters:
        Service credits and reviews rest on it; a correction is fine where it says that it is one.

    Before:
        measurement: {kpi: churn, period: 2026-01, value: 4.9}

    Example:
        measurement: {kpi: churn, period: 2026-01, value: 4.1}

    Use instead:
        measurement: {kpi: churn, period: 2026-01, value: 4.1, note: Two leavers counted twice}
    """

    def is_final(before: Measurement, now: Measurement) -> bool:
        explained = now.note is not None and now.note != before.note
        return before.period.end < portfolio.as_of and not explained

    keys = ("value", "numerator", "denominator")
    hint = "put the old value back, or say in a note why it is corrected"
    yield from rewritten(portfolio, Measurement, keys, hint, is_final)


@rule(Severity.ERROR, written=True)
def fin_snapshotaltered(portfolio: Portfolio, _: Portfolio) -> Iterator[Problem]:
    """A snapshot of earned value was altered after its day.

    What it does:
        With `--against`, reports a snapshot of a day that has passed whose figures are others
        than at the commit.

    Why it matters:
        The trend of cost and schedule is read from the snapshots; a rewritten one bends it.

    Before:
        ev_snapshot: {project: atlas, as_of: 2026-01-30, pv: 40000, ev: 36000, ac: 41000}

    Example:
        ev_snapshot: {project: atlas, as_of: 2026-01-30, pv: 40000, ev: 40000, ac: 41000}

    Use instead:
        ev_snapshot: {project: atlas, as_of: 2026-01-30, pv: 40000, ev: 36000, ac: 41000}
    """
    keys = ("pv", "ev", "ac", "by_control_account")
    hint = "put the old figures back; the next snapshot corrects them"
    yield from rewritten(portfolio, EvSnapshot, keys, hint, lambda s, _: s.as_of < portfolio.as_of)


@rule(Severity.WARNING, written=True)
def rsk_reopened_no_reason(portfolio: Portfolio, _: Portfolio) -> Iterator[Problem]:
    """A closed risk or issue was opened again, and nothing says why.

    What it does:
        With `--against`, reports a risk or issue that had occurred, was closed, resolved or
        rejected at the commit and is open now, while its words are the same and no new decision
        or action refers to it.

    Why it matters:
        Either closing it was wrong or something happened; the board should know which.

    Before:
        risk: {id: no-rooms, project: atlas, event: No rooms, effect: Training waits,
          owner: ben-okafor, current: {p: 2, i: 2}, last_reviewed: 2026-03-20, status: closed}

    Example:
        risk: {id: no-rooms, project: atlas, event: No rooms, effect: Training waits,
          owner: ben-okafor, current: {p: 2, i: 2}, last_reviewed: 2026-03-20}

    Use instead:
        risk: {id: no-rooms, project: atlas, cause: The annexe is closed, event: No rooms,
          effect: Training waits, owner: ben-okafor, current: {p: 2, i: 2},
          last_reviewed: 2026-03-20}
    """
    past = portfolio.past
    if past is None:
        return
    words = ("title", "cause", "event", "effect", "trigger", "recovery_plan")
    for kind in (Risk, Issue):
        for before, now in pairs(past, portfolio, kind):
            reopened = not is_open(before) and getattr(now, "status", "") == "open"
            said = any(getattr(before, w, None) != getattr(now, w, None) for w in words)
            if reopened and not said and not _is_explained(now, past, portfolio):
                hint = "say what happened in its cause, or add the decision that reopened it"
                yield altered(past, before, now, "status", hint)


def _was_allowed(before: Entity, past: Past, portfolio: Portfolio) -> bool:
    """Tell whether the project was not approved yet, or a change request was agreed since."""
    owner = before if isinstance(before, Project) else getattr(before, "project", None)
    project = owner if isinstance(owner, Project) else past.portfolio.find(owner, Project)
    if project is None or project.status in _NOT_YET_APPROVED:
        return True
    if isinstance(before, Baseline):
        return False  # a change request makes a new version
    now = portfolio.find(project.id, Project)
    requests = portfolio.related(now, ChangeRequest, "project") if now is not None else ()
    return any(_is_newly_agreed(each, past) for each in requests)


def _is_newly_agreed(request: ChangeRequest, past: Past) -> bool:
    """Tell whether a request is agreed now, and was not carried out at the commit already."""
    before = past.portfolio.find(request.id, ChangeRequest)
    return request.status in AGREED and (before is None or before.status != "implemented")


def _is_explained(entity: Entity, past: Past, portfolio: Portfolio) -> bool:
    """Tell whether a decision or action that is new refers to an entity."""
    return any(
        isinstance(used.holder, Decision | Action) and past.portfolio.find(used.holder.id) is None
        for used in portfolio.references_to(entity)
    )
