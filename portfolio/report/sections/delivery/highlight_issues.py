"""What threatens a project, how its scope changes, what was done, and what it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.governance.change_control import OPEN, change_state
from portfolio.model.delivery.status_reports import StatusReport
from portfolio.model.governance import ChangeRequest, Decision, Lesson
from portfolio.model.risk import Assumption, Issue, Risk
from portfolio.report.blocks import (
    Block,
    Column,
    Days,
    Facts,
    Missing,
    Paragraph,
    Section,
    Share,
    Subheading,
    Table,
    shown,
)
from portfolio.report.section import section
from portfolio.report.sections.delivery.dependencies import open_promises, promise_table
from portfolio.report.sections.delivery.highlight_status import project_of
from portfolio.report.sections.governance.board_actions import decision_wanted
from portfolio.report.sections.risk.major_risks import score, top_risks

if TYPE_CHECKING:
    from portfolio.analysis.governance.change_control import CumulativeChange
    from portfolio.measure.measure import Measure
    from portfolio.report.blocks import Cell
    from portfolio.report.pack import Pack

_RISKS = 5


@section("project", order=15)
def periods(pack: Pack) -> Section | None:
    """Show what was achieved and what comes next, from the newest status report."""
    reports = pack.portfolio.related(project_of(pack), StatusReport, "project")
    known = [each for each in reports if each.period_end <= pack.as_of]
    newest = max(known, key=lambda each: each.period_end, default=None)
    if newest is None:
        return None
    columns = (Column("This period", wide=True), Column("Next period", wide=True))
    length = max(len(newest.achieved), len(newest.next))
    rows = tuple((_at(newest.achieved, place), _at(newest.next, place)) for place in range(length))
    summary = (Paragraph(newest.summary),) if newest.summary else ()
    table = Table(columns, rows, empty="The report lists nothing.")
    lead = f"As reported for the period until {newest.period_end.day} {newest.period_end:%b %Y}."
    return Section("periods", "This period and the next", (*summary, table), lead)


def _at(lines: tuple[str, ...], place: int) -> str | None:
    return lines[place] if place < len(lines) else ""


@section("project", order=50)
def raid(pack: Pack) -> Section:
    """Show five risks, the open issues, the promises it waits for, the assumptions to check."""
    threats = [r for r in pack.all(Risk) if r.status == "open" and r.kind_ == "threat"]
    rated = sorted((r for r in threats if r.current), key=lambda r: (-score(r), r.id))
    parts = (
        ("", top_risks(pack, rated[:_RISKS])),
        ("Issues", _issues(pack)),
        ("Promises to this project", promise_table(pack, open_promises(pack))),
    )
    silent = " ".join(table.empty for _, table in parts if not table.rows)
    blocks: list[Block] = []
    for words, table in parts:
        if table.rows:
            blocks += [*((Subheading(words),) if words else ()), table]
    blocks += [Paragraph(silent)] if silent else []
    return Section("raid", "Risks, issues, promises", (*blocks, *_assumptions(pack)))


def _issues(pack: Pack) -> Table:
    rows = tuple(
        (
            each.title,
            each.priority or Missing("no priority"),
            pack.named(each.owner),
            each.target_date or Missing("no date"),
            each.recovery_plan or Missing("no recovery plan"),
        )
        for each in pack.all(Issue)
        if each.status == "open"
    )
    columns = (
        Column("Issue", wide=True),
        Column("Priority"),
        Column("Owner"),
        Column("Resolved by", formula="As stated."),
        Column("Recovery plan", wide=True),
    )
    return Table(columns, rows, empty="No issue is open.")


def _assumptions(pack: Pack) -> tuple[Block, ...]:
    due = [each for each in pack.all(Assumption) if each.status == "open"]
    if not due:
        return ()
    columns = (
        Column("Assumption", wide=True),
        Column("Owner"),
        Column("To be checked by", formula="As stated."),
    )
    rows = tuple(
        (each.text, pack.named(each.owner), each.validate_by or Missing("no date")) for each in due
    )
    return (Subheading("Assumptions"), Table(columns, rows))


@section("project", order=60)
def change(pack: Pack) -> Section | None:
    """Show the requests that wait, and how much change the baseline has absorbed."""
    requests = pack.all(ChangeRequest)
    if not requests:
        return None
    state = change_state(pack.portfolio, project_of(pack))
    waiting = sorted(
        (each for each in requests if each.status in OPEN),
        key=lambda each: (each.raised_on or pack.as_of, each.id),
    )
    rows = tuple(
        (
            each.title,
            each.status,
            Days((pack.as_of - each.raised_on).days) if each.raised_on else Missing("no date"),
        )
        for each in waiting
    )
    columns = (
        Column("Waiting request", wide=True),
        Column("Where"),
        Column.number("Age", "Days since the request was raised."),
    )
    facts = Facts(
        ("Approved so far", state.approved),
        ("Change of the budget", _absorbed(state.cost)),
        ("Change of the duration", _absorbed(state.time)),
    )
    table = Table(columns, rows, empty="No request waits.")
    return Section("change", "Change", (facts, table))


def _absorbed(found: Measure[CumulativeChange]) -> Cell:
    return shown(found.map(lambda all_: (Share(all_.net), " net, ", Share(all_.gross), " gross")))


@section("project", order=70)
def ask(pack: Pack) -> Section:
    """Show the decisions that the project needs, with their dates, and what it has learned."""
    wanted = sorted(
        (each for each in pack.all(Decision) if each.status == "open"),
        key=lambda each: (each.needed_by, each.id),
    )
    blocks: list[Block] = [decision_wanted(pack, each) for each in wanted]
    if not wanted:
        blocks.append(Paragraph("This project asks for no decision."))
    lessons = pack.all(Lesson)
    if lessons:
        columns = (Column("Lesson", wide=True), Column("What to do differently", wide=True))
        rows = tuple((each.what, each.recommendation or Missing()) for each in lessons)
        blocks += [Subheading("Lessons"), Table(columns, rows)]
    return Section("ask", "What the project needs", tuple(blocks))
