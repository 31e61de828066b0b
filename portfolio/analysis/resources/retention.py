"""How healthy a team is: who leaves, learns, is coached, can succeed, and dares to speak.

Everything here is about groups: what would tell about fewer than four people has no value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from statistics import mean
from typing import TYPE_CHECKING

from portfolio.analysis.resources.skills import is_in_post
from portfolio.analysis.resources.utilisation import time_use
from portfolio.calendar import add_months
from portfolio.measure.measure import Measure, unknown
from portfolio.measure.satisfaction import FEWEST_SHOWN, TOO_FEW, net_promoter_of
from portfolio.model.resources import (
    DevelopmentGoal,
    DevelopmentPlan,
    OneToOne,
    Person,
    Pulse,
    Succession,
    Team,
)

if TYPE_CHECKING:
    from portfolio.measure.satisfaction import NetPromoter
    from portfolio.model.portfolio import Portfolio

MONTHS = 12
FEWEST_FOR_ATTRITION = 10
COACHING_DAYS = 183
QUESTIONS = ("engagement", "workload", "safety")
_NONE = Decimal(0)
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Turnover:
    """Who left in a time: the count, the headcount at both ends, and the rate of a year, 0..1."""

    leavers: int
    at_start: int
    at_end: int
    months: int

    @property
    def attrition(self) -> Measure[Decimal]:
        """Return leavers / mean headcount x 12 / months; fewer than ten people: counts only.

        Source: domain A10; worked example WE-59.
        """
        average = Decimal(self.at_start + self.at_end) / 2
        if average < FEWEST_FOR_ATTRITION:
            few = f"fewer than {FEWEST_FOR_ATTRITION} people: {self.leavers} left"
            return unknown("small_sample", few)
        return Measure(self.leavers / average * _YEAR / self.months)


def turnover(portfolio: Portfolio, months: int = MONTHS) -> Measure[Turnover]:
    """Return who left in the last months; nobody with a first day: no_data.

    Source: domain A10; worked example WE-59.
    """
    people = [each for each in portfolio.all(Person) if each.start_date is not None]
    if not people:
        return unknown("no_data", "nobody's first day is stated")
    end, start = portfolio.as_of, add_months(portfolio.as_of, -months)
    left = sum(each.end_date is not None and start < each.end_date <= end for each in people)
    headcounts = [sum(is_in_post(each, day) for each in people) for day in (start, end)]
    return Measure(Turnover(left, headcounts[0], headcounts[1], months))


def share_held(held: int, planned: int) -> Measure[Decimal]:
    """Return held / planned one-to-ones; none planned: no_data.

    Source: domain A10 (coaching rate); worked example WE-59.

    >>> round(share_held(118, 150).value, 4)
    Decimal('0.7867')
    """
    if not planned:
        return unknown("no_data", "no one-to-one is planned")
    return Measure(Decimal(held) / planned)


def coaching_rate(portfolio: Portfolio) -> Measure[Decimal]:
    """Return the share of one-to-ones of the last half year that were held, 0..1.

    With fewer than four people: small_sample.
    """
    start = portfolio.as_of - timedelta(days=COACHING_DAYS)
    due = [each for each in portfolio.all(OneToOne) if start < each.planned <= portfolio.as_of]
    if due and len({each.person.id for each in due}) < FEWEST_SHOWN:
        return unknown("small_sample", f"with fewer than {FEWEST_SHOWN} people")
    return share_held(sum(each.held is not None for each in due), len(due))


def training_days_per_head(days: Decimal, headcount: int) -> Measure[Decimal]:
    """Return training days / headcount; nobody: zero_denominator.

    Source: domain A10; worked example WE-59.

    >>> training_days_per_head(Decimal(62), 25).value
    Decimal('2.48')
    """
    if not headcount:
        return unknown("zero_denominator", "nobody is in post")
    return Measure(days / headcount)


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


def capability_uplift(portfolio: Portfolio) -> Measure[Uplift]:
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


def succession_cover(portfolio: Portfolio) -> Measure[Decimal]:
    """Return key roles with somebody ready now / key roles, 0..1; no key role named: no_data.

    A successor who has left, or who holds the role already, is none.

    Source: domain A10.
    """
    roles = portfolio.all(Succession)
    if not roles:
        return unknown("no_data", "no key role is named")
    return Measure(Decimal(sum(is_covered(portfolio, each) for each in roles)) / len(roles))


def is_covered(portfolio: Portfolio, role: Succession) -> bool:
    """Tell whether somebody in post could take over a role now."""
    for each in role.successors:
        person = portfolio.find(each.person, Person)
        ready = each.readiness == "now" and each.person != role.incumbent
        if ready and person is not None and is_in_post(person, portfolio.as_of):
            return True
    return False


@dataclass(frozen=True, slots=True)
class PulseResult:
    """What a team says of itself: the mean of each question, 1..5, and how far it recommends us."""

    pulse: Pulse
    count: int
    means: dict[str, Decimal]
    recommend: Measure[NetPromoter]


def pulse_result(pulse: Pulse) -> Measure[PulseResult]:
    """Return what the answers to a pulse say; of fewer than four: small_sample.

    A question that fewer than four answered has no mean.

    Source: domain A10; worked example WE-59 for eNPS.
    """
    answers = pulse.responses
    if not answers:
        return unknown("no_data", "nobody answered")
    if len(answers) < FEWEST_SHOWN:
        return unknown("small_sample", TOO_FEW)
    means: dict[str, Decimal] = {}
    for question in QUESTIONS:
        values = [value for each in answers if (value := getattr(each, question)) is not None]
        if len(values) >= FEWEST_SHOWN:
            means[question] = Decimal(sum(values)) / len(values)
    scores = [each.recommend for each in answers if each.recommend is not None]
    return Measure(PulseResult(pulse, len(answers), means, _recommend(scores)))


def _recommend(scores: Sequence[int]) -> Measure[NetPromoter]:
    if len(scores) < FEWEST_SHOWN:
        return unknown("small_sample", TOO_FEW)
    return net_promoter_of(scores)


def newest_pulses(portfolio: Portfolio) -> tuple[Pulse, ...]:
    """Return the newest pulse of each team until the as-of day."""
    newest: dict[str, Pulse] = {}
    for pulse in sorted(portfolio.all(Pulse), key=lambda each: each.on):
        if pulse.on <= portfolio.as_of:
            newest[pulse.team.id] = pulse
    return tuple(newest.values())


def company_pulse(portfolio: Portfolio) -> Measure[NetPromoter]:
    """Return the eNPS over the newest pulse of every team, pooled: answers added, never scores.

    A team of fewer than four answers is left out altogether: beside the figures of the others a
    total with it would give its answers away.

    Source: domain A10; worked example WE-59.
    """
    scores = [
        each.recommend
        for pulse in newest_pulses(portfolio)
        if len(pulse.responses) >= FEWEST_SHOWN
        for each in pulse.responses
        if each.recommend is not None
    ]
    return _recommend(scores) if scores else unknown("no_data", "no pulse was taken")


def overtime(portfolio: Portfolio, people: Iterable[Person]) -> Measure[Decimal]:
    """Return approved hours above the available ones / available, of a group; below 0: 0.

    Over all periods with a timesheet. Of fewer than four people: small_sample.

    Source: domain A10.
    """
    uses = [found for each in people if (found := time_use(portfolio, each).value) is not None]
    if not uses:
        return unknown("no_data", "no timesheet is approved")
    if len(uses) < FEWEST_SHOWN:
        return unknown("small_sample", f"timesheets of fewer than {FEWEST_SHOWN} people")
    available = sum((each.available for each in uses), _NONE)
    if available <= 0:
        return unknown("zero_denominator", "nobody was there")
    over = sum((max(_NONE, each.approved - each.available) for each in uses), _NONE)
    return Measure(over / available)


def load_spread(loads: Sequence[Decimal]) -> Measure[Decimal]:
    """Return how unevenly load is shared: the highest less the lowest utilisation of a group.

    Of fewer than four people: small_sample.

    Source: domain A10 (is the load fair?).

    >>> load_spread([Decimal("0.5"), Decimal("0.8"), Decimal("0.9"), Decimal("1.1")]).value
    Decimal('0.6')
    """
    if len(loads) < FEWEST_SHOWN:
        return unknown("small_sample", f"fewer than {FEWEST_SHOWN} people")
    return Measure(max(loads) - min(loads))


def members_of(portfolio: Portfolio, team: Team) -> tuple[Person, ...]:
    """Return the people of a team who are in post."""
    found = (portfolio.find(each, Person) for each in team.members)
    return tuple(p for p in found if p is not None and is_in_post(p, portfolio.as_of))
