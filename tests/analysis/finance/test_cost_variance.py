"""The outturn of a year and the accuracy of forecasts: the worked examples WE-09 and WE-54."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from portfolio.analysis.delivery.predictability import (
    cost_predictability,
    forecast_accuracy,
    forecast_stability,
    say_do,
)
from portfolio.analysis.finance.cost_variance import (
    burn,
    cost_variance,
    free_budget,
    outturn,
    price_volume,
    runway,
)
from portfolio.measure.measure import Measure

EXACT = 1e-6


def series(*values: float) -> list[Decimal]:
    return [Decimal(str(value)) for value in values]


def number(found: Measure[Decimal]) -> float | None:
    return None if found.value is None else float(found.value)


# WE-09: the year


def by_month(first: int, amounts: Sequence[int]) -> dict[str, Decimal]:
    return {f"2026-{first + n:02}": Decimal(amount) for n, amount in enumerate(amounts)}


def test_the_year_lands_where_actuals_and_forecast_meet() -> None:
    actual = by_month(1, (90, 110, 95, 120, 105, 130))
    expected = by_month(7, (115, 115, 120, 110, 100, 100))
    whole = outturn(actual, expected)
    assert whole == 1310
    year = cost_variance(Decimal(1200), whole)
    assert year.amount == -110
    assert float(100 * (year.share.value or 0)) == pytest.approx(-9.166666666666666, rel=EXACT)
    assert cost_variance(Decimal(600), sum(actual.values(), Decimal(0))).amount == -50
    pace = burn(list(actual.values()))
    assert number(pace) == pytest.approx(118.33333333333333, rel=EXACT)
    assert number(runway(Decimal(1200) - 650, pace)) == pytest.approx(4.647887323943662, rel=EXACT)


def test_a_month_with_both_counts_the_actual_only() -> None:
    assert outturn(by_month(1, (90, 110)), by_month(2, (500, 100))) == 300


def test_a_cost_above_its_budget_is_negative() -> None:
    assert cost_variance(Decimal(100), Decimal(120)).amount == -20
    assert cost_variance(Decimal(-100), Decimal(-80)).share.value == Decimal("-0.2")
    assert cost_variance(Decimal(0), Decimal(5)).share.code == "zero_denominator"


def test_price_and_volume_add_to_the_whole_variance() -> None:
    planned, actual = (Decimal(80), Decimal(100)), (Decimal(95), Decimal(90))
    parts = price_volume(planned, actual)
    assert parts.price + parts.volume == planned[0] * planned[1] - actual[0] * actual[1]


def test_money_that_does_not_burn_has_no_runway() -> None:
    assert burn([]).code == "no_data"
    assert runway(Decimal(10), burn([])).code == "no_data"
    assert runway(Decimal(10), Measure(Decimal(-5))).code == "zero_denominator"
    assert runway(Decimal(-10), Measure(Decimal(5))).value == 0


def test_what_is_ordered_is_no_longer_free() -> None:
    assert free_budget(Decimal(1000), Decimal(400), Decimal(250)) == 350


# WE-54 and 5.3: how good the forecasts were


def test_a_forecast_is_judged_by_what_happened() -> None:
    pairs = list(zip(series(100, 120, 80, 0, 150), series(110, 100, 90, 10, 150), strict=True))
    found = forecast_accuracy(pairs)
    assert float(100 * (found.absolute.value or 0)) == pytest.approx(11.11111111111111, rel=EXACT)
    assert float(100 * (found.mean.value or 0)) == pytest.approx(9.791666666666666, rel=EXACT)
    assert float(100 * (found.bias.value or 0)) == pytest.approx(2.2222222222222223, rel=EXACT)
    assert found.skipped == 1


def test_the_mean_error_agrees_with_a_published_one() -> None:
    pairs = list(zip(series(3, -0.5, 2, 7), series(2.5, 0, 2, 8), strict=True))
    assert number(forecast_accuracy(pairs).mean) == pytest.approx(0.3273809523809524, rel=EXACT)


def test_without_forecasts_or_costs_there_is_no_accuracy() -> None:
    assert forecast_accuracy([]).absolute.code == "no_data"
    nothing = forecast_accuracy([(Decimal(0), Decimal(5))])
    assert (nothing.absolute.code, nothing.mean.code, nothing.skipped) == (
        "zero_denominator", "zero_denominator", 1,
    )  # fmt: skip


def test_saying_and_doing_and_how_much_a_forecast_jumps() -> None:
    assert say_do(8, 10).value == Decimal("0.8")
    assert say_do(0, 0).code == "no_data"
    assert cost_predictability(Decimal(120), Decimal(100)).value == Decimal("0.2")
    assert cost_predictability(Decimal(1), Decimal(0)).code == "zero_denominator"
    finishes = [date(2026, 5, day) for day in (1, 15, 1, 15, 1, 15, 1, 1)]
    assert forecast_stability(finishes).value == 14 * 4
    assert forecast_stability(finishes[:1]).code == "no_data"
