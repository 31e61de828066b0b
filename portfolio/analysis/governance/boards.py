"""Boards: what each steers, when it meets, and whether it will be able to decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.commercial.contract_renewal import before
from portfolio.measure.measure import Measure, share
from portfolio.model.delivery.projects import Project
from portfolio.model.governance import Action, Board, Decision
from portfolio.model.resources import Person
from portfolio.network.calendars import days_later, named_calendar
from portfolio.values import Duration
from portfolio.view.lifecycle import is_over

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portfolio.view.view import View


@dataclass(frozen=True, slots=True)
class Meeting:
    """The next meeting of a board: its day, the one after, the one before, and who cannot come.

    Days are None where the board states no next meeting, or one that has passed; ``following`` and
    ``previous`` also where it states no cadence.
    """

    board: Board
    day: date | None
    following: date | None
    previous: date | None
    away: tuple[Person, ...]

    @property
    def present(self) -> int:
        """Return how many members can come."""
        return len(self.board.members) - len(self.away)

    @property
    def is_quorate(self) -> bool | None:
        """Tell whether enough can come; None where no quorum or no member is stated."""
        if self.board.quorum is None or not self.board.members:
            return None
        return self.present >= self.board.quorum


def next_meeting(portfolio: View, board: Board) -> Meeting:
    """Return the next meeting of a board on or after the status date.

    The meeting after it and the last one before today are cadences away, weeks being calendar
    weeks; one that falls on a free day of the organisation's calendar is on the next working day.
    Away is who is on leave that day, or has left by then.

    Source: question 1 of governance: what must be decided, by when.
    """
    day = board.next_meeting
    if day is None or day < portfolio.as_of:
        return Meeting(board, None, None, None, ())
    away = tuple(
        person
        for ref in board.members
        if (person := portfolio.find(ref, Person)) is not None and _is_away(person, day)
    )
    if board.cadence is None or board.cadence.amount <= 0:
        return Meeting(board, day, None, None, away)
    calendar, length = named_calendar(portfolio), _weeks_of_seven(board.cadence)
    following = calendar.next_working_day(days_later(day, length, calendar))
    previous = before(day, length, calendar)
    while previous > portfolio.as_of:
        previous = before(previous, length, calendar)
    return Meeting(board, day, following, previous, away)


def _weeks_of_seven(cadence: Duration) -> Duration:
    """Return a cadence in calendar days where it is in weeks: boards meet on Wednesdays."""
    return Duration(cadence.amount * 7, "cd") if cadence.unit == "w" else cadence


def _is_away(person: Person, day: date) -> bool:
    if person.end_date is not None and person.end_date <= day:
        return True
    return any(leave.from_ <= day <= leave.to for leave in person.leave)


def steered(portfolio: View, board: Board) -> tuple[Project, ...]:
    """Return the projects that a board steers, those that are over left out.

    What its ``steers`` names: projects, or all of a programme or a portfolio. Without it a
    portfolio board steers every project, and another board those that ask it for decisions or
    owe it actions.

    Source: domain convention of this toolkit.
    """
    live = [each for each in portfolio.all(Project) if not is_over(each)]
    named = {ref.id for ref in board.steers}
    if named:
        return tuple(each for each in live if named & _memberships(each))
    if board.level == "portfolio":
        return tuple(live)
    decisions = portfolio.related(board, Decision, "board")
    actions = portfolio.related(board, Action, "source")
    named_in = (*(each.project for each in decisions), *(each.project for each in actions))
    asked = {ref.id for ref in named_in if ref is not None}
    return tuple(each for each in live if each.id in asked)


def _memberships(project: Project) -> set[str]:
    return {
        project.id,
        *(ref.id for ref in (project.programme, project.portfolio) if ref is not None),
    }


def actions_of(portfolio: View, board: Board) -> tuple[Action, ...]:
    """Return the actions that a board agreed, or that come from a decision it was asked for.

    Source: domain convention of this toolkit.
    """
    asked = {each.id for each in portfolio.related(board, Decision, "board")}
    return tuple(
        each
        for each in portfolio.all(Action)
        if each.source_ is not None and (each.source_.id == board.id or each.source_.id in asked)
    )


def action_closure(
    actions: Iterable[tuple[date, date | None]], start: date, end: date
) -> Measure[Decimal]:
    """Return the share of the actions due in a period that were done by their day.

    closure = done on or before due / due in the period (first and last day included); each pair is
    (due, done_on). None due: no_data.

    Source: domain convention of this toolkit.

    >>> action_closure([(date(2026, 3, 2), date(2026, 3, 2)), (date(2026, 3, 9), None)],
    ...                date(2026, 3, 1), date(2026, 3, 31)).value
    Decimal('0.5')
    """
    due = [(day, done) for day, done in actions if start <= day <= end]
    return share((done is not None and done <= day for day, done in due), "no action was due")
