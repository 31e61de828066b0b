"""A confidential project leaves no trace on a page but its number."""

from __future__ import annotations

from portfolio.model.delivery.projects import Dependency, Milestone, Project
from portfolio.model.risk import Risk
from portfolio.view.audience import shown
from tests.portfolios import portfolio_of

TEXT = """
people: [{id: anna, name: Anna Sample}]
projects:
  - {id: open, name: Open, sponsor: anna,
     dependencies: [{id: gift, title: Gift, from: secret.m}],
     milestones: [{id: m, name: M}]}
  - {id: secret, name: Secret, sponsor: anna, confidential: true,
     milestones: [{id: m, name: M}],
     risks: [{id: leak, title: Leak, owner: anna}]}
"""


def test_what_belongs_to_it_or_names_it_stays_out() -> None:
    found = shown(portfolio_of(TEXT))
    assert [p.id for p in found.portfolio.all(Project)] == ["open"]
    assert [m.id for m in found.portfolio.all(Milestone)] == ["open.m"]
    assert found.portfolio.all(Risk) == ()
    assert found.portfolio.all(Dependency) == ()
    assert found.confidential == 1
    assert found.hidden == {"secret", "secret.m", "leak", "open.gift"}


def test_it_is_shown_to_those_who_ask_for_it() -> None:
    found = shown(portfolio_of(TEXT), include_confidential=True)
    assert len(found.portfolio.all(Project)) == 2
    assert found.confidential == 0
