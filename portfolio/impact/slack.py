"""How far something can slip for free, by when to decide, and who has to be asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

from portfolio.impact.commercial.contracts import contract_effects
from portfolio.impact.effect import Effect, add_up
from portfolio.impact.finance.payments import payment_effects
from portfolio.impact.movement import MovedItem, move
from portfolio.impact.operations.services import service_effects
from portfolio.impact.outcomes import Reach
from portfolio.impact.resources.teams import team_effects
from portfolio.impact.strategy.business_impact import business_effects
from portfolio.impact.strategy.strategic_contribution import benefit_effects
from portfolio.impact.supposed_slip import Injection
from portfolio.measure.measure import Measure, unknown
from portfolio.model.commercial.contracts import Contract
from portfolio.model.delivery.projects import Dependency, Milestone, Project
from portfolio.model.finance import Benefit
from portfolio.model.governance import Decision
from portfolio.model.operations.services import RunCost, Service
from portfolio.model.resources import Team
from portfolio.model.service import Sla
from portfolio.model.strategy import BusinessDependency
from portfolio.network.calendars import project_calendar, working_minutes
from portfolio.network.portfolio_schedule import plan_of
from portfolio.values import Duration, Money

if TYPE_CHECKING:
    from portfolio.impact.ripple import Ripple
    from portfolio.view.view import View

_FARTHEST = 256
_LARGEST = 20_000
STAKES = (1, 5, 10, 20)
"""The slips, in working days, whose cost tells what is at stake."""
_PRICED = (
    contract_effects,
    payment_effects,
    business_effects,
    benefit_effects,
    team_effects,
    service_effects,
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Somebody who has to agree to a slip, and what of theirs moves or is hit."""

    person: str
    concerns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stake:
    """What a slip of so many working days costs in all, in the organisation's currency."""

    days: int
    money: Measure[Money]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a slip leaves open.

    ``float_to_first_money`` is the largest slip in working days that costs nothing; 0 is a hot
    spot. ``value_at_stake`` is what 1, 5, 10 and 20 working days cost: caps and contract dates
    make it no straight line; empty where it was not computed. ``latest_decision`` is the last day
    on which the slowest option of ``decision`` still protects the first money.
    """

    float_to_first_money: Measure[int]
    value_at_stake: tuple[Stake, ...]
    latest_decision: Measure[date]
    must_agree: tuple[Agreement, ...]
    decision: str = ""


def look_ahead(portfolio: View, found: Ripple) -> Outlook:
    """Return how far the same things could slip for free, by when to decide, whom to ask."""
    again = [Injection(each.id, each.slip) for each in found.injected]
    room = float_to_first_money(portfolio, again)
    latest, decision = _latest_decision(portfolio, found, room)
    stakes = value_at_stake(portfolio, again)
    return Outlook(room, stakes, latest, must_agree(portfolio, found), decision)


def value_at_stake(portfolio: View, injections: Sequence[Injection]) -> tuple[Stake, ...]:
    """Return what 1, 5, 10 and 20 working days of slip of the injected things cost in all.

    Each is computed anew, for caps and contract dates make the cost no straight line. Empty where
    nothing has a price or the plan has more than 20,000 activities.

    Source: domain A6; worked example WE-24.
    """
    if not _is_computable(portfolio):
        return ()
    return tuple(
        Stake(days, add_up(portfolio, _priced(portfolio, injections, days), 0).money)
        for days in STAKES
    )


def float_to_first_money(portfolio: View, injections: Sequence[Injection]) -> Measure[int]:
    """Return the most whole working days that the injected things can slip without any cost.

    Found by halving: cost never falls when a slip grows. Nothing with a price, no cost within 256
    working days, or a plan of more than 20,000 activities: no value.
    """
    if not _has_prices(portfolio):
        return unknown("no_data", "nothing in the portfolio has a price")
    if not _is_computable(portfolio):
        return unknown("out_of_range", f"not computed for more than {_LARGEST:,} activities")
    free, costly = 0, 1
    while not _costs(portfolio, injections, costly):
        free, costly = costly, costly * 2
        if free >= _FARTHEST:
            return unknown("out_of_range", f"no cost within {_FARTHEST} working days")
    while costly - free > 1:
        middle = (free + costly) // 2
        if _costs(portfolio, injections, middle):
            costly = middle
        else:
            free = middle
    return Measure(free)


def _is_computable(portfolio: View) -> bool:
    small = len(plan_of(portfolio).network.activities) <= _LARGEST
    return small and _has_prices(portfolio)


def _has_prices(portfolio: View) -> bool:
    """Tell whether anything states an amount that a delay could cost."""
    rate = portfolio.settings.organisation.financing_rate_pct
    return (
        any(contract.damages for contract in portfolio.all(Contract))
        or any(benefit.value_by_period for benefit in portfolio.all(Benefit))
        or any(team.day_cost for team in portfolio.all(Team))
        or any(
            each.sensitivity and each.sensitivity.per_day_cost
            for each in portfolio.all(BusinessDependency)
        )
        or any(service.run_cost_per_month for service in portfolio.all(Service))
        or any(level.credit_tiers for level in portfolio.all(Sla))
        or bool(portfolio.all(RunCost))
        or (rate is not None and any(each.amount for each in portfolio.all(Milestone)))
    )


def _priced(portfolio: View, injections: Sequence[Injection], days: int) -> list[Effect]:
    """Return what a slip of so many working days does that can have a price."""
    slip = Duration(Decimal(days), "d")
    reach = Reach(move(portfolio, [replace(each, slip=slip) for each in injections]))
    return [effect for source in _PRICED for effect in source(reach)]


def _costs(portfolio: View, injections: Sequence[Injection], days: int) -> bool:
    return any(
        effect.money.value is not None and effect.money.value.amount < 0
        for effect in _priced(portfolio, injections, days)
    )


def _latest_decision(
    portfolio: View, found: Ripple, room: Measure[int]
) -> tuple[Measure[date], str]:
    """Return the first injected finish plus the free slip, less the slowest option's time.

    Beside it stands the decision that has this option.
    """
    if room.value is None:
        return unknown(room.code, room.reason), ""
    starts = [item for item in found.moved if len(item.through) == 1] or list(found.moved[:1])
    if not starts:
        return unknown("no_data", "nothing moves"), ""
    first = min(starts, key=lambda item: item.old)
    project = first.project
    calendar = project_calendar(portfolio, portfolio.find(project, Project))
    concerned = {item.id for item in found.moved} | {project}
    leads = [
        (working_minutes(option.time, calendar) / calendar.minutes_per_day, decision.id)
        for decision in portfolio.all(Decision)
        if decision.status in {"draft", "open"} and _touches(decision, concerned)
        for option in decision.options
        if option.time is not None and option.time.is_working
    ]
    if not leads:
        return unknown("no_data", "no open decision says how long its options take"), ""
    longest, decision = max(leads)
    need = calendar.add_working_days(first.old, room.value)
    return Measure(calendar.add_working_days(need, -ceil(longest))), decision


def _touches(decision: Decision, concerned: set[str]) -> bool:
    refs = (*decision.affects, *([decision.project] if decision.project else []))
    return any(ref.id in concerned for ref in refs)


def must_agree(portfolio: View, found: Ripple) -> tuple[Agreement, ...]:
    """Return who answers for what moves or is hit outside the projects that slip.

    Both sides of a moved promise belong to them; those with most at stake come first.
    """
    own = {item.project for item in found.moved if len(item.through) == 1}
    concerns: dict[str, dict[str, None]] = {}
    for person, id_ in (*_of_moved(portfolio, found.moved, own), *_of_effects(found)):
        if person:
            concerns.setdefault(person, {})[id_] = None
    people = sorted(concerns.items(), key=lambda one: (-len(one[1]), one[0]))
    return tuple(Agreement(person, tuple(ids)) for person, ids in people)


def _of_moved(
    portfolio: View, moved: Sequence[MovedItem], own: set[str]
) -> Iterator[tuple[str, str]]:
    for item in moved:
        promise = portfolio.find(item.id, Dependency)
        if promise is not None:
            yield item.owner, item.id
            yield (str(promise.giver_owner) if promise.giver_owner else ""), item.id
        elif item.kind == "milestone" and item.project not in own:
            yield item.owner, item.id


def _of_effects(found: Ripple) -> Iterator[tuple[str, str]]:
    for effect in found.effects:
        if effect.kind in {"contract", "customer", "benefit", "service"} and effect.days > 0:
            yield effect.owner, effect.id
