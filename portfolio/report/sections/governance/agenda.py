"""The agenda of a board: the meeting, and what it must decide there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.analysis.governance.boards import actions_of, next_meeting
from portfolio.analysis.governance.decisions import is_waiting, waiting_costs
from portfolio.analysis.governance.delegated_authority import authority
from portfolio.model.governance import Board, Decision
from portfolio.report.blocks import (
    Block,
    Callout,
    Cell,
    Column,
    Facts,
    Metric,
    Metrics,
    Missing,
    Paragraph,
    Section,
    Status,
    Strong,
    Subheading,
    Table,
)
from portfolio.report.formatting import in_words
from portfolio.report.section import section
from portfolio.report.sections.governance.decision_brief import (
    authority_cell,
    authority_sentence,
    cost_cell,
    due_cell,
    limit_words,
    option_table,
    stake_parts,
    waiting_parts,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.analysis.governance.boards import Meeting
    from portfolio.report.pack import Pack


MOST_ITEMS = 10
"""What a long meeting can decide; the rest is a line each."""


def board_of(pack: Pack) -> Board:
    """Return the board that an agenda is about."""
    assert isinstance(pack.subject, Board)  # noqa: S101 - the outline names the kind
    return pack.subject


def asked_of(pack: Pack) -> tuple[Decision, ...]:
    """Return the questions that wait for the board's answer, the most urgent first."""
    board = board_of(pack)
    found = pack.portfolio.related(board, Decision, "board")
    waiting = (each for each in found if is_waiting(each, pack.as_of))
    return tuple(sorted(waiting, key=lambda each: (each.needed_by, each.id)))


def escalated_to(pack: Pack) -> tuple[Decision, ...]:
    """Return the questions of other boards that go beyond their limit and not beyond this one's."""
    board = board_of(pack)
    return tuple(
        each
        for each in pack.portfolio.all(Decision)
        if is_waiting(each, pack.as_of)
        and (to := authority(pack.portfolio, each).escalate_to) is not None
        and to.id == board.id
    )


@section("agenda", order=10)
def meeting(pack: Pack) -> Section:
    """Say when the board meets, whether it can decide then, how far, and what is on the table."""
    found = next_meeting(pack.portfolio, board_of(pack))
    blocks: tuple[Block, ...] = (_metrics(pack), *_trouble(pack, found), _facts(pack, found))
    return Section("meeting", "The meeting", blocks)


def _metrics(pack: Pack) -> Metrics:
    asked = asked_of(pack)
    overdue = sum(each.needed_by < pack.as_of for each in asked)
    actions = [a for a in actions_of(pack.portfolio, board_of(pack)) if a.status == "open"]
    late = sum(each.due is not None and each.due < pack.as_of for each in actions)
    below = f"from the boards below: {len(escalated_to(pack))}"
    beyond = sum(authority(pack.portfolio, each).verdict == "beyond" for each in asked)
    return Metrics(
        Metric("Decisions to take", len(asked), f"{overdue} overdue",
               Status("red" if overdue else "green")),
        Metric("Beyond its authority", beyond, below),
        *_cost(pack, asked),
        Metric("Actions open", len(actions), f"{late} overdue",
               Status("amber" if late else "green")),
    )  # fmt: skip


def _cost(pack: Pack, asked: Sequence[Decision]) -> tuple[Metric, ...]:
    """Show what overdue answers have cost; nothing where nothing waits."""
    if not asked:
        return ()
    cost = cost_cell(waiting_costs(pack.portfolio, asked, pack.as_of))
    return (Metric("Waiting has cost", cost, "by what is overdue today"),)


def _trouble(pack: Pack, found: Meeting) -> tuple[Callout, ...]:
    """Call out what would make the meeting void: no day, or too few who can come."""
    chair = pack.name(found.board.chair)
    if found.day is None:
        last = found.board.next_meeting
        passed = f"the last one known was {in_words(last)}" if last else "no day is written down"
        return (
            Callout("risk", f"No next meeting: {passed}", (), chair, None,
                    "Agree a day; until then nothing below can be decided."),
        )  # fmt: skip
    if found.is_quorate is False:
        title = f"No quorum: {found.present} can come, {found.board.quorum} must"
        return (
            Callout("risk", title, (), chair, found.day,
                    "Move the meeting, or name deputies."),
        )  # fmt: skip
    return ()


def _facts(pack: Pack, found: Meeting) -> Facts:
    board = found.board
    left = (found.day - pack.as_of).days if found.day is not None else 0
    day: Cell = Missing("not planned")
    if found.day is not None:
        when = "today" if not left else "tomorrow" if left == 1 else f"in {left} days"
        day = (Strong(f"{found.day:%A} "), found.day, f", {when}")
    limit = board.delegated_limit
    parts = [
        *([f"up to {limit_words(limit.cost)}"] if limit and limit.cost else []),
        *([f"up to {limit.time}"] if limit and limit.time else []),
        *([limit.scope] if limit and limit.scope else []),
    ]
    return Facts(
        ("Meets", day),
        ("The meeting after", found.following or Missing("no cadence is stated")),
        ("Chair", pack.named(board.chair)),
        ("Members", ", ".join(pack.name(ref) for ref in board.members) or Missing("not named")),
        ("Quorum", _quorum(found)),
        ("May decide", ", ".join(parts) or Missing("no delegated limit is stated")),
        ("Terms of reference", board.terms_of_reference or Missing("not written down")),
    )


