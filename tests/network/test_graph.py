"""The one graph: who waits for whom, what most wait for, what waits for itself."""

from __future__ import annotations

import pytest

from portfolio.network.graph import crossings, graph_of, most_awaited
from portfolio.network.loops import find_cycles
from portfolio.network.tree import tree
from tests.portfolios import portfolio_of

PORTFOLIO = """\
person: {id: anna, name: Anna, role: Lead, start_date: 2020-01-01}
team: {id: crew, name: Crew}
projects:
  - id: hub
    name: Hub
    sponsor: anna
    activities:
      - {id: make, duration: 5d}
      - {id: check, duration: 5d, predecessors: [make]}
    milestones: [{id: ready, name: Ready, predecessors: [check]}]
  - id: app
    name: App
    sponsor: anna
    services: [till]
    objectives: [grow]
    activities:
      - {id: use, duration: 5d}
      - {id: ship, duration: 5d, predecessors: [use]}
    dependencies:
      - {id: interface, from: hub.ready, to: use}
      - {id: people, from: crew, to: ship, strength: soft}
      - {id: kept, from: hub.make, to: use, delivered: 2026-03-02}
  - id: shop
    name: Shop
    sponsor: anna
    activities: [{id: open, duration: 5d, predecessors: [app.ship]}]
services:
  - {id: till, name: Till, owner: anna, customers: [acme]}
customer: {id: acme, name: Acme}
objective: {id: grow, name: Grow, owner: anna}
"""


def test_a_delay_travels_from_what_gives_to_what_waits() -> None:
    graph = graph_of(portfolio_of(PORTFOLIO))
    assert set(graph.below("hub.ready")) == {
        "hub", "app.interface", "app.use", "app.ship", "app", "shop.open", "shop", "till", "acme",
        "grow",
    }  # fmt: skip
    assert set(graph.above("app.use")) == {"app.interface", "hub.ready", "hub.check", "hub.make"}


def test_distance_counts_the_steps() -> None:
    graph = graph_of(portfolio_of(PORTFOLIO))
    assert graph.below("app.ship", depth=1) == {"app": 1, "shop.open": 1}
    assert graph.below("app.ship")["acme"] == 3


def test_only_what_ends_a_project_hands_its_delay_on_to_it() -> None:
    graph = graph_of(portfolio_of(PORTFOLIO))
    assert [edge.giver for edge in graph.givers["hub"]] == ["hub.ready"]


def test_a_promise_that_is_kept_holds_nobody_up() -> None:
    graph = graph_of(portfolio_of(PORTFOLIO))
    assert "app.kept" not in graph.below("hub.make")
    assert {carrier.id for _, _, carrier in crossings(portfolio_of(PORTFOLIO))} == {
        "app.interface", "app.people", "shop.open",
    }  # fmt: skip


def test_what_most_wait_for_comes_first() -> None:
    found = most_awaited(portfolio_of(PORTFOLIO))
    assert [each.id for each in found] == ["hub.ready", "crew", "app.ship"]
    ready, _, ship = found
    assert (ready.fan_out, ready.projects) == (9, ("app", "shop"))  # the promise is no receiver
    assert (ship.direct, ship.projects) == (2, ("shop",))
    assert ship.broker is not None
    assert ready.broker is not None
    assert ship.broker > ready.broker > 0


def test_two_nodes_have_no_broker() -> None:
    text = (
        "person: {id: anna, name: Anna, role: Lead, start_date: 2020-01-01}\n"
        "team: {id: crew, name: Crew}\n"
        "project: {id: p, name: P, sponsor: anna, dependencies: [{id: d, from: crew}]}\n"
    )
    portfolio = portfolio_of(text)
    assert [each.broker for each in most_awaited(portfolio)] == [0.0]  # crew, promise, project
    assert (
        most_awaited(portfolio_of("person: {id: a, name: A, role: L, start_date: 2020-01-01}"))
        == ()
    )


