"""The page of the graph: what it says without a browser, and that no text breaks out of it."""

from __future__ import annotations

import json
import re
from typing import Any

from portfolio.impact.dependencies.explorer import Explorer, explore
from portfolio.impact.ripple import ripple
from portfolio.impact.supposed_slip import read_injections
from portfolio.report.explorer.page import explorer_page
from portfolio.report.rendering import embedded, inlined, render_explorer
from portfolio.view.view import View
from tests.portfolios import portfolio_of

HOSTILE = "</script><script>alert(1)</script><!-- & \u2028"
TEXT = """
project:
  id: atlas
  name: NAME
  sponsor: anna
  start: 2026-04-01
  activities:
    - {id: build, name: Build, duration: 10d}
    - {id: test, name: Test, duration: 5d, predecessors: [build]}
  milestones:
    - {id: live, name: Live, type: go_live, baseline: 2026-04-22, predecessors: [test]}
customer: {id: buyer, name: Buyer}
contract:
  id: acme
  title: Managed billing
  customer: buyer
  value: 100000 GBP
  damages: [{milestone: atlas.live, rate: 1000 GBP}]
"""


def a_portfolio(name: str = "Atlas") -> View:
    return portfolio_of(TEXT.replace("NAME", json.dumps(name)))


def slipped(portfolio: View) -> Explorer:
    found = ripple(portfolio, read_injections(["atlas.build=10d"], []))
    return explore(portfolio, ["atlas.build"], found)


def data_in(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_no_name_breaks_out_of_the_page() -> None:
    page = render_explorer(explorer_page(explore(a_portfolio(HOSTILE))))
    assert "<script>alert" not in page
    names = {node["id"]: node["name"] for node in data_in(page)["nodes"]}
    assert names["atlas"] == HOSTILE


def test_embedded_data_holds_no_markup_and_reads_back() -> None:
    text = str(embedded({"name": HOSTILE}))
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == {"name": HOSTILE}


def test_a_script_is_inlined_without_what_html_forbids() -> None:
    assert inlined('a="\x01";\n//# sourceMappingURL=a.js.map') == 'a="\\x01";'


def test_the_same_portfolio_gives_the_same_bytes() -> None:
    first, second = (render_explorer(explorer_page(slipped(a_portfolio()))) for _ in range(2))
    assert first == second


def test_without_scripts_the_lists_tell_who_is_hurt() -> None:
    page = render_explorer(explorer_page(slipped(a_portfolio())))
    lists = page[: page.index('<section id="graph"')]
    assert "What if atlas.build slips by 10d?" in lists
    assert "Managed billing" in lists
    assert "atlas.build → atlas.test → atlas.live → acme" in lists
    assert "GBP" in lists
    assert "<noscript>" in page


def test_a_thing_says_when_it_is_expected_and_how_far_it_can_slip() -> None:
    nodes = {node.id: node for node in explore(a_portfolio()).nodes}
    assert str(nodes["atlas.live"].expected) == "2026-04-21"
    assert nodes["atlas.build"].room.value == 0
    assert nodes["acme"].room.value == 1  # due on the 22nd, expected the day before
    assert nodes["acme"].worth.value is not None
    assert nodes["acme"].worth.value.amount == 100_000
    assert nodes["atlas"].worth.value is None


def test_what_was_asked_about_is_shown_with_its_surroundings_only() -> None:
    portfolio = portfolio_of(
        TEXT.replace("NAME", "Atlas")
        + "milestone: {id: apart, project: atlas, name: Apart, type: other, forecast: 2026-05-01}\n"
    )
    ids = {node.id for node in explore(portfolio, ["atlas.build"]).nodes}
    assert ids == {"atlas.build", "atlas.test", "atlas.live", "atlas", "acme", "buyer"}


def test_every_link_joins_two_things_that_are_there() -> None:
    explorer = slipped(a_portfolio())
    ids = {node.id for node in explorer.nodes}
    assert all(edge.giver in ids and edge.waiter in ids for edge in explorer.edges)
    pairs = [(edge.giver, edge.waiter) for edge in explorer.edges]
    assert len(pairs) == len(set(pairs))
    assert ("atlas.live", "acme") in pairs


def test_a_long_chain_is_told_by_its_ends() -> None:
    work = "".join(
        f"    - {{id: a{n}, name: W{n}, duration: 1d, predecessors: [a{n - 1}]}}\n"
        for n in range(2, 41)
    )
    portfolio = portfolio_of(
        "project:\n  id: long\n  name: Long\n  sponsor: x\n  start: 2026-04-01\n"
        f"  activities:\n    - {{id: a1, name: W1, duration: 1d}}\n{work}"
    )
    found = ripple(portfolio, read_injections(["long.a1=5d"], []))
    page = render_explorer(explorer_page(explore(portfolio, ["long.a1"], found)))
    assert "long.a1 → long.a2 → long.a3 → long.a4 → long.a5 → long.a6 → 29 more → long.a36" in page
    moved = {node["id"]: node["moved"]["via"] for node in data_in(page)["nodes"] if "moved" in node}
    assert moved["long.a40"] == "long.a39"


def test_a_depth_limits_how_far_the_surroundings_go() -> None:
    ids = {node.id for node in explore(a_portfolio(), ["atlas.build"], depth=1).nodes}
    assert ids == {"atlas.build", "atlas.test"}
