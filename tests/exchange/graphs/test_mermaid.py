"""Graphs as Mermaid text: every name written there is a name, never syntax."""

from __future__ import annotations

from portfolio.exchange.graphs.mermaid import (
    draw_picture,
    draw_reasons,
    draw_ripple,
    draw_surroundings,
)
from portfolio.impact.dependencies.dependency_map import business_links, project_matrix
from portfolio.impact.ripple import ripple
from portfolio.impact.supposed_slip import read_injections
from portfolio.network.driving_path import explain_date
from portfolio.network.tree import Branch, tree
from tests.portfolios import portfolio_of

TEXT = """\
person: {id: anna, name: Anna, role: Lead, start_date: 2020-01-01}
projects:
  - id: hub
    name: Hub
    sponsor: anna
    milestones: [{id: ready, name: Ready, forecast: 2026-04-10}]
  - id: app
    name: App
    sponsor: anna
    activities: [{id: use, duration: 5d}]
    dependencies:
      - {id: api, from: hub.ready, to: use, need_by: 2026-04-08, forecast: 2026-04-10,
         agreement: agreed}
benefit: {id: gain, title: Gain, owner: anna, project: app,
          value_by_period: [{period: 2027, planned: 365000}]}
"""


def test_the_picture_has_the_margin_on_the_edge_and_its_colour_twice() -> None:
    portfolio = portfolio_of(TEXT)
    lines = draw_picture(project_matrix(portfolio), business_links(portfolio)).splitlines()
    assert lines == [
        "flowchart LR",
        '  n0["hub"]:::point',
        '  n1["app"]:::point',
        '  n0 -->|"-2 d, red"| n1',
        '  n2["gain<br/>benefit"]:::business',
        "  n1 --> n2",
        "  classDef point fill:#eef2f7,stroke:#45556b,color:#1b1b1b",
        "  classDef business fill:#e6f0ea,stroke:#2f6b4f,color:#1b1b1b",
        "  linkStyle 0 stroke:#b02a37",
    ]


def test_surroundings_stand_on_both_sides() -> None:
    portfolio = portfolio_of(TEXT)
    drawn = draw_surroundings(
        tree(portfolio, "app.api", "above"), tree(portfolio, "app.api", "below")
    )
    assert '  n0["app.api<br/>dependency"]:::cause' in drawn
    assert "  n1 --> n0\n" in drawn  # hub.ready gives
    assert "  n0 --> n2\n" in drawn  # app.use waits


def test_a_ripple_runs_from_the_cause_to_the_money() -> None:
    found = ripple(portfolio_of(TEXT), read_injections(["hub=5d"], ()))
    drawn = draw_ripple(found)
    assert '  n0["hub<br/>slips by 5d"]:::cause' in drawn
    assert "2026-04-10 → 2026-04-17" in drawn
    assert '["gain<br/>starts 7 days later<br/>-7,000 GBP"]:::hit' in drawn
    assert len(drawn.splitlines()) == len(set(drawn.splitlines()))  # nothing is drawn twice


def test_a_name_with_the_signs_of_the_syntax_stays_a_name() -> None:
    hostile = 'x"]; click n0 "javascript:1" %%{init}%% <b>&amp;`#\n--> y'
    branch = Branch(hostile, "risk", "", "", repeated=False)
    drawn = draw_surroundings(branch, branch)
    label = drawn.splitlines()[1].removeprefix('  n0["').removesuffix('"]:::cause')
    assert drawn.splitlines()[1].startswith('  n0["')
    assert '"' not in label
    assert "<b>" not in label
    assert label.endswith(" --#gt; y<br/>risk")


def test_reasons_run_from_where_the_chain_starts_to_the_date() -> None:
    drawn = draw_reasons(explain_date(portfolio_of(TEXT), "app.use"))
    assert drawn.splitlines()[1:4] == [
        '  n0["app.use<br/>2026-04-17"]:::cause',
        '  n1["hub.ready<br/>2026-04-10<br/>it stands on its own date"]:::point',
        '  n1 -->|"FS"| n0',
    ]
