"""The decision register: what waits, how long boards take, what was decided and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.governance.decisions import (
    answered_on,
    decision_record,
    is_waiting,
    waiting_cost,
    waiting_costs,
)
from portfolio.analysis.governance.delegated_authority import authority
from portfolio.model.governance import Board, Decision
from portfolio.report.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Days,
    Metric,
    Metrics,
    Missing,
    Section,
    Share,
    Status,
    Table,
    shown,
)
from portfolio.report.charts.decision_latency import Wait, waits
from portfolio.report.formatting import in_words
from portfolio.report.section import section
from portfolio.report.sections.governance.decision_brief import (
    age_of,
    authority_cell,
    cost_cell,
    due_cell,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from portfolio.analysis.governance.decisions import DecisionRecord
    from portfolio.measure.measure import Measure
    from portfolio.report.blocks import Colour
    from portfolio.report.pack import Pack

_MOST_BARS = 20


@section("decisions", order=10)
def waiting(pack: Pack) -> Section:
    """Show what waits for an answer, the most urgent first, and what waiting has cost."""
    everything = pack.all(Decision)
    record = decision_record(everything, pack.as_of)
    table = Table.of(
        Column("Question", wide=True),
        Column("Board"),
        Column("Needed by"),
        Column.number("Waits", "Days since the question was asked."),
        Column.number("Has cost", "Weeks since the day it was needed x cost of a week."),
        Column("Authority"),
        Column("Recommended", wide=True),
        rows=(_waiting(pack, each) for each in record.waiting),
        empty="No question waits for an answer." if everything else "No decision is recorded.",
    )
    return Section("waiting", "Waiting for an answer", (_metrics(pack, record), table))


def _metrics(pack: Pack, record: DecisionRecord) -> Metrics:
    late = len(record.overdue)
    cost = waiting_costs(pack.portfolio, record.waiting, pack.as_of)
    if not record.waiting and not record.answered:
        nothing = Metric("Open", Missing(), "nothing is recorded", Status("grey"))
        return Metrics(nothing)
    return Metrics(
        Metric("Open", len(record.waiting), f"{late} overdue",
               Status("red" if late else "green")),
        Metric("Median wait", _days(record.median_wait), "open questions included"),
        Metric("Nine in ten answered within", _days(record.slow_wait), "open ones included"),
        Metric("Answered in time", Share.of(record.on_time),
               "of those due; overdue ones count as missed"),
        Metric("Oldest open", _days(record.oldest), "since it was asked"),
        Metric("Waiting has cost", cost_cell(cost), "by what is overdue today"),
    )  # fmt: skip


def _days(found: Measure[int] | Measure[Decimal]) -> Cell:
    return shown(found.map(Days))


def _waiting(pack: Pack, decision: Decision) -> tuple[Cell, ...]:
    deferred: Cell = (decision.title, " (deferred)") if decision.status == "deferred" else None
    return (
        deferred or decision.title,
        pack.named(decision.board, "no board"),
        due_cell(pack, decision),
        Days(age_of(pack, decision), reason="not dated"),
        cost_cell(waiting_cost(decision, pack.as_of)),
        authority_cell(pack, decision),
        decision.recommendation or Missing("nothing is recommended"),
    )


@section("decisions", order=20)
def pace(pack: Pack) -> Section | None:
    """Show how long each board takes, the open questions not left out, and each wait as a bar."""
    decisions = pack.all(Decision)
    if not decisions:
        return None
    boards = [(each, [d for d in decisions if d.board and d.board.id == each.id])
              for each in pack.portfolio.all(Board)]  # fmt: skip
    rows = [_board_row(pack, board.label, asked) for board, asked in boards if asked]
    nowhere = [each for each in decisions if pack.portfolio.find(each.board, Board) is None]
    if nowhere:
        rows.append(_board_row(pack, "No board named", nowhere))
    if len(rows) > 1:
        rows.append(_board_row(pack, "All", decisions))
    table = Table.of(
        Column("Board"),
        Column.number("Open", "Questions without an answer."),
        Column.number("Overdue", "Open questions whose day has passed."),
        Column.number("Decided", "Questions answered."),
        Column.number("Median of the decided", "Median of the days from question to answer."),
        Column.number("Median with the open", "The same with the age of the open ones."),
        Column.number(
            "Nine in ten", "The wait that nine in ten do not exceed, open ones included."
        ),
        Column.number("In time", "Answered by their day / those due."),
        rows=rows,
        caption="Calendar days from the question to the answer. The median of the decided leaves "
        "out whatever is slow enough to be open still; with the open ones a question counts as "
        "waiting up to its age (Kaplan-Meier).",
    )
    blocks: list[Block] = [table]
    chart = _chart(pack, decisions)
    if chart is not None:
        blocks.append(chart)
    return Section("pace", "How long answers take", tuple(blocks))


def _board_row(pack: Pack, name: str, asked: Sequence[Decision]) -> tuple[Cell, ...]:
    record = decision_record(asked, pack.as_of)
    return (
        name,
        len(record.waiting),
        len(record.overdue),
        len(record.answered),
        _days(record.latency),
        _days(record.median_wait),
        _days(record.slow_wait),
        Share.of(record.on_time),
    )


def _chart(pack: Pack, decisions: Sequence[Decision]) -> Chart | None:
    found = [found for each in decisions if (found := _wait(pack, each)) is not None]
    found.sort(key=lambda each: (each.asked, each.label))
    shown = found[-_MOST_BARS:]
    if not shown:
        return None
    data = Table(
        (Column("Question", wide=True), Column("Asked"), Column("Needed by"), Column("Until"),
         Column("State", formula="Days since it was asked, or from question to answer.")),
        tuple((each.label, each.asked, each.needed, each.until, Status(each.colour, each.words))
              for each in shown),
    )  # fmt: skip
    question = "How long did each question wait, and was it answered by the day it was needed?"
    return Chart(question, waits(shown, pack.as_of, question), data)


def _wait(pack: Pack, decision: Decision) -> Wait | None:
    if decision.raised_on is None or decision.raised_on > pack.as_of:
        return None
    answer = answered_on(decision, pack.as_of)
    if answer is None and not is_waiting(decision, pack.as_of):
        return None
    until = answer or pack.as_of
    days = f"{(until - decision.raised_on).days} d"
    is_late = until > decision.needed_by
    colour: Colour = "red" if is_late else "green" if answer else "amber"
    state = "late" if is_late else "in time"
    said = f"{days}, {state}" if answer else f"{days}, {'overdue' if is_late else 'open'}"
    return Wait(decision.title, decision.raised_on, until, decision.needed_by, colour, said)


@section("decisions", order=30)
def decided(pack: Pack) -> Section:
    """Show every decision that was taken with its reason, the newest first."""
    taken = sorted(
        (each for each in pack.all(Decision) if answered_on(each, pack.as_of)),
        key=lambda each: (each.decided_on or pack.as_of, each.id),
        reverse=True,
    )
    table = Table.of(
        Column("Decision", wide=True),
        Column("Outcome", wide=True),
        Column("Because", wide=True),
        Column("By", wide=True),
        Column("On", formula="As stated."),
        rows=(_decided(pack, each) for each in taken),
        empty="Nothing has been decided.",
    )
    return Section("decided", "Decided", (table,))


def _decided(pack: Pack, each: Decision) -> tuple[Cell, ...]:
    replaced = pack.portfolio.related(each, Decision, "supersedes")
    title: Cell = each.title
    if replaced:
        title = (each.title, f" (replaced by {replaced[0].title})")
    on = answered_on(each, pack.as_of)
    late = (on - each.needed_by).days if on is not None else 0
    return (
        title,
        each.outcome or Missing("outcome not written down"),
        each.rationale or Missing("no reason written down"),
        _by(pack, each),
        Status("red", f"{in_words(on)}, {late} days late")
        if late > 0
        else Status("green", f"{in_words(on)}, in time"),
    )


def _by(pack: Pack, each: Decision) -> Cell:
    """Return who decided for which board, and that it was not theirs to decide where it was not."""
    who = f"{pack.name(each.decided_by) or 'Nobody named'}, {pack.name(each.board) or 'no board'}"
    if authority(pack.portfolio, each).verdict != "beyond":
        return who
    return (f"{who} ", Status("red", "beyond its limit"))


@section("decisions", order=40)
def not_asked(pack: Pack) -> Section | None:
    """Show drafts, and questions that nobody asks any more."""
    rest = [each for each in pack.all(Decision) if each.status in {"draft", "withdrawn"}]
    if not rest:
        return None
    rows = tuple(
        (each.title, each.status, pack.named(each.board, "no board"), each.needed_by,
         each.recommendation or Missing("nothing is recommended"))
        for each in sorted(rest, key=lambda each: (each.status, each.needed_by, each.id))
    )  # fmt: skip
    columns = (
        Column("Question", wide=True),
        Column("State", formula="Days since it was asked, or from question to answer."),
        Column("Board"),
        Column("Needed by"),
        Column("Recommended", wide=True),
    )
    return Section("not-asked", "Drafts and withdrawn", (Table(columns, rows),))
