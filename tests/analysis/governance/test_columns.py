"""The columns of `pmo show boards`, `decisions`, `actions`, `gates` and of control."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portfolio.analysis.columns import register_columns
from portfolio.measure import table as columns
from portfolio.measure.measure import Measure
from portfolio.measure.table import cell_text
from portfolio.model.delivery.projects import Project
from portfolio.model.governance import Action, Board, Decision, Gate
from tests.portfolios import portfolio_of

if TYPE_CHECKING:
    from portfolio.model.entity import Entity

register_columns()
TEXT = """
people: [{id: anna, name: Anna Sample}]
boards:
  - {id: top, name: Top, delegated_limit: {cost: 5000}}
  - {id: idle, name: Idle}
decisions:
  - {id: late, title: Late, board: top, raised_on: 2026-03-01, needed_by: 2026-03-17,
     cost_of_delay_per_week: 700, options: [{name: Buy, cost: 9000}]}
  - {id: taken, title: Taken, board: top, raised_on: 2026-03-01, needed_by: 2026-03-17,
     status: decided, decided_on: 2026-03-11, options: [{name: Rent, cost: 900}]}
  - {id: draft, title: Draft, board: idle, raised_on: 2026-03-01, needed_by: 2026-05-17,
     status: draft}
  - {id: undated, title: Undated, needed_by: 2026-05-17}
actions:
  - {id: a, text: A, owner: anna, due: 2026-03-21}
  - {id: b, text: B, owner: anna, due: 2026-04-21}
  - {id: c, text: C, owner: anna}
  - {id: d, text: D, owner: anna, due: 2026-03-21, status: done, done_on: 2026-03-21}
tier: {id: "3", required: [plan, gate]}
projects:
  - id: p
    name: P
    sponsor: anna
    status: delivering
    tier: 3
    start: 2026-01-01
    tolerances: {time: 10d}
    baseline_finish: 2026-06-01
    forecast_finish: 2026-06-08
    milestones: [{id: m, name: M, forecast: 2026-05-01}]
    gates:
      - {id: g, name: G, planned: 2026-02-02, actual: 2026-02-04, outcome: pass_with_conditions,
         conditions: [{text: One, due: 2026-03-01}, {text: Two, due: 2026-05-01},
                      {text: Three, due: 2026-03-01, met_on: 2026-03-01}]}
      - {id: h, name: H, planned: 2026-03-30}
      - {id: i, name: I}
  - {id: q, name: Q, sponsor: anna, status: closed, actual_finish: 2026-01-01}
  - {id: r, name: R, sponsor: anna}
"""


def table(kind: type[Entity], *names: str) -> dict[str, tuple[str, ...]]:
    """Return the chosen columns of a kind by id, unknown values as their reason."""
    portfolio = portfolio_of(TEXT)
    found = columns.rows(portfolio, kind, portfolio.all(kind), ("id", *names))
    return {row[0]: tuple(map(_shown, row[1:])) for row in found.rows}


def _shown(value: Any) -> str:  # noqa: ANN401
    is_unknown = isinstance(value, Measure) and value.value is None
    return value.reason if is_unknown else cell_text(value)


def test_boards_show_what_waits_for_them_and_how_long() -> None:
    names = ("decisions_open", "decisions_overdue", "median_wait_days", "decisions_on_time",
             "waiting_has_cost")  # fmt: skip
    assert table(Board, *names) == {
        "top": ("1", "1", "10", "0.5", "1400 GBP"),
        "idle": ("0", "0", "nothing was asked", "no decision was due",
                 "no cost of waiting is stated"),
    }  # fmt: skip


def test_decisions_show_how_long_they_wait_what_it_costs_and_who_may_decide() -> None:
    assert table(Decision, "wait_days", "overdue_days", "delay_cost", "board_may_decide") == {
        "late": ("30", "14", "1400 GBP", "beyond"),
        "taken": ("10", "it is decided", "the cost of waiting is not stated", "within"),
        "draft": ("it is draft", "it is draft", "the cost of waiting is not stated",
                  "no limit to judge by"),
        "undated": ("nobody wrote when it was asked", "0", "the cost of waiting is not stated",
                    "no board to judge by"),
    }  # fmt: skip


def test_actions_show_how_late_they_are() -> None:
    assert table(Action, "late_days") == {
        "a": ("10",), "b": ("0",), "c": ("no day is agreed",), "d": ("it is done",),
    }  # fmt: skip


def test_gates_show_their_open_conditions_and_their_delay() -> None:
    assert table(Gate, "conditions_open", "conditions_late", "gate_late_days") == {
        "p.g": ("2", "1", "2"), "p.h": ("0", "0", "1"), "p.i": ("0", "0", "no day is planned"),
    }  # fmt: skip


def test_projects_show_tolerance_use_reports_and_controls() -> None:
    names = ("tolerance_use", "report_age_days", "controls_kept", "controls_lacking")
    assert table(Project, *names) == {
        "p": ("time 0.5", "89", "0.5", "gate: H was planned for 2026-03-30"),
        "q": ("no tolerance can be measured", "the project is closed", "the project is closed",
              "the project is closed"),
        "r": ("no tolerance can be measured", "neither a report nor a start is known",
              "the project is not running", "the project is not running"),
    }  # fmt: skip
