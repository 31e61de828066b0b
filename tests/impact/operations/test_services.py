"""What a slip does to services: an old one runs on, credits go on, a new one goes live later."""

from __future__ import annotations

from decimal import Decimal

from tests.impact.rippling import amount, effects, one, slipped

RETIRES = "business_dependency: {id: exit, from: p.m, to: old, nature: retires}\n"
OLD = "service: {id: old, name: Old, owner: anna, status: retiring, run_cost_per_month: 3650}\n"


def test_a_service_that_should_have_ended_runs_beside_the_new_one() -> None:
    # 3,650 a month are 120 a day, for the fourteen calendar days of ten working days.
    found = effects(slipped(one("key: true", OLD + RETIRES), "p.b=10d"))["old"]
    assert amount(found) == Decimal(-1680)
    assert found.effect == "runs on 14 days later"
    assert "two services run side by side: 3,650 GBP a month" in found.terms[1]
    assert found.inputs[0].key == "run_cost_per_month"


def test_the_newest_run_cost_counts_before_the_general_one() -> None:
    costs = (
        "run_costs: [{service: old, from: 2026-01, monthly: 7300},"
        " {service: old, from: 2026-09, monthly: 1}]\n"
    )
    found = effects(slipped(one("key: true", OLD + RETIRES + costs), "p.b=10d"))["old"]
    assert amount(found) == Decimal(-3360)


def test_what_nobody_has_priced_says_so() -> None:
    free = OLD.replace(", run_cost_per_month: 3650", "")
    found = effects(slipped(one("key: true", free + RETIRES), "p.b=10d"))["old"]
    assert (found.money.value, found.money.reason) == (None, "nobody has said what it costs to run")


def test_a_price_by_the_day_is_not_counted_twice() -> None:
    priced = RETIRES.replace("retires}", "retires, sensitivity: {per_day_cost: 10}}")
    found = effects(slipped(one("key: true", OLD + priced), "p.b=10d"))
    assert amount(found["exit"]) == -140
    assert found["old"].money.reason == "money is counted under business dependencies"


LEVEL = """\
customer: {id: acme, name: Acme, account_owner: anna}
contract: {id: care, title: Care, customer: acme, value: 365000, start: 2026-01-01, end: 2026-12-31}
service: {id: till, name: Till, owner: anna, status: live}
sla: {id: up, service: till, target: 99.5, direction: higher, contract: care,
  credit_tiers: [{below: 99.5, pct: 5}, {below: 98, pct: 10}]}
measurement: {sla: till.up, period: 2026-01, value: VALUE}
business_dependency: {id: cure, from: p.m, to: till, nature: NATURE}
"""


def credits_of(value: str, nature: str = "protects") -> Decimal | None:
    text = LEVEL.replace("VALUE", value).replace("NATURE", nature)
    cost = amount(effects(slipped(one("key: true", text), "p.b=10d"))["till"])
    return None if cost is None else round(cost, 2)


def test_credits_go_on_until_the_level_is_repaired() -> None:
    # 365,000 over a year is 1,000 a day: five or ten percent of it for fourteen days.
    assert credits_of("99.1") == Decimal(-700)
    assert credits_of("97.9") == Decimal(-1400)


def test_a_level_that_is_met_or_not_waited_for_earns_no_credit() -> None:
    assert credits_of("99.5") is None
    assert credits_of("99.1", "disrupts") is None
