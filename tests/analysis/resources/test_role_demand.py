"""Demand and supply by role and month, and the skills that the work ahead needs."""

from __future__ import annotations

from decimal import Decimal

from portfolio.analysis.resources.role_demand import role_outlook, unfilled_critical
from portfolio.analysis.resources.skill_demand import scarce_skills, skill_outlook
from tests.analysis.people import BASE, FULL, bookings, portfolio


def test_the_gap_of_a_role_is_its_demand_less_its_supply() -> None:
    found = portfolio(
        bookings(
            FULL,
            "id: r, role: Tester, work: hub, from: 2026-04-01, to: 2026-04-30, fte: 0.5",
            "id: s, person: bob, work: hub, from: 2026-04-01, to: 2026-04-30, pct: 40, type: soft",
        )
        + """
role_demands:
  - {id: more, project: hub, role: Tester, fte_by_period: [{period: 2026-Q2, fte: 1}]}
  - {id: met, project: hub, role: Tester, filled_by: [ann],
     fte_by_period: [{period: 2026-04, fte: 0.8}]}
  - {id: elsewhere, project: hub, role: Smith, fte_by_period: [{period: 2026-05, fte: 1}]}
opportunities:
  - {id: maybe, customer: acme, probability: 0.25,
     resources: [{role: Tester, fte_by_period: [{period: 2026-04, fte: 2}]}]}
  - {id: lost, customer: acme, probability: 0.9, stage: lost,
     resources: [{role: Tester, fte_by_period: [{period: 2026-04, fte: 2}]}]}
customers: [{id: acme, name: Acme, account_owner: ann}]
"""
    )
    outlook = role_outlook(found)
    april = outlook["Tester"][0]
    assert april.supply == Decimal("1.5")
    # 0.6 booked, 0.5 of the role, 1 stated, and 0.2 of the 0.8 that Ann is found for.
    assert april.demand == Decimal("2.3")
    assert april.gap == Decimal("0.8")
    assert (april.soft, april.pipeline) == (Decimal("0.1"), Decimal("0.5"))
    assert april.gap_with_soft == Decimal("1.4")
    assert outlook["Tester"][3].demand == 0
    smith = outlook["Smith"][1]
    assert (smith.supply, smith.gap) == (Decimal(0), Decimal(1))
    assert smith.utilisation.reason == "nobody in this role"


def test_roles_that_nobody_asks_for_are_left_out() -> None:
    assert role_outlook(portfolio("")) == {}


def test_business_as_usual_is_deducted_from_supply_unless_it_is_booked() -> None:
    team = "team: {id: t, name: T, lead: ann, members: [ann], bau_share: 0.2}\n"
    free = portfolio(team + bookings(FULL))
    booked = portfolio(
        team
        + bookings(FULL, "id: b, person: ann, work: bau, from: 2026-04-01, to: 2026-04-30, pct: 20")
    )
    assert role_outlook(free)["Tester"][0].supply == Decimal("1.3")
    april = role_outlook(booked)["Tester"][0]
    assert (april.supply, april.demand) == (Decimal("1.5"), Decimal("0.8"))


def test_critical_demands_that_nobody_fills_come_by_their_start() -> None:
    found = portfolio(
        """
role_demands:
  - {id: late, project: hub, role: A, critical: true, fte_by_period: [{period: 2026-06, fte: 1}]}
  - {id: soon, project: hub, role: A, critical: true, fte_by_period: [{period: 2026-04, fte: 1}]}
  - {id: past, project: hub, role: A, critical: true, fte_by_period: [{period: 2026-02, fte: 1}]}
  - {id: none, project: hub, role: A, critical: true, fte_by_period: [{period: 2026-04, fte: 0}]}
  - {id: met, project: hub, role: A, critical: true, filled_by: [ann],
     fte_by_period: [{period: 2026-04, fte: 1}]}
"""
    )
    assert [each.id for each in unfilled_critical(found)] == ["soon", "late"]


SKILLED = BASE.replace(
    "role: Tester, productive_share: 1}",
    "role: Tester, productive_share: 1, skills: [{skill: TEST, level: 5}]}",
    1,
)


def test_the_need_for_skills_is_that_of_bookings_and_open_demands() -> None:
    found = portfolio(
        bookings(FULL + ", skill: TEST, min_level: 4")
        + """
role_demands:
  - {id: d, project: hub, role: T, skill: TEST, level: 4,
     fte_by_period: [{period: 2026-04, fte: 1}]}
  - {id: e, project: hub, role: T, skill: SINT, level: 2,
     fte_by_period: [{period: 2026-04, fte: 1}]}
""",
        SKILLED,
    )
    april = skill_outlook(found)[0]
    assert [(c.need.skill, c.need.fte, c.net) for c in april.covers] == [
        ("SINT", Decimal(1), Decimal(0)),
        ("TEST", Decimal("1.6"), Decimal(1)),
    ]
    assert april.gap == Decimal("1.6")
    scarce = [
        (each.skill, each.holder and each.holder.id, each.work) for each in scarce_skills(found)
    ]
    assert scarce == [("SINT", None, ("hub",)), ("TEST", "ann", ("hub",))]
