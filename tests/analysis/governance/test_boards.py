"""Boards: when they meet, who can come, what they steer, and what they agreed."""

from __future__ import annotations

from datetime import date

import pytest

from portfolio.analysis.governance.boards import Meeting, actions_of, next_meeting, steered
from portfolio.model.governance import Board
from portfolio.view.view import View
from tests.portfolios import portfolio_of

PEOPLE = """
people:
  - {id: anna, name: Anna, leave: [{from: 2026-04-13, to: 2026-04-17}]}
  - {id: ben, name: Ben, end_date: 2026-04-15}
  - {id: cleo, name: Cleo}
"""


def meeting(fields: str) -> Meeting:
    found = portfolio_of(f"{PEOPLE}board: {{id: b, name: B, {fields}}}\n")
    (board,) = found.all(Board)
    return next_meeting(found, board)


@pytest.mark.parametrize(
    ("cadence", "previous", "following"),
    [
        ("1w", date(2026, 3, 25), date(2026, 4, 22)),
        ("1mo", date(2026, 3, 15), date(2026, 5, 15)),
        ("10cd", date(2026, 3, 26), date(2026, 4, 27)),
        ("3d", date(2026, 3, 30), date(2026, 4, 20)),
    ],
)
def test_the_meetings_around_are_a_cadence_away_on_working_days(
    cadence: str, previous: date, following: date
) -> None:
    found = meeting(f"next_meeting: 2026-04-15, cadence: {cadence}")
    assert (found.previous, found.following) == (previous, following)


def test_without_a_cadence_only_the_day_is_known() -> None:
    found = meeting("next_meeting: 2026-04-15")
    assert (found.day, found.following, found.previous) == (date(2026, 4, 15), None, None)


@pytest.mark.parametrize("fields", ["level: change", "next_meeting: 2026-03-30"])
def test_a_day_that_is_missing_or_has_passed_is_no_next_meeting(fields: str) -> None:
    assert meeting(fields).day is None


@pytest.mark.parametrize(("quorum", "is_quorate"), [(1, True), (2, False)])
def test_who_is_on_leave_or_has_left_does_not_count(quorum: int, *, is_quorate: bool) -> None:
    found = meeting(f"next_meeting: 2026-04-15, members: [anna, ben, cleo], quorum: {quorum}")
    assert [each.id for each in found.away] == ["anna", "ben"]
    assert (found.present, found.is_quorate) == (1, is_quorate)


def test_without_members_or_quorum_nobody_knows() -> None:
    assert meeting("next_meeting: 2026-04-15, quorum: 2").is_quorate is None
    assert meeting("next_meeting: 2026-04-15, members: [anna]").is_quorate is None


STEERING = """
people: [{id: anna, name: Anna}]
programme: {id: change, name: Change, sro: anna}
projects:
  - {id: p, name: P, sponsor: anna, programme: change}
  - {id: q, name: Q, sponsor: anna}
  - {id: r, name: R, sponsor: anna}
  - {id: gone, name: Gone, sponsor: anna, programme: change, status: closed}
boards:
  - {id: all, name: All, level: portfolio}
  - {id: some, name: Some, level: programme, steers: [change, q]}
  - {id: asked, name: Asked}
decisions: [{id: d, title: D, project: q, board: asked, needed_by: 2026-05-01}]
actions:
  - {id: a, text: A, project: r, owner: anna, source: asked}
  - {id: b, text: B, owner: anna, source: d}
  - {id: c, text: C, owner: anna, source: some}
  - {id: e, text: E, owner: anna}
"""


@pytest.fixture
def whole() -> View:
    return portfolio_of(STEERING)


@pytest.mark.parametrize(
    ("board", "projects"),
    [("all", ["p", "q", "r"]), ("some", ["p", "q"]), ("asked", ["q", "r"])],
)
def test_a_board_steers_what_it_names_else_all_else_what_asks_it(
    whole: View, board: str, projects: list[str]
) -> None:
    found = whole.find(board, Board)
    assert found is not None
    assert [each.id for each in steered(whole, found)] == projects


def test_actions_are_a_boards_by_itself_or_by_its_decisions(whole: View) -> None:
    found = whole.find("asked", Board)
    assert found is not None
    assert [each.id for each in actions_of(whole, found)] == ["a", "b"]
