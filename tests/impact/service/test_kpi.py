"""What a slip does to indicators, to dates that the business sets, and to how much is at stake."""

from __future__ import annotations

from datetime import date

import pytest

from portfolio.impact.slack import value_at_stake
from portfolio.impact.supposed_slip import read_injections
from tests.impact.rippling import amount, effects, moved, one, slipped

KPI = """\
kpis: [{id: calls, name: Calls, owner: anna, target: 5}]
objective: {id: grow, name: Grow, owner: anna, weight: 0.4, horizon: HORIZON, kpis: [calls]}
benefit: {id: gain, title: Gain, owner: anna, starts_after: p.m, kpi: calls}
"""


@pytest.mark.parametrize(
    ("horizon", "effect"),
    [("2026-03-20", "misses its target date"), ("2026-12-31", "14 days later")],
)
def test_an_indicator_waits_for_what_its_benefit_starts_after(horizon: str, effect: str) -> None:
    text = one("key: true", KPI.replace("HORIZON", horizon))
    found = effects(slipped(text, "p.b=10d"))["calls"]
    assert (found.effect, found.new) == (effect, date(2026, 3, 27))
    assert found.terms[1] == f"to be reached by {horizon}, the horizon of grow"


def test_an_improvement_can_promise_the_target_earlier() -> None:
    promise = (
        "improvement: {id: cut-calls, title: Cut, owner: anna,"
        " target: {kpi: calls, value: 5, by: 2026-03-16}}\n"
    )
    text = one("key: true", KPI.replace("HORIZON", "2026-12-31") + promise)
    found = effects(slipped(text, "p.b=10d"))["calls"]
    assert found.terms[1] == "to be reached by 2026-03-16, promised by cut-calls"


SERVED = """\
objective: {id: grow, name: Grow, owner: anna, weight: 0.4}
projects:
  - {id: q, name: Q, sponsor: anna, objectives: [{objective: grow, contribution: 2}],
     activities: [{id: z, duration: 30d, predecessors: [p.b]}]}
"""


def test_an_objective_says_how_much_of_the_strategy_waits() -> None:
    found = effects(slipped(one("key: true", SERVED), "p.b=10d"))["grow"]
    assert found.terms == (
        "the slowest contribution is q.z on 2026-05-13",
        "weight 0.4 × contribution 2 of 3 of q: 27% of the strategy waits",
    )
    assert [(each.key, each.value) for each in found.inputs] == [("weight", "0.4")]


EVENT = """\
service: {id: till, name: Till, owner: anna}
change_event: {id: release, milestone: p.m, go_live: 2026-03-13, services: [till]}
business_event:
  {id: peak, name: Peak, owner: anna, date: DATE, kind: KIND, affects: [till], MOVABLE}
"""


def event(day: str, kind: str, movable: str = "movable: false") -> str:
    return EVENT.replace("DATE", day).replace("KIND", kind).replace("MOVABLE", movable)


def test_what_is_not_ready_for_a_date_that_the_business_sets_is_told() -> None:
    due = event("2026-03-20", "regulatory")
    found = effects(slipped(one("type: external", due), "p.b=10d"))["peak"]
    assert found.effect == "not ready on 2026-03-20"
    assert found.terms == ("p.m moves from 2026-03-13 to 2026-03-27, its date is fixed",)
    assert "peak" not in effects(slipped(one("type: external", due), "p.b=5d"))


@pytest.mark.parametrize(
    ("kind", "movable", "new"),
    [
        ("peak_trading", "movable: false", date(2026, 3, 30)),
        ("financial_close", "movable: false", date(2026, 3, 30)),
        ("peak_trading", "movable: true", date(2026, 3, 27)),
        ("regulatory", "movable: false", date(2026, 3, 27)),
    ],
)
def test_nothing_goes_live_on_a_busy_day(kind: str, movable: str, new: date) -> None:
    # Ten working days lead to Friday 27 March; a peak on that day holds it until Monday.
    busy = event("2026-03-27", kind, movable)
    found = moved(slipped(one("type: go_live", busy), "p.b=10d"))["p.m"]
    assert found.new == new
    assert found.held_by == ("peak" if new.day == 30 else "")


DEAL = (
    "customer: {id: acme, name: Acme, account_owner: anna}\n"
    "contract: {id: deal, title: Deal, customer: acme, end: 2026-12-31,"
    " renewal: {mode: option, notice: RENEWAL},"
    " damages: [{milestone: p.m, rate: 1000, cap: 9000}]}\n"
)


def test_a_review_or_a_notice_date_inside_the_delay_is_told() -> None:
    meeting = "touchpoint: {customer: acme, date: 2026-03-18, kind: service_review}\n"
    text = DEAL.replace("RENEWAL", "285cd") + meeting
    found = effects(slipped(one("type: contractual, amount: 500", text), "p.b=10d"))["acme"]
    assert found.effect == "1 promise newly broken"
    assert "500 GBP fall due with them" in found.terms
    assert "the service review of 2026-03-18 falls into the delay" in found.terms
    assert "notice for deal can be given until 2026-03-20" in found.terms
    assert not any(
        "delay" in term for term in effects(slipped(one("key: true", text), "p.b=1d"))["acme"].terms
    )


def test_what_is_at_stake_is_a_step_curve_with_kinks_and_caps() -> None:
    text = one("type: contractual", DEAL.replace("RENEWAL", "1mo"))
    # From Friday 13 March: 1, 5, 10 and 20 working days are 3, 7, 14 and 28 calendar days.
    stakes = value_at_stake(text, read_injections(["p.b=3d"], ()))
    assert [(each.days, each.money.value and int(each.money.value.amount)) for each in stakes] == [
        (1, -3000),
        (5, -7000),
        (10, -9000),
        (20, -9000),
    ]
    assert value_at_stake(one("key: true"), read_injections(["p.b=3d"], ())) == ()


TWICE = """\
team: {id: crew, name: Crew, members: [anna]}
projects: [{id: q, name: Q, sponsor: anna}]
assignments:
  - {id: now, person: anna, work: p, from: 2026-03-02, to: 2026-03-13, pct: 80}
  - {id: then, person: anna, work: q, from: 2026-03-16, to: 2026-04-30, pct: SHARE}
"""


@pytest.mark.parametrize(("share", "clash"), [("50", True), ("20", False)])
def test_somebody_who_is_needed_in_two_places_is_named(share: str, clash: str) -> None:
    found = effects(slipped(one("key: true", TWICE.replace("SHARE", share)), "p.b=5d"))
    if not clash:
        assert "crew" not in found  # no cost of a day, nobody overbooked
        return
    assert found["crew"].effect == "needed 5 days longer, 1 overbooked"
    assert found["crew"].terms == ("anna booked 130% from 2026-03-14 to 2026-03-20, also on q",)
    assert amount(found["crew"]) is None
