"""Change to baselines: what was approved, how long requests wait, what drifted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from portfolio.analysis.governance.change_control import (
    ChangeState,
    change_state,
    cumulative_change,
    request_times,
    unauthorised_drift,
)
from portfolio.model.delivery.projects import Project
from portfolio.model.governance import ChangeRequest
from tests.portfolios import portfolio_of


def test_up_and_down_are_nothing_net_and_much_gross() -> None:
    found = cumulative_change([Decimal(100), Decimal(-100)], Decimal(500)).value
    assert found is not None
    assert [found.net, found.gross] == [0, Decimal("0.4")]


def test_nothing_approved_is_zero_and_no_original_is_unknown() -> None:
    found = cumulative_change([], Decimal(500)).value
    assert found is not None
    assert [found.net, found.gross] == [0, 0]
    assert cumulative_change([Decimal(1)], None).code == "no_data"
    assert cumulative_change([Decimal(1)], Decimal(0)).code == "zero_denominator"


def test_a_baseline_that_moved_by_what_was_approved_has_not_drifted() -> None:
    assert unauthorised_drift(Decimal(500), [Decimal(20)], Decimal(520)).value == 0
    assert unauthorised_drift(Decimal(500), [], Decimal(520)).value == 20
    assert unauthorised_drift(None, [], Decimal(520)).code == "no_data"
    assert unauthorised_drift(Decimal(500), [], None).code == "no_data"


def test_median_and_ninth_decile_of_decided_requests_and_the_age_of_open_ones() -> None:
    requests = [
        ChangeRequest(id=f"d{days}", raised_on=date(2026, 1, 1), decided_on=date(2026, 1, 1 + days))
        for days in (2, 4, 6, 8, 20)
    ]
    open_ = [
        ChangeRequest(id="young", raised_on=date(2026, 3, 21), status="submitted"),
        ChangeRequest(id="old", raised_on=date(2026, 3, 1), status="assessed"),
        ChangeRequest(id="gone", raised_on=date(2026, 3, 1), status="withdrawn"),
        ChangeRequest(id="undated", status="submitted"),
    ]
    found = request_times([*requests, *open_], date(2026, 3, 31))
    assert found.decided == 5
    assert found.median.value == 6
    assert float(found.nine_in_ten.value or 0) == 15.2
    assert [(each.id, age) for each, age in found.waiting] == [("old", 30), ("young", 10)]


def test_nothing_decided_is_no_data_and_not_zero_days() -> None:
    found = request_times([], date(2026, 3, 31))
    assert (found.median.code, found.nine_in_ten.code, found.waiting) == ("no_data", "no_data", ())


ATLAS = """
people: [{id: anna, name: Anna Sample}]
project:
  id: atlas
  name: Atlas
  sponsor: anna
  start: 2026-01-05
  baselines:
    - {id: v1, version: 1, bac: 500000, finish: 2026-05-22}
    - {id: v2, version: 2, bac: 545000, finish: 2026-06-05, change_request: more}
change_requests:
  - {id: more, project: atlas, title: More, status: implemented, impact: {cost: 20000, time: 10d},
     baseline_after: atlas.v2}
  - {id: less, project: atlas, title: Less, status: approved, impact: {cost: -5000}}
  - {id: euro, project: atlas, title: Euro, status: approved, impact: {cost: 900 EUR, time: 2w}}
  - {id: asked, project: atlas, title: Asked, status: submitted, impact: {cost: 99000}}
"""


def state_of(text: str) -> ChangeState:
    portfolio = portfolio_of(text)
    return change_state(portfolio, portfolio.all(Project)[0])


def test_a_project_absorbed_change_and_drifted_beyond_it() -> None:
    found = state_of(ATLAS)
    assert found.cost.value is not None
    assert (found.cost.value.net, found.cost.value.gross) == (Decimal("0.03"), Decimal("0.05"))
    # 99 working days from 5 January to 22 May; ten and ten more were approved.
    assert found.time.value is not None
    assert found.time.value.net == Decimal(20) / 99
    assert [found.cost_drift.value, found.time_drift.value] == [25000, 0]
    assert (found.approved, found.open) == (3, 1)


def test_without_baselines_nothing_is_known() -> None:
    found = state_of("people: [{id: anna, name: Anna}]\nproject: {id: a, name: A, sponsor: anna}\n")
    codes = [m.code for m in (found.cost, found.time, found.cost_drift, found.time_drift)]
    assert codes == ["no_data"] * 4


def test_budgets_in_two_currencies_are_not_compared() -> None:
    assert state_of(ATLAS.replace("bac: 545000", "bac: 545000 EUR")).cost_drift.code == "no_data"
