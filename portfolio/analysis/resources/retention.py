"""How healthy a team is: who leaves, learns, is coached, can succeed, and dares to speak.

Everything here is about groups: what would tell about fewer than four people has no value.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.resources.skills import is_in_post
from portfolio.calendar import add_months
from portfolio.measure.measure import Measure, ratio, share, unknown
from portfolio.model.resources import Person, Succession

if TYPE_CHECKING:
    from portfolio.view.view import View

MONTHS = 12
FEWEST_FOR_ATTRITION = 10
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


def turnover(portfolio: View, months: int = MONTHS) -> Measure[Turnover]:
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
    return ratio(Decimal(held), planned, "no one-to-one is planned", "no_data")


def succession_cover(portfolio: View) -> Measure[Decimal]:
    """Return key roles with somebody ready now / key roles, 0..1; no key role named: no_data.

    A successor who has left, or who holds the role already, is none.

    Source: domain A10.
    """
    roles = portfolio.all(Succession)
    return share((is_covered(portfolio, each) for each in roles), "no key role is named")


def is_covered(portfolio: View, role: Succession) -> bool:
    """Tell whether somebody in post could take over a role now."""
    for each in role.successors:
        person = portfolio.find(each.person, Person)
        ready = each.readiness == "now" and each.person != role.incumbent
        if ready and person is not None and is_in_post(person, portfolio.as_of):
            return True
    return False
