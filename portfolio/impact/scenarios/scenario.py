"""What is supposed together: slips, projects that stop, people who leave; and its outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from portfolio.impact.movement import move
from portfolio.impact.ripple import ripple
from portfolio.impact.scenarios.departure import Leaving, leave
from portfolio.impact.scenarios.termination import Stopped, stop
from portfolio.impact.slack import look_ahead
from portfolio.impact.supposed_slip import Injection, scenario_injections
from portfolio.measure.measure import Measure
from portfolio.model.commercial.contracts import Contract
from portfolio.model.delivery.projects import Milestone
from portfolio.model.resources import Person
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.model.strategy import Scenario
    from portfolio.view.view import View


@dataclass(frozen=True, slots=True)
class Supposition:
    """What is supposed together.

    ``injections`` are all slips, those by which work that others carry on takes longer included.
    """

    name: str
    injections: tuple[Injection, ...] = ()
    stopped: Stopped | None = None
    leaving: tuple[Leaving, ...] = ()
    include_soft: bool = False

    @property
    def is_slip_only(self) -> bool:
        """Tell whether nobody leaves and nothing stops."""
        return self.stopped is None and not self.leaving


def suppose(
    portfolio: View,
    name: str,
    injections: Sequence[Injection] = (),
    stops: Sequence[str] = (),
    leaving: Iterable[tuple[Person, date]] = (),
    *,
    include_soft: bool = False,
) -> Supposition:
    """Return a supposition with what follows from it at once."""
    gone = tuple(leave(portfolio, person, on) for person, on in leaving)
    slips = (*injections, *(each for left in gone for each in left.injections))
    return Supposition(name, slips, stop(portfolio, stops) if stops else None, gone, include_soft)


def suppose_scenario(portfolio: View, scenario: Scenario) -> Supposition:
    """Return what a scenario of the portfolio supposes; a person without a day leaves today."""
    slips, _ = scenario_injections(scenario)
    leaving = [
        (person, each.on or portfolio.as_of)
        for each in scenario.inject
        if (person := portfolio.find(each.remove_person, Person)) is not None
    ]
    stops = [each.stop.id for each in scenario.inject if each.stop is not None]
    soft = scenario.include_soft
    return suppose(portfolio, scenario.id, slips, stops, leaving, include_soft=soft)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a supposition leads to, to be held against others.

    ``hit`` counts who is hit by kind; ``dates`` are the key dates by milestone; ``orphans`` counts
    the work that stands still, ``lost`` what loses its case.
    """

    name: str
    money: Measure[Money]
    hit: Mapping[str, int]
    dates: Mapping[str, date]
    free_days: Measure[int] | None
    latest_decision: Measure[date] | None
    orphans: int
    lost: int


def outcome(portfolio: View, supposed: Supposition) -> Outcome:
    """Compute what a supposition leads to; raises CannotSlipError for what cannot slip."""
    found = ripple(portfolio, supposed.injections, include_soft=supposed.include_soft)
    outlook = look_ahead(portfolio, found) if supposed.injections else None
    hit = Counter(effect.kind for effect in found.effects if effect.days > 0)
    movement = move(portfolio, supposed.injections)
    dates = {
        id_: known[1] for id_ in key_points(portfolio) if (known := movement.dates(id_)) is not None
    }
    return Outcome(
        supposed.name,
        found.totals.money,
        hit,
        dates,
        outlook.float_to_first_money if outlook else None,
        outlook.latest_decision if outlook else None,
        sum(len(left.orphans) for left in supposed.leaving),
        len(supposed.stopped.losses) if supposed.stopped else 0,
    )


def key_points(portfolio: View) -> tuple[str, ...]:
    """Return the open go-lives, key milestones and those with damages, in the order of files."""
    with_damages = {
        each.milestone.id for contract in portfolio.all(Contract) for each in contract.damages
    }
    return tuple(
        milestone.id
        for milestone in portfolio.all(Milestone)
        if milestone.actual is None
        and (milestone.key or milestone.type == "go_live" or milestone.id in with_damages)
    )
