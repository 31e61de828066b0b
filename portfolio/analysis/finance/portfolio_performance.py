"""Several projects as one: sums in one currency, never means of indices, the worst named."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.finance.earned_value import EarnedValue, EstimateRange, pooled_earned_value
from portfolio.analysis.finance.estimate_at_completion import completion
from portfolio.analysis.finance.project_performance import project_performance
from portfolio.measure.currency import at_home
from portfolio.values import Money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portfolio.model.delivery.projects import Project
    from portfolio.view.view import View


@dataclass(frozen=True, slots=True)
class Member:
    """A project with its figures in its own currency, and the rate to that of the whole."""

    project: Project
    figures: EarnedValue
    estimate: EstimateRange
    rate: Decimal

    @property
    def variance(self) -> Decimal:
        """Return budget - forecast in the currency of the whole; negative is dearer."""
        return (self.figures.bac - self.estimate.selected) * self.rate


@dataclass(frozen=True, slots=True)
class Pool:
    """The measured projects of a group, the dearest first, in one currency."""

    members: tuple[Member, ...]
    currency: str

    @property
    def figures(self) -> EarnedValue:
        """Return the summed figures: an index of them is weighted by money."""
        parts = ("bac", "pv", "ev", "ac")
        return pooled_earned_value(
            EarnedValue(*(getattr(each.figures, part) * each.rate for part in parts))
            for each in self.members
        )

    @property
    def low(self) -> Decimal:
        """Return the sum of the lowest estimates."""
        return sum((each.estimate.low * each.rate for each in self.members), Decimal(0))

    @property
    def selected(self) -> Decimal:
        """Return the sum of the selected estimates."""
        return sum((each.estimate.selected * each.rate for each in self.members), Decimal(0))

    @property
    def high(self) -> Decimal:
        """Return the sum of the highest estimates."""
        return sum((each.estimate.high * each.rate for each in self.members), Decimal(0))

    @property
    def worst(self) -> tuple[Project, Decimal] | None:
        """Return the project with the lowest cost performance, and that; None without any."""
        known = [
            (value, each.project.id, each.project)
            for each in self.members
            if (value := each.figures.cost_performance_index.value) is not None
        ]
        if not known:
            return None
        value, _, project = min(known, key=lambda each: each[:2])
        return project, value


def pool(portfolio: View, projects: Iterable[Project]) -> Pool:
    """Return the projects whose figures are known as one, at the rates of the as-of day.

    What is not measured, or has no exchange rate, is no member: it is never counted as 0.

    Source: domain A2.
    """
    currency = portfolio.settings.organisation.currency
    found = []
    for project in projects:
        performance = project_performance(portfolio, project).value
        estimate = completion(portfolio, project).value
        if performance is None or estimate is None:
            continue
        one = Money(Decimal(1), performance.currency)
        rate = at_home(portfolio, one).value
        if rate is not None:
            found.append(Member(project, performance.figures, estimate, rate.amount))
    found.sort(key=lambda each: (each.variance, each.project.id))
    return Pool(tuple(found), currency)
