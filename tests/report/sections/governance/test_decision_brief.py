"""What pages say of one decision, in the cases that a page seldom has."""

from __future__ import annotations

import pytest

from portfolio.model.governance import Decision
from portfolio.report.formatting import in_words
from portfolio.report.pack import Pack
from portfolio.report.sections.governance.decision_brief import (
    authority_cell,
    option_table,
    stake_parts,
    waiting_parts,
)
from tests.portfolios import portfolio_of

BOARDS = """
people: [{id: anna, name: Anna Sample}]
boards: [{id: small, name: Small, delegated_limit: {cost: 5000, time: 5d}}, {id: free, name: Free}]
customer: {id: acme, name: Acme, account_owner: anna}
contract: {id: deal, title: Deal, customer: acme, value: 100000, damages: [{milestone: p.live,
  rate: 700, per: day}]}
project:
  id: p
  name: Pipe
  sponsor: anna
  milestones:
    - {id: live, name: Live, baseline: 2026-06-01, forecast: 2026-06-01, contract: deal}
    - {id: side, name: Side, baseline: 2026-06-01, forecast: 2026-06-01}
"""


def asked(fields: str) -> tuple[Pack, Decision]:
    found = portfolio_of(
        f"{BOARDS}decision: {{id: d, title: D, needed_by: 2026-05-01, {fields}}}\n"
    )
    (decision,) = found.all(Decision)
    return Pack(found), decision


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ("board: free, options: [{name: A, cost: 1}]", "no limit stated"),
        ("board: small, options: [{name: A, cost: 9000}]", "■ beyond every board's limit"),
        ("board: small, options: [{name: A, cost: 9}]", "● within limit"),
        ("board: small, options: [A]", "no figures to judge by"),
    ],
)
def test_authority_is_said_even_where_it_is_not_known(fields: str, words: str) -> None:
    assert in_words(authority_cell(*asked(fields))) == words


def test_a_board_without_a_limit_may_not_be_said_to_decide() -> None:
    table = option_table(*asked("board: free, options: [{name: A, cost: 1}]"))
    assert in_words(table.rows[0][-1]) == "no limit stated"


def test_waiting_before_the_day_costs_nothing_yet() -> None:
    _, decision = asked("cost_of_delay_per_week: 700")
    assert in_words(waiting_parts(decision, None, "then")) == (
        "700 GBP for each week after 1 May 2026."
    )


def test_what_is_at_stake_names_what_waits() -> None:
    both = "affects: [p.live, p.side]"
    assert in_words(stake_parts(*asked(both))) == (
        "4,900 GBP for a week, 9,800 GBP for two if Live and Side slip."
    )
    assert in_words(stake_parts(*asked("affects: [p.side]"))).startswith("nothing priced for")
