"""Why margins moved and what late milestones cost, held against WE-12 and WE-14."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.analysis.commercial.contract_margin import erosion_split
from portfolio.analysis.commercial.liquidated_damages import (
    damages_exposures,
    expected_damages,
    total_owed,
)
from portfolio.model.commercial.contracts import Contract
from portfolio.view.view import View
from tests.portfolios import portfolio_of

HEAD = "people: [{id: anna, name: Anna}]\ncustomer: {id: acme, name: Acme}\n"


def only(text: str) -> tuple[View, Contract]:
    portfolio = portfolio_of(text)
    return portfolio, portfolio.all(Contract)[0]


SPLIT = HEAD + (
    "contract: {id: deal, title: Deal, customer: acme, value: 1000, eac_cost: 860,\n"
    "  bid: {cost: 700, margin_pct: 30EFFORT}NOW, damages: [{milestone: quay.open, rate: 10}],\n"
    "  variations: [{id: v, value: 50, cost: 40, status: agreed}]}\n"
    "project: {id: quay, name: Quay, sponsor: anna, milestones: [\n"
    "  {id: open, name: Open, baseline: 2026-05-01, forecast: 2026-05-03}]}\n"
)


def test_erosion_is_split_into_rate_volume_unpaid_scope_and_damages() -> None:
    text = SPLIT.replace("EFFORT", ", effort: 100d").replace("NOW", ", eac_effort: 110d")
    found = erosion_split(*only(text)).value
    assert found is not None
    assert (found.whole, found.unpaid_scope, found.damages) == (
        Decimal("0.16"), Decimal("0.04"), Decimal("0.02"),
    )  # fmt: skip
    # 100 more on cost: ten days at the bid's 7 is volume, the rest is dearer work.
    assert found.volume == Decimal("0.07")
    assert found.rate == pytest.approx(Decimal("0.03"))
    parts = (found.rate, found.volume, found.unsplit, found.unpaid_scope, found.damages)
    assert sum(each or 0 for each in parts) + found.variations == pytest.approx(found.whole)


def test_without_effort_rate_and_volume_stay_together() -> None:
    found = erosion_split(*only(SPLIT.replace("EFFORT", "").replace("NOW", ""))).value
    assert found is not None
    assert (found.rate, found.volume) == (None, None)
    assert found.unsplit == Decimal("0.1")
    other = SPLIT.replace("EFFORT", ", effort: 20w").replace("NOW", ", eac_effort: 110d")
    assert erosion_split(*only(other)).value == found, "weeks and days are not compared"
    none = SPLIT.replace("EFFORT", ", effort: 0d").replace("NOW", ", eac_effort: 110d")
    assert erosion_split(*only(none)).value == found


def test_a_signed_variation_gives_margin_back_and_the_parts_still_add_up() -> None:
    text = SPLIT.replace("EFFORT", "").replace("NOW", "").replace("agreed", "signed")
    found = erosion_split(*only(text)).value
    assert found is not None
    assert found.unpaid_scope == 0
    assert found.variations < 0
    assert found.unsplit + found.damages + found.variations == pytest.approx(found.whole)


def test_unpaid_scope_falls_back_on_the_cost_of_the_change_request() -> None:
    text = (
        SPLIT.replace("EFFORT", "")
        .replace("NOW", "")
        .replace("cost: 40, status: agreed", "change_request: more, status: proposed")
        + "change_request: {id: more, title: More, project: quay, impact: {cost: 30}}\n"
    )
    found = erosion_split(*only(text)).value
    assert found is not None
    assert found.unpaid_scope == Decimal("0.03")


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("bid: {cost: 700, margin_pct: 30EFFORT}NOW, ", "", "no_data"),
        ("eac_cost: 860", "provision: 1", "no_data"),
        ("rate: 10", "cap: 10", "no_data"),
        ("rate: 10", "rate: 10 EUR", "no_data"),
        ("value: 1000", "value: 0", "no_data"),
    ],
)
def test_an_erosion_that_cannot_be_split_says_so(before: str, after: str, code: str) -> None:
    text = SPLIT.replace(before, after).replace("EFFORT", "").replace("NOW", "")
    assert erosion_split(*only(text)).code == code


def damaged(clause: str, milestone: str, more: str = "") -> tuple[View, Contract]:
    return only(
        HEAD + f"contract: {{id: deal, title: Deal, customer: acme, value: 3000000, "
        f"damages: [{{milestone: quay.open, {clause}}}]{more}}}\n"
        "project: {id: quay, name: Quay, sponsor: anna, milestones: [\n"
        f"  {{id: open, name: Open, {milestone}}}]}}\n"
    )


@pytest.mark.parametrize(
    ("clause", "milestone", "to_date", "at_forecast"),
    [
        ("rate: 5000, cap: 200000", "baseline: 2026-04-01, forecast: 2026-05-01", 0, 150000),
        ("rate: 5000, cap: 200000", "baseline: 2026-04-01, forecast: 2026-05-21", 0, 200000),
        ("rate: 5000, grace: 7cd", "baseline: 2026-04-01, forecast: 2026-05-01", 0, 115000),
        (
            "of_value_pct: 0.5, per: started_week, cap: 300000",
            "baseline: 2026-04-01, forecast: 2026-05-16", 0, 105000,
        ),
        (
            "rate: 1000, per: started_week",
            "baseline: 2026-03-23, forecast: 2026-04-10", 2000, 3000,
        ),
        ("rate: 1000, per: week", "baseline: 2026-03-23, forecast: 2026-04-10", 1000, 2000),
        ("rate: 10, extension: 5cd", "baseline: 2026-03-23, forecast: 2026-04-10", 30, 130),
        ("rate: 10", "baseline: 2026-03-23, forecast: 2026-03-27", 80, 80),
        ("rate: 10", "baseline: 2026-03-02, actual: 2026-03-05", 30, 30),
        ("rate: 10", "baseline: 2026-03-02, deadline: 2026-03-04, actual: 2026-03-05", 10, 10),
        ("rate: 10", "baseline: 2026-05-04, forecast: 2026-05-04", 0, 0),
    ],
)  # fmt: skip
def test_damages_to_date_and_at_the_forecast(
    clause: str, milestone: str, to_date: int, at_forecast: int
) -> None:
    (found,) = damages_exposures(*damaged(clause, milestone))
    assert found.value is not None
    assert found.value.to_date.amount == to_date
    assert found.value.at_forecast.amount == at_forecast


def test_the_cap_of_liability_holds_over_all_clauses() -> None:
    portfolio, contract = damaged(
        "rate: 5000", "baseline: 2026-04-01, forecast: 2026-05-01", ", liability_cap: 90000"
    )
    owed = expected_damages(portfolio, contract).value
    assert owed is not None
    assert owed.amount == 90000
    now = total_owed(contract, damages_exposures(portfolio, contract), to_date=True).value
    assert now is not None
    assert now.amount == 0


@pytest.mark.parametrize(
    ("clause", "milestone", "reason"),
    [
        ("cap: 10", "baseline: 2026-04-01", "the contract states no rate"),
        ("rate: 10", "type: external", "quay.open has no date to count from"),
    ],
)
def test_damages_that_cannot_be_priced_are_not_nothing(
    clause: str, milestone: str, reason: str
) -> None:
    portfolio, contract = damaged(clause, milestone)
    assert expected_damages(portfolio, contract).reason == reason
