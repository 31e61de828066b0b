"""What a day of somebody costs, from whatever the portfolio may show."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.measure.measure import Measure, unknown
from portfolio.model.resources import Person, Team
from portfolio.values import Money

if TYPE_CHECKING:
    from portfolio.view.view import View

NOT_HERE = "not available here"
"""What is said of rates and assessments that are kept in a second repository."""
_NONE = Decimal(0)


def day_rate(portfolio: View, person: Person) -> Measure[Money]:
    """Return what a day of a person costs: their own rate, else their part of their team's.

    A team's cost of a day is shared by the contracted FTE of its members. Neither is known:
    no_data, for rates are kept where not everybody reads them.

    Source: domain convention of this toolkit.
    """
    if person.cost_rate_per_day is not None:
        return Measure(person.cost_rate_per_day)
    for team in portfolio.related(person, Team, "members"):
        members = [portfolio.find(member, Person) for member in team.members]
        whole = sum((each.contracted_fte for each in members if each is not None), _NONE)
        if team.day_cost is not None and whole:
            return Measure(Money(team.day_cost.amount / whole, team.day_cost.currency))
    return unknown("no_data", NOT_HERE)
