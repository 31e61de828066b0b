"""Coaching and training, and how much capability they brought."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from statistics import mean
from typing import TYPE_CHECKING

from portfolio.analysis.resources.retention import share_held
from portfolio.measure.measure import Measure, unknown
from portfolio.measure.privacy import FEWEST_SHOWN
from portfolio.model.resources import DevelopmentGoal, DevelopmentPlan, OneToOne, Person

if TYPE_CHECKING:
    from portfolio.view.view import View


COACHING_DAYS = 183


def coaching_rate(portfolio: View) -> Measure[Decimal]:
    """Return the share of one-to-ones of the last half year that were held, 0..1.

    With fewer than four people: small_sample.

    Source: domain A10; worked example WE-59.
    """
    start = portfolio.as_of - timedelta(days=COACHING_DAYS)
    due = [each for each in portfolio.all(OneToOne) if start < each.planned <= portfolio.as_of]
    if due and len({each.person.id for each in due}) < FEWEST_SHOWN:
        return unknown("small_sample", f"with fewer than {FEWEST_SHOWN} people")
    return share_held(sum(each.held is not None for each in due), len(due))


@dataclass(frozen=True, slots=True)
class Uplift:
    """What development plans have reached: of the goals that are due, how many, and how far.

    ``levels`` is the mean change of the level over the people with a due goal; ``self_assessed``
    counts the reached goals that nobody else has assessed.
    """

    due: int
    met: int
    people: int
    levels: Decimal
    self_assessed: int

    @property
    def share(self) -> Decimal:
        """Return met / due, 0..1."""
        return Decimal(self.met) / self.due


def capability_uplift(portfolio: View) -> Measure[Uplift]:
    """Return how far people have come whose development goals are due.

    A goal states the level at its start, and the person's skills the one assessed now; a goal is
    met at or above the level aimed at. Skills not assessed since are no second assessment and do
    not count. No due goal: no_data; of fewer than four people: small_sample.

    Source: domain A10.
    """
    found: dict[str, list[tuple[DevelopmentGoal, int, bool]]] = defaultdict(list)
    for plan in portfolio.all(DevelopmentPlan):
        person = portfolio.find(plan.person, Person)
        for goal in plan.goals if person is not None else ():
            held = [each for each in person.skills if each.skill == goal.skill] if person else []
            if goal.by is not None and goal.by <= portfolio.as_of and held:
                best = max(held, key=lambda each: each.level)
                found[plan.person.id].append((goal, best.level, best.assessed_by is None))
    goals = [each for listed in found.values() for each in listed]
    if not goals:
        return unknown("no_data", "no development goal is due")
    if len(found) < FEWEST_SHOWN:
        return unknown("small_sample", f"goals of fewer than {FEWEST_SHOWN} people")
    met = [each for each in goals if each[1] >= each[0].to]
    changes = [mean(level - goal.from_ for goal, level, _ in listed) for listed in found.values()]
    self_assessed = sum(is_own for _, _, is_own in met)
    levels = Decimal(mean(changes)).quantize(Decimal("0.01"))
    return Measure(Uplift(len(goals), len(met), len(found), levels, self_assessed))
