"""How much of each agreed tolerance a project's forecast uses, and which it leaves."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from portfolio.analysis.governance.project_health import DIMENSIONS, health
from portfolio.analysis.governance.rag_status import colour_of_use, tolerance_use
from portfolio.measure.measure import Measure, unknown
from portfolio.model.finance import Benefit

if TYPE_CHECKING:
    from portfolio.analysis.governance.project_health import Health
    from portfolio.analysis.governance.rag_status import HealthColour
    from portfolio.model.delivery.projects import Project
    from portfolio.view.view import View

Dimension = Literal["time", "cost", "risk", "benefit"]
IN_WORDS = ("scope", "quality", "sustainability")
"""Tolerances that are sentences: nothing is computed of them."""


@dataclass(frozen=True, slots=True)
class ToleranceUse:
    """One dimension: the tolerance as agreed, the share of it that the forecast uses, and why.

    ``use`` is None where no tolerance is set, nothing says what to expect, or the tolerance is 0
    and exceeded, which is an exception all the same. ``allowed`` is empty where none is set.
    """

    dimension: Dimension
    allowed: str
    use: Measure[Decimal]
    colour: HealthColour
    sentence: str = ""

    @property
    def is_exception(self) -> bool:
        """Tell whether the forecast leaves the tolerance."""
        if self.use.value is None:
            return self.use.code == "zero_denominator"
        return self.use.value > 1


def tolerance_uses(portfolio: View, project: Project) -> tuple[ToleranceUse, ...]:
    """Return the use of the tolerances for time, cost, risk and benefit.

    Time: the largest slip of the finish or a key milestone. Cost: the estimate at completion above
    the budget. Risk: the expected value of the open threats. Benefit: planned values not reached,
    measured values where there are any, else the plan; of a lost benefit nothing.

    Source: manage by exception as in PRINCE2; worked example WE-60.
    """
    found = health(portfolio, project)
    return (
        *(_judged(project, found, each) for each in DIMENSIONS),
        benefit_use(portfolio, project),
    )


def exceptions_of(portfolio: View, project: Project) -> tuple[ToleranceUse, ...]:
    """Return the tolerances that the forecast of a project leaves."""
    return tuple(each for each in tolerance_uses(portfolio, project) if each.is_exception)


def _allowed(project: Project, dimension: Dimension) -> str:
    stated = project.tolerances
    if stated is None:
        return ""
    if dimension == "time":
        return str(stated.time) if stated.time is not None else ""
    if dimension == "risk":
        limit = stated.risk_emv
        return limit.in_words() if limit is not None else ""
    share = stated.cost_pct if dimension == "cost" else stated.benefit_pct
    return f"{share:f} %" if share is not None else ""


def _judged(
    project: Project, found: Health, dimension: Literal["time", "cost", "risk"]
) -> ToleranceUse:
    """Return the largest use among the reasons of the computed colour."""
    allowed = _allowed(project, dimension)
    if not allowed:
        none: Measure[Decimal] = unknown("no_data", f"no tolerance for {dimension} is set")
        return ToleranceUse(dimension, "", none, "grey")
    reasons = [each for each in found.reasons if each.dimension == dimension]
    used = [each for each in reasons if each.use is not None]
    if used:
        worst = max(used, key=lambda each: each.use or Decimal(0))
        use: Measure[Decimal] = Measure(worst.use)
        if worst.use is not None and worst.use.is_infinite():
            use = unknown("zero_denominator", "the tolerance is 0")
        return ToleranceUse(dimension, allowed, use, worst.colour, worst.sentence)
    if found.overall == "blue":
        return ToleranceUse(dimension, allowed, unknown("finished", "finished"), "blue")
    # A threat that is rated and not priced says nothing about the expected value.
    kept = [each for each in reasons if each.colour == "green" and dimension != "risk"]
    if kept:
        return ToleranceUse(dimension, allowed, Measure(Decimal(0)), "green", kept[0].sentence)
    nothing: Measure[Decimal] = unknown("no_data", "nothing says what to expect")
    return ToleranceUse(dimension, allowed, nothing, "grey")


def benefit_use(portfolio: View, project: Project) -> ToleranceUse:
    """Return the use of the tolerance for benefits alone: it needs no computed colour."""
    allowed = _allowed(project, "benefit")
    share = project.tolerances.benefit_pct if project.tolerances is not None else None
    if share is None:
        none: Measure[Decimal] = unknown("no_data", "no tolerance for benefit is set")
        return ToleranceUse("benefit", "", none, "grey")
    forecast = benefit_forecast(portfolio, project)
    if forecast.value is None:
        return ToleranceUse("benefit", allowed, unknown(forecast.code, forecast.reason), "grey")
    planned, expected = forecast.value
    use = tolerance_use(planned, planned * share / 100, expected, more_is_worse=False)
    words = f"{expected:,.0f} of {planned:,.0f} planned is expected"
    if use.value is None:
        return ToleranceUse("benefit", allowed, use, "red", words)
    colour = colour_of_use(use.value, portfolio.settings.thresholds.tolerance_use)
    return ToleranceUse("benefit", allowed, use, colour, words)


def benefit_forecast(portfolio: View, project: Project) -> Measure[tuple[Decimal, Decimal]]:
    """Return what a project's benefits were to bring, and what they bring by what is known now.

    Periods with a measured value count as measured, the others as planned, a lost benefit as 0;
    each x attribution. Dis-benefits are left out. None with a planned value, or planned in several
    currencies: no_data.
    """
    benefits = [
        each
        for each in portfolio.related(project, Benefit, "project")
        if each.kind_ == "benefit" and each.value_by_period
    ]
    planned, expected, currencies = Decimal(0), Decimal(0), set()
    for benefit in benefits:
        for part in benefit.value_by_period:
            if part.planned is None:
                continue
            currencies.add(part.planned.currency)
            known = part.actual or part.planned
            planned += part.planned.amount * benefit.attribution
            if benefit.status != "lost":
                expected += known.amount * benefit.attribution
    if not currencies:
        return unknown("no_data", "no benefit states what it should bring")
    if len(currencies) > 1:
        return unknown("no_data", "benefits are planned in several currencies")
    return Measure((planned, expected))
