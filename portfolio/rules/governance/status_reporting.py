"""Rules about what projects tell their board: colours, sentences, and when they were sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from portfolio.analysis.governance.control_compliance import age_of_report
from portfolio.analysis.governance.project_health import health
from portfolio.analysis.governance.rag_status import steps_better
from portfolio.diagnostic import Related, Severity
from portfolio.model.delivery.projects import Project
from portfolio.model.delivery.status_reports import StatusReport
from portfolio.model.governance import ExceptionReport
from portfolio.model.risk import Issue
from portfolio.rules.phrases import ago, counted, see
from portfolio.rules.rule import Problem, rule
from portfolio.view.lifecycle import RUNNING, is_over

if TYPE_CHECKING:
    from portfolio.view.view import View

_REPORTS_OF_A_HABIT = 3


def _declared(project: Project | StatusReport) -> str:
    """Return the overall colour as declared, or an empty text."""
    return (project.declared_rag and project.declared_rag.overall) or ""


def _reports(portfolio: View, project: Project) -> list[StatusReport]:
    """Return a project's reports up to the status date, the oldest first."""
    found = portfolio.related(project, StatusReport, "project")
    known = [report for report in found if report.period_end <= portfolio.as_of]
    return sorted(known, key=lambda report: report.period_end)


@rule(Severity.ERROR, Project)
def gov_red_no_plan(project: Project, portfolio: View) -> Iterator[Problem]:
    """A project is red, and nobody has written down how it gets out of that.

    What it does:
        Reports a project whose overall declared colour is red, unless it has both an open issue
        with a `recovery_plan` and an exception report that is open or approved.

    Why it matters:
        Red must trigger work, not decoration.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,
          declared_rag: {overall: red, comment: The supplier has stopped work.}}

    Use instead:
        project:
          id: beacon
          name: Beacon
          sponsor: anna-reyes
          category: mandatory
          declared_rag: {overall: red, comment: The supplier has stopped work.}
          issues: [{id: stopped, title: Work has stopped, owner: ben-okafor,
            recovery_plan: The second supplier starts on 13 April.}]
          exception_reports: [{id: beacon-exception, raised_on: 2026-03-20}]
    """
    if is_over(project) or _declared(project) != "red" or project.declared_rag is None:
        return
    issues = portfolio.related(project, Issue, "project")
    reports = portfolio.related(project, ExceptionReport, "project")
    missing = []
    if not any(issue.status == "open" and issue.recovery_plan for issue in issues):
        missing.append("no open issue with a recovery_plan")
    if not any(report.status in {"open", "approved"} for report in reports):
        missing.append("no open exception report")
    if missing:
        yield Problem(
            project,
            f"the overall colour is red, but there is {' and '.join(missing)}",
            "overall" if project.declared_rag.wrote("overall") else "",
            "write the recovery plan into an issue and raise an exception report",
            record=project.declared_rag,
        )


@rule(Severity.WARNING, Project)
def gov_amber_stuck(project: Project, portfolio: View) -> Iterator[Problem]:
    """Three reports in a row are amber or red and say the same.

    What it does:
        Reports the newest of three reports that are all amber or red and have the same `summary`,
        or the same `next`.

    Why it matters:
        A deviation that is repeated word for word has become normal.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory}
        status_reports:
          - {id: b-01, project: beacon, period_end: 2026-01-30, declared_rag: amber, summary: Slow.}
          - {id: b-02, project: beacon, period_end: 2026-02-27, declared_rag: amber, summary: Slow.}
          - {id: b-03, project: beacon, period_end: 2026-03-27, declared_rag: red, summary: Slow.}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory}
        status_reports:
          - {id: b-01, project: beacon, period_end: 2026-01-30, declared_rag: amber, summary: Slow.}
          - {id: b-02, project: beacon, period_end: 2026-02-27, declared_rag: amber, summary: Slow.}
          - {id: b-03, project: beacon, period_end: 2026-03-27, declared_rag: red,
             summary: The second supplier was signed and starts on 13 April.}
    """
    newest = _reports(portfolio, project)[-_REPORTS_OF_A_HABIT:]
    if len(newest) < _REPORTS_OF_A_HABIT or is_over(project):
        return
    if any(_declared(report) not in {"amber", "red"} for report in newest):
        return
    for key in ("summary", "next"):
        texts = {_plain(getattr(report, key)) for report in newest}
        if len(texts) == 1 and texts != {""}:
            yield Problem(
                newest[-1],
                f"the {key} is the same in three reports since {newest[0].period_end}, "
                "none of them green",
                key,
                "say what was done since, or escalate",
                related=tuple(see(report, f"the same {key}", key) for report in newest[:-1]),
            )
            return


def _plain(words: str | tuple[str, ...] | None) -> str:
    joined = " ".join(words) if isinstance(words, tuple) else words or ""
    return " ".join(joined.lower().split())


