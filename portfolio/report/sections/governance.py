"""Decisions wanted, exceptions, actions and the log: what the board itself must do."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.model.governance import Action, Baseline, Decision, ExceptionReport
from portfolio.model.risk import Issue
from portfolio.report.formatting import sentence
from portfolio.report.report import (
    Block,
    Callout,
    Cell,
    Column,
    Days,
    Missing,
    Paragraph,
    Section,
    Status,
    Strong,
    Subheading,
    Table,
    section,
)
from portfolio.report.sections.tolerance_use import use_cell
from portfolio.tolerances import tolerance_uses

if TYPE_CHECKING:
    from datetime import date

    from portfolio.model.delivery import Project
    from portfolio.report.pack import Pack
    from portfolio.tolerances import ToleranceUse

AT_MOST = 5
"""A board decides five things well in one meeting."""
NOTHING_RECORDED = "No decision is recorded: not yet measured."
MOST_TOLERANCES = 12
LOOK_BACK_DAYS = 35
LOOK_AHEAD_DAYS = 60


@section("board", order=10)
def decisions_wanted(pack: Pack) -> Section:
    """List what the board must decide: overdue first, then by the day the answer is needed."""
    horizon = pack.as_of + timedelta(days=LOOK_AHEAD_DAYS)
    wanted = sorted(
        (d for d in pack.all(Decision) if d.status == "open" and d.needed_by <= horizon),
        key=lambda d: (d.needed_by, d.id),
    )
    blocks: list[Block] = [decision_wanted(pack, each) for each in wanted[:AT_MOST]]
    if not wanted:
        recorded = bool(pack.all(Decision))
        none = "No decision is wanted in the next 60 days." if recorded else NOTHING_RECORDED
        blocks.append(Paragraph((none,)))
    if len(wanted) > AT_MOST:
        rest = ", ".join(each.title for each in wanted[AT_MOST:])
        blocks.append(Paragraph((f"{len(wanted) - AT_MOST} more can wait: {rest}.",)))
    lead = f"{_count(len(wanted), 'decision')} wanted by {horizon:%-d %b %Y}." if wanted else ""
    return Section("decisions", "Decisions wanted", tuple(blocks), lead)


def decision_wanted(pack: Pack, decision: Decision) -> Callout:
    """Return one decision: options, recommendation, the day, and what waiting costs."""
    late = (pack.as_of - decision.needed_by).days
    waiting: Cell = (
        (decision.cost_of_delay_per_week, " for each week of waiting")
        if decision.cost_of_delay_per_week
        else Missing("the cost of waiting is not stated")
    )
    options = Table(
        (
            Column("Option", wide=True),
            Column("Cost", numeric=True),
            Column("Time", numeric=True),
            Column("Brings", wide=True),
            Column("Risk", wide=True),
        ),
        tuple(
            (o.name, o.cost, str(o.time) if o.time else None, o.benefit, o.risk)
            for o in decision.options
        ),
        empty="No options are written down.",
    )
    recommended = decision.recommendation or "nothing is recommended"
    parts = waiting if isinstance(waiting, tuple) else (waiting,)
    overdue = (Strong(f" Overdue by {_count(late, 'day')}."),) if late > 0 else ()
    return Callout(
        "decision",
        decision.title,
        (
            Paragraph((Strong("Recommended: "), recommended.rstrip("."), ".", *overdue)),
            options,
            Paragraph((Strong("Waiting costs: "), *parts, ".")),
        ),
        owner=pack.name(decision.board) or pack.name(decision.raised_by),
        due=decision.needed_by,
    )


@section("board", order=30)
def exceptions(pack: Pack) -> Section:
    """List the projects outside tolerance, and whether somebody has said what to do."""
    rows = tuple(
        _exception(pack, project)
        for project in pack.live_projects
        if _is_exceptional(pack, project)
    )
    table = Table(
        (
            Column("Project"),
            Column("Computed"),
            Column("Why", wide=True),
            Column("Exception report", wide=True),
            Column("Recovery plan", wide=True),
        ),
        rows,
        empty="No project is outside its tolerances, and none declares red.",
    )
    lead = f"{_count(len(rows), 'project')} outside tolerance or declared red." if rows else ""
    return Section("exceptions", "Exceptions", (table, *_tolerances(pack)), lead)


def _tolerances(pack: Pack) -> tuple[Block, ...]:
    """Show how much of each tolerance is used, the projects nearest to an exception first."""
    found = [(each, tolerance_uses(pack.portfolio, each)) for each in pack.live_projects]
    measured = [
        (project, uses)
        for project, uses in found
        if any(each.use.value is not None for each in uses)
    ]
    if not measured:
        return ()
    measured.sort(key=lambda each: (-max(map(_nearness, each[1])), each[0].id))
    rows = tuple(
        (pack.project_link(project), *map(use_cell, uses))
        for project, uses in measured[:MOST_TOLERANCES]
    )
    columns = (Column("Project"), *(Column(each.dimension.capitalize()) for each in measured[0][1]))
    more = len(measured) - len(rows)
    rest = f" {more} more use less." if more > 0 else ""
    caption = f"The forecast's deviation / the tolerance; above 100 % is an exception.{rest}"
    return (Subheading("Tolerance used"), Table(columns, rows, caption))


def _nearness(use: ToleranceUse) -> Decimal:
    """Return how near it is to an exception; a tolerance of nothing that is exceeded is past it."""
    return (
        Decimal("Infinity") if use.use.code == "zero_denominator" else use.use.value or Decimal(0)
    )


def _is_exceptional(pack: Pack, project: Project) -> bool:
    declared = project.declared_rag.overall if project.declared_rag else None
    return declared == "red" or pack.health[project.id].overall == "red"


def _exception(pack: Pack, project: Project) -> tuple[Cell, ...]:
    health = pack.health[project.id]
    reports = [
        e for e in pack.portfolio.related(project, ExceptionReport) if e.status != "rejected"
    ]
    newest = max(reports, key=lambda e: (e.raised_on, e.id), default=None)
    plans = [
        i for i in pack.portfolio.related(project, Issue) if i.status == "open" and i.recovery_plan
    ]
    why = sentence("; ".join(r.sentence for r in health.reasons if r.colour == "red"))
    return (
        pack.project_link(project),
        Status(health.overall),
        why or "Declared red",
        f"{newest.status}, {newest.raised_on:%-d %b %Y}: "
        f"{newest.recommendation or 'no recommendation'}"
        if newest
        else Missing("no exception report"),
        plans[0].recovery_plan if plans else Missing("no recovery plan"),
    )


@section("board", order=110)
def actions_and_log(pack: Pack) -> Section:
    """List overdue actions, what was decided since the last board, and baselines that moved."""
    return Section(
        "actions",
        "Actions and log",
        (
            Subheading("Actions overdue"),
            _overdue_actions(pack),
            Subheading(f"Decided in the last {LOOK_BACK_DAYS} days"),
            _decided(pack),
            Subheading("Baselines changed"),
            _baselines(pack),
        ),
    )


def _overdue_actions(pack: Pack) -> Table:
    overdue = sorted(
        (
            a
            for a in pack.all(Action)
            if a.status == "open" and a.due is not None and a.due < pack.as_of
        ),
        key=lambda a: (a.due, a.id),
    )
    return Table(
        (Column("Action", wide=True), Column("Owner"), Column("Due"), Column("Late", numeric=True)),
        tuple(
            (a.text, pack.name(a.owner), a.due, Days((pack.as_of - a.due).days))
            for a in overdue
            if a.due
        ),
        empty="No action is overdue.",
    )


def _decided(pack: Pack) -> Table:
    since = pack.as_of - timedelta(days=LOOK_BACK_DAYS)
    recent = sorted(
        (
            d
            for d in pack.all(Decision)
            if d.status == "decided" and d.decided_on and since <= d.decided_on <= pack.as_of
        ),
        key=lambda d: (d.decided_on, d.id),
        reverse=True,
    )
    return Table(
        (
            Column("Decision", wide=True),
            Column("Outcome", wide=True),
            Column("By"),
            Column("On"),
            Column("Took", numeric=True),
        ),
        tuple(
            (
                d.title,
                d.outcome or Missing("outcome not written down"),
                pack.named(d.decided_by),
                d.decided_on,
                _latency(d.raised_on, d.decided_on),
            )
            for d in recent
        ),
        empty="Nothing was decided.",
    )


def _latency(raised: date | None, decided: date | None) -> Days:
    known = raised is not None and decided is not None
    return Days((decided - raised).days if raised and decided and known else None)


def _baselines(pack: Pack) -> Table:
    since = pack.as_of - timedelta(days=LOOK_BACK_DAYS)
    moved = [
        b
        for b in pack.all(Baseline)
        if b.version > 1 and b.approved_on and since <= b.approved_on <= pack.as_of
    ]
    return Table(
        (
            Column("Project"),
            Column("Version", numeric=True),
            Column("Approved"),
            Column("By"),
            Column("Change request"),
            Column("Why", wide=True),
        ),
        tuple(
            (
                pack.name(b.project),
                b.version,
                b.approved_on,
                pack.named(b.approved_by),
                pack.named(b.change_request, "no change request"),
                b.reason,
            )
            for b in moved
        ),
        empty=f"No baseline has moved in the last {LOOK_BACK_DAYS} days.",
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
