"""The rest of an agenda: what was promised, what is out of tolerance, which gates come."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from portfolio.analysis.governance.boards import actions_of, next_meeting, steered
from portfolio.analysis.governance.decisions import answered_on
from portfolio.analysis.governance.tolerances import exceptions_of
from portfolio.model.governance import Decision, ExceptionReport, Gate
from portfolio.report.blocks import (
    Block,
    Cell,
    Column,
    Missing,
    Section,
    Share,
    Subheading,
    Table,
)
from portfolio.report.formatting import in_words, past_due, sentence
from portfolio.report.section import section
from portfolio.report.sections.governance.agenda import board_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from portfolio.analysis.governance.tolerances import ToleranceUse
    from portfolio.model.delivery.projects import Project
    from portfolio.model.governance import Action, GateCondition
    from portfolio.report.pack import Pack

_GATE_COLUMNS = (
    Column("Gate"), Column("Project"), Column("Planned"), Column("Opens"),
    Column("Evidence", wide=True),
)  # fmt: skip
_CONDITION_COLUMNS = (
    Column("Condition", wide=True),
    Column("Gate"),
    Column("Owner"),
    Column("Due", formula="As stated."),
)
_MOST = 25
_AHEAD = timedelta(days=60)
_BEHIND = timedelta(days=35)


def _until(pack: Pack) -> date:
    """Return the last day that this meeting still has to think of: the day of the one after."""
    return next_meeting(pack.portfolio, board_of(pack)).following or pack.as_of + _AHEAD


@section("agenda", order=40)
def exceptions(pack: Pack) -> Section | None:
    """Show which projects of the board are forecast outside their tolerance, and what is agreed."""
    projects = steered(pack.portfolio, board_of(pack))
    if not projects:
        return None
    found = [
        (project, use) for project in projects for use in exceptions_of(pack.portfolio, project)
    ]
    rows = [_exception(pack, project, use) for project, use in found[:_MOST]]
    columns = (
        Column("Project"),
        Column("Tolerance"),
        Column.number("Used", "The forecast's deviation / the tolerance."),
        Column("What happened", wide=True),
        Column("Exception report", wide=True),
    )
    many = len(projects)
    whose = "The one project of this board is" if many == 1 else f"All {many} projects are"
    empty = f"{whose} within tolerance, as far as it is measured."
    more = len(found) - len(rows)
    caption = f"{more} more: `pmo report exception PROJECT` has each." if more > 0 else ""
    table = Table(columns, tuple(rows), caption, empty)
    return Section("exceptions", "Out of tolerance", (table,))


def _exception(pack: Pack, project: Project, use: ToleranceUse) -> tuple[Cell, ...]:
    reports = [
        each
        for each in pack.portfolio.related(project, ExceptionReport, "project")
        if each.status in {"open", "approved"}
    ]
    newest = max(reports, key=lambda each: (each.raised_on, each.id), default=None)
    return (
        project.label,
        f"{use.dimension}, {use.allowed}",
        Share.of(use.use),
        sentence(use.sentence),
        f"{newest.status}, {in_words(newest.raised_on)}: {newest.recommendation or newest.label}"
        if newest
        else Missing("not reported"),
    )


@section("agenda", order=50)
def gates(pack: Pack) -> Section | None:
    """Show the gates before the meeting after this one, and the conditions still to be met."""
    projects = steered(pack.portfolio, board_of(pack))
    found = [(project, gate) for project in projects
             for gate in pack.portfolio.related(project, Gate, "project")]  # fmt: skip
    coming = tuple(_coming(pack, project, gate) for project, gate in _ahead(pack, found))
    conditions = tuple(_open_conditions(pack, found))
    if not coming and not conditions:
        return None
    blocks: list[Block] = []
    if coming:
        blocks.append(Table(_GATE_COLUMNS, coming))
    if conditions:
        blocks += [Subheading("Conditions not met yet"), Table(_CONDITION_COLUMNS, conditions)]
    lead = f"Gates planned until {in_words(_until(pack))}, and those that are late."
    return Section("gates", "Gates and conditions", tuple(blocks), lead if coming else "")


def _ahead(pack: Pack, found: list[tuple[Project, Gate]]) -> list[tuple[Project, Gate]]:
    until = _until(pack)
    return sorted(
        (
            (project, gate)
            for project, gate in found
            if gate.outcome == "pending" and gate.planned is not None and gate.planned <= until
        ),
        key=lambda each: (each[1].planned or until, each[1].id),
    )


def _coming(pack: Pack, project: Project, gate: Gate) -> tuple[Cell, ...]:
    return (
        gate.label,
        project.label,
        past_due(gate.planned, pack.as_of, "not held"),
        gate.stage or Missing("not stated"),
        ", ".join(gate.evidence) or Missing("no evidence"),
    )


def _open_conditions(pack: Pack, found: list[tuple[Project, Gate]]) -> Iterator[tuple[Cell, ...]]:
    open_ = [
        (project, gate, each)
        for project, gate in found
        for each in gate.conditions
        if each.met_on is None
    ]
    open_.sort(key=lambda each: (str(each[2].due or "9"), each[1].id, each[2].text))
    for project, gate, condition in open_:
        where = f"{gate.label}, {project.label}"
        yield (condition.text, where, pack.named(condition.owner), _due(pack, condition))


def _due(pack: Pack, what: GateCondition | Action) -> Cell:
    if what.due is None:
        return Missing("no day is agreed")
    return past_due(what.due, pack.as_of, f"{(pack.as_of - what.due).days} days late")


@section("agenda", order=60)
def actions(pack: Pack) -> Section:
    """Show what is still open of what the board agreed, the overdue first."""
    open_ = [a for a in actions_of(pack.portfolio, board_of(pack)) if a.status == "open"]
    open_.sort(key=lambda each: (str(each.due or "9"), each.id))
    rows = tuple(
        (each.text, pack.named(each.owner), _due(pack, each), pack.name(each.source_))
        for each in open_
    )
    columns = (
        Column("Action", wide=True),
        Column("Owner"),
        Column("Due", formula="As stated."),
        Column("Agreed in"),
    )
    table = Table(columns, rows, empty="No action of this board is open.")
    return Section("actions", "Open actions", (table,))


@section("agenda", order=70)
def since_last(pack: Pack) -> Section:
    """Show what was decided since the meeting before."""
    since = next_meeting(pack.portfolio, board_of(pack)).previous or pack.as_of - _BEHIND
    taken = sorted(
        (
            (on, each)
            for each in pack.portfolio.related(board_of(pack), Decision, "board")
            if (on := answered_on(each, pack.as_of)) is not None and on >= since
        ),
        key=lambda each: (each[0], each[1].id),
    )
    rows = tuple(
        (each.title, each.outcome or Missing("outcome not written down"),
         pack.named(each.decided_by), on)
        for on, each in taken
    )  # fmt: skip
    columns = (Column("Decision", wide=True), Column("Outcome", wide=True), Column("By"),
               Column("On", formula="As stated."))  # fmt: skip
    table = Table(columns, rows, empty=f"Nothing since {in_words(since)}.")
    return Section("log", f"Decided since {in_words(since)}", (table,))


@section("agenda", order=80)
def waivers(pack: Pack) -> Section | None:
    """Show the exceptions from rules that end before the meeting after this one."""
    board = board_of(pack)
    ids = {project.id for project in steered(pack.portfolio, board)}
    whole = board.level == "portfolio"
    ending = sorted(
        (
            each
            for each in pack.portfolio.settings.waivers
            if each.until <= _until(pack)
            and pack.portfolio.find(each.object) is not None
            and (whole or each.object.partition(".")[0] in ids)
        ),
        key=lambda each: (each.until, each.rule),
    )
    if not ending:
        return None
    rows = tuple(
        (each.rule, pack.name(each.object), each.reason, pack.name(each.approved_by),
         past_due(each.until, pack.as_of, "ended"))
        for each in ending
    )  # fmt: skip
    columns = (Column("Rule"), Column("For"), Column("Because", wide=True), Column("Agreed by"),
               Column("Until"))  # fmt: skip
    lead = "After its last day the rule speaks again: solve it, or agree to go on."
    return Section("waivers", "Waivers that end", (Table(columns, rows),), lead)
