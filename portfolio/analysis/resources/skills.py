"""Skills in figures: who can do what, and how few of them there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.calendar import add_months
from portfolio.measure.measure import Measure, ratio
from portfolio.network.graph import greatest_flow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from portfolio.model.resources import Person, Skill

_MONTHS_VALID = 12
_NONE = Decimal(0)


def is_in_post(person: Person, on: date) -> bool:
    """Tell whether somebody works here on a day; the last day in post counts."""
    begun = person.start_date is None or person.start_date <= on
    return begun and (person.end_date is None or person.end_date >= on)


def holders(people: Iterable[Person], skill: str, level: int, on: date) -> tuple[Person, ...]:
    """Return who is in post on a day and holds a skill at a level of 1 to 7 or above.

    The number of them is the bus factor of the skill: 0 is a gap, 1 a single point of failure.

    Source: domain A7; worked example WE-34.
    """
    return tuple(
        person
        for person in people
        if is_in_post(person, on)
        and any(each.skill == skill and each.level >= level for each in person.skills)
    )


@dataclass(frozen=True, slots=True)
class SkillNeed:
    """A skill needed at a level, in full-time equivalents."""

    skill: str
    level: int
    fte: Decimal


@dataclass(frozen=True, slots=True)
class SkillCover:
    """How far a need is met: ``held`` are the FTE of everybody qualified, ``net`` its own share.

    Gross counts a person for every skill they hold; net counts nobody twice.
    """

    need: SkillNeed
    qualified: tuple[Person, ...]
    held: Decimal
    net: Decimal

    @property
    def gross_coverage(self) -> Measure[Decimal]:
        """Return qualified FTE / needed FTE, at most 1; nothing needed: no ratio."""
        return self._share(min(self.held, self.need.fte))

    @property
    def net_coverage(self) -> Measure[Decimal]:
        """Return the FTE left for this need / needed FTE; nothing needed: no ratio."""
        return self._share(self.net)

    @property
    def gross_gap(self) -> Decimal:
        """Return the FTE short even if everybody did only this."""
        return max(_NONE, self.need.fte - self.held)

    @property
    def net_gap(self) -> Decimal:
        """Return the FTE short when nobody counts twice."""
        return self.need.fte - self.net

    def _share(self, covered: Decimal) -> Measure[Decimal]:
        return ratio(covered, self.need.fte, "nothing is needed")


def skill_cover(
    needs: Sequence[SkillNeed], people: Iterable[Person], on: date
) -> tuple[SkillCover, ...]:
    """Match needs with who is in post and holds the skill at the level or above.

    The net figures are a maximum flow from people, each with their contracted FTE, to needs: their
    sum is the most that can be covered at once. How the sum falls on single needs is one of
    several best answers where people could do either.

    Source: domain A7; worked example WE-34.
    """
    everybody = {person.id: person for person in people}
    able = [holders(everybody.values(), need.skill, need.level, on) for need in needs]
    flows = greatest_flow(
        {person.id: person.contracted_fte for person in everybody.values()},
        {number: need.fte for number, need in enumerate(needs)},
        [(person.id, number) for number, found in enumerate(able) for person in found],
    )
    return tuple(
        SkillCover(need, found, sum((each.contracted_fte for each in found), _NONE), flows[number])
        for number, (need, found) in enumerate(zip(needs, able, strict=True))
    )


def assessed_long_ago(person: Person, on: date) -> tuple[Skill, ...]:
    """Return the skills assessed more than twelve months before a day, or on no day stated.

    Source: domain A7.

    >>> from portfolio.model.resources import Person, Skill
    >>> old = Skill(skill="PROG", level=6, assessed_on=date(2025, 3, 30))
    >>> len(assessed_long_ago(Person(id="ana", name="Ana", skills=(old,)), date(2026, 3, 31)))
    1
    """
    limit = add_months(on, -_MONTHS_VALID)
    return tuple(
        each for each in person.skills if each.assessed_on is None or each.assessed_on < limit
    )
