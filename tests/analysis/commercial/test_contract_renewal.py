"""Notice, margins and contingency, held against the worked examples WE-11, WE-12, WE-15, WE-63."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from portfolio.analysis.commercial.contract_margin import contract_margin, margin_erosion
from portfolio.analysis.commercial.contract_renewal import notice_dates, term_end
from portfolio.analysis.risk.contingency_reserve import contingency_use, share_complete
from portfolio.calendar import Calendar
from portfolio.model.commercial.contracts import Bid, Contract, Renewal, Variation
from portfolio.values import Money, read_duration

AS_OF = date(2026, 1, 20)
WORK = Calendar("work")


def pounds(amount: int) -> Money:
    return Money(Decimal(amount), "GBP")


@pytest.mark.parametrize(
    ("end", "notice", "contractual", "last_working_day", "decision"),
    [
        ("2026-05-31", "3mo", "2026-02-28", "2026-02-27", "2026-01-29"),
        ("2026-05-31", "90cd", "2026-03-02", "2026-03-02", "2026-01-31"),
        ("2027-03-31", "1mo", "2027-02-28", "2027-02-26", "2027-01-29"),
        ("2028-02-29", "12mo", "2027-02-28", "2027-02-26", "2027-01-29"),
        ("2028-02-29", "1y", "2027-02-28", "2027-02-26", "2027-01-29"),
    ],
)
def test_notice_and_decision(
    end: str, notice: str, contractual: str, last_working_day: str, decision: str
) -> None:
    renewal = Renewal(mode="auto", notice=read_duration(notice))
    lease = Contract(id="lease", title="Lease", end=date.fromisoformat(end), renewal=renewal)
    found = notice_dates(lease, AS_OF, WORK).value
    assert found is not None
    dates = [found.contractual, found.deadline, found.decision_due]
    assert [day.isoformat() for day in dates] == [contractual, last_working_day, decision]


def test_the_way_of_the_letter_comes_off_too() -> None:
    renewal = Renewal(mode="auto", notice=read_duration("2mo"), delivery_lead=read_duration("3cd"))
    contract = Contract(id="p", title="P", end=date(2026, 7, 31), renewal=renewal)
    found = notice_dates(contract, AS_OF, WORK).value
    assert found is not None
    assert found.deadline == date(2026, 5, 28)


def test_a_contract_that_ends_by_itself_needs_no_notice() -> None:
    renewal = Renewal(mode="none", notice=read_duration("3mo"))
    contract = Contract(id="p", title="P", end=date(2026, 7, 31), renewal=renewal)
    assert notice_dates(contract, AS_OF, WORK).code == "no_data"


@pytest.mark.parametrize(
    ("end", "months", "expected"),
    [
        ("2026-05-31", 12, "2026-05-31"),
        ("2025-01-31", 1, "2026-01-31"),
        ("2024-08-31", 6, "2026-02-28"),
        ("2020-02-29", 12, "2026-02-28"),
        ("2025-05-31", None, "2025-05-31"),
    ],
)
def test_a_rolling_contract_is_in_a_further_term(
    end: str, months: int | None, expected: str
) -> None:
    assert term_end(date.fromisoformat(end), months, AS_OF).isoformat() == expected


def test_margin_and_erosion() -> None:
    deal = Contract(id="d", title="D", value=pounds(2400000), eac_cost=pounds(1860000),
                    bid=Bid(cost=pounds(1680000)))  # fmt: skip
    found = contract_margin(deal, []).value
    assert found is not None
    assert found.margin.value == Decimal("0.225")
    assert margin_erosion(deal, []).value == Decimal("0.075")


def test_only_signed_variations_are_revenue() -> None:
    deal = Contract(id="d", title="D", value=pounds(100), eac_cost=pounds(120))
    variations = [Variation(id="d.a", value=pounds(30), status="signed"),
                  Variation(id="d.b", value=pounds(50), status="agreed")]  # fmt: skip
    found = contract_margin(deal, variations).value
    assert found is not None
    assert (found.price, found.upside, found.loss) == (pounds(130), pounds(50), pounds(0))


def test_a_loss_is_the_whole_loss() -> None:
    found = contract_margin(
        Contract(id="d", title="D", value=pounds(3900), eac_cost=pounds(4200)), []
    ).value
    assert found is not None
    assert found.loss == pounds(300)


def test_a_price_of_nothing_has_no_margin() -> None:
    found = contract_margin(Contract(id="d", title="D", value=pounds(0), eac_cost=pounds(5)), [])
    assert found.value is not None
    assert found.value.margin.code == "zero_denominator"


def test_contingency_and_the_share_of_the_work() -> None:
    draws = [Decimal(30000), Decimal(45000), Decimal(25000)]
    found = contingency_use(Decimal(200000), draws, Decimal("0.4")).value
    assert found is not None
    assert found.remaining == 100000
    assert (found.drawn, found.ahead) == (Decimal("0.5"), Decimal("0.1"))
    assert contingency_use(Decimal(0), draws, Decimal("0.4")).code == "zero_denominator"
    assert share_complete([(Decimal(50), Decimal(1))], Decimal(200)).value == Decimal("0.25")
    assert share_complete([]).code == "no_data"
