"""Who may decide: the options of a decision against the delegated limits of boards."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from portfolio.measure.currency import convert
from portfolio.model.delivery.projects import Project
from portfolio.model.governance import Board, Decision
from portfolio.network.calendars import project_calendar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from portfolio.model.governance import ExceptionReport, Option
    from portfolio.values import Duration, Money
    from portfolio.view.view import View

Verdict = Literal["within", "beyond", "in part", "no limit", "no board", "no figures"]


@dataclass(frozen=True, slots=True)
class Excess:
    """An option that costs or takes more than a board may decide on its own."""

    option: Option
    asked: Money | Duration
    allowed: Money | Duration


@dataclass(frozen=True, slots=True)
class Authority:
    """Whether a board may decide: all that is judged, some of it (``in part``), or nothing.

    ``excesses`` are the options that it may not take; ``escalate_to`` is the board whose limit
    covers them, the lowest of those.
    """

    verdict: Verdict
    excesses: tuple[Excess, ...] = ()
    escalate_to: Board | None = None


def authority(portfolio: View, decision: Decision) -> Authority:
    """Return whether the board of a decision may take it on its own.

    Judged is the option that the outcome names, while it is open the one that the recommendation
    names, else every option with a cost or a time. Amounts are converted at the rate of the day of
    the decision, working time is compared in days of the project's calendar; calendar time and an
    amount without an exchange rate are not compared.

    Source: manage by exception as in PRINCE2; question 7 of governance: who may decide this.
    """
    board = portfolio.find(decision.board, Board)
    if board is None:
        return Authority("no board")
    if board.delegated_limit is None:
        return Authority("no limit")
    judged = judged_options(decision)
    if not judged:
        return Authority("no figures")
    found = [(each, excess(portfolio, decision, each, board)) for each in judged]
    beyond = tuple(each for _, each in found if each is not None)
    if not beyond:
        return Authority("within")
    verdict: Verdict = "beyond" if len(beyond) == len(judged) else "in part"
    options = [each.option for each in beyond]
    return Authority(verdict, beyond, _covering(portfolio, decision, options, board))


def judged_options(decision: Decision) -> Sequence[Option]:
    """Return the option that is taken or recommended, else all that state a cost or a time."""
    words = decision.outcome if decision.status == "decided" else decision.recommendation
    named = named_option(decision, words)
    if named is not None:
        return (named,)
    return tuple(each for each in decision.options if each.cost or each.time)


def named_option(question: Decision | ExceptionReport, words: str | None) -> Option | None:
    """Return the option whose name stands in a sentence; of several the longest name."""
    text = (words or "").lower()
    named = [each for each in question.options if each.name.lower() in text]
    return max(named, key=lambda each: len(each.name), default=None)


def excess(
    portfolio: View, question: Decision | ExceptionReport, option: Option, board: Board
) -> Excess | None:
    """Return by what an option is beyond a board's limit, the cost first; None where it is not."""
    limit = board.delegated_limit
    if limit is None:
        return None
    if option.cost is not None and limit.cost is not None:
        rates = portfolio.settings.exchange_rates
        cost = convert(option.cost, limit.cost.currency, _day(portfolio, question), rates).value
        if cost is not None and cost.amount > limit.cost.amount:
            return Excess(option, option.cost, limit.cost)
    if option.time is not None and limit.time is not None:
        project = portfolio.find(question.project, Project)
        per_day = project_calendar(portfolio, project).minutes_per_day
        taken, allowed = _days(option.time, per_day), _days(limit.time, per_day)
        if taken is not None and allowed is not None and taken > allowed:
            return Excess(option, option.time, limit.time)
    return None


def _day(portfolio: View, question: Decision | ExceptionReport) -> date:
    decided = question.decided_on if isinstance(question, Decision) else None
    return decided or portfolio.as_of


def _days(length: Duration, minutes_per_day: int) -> Decimal | None:
    """Return working days; calendar time cannot be compared with them."""
    if not length.is_working:
        return None
    return Decimal(length.working_minutes(minutes_per_day)) / minutes_per_day


def _covering(
    portfolio: View, decision: Decision, options: Sequence[Option], asked: Board
) -> Board | None:
    """Return the board with the smallest limit that covers every option, if there is one."""
    able = [
        each
        for each in portfolio.all(Board)
        if each.id != asked.id
        and each.delegated_limit is not None
        and all(excess(portfolio, decision, option, each) is None for option in options)
    ]
    return min(able, key=lambda each: (_size(each), each.id), default=None)


def _size(board: Board) -> Decimal:
    limit = board.delegated_limit
    return limit.cost.amount if limit is not None and limit.cost else Decimal("Infinity")
