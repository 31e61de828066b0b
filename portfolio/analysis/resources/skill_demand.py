"""Which skills the work ahead needs, how much of them, and by when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.resources.capacity import demand_days, working_days
from portfolio.analysis.resources.role_demand import fte_in
from portfolio.analysis.resources.skills import SkillCover, SkillNeed, holders, skill_cover
from portfolio.analysis.resources.workload import months_ahead, person_calendar
from portfolio.model.index import per_portfolio
from portfolio.model.resources import Assignment, Person, RoleDemand
from portfolio.network.calendars import named_calendar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portfolio.values import Period
    from portfolio.view.view import View

_NONE = Decimal(0)
_LOWEST = 1
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class SkillMonth:
    """The needs of one month and how they are covered."""

    month: Period
    covers: tuple[SkillCover, ...]

    @property
    def gap(self) -> Decimal:
        """Return the FTE short in all, nobody counted twice."""
        return sum((each.net_gap for each in self.covers), _NONE)


@per_portfolio
def skill_outlook(portfolio: View) -> tuple[SkillMonth, ...]:
    """Return need and cover of each skill and level, for six months.

    The need is that of hard bookings and of open role demands that name a skill; bookings without
    a level need level 1. Who leaves before a month ends is not counted on in that month.

    Source: domain A7.
    """
    people = [person for person in portfolio.all(Person) if person.skills]
    return tuple(
        SkillMonth(
            month,
            skill_cover(
                [
                    SkillNeed(*key, round(fte, _DIGITS))
                    for key, fte in sorted(_needs(portfolio, month).items())
                ],
                people,
                month.end,
            ),
        )
        for month in months_ahead(portfolio.as_of)
    )


def _needs(portfolio: View, month: Period) -> Mapping[tuple[str, int], Decimal]:
    found: dict[tuple[str, int], Decimal] = defaultdict(lambda: _NONE)
    calendar = named_calendar(portfolio)
    full = working_days(calendar, month.start, month.end)
    for booking in portfolio.whole.all(Assignment):
        if booking.skill and booking.type == "hard" and full:
            person = portfolio.find(booking.person, Person) or Person(id="anybody", name="")
            own = person_calendar(portfolio, person)
            days = demand_days(booking, person, own, month.start, month.end)
            if days:
                found[booking.skill, booking.min_level or _LOWEST] += days / full
    for demand in portfolio.all(RoleDemand):
        needed = fte_in(demand.fte_by_period, month, calendar)
        if demand.skill and needed and not demand.filled_by:
            found[demand.skill, demand.level or _LOWEST] += needed
    return found


@dataclass(frozen=True, slots=True)
class ScarceSkill:
    """A skill that work ahead needs and at most one person in post holds at the level."""

    skill: str
    level: int
    holder: Person | None
    work: tuple[str, ...]


def scarce_skills(portfolio: View) -> tuple[ScarceSkill, ...]:
    """Return the skills needed ahead with a bus factor of 0 or 1, gaps first.

    Source: domain A7; worked example WE-34.
    """
    people = portfolio.all(Person)
    needed: dict[tuple[str, int], dict[str, None]] = defaultdict(dict)
    for booking in portfolio.whole.all(Assignment):
        if booking.skill and booking.to >= portfolio.as_of:
            needed[booking.skill, booking.min_level or _LOWEST][booking.work.id] = None
    for demand in portfolio.all(RoleDemand):
        ahead = any(each.period.end >= portfolio.as_of for each in demand.fte_by_period)
        if demand.skill and ahead:
            needed[demand.skill, demand.level or _LOWEST][demand.project.id] = None
    found = [
        ScarceSkill(skill, level, next(iter(able), None), tuple(work))
        for (skill, level), work in sorted(needed.items())
        if len(able := holders(people, skill, level, portfolio.as_of)) <= 1
    ]
    return tuple(sorted(found, key=lambda each: each.holder is not None))
