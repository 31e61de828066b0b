"""Who may decide: options against delegated limits, and the board that they go to instead."""

from __future__ import annotations

import pytest

from portfolio.analysis.governance.delegated_authority import Authority, authority
from portfolio.model.governance import Decision
from tests.portfolios import portfolio_of

BOARDS = """
boards:
  - {id: small, name: Small, delegated_limit: {cost: 10000, time: 5d}}
  - {id: middle, name: Middle, delegated_limit: {cost: 50000, time: 15d}}
  - {id: top, name: Top, delegated_limit: {cost: 900000}}
  - {id: bare, name: Bare}
"""


def judged(text: str) -> Authority:
    found = portfolio_of(f"{BOARDS}decision: {{id: d, title: D, needed_by: 2026-05-01, {text}}}\n")
    (decision,) = found.all(Decision)
    return authority(found, decision)


@pytest.mark.parametrize(
    ("text", "verdict", "to"),
    [
        ("board: small, options: [{name: Buy, cost: 10000}]", "within", None),
        ("board: small, options: [{name: Buy, cost: 10001}]", "beyond", "middle"),
        ("board: small, options: [{name: Buy, cost: 60000}]", "beyond", "top"),
        ("board: small, options: [{name: Buy, cost: 1000000}]", "beyond", None),
        ("board: small, options: [{name: Wait, time: 6d}]", "beyond", "middle"),
        ("board: small, options: [{name: Wait, time: 2mo}]", "within", None),
        ("board: small, options: [{name: Buy, cost: 20000 EUR}]", "within", None),
        ("board: small, options: [{name: A, cost: 1}, {name: B, cost: 20000}]",
         "in part", "middle"),
        ("board: small, options: [A, B]", "no figures", None),
        ("board: bare, options: [{name: Buy, cost: 10001}]", "no limit", None),
        ("options: [{name: Buy, cost: 10001}]", "no board", None),
    ],
)  # fmt: skip
def test_a_board_may_decide_up_to_its_limit(text: str, verdict: str, to: str | None) -> None:
    found = judged(text)
    assert (found.verdict, found.escalate_to and found.escalate_to.id) == (verdict, to)


TWO = "board: small, options: [{name: Rent, cost: 1}, {name: Rent and buy, cost: 20000}]"


def test_only_what_is_recommended_or_decided_is_judged() -> None:
    assert judged(f"{TWO}, recommendation: Rent.").verdict == "within"
    beyond = judged(f"{TWO}, recommendation: Rent and buy.")
    assert (beyond.verdict, beyond.excesses[0].option.name) == ("beyond", "Rent and buy")
    taken = "status: decided, decided_on: 2026-03-01"
    assert (
        judged(f"{TWO}, recommendation: Rent., {taken}, outcome: Rent and buy").verdict == "beyond"
    )
