"""The computed columns of change: requests, releases, readiness, adoption, units, freezes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from portfolio.analysis.operations.business_change import (
    adoption_now,
    adoption_speed,
    dip_of,
    newest_profiles,
    stability_after,
    support_missing,
    training_now,
    worst_landing,
)
from portfolio.analysis.operations.change_impact import collisions_of, freeze_breaches
from portfolio.analysis.operations.release_readiness import newest_review
from portfolio.analysis.operations.service_transition import operational_readiness
from portfolio.measure.figure import column, withholding
from portfolio.measure.measure import Measure, given, unknown
from portfolio.measure.privacy import FEWEST_SHOWN, TOO_FEW
from portfolio.measure.table import to_places
from portfolio.model.operations.adoption import AdkarSurvey, BusinessChange
from portfolio.model.operations.services import ChangeEvent, Readiness
from portfolio.model.resources import BusinessUnit
from portfolio.view.lifecycle import is_live

if TYPE_CHECKING:
    from portfolio.view.view import View


@column(ChangeEvent)
def collides_with(event: ChangeEvent, portfolio: View) -> tuple[str, ...]:
    """Return the releases within ten working days that share a group, service or process."""
    return tuple(
        each.first.id if each.second.id == event.id else each.second.id
        for each in collisions_of(portfolio)
        if event.id in {each.first.id, each.second.id}
    )


@column(ChangeEvent)
def freezes(event: ChangeEvent, portfolio: View) -> tuple[str, ...]:
    """Return the freezes that a release to come lands in without an approved exception."""
    if not is_live(portfolio, event):
        return ()
    return tuple(each.window.id for each in freeze_breaches(event, portfolio))


@column(ChangeEvent)
def readiness(event: ChangeEvent, portfolio: View) -> Measure[Decimal]:
    """Return the share of mandatory criteria met in the newest review, 0..1."""
    newest = given(newest_review(portfolio, event), "no readiness review")
    return to_places(newest.then(lambda review: operational_readiness(review.criteria).share))


@column(ChangeEvent)
def stability(event: ChangeEvent, portfolio: View) -> Measure[Decimal]:
    """Return incidents a week of its services, four weeks after by eight before; 1 is as before."""
    return stability_after(portfolio, event).then(lambda found: to_places(found.ratio))


@column(Readiness)
def mandatory_met(review: Readiness, _: View) -> Measure[Decimal]:
    """Return mandatory criteria met by mandatory criteria that apply, 0..1."""
    return to_places(operational_readiness(review.criteria).share)


@column(Readiness)
def blocking(review: Readiness, _: View) -> tuple[str, ...]:
    """Return the mandatory criteria that are not met: any of them is a no."""
    return tuple(each.id for each in operational_readiness(review.criteria).blocking)


@column(BusinessChange)
def barriers(change: BusinessChange, portfolio: View) -> Measure[tuple[str, ...]]:
    """Return the barrier point of each group asked; of fewer than four people nothing."""
    found = newest_profiles(portfolio, change)
    words = tuple(
        f"{group}: {profile.value.barrier or 'none'}"
        for group, profile in found.items()
        if profile.value is not None
    )
    if not words:
        reasons = [each.reason for each in found.values()] or ["nobody was asked"]
        return unknown("no_data", reasons[0])
    return Measure(words)


@column(BusinessChange)
def adoption(change: BusinessChange, portfolio: View) -> Measure[Decimal]:
    """Return use times proficiency in the newest month, 0..1."""
    return to_places(adoption_now(portfolio, change))


@column(BusinessChange)
def periods_to_adopt(change: BusinessChange, portfolio: View) -> Measure[int]:
    """Return the months until 80 % used it for two months in a row."""
    return adoption_speed(portfolio, change)


@column(BusinessChange)
def support_gap(change: BusinessChange, portfolio: View) -> Measure[Decimal]:
    """Return the support that is missing, in points a person from 0 to 4."""
    return to_places(support_missing(portfolio, change))


@column(BusinessChange)
def trained(change: BusinessChange, portfolio: View) -> Measure[Decimal]:
    """Return the share of people trained today, 0..1."""
    return to_places(training_now(portfolio, change).map(lambda found: found.now))


@column(BusinessChange)
def trained_at_go_live(change: BusinessChange, portfolio: View) -> Measure[Decimal]:
    """Return the share trained at go-live at the pace since training began, 0..1."""
    return training_now(portfolio, change).then(lambda found: to_places(found.projected))


@column(BusinessChange)
def productivity_dip(change: BusinessChange, portfolio: View) -> Measure[Decimal]:
    """Return the person-weeks lost while people learn: people x dip x recovery weeks / 2."""
    return to_places(dip_of(portfolio, change))


@withholding(AdkarSurvey, "responses")
def reason_to_withhold(survey: AdkarSurvey, _: View) -> str | None:
    """Say why the answers of a survey are not shown: fewer than four people gave one."""
    return TOO_FEW if 0 < len(survey.responses) < FEWEST_SHOWN else None


@column(BusinessUnit)
def saturation(unit: BusinessUnit, portfolio: View) -> Measure[Decimal]:
    """Return the load of the fullest month to come by what the unit can absorb; 1 is all of it."""
    return worst_landing(portfolio, unit).then(lambda found: to_places(found.saturation))


@column(BusinessUnit)
def fullest_month(unit: BusinessUnit, portfolio: View) -> Measure[str]:
    """Return the month in which most change lands on the unit."""
    return worst_landing(portfolio, unit).map(lambda found: f"{found.month:%Y-%m}")
