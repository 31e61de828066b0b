"""A small portfolio with two testers and two projects, for tests about people."""

from __future__ import annotations

from portfolio.model.resources import Person
from portfolio.view.view import View
from tests.portfolios import SETTINGS, portfolio_of

EIGHT_HOURS = (
    SETTINGS
    + """
calendars: {office: {week: {mon-fri: ["08:00-12:00", "13:00-17:00"]}}}
"""
)

BASE = """
people:
  - {id: ann, name: Ann Sample, role: Tester, productive_share: 1}
  - {id: bob, name: Bob Sample, role: Tester, contracted_fte: 0.5, productive_share: 1}
projects:
  - id: atlas
    name: Atlas
    sponsor: ann
    activities:
      - {id: build, duration: 30d}
      - {id: docs, duration: 5d}
  - {id: hub, name: Hub, sponsor: ann}
"""


def portfolio(text: str, base: str = BASE) -> View:
    return portfolio_of(base + text, EIGHT_HOURS)


def person(found: View, name: str) -> Person:
    known = found.find(name, Person)
    assert known is not None
    return known


def bookings(*rows: str) -> str:
    return "assignments:\n" + "".join(f"  - {{{row}}}\n" for row in rows)


FULL = "id: a, person: ann, work: hub, from: 2026-04-01, to: 2026-04-30, pct: 60"
