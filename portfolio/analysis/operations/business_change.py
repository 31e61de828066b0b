"""Where business changes and releases stand, read from the portfolio on its day."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.operations.adoption import (
    AdkarProfile,
    TrainingCoverage,
    adoption_index,
    individual_barriers,
    shown_profile,
    speed_of_adoption,
    support_gap,
    training_coverage,
)
from portfolio.analysis.operations.change_impact import Landing, landings
from portfolio.analysis.operations.service_transition import Stability, productivity_dip, stability
from portfolio.measure.measure import Measure, given, unknown
from portfolio.model.delivery.projects import Milestone
from portfolio.model.operations.adoption import (
    AdkarSurvey,
    BusinessChange,
    StakeholderGroup,
    Training,
    Usage,
)
from portfolio.model.service import Incident

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from portfolio.model.operations.services import ChangeEvent
    from portfolio.model.resources import BusinessUnit
    from portfolio.view.view import View

USE_TARGET = Decimal("0.8")
"""The share of users at which a change counts as taken up."""


def go_live_of(portfolio: View, change: BusinessChange) -> date | None:
    """Return the day from which a change holds: actual, else forecast, else baseline."""
    milestone = portfolio.find(change.go_live, Milestone)
    if milestone is None:
        return None
    return milestone.actual or milestone.forecast or milestone.baseline


def newest_surveys(portfolio: View, change: BusinessChange) -> Mapping[str, AdkarSurvey]:
    """Return the newest survey until the as-of day of each group asked, by the group's id."""
    surveys = portfolio.related(change, AdkarSurvey, "change")
    ordered = sorted(surveys, key=lambda each: (each.on, each.id))
    return {each.group.id: each for each in ordered if each.on <= portfolio.as_of}


def newest_profiles(portfolio: View, change: BusinessChange) -> Mapping[str, Measure[AdkarProfile]]:
    """Return the ADKAR profile of each group asked; fewer than five answers: small_sample."""
    return {
        group: shown_profile(answers_of(survey))
        for group, survey in newest_surveys(portfolio, change).items()
    }


def barriers_of(survey: AdkarSurvey) -> Measure[Mapping[str, int]]:
    """Return how many of those asked are blocked at each element."""
    return individual_barriers(answers_of(survey))


def answers_of(survey: AdkarSurvey) -> list[tuple[int, int, int, int, int]]:
    """Return the answers of a survey in the order of the elements."""
    return [(each.a, each.d, each.k, each.a2, each.r) for each in survey.responses]


def _usages(portfolio: View, change: BusinessChange) -> list[Usage]:
    found = portfolio.related(change, Usage, "change")
    return sorted(
        (each for each in found if each.period.end <= portfolio.as_of), key=lambda e: e.period.end
    )


def adoption_now(portfolio: View, change: BusinessChange) -> Measure[Decimal]:
    """Return use times proficiency in the newest whole month; nothing counted: no_data.

    Source: domain A5; worked example WE-44.
    """
    found = _usages(portfolio, change)
    if not found:
        return unknown("no_data", "use is not measured")
    last = found[-1]
    if last.eligible is None or last.using is None or last.proficient is None:
        return unknown("no_data", f"{last.period} is incomplete")
    return adoption_index(last.eligible, last.using, last.proficient)


def adoption_speed(portfolio: View, change: BusinessChange) -> Measure[int]:
    """Return the months until 80 % of those eligible used it for two months in a row.

    Source: domain A5.
    """
    shares = [
        Decimal(each.using) / each.eligible
        for each in _usages(portfolio, change)
        if each.eligible and each.using is not None
    ]
    if not shares:
        return unknown("no_data", "use is not measured")
    return speed_of_adoption(shares, USE_TARGET)


def support_missing(portfolio: View, change: BusinessChange) -> Measure[Decimal]:
    """Return the support gap over the groups of a change that state people and support."""
    groups = [portfolio.find(each.group, StakeholderGroup) for each in change.groups]
    return support_gap(
        (each.people, each.current_support, each.needed_support)
        for each in groups
        if each is not None
        and each.people is not None
        and each.current_support is not None
        and each.needed_support is not None
    )


def dip_of(portfolio: View, change: BusinessChange) -> Measure[Decimal]:
    """Return the person-weeks that a change costs while people learn, over all its groups.

    No dip, recovery or number of people stated: no_data. It belongs into the business case.

    Source: domain A5; worked example WE-45.
    """
    groups = [portfolio.find(each.group, StakeholderGroup) for each in change.groups]
    people = [each.people for each in groups if each is not None and each.people is not None]
    if change.dip is None or change.recovery_weeks is None or not people:
        return unknown("no_data", "no dip, recovery or number of people is stated")
    return Measure(productivity_dip(sum(people), change.dip, change.recovery_weeks))


def training_now(portfolio: View, change: BusinessChange) -> Measure[TrainingCoverage]:
    """Return how much of the training of a change is done, and will be at its go-live.

    All its courses together; the pace counts from the earliest `from`, to the go-live or, where
    that is not known, to the last `due`.

    Source: domain A5.
    """
    courses = [
        (each.completed, each.target, each)
        for each in portfolio.related(change, Training, "change")
    ]
    known = [(done, target, each) for done, target, each in courses if done is not None and target]
    if not known:
        return unknown("no_data", "no training is planned")
    begun = [each.from_ for _, _, each in known if each.from_ is not None]
    dues = [each.due for _, _, each in known if each.due is not None]
    end = go_live_of(portfolio, change) or max(dues, default=None)
    return training_coverage(
        sum(done for done, _, _ in known),
        sum(target for _, target, _ in known),
        (portfolio.as_of - min(begun)).days if begun else None,
        (end - portfolio.as_of).days if end is not None else None,
    )


def stability_after(portfolio: View, event: ChangeEvent) -> Measure[Stability]:
    """Return incidents a week of the services of a release, after it against before it.

    Source: domain A11.
    """
    if event.status != "done":
        return unknown("not_started", "not yet live")
    services = {ref.id for ref in event.services}
    incidents = [each for each in portfolio.all(Incident) if each.service.id in services]
    if not incidents:
        return unknown("no_data", "no incident of its services is written down")
    offsets = [(each.opened.date() - event.go_live).days for each in incidents]
    return stability(offsets, (portfolio.as_of - event.go_live).days)


def worst_landing(portfolio: View, unit: BusinessUnit) -> Measure[Landing]:
    """Return the month to come in which most change lands on a unit; nothing lands: no_data."""
    first = portfolio.as_of.replace(day=1)
    months = (each for each in landings(portfolio, unit) if each.month >= first)
    fullest = max(months, key=lambda each: each.points, default=None)
    return given(fullest, "nothing lands here")
