"""How long boards take, with the open questions counted: worked example WE-56 and a textbook."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from portfolio.analysis.governance import decisions
from portfolio.model.governance import Decision
from portfolio.view.view import View
from tests.portfolios import portfolio_of

AS_OF = date(2026, 3, 27)
ASKED = """
decisions:
  - {id: d1, title: D1, raised_on: 2026-03-02, needed_by: 2026-03-09, status: decided,
     decided_on: 2026-03-10, cost_of_delay_per_week: 700}
  - {id: d2, title: D2, raised_on: 2026-03-05, needed_by: 2026-03-20, cost_of_delay_per_week: 1400}
  - {id: d3, title: D3, raised_on: 2026-03-09, needed_by: 2026-03-16, status: decided,
     decided_on: 2026-03-12}
  - {id: d4, title: D4, raised_on: 2026-03-16, needed_by: 2026-04-10}
"""


def asked(more: str = "") -> View:
    """Return the questions of WE-56, on the day of that example."""
    settings = "organisation: {name: Test, currency: GBP}\nas_of: 2026-03-27\n"
    return portfolio_of(ASKED + more, settings)


def record(more: str = "") -> decisions.DecisionRecord:
    return decisions.decision_record(asked(more).all(Decision), AS_OF)


def test_the_record_of_the_worked_example() -> None:
    found = record()
    assert found.latency.value == Decimal("5.5")
    assert [each.id for each in found.overdue] == ["d2"]
    assert found.on_time.value is not None
    assert round(found.on_time.value, 4) == Decimal("0.3333")
    assert (found.answered, found.ages) == ((8, 3), (22, 11))
    assert found.oldest.value == 22


def test_an_open_question_makes_the_median_longer_than_the_answers_alone() -> None:
    found = record()
    assert (found.latency.value, found.median_wait.value) == (Decimal("5.5"), 8)
    assert found.slow_wait.code == "out_of_range"
    assert found.slow_wait.reason == "more than 22 days"


def test_the_product_limit_estimate_of_a_textbook() -> None:
    """Remission under 6-MP (Freireich 1963): 9 of 21 relapsed, the median is 23 weeks."""
    relapsed = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    assert decisions.waiting_time(relapsed, censored).value == 23
    assert decisions.waiting_time(relapsed, censored, 0.25).value == 13
    assert decisions.waiting_time([], []).code == "no_data"
    assert decisions.waiting_time([], [40]).code == "out_of_range"


def test_drafts_and_withdrawn_questions_do_not_count_and_deferred_ones_wait() -> None:
    found = record("""
  - {id: d5, title: D5, raised_on: 2026-01-01, needed_by: 2026-02-01, status: draft}
  - {id: d6, title: D6, raised_on: 2026-01-01, needed_by: 2026-02-01, status: withdrawn}
  - {id: d7, title: D7, raised_on: 2026-02-27, needed_by: 2026-04-01, status: deferred}
  - {id: d8, title: D8, raised_on: 2026-03-28, needed_by: 2026-04-01}
  - {id: d9, title: D9, needed_by: 2026-04-01}
  - {id: d10, title: D10, raised_on: 2026-02-01, needed_by: 2026-03-01, status: decided}
""")
    assert [each.id for each in found.waiting] == ["d2", "d7", "d9", "d4"]
    assert (found.ages, found.undated) == ((22, 11, 28), 1)


def test_a_decision_taken_after_the_day_is_still_open_on_it() -> None:
    (d1, *_) = asked().all(Decision)
    assert decisions.is_waiting(d1, date(2026, 3, 9))
    assert not decisions.is_waiting(d1, date(2026, 3, 10))


def test_nothing_asked_gives_no_figures() -> None:
    found = decisions.decision_record([], AS_OF)
    assert {each.code for each in (found.latency, found.on_time, found.median_wait)} == {"no_data"}
    assert found.oldest.code == "no_data"


def test_waiting_costs_from_the_day_it_was_needed_until_the_answer() -> None:
    d1, d2, d3, d4 = asked().all(Decision)
    assert str(decisions.waiting_cost(d2, AS_OF).value) == "1400 GBP"
    assert str(decisions.waiting_cost(d2, date(2026, 4, 3)).value) == "2800 GBP"
    assert str(decisions.waiting_cost(d1, AS_OF).value) == "100 GBP"
    assert decisions.waiting_cost(d3, AS_OF).reason == "the cost of waiting is not stated"
    assert str(decisions.waiting_costs(asked(), [d1, d2, d4], AS_OF).value) == "1500 GBP"
    assert decisions.waiting_costs(asked(), [d4], AS_OF).code == "no_data"


def test_a_cost_in_another_currency_without_a_rate_makes_the_sum_unknown() -> None:
    found = asked("""
  - {id: d5, title: D5, needed_by: 2026-03-20, cost_of_delay_per_week: 70 EUR}
""")
    whole = decisions.waiting_costs(found, found.all(Decision), AS_OF)
    assert whole.reason == "no rate from EUR to GBP holds on 2026-03-27"
