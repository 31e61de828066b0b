"""The colour of a project as its data say it, and every reason with its value and its limit.

Three dimensions are computed: time, cost and risk. Grey is no data and never counts as green; the
overall colour is the worst of the others, and grey only where all are grey.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from portfolio.analysis.finance.estimate_at_completion import cost_estimate
from portfolio.analysis.governance.rag_status import (
    HealthColour,
    colour_of_use,
    tolerance_use,
    worst,
)
from portfolio.analysis.risk.exposure import exposure
from portfolio.analysis.risk.score import band_of, risk_score
from portfolio.model.delivery.projects import Dependency, Milestone
from portfolio.model.governance import Decision
from portfolio.model.risk import Risk
from portfolio.network.calendars import project_calendar
from portfolio.network.portfolio_schedule import expected_finish
from portfolio.view.lifecycle import is_open

if TYPE_CHECKING:
    from portfolio.calendar import Calendar
    from portfolio.diagnostic import Location
    from portfolio.model.delivery.projects import Project, Tolerances
    from portfolio.model.entity import Entity
    from portfolio.view.view import View
Dimension = Literal["time", "cost", "risk"]
DIMENSIONS: tuple[Dimension, ...] = ("time", "cost", "risk")
_CALENDAR_DAYS = {
    "cd": Decimal(1),
    "ed": Decimal(1),
    "eh": 1 / Decimal(24),
    "mo": Decimal(30),
    "y": Decimal(365),
}
_ALL = Decimal("Infinity")
"""What any deviation uses of a tolerance of nothing."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that decides a colour: a sentence with value and limit, and where it comes from."""

    dimension: Dimension
    colour: HealthColour
    sentence: str
    entity: Entity
    key: str = ""
    use: Decimal | None = None
    """The share of a tolerance that it uses, where it is measured against one."""

    @property
    def is_exception(self) -> bool:
        """Tell whether it uses more than its tolerance."""
        return self.use is not None and self.use > 1

    @property
    def location(self) -> Location:
        """Return the place of the field that the reason rests on."""
        return self.entity.where(self.key)


@dataclass(frozen=True, slots=True)
class Health:
    """The computed colours of one project; a dimension without data is grey."""

    dimensions: Mapping[Dimension, HealthColour]
    overall: HealthColour
    reasons: tuple[Reason, ...]

    @property
    def deciding(self) -> tuple[Reason, ...]:
        """Return the reasons that have the overall colour."""
        return tuple(reason for reason in self.reasons if reason.colour == self.overall)


def health(portfolio: View, project: Project) -> Health:
    """Compute the colour of a project, and why it has it.

    Time: the slip of the finish, as stated or else by the activities, and of each key milestone
    against the time tolerance, overdue milestones, dependencies promised later than needed,
    decisions overdue. Cost: the estimate at completion against budget and cost tolerance. Risk: the
    open threats and their expected value.
    A tolerance is green below 70 %, amber up to 100 %, red beyond, unless `pmo.yaml` says
    otherwise; any adverse deviation without a tolerance is amber. A finished project is blue.
    """
    if project.actual_finish is not None or project.status == "closed":
        done = Reason("time", "blue", "finished", project, "actual_finish")
        return Health(dict.fromkeys(DIMENSIONS, "blue"), "blue", (done,))
    reasons = (
        *_finish(portfolio, project),
        *_milestones(portfolio, project),
        *_dependencies(portfolio, project),
        *_decisions(portfolio, project),
        *_cost(portfolio, project),
        *_risk(portfolio, project),
    )
    colours: dict[Dimension, HealthColour] = {
        dimension: worst(reason.colour for reason in reasons if reason.dimension == dimension)
        for dimension in DIMENSIONS
    }
    return Health(colours, worst(colours.values()), reasons)


def _finish(portfolio: View, project: Project) -> Iterator[Reason]:
    baseline, forecast = project.baseline_finish, expected_finish(portfolio, project)
    key = "forecast_finish" if project.forecast_finish else "baseline_finish"
    is_planned = forecast is not None and not project.forecast_finish
    if baseline is not None and (forecast or baseline) < portfolio.as_of:
        forecast, is_planned = portfolio.as_of, False
    if baseline is not None and forecast is not None:
        name = "the finish by its activities" if is_planned else "the finish"
        yield _slip(portfolio, project, project, (baseline, forecast), name, key)


def _milestones(portfolio: View, project: Project) -> Iterator[Reason]:
    """Judge key milestones by their slip, the others only where their day has passed."""
    for milestone in portfolio.related(project, Milestone, "project"):
        standing = milestone.forecast or milestone.baseline
        if milestone.actual is not None or standing is None:
            continue
        overdue = standing < portfolio.as_of
        is_key = milestone.key or milestone.type in {"go_live", "contractual"}
        name = f"milestone {milestone.label!r}"
        key = "forecast" if milestone.forecast else "baseline"
        if milestone.baseline is not None and is_key:
            dates = (milestone.baseline, portfolio.as_of if overdue else standing)
            yield _slip(portfolio, project, milestone, dates, name, key)
        elif overdue:
            days = (portfolio.as_of - standing).days
            sentence = f"{name} was due on {standing}, {days} days ago, and is not reached"
            yield Reason("time", "amber", sentence, milestone, key)


