"""An exception report: which tolerance is left, why, which ways there are, who decides."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.governance.boards import next_meeting, steered
from portfolio.analysis.governance.delegated_authority import excess, named_option
from portfolio.analysis.governance.project_health import health
from portfolio.analysis.governance.tolerances import exceptions_of, tolerance_uses
from portfolio.model.governance import Board, Decision, ExceptionReport
from portfolio.model.risk import Issue
from portfolio.report.blocks import (
    Block,
    Callout,
    Column,
    Missing,
    Paragraph,
    Section,
    Source,
    Strong,
    Subheading,
    Table,
)
from portfolio.report.formatting import in_words, sentence
from portfolio.report.section import section
from portfolio.report.sections.delivery.highlight_status import project_of
from portfolio.report.sections.governance.decision_brief import OPTION_COLUMNS, option_cells
from portfolio.report.sections.governance.tolerance_status import tolerance_chart, used_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portfolio.analysis.governance.tolerances import ToleranceUse
    from portfolio.model.governance import Option
    from portfolio.report.blocks import Inline
    from portfolio.report.pack import Pack


def is_exception(pack: Pack) -> bool:
    """Tell whether the project leaves a tolerance, or has reported that it will."""
    return bool(exceptions_of(pack.portfolio, project_of(pack))) or reported(pack) is not None


def reported(pack: Pack) -> ExceptionReport | None:
    """Return the newest exception report that is open or approved, if there is one."""
    found = [
        each
        for each in pack.portfolio.related(project_of(pack), ExceptionReport, "project")
        if each.status in {"open", "approved"} and each.raised_on <= pack.as_of
    ]
    return max(found, key=lambda each: (each.raised_on, each.id), default=None)


@section("exception", order=10)
def tolerance(pack: Pack) -> Section:
    """Say whether the project is within its tolerances, and how much of each is used."""
    project = project_of(pack)
    uses = tolerance_uses(pack.portfolio, project)
    blocks: tuple[Block, ...] = (Paragraph(*_verdict(pack, uses)), tolerance_chart(pack, project))
    return Section("tolerance", "Tolerances", blocks)


def _verdict(pack: Pack, uses: Sequence[ToleranceUse]) -> tuple[str | Strong, ...]:
    """Say in one sentence whether there is an exception."""
    name = project_of(pack).label
    left = [each for each in uses if each.is_exception]
    measured = [each for each in uses if each.use.value is not None]
    if left:
        which = ", ".join(f"{each.dimension} ({used_in_words(each)})" for each in left)
        return (Strong(f"{name} leaves its tolerance: "), f"{which}.")
    if not measured:
        return (Strong(f"{name}: "), "no tolerance can be measured, so nobody can be out of one.")
    used = ", ".join(f"{each.dimension} {used_in_words(each)}" for each in measured)
    close = [each.dimension for each in measured if each.colour == "amber"]
    near = f" Close to its edge: {', '.join(close)}." if close else ""
    report = reported(pack)
    open_ = (
        f" The exception report of {in_words(report.raised_on)} can be closed." if report else ""
    )
    words = f" is within every tolerance that is measured ({used}); no exception report is due."
    return (Strong(name), f"{words}{near}{open_}")


@section("exception", order=20)
def what_happened(pack: Pack) -> Section | None:
    """Give the cause as reported, the facts that break the tolerance, and what is being done."""
    if not is_exception(pack):
        return None
    project, report = project_of(pack), reported(pack)
    cause: Inline = Missing("nobody has reported this exception; the facts below are all there is")
    if report is not None:
        cause = report.cause or Missing("the report states no cause")
    blocks: list[Block] = [Paragraph(Strong("Cause: "), cause)]
    facts = [r for r in health(pack.portfolio, project).reasons if r.is_exception]
    if facts:
        columns = (Column("Fact", wide=True), Column("Where it is written"))
        rows = tuple((sentence(r.sentence), Source(r.location)) for r in facts)
        blocks.append(Table(columns, rows))
    blocks += _plans(pack)
    return Section("cause", "What happened", tuple(blocks), _reported(pack, report))


def _reported(pack: Pack, report: ExceptionReport | None) -> str:
    if report is None:
        return "Not reported yet: raise an exception report with cause, options, recommendation."
    days = (pack.as_of - report.raised_on).days
    return (
        f"Reported on {in_words(report.raised_on)}, {days} days ago; the report is {report.status}."
    )


def _plans(pack: Pack) -> list[Block]:
    issues = [
        each
        for each in pack.portfolio.related(project_of(pack), Issue, "project")
        if each.status == "open"
    ]
    if not issues:
        return []
    columns = (Column("Open issue", wide=True), Column("Recovery plan", wide=True),
               Column("Owner"), Column("By"))  # fmt: skip
    rows = tuple(
        (each.title, each.recovery_plan or Missing("no recovery plan"), pack.named(each.owner),
         each.target_date or Missing("no date"))
        for each in issues
    )  # fmt: skip
    return [Subheading("What is being done"), Table(columns, rows)]


@section("exception", order=40)
def options(pack: Pack) -> Section | None:
    """Show the ways on, what is recommended, who may decide, and until when."""
    if not is_exception(pack):
        return None
    question = reported(pack) or _asked(pack)
    if question is None or not question.options:
        words = "Nobody has written down the ways on; to do nothing is one of them."
        return Section("options", "Options", (Paragraph(words),))
    board = deciding_board(pack, question)
    recommended = named_option(question, question.recommendation)
    rows = tuple(option_cells(each, recommended) for each in question.options)
    blocks = (Table(OPTION_COLUMNS, rows), _call(pack, question, board))
    return Section("options", "Options and recommendation", blocks)


def _asked(pack: Pack) -> Decision | None:
    """Return the open question about the project that is needed first, if one was asked."""
    found = [
        each
        for each in pack.portfolio.related(project_of(pack), Decision)
        if each.status in {"open", "deferred"}
    ]
    return min(found, key=lambda each: (each.needed_by, each.id), default=None)


def deciding_board(pack: Pack, question: Decision | ExceptionReport) -> Board | None:
    """Return who decides: the board that is asked already, else the smallest that may.

    Of the boards that steer the project it is the one with the smallest limit that covers the
    recommended option, or all of them where none is named; else a portfolio board.
    """
    portfolio, asked = pack.portfolio, _asked(pack)
    board = portfolio.find(asked.board, Board) if asked is not None else None
    if board is not None:
        return board
    named = named_option(question, question.recommendation)
    judged: Sequence[Option] = (named,) if named is not None else question.options
    steering = [
        each for each in portfolio.all(Board)
        if each.level in {"portfolio", "programme", "project", None}
        and project_of(pack) in steered(portfolio, each)
    ]  # fmt: skip
    able = [
        each for each in steering
        if each.delegated_limit is not None
        and not any(excess(portfolio, question, option, each) for option in judged)
    ]  # fmt: skip
    last = [each for each in steering if each.level == "portfolio"]
    return min(able, key=_limit, default=last[0] if last else None)


def _limit(board: Board) -> tuple[Decimal, str]:
    limit = board.delegated_limit
    cost = limit.cost if limit is not None else None
    return (cost.amount if cost is not None else Decimal("Infinity"), board.id)


def _call(pack: Pack, question: Decision | ExceptionReport, board: Board | None) -> Callout:
    asked = _asked(pack)
    recommended = question.recommendation or "nothing is recommended"
    body: list[Block] = [Paragraph(Strong("Recommended: "), recommended)]
    if board is None:
        title, action = "Nobody is named who may decide", "Name the board that steers this project."
    else:
        title = f"{board.label} decides"
        day = next_meeting(pack.portfolio, board).day
        meets = f"it meets on {in_words(day)}" if day else "its next meeting is not planned"
        action = f"{'It is asked already' if asked is not None else 'Ask it'}: {meets}."
    if asked is not None:
        body.append(Paragraph(Strong("Asked: "), asked.title))
    return Callout(
        "decision",
        title,
        tuple(body),
        owner=pack.name(board.chair) if board is not None else "",
        due=asked.needed_by if asked is not None else None,
        next_action=action,
    )
