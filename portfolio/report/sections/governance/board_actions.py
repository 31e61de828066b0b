"""Decisions wanted, exceptions, actions and the log: what the board itself must do."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.model.governance import Action, Baseline, Decision
from portfolio.report.blocks import (
    Block,
    Callout,
    Column,
    Days,
    Missing,
    Paragraph,
    Section,
    Strong,
    Subheading,
    Table,
)
from portfolio.report.formatting import grouped, listed
from portfolio.report.section import section
from portfolio.report.sections.governance.decision_brief import (
    NO_OPTIONS,
    OPTION_COLUMNS,
    option_cells,
)
from portfolio.report.unrecorded import is_recorded

if TYPE_CHECKING:
    from datetime import date

    from portfolio.report.blocks import Inline
    from portfolio.report.pack import Pack

AT_MOST = 5
"""A board decides five things well in one meeting."""
LOOK_BACK_DAYS = 35
LOOK_AHEAD_DAYS = 60


@section("board", order=10)
def decisions_wanted(pack: Pack) -> Section | None:
    """List what the board must decide: overdue first, then by the day the answer is needed."""
    if not is_recorded(pack, "decisions"):
        return None
    horizon = pack.as_of + timedelta(days=LOOK_AHEAD_DAYS)
    wanted = sorted(
        (d for d in pack.all(Decision) if d.status == "open" and d.needed_by <= horizon),
        key=lambda d: (d.needed_by, d.id),
    )
    blocks: list[Block] = [decision_wanted(pack, each) for each in wanted[:AT_MOST]]
    if not wanted:
        none = f"No decision is wanted in the next {LOOK_AHEAD_DAYS} days."
        blocks.append(Paragraph(none))
    if rest := wanted[AT_MOST:]:
        titles = listed([each.title for each in rest], AT_MOST)
        blocks.append(Paragraph(f"{grouped(Decimal(len(rest)), 0)} more can wait: {titles}."))
    lead = (
        f"{_count(len(wanted), 'decision')} wanted by {horizon.day} {horizon:%b %Y}."
        if wanted
        else ""
    )
    return Section("decisions", "Decisions wanted", tuple(blocks), lead)


def decision_wanted(pack: Pack, decision: Decision) -> Callout:
    """Return one decision: options, recommendation, the day, and what waiting costs."""
    late = (pack.as_of - decision.needed_by).days
    waiting: tuple[Inline, ...] = (Missing("the cost of waiting is not stated"),)
    if decision.cost_of_delay_per_week:
        waiting = (decision.cost_of_delay_per_week, " for each week of waiting")
    options = Table(OPTION_COLUMNS, tuple(map(option_cells, decision.options)), empty=NO_OPTIONS)
    recommended = decision.recommendation or "nothing is recommended"
    overdue = (Strong(f" Overdue by {_count(late, 'day')}."),) if late > 0 else ()
    return Callout(
        "decision",
        decision.title,
        (
            Paragraph(Strong("Recommended: "), recommended.rstrip("."), ".", *overdue),
            options,
            Paragraph(Strong("Waiting costs: "), *waiting, "."),
        ),
        owner=pack.name(decision.board) or pack.name(decision.raised_by),
        due=decision.needed_by,
    )


@section("board", order=110)
def actions_and_log(pack: Pack) -> Section | None:
    """List overdue actions, what was decided since the last board, and baselines that moved."""
    if not any(pack.portfolio.all(kind) for kind in (Action, Baseline, Decision)):
        return None
    parts = (
        ("Actions overdue", _overdue_actions(pack)),
        (f"Decided in the last {LOOK_BACK_DAYS} days", _decided(pack)),
        ("Baselines changed", _baselines(pack)),
    )
    told = [block for words, table in parts if table.rows for block in (Subheading(words), table)]
    silent = " ".join(table.empty for _, table in parts if not table.rows)
    blocks = (*told, *((Paragraph(silent),) if silent else ()))
    return Section("actions", "Actions and log", blocks)


def _overdue_actions(pack: Pack) -> Table:
    overdue = sorted(
        (
            a
            for a in pack.all(Action)
            if a.status == "open" and a.due is not None and a.due < pack.as_of
        ),
        key=lambda a: (a.due, a.id),
    )
    return Table.of(
        Column("Action", wide=True),
        Column("Owner"),
        Column("Due", formula="As stated."),
        Column.number("Late", "Days since the action was due."),
        rows=(
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
    return Table.of(
        Column("Decision", wide=True),
        Column("Outcome", wide=True),
        Column("By"),
        Column("On", formula="As stated."),
        Column.number("Took", "Days from question to answer."),
        rows=(
            (
                d.title,
                d.outcome or Missing("outcome not written down"),
                pack.named(d.decided_by),
                d.decided_on,
                _latency(d.raised_on, d.decided_on),
            )
            for d in recent
        ),
        empty=f"Nothing was decided in the last {LOOK_BACK_DAYS} days.",
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
    return Table.of(
        Column("Project"),
        Column.number("Version", "As stated."),
        Column("Approved", formula="As stated."),
        Column("By"),
        Column("Change request"),
        Column("Why", wide=True),
        rows=(
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