def _slip(
    portfolio: View,
    project: Project,
    entity: Entity,
    dates: tuple[date, date],
    name: str,
    key: str,
) -> Reason:
    """Judge how much of the time tolerance lies between a baseline and a forecast."""
    baseline, forecast = dates
    calendar = project_calendar(portfolio, project)
    slip = calendar.working_days_between(baseline, forecast)
    if slip <= 0:
        sentence = f"{name} is expected on {forecast}, baseline {baseline}"
        return Reason("time", "green", sentence, entity, key)
    days = f"{slip} working day{'' if slip == 1 else 's'}"
    moved = f"{name} moved from {baseline} to {forecast}, {days}"
    allowed = _allowed_days(project.tolerances, calendar)
    if allowed is None:
        return Reason("time", "amber", f"{moved}; no tolerance for time is set", entity, key)
    use = tolerance_use(Decimal(0), allowed, Decimal(slip)).value
    if use is None:
        return Reason("time", "red", f"{moved}; the tolerance is 0", entity, key, _ALL)
    colour = colour_of_use(use, portfolio.settings.thresholds.tolerance_use)
    sentence = f"{moved}: {use * 100:.0f} % of the tolerance of {allowed:f}"
    return Reason("time", colour, sentence, entity, key, use)


def _allowed_days(tolerances: Tolerances | None, calendar: Calendar) -> Decimal | None:
    """Return the time tolerance in working days; of calendar time, five days in seven count."""
    stated = tolerances.time if tolerances is not None else None
    if stated is None:
        return None
    if stated.is_working:
        minutes = stated.working_minutes(calendar.minutes_per_day)
        return Decimal(minutes) / calendar.minutes_per_day
    return stated.amount * _CALENDAR_DAYS[stated.unit] * 5 / 7


def _dependencies(portfolio: View, project: Project) -> Iterator[Reason]:
    """A hard promise that comes later than needed makes the project amber: its plan is broken."""
    for dependency in portfolio.related(project, Dependency, "project"):
        expected = dependency.forecast or dependency.committed
        if not is_open(dependency) or expected is None or dependency.need_by is None:
            continue
        if dependency.strength == "hard" and expected > dependency.need_by:
            late = (expected - dependency.need_by).days
            sentence = (
                f"{dependency.label!r} is needed by {dependency.need_by} and expected on "
                f"{expected}, {late} days later"
            )
            yield Reason("time", "amber", sentence, dependency, "need_by")


def _decisions(portfolio: View, project: Project) -> Iterator[Reason]:
    for decision in portfolio.related(project, Decision):
        if decision.status == "open" and decision.needed_by < portfolio.as_of:
            days = (portfolio.as_of - decision.needed_by).days
            sentence = f"the decision {decision.title!r} was needed {days} days ago"
            yield Reason("time", "amber", sentence, decision, "needed_by")


def _cost(portfolio: View, project: Project) -> Iterator[Reason]:
    budget = project.bac
    estimate = cost_estimate(portfolio, project).value
    if budget is None or estimate is None:
        return
    expected, source, key = estimate.amount, estimate.source, estimate.key
    over = expected.amount - budget.amount
    figures = f"{expected.in_words()} expected, budget {budget.amount:,.0f}"
    if over <= 0:
        yield Reason("cost", "green", figures, source, key)
        return
    percent = project.tolerances.cost_pct if project.tolerances is not None else None
    if percent is None:
        yield Reason("cost", "amber", f"{figures}; no tolerance for cost is set", source, key)
        return
    allowed = budget.amount * percent / 100
    use = tolerance_use(budget.amount, allowed, expected.amount).value
    if use is None:
        yield Reason("cost", "red", f"{figures}; the tolerance is 0", source, key, _ALL)
        return
    colour = colour_of_use(use, portfolio.settings.thresholds.tolerance_use)
    sentence = f"{figures}: {use * 100:.0f} % of the tolerance of {allowed:,.0f} ({percent:f} %)"
    yield Reason("cost", colour, sentence, source, key, use)


def _risk(portfolio: View, project: Project) -> Iterator[Reason]:
    threats = [
        risk
        for risk in portfolio.related(project, Risk, "project")
        if risk.status == "open" and risk.kind_ == "threat"
    ]
    yield from _highest(portfolio, threats)
    limit = project.tolerances.risk_emv if project.tolerances is not None else None
    if limit is None:
        return
    found = exposure(threats, limit.currency).value
    use = None
    if found is not None:
        use = tolerance_use(Decimal(0), limit.amount, found.amount.amount).value
    if found is not None and use is not None:
        colour = colour_of_use(use, portfolio.settings.thresholds.tolerance_use)
        sentence = (
            f"open threats are worth {found.amount.amount:,.0f} {limit.currency}: "
            f"{use * 100:.0f} % of the tolerance of {limit.amount:,.0f}"
        )
        yield Reason("risk", colour, sentence, project, "tolerances", use)


def _highest(portfolio: View, threats: list[Risk]) -> Iterator[Reason]:
    """Judge the highest rated threat: very high is red until something is being done about it."""
    rated = [risk for risk in threats if risk.current is not None]
    if not rated:
        return
    top = max(rated, key=lambda r: (risk_score(r.current.p, r.current.i) if r.current else 0, r.id))
    scale = portfolio.settings.risk_scale
    bands = {risk.id: band_of(risk.current, scale) for risk in rated}
    serious = [risk for risk in rated if bands[risk.id] in {"high", "very high"}]
    unanswered = [r for r in serious if bands[r.id] == "very high" and not is_answered(r)]
    colour: HealthColour = "red" if unanswered else "amber" if serious else "green"
    shown = (unanswered or serious or [top])[0]
    done = ", nothing is being done" if unanswered else ""
    sentence = f"threat {shown.label!r} is {bands[shown.id]}{done}; {len(rated)} rated threats"
    yield Reason("risk", colour, sentence, shown, "current")


def is_answered(risk: Risk) -> bool:
    """Tell whether a risk is accepted by somebody, or a response to it is under way or done."""
    if risk.response == "accept":
        return risk.accepted_by is not None
    return any(response.status in {"in_progress", "done"} for response in risk.responses)