def _quorum(found: Meeting) -> Cell:
    board = found.board
    if board.quorum is None:
        return Missing("not stated")
    if found.is_quorate is None or found.day is None:
        return board.quorum
    away = ", ".join(each.label for each in found.away)
    said = f"{board.quorum} needed, {found.present} of {len(board.members)} can come"
    return Status("green" if found.is_quorate else "red", f"{said}; away: {away}" if away else said)


@section("agenda", order=20)
def to_decide(pack: Pack) -> Section:
    """Show each question with its options, by when, what waiting costs, and who may decide."""
    asked = asked_of(pack)
    found = next_meeting(pack.portfolio, board_of(pack))
    blocks: list[Block] = [agenda_item(pack, each, found) for each in asked[:MOST_ITEMS]]
    if not asked:
        blocks.append(Paragraph("No question waits for this board."))
    if len(asked) > MOST_ITEMS:
        blocks += [Subheading("More than one meeting can decide"), _later(pack, asked, found)]
    drafts = [
        each
        for each in pack.portfolio.related(board_of(pack), Decision, "board")
        if each.status == "draft"
    ]
    if drafts:
        names = "; ".join(f"{each.title} (by {in_words(each.needed_by)})" for each in drafts)
        blocks.append(Paragraph(Strong("In preparation: "), names))
    return Section("decide", "To decide", tuple(blocks))


def _later(pack: Pack, asked: Sequence[Decision], found: Meeting) -> Table:
    """Show in a line each what is needed after the first questions."""
    rows = tuple(
        (
            each.title,
            due_cell(pack, each),
            each.cost_of_delay_per_week or Missing("not stated"),
            authority_cell(pack, each),
            _when(pack, each, found),
        )
        for each in asked[MOST_ITEMS:]
    )
    columns = (
        Column("Question", wide=True),
        Column("Needed by"),
        Column.number("A week costs", "Stated with the question."),
        Column("Authority"),
        Column("Next", wide=True),
    )
    return Table(columns, rows)


def agenda_item(pack: Pack, decision: Decision, found: Meeting) -> Callout:
    """Return one question as the board needs it to answer in the room."""
    beyond = authority_sentence(pack, decision)
    recommended = decision.recommendation or "nothing is recommended"
    blocks: list[Block] = [
        Paragraph(Strong("Recommended: "), recommended.rstrip("."), "."),
        option_table(pack, decision),
        Paragraph(
            Strong("Waiting costs: "),
            *waiting_parts(decision, found.following, "the meeting after this one"),
        ),
        Paragraph(Strong("At stake: "), *stake_parts(pack, decision)),
    ]
    if beyond:
        to = authority(pack.portfolio, decision).escalate_to
        goes = f" It goes to {to.label}." if to else " No board's limit covers it."
        blocks.append(Paragraph(Strong("Beyond the limit: "), f"{beyond}.", goes))
    return Callout(
        "decision",
        decision.title,
        tuple(blocks),
        owner=f"presented by {pack.name(decision.raised_by) or 'nobody named'}",
        due=decision.needed_by,
        next_action=_when(pack, decision, found),
    )


def _when(pack: Pack, decision: Decision, found: Meeting) -> str:
    """Say what to do about the time: decide now, by circulation, or take it to the next one."""
    if authority(pack.portfolio, decision).verdict == "beyond":
        return "Recommend, and escalate."
    if decision.needed_by < pack.as_of:
        return "Decide now: the day has passed."
    if found.day is None:
        return "Agree a meeting, or decide by circulation."
    if decision.needed_by < found.day:
        return "Decide by circulation: it is needed before the meeting."
    if found.following is not None and decision.needed_by >= found.following:
        return f"Decide now, or at the latest on {in_words(found.following)}."
    return "Decide at this meeting: the next one is too late."


@section("agenda", order=30)
def from_below(pack: Pack) -> Section | None:
    """Show what other boards may not decide and this one may."""
    found = escalated_to(pack)
    if not found:
        return None
    return Section("escalated", "Escalated to this board", (_escalations(pack, found),))


def _escalations(pack: Pack, found: Sequence[Decision]) -> Table:
    rows = tuple(
        (
            each.title,
            pack.name(each.board),
            each.needed_by,
            authority_sentence(pack, each),
            each.recommendation or Missing("nothing is recommended"),
        )
        for each in found
    )
    columns = (
        Column("Question", wide=True),
        Column("Asked of"),
        Column("Needed by"),
        Column(
            "Beyond its limit",
            wide=True,
            formula="What the question is worth - what the board may decide alone.",
        ),
        Column("Recommended", wide=True),
    )
    return Table(columns, rows)
