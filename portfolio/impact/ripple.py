"""What a slip does, to whom, in dates and in money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.impact.commercial.contracts import contract_effects
from portfolio.impact.commercial.customers import customer_effects
from portfolio.impact.effect import Effect, Totals, add_up, hardest_first
from portfolio.impact.finance.payments import payment_effects
from portfolio.impact.movement import MovedItem, move
from portfolio.impact.operations.services import service_effects
from portfolio.impact.outcomes import Reach
from portfolio.impact.resources.teams import team_effects
from portfolio.impact.service.kpi import indicator_effects
from portfolio.impact.strategy.business_impact import business_effects, event_effects
from portfolio.impact.strategy.strategic_contribution import benefit_effects, objective_effects
from portfolio.impact.supposed_slip import Injected, Injection

if TYPE_CHECKING:
    from portfolio.view.view import View

SOURCES = (
    contract_effects,
    payment_effects,
    business_effects,
    benefit_effects,
    team_effects,
    service_effects,
    customer_effects,
    objective_effects,
    indicator_effects,
    event_effects,
)


@dataclass(frozen=True, slots=True)
class Ripple:
    """The consequences of a slip.

    ``moved`` lists predecessors first, ``effects`` the hardest hit first. ``at_risk`` is what
    would move too if soft promises moved dates; it is empty unless that was asked for.
    """

    injected: tuple[Injected, ...]
    moved: tuple[MovedItem, ...]
    effects: tuple[Effect, ...]
    totals: Totals
    at_risk: tuple[MovedItem, ...] = ()


def ripple(
    portfolio: View,
    injections: Sequence[Injection],
    *,
    include_soft: bool = False,
    activities: bool = True,
) -> Ripple:
    """Compute what a slip does, in this order: logic, calendars, freeze windows, money.

    Without ``activities`` only milestones and promises are listed as moved; everything is computed
    all the same. Raises CannotSlipError for what cannot slip.
    """
    movement = move(portfolio, injections)
    moved = tuple(movement.items(activities=activities))
    reach = Reach(movement)
    effects = hardest_first(portfolio, (each for source in SOURCES for each in source(reach)))
    at_risk: tuple[MovedItem, ...] = ()
    if include_soft:
        dates = {item.id: item.new for item in moved}
        soft = move(portfolio, injections, include_soft=True).items(activities=activities)
        at_risk = tuple(item for item in soft if dates.get(item.id) != item.new)
    return Ripple(
        tuple(movement.injected), moved, effects, add_up(portfolio, effects, len(moved)), at_risk
    )
