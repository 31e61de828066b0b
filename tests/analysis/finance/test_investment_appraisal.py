"""What a benefit brings in a year, and what its delay costs."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.analysis.finance.investment_appraisal import benefit_per_year, deferred_benefit
from portfolio.model.finance import Benefit, BenefitInPeriod
from portfolio.values import Money, read_period


def planned(*rows: tuple[str, int | None], currency: str = "GBP") -> Benefit:
    """Return a benefit with a plan by period."""
    values = tuple(
        BenefitInPeriod(
            period=read_period(text),
            planned=None if amount is None else Money(Decimal(amount), currency),
        )
        for text, amount in rows
    )
    return Benefit(id="gain", title="Gain", value_by_period=values)


@pytest.mark.parametrize(
    ("rows", "yearly"),
    [
        ([("2027", 1_200_000)], 1_200_000),
        ([("2028", 1_200_000)], 1_200_000),  # a leap year is a year
        ([("2026-Q4", 90_000)], 360_000),
        ([("2026-02", 1000), ("2026-03", 3000)], 24_000),
        ([("2026-W14", 700)], 36_500),
        ([("2026-Q3", 60_000), ("2027", None)], 240_000),  # what is not planned does not dilute
    ],
)
def test_a_year_of_a_benefit_is_the_average_of_its_plan(
    rows: list[tuple[str, int | None]], yearly: int
) -> None:
    found = benefit_per_year(planned(*rows)).value
    assert found is not None
    assert round(found.amount, 6) == yearly


def test_without_a_plan_in_one_currency_there_is_no_average() -> None:
    assert benefit_per_year(planned()).reason == "no planned value"
    mixed = (
        planned(("2027", 5)).value_by_period + planned(("2028", 5), currency="EUR").value_by_period
    )
    found = benefit_per_year(Benefit(id="gain", title="Gain", value_by_period=mixed))
    assert found.reason == "planned in EUR and GBP"


def test_a_later_start_defers_a_part_of_a_year() -> None:
    # Worked example WE-24: fourteen days of 1.2 million a year.
    assert round(deferred_benefit(Decimal(1_200_000), 14), 1) == Decimal("46027.4")
    assert deferred_benefit(Decimal(365), -1) == -1
