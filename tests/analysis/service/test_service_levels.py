"""Service levels in figures, held against the worked examples WE-35 to WE-38 and WE-58."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from portfolio.analysis.service.error_budget import error_budget
from portfolio.analysis.service.kpi import (
    Colour,
    Direction,
    Level,
    colour_of,
    score,
    slope,
    target_health,
    trend,
)
from portfolio.analysis.service.service_levels import (
    Downtime,
    attainment,
    credit_share,
    downtime_minutes,
    in_series,
)

EXACT = 1e-6
TIERS = [(Decimal(b), Decimal(p)) for b, p in (("99.99", 10), ("99", 30), ("95", 100))]


def decimals(*values: float | str) -> list[Decimal]:
    return [Decimal(str(value)) for value in values]


def approximately(value: float) -> object:
    return pytest.approx(value, rel=EXACT)


# WE-35: error budget and burn


def test_an_error_budget_of_three_nines_over_thirty_days() -> None:
    month = Decimal(30 * 24 * 60)
    found = error_budget(Decimal("0.999"), month, Decimal("28.7"), month * 12 / 30).value
    assert found is not None
    assert float(found.budget) == approximately(43.2)
    assert float(found.remaining) == approximately(14.5)
    assert float(found.remaining_share) == approximately(0.3356481481481487)
    assert float(found.burn.value or 0) == approximately(1.660879629629628)


def test_at_a_burn_of_2_4_a_third_of_the_budget_lasts_four_days() -> None:
    day = Decimal(24 * 60)
    bad = Decimal("2.4") * Decimal("0.001") * day
    found = error_budget(Decimal("0.999"), 30 * day, Decimal("28.7"), 12 * day).value
    pace = error_budget(Decimal("0.999"), 30 * day, bad, day).value
    assert found is not None
    assert pace is not None
    assert pace.burn.value is not None
    days = found.remaining_share * 30 / pace.burn.value
    assert float(days) == approximately(4.195601851851859)


@pytest.mark.parametrize(("burn", "hours", "share"), [(14.4, 1, 2), (6, 6, 5), (1, 72, 10)])
def test_the_standard_alerts_spend_a_stated_share_of_the_budget(
    burn: float, hours: int, share: float
) -> None:
    month, hour = Decimal(30 * 24), Decimal(hours)
    bad = Decimal(str(burn)) * Decimal("0.001") * hour
    found = error_budget(Decimal("0.999"), month, bad, hour).value
    assert found is not None
    assert float(100 * (1 - found.remaining_share)) == approximately(share)
    assert float(found.burn.value or 0) == approximately(burn)


def test_a_burn_of_14_4_spends_a_month_in_fifty_hours() -> None:
    bad = Decimal("14.4") * Decimal("0.001")
    found = error_budget(Decimal("0.999"), Decimal(720), bad, Decimal(1)).value
    assert found is not None
    assert found.exhausted_in is not None
    assert float(found.exhausted_in + 1) == approximately(50)


def test_nothing_burns_and_it_lasts_for_ever() -> None:
    found = error_budget(Decimal("0.99"), Decimal(100), Decimal(0), Decimal(10)).value
    assert found is not None
    assert found.exhausted_in is None


def test_an_overspent_budget_is_negative_and_lasts_no_time() -> None:
    found = error_budget(Decimal("0.99"), Decimal(1000), Decimal(12), Decimal(500)).value
    assert found is not None
    assert found.remaining == -2
    assert found.exhausted_in == 0


def test_a_window_that_has_just_begun_has_no_burn() -> None:
    found = error_budget(Decimal("0.99"), Decimal(1000), Decimal(0), Decimal(0)).value
    assert found is not None
    assert found.burn.code == "not_started"


def test_an_objective_of_a_hundred_percent_is_refused() -> None:
    assert error_budget(Decimal(1), Decimal(100), Decimal(0), Decimal(1)).code == "out_of_range"


# WE-36: availability and credits


@pytest.mark.parametrize(("down", "credit"), [(3, 0), (60, 10), (600, 30), (3000, 100)])
def test_what_is_given_back_for_the_minutes_a_month_was_down(down: int, credit: int) -> None:
    assert credit_share(100 * (1 - Decimal(down) / 43200), TIERS) == credit


def test_a_credit_compares_the_unrounded_value_and_keeps_to_its_cap() -> None:
    assert credit_share(Decimal("99.9899999"), TIERS) == 10
    assert credit_share(Decimal("99.99"), TIERS) == 0
    assert credit_share(Decimal(90), TIERS, cap=Decimal(25)) == 25


def test_a_chain_is_less_available_than_any_of_its_parts() -> None:
    assert float(100 * in_series(decimals(0.999, 0.999, 0.999))) == approximately(99.7002999)


def test_overlapping_outages_count_once_and_partial_ones_by_their_share() -> None:
    def at(hour: int) -> datetime:
        return datetime.fromisoformat(f"2026-03-02T{hour:02}:00")

    outages = [
        Downtime(at(8), at(10)),
        Downtime(at(9), at(11), Decimal("0.5")),
        Downtime(at(20), at(23), Decimal("0.25")),
    ]
    assert downtime_minutes(outages, at(0), at(22)) == 120 + 30 + 30
    assert downtime_minutes(outages, at(12), at(13)) == 0


# WE-37: attainment


def test_each_level_is_judged_by_itself_because_the_pooled_figure_hides_a_breach() -> None:
    cases = {"P1": (18, 20, 0.9), "P2": (47, 50, 0.95), "P3": (190, 200, 0.9)}
    found = {key: attainment(Decimal(a), Decimal(b)).value for key, (a, b, _) in cases.items()}
    assert [float(100 * (value or 0)) for value in found.values()] == [90, 94, 95]
    assert [key for key, value in found.items() if float(value or 0) < cases[key][2]] == ["P2"]
    pooled = attainment(Decimal(18 + 47 + 190), Decimal(270)).value
    assert float(100 * (pooled or 0)) == approximately(94.44444444444444)


def test_a_period_without_cases_is_no_data_and_not_a_hundred_percent() -> None:
    assert attainment(Decimal(0), Decimal(0)).code == "no_data"


# WE-38: colours and trends


@pytest.mark.parametrize(
    ("value", "direction", "target", "red", "colour"),
    [
        (84, "higher", 85, 75, "amber"),
        (85, "higher", 85, 75, "green"),
        (75, "higher", 85, 75, "amber"),
        (9, "lower", 8, 12, "amber"),
        (8, "lower", 8, 12, "green"),
        (20, "lower", 10, 15, "red"),
        (93, "range", (75, 85), (65, 95), "amber"),
        (80, "range", (75, 85), (65, 95), "green"),
        (96, "range", (75, 85), (65, 95), "red"),
    ],
)
def test_a_boundary_belongs_to_the_better_colour(
    value: int, direction: Direction, target: object, red: object, colour: str
) -> None:
    def level(stated: object) -> Level:
        if isinstance(stated, tuple):
            return Decimal(stated[0]), Decimal(stated[1])
        return Decimal(str(stated))

    assert colour_of(Decimal(value), direction, level(target), level(red)).value == colour


def test_not_measured_is_grey_and_never_green() -> None:
    assert colour_of(None, "higher", Decimal(30), Decimal(10)).code == "no_data"


@pytest.mark.parametrize(
    ("values", "direction", "target", "expected_slope", "going"),
    [
        ((88, 87, 86, 84), "higher", 85, -1.1666666666666665, "deteriorating"),
        ((14, 12, 10, 9), "lower", 8, -1.8333333333333335, "improving"),
        ((50, 51, 50, 50), "higher", 50, 0.0, "stable"),
    ],
)
def test_the_trend_is_the_median_slope_in_the_good_direction(
    values: tuple[int, ...], direction: Direction, target: int, expected_slope: float, going: str
) -> None:
    series = decimals(*values)
    assert float(slope(series).value or 0) == approximately(expected_slope)
    assert trend(series, direction, Decimal(target)).value == going


def test_two_periods_make_no_trend_and_a_range_has_no_good_direction() -> None:
    assert trend(decimals(1, 2), "higher", Decimal(5)).code == "small_sample"
    assert trend(decimals(1, 2, 3), "range", Decimal(5)).code == "out_of_range"


def test_only_the_last_six_periods_make_the_trend() -> None:
    assert slope(decimals(100, 90, 80, 1, 2, 3, 4, 5, 6)).value == 1


# WE-58: scores, and whether a target still steers


@pytest.mark.parametrize(
    ("value", "target", "red", "expected"),
    [
        (77, 85, 70, 0.4666666666666667),
        (96, 95, 80, 1),
        (78, 85, 65, 0.65),
        (9, 7, 14, 0.7142857142857143),
        (60, 85, 70, 0),
    ],
)
def test_a_score_runs_from_red_to_the_target_in_either_direction(
    value: int, target: int, red: int, expected: float
) -> None:
    found = score(Decimal(value), Decimal(target), Decimal(red)).value
    assert found is not None
    assert float(found) == approximately(expected)


def test_a_score_needs_a_value_and_two_different_edges() -> None:
    assert score(None, Decimal(10), Decimal(20)).code == "no_data"
    assert score(Decimal(1), Decimal(10), Decimal(10)).code == "zero_denominator"


def test_a_target_that_is_always_or_never_met_steers_nothing() -> None:
    green: list[Colour] = ["green"]
    red: list[Colour] = ["red"]
    assert target_health(green * 12).value == "soft"
    assert target_health(green * 11 + red).value == "sound"
    assert target_health(red * 11 + green).value == "unreachable"
    assert target_health(green * 5).code == "small_sample"
