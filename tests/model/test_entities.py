"""What entities tell about themselves."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import pytest

from portfolio.model.commercial.contracts import Contract
from portfolio.model.delivery.projects import Activity, Project
from portfolio.model.governance import Action, Decision
from portfolio.model.resources import Timesheet
from portfolio.model.risk import Rating, Risk, ThreePointMoney
from portfolio.record import Ref
from portfolio.values import Duration, Money, read_period


def pounds(amount: int) -> Money:
    return Money(Decimal(amount), "GBP")


def test_an_entity_is_called_by_its_name_its_title_or_its_text() -> None:
    anna = Ref("anna-reyes")
    assert Project(id="atlas", name="Billing platform", sponsor=anna).label == "Billing platform"
    assert Action(id="call", text="Call the supplier", owner=anna).label == "Call the supplier"
    assert Activity(id="build", project=Ref("atlas"), duration=Duration(Decimal(5), "d")).label == (
        "build"
    )


def test_a_risk_without_a_title_is_called_by_its_event() -> None:
    anna = Ref("anna-reyes")
    event = "The supplier leaves before the hand-over"
    assert Risk(id="exit", owner=anna, event=event).label == event
    assert Risk(id="exit", owner=anna, title="Supplier exit", event=event).label == "Supplier exit"
    assert Risk(id="exit", owner=anna).label == "exit"


def test_words_that_python_or_the_model_reserve_are_plain_keys_in_files() -> None:
    assert Risk(id="exit", owner=Ref("anna-reyes")).kind_ == "threat"
    assert Risk.FIELDS["kind"].name == "kind_"
    assert Risk(id="exit", owner=Ref("anna-reyes")).kind == "risk"
    assert Timesheet.FIELDS["work"].words == ("bau",)


def test_an_impact_of_one_amount_is_its_own_range() -> None:
    assert ThreePointMoney(likely=pounds(80)).points == (pounds(80), pounds(80), pounds(80))
    impact = ThreePointMoney(min=pounds(40), likely=pounds(80), max=pounds(200))
    assert impact.points == (pounds(40), pounds(80), pounds(200))


@pytest.mark.parametrize(
    ("customer", "supplier", "direction", "is_sale"),
    [
        (Ref("acme"), None, None, True),
        (None, Ref("hosting-house"), None, False),
        (Ref("acme"), None, "buy", False),
        (None, Ref("hosting-house"), "sell", True),
    ],
)
def test_who_sells_follows_from_the_other_side_unless_stated(
    customer: Ref | None,
    supplier: Ref | None,
    direction: Literal["sell", "buy"] | None,
    *,
    is_sale: bool,
) -> None:
    contract = Contract(
        id="managed",
        title="Managed billing",
        customer=customer,
        supplier=supplier,
        direction=direction,
    )
    assert contract.is_sale is is_sale


def test_what_nobody_has_said_is_unknown_and_never_zero() -> None:
    contract = Contract(id="managed", title="Managed billing")
    assert contract.value is None
    assert contract.eac_cost is None
    assert Risk(id="exit", owner=Ref("anna-reyes")).probability is None


def test_a_record_never_changes() -> None:
    rating = Rating(p=3, i=4)
    with pytest.raises(AttributeError, match="frozen"):
        rating.p = 5


def test_entities_with_the_same_content_are_equal_wherever_they_were_written() -> None:
    booked = {
        "person": Ref("anna-reyes"),
        "period": read_period("2026-W14"),
        "work": Ref("bau"),
        "hours": Decimal(8),
    }
    assert Timesheet(**booked) == Timesheet(**booked)
    assert Timesheet(**booked) != Timesheet(**(booked | {"hours": Decimal(7)}))


def test_a_decision_waits_until_somebody_decides() -> None:
    assert Decision(id="extend", title="Extend?", needed_by=read_period("2026-04").end).status == (
        "open"
    )
