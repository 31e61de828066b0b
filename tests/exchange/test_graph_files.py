"""Graphs for other programs: every name is a name there, and what is drawn is what was computed."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO

import networkx as nx
import pytest

from portfolio.exchange.graphs.dot import write_dot
from portfolio.exchange.graphs.graphml import write_graphml
from portfolio.impact.dependencies.dependency_map import business_links, project_matrix
from portfolio.impact.dependencies.diagram import (
    Arrow,
    Diagram,
    Node,
    picture_diagram,
    reasons_diagram,
    ripple_diagram,
    trees_diagram,
)
from portfolio.impact.ripple import ripple
from portfolio.impact.supposed_slip import read_injections
from portfolio.network.driving_path import explain_date
from portfolio.network.tree import tree
from tests.portfolios import portfolio_of

TEXT = """\
person: {id: anna, name: Anna, role: Lead, start_date: 2020-01-01}
projects:
  - id: hub
    name: Hub
    sponsor: anna
    start: 2026-03-02
    activities: [{id: make, duration: 10d}]
    milestones: [{id: ready, name: 'Ready <& "done"', predecessors: [make]}]
  - id: app
    name: App
    sponsor: anna
    start: 2026-03-02
    activities: [{id: use, duration: 5d}]
    milestones: [{id: live, name: Live, predecessors: [use]}]
    dependencies:
      - {id: api, from: hub.ready, to: use, need_by: 2026-04-08, forecast: 2026-04-10,
         agreement: agreed}
benefit: {id: gain, title: Gain, owner: anna, project: app, starts_after: app.live,
          value_by_period: [{period: 2027, planned: 365000}]}
