"""What becomes of a value that is not known when one calculates with it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NoReturn

import pytest

from portfolio.measure.measure import Measure, both, every, ratio, share, total, unknown
from portfolio.values import Money

UNSTATED: Measure[Decimal] = unknown("no_data", "no cost is booked")
STALE: Measure[Decimal] = unknown("stale", "the forecast is of March")
COST, PRICE = Measure(Decimal(30)), Measure(Decimal(100))


def share_of(price: Decimal) -> Measure[Decimal]:
    return Measure(30 / price) if price else unknown("zero_denominator", "the price is 0")


def never(*_: object) -> NoReturn:
    raise AssertionError("asked of a value that is not there")


def test_a_known_value_is_changed() -> None:
    assert COST.map(lambda cost: cost * 2) == Measure(Decimal(60))


def test_what_is_unknown_stays_so_for_its_own_reason_and_is_not_calculated_with() -> None:
    assert UNSTATED.map(never) == UNSTATED
    assert UNSTATED.then(never) == UNSTATED


def test_the_next_calculation_can_fail_for_a_reason_of_its_own() -> None:
    assert PRICE.then(share_of) == Measure(Decimal("0.3"))
    assert Measure(Decimal(0)).then(share_of).code == "zero_denominator"


@pytest.mark.parametrize("value", [Decimal(0), "", (), False])
def test_nothing_is_a_value_where_it_is_stated(value: object) -> None:
    assert Measure(value).map(lambda each: each == value).value is True


def test_two_values_are_joined() -> None:
    assert both(PRICE, COST, lambda price, cost: price - cost).value == 70


def test_of_two_that_are_unknown_the_first_says_why() -> None:
    assert both(UNSTATED, STALE, never) == UNSTATED
    assert both(STALE, UNSTATED, never) == STALE
    assert both(PRICE, STALE, never) == STALE


def test_all_values_keep_their_order() -> None:
    assert every([PRICE, COST]).value == (Decimal(100), Decimal(30))
    assert every([]).value == ()


def test_the_first_that_is_unknown_ends_the_asking() -> None:
    def asked() -> Iterator[Measure[Decimal]]:
        yield PRICE
        yield STALE
        never()

    assert every(asked()).reason == STALE.reason


def test_a_ratio_without_a_whole_is_unknown_and_says_what_is_missing() -> None:
    assert ratio(Decimal(1), Decimal(4), "nothing was billed").value == Decimal("0.25")
    nothing = ratio(Decimal(1), 0, "nothing was billed")
    assert (nothing.value, nothing.code) == (None, "zero_denominator")
    assert ratio(Decimal(0), 0, "nothing is due yet", "not_started").code == "not_started"


def test_a_share_is_of_those_who_were_asked() -> None:
    assert share((each > 2 for each in (1, 2, 3, 4)), "nobody answered").value == Decimal("0.5")
    assert share([], "nobody answered") == unknown("no_data", "nobody answered")


def test_a_total_names_what_is_missing_and_never_counts_it_as_nothing() -> None:
    parts: dict[str, Measure[Money]] = {
        "hall": Measure(Money(Decimal(9), "GBP")),
        "quay": unknown("no_data", "no cost is booked"),
        "lock": Measure(Money(Decimal(5), "EUR")),
        "pier": Measure(Money(Decimal(1), "GBP")),
    }
    found = total(parts, "GBP", "nothing is priced").value
    assert found is not None
    assert (found.amount, found.counted) == (Money(Decimal(10), "GBP"), ("hall", "pier"))
    assert found.missing == ("quay", "lock")


def test_a_total_of_nothing_that_is_known_is_not_0() -> None:
    parts: dict[str, Measure[Money]] = {"quay": unknown("no_data", "no cost is booked")}
    assert total(parts, "GBP", "nothing is priced") == unknown("no_data", "nothing is priced")
