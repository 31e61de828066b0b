"""Earned value and earned schedule, held against the worked examples WE-01 to WE-08."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.analysis.finance.earned_schedule import (
    TimePerformance,
    earned_schedule,
    planned_duration,
)
from portfolio.analysis.finance.earned_value import (
    EarnedValue,
    estimate_range,
    estimates,
    pooled_earned_value,
    recent_cost_performance,
    to_complete_performance_index,
)
from portfolio.measure.measure import Measure

EXACT = 1e-6


def figures(bac: float, pv: float, ev: float, ac: float) -> EarnedValue:
    return EarnedValue(*(Decimal(str(each)) for each in (bac, pv, ev, ac)))


def series(*values: float) -> list[Decimal]:
    return [Decimal(str(value)) for value in values]


def number(found: Measure[Decimal]) -> float | None:
    return None if found.value is None else float(found.value)


def family(found: EarnedValue, bottom_up: float | None = None) -> dict[str, float | None]:
    detailed = None if bottom_up is None else Decimal(str(bottom_up))
    return {each.method: number(each.value) for each in estimates(found, bottom_up=detailed)}


# WE-01, WE-02, WE-03: variances, indices, the family of estimates


def test_the_core_of_earned_value() -> None:
    found = figures(500000, 250000, 200000, 290000)
    assert [found.cost_variance, found.schedule_variance] == series(-90000, -50000)
    assert number(found.cost_performance_index) == pytest.approx(0.6896551724137931, rel=EXACT)
    assert number(found.schedule_performance_index) == pytest.approx(0.8, rel=EXACT)
    assert number(to_complete_performance_index(found)) == pytest.approx(1.4285714, rel=EXACT)
    by_cost = Decimal(725000)
    assert number(to_complete_performance_index(found, by_cost)) == pytest.approx(
        0.6896551724137931, rel=EXACT
    )


def test_the_family_of_estimates_is_shown_as_a_range() -> None:
    found = figures(500000, 250000, 200000, 290000)
    assert family(found) == {
        "remaining_at_budget": pytest.approx(590000, rel=EXACT),
        "cost_performance": pytest.approx(725000, rel=EXACT),
        "cost_and_schedule_performance": pytest.approx(833750, rel=EXACT),
        "weighted_performance": pytest.approx(711511.6279069767, rel=EXACT),
        "bottom_up": None,
        "recent_cost_performance": None,
    }
    spread = estimate_range(found).value
    assert spread is not None
    assert [float(v) for v in (spread.low, spread.selected, spread.high)] == [
        pytest.approx(590000), pytest.approx(725000), pytest.approx(833750),
    ]  # fmt: skip
    assert spread.method == "cost_performance"


def test_a_published_project_in_its_third_period() -> None:
    found = figures(100000, 40000, 35000, 36000)
    assert [found.cost_variance, found.schedule_variance] == series(-1000, -5000)
    assert number(found.schedule_performance_index) == 0.875
    assert number(found.cost_performance_index) == pytest.approx(0.9722222222222222, rel=EXACT)
    assert family(found)["cost_performance"] == pytest.approx(102857.14285714286, rel=EXACT)
    assert number(to_complete_performance_index(found)) == pytest.approx(1.015625, rel=EXACT)


def test_what_people_expect_to_spend_is_selected_where_it_is_young() -> None:
    found = figures(200000, 80000, 60000, 70000)
    assert family(found, 150000) == {
        "remaining_at_budget": pytest.approx(210000, rel=EXACT),
        "cost_performance": pytest.approx(233333.33333333334, rel=EXACT),
        "cost_and_schedule_performance": pytest.approx(287777.7777777778, rel=EXACT),
        "weighted_performance": pytest.approx(237521.3675213675, rel=EXACT),
        "bottom_up": pytest.approx(220000, rel=EXACT),
        "recent_cost_performance": None,
    }
    young = estimate_range(found, bottom_up=Decimal(150000)).value
    old = estimate_range(found, bottom_up=Decimal(150000), is_current=False).value
    assert young is not None
    assert old is not None
    assert (young.method, float(young.selected)) == ("bottom_up", 220000.0)
    assert old.method == "cost_performance"


def test_before_a_fifth_is_done_an_index_is_too_early() -> None:
    spread = estimate_range(figures(1000, 100, 100, 200)).value
    assert spread is not None
    assert (spread.method, spread.is_early) == ("remaining_at_budget", True)
    assert spread.selected == 1100


def test_the_last_three_periods_give_an_index_of_their_own() -> None:
    months = [figures(1000, 0, 100 * n, 100 * n + (50 * max(0, n - 1))) for n in range(1, 5)]
    recent = recent_cost_performance(months)
    assert number(recent) == pytest.approx(300 / 450)
    assert number(estimates(months[-1], recent_index=recent)[-1].value) == pytest.approx(
        550 + 600 * 450 / 300
    )
    assert recent_cost_performance(months[:3]).code == "small_sample"


def test_a_portfolio_is_pooled_and_never_averaged() -> None:
    good, bad = figures(900, 500, 500, 400), figures(100, 50, 40, 80)
    both = pooled_earned_value([good, bad])
    assert number(both.cost_performance_index) == 1.125
    assert pooled_earned_value([]).cost_performance_index.code == "not_started"


# WE-04: edge cases


@pytest.mark.parametrize(
    ("given", "cpi", "spi", "by_cost", "at_budget", "tcpi", "reason"),
    [
        ((100, 0, 0, 0), None, None, None, 100, 1.0, ""),
        ((100, 20, 0, 15), 0.0, 0.0, None, 115, 1.1764705882352942, ""),
        ((100, 20, 10, 0), None, 0.5, None, 90, 0.9, ""),
        ((100, 90, 80, 105), 0.7619047619047619, 0.8888888888888888, 131.25, 125, None,
         "unreachable"),
        ((100, 100, 100, 120), 0.8333333333333334, 1.0, 120.0, 120, None, "finished"),
    ],
)  # fmt: skip
def test_what_has_no_value_is_never_shown_as_nought(
    given: tuple[int, int, int, int],
    cpi: float | None,
    spi: float | None,
    by_cost: float | None,
    at_budget: float,
    tcpi: float | None,
    reason: str,
) -> None:
    found = figures(*given)
    assert number(found.cost_performance_index) == (cpi and pytest.approx(cpi))
    assert number(found.schedule_performance_index) == (spi and pytest.approx(spi))
    assert family(found)["cost_performance"] == (by_cost and pytest.approx(by_cost))
    assert family(found)["remaining_at_budget"] == at_budget
    needed = to_complete_performance_index(found)
    assert number(needed) == (tcpi and pytest.approx(tcpi))
    assert needed.code == reason


def test_the_reasons_tell_a_project_that_has_not_started_from_one_that_spent_nothing() -> None:
    assert figures(100, 0, 0, 0).cost_performance_index.code == "not_started"
    assert figures(100, 20, 10, 0).cost_performance_index.code == "zero_denominator"
    assert figures(100, 0, 10, -5).cost_performance_index.code == "zero_denominator"
    assert estimate_range(figures(0, 0, 0, 10)).code == "no_data"
    assert figures(100, 100, 100, 120).is_finished


# WE-05 to WE-08: earned schedule

WORKING_DAYS = series(1.0, 2.0, 13 / 3, 20 / 3, 9.0, 31 / 3, 38 / 3, 15.0, 16.0)


def test_earned_schedule_on_working_days() -> None:
    earned = earned_schedule(WORKING_DAYS, Decimal("8.2"))
    assert number(earned) == pytest.approx(4.657142857142857, rel=EXACT)
    assert earned.value is not None
    time = TimePerformance(Decimal(planned_duration(WORKING_DAYS)), earned.value, Decimal(5))
    assert time.duration == 9
    assert float(time.variance) == pytest.approx(-0.3428571428571434, rel=EXACT)
    assert number(time.index) == pytest.approx(0.9314285714285713, rel=EXACT)
    assert number(time.forecast()) == pytest.approx(9.342857142857143, rel=EXACT)
    assert number(time.forecast(time.index)) == pytest.approx(9.662576687116566, rel=EXACT)


def test_earned_schedule_in_months() -> None:
    time = TimePerformance(Decimal(10), Decimal("4.5"), Decimal(6))
    index = time.index
    assert index.value is not None
    assert (float(time.variance), number(index)) == (-1.5, 0.75)
    assert number(time.forecast()) == 11.5
    assert number(time.forecast(index)) == pytest.approx(13.333333333333332, rel=EXACT)
    with_cost = Measure(index.value * Decimal("0.9"))
    assert number(time.forecast(with_cost)) == pytest.approx(14.148148148148147, rel=EXACT)
    assert number(time.to_complete_index) == 1.375


def test_spi_ends_at_one_although_late_and_spi_of_time_does_not() -> None:
    planned = series(10, 20, 30, 40, 50, 60, 70, 80, 90, 100)
    earned = series(8, 16, 24, 32, 40, 49, 57, 66, 75, 84, 92, 100)
    in_work, in_time = [], []
    for month, value in enumerate(earned, 1):
        due = planned[min(month, len(planned)) - 1]
        in_work.append(round(float(value / due), 3))
        found = earned_schedule(planned, value).value
        assert found is not None
        index = TimePerformance(Decimal(10), found, Decimal(month)).index.value
        assert index is not None
        in_time.append(round(float(index), 3))
    assert in_work == [0.8, 0.8, 0.8, 0.8, 0.8, 0.817, 0.814, 0.825, 0.833, 0.84, 0.92, 1.0]
    assert in_time == [0.8, 0.8, 0.8, 0.8, 0.8, 0.817, 0.814, 0.825, 0.833, 0.84, 0.836, 0.833]


@pytest.mark.parametrize(("earned", "expected"), [(0, 0), (40, 4), (100, 6), (-3, 0), (55, 4.5)])
def test_a_planned_pause_is_credited_and_the_plan_ends_when_all_is_planned(
    earned: int, expected: float
) -> None:
    planned = series(20, 40, 40, 40, 70, 100, 100)
    assert planned_duration(planned) == 6
    assert number(earned_schedule(planned, Decimal(earned))) == expected


def test_time_has_its_own_edge_cases() -> None:
    assert earned_schedule([], Decimal(5)).code == "no_data"
    assert earned_schedule(series(0, 0), Decimal(5)).code == "no_data"
    assert TimePerformance(Decimal(5), Decimal(0), Decimal(0)).index.code == "not_started"
    stuck = TimePerformance(Decimal(5), Decimal(0), Decimal(2))
    assert stuck.forecast(stuck.index).code == "zero_denominator"
    fresh = TimePerformance(Decimal(5), Decimal(0), Decimal(0))
    assert fresh.forecast(fresh.index).code == "not_started"
    late = TimePerformance(Decimal(5), Decimal(4), Decimal(6))
    assert late.to_complete_index.code == "unreachable"
    assert TimePerformance(Decimal(5), Decimal(5), Decimal(6)).to_complete_index.code == "finished"