@rule(Severity.WARNING, Project)
def gov_rag_contradicted(project: Project, portfolio: View) -> Iterator[Problem]:
    """A project declares a better colour than its data say.

    What it does:
        Computes the colour from slip, cost, risks, dependencies and decisions, and compares it
        with the overall colour declared. One step better is a warning, two steps an error. A
        computed grey is not compared.

    Why it matters:
        Green outside and red inside: the board learns of a watermelon when it bursts. The
        difference is a question to the project manager, never a correction.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,
          baseline_finish: 2026-06-30, forecast_finish: 2026-07-10, tolerances: {time: 10d},
          declared_rag: {overall: green, comment: All work goes to plan.}}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,
          baseline_finish: 2026-06-30, forecast_finish: 2026-07-10, tolerances: {time: 10d},
          declared_rag: {overall: amber, comment: Eight of ten days of tolerance are used.}}

    Options:
        `thresholds: {tolerance_use: {green: 0.7, amber: 1}}` in pmo.yaml sets the edges.
    """
    declared = project.declared_rag
    if declared is None or declared.overall is None or is_over(project):
        return
    found = health(portfolio, project)
    steps = steps_better(declared.overall, found.overall)
    if steps is None or steps <= 0:
        return
    reasons = found.deciding
    yield Problem(
        project,
        f"declared {declared.overall}, computed {found.overall}: {reasons[0].sentence}",
        "overall",
        "ask what the data do not know, or declare the computed colour",
        Severity.ERROR if steps > 1 else None,
        record=declared,
        related=tuple(Related(reason.location, reason.sentence) for reason in reasons),
    )


@rule(Severity.WARNING, Project)
def gov_rag_no_comment(project: Project, portfolio: View) -> Iterator[Problem]:
    """A colour is declared without a sentence, or with last period's sentence.

    What it does:
        Reports `declared_rag` of a project with a colour and no `comment`, a report with a colour
        and neither comment nor summary, and a newest report that repeats the comment before it.

    Why it matters:
        A good sentence states cause, effect, action and date. A copied one says that nobody looked.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,
          declared_rag: amber}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,
          declared_rag: {overall: amber, comment: Tests start a week late because of the lab.}}
    """
    if is_over(project):
        return
    declared = project.declared_rag
    if declared is not None and declared.overall and not declared.comment:
        yield Problem(
            project,
            f"the colour {declared.overall} has no comment",
            "overall",
            "add comment: cause, effect, action and date in one sentence",
            record=declared,
        )
    newest = _reports(portfolio, project)[-2:]
    for report in newest[-1:]:
        yield from _report_comment(report, newest[0] if len(newest) > 1 else None)


def _report_comment(report: StatusReport, before: StatusReport | None) -> Iterator[Problem]:
    declared = report.declared_rag
    if declared is None or not declared.overall:
        return
    if not declared.comment and not report.summary:
        yield Problem(
            report,
            f"the colour {declared.overall} has neither a comment nor a summary",
            "overall",
            "add comment: cause, effect, action and date in one sentence",
            record=declared,
        )
    earlier = before.declared_rag if before is not None else None
    if before is None or earlier is None or not declared.comment:
        return
    if _plain(declared.comment) == _plain(earlier.comment):
        yield Problem(
            report,
            f"the comment is the same as that of {before.period_end}",
            "comment",
            "say what has changed since",
            record=declared,
            related=(see(before, "the same comment", "comment", earlier),),
        )


@rule(Severity.WARNING, Project)
def gov_report_stale(project: Project, portfolio: View) -> Iterator[Problem]:
    """A project has not reported for longer than the cadence allows.

    What it does:
        Compares the age of the newest report, from the end of its period, with the cadence and
        days of grace; two cadences are an error. Where nothing was ever reported the age counts
        from the project's start. Speaks only where status reports are kept at all, and of projects
        that are initiating, delivering or closing.

    Why it matters:
        The board decides on old facts.

    Example:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,
          status: initiating, start: 2025-12-01}
        status_report: {id: b-01, project: beacon, period_end: 2026-02-20, author: ben-okafor}

    Use instead:
        project: {id: beacon, name: Beacon, sponsor: anna-reyes, category: mandatory,
          status: initiating, start: 2025-12-01}
        status_report: {id: b-01, project: beacon, period_end: 2026-03-27, author: ben-okafor}

    Options:
        `organisation: {reporting_cadence: monthly}` and `thresholds: {report_grace_days: 3}`.
    """
    if project.status not in RUNNING or not portfolio.all(StatusReport):
        return
    newest = next(reversed(_reports(portfolio, project)), None)
    age = age_of_report(portfolio, project).value
    if age is None or not age.is_stale:
        return
    since = portfolio.as_of - timedelta(days=age.age)
    what = "the last report ends on" if newest else "there is no report since the start on"
    limit = f"{age.cadence} days of cadence and {counted(age.grace, 'day')} of grace"
    yield Problem(
        newest or project,
        f"{project.label!r}: {what} {since}, {ago(since, portfolio.as_of)}; allowed are {limit}",
        "period_end" if newest else "start",
        "report the period that is missing",
        Severity.ERROR if age.is_two_cadences_old else None,
    )
