"""What a contract earns, held against the worked examples WE-10 to WE-13, WE-16 and WE-17."""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate

import pytest

from portfolio.analysis.commercial.revenue_recognition import (
    Account,
    authorised_burn,
    backlog,
    concentration,
    contract_balance,
    incentive_fee,
    onerous_provision,
    percent_complete,
    retention,
    weighted_pipeline,
)
from portfolio.measure.measure import every

EXACT = 1e-6


def decimals(*values: float) -> list[Decimal]:
    return [Decimal(str(value)) for value in values]


def test_revenue_is_recognised_as_work_is_done() -> None:
    costs = list(accumulate(decimals(1000000, 3000000, 4000000)))
    estimates = [c + e for c, e in zip(costs, decimals(5000000, 4000000, 0), strict=True)]
    found = every(map(percent_complete, costs, estimates)).value
    assert found is not None
    assert [round(float(each), 4) for each in found] == [0.1667, 0.5, 1.0]
    assert [float(each * 9000000) for each in found] == [1500000, 4500000, 9000000]


def test_an_expected_loss_is_taken_at_once_and_whole() -> None:
    assert onerous_provision(Decimal(3900), Decimal(4000)) == 100
    assert onerous_provision(Decimal(3900), Decimal(3000)) == 0


def test_without_expected_cost_nothing_is_complete() -> None:
    assert percent_complete(Decimal(5), Decimal(0)).code == "zero_denominator"
    assert percent_complete(Decimal(12), Decimal(10)).value == 1


def test_backlog_balance_and_pipeline() -> None:
    share = percent_complete(Decimal(930000), Decimal(1860000)).value
    assert share == Decimal("0.5")
    done = share * 2400000
    assert backlog(Decimal(2400000), done) == 1200000
    assert contract_balance(done, Decimal(1300000)) == -100000
    assert weighted_pipeline([(Decimal(100), Decimal("0.3"))]) == 30


def test_authorised_days_burn_down() -> None:
    found = authorised_burn(Decimal(800), Decimal(560), decimals(70, 80, 90), Decimal(310))
    assert found.consumed.value == Decimal("0.7")
    assert [found.remaining, found.per_month.value, found.months_left.value] == decimals(240, 80, 3)
    assert found.overrun == 70


def test_what_does_not_burn_has_no_end() -> None:
    idle = authorised_burn(Decimal(800), Decimal(560), decimals(0, 0, 0), Decimal(0))
    assert idle.months_left.code == "zero_denominator"
    fresh = authorised_burn(Decimal(0), Decimal(0), [], Decimal(0))
    assert (fresh.consumed.code, fresh.months_left.code) == ("zero_denominator", "no_data")


def test_growth_does_not_hide_what_was_lost() -> None:
    accounts = [
        Account(*decimals(400, 400, 440)),
        Account(*decimals(250, 0, 0)),
        Account(*decimals(300, 240, 240)),
        Account(*decimals(50, 50, 60)),
    ]
    found = retention(accounts).value
    assert found is not None
    assert [float(each) for each in (found.gross, found.net, found.customers)] == [0.69, 0.74, 0.75]
    assert retention([Account(*decimals(0, 0, 10))]).code == "zero_denominator"


def test_how_much_hangs_on_few_customers() -> None:
    names = ("C1", "C2", "C3", "C4")
    found = concentration(dict(zip(names, decimals(400, 250, 300, 50), strict=True))).value
    assert found is not None
    assert float(found.index) == pytest.approx(0.315, rel=EXACT)
    assert float(found.top_three) == pytest.approx(0.95, rel=EXACT)
    assert concentration({}).code == "zero_denominator"


def test_savings_and_overruns_are_shared_down_to_the_lowest_fee() -> None:
    target, share = Decimal(1000000), Decimal("0.2")
    clause = (target, Decimal(75000), share)
    found = incentive_fee(*clause, Decimal(1100000), Decimal(40000), Decimal(120000))
    assert [found.fee, found.price, found.floor_cost] == decimals(55000, 1155000, 1175000)
    assert incentive_fee(*clause, Decimal(2000000), Decimal(40000)).fee == 40000
    assert incentive_fee(*clause, Decimal(100000), None, Decimal(120000)).fee == 120000
    assert incentive_fee(*clause, Decimal(1100000)).floor_cost is None
