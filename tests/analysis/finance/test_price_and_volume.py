"""Whether a project is dearer because of its rates or because of its quantities."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.analysis.finance.budget_columns import price_variance, volume_variance
from portfolio.analysis.finance.cost_variance import PriceVolume, price_and_volume
from portfolio.measure.measure import Measure
from portfolio.model.delivery.projects import Project
from tests.portfolios import portfolio_of

# 100 days at 500 were planned until March, 110 days at 520 were booked.
TEXT = """
people: [{id: anna, name: Anna Sample}]
project: {id: atlas, name: Atlas, sponsor: anna, bac: 90000}
budget_lines:
  - {id: work, project: atlas, category: labour, periods: [
      {period: 2026-02, amount: 20000, quantity: 40},
      {period: 2026-03, amount: 30000, quantity: 60},
      {period: 2026-04, amount: 40000, quantity: 80}]}
  - {id: boxes, project: atlas, category: hardware, periods: [{period: 2026-03, amount: 900}]}
actuals:
  - {id: a1, project: atlas, category: labour, period: 2026-02, amount: 25000, quantity: 50}
  - {id: a2, project: atlas, category: labour, period: 2026-03, amount: 32200, quantity: 60}
  - {id: a3, project: atlas, category: hardware, period: 2026-03, amount: 1200}
"""


def split(text: str) -> Measure[PriceVolume]:
    portfolio = portfolio_of(text)
    return price_and_volume(portfolio, portfolio.all(Project)[0])


def test_the_parts_add_to_the_whole_variance() -> None:
    found = split(TEXT).value
    assert found is not None
    assert [round(found.price), round(found.volume)] == [-2200, -5000]
    assert found.price + found.volume == 50000 - 57200


def test_what_is_still_to_come_does_not_count() -> None:
    assert split(TEXT) == split(
        TEXT.replace("amount: 40000, quantity: 80", "amount: 1, quantity: 1")
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (", quantity: 60", ""),
        (", bac: 90000", ""),
        ("quantity: 50", "quantity: 0, accrual: true"),
        ("amount: 25000", "amount: 25000 USD"),
    ],
)
def test_without_every_quantity_it_is_not_known(before: str, after: str) -> None:
    text = TEXT.replace(before, after)
    if "quantity: 0" in after:
        text = text.replace("quantity: 60}\n  - {id: a3", "quantity: 0}\n  - {id: a3")
    assert split(text).code == "no_data"


def test_the_columns_show_both_parts() -> None:
    portfolio = portfolio_of(TEXT)
    (project,) = portfolio.all(Project)
    price, volume = price_variance(project, portfolio), volume_variance(project, portfolio)
    assert price.value is not None
    assert volume.value is not None
    assert [price.value.amount, volume.value.amount] == [Decimal(-2200), Decimal(-5000)]
    bare = portfolio_of(TEXT.replace(", quantity: 50", ""))
    assert price_variance(bare.all(Project)[0], bare).code == "no_data"
