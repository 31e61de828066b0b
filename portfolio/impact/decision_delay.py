"""What hangs on a decision: the price of a slip of the work that waits for the answer."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.impact.slack import value_at_stake
from portfolio.impact.supposed_slip import SLIPPING, CannotSlipError, Injection, inject, plan_for
from portfolio.measure.measure import Measure, given, unknown
from portfolio.values import Duration

if TYPE_CHECKING:
    from portfolio.impact.slack import Stake
    from portfolio.model.entity import Entity
    from portfolio.model.governance import Decision
    from portfolio.view.view import View

_ANY = Duration(Decimal(1), "d")


@dataclass(frozen=True, slots=True)
class DecisionStake:
    """What waits for an answer, and what 1, 5, 10 and 20 working days of slip of it cost."""

    waiting: tuple[str, ...]
    stakes: tuple[Stake, ...]


def stake_of(portfolio: View, decision: Decision) -> Measure[DecisionStake]:
    """Return the price of a slip of what a decision affects, else of its project.

    Finished work and what has no date cannot slip and is left out. Nothing that can slip, or
    nothing with a price: no_data.

    Source: domain A6, value at stake; question 1 of governance: what does waiting cost.
    """
    affected = [ref.id for ref in decision.affects]
    if decision.project is not None and not any(_may_slip(portfolio, each) for each in affected):
        affected = [decision.project.id]
    return _stake(portfolio, tuple(each for each in affected if _may_slip(portfolio, each)))


def stake_of_project(portfolio: View, project: Entity) -> Measure[DecisionStake]:
    """Return the price of a further slip of a project."""
    return _stake(portfolio, (project.id,) if _may_slip(portfolio, project.id) else ())


def _stake(portfolio: View, waiting: tuple[str, ...]) -> Measure[DecisionStake]:
    if not waiting:
        return unknown("no_data", "nothing with a date waits for it")
    stakes = value_at_stake(portfolio, [Injection(each, _ANY) for each in waiting])
    found = given(stakes or None, "nothing in the portfolio has a price")
    return found.map(lambda known: DecisionStake(waiting, known))


def _may_slip(portfolio: View, id_: str) -> bool:
    found = portfolio.find(id_)
    if found is None or found.kind not in SLIPPING:
        return False
    one = [Injection(id_, _ANY)]
    try:
        inject(portfolio, plan_for(portfolio, one, include_soft=False), one)
    except CannotSlipError:
        return False
    return True
