"""What a slip costs under contracts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portfolio.values import Money
from tests.impact.rippling import ONE, SETTINGS, amount, effects, one, slipped
from tests.portfolios import portfolio_of


class TestContracts:
    """The milestone is promised for 13 March and slips by ten working days, to the 27th."""

    DEAL = "customer: {id: acme, name: Acme}\ncontract: {id: deal, title: Deal, customer: acme, "

    @pytest.mark.parametrize(
        ("terms", "money"),
        [
            ("rate: 1000", -14000),
            ("rate: 1000, grace: 7cd", -7000),
            ("rate: 1000, grace: 5d", -7000),
            ("rate: 1000, extension: 7cd", -7000),
            ("rate: 1000, extension: 14cd", 0),
            ("rate: 1000, per: week", -2000),
            ("rate: 1000, per: started_week, grace: 1cd", -2000),
            ("rate: 1000, per: week, grace: 1cd", -1000),
            ("rate: 1000, cap: 5000", -5000),
            ("of_value_pct: 0.5", -7000),
        ],
    )
    def test_damages_follow_the_clause(self, terms: str, money: int) -> None:
        deal = f"{self.DEAL}value: 100000, damages: [{{milestone: p.m, {terms}}}]}}\n"
        found = effects(slipped(one("contract: deal", deal), "p.b=10d"))["deal"]
        assert amount(found) == money
        assert found.kind == "contract"

    def test_only_what_the_slip_adds_is_counted(self) -> None:
        deal = f"{self.DEAL}damages: [{{milestone: p.m, rate: 1000}}]}}\n"
        text = one("contract: deal", deal)
        late = ONE.replace("2026-03-13, MORE", "2026-03-06, contract: deal") + deal
        assert amount(effects(slipped(text, "p.b=5d"))["deal"]) == -7000
        assert amount(effects(slipped(portfolio_of(late, SETTINGS), "p.b=5d"))["deal"]) == -7000

    def test_the_last_acceptable_day_counts_before_the_approved_one(self) -> None:
        deal = f"{self.DEAL}damages: [{{milestone: p.m, rate: 1000}}]}}\n"
        found = slipped(one("deadline: 2026-03-20", deal), "p.b=10d")
        assert amount(effects(found)["deal"]) == -7000

    def test_clauses_add_up_under_one_contract_and_its_liability(self) -> None:
        clauses = "[{milestone: p.m, rate: 1000}, {milestone: p.m, rate: 500}]"
        for cap, money in (("", -21000), ("liability_cap: 9000, ", -9000)):
            deal = f"{self.DEAL}{cap}damages: {clauses}}}\n"
            found = slipped(one("contract: deal", deal), "p.b=10d")
            assert [amount(e) for e in found.effects if e.kind == "contract"] == [money]

    @pytest.mark.parametrize(
        ("deal", "milestone", "reason"),
        [
            ("damages: [{milestone: p.m}]", "baseline: 2026-03-13", "states no rate"),
            ("damages: [{milestone: p.m, of_value_pct: 1}]", "baseline: 2026-03-13", "not stated"),
            ("damages: [{milestone: p.m, rate: 1}]", "key: true", "has no baseline"),
            ("value: 5", "contract: deal", "states no damages"),
        ],
    )
    def test_what_cannot_be_computed_says_why(self, deal: str, milestone: str, reason: str) -> None:
        text = ONE.replace("baseline: 2026-03-13, MORE", milestone) + f"{self.DEAL}{deal}}}\n"
        found = effects(slipped(portfolio_of(text, SETTINGS), "p.b=10d"))["deal"]
        assert amount(found) is None
        assert reason in found.money.reason

    def test_damages_of_a_supplier_are_a_claim_and_no_gain(self) -> None:
        deal = (
            "supplier: {id: works, name: Works}\n"
            "contract: {id: deal, title: Deal, supplier: works,"
            " damages: [{milestone: p.m, rate: 1000}]}\n"
        )
        found = effects(slipped(one("key: true", deal), "p.b=10d"))["deal"]
        assert amount(found) is None
        assert "14,000 GBP can be claimed" in found.money.reason

    @pytest.mark.parametrize(
        ("slip", "effect"), [("5d", "payment later"), ("15d", "payment moves to 2026-04")]
    )
    def test_a_payment_moves_and_is_not_lost(self, slip: str, effect: str) -> None:
        found = effects(slipped(one("type: payment, amount: 5000"), f"p.b={slip}"))["p.m"]
        assert (found.effect, amount(found)) == (effect, None)
        assert "later, not lost" in found.money.reason

    def test_money_in_another_currency_is_added_at_its_rate(self) -> None:
        deal = f"{self.DEAL}damages: [{{milestone: p.m, rate: 1000 EUR}}]}}\n"
        totals = slipped(one("contract: deal", deal), "p.b=10d").totals
        assert [str(part) for part in totals.by_currency] == ["-14000 EUR"]
        assert totals.money.value is not None
        assert totals.money.value == Money(Decimal("-11200.0"), "GBP")

    def test_a_currency_without_a_rate_leaves_the_sum_unknown(self) -> None:
        deal = f"{self.DEAL}damages: [{{milestone: p.m, rate: 1000 CHF}}]}}\n"
        totals = slipped(one("contract: deal", deal), "p.b=10d").totals
        assert totals.money.value is None
        assert "CHF" in totals.money.reason