"""
WILD = [
    'a "quoted" name',
    "a back\\slash\\n at the \\N end\\",
    "<b>&amp; tag",
    "two\nlines",
    "شبكة المشاريع",
    "n" * 400,
    "bell\x07 and null\x00",
]


def answers() -> dict[str, Diagram]:
    """Return the four answers about one portfolio."""
    portfolio = portfolio_of(TEXT)
    found = ripple(portfolio, read_injections(["10d"], ["hub.make"]))
    return {
        "picture": picture_diagram(portfolio, project_matrix(portfolio), business_links(portfolio)),
        "trees": trees_diagram(
            portfolio, tree(portfolio, "app.live", "above"), tree(portfolio, "app.live", "below")
        ),
        "ripple": ripple_diagram(portfolio, found),
        "why": reasons_diagram(portfolio, explain_date(portfolio, "app.live")),
    }


def wild() -> Diagram:
    nodes = tuple(Node(f"n{place}", "project", text, words=text) for place, text in enumerate(WILD))
    arrows = tuple(Arrow("n0", node.id, node.name) for node in nodes[1:])
    return Diagram(WILD[0], nodes, arrows)


def read(diagram: Diagram) -> nx.DiGraph[str]:
    graph = nx.read_graphml(BytesIO(write_graphml(diagram).encode()))
    assert isinstance(graph, nx.DiGraph)
    return graph


class TestDiagram:
    def test_the_margin_of_the_tightest_promise_is_on_the_arrow(self) -> None:
        arrow = answers()["picture"].arrows[0]
        assert (arrow.giver, arrow.waiter, arrow.days, arrow.words) == (
            "hub",
            "app",
            -2,
            "-2 d, red",
        )

    def test_a_slip_leads_from_what_slips_to_the_money(self) -> None:
        nodes = {node.id: node for node in answers()["ripple"].nodes}
        assert nodes["hub.make"].part == "cause"
        assert nodes["hub.make"].words == "slips by 10d"
        assert nodes["gain"].part == "hit"
        assert nodes["gain"].days == 14  # ten working days
        assert nodes["gain"].money == -14000  # 365,000 a year, 14 of its 365 days
        assert nodes["app.live"].days == 14

    def test_the_reasons_run_from_the_start_of_the_chain_to_the_date(self) -> None:
        found = answers()["why"]
        assert [(arrow.giver, arrow.waiter) for arrow in found.arrows] == [
            ("app.use", "app.live"),
            ("hub.ready", "app.use"),
            ("hub.make", "hub.ready"),
        ]

    @pytest.mark.parametrize("name", ["picture", "trees", "ripple", "why"])
    def test_every_end_of_an_arrow_is_a_node(self, name: str) -> None:
        found = answers()[name]
        ids = [node.id for node in found.nodes]
        assert len(ids) == len(set(ids)) > 1
        assert {end for arrow in found.arrows for end in (arrow.giver, arrow.waiter)} <= set(ids)


class TestGraphml:
    @pytest.mark.parametrize("name", ["picture", "trees", "ripple", "why"])
    def test_another_library_reads_the_same_nodes_and_edges(self, name: str) -> None:
        found = answers()[name]
        graph = read(found)
        assert list(graph.nodes) == [node.id for node in found.nodes]
        assert set(graph.edges) == {(arrow.giver, arrow.waiter) for arrow in found.arrows}

    def test_figures_come_back_as_figures(self) -> None:
        gain = read(answers()["ripple"]).nodes["gain"]
        assert (gain["kind"], gain["name"], gain["days"]) == ("benefit", "Gain", 14)
        assert (gain["money"], gain["currency"]) == (-14000.0, "GBP")
        assert "owner" in gain
        assert read(answers()["picture"]).edges["hub", "app"]["margin"] == -2

    def test_what_is_not_known_is_left_out_instead_of_zero(self) -> None:
        hub = read(answers()["picture"]).nodes["hub"]
        assert {"days", "money", "date_new"}.isdisjoint(hub)

    def test_any_name_comes_back_as_it_was(self) -> None:
        names = [data["name"] for _, data in read(wild()).nodes(data=True)]
        assert names == [*WILD[:-1], "bell and null"]  # XML has no way to write these two


class TestDot:
    def test_a_kind_has_a_shape_and_a_label_that_says_it(self) -> None:
        lines = write_dot(answers()["ripple"]).splitlines()
        live = next(line for line in lines if line.startswith('  "app.live" ['))
        assert "shape=diamond" in live
        assert '"app.live\\nmilestone\\n2026-04-20 → 2026-05-04, +14 d"' in live

    def test_a_colour_never_carries_a_margin_alone(self) -> None:
        edge = '  "hub" -> "app" [label="-2 d, red", color="#b02a37", penwidth=2.5];'
        assert edge in write_dot(answers()["picture"]).splitlines()

    @pytest.mark.skipif(shutil.which("dot") is None, reason="no Graphviz: .ci/tools installs it")
    @pytest.mark.parametrize("name", ["picture", "trees", "ripple", "why", "wild"])
    def test_graphviz_draws_it(self, name: str) -> None:
        found = {**answers(), "wild": wild()}[name]
        svg = drawn(write_dot(found))
        assert svg.count('class="node"') == len(found.nodes)
        assert svg.count('class="edge"') == len(found.arrows)

    @pytest.mark.skipif(shutil.which("dot") is None, reason="no Graphviz: .ci/tools installs it")
    def test_graphviz_reads_every_name_as_it_was(self) -> None:
        svg = drawn(write_dot(wild()))
        assert "a back\\slash\\n at the \\N end\\</text>" in svg
        assert "&lt;b&gt;&amp;amp; tag</text>" in svg
        assert "a &quot;quoted&quot; name</text>" in svg
        assert "two lines</text>" in svg
        assert "شبكة المشاريع" in svg


def drawn(text: str) -> str:
    """Return the drawing that Graphviz makes; a complaint of it is a failure."""
    done = subprocess.run(
        ["dot", "-Tsvg"], input=text, capture_output=True, text=True, check=True, timeout=60
    )
    assert "rror" not in done.stderr, done.stderr
    return done.stdout