class TestTrees:
    def test_each_entity_has_its_place_once_and_is_named_elsewhere(self) -> None:
        portfolio = portfolio_of(PORTFOLIO + "risk: {id: r, title: R, owner: anna}\n")
        found = tree(portfolio, "hub.ready", "below")
        lines = [f"{strokes}{branch.id}" for strokes, branch in found.lines()]
        assert lines == [
            "├─ app.interface",
            "│  └─ app.use",
            "│     └─ app.ship",
            "│        ├─ app",
            "│        │  ├─ grow",
            "│        │  └─ till",
            "│        │     └─ acme",
            "│        └─ shop.open",
            "│           └─ shop",
            "└─ hub",
        ]

    def test_a_second_occurrence_is_repeated_without_what_is_behind_it(self) -> None:
        text = PORTFOLIO.replace(
            "customer: {id: acme, name: Acme}", "customer: {id: acme, name: A}"
        )
        text = text.replace("services: [till]", "services: [till]\n    customer: acme")
        below = tree(portfolio_of(text), "app", "below")
        acme, grow, till = below.children
        assert [acme.repeated, grow.repeated, till.repeated] == [False, False, False]
        assert [(each.id, each.repeated) for each in till.children] == [("acme", True)]

    def test_depth_cuts_the_tree(self) -> None:
        above = tree(portfolio_of(PORTFOLIO), "app.ship", "above", depth=1)
        assert [child.id for child in above.children] == ["app.people", "app.use"]
        assert all(not child.children for child in above.children)


LOOPS = {
    "predecessors": (
        (
            "activities: [{id: a, duration: 1d, predecessors: [c]}, {id: b, duration: 1d,"
            " predecessors: [a]}, {id: c, duration: 1d, predecessors: [b]}]"
        ),
        ("p.a", "p.b", "p.c"),
    ),
    "a shorter loop beside a longer one": (
        (
            "activities: [{id: a, duration: 1d, predecessors: [b, c]}, {id: b, duration: 1d,"
            " predecessors: [a]}, {id: c, duration: 1d, predecessors: [b]}]"
        ),
        ("p.a", "p.b"),
    ),
    "an activity that waits for itself": (
        "activities: [{id: a, duration: 1d, predecessors: [a]}]",
        ("p.a",),
    ),
    "a promise": (
        (
            "activities: [{id: a, duration: 1d, predecessors: [b]}, {id: b, duration: 1d}],"
            " dependencies: [{id: d, from: a, to: b}]"
        ),
        ("p.b", "p.a", "p.d"),
    ),
}


class TestLoops:
    @pytest.mark.parametrize("name", LOOPS)
    def test_the_shortest_way_round_is_told(self, name: str) -> None:
        body, loop = LOOPS[name]
        text = (
            "person: {id: anna, name: Anna, role: Lead, start_date: 2020-01-01}\n"
            f"project: {{id: p, name: P, sponsor: anna, {body}}}\n"
        )
        found = find_cycles(portfolio_of(text))[0]
        assert set(found) == set(loop)
        assert found in {loop[n:] + loop[:n] for n in range(len(loop))}

    @pytest.mark.parametrize(
        ("text", "loop"),
        [
            (
                (
                    "services: [{id: a, name: A, owner: anna, depends_on: [b]},"
                    " {id: b, name: B, owner: anna, depends_on: [a]}]"
                ),
                {"a", "b"},
            ),
            (
                (
                    "objectives: [{id: a, name: A, owner: anna, parent: b},"
                    " {id: b, name: B, owner: anna, parent: a}]"
                ),
                {"a", "b"},
            ),
            (
                (
                    "benefits: [{id: a, title: A, owner: anna, depends_on: [b]},"
                    " {id: b, title: B, owner: anna, depends_on: [a]}]"
                ),
                {"a", "b"},
            ),
            (
                (
                    "business_units: [{id: a, name: A, owner: anna, parent: b},"
                    " {id: b, name: B, owner: anna, parent: a}]"
                ),
                {"a", "b"},
            ),
        ],
    )
    def test_what_needs_or_ranks_above_itself_is_told(self, text: str, loop: set[str]) -> None:
        people = "person: {id: anna, name: Anna, role: Lead, start_date: 2020-01-01}\n"
        found = find_cycles(portfolio_of(people + text))
        assert [set(each) for each in found] == [loop]

    def test_two_knots_give_two_loops_and_a_line_none(self) -> None:
        rows = "".join(
            f"  - {{id: {a}, name: {a}, owner: anna, depends_on: [{b}]}}\n"
            for a, b in ("ab", "ba", "cd", "dc", "ea")
        )
        people = "person: {id: anna, name: Anna, role: Lead, start_date: 2020-01-01}\n"
        found = find_cycles(portfolio_of(people + "services:\n" + rows))
        assert sorted(map(sorted, found)) == [["a", "b"], ["c", "d"]]
        assert find_cycles(portfolio_of(PORTFOLIO)) == ()

    def test_proposals_may_exclude_each_other(self) -> None:
        text = (
            "person: {id: anna, name: Anna, role: Lead, start_date: 2020-01-01}\n"
            "project: {id: p, name: P, sponsor: anna}\n"
            "proposals: [{id: a, project: p, excludes: [b]}, {id: b, project: p, excludes: [a]}]\n"
        )
        assert find_cycles(portfolio_of(text)) == ()
