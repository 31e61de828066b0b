"""Rules about adoption: people are ready before a go-live, and not asked for too much at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.operations.adoption import shown_profile, training_coverage
from portfolio.analysis.operations.business_change import answers_of
from portfolio.analysis.operations.change_impact import landings
from portfolio.diagnostic import Severity
from portfolio.model.delivery.projects import Milestone, Project
from portfolio.model.operations.adoption import AdkarSurvey, BusinessChange, Training
from portfolio.model.resources import BusinessUnit
from portfolio.network.calendars import project_calendar
from portfolio.rules.phrases import counted, listed, percent, see
from portfolio.rules.rule import Problem, rule
from portfolio.view.lifecycle import is_over

if TYPE_CHECKING:
    from portfolio.view.view import View

_SOON_DAYS = 20
_TRAINED = Decimal("0.9")
_EARLY = {"awareness", "desire", "knowledge"}
_FLOOD = Decimal("1.5")


def _go_live(change: BusinessChange, portfolio: View) -> date | None:
    """Return when a change goes live: forecast, else baseline; nothing once it has."""
    milestone = portfolio.find(change.go_live, Milestone)
    if milestone is None or milestone.actual is not None:
        return None
    if is_over(portfolio.find(change.project, Project)):
        return None
    return milestone.forecast or milestone.baseline


@rule(Severity.WARNING, AdkarSurvey)
def ado_barrier_before_golive(survey: AdkarSurvey, portfolio: View) -> Iterator[Problem]:
    """A group is blocked shortly before it has to work in a new way.

    What it does:
        Takes the newest survey of each group and change. Reports an element with a mean of 3 or
        less when the go-live is at most 20 working days away; for a group that is hit hard and
        blocked at knowledge or earlier it is an error. Answers of fewer than five people are
        left alone: one of them could be known.

    Why it matters:
        That is a go-live into resistance.

    Example:
        milestone: {id: pilot, project: atlas, name: Pilot, owner: ben-okafor,
          baseline: 2026-04-15, forecast: 2026-04-15}
        business_change: {id: one-screen, name: One screen, project: atlas, sponsor: anna-reyes,
          bcm: cleo-marsh, go_live: atlas.pilot, groups: [{group: clerks, magnitude: medium}]}
        adkar_survey: {id: march, group: clerks, change: one-screen, on: 2026-03-20,
          responses: [{a: 5, d: 4, k: 3, a2: 2, r: 2}, {a: 4, d: 4, k: 3, a2: 3, r: 2},
            {a: 5, d: 4, k: 3, a2: 2, r: 2}, {a: 4, d: 5, k: 3, a2: 3, r: 2},
            {a: 4, d: 4, k: 3, a2: 3, r: 3}]}

    Use instead:
        milestone: {id: pilot, project: atlas, name: Pilot, owner: ben-okafor,
          baseline: 2026-04-15, forecast: 2026-04-15}
        business_change: {id: one-screen, name: One screen, project: atlas, sponsor: anna-reyes,
          bcm: cleo-marsh, go_live: atlas.pilot, groups: [{group: clerks, magnitude: medium}]}
        adkar_survey: {id: march, group: clerks, change: one-screen, on: 2026-03-20,
          responses: [{a: 5, d: 4, k: 4, a2: 4, r: 4}, {a: 4, d: 4, k: 4, a2: 4, r: 4},
            {a: 5, d: 4, k: 4, a2: 4, r: 4}, {a: 4, d: 5, k: 4, a2: 4, r: 4},
            {a: 4, d: 4, k: 4, a2: 4, r: 4}]}
    """
    change = portfolio.find(survey.change, BusinessChange)
    day = _go_live(change, portfolio) if change is not None else None
    if change is None or day is None or not _is_newest(survey, portfolio):
        return
    left = project_calendar(portfolio, None).working_days_between(portfolio.as_of, day)
    profile = shown_profile(answers_of(survey)).value
    if profile is None or profile.barrier is None or left > _SOON_DAYS:
        return
    hit = next((g.magnitude for g in change.groups if g.group == survey.group), None)
    is_serious = hit == "high" and profile.barrier in _EARLY
    yield Problem(
        survey,
        f"{survey.group.id!r} is blocked at {profile.barrier} "
        f"({profile.means[profile.barrier]:.1f} of 5; above 3 is needed), and "
        f"{change.label!r} goes live on {day}, in {counted(left, 'working day')}",
        "responses",
        "remove the barrier first, or move the go-live",
        Severity.ERROR if is_serious else None,
        related=(see(change, f"goes live on {day}", "go_live"),),
    )


def _is_newest(survey: AdkarSurvey, portfolio: View) -> bool:
    return not any(
        other.group == survey.group and other.change == survey.change and other.on > survey.on
        for other in portfolio.all(AdkarSurvey)
    )


@rule(Severity.WARNING, Training)
def ado_training_short(training: Training, portfolio: View) -> Iterator[Problem]:
    """Fewer than nine in ten have been trained when the training should be complete.

    What it does:
        Reports less than 90 % of `target` in `completed` once `due`, or the go-live of the change,
        has come. Before that it projects the pace since `from` to that day, where `from` is stated.

    Why it matters:
        Who has not been shown cannot do it, and works around it.

    Example:
        business_change: {id: one-screen, name: One screen, project: atlas, sponsor: anna-reyes,
          bcm: cleo-marsh}
        training: {id: course, change: one-screen, group: clerks, target: 40, completed: 31,
          due: 2026-03-27}

    Use instead:
        business_change: {id: one-screen, name: One screen, project: atlas, sponsor: anna-reyes,
          bcm: cleo-marsh}
        training: {id: course, change: one-screen, group: clerks, target: 40, completed: 37,
          due: 2026-03-27}
    """
    change = portfolio.find(training.change, BusinessChange)
    live = _go_live(change, portfolio) if change is not None else None
    days = [day for day in (training.due, live) if day is not None]
    if not days or not training.target or training.completed is None:
        return
    last, as_of = min(days), portfolio.as_of
    elapsed = (as_of - training.from_).days if training.from_ is not None else None
    coverage = training_coverage(
        training.completed, training.target, elapsed, max((last - as_of).days, 0)
    ).value
    if coverage is None:
        return
    share = coverage.now if last <= as_of else coverage.projected.value
    if share is not None and share < _TRAINED:
        state = "" if last <= as_of else f"; at the pace so far {percent(share)} will be"
        yield Problem(
            training,
            f"{training.completed} of {training.target} are trained ({percent(coverage.now)})"
            f"{state} on {last}, when {percent(_TRAINED)} should be",
            "completed",
            "train the rest before they need it, or move the go-live",
        )


@rule(Severity.WARNING, BusinessUnit)
def bau_saturated(unit: BusinessUnit, portfolio: View) -> Iterator[Problem]:
    """More change lands on a unit in one month than it can absorb.

    What it does:
        Adds the weights (low 1, medium 5, high 10) of the planned releases that hit the unit or
        its groups in a month, once each, and compares them with `absorption_capacity`. More than
        150 % is an error.

    Why it matters:
        What lands on people who are full does not stick.

    Example:
        business_unit: {id: sales, name: Sales, owner: cleo-marsh, absorption_capacity: 12}
        change_events:
          - {id: prices, name: Prices, type: normal, go_live: 2026-05-04, groups: [
             {business_unit: sales, magnitude: high}]}
          - {id: quotes, name: Quotes, type: normal, go_live: 2026-05-26, groups: [
             {business_unit: sales, magnitude: medium}]}

    Use instead:
        business_unit: {id: sales, name: Sales, owner: cleo-marsh, absorption_capacity: 12}
        change_events:
          - {id: prices, name: Prices, type: normal, go_live: 2026-05-04, groups: [
             {business_unit: sales, magnitude: high}]}
          - {id: quotes, name: Quotes, type: normal, go_live: 2026-06-26, groups: [
             {business_unit: sales, magnitude: medium}]}
    """
    for landing in landings(portfolio, unit):
        share = landing.saturation.value
        if share is not None and share > 1:
            names = listed(f"{event.id} ({magnitude})" for event, magnitude in landing.events)
            yield Problem(
                unit,
                f"{percent(share)} of what {unit.label!r} can absorb lands in "
                f"{landing.month:%Y-%m}: {landing.points} points of "
                f"{unit.absorption_capacity:f}: {names}",
                "absorption_capacity" if unit.wrote("absorption_capacity") else "id",
                "move a release into another month",
                Severity.ERROR if share > _FLOOD else None,
                related=tuple(see(event, "lands here", "go_live") for event, _ in landing.events),
            )
