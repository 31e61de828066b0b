"""Slips of small portfolios, and what to read off them."""

from __future__ import annotations

from decimal import Decimal

from portfolio.impact.effect import Effect
from portfolio.impact.movement import MovedItem
from portfolio.impact.ripple import Ripple, ripple
from portfolio.impact.supposed_slip import read_injections
from portfolio.view.view import View
from tests.portfolios import portfolio_of

SETTINGS = """\
organisation: {name: Test, currency: GBP, calendar: england}
as_of: 2026-03-02
calendars:
  england: {holidays: [2026-04-03, 2026-04-06, 2026-05-04, 2026-05-25]}
exchange_rates: [{date: 2026-01-01, from: EUR, to: GBP, rate: 0.8}]
"""


def slipped(portfolio: View, *slips: str, include_soft: bool = False) -> Ripple:
    return ripple(portfolio, read_injections(slips, ()), include_soft=include_soft)


def moved(found: Ripple) -> dict[str, MovedItem]:
    return {item.id: item for item in found.moved}


def effects(found: Ripple) -> dict[str, Effect]:
    return {effect.id: effect for effect in found.effects}


def amount(effect: Effect) -> Decimal | None:
    return None if effect.money.value is None else effect.money.value.amount


ONE = """\
person: {id: anna, name: Anna, role: Lead, start_date: 2020-01-01}
project:
  id: p
  name: P
  sponsor: anna
  start: 2026-03-02
  activities:
    - {id: a, duration: 5d}
    - {id: b, duration: 5d, predecessors: [a]}
    - {id: side, duration: 2d}
  milestones:
    - {id: m, name: M, predecessors: [b], baseline: 2026-03-13, MORE}
"""


def one(more: str = "type: internal", *entities: str) -> View:
    """Return a portfolio of one project that reaches its milestone on 13 March, a Friday."""
    return portfolio_of(ONE.replace("MORE", more) + "".join(entities), SETTINGS)
