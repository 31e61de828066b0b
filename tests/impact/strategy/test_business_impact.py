"""What a slip does to the business: who waits, what starts later, what is reached later."""

from __future__ import annotations

from datetime import date

import pytest

from tests.impact.rippling import ONE, SETTINGS, amount, effects, one, slipped
from tests.portfolios import portfolio_of


class TestTheBusiness:
    @pytest.mark.parametrize(
        ("sensitivity", "money"),
        [
            ("per_day_cost: 100", -1400),
            ("per_day_cost: 100, threshold: 5d", -700),
            ("per_day_cost: 100, days_to_impact: 10", -400),
            ("per_day_cost: 100, days_to_impact: 10, threshold: 5d", -400),
            ("per_day_cost: 100, threshold: 10d", 0),
        ],
    )
    def test_waiting_costs_by_the_day_beyond_what_nobody_feels(
        self, sensitivity: str, money: int
    ) -> None:
        waits = (
            "service: {id: till, name: Till, owner: anna}\nbusiness_dependency: "
            f"{{id: w, from: p.m, to: till, sensitivity: {{{sensitivity}}}}}\n"
        )
        assert amount(effects(slipped(one("key: true", waits), "p.b=10d"))["w"]) == money

    def test_a_dependency_on_a_project_waits_for_its_go_live(self) -> None:
        waits = (
            "service: {id: till, name: Till, owner: anna}\n"
            "business_dependency: {id: w, from: p, to: till}\n"
        )
        found = effects(slipped(one("type: go_live", waits), "p.b=10d"))["w"]
        assert (found.new, found.money.reason) == (
            date(2026, 3, 27),
            "no cost of a day is stated",
        )

    def test_a_benefit_starts_after_everything_it_needs(self) -> None:
        benefits = """\
benefits:
  - {id: first, title: First, owner: anna, starts_after: p.m,
     value_by_period: [{period: 2027, planned: 365000}]}
  - {id: second, title: Second, owner: anna, depends_on: [first]}
  - {id: harm, title: Harm, owner: anna, kind: dis_benefit, depends_on: [second]}
  - {id: over, title: Over, owner: anna, starts_after: p.m, status: realised}
"""
        found = effects(slipped(one("key: true", benefits), "p.b=10d"))
        assert amount(found["first"]) == -14000
        assert (found["second"].new, found["second"].money.reason) == (
            date(2026, 3, 27),
            "no planned value",
        )
        assert "not saved" in found["harm"].money.reason
        assert "over" not in found

    def test_an_objective_waits_for_its_slowest_contribution(self) -> None:
        text = (
            "objectives: [{id: grow, name: G, owner: anna, horizon: 2026-03-20},"
            " {id: above, name: A, owner: anna}, {id: slow, name: S, owner: anna}]\n"
        ).replace("horizon:", "parent: above, horizon:")
        text += "milestone: {id: late, project: q, name: Q, forecast: 2027-01-29}\n"
        text += "projects: [{id: q, name: Q, sponsor: anna, objectives: [slow]}]\n"
        portfolio = portfolio_of(
            ONE.replace("MORE", "key: true").replace(
                "  start:", "  objectives: [grow, slow]\n  start:"
            )
            + text,
            SETTINGS,
        )
        found = effects(slipped(portfolio, "p.b=10d"))
        assert found["grow"].new == date(2026, 3, 27)
        assert "passes its horizon of 2026-03-20" in found["grow"].terms
        assert found["above"].new == date(2026, 3, 27)
        assert (found["slow"].effect, found["slow"].days) == ("not later", 0)

    def test_a_customer_is_served_later_through_a_service(self) -> None:
        text = (
            "customer: {id: acme, name: Acme}\n"
            "service: {id: till, name: Till, owner: anna, customers: [acme]}\n"
            "change_event: {id: release, milestone: p.m, go_live: 2026-03-13, services: [till]}\n"
        )
        found = effects(slipped(one("type: go_live", text), "p.b=10d"))
        assert found["till"].effect == "go-live 14 days later"
        assert found["acme"].effect == "served 14 days later"
        assert found["acme"].through == ("p.b", "p.m", "till", "acme")


def test_a_programme_delivers_with_its_last_project() -> None:
    text = (
        "programme: {id: g, name: G, sro: anna}\n"
        "projects: [{id: q, name: Q, sponsor: anna, programme: g,"
        " milestones: [{id: n, name: N, forecast: 2026-03-18}]}]\n"
        "service: {id: till, name: Till, owner: anna}\n"
        "business_dependency: {id: w, from: g, to: till, sensitivity: {per_day_cost: 10}}\n"
    )
    portfolio = portfolio_of(
        ONE.replace("MORE", "key: true").replace("  start:", "  programme: g\n  start:") + text,
        SETTINGS,
    )
    found = effects(slipped(portfolio, "p.b=10d"))["w"]
    # From 18 March, when the other project delivers, to the 27th.
    assert found.old == date(2026, 3, 18)
    assert amount(found) == -90


def test_a_release_of_a_whole_project_counts_unless_it_is_over() -> None:
    text = (
        "services: [{id: till, name: Till, owner: anna}, {id: old, name: Old, owner: anna}]\n"
        "change_events:\n"
        "  - {id: next, project: p, go_live: 2026-03-13, services: [till]}\n"
        "  - {id: first, project: p, go_live: 2026-02-13, services: [old], status: done}\n"
    )
    found = effects(slipped(one("key: true", text), "p.b=10d"))
    assert "till" in found
    assert "old" not in found
